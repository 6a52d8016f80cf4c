"""Networks small enough to be solved by hand, for examples and tests."""

from collections.abc import Iterable
from datetime import date

from graph.snapshot import Snapshot


def of(rows: Iterable[tuple[str, str, str, str]]) -> Snapshot:
    """A snapshot of (actor, activity, start, end) rows, all actors companies; days as ISO texts, empty for unknown."""
    taken = list(rows)
    actors = sorted({row[0] for row in taken})
    activities = sorted({row[1] for row in taken})
    return Snapshot.build(
        store="example",
        revision=0,
        valid_on=date(2030, 12, 31),
        actors={"id": actors, "name": actors, "kind": ["company"] * len(actors)},
        activities={"id": activities, "title": activities},
        participations={
            name: [row[at] for row in taken] for at, name in enumerate(("actor", "activity", "start", "end"))
        },
    )


def star(leaves: int) -> Snapshot:
    """A hub with ``leaves`` leaves, one collaboration each, all in 2020."""
    return of(
        (actor, f"with{leaf}", "2020-01-01", "2020-12-31")
        for leaf in range(1, leaves + 1)
        for actor in ("hub", f"leaf{leaf}")
    )


def complete(actors: int) -> Snapshot:
    """One collaboration of all, in 2020."""
    return of((f"actor{at}", "all", "2020-01-01", "2020-12-31") for at in range(1, actors + 1))
