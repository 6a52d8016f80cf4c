"""The local server: how long a user waits until it is there, and until it is gone."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from benchmarks import real
from graph.store import local

ROUNDS = 5


def measures() -> Iterator[tuple[str, str, str]]:
    with real.home() as settings:
        first = _timed(lambda: local.ensure(settings, stay=True))
        starts, stops = [], []
        for _ in range(ROUNDS):
            stops.append(_timed(lambda: local.stop(settings)))
            starts.append(_timed(lambda: local.ensure(settings, stay=True)))
    yield "ready, first start of a home", f"{first:.1f} s", ""
    yield f"ready from the second start on, median of {ROUNDS}", f"{median(starts):.1f} s", "< 4 s"
    yield "stopped, slowest", f"{max(stops):.1f} s", "<= 2 s"


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
