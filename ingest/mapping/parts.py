"""The parts of a mapping: what makes one value, one thing, one relationship out of the cells of a row."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from graph.errors import Refused
from graph.model import Thing
from graph.model.relations import Relation
from graph.model.time import UNKNOWN, Period
from ingest.record import Entity

Cells = Map[str, str]
PLACE = re.compile(r"\{([^{}]+)\}")
# Fields that tell which one it is. Where none of them is filled in, an optional thing is not there.
NAMING = {"name", "short_name", "title", "acronym", "email", "code", "kbo", "vat", "ror", "pic", "lei", "indicator"}


class CellRefused(Exception):
    """A value that was refused, with the column it came from."""

    def __init__(self, refused: Refused, column: str) -> None:
        super().__init__(str(refused))
        self.refused, self.column = refused, column


@dataclass(frozen=True, slots=True)
class Field:
    """One value: the first filled of ``columns``, or with ``joined`` all of them; ``value`` where they are empty.
    ``words`` translates what a cell says, ``otherwise`` stands for all other words."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[str], Any]
    value: str = ""
    words: Map[str, str] | None = None
    otherwise: str = ""
    joined: bool = False

    def of(self, cells: Cells) -> Any:
        """None when there is nothing. Raises CellRefused."""
        filled = [column for column in self.columns if cells[column].strip()]
        column = filled[0] if filled else ""
        if self.joined:
            text = " ".join(cells[name].strip() for name in filled) or self.value
        else:
            text = cells[column] if column else self.value
        if self.words is not None and column:
            text = self._translated(" ".join(text.split()), column)
        if not text:
            return None
        try:
            found = self.read(text)
        except Refused as refused:
            raise CellRefused(refused, column) from refused
        return None if found == "" else found

    def _translated(self, text: str, column: str) -> str:
        assert self.words is not None
        found = self.words.get(text.casefold(), self.otherwise)
        if not found and text.casefold() not in self.words:
            known = ", ".join(sorted(self.words))
            remedy = f"Use one of {known}, or add it under words in the mapping"
            problem = "the mapping does not know this word"
            raise CellRefused(Refused(field=self.name, value=text, problem=problem, remedy=remedy), column)
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
    needed: tuple[str, ...]
    columns: tuple[str, ...]
    naming: tuple[str, ...]

    @property
    def read(self) -> tuple[str, ...]:
        """Every column it looks at."""
        return (*self.columns, *((self.each,) if self.each else ()))

    def repeated(self, row: Cells) -> Sequence[Cells]:
        """The row as often as there are parts in its cell ``each``, with one part in it each time."""
        if not self.each:
            return (row,)
        parts = (part.strip() for part in re.split(self.by, row[self.each]))
        return [{**row, self.each: part} for part in dict.fromkeys(parts) if part]

    def absent(self, cells: Cells) -> bool:
        looked_at = self.naming if self.optional and self.naming else self.columns
        return bool(looked_at) and not any(cells[column].strip() for column in looked_at)

    def make(self, cells: Cells) -> Entity | None:
        """None when the row does not name it. Raises CellRefused."""
        if self.absent(cells):
            return None
        found = {field.name: value for field in self.fields if (value := field.of(cells)) is not None}
        for name in self.needed:
            if name not in found:
                refused = Refused(field=name, value="", problem="it is empty", remedy="Fill it in")
                raise CellRefused(refused, column_of(self.fields, name))
        keys = tuple(
            PLACE.sub(lambda place: cells[place.group(1)].strip(), key)
            for key in self.keys
            if all(cells[column].strip() for column in PLACE.findall(key))
        )
        try:
            if self.period and ("start" in found or "end" in found):
                found["period"] = _period(found.pop("start", None), found.pop("end", None))
            return Entity(self.kind(**found), keys)
        except Refused as refused:
            raise CellRefused(refused, column_of(self.fields, str(refused.facts["field"]))) from refused


@dataclass(frozen=True, slots=True)
class RelationMap:
    """One relationship between two of the row's things."""

    type: str
    start: ThingMap
    end: ThingMap
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for field in self.fields for column in field.columns)

    def make(self, cells: Cells) -> Relation:
        found = {field.name: value for field in self.fields if (value := field.of(cells)) is not None}
        try:
            period = _period(found.pop("start", None), found.pop("end", None))
            return Relation(
                type=self.type, start_label=self.start.kind.label, end_label=self.end.kind.label, period=period, **found
            )
        except Refused as refused:
            raise CellRefused(refused, column_of(self.fields, str(refused.facts["field"]))) from refused


def column_of(fields: Sequence[Field], name: str) -> str:
    """The column that a field came from; nothing when none did."""
    return next((field.columns[0] for field in fields if field.name == name and field.columns), "")


def _period(start: Any, end: Any) -> Period:
    return Period(*(moment if moment is not None else UNKNOWN for moment in (start, end)))
