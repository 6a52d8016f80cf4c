"""The invented world in the store: through the pipeline, once and again, and out without a trace on all else."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from demo.load import NAME, Loaded, load, remove
from demo.world import world
from demo.written import ENROLMENTS, FOLDER, ODD, written
from graph.store import ask
from graph.store.store import Store
from ingest import pipeline
from ingest.mapping import Mapping
from ingest.record import Ignored, Record
from ingest.sources.cordis import CordisSource
from ingest.sources.table import TableSource

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def loaded(server: Store) -> Iterator[tuple[Store, Loaded]]:
    """A store that holds the demo world; tests that change it come last."""
    server.clear()
    yield server, load(server, by="tester")


def test_all_of_it_comes_in_as_records(loaded: tuple[Store, Loaded]) -> None:
    store, report = loaded
    assert report.new == report.records > 900
    found = ask.stats(store)
    made = world()
    assert found.organisations == len(made.orgs) + 2, "two under a second spelling"
    assert found.people == len(made.people)
    begun = [one for one in made.doings if (one.facts.period.start.on or ask.When().valid_on) <= ask.When().valid_on]
    assert found.collaborations == len(begun) + 1
    assert found.sources == 2


def test_its_one_bad_row_is_an_issue_with_a_remedy(loaded: tuple[Store, Loaded]) -> None:
    (issue,) = loaded[1].problems
    assert (issue.file, issue.row, issue.column) == (ENROLMENTS.name, ODD + 2, "Ondernemingsnummer")
    assert "check digits" in issue.problem
    assert issue.remedy


def test_one_organisation_stands_under_two_spellings(loaded: tuple[Store, Loaded]) -> None:
    names = {one.name for one in ask.find(loaded[0], "zorgspoor")} | {
        one.name for one in ask.find(loaded[0], "zorg spoor")
    }
    assert {"Zorgspoor NV", "ZORG SPOOR"} <= names


def test_the_hub_is_found_and_busy(loaded: tuple[Store, Loaded]) -> None:
    first = ask.find(loaded[0], "schakelhuis", labels=("Organisation",))[0]
    assert first.name == "Schakelhuis Ravelgouw"
    assert first.active > 50


def test_the_guide_tells_what_is_there(loaded: tuple[Store, Loaded]) -> None:
    guide = (EXAMPLES.parent / "demo.md").read_text(encoding="utf-8")
    (hub,) = re.findall(r"SCHAKEL_HUB=(\w+)", guide)
    assert ask.card(loaded[0], hub).name == "Schakelhuis Ravelgouw"
    made = world()
    told = {
        "organisations": len(made.orgs), "people": len(made.people), "collaborations": len(made.doings),
        "applications": len(made.askings), "introductions": len(made.intros),
    }  # fmt: skip
    for what, number in told.items():
        assert f"| {number} {what}" in guide
    for id in [id for pair in made.planted[1:3] for id in pair] + [made.bridge]:
        thing = made.people[id].facts if id in made.people else made.orgs[id].facts
        assert re.sub(r" (NV|BV|CV)$", "", thing.name) in guide


def test_its_source_says_that_it_is_invented(loaded: tuple[Store, Loaded]) -> None:
    sources = loaded[0].read("sources", known_on=ask.LATEST)
    assert NAME in {row["source"] for row in sources}
    assert all(row["source"].startswith(NAME) and "verzonnen" in row["publisher"] for row in sources)


def test_loading_again_adds_nothing_and_taking_it_out_leaves_the_rest(loaded: tuple[Store, Loaded]) -> None:
    store, report = loaded
    before = ask.stats(store)
    again = load(store, by="tester")
    assert (again.records, again.new) == (report.records, 0)
    assert ask.stats(store).participations == before.participations
    own = TableSource(Mapping.load(EXAMPLES / "organisations.yml"))
    pipeline.run(store, own, FOLDER / "organisations.xlsx", by="tester")
    assert remove(store) == report.records
    after = ask.stats(store)
    assert (after.people, after.collaborations, after.sources) == (0, 0, 1)
    assert after.organisations == 44, "those that the spreadsheet tells of too"
    assert remove(store) == 0
    back = load(store, by="tester")
    assert back.new == report.records
    assert ask.stats(store).people == before.people


# The files beside it


def cells(name: str, content: bytes) -> object:
    """What a file says, apart from how its format packs it."""
    if name.endswith(".xlsx"):
        return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {entry: packed.read(entry) for entry in packed.namelist()}
    return content


def test_the_files_beside_it_are_written_from_it() -> None:
    for name, content in written(world()).items():
        assert cells(name, (FOLDER / name).read_bytes()) == cells(name, content), "run: python -m demo.written"


@pytest.mark.parametrize("name", [name for name in written(world()) if name not in (ENROLMENTS.name, "cordis.zip")])
def test_every_example_of_a_mapping_reads_the_file_made_for_it(name: str) -> None:
    source = TableSource(Mapping.load((EXAMPLES / name).with_suffix(".yml")))
    outcomes = list(source.rows(FOLDER / name))
    assert len([one for one in outcomes if isinstance(one, Record)]) >= 8
    assert [one for one in outcomes if not isinstance(one, Record | Ignored)] == []
    assert source.warnings() == []


def test_the_european_projects_come_as_cordis_gives_them() -> None:
    source = CordisSource()
    outcomes = list(source.rows(FOLDER / "cordis.zip"))
    assert all(isinstance(one, Record) for one in outcomes)
    assert source.warnings() == []


def test_the_files_differ_as_those_of_people_do() -> None:
    heads = {name: (FOLDER / name).read_bytes() for name in written(world()) if name.endswith(".csv")}
    first = [head.split(b"\r\n")[0].decode("cp1252") for head in heads.values()]
    assert {max(";,\t", key=line.count) for line in first} == {";", ",", "\t"}
    assert heads["participations.csv"].startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        heads["people.csv"].decode("utf-8")
