"""Groei: how collaboration grew, year by year; small pictures of all, one large, and the rows behind it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from graph import answers
from graph.analytics.base import write_rows
from graph.snapshot import Snapshot
from ui import address, charts, parts, state, tables
from ui.texts import language, percent, plain, said, t, w

SMALL = ("actors", "collaborations", "ties", "ties_first", "ties_persisting", "ties_lost")
BY = ("", "kind", "region", "theme")
GROUPS = 5  # lines in one picture: as many as the theme has colours
SPAN = 10  # years shown at first
MOST = 40


def show() -> None:
    st.title(t("page.growth"))
    taken = state.snapshot()
    if not len(taken.actor):
        parts.nothing_yet()
        return
    first, last = _years(taken)
    rows = state.growth(first, last, answers.GROWTH_COUNTS)
    open_year = False
    for start in range(0, len(SMALL), 3):
        for column, indicator in zip(st.columns(3, gap="large"), SMALL[start : start + 3], strict=True):
            with column:
                open_year |= _small(indicator, [row for row in rows if row["indicator"] == indicator])
    if open_year:
        st.caption(t("open_years"))
    st.divider()
    what, how = st.columns([3, 2])
    others = [one for one in answers.GROWTH_COUNTS if one not in SMALL]
    every = (*SMALL, *others)
    indicator = what.selectbox(
        t("growth.indicator"), every, _place(every, "indicator"), format_func=lambda one: t(f"indicator.{one}"),
        key="indicator",
    )  # fmt: skip
    by = how.selectbox(
        t("growth.by"), BY, _place(BY, "per"), format_func=lambda one: t(f"growth.by_{one or 'nothing'}"), key="per"
    )
    address.view(indicator=indicator if indicator != SMALL[0] else "", per=by)
    _large(indicator, by, [row for row in rows if row["indicator"] == indicator], first, last, taken)


def _place(every: Sequence[str], name: str) -> int:
    """Where in a list of choices the one stands that the address asks for."""
    return every.index(address.asked(name)) if address.asked(name) in every else 0


def _years(taken: Snapshot) -> tuple[int, int]:
    earliest, last = state.years(taken)
    if earliest == last:
        return last, last
    chosen: tuple[int, int] = st.slider(
        t("growth.years"), max(earliest, last - MOST), last, (max(earliest, last - SPAN + 1), last), key="growth_years"
    )
    return chosen


def _small(indicator: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """One indicator in a small picture, its last whole year in words; whether a year in it is open."""
    name = t(f"indicator.{indicator}")
    st.markdown(f"**{name}**", help=t(f"definition.{indicator}"))
    whole = [row for row in rows if "open" not in row["flags"]] or list(rows)
    if whole:
        now, before = whole[-1], whole[-2] if len(whole) > 1 else None
        told = f"{now['year']}: **{w(int(now['value']))}**"
        if before and before["value"]:
            told += f" ({percent(now['value'] / before['value'] - 1)} {t('against', year=str(before['year']))})"
        st.caption(told)
    return charts.lines(rows, name, language=language(), height=150)


def _large(indicator: str, by: str, total: list[dict[str, Any]], first: int, last: int, taken: Snapshot) -> None:
    """One indicator, large, perhaps in groups, with its definition and the rows behind it."""
    rows, name = total, t(f"indicator.{indicator}")
    if by:
        rows = state.growth(first, last, (indicator,), by)
        groups = [row for row in rows if row["group"]]
        if not groups:
            st.info(t(f"growth.no_{by}"), icon=":material/info:")
        shown, left_out = _largest(groups)
        charts.lines(shown, name, language=language(), height=340, name_of=lambda group: _group(group, by))
        if left_out:
            st.caption(t("growth.largest", n=left_out, shown=GROUPS))
    else:
        charts.lines(rows, name, language=language(), height=340)
    sources = ", ".join(plain(row["source"]) for row in state.sources())
    st.caption(f"{t(f'definition.{indicator}')} {t('growth.basis', sources=sources, day=taken.valid_on)}")
    tables.plain(
        {
            "year": (t("year"), [str(row["year"]) for row in rows], "text"),
            "group": (t("group_of"), [_group(row["group"], by) or t("growth.total") for row in rows], "text"),
            "value": (t("growth.value"), [row["value"] for row in rows], "number"),
            "n": (t("growth.n"), [row["n"] for row in rows], "number"),
            "flags": (t("growth.flags"), [_flags(row["flags"]) for row in rows], "text"),
        },
        alt=name,
    )
    file = io.StringIO()
    write_rows(rows, answers.GROWTH_COLUMNS, file)
    st.download_button(t("as_csv"), file.getvalue(), f"groei_{indicator}.csv", "text/csv", icon=":material/download:")


def _group(group: str, by: str) -> str:
    if by == "kind" and group:
        return said(f"kind.{group}", group)
    return state.theme(group) if by == "theme" else group


def _flags(flags: str) -> str:
    return ", ".join(t(f"flag.{flag}") for flag in flags.split("|") if flag)


def _largest(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The groups that weigh most, so that a picture of 40 countries stays one, and how many are left out."""
    weight: dict[str, float] = {}
    for row in rows:
        weight[row["group"]] = weight.get(row["group"], 0.0) + float(row["value"])
    kept = sorted(weight, key=lambda group: -weight[group])[:GROUPS]
    return [row for row in rows if row["group"] in kept], max(0, len(weight) - GROUPS)
