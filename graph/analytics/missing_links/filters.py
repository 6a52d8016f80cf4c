"""Whom a list is about, and which pairs it leaves out, before anything is scored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from graph.analytics.missing_links.network import Ints, Network
from graph.analytics.missing_links.terms import Terms

NOT_NOW = timedelta(days=180)  # after which one who was put off may be suggested again


@dataclass(frozen=True, slots=True)
class Side:
    """One end of the pairs that are asked for; what is empty does not limit."""

    ids: Collection[str] | None = None  # an event's attendees, a list: only these
    kinds: Collection[str] = ()
    countries: Collection[str] = ()
    regions: Collection[str] = ()
    sizes: Collection[str] = ()
    themes: Collection[str] = ()

    def mask(self, network: Network) -> NDArray[np.bool_]:
        """Which actors fit. A region fits all that lie in it: BE24 also BE242."""
        snapshot = network.snapshot
        made = network.candidate.copy()
        if self.ids is not None:
            made &= np.isin(network.id.astype(str), sorted(self.ids)) if self.ids else False
        for wanted, column in (
            (self.kinds, "kind"), (self.countries, "country"), (self.sizes, "size"),
        ):  # fmt: skip
            if wanted:
                made &= np.isin(network.column(column).astype(str), sorted(wanted))
        if self.regions:
            starts = tuple(self.regions)
            made &= np.array([str(region or "").startswith(starts) for region in network.column("region")], bool)
        if self.themes:
            codes = [at for at, theme in enumerate(snapshot.themes) if theme in set(self.themes)]
            row = np.repeat(np.arange(len(made)), np.diff(network.theme_start))
            made &= np.bincount(row, np.isin(network.theme, codes), minlength=len(made)) > 0
        return made


@dataclass(frozen=True, slots=True)
class Filter:
    """``left`` and ``right``: the two ends, in either order; two kinds, two regions, or twice the same event.
    ``barred``: pairs of ids that are never asked for, such as competitors."""

    left: Side = field(default_factory=Side)
    right: Side = field(default_factory=Side)
    barred: Iterable[tuple[str, str]] = ()


@dataclass(frozen=True, eq=False)
class Scope:
    """A filter on a network: ``side`` holds bits of who may stand left (1) and right (2); the barred partners of each
    actor are rows of a CSR matrix. Ties are not among them: the ranking knows those."""

    network: Network
    side: NDArray[np.int8]
    barred_start: NDArray[np.int64]
    barred: Ints

    @classmethod
    def of(cls, network: Network, wanted: Filter | None) -> "Scope":
        if wanted is None:  # the usual question, asked again and again
            kept: Scope = network.__dict__.setdefault("_scope", None) or cls.of(network, Filter())
            network.__dict__["_scope"] = kept
            return kept
        left = wanted.left.mask(network)
        right = left if wanted.right == wanted.left else wanted.right.mask(network)
        pairs = sorted(_barred(network, wanted))
        ends = np.array(pairs + [(b, a) for a, b in pairs], np.int64).reshape(-1, 2)
        ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
        start = np.searchsorted(ends[:, 0], np.arange(len(left) + 1))
        return cls(network, (left + 2 * right).astype(np.int8), start.astype(np.int64), ends[:, 1].astype(np.int32))

    def barred_of(self, a: int) -> Ints:
        return self.barred[self.barred_start[a] : self.barred_start[a + 1]]

    def fits(self, a: int, b: NDArray[np.int64]) -> NDArray[np.bool_]:
        mine, other = int(self.side[a]), self.side[b]
        return np.asarray((bool(mine & 1) & (other & 2 > 0)) | (bool(mine & 2) & (other & 1 > 0)))

    def by_reach(self, terms: Terms) -> NDArray[np.int64]:
        """Who may be suggested for their themes alone, the widest first."""
        at = np.flatnonzero((self.side > 0) & (terms.reach > 0))
        return np.asarray(at[np.argsort(-terms.reach[at], kind="stable")])


def _barred(network: Network, wanted: Filter) -> set[tuple[int, int]]:
    """Pairs of one group, pairs about which the hub has an answer, pairs that the caller names; competitors where the
    snapshot knows them."""
    snapshot, place = network.snapshot, network.place
    made: set[tuple[int, int]] = set()
    members: dict[int, list[int]] = {}
    for at in np.flatnonzero(snapshot.group != np.arange(len(snapshot.group))).tolist():
        members.setdefault(_root(snapshot.group, at), []).append(at)
    for root, group in members.items():
        whole = sorted(int(place[at]) for at in {root, *group})
        made |= {(a, b) for a in whole for b in whole if a < b}
    for a, b in [*wanted.barred, *getattr(snapshot, "competitors", ()), *answered(network)]:
        if a in snapshot.places and b in snapshot.places and a != b:
            ends = sorted((network.number(a), network.number(b)))
            made.add((ends[0], ends[1]))
    return made


def _root(group: Ints, at: int) -> int:
    seen = set()
    while int(group[at]) != at and at not in seen:
        seen.add(at)
        at = int(group[at])
    return at


def answered(network: Network) -> dict[tuple[str, str], str]:
    """What was last said of each pair by the day of the network. *Later* lapses after :data:`NOT_NOW`; all else stays:
    refused, known, or an introduction that runs already."""
    until = network.until
    last: dict[tuple[str, str], tuple[str, str]] = {}
    for a, b, stage, day in network.snapshot.feedback:
        pair = (min(a, b), max(a, b))
        if (until is None or day <= until.isoformat()) and (day, stage) >= last.get(pair, ("", "")):
            last[pair] = (day, stage)
    lapsed = (until - NOT_NOW).isoformat() if until else ""
    return {pair: stage for pair, (day, stage) in last.items() if not (stage == "later" and _day(day) and day < lapsed)}


def _day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
