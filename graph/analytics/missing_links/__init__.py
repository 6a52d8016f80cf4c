"""Who should know each other and does not: pairs without a tie, ranked, each with what speaks for it and against."""

from graph.analytics.missing_links.filters import Filter, Side
from graph.analytics.missing_links.rank import Suggestion, rank, score

__all__ = ["Filter", "Side", "Suggestion", "rank", "score"]
