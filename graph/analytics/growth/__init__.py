"""How collaboration grows: indicators by year, computed from participations, never from stored pairs."""

from graph.analytics.growth.series import COLUMNS, series

__all__ = ["COLUMNS", "series"]
