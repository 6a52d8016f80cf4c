"""What pages share: the reader's language, the store, and answers kept as long as the store does not change.

The only place of ``st.cache_*``. What is kept is keyed by the store's identity and revision.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlencode

import numpy as np
import streamlit as st
from numpy.typing import NDArray

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
COOKIE = "schakel_language"


def remember_language() -> None:
    """At the first run the language of the address, else of the last visit, else the first; then what the reader
    chose."""
    if "language" not in st.session_state:
        asked = (st.query_params.get("lang"), st.context.cookies.get(COOKIE))
        st.session_state.language = next((one for one in asked if one in LANGUAGES), LANGUAGES[0])


def choose_language() -> None:
    st.session_state.language = st.session_state.language_choice
    if "lang" in st.query_params:
        st.query_params["lang"] = st.session_state.language


def asked(name: str) -> str:
    """What the address asks for."""
    return str(st.query_params.get(name, ""))


def asked_all(name: str, among: Sequence[str]) -> list[str]:
    """All that the address asks for, as far as there is such a choice."""
    return [one for one in st.query_params.get_all(name) if one in among]


def view(**params: str | Sequence[str]) -> None:
    """What the reader chose on this page, and finds again with the back button, a bookmark or a colleague. Not by
    binding widgets to the address: a link away from a page with bound ones leaves a step too many (Streamlit 1.67)."""
    st.session_state.view = {name: value for name, value in params.items() if value}


def keep_address(page: str) -> None:
    """Before the page: after a link from a page to itself the browser still shows the old address: send it."""
    here = (page, asked("id"), asked("voor"))
    before = st.session_state.get("here", here)
    st.session_state.here = here
    st.session_state.view = None
    if before[0] == page and before != here:
        st.query_params.update({})


def tell_browser(page: str) -> None:
    """After the page: its language (screen readers pronounce it, nobody offers to translate, the next visit begins in
    it), and its view into the address, without a step in the history for every letter typed."""
    told = [
        f"document.documentElement.lang = {_script(language())}",
        f"document.cookie = {_script(f'{COOKIE}={language()}; path=/; max-age=31536000; samesite=lax')}",
    ]
    if st.session_state.view is not None:
        query = urlencode(st.session_state.view, doseq=True)
        address = (page or ".") + (f"?{query}" if query else "")
        told.append(
            f"if (location.pathname.endsWith({_script('/' + page)})) history.replaceState(history.state, '', "
            f"{_script(address)})"
        )
    st.html(f"<script>{'; '.join(told)}</script>", unsafe_allow_javascript=True)


def _script(text: str) -> str:
    """A text as JavaScript, which no text can end."""
    return json.dumps(text).replace("<", "\\u003c")


def title(name: str) -> None:
    """What the tab, a bookmark and the browser's history call this view."""
    st.set_page_config(page_title=f"{name} · Schakel")


def remember_pages(pages: Mapping[str, Any]) -> None:
    st.session_state.pages = dict(pages)


def link(page: str, label: str, icon: str = "", **params: str) -> None:
    """A link to another page, with what it should open."""
    st.page_link(st.session_state.pages[page], label=label, icon=icon, query_params=params)


def go(page: str, **params: str) -> NoReturn:
    """Open another page now, as if the reader had followed a link. ``st.switch_page`` leaves a step in the history on
    which the back button stays (Streamlit 1.67)."""
    path = st.session_state.pages[page].url_path or "."
    address = _script(f"{path}?{urlencode(params)}" if params else path)
    st.html(
        f"<script>history.pushState({{}}, '', {address}); dispatchEvent(new PopStateEvent('popstate'))</script>",
        unsafe_allow_javascript=True,
    )
    st.stop()


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
    _now.clear()


@st.cache_data(ttl=10, show_spinner=False)
def _now() -> tuple[str, int]:
    row = _store().read("meta")[0]
    return row["store"], row["revision"]


def revision() -> tuple[str, int]:
    """What everything kept is keyed by: the store, which a restore makes another, and its revision. At most ten seconds
    old, so that what another program loads shows soon."""
    store()
    with st.spinner(t("store_asking"), show_time=True):  # seen only when the server has to be started again
        return _now()


@st.cache_data(max_entries=8, show_spinner=False)
def _stats(key: tuple[str, int]) -> ask.Stats:
    return ask.stats(_store())


def stats() -> ask.Stats:
    return _stats(revision())


@st.cache_resource(max_entries=2, show_spinner=False)
def _snapshot(key: tuple[str, int], day: str) -> Snapshot:
    return read_snapshot(_store())


def snapshot() -> Snapshot:
    """The whole network as of today."""
    key = revision()
    with st.spinner(t("snapshot_reading"), show_time=True):
        return _snapshot(key, today().isoformat())


@dataclass(frozen=True, slots=True)
class Totals:
    """Per actor of the snapshot, in its order: collaborations, partners, and the first and last year it was in any
    (0 for unknown)."""

    collaborations: NDArray[np.int64]
    partners: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


@st.cache_resource(max_entries=2, show_spinner=False)
def _totals(key: tuple[str, int], day: str, _snapshot: Snapshot) -> Totals:
    size = len(_snapshot.actor_id)
    first, last = np.full(size, 9999, np.int64), np.zeros(size, np.int64)
    for days, fold, found in ((_snapshot.start, np.minimum, first), (_snapshot.end, np.maximum, last)):
        known = ~np.isnat(days)
        fold.at(found, _snapshot.actor[known], days[known].astype("datetime64[Y]").astype(np.int64) + 1970)
    return Totals(
        np.diff(_snapshot.incidence().indptr).astype(np.int64),
        np.diff(_snapshot.ties().indptr).astype(np.int64),
        np.where(first == 9999, 0, first),
        last,
    )


def totals() -> Totals:
    return _totals(revision(), today().isoformat(), snapshot())


@st.cache_data(max_entries=64, show_spinner=False)
def _growth(
    key: tuple[str, int], day: str, first: int, last: int, by: str | None, only: tuple[str, ...], _snapshot: Snapshot
) -> list[dict[str, Any]]:
    return answers.growth(_snapshot, first, last, by=by, only=only)


def growth(first: int, last: int, only: tuple[str, ...], by: str | None = None) -> list[dict[str, Any]]:
    """Rows of answers.GROWTH_COLUMNS for these indicators."""
    return _growth(revision(), today().isoformat(), first, last, by, only, snapshot())


@st.cache_resource(max_entries=64, show_spinner=False)  # shared, not copied: a list with its reasons is some MB
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


@st.cache_data(max_entries=2, show_spinner=False)
def _themes(key: tuple[str, int]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in _store().read("themes", known_on=ask.LATEST)}


def theme(name: str) -> str:
    """A theme's name in the reader's language, where a source gives one."""
    return _themes(revision()).get(name, {}).get(language()) or name


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


def years(taken: Snapshot) -> tuple[int, int]:
    """The first and last year in which anything began, up to this year."""
    begun = taken.start[~np.isnat(taken.start)]
    if not len(begun):
        return today().year, today().year
    first, last = (int(day.astype("datetime64[Y]").astype(int)) + 1970 for day in (begun.min(), begun.max()))
    return min(first, today().year), min(last, today().year)


def told_year(taken: Snapshot) -> int:
    """The year to speak of: the last that is over, or with data that end earlier their last. A year that still runs
    would look like a loss beside a whole one."""
    first, last = years(taken)
    return last - 1 if last == today().year and first < last else last
