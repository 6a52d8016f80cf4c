"""Charts the same way on every page: words at the lines instead of legends, counts from zero, numbers as the reader
writes them, years that are not over dashed.

Written as Vega-Lite, not with Altair: its import takes a third of a second and each chart a tenth more.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from graph.model.time import today
from ui.texts import shortened, t, written

# The places of the theme's colours; a kind keeps its own whatever else is drawn.
KINDS = ("company", "knowledge_institution", "government", "intermediary", "other")
LABEL = 15  # pixels between two labels
SHORT = 31  # days; what took less is a point on a line of years
PALE = {"condition": {"test": "datum.open", "value": 0.45}, "value": 1.0}
_NUMBERS: dict[str, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€ ", ""]},
    "fr": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " €"]},
}

Row = dict[str, Any]


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
    many = len(groups) > 1
    domain = [name_of(kind) for kind in KINDS] if all(row["group"] in KINDS for row in rows) else groups
    year = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "grid": False}}
    value = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 4, "format": ",.6~g"}}
    color = {"field": "group", "type": "nominal", "legend": None, "scale": {"domain": domain}}
    tooltip = [
        {"field": "year", "type": "ordinal", "title": t("year")},
        *([{"field": "group", "type": "nominal", "title": t("group_of")}] if many else []),
        {"field": "value", "type": "quantitative", "title": what, "format": ",.6~g"},
    ]
    layers = [
        _layer({"type": "line", "strokeWidth": 2.2, "strokeDash": dash}, part, x=year, y=value, color=color)
        for part, dash in ((_over(data), [1, 0]), (_open(data), [3, 4]))
        if part
    ]
    point = {"type": "point", "filled": True, "size": 42}
    layers.append(_layer(point, data, x=year, y=value, color=color, tooltip=tooltip, opacity=PALE))
    if many:
        label = {"type": "text", "align": "left", "baseline": "middle", "dx": 10, "fontSize": 12}
        at = {"field": "at", "type": "quantitative"}
        name = {"field": "group", "type": "nominal"}
        layers.append(_layer(label, _ends(data, height), x=year, y=at, text=name, color={"value": _ink()}))
    _draw({"layer": layers, "height": height}, language, _sentence(data, what, language))
    return any(row["open"] for row in data)


def timeline(rows: Sequence[Mapping[str, Any]], *, alt: str, language: str) -> None:
    """What ran from when to when, in the order of ``rows`` (name, start, end, kind, about, years): a bar, for what took
    a few days a point, and pale up to today what has no end yet."""
    now = today()
    data: list[Row] = []
    for row in rows:
        end = row["end"] or max(now, row["start"])
        brief = (end - row["start"]).days < SHORT
        told = {"name": shortened(row["name"], 40), "whole": row["name"], "brief": brief, "open": row["end"] is None}
        data.append({**row, **told, "start": row["start"].isoformat(), "end": end.isoformat()})
    kinds = list(dict.fromkeys(row["kind"] for row in data))
    # One tick a year; over many years only so many as fit.
    step = max(1, (int(max(row["end"] for row in data)[:4]) - int(min(row["start"] for row in data)[:4])) // 12)
    shared = {
        "x": {
            "field": "start", "type": "temporal", "title": None, "scale": {"nice": "year"},
            "axis": {"format": "%Y", "tickCount": {"interval": "year", "step": step}, "grid": True},
        },
        "y": {
            "field": "name", "type": "nominal", "title": None, "sort": [row["name"] for row in data],
            "axis": {"labelLimit": 280, "ticks": False, "domain": False},
        },
        "color": {
            "field": "kind", "type": "nominal", "title": None, "scale": {"domain": kinds},
            "legend": {"orient": "top", "title": None} if len(kinds) > 1 else None,
        },
        "opacity": PALE,
        "tooltip": [
            {"field": "whole", "type": "nominal", "title": t("column.name")},
            {"field": "years", "type": "nominal", "title": t("column.years")},
            {"field": "about", "type": "nominal", "title": t("column.role")},
        ],
    }  # fmt: skip
    layers = [
        _layer({"type": "bar", "height": 10, "cornerRadius": 2}, _long(data), **shared, x2={"field": "end"}),
        _layer({"type": "point", "filled": True, "size": 70}, [row for row in data if row["brief"]], **shared),
    ]
    _draw({"layer": layers, "height": {"step": 22}}, language, alt)


def _ink() -> str:
    """The colour of text. A name beside its line needs no colour of its own, and orange on white cannot be read."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor") or "gray")


def _layer(mark: Row, data: Sequence[Mapping[str, Any]], **encoding: Any) -> Row:
    return {"mark": mark, "data": {"values": list(data)}, "encoding": encoding}


def _draw(spec: Row, language: str, alt: str) -> None:
    st.vega_lite_chart({**spec, "config": {"locale": {"number": _NUMBERS[language]}}}, alt=alt)


def _long(data: Sequence[Row]) -> list[Row]:
    return [row for row in data if not row["brief"]]


def _over(data: Sequence[Row]) -> list[Row]:
    return [row for row in data if not row["open"]]


def _open(data: Sequence[Row]) -> list[Row]:
    """The open years with the whole one before them, so that the dashes begin where the line ends."""
    begun = min((row["year"] for row in data if row["open"]), default=None)
    return [row for row in data if begun is not None and row["year"] >= begun - 1]


def _ends(data: Sequence[Row], height: int) -> list[Row]:
    """The last point of every line, with labels pushed apart where lines end close together."""
    last = {row["group"]: row for row in sorted(data, key=lambda row: row["year"])}
    least = max((row["value"] for row in data), default=0) * LABEL / max(1, height - 40)
    ends: list[Row] = []
    for row in sorted(last.values(), key=lambda row: row["value"]):
        at = max(row["value"], ends[-1]["at"] + least) if ends else row["value"]
        ends.append({"year": row["year"], "group": row["group"], "at": at})
    return ends


def _sentence(data: Sequence[Row], what: str, language: str) -> str:
    """The chart for who cannot see it: every line's first and last value."""
    told = []
    for group in dict.fromkeys(row["group"] for row in data):
        line = sorted((row for row in data if row["group"] == group), key=lambda row: row["year"])
        ends = [f"{row['year']} {written(row['value'], language)}" for row in (line[0], line[-1])]
        told.append(f"{group}: {' → '.join(dict.fromkeys(ends))}")
    return f"{what}. {'; '.join(told)}"
