"""Every file that is no good is refused in one line that says why and what to do, and nothing of it is taken in."""

import io
import os
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.store.store import Store
from ingest import cli, files
from ingest.files import delimited, objects
from ingest.issues import FileRefused, Issue
from ingest.mapping import Mapping
from ingest.record import Record
from ingest.sources.table import TableSource

MAPPING = """
source: {name: list}
key: nr
things:
  organisation:
    type: Organisation
    fields: {name: name, founded: founded}
  project:
    type: Collaboration
    optional: yes
    fields: {kind: {value: project}, title: project, budget_eur: budget}
relations:
  - {type: TOOK_PART, from: organisation, to: project, amount_eur: amount}
"""
HEADER = "nr;name;founded;project;budget;amount"
GOOD = f"{HEADER}\n1;Noordzee NV;2011;Wier;100;5\n2;Duinbouw;;;;\n"


def text(content: str) -> Callable[[Path], object]:
    return data(content.encode())


def data(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return stream.getvalue()


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def swapped(archive: bytes, entry: str, content: bytes) -> bytes:
    """The workbook with other content in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        parts = [(name, content if name == entry else found.read(name)) for name in found.namelist()]
    return zipped(*parts)


def encrypted(archive: bytes) -> bytes:
    """The archive with the mark of a password on every entry."""
    found = bytearray(archive)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(sign)
        while at >= 0:
            struct.pack_into("<H", found, at + offset, struct.unpack_from("<H", found, at + offset)[0] | 1)
            at = found.find(sign, at + 4)
    return bytes(found)


def flipped(archive: bytes, at: int) -> bytes:
    return archive[:at] + bytes([archive[at] ^ 255]) + archive[at + 1 :]


def shrunk(archive: bytes, size: int) -> bytes:
    """The archive with a lie about how large its entry is when unpacked."""
    found = bytearray(archive)
    struct.pack_into("<I", found, found.find(b"PK\x01\x02") + 24, size)
    return bytes(found)


SHEET = "xl/worksheets/sheet1.xml"
XML = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, (b"&%c;" % (letter - 1)) * 50) for letter in range(ord("b"), ord("k"))
)
BOOK = workbook(tuple(HEADER.split(";")), (1, "Noordzee NV"))

# What stands in the file, and words of its refusal.
REFUSED: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "empty": ("a.csv", data(b""), "it is empty. Export it again"),
    "header only": ("a.csv", text(HEADER + "\n"), "it has a header and no rows"),
    "blank first row": ("a.csv", text(";;\n1;2;3\n"), "its first row is empty"),
    "wrong delimiter": ("a.csv", text(GOOD.replace(";", "^")), "It was read as UTF-8, cells apart by ;"),
    "missing column": ("a.csv", text("nr;name\n1;A\n"), "column 'amount', 'budget', 'founded', 'project' is missing"),
    "wrong delimiter between quotes": (
        "a.csv", text("sep=,\n" + '"nr";"name"\n"1";"A"\n'), "row 2 is not whole"
    ),
    "another case": ("a.csv", text(GOOD.replace("budget", "Budget")), "If 'Budget' is meant, write that"),
    "column twice": ("a.csv", text(HEADER + ";nr\n"), "column 'nr' occurs more than once"),
    "NUL bytes": ("a.csv", text(GOOD.replace("Wier", "Wi\x00er")), "holds NUL bytes"),
    "NUL bytes far down": ("a.csv", text(GOOD + "3;x;;;;\n" * 20_000 + "4;\x00;;;;\n"), "line 20,004 holds a NUL byte"),
    "a cell of 1 MB": ("a.csv", text(GOOD + f"3;{'x' * 1_000_000};;;;\n"), "row 4 holds a cell of more than 100,000"),
    "a million columns": ("a.csv", text(";".join(map(str, range(1_000_000))) + "\n1\n"), "row 1 has 1,000,000 columns"),
    "a quote never closed": ("a.csv", text(GOOD + '3;"x;;;;\n'), "row 4 is not whole"),
    "a quote never closed in a long file": (
        "a.csv", text(GOOD + '3;"x;;;;\n' + "4;y;;;;\n" * 20_000), "row 4 holds a cell of more than 100,000"
    ),
    "a quote inside": ("a.csv", text(GOOD + '3;"x "y" z";;;;\n'), "row 4 is not whole"),
    "one endless line": ("a.csv", text("x" * 11_000_000), "is longer than 10,000,000 characters, so it is no table"),
    "bytes of no encoding": ("a.csv", data(b"\xff\xfe" + b"a\x00" * 20 + b"\x00\xd8\x00"), "not all in one encoding"),
    "a picture": ("a.csv", data(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "it is no text or a damaged one"),
    "a PDF": ("a.csv", data(b"%PDF-1.7\n"), "it is a PDF. Export the table as XLSX or CSV"),
    "old Excel": ("a.xls", data(b"\xd0\xcf\x11\xe0" + bytes(600)), "old Excel format, or one with a password"),
    "gzip": ("a.csv.gz", data(b"\x1f\x8b\x08\x00" + bytes(20)), "it is packed with gzip. Unpack it first"),
    "OpenDocument": ("a.ods", data(zipped(("content.xml", b"<x/>"))), "it is an OpenDocument file. Save it as XLSX"),
    "a folder": ("a", lambda path: path.mkdir(), "it is a folder. Name one file in it"),
    "no file": ("a.csv", lambda path: None, "there is no such file. Check the name"),
    "a zip of two": ("a.zip", data(zipped(("a.csv", b"x"), ("b.csv", b"x"))), "the zip holds 2 tables"),
    "an empty zip": ("a.zip", data(zipped()), "the zip holds 0 tables"),
    "a zip cut off": ("a.zip", data(zipped(("a.csv", os.urandom(9_000)))[:5_000]), "the zip is damaged or cut off"),
    "a zip with a wrong byte": (
        "a.zip", data(flipped(zipped(("a.csv", GOOD.encode() * 900)), 60)), "the zip is damaged or cut off"
    ),
    "a zip with a password": ("a.zip", data(encrypted(zipped(("a.csv", b"x")))), "the zip has a password"),
    "a bomb": ("a.zip", data(zipped(("a.csv", bytes(60_000_000)))), "it unpacks to 60 MB"),
    "a bomb that says it is small": (
        "a.zip", data(shrunk(zipped(("a.csv", b"x;" * 9_000_000)), 4_000)), "the zip is damaged or cut off"
    ),
    "a zip of very many": (
        "a.zip", data(zipped(*((f"{at}.csv", b"") for at in range(10_001)))), "in 10,001 files"
    ),
    "a workbook cut off": ("a.xlsx", data(BOOK[:2_000]), "the zip is damaged or cut off"),
    "a workbook of nonsense": ("a.xlsx", data(swapped(BOOK, "xl/workbook.xml", b"<x")), "the workbook is damaged"),
    "a sheet of nonsense": ("a.xlsx", data(swapped(BOOK, SHEET, XML + b"<row><c")), "the workbook is damaged"),
    "a bomb of a sheet": ("a.xlsx", data(swapped(BOOK, SHEET, XML + b" " * 60_000_000)), "it unpacks to 60 MB"),
    "texts that fill the memory": (
        "a.xlsx", data(swapped(BOOK, "docProps/app.xml", os.urandom(1_500_000) + bytes(160_000_000))),
        "it holds 16[12] MB beside its sheets",
    ),
    "a billion laughs": (
        "a.xlsx", data(swapped(BOOK, SHEET, LAUGHS + b"]>" + XML + b"<row><c><v>&j;</v></c></row>")),
        "the workbook is damaged",
    ),
    "a sheet of a trillion rows": (
        "a.xlsx", data(swapped(BOOK, SHEET, XML + b'<row r="1"><c t="str"><v>nr</v></c></row><row r="999999999999">'
                               b"<c><v>1</v></c></row></sheetData></worksheet>")),
        "column 'amount', 'budget'",
    ),
    "a workbook of 5,000 columns": ("a.xlsx", data(workbook(tuple(range(5_000)))), "row 1 has 5,000 columns"),
}  # fmt: skip


@pytest.fixture
def take(tmp_path: Path) -> Callable[[Path], int]:
    mapping = tmp_path / "map.yml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return lambda path: cli.main(["table", str(path), "--mapping", str(mapping)])


@pytest.fixture(scope="module")
def kept(server: Store) -> Store:
    """A store that no refused file may change."""
    server.clear()
    return server


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_in_one_line_and_changes_nothing(
    case: str, kept: Store, tmp_path: Path, take: Callable[[Path], int], capsys: pytest.CaptureFixture[str]
) -> None:
    name, make, words = REFUSED[case]
    path = tmp_path / name
    make(path)
    revision = kept.revision()
    assert take(path) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    assert line.startswith("schakel: ") and name in line and line.endswith(".")
    assert len(line) < 500
    assert re.search(words, line), line
    assert kept.revision() == revision


@pytest.mark.parametrize(
    ("content", "row", "column", "words"),
    [
        ("3;=1+1;;;;", 4, "name", "it is a formula"),
        ('3;"=HYPERLINK(""http://x"")";;;;', 4, "name", "it is a formula"),
        ("3;#REF!;;;;", 4, "name", "the spreadsheet could not work this cell out"),
        ("3;#WAARDE!;;;;", 4, "name", "the spreadsheet could not work this cell out"),
        ("3;A;31/02/2024;;;", 4, "founded", "there is no such date"),
        ("3;A;;P;many;", 4, "budget", "it is no number"),
        (f"3;A;;P;{'9' * 400};", 4, "budget", "it is too large"),
        ("3;A;;P;1e15;", 4, "budget", "it is not between 0 and 1e+12"),
        ("3;A;;P;-1;", 4, "budget", "it is not between 0 and 1e+12"),
        ("3;A;;P;;1,234", 4, "amount", "thousands or thousandths"),
        (";A;;;;", 4, "nr", "it is empty, and tells this row from others"),
        ("2;Somebody else;;;;", 4, "nr", "row 3 has the same nr and says something else"),
        ("3;;;;;", 4, "name", "the row names no organisation"),
        ("3;A;;P;;;;7", 4, "", "it has 8 cells where the header has 6"),
        ("3;A", 4, "", "it has 2 cells where the header has 6"),
        ("x;" * 1_000_000, 4, "", "it has 1000001 cells where the header has 6"),
    ],
)
def test_a_bad_row_is_an_issue_and_the_others_come_in(
    content: str, row: int, column: str, words: str, tmp_path: Path
) -> None:
    mapping, path = tmp_path / "map.yml", tmp_path / "a.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    path.write_text(f"{GOOD}{content}\n5;Last;;;;\n", encoding="utf-8")
    first, second, issue, last = TableSource(Mapping.load(mapping)).rows(path)
    assert all(isinstance(outcome, Record) for outcome in (first, second, last))
    assert isinstance(issue, Issue)
    assert (issue.file, issue.row, issue.column) == ("a.csv", row, column)
    assert words in issue.problem
    assert issue.remedy and not issue.remedy.endswith(".")


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(encoding: str, guessed: str, sign: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = "nr;naam\r\n1;Café “Zoë” – België €\r\n".replace(";", sign)
    path.write_bytes(content.encode(encoding))
    with files.opened(path) as table:
        assert table.header == ["nr", "naam"]
        assert list(table.rows) == [(2, ["1", "Café “Zoë” – België €"])]
        assert table.guessed.startswith(guessed)
        assert table.guessed.endswith("tabs" if sign == "\t" else sign)


def test_signs_that_tell_the_encoding_may_stand_far_down(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"nr;naam\n" + b"1;x\n" * 50_000 + "2;België – Zoë\n".encode("cp1252"))
    with files.opened(path) as table:
        assert list(table.rows)[-1][1] == ["2", "België – Zoë"]


def test_a_line_for_excel_is_not_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sep=,\nnr,naam\n1,"a;b"\n', encoding="utf-8")
    with files.opened(path) as table:
        assert (table.header, list(table.rows)) == (["nr", "naam"], [(3, ["1", "a;b"])])


def test_a_text_that_keeps_its_zeros_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('nr\n"=""0419052173"""\n', encoding="utf-8")
    with files.opened(path) as table:
        ((_, cells),) = table.rows
        assert cells == ["0419052173"]
        assert not isinstance(cells[0], files.Unread)


def test_a_workbook_gives_what_its_cells_show(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        workbook(
            ("  a\n b ", None, "c", "d", "e"),
            (1.0, "x", datetime(2024, 3, 5, 14, 30), True, "Zoë 😀"),  # noqa: DTZ001  # as in a cell
            (date(2024, 3, 5), "=1+1", "#N/A", None, None),
            (None,),
            ("end",),
        )
    )
    with files.opened(path) as table:
        assert table.header == ["a b", "(column B)", "c", "d", "e"]
        rows = dict(table.rows)
        assert rows[2] == ["1", "x", "2024-03-05 14:30", "yes", "Zoë 😀"]
        assert rows[3][:3] == ["2024-03-05", "=1+1", "#N/A"]
        assert isinstance(rows[3][1], files.Formula)
        assert rows[5] == ["end", "", "", "", ""]


class Endless(io.RawIOBase):
    """A file that never ends; ``given`` counts what was taken of it."""

    def __init__(self, begin: bytes, on: bytes) -> None:
        self._begin, self._on = begin, on * (65_536 // len(on))
        self.given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, to: int, whence: int = 0) -> int:
        self.given = to
        return to

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        part = (self._begin + self._on)[: len(buffer)] if self.given == 0 else self._on[: len(buffer)]
        buffer[: len(part)] = part
        self.given += len(part)
        return len(part)


@pytest.mark.parametrize(
    ("begin", "on"), [(b"x", b"x"), (b"a;b\n", b"x;"), (b'a;b\n1;"', b"x\n"), (b"a;b\n1", b'"x\n";')]
)
def test_no_line_or_row_without_an_end_is_read_on_and_on(begin: bytes, on: bytes) -> None:
    stream = Endless(begin, on)
    with pytest.raises(FileRefused):
        list(delimited(io.BufferedReader(stream), "a.csv", ";", "utf-8").rows)
    assert stream.given < 30_000_000


@pytest.mark.parametrize(
    ("begin", "on"),
    [(b'[{"a": "', b"x"), (b'[{"a": [', b"["), (b'[{"a": 1', b"1"), (b'[{"a": {"b": 1}', b" "), (b"{", b" ")],
)
def test_no_object_without_an_end_is_read_on_and_on(begin: bytes, on: bytes) -> None:
    stream = Endless(begin, on)
    with pytest.raises(FileRefused):
        list(objects(io.BufferedReader(stream), "a.json"))
    assert stream.given < 30_000_000
