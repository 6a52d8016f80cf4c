"""Fill a snapshot from the store: keyset pages of collected columns, straight into arrays."""

from typing import Any

from graph.snapshot import Snapshot, load, save
from graph.store.ask import LATEST, When
from graph.store.store import Store

PAGE = 20_000  # things in one page: some 5 MB of columns


def snapshot(store: Store, when: When | None = None) -> Snapshot:
    """All that analytics may ask, as of a day and as known at a moment. Kept on disk by revision and dates under the
    home folder; one that is there is not read again."""
    when = when or When()
    folder = store.settings.home / "snapshots"
    # Asked before the columns: a change in between gives a snapshot that is newer than its name, never an older one.
    revision = store.revision()
    known = None if when.known_on == LATEST else when.known_on
    kept = load(folder, store.id, revision, when.valid_on, known)
    if kept is not None:
        return kept
    dated: dict[str, Any] = when.params()
    actors = _pages(store, "snapshot_actors", "id", known_on=when.known_on)
    activities = _pages(store, "snapshot_activities", "id", **dated)
    participations = _pages(store, "snapshot_participations", "last", **dated)
    participations.pop("last", None)
    themes = activities.pop("themes", [])
    made = Snapshot.build(
        store=store.id,
        revision=revision,
        valid_on=when.valid_on,
        known_on=known,
        actors=actors,
        activities=activities,
        participations=participations,
        activity_themes=themes,
    )
    save(made, folder)
    return made


def _pages(store: Store, query: str, key: str, **params: Any) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    after = ""
    while True:
        rows = store.columns(query, after=after, limit=PAGE, **params)
        if not rows or not rows[0][key]:
            return columns
        for name, values in rows[0].items():
            if isinstance(values, list):
                columns.setdefault(name, []).extend(values)
        after = rows[0][key] if isinstance(rows[0][key], str) else rows[0][key][-1]
