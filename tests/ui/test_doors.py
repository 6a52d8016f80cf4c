"""The three doors of an empty store, each to its end, in every language: what is read in, and what is said when not."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from demo.written import FOLDER
from graph.store import ask
from graph.store.store import Store
from ingest.files import opened
from tests.ui.screen import run, said
from ui.texts import LANGUAGES, text

APP = str(Path(__file__).resolve().parents[2] / "app.py")
DOORS = ("demo", "table", "cordis")


def app(language: str = "nl") -> AppTest:
    test = AppTest.from_file(APP, default_timeout=300)
    test.session_state["language"] = language
    return run(test)


def upload(test: AppTest, name: str, content: bytes, at: int = 0) -> AppTest:
    test.file_uploader[at].set_value((name, content, ""))
    return run(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_store_opens_with_three_doors(fresh: Store, language: str) -> None:
    test = app(language)
    assert [title.value for title in test.title] == [text(language, "doors.title")]
    assert [test.button(f"door_{door}").label for door in DOORS] == [
        text(language, f"doors.{door}.go") for door in DOORS
    ]
    for door in DOORS:
        assert text(language, f"doors.{door}.text") in said(test)
    assert not test.error


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", ["table", "cordis"])
def test_a_door_opens_in_every_language(fresh: Store, language: str, door: str) -> None:
    test = app(language)
    test.button(f"door_{door}").click()
    run(test)
    if door == "table":
        assert test.file_uploader[0].label == text(language, "data.table.file")
    else:
        assert test.radio(key="programme").label == text(language, "data.cordis.programme")
    assert not test.error


def test_the_demo_world_is_one_click_away(fresh: Store) -> None:
    test = app()
    test.button("door_demo").click()
    run(test)
    assert test.title[0].value == text("nl", "start.title")
    assert text("nl", "demo_world") in said(test)
    assert ask.stats(fresh).organisations > 180


def test_a_list_is_shown_before_it_is_read_in(fresh: Store) -> None:
    test = app()
    test.button("door_table").click()
    upload(run(test), "leden.xlsx", (FOLDER / "organisations.xlsx").read_bytes())
    assert test.selectbox[0].value == "organisations", "the mapping that fits is found"
    with opened(FOLDER / "organisations.xlsx") as table:
        shown = test.dataframe[0].value
        assert list(shown["column"]) == table.header
    meaning = dict(zip(shown["column"], shown["means"], strict=True))
    assert meaning["KBO-nummer"] == "organisatie: KBO-nummer"
    assert meaning["Opmerkingen"] == text("nl", "data.table.ignored")
    assert "**44 rijen**: 44 nieuw." in said(test)
    assert ask.stats(fresh).organisations == 0, "looking changes nothing"
    test.button("table_go").click()
    run(test)
    assert test.title[0].value == text("nl", "start.title")
    assert ask.stats(fresh).organisations == 44


def test_rows_that_cannot_come_in_are_told_in_the_readers_language(fresh: Store) -> None:
    rows = (
        "Nr;Naam;KBO-nummer;Soort;Grootte;KMO;Straat;Postcode;Gemeente;Land;Website;Opgericht;Sectoren;Opmerkingen\r\n"
    )
    rows += "1;Alfa;0419.052.173;bedrijf;klein;ja;;;;;;;;\r\n2;Beta;0419.052.172;bedrijf;klein;ja;;;;;;;;\r\n"
    test = app()
    test.button("door_table").click()
    upload(run(test), "lijst.csv", rows.encode("cp1252"))
    assert "**2 rijen**: 1 nieuw, 1 na te kijken." in said(test)
    assert "cellen gescheiden door ;" in said(test).replace("\\", "")
    wrong = test.dataframe[1].value
    assert list(wrong["row"]) == ["3"]
    assert list(wrong["column"]) == ["KBO-nummer"]
    assert list(wrong["problem"]) == ["de controlecijfers kloppen niet"]
    test.button("table_go").click()
    run(test)
    assert ask.stats(fresh).organisations == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leeg.csv", b"", "het is leeg"),
        ("oud.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "oude Excel-werkmap"),
        ("kapot.xlsx", b"PK\x03\x04" + bytes(600), "beschadigd of afgebroken"),
        ("blad.csv", b"\r\n1;2\r\n", "de eerste rij is leeg"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_sentence(fresh: Store, name: str, content: bytes, sentence: str) -> None:
    test = app()
    test.button("door_table").click()
    upload(run(test), name, content)
    assert len(test.error) == 1
    told = test.error[0].value.replace("\\", "")
    assert told.startswith(f"{name}: ")
    assert sentence in told
    assert not test.dataframe


def test_an_unknown_list_asks_for_a_mapping_and_takes_ones_own(fresh: Store) -> None:
    rows = b"Bedrijf,Plaats\nAlfa,Dorsele\nBeta,Neerdal\n"
    own = {
        "source": {"name": "mijn-lijst"},
        "things": {"org": {"type": "Organisation", "fields": {"name": "Bedrijf", "municipality": "Plaats"}}},
    }
    test = app()
    test.button("door_table").click()
    upload(run(test), "lijst.csv", rows)
    assert test.selectbox[0].value is None
    assert "Bedrijf, Plaats" in said(test)
    test.selectbox[0].select("organisations")
    run(test)
    assert "KBO" in test.warning[0].value, "what the mapping needs and the table lacks"
    test.selectbox[0].select("own")
    run(test)
    upload(test, "indeling.yml", b"source: [", at=1)
    assert "indeling" in test.error[0].value
    upload(test, "indeling.yml", json.dumps(own).encode(), at=1)
    assert "**2 rijen**: 2 nieuw." in said(test)
    test.button("table_go").click()
    run(test)
    assert ask.stats(fresh).organisations == 2


# European projects, from a server on this machine


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands for that of CORDIS."""
    folder = tmp_path / "published"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("SCHAKEL_CORDIS", f"http://127.0.0.1:{server.server_port}")
        yield folder
        server.shutdown()


def test_a_programme_is_fetched_and_read_in(fresh: Store, publisher: Path) -> None:
    (publisher / "cordis-h2020projects-csv.zip").write_bytes((FOLDER / "cordis.zip").read_bytes())
    test = app()
    test.button("door_cordis").click()
    run(test)
    test.radio(key="programme").set_value("H2020")
    run(test)
    test.button("cordis_go").click()
    run(test)
    assert test.title[0].value == text("nl", "start.title")
    found = ask.stats(fresh)
    assert found.collaborations > 5
    assert found.participations > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_publisher_lacks_gives_one_sentence(fresh: Store, publisher: Path, language: str) -> None:
    test = app(language)
    test.button("door_cordis").click()
    run(test)
    test.button("cordis_go").click()
    run(test)
    assert len(test.error) == 1
    assert "404" in test.error[0].value
    assert ask.stats(fresh).collaborations == 0
