"""Organisaties: everybody in one table, filtered by what one is looking for; a row leads to the card."""

import numpy as np
import pyarrow as pa
import streamlit as st

from graph.snapshot import Snapshot
from ui import state
from ui.texts import said, t

SHOWN = 2_000  # rows sent to the browser


def show() -> None:
    st.title(t("page.organisations"))
    taken = state.snapshot()
    if not len(taken.actor_id):
        st.info(t("nothing_yet"))
        state.link("data", t("to_data"))
        return
    text, kinds, countries = _filters(taken)
    chosen = _chosen(taken, text, kinds, countries)
    partners = np.diff(taken.ties().indptr)
    active = np.diff(taken.incidence().indptr)
    order = chosen[np.lexsort((taken.actor_name[chosen].astype(str), -active[chosen]))]
    st.caption(t("organisations.count", n=len(order)) + (f" {t('first_shown', n=SHOWN)}" if len(order) > SHOWN else ""))
    order = order[:SHOWN]
    table = pa.table(
        {
            "name": list(taken.actor_name[order]),
            "kind": [said(f"kind.{kind}") for kind in taken.actor_kind[order]],
            "municipality": list(taken.actor_municipality[order]),
            "country": list(taken.actor_country[order]),
            "collaborations": active[order],
            "partners": partners[order],
        }
    )
    picked = st.dataframe(
        table,
        key="organisations_table",
        hide_index=True,
        height=620,
        on_select="rerun",
        selection_mode="single-row",
        alt=t("page.organisations"),
        column_config={
            "name": st.column_config.TextColumn(t("column.name"), width="large"),
            "kind": t("column.kind"),
            "municipality": t("column.municipality"),
            "country": st.column_config.TextColumn(t("column.country"), width="small"),
            "collaborations": st.column_config.NumberColumn(t("column.collaborations"), format="localized"),
            "partners": st.column_config.NumberColumn(t("column.partners"), format="localized"),
        },
    )
    rows = picked.selection.rows
    if rows and rows[0] < len(order):
        state.go("organisation", id=str(taken.actor_id[order[rows[0]]]))


def _filters(taken: Snapshot) -> tuple[str, list[str], list[str]]:
    search, kind, country = st.columns([3, 2, 2])
    text = search.text_input(t("search"), key="org_q", icon=":material/search:", placeholder=t("organisations.search"))
    kinds = kind.multiselect(
        t("column.kind"), sorted(set(taken.actor_kind)), format_func=lambda one: said(f"kind.{one}"), key="org_kind",
        placeholder=t("all"),
    )  # fmt: skip
    countries = country.multiselect(
        t("column.country"), sorted(filter(None, set(taken.actor_country))), key="org_country", placeholder=t("all")
    )
    return text, kinds, countries


def _chosen(taken: Snapshot, text: str, kinds: list[str], countries: list[str]) -> np.ndarray:
    kept = np.ones(len(taken.actor_id), bool)
    if kinds:
        kept &= np.isin(taken.actor_kind.astype(str), kinds)
    if countries:
        kept &= np.isin(taken.actor_country.astype(str), countries)
    if text.strip():
        hits = state.find(text, ("Organisation", "Person"), 500)
        kept &= np.isin(taken.actor_id.astype(str), [hit.id for hit in hits])
    return np.flatnonzero(kept)
