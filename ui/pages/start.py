"""Start: one search field, the hub in four numbers, links that nobody sees, and what came in last."""

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from graph.model.time import today
from graph.snapshot import Snapshot
from ui import address, charts, parts, state
from ui.texts import called, country, language, nameless, plain, said, t

NUMBERS = ("actors", "collaborations", "ties", "ties_first")
BACK = 4  # years before the one that the numbers speak of
LINKS = 5
EXAMPLES = 3
SHORT = 36  # letters of an example


def show() -> None:
    if state.is_empty():
        from ui import doors  # only here: with the demo world behind it, it takes a quarter of a second to import

        doors.show()
        return
    st.title(t("start.title"))
    text = st.text_input(
        t("search"), address.asked("q"), placeholder=t("start.placeholder"), type="search", live=True, key="q",
        label_visibility="collapsed",
    )  # fmt: skip
    address.view(q=text or "")
    if text and text.strip():
        parts.found(state.find(text), text)
        return
    taken = state.snapshot()
    _examples(taken)
    year = state.told_year(taken)
    _numbers(year)
    left, right = st.columns([7, 5], gap="large")
    with right:
        _kinds(year, state.years(taken)[1])
        _imports()
    with left:
        _links(taken)


def _examples(taken: Snapshot) -> None:
    """Names to begin with: those at home with the most partners, as far as they fit in one line."""
    home = state.home()
    order = [
        at
        for at in (-state.totals().partners).argsort(kind="stable")
        if taken.actor_label[at] == "Organisation"
        and taken.actor_country[at] in (home, "")
        and len(taken.actor_name[at]) <= SHORT
        and not nameless(taken.actor_name[at])
    ]
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.caption(t("start.examples"), width="content")
        for at in order[:EXAMPLES]:
            address.link("organisation", plain(called(str(taken.actor_name[at]))), id=str(taken.actor_id[at]))


def _numbers(year: int) -> None:
    """Four numbers of one year with the line of the years before."""
    if year < today().year - 1:
        st.caption(t("start.old", year=str(year)))
    rows = state.growth(year - BACK, year, NUMBERS)
    items = []
    for indicator in NUMBERS:
        line = {row["year"]: float(row["value"]) for row in rows if row["indicator"] == indicator}
        values = [line.get(at, 0.0) for at in range(year - BACK, year + 1)]
        meaning = f"{t(f'definition.{indicator}')} {t('start.line', first=str(year - BACK), last=str(year))}"
        items.append((t(f"start.number.{indicator}", year=str(year)), meaning, values[-1], values[-2] or None, values))
    parts.figures(items, year - 1)


def _kinds(year: int, last: int) -> None:
    st.subheader(t("start.ties_by_kind"))
    rows = [row for row in state.growth(year - BACK, last, ("ties",), "kind") if row["group"] not in ("", "other")]
    if charts.lines(rows, t("indicator.ties"), language=language(), height=260, name_of=_kind):
        st.caption(t("open_years"))
    found = state.stats()
    sources = ", ".join(plain(row["source"]) for row in state.sources())
    st.caption(t("start.basis", collaborations=found.collaborations, sources=sources))
    address.link("growth", t("start.to_growth"), icon=":material/arrow_forward:")


def _kind(kind: str) -> str:
    return said(f"kind.{kind}")


def _imports() -> None:
    st.subheader(t("start.recent"))
    for row in state.imports()[:3]:
        new = int(row["counts"].get("new") or 0)
        line = t("start.recent_import", n=new, source=plain(row["source"]), when=row["recorded"])
        address.link("data", line, icon=":material/upload:")


def _links(taken: Snapshot) -> None:
    st.subheader(t("start.overlooked"))
    home = state.home()
    where = f" {t('links.at_home', country=country(home))}" if home else ""
    st.caption(f"{t('start.overlooked_help')}{where}")
    links = list(_various(state.missing_links("overlooked", 60, country=home), taken))[:LINKS]
    for number, row in enumerate(links):
        parts.suggestion(row, taken.places, key=f"start{number}")
    if not links:
        st.info(t("links.none"))
    address.link("missing_links", t("start.all_links"), icon=":material/arrow_forward:", lijst="overlooked")


def _various(rows: list[dict[str, Any]], taken: Snapshot) -> Iterator[Mapping[str, Any]]:
    """The best of those who have a name, everybody once: five lines about one organisation are one line too many."""
    told: set[str] = set()
    for row in rows:
        ends = {row["a"], row["b"]}
        if not ends & told and not any(nameless(str(taken.actor_name[taken.places[end]])) for end in ends):
            told |= ends
            yield row
