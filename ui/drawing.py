"""Neighbourhoods in the network view, the same on every page: one or more in the middle, their partners, all ties."""

from typing import cast

import streamlit as st

from graph.store import ask
from ui import state
from ui.components.network import KINDS, Kind, NetworkEvent, Node, Tie, network, texts_for
from ui.texts import called, language, t


def draw(ids: list[str], *, key: str, height: int, cap: int) -> tuple[NetworkEvent, list[ask.Neighbourhood]]:
    """Draw these and their most frequent partners; what the reader did, and what was drawn."""
    drawn = [state.neighbourhood(id, cap) for id in ids]
    nodes: dict[str, Node] = {}
    ties: dict[tuple[str, str], Tie] = {}
    for middle in drawn:
        nodes[middle.id] = Node(
            middle.id, called(middle.name), _kind(middle.label, middle.kind), size=max(1, middle.total)
        )
        for partner in middle.partners:
            nodes.setdefault(
                partner.id,
                Node(partner.id, called(partner.name), _kind(partner.label, partner.kind), size=partner.shared),
            )
        for tie in middle.ties:
            ties[tie.a, tie.b] = Tie(
                f"{tie.a}-{tie.b}",
                tie.a,
                tie.b,
                weight=tie.shared,
                first_year=tie.first.year if tie.first else None,
                last_year=tie.last.year if tie.last else None,
                label=t("times", n=tie.shared),
            )
    event = network(
        list(nodes.values()), list(ties.values()), key=key, texts=texts_for(language()), focus=ids[0], height=height
    )
    shown, total = len(drawn[0].partners), drawn[0].total
    if shown < total:
        st.caption(t("network.capped", n=shown, total=total))
    return event, drawn


def _kind(label: str, kind: str | None) -> Kind:
    if label == "Person":
        return "person"
    return cast(Kind, kind) if kind in KINDS else "other"
