"""XLSX, a sheet of it, row by row. Nothing is evaluated: a formula comes as a :class:`Formula`."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO, Any

from ingest.files import table as limits
from ingest.files.delimited import ERRORS
from ingest.files.table import Formula, SheetError, Table
from ingest.issues import FileRefused, shown
from ingest.values import Figure


@contextmanager
def worksheet(stream: IO[bytes], name: str, sheet: str = "") -> Iterator[Table]:
    """The sheet with this name, or the first. Raises FileRefused, at once or while its rows are read."""
    from openpyxl import load_workbook  # half a second that a CSV need not pay

    # It warns of drawings, validations and styles that it does not keep; no value is among them.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    try:
        book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise _damaged(name, error) from error
    try:
        if sheet and sheet not in book.sheetnames:
            problem = f"it has no sheet {sheet!r}, only {shown(', '.join(map(repr, book.sheetnames)), 200)}"
            raise FileRefused(file=name, problem=problem, remedy="Name one of these in the mapping")
        if not book.worksheets:
            raise FileRefused(file=name, problem="it has no sheet with cells", remedy="Save the table as XLSX or CSV")
        page = book[sheet] if sheet else book.worksheets[0]
        # Some programs write a size that is not so: too small hides cells, too large makes millions of empty ones.
        page.reset_dimensions()
        rows = _rows(page, name)
        _, cells = next(rows, (0, []))
        named = limits.header(cells, name)
        yield Table(name, named, _as_wide(rows, len(named)), f"XLSX, sheet {page.title}")
    finally:
        book.close()


def _damaged(name: str, error: Exception) -> FileRefused:
    problem = f"the workbook is damaged ({type(error).__name__})"
    return FileRefused(file=name, problem=problem, remedy="Open it in a spreadsheet and save it again")


def _rows(page: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    walk = page.iter_rows()
    number = 0
    while True:
        number += 1
        try:
            cells = next(walk, None)
        except Exception as error:  # see above
            raise _damaged(name, error) from error
        if cells is None:
            return
        if number > limits.ROWS:
            raise limits.too_long(name)
        if len(cells) > limits.COLUMNS and any(cell.value is not None for cell in cells[limits.COLUMNS :]):
            raise limits.too_wide(name, number, len(cells))
        yield number, [_cell(cell, number, name) for cell in cells[: limits.COLUMNS]]


def _as_wide(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Rows as wide as the header at least: a workbook leaves out the empty cells at a row's end."""
    for number, cells in rows:
        yield number, cells + [""] * (width - len(cells))


def _cell(cell: Any, row: int, name: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Figure(int(value))
    if isinstance(value, int | float):
        return Figure(value)
    text = str(value)
    if len(text) > limits.CELL:
        raise limits.too_large(name, row)
    if cell.data_type == "e" and text in ERRORS:
        return SheetError(text)
    return text
