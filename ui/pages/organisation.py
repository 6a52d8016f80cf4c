"""The card: all that is known of one organisation, person or collaboration, each fact with its dates and its source."""

from typing import Any

import streamlit as st

from graph.errors import UnknownId
from graph.store.ask import ACTORS, Card
from ui import address, charts, known, parts, state, tables
from ui.drawing import draw
from ui.pages.network import partners as partners_table
from ui.texts import called, country, language, nameless, place, plain, said, t, w

FEW = 12  # shown as a list; more is a table
BARS = 15


def show() -> None:
    id = st.query_params.get("id", "")
    if not id:
        _choose()
        return
    try:
        card = state.card(id)
    except UnknownId:
        st.warning(t("card.unknown"), icon=":material/help:")
        _choose()
        return
    name = known.name(card)
    address.title(called(name))
    _head(card, name)
    if card.label in ACTORS:
        if card.partners:
            _partners(card)
        _took_part(card)
        if card.label == "Organisation" and card.partners:
            _missing(card)
    elif card.participants:
        _participants(card)
    known.show(card)


def _choose() -> None:
    st.title(t("page.organisation"))
    text = st.text_input(t("search"), key="card_q", type="search", live=True, placeholder=t("start.placeholder"))
    if text and text.strip():
        parts.found(state.find(text), text)
    else:
        st.caption(t("card.choose"))


def _head(card: Card, name: str) -> None:
    kind = card.shown.get("kind")
    short = card.shown.get("short_name")
    also = f" :gray[{plain(str(short))}]" if short and short != name else ""
    st.title(f"{parts.mark(card.label, kind)} {plain(called(name))}{also}")
    where = plain(place(card.shown.get("municipality"), card.shown.get("country")))
    what = parts.kind_of(card.label, kind)
    sentence = [f"{what[:1].upper()}{what[1:]}{f' · {where}' if where else ''}."]
    if card.label in ACTORS:
        sentence.append(_acted(card))
    elif card.participants:
        sentence.append(_gathered(card))
    st.markdown(" ".join(sentence))
    if nameless(name):
        st.caption(t("card.nameless"))
    if card.label in ACTORS and card.partners:
        with st.container(horizontal=True, gap="medium"):
            address.link("network", t("card.to_network"), icon=":material/hub:", id=card.id)
            if card.label == "Organisation":
                address.link("missing_links", t("page.missing_links"), icon=":material/link:", voor=card.id)


def _acted(card: Card) -> str:
    """How much it took part, and with whom most often, as a sentence."""
    if not card.partners:
        return t("card.no_partners")
    told = t("card.sentence", collaborations=t("collaborations", n=card.collaborations_total),
             partners=t("partners", n=card.partners_total))  # fmt: skip
    first = card.partners[0]
    if first.shared > 1:
        told += " " + t("card.most", name=plain(called(first.name)), times=t("times", n=first.shared))
    return told


def _gathered(card: Card) -> str:
    """How many took part, from how many countries, and who led it."""
    who = {row["id"]: row for row in card.participants}
    countries = {row["country"] for row in who.values() if row["country"]}
    told = t("card.sentence_collaboration", n=len(who))
    if len(countries) > 1:
        told += " " + t("card.countries", n=len(countries))
    led = [row["name"] for row in card.participants if row["role"] == "coordinator"]
    if len(led) == 1:
        told += " " + t("card.led", name=plain(called(led[0])))
    return told


def _partners(card: Card) -> None:
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.subheader(t("column.partners"))
        for partner in card.partners[:FEW]:
            name, count = st.columns([5, 3], vertical_alignment="center")
            with name:
                parts.named(partner.id, partner.name, partner.label, partner.kind)
            count.caption(f"{t('times', n=partner.shared)} · {parts.when(partner.first, partner.last)}")
    with right:
        st.subheader(t("card.network"))
        draw([card.id], key="card_network", height=460, cap=40)
    if len(card.partners) > FEW:
        with st.expander(t("card.all_partners", n=card.partners_total)):
            if card.partners_total > len(card.partners):
                st.caption(t("first_shown", n=len(card.partners)))
            partners_table(card.partners, key="card_partners")


def _took_part(card: Card) -> None:
    st.subheader(t("column.collaborations"))
    if not card.collaborations:
        st.caption(t("card.no_collaborations"))
        return
    bars = [
        {
            "name": _name(row),
            "start": row["start"],
            "end": row["end"],
            "years": parts.when(row["start"], row["end"]),
            "kind": said(f"kind.{row['kind']}"),
            "about": said(f"role.{row['role']}") if row["role"] else "",
        }
        for row in card.collaborations
        if row["start"]
    ][:BARS]
    if bars:
        if card.collaborations_total > len(bars):
            st.caption(t("card.newest", n=len(bars), total=card.collaborations_total))
        charts.timeline(bars, alt=t("card.timeline"), language=language())
    with st.expander(t("card.all_collaborations", n=card.collaborations_total)):
        if card.collaborations_total > len(card.collaborations):
            st.caption(t("first_shown", n=len(card.collaborations)))
        rows = card.collaborations
        tables.leading(
            [_name(row) for row in rows],
            [row["id"] for row in rows],
            tables.known(
                {
                    "kind": (t("column.kind"), [said(f"kind.{row['kind']}") for row in rows], "text"),
                    "role": (t("column.role"), [_role(row) for row in rows], "text"),
                    "start": (t("column.start"), [row["start"] for row in rows], "day"),
                    "end": (t("column.end"), [row["end"] for row in rows], "day"),
                    "amount": (t("column.amount_eur"), [_euro(row["amount_eur"]) for row in rows], "number"),
                    "others": (t("column.others"), [row["others"] for row in rows], "number"),
                }
            ),
            key="card_collaborations",
            first=t("column.name"),
            alt=t("column.collaborations"),
        )


def _name(row: Any) -> str:
    """A collaboration by its short name and, where there is one, what it is about."""
    name = called(str(row["name"]))
    return f"{name}: {row['title']}" if row["title"] and row["title"] != row["name"] else name


def _role(row: Any) -> str:
    state_of = said(f"state.{row['state']}") if row["state"] else ""
    return ", ".join(part for part in (said(f"role.{row['role']}") if row["role"] else "", state_of) if part)


def _euro(amount: float | None) -> int | None:
    return None if amount is None else round(amount)


def _participants(card: Card) -> None:
    st.subheader(t("participants_title"))
    rows = card.participants
    if len(rows) <= FEW:
        for row in rows:
            name, about = st.columns([4, 4], vertical_alignment="center")
            with name:
                parts.named(row["id"], row["name"], row["label"], row["kind"])
            told = [_role(row), place(row["municipality"], row["country"])]
            if row["amount_eur"] is not None:
                told.append(f"€ {w(round(row['amount_eur']))}")
            about.caption(" · ".join(plain(part) for part in told if part))
        return
    tables.leading(
        [parts.shaped(row["name"], row["label"], row["kind"]) for row in rows],
        [row["id"] for row in rows],
        tables.known(
            {
                "kind": (t("column.kind"), [parts.kind_of(row["label"], row["kind"]) for row in rows], "text"),
                "role": (t("column.role"), [_role(row) for row in rows], "text"),
                "municipality": (t("column.municipality"), [row["municipality"] or "" for row in rows], "text"),
                "country": (t("column.country"), [country(row["country"] or "") for row in rows], "text"),
                "amount": (t("column.amount_eur"), [_euro(row["amount_eur"]) for row in rows], "number"),
            }
        ),
        key="card_participants",
        first=t("column.name"),
        alt=t("participants_title"),
        height=480,
    )


def _missing(card: Card) -> None:
    st.subheader(t("card.missing_links"))
    rows = state.missing_links("likely", 3, only=card.id)
    if not rows:
        st.caption(t("links.none_for"))
        return
    taken = state.snapshot()
    for number, row in enumerate(rows):
        parts.suggestion(row, taken.places, key=f"card{number}", about=card.id)
    address.link("missing_links", t("card.all_links"), icon=":material/arrow_forward:", voor=card.id)
