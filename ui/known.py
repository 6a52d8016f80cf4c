"""What else is known of a thing, at the end of its card: its values, what it relates to, and who says so."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from graph.store.ask import Card
from ui import parts, state, tables
from ui.texts import called, country, day, nameless, plain, said, t, w

FACTS = (
    "kind", "short_name", "acronym", "title", "programme", "start", "end", "on", "budget_eur", "format", "scope",
    "legal_form", "size", "sme", "street", "postcode", "municipality", "country", "domain", "email", "phone",
    "languages", "founded", "dissolved", "basis", "basis_expires", "retention_until", "purpose", "publish", "decision",
    "amount_eur", "paid_eur", "applied", "decided", "report_due", "stage", "reason", "asked_by", "text", "code",
)  # fmt: skip
UNNAMED = ("Introduction", "Touch")
# People and parts first; what is not named here follows.
FIRST = ("WORKS_FOR_in", "WORKS_FOR_out", "ABOUT_out", "PART_OF_out", "PART_OF_in", "APPLIED_FOR_in", "APPLIED_FOR_out")
FEW = 12  # shown as a list; more is a table
_EMPTY: tuple[Any, ...] = (None, "", [])


def show(card: Card) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _facts(card)
    with right:
        _related(card)
    _sources(card)


def name(card: Card) -> str:
    """What it is called in the reader's language."""
    return _called(card.label, card.name)


def _called(label: str, told: str) -> str:
    """A theme has a name in each language; a contact has none and is told by what it is and its number."""
    if label == "Theme":
        return state.theme(told)
    return f"{t(f'label.{label}').capitalize()} {told.partition(':')[2]}" if label in UNNAMED else told


def _facts(card: Card) -> None:
    told = {t(f"column.{one}"): _fact(one, card.shown) for one in FACTS if card.shown.get(one) not in _EMPTY}
    keys = [plain(called(key)) for key in card.keys if nameless(key)]
    if keys and card.label in ("Organisation", "Collaboration"):
        told[t("card.keys")] = ", ".join(keys)
    if told:
        st.subheader(t("card.facts"))
        st.table(told, border="horizontal", width="content")


def _fact(one: str, shown: Mapping[str, Any]) -> str:
    value = shown[one]
    if isinstance(value, list):
        return plain(", ".join(map(str, value)))
    if isinstance(value, date):
        return day(value, str(shown.get(f"{one}_precision", "day")))
    if one == "country":
        return plain(country(str(value)))
    if one == "domain":
        return f"[{plain(str(value))}](https://{value})"
    if isinstance(value, str):
        return plain(said(f"{one}.{value}", value))
    return w(round(value) if one.endswith("_eur") else value)


def _related(card: Card) -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in card.related:
        groups.setdefault(f"{row['type']}_{row['way']}", []).append(row)
    for group in sorted(groups, key=lambda one: FIRST.index(one) if one in FIRST else len(FIRST)):
        rows = groups[group]
        st.subheader(t(f"related.{group}"))
        for row in rows[:FEW]:
            _one(row)
        if len(rows) > FEW:
            _all(group, rows)


def _one(row: Mapping[str, Any]) -> None:
    role = plain(said(f"role.{row['role']}", str(row["role"]))) if row["role"] else ""
    told = " · ".join(part for part in (role, _years(row)) if part)
    name, about = st.columns([4, 3], vertical_alignment="center") if told else (st.container(), st.container())
    with name:
        parts.named(str(row["id"]), _name(row), str(row["label"]), _kind(row))
    if told:
        about.caption(told)


def _years(row: Mapping[str, Any]) -> str:
    return parts.when(row["start"], row["end"]) if row["start"] or row["end"] else ""


def _all(group: str, rows: list[dict[str, Any]]) -> None:
    with st.expander(t("all_shown", n=len(rows))):
        tables.leading(
            [parts.shaped(_name(row), str(row["label"]), _kind(row)) for row in rows],
            [str(row["id"]) for row in rows],
            tables.known({"years": (t("column.years"), list(map(_years, rows)), "text")}),
            key=f"card_{group}",
            first=t("column.name"),
            alt=t(f"related.{group}"),
        )


def _name(row: Mapping[str, Any]) -> str:
    return _called(str(row["label"]), str(row["name"]))


def _kind(row: Mapping[str, Any]) -> str | None:
    taken = state.snapshot()
    at = taken.places.get(str(row["id"]))
    return None if at is None else str(taken.actor_kind[at])


def _sources(card: Card) -> None:
    st.subheader(t("card.sources"))
    for row in card.sources:
        by = ", ".join(plain(str(part)) for part in (row["publisher"], row["licence"]) if part)
        seen = t("card.seen", n=row["records"], when=row["last_seen"])
        st.caption(f":material/database: **{plain(row['source'])}** {f'({by})' if by else ''} · {seen}")
    st.caption(t("card.recorded", when=card.recorded))
