"""What every reader gives: a header and rows of texts, with limits that a table of organisations never reaches."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.issues import FileRefused, shown

COLUMNS = 1_000  # more is not a table of organisations
CELL = 100_000  # characters in one cell; the longest objective in CORDIS has 8,000
ROWS = 5_000_000


class Unread(str):
    """A cell that holds something else than a value. A mapping that asks for it gets an issue in its place."""

    __slots__ = ()
    problem = ""
    remedy = ""


class Formula(Unread):
    __slots__ = ()
    problem = "it is a formula"
    remedy = "Replace it by its value (copy, then paste values)"


class SheetError(Unread):
    __slots__ = ()
    problem = "the spreadsheet could not work this cell out"
    remedy = "Correct the formula behind it, or write the value"


class Nested(Unread):
    __slots__ = ()
    problem = "it holds a list or an object where one value is expected"
    remedy = "Fetch the delivery again; if it is meant so, tell the makers of Schakel"


@dataclass(slots=True)
class Table:
    """A header and its rows, each with its number in the file. ``guessed``: how it was read, to be shown."""

    file: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    guessed: str = ""


def letters(at: int) -> str:
    """What a spreadsheet calls the column at this place, counted from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(65 + rest) + found
    return found


def header(cells: list[str], name: str) -> list[str]:
    """The column names, white space made even; a column without one is called by its letter. Raises FileRefused."""
    named = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    while named and not named[-1]:
        named.pop()
    if not named:
        raise FileRefused(file=name, problem="its first row is empty", remedy="Put the column names in row 1")
    if len(named) > COLUMNS:
        raise too_wide(name, 1, len(named))
    twice = sorted(column for column, times in _counted(named).items() if column and times > 1)
    if twice:
        raise FileRefused(
            file=name, problem=f"column {shown(twice[0])!r} occurs more than once", remedy="Give each its own name"
        )
    return [column or f"(column {letters(at)})" for at, column in enumerate(named)]


def _counted(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


def too_wide(name: str, row: int, columns: int) -> FileRefused:
    problem = f"row {row} has {columns:,} columns, at most {COLUMNS:,} can be read"
    return FileRefused(file=name, problem=problem, remedy="Keep only the columns you need")


def too_large(name: str, row: int) -> FileRefused:
    problem = f"row {row} holds a cell of more than {CELL:,} characters"
    return FileRefused(
        file=name, problem=problem, remedy="Look there for a quote that is never closed, or shorten the cell"
    )


def too_long(name: str) -> FileRefused:
    return FileRefused(file=name, problem=f"it has more than {ROWS:,} rows", remedy="Cut it into parts")
