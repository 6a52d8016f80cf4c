"""Tables out of files as people have them: CSV of any dialect, XLSX, a zip around either; hostile ones refused.

A row is a list of texts. Nothing is evaluated: a formula comes as a :class:`Formula` and its reader says so.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from charset_normalizer import from_bytes

from ingest.issues import FileRefused, shown

COLUMNS = 1_000  # more is not a table of organisations
CELL = 100_000  # characters in one cell; the longest objective in CORDIS has 8,000
UNPACKED = 2_000_000_000  # bytes; CORDIS' largest table is 300 MB
RATIO = 200  # unpacked to packed; text reaches 20
ROWS = 5_000_000
DELIMITERS = ";,\t|"
HEAD = 65_536  # bytes that a guess looks at


class Formula(str):
    """A cell that holds a formula in place of a value."""

    __slots__ = ()


@dataclass(slots=True)
class Table:
    """A header and its rows, each with its number in the file. ``guessed``: encoding and delimiter, to be shown."""

    file: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    guessed: str = ""


@contextmanager
def opened(path: Path, *, delimiter: str = "", encoding: str = "", sheet: str = "") -> Iterator[Table]:
    """The table in ``path``. Raises FileRefused, at once or while its rows are read, with what to do about it."""
    name = path.name
    if not path.exists():
        raise FileRefused(file=path, problem="there is no such file", remedy="Check the name and the folder")
    if path.is_dir():
        raise FileRefused(file=path, problem="it is a folder", remedy="Name one file in it")
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            if not head:
                raise FileRefused(file=name, problem="it is empty", remedy="Export it again")
            stream.seek(0)
            if head.startswith(b"PK"):
                with _workbook(stream, name, sheet) as table:
                    yield table
            elif head.startswith(b"\xd0\xcf\x11\xe0"):
                problem = "it is a workbook of the old Excel format"
                raise FileRefused(file=name, problem=problem, remedy="Save it as XLSX or CSV")
            else:
                yield delimited(stream, name, delimiter, encoding)
    except PermissionError as error:
        remedy = "Close it in other programs, or give your account the right to read it"
        raise FileRefused(file=path, problem="it may not be read", remedy=remedy) from error


def delimited(stream: IO[bytes], name: str, delimiter: str = "", encoding: str = "") -> Table:
    """A CSV in any encoding and with any of ``; , tab |``. ``stream`` must be seekable and stays open."""
    head = stream.read(HEAD)
    stream.seek(0)
    encoding = encoding or _encoding(head, stream, name)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    first = head.decode(encoding, errors="replace").lstrip("\ufeff")
    delimiter = delimiter or _delimiter(first)
    reader = _checked(csv.reader(_without_nul(text, name), delimiter=delimiter, strict=True), name)
    _, header = next(reader, (0, []))
    shown_delimiter = "tab" if delimiter == "\t" else delimiter
    return Table(name, _header(header, name), reader, f"{encoding}, {shown_delimiter}")


def _encoding(head: bytes, stream: IO[bytes], name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in head:
        problem = "it holds NUL bytes, so it is no text or a damaged one"
        raise FileRefused(file=name, problem=problem, remedy="Export it again as CSV in UTF-8")
    decoder = io.TextIOWrapper(stream, encoding="utf-8-sig")
    try:
        while decoder.read(1 << 20):
            pass
        return "utf-8-sig"
    except UnicodeDecodeError:
        stream_head = head
    finally:
        decoder.detach()
        stream.seek(0)
    best = from_bytes(stream_head, cp_isolation=["cp1252", "cp1250", "mac_roman"]).best()
    # What Excel writes in Western Europe; a guess among its neighbours needs evidence.
    return best.encoding if best and best.encoding != "mac_roman" else "cp1252"


def _delimiter(text: str) -> str:
    line = text.splitlines()[0] if text else ""
    return max(DELIMITERS, key=lambda sign: (line.count(sign), -DELIMITERS.index(sign)))


def _without_nul(lines: Iterator[str], name: str) -> Iterator[str]:
    try:
        for number, line in enumerate(lines, start=1):
            if "\x00" in line:
                problem = f"line {number} holds a NUL byte, so the file is damaged"
                raise FileRefused(file=name, problem=problem, remedy="Export it again")
            yield line
    except UnicodeError as error:
        problem = f"it is not all in one encoding ({getattr(error, 'reason', error)})"
        raise FileRefused(file=name, problem=problem, remedy="Save it again as CSV in UTF-8") from error


def _checked(reader: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers; a row's number is its place among the rows, as a spreadsheet shows it."""
    csv.field_size_limit(CELL)
    number = 0
    while True:
        number += 1
        try:
            row: list[str] | None = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                problem = f"row {number} holds a cell of more than {CELL:,} characters"
                remedy = "Look there for a quote that is never closed, or shorten the cell"
            else:
                problem = f"row {number} is not whole ({error})"
                remedy = "The file is cut off or a quote is missing: export it again"
            raise FileRefused(file=name, problem=problem, remedy=remedy) from error
        if row is None:
            return
        if number > ROWS:
            raise FileRefused(file=name, problem=f"it has more than {ROWS:,} rows", remedy="Cut it into parts")
        yield number, [Formula(cell) if cell.startswith("=") else cell for cell in row]


def _header(cells: list[str], name: str) -> list[str]:
    header = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise FileRefused(file=name, problem="its first row is empty", remedy="Put the column names in row 1")
    if len(header) > COLUMNS:
        remedy = "Keep only the columns you need"
        raise FileRefused(
            file=name, problem=f"it has {len(header):,} columns, at most {COLUMNS:,} can be read", remedy=remedy
        )
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise FileRefused(
            file=name, problem=f"column {shown(twice[0])!r} occurs more than once", remedy="Give each its own name"
        )
    return header


def guarded(archive: zipfile.ZipFile, name: str) -> zipfile.ZipFile:
    """The archive, when what is in it is of a size that can be meant. Raises FileRefused for a bomb or a broken one."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED or (unpacked > 10_000_000 and unpacked > RATIO * max(packed, 1)) or len(entries) > 10_000:
        problem = f"it unpacks to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB"
        raise FileRefused(file=name, problem=problem, remedy="Export it again; if it must be so large, use plain CSV")
    return archive


@contextmanager
def archive(stream: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    """A zip that is whole and not a bomb."""
    try:
        with zipfile.ZipFile(stream) as found:
            yield guarded(found, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        remedy = "Fetch or save it again"
        raise FileRefused(file=name, problem=f"the zip is damaged or cut off ({error})", remedy=remedy) from error
    except RuntimeError as error:
        if "encrypted" not in str(error):
            raise
        raise FileRefused(file=name, problem="the zip has a password", remedy="Unpack it first") from error


@contextmanager
def _workbook(stream: IO[bytes], name: str, sheet: str) -> Iterator[Table]:
    with archive(stream, name) as found:
        names = found.namelist()
    stream.seek(0)
    if "xl/workbook.xml" in names:
        with _sheet(stream, name, sheet) as table:
            yield table
        return
    tables = [entry for entry in names if entry.lower().endswith((".csv", ".txt", ".tsv"))]
    if len(tables) != 1:
        problem = f"the zip holds {len(tables)} tables"
        raise FileRefused(file=name, problem=problem, remedy="Unpack it and name one file")
    with archive(stream, name) as found:
        text = io.BytesIO(found.read(tables[0]))
        yield delimited(text, f"{name}/{tables[0]}")


@contextmanager
def _sheet(stream: IO[bytes], name: str, sheet: str) -> Iterator[Table]:
    from openpyxl import load_workbook  # half a second that a CSV need not pay

    try:
        book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers do
        problem = f"the workbook is damaged ({type(error).__name__})"
        raise FileRefused(file=name, problem=problem, remedy="Open it in a spreadsheet and save it again") from error
    try:
        if sheet and sheet not in book.sheetnames:
            problem = f"it has no sheet {sheet!r}, only {', '.join(map(repr, book.sheetnames))}"
            raise FileRefused(file=name, problem=problem, remedy="Name one of these in the mapping")
        page = book[sheet] if sheet else book.worksheets[0]
        if (page.max_column or 0) > COLUMNS:
            page.reset_dimensions()
        rows = _sheet_rows(page, name)
        _, header = next(rows, (0, []))
        yield Table(name, _header(header, name), rows, f"XLSX, {page.title}")
    finally:
        book.close()


def _sheet_rows(page: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(page.iter_rows(), start=1):
        if len(cells) > COLUMNS and any(cell.value is not None for cell in cells[COLUMNS:]):
            problem = f"row {number} has {len(cells):,} columns, at most {COLUMNS:,} can be read"
            raise FileRefused(file=name, problem=problem, remedy="Keep only the columns you need")
        if number > ROWS:
            raise FileRefused(file=name, problem=f"it has more than {ROWS:,} rows", remedy="Cut it into parts")
        yield number, [_cell(cell, number, name) for cell in cells[:COLUMNS]]


def _cell(cell: Any, row: int, name: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value)
    if len(text) > CELL:
        problem = f"row {row} holds a cell of more than {CELL:,} characters"
        raise FileRefused(file=name, problem=problem, remedy="Shorten the cell")
    return text
