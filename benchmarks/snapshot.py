"""Reading the real file back: the snapshot, cold and kept, and the neighbourhood of the busiest organisation."""

import shutil
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles

import numpy as np

from benchmarks import real
from graph.store import ask
from graph.store.read import snapshot
from graph.store.store import Store

ROUNDS = 5
ASKED = 40


def measures() -> Iterator[tuple[str, str, str]]:
    path = real.file()
    if path is None:
        yield real.ABSENT
        return
    with real.home() as settings, Store.open(settings, app="bench") as store:
        real.load(store, path)

        def cold() -> None:
            shutil.rmtree(settings.home / "snapshots", ignore_errors=True)
            snapshot(store)

        yield f"snapshot, cold, median of {ROUNDS}", f"{_median(cold):.2f} s", "< 3 s"
        yield "snapshot, kept", f"{_median(lambda: snapshot(store)):.2f} s", "< 0.2 s"
        taken = snapshot(store)
        busiest = str(taken.actor_id[int(np.argmax(np.bincount(taken.actor)))])
        ask.neighbourhood(store, busiest)
        times = [_timed(lambda: ask.neighbourhood(store, busiest)) * 1000 for _ in range(ASKED)]
        p95 = quantiles(times, n=20)[-1]
        yield (
            "neighbourhood of the busiest organisation",
            f"median {median(times):.0f} ms, p95 {p95:.0f} ms",
            "p95 < 150 ms",
        )
        found = [_timed(lambda: ask.find(store, "katolieke univ leuven")) * 1000 for _ in range(ASKED)]
        yield "search with a typing error", f"median {median(found):.0f} ms", ""


def _median(work: Callable[[], object]) -> float:
    return median(_timed(work) for _ in range(ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
