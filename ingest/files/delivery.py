"""A delivery of several tables: a folder, a zip, or one of its files with the others beside it; CSV or JSON alike."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.files.archive import archive
from ingest.files.delimited import delimited
from ingest.files.objects import objects
from ingest.issues import FileRefused

TABLES = (".csv", ".json")
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: three times as fast
ENTRIES = 10_000  # files of a folder that are looked at


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a delivery. ``entry``: its place in the zip ``path``; empty when ``path`` is the file itself."""

    path: Path
    entry: str = ""

    @property
    def file(self) -> str:
        return PurePosixPath(self.entry).name if self.entry else self.path.name

    @property
    def name(self) -> str:
        return f"{self.path.name}/{self.entry}" if self.entry else self.path.name

    @property
    def stem(self) -> str:
        return self.file.rpartition(".")[0].casefold()

    @property
    def suffix(self) -> str:
        return f".{self.file.rpartition('.')[2].casefold()}"

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        try:
            with self.path.open("rb") as stream:
                if not self.entry:
                    yield stream
                    return
                with archive(stream, self.path.name) as found, found.open(self.entry) as inner:
                    yield inner
        except PermissionError as error:
            raise _closed(self.path) from error


def members(path: Path) -> list[Member]:
    """The tables beside each other in a folder (or the one folder in it) or a zip. Raises FileRefused."""
    if not path.exists():
        raise FileRefused(file=path, problem="there is no such file or folder", remedy="Check the name and the folder")
    try:
        return _inside(path)
    except PermissionError as error:
        raise _closed(path) from error


def _inside(path: Path) -> list[Member]:
    if path.is_dir():
        inside = sorted(path.iterdir())[:ENTRIES]
        found = [Member(file) for file in inside if file.is_file() and file.suffix.casefold() in TABLES]
        folders = [folder for folder in inside if folder.is_dir() and not folder.name.startswith((".", "__"))]
        return members(folders[0]) if not found and len(folders) == 1 else found
    with path.open("rb") as stream:
        if not stream.read(1):
            raise FileRefused(file=path.name, problem="it is empty", remedy="Fetch it again")
        with archive(stream, path.name) as zipped:
            entries = [Member(path, entry.filename) for entry in zipped.infolist() if not entry.is_dir()]
    return [entry for entry in entries if entry.suffix in TABLES and "__MACOSX" not in entry.entry]


def _closed(path: Path) -> FileRefused:
    remedy = "Close it in other programs, or give your account the right to read it"
    return FileRefused(file=path, problem="it may not be read", remedy=remedy)


@dataclass(frozen=True, slots=True)
class Line:
    """One row by column. ``cells`` lacks what a JSON object does not say; ``written``: the object as it came."""

    number: int
    cells: dict[str, str]
    written: str = ""

    @property
    def raw(self) -> str:
        """The row as it came, as JSON."""
        return self.written or as_json(self.cells)


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row with another number of cells than the header."""

    number: int
    cells: int
    columns: int


@contextmanager
def lines(member: Member) -> Iterator[tuple[list[str], Iterator[Line | Ragged]]]:
    """The column names of a table (of a JSON list: of its first object) and its rows. Raises FileRefused."""
    with member.opened() as stream:
        if member.suffix == ".json":
            walk = (Line(found.number, found.cells, found.raw) for found in objects(stream, member.name))
            first = next(walk, None)
            yield (list(first.cells), _with(first, walk)) if first else ([], iter(()))
            return
        table = delimited(stream, member.name)
        yield table.header, _of(table.header, table.rows)


def _with(first: Line, others: Iterator[Line]) -> Iterator[Line]:
    yield first
    yield from others


def _of(header: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Line | Ragged]:
    width = len(header)
    for number, cells in rows:
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            if any(cell.strip() for cell in cells):
                yield Ragged(number, len(cells), width)
                continue
            cells = [""] * width
        row = dict(zip(header, cells, strict=False))
        yield Line(number, row)
