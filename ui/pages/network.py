"""Netwerk: one organisation and whom it works with, drawn and as a table; a double click draws further partners in."""

import streamlit as st

from graph.snapshot import Snapshot
from graph.store.ask import ACTORS, Partner
from ui import address, parts, state, tables
from ui.drawing import draw
from ui.texts import called, plain, t

CAPS = (20, 40, 60, 100)
EXPANDED = 8  # neighbourhoods drawn at once


def show() -> None:
    st.title(t("page.network"))
    taken = state.snapshot()
    if not len(taken.actor_id):
        parts.nothing_yet()
        return
    search, size = st.columns([4, 1])
    with search:
        parts.pick("net_q", t("network.around"), "id", ACTORS)
    cap = size.selectbox(t("network.most"), CAPS, index=1, key="net_cap")
    id = st.query_params.get("id") or _busiest(taken)
    if id not in taken.places:
        st.warning(t("card.unknown"), icon=":material/help:")
        id = _busiest(taken)
    opened = _opened(id)
    middle = state.neighbourhood(id, cap)
    address.title(called(middle.name))
    told = t("network.sentence", name=plain(called(middle.name)), total=middle.total, shown=len(middle.partners))
    st.markdown(told if middle.total else t("network.alone", name=plain(called(middle.name))))
    event, _ = draw(opened, key=f"network_{id}", height=600, cap=cap)
    if event.expand and event.expand not in opened:
        st.session_state.network_open = (id, [*opened, event.expand][-EXPANDED:])
        st.rerun()
    _chosen(event.selected, taken)
    if middle.partners:
        partners(middle.partners, key="network_partners")


def partners(rows: tuple[Partner, ...], *, key: str) -> None:
    """The table twin of a drawing."""
    tables.leading(
        [parts.shaped(one.name, one.label, one.kind) for one in rows],
        [one.id for one in rows],
        {
            "kind": (t("column.kind"), [parts.kind_of(one.label, one.kind) for one in rows], "text"),
            "municipality": (t("column.municipality"), [one.municipality or "" for one in rows], "text"),
            "shared": (t("column.shared"), [one.shared for one in rows], "number"),
            "years": (t("column.years"), [parts.when(one.first, one.last) for one in rows], "text"),
        },
        key=key,
        first=t("column.name"),
        alt=t("column.partners"),
    )


def _opened(id: str) -> list[str]:
    """The middle and what the reader drew in beside it."""
    middle, opened = st.session_state.get("network_open", ("", []))
    return list(opened) if middle == id and opened else [id]


def _chosen(ids: tuple[str, ...], taken: Snapshot) -> None:
    """What is chosen in the drawing leads on."""
    for id in ids[:3]:
        if id in taken.places:
            at = taken.places[id]
            label, kind = str(taken.actor_label[at]), str(taken.actor_kind[at])
            with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
                parts.named(id, str(taken.actor_name[at]), label, kind)
                st.caption(parts.kind_of(label, kind), width="content")
                address.link("network", t("network.middle"), icon=":material/hub:", id=id)


def _busiest(taken: Snapshot) -> str:
    return str(taken.actor_id[int(state.totals().collaborations.argmax())])
