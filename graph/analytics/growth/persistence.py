"""What becomes of ties from one year to the next.

With E(t) the ties of year t: ``ties_new`` = E(t) without E(t-1), ``ties_persisting`` = both, ``ties_lost`` = E(t-1)
without E(t); so new + persisting = ties of t and persisting + lost = ties of t-1. ``ties_first``: those of E(t) that
ran in no earlier year; the rest of the new ones have come back.

Trap: overlapping windows make persistence mechanical; these are single years.

>>> from graph.analytics.example import of
>>> from graph.analytics.growth.years import Years
>>> rows = [(who, "p", "2020-01-01", "2020-12-31") for who in "ab"]
>>> rows += [(who, "q", "2022-01-01", "2022-12-31") for who in "abc"]
>>> years = Years.of(of(rows), 2020, 2022)
>>> [changes(years, year)["ties_new"] for year in (2020, 2021, 2022)], changes(years, 2022)["ties_first"]
([1, 0, 3], 2)
"""

import numpy as np

from graph.analytics.growth import kernels
from graph.analytics.growth.years import Mask, Years

CHANGES = ("ties_new", "ties_persisting", "ties_lost", "ties_first")


def changes(years: Years, year: int, member: Mask | None = None) -> dict[str, float]:
    """The four numbers of one year; with ``member`` (per actor) of the ties of at least one."""
    words = years.ties.running
    if member is not None:
        words = words[member[years.ties.a] | member[years.ties.b]]
    bit = years.bit(year)
    now, before = kernels.has(words, bit), kernels.has(words, bit - 1)
    earlier = (words & np.uint64((1 << bit) - 1)) > 0
    return {
        "ties_new": int(np.count_nonzero(now & ~before)),
        "ties_persisting": int(np.count_nonzero(now & before)),
        "ties_lost": int(np.count_nonzero(before & ~now)),
        "ties_first": int(np.count_nonzero(now & ~earlier)),
    }
