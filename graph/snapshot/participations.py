"""A participation file as a snapshot: the network of another hub, of a paper, or of a benchmark, without a store."""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import Refused
from graph.model.time import today
from graph.snapshot.columns import Snapshot

NEEDED = ("actor_id", "activity_id", "start", "end", "actor_kind", "country", "role", "themes")
KINDS = ("company", "knowledge_institution", "government", "intermediary", "other", "person")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def participation_file(path: Path) -> Snapshot:
    """The file of docs: ``actor_id, activity_id, start, end, actor_kind, country, role, themes``, plain or gzipped; ISO
    days, an end may be empty, themes joined by ``|``, columns in any order, further ones ignored.

    Raises Refused, with row, column and what to write, for anything else.
    """
    data = _bytes(path)
    rows = _rows(path, _text(path, data))
    actors: dict[str, tuple[str, str]] = {}
    activities: dict[str, set[str]] = {}
    took: dict[str, list[str]] = {name: [] for name in ("actor", "activity", "role", "start", "end")}
    seen: set[tuple[str, str, str]] = set()
    for number, (actor, activity, start, end, kind, country, role, themes) in rows:
        if not actor or not activity:
            raise _refuse(path, number, "actor_id" if not actor else "activity_id", "", "it is empty", "Fill it in")
        if kind not in KINDS:
            raise _refuse(path, number, "actor_kind", kind, "no such kind", f"Write one of {', '.join(KINDS)}")
        _check_days(path, number, start, end)
        actors.setdefault(actor, (kind, country))
        activities.setdefault(activity, set()).update(filter(None, themes.split("|")))
        if (actor, activity, role) in seen:
            continue
        seen.add((actor, activity, role))
        for name, value in zip(took, (actor, activity, role, start, end), strict=True):
            took[name].append(value)
    if not took["actor"]:
        raise _refuse(path, 2, "actor_id", "", "there is no row under the header", "Export it again")
    ids, at = sorted(actors), sorted(activities)  # so that the order of rows does not matter
    return Snapshot.build(
        store=hashlib.sha256(data).hexdigest(),
        revision=0,
        valid_on=today(),
        actors={
            "id": ids,
            "name": ids,
            "kind": [actors[id][0] for id in ids],
            "country": [actors[id][1] for id in ids],
            "region": [actors[id][1] for id in ids],
        },
        activities={"id": at, "title": at},
        participations=took,
        activity_themes=[sorted(activities[id]) for id in at],
    )


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except FileNotFoundError as error:
        raise _refuse(path, 0, "", "", "there is no such file", "Check the name") from error
    except (EOFError, gzip.BadGzipFile) as error:
        raise _refuse(path, 0, "", "", "the gzip is cut off or damaged", "Fetch it again") from error
    except OSError as error:
        raise _refuse(path, 0, "", "", str(error.strerror), "Check the name and your rights") from error


def _text(path: Path, data: bytes) -> str:
    if not data.strip():
        raise _refuse(path, 0, "", "", "it is empty", "Export it again")
    if b"\x00" in data:
        raise _refuse(path, 0, "", "", "it holds NUL bytes", "Export it again as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise _refuse(path, row, "", "", "it is not UTF-8", "Save it again as CSV in UTF-8") from error


def _rows(path: Path, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        lacking = [name for name in NEEDED if name not in header]
        if lacking:
            problem = f"column {', '.join(lacking)} is missing"
            raise _refuse(path, 1, "", ",".join(header)[:80], problem, "Use these names, apart by commas")
        places = [header.index(name) for name in NEEDED]
        for number, row in enumerate(reader, start=2):
            if len(row) != len(header):
                if not row:
                    continue
                problem = f"it has {len(row)} cells where the header has {len(header)}"
                raise _refuse(path, number, "", "", problem, "Look for a comma outside quotes")
            yield number, tuple(row[place] for place in places)
    except csv.Error as error:
        raise _refuse(path, reader.line_num, "", "", f"it is no CSV ({error})", "Export it again") from error


def _check_days(path: Path, number: int, start: str, end: str) -> None:
    for column, text in (("start", start), ("end", end)):
        if text or column == "start":
            try:
                if not _DAY.fullmatch(text):
                    raise ValueError
                date.fromisoformat(text)
            except ValueError as error:
                raise _refuse(path, number, column, text, "there is no such day", "Write it as 2024-03-05") from error
    if end and end < start:
        raise _refuse(path, number, "end", end, f"it lies before the start, {start}", "Correct one of the two")


def _refuse(path: Path, row: int, column: str, value: Any, problem: str, remedy: str) -> Refused:
    where = f"{path.name}" + (f" row {row}" if row else "") + (f", column {column}" if column else "")
    return Refused(field=where, value=value, problem=problem, remedy=remedy)
