"""Parts that several pages show the same way: a kind's mark, a name that leads to its card, figures, a chart."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
import streamlit as st

from ui import state
from ui.texts import percent, plain, said, t, w

# A kind has a colour and a shape, so that neither is needed alone.
MARKS = {
    "company": ":blue[●]",
    "knowledge_institution": ":orange[■]",
    "government": ":green[◆]",
    "intermediary": ":violet[▲]",
    "other": ":gray[●]",
    "person": ":gray[◉]",
    "collaboration": ":gray[▬]",
}


def mark(label: str, kind: str | None) -> str:
    if label == "Organisation":
        return MARKS.get(kind or "other", MARKS["other"])
    return MARKS.get(label.lower(), MARKS["other"])


def kind_of(label: str, kind: str | None) -> str:
    """What it is, in a word of the reader's language."""
    if label == "Person":
        return t("kind.person")
    return said(f"kind.{kind or 'other'}")


def named(id: str, name: str, label: str, kind: str | None) -> None:
    """The mark and the name, leading to the card."""
    state.link("organisation", f"{mark(label, kind)} {plain(name)}", id=id)


def when(start: date | None, end: date | None) -> str:
    """A span of years as a reader says it: 2015–2018, since 2015, until 2018."""
    if start and end:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start:
        return t("since", year=str(start.year))
    return t("until", year=str(end.year)) if end else "–"


def figures(items: Sequence[tuple[str, float, float | None, Sequence[float]]]) -> None:
    """Large numbers side by side, each with its change against the year before and its line."""
    for column, (label, value, before, line) in zip(st.columns(len(items)), items, strict=True):
        change = t("against", change=percent(value / before - 1)) if before else None
        column.metric(
            label,
            w(int(value)),
            change,
            border=True,
            chart_data=list(line) if len(line) > 1 else None,
            chart_type="area",
            delta_color="gray",
            delta_arrow="auto" if change and value != before else "off",
        )


def lines(rows: Iterable[Mapping[str, Any]], title: str, alt_text: str, height: int = 280) -> None:
    """One line for each group over the years, named at its end; years that are not over are drawn apart."""
    data = [
        {
            "year": row["year"],
            "group": said(f"kind.{row['group']}") if row["group"] else title,
            "value": row["value"],
            "open": "open" in row["flags"],
        }
        for row in rows
    ]
    if not data:
        st.caption(t("nothing_to_draw"))
        return
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4, labelExpr=_grouped_digits())),
        color=alt.Color("group:N", legend=alt.Legend(title=None, orient="bottom") if _many(data) else None),
        tooltip=[
            alt.Tooltip("year:O", title=t("year")),
            alt.Tooltip("group:N", title=t("group_of")),
            alt.Tooltip("value:Q", title=title, format=",.6~g"),
        ],
    )
    whole = base.transform_filter("!datum.open").mark_line(strokeWidth=2.2)
    points = base.mark_point(filled=True, size=45).encode(
        opacity=alt.condition("datum.open", alt.value(0.35), alt.value(1.0))
    )
    st.altair_chart((whole + points).properties(height=height), alt=alt_text)
    if any(row["open"] for row in data):
        st.caption(t("open_years"))


def _grouped_digits() -> str:
    """Vega's own numbers are English; this writes thousands as the reader's language does."""
    return f"replace(format(datum.value, ',.12~g'), /,/g, '{w(1000)[1:-3]}')"


def _many(data: Sequence[Mapping[str, Any]]) -> bool:
    return len({row["group"] for row in data}) > 1


def suggestion(row: Mapping[str, Any], places: Mapping[str, int], *, key: str) -> None:
    """A missing link in a box: both names, the strongest reasons in a sentence, and all of them on demand."""
    taken = state.snapshot()
    reasons = json.loads(row["reasons"])
    with st.container(border=True):
        names, why = st.columns([5, 6], vertical_alignment="center")
        with names:
            for end in ("a", "b"):
                at = places[row[end]]
                named(row[end], str(taken.actor_name[at]), str(taken.actor_label[at]), str(taken.actor_kind[at]))
        with why:
            best = ", ".join(plain(reason["label"]) for reason in reasons[:2])
            more = len(reasons) - 2
            st.markdown(
                t("shared_partners", n=len(reasons)) + ": " + best + (f" {t('and_more', n=more)}" if more > 0 else "")
            )
            with st.popover(t("why"), icon=":material/info:"):
                st.caption(t("why_help", score=f"{row['score']:.3f}"))
                for reason in reasons[:12]:
                    at = places[reason["id"]]
                    named(reason["id"], reason["label"], str(taken.actor_label[at]), str(taken.actor_kind[at]))
                if len(reasons) > 12:
                    st.caption(t("and_more", n=len(reasons) - 12))


def found(rows: Sequence[Any], searched: str) -> None:
    """The answers to a search, each leading on."""
    if not rows:
        st.info(t("found_nothing", text=plain(searched)), icon=":material/search_off:")
    for one in rows:
        name, about = st.columns([3, 2], vertical_alignment="center")
        with name:
            named(one.id, one.name, one.label, one.kind)
        place = ", ".join(plain(part) for part in (one.municipality, one.country) if part)
        active = t("participants" if one.label == "Collaboration" else "collaborations", n=one.active)
        about.caption(" · ".join(part for part in (kind_of(one.label, one.kind), place, active) if part))
