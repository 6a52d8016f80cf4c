"""Tables out of files as people have them: CSV of any dialect, XLSX, JSON, a zip around them; hostile ones refused.

A row is a list of texts. Nothing is evaluated: a formula comes as a :class:`Formula` and its reader says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ingest.files.archive import archive, guard_workbook
from ingest.files.delimited import delimited
from ingest.files.delivery import Line, Member, Ragged, as_json, lines, members
from ingest.files.objects import Object, objects
from ingest.files.table import Formula, Table, Unread
from ingest.files.workbook import worksheet
from ingest.issues import FileRefused
from ingest.values import Figure

__all__ = [
    "Figure",
    "Formula",
    "Line",
    "Member",
    "Object",
    "Ragged",
    "Table",
    "Unread",
    "archive",
    "as_json",
    "bytes_of",
    "delimited",
    "lines",
    "members",
    "objects",
    "opened",
]

# How other files than tables begin, and what their maker's programs can save in their place.
OTHERS = (
    (b"\xd0\xcf\x11\xe0", "it is a workbook of the old Excel format, or one with a password", "Save it as XLSX or CSV"),
    (b"\x1f\x8b", "it is packed with gzip", "Unpack it first"),
    (b"7z\xbc\xaf", "it is packed with 7-Zip", "Unpack it first"),
    (b"%PDF", "it is a PDF", "Export the table as XLSX or CSV"),
    (b"PAR1", "it is a Parquet file", "Export it as CSV"),
)


@contextmanager
def bytes_of(path: Path) -> Iterator[IO[bytes]]:
    """The file, open for reading. Raises FileRefused when there is none, when it is empty, a folder or closed to us."""
    if not path.exists():
        raise FileRefused(file=path, problem="there is no such file", remedy="Check the name and the folder")
    if path.is_dir():
        raise FileRefused(file=path, problem="it is a folder", remedy="Name one file in it")
    if not path.is_file():
        raise FileRefused(file=path, problem="it is no file", remedy="Save it as a file first")
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            stream.seek(0)
            if not head:
                raise FileRefused(file=path.name, problem="it is empty", remedy="Export it again")
            for begin, problem, remedy in OTHERS:
                if head.startswith(begin):
                    raise FileRefused(file=path.name, problem=problem, remedy=remedy)
            yield stream
    except PermissionError as error:
        remedy = "Close it in other programs, or give your account the right to read it"
        raise FileRefused(file=path, problem="it may not be read", remedy=remedy) from error


@contextmanager
def opened(path: Path, *, delimiter: str = "", encoding: str = "", sheet: str = "") -> Iterator[Table]:
    """The table in ``path``. Raises FileRefused, at once or while its rows are read, with what to do about it."""
    with bytes_of(path) as stream:
        packed = stream.read(4) == b"PK\x03\x04" or path.suffix.lower() in (".zip", ".xlsx", ".xlsm")
        stream.seek(0)
        if not packed:
            yield delimited(stream, path.name, delimiter, encoding)
            return
        with archive(stream, path.name) as found:
            names = found.namelist()
            if "xl/workbook.xml" in names:
                guard_workbook(found, path.name)
                with worksheet(stream, path.name, sheet) as table:
                    yield table
                return
            if "content.xml" in names:
                problem = "it is an OpenDocument file"
                raise FileRefused(file=path.name, problem=problem, remedy="Save it as XLSX or CSV")
            tables = [entry for entry in names if entry.lower().endswith((".csv", ".txt", ".tsv"))]
            if len(tables) != 1:
                problem = f"the zip holds {len(tables)} tables"
                raise FileRefused(file=path.name, problem=problem, remedy="Unpack it and name one file")
            with found.open(tables[0]) as entry:
                yield delimited(entry, f"{path.name}/{tables[0]}", delimiter, encoding)
