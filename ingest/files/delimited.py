"""CSV of any encoding and delimiter, read line by line, so that no line of a hostile file fills the memory."""

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, Any

from charset_normalizer import from_bytes

from ingest.files import table as limits
from ingest.files.table import Formula, SheetError, Table
from ingest.issues import FileRefused, shown

DELIMITERS = ";,\t|"
HEAD = 65_536  # bytes that a guess looks at
LINE = 10_000_000  # characters in one line, or in all lines of one row; CORDIS' longest has 12,000

# What spreadsheets in Dutch, English and French write where a formula fails; #N/A is an empty cell.
ERRORS = {
    "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#GETAL!",
    "#LEEG!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
}  # fmt: skip
_TEXT = re.compile(r'="([^"]*)"')  # how programs make a spreadsheet keep the zeros in front of a number
_ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}


def delimited(stream: IO[bytes], name: str, delimiter: str = "", encoding: str = "") -> Table:
    """The table in ``stream``, which must be seekable and stays open. Encoding and delimiter are guessed when empty.

    Raises FileRefused, at once or while its rows are read.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    if not head:
        raise FileRefused(file=name, problem="it is empty", remedy="Export it again")
    encoding = encoding or _encoding(head, stream, name)
    lines = _Lines(io.TextIOWrapper(stream, encoding=encoding, newline=""), name)
    first = _first_line(head.decode(encoding, errors="replace"))
    told = re.fullmatch(r"sep=(.)", first, re.IGNORECASE)  # a line that Excel reads and hides
    delimiter = delimiter or (told.group(1) if told else _delimiter(first))
    rows = _rows(lines, name, delimiter)
    if told:
        next(rows, None)
    _, cells = next(rows, (0, []))
    sign = "tabs" if delimiter == "\t" else delimiter
    return Table(name, limits.header(cells, name), rows, f"{_ENCODINGS.get(encoding, encoding)}, cells apart by {sign}")


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
        pass
    finally:
        decoder.detach()
        stream.seek(0)
    best = from_bytes(_telling(stream), cp_isolation=["cp1252", "cp1250", "mac_roman"]).best()
    stream.seek(0)
    # What Excel writes in Western Europe; a guess among its neighbours needs evidence.
    if best is None or "cp1252" in best.could_be_from_charset or best.encoding in ("mac_roman", "ascii"):
        return "cp1252"
    return best.encoding


def _telling(stream: IO[bytes]) -> bytes:
    """The parts of a file that tell its encoding: what stands around bytes that are not ASCII."""
    found, size = [], 0
    while size < HEAD and (chunk := stream.read(1 << 20)):
        for part in re.findall(rb"[^\r\n]{0,40}[\x80-\xff][^\r\n]{0,40}", chunk):
            found.append(part)
            size += len(part)
            if size >= HEAD:
                break
    return b"\n".join(found)


def _first_line(text: str) -> str:
    lines = text.lstrip("\ufeff").splitlines()
    return lines[0] if lines else ""


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=lambda sign: (line.count(sign), -DELIMITERS.index(sign)))


class _Lines:
    """The lines of a text, none longer than can be meant. ``taken``: characters since the last row began."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text, self._name = text, name
        self._number = 0
        self.taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(LINE + 1)
        except UnicodeError as error:
            problem = f"it is not all in one encoding ({getattr(error, 'reason', error)})"
            remedy = "Save it again as CSV in UTF-8; if the mapping names an encoding, correct that"
            raise FileRefused(file=self._name, problem=problem, remedy=remedy) from error
        if not line:
            raise StopIteration
        self._number += 1
        self.taken += len(line)
        if self.taken > LINE:
            problem = f"the row at line {self._number:,} is longer than {LINE:,} characters, so it is no table"
            raise FileRefused(file=self._name, problem=problem, remedy="Export it again as CSV, a row on each line")
        if "\x00" in line:
            problem = f"line {self._number:,} holds a NUL byte, so the file is damaged"
            raise FileRefused(file=self._name, problem=problem, remedy="Export it again")
        return line

    def release(self) -> None:
        """Leave the stream to its owner; a text left to the collector would close it with a warning."""
        if not self._text.closed:
            self._text.detach()


def _rows(lines: _Lines, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers; a row's number is its place among the rows, as a spreadsheet shows it."""
    csv.field_size_limit(limits.CELL)
    reader: Any = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        while True:
            number += 1
            lines.taken = 0
            try:
                row: list[str] | None = next(reader, None)
            except csv.Error as error:
                if "field larger" in str(error):
                    raise limits.too_large(name, number) from error
                problem = f"row {number} is not whole ({shown(error)})"
                remedy = "The file is cut off, or a quote in it is missing or not doubled: export it again"
                if number == 1:
                    remedy = "If something else stands between the cells, write that as delimiter in the mapping"
                raise FileRefused(file=name, problem=problem, remedy=remedy) from error
            if row is None:
                return
            if number > limits.ROWS:
                raise limits.too_long(name)
            yield number, [_cell(cell) if cell[:1] in "=#" and cell else cell for cell in row]
    finally:
        lines.release()


def _cell(cell: str) -> str:
    if found := _TEXT.fullmatch(cell):
        return found.group(1)
    if cell.startswith("="):
        return Formula(cell)
    return SheetError(cell) if cell in ERRORS else cell
