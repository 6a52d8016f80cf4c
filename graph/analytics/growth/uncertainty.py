"""How sure is a number: an interval from a bootstrap of projects, and a null model of participations dealt out anew.

The bootstrap draws as many activities as there are, with replacement. What counts distinct actors or ties comes out
lower in every draw, since a third of the activities is left out; the spread of the draws is what counts, so the
interval is the number plus the 2.5 and 97.5 percent points of the draws about their own mean (Efron & Tibshirani 1993,
ch. 13).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graph.analytics.growth import kernels
from graph.analytics.growth.counts import newman
from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.persistence import CHANGES
from graph.analytics.growth.years import Mask, Year, Years

SEED = 20240305
TURNS = 3  # swaps tried for each participation in one null
Interval = tuple[float, float]


def interval(value: float, draws: NDArray[np.float64]) -> Interval | None:
    """None where the draws say nothing."""
    draws = draws[~np.isnan(draws)]
    if len(draws) < 2:
        return None
    low, high = np.percentile(draws, (2.5, 97.5)) - draws.mean()
    return max(0.0, value + low) if value >= 0 else value + low, value + high


def count_draws(years: Years, draws: int, member: Mask | None = None) -> dict[str, NDArray[np.float64]]:
    """The counts and changes *running in the year* in each draw: (draws, 64) by bit of the year."""
    rng = np.random.default_rng(SEED)
    activities = len(years.activities)
    ties, actors = years.ties, len(years.snapshot.actor_id)
    order = np.argsort(years.actor, kind="stable")
    of_activity = np.repeat(np.arange(activities, dtype=np.int32), np.diff(years.offset))
    actor_offset = np.searchsorted(years.actor[order], np.arange(actors + 1)).astype(np.int32)
    kept_actors = np.ones(actors, bool) if member is None else member
    kept_ties = np.ones(len(ties.a), bool) if member is None else member[ties.a] | member[ties.b]
    sizes, inside = _by_year(years, of_activity, kept_actors)
    weighed = newman(sizes, inside)
    names = ("actors", "collaborations", "ties", "newman_weight", *CHANGES[:3])
    found = {name: np.zeros((draws, 64)) for name in names}
    for draw in range(draws):
        weight = np.bincount(rng.integers(activities, size=activities), minlength=activities)
        found["actors"][draw] = kernels.present(
            actor_offset, of_activity[order], years.running[order], kept_actors, weight
        )[0]
        there = kernels.present(ties.offset, ties.activity, ties.word, kept_ties, weight)
        for name, counts in zip(("ties", *CHANGES[:3]), there, strict=True):
            found[name][draw] = counts
        found["collaborations"][draw] = weight @ (inside > 0)
        found["newman_weight"][draw] = weight @ weighed
    found["mean_degree"] = _over(2 * found["ties"], found["actors"])
    found["density"] = _over(2 * found["ties"], found["actors"] * (found["actors"] - 1))
    return found


def _by_year(
    years: Years, of_activity: NDArray[np.int32], member: Mask
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(activities, 64): participants of each activity in each year, and those that are a member."""
    sizes = np.zeros((len(years.activities), 64))
    inside = np.zeros_like(sizes)
    for bit in range(64):
        there = kernels.has(years.running, bit)
        if there.any():
            sizes[:, bit] = np.bincount(of_activity[there], minlength=len(sizes))
            inside[:, bit] = np.bincount(of_activity[there], weights=member[years.actor[there]], minlength=len(sizes))
    return sizes, inside


def _over(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def drawn_values(
    years: Years, indicators: tuple[Indicator, ...], wanted: range, draws: int, tell: Callable[[int, int], None]
) -> dict[tuple[str, int], NDArray[np.float64]]:
    """Every indicator in every draw, by its id and year."""
    rng = np.random.default_rng(SEED)
    found = {(one.id, year): np.full(draws, np.nan) for one in indicators for year in wanted}
    for draw in range(draws):
        sample = years.drawn(np.sort(rng.integers(len(years.activities), size=len(years.activities))))
        for year in wanted:
            at = sample.at(year)
            for one in indicators:
                value = one.value(at) if len(at.actor) else None
                found[one.id, year][draw] = np.nan if value is None else value
        tell(draw + 1, draws)
    return found


def null_values(year: Year, indicators: tuple[Indicator, ...], nulls: int) -> dict[str, float]:
    """The mean of each indicator over so many worlds in which the year's participations are dealt out anew."""
    if not len(year.actor):
        return {}
    rng = np.random.default_rng(SEED + year.year)
    sums: dict[str, list[float]] = {one.id: [] for one in indicators}
    for _ in range(nulls):
        world = year.dealt(rng.random((TURNS, len(year.actor))))
        for one in indicators:
            value = one.value(world)
            if value is not None:
                sums[one.id].append(value)
    return {name: float(np.mean(values)) for name, values in sums.items() if values}
