"""Ontbrekende schakels: who should know each other and does not, in two lists, with the partners that speak for it."""

import io

import streamlit as st

from graph import answers
from graph.analytics.base import write_rows
from graph.analytics.missing_links.rank import Listing
from graph.snapshot import Snapshot
from ui import address, parts, state
from ui.texts import called, country, plain, t

LISTS: tuple[Listing, ...] = ("likely", "overlooked")
EVERYWHERE = "*"
PAGE = 20
MOST = 100


def show() -> None:
    st.title(t("page.missing_links"))
    taken = state.snapshot()
    if not len(taken.actor_id):
        parts.nothing_yet()
        return
    only = address.asked("voor")
    which, where, search = st.columns([4, 3, 4])
    listed = next((one for one in LISTS if one == address.asked("lijst")), LISTS[0])
    listing = which.segmented_control(
        t("links.list"), LISTS, default=listed, required=True, format_func=lambda one: t(f"links.{one}"), key="lijst"
    )
    listing = listing or LISTS[0]
    with search:
        parts.pick("links_q", t("links.for"), "voor", ("Organisation",))
    chosen = ""
    if only not in taken.places:  # of one, all are shown
        with where:
            chosen = _country(taken)
    st.caption(t(f"links.{listing}_help"))
    kept = {"lijst": listing if listing != LISTS[0] else "", "voor": only}
    address.view(**kept, land=(chosen or EVERYWHERE) if not only and chosen != state.home() else "")
    if only in taken.places:
        name, off = st.columns([4, 1], vertical_alignment="center")
        name.markdown(t("links.shown_for", name=plain(called(str(taken.actor_name[taken.places[only]])))))
        off.button(t("links.for_all"), icon=":material/close:", type="tertiary", on_click=parts.unpick, args=("voor",))
    elif only:
        st.warning(t("card.unknown"), icon=":material/help:")
        only = ""
    rows = state.missing_links(listing, MOST, only=only, country=chosen)
    if not rows:
        st.info(t("links.none_for" if only else "links.none"))
        return
    pages, key = -(-len(rows) // PAGE), f"links_page_{listing}_{only or chosen}"
    at = min(st.session_state.get(key, 1), pages)
    for number, row in enumerate(rows[(at - 1) * PAGE : at * PAGE]):
        parts.suggestion(row, taken.places, key=f"link{number}", about=only)
    if pages > 1:
        st.pagination(pages, key=key)
    file = io.StringIO()
    write_rows(rows, answers.LINK_COLUMNS, file)
    st.download_button(t("as_csv"), file.getvalue(), f"schakels_{listing}.csv", "text/csv", icon=":material/download:")


def _country(taken: Snapshot) -> str:
    """Where at least one of the two is; empty for anywhere. Home at first."""
    places = [EVERYWHERE, *sorted(filter(None, set(taken.actor_country)), key=country)]
    asked = address.asked("land") or state.home()
    chosen: str = st.selectbox(
        t("links.where"), places, places.index(asked) if asked in places else 0, key="land",
        format_func=lambda one: t("links.everywhere") if one == EVERYWHERE else country(one),
    )  # fmt: skip
    return "" if chosen == EVERYWHERE else chosen
