"""Ontbrekende schakels: who should know each other and does not, in two lists, with the partners that speak for it."""

import io

import streamlit as st

from graph import answers
from graph.analytics.base import write_rows
from ui import parts, state
from ui.texts import plain, t

LISTS = ("likely", "overlooked")
PAGE = 25


def show() -> None:
    st.title(t("page.missing_links"))
    taken = state.snapshot()
    if not len(taken.actor):
        st.info(t("nothing_yet"))
        state.link("data", t("to_data"))
        return
    which, search = st.columns([2, 3], vertical_alignment="bottom")
    listing = which.segmented_control(
        t("links.list"), LISTS, default="likely", required=True, format_func=lambda one: t(f"links.{one}"), key="lijst",
        bind="query-params",
    )  # fmt: skip
    text = search.text_input(
        t("links.for"), key="links_q", icon=":material/search:", placeholder=t("organisations.search")
    )
    only = st.query_params.get("voor")
    if text.strip():
        hits = state.find(text, ("Organisation",), 5)
        if not hits:
            st.info(t("found_nothing", text=plain(text)))
        for hit in hits:
            state.link("missing_links", f"{parts.mark(hit.label, hit.kind)} {plain(hit.name)}", voor=hit.id)
    st.caption(t(f"links.{listing}_help"))
    if only and only in taken.places:
        name, off = st.columns([4, 1], vertical_alignment="center")
        name.markdown(t("links.shown_for", name=plain(str(taken.actor_name[taken.places[only]]))))
        with off:
            state.link("missing_links", f":material/close: {t('links.for_all')}")
    else:
        only = None
    rows = state.missing_links(str(listing), 100, only)
    if not rows:
        st.info(t("links.none"))
        return
    shown = st.session_state.get("links_shown", PAGE)
    for number, row in enumerate(rows[:shown]):
        parts.suggestion(row, taken.places, key=f"link{number}")
    if shown < len(rows):
        st.button(t("more"), on_click=lambda: st.session_state.update(links_shown=shown + PAGE))
    file = io.StringIO()
    write_rows(rows, answers.LINK_COLUMNS, file)
    st.download_button(t("as_csv"), file.getvalue(), f"schakels_{listing}.csv", "text/csv", icon=":material/download:")
