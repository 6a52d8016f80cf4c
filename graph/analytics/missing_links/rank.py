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
MODEST = 30.0  # ties; without it two actors with one partner each top the list by chance
BLOCK = 2_000_000  # terms in one block of rows: some 100 MB while it is worked on


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair without a tie. ``a``, ``b``: ids of actors."""

    a: str
    b: str
    finding: Finding


_Pair = tuple[float, int, int]  # score and the places of both
_Scored = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]  # rows, columns, scores


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

    def scored(self, rows: NDArray[np.int64], listing: Listing) -> Iterator[_Scored]:
        """The candidates at distance two of every row, with their scores, a block of rows at a time."""
        for part in self.blocks(rows):
            found = sp.csr_array(self.weighted[part] @ self.ties)
            row = np.repeat(part, np.diff(found.indptr))
            column = found.indices.astype(np.int64)
            # Ties are looked up among all pairs by one sorted search: a sparse difference costs three times as much.
            kept = self.candidate[column] & (column != row) & ~self._tied(part, row, column)
            row, column = row[kept], column[kept]
            yield row, column, found.data[kept] * self.factor(row, column, listing)

    def _tied(self, part: NDArray[np.int64], row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.bool_]:
        n = np.int64(len(self.degree))
        known = self.ties[part]
        keys = np.sort(np.repeat(part, np.diff(known.indptr)) * n + known.indices)
        wanted = row * n + column
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        return np.asarray(keys[at] == wanted) if len(keys) else np.zeros(len(wanted), bool)

    def factor(self, row: NDArray[np.int64], columns: NDArray[np.int64], listing: Listing) -> NDArray[np.float64]:
        """1 for the likely list. For the overlooked 1 / (sqrt of the product of both degrees + :data:`MODEST`):
        Salton's measure, so that popularity alone gives nothing, held back where there is little to go by."""
        if listing == "likely":
            return np.ones(len(columns))
        return np.asarray(1.0 / (np.sqrt(self.degree[row] * self.degree[columns].astype(float)) + MODEST))

    def finding(self, a: int, b: int, listing: Listing) -> Finding:
        """The score of one pair taken apart into its shared partners, the one that says most first."""
        shared = np.intersect1d(self._known(a), self._known(b), assume_unique=True)
        values = self.factor(np.array([a]), np.array([b]), listing)[0] / self.degree[shared]
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
) -> list[_Pair]:
    """The ``top`` best, in the order of score and ids; a rising floor keeps memory small."""
    ids = network.snapshot.actor_id
    place = _order(ids)
    found: list[_Pair] = []
    floor = 0.0
    for row, column, value in network.scored(rows, listing):
        keep = value >= floor - _SAME
        if each_once:
            keep &= place[column] > place[row]
        row, column, value = row[keep], column[keep], value[keep]
        if top and len(value) > top:
            keep = value >= np.partition(value, len(value) - top)[len(value) - top] - _SAME
            row, column, value = row[keep], column[keep], value[keep]
        found += zip(value.tolist(), row.tolist(), column.tolist(), strict=True)
        if top and len(found) > 2 * top:
            found = _first(found, top, ids)
            floor = found[-1][0]
    return _first(found, top, ids)


def _best_each(network: _Network, rows: NDArray[np.int64], most: int, top: int | None, listing: Listing) -> list[_Pair]:
    ids = network.snapshot.actor_id
    place = _order(ids)
    found: list[_Pair] = []
    for row, column, value in network.scored(rows, listing):
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
            columns, values = column[start:end], value[start:end]
            if len(values) > most:
                keep = values >= np.partition(values, len(values) - most)[len(values) - most] - _SAME
                columns, values = columns[keep], values[keep]
            order = np.lexsort((place[columns], -np.round(values, _DIGITS)))[:most]
            at = int(row[start])
            found += [(float(values[one]), at, int(columns[one])) for one in order]
    found.sort(key=lambda pair: ids[pair[1]])  # stable: within an actor the best stays first
    return found[:top] if top else found


def _order(ids: NDArray[np.object_]) -> NDArray[np.int64]:
    """The place of every actor in the order of ids."""
    place = np.empty(len(ids), np.int64)
    place[np.argsort(ids)] = np.arange(len(ids))
    return place


# Sums of the same terms in another order differ by less than this; such scores count as equal.
_SAME = 1e-12
_DIGITS = 11


def _first(pairs: list[_Pair], top: int | None, ids: NDArray[np.object_]) -> list[_Pair]:
    def order(pair: _Pair) -> tuple[float, str, str]:
        return -round(pair[0], _DIGITS), ids[pair[1]], ids[pair[2]]

    return nsmallest(top, pairs, key=order) if top else sorted(pairs, key=order)


def _grouped(rows: NDArray[np.int64], keys: NDArray[np.float64]) -> Iterator[tuple[float, NDArray[np.int64]]]:
    if not len(rows):
        return
    starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    for start, part in zip(starts, np.split(rows, starts[1:]), strict=True):
        yield float(keys[start]), part
