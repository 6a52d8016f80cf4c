"""docs/sources.md has a row for every source, and says of every column of a register what becomes of it."""

import re

import pytest

from graph.model.provenance import Source
from ingest.cli import SOURCES
from ingest.sources.cordis import CordisSource
from ingest.sources.cordis.cells import known
from tests.ingest.conftest import HOUSE

PAGE = (HOUSE / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_has_its_row(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", PAGE, re.MULTILINE), f"docs/sources.md lacks {name}"


def test_publisher_licence_and_weight_are_those_of_the_source() -> None:
    facts: Source = CordisSource().facts
    (row,) = [line for line in PAGE.splitlines() if line.startswith("| `cordis` |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2:4] == [facts.publisher, facts.licence]
    assert cells[5] == str(facts.priority)


def test_every_column_of_cordis_is_documented() -> None:
    for table, said in known()["tables"].items():
        assert re.search(rf"^\| [^|]*\b{table}\b", PAGE, re.MULTILINE)
        for column in (*said["needed"], *said["used"], *said["ignored"]):
            assert f"`{column}`" in PAGE, f"docs/sources.md lacks {table}.{column}"
    for table in ("webLink", "webItem", "policyPriorities"):
        assert table in known()["unread"] and f"`{table}`" in PAGE


def test_every_country_whose_postcodes_are_put_right_is_named() -> None:
    names = {
        "DE": "Germany", "ES": "Spain", "FI": "Finland", "FR": "France", "IT": "Italy", "KR": "Korea",
        "LT": "Lithuania", "NO": "Norway", "RO": "Romania", "SK": "Slovakia", "TR": "Turkey", "UA": "Ukraine",
        "US": "United States",
    }  # fmt: skip
    assert set(names) == set(known()["postcodes"])
    assert all(name in PAGE for name in names.values())
