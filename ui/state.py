"""What pages share: the store, and answers kept as long as it does not change.

The only place of ``st.cache_*``. What is kept is keyed by the store's identity and revision.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from graph import answers
from graph.analytics.missing_links import Filter
from graph.analytics.missing_links.filters import Side
from graph.analytics.missing_links.rank import Listing
from graph.model.time import today
from graph.settings import Settings
from graph.snapshot import Snapshot
from graph.store import ask
from graph.store.read import snapshot as read_snapshot
from graph.store.store import Store
from ui.kept import kept
from ui.texts import language, t

DEMO = "demo"  # the name of the demo world's source


def settings() -> Settings:
    return Settings.from_environment()


@st.cache_resource(show_spinner=False)
def _store() -> Store:
    return Store.open(settings(), app="app")


def store() -> Store:
    """The one store of this process; its first opening starts the local server, which takes a few seconds."""
    with st.spinner(t("store_starting"), show_time=True):
        return _store()


def forget() -> None:
    """After a change: ask the revision anew."""
    _now.clear()


@st.cache_data(ttl=10, show_spinner=False)
def _now() -> tuple[str, int]:
    row = _store().read("meta")[0]
    return row["store"], row["revision"]


def revision() -> tuple[str, int]:
    """What everything kept is keyed by: the store, which a restore makes another, and its revision. At most ten seconds
    old, so that what another program loads shows soon."""
    store()
    with st.spinner(t("store_asking"), show_time=True):  # seen only when the server has to be started again
        return _now()


@st.cache_data(max_entries=8, show_spinner=False)
def _stats(key: tuple[str, int]) -> ask.Stats:
    return ask.stats(_store())


def stats() -> ask.Stats:
    return _stats(revision())


@st.cache_resource(max_entries=2, show_spinner=False)
def _snapshot(key: tuple[str, int], day: str) -> Snapshot:
    return read_snapshot(_store())


def snapshot() -> Snapshot:
    """The whole network as of today."""
    key = revision()
    with st.spinner(t("snapshot_reading"), show_time=True):
        return _snapshot(key, today().isoformat())


@dataclass(frozen=True, slots=True)
class Totals:
    """Per actor of the snapshot, in its order: collaborations, partners, and the first and last year it was in any
    (0 for unknown)."""

    collaborations: NDArray[np.int64]
    partners: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


@st.cache_resource(max_entries=2, show_spinner=False)
def _totals(key: tuple[str, int], day: str, _snapshot: Snapshot) -> Totals:
    size = len(_snapshot.actor_id)
    first, last = np.full(size, 9999, np.int64), np.zeros(size, np.int64)
    for days, fold, found in ((_snapshot.start, np.minimum, first), (_snapshot.end, np.maximum, last)):
        known = ~np.isnat(days)
        fold.at(found, _snapshot.actor[known], days[known].astype("datetime64[Y]").astype(np.int64) + 1970)
    return Totals(
        np.diff(_snapshot.incidence().indptr).astype(np.int64),
        np.diff(_snapshot.ties().indptr).astype(np.int64),
        np.where(first == 9999, 0, first),
        last,
    )


def totals() -> Totals:
    return _totals(revision(), today().isoformat(), snapshot())


@st.cache_data(max_entries=64, show_spinner=False)
def _growth(
    key: tuple[str, int], day: str, first: int, last: int, by: str | None, only: tuple[str, ...], _snapshot: Snapshot
) -> list[dict[str, Any]]:
    return answers.growth(_snapshot, first, last, by=by, only=only)


def growth(first: int, last: int, only: tuple[str, ...], by: str | None = None) -> list[dict[str, Any]]:
    """Rows of answers.GROWTH_COLUMNS for these indicators."""
    return _growth(revision(), today().isoformat(), first, last, by, only, snapshot())


def home() -> str:
    """Where links are looked for first."""
    return home_of(snapshot(), settings().hub)


def home_of(taken: Snapshot, hub: str | None) -> str:
    """The country of the hub where it is known, else the one that takes part in most collaborations; not the one with
    most participations: a large neighbour sends several to each."""
    at = taken.places.get(hub or "")
    if at is not None and taken.actor_country[at]:
        return str(taken.actor_country[at])
    codes, code = np.unique(taken.actor_country.astype(str), return_inverse=True)
    pairs = np.unique(code[taken.actor].astype(np.int64) * len(taken.activity_id) + taken.activity)
    times = np.bincount(pairs // max(1, len(taken.activity_id)), minlength=len(codes))
    times[codes == ""] = 0
    return str(codes[times.argmax()]) if times.any() else ""


@st.cache_resource(max_entries=64, show_spinner=False)  # shared, not copied: a list with its reasons is some MB
def _links(
    key: tuple[str, int], day: str, listing: Listing, top: int, only: str, country: str, _snapshot: Snapshot
) -> list[dict[str, Any]]:
    within = Filter(left=Side(countries=(country,))) if country else None

    def ranked() -> list[dict[str, Any]]:
        return answers.missing_links(_snapshot, today(), top=top, only=only or None, listing=listing, within=within)

    if only:
        return ranked()
    return kept(settings().home / "snapshots", f"links_{listing}_{top}", (*key, day, country), ranked)


def missing_links(listing: Listing, top: int, *, only: str = "", country: str = "") -> list[dict[str, Any]]:
    """Rows of a, b, score and reasons as JSON. ``only``: those of one. ``country``: that one of the two is in."""
    taken = snapshot()
    with st.spinner(t("links_ranking"), show_time=True):
        return _links(revision(), today().isoformat(), listing, top, only, country, taken)


@st.cache_data(max_entries=256, show_spinner=False)
def _card(key: tuple[str, int], id: str) -> ask.Card:
    return ask.card(_store(), id)


def card(id: str) -> ask.Card:
    return _card(revision(), id)


@st.cache_data(max_entries=2, show_spinner=False)
def _themes(key: tuple[str, int]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in _store().read("themes", known_on=ask.LATEST)}


def theme(name: str) -> str:
    """A theme's name in the reader's language, where a source gives one."""
    return _themes(revision()).get(name, {}).get(language()) or name


@st.cache_data(max_entries=256, show_spinner=False)
def _neighbourhood(key: tuple[str, int], id: str, cap: int) -> ask.Neighbourhood:
    return ask.neighbourhood(_store(), id, cap=cap)


def neighbourhood(id: str, cap: int = 60) -> ask.Neighbourhood:
    return _neighbourhood(revision(), id, cap)


@st.cache_data(max_entries=256, show_spinner=False)
def _find(key: tuple[str, int], text: str, labels: tuple[str, ...], limit: int) -> list[ask.Found]:
    return ask.find(_store(), text, labels=labels, limit=limit)


def find(text: str, labels: tuple[str, ...] = ask.SEARCHED, limit: int = 12) -> list[ask.Found]:
    return _find(revision(), text, labels, limit)


@st.cache_data(max_entries=8, show_spinner=False)
def _sources(key: tuple[str, int]) -> list[dict[str, Any]]:
    return _store().read("sources", known_on=ask.LATEST)


def sources() -> list[dict[str, Any]]:
    return _sources(revision())


@st.cache_data(max_entries=8, show_spinner=False)
def _imports(key: tuple[str, int]) -> list[dict[str, Any]]:
    return _store().read("imports", known_on=ask.LATEST, limit=200)


def imports() -> list[dict[str, Any]]:
    """Newest first."""
    return _imports(revision())


def holds_demo() -> bool:
    """Whether invented things are on screen."""
    return any(row["source"] == DEMO for row in sources())


def is_empty() -> bool:
    found = stats()
    return not (found.organisations or found.people or found.collaborations)


def years(taken: Snapshot) -> tuple[int, int]:
    """The first and last year in which anything began, up to this year."""
    begun = taken.start[~np.isnat(taken.start)]
    if not len(begun):
        return today().year, today().year
    first, last = (int(day.astype("datetime64[Y]").astype(int)) + 1970 for day in (begun.min(), begun.max()))
    return min(first, today().year), min(last, today().year)


def told_year(taken: Snapshot) -> int:
    """The year to speak of: the last that is over, or with data that end earlier their last. A year that still runs
    would look like a loss beside a whole one."""
    first, last = years(taken)
    return last - 1 if last == today().year and first < last else last
