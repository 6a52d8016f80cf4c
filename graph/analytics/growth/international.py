"""How far collaboration reaches beyond the country, and through how many hands.

- ``foreign_collaborations``: share of the activities of two and more with an actor from abroad.
- ``foreign_ties``: E / (E + I), ties across the border over all ties of actors at home.
- ``gatekeepers_hhi``: Herfindahl-Hirschman index over the actors at home of their ties across the border; 1 = one actor
  holds them all, 1/k = k hold as much each.
- ``bridges``: actors that would have to go before no path joins home and abroad, that is the vertex-disjoint bridges
  between them (Menger), counted as the largest matching of ties across the border (König).

Trap: the rules of a programme force partners from abroad. Show it by programme part, with ``by="theme"``.

>>> from dataclasses import replace
>>> import numpy as np
>>> from graph.analytics.example import star
>>> from graph.analytics.growth.years import Years
>>> taken = star(3)  # the hub and two leaves at home, one leaf in Germany
>>> taken = replace(taken, actor_country=np.array(["BE", "BE", "BE", "DE"], object))
>>> year = Years.of(taken, 2020, 2020).at(2020)
>>> round(foreign_ties(year), 3), gatekeepers_hhi(year), bridges(year)
(0.333, 1.0, 1)
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import maximum_bipartite_matching

from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year

HOME, ABROAD = 1, 2


def foreign_collaborations(year: Year) -> float | None:
    several = year.sizes > 1
    if not several.any():
        return None
    abroad = year.years.country[year.actor] == ABROAD
    found = np.add.reduceat(abroad, year.offset[:-1].astype(np.int64), dtype=np.int64)
    return float((found[several] > 0).mean())


def _across(year: Year) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
    """Ties across the border as their actor at home and the one abroad, and how many ties stay at home."""
    a, b = year.years.ties.a[year.tied], year.years.ties.b[year.tied]
    at_a, at_b = year.years.country[a], year.years.country[b]
    out, into = (at_a == HOME) & (at_b == ABROAD), (at_a == ABROAD) & (at_b == HOME)
    inner = int(((at_a == HOME) & (at_b == HOME)).sum())
    return np.concatenate([a[out], b[into]]), np.concatenate([b[out], a[into]]), inner


def foreign_ties(year: Year) -> float | None:
    here, _, inner = _across(year)
    return len(here) / (len(here) + inner) if len(here) + inner else None


def gatekeepers_hhi(year: Year) -> float | None:
    here, _, _ = _across(year)
    if not len(here):
        return None
    share = np.bincount(here) / len(here)
    return float((share**2).sum())


def bridges(year: Year) -> float:
    here, there, _ = _across(year)
    if not len(here):
        return 0
    n = len(year.years.snapshot.actor_id)
    across = sp.csr_array((np.ones(len(here), np.int8), (here, there)), shape=(n, n))
    return int((maximum_bipartite_matching(across) >= 0).sum())


INDICATORS = (
    Indicator("foreign_collaborations", foreign_collaborations),
    Indicator("foreign_ties", foreign_ties),
    Indicator("gatekeepers_hhi", gatekeepers_hhi),
    Indicator("bridges", bridges),
)
