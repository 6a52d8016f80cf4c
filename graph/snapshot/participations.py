"""A participation file as a snapshot: the network of another hub, of a paper, or of a benchmark, without a store."""

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import Refused
from graph.model.time import today
from graph.snapshot.columns import Snapshot

NEEDED = ("actor_id", "activity_id", "start", "end", "actor_kind", "country", "role", "themes")
KINDS = ("company", "knowledge_institution", "government", "intermediary", "other", "person")
LARGEST = 1_000_000_000  # bytes, unpacked: 100 times Horizon 2020
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def participation_file(path: Path) -> Snapshot:
    """The file of docs: ``actor_id, activity_id, start, end, actor_kind, country, role, themes``, plain or gzipped;
    ISO days, an end may be empty, themes joined by ``|``, columns in any order, further ones ignored. The order of rows
    does not matter, and a row that stands there twice counts once. Kind and country of an actor and the themes of an
    activity are those of its first day, so that no later row changes what was so before; where these rows differ, the
    commonest kind and country, then the first in the alphabet, and all the themes.

    Raises Refused, with row, column and what to write, for anything else.
    """
    data = _bytes(path)
    actors: dict[str, tuple[str, Counter[tuple[str, str]]]] = {}  # first day, and what its rows say
    activities: dict[str, tuple[str, set[str]]] = {}
    rows: set[tuple[str, str, str, str, str]] = set()
    sound: set[tuple[str, str]] = set()  # pairs of days that were looked at before
    for number, (actor, activity, start, end, kind, country, role, themes) in _rows(path, _text(path, data)):
        if not actor or not activity:
            raise _refuse(path, number, "actor_id" if not actor else "activity_id", "", "it is empty", "Fill it in")
        if kind not in KINDS:
            raise _refuse(path, number, "actor_kind", kind, "no such kind", f"Write one of {', '.join(KINDS)}")
        if (start, end) not in sound:
            _check_days(path, number, start, end)
            sound.add((start, end))
        if actor not in actors or start < actors[actor][0]:
            actors[actor] = (start, Counter())
        if start == actors[actor][0]:
            actors[actor][1][kind, country] += 1
        if activity not in activities or start < activities[activity][0]:
            activities[activity] = (start, set())
        if start == activities[activity][0]:
            activities[activity][1].update(filter(None, map(str.strip, themes.split("|"))))
        rows.add((actor, activity, role, start, end))
    if not rows:
        raise _refuse(path, 2, "actor_id", "", "there is no row under the header", "Export it again")
    said = {actor: min(told, key=lambda one: (-told[one], one)) for actor, (_, told) in sorted(actors.items())}
    ids, at = list(said), sorted(activities)
    took = dict(zip(("actor", "activity", "role", "start", "end"), zip(*sorted(rows), strict=True), strict=True))
    return Snapshot.build(
        store=hashlib.sha256(data).hexdigest(),
        revision=0,
        valid_on=today(),
        actors={
            "id": ids,
            "name": ids,
            "kind": [said[id][0] for id in ids],
            "country": [said[id][1] for id in ids],
            "region": [said[id][1] for id in ids],
        },
        activities={"id": at, "title": at},
        participations=took,
        activity_themes=[sorted(activities[id][1]) for id in at],
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise _refuse(path, 0, "", "", "there is no such file", "Check the name") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refuse(path, 0, "", "", "the gzip is cut off or damaged", "Fetch it again") from error
    except OSError as error:
        raise _refuse(path, 0, "", "", str(error.strerror), "Check the name and your rights") from error
    if len(data) > LARGEST:
        raise _refuse(path, 0, "", "", f"it holds more than {LARGEST:,} bytes", "Split it, or look what it really is")
    return data


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
        header = [name.strip() for name in next(reader)]
        lacking = [name for name in NEEDED if name not in header]
        if lacking:
            problem = f"column {', '.join(lacking)} is missing"
            raise _refuse(path, 1, "", ",".join(header)[:80], problem, "Use these names, apart by commas")
        twice = [name for name in NEEDED if header.count(name) > 1]
        if twice:
            raise _refuse(path, 1, "", "", f"column {', '.join(twice)} stands there twice", "Leave one of them out")
        places = [header.index(name) for name in NEEDED]
        for number, row in enumerate(reader, start=2):
            if len(row) != len(header):
                if not row:
                    continue
                problem = f"it has {len(row)} cells where the header has {len(header)}"
                raise _refuse(path, number, "", "", problem, "Look for a comma outside quotes")
            yield number, tuple([row[place].strip() for place in places])
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
