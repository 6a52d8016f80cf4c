"""Actors, collaborations and ties by year.

Two bases: *running in the year* (plain ids), and *started in the year* (``_started``). A participation runs in a year
when it began by its end and did not end before it began; an end that nobody knows counts as running, a start that
nobody knows does not count. A tie is an unordered pair of actors that share a collaboration on that basis.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.snapshot import Snapshot

COLUMNS = ("indicator", "year", "group", "value", "n", "low", "high", "null", "ratio", "flags", "definition")
SMALL = 10  # below this a figure says little
PANEL = 3  # first years of the data, in which everybody looks new

Mask = NDArray[np.bool_]
Keys = NDArray[np.int64]  # unordered pairs of actors as low * actors + high, sorted


@dataclass(frozen=True, slots=True)
class _Year:
    """What holds on one basis: participations kept, their ties, and how many collaborations have how many actors."""

    actors: NDArray[np.int32]
    activities: NDArray[np.int32]
    ties: Keys
    newman: float


def series(
    snapshot: Snapshot, first: int, last: int, by: str | None = None, window: int | None = None
) -> list[dict[str, Any]]:
    """Rows of :data:`COLUMNS` for every year from ``first`` to ``last``, by year, then indicator, then group.

    ``by``: kind and region count what at least one actor of the group takes part in; theme counts collaborations about
    it. ``window``: with it, actors, collaborations and ties also over the last so many years, as ``_window``.
    ``newman_weight`` is the sum over collaborations and pairs of 1 / (actors - 1) (Newman, Phys. Rev. E 64, 2001), that
    is half the participations of those with company. ``ties_new`` ran in no earlier year of the data,
    ``ties_persisting`` ran in the year before too, ``ties_lost`` ran then and not now. Flags: ``open`` the year was not
    over on the snapshot's day, ``panel_start`` one of the first years of the data, ``small_n`` fewer than ten.
    """
    rows = list(_rows(snapshot, first, last, window, "", np.ones(len(snapshot.actor), bool), None))
    for group, participations, actors in _groups(snapshot, by):
        rows += _rows(snapshot, first, last, window, group, participations, actors)
    return sorted(rows, key=lambda row: (row["year"], row["indicator"], row["group"]))


def _groups(snapshot: Snapshot, by: str | None) -> Iterator[tuple[str, Mask, Mask | None]]:
    """Each group with the participations it may count, and the actors of whom one has to take part."""
    everything = np.ones(len(snapshot.actor), bool)
    if by in ("kind", "region"):
        column = snapshot.actor_kind if by == "kind" else snapshot.actor_region
        for group in sorted(set(column[snapshot.actor])):
            if group:
                yield group, everything, np.asarray(column == group)
    elif by == "theme":
        sizes = np.diff(snapshot.theme_start)
        of = np.repeat(np.arange(len(sizes)), sizes)
        for code, group in enumerate(snapshot.themes):
            about = np.zeros(len(sizes), bool)
            about[of[snapshot.theme == code]] = True
            yield group, about[snapshot.activity], None


def _rows(
    snapshot: Snapshot, first: int, last: int, window: int | None, group: str, counted: Mask, actors: Mask | None
) -> Iterator[dict[str, Any]]:
    begins = snapshot.start[counted & ~np.isnat(snapshot.start)]
    if not len(begins):
        return
    panel = int(begins.min().astype("datetime64[Y]").astype(int)) + 1970
    seen: Keys = np.zeros(0, np.int64)
    before: Keys = np.zeros(0, np.int64)
    for year in range(min(panel, first), last + 1):
        running = _year(snapshot, counted & _running(snapshot, year, year), actors)
        if year >= first:
            values = {
                **_counts(running, ""),
                "ties_new": len(np.setdiff1d(running.ties, seen, assume_unique=True)),
                "ties_persisting": len(np.intersect1d(running.ties, before, assume_unique=True)),
                "ties_lost": len(np.setdiff1d(before, running.ties, assume_unique=True)),
                **_counts(_year(snapshot, counted & _started(snapshot, year), actors), "_started"),
            }
            if window:
                over = _year(snapshot, counted & _running(snapshot, year - window + 1, year), actors)
                values |= _counts(over, "_window")
            for indicator, value in values.items():
                yield _row(snapshot, indicator, year, group, value, len(running.activities), panel)
        seen = np.union1d(seen, running.ties)
        before = running.ties


def _row(snapshot: Snapshot, indicator: str, year: int, group: str, value: float, n: int, panel: int) -> dict[str, Any]:
    flags = [
        name
        for name, holds in (
            ("open", date(year, 12, 31) > snapshot.valid_on),
            ("panel_start", year < panel + PANEL),
            ("small_n", n < SMALL),
        )
        if holds
    ]
    return {
        **dict.fromkeys(COLUMNS),
        "indicator": indicator,
        "year": year,
        "group": group,
        "value": value,
        "n": n,
        "flags": "|".join(flags),
        "definition": f"{indicator}.1",
    }


def _counts(year: _Year, basis: str) -> dict[str, float]:
    return {
        f"actors{basis}": len(year.actors),
        f"collaborations{basis}": len(year.activities),
        f"ties{basis}": len(year.ties),
        f"newman_weight{basis}": round(year.newman, 9),
    }


def _running(snapshot: Snapshot, first: int, last: int) -> Mask:
    begun = snapshot.start <= np.datetime64(f"{last:04}-12-31")
    over = snapshot.end < np.datetime64(f"{first:04}-01-01")  # NaT compares as False: not known to be over
    return np.asarray(begun & ~over)


def _started(snapshot: Snapshot, year: int) -> Mask:
    return np.asarray(
        (snapshot.start >= np.datetime64(f"{year:04}-01-01")) & (snapshot.start <= np.datetime64(f"{year:04}-12-31"))
    )


def _year(snapshot: Snapshot, kept: Mask, of: Mask | None) -> _Year:
    """What the kept participations come to; ``of``: only actors, collaborations and ties that have one of these."""
    n = np.int64(len(snapshot.actor_id))
    pairs = np.unique(snapshot.activity[kept].astype(np.int64) * n + snapshot.actor[kept])  # two roles count once
    activity, actor = (pairs // n).astype(np.int32), (pairs % n).astype(np.int32)
    activities, sizes = np.unique(activity, return_counts=True)
    if of is not None:
        having = np.isin(activity, activity[of[actor]])
        activity, actor = activity[having], actor[having]
        activities, sizes = np.unique(activity, return_counts=True)
    low, high, weight = _pairs(actor, sizes)
    if of is not None:
        ours = of[low] | of[high]
        low, high, weight = low[ours], high[ours], weight[ours]
        actor = actor[of[actor]]
    swapped = low > high
    low, high = np.where(swapped, high, low), np.where(swapped, low, high)
    return _Year(np.unique(actor), activities, np.unique(low.astype(np.int64) * n + high), float(weight.sum()))


def _pairs(
    actor: NDArray[np.int32], sizes: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]:
    """All pairs within each run of ``sizes`` actors, and for each the Newman weight 1 / (size - 1)."""
    ends = np.cumsum(sizes)
    later = np.repeat(ends, sizes) - np.arange(len(actor)) - 1  # how many of its run come after each place
    low = np.repeat(np.arange(len(actor)), later)
    step = np.arange(len(low)) - np.repeat(np.cumsum(later) - later, later) + 1
    size = np.repeat(sizes, sizes)
    return actor[low], actor[low + step], 1.0 / np.maximum(1, size[low] - 1)
