"""Valid time: when something was true in the world, and how precisely that is known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from graph.errors import Refused


class Precision(StrEnum):
    """How much of a date is known. ``open``: it is known to go on. ``unknown``: as a start, nobody knows when; as an
    end, nobody knows whether it is still true."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"
    UNKNOWN = "unknown"


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month, a year, or none. ``on`` is the first day of what is known and None for open and unknown.

    >>> Moment.parse("2024-02").last
    datetime.date(2024, 2, 29)
    """

    on: date | None = None
    precision: Precision = Precision.UNKNOWN

    def __post_init__(self) -> None:
        if (self.on is None) != (self.precision in (Precision.OPEN, Precision.UNKNOWN)):
            raise Refused(
                field="date",
                value=self.on,
                problem=f"it does not fit precision {self.precision}",
                remedy="Give a date with day, month or year, or none with open or unknown",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """``2024``, ``2024-03`` or ``2024-03-05``. Raises Refused for anything else, and for days that do not exist."""
        found = _ISO.fullmatch(text.strip())
        if found:
            year, month, day = (int(part) if part else None for part in found.groups())
            precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[(month is not None) + (day is not None)]
            try:
                return cls(date(year or 0, 1 if month is None else month, 1 if day is None else day), precision)
            except ValueError:
                pass
        raise Refused(
            field="date", value=text, problem="there is no such date", remedy="Write 2024-03-05, 2024-03 or 2024"
        )

    @property
    def last(self) -> date | None:
        """The last day it can mean."""
        if self.on is None or self.precision is Precision.DAY:
            return self.on
        if self.precision is Precision.YEAR:
            return self.on.replace(month=12, day=31)
        return self.on.replace(day=calendar.monthrange(self.on.year, self.on.month)[1])


UNKNOWN = Moment()
OPEN = Moment(None, Precision.OPEN)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both days included. A start is never open: what has begun has begun some day.

    Raises Refused when the end lies before the start.
    """

    start: Moment = UNKNOWN
    end: Moment = UNKNOWN

    def __post_init__(self) -> None:
        if self.start.precision is Precision.OPEN:
            raise Refused(field="start", value="open", problem="a start cannot be open", remedy="Leave it empty")
        if self.start.on and self.end.last and self.end.last < self.start.on:
            raise Refused(
                field="end",
                value=str(self.end.on),
                problem=f"it lies before the start, {self.start.on}",
                remedy="Correct one of the two dates, or leave the end empty",
            )

    def properties(self) -> dict[str, date | str | None]:
        """``start``, ``end`` (the last day it can mean) and their precisions, as they are stored."""
        return {
            "start": self.start.on,
            "start_precision": str(self.start.precision),
            "end": self.end.last,
            "end_precision": str(self.end.precision),
        }


ALWAYS = Period()


def today() -> date:
    """The day it is here, for the people who sit at this machine."""
    return datetime.now().astimezone().date()
