"""The way to a page and back: its address, its links, its language, and what the browser is told of them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st

from ui.texts import LANGUAGES, language

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
