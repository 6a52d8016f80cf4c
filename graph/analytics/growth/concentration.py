"""Is participation in few hands?

Over the actors of the year and their numbers of activities: ``gini`` (0 = all alike), ``hhi`` (Herfindahl-Hirschman
index of their shares), ``top10_share`` (share of the ten with most). Of a theme: ``location_quotient``, the theme's
share of the participations at home over its share of all (1 = as elsewhere); asked for with ``by="theme"``.

Trap, measured: the Gini of degrees drifts as projects grow; that of participations does not.

>>> from graph.analytics.example import star
>>> from graph.analytics.growth.years import Years
>>> year = Years.of(star(3), 2020, 2020).at(2020)
>>> gini(year), round(hhi(year), 3), top10_share(year)
(0.25, 0.333, 1.0)
"""

import numpy as np
from numpy.typing import NDArray

from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year


def _participations(year: Year) -> NDArray[np.int64]:
    """Activities of each actor of the year, most first."""
    return -np.sort(-np.unique(year.actor, return_counts=True)[1])


def gini(year: Year) -> float | None:
    taken = _participations(year)[::-1]
    n = len(taken)
    return float((2 * np.arange(1, n + 1) - n - 1) @ taken / (n * taken.sum())) if n else None


def hhi(year: Year) -> float | None:
    taken = _participations(year)
    return float(((taken / taken.sum()) ** 2).sum()) if len(taken) else None


def top10_share(year: Year) -> float | None:
    taken = _participations(year)
    return float(taken[:10].sum() / taken.sum()) if len(taken) else None


def location_quotient(theme: Year, whole: Year) -> float | None:
    """``theme``: the year of the activities about it; ``whole``: the same year of all."""
    home = whole.years.country == 1
    of_theme, of_all = home[theme.actor], home[whole.actor]
    if not of_all.any() or not len(of_theme):
        return None
    return float((of_theme.sum() / of_all.sum()) / (len(of_theme) / len(of_all)))


INDICATORS = (Indicator("gini", gini), Indicator("hhi", hhi), Indicator("top10_share", top10_share))
