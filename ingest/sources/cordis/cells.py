"""Cells of a CORDIS row as values, and what its words mean."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ingest import files, values
from ingest.issues import shown

AGAIN = "Fetch the delivery again; if it says so there too, tell CORDIS"
TELL = "Nothing is lost; tell the makers of Schakel, so that it can be used"


_VALUES = frozenset((str, files.Figure))


@lru_cache(maxsize=1)
def known() -> dict[str, Any]:
    """What cordis.yml says."""
    said: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cordis.yml").read_text(encoding="utf-8"))
    return said


class RowRefused(Exception):
    """A row that cannot be taken in, with the column that is to blame."""

    def __init__(self, column: str, value: object, problem: str, remedy: str = AGAIN) -> None:
        super().__init__(problem)
        self.facts = (column, shown(value), problem, remedy)


def whole_row(row: files.Line | files.Ragged, name: str) -> files.Line:
    """The row, when it has the cells it needs and each holds a value. Raises RowRefused."""
    if isinstance(row, files.Ragged):
        problem = f"it has {row.cells} cells where the header has {row.columns}"
        raise RowRefused("", "", problem, "Look for a quote or delimiter inside a value, or fetch the delivery again")
    needed, read = columns(name)
    cells = row.cells
    if not read <= cells.keys():
        for column in needed:
            if column not in cells:
                raise RowRefused(column, "", "it is missing")
        row = files.Line(row.number, {**dict.fromkeys(read, ""), **cells}, row.raw)
    if not _VALUES.issuperset(map(type, cells.values())):
        for column in sorted(read):
            cell = row.cells[column]
            if isinstance(cell, files.Unread):
                raise RowRefused(column, cell, cell.problem, cell.remedy)
    return row


@lru_cache(maxsize=8)
def columns(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The columns that a table needs, and all that are read of it."""
    said = known()["tables"][name]
    return tuple(said["needed"]), frozenset((*said["needed"], *said["used"]))


def amount_of(row: files.Line, column: str) -> float | None:
    """An amount in euro: the decimal mark is a point or a comma, thousands have none. A blank is unknown, not 0."""
    text = row.cells[column].strip()
    if not text:
        return None
    bare = text.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d*)?([eE][+-]?\d{1,2})?", bare):
        raise RowRefused(column, text, "it is no amount")
    if abs(amount := float(bare)) > known()["bounds"]["amount_eur"]:
        raise RowRefused(column, text, "no project has cost as much")
    return amount


def number_of(row: files.Line, column: str, what: str) -> str:
    text = row.cells[column].strip()
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise RowRefused(column, text, f"{what} is a number" if text else "it is empty")
    return text.lstrip("0") or "0"


def text_of(row: files.Line, column: str) -> str:
    return values.plain(values.unscrambled(row.cells[column]))


def single(text: str) -> str:
    """The one value of a cell that may say it twice, as ``PRC;PRC``; nothing when it says two."""
    parts = {part.strip() for part in text.split(";")} - {""}
    return parts.pop() if len(parts) == 1 else ""
