"""What is wrong with a row or a file, and what to write instead."""

from collections import Counter
from dataclasses import asdict, dataclass

from graph.errors import Refused, SchakelError


class FileRefused(SchakelError):
    """The file as a whole cannot be taken in; nothing of it was."""

    text = "{file}: {problem}. {remedy}."


class MappingRefused(SchakelError):
    text = "{file}: {problem}. {remedy}."


class UnknownImport(SchakelError):
    text = "There is no import {id}. List them with: python -m ingest imports"


class ImportUndone(SchakelError):
    text = "Import {id} was undone on {when}. Load its file again to have it back."


@dataclass(frozen=True, slots=True)
class Issue:
    """One row that could not be taken in, or with ``warning`` something to look at. ``row`` counts from 1, the header
    included, as a spreadsheet does; 0 speaks of the whole file."""

    file: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str

    @classmethod
    def of(cls, refused: Refused, file: str, row: int, column: str) -> "Issue":
        facts = refused.facts
        return cls(file, row, column, shown(facts["value"]), str(facts["problem"]), str(facts["remedy"]))

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" if self.row else self.file
        column = f", column {self.column}" if self.column else ""
        value = f" ({self.value!r})" if self.value else ""
        return f"{where}{column}{value}: {self.problem}. {self.remedy}."


class Noticed:
    """Warnings about rows that came in all the same. What is the same but for its row is said once, with how often."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: dict[tuple[str, str, str], tuple[int, str]] = {}
        self._times: Counter[tuple[str, str, str]] = Counter()

    def add(self, row: int, column: str, value: object, problem: str, remedy: str) -> None:
        kind = (column, problem, remedy)
        self._found.setdefault(kind, (row, shown(value)))
        self._times[kind] += 1

    def issues(self) -> list[Issue]:
        found = []
        for (column, problem, remedy), (row, value) in self._found.items():
            more = self._times[column, problem, remedy] - 1
            also = f" (and so in {more:,} more row{'s' if more > 1 else ''})" if more else ""
            found.append(Issue(self._file, row, column, value, problem + also, remedy))
        return found


def shown(value: object, width: int = 80) -> str:
    """A value short enough for a message, in one line."""
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= width else text[: width - 1] + "…"
