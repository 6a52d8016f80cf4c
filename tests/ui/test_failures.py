"""When the database is away or something breaks: one clear sentence in the reader's language, or no trouble at all."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from graph.settings import Settings
from graph.store import local
from graph.store.store import Store
from tests.ui import worlds
from tests.ui.conftest import forget_all
from tests.ui.screen import said
from tests.ui.worlds import HOUSE, UNIVERSITY, id_of, opened
from ui.texts import LANGUAGES, text

languages = pytest.mark.parametrize("language", LANGUAGES)


def failing(language: str) -> AppTest:
    test = AppTest.from_file(str(HOUSE / "app.py"), default_timeout=60)
    test.session_state["language"] = language
    test.run()
    assert not test.exception
    return test


@languages
def test_no_server_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    worlds.forget()
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")  # the discard port: nobody is there
    test = failing(language)
    told = text(language, "error.no_server", uri=r"bolt\://127\.0\.0\.1\:9")
    assert [error.value for error in test.error] == [told]
    assert len(test.sidebar.button_group) == 1, "the reader may still choose a language"


@languages
def test_a_bug_is_told_in_a_sentence_and_logged_with_its_trace(
    fresh: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    from ui import doors

    monkeypatch.setattr(doors, "DOORS", None)  # something nobody thought of
    with caplog.at_level(logging.ERROR, "schakel"):
        test = failing(language)
    assert [error.value for error in test.error] == [text(language, "bug")]
    assert "TypeError" in caplog.text or "AttributeError" in caplog.text
    assert "doors.py" in caplog.text


def test_pages_go_on_when_the_local_server_was_stopped_under_them(
    store: Store, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if settings.neo4j:
        pytest.skip("NEO4J_URI names a server that these tests may not stop")
    worlds.forget()
    worlds.load(store, tmp_path_factory.mktemp("world"))
    university = id_of(store, UNIVERSITY)
    assert opened().metric
    assert local.stop(settings)
    try:
        test = opened("organisatie", id=university)  # not asked for before: nothing kept can answer it
        assert test.title[0].value.endswith(f"{UNIVERSITY} :gray[UV]")
        assert text("nl", "card.sources") in said(test)
    finally:
        forget_all()
