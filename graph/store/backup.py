"""Everything out to one file, and back into any other Neo4j.

The file is gzip over lines of JSON: a header with format, schema and revision; every node with the relationships that
start at it, by family and id; a last line with the counts. Behind it stands an empty gzip member whose comment is the
SHA-256 of all bytes before: any program can unpack the file, and no byte of it can change unnoticed. Nothing in it
depends on the server or the moment, so equal content gives equal bytes. The identity of a store is its own and stays.
"""

import gzip
import hashlib
import json
import os
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from graph.errors import CannotWrite, ExportDamaged, HalfRestored, NewerSchema, NotEmpty, StoreBusy
from graph.store import schema
from graph.store.store import Row, Store

FORMAT = 1
FAMILIES = ("Thing", "Identifier", "Record", "Version")
PAGE = 2_000  # nodes asked for at once
BATCH = 5_000  # rows in one change, or fewer when they are long
BATCH_BYTES = 8 * 2**20
LONGEST = 256 * 2**20  # bytes of a line; a longer one is no line of ours but a bomb
ATTEMPTS = 3  # at an export that no change falls into

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What went out or in."""

    nodes: int
    relationships: int


def _quiet(text: str) -> None:
    pass


def export(store: Store, path: Path, tell: Tell = _quiet) -> Moved:
    """Write everything to ``path``, readable by its owner alone: it holds what people said in confidence. An existing
    file is replaced only when the new one is whole and was read through. All of it is as at one revision.

    Raises CannotWrite, HalfRestored, StoreBusy when others keep changing the store, and the store's errors.
    """
    for _ in range(ATTEMPTS):
        before = _state(store)
        moved = _attempt(store, path, before, tell)
        if moved:
            return moved
    raise StoreBusy(uri=store.address.uri, problem="others keep changing what is exported")


def _state(store: Store) -> Row:
    (meta,) = store.read("meta")
    if meta["restoring"]:
        raise HalfRestored(file=meta["restoring"])
    return meta


def _attempt(store: Store, path: Path, before: Row, tell: Tell) -> Moved | None:
    """None when the store changed meanwhile."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=f".{path.name}-", delete=False) as file:
            try:
                _write(store, file, before["revision"], tell)
                there = Moved(**store.read("count_all")[0])
                if _state(store) != before:
                    return None
                file.close()
                moved = check(Path(file.name))
                if moved != there:
                    raise AssertionError(f"an export leaves something behind: {moved} of {there}")
                Path(file.name).replace(path)
            finally:
                with suppress(OSError):  # what was to be written still is not
                    file.close()
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(file=path, problem=error.strerror or str(error)) from error
    return moved


def _write(store: Store, file: IO[bytes], revision: int, tell: Tell) -> None:
    sealed = _Sealed(file)
    nodes = relationships = 0
    all_nodes = store.read("count_all")[0]["nodes"]
    with gzip.GzipFile(filename="", fileobj=sealed, mode="wb", compresslevel=6, mtime=0) as packed:
        packed.write(_line({"schakel": FORMAT, "schema": schema.newest(), "revision": revision}))
        for family in FAMILIES:
            for row in _pages(store, family):
                relations = sorted(
                    _text({"type": kind, "end": end, "properties": said}) for kind, end, said in row["relations"]
                )
                about = _text({"labels": sorted(row["labels"]), "properties": row["properties"]})
                packed.write(_bytes(f'{about[:-1]},"relations":[{",".join(relations)}]}}\n'))
                nodes, relationships = nodes + 1, relationships + len(relations)
                if nodes % PAGE == 0:
                    tell(f"Export: {nodes:,} of {all_nodes:,} nodes")
        packed.write(_line({"nodes": nodes, "relationships": relationships}))
    file.write(_seal(sealed.digest.hexdigest()))
    file.flush()
    os.fsync(file.fileno())


class _Sealed:
    """A file that is only written to, and the SHA-256 of what was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def _seal(digest: str) -> bytes:
    """A gzip member (RFC 1952) with a comment and nothing in it: header, comment, empty block, check sum, length."""
    return b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff" + f"sha256 {digest}\0".encode() + b"\x03\x00" + bytes(8)


def _pages(store: Store, family: str) -> Iterator[Row]:
    after = ""
    while rows := store.read("export_page", family=family, after=after, limit=PAGE):
        for row in rows:
            if row["properties"]["id"] <= after:  # the order of lines is the server's, and has to be the same on all
                raise AssertionError(f"{after!r} does not come before {row['properties']['id']!r} here")
            after = row["properties"]["id"]
            yield row


def restore(store: Store, path: Path, *, replace: bool = False, tell: Tell = _quiet) -> Moved:
    """Put an export into a store, which must be empty unless ``replace`` is said. The file is read through and checked
    before anything is written; a restore that is cut off is noticed at the next start and can be run again. Until it is
    done nobody else can change the store. It then is what was exported, revision included, with an identity of its own.

    Raises ExportDamaged, NotEmpty, NewerSchema, HalfRestored and the store's errors.
    """
    header, moved = _checked(path)
    if (there := things(store)) and not replace:
        raise NotEmpty(things=there)
    store.write_unnumbered("set_restoring", file=str(path))
    store.restoring = True
    try:
        while store.write_unnumbered("empty", limit=10_000)[0]["removed"]:
            pass
        _fill(store, "restore_nodes", _nodes(path), lambda done: tell(f"Restore: {done:,} of {moved.nodes:,} nodes"))
        of = f"{moved.relationships:,} relationships"
        _fill(store, "restore_relations", _relations(path), lambda done: tell(f"Restore: {done:,} of {of}"))
        if Moved(**store.read("count_all")[0]) != moved:
            raise HalfRestored(file=path)
        store.write_unnumbered("renew", store=str(uuid.uuid4()), revision=header["revision"])
        store.upgrade(header["schema"])
        store.write_unnumbered("set_restoring", file="")
    finally:
        store.restoring = False
    store.revision()  # and with it who the store is now
    store.await_indexes()
    return moved


def things(store: Store) -> int:
    """How many things a restore would replace."""
    return int(store.read("count_things")[0]["things"])


def _fill(store: Store, query: str, rows: Iterator[tuple[Row, int]], tell: Callable[[int], None]) -> None:
    batch: list[Row] = []
    weight = done = 0
    for row, size in rows:
        batch.append(row)
        weight += size
        if len(batch) >= BATCH or weight >= BATCH_BYTES:
            _add(store, query, batch)
            done += len(batch)
            tell(done)
            batch, weight = [], 0
    if batch:
        _add(store, query, batch)


def _add(store: Store, query: str, rows: list[Row]) -> None:
    store.write(lambda writer: writer.run(query, rows=rows))


def _nodes(path: Path) -> Iterator[tuple[Row, int]]:
    for line, size in _lines(path):
        if "labels" in line:
            yield {"labels": line["labels"], "properties": line["properties"]}, size


def _relations(path: Path) -> Iterator[tuple[Row, int]]:
    for line, size in _lines(path):
        for relation in line.get("relations", ()):
            yield {**relation, "start": line["properties"]["id"]}, size // len(line["relations"])


def check(path: Path) -> Moved:
    """Read an export through: its seal, its format, its lines, its counts. Raises ExportDamaged, NewerSchema."""
    return _checked(path)[1]


def _checked(path: Path) -> tuple[Row, Moved]:
    try:
        _check_seal(path)
        lines = _lines(path)
        header = next(lines, ({}, 0))[0]
        if header.get("schakel") != FORMAT or type(header["revision"]) is not int:
            raise ExportDamaged(file=path, problem=f"it does not begin as format {FORMAT}")
        if header["schema"] > schema.newest():
            raise NewerSchema(uri=path, found=header["schema"], known=schema.newest())
        return header, _check_lines(path, lines)
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise ExportDamaged(file=path, problem=error.strerror) from error
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise ExportDamaged(file=path, problem="it is cut off or altered") from error


def _check_seal(path: Path) -> None:
    with path.open("rb") as file:
        left = max(0, file.seek(0, os.SEEK_END) - len(_seal("")) - 64)
        file.seek(0)
        digest = hashlib.sha256()
        while left and (data := file.read(min(left, 2**20))):
            digest.update(data)
            left -= len(data)
        if file.read() != _seal(digest.hexdigest()):
            raise ExportDamaged(file=path, problem="it is cut off or altered")


def _check_lines(path: Path, lines: Iterator[tuple[Row, int]]) -> Moved:
    ids: set[str] = set()
    ends: set[str] = set()
    nodes = relationships = 0
    last: Row = {}
    for line, _ in lines:
        if last:
            raise ExportDamaged(file=path, problem="there is more after its end")
        if "labels" not in line:
            last = line
            continue
        if len(set(FAMILIES) & set(line["labels"])) != 1:
            raise ExportDamaged(file=path, problem="a node is of no family, or of two")
        nodes += 1
        ids.add(line["properties"]["id"])
        for relation in line["relations"]:
            relationships += 1
            ends.add(relation["end"])
            if not (relation["type"] and relation.keys() == {"type", "end", "properties"}):
                raise ExportDamaged(file=path, problem="a relationship lacks its type or its values")
    moved = Moved(nodes, relationships)
    if Moved(**last) != moved or len(ids) != nodes:
        raise ExportDamaged(file=path, problem="it holds more or less than it says")
    if not ends <= ids:
        raise ExportDamaged(file=path, problem="relationships lead to nodes that are not in it")
    return moved


def _lines(path: Path) -> Iterator[tuple[Row, int]]:
    """Every line, with its length."""
    with gzip.open(path, "rb") as packed:
        while data := packed.readline(LONGEST):
            if not data.endswith(b"\n"):
                raise ValueError("a line without an end")
            yield json.loads(data, object_hook=_undated), len(data)


def _line(value: Row) -> bytes:
    return _bytes(_text(value) + "\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(value: Row) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_dated)


def _dated(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"@datetime": value.isoformat()}
    if isinstance(value, date):
        return {"@date": value.isoformat()}
    raise TypeError(f"{value!r} cannot be exported")


def _undated(value: Row) -> Any:
    if value.keys() == {"@datetime"}:
        return datetime.fromisoformat(value["@datetime"])
    if value.keys() == {"@date"}:
        return date.fromisoformat(value["@date"])
    return value
