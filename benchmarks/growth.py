"""Growth: fifty years of a million ties, and the shared Horizon 2020 file with its null models."""

import os
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from graph.analytics.growth import clustering, components, degrees, mixing, newcomers, series, uncertainty
from graph.analytics.growth.brokerage import constraints
from graph.analytics.growth.counts import counts, running
from graph.analytics.growth.years import Years
from graph.snapshot import Snapshot, participation_file

FIRST, LAST = 1970, 2019
NULLS = 200


def measures() -> Iterator[tuple[str, str, str]]:
    parts = (degrees, components, clustering, mixing, newcomers)
    indicators = [one for part in parts for one in part.INDICATORS]
    taken = world()

    def all_years() -> int:
        years = Years.of(taken, FIRST, LAST)
        assert years is not None
        for year in range(FIRST, LAST + 1):
            counts(running(years, year))
            for one in indicators:
                one.value(years.at(year))
        constraints(years.at(LAST))
        return len(years.ties.a)

    started = time.perf_counter()
    ties = all_years()
    yield "first run, machine code made or fetched", f"{time.perf_counter() - started:.1f} s", ""
    yield f"50 years of {ties:,} ties", f"{_busy(all_years):.1f} s of one core", "3 s"
    yield "memory at its highest", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", "400 MB"
    samples = os.environ.get("SCHAKEL_SAMPLES")
    if not samples:
        yield "null models", "not measured: SCHAKEL_SAMPLES names no folder with the data", ""
        return
    real = participation_file(Path(samples) / "links" / "participations_to_2018.csv.gz")
    quick = _busy(lambda: series(real, 2014, 2018))
    yield "Horizon 2020 to 2018, every indicator, five years", f"{quick:.1f} s of one core", ""
    years = Years.of(real, 2017, 2017)
    assert years is not None
    nulled = (*clustering.INDICATORS, *(one for one in mixing.INDICATORS if one.null))
    took = _busy(lambda: uncertainty.null_values(years.at(2017), nulled, 20)) / 20 * NULLS
    yield f"{NULLS} nulls of its year 2017, from 20", f"{took:.0f} s of one core", "60 s"


def world() -> Snapshot:
    """An invented half century: 30,000 activities of two to twelve actors, most of them from a core."""
    dice = np.random.default_rng(1)
    sizes = dice.integers(2, 13, 47_000)
    activity = np.repeat(np.arange(len(sizes)), sizes)
    actor = (dice.random(len(activity)) ** 1.6 * 40_000).astype(int)
    start = FIRST + np.sort(dice.integers(0, LAST - FIRST + 1, len(sizes)))
    end = start + dice.integers(0, 5, len(sizes))
    kinds = ("company", "knowledge_institution", "government")
    return Snapshot.build(
        store="invented", revision=0, valid_on=date(LAST, 12, 31),
        actors={"id": [f"a{at:05}" for at in range(40_000)], "kind": [kinds[at % 3] for at in range(40_000)]},
        activities={
            "id": [f"p{at:05}" for at in range(len(sizes))], "start": [f"{year}-01-01" for year in start],
            "end": [f"{year}-12-31" for year in end],
        },
        participations={"actor": [f"a{at:05}" for at in actor], "activity": [f"p{at:05}" for at in activity]},
    )  # fmt: skip


def _busy(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
