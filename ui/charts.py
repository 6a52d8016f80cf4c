"""Charts the same way on every page: words at the lines instead of legends, counts from zero, numbers as the reader
writes them, years that are not over dashed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from graph.model.time import today
from ui.texts import shortened, t, written

# The places of the theme's colours; a kind keeps its own whatever else is drawn.
KINDS = ("company", "knowledge_institution", "government", "intermediary", "other")
LABEL = 15  # pixels between two labels
SHORT = 31  # days; what took less is a point on a line of years
_NUMBERS = {
    "nl": alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["€ ", ""]),
    "en": alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["€ ", ""]),
    "fr": alt.NumberLocale(decimal=",", thousands="\u00a0", grouping=[3], currency=["", " €"]),
}


def lines(
    rows: Sequence[Mapping[str, Any]],
    what: str,
    *,
    language: str,
    height: int = 280,
    name_of: Callable[[str], str] = str,
) -> bool:
    """One line for each group over the years, with its name at its end; years that are not over are dashed. ``rows``:
    of answers.GROWTH_COLUMNS, of one indicator. ``what``: what is counted. ``name_of``: a group in words. Whether
    there is an open year in it, which the page has to explain."""
    data = [
        {
            "year": row["year"],
            "group": name_of(row["group"]) if row["group"] else what,
            "value": row["value"],
            "open": "open" in row["flags"],
        }
        for row in rows
        if row["value"] is not None
    ]
    if not data:
        st.caption(t("nothing_to_draw"))
        return False
    groups = list(dict.fromkeys(row["group"] for row in data))
    domain = [name_of(kind) for kind in KINDS] if all(row["group"] in KINDS for row in rows) else groups
    year = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False, labelOverlap="greedy"))
    value = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4, format=",.6~g"), scale=alt.Scale(zero=True))
    color = alt.Color("group:N", legend=None, scale=alt.Scale(domain=domain))
    tooltip = [
        alt.Tooltip("year:O", title=t("year")),
        *([alt.Tooltip("group:N", title=t("group_of"))] if len(groups) > 1 else []),
        alt.Tooltip("value:Q", title=what, format=",.6~g"),
    ]
    layers: list[alt.Chart] = [
        _chart(part).mark_line(strokeWidth=2.2, strokeDash=dash).encode(x=year, y=value, color=color)
        for part, dash in ((_over(data), [1, 0]), (_open(data), [3, 4]))
        if part
    ]
    layers.append(
        _chart(data)
        .mark_point(filled=True, size=42)
        .encode(x=year, y=value, color=color, tooltip=tooltip, opacity=alt.condition("datum.open", _FAINT, _FULL))
    )
    if len(groups) > 1:
        layers.append(
            _chart(_ends(data, height))
            .mark_text(align="left", baseline="middle", dx=10, fontSize=12)
            .encode(x=year, y="at:Q", text="group:N", color=color)
        )
    chart = alt.layer(*layers).properties(height=height)
    st.altair_chart(chart.configure(locale=_locale(language)), alt=_sentence(data, what, language))
    return any(row["open"] for row in data)


_FAINT, _FULL = alt.value(0.45), alt.value(1.0)


def timeline(rows: Sequence[Mapping[str, Any]], *, alt_text: str, language: str) -> None:
    """What ran from when to when, in the order of ``rows`` (name, start, end, kind, about, years): a bar, for what took
    a few days a point, and pale up to today what has no end yet."""
    now = today()
    data = []
    for row in rows:
        end = row["end"] or max(now, row["start"])
        data.append(
            {
                **row,
                "name": shortened(row["name"], 40),
                "whole": row["name"],
                "start": row["start"].isoformat(),
                "end": end.isoformat(),
                "shape": "point" if (end - row["start"]).days < SHORT else "bar",
                "open": row["end"] is None,
            }
        )
    kinds = list(dict.fromkeys(row["kind"] for row in data))
    # One tick a year; over many years only so many as fit.
    step = max(1, (int(max(row["end"] for row in data)[:4]) - int(min(row["start"] for row in data)[:4])) // 12)
    ticks = alt.Axis(format="%Y", tickCount={"interval": "year", "step": step}, grid=True)
    legend = alt.Legend(orient="top", title=None) if len(kinds) > 1 else None
    names = [row["name"] for row in data]
    base = _chart(data).encode(
        x=alt.X("start:T", title=None, axis=ticks, scale=alt.Scale(nice="year")),
        y=alt.Y("name:N", title=None, sort=names, axis=alt.Axis(labelLimit=280, ticks=False, domain=False)),
        color=alt.Color("kind:N", title=None, legend=legend, scale=alt.Scale(domain=kinds)),
        opacity=alt.condition("datum.open", _FAINT, _FULL),
        tooltip=[
            alt.Tooltip("whole:N", title=t("column.name")),
            alt.Tooltip("years:N", title=t("column.years")),
            alt.Tooltip("about:N", title=t("column.role")),
        ],
    )
    bars = base.transform_filter("datum.shape == 'bar'").mark_bar(height=10, cornerRadius=2).encode(x2="end:T")
    points = base.transform_filter("datum.shape == 'point'").mark_point(filled=True, size=70)
    chart = (bars + points).properties(height={"step": 22})
    st.altair_chart(chart.configure(locale=_locale(language)), alt=alt_text)


def _chart(data: Sequence[Mapping[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(data)))


def _locale(language: str) -> alt.Locale:
    return alt.Locale(number=_NUMBERS[language])


def _over(data: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in data if not row["open"]]


def _open(data: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The open years with the whole one before them, so that the dashes begin where the line ends."""
    begun = min((row["year"] for row in data if row["open"]), default=None)
    return [row for row in data if begun is not None and row["year"] >= begun - 1]


def _ends(data: Sequence[Mapping[str, Any]], height: int) -> list[dict[str, Any]]:
    """The last point of every line, with labels pushed apart where lines end close together."""
    last = {row["group"]: row for row in sorted(data, key=lambda row: row["year"])}
    least = max((row["value"] for row in data), default=0) * LABEL / max(1, height - 40)
    ends: list[dict[str, Any]] = []
    for row in sorted(last.values(), key=lambda row: row["value"]):
        at = max(row["value"], ends[-1]["at"] + least) if ends else row["value"]
        ends.append({"year": row["year"], "group": row["group"], "at": at})
    return ends


def _sentence(data: Sequence[Mapping[str, Any]], what: str, language: str) -> str:
    """The chart for who cannot see it: every line's first and last value."""
    told = []
    for group in dict.fromkeys(row["group"] for row in data):
        line = sorted((row for row in data if row["group"] == group), key=lambda row: row["year"])
        ends = [f"{row['year']} {written(row['value'], language)}" for row in (line[0], line[-1])]
        told.append(f"{group}: {' → '.join(dict.fromkeys(ends))}")
    return f"{what}. {'; '.join(told)}"
