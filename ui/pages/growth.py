"""Groei: how collaboration grew, year by year; small pictures of all, one large, and the rows behind it."""

import io

import pyarrow as pa
import streamlit as st

from graph import answers
from graph.analytics.base import write_rows
from ui import parts, state
from ui.texts import plain, said, t

SMALL = ("actors", "collaborations", "ties", "ties_new", "ties_persisting", "ties_lost")
BY = ("", "kind", "region", "theme")


def show() -> None:
    st.title(t("page.growth"))
    taken = state.snapshot()
    if not len(taken.actor):
        st.info(t("nothing_yet"))
        state.link("data", t("to_data"))
        return
    last = state.last_year(taken)
    begun = taken.start[taken.start == taken.start]
    earliest = int(begun.min().astype("datetime64[Y]").astype(int)) + 1970 if len(begun) else last
    if earliest < last:
        first, last = st.slider(
            t("growth.years"), max(earliest, last - 40), last, (max(earliest, last - 9), last), key="growth_years"
        )
    else:
        first = last
    rows = state.growth(first, last)
    for start in (0, 3):
        for column, indicator in zip(st.columns(3), SMALL[start : start + 3], strict=True):
            with column:
                st.markdown(f"**{t(f'indicator.{indicator}')}**")
                parts.lines([r for r in rows if r["indicator"] == indicator], t(f"indicator.{indicator}"),
                            t(f"indicator.{indicator}"), height=150)  # fmt: skip
    st.divider()
    what, how = st.columns([3, 2])
    indicators = sorted({row["indicator"] for row in rows}, key=lambda one: (one not in SMALL, one))
    indicator = what.selectbox(
        t("growth.indicator"), indicators, format_func=lambda one: t(f"indicator.{one}"), key="growth_indicator"
    )
    by = how.selectbox(t("growth.by"), BY, format_func=lambda one: t(f"growth.by_{one or 'nothing'}"), key="growth_by")
    chosen = [row for row in (state.growth(first, last, by) if by else rows) if row["indicator"] == indicator]
    grouped = [row for row in chosen if row["group"]] if by else chosen
    parts.lines(_largest(grouped), t(f"indicator.{indicator}"), t(f"indicator.{indicator}"), height=340)
    st.caption(t(f"definition.{indicator}"))
    st.caption(
        t("growth.basis", sources=", ".join(plain(row["source"]) for row in state.sources()), day=taken.valid_on)
    )
    table = pa.table(
        {
            "year": [str(row["year"]) for row in chosen],
            "group": [
                said(f"kind.{row['group']}", row["group"]) if row["group"] else t("growth.total") for row in chosen
            ],
            "value": [row["value"] for row in chosen],
            "n": [row["n"] for row in chosen],
            "flags": [", ".join(t(f"flag.{flag}") for flag in row["flags"].split("|") if flag) for row in chosen],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        alt=t(f"indicator.{indicator}"),
        column_config={
            "year": t("year"),
            "group": t("group_of"),
            "value": st.column_config.NumberColumn(t("growth.value"), format="localized"),
            "n": st.column_config.NumberColumn(t("growth.n"), format="localized"),
            "flags": t("growth.flags"),
        },
    )
    file = io.StringIO()
    write_rows(chosen, answers.GROWTH_COLUMNS, file)
    st.download_button(t("as_csv"), file.getvalue(), f"groei_{indicator}.csv", "text/csv", icon=":material/download:")


def _largest(rows: list[dict[str, object]], most: int = 8) -> list[dict[str, object]]:
    """The groups that weigh most, so that a picture of 40 countries stays one."""
    weight: dict[object, float] = {}
    for row in rows:
        weight[row["group"]] = weight.get(row["group"], 0.0) + float(str(row["value"]))
    kept = set(sorted(weight, key=lambda group: -weight[group])[:most])
    return [row for row in rows if row["group"] in kept]
