"""Snapshots on disk: one Arrow file for each store, revision and pair of dates.

Written under another name and renamed, so a file is there whole or not at all. It begins with the SHA-256 of the rest;
one that does not fit it counts as absent and is made anew. Only the newest few stay.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from graph.snapshot.columns import Snapshot, columns

FORMAT = 3  # grows when the columns change, so that files of an older Schakel are not read
KEPT = 6
_TABLES = ("roles", "sources", "themes", "feedback")


def _path(folder: Path, store: str, revision: int, valid_on: date, known_on: datetime | None) -> Path:
    name = f"{FORMAT}|{store}|{revision}|{valid_on}|{known_on.isoformat() if known_on else ''}"
    return folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.arrow"


def save(snapshot: Snapshot, folder: Path) -> None:
    """Keep ``snapshot`` for next time. A disk that is full or may not be written keeps nothing, and does no harm."""
    path = _path(folder, snapshot.store, snapshot.revision, snapshot.valid_on, snapshot.known_on)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        try:
            _write(snapshot, Path(name))
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        for old in sorted(folder.glob("*.arrow"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)


def _write(snapshot: Snapshot, path: Path) -> None:
    head = {name: getattr(snapshot, name) for name in _TABLES}
    with pa.BufferOutputStream() as file:
        for name in columns():
            values = getattr(snapshot, name)
            made = pa.array(values).dictionary_encode() if values.dtype == object else pa.array(values)
            schema = pa.schema([pa.field(name, made.type)], metadata={"schakel": json.dumps(head)})
            with pa.ipc.new_stream(file, schema) as stream:
                stream.write_batch(pa.record_batch([made], schema=schema))
        data = file.getvalue()
    with path.open("wb") as kept:
        kept.write(hashlib.sha256(data).digest())
        kept.write(data)


def load(folder: Path, store: str, revision: int, valid_on: date, known_on: datetime | None) -> Snapshot | None:
    """The kept snapshot of exactly this moment, or None."""
    path = _path(folder, store, revision, valid_on, known_on)
    try:
        found, head = _read(path)
        snapshot = Snapshot(
            store=store,
            revision=revision,
            valid_on=valid_on,
            known_on=known_on,
            **found,
            roles=tuple(head["roles"]),
            sources=tuple(head["sources"]),
            themes=tuple(head["themes"]),
            feedback=tuple((a, b, stage, day) for a, b, stage, day in head["feedback"]),
        )
        os.utime(path)
        return snapshot
    except FileNotFoundError:
        return None
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        with contextlib.suppress(OSError):
            path.unlink()
        return None


def _read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    found: dict[str, Any] = {}
    head: dict[str, Any] = {}
    with path.open("rb") as kept:
        seal, data = kept.read(32), kept.read()
    if hashlib.sha256(data).digest() != seal:
        raise ValueError(f"{path} was altered or cut off")
    with pa.BufferReader(data) as file:
        for name in columns():
            table = pa.ipc.open_stream(file).read_all()
            head = head or json.loads(table.schema.metadata[b"schakel"])
            column = table.column(name).combine_chunks()
            if pa.types.is_dictionary(column.type):
                words = np.array([*column.dictionary.to_pylist(), None], object)[:-1]
                codes = column.indices.to_numpy(zero_copy_only=False)
                found[name] = words[codes] if len(codes) else np.zeros(0, object)
            else:
                found[name] = np.array(column.to_numpy(zero_copy_only=False))
    return found, head
