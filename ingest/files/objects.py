"""JSON that is one list of flat objects, read object by object."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from ingest.files import table as limits
from ingest.files.table import Nested
from ingest.issues import FileRefused, shown
from ingest.values import Figure

OBJECT = 4_000_000  # characters; CORDIS' longest has 10,000
CHUNK = 1 << 20
_BETWEEN = re.compile(r"[\s,]*")
_HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Object:
    """One object: its values as texts by name, and how it was written. A number is a :class:`Figure`."""

    number: int
    cells: dict[str, str]
    raw: str


class _Twice(ValueError):
    pass


def objects(stream: IO[bytes], name: str) -> Iterator[Object]:
    """The objects of the list in ``stream``, numbered from 1. Raises FileRefused."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig")
    try:
        yield from _objects(text, name)
    finally:
        if not text.closed:
            text.detach()  # the stream is not ours to close


def _objects(text: io.TextIOWrapper, name: str) -> Iterator[Object]:
    decoder = json.JSONDecoder(
        object_pairs_hook=_pairs, parse_int=Figure, parse_float=Figure, parse_constant=lambda word: Figure("")
    )
    buffer = _more(text, name).lstrip()
    if not buffer.startswith("["):
        problem = "it is no list of objects" if buffer else "it is empty"
        raise FileRefused(file=name, problem=problem, remedy="Fetch the delivery again, as JSON or CSV")
    at, number = 1, 0
    while True:
        found = _BETWEEN.match(buffer, at)
        at = found.end() if found else at
        if at == len(buffer):
            buffer, at = _grown(text, "", name, number + 1), 0
        elif buffer[at] == "]":
            return
        else:
            start = at
            try:
                said, at = decoder.raw_decode(buffer, start)
            except _Twice as error:
                raise _broken(name, number + 1, f"says {error} twice") from error
            except RecursionError as error:
                raise _broken(name, number + 1, "is nested too deep") from error
            except json.JSONDecodeError as error:
                if len(buffer) - start > OBJECT:
                    raise _broken(name, number + 1, f"is not whole ({error.msg})") from error
                buffer, at = _grown(text, buffer[start:], name, number + 1), 0
                continue
            number += 1
            if not isinstance(said, dict):
                raise _broken(name, number, "is no object")
            if number > limits.ROWS:
                raise limits.too_long(name)
            yield Object(number, {key: _text(value, number, name) for key, value in said.items()}, buffer[start:at])


def _more(text: io.TextIOWrapper, name: str) -> str:
    try:
        return text.read(CHUNK)
    except UnicodeError as error:
        raise FileRefused(file=name, problem="it is not all in UTF-8", remedy="Fetch the delivery again") from error


def _grown(text: io.TextIOWrapper, buffer: str, name: str, number: int) -> str:
    more = _more(text, name)
    if not more:
        raise _broken(name, number, "is missing or not whole: the file is cut off")
    return buffer + more


def _broken(name: str, number: int, how: str) -> FileRefused:
    return FileRefused(file=name, problem=f"object {number} {how}", remedy="Fetch the delivery again")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(repr(shown(next(name for name in names if names.count(name) > 1))))
    return found


def _text(value: Any, number: int, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return Nested(shown(value))
    found: str = value
    if len(found) > limits.CELL:
        raise limits.too_large(name, number)
    if _HALF.search(found):  # half of a sign, which no store keeps
        return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return found
