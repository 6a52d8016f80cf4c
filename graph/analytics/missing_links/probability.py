"""How likely is it that a suggested pair works together within a year? The share of earlier years, by score.

Isotonic regression (pool adjacent violators; Barlow et al. 1972) of what happened on the place of the score among the
scores of its own year: scores grow with the network, places do not.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.analytics.missing_links.backtest import happened, last_day
from graph.analytics.missing_links.network import Floats
from graph.analytics.missing_links.rank import ranked
from graph.analytics.missing_links.recipe import BY_LIST, Listing
from graph.snapshot import Snapshot

LEAST = 200  # suggestions of earlier years; with fewer nothing is claimed


@dataclass(frozen=True, eq=False)
class Calibration:
    """``place``: place in the list, 1 is best; ``chance``: never rising with it."""

    place: Floats
    chance: Floats

    def of(self, place: NDArray[np.int64]) -> Floats:
        return np.interp(np.log(np.maximum(place, 1)), np.log(self.place), self.chance)


def calibration(
    snapshot: Snapshot, until: date, listing: Listing = "likely", *, top: int = 10_000, years: int = 2
) -> Calibration | None:
    """Of the first ``top`` of the list, learned on the last whole years before ``until``; None without enough."""
    last = until.year if (until.month, until.day) == (12, 31) else until.year - 1
    hits = np.zeros(top)
    seen = np.zeros(top)
    for year in range(last, last - years, -1):
        test = happened(snapshot, year)
        found = ranked(snapshot, last_day(year - 1), top=top, recipe=BY_LIST[listing])
        if not len(test.pairs):
            continue
        hit = test.found(found.a.astype(np.int64), found.b.astype(np.int64)) >= 0
        hits[: len(hit)] += hit
        seen[: len(hit)] += 1
    if seen.sum() < LEAST:
        return None
    kept = seen > 0
    fitted = _falling(hits[kept] / seen[kept], seen[kept])
    return Calibration((np.flatnonzero(kept) + 1).astype(np.float64), fitted)


def _falling(value: Floats, weight: Floats) -> Floats:
    """The nearest sequence that never rises."""
    means: list[list[float]] = []  # mean, weight, length
    for one, many in zip(value.tolist(), weight.tolist(), strict=True):
        means.append([one, many, 1])
        while len(means) > 1 and means[-2][0] < means[-1][0]:
            mean, heavy, long = means.pop()
            before = means[-1]
            before[0] = (before[0] * before[1] + mean * heavy) / (before[1] + heavy)
            before[1] += heavy
            before[2] += long
    return np.repeat(np.array([mean for mean, _, _ in means]), [int(long) for _, _, long in means]).astype(np.float64)
