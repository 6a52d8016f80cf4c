"""Records into the store: one batch is one change, there or not; what is known already is linked, not written again.

What is shown of a thing follows from all that live records say of it. It is computed anew when a record says
something else than what is shown, in the same change, so that it never depends on the order of rows or files.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph.model import Source
from graph.model.relations import Relation
from graph.model.thing import Value
from graph.store.described import heard, said
from graph.store.search import words
from graph.store.store import Row, Store, Writer
from ingest import resolve
from ingest.issues import Issue, shown
from ingest.record import Entity, Record, digest

BATCH = 5_000  # records in one change

# What the store itself keeps on a thing, beside the values shown of it.
KEPT = {"id", "recorded", "changed", "retracted"}

NAMES = ("name", "short_name", "aliases", "title", "acronym")
# What a thing is called on screen: the first of these that is filled in, else what identifies it.
CALLED = ("name", "acronym", "title", "short_name", "label_en", "email")


@dataclass(slots=True)
class Tally:
    """What became of a batch, in records; ``issues`` are rows that turned out to contradict what is there."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    issues: list[Issue] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.issues += other.issues


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record on its way in: under which key it lives in the store, and its id, made of all it says."""

    record: Record
    key: str
    id: str
    descriptions: tuple[tuple[str, tuple[str, ...], str], ...]  # label, keys, what is said


def load(store: Store, source: Source, import_id: str, file: str, records: Sequence[Record]) -> Tally:
    """One batch, whole or not at all. Records with a key that the source delivered before and other content take the
    place of the earlier one."""
    arrivals = [_arrival(source.name, record) for record in records]
    return store.write(lambda writer: _load(writer, source, import_id, file, arrivals))


def compare(store: Store, source: Source, records: Sequence[Record]) -> Tally:
    """What :func:`load` would count, without a change."""
    arrivals = [_arrival(source.name, record) for record in records]
    rows = store.read("live_records", keys=[a.key for a in arrivals], ids=[])[0]
    live = dict(rows["live"])
    same = sum(live.get(a.key, "").partition("~")[0] == a.id for a in arrivals)
    known = sum(a.key in live for a in arrivals)
    return Tally(new=len(arrivals) - known, changed=known - same, unchanged=same)


def _arrival(source: str, record: Record) -> Arrival:
    descriptions = tuple(_description(source, entity) for entity in record.entities)
    ties = [f"{_told(tie.relation)}{tie.start}>{tie.end}" for tie in record.ties]
    content = [part for label, keys, what in descriptions for part in (label, *keys, what)]
    key = f"{source}|{record.key}"
    return Arrival(record, key, "r" + digest(key, *content, *ties, record.raw), descriptions)


@lru_cache(maxsize=65_536)
def _description(source: str, entity: Entity) -> tuple[str, tuple[str, ...], str]:
    return entity.thing.label, resolve.keys(source, entity), said(entity.thing.properties())


@lru_cache(maxsize=65_536)
def _told(relation: Relation) -> str:
    return f"{relation.type}{said({name: value for name, value in relation.properties().items() if value is not None})}"


def _load(writer: Writer, source: Source, import_id: str, file: str, arrivals: Sequence[Arrival]) -> Tally:
    rows = writer.read("live_records", keys=[a.key for a in arrivals], ids=[a.id for a in arrivals])[0]
    live, known = dict(rows["live"]), set(rows["known"])
    tally, fresh, gone, same = Tally(), [], [], []
    for arrival in arrivals:
        before = live.get(arrival.key)
        if before and before.partition("~")[0] == arrival.id:
            same.append({"id": before, "row": arrival.record.row})
        else:
            fresh.append(arrival)
    index = _Index(writer, (key for arrival in fresh for _, keys, _ in arrival.descriptions for key in keys))
    written = []
    for arrival in fresh:
        problem = index.conflict(arrival)
        if problem:
            tally.issues.append(Issue(file, arrival.record.row, "", shown(arrival.record.key), *problem))
            continue
        ids = [index.place(*description) for description in arrival.descriptions]
        # A row that came back after it was retracted is a record of its own: what was retracted stays so.
        record_id = arrival.id if arrival.id not in known else f"{arrival.id}~{writer.revision}"
        written.append((arrival, record_id, ids))
        if arrival.key in live:
            gone.append(live[arrival.key])
            tally.changed += 1
        else:
            tally.new += 1
    tally.unchanged = len(same)
    touched = writer.run("retract_records", ids=gone, by=import_id, now=writer.now)[0]["touched"] if gone else []
    index.write(writer)
    _write(writer, source, import_id, written, index.added)
    if same:
        writer.run("link_records", rows=same, **{"import": import_id})
    refresh(writer, {*touched, *index.differing})
    return tally


class _Index:
    """Whom the keys of a batch identify: found in the store, or added in this batch."""

    def __init__(self, writer: Writer, keys: Iterable[str]) -> None:
        rows = writer.read("resolve_keys", keys=list(dict.fromkeys(keys)))
        self._ids: dict[str, str] = {row["key"]: row["id"] for row in rows}
        self._shown: dict[str, dict[str, Any]] = {row["id"]: row["shown"] for row in rows}
        self._added: dict[str, tuple[str, Counter[str]]] = {}  # id: label, what is said how often
        self._keys: list[dict[str, str]] = []
        self._heard: dict[str, dict[str, Value]] = {}
        self.differing: set[str] = set()

    def conflict(self, arrival: Arrival) -> tuple[str, str] | None:
        """What is wrong, and what to do, when a thing's keys belong to two things."""
        for entity, (_, keys, _) in zip(arrival.record.entities, arrival.descriptions, strict=True):
            deciding = [key for key in keys if key.partition(":")[0] not in entity.hints]
            found = {self._ids[key]: key for key in deciding if key in self._ids}
            if len(found) > 1:
                names = " and ".join(f"{key} is {self._name(id)}" for id, key in found.items())
                return f"its numbers belong to two different things here: {names}", "Correct the number that is wrong"
        return None

    def _name(self, id: str) -> str:
        shown_now = self._shown.get(id, {})
        return repr(str(shown_now.get("name") or shown_now.get("title") or id))

    def place(self, label: str, keys: tuple[str, ...], what: str) -> str:
        """The id of the thing with these keys; it is added when there is none."""
        id = next((self._ids[key] for key in keys if key in self._ids), "")
        if not id:
            id = label[0].lower() + digest(keys[0], length=10)
            self._added[id] = (label, Counter())
        for key in keys:
            if key not in self._ids:
                self._ids[key] = id
                self._keys.append({"id": id, "key": key})
        if what not in self._heard:
            self._heard[what] = heard(what)
        if id in self._added:
            self._added[id][1][what] += 1
        elif id not in self.differing:
            now = self._shown[id]
            if now.get("retracted") or any(now.get(name) != value for name, value in self._heard[what].items()):
                self.differing.add(id)
        return id

    @property
    def added(self) -> Collection[str]:
        """Ids of the things that this batch adds."""
        return self._added.keys()

    def write(self, writer: Writer) -> None:
        keys: dict[str, str] = {}
        for row in self._keys:
            keys[row["id"]] = min(row["key"], keys.get(row["id"], row["key"]))
        rows = [
            {
                "id": id,
                "label": label,
                "shown": called(project((what, 0, times) for what, times in counts.items()), keys[id]),
            }
            for id, (label, counts) in self._added.items()
        ]
        if rows:
            writer.run("add_things", rows=rows, now=writer.now)
        if self._keys:
            writer.run("add_identifiers", rows=self._keys, now=writer.now)


def _write(
    writer: Writer,
    source: Source,
    import_id: str,
    written: Sequence[tuple[Arrival, str, Sequence[str]]],
    added: Collection[str],
) -> None:
    if not written:
        return
    rows = [
        {
            "record": {
                "id": record_id, "key": arrival.key, "row": arrival.record.row,
                "url": arrival.record.url or None, "raw": arrival.record.raw,
            },
            "describes": [
                {"id": id, "said": what}
                for id, (_, _, what) in dict(zip(ids, arrival.descriptions, strict=True)).items()
            ],
        }
        for arrival, record_id, ids in written
    ]  # fmt: skip
    writer.run(
        "add_records", rows=rows, source=source.name, priority=source.priority, now=writer.now, **{"import": import_id}
    )
    ties: list[Row] = [
        {
            "type": tie.relation.type,
            "start": ids[tie.start],
            "end": ids[tie.end],
            "record": record_id,
            "properties": {**tie.relation.properties(), "source": source.name, "priority": source.priority},
        }
        for arrival, record_id, ids in written
        for tie in arrival.record.ties
    ]
    times = Counter((tie["type"], tie["start"], tie["end"]) for tie in ties)
    for tie in ties:  # between things of which one is new there was none yet: nothing to look for
        new = tie["start"] in added or tie["end"] in added
        tie["fresh"] = True if new and times[tie["type"], tie["start"], tie["end"]] == 1 else None
    if ties:
        writer.run("add_relations", rows=ties, now=writer.now)


def retract(writer: Writer, ids: Sequence[str], by: str) -> None:
    """Retract these records; ``by``: the import that is undone."""
    undone = f"undo {by}"
    refresh(writer, writer.run("retract_records", ids=list(ids), by=undone, now=writer.now)[0]["touched"])


def restore(writer: Writer, rows: Sequence[Row], import_id: str) -> int:
    """Add again what these retracted records said, each as a new record of the import it came from first."""
    latest = {row["record"]["key"]: row for row in sorted(rows, key=lambda row: str(row["record"]["retracted"]))}
    copies = [{**row, "id": f"{row['id'].partition('~')[0]}~{writer.revision}"} for row in latest.values()]
    writer.run(
        "restore_records",
        rows=[{"id": copy["id"], "from": copy["record"]["id"], "describes": copy["describes"]} for copy in copies],
        now=writer.now,
    )
    ties = [{**tie, "record": copy["id"]} for copy in copies for tie in copy["relations"]]
    if ties:
        writer.run("add_relations", rows=ties, now=writer.now)
    refresh(writer, {described["id"] for copy in copies for described in copy["describes"]})
    return len(copies)


def refresh(writer: Writer, ids: Iterable[str]) -> None:
    """Show of these things what their live records say now; what was shown before stays as a version."""
    rows = []
    wanted = sorted(ids)
    for row in writer.read("live_descriptions", ids=wanted) if wanted else []:
        now = {name: value for name, value in row["shown"].items() if name not in KEPT}
        told = [(part["said"], part["priority"], part["times"]) for part in row["descriptions"]]
        # A thing that nobody names any more keeps its last name.
        after = called(project(told), min(row["keys"], default=str(now["display"]))) if told else now
        retracted = None if told else writer.now
        was_retracted = row["shown"].get("retracted")
        if after == now and bool(was_retracted) == bool(retracted):
            continue
        rows.append(
            {
                "id": row["id"],
                "version": f"{row['id']}~{writer.revision}",
                "before": now,
                "shown": {**dict.fromkeys(now), **after},
                "retracted": retracted,
            }
        )
    if rows:
        writer.run("show", rows=rows, now=writer.now)


def called(shown_values: dict[str, Value], key: str) -> dict[str, Value]:
    """The same values with ``display``, what the thing is called, and ``words``, what else it is found by; ``key``:
    what identifies it where it has no name."""
    name = next((shown_values[name] for name in CALLED if name in shown_values), key.rpartition("/")[2])
    names = [value for field in NAMES for value in _each(shown_values.get(field))]
    found_by = words(*names)
    return {**shown_values, "display": name, **({"words": found_by} if found_by else {})}


def _each(value: Value | None) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [str(value)] if value else []


def project(descriptions: Iterable[tuple[str, int, int]]) -> dict[str, Value]:
    """What is shown of a thing of which several records speak: for every field the value of the source that weighs
    most, then the one said most often, then the first in the alphabet, so that no order of loading matters.

    ``descriptions``: what is said, priority of the source, how often.
    """
    votes: dict[str, dict[str, tuple[int, int, Value]]] = defaultdict(dict)
    for what, priority, times in descriptions:
        for name, value in _joined(heard(what)):
            weight, count, _ = votes[name].get(repr(value), (priority, 0, value))
            votes[name][repr(value)] = (max(weight, priority), count + times, value)
    shown_values: dict[str, Value] = {}
    for name, candidates in votes.items():
        best = min(candidates.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))[1][2]
        if isinstance(best, tuple):
            shown_values[name], shown_values[f"{name}_precision"] = best
        else:
            shown_values[name] = best
    return {name: value for name, value in shown_values.items() if value is not None}


def _joined(values: dict[str, Value]) -> Iterable[tuple[str, Any]]:
    """Values to vote on; a date and its precision are one."""
    for name, value in values.items():
        if f"{name}_precision" in values:
            yield name, (value, values[f"{name}_precision"])
        elif not name.endswith("_precision"):
            yield name, value
        elif name.removesuffix("_precision") not in values:  # open: known to have no end
            yield name.removesuffix("_precision"), (None, value)
