"""What pages share: the reader's language, the store, and answers kept as long as the store does not change.

The only place of ``st.cache_*``. What is kept is keyed by the store's identity and revision.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph import answers
from graph.model.time import today
from graph.settings import Settings
from graph.snapshot import Snapshot
from graph.store import ask
from graph.store.read import snapshot as read_snapshot
from graph.store.store import Store
from ui.texts import LANGUAGES, language, t

__all__ = ["language"]

DEMO = "demo"  # the name of the demo world's source


def remember_language() -> None:
    """The language of the address at the first run, then what the reader chose."""
    asked = st.query_params.get("lang", "")
    if "language" not in st.session_state:
        st.session_state.language = asked if asked in LANGUAGES else LANGUAGES[0]
    if st.session_state.language != LANGUAGES[0] or asked:
        st.query_params["lang"] = st.session_state.language


def choose_language() -> None:
    st.session_state.language = st.session_state.language_choice
    st.query_params["lang"] = st.session_state.language


def remember_pages(pages: Mapping[str, Any]) -> None:
    st.session_state.pages = dict(pages)


def query(**params: str) -> dict[str, str]:
    """Parameters of an address, the language among them unless it is the first."""
    return params | ({"lang": language()} if language() != LANGUAGES[0] else {})


def link(page: str, label: str, **params: str) -> None:
    """A link to another page, with what it should open."""
    st.page_link(st.session_state.pages[page], label=label, query_params=query(**params))


def go(page: str, **params: str) -> None:
    """Open another page now."""
    st.switch_page(st.session_state.pages[page], query_params=query(**params))


def settings() -> Settings:
    return Settings.from_environment()


@st.cache_resource(show_spinner=False)
def _store() -> Store:
    return Store.open(settings(), app="app")


def store() -> Store:
    """The one store of this process; its first opening starts the local server, which takes a few seconds."""
    with st.spinner(t("store_starting"), show_time=True):
        return _store()


def forget() -> None:
    """After a change: ask the revision anew."""
    _stats.clear()


@st.cache_data(ttl=10, show_spinner=False)
def _stats(store_id: str) -> ask.Stats:
    return ask.stats(_store())


def stats() -> ask.Stats:
    """At most ten seconds old, so that what another program loads shows soon."""
    return _stats(store().id)


def revision() -> tuple[str, int]:
    """What everything kept is keyed by: the store and its revision."""
    return store().id, stats().revision


@st.cache_resource(max_entries=2, show_spinner=False)
def _snapshot(key: tuple[str, int], day: str) -> Snapshot:
    return read_snapshot(_store())


def snapshot() -> Snapshot:
    """The whole network as of today."""
    key = revision()
    with st.spinner(t("snapshot_reading"), show_time=True):
        return _snapshot(key, today().isoformat())


@st.cache_data(max_entries=64, show_spinner=False)
def _growth(key: tuple[str, int], first: int, last: int, by: str | None, _snapshot: Snapshot) -> list[dict[str, Any]]:
    return answers.growth(_snapshot, first, last, by=by, only=answers.GROWTH_COUNTS)


def growth(first: int, last: int, by: str | None = None) -> list[dict[str, Any]]:
    return _growth(revision(), first, last, by, snapshot())


@st.cache_data(max_entries=64, show_spinner=False)
def _links(
    key: tuple[str, int], day: str, listing: str, top: int | None, only: str | None, _snapshot: Snapshot
) -> list[dict[str, Any]]:
    return answers.missing_links(_snapshot, today(), top=top, only=only, listing=listing)  # type: ignore[arg-type]


def missing_links(listing: str, top: int, only: str | None = None) -> list[dict[str, Any]]:
    """Rows of a, b, score and reasons as JSON."""
    taken = snapshot()
    with st.spinner(t("links_ranking"), show_time=True):
        return _links(revision(), today().isoformat(), listing, top, only, taken)


@st.cache_data(max_entries=256, show_spinner=False)
def _card(key: tuple[str, int], id: str) -> ask.Card:
    return ask.card(_store(), id)


def card(id: str) -> ask.Card:
    return _card(revision(), id)


@st.cache_data(max_entries=256, show_spinner=False)
def _neighbourhood(key: tuple[str, int], id: str, cap: int) -> ask.Neighbourhood:
    return ask.neighbourhood(_store(), id, cap=cap)


def neighbourhood(id: str, cap: int = 60) -> ask.Neighbourhood:
    return _neighbourhood(revision(), id, cap)


@st.cache_data(max_entries=256, show_spinner=False)
def _find(key: tuple[str, int], text: str, labels: tuple[str, ...], limit: int) -> list[ask.Found]:
    return ask.find(_store(), text, labels=labels, limit=limit)


def find(text: str, labels: tuple[str, ...] = ask.SEARCHED, limit: int = 12) -> list[ask.Found]:
    return _find(revision(), text, labels, limit)


@st.cache_data(max_entries=8, show_spinner=False)
def _sources(key: tuple[str, int]) -> list[dict[str, Any]]:
    return _store().read("sources", known_on=ask.LATEST)


def sources() -> list[dict[str, Any]]:
    return _sources(revision())


@st.cache_data(max_entries=8, show_spinner=False)
def _imports(key: tuple[str, int]) -> list[dict[str, Any]]:
    return _store().read("imports", known_on=ask.LATEST, limit=200)


def imports() -> list[dict[str, Any]]:
    """Newest first."""
    return _imports(revision())


def holds_demo() -> bool:
    """Whether invented things are on screen."""
    return any(row["source"] == DEMO for row in sources())


def is_empty() -> bool:
    found = stats()
    return not (found.organisations or found.people or found.collaborations)


def last_year(taken: Snapshot) -> int:
    """The year to speak of: this one, or the last in which anything began when the data end earlier."""
    begun = taken.start[~(taken.start != taken.start)]
    newest = int(begun.max().astype("datetime64[Y]").astype(int)) + 1970 if len(begun) else today().year
    return min(newest, today().year)
