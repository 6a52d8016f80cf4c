"""Missing links by the partners that two actors share.

Resource allocation (Zhou, Lü & Zhang, Eur. Phys. J. B 71, 2009): the sum over shared partners z of 1/degree(z); a
partner who knows few says more. Ties, degrees and shared partners are those at ``until``. People are partners but no
candidates: this list is about organisations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from graph.analytics.base import Finding, Reason
from graph.errors import UnknownId
from graph.snapshot import Snapshot

Listing = Literal["likely", "overlooked"]
BLOCK = 2_000_000  # terms in one block of rows: some 100 MB while it is worked on


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair without a tie. ``a``, ``b``: ids of actors."""

    a: str
    b: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Network:
    """Ties at one day. ``weighted``: ties x 1/degree of the partner in the column."""

    snapshot: Snapshot
    ties: "sp.csr_array"
    weighted: "sp.csr_array"
    degree: NDArray[np.int64]
    candidate: NDArray[np.bool_]

    @classmethod
    def at(cls, snapshot: Snapshot, until: date | None) -> "_Network":
        ties = snapshot.ties(until)
        ties.data[:] = 1.0
        degree = np.diff(ties.indptr).astype(np.int64)
        weight = np.divide(1.0, degree, out=np.zeros(len(degree)), where=degree > 0)
        weighted = sp.csr_array((weight[ties.indices], ties.indices, ties.indptr), shape=ties.shape)
        return cls(snapshot, ties, weighted, degree, np.asarray(snapshot.actor_label == "Organisation"))

    def blocks(self, rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """``rows`` in parts whose two-hop terms fit in memory."""
        work = np.asarray(self.ties @ self.degree.astype(float))[rows].cumsum()
        for _, part in _grouped(rows, work // BLOCK):
            yield part

    def scored(
        self, rows: NDArray[np.int64], listing: Listing
    ) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.float64]]]:
        """For each row, the candidates at distance two and their scores."""
        for part in self.blocks(rows):
            found = sp.csr_array(self.weighted[part] @ self.ties)
            for at, row in enumerate(part):
                columns = found.indices[found.indptr[at] : found.indptr[at + 1]].astype(np.int64)
                scores = found.data[found.indptr[at] : found.indptr[at + 1]]
                known = self.ties.indices[self.ties.indptr[row] : self.ties.indptr[row + 1]]
                kept = self.candidate[columns] & (columns != row) & ~np.isin(columns, known)
                columns, scores = columns[kept], scores[kept]
                yield int(row), columns, scores * self.factor(row, columns, listing)

    def factor(self, row: int, columns: NDArray[np.int64], listing: Listing) -> NDArray[np.float64]:
        """1 for the likely list; for the overlooked, 1 / sqrt of the product of both degrees (Salton's measure), so
        that popularity alone gives nothing."""
        if listing == "likely":
            return np.ones(len(columns))
        both = np.maximum(1.0, self.degree[row] * self.degree[columns].astype(float))
        return np.asarray(1.0 / np.sqrt(both))

    def finding(self, a: int, b: int, listing: Listing) -> Finding:
        """The score of one pair taken apart into its shared partners, the one that says most first."""
        shared = np.intersect1d(self._known(a), self._known(b), assume_unique=True)
        values = self.factor(a, np.array([b]), listing)[0] / self.degree[shared]
        ids, names = self.snapshot.actor_id, self.snapshot.actor_name
        order = sorted(range(len(shared)), key=lambda at: (-values[at], ids[shared[at]]))
        reasons = tuple(Reason("partner", ids[shared[at]], names[shared[at]], float(values[at])) for at in order)
        return Finding(float(sum(reason.value for reason in reasons)), reasons)

    def _known(self, row: int) -> NDArray[np.int64]:
        return self.ties.indices[self.ties.indptr[row] : self.ties.indptr[row + 1]].astype(np.int64)


def rank(
    snapshot: Snapshot,
    until: date | None,
    *,
    top: int | None = None,
    per_actor: int | None = None,
    only: str | None = None,
    listing: Listing = "likely",
    reasons: bool = True,
) -> list[Suggestion]:
    """Pairs of organisations without a tie at ``until``, best first.

    ``top``: the best pairs of all, each once, with a before b. ``per_actor``: for every actor (as a) its best, at most
    so many. ``only``: for this actor alone. Equal scores are ordered by ids, so repeated runs agree to the byte.
    Without ``reasons`` the findings hold the score alone. Raises UnknownId.

    >>> from graph.analytics.example import star
    >>> [(one.a, one.b, round(one.finding.score, 3)) for one in rank(star(3), None, top=1)]
    [('leaf1', 'leaf2', 0.333)]
    """
    network = _Network.at(snapshot, until)
    rows = np.flatnonzero(network.candidate & (network.degree > 0))
    if only is not None:
        if only not in snapshot.places:
            raise UnknownId(id=only)
        rows = np.array([snapshot.places[only]])
    if per_actor is None:
        pairs = _best_pairs(network, rows, top, listing, each_once=only is None)
    else:
        pairs = _best_each(network, rows, per_actor, top, listing)
    ids = snapshot.actor_id
    return [
        Suggestion(ids[a], ids[b], network.finding(a, b, listing) if reasons else Finding(value))
        for value, a, b in pairs
    ]


def score(
    snapshot: Snapshot, until: date | None, pairs: Sequence[tuple[str, str]], *, listing: Listing = "likely"
) -> list[Suggestion]:
    """The given pairs with scores and reasons, in the given order; 0 where nothing is shared. Raises UnknownId."""
    network = _Network.at(snapshot, until)
    for id in (id for pair in pairs for id in pair if id not in snapshot.places):
        raise UnknownId(id=id)
    places = snapshot.places
    return [Suggestion(a, b, network.finding(places[a], places[b], listing)) for a, b in pairs]


def _best_pairs(
    network: _Network, rows: NDArray[np.int64], top: int | None, listing: Listing, *, each_once: bool
) -> list[tuple[float, int, int]]:
    """The ``top`` best, in the order of score and ids; a running threshold keeps memory small."""
    ids = network.snapshot.actor_id
    found: list[tuple[float, int, int]] = []
    floor = 0.0
    for row, columns, scores in network.scored(rows, listing):
        keep = scores >= floor - _SAME
        if each_once:
            keep &= _after(ids, row, columns)
        found += [(float(value), row, int(b)) for value, b in zip(scores[keep], columns[keep], strict=True)]
        if top and len(found) > 4 * top + 100_000:
            found = _first(found, top, ids)
            floor = found[-1][0]
    return _first(found, top, ids)


def _best_each(
    network: _Network, rows: NDArray[np.int64], most: int, top: int | None, listing: Listing
) -> list[tuple[float, int, int]]:
    ids = network.snapshot.actor_id
    found = []
    for row, columns, scores in network.scored(rows, listing):
        if len(scores) > most:
            floor = np.partition(scores, len(scores) - most)[len(scores) - most]
            columns, scores = columns[scores >= floor - _SAME], scores[scores >= floor - _SAME]
        found += _first([(float(v), row, int(b)) for v, b in zip(scores, columns, strict=True)], most, ids)
    by_actor = sorted(found, key=lambda pair: ids[pair[1]])  # stable: within an actor the best stays first
    return by_actor[:top] if top else by_actor


# Sums of the same terms in another order differ by less than this; such scores count as equal.
_SAME = 1e-12


def _first(
    pairs: list[tuple[float, int, int]], top: int | None, ids: NDArray[np.object_]
) -> list[tuple[float, int, int]]:
    def order(pair: tuple[float, int, int]) -> tuple[float, str, str]:
        return -round(pair[0], 11), ids[pair[1]], ids[pair[2]]

    return nsmallest(top, pairs, key=order) if top else sorted(pairs, key=order)


def _after(ids: NDArray[np.object_], row: int, columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of ``columns`` come after ``row`` in the order of ids."""
    return np.asarray(ids[columns] > ids[row], bool)


def _grouped(rows: NDArray[np.int64], keys: NDArray[np.float64]) -> Iterator[tuple[float, NDArray[np.int64]]]:
    if not len(rows):
        return
    starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    for start, part in zip(starts, np.split(rows, starts[1:]), strict=True):
        yield float(keys[start]), part
