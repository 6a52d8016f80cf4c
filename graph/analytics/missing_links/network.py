"""The network at one day, as the ranking wants it: who is tied to whom and how, who knows how many, who does what."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from graph.analytics.missing_links.recipe import FADING
from graph.errors import UnknownId
from graph.snapshot import Snapshot

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
YEAR = 365.25  # days


@dataclass(frozen=True, eq=False)
class Network:
    """Ties as rows of a CSR matrix: the partners of ``a`` are ``partner[start[a]:start[a + 1]]`` in order;
    ``together`` and ``intimacy`` run along. Themes likewise, with the recent activity of an actor in each.

    Actors have numbers of their own here: who knows most comes first, then who took part most, was most active of late,
    then by id. So of equal scores the lower number goes first, neither the order of rows nor that of ids in a file
    matters, and the sums of hubs lie side by side. ``actor``: their places in the snapshot; ``place``: the inverse."""

    snapshot: Snapshot
    until: date | None
    actor: NDArray[np.int64]
    place: NDArray[np.int64]
    start: NDArray[np.int64]
    partner: Ints
    together: Floats
    intimacy: Floats
    theme_start: NDArray[np.int64]
    theme: Ints
    activity: Floats
    joined: NDArray[np.int64]  # activities of each actor so far
    recent: Floats  # the same, recent ones counting most

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        return np.diff(self.start)

    @cached_property
    def candidate(self) -> NDArray[np.bool_]:
        """Who may be suggested: organisations of which something is known at this day."""
        return np.asarray(self.column("label") == "Organisation") & (self.joined > 0)

    @cached_property
    def country(self) -> Ints:
        """A number for each country, below zero and different for everyone without."""
        return _codes(self.column("country"), unknown="")

    @cached_property
    def kind(self) -> Ints:
        return _codes(self.column("kind"), unknown="other")

    @cached_property
    def id(self) -> NDArray[np.object_]:
        return self.column("id")

    @cached_property
    def name(self) -> NDArray[np.object_]:
        return self.column("name")

    @cached_property
    def id_order(self) -> NDArray[np.int64]:
        """The place of every actor in the order of ids."""
        return _ranks(self.id)

    def column(self, name: str) -> NDArray[np.object_]:
        """A column of actors, such as ``kind``, in the order of this network."""
        made: NDArray[np.object_] = getattr(self.snapshot, f"actor_{name}")[self.actor]
        return made

    def number(self, id: str) -> int:
        """Raises UnknownId."""
        if id not in self.snapshot.places:
            raise UnknownId(id=id)
        return int(self.place[self.snapshot.places[id]])

    @cached_property
    def visits(self) -> NDArray[np.int64]:
        """Of each actor: how many paths of two ties begin there, the work of ranking its candidates."""
        row = np.repeat(np.arange(len(self.degree)), self.degree)
        return np.bincount(row, self.degree[self.partner], minlength=len(self.degree)).astype(np.int64)

    def partners(self, actor: int) -> Ints:
        return self.partner[self.start[actor] : self.start[actor + 1]]

    def tied(self, a: int, b: int) -> bool:
        known = self.partners(a)
        at = int(np.searchsorted(known, b))
        return at < len(known) and int(known[at]) == b


_lock = Lock()
KEPT = 3  # days of one snapshot


def network(snapshot: Snapshot, until: date | None) -> Network:
    """The network of ``snapshot`` at ``until``; the last few stay with the snapshot as long as it lives, so that the
    answer for one actor takes milliseconds."""
    with _lock:
        kept: OrderedDict[date | None, Network] = snapshot.__dict__.setdefault("_networks", OrderedDict())
        if until in kept:
            kept.move_to_end(until)
            return kept[until]
    made = _made(snapshot, until)
    with _lock:
        kept[until] = made
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return made


def _made(snapshot: Snapshot, until: date | None) -> Network:
    began = snapshot.began(until)
    taken = snapshot.incidence(began)
    taken.sort_indices()
    size = np.bincount(taken.indices, minlength=taken.shape[1]).astype(float)
    several = size > 1
    closeness = np.divide(1.0, size - 1, out=np.zeros(len(size)), where=several)
    ties = _tied(taken, np.ones(len(size)))
    intimacy = _tied(taken, closeness)  # the same places: every shared activity is one of two and more
    themes, recent = _themes(snapshot, until, began, several)
    joined = np.diff(taken.indptr).astype(np.int64)
    actor = np.lexsort((_ranks(snapshot.actor_id), -np.round(recent, 9), -joined, -np.diff(ties.indptr)))
    place = np.empty(len(actor), np.int64)
    place[actor] = np.arange(len(actor))
    ties, intimacy, themes = _turned(ties, actor, place), _turned(intimacy, actor, place), themes[actor]
    themes.sort_indices()
    return Network(
        snapshot=snapshot,
        until=until,
        actor=actor,
        place=place,
        start=ties.indptr.astype(np.int64),
        partner=ties.indices.astype(np.int32),
        together=ties.data,
        intimacy=intimacy.data,
        theme_start=themes.indptr.astype(np.int64),
        theme=themes.indices.astype(np.int32),
        activity=themes.data,
        joined=joined[actor],
        recent=recent[actor],
    )


def _ranks(ids: NDArray[np.object_]) -> NDArray[np.int64]:
    made = np.empty(len(ids), np.int64)
    made[np.argsort(ids)] = np.arange(len(ids))
    return made


def _turned(ties: "sp.csr_array", actor: NDArray[np.int64], place: NDArray[np.int64]) -> "sp.csr_array":
    made = sp.csr_array(ties[actor])
    made = sp.csr_array((made.data, place[made.indices], made.indptr), shape=made.shape)
    made.sort_indices()
    return made


def _tied(taken: "sp.csr_array", weight: Floats) -> "sp.csr_array":
    weighted = sp.csr_array((weight[taken.indices], taken.indices, taken.indptr), shape=taken.shape)
    made = sp.csr_array(weighted @ taken.T)
    made.sort_indices()
    row = np.repeat(np.arange(made.shape[0]), np.diff(made.indptr))
    kept = row != made.indices
    start = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=made.shape[0]))])
    return sp.csr_array((made.data[kept], made.indices[kept], start), shape=made.shape)


def _themes(
    snapshot: Snapshot, until: date | None, began: NDArray[np.bool_], several: NDArray[np.bool_]
) -> tuple["sp.csr_array", Floats]:
    """Recent activity by actor and theme, and in all: in collaborations, or for those without any in what they did
    alone."""
    n = len(snapshot.actor_id)
    rows = _once(snapshot, np.flatnonzero(began))
    shared = several[snapshot.activity[rows]]
    collaborates = np.bincount(snapshot.actor[rows], shared, minlength=n) > 0
    rows = rows[shared | ~collaborates[snapshot.actor[rows]]]
    start = snapshot.start[rows]
    known = start[~np.isnat(start)]
    day = np.datetime64(until, "D") if until else (known.max() if len(known) else np.datetime64("1970-01-01", "D"))
    oldest = known.min() if len(known) else day  # of unknown start: as old as anything
    age = (day - np.where(np.isnat(start), oldest, start)).astype("timedelta64[D]").astype(float) / YEAR
    fresh = np.exp(-np.maximum(age, 0.0) / FADING)
    many = np.diff(snapshot.theme_start)[snapshot.activity[rows]]
    first = snapshot.theme_start[snapshot.activity[rows]].astype(np.int64)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    theme = snapshot.theme[np.repeat(first, many) + within]
    value = np.repeat(fresh, many)
    who, shape = snapshot.actor[rows], (n, max(1, len(snapshot.themes)))
    recent = np.bincount(who, fresh, minlength=n).astype(np.float64)
    return sp.csr_array((value, (np.repeat(who, many), theme)), shape=shape), recent


def _once(snapshot: Snapshot, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of several roles in one activity, the one that began first."""
    start = snapshot.start[rows].astype(np.int64)
    order = np.lexsort((np.where(np.isnat(snapshot.start[rows]), np.iinfo(np.int64).max, start),
                        snapshot.activity[rows], snapshot.actor[rows]))  # fmt: skip
    rows = rows[order]
    key = snapshot.actor[rows].astype(np.int64) * max(1, len(snapshot.activity_id)) + snapshot.activity[rows]
    first: NDArray[np.bool_] = np.diff(key, prepend=-1) != 0
    return np.asarray(rows[first], np.int64)


def _codes(values: NDArray[np.object_], unknown: str) -> Ints:
    texts = [value or unknown for value in values]
    number = {text: at for at, text in enumerate(sorted(set(texts)))}
    return np.array([-1 - at if text == unknown else number[text] for at, text in enumerate(texts)], np.int32)
