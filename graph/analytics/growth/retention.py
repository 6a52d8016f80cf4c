"""How long ties last.

``survival_1``, ``survival_2``, ``survival_5``: of the ties that began in a year (and did not run the year before), the
share that still ran without a break so many years later: the Kaplan-Meier estimate (J. Am. Stat. Assoc. 53, 1958),
which stands still where the data end and then carries the flag ``open``.
``bridge_survival_2``: the same for ties that were bridges in their first year, without which their two sides would not
have been connected.

>>> from graph.analytics.example import of
>>> from graph.analytics.growth.years import Years
>>> rows = [(who, "p", "2015-01-01", "2017-12-31") for who in "ab"]
>>> rows += [(who, "q", "2015-01-01", "2015-12-31") for who in "cd"]
>>> rows += [("e", "r", "2019-01-01", "2019-12-31")]  # so the data tell of 2019
>>> year = Years.of(of(rows), 2015, 2019).at(2015)
>>> survival(year, 1), survival(year, 2), survival(year, 3)
(0.5, 0.5, 0.0)
"""

from functools import partial

import numpy as np

from graph.analytics.growth import kernels
from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Mask, Year


def survival(year: Year, after: int, of: Mask | None = None) -> float | None:
    """Share of the ties new in ``year`` that run ``after`` years later; ``of``: only these ties."""
    words = year.years.ties.running
    alive = year.tied & ~kernels.has(words, year.bit - 1) if year.bit else year.tied.copy()
    if of is not None:
        alive &= of
    if not alive.any():
        return None
    share = 1.0
    for step in range(1, after + 1):
        bit = year.bit + step
        if year.year + step > year.years.observed:
            break  # censored: nobody was observed that long
        still = alive & kernels.has(words, bit)
        share *= still.sum() / alive.sum()
        alive = still
        if not alive.any():
            break
    return float(share)


def bridges(year: Year) -> Mask:
    """Which ties of the whole are bridges in this year."""
    part = year.parts[0]
    ties = year.years.ties
    place = np.searchsorted(year.actors, np.arange(len(year.years.snapshot.actor_id)))
    found = np.zeros(len(ties.a), bool)
    tied = np.flatnonzero(year.tied)
    found[tied] = part[place[ties.a[tied]]] != part[place[ties.b[tied]]]
    return found


def bridge_survival(year: Year, after: int) -> float | None:
    return survival(year, after, bridges(year))


INDICATORS = (
    *(Indicator(f"survival_{after}", partial(survival, after=after), ahead=after) for after in (1, 2, 5)),
    Indicator("bridge_survival_2", partial(bridge_survival, after=2), ahead=2),
)
