"""Which column says what: a mapping file, read once and checked whole, turns the rows of any table into records.

The format is documented in docs/mapping.md.
"""

import json
import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import yaml

from graph.errors import Refused
from graph.model import LABELS, Thing
from graph.model import Source as SourceFacts
from graph.model.relations import RULES, Relation
from graph.model.time import UNKNOWN, Period
from ingest import values
from ingest.issues import MappingRefused
from ingest.record import Entity, Record, Tie, digest

Cells = Map[str, str]
RELATION_FIELDS = ("start", "end", "role", "amount_eur", "state")
WORDS = {"source", "key", "things", "relations", "ignore", "delimiter", "encoding", "sheet", "dates"}
_PLACE = re.compile(r"\{([^{}]+)\}")
_CACHED = 200_000  # things kept while a file is read: most rows of a list name one that an earlier row named


class CellRefused(Exception):
    """A value that was refused, with the column it came from."""

    def __init__(self, refused: Refused, column: str) -> None:
        super().__init__(str(refused))
        self.refused, self.column = refused, column


@dataclass(frozen=True, slots=True)
class Field:
    """One value: from the first filled of ``columns``, or ``value`` always; ``words`` translates what a cell says."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[str], Any]
    value: str = ""
    words: Map[str, str] | None = None
    otherwise: str = ""

    def of(self, cells: Cells) -> Any:
        column = next((column for column in self.columns if cells[column].strip()), "")
        text = cells[column] if column else self.value
        if self.words is not None and column:
            text = self._translated(text.strip(), column)
        if not text:
            return None
        try:
            return self.read(text)
        except Refused as refused:
            raise CellRefused(refused, column) from refused

    def _translated(self, text: str, column: str) -> str:
        assert self.words is not None
        found = self.words.get(text.casefold(), self.otherwise)
        if not found:
            known = ", ".join(sorted(self.words))
            remedy = f"Use one of {known}, or add it under words in the mapping"
            raise CellRefused(
                Refused(field=self.name, value=text, problem="the mapping does not know this word", remedy=remedy),
                column,
            )
        return found


@dataclass(frozen=True, slots=True)
class ThingMap:
    """One thing in every row, or one for every part of a cell (``each``)."""

    name: str
    kind: type[Thing]
    fields: tuple[Field, ...]
    keys: tuple[str, ...]
    each: str
    by: str
    optional: bool
    period: bool
    columns: tuple[str, ...]

    def make(self, cells: Cells) -> Entity | None:
        """None when every cell it looks at is empty."""
        if self.columns and not any(cells[column].strip() for column in self.columns):
            return None
        found = {field.name: value for field in self.fields if (value := field.of(cells)) is not None}
        keys = tuple(
            _PLACE.sub(lambda place: cells[place.group(1)].strip(), key)
            for key in self.keys
            if all(cells[column].strip() for column in _PLACE.findall(key))
        )
        try:
            if self.period and ("start" in found or "end" in found):
                found["period"] = _period(found.pop("start", None), found.pop("end", None))
            return Entity(self.kind(**found), keys)
        except Refused as refused:
            raise CellRefused(refused, self._column(str(refused.facts["field"]))) from refused

    def _column(self, name: str) -> str:
        return next((field.columns[0] for field in self.fields if field.name == name and field.columns), "")


@dataclass(frozen=True, slots=True)
class RelationMap:
    type: str
    start: ThingMap
    end: ThingMap
    fields: tuple[Field, ...]

    def make(self, cells: Cells) -> Relation:
        found = {field.name: value for field in self.fields if (value := field.of(cells)) is not None}
        try:
            period = _period(found.pop("start", None), found.pop("end", None))
            return Relation(
                type=self.type, start_label=self.start.kind.label, end_label=self.end.kind.label, period=period, **found
            )
        except Refused as refused:
            named = [
                field.columns[0] for field in self.fields if field.name == refused.facts["field"] and field.columns
            ]
            raise CellRefused(refused, named[0] if named else "") from refused


def _period(start: Any, end: Any) -> Period:
    return Period(*(moment if moment is not None else UNKNOWN for moment in (start, end)))


class Mapping:
    """A checked mapping. ``columns``: all that it reads. Make records with :meth:`record`."""

    def __init__(self, file: str, said: Map[str, Any]) -> None:
        self._file = file
        if not isinstance(said, dict):
            raise self._refuse("it is no mapping", "Begin with source:, things: and relations:")
        self._only(said, WORDS, "")
        source = said.get("source")
        if not isinstance(source, dict) or not source.get("name"):
            raise self._refuse("source has no name", "Write source: {name: ..., publisher: ..., licence: ...}")
        try:
            self.facts = SourceFacts(**source)
        except (TypeError, Refused) as error:
            raise self._refuse(f"source: {error}", "Known are name, publisher, licence, url, priority") from error
        self.delimiter, self.encoding = str(said.get("delimiter", "")), str(said.get("encoding", ""))
        self.sheet = str(said.get("sheet", ""))
        self._month_first = said.get("dates") == "month first"
        self.things = [self._thing(name, entry) for name, entry in self._part(said, "things").items()]
        if not self.things:
            raise self._refuse("it maps no things", "Add at least one under things:")
        self.relations = [self._relation(entry) for entry in said.get("relations") or []]
        self.ignored = {str(column) for column in said.get("ignore") or []}
        key = said.get("key") or []
        self.key = tuple(str(column) for column in ([key] if isinstance(key, str) else key))
        self.columns = {column for thing in self.things for column in self._read_by(thing)} | {
            column for relation in self.relations for field in relation.fields for column in field.columns
        } | set(self.key)  # fmt: skip
        self._made: dict[tuple[str, ...], Entity | None] = {}
        self._related: dict[tuple[str, ...], Relation] = {}

    @classmethod
    def load(cls, path: Path) -> "Mapping":
        """Raises MappingRefused with what is wrong and what to write."""
        try:
            said = yaml.safe_load(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise MappingRefused(file=path, problem="there is no such file", remedy="Check the name") from error
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
            where = getattr(error, "problem_mark", None)
            line = f" at line {where.line + 1}" if where else ""
            remedy = "Look at docs/examples for one that works"
            raise MappingRefused(file=path.name, problem=f"it is not YAML{line}", remedy=remedy) from error
        return cls(path.name, said)

    def record(self, number: int, row: Cells) -> Record | None:
        """The record of one row; None when the row says nothing. Raises CellRefused."""
        places: dict[str, list[int]] = {}
        entities: list[Entity] = []
        for thing in self.things:
            places[thing.name] = []
            for cells in self._repeated(thing, row):
                entity = self._entity(thing, cells)
                if entity is not None:
                    places[thing.name].append(len(entities))
                    entities.append(entity)
            if not places[thing.name] and not thing.optional:
                if not any(cell.strip() for cell in row.values()):
                    return None
                column = next(iter(thing.columns), "")
                refused = Refused(
                    field=thing.name,
                    value="",
                    problem=f"the row names no {thing.name}",
                    remedy=f"Fill in {' or '.join(thing.columns[:4])}, or write optional: true in the mapping",
                )
                raise CellRefused(refused, column)
        ties = tuple(
            Tie(self._relation_of(relation, row), start, end)
            for relation in self.relations
            for start in places[relation.start.name]
            for end in places[relation.end.name]
        )
        raw = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        key = "|".join(row[column].strip() for column in self.key) if self.key else digest(raw)
        return Record(key, number, tuple(entities), ties, raw)

    def _repeated(self, thing: ThingMap, row: Cells) -> Sequence[Cells]:
        if not thing.each:
            return (row,)
        parts = (part.strip() for part in re.split(thing.by, row[thing.each]))
        return [{**row, thing.each: part} for part in parts if part]

    def _entity(self, thing: ThingMap, cells: Cells) -> Entity | None:
        seen = (thing.name, *(cells[column] for column in self._read_by(thing)))
        if seen not in self._made:
            if len(self._made) > _CACHED:
                self._made.clear()
            self._made[seen] = thing.make(cells)
        return self._made[seen]

    def _relation_of(self, relation: RelationMap, row: Cells) -> Relation:
        columns = (column for field in relation.fields for column in field.columns)
        seen = (relation.type, relation.start.name, relation.end.name, *(row[column] for column in columns))
        if seen not in self._related:
            if len(self._related) > _CACHED:
                self._related.clear()
            self._related[seen] = relation.make(row)
        return self._related[seen]

    @staticmethod
    def _read_by(thing: ThingMap) -> tuple[str, ...]:
        return (*thing.columns, *((thing.each,) if thing.each else ()))

    def _thing(self, name: str, said: Any) -> ThingMap:
        self._only(said, {"type", "fields", "key", "each", "by", "optional"}, name)
        kind = LABELS.get(str(said.get("type")))
        if kind is None:
            raise self._refuse(f"{name} has type {said.get('type')!r}", f"Use one of {', '.join(LABELS)}")
        readers = values.readers(kind)
        fields = tuple(self._field(name, key, entry, readers) for key, entry in self._part(said, "fields").items())
        keys = said.get("key") or []
        keys = tuple(str(key) for key in ([keys] if isinstance(keys, str) else keys))
        for key in keys:
            if not re.match(r"[a-z0-9_]+:", key) or not _PLACE.search(key):
                raise self._refuse(f"{name} has key {key!r}", "Write it as scheme:{column}, as in rcn:{project_rcn}")
        columns = dict.fromkeys(
            [column for field in fields for column in field.columns] + [c for key in keys for c in _PLACE.findall(key)]
        )
        period = any(field.name == "period" for field in dataclass_fields(kind))  # type: ignore[arg-type]
        by = {"line break": r"[\r\n]+"}.get(str(said.get("by", "")), re.escape(str(said.get("by", "|"))))
        each, optional = str(said.get("each", "")), bool(said.get("optional", "each" in said))
        return ThingMap(name, kind, fields, keys, each, by, optional, period, tuple(columns))

    def _relation(self, said: Any) -> RelationMap:
        name = f"relation {said.get('type')}" if isinstance(said, dict) else "relation"
        self._only(said, {"type", "from", "to", *RELATION_FIELDS}, name)
        if said.get("type") not in RULES:
            raise self._refuse(f"{name} is not known", f"Use one of {', '.join(RULES)}")
        ends = {thing.name: thing for thing in self.things}
        for end in ("from", "to"):
            if said.get(end) not in ends:
                raise self._refuse(f"{name}: {end} names {said.get(end)!r}", f"Use one of {', '.join(ends)}")
        readers: dict[str, Callable[[str], Any]] = {
            "start": values.moment, "end": values.moment, "amount_eur": values.number,
            "role": values.plain, "state": values.plain,
        }  # fmt: skip
        fields = tuple(self._field(name, key, said[key], readers) for key in RELATION_FIELDS if key in said)
        made = RelationMap(str(said["type"]), ends[said["from"]], ends[said["to"]], fields)
        rule = RULES[made.type]
        if made.start.kind.label not in rule.start or made.end.kind.label not in rule.end:
            remedy = f"It leads from {' or '.join(rule.start)} to {' or '.join(rule.end)}"
            raise self._refuse(f"{name} joins {made.start.kind.label} to {made.end.kind.label}", remedy)
        return made

    def _field(self, thing: str, name: str, said: Any, readers: Map[str, Callable[[str], Any]]) -> Field:
        if name not in readers:
            raise self._refuse(f"{thing} has no field {name!r}", f"Use some of {', '.join(readers)}")
        read = readers[name]
        if read is values.moment and self._month_first:
            read = _month_first
        if isinstance(said, str):
            return Field(name, (said,), read)
        self._only(said, {"column", "first", "value", "words", "otherwise"}, f"{thing}.{name}")
        columns = said.get("first") or ([said["column"]] if "column" in said else [])
        words = {str(key).casefold(): str(word) for key, word in said["words"].items()} if "words" in said else None
        if not columns and "value" not in said:
            raise self._refuse(f"{thing}.{name} names no column", "Write column: NAME, first: [A, B] or value: TEXT")
        value = str(said.get("value", ""))
        return Field(name, tuple(map(str, columns)), read, value, words, str(said.get("otherwise", "")))

    def _part(self, said: Map[str, Any], name: str) -> dict[str, Any]:
        part = said.get(name) or {}
        if not isinstance(part, dict):
            raise self._refuse(f"{name} is no list of names", f"Write {name}: and under it name: value")
        return part

    def _only(self, said: Any, known: set[str], where: str) -> None:
        if not isinstance(said, dict):
            raise self._refuse(f"{where} is written as {said!r}", f"Use {', '.join(sorted(known))}")
        for word in sorted(set(map(str, said)) - known):
            place = f"{where} " if where else ""
            raise self._refuse(f"{place}has {word!r}, which is not known", f"Use {', '.join(sorted(known))}")

    def _refuse(self, problem: str, remedy: str) -> MappingRefused:
        return MappingRefused(file=self._file, problem=problem, remedy=remedy)


def _month_first(text: str) -> Any:
    return values.moment(text, month_first=True)
