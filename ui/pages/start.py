"""Start: one search field, the hub in four numbers, links that nobody sees, and what came in last."""

import streamlit as st

from ui import doors, parts, state
from ui.texts import t


def show() -> None:
    if state.is_empty():
        doors.show()
        return
    st.title(t("start.title"))
    text = st.text_input(
        t("search"), placeholder=t("start.placeholder"), icon=":material/search:", key="q", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if text.strip():
        parts.found(state.find(text), text)
        return
    taken = state.snapshot()
    year = state.last_year(taken)
    rows = state.growth(year - 4, year)
    numbers(rows, year)
    left, right = st.columns([7, 5], gap="large")
    with right:
        kinds = state.growth(year - 4, year, "kind")
        st.subheader(t("start.ties_by_kind"))
        shown = [row for row in kinds if row["indicator"] == "ties" and row["group"] not in ("", "other", "person")]
        parts.lines(shown, t("indicator.ties"), t("start.ties_by_kind"))
        found = state.stats()
        st.caption(t("start.basis", collaborations=found.collaborations, sources=names(), revision=found.revision))
        last_imports()
    with left:
        st.subheader(t("start.overlooked"))
        st.caption(t("start.overlooked_help"))
        links = state.missing_links("overlooked", 5)
        for number, row in enumerate(links):
            parts.suggestion(row, taken.places, key=f"start{number}")
        if not links:
            st.info(t("links.none"))
        state.link("missing_links", f":material/arrow_forward: {t('start.all_links')}")


def numbers(rows: list[dict[str, object]], year: int) -> None:
    """Four numbers of the last year with the line of the years before."""
    items = []
    for indicator in ("actors", "collaborations", "ties_new", "ties"):
        line = {int(str(row["year"])): float(str(row["value"])) for row in rows if row["indicator"] == indicator}
        values = [line.get(at, 0.0) for at in range(year - 4, year + 1)]
        before = values[-2] if values[-2] else None
        items.append((t(f"start.number.{indicator}", year=str(year)), values[-1], before, values))
    parts.figures(items)


def names() -> str:
    return ", ".join(row["source"] for row in state.sources())


def last_imports() -> None:
    st.subheader(t("start.recent"))
    for row in state.imports()[:3]:
        new = row["counts"].get("new") or 0
        line = t("start.recent_import", n=int(new), source=row["source"], when=row["recorded"])
        state.link("data", f":material/upload: {line}")
