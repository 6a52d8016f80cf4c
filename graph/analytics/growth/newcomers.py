"""Do newcomers get in, and do they come back?

- ``newcomers``: actors whose first year this is.
- ``newcomers_with_incumbent``: share of them tied to somebody who was there before.
- ``newcomers_returned``: share that within two years took part in something that started after their first year; open
  until those two years are over.
- ``newcomers_via_hub``: share of them in an activity with the hub itself; none where no hub is named.

Trap: at the start of the data everybody is new. The first years carry the flag ``panel_start``.

>>> from graph.analytics.example import of
>>> from graph.analytics.growth.years import Years
>>> rows = [("a", "p", "2015-01-01", "2015-12-31"), ("a", "q", "2016-01-01", "2016-12-31")]
>>> rows += [("b", "q", "2016-01-01", "2016-12-31"), ("c", "r", "2016-01-01", "2016-12-31")]
>>> year = Years.of(of(rows), 2015, 2018).at(2016)
>>> newcomers(year), newcomers_with_incumbent(year), newcomers_returned(year)
(2, 0.5, 0.0)
"""

import numpy as np
from numpy.typing import NDArray

from graph.analytics.growth import kernels
from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year

RETURN = 2  # years


def _new(year: Year) -> NDArray[np.bool_]:
    """Per actor of the snapshot: whether this is its first year."""
    return np.asarray(year.years.first_seen == year.year)


def newcomers(year: Year) -> float:
    return int(np.count_nonzero(_new(year)))


def newcomers_with_incumbent(year: Year) -> float | None:
    new, ties = _new(year), year.years.ties
    a, b = ties.a[year.tied], ties.b[year.tied]
    old = year.years.first_seen < year.year
    met = np.union1d(a[new[a] & old[b]], b[new[b] & old[a]])
    return len(met) / int(new.sum()) if new.any() else None


def newcomers_returned(year: Year) -> float | None:
    new = _new(year)
    if not new.any():
        return None
    later = np.zeros(len(year.years.actor), bool)
    for step in range(1, RETURN + 1):
        if year.year + step <= year.years.observed:
            later |= kernels.has(year.years.started, year.bit + step)
    back = np.unique(year.years.actor[later])
    return float(new[back].sum() / new.sum())


def newcomers_via_hub(year: Year) -> float | None:
    new, hub = _new(year), year.years.hub
    if hub < 0 or not new.any():
        return None
    activity = np.repeat(np.arange(len(year.sizes)), year.sizes)
    with_hub = np.isin(activity, activity[year.actor == hub])
    return len(np.unique(year.actor[with_hub & new[year.actor]])) / int(new.sum())


INDICATORS = (
    Indicator("newcomers", newcomers),
    Indicator("newcomers_with_incumbent", newcomers_with_incumbent),
    Indicator("newcomers_returned", newcomers_returned, ahead=RETURN),
    Indicator("newcomers_via_hub", newcomers_via_hub),
)
