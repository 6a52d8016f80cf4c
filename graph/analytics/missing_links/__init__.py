"""Who should know each other and does not: pairs without a tie, ranked, each with the partners that speak for it."""

from graph.analytics.missing_links.rank import Suggestion, rank, score

__all__ = ["Suggestion", "rank", "score"]
