"""Netwerk: one organisation and whom it works with, drawn and as a table; a double click draws further partners in."""

import pyarrow as pa
import streamlit as st

from ui import parts, state
from ui.drawing import draw
from ui.texts import plain, said, t

CAPS = (20, 40, 60, 100)
EXPANDED = 8  # neighbourhoods drawn at once


def show() -> None:
    st.title(t("page.network"))
    taken = state.snapshot()
    if not len(taken.actor_id):
        st.info(t("nothing_yet"))
        state.link("data", t("to_data"))
        return
    search, size = st.columns([4, 1], vertical_alignment="bottom")
    text = search.text_input(t("search"), key="net_q", icon=":material/search:", placeholder=t("organisations.search"))
    cap = size.selectbox(t("network.most"), CAPS, index=2, key="net_cap")
    if text.strip() and text != st.session_state.get("net_asked"):
        hits = state.find(text, ("Organisation", "Person"), 6)
        if not hits:
            st.info(t("found_nothing", text=plain(text)))
        for hit in hits:
            state.link("network", f"{parts.mark(hit.label, hit.kind)} {plain(hit.name)}", id=hit.id)
        if hits and "id" not in st.query_params:
            return
    id = st.query_params.get("id") or _busiest(taken)
    if id not in taken.places:
        st.warning(t("card.unknown"))
        id = _busiest(taken)
    opened = _opened(id)
    event, drawn = draw(opened, key=f"network_{id}", height=600, cap=cap)
    if event.expand and event.expand not in opened:
        st.session_state.network_open = (id, [*opened, event.expand][-EXPANDED:])
        st.rerun()
    _chosen(event.selected)
    middle = drawn[0]
    st.markdown(t("network.sentence", name=plain(middle.name), total=middle.total, shown=len(middle.partners)))
    table = pa.table(
        {
            "name": [partner.name for partner in middle.partners],
            "kind": [parts.kind_of(partner.label, partner.kind) for partner in middle.partners],
            "municipality": [partner.municipality or "" for partner in middle.partners],
            "shared": [partner.shared for partner in middle.partners],
            "years": [parts.when(partner.first, partner.last) for partner in middle.partners],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        alt=t("column.partners"),
        column_config={
            "name": st.column_config.TextColumn(t("column.name"), width="large"),
            "kind": t("column.kind"),
            "municipality": t("column.municipality"),
            "shared": t("column.shared"),
            "years": t("column.years"),
        },
    )


def _opened(id: str) -> list[str]:
    """The middle and what the reader drew in beside it."""
    middle, opened = st.session_state.get("network_open", ("", []))
    return list(opened) if middle == id and opened else [id]


def _chosen(ids: tuple[str, ...]) -> None:
    """What is chosen in the drawing leads on."""
    taken = state.snapshot()
    for id in ids[:3]:
        if id in taken.places:
            at = taken.places[id]
            about, card, here = st.columns([4, 2, 2], vertical_alignment="center")
            kind = said(f"kind.{taken.actor_kind[at]}")
            about.markdown(f"**{plain(str(taken.actor_name[at]))}** · {kind}")
            with card:
                state.link("organisation", f":material/badge: {t('network.card')}", id=id)
            with here:
                state.link("network", f":material/hub: {t('network.middle')}", id=id)


def _busiest(taken: object) -> str:
    from graph.snapshot import Snapshot

    assert isinstance(taken, Snapshot)
    active = taken.incidence().sum(axis=1)
    return str(taken.actor_id[int(active.argmax())])
