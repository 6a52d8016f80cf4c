"""Everything out to one file, and back into any other Neo4j.

The file is gzip over lines of JSON: a header, every node by family and id, every relationship by its ends, a trailer
with the counts and the SHA-256 of all lines before it. Nothing in it depends on the server or the moment, so equal
content gives equal bytes. Revision and identity of a store are its own and stay behind.
"""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from graph.errors import CannotWrite, ExportDamaged, NewerSchema, NotEmpty
from graph.store import schema
from graph.store.store import Row, Store, Writer

FORMAT = 1
FAMILIES = ("Thing", "Identifier", "Record", "Version")
PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Moved:
    """What went out or in."""

    nodes: int
    relationships: int


def export(store: Store, path: Path) -> Moved:
    """Write everything to ``path``; an existing file is replaced only when the new one is whole. Raises CannotWrite."""
    nodes: list[str] = []
    relations: list[str] = []
    for family in FAMILIES:
        page = []
        for row in _pages(store, family):
            start = row["properties"]["id"]
            page.append((start, _line({"labels": sorted(row["labels"]), "properties": row["properties"]})))
            relations += [
                _line({"type": kind, "start": start, "end": end, "properties": properties})
                for kind, end, properties in row["relations"]
            ]
        nodes += [line for _, line in sorted(page)]
    relations.sort()
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=path.name, delete=False) as file:
            try:
                _write(file, [*nodes, *relations], Moved(len(nodes), len(relations)))
                file.close()
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CannotWrite(file=path, problem=error.strerror or str(error)) from error
    return Moved(len(nodes), len(relations))


def _pages(store: Store, family: str) -> Iterator[Row]:
    after = ""
    while rows := store.read("export_page", family=family, after=after, limit=PAGE):
        yield from rows
        after = rows[-1]["properties"]["id"]


def _write(file: IO[bytes], lines: list[str], moved: Moved) -> None:
    seal = hashlib.sha256()
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
        for line in (_line({"schakel": FORMAT, "schema": schema.newest()}), *lines):
            data = line.encode("utf-8", "surrogatepass") + b"\n"
            seal.update(data)
            packed.write(data)
        end = {"nodes": moved.nodes, "relationships": moved.relationships, "sha256": seal.hexdigest()}
        packed.write(_line(end).encode() + b"\n")
    file.flush()
    os.fsync(file.fileno())


def restore(store: Store, path: Path, *, replace: bool = False) -> Moved:
    """Put an export into a store, which must be empty unless ``replace`` is said. The file is read through and checked
    before anything is written; a restore that is cut off is noticed at the next start and can be run again.

    Raises ExportDamaged, NotEmpty, NewerSchema and the store's errors.
    """
    moved = check(path)
    if (there := things(store)) and not replace:
        raise NotEmpty(things=there)
    store.clear()
    store.write_unnumbered("set_restoring", file=str(path))
    nodes: list[Row] = []
    relations: list[Row] = []
    for line in _content(path):
        (nodes if "labels" in line else relations).append(line)
        if len(nodes) >= PAGE:
            _add(store, "restore_nodes", nodes)
        if len(relations) >= PAGE:
            _add(store, "restore_nodes", nodes)
            _add(store, "restore_relations", relations)
    _add(store, "restore_nodes", nodes)
    _add(store, "restore_relations", relations)
    store.write_unnumbered("set_restoring", file="")
    store.await_indexes()
    return moved


def things(store: Store) -> int:
    """How many things a restore would replace."""
    return int(store.read("count_things")[0]["things"])


def _add(store: Store, query: str, rows: list[Row]) -> None:
    if not rows:
        return

    def change(writer: Writer) -> None:
        done = writer.run(query, rows=rows)
        if done and done[0]["added"] != len(rows):
            raise AssertionError(f"{len(rows) - done[0]['added']} relationships lost an end")

    store.write(change)
    rows.clear()


def check(path: Path) -> Moved:
    """Read an export through: its format, its lines, its counts, its seal. Raises ExportDamaged, NewerSchema."""
    seal, counts, ids, ends = hashlib.sha256(), {"nodes": 0, "relationships": 0}, set(), set()
    last: Any = None
    try:
        for number, data in enumerate(_lines(path)):
            line = json.loads(data)
            if number == 0:
                _check_header(path, line)
            if last is not None and "sha256" in last:
                raise ExportDamaged(file=path, problem="there is more after its end")
            last = line
            if "sha256" in line:
                continue
            seal.update(data)
            if "labels" in line:
                counts["nodes"] += 1
                ids.add(line["properties"]["id"])
            elif "type" in line:
                counts["relationships"] += 1
                ends |= {line["start"], line["end"]}
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
            raise ExportDamaged(file=path, problem=error.strerror) from error
        raise ExportDamaged(file=path, problem="it is cut off or altered") from error
    if not last or last.get("sha256") != seal.hexdigest() or any(last[name] != counts[name] for name in counts):
        raise ExportDamaged(file=path, problem="it is cut off or altered")
    if not ends <= ids:
        raise ExportDamaged(file=path, problem="relationships lead to nodes that are not in it")
    return Moved(**counts)


def _check_header(path: Path, line: Any) -> None:
    if not isinstance(line, dict) or line.get("schakel") != FORMAT:
        raise ExportDamaged(file=path, problem=f"it does not begin as format {FORMAT}")
    if line["schema"] > schema.newest():
        raise NewerSchema(uri=path, found=line["schema"], known=schema.newest())


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as packed:
        yield from packed


def _content(path: Path) -> Iterator[Row]:
    for data in _lines(path):
        line = json.loads(data, object_hook=_undated)
        if "labels" in line or "type" in line:
            yield line


def _line(value: Row) -> str:
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
