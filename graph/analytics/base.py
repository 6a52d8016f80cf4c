"""What every answer of analytics is made of: a score with the reasons that add up to it, and rows for a file."""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from graph.errors import CannotWrite

_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a cell that begins so for a formula


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score: who or what gives it, and how much. ``kind``: partner, theme, region and so on."""

    kind: str
    id: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A score and its reasons, largest first; the values of the reasons sum to the score."""

    score: float
    reasons: tuple[Reason, ...] = ()


def reasons_json(reasons: Iterable[Reason]) -> str:
    """The reasons as the JSON list of the files: ``[{kind, id, label, value}]``."""
    return json.dumps([asdict(reason) for reason in reasons], ensure_ascii=False)


def cell(value: Any) -> Any:
    """A value as it may stand in a CSV: nothing for None, and a text never as a formula.

    >>> cell("=1+1"), cell(-0.5), cell(None)
    ("'=1+1", -0.5, '')
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_RISKY):
        return f"'{value}"
    return value


def write_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], path: Path) -> None:
    """Rows to a CSV in UTF-8; an existing file is replaced only when the new one is whole. Equal rows give equal bytes.
    Raises CannotWrite."""
    with _whole(path) as file:
        write_rows(rows, columns, file)


def write_columns(columns: Mapping[str, Iterable[Any]], path: Path) -> None:
    """The same for half a million rows: columns of one length, texts as :func:`cell` has them already."""
    with _whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """A file that takes the name ``path`` when all is written, and leaves nothing otherwise."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=path.absolute().parent, prefix=path.name, delete=False, encoding="utf-8", newline=""
        ) as file:
            try:
                yield file
                file.close()
                mask = os.umask(0)  # a temporary file is its owner's alone; the one asked for is as others are
                os.umask(mask)
                Path(file.name).chmod(0o666 & ~mask)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CannotWrite(file=path, problem=error.strerror or str(error)) from error


def write_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], file: IO[str]) -> None:
    """Rows as CSV lines into an open text file."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
