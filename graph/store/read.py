"""Fill a snapshot from the store: keyset pages of collected columns, straight into arrays."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from typing import Any

from graph.snapshot import Snapshot, load, save
from graph.store.ask import LATEST, When
from graph.store.store import Store

PAGE = 20_000  # things in one page: some 5 MB of columns


def snapshot(store: Store, when: When | None = None) -> Snapshot:
    """All that analytics may ask, as of a day and as known at a moment. Kept on disk by store, revision and dates under
    the home folder; one that is there is not read again."""
    when = when or When()
    folder = store.settings.home / "snapshots"
    known = None if when.known_on == LATEST else when.known_on
    while True:
        # Asked each time: another program may have restored another store in place of the one that was opened.
        meta = store.read("meta")[0]
        kept = load(folder, meta["store"], meta["revision"], when.valid_on, known)
        if kept is not None:
            return kept
        # Pages are reads of their own. As known at the last change they fit together, whatever is written meanwhile.
        made = _read(store, meta["store"], meta["revision"], when.valid_on, known, min(when.known_on, meta["now"]))
        if made is not None:
            save(made, folder)
            return made


def _read(
    store: Store, id: str, revision: int, valid_on: date, known: datetime | None, moment: datetime
) -> Snapshot | None:
    """None when the store was emptied in between."""
    dated: dict[str, Any] = {"valid_on": valid_on, "known_on": moment}
    actors = _pages(store, "snapshot_actors", "id", **dated)
    activities = _pages(store, "snapshot_activities", "id", **dated)
    pages = _pages(store, "snapshot_participations", "activity", **dated)
    groups = store.columns("snapshot_groups", **dated)[0]
    feedback = store.columns("snapshot_feedback", **dated)[0]
    if store.read("meta")[0]["store"] != id:
        return None
    themes = activities.pop("themes", [])
    took: dict[str, list[Any]] = {name: list(chain.from_iterable(lists)) for name, lists in pages.items()}
    if pages:
        took["activity"] = [
            at for at, there in zip(pages["activity"], pages["actor"], strict=True) for _ in range(len(there))
        ]
    return Snapshot.build(
        store=id,
        revision=revision,
        valid_on=valid_on,
        known_on=known,
        actors=actors,
        activities=activities,
        participations=took,
        activity_themes=themes,
        groups=topmost(zip(groups["part"], groups["whole"], strict=True)),
        feedback=[
            (*sorted((a, b)), stage, day)
            for a, b, stage, day in zip(*(feedback[name] for name in ("a", "b", "stage", "day")), strict=True)
        ],
    )


def _pages(store: Store, query: str, key: str, **params: Any) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    after = ""
    while (page := store.columns(query, after=after, limit=PAGE, **params)[0])[key]:
        for name, values in page.items():
            columns.setdefault(name, []).extend(values)
        after = page[key][-1]
    return columns


def topmost(parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For everything that is part of something: the whole at the top. Of several wholes the first by id; where parts
    run in a circle, the first in it.

    >>> topmost([("site", "daughter"), ("daughter", "mother")])
    {'daughter': 'mother', 'site': 'mother'}
    """
    above: dict[str, str] = {}
    for part, whole in sorted(parts):
        above.setdefault(part, whole)
    tops: dict[str, str] = {}
    for part in above:
        way = [part]
        while (up := above.get(way[-1])) and up not in way:
            way.append(up)
        tops[part] = min(way[way.index(up) :]) if up else way[-1]
    return tops
