"""The data page: sources, ways in, undo, rows to check, copies and their return, in every language."""

import gzip
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from demo.load import load
from demo.written import FOLDER
from graph.store import ask, backup
from graph.store.store import Store
from ingest import pipeline
from ingest.mapping import Mapping
from ingest.sources.table import TableSource
from tests.ui.screen import keys, run, said
from ui.pages import data
from ui.texts import LANGUAGES, table, text

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def page() -> None:
    from ui.pages import data

    data.show()


def app(language: str = "nl") -> AppTest:
    test = AppTest.from_function(page, default_timeout=300)
    test.session_state["language"] = language
    return run(test)


def members(store: Store, name: str = "organisations.xlsx") -> pipeline.Report:
    source = TableSource(Mapping.load((EXAMPLES / name).with_suffix(".yml")))
    return pipeline.run(store, source, FOLDER / name, by="tester")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_store_says_what_to_do(fresh: Store, language: str) -> None:
    test = app(language)
    assert test.title[0].value == text(language, "page.data")
    assert text(language, "data.no_sources") in said(test)
    assert text(language, "data.no_imports") in said(test)
    assert test.get("download_button")[-1].proto.disabled, "there is nothing to save"


def test_sources_imports_and_rows_to_check_are_shown_in_every_language(fresh: Store) -> None:
    loaded = load(fresh, by="tester")
    english = loaded.problems[0].problem
    for language in LANGUAGES:
        test = app(language)
        sources = test.dataframe[0].value
        assert list(sources["source"]) == ["demo", "demo-inschrijvingen"]
        assert sum(sources["records"]) == loaded.records
        assert list(sources["licence"]) == ["CC0-1.0"] * 2
        assert list(sources["age"]) == [text(language, "data.today")] * 2
        assert "enrolments" in said(test)
        assert text(language, "data.count.new", n=int(sources["records"][1])) in said(test)
        wrong = test.dataframe[1].value
        assert list(wrong["column"]) == ["Ondernemingsnummer"]
        assert (list(wrong["problem"]) == [english]) == (language == "en")
        assert not test.error


def test_an_import_is_undone_only_when_the_reader_says_so(fresh: Store) -> None:
    report = members(fresh)
    test = app()
    button = test.button(f"undo_{report.import_id}")
    assert button.label == text("nl", "data.undo.go")
    button.click()
    run(test)
    assert "organisations" in said(test)
    assert ask.stats(fresh).organisations == 44, "asking changes nothing"
    test.button("answer_no").click()
    run(test)
    assert ask.stats(fresh).organisations == 44
    assert not keys(test, "answer_yes")
    test.button(f"undo_{report.import_id}").click()
    run(test)
    test.button("answer_yes").click()
    run(test)
    assert ask.stats(fresh).organisations == 0
    assert table("nl")["data.state.undone"] in said(test)
    assert not keys(test, f"undo_{report.import_id}")


def test_the_demo_world_goes_and_what_is_ones_own_stays(fresh: Store) -> None:
    load(fresh, by="tester")
    members(fresh)
    test = app()
    test.button("demo_remove").click()
    run(test)
    test.button("answer_yes").click()
    run(test)
    found = ask.stats(fresh)
    assert (found.organisations, found.people, found.sources) == (44, 0, 1)
    assert not keys(test, "demo_remove")
    assert (
        "demo" in test.segmented_control(key="way").options[-1] or len(test.segmented_control(key="way").options) == 3
    )


def test_a_list_is_read_in_here_too(fresh: Store) -> None:
    test = app()
    test.file_uploader[0].set_value(("leden.csv", (FOLDER / "participations.csv").read_bytes(), "text/csv"))
    run(test)
    assert test.selectbox[0].value == "participations"
    test.button("table_go").click()
    run(test)
    assert ask.stats(fresh).collaborations > 20
    assert list(test.dataframe[0].value["source"]) == ["memberships"]
    assert not test.selectbox, "the field is empty again"
    test.file_uploader[0].set_value(("leden.csv", (FOLDER / "participations.csv").read_bytes(), "text/csv"))
    run(test)
    assert text("nl", "data.table.nothing_new") in said(test)


def test_rows_of_an_import_that_was_undone_need_no_more_checking(fresh: Store) -> None:
    loaded = load(fresh, by="tester")
    assert text("nl", "data.to_check", n=1) in said(app())
    pipeline.undo(fresh, loaded.imports[1])
    st.cache_data.clear()
    assert text("nl", "data.to_check", n=1) not in said(app())


def test_many_imports_are_shown_when_asked_for(fresh: Store) -> None:
    for _ in range(9):
        members(fresh)
    test = app()
    assert len(keys(test, "undo_")) == 8
    test.button("imports_more").click()
    run(test)
    assert len(keys(test, "undo_")) == 9


# Copies


def test_a_copy_comes_back_after_a_yes(fresh: Store, tmp_path: Path) -> None:
    members(fresh)
    saved = data._export(fresh)
    backup.export(fresh, tmp_path / "same.gz")
    assert saved == (tmp_path / "same.gz").read_bytes()
    fresh.clear()
    people = members(fresh, "people.csv")
    assert people.new
    test = app()
    test.file_uploader[-1].set_value(("schakel-2026-11-25.gz", saved, "application/gzip"))
    run(test)
    test.button("restore_go").click()
    run(test)
    assert "schakel" in said(test)
    assert test.warning, "what is there will be replaced"
    assert ask.stats(fresh).people, "asking changes nothing"
    test.button("answer_yes").click()
    run(test)
    found = ask.stats(fresh)
    assert (found.organisations, found.people) == (44, 0)
    assert list(test.dataframe[0].value["source"]) == ["members-list"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_copy_is_refused_in_one_sentence(fresh: Store, language: str) -> None:
    test = app(language)
    test.file_uploader[-1].set_value(("foto.gz", gzip.compress(b"no copy\n"), "application/gzip"))
    run(test)
    test.button("restore_go").click()
    run(test)
    assert len(test.error) == 1
    assert "foto\\.gz" in test.error[0].value
    assert not keys(test, "answer_yes")
