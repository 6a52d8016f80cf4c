"""The network view seen from Python: its message, memory and texts, and that the bundle follows from its sources."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from ui.components import network as view
from ui.components.network import TEXT_KEYS, TEXTS_FILE, Node, Tie, state_key, texts_for

FOLDER = TEXTS_FILE.parent
LANGUAGES = ("nl", "en", "fr")


def app(**seed: object) -> AppTest:
    """A page with a triangle; what the session holds under `given` is passed as the selection."""

    def page() -> None:
        import streamlit as st

        from ui.components.network import Node, Tie, network, texts_for

        nodes = [Node("a", "Alfa", "company"), Node("b", "Beta", "government"), Node("c", "Gamma", "other")]
        ties = [Tie("1", "a", "b"), Tie("2", "b", "c"), Tie("3", "c", "a")]
        event = network(nodes, ties, key="net", texts=texts_for("nl"), selected=st.session_state.get("given", ()))
        st.text(",".join(event.selected))
        st.text(str(event.expand))

    test = AppTest.from_function(page)
    for name, value in seed.items():
        test.session_state[name] = value
    return test.run(timeout=20)


def test_a_page_with_the_view_runs_and_nobody_is_chosen() -> None:
    test = app()
    assert not test.exception
    assert [text.value for text in test.text] == ["", "None"]


def test_what_python_gives_is_chosen_and_keeps_until_it_changes() -> None:
    test = app(given=("a", "a", "b"))
    assert test.text[0].value == "a,b"
    memory = test.session_state[state_key("net")]
    assert memory.version == 1
    memory.selected = ("c",)  # as after a click
    assert test.run().text[0].value == "c"
    assert memory.version == 1, "a click is not sent back"
    test.session_state["given"] = ("c",)  # the page adopts the choice
    assert test.run().text[0].value == "c"
    assert test.session_state[state_key("net")].version == 1, "nor is a choice that the page adopts"
    test.session_state["given"] = ()
    assert test.run().text[0].value == ""
    assert test.session_state[state_key("net")].version == 2


def test_a_callback_may_choose_for_the_reader() -> None:
    def page() -> None:
        import streamlit as st

        from ui.components.network import Node, choose, network, texts_for

        st.button("kies", on_click=choose, args=("net", ["a"]))
        event = network([Node("a", "Alfa", "company")], [], key="net", texts=texts_for("fr"))
        st.text(",".join(event.selected))

    test = AppTest.from_function(page).run(timeout=20)
    assert test.text[0].value == ""
    test.button[0].click().run()
    assert test.text[0].value == "a"


def test_a_missing_text_is_named() -> None:
    texts = {name: text for name, text in texts_for("nl").items() if name != "fit"}
    with pytest.raises(KeyError, match="no text for fit"):
        view.network([], [], key="net", texts=texts)


def test_the_message_is_columns_that_every_browser_can_read() -> None:
    nodes = [
        Node("a", "Alfa", "company", float("nan")),
        Node("b", "Beta", "person", 2.0, 0.5, float("inf")),
        Node("a", "Alfa nv", "company", 3.0),
    ]
    ties = [Tie("1", "a", "b", float("-inf"), 2020), Tie("2", "b", "elsewhere"), Tie("3", "b", "b")]
    columns = view._columns(nodes, ties)
    assert json.loads(json.dumps(columns, allow_nan=False)) == columns
    assert columns["id"] == ["a", "b"], "an id is one node, the last one given"
    assert columns["label"] == ["Alfa nv", "Beta"]
    assert columns["x"] == [None, 0.5]
    assert columns["y"] == [None, None]
    assert columns["tie"]["id"] == ["1", "3"], "a tie to nobody in the view is left out"
    assert columns["tie"]["source"] == [0, 1]
    assert columns["tie"]["weight"] == [0.0, 1.0]


def test_positions_are_not_sent_when_there_are_none() -> None:
    assert view._columns([Node("a", "Alfa", "company")], [])["x"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: str) -> None:
    texts = texts_for(language)
    assert set(texts) == set(TEXT_KEYS)
    assert all(isinstance(text, str) and text.strip() for text in texts.values())


def test_translations_fill_the_same_places() -> None:
    every = yaml.safe_load(TEXTS_FILE.read_text(encoding="utf-8"))
    assert set(every) == set(LANGUAGES)
    for key in TEXT_KEYS:
        places = {
            frozenset(part.split("}")[0] for part in every[language][key].split("{")[1:]) for language in LANGUAGES
        }
        assert len(places) == 1, key


def test_kinds_are_in_the_same_order_on_both_sides() -> None:
    source = (FOLDER / "src" / "palette.js").read_text(encoding="utf-8")
    listed = source.split("export const KINDS = ")[1].split(";")[0]
    assert tuple(json.loads(listed)) == view.KINDS


def test_the_bundle_is_small_and_asks_nobody() -> None:
    bundle = (FOLDER / "dist" / "network.js").read_bytes()
    assert len(bundle) < 300_000
    for word in (b"fetch(", b"XMLHttpRequest", b"WebSocket(", b"innerHTML", b"sendBeacon", b"eval("):
        assert word not in bundle, word


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (FOLDER / "package-lock.json").read_text(encoding="utf-8")


def test_the_bundle_follows_from_its_sources() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("there is no node and npm on the path: the bundle cannot be rebuilt here")
    if not Path(FOLDER, "node_modules", "esbuild").is_dir():
        pytest.skip(f"the packages of the bundle are not installed: run npm ci in {FOLDER.name}")
    done = subprocess.run([npm, "run", "--silent", "check"], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
