"""python -m ingest match A [B] -o FILE: which rows of two plain files are the same organisation. Needs no store.

A file has a column ``name`` and whatever there is of id, short_name, aliases (apart by ``|``), street, post_code, city,
country and kbo, in any order, under the names of columns.yml too; any delimiter and encoding. FILE gets a, b (the ids),
score, band, offer and reasons; the same rows give the same bytes, whatever their order.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from graph.analytics.base import write_csv
from graph.errors import SchakelError
from ingest.files import Unread, opened
from ingest.issues import FileRefused
from ingest.resolve.index import Index, Pair
from ingest.resolve.listing import Listing
from ingest.resolve.normalise import folded
from ingest.resolve.prepare import uncollected
from ingest.resolve.words import read

OUT = ("a", "b", "score", "band", "offer", "reasons")
MEANING = "which rows of two files are the same organisation, or which of one are there twice"


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", type=Path, metavar="A", help="a list of organisations, CSV or XLSX")
    parser.add_argument("b", type=Path, metavar="B", nargs="?", help="another; without it, duplicates inside A")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="where the pairs go, as CSV")


def main(arguments: Sequence[str]) -> int:
    """Exit 0 = done, 1 = refused with one line on stderr, 2 = wrong use."""
    parser = argparse.ArgumentParser(prog="python -m ingest match", description=MEANING)
    declare(parser)
    return outcome(parser.parse_args(arguments))


def outcome(given: argparse.Namespace) -> int:
    try:
        with uncollected():
            run(given)
    except SchakelError as error:
        print(f"schakel: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("schakel: interrupted; nothing was written.", file=sys.stderr)
        return 1
    return 0


def run(given: argparse.Namespace) -> None:
    a = listing(given.a)
    pairs = Index(listing(given.b)).match(a) if given.b else Index(a).within()
    rows = {(pair.a, pair.b): _row(pair) for pair in reversed(pairs) if given.b or pair.a != pair.b}
    write_csv(reversed(rows.values()), OUT, given.output)
    auto = sum(row["band"] == "auto" for row in rows.values())
    print(f"{given.output}: {auto:,} the same, {len(rows) - auto:,} to review.", file=sys.stderr)


def _row(pair: Pair) -> dict[str, str | float]:
    return {
        "a": pair.a,
        "b": pair.b,
        "score": pair.score,
        "band": pair.band,
        "offer": pair.offer,
        "reasons": json.dumps(pair.reasons, ensure_ascii=False),
    }


def listing(path: Path) -> Listing:
    """The list in a file. Raises FileRefused when it has no names. Without an id, the row's number is one."""
    with opened(path) as table:
        places = _places(table.header)
        if "name" not in places:
            problem = f"none of its columns ({', '.join(table.header[:8])}) holds names"
            raise FileRefused(file=path.name, problem=problem, remedy="Call the one that does: name")
        taken = [line for line in table.rows if any(line[1])]
        width = len(table.header)
    rows = [cells if len(cells) >= width else cells + [""] * (width - len(cells)) for _, cells in taken]
    cells = list(zip(*rows, strict=False)) or [()] * width
    columns = {name: _read(cells[places[name]]) if name in places else [""] * len(rows) for name in _named()}
    if "id" not in places:
        print(f"{path.name}: no column id, so a row goes by its number (the header is 1).", file=sys.stderr)
        columns["id"] = [str(number) for number, _ in taken]
    aliases = [tuple(filter(None, map(str.strip, cell.split("|")))) if cell else () for cell in columns.pop("aliases")]
    return Listing(**columns, aliases=aliases)


def _read(values: Sequence[str]) -> Sequence[str]:
    """What was read; nothing for a formula or an error."""
    if set(map(type, values)) <= {str}:
        return values
    return ["" if isinstance(value, Unread) else value for value in values]


def _places(header: list[str]) -> dict[str, int]:
    """Where in the header each column is that a match reads."""
    found = {name.replace(" ", ""): at for at, name in reversed(list(enumerate(folded(header))))}
    wanted = {
        column: next((found[name] for name in names if name in found), None) for column, names in _named().items()
    }
    return {column: at for column, at in wanted.items() if at is not None}


@cache
def _named() -> dict[str, list[str]]:
    table: dict[str, list[str]] = read("columns.yml")
    return table
