"""What the tests of ingest share: tables written as people have them, and what a store holds, compared by meaning."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.store.store import Store
from ingest.mapping import Mapping
from ingest.sources.table import TableSource
from tests.ingest.cordis_delivery import Delivery

HOUSE = Path(__file__).resolve().parents[2]

# One organisation in one project a row, with a theme cell of several values.
MAPPING: dict[str, Any] = {
    "source": {"name": "list"},
    "key": ["nr"],
    "things": {
        "organisation": {"type": "Organisation", "fields": {"pic": "pic", "name": "name", "municipality": "city"}},
        "project": {
            "type": "Collaboration",
            "key": "rcn:{project}",
            "fields": {"kind": {"value": "project"}, "title": "title", "start": "start"},
        },
        "theme": {"type": "Theme", "each": "themes", "fields": {"code": "themes"}},
    },
    "relations": [
        {"type": "TOOK_PART", "from": "organisation", "to": "project", "role": "role", "amount_eur": "amount"},
        {"type": "ABOUT", "from": "project", "to": "theme"},
    ],
}
COLUMNS = ("nr", "pic", "name", "city", "project", "title", "start", "themes", "role", "amount")

Facts = dict[str, list[Any]]
Rows = Sequence[Sequence[str]]


@pytest.fixture
def source() -> Callable[[], TableSource]:
    """A source for tables of :data:`COLUMNS`; every load takes a new one, as every command does."""
    return lambda: TableSource(Mapping("list.yml", MAPPING))


def write(path: Path, rows: Rows, header: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return path


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Rows], Path]:
    return lambda rows: write(tmp_path / "list.csv", rows)


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    """A CORDIS delivery to be written."""
    return Delivery(tmp_path / "delivery")


def facts(store: Store) -> Facts:
    """What holds now: things by what identifies them, with all that is shown of them; relationships by their ends with
    all they say; source rows. No ids, no moments, no imports: those differ between two ways to the same facts."""
    nodes = {
        row["properties"]["id"]: row for family in ("Thing", "Identifier", "Record") for row in pages(store, family)
    }
    keys: dict[str, list[str]] = {}
    for row in nodes.values():
        if "Identifier" in row["labels"]:
            for _, thing, _ in row["relations"]:
                keys.setdefault(thing, []).append(row["properties"]["id"])
    things, relations, records = [], [], []
    for id, row in nodes.items():
        said = row["properties"]
        if said.get("retracted") or {"Import", "Source", "Identifier"} & set(row["labels"]):
            continue
        if "Record" in row["labels"]:
            records.append((said["key"], said["raw"]))
            continue
        hidden = ("id", "recorded", "changed", "retracted")
        shown = {name: value for name, value in said.items() if name not in hidden}
        things.append((sorted(keys[id]), sorted(row["labels"]), sorted(shown.items(), key=str)))
        for kind, end, properties in row["relations"]:
            if kind != "WAS" and not properties.get("retracted"):
                noted = ("record", "recorded", "odd")
                told = {name: value for name, value in properties.items() if name not in noted}
                relations.append((kind, sorted(keys[id]), sorted(keys[end]), sorted(told.items(), key=str)))
    return {"things": sorted(things, key=str), "relations": sorted(relations, key=str), "records": sorted(records)}


def pages(store: Store, family: str) -> Iterator[dict[str, Any]]:
    after = ""
    while rows := store.read("export_page", family=family, after=after, limit=5_000):
        yield from rows
        after = rows[-1]["properties"]["id"]
