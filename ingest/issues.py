"""What is wrong with a row or a file, and what to write instead."""

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


def shown(value: object, width: int = 80) -> str:
    """A value short enough for a message, in one line."""
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= width else text[: width - 1] + "…"
