"""The card: all that is known of one organisation, person or collaboration, each fact with its dates and its source."""

import altair as alt
import streamlit as st

from graph.errors import UnknownId
from graph.store.ask import ACTORS, Card
from ui import parts, state
from ui.drawing import draw
from ui.texts import plain, said, t, w

FACTS = (
    "kind", "acronym", "title", "programme", "start", "end", "budget_eur", "format", "legal_form", "size", "sme",
    "street", "postcode", "municipality", "country", "domain", "email", "phone", "languages", "founded", "dissolved",
    "basis", "purpose", "decision", "amount_eur", "applied", "decided", "stage", "reason", "code",
)  # fmt: skip


def show() -> None:
    id = st.query_params.get("id", "")
    if not id:
        _choose()
        return
    try:
        card = state.card(id)
    except UnknownId:
        st.warning(t("card.unknown"))
        _choose()
        return
    _head(card)
    acts = card.label in ACTORS
    if acts:
        left, right = st.columns([5, 6], gap="large")
        with left:
            _partners(card)
        with right:
            st.subheader(t("card.network"))
            draw([card.id], key="card_network", height=430, cap=40)
        _took_part(card)
        if card.label == "Organisation":
            _missing(card)
    else:
        _participants(card)
    left, right = st.columns(2, gap="large")
    with left:
        _related(card)
    with right:
        _facts(card)
    _sources(card)


def _choose() -> None:
    st.title(t("page.organisation"))
    text = st.text_input(t("search"), key="card_q", icon=":material/search:", placeholder=t("start.placeholder"))
    if text.strip():
        parts.found(state.find(text), text)
    else:
        st.caption(t("card.choose"))


def _head(card: Card) -> None:
    st.title(f"{parts.mark(card.label, card.shown.get('kind'))} {plain(card.name)}")
    place = ", ".join(plain(str(card.shown[key])) for key in ("municipality", "country") if card.shown.get(key))
    kind = parts.kind_of(card.label, card.shown.get("kind")) if card.label != "Theme" else t("label.Theme")
    sentence = [f"{kind}{' · ' + place if place else ''}."]
    if card.label in ACTORS:
        sentence.append(t("card.sentence", collaborations=card.collaborations_total, partners=card.partners_total))
    elif card.participants:
        sentence.append(t("card.sentence_collaboration", n=len({row["id"] for row in card.participants})))
    st.markdown(" ".join(sentence))


def _partners(card: Card) -> None:
    st.subheader(t("column.partners"))
    if not card.partners:
        st.caption(t("card.no_partners"))
        return
    with st.container(height=430, border=False):
        for partner in card.partners[:60]:
            name, count = st.columns([5, 3], vertical_alignment="center")
            with name:
                parts.named(partner.id, partner.name, partner.label, partner.kind)
            count.caption(f"{t('times', n=partner.shared)} · {parts.when(partner.first, partner.last)}")
        if card.partners_total > 60:
            st.caption(t("first_shown", n=60))


def _took_part(card: Card) -> None:
    st.subheader(t("column.collaborations"))
    if not card.collaborations:
        st.caption(t("card.no_collaborations"))
        return
    bars = [
        {
            "name": row["name"],
            "start": row["start"].isoformat(),
            "end": (row["end"] or row["start"]).isoformat(),
            "kind": said(f"kind.{row['kind']}"),
            "role": said(f"role.{row['role']}") if row["role"] else "",
        }
        for row in card.collaborations[:30]
        if row["start"]
    ]
    if bars:
        chart = (
            alt.Chart(alt.InlineData(values=bars))
            .mark_bar(height=9, cornerRadius=2)
            .encode(
                x=alt.X("start:T", title=None, axis=alt.Axis(format="%Y")),
                x2="end:T",
                y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
                color=alt.Color("kind:N", title=None, legend=alt.Legend(orient="top")),
                tooltip=["name:N", "role:N", alt.Tooltip("start:T", title=t("column.start"))],
            )
        )
        st.altair_chart(chart, alt=t("card.timeline"))
    with st.expander(t("card.all_collaborations", n=card.collaborations_total)):
        for row in card.collaborations:
            name, about = st.columns([4, 4], vertical_alignment="center")
            with name:
                parts.named(row["id"], row["name"], "Collaboration", None)
            told = [said(f"role.{row['role']}") if row["role"] else "", parts.when(row["start"], row["end"])]
            if row["state"]:
                told.append(said(f"state.{row['state']}"))
            if row["amount_eur"] is not None:
                told.append(f"€ {w(int(row['amount_eur']))}")
            about.caption(" · ".join(part for part in [*told, t("others", n=row["others"])] if part))
        if card.collaborations_total > len(card.collaborations):
            st.caption(t("first_shown", n=len(card.collaborations)))


def _participants(card: Card) -> None:
    if not card.participants:
        return
    st.subheader(t("participants_title"))
    for row in card.participants:
        name, about = st.columns([4, 4], vertical_alignment="center")
        with name:
            parts.named(row["id"], row["name"], row["label"], row["kind"])
        told = [said(f"role.{row['role']}") if row["role"] else "", row["municipality"] or "", row["country"] or ""]
        if row["amount_eur"] is not None:
            told.append(f"€ {w(int(row['amount_eur']))}")
        about.caption(" · ".join(plain(part) for part in told if part))


def _missing(card: Card) -> None:
    st.subheader(t("card.missing_links"))
    rows = state.missing_links("likely", 3, card.id)
    if not rows:
        st.caption(t("links.none_for"))
    taken = state.snapshot()
    for number, row in enumerate(rows):
        parts.suggestion(row, taken.places, key=f"card{number}")
    if rows:
        state.link("missing_links", f":material/arrow_forward: {t('start.all_links')}", voor=card.id)


def _related(card: Card) -> None:
    groups: dict[str, list[dict[str, object]]] = {}
    for row in card.related:
        groups.setdefault(f"{row['type']}_{row['way']}", []).append(row)
    for group, rows in groups.items():
        st.subheader(said(f"related.{group}"))
        for row in rows[:40]:
            name, about = st.columns([4, 3], vertical_alignment="center")
            with name:
                parts.named(str(row["id"]), str(row["name"]), str(row["label"]), None)
            dates = parts.when(row["start"], row["end"])  # type: ignore[arg-type]
            about.caption(" · ".join(part for part in (plain(str(row["role"] or "")), dates) if part and part != "–"))
        if len(rows) > 40:
            st.caption(t("first_shown", n=40))


def _facts(card: Card) -> None:
    st.subheader(t("card.facts"))
    for name in FACTS:
        value = card.shown.get(name)
        if value in (None, "", []):
            continue
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if isinstance(value, str):
            value = plain(said(f"{name}.{value}", value))
        st.markdown(f"**{t(f'column.{name}')}** {w(value)}")
    keys = [plain(key.rpartition("/")[2]) for key in card.keys if "name:" not in key]
    if keys:
        st.markdown(f"**{t('card.keys')}** {', '.join(keys)}")


def _sources(card: Card) -> None:
    st.subheader(t("card.sources"))
    for row in card.sources:
        by = ", ".join(plain(str(part)) for part in (row["publisher"], row["licence"]) if part)
        seen = t("card.seen", records=row["records"], when=row["last_seen"])
        st.caption(f":material/database: **{plain(row['source'])}** {by and f'({by})'} · {seen}")
    st.caption(t("card.recorded", when=card.recorded))
