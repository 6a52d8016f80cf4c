"""What holds of every load, whatever the table: tried on tables that Hypothesis makes up, in a real Neo4j."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.store import ask
from graph.store.ask import When
from graph.store.store import Store
from ingest import pipeline
from ingest.sources.table import TableSource
from tests.ingest.conftest import COLUMNS, Rows, facts, pages, write

New = Callable[[], TableSource]

# The store is real, so examples are few; each is emptied before.
few = settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink one would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

PICS = ("999000001", "999000002", "999000003")
NAMES = ("KU Leuven", "Noordzee NV", "Ælfric & Søn", "名古屋", "")
row = st.tuples(
    st.sampled_from(PICS),
    st.sampled_from(NAMES),
    st.sampled_from(("Leuven", "Oostende", "")),
    st.sampled_from(("1", "2")),
    st.sampled_from(("", "Wier")),
    st.sampled_from(("2015-01-01", "2016", "")),
    st.sampled_from(("", "a", "b|a")),
    st.sampled_from(("coordinator", "partner", "")),
    st.sampled_from(("", "12,5", "-3")),
)
table = st.lists(row, min_size=1, max_size=6).map(lambda rows: [(str(at), *cells) for at, cells in enumerate(rows, 1)])


def load(store: Store, new: New, path: Path, *, dry_run: bool = False) -> pipeline.Report:
    return pipeline.run(store, new(), path, by="tester", dry_run=dry_run)


def whole(report: pipeline.Report) -> bool:
    return (
        report.rows == report.records + report.issues + report.ignored
        and report.records == report.new + report.changed + report.unchanged
    )


@few
@given(rows=table)
def test_loading_twice_is_loading_once(server: Store, source: New, tmp_path: Path, rows: Rows) -> None:
    server.clear()
    path = write(tmp_path / "list.csv", rows)
    first = load(server, source, path)
    once = facts(server)
    second = load(server, source, path)
    assert whole(first) and whole(second)
    assert facts(server) == once
    assert (first.new, second.new, second.changed) == (first.records, 0, 0)
    assert second.unchanged == first.records
    links = [
        {end for kind, end, _ in record["relations"] if kind == "FROM"} for record in pages(server, "Record")
    ]  # every record is vouched for by both
    assert all(imports == {first.import_id, second.import_id} for imports in links)


@few
@given(rows=table, data=st.data())
def test_the_order_of_rows_does_not_matter(
    server: Store, source: New, tmp_path: Path, rows: Rows, data: st.DataObject
) -> None:
    server.clear()
    load(server, source, write(tmp_path / "list.csv", rows))
    straight = facts(server)
    server.clear()
    load(server, source, write(tmp_path / "list.csv", data.draw(st.permutations(rows))))
    assert facts(server) == straight


@few
@given(before=table, rows=table)
def test_undoing_an_import_leaves_what_was_before(
    server: Store, source: New, tmp_path: Path, before: Rows, rows: Rows
) -> None:
    server.clear()
    load(server, source, write(tmp_path / "list.csv", before))
    known = facts(server)
    report = load(server, source, write(tmp_path / "list.csv", rows))
    pipeline.undo(server, report.import_id)
    assert facts(server) == known


@few
@given(rows=table)
def test_a_dry_run_changes_nothing_and_says_what_the_real_one_says(
    server: Store, source: New, tmp_path: Path, rows: Rows
) -> None:
    server.clear()
    half = rows[: len(rows) // 2]
    if half:
        load(server, source, write(tmp_path / "list.csv", half))
    path = write(tmp_path / "list.csv", [*rows, ("", *rows[0][1:]), ("x", "no number", *rows[0][2:])])
    revision, known = server.revision(), facts(server)
    tried = load(server, source, path, dry_run=True)
    assert server.revision() == revision
    assert facts(server) == known
    done = load(server, source, path)
    assert tried.counts() == done.counts()
    assert tried.problems == done.problems
    assert (tried.import_id, done.import_id != "") == ("", True)


# Not among them: line breaks and signs that are no text, which no screen shows, and what means "nothing" in a cell.
name = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40).filter(
    lambda text: (
        " ".join(text.split()) not in ("", "-", "N/A", "n/a", "#N/A", "#N/B", "NULL", "null")
        and not text.startswith(("=", "#"))
    )
)


@few
@given(names=st.lists(name, min_size=1, max_size=20))
def test_any_name_comes_back_as_it_went_in(server: Store, source: New, tmp_path: Path, names: list[str]) -> None:
    server.clear()
    rows = [(str(at), f"{999000000 + at}", text, "", "1", "", "", "", "", "") for at, text in enumerate(names, start=1)]
    report = load(server, source, write(tmp_path / "list.csv", rows))
    assert (report.issues, report.ignored) == (0, 0)
    shown = {
        thing["properties"]["pic"]: thing["properties"]["name"]
        for thing in pages(server, "Thing")
        if "Organisation" in thing["labels"]
    }
    assert shown == {row[1]: " ".join(row[2].split()) for row in rows}


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ("999000001", "2015-02-30", "2015", "1e400", "-1", "=1+1", "coordinator", "a|b", "9" * 400, "1,234")
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cell, max_size=12), max_size=8))
def test_every_row_is_one_record_issue_or_ignored(source: New, tmp_path: Path, rows: Rows) -> None:
    """Of any cells at all, NUL and halves of signs apart, which no CSV in UTF-8 has."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    path = tmp_path / "list.csv"
    path.write_text(text.getvalue().replace("\x00", ""), encoding="utf-8", errors="replace", newline="")
    outcomes = list(source().rows(path))
    assert [outcome.row for outcome in outcomes] == list(range(2, len(rows) + 2))


def test_a_correction_retracts_and_adds(store: Store, source: New, written: Callable[[Rows], Path]) -> None:
    row = ("7", "999000001", "Noordzee NV", "Oostende", "1", "Wier", "2015", "a", "partner", "10")
    load(store, source, written([row]))
    between = datetime.now(UTC)
    before = facts(store)
    report = load(store, source, written([(*row[:2], "Noordzee Robotica NV", *row[3:8], "coordinator", "20")]))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 0)
    (found,) = ask.find(store, "robotica")
    assert found.name == "Noordzee Robotica NV"
    organisation = ask.card(store, found.id)
    assert [entry["role"] for entry in organisation.collaborations] == ["coordinator"]
    earlier = ask.card(store, found.id, when=When(known_on=between))
    assert earlier.name == "Noordzee NV"
    assert [entry["role"] for entry in earlier.collaborations] == ["partner"]
    pipeline.undo(store, report.import_id)
    assert facts(store) == before


def test_two_lists_that_say_the_same_of_one_organisation_are_one(
    store: Store, source: New, written: Callable[[Rows], Path]
) -> None:
    rows = [
        ("1", "999000001", "Noordzee NV", "", "1", "", "", "", "", ""),
        ("2", "999000001", "Noordzee", "Oostende", "2", "", "", "", "", ""),
    ]
    report = load(store, source, written(rows))
    assert report.records == 2
    assert (ask.stats(store).organisations, ask.stats(store).participations) == (1, 2)


@pytest.mark.parametrize("key", ["1", "2"])
def test_the_same_key_twice_keeps_one_and_names_the_other(
    store: Store, source: New, written: Callable[[Rows], Path], key: str
) -> None:
    rows = [
        (key, "999000001", "A", "", "1", "", "", "", "", ""),
        (key, "999000001", "A", "", "1", "", "", "", "", ""),
        (key, "999000001", "B", "", "1", "", "", "", "", ""),
    ]
    report = load(store, source, written(rows))
    assert report.counts() == {
        "rows": 3, "records": 1, "issues": 1, "ignored": 1, "new": 1, "changed": 0, "unchanged": 0
    }  # fmt: skip
    (issue,) = report.problems
    assert (issue.row, issue.column, issue.value) == (4, "nr", key)
    assert "row 2 has the same nr" in issue.problem
