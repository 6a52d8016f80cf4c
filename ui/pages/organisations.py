"""Organisaties: everybody in one table, filtered by what one is looking for; a name leads to the card."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from graph.snapshot import Snapshot
from ui import address, parts, state, tables
from ui.texts import country, said, t


def show() -> None:
    st.title(t("page.organisations"))
    taken = state.snapshot()
    if not len(taken.actor_id):
        parts.nothing_yet()
        return
    chosen = _chosen(taken, *_filters(taken))
    if not len(chosen):
        st.info(t("organisations.none"), icon=":material/search_off:")
        return
    st.caption(t("organisations.count", n=len(chosen)))
    totals = state.totals()
    order = chosen[np.lexsort((taken.actor_name[chosen].astype(str), -totals.collaborations[chosen]))]
    labels, kinds = taken.actor_label[order], taken.actor_kind[order]
    tables.leading(
        list(map(parts.shaped, taken.actor_name[order], labels, kinds)),
        list(taken.actor_id[order]),
        {
            "kind": (t("column.kind"), [said(f"kind.{kind}") for kind in kinds], "text"),
            "municipality": (t("column.municipality"), list(taken.actor_municipality[order]), "text"),
            "country": (t("column.country"), [country(code) for code in taken.actor_country[order]], "text"),
            "collaborations": (t("column.collaborations"), totals.collaborations[order].tolist(), "number"),
            "partners": (t("column.partners"), totals.partners[order].tolist(), "number"),
            "years": (t("column.years"), list(map(parts.span, totals.first[order], totals.last[order])), "text"),
        },
        key="organisations",
        first=t("column.name"),
        alt=t("page.organisations"),
        height=620 if len(order) > 16 else "content",
    )


def _filters(taken: Snapshot) -> tuple[str, list[str], list[str]]:
    search, kind, land = st.columns([3, 2, 2])
    text = search.text_input(
        t("search"), address.asked("zoek"), type="search", live=True, key="zoek", placeholder=t("organisations.search")
    )
    every = sorted(set(taken.actor_kind))
    kinds = kind.multiselect(
        t("column.kind"), every, address.asked_all("soort", every), format_func=lambda one: said(f"kind.{one}"),
        key="soort", placeholder=t("all"),
    )  # fmt: skip
    codes = sorted(filter(None, set(taken.actor_country)), key=country)
    countries = land.multiselect(
        t("column.country"),
        codes,
        address.asked_all("land", codes),
        format_func=country,
        key="land",
        placeholder=t("all"),
    )
    address.view(zoek=text or "", soort=kinds, land=countries)
    return text or "", kinds, countries


def _chosen(taken: Snapshot, text: str, kinds: list[str], countries: list[str]) -> NDArray[np.int64]:
    kept = np.ones(len(taken.actor_id), bool)
    if kinds:
        kept &= np.isin(taken.actor_kind.astype(str), kinds)
    if countries:
        kept &= np.isin(taken.actor_country.astype(str), countries)
    if text.strip():
        hits = state.find(text, ("Organisation", "Person"), 500)
        kept &= np.isin(taken.actor_id.astype(str), [hit.id for hit in hits])
    return np.flatnonzero(kept)
