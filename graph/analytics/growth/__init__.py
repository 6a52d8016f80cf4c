"""Does collaboration grow: indicators by year, each with its definition, interval, null model and flags."""

from graph.analytics.growth.series import COLUMNS, COUNTED, Effort, series

__all__ = ["COLUMNS", "COUNTED", "Effort", "series"]
