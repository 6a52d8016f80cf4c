"""Which column says what: a mapping file, read once and checked whole, turns the rows of any table into records.

The format is documented in docs/mapping.md.
"""

import json
from pathlib import Path
from typing import Any

from graph.errors import Refused
from graph.model.relations import Relation
from ingest.issues import Noticed
from ingest.mapping.check import Check
from ingest.mapping.parts import CellRefused, Cells, RelationMap, ThingMap
from ingest.mapping.written import read
from ingest.record import Entity, Record, Tie, digest

__all__ = ["CellRefused", "Mapping"]

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CACHED = 200_000  # things kept while a file is read: most rows of a list name one that an earlier row named


class Mapping:
    """A checked mapping. ``columns``: all that it reads. Make records with :meth:`record`."""

    def __init__(self, file: str, said: Any) -> None:
        """Raises MappingRefused with what is wrong and what to write."""
        check = Check(file, said)
        self.facts = check.source()
        self.delimiter, self.encoding = check.delimiter, check.encoding
        self.sheet = check.text(check.said, "sheet", "sheet")
        self.things = check.things()
        self.relations = check.relations(self.things)
        self.ignored = set(check.columns("ignore"))
        self.key = check.columns("key")
        self.skipped = check.skipped()
        self.columns = (
            {column for thing in self.things for column in thing.read}
            | {column for relation in self.relations for column in relation.columns}
            | set(self.key)
            | set(self.skipped)
        )
        self._made: dict[tuple[str, ...], Entity | None] = {}
        self._related: dict[tuple[object, ...], Relation] = {}

    @classmethod
    def load(cls, path: Path) -> "Mapping":
        """Raises MappingRefused with what is wrong and what to write."""
        return cls(path.name, read(path))

    def skips(self, row: Cells) -> str:
        """Why this row is one to leave out; nothing when it is not."""
        for column, words in self.skipped.items():
            if " ".join(row[column].casefold().split()) in words:
                return f"{column} says {row[column].strip()!r}"
        return ""

    def record(self, number: int, row: Cells, noticed: Noticed) -> Record | None:
        """The record of one row; None when the row says nothing. Raises CellRefused."""
        places: dict[str, list[int]] = {}
        entities: list[Entity] = []
        for thing in self.things:
            places[thing.name] = []
            for cells in thing.repeated(row):
                entity = self._entity(thing, cells)
                if entity is not None:
                    places[thing.name].append(len(entities))
                    entities.append(entity)
            if not places[thing.name]:
                self._lacks(thing, number, row, noticed)
        if not entities:
            return None
        ties = tuple(
            Tie(self._relation(at, relation, row), start, end)
            for at, relation in enumerate(self.relations)
            for start in places[relation.start.name]
            for end in places[relation.end.name]
            if start != end
        )
        raw = _as_json(row)
        return Record(self._key(row, raw), number, tuple(entities), ties, raw)

    def _lacks(self, thing: ThingMap, number: int, row: Cells, noticed: Noticed) -> None:
        """Refuse a row without a thing that has to be there; notice values of one that may be away."""
        said = next((column for column in thing.read if row[column].strip()), "")
        if thing.optional:
            alone = {column for other in self.things if other is not thing for column in other.read}
            if said and said not in alone:
                problem = f"the row names no {thing.name}, so this is not used"
                noticed.add(number, said, row[said], problem, "Fill in its name, or leave this empty")
            return
        refused = Refused(
            field=thing.name,
            value="",
            problem=f"the row names no {thing.name}",
            remedy=f"Fill in {' or '.join(thing.columns[:4])}, or write optional: yes in the mapping",
        )
        raise CellRefused(refused, next(iter(thing.columns), ""))

    def _key(self, row: Cells, raw: str) -> str:
        if not self.key:
            return digest(raw)
        parts = [row[column].strip() for column in self.key]
        if not any(parts):
            problem = f"it is empty, and tells this row from others ({', '.join(self.key)})"
            raise CellRefused(Refused(field="key", value="", problem=problem, remedy="Fill it in"), self.key[0])
        return "|".join(parts)

    def _entity(self, thing: ThingMap, cells: Cells) -> Entity | None:
        seen = (thing.name, *(cells[column] for column in thing.read))
        if seen not in self._made:
            if len(self._made) > _CACHED:
                self._made.clear()
            self._made[seen] = thing.make(cells)
        return self._made[seen]

    def _relation(self, at: int, relation: RelationMap, row: Cells) -> Relation:
        seen = (at, *(row[column] for column in relation.columns))
        if seen not in self._related:
            if len(self._related) > _CACHED:
                self._related.clear()
            self._related[seen] = relation.make(row)
        return self._related[seen]
