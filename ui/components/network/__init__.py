"""The network view: who works with whom, drawn in the browser, answered to Python.

The reader walks, filters, searches and slides through the years inside the
browser; Python hears only what was chosen, what is to be expanded, and the year
once the slider rests. `network` is the one call; everything else serves it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

Kind = Literal["company", "knowledge_institution", "government", "intermediary", "other", "person", "collaboration"]

# In the order of the legend; the browser knows them by position (src/palette.js).
KINDS: Final[tuple[str, ...]] = get_args(Kind)

# The plural forms follow the language's rules through `_one` and `_other`.
TEXT_KEYS: Final[tuple[str, ...]] = (
    "locale",
    "view_label",
    "view_help",
    "notice_empty",
    "notice_working",
    "notice_failed",
    "search",
    "search_none",
    "toolbar_label",
    "zoom_in",
    "zoom_out",
    "fit",
    "full_screen",
    "save_image",
    "image_name",
    "clear",
    "legend_label",
    "legend_hint",
    *(f"kind_{kind}" for kind in KINDS),
    *(f"kinds_{kind}" for kind in KINDS),
    "year_label",
    "year_all",
    "year_up_to",
    "years_span",
    "years_since",
    "years_until",
    "years_unknown",
    "tie_between",
    "ties_one",
    "ties_other",
    "partners_one",
    "partners_other",
    "selected_one",
    "selected_other",
    "live_member",
    "live_selected",
)

TEXTS_FILE: Final = Path(__file__).with_name("texts.yml")
_BUNDLE: Final = Path(__file__).with_name("dist") / "network.js"


@dataclass(frozen=True, slots=True)
class Node:
    """One organisation, person or collaboration in the view.

    `size` is any measure that is zero or more: the area of the mark follows it.
    `x` and `y` may come from a stored layout, in any unit, y downwards; without
    them the browser finds a place and keeps it.
    """

    id: str
    label: str
    kind: Kind
    size: float = 1.0
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two nodes; ties between the same two are drawn as one line.

    Without a `first_year` a tie is shown in every year. Ties to nodes that are
    not in the view are left out; a tie of a node to itself is counted, not drawn.
    """

    id: str
    source: str
    target: str
    weight: float = 1.0
    first_year: int | None = None
    last_year: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class NetworkEvent:
    """What the reader asks for.

    `selected` holds on until it changes; `expand` is there in one run only, the
    one that the double click caused; `year` is where the slider rests, None for
    all years.
    """

    selected: tuple[str, ...] = ()
    expand: str | None = None
    year: int | None = None


@dataclass(slots=True)
class _Memory:
    """Between runs, in the session: what Python gave and what the reader made of it."""

    given: tuple[str, ...]
    selected: tuple[str, ...]
    imposed: tuple[str, ...]
    version: int = 1
    year: int | None = None


def network(
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    *,
    key: str,
    texts: Mapping[str, str],
    selected: Sequence[str] = (),
    focus: str | None = None,
    height: int = 560,
    dark: bool | None = None,
) -> NetworkEvent:
    """Draw the network and tell what the reader chose.

    `key` names the view: places, camera, filter and year are kept under it, also
    when another page comes in between. `texts` holds every one of `TEXT_KEYS` in
    the reader's language. `selected` and `focus` speak when they change: a new
    `selected` replaces what the reader chose, and a page may hand the event's
    selection back without effect. `height` is in pixels, bars included; `dark` None
    follows the theme.

    Raises KeyError when a text is missing.
    """
    import streamlit as st

    missing = [name for name in TEXT_KEYS if name not in texts]
    if missing:
        raise KeyError(f"network view: no text for {', '.join(missing)}")
    slot = state_key(key)
    memory = st.session_state.get(slot)
    given = tuple(dict.fromkeys(selected))
    if not isinstance(memory, _Memory):
        memory = _Memory(given=given, selected=given, imposed=given)
    elif given != memory.given:
        memory.given = given
        if given != memory.selected:
            memory.selected = memory.imposed = given
            memory.version += 1
    graph = _columns(nodes, ties)
    result = _renderer()(
        key=key,
        data={
            "key": key,
            "height": height,
            "dark": dark,
            "texts": {name: texts[name] for name in TEXT_KEYS},
            "revision": hashlib.blake2b(json.dumps(graph).encode(), digest_size=8).hexdigest(),
            "graph": graph,
            # Not the present selection: the message must stay the same, byte for byte,
            # when the reader clicks, so that Streamlit does not send the graph again.
            "imposed": {"version": memory.version, "selected": list(memory.imposed)},
            "focus": focus,
        },
        on_select_change=_nothing,
        on_expand_change=_nothing,
        on_year_change=_nothing,
    )
    present = {node.id for node in nodes}
    chosen = _message(result, "select")
    if chosen is not None and isinstance(chosen.get("ids"), list):
        memory.selected = tuple(
            dict.fromkeys(each for each in chosen["ids"] if isinstance(each, str) and each in present)
        )
    rested = _message(result, "year")
    if rested is not None:
        year = rested.get("year")
        memory.year = year if isinstance(year, int) else None
    asked = _message(result, "expand")
    expand = asked.get("id") if asked is not None else None
    st.session_state[slot] = memory
    return NetworkEvent(
        selected=memory.selected,
        expand=expand if isinstance(expand, str) and expand in present else None,
        year=memory.year,
    )


def state_key(key: str) -> str:
    """Where the session keeps what the reader chose in the view named `key`."""
    return f"{key}:network"


def choose(key: str, selected: Sequence[str]) -> None:
    """Choose for the reader, from a callback or a test, before the view is drawn."""
    import streamlit as st

    chosen = tuple(dict.fromkeys(selected))
    memory = st.session_state.get(state_key(key))
    if isinstance(memory, _Memory):
        memory.selected = memory.imposed = chosen
        memory.version += 1
    else:
        memory = _Memory(given=(), selected=chosen, imposed=chosen)
    st.session_state[state_key(key)] = memory


@functools.cache
def texts_for(language: str) -> Mapping[str, str]:
    """The view's own texts in `nl`, `en` or `fr`. Raises KeyError for another language."""
    import yaml

    every = cast(dict[str, dict[str, str]], yaml.safe_load(TEXTS_FILE.read_text(encoding="utf-8")))
    return every[language]


@functools.cache
def _renderer() -> ComponentRenderer:
    """Registered at first use: importing this module must not need a running Streamlit."""
    import streamlit as st

    return st.components.v2.component("schakel_network", js=_BUNDLE.read_text(encoding="utf-8"))


def _nothing() -> None:
    """Streamlit reports only the events for which there is a callback."""


def _message(result: object, name: str) -> dict[str, Any] | None:
    value = getattr(result, name, None)
    return value if isinstance(value, dict) else None


def _columns(nodes: Sequence[Node], ties: Sequence[Tie]) -> dict[str, Any]:
    """Columns, and ends as positions: a third of the size of a list of records at 2,000 nodes."""
    unique = list({node.id: node for node in nodes}.values())
    position = {node.id: index for index, node in enumerate(unique)}
    kept = [tie for tie in ties if tie.source in position and tie.target in position]
    placed = any(node.x is not None and node.y is not None for node in unique)
    return {
        "id": [node.id for node in unique],
        "label": [node.label for node in unique],
        "kind": [KINDS.index(node.kind) if node.kind in KINDS else KINDS.index("other") for node in unique],
        "size": [_number(node.size) or 0.0 for node in unique],
        "x": [_number(node.x) for node in unique] if placed else None,
        "y": [_number(node.y) for node in unique] if placed else None,
        "tie": {
            "id": [tie.id for tie in kept],
            "source": [position[tie.source] for tie in kept],
            "target": [position[tie.target] for tie in kept],
            "weight": [_number(tie.weight) or 0.0 for tie in kept],
            "first": [tie.first_year for tie in kept],
            "last": [tie.last_year for tie in kept],
            "label": [tie.label for tie in kept],
        },
    }


def _number(value: float | None) -> float | None:
    """JSON knows no NaN and no infinity: one of them would keep the whole view from loading."""
    return None if value is None or not math.isfinite(value) else value
