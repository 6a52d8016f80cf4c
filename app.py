"""The front end's door: language, the store, and the way to the pages. Run it with: make run"""

import logging
from pathlib import Path

import streamlit as st

import ui
from graph.errors import SchakelError
from ui import PAGES, address, state
from ui.texts import LANGUAGES, error, language, t

LOOK = Path(ui.__file__).with_name("look.css")

st.set_page_config(page_title="Schakel", page_icon=str(LOOK.with_name("icon.svg")), layout="wide")
address.remember_language()

made = {
    page.key: st.Page(
        page.show,
        title=t(f"page.{page.key}"),
        icon=page.icon or None,
        url_path=page.path,
        default=not page.path,
        visibility="visible" if page.icon else "hidden",
    )
    for page in PAGES
}
address.remember_pages(made)
groups: dict[str, list[st.Page]] = {}
for page in PAGES:
    groups.setdefault(t(f"group.{page.group}"), []).append(made[page.key])
chosen = st.navigation(groups)
address.keep_address(chosen.url_path)
address.title(chosen.title)
st.logo(str(LOOK.with_name("logo.svg")), icon_image=str(LOOK.with_name("icon.svg")))
st.html(LOOK)

with st.sidebar:
    st.segmented_control(
        t("language"), LANGUAGES, default=language(), required=True, format_func=str.upper, key="language_choice",
        on_change=address.choose_language, label_visibility="collapsed",
    )  # fmt: skip
    marked = st.empty()

try:
    if state.holds_demo():
        marked.caption(t("demo_world"))
    chosen.run()
except SchakelError as problem:
    st.error(error(problem), icon=":material/error:")
except Exception:  # a bug: the reader gets a sentence in their language, the log the traceback
    logging.getLogger("schakel").exception("page %s", chosen.url_path or "/")
    st.error(t("bug"), icon=":material/error:")
with st.sidebar:
    address.tell_browser(chosen.url_path)
