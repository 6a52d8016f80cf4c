"""A file of pairs: CSV with the columns ``a`` and ``b``, further ones ignored."""

import csv
from pathlib import Path

from graph.errors import Refused


def pairs_file(path: Path) -> list[tuple[str, str]]:
    """The pairs in their order. Raises Refused, with the row and what to write."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if "a" not in header or "b" not in header:
                raise _refuse(path, 1, "column a or b is missing", "Name the columns a and b, apart by a comma")
            at, to = header.index("a"), header.index("b")
            made = []
            for row in reader:
                if not row:
                    continue
                if len(row) <= max(at, to) or not row[at] or not row[to]:
                    raise _refuse(path, reader.line_num, "it names no pair", "Fill in both ids")
                made.append((row[at], row[to]))
            return made
    except FileNotFoundError as error:
        raise _refuse(path, 0, "there is no such file", "Check the name") from error
    except OSError as error:
        raise _refuse(path, 0, str(error.strerror), "Check the name and your rights") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise _refuse(path, 0, "it is no CSV in UTF-8", "Export it again") from error


def _refuse(path: Path, row: int, problem: str, remedy: str) -> Refused:
    where = path.name + (f" row {row}" if row else "")
    return Refused(field=where, value="", problem=problem, remedy=remedy)
