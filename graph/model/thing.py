"""What all stored things share: a label, values that are filled in, and keys by which others know them."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import ClassVar

from graph.model.time import Moment, Period

# A value as it is stored: one property of a node or relationship.
Value = str | int | float | bool | date | list[str]  # a moment is a datetime, which is a date too


class Thing:
    """Base of every stored type. Subclasses are frozen dataclasses; an empty field means: not said by this source."""

    __slots__ = ()
    label: ClassVar[str]

    def properties(self) -> dict[str, Value]:
        """The filled-in values by property name; dates come with their precision beside them."""
        return {
            name: value
            for field in fields(self)  # type: ignore[arg-type]  # every subclass is a dataclass
            for name, value in stored(field.name, getattr(self, field.name))
        }

    def identifiers(self) -> tuple[str, ...]:
        """Keys that decide who this is, as ``scheme:value``, strongest first. Names are never among them."""
        return ()


def stored(name: str, value: object) -> Iterator[tuple[str, Value]]:
    """How one field is stored; nothing when it is empty."""
    if isinstance(value, Period):
        parts = value.properties()
        for key in ("start", "end"):
            if parts[f"{key}_precision"] != "unknown":
                yield from ((part, parts[part]) for part in (key, f"{key}_precision") if parts[part] is not None)  # type: ignore[misc]
    elif isinstance(value, Moment):
        if value.on is not None:
            yield name, value.on
            yield f"{name}_precision", str(value.precision)
    elif isinstance(value, tuple):
        if value:
            yield name, [str(part) for part in value]
    elif isinstance(value, bool | int | float | date) or (isinstance(value, str) and value):
        yield name, value
