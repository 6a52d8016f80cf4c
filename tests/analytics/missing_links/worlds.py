"""Networks for these tests: drawn at random, or planted, always from a seed."""

from datetime import date

import numpy as np

from graph.snapshot import Snapshot

KINDS = ("company", "knowledge_institution", "government", "other")
Row = tuple[str, str, str, str]  # actor, activity, start, themes


def snapshot(rows: list[Row], *, kinds: dict[str, str] | None = None, **more: object) -> Snapshot:
    actors = sorted({row[0] for row in rows})
    activities = sorted({row[1] for row in rows})
    themes: dict[str, set[str]] = {}
    for _, activity, _, named in rows:
        themes.setdefault(activity, set()).update(filter(None, named.split("|")))
    return Snapshot.build(
        store="test",
        revision=0,
        valid_on=date(2030, 1, 1),
        actors={"id": actors, "name": actors, "kind": [(kinds or {}).get(id, "company") for id in actors]},
        activities={"id": activities, "title": activities},
        participations={
            "actor": [row[0] for row in rows],
            "activity": [row[1] for row in rows],
            "start": [row[2] for row in rows],
        },
        activity_themes=[sorted(themes[id]) for id in activities],
        **more,  # type: ignore[arg-type]
    )


def random_rows(seed: int, actors: int = 30, activities: int = 25, most: int = 5, years: int = 5) -> list[Row]:
    rng = np.random.default_rng(seed)
    rows = []
    for at in range(activities):
        year = 2010 + int(rng.integers(years))
        themes = "|".join(sorted({f"t{int(one)}" for one in rng.integers(0, 4, int(rng.integers(0, 3)))}))
        rows += [
            (f"a{int(who):03}", f"p{at:03}", f"{year}-0{int(rng.integers(1, 10))}-01", themes)
            for who in rng.choice(actors, int(rng.integers(1, most + 1)), replace=False)
        ]
    return rows


def communities(seed: int, groups: int = 8, each: int = 14, per_year: int = 150, years: int = 5) -> list[Row]:
    """Actors of a group work together, three at a time; nobody is more popular than another."""
    rng = np.random.default_rng(seed)
    rows = []
    for at in range(per_year * years):
        group = int(rng.integers(groups))
        rows += [
            (f"g{group}a{int(who):02}", f"p{at:04}", f"{2010 + at // per_year}-03-01", f"t{group}")
            for who in rng.choice(each, 3, replace=False)
        ]
    return rows


def dealt_anew(rows: list[Row], seed: int) -> list[Row]:
    """Participations permuted: every project keeps its size, every actor its number of participations, or nearly (who
    would be in a project twice is in it once)."""
    rng = np.random.default_rng(seed)
    who = [row[0] for row in rows]
    rng.shuffle(who)
    seen = set()
    made = []
    for actor, row in zip(who, rows, strict=True):
        if (actor, row[1]) not in seen:
            seen.add((actor, row[1]))
            made.append((actor, *row[1:]))
    return made
