"""Parts that several pages show the same way: a kind's mark, a name that leads to its card, figures, a suggestion."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from graph.snapshot import Snapshot
from ui import address, state
from ui.texts import called, percent, place, plain, said, share, shortened, t, w

# A kind has a shape and a colour, so that neither is needed alone.
SHAPES = {
    "company": ("●", "blue"),
    "knowledge_institution": ("■", "orange"),
    "government": ("◆", "green"),
    "intermediary": ("▲", "violet"),
    "other": ("●", "gray"),
    "person": ("◉", "gray"),
    "collaboration": ("▬", "gray"),
}
REASONS = 12  # shown of one suggestion


def shaped(name: str, label: str, kind: str | None) -> str:
    """The kind's shape and the name, where no colour can be had."""
    return f"{_shape(label, kind)[0]} {called(name)}"


def mark(label: str, kind: str | None) -> str:
    sign, color = _shape(label, kind)
    return f":{color}[{sign}]"


def _shape(label: str, kind: str | None) -> tuple[str, str]:
    if label == "Organisation":
        return SHAPES.get(kind or "other", SHAPES["other"])
    return SHAPES.get(label.lower(), SHAPES["other"])


def kind_of(label: str, kind: str | None) -> str:
    """What it is, in a word of the reader's language."""
    if label == "Person":
        return t("kind.person")
    if label in ("Organisation", "Collaboration"):
        return said(f"kind.{kind or 'other'}")
    return t(f"label.{label}")


def named(id: str, name: str, label: str, kind: str | None, *, strong: bool = False) -> None:
    """The mark and the name, leading to the card."""
    shown = plain(called(name))
    address.link("organisation", f"{mark(label, kind)} {f'**{shown}**' if strong else shown}", id=id)


def when(start: date | None, end: date | None) -> str:
    """A span of years as a reader says it: 2015–2018, since 2015, until 2018."""
    return span(start.year if start else 0, end.year if end else 0)


def span(first: int, last: int) -> str:
    """As :func:`when`, of years; 0 for one that nobody knows."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        return t("since", year=str(first))
    return t("until", year=str(last)) if last else "–"


def nothing_yet() -> None:
    """On an empty store: what to do next."""
    st.info(t("nothing_yet"), icon=":material/inbox:")
    address.link("data", t("to_data"), icon=":material/arrow_forward:")


def figures(items: Sequence[tuple[str, str, float, float | None, Sequence[float]]], before: int) -> None:
    """Large numbers side by side: name, what it means, value, the value of the year ``before``, the line of years."""
    for column, (label, meaning, value, was, line) in zip(st.columns(len(items)), items, strict=True):
        column.metric(
            label,
            w(int(value)),
            percent(value / was - 1) if was else None,
            border=True,
            help=meaning,
            chart_data=list(line) if len(line) > 1 else None,
            chart_type="area",
            delta_color="gray",
            delta_arrow="auto" if was and value != was else "off",
            delta_description=t("against", year=str(before)) if was else None,
        )


def suggestion(row: Mapping[str, Any], places: Mapping[str, int], *, key: str, about: str = "") -> None:
    """A missing link in a box: both names, the strongest reasons in a sentence, and all of them on demand. ``about``:
    whose list this is, who then is not named each time."""
    taken = state.snapshot()
    reasons = json.loads(row["reasons"])
    with st.container(border=True):
        names, told = st.columns([6, 5], gap="medium", vertical_alignment="center")
        with names:
            for end in (row["a"], row["b"]):
                if end != about:
                    _whom(taken, places[end])
        with told, st.container(gap="xsmall"):
            st.markdown(_in_short(reasons))
            with st.popover(t("why"), type="tertiary", key=f"{key}_why", on_change="rerun") as whole:
                if whole.open:  # twenty of these with a dozen links each are slow to draw unasked
                    _reasons(float(row["score"]), reasons, places)


def _whom(taken: Snapshot, at: int) -> None:
    label, kind = str(taken.actor_label[at]), str(taken.actor_kind[at])
    where = place(str(taken.actor_municipality[at]), str(taken.actor_country[at]))
    with st.container(gap=None):
        named(str(taken.actor_id[at]), str(taken.actor_name[at]), label, kind, strong=True)
        st.caption(" · ".join(part for part in (kind_of(label, kind), plain(where)) if part))


def _in_short(reasons: Sequence[Mapping[str, Any]]) -> str:
    """What speaks for a link, as one or two sentences: the shared partners that say most, and the shared themes."""
    partners = [called(one["label"]) for one in reasons if one["kind"] == "partner"]
    many = len(partners) + sum(int(one["label"]) for one in reasons if one["kind"] == "others")
    themes = [state.theme(one["label"]) for one in reasons if one["kind"] == "theme"]
    told = []
    if many:
        first = [plain(shortened(name, 30)) for name in partners[:2]]
        more = f" {t('and_more', n=many - len(first))}" if many > len(first) else ""
        told.append(t("shared_named", partners=t("shared_partners", n=many), names=f"{', '.join(first)}{more}"))
    if themes:
        told.append(t("shared_themes", n=len(themes), names=", ".join(map(plain, themes[:3]))))
    return " ".join(told).replace("….", "…")


def _reasons(score: float, reasons: Sequence[Mapping[str, Any]], places: Mapping[str, int]) -> None:
    """Every reason with its part of the score, as far as they fit; the parts come to the whole."""
    taken = state.snapshot()
    st.caption(t("why_help"))
    rest = sum(one["value"] for one in reasons[REASONS:])
    for one in reasons[:REASONS]:
        if one["kind"] == "others":
            rest += one["value"]
            continue
        who, part = st.columns([5, 1], vertical_alignment="center")
        with who:
            if one["kind"] == "partner":
                at = places[one["id"]]
                named(one["id"], one["label"], str(taken.actor_label[at]), str(taken.actor_kind[at]))
            else:
                st.markdown(t("shared_theme", name=plain(state.theme(one["label"]))))
        part.caption(share(one["value"] / score))
    if rest:
        st.caption(t("rest_of_reasons", part=share(rest / score)))


def found(rows: Sequence[Any], searched: str) -> None:
    """The answers to a search, each leading on."""
    if not rows:
        st.info(t("found_nothing", text=plain(searched)), icon=":material/search_off:")
    for one in rows:
        name, about = st.columns([3, 2], vertical_alignment="center")
        with name:
            named(one.id, one.name, one.label, one.kind)
        active = t("participants" if one.label == "Collaboration" else "collaborations", n=one.active)
        where = plain(place(one.municipality, one.country))
        about.caption(" · ".join(part for part in (kind_of(one.label, one.kind), where, active) if part))


def pick(key: str, label: str, param: str, labels: tuple[str, ...]) -> None:
    """A search whose answers are put in the address of this page as ``param``."""
    text = st.text_input(label, key=key, type="search", live=True, placeholder=t("organisations.search"))
    if not (text and text.strip()):
        return
    hits = state.find(text, labels, 6)
    if not hits:
        st.info(t("found_nothing", text=plain(text)), icon=":material/search_off:")
    for hit in hits:
        about = " · ".join(
            part for part in (kind_of(hit.label, hit.kind), place(hit.municipality, hit.country)) if part
        )
        st.button(
            f"{mark(hit.label, hit.kind)} {plain(called(hit.name))} :gray[{plain(about)}]", key=f"{key}_{hit.id}",
            type="tertiary", on_click=_picked, args=(key, param, hit.id),
        )  # fmt: skip


def _picked(key: str, param: str, id: str) -> None:
    st.session_state[key] = ""
    st.query_params[param] = id


def unpick(param: str) -> None:
    st.query_params.pop(param, None)
