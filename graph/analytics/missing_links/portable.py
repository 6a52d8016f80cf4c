"""The ranking without numba: the same sums by sparse products, a block of rows at a time; slower, the same answer.

Also what small networks are ranked by, so that nobody waits for a compiler for a thousand pairs.
"""

import math
from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from graph.analytics.missing_links.filters import Scope
from graph.analytics.missing_links.network import Floats
from graph.analytics.missing_links.terms import Terms

Found = tuple[NDArray[np.int32], NDArray[np.int32], Floats]
BLOCK = 1_000_000  # paths of two ties in one block of rows


def rounded(value: Floats) -> Floats:
    """To 36 bits, as :func:`graph.analytics.missing_links.loops.rounded`."""
    wide = value * 131073.0
    return np.asarray(wide - (wide - value))


def best(terms: Terms, scope: Scope, rows: NDArray[np.int64], size: int, *, joint: bool) -> Found:
    """Of each of ``rows`` its best ``size``, or with ``joint`` of all together, each pair once; in no order."""
    parts: list[Found] = []
    floor = 0.0
    for part in _blocks(terms, rows):
        for a, b, score in _candidates(terms, scope, part, size, joint=joint):
            keep = score >= floor
            parts.append((a[keep], b[keep], score[keep]))
        if joint and sum(len(part[0]) for part in parts) > 4 * size:
            parts = [_first(parts, size)]
            floor = float(parts[0][2].min())
    if joint:
        return _first(parts, size)
    return _joined(parts)


def _joined(parts: list[Found]) -> Found:
    if not parts:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
    a, b, score = (np.concatenate(column) for column in zip(*parts, strict=True))
    return a, b, score


def _first(parts: list[Found], size: int) -> Found:
    a, b, score = _joined(parts)
    at = np.lexsort((b, a, -score))[:size]  # a < b
    return a[at], b[at], score[at]


def _blocks(terms: Terms, rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    if len(rows):
        work = np.cumsum(terms.network.visits[rows]) // BLOCK
        yield from np.split(rows, np.flatnonzero(np.diff(work)) + 1)


def _candidates(terms: Terms, scope: Scope, part: NDArray[np.int64], size: int, *, joint: bool) -> Iterator[Found]:
    network = terms.network
    n = len(network.degree)
    left = terms.matrix[part]
    left.data = left.data * terms.known[left.indices]
    product = sp.csr_array(left @ terms.matrix)
    for at, a in enumerate(part.tolist()):
        if not scope.side[a]:
            continue
        own = slice(product.indptr[at], product.indptr[at + 1])
        b = product.indices[own].astype(np.int64)
        sums = product.data[own]
        shut = np.zeros(n, bool)
        shut[a] = True
        shut[network.partners(a)] = True
        shut[scope.barred_of(a)] = True
        fits = scope.fits(a, b) & ~shut[b]
        if joint:
            fits &= b > a
        b, sums = b[fits], sums[fits]
        if not joint and len(b) < size and terms.recipe.far > 0 and terms.reach[a] > 0:
            shut[b] = True
            others = scope.by_reach(terms)
            others = others[scope.fits(a, others) & ~shut[others]]
            b, sums = np.concatenate([b, others]), np.concatenate([sums, np.zeros(len(others))])
        if not len(b):
            continue
        alike, cosine = terms.likeness(a, b) if terms.recipe.themed else (np.zeros(len(b)), np.zeros(len(b)))
        about = (sums + terms.recipe.far * alike) * terms.weight(a, b, alike, cosine)
        if len(b) > size:  # the few that may be among the best
            few = np.flatnonzero(about >= np.partition(about, len(b) - size)[len(b) - size] * (1 - 1e-9))
            b, sums, alike, cosine = b[few], sums[few], alike[few], cosine[few]
        score = _exact(terms, a, b, sums, alike, cosine)
        b, score = b[score > 0], score[score > 0]
        if not joint and len(b) > size:
            best = np.lexsort((b, -score))[:size]
            b, score = b[best], score[best]
        yield np.full(len(b), a, np.int32), b.astype(np.int32), score


def _exact(terms: Terms, a: int, b: NDArray[np.int64], sums: Floats, alike: Floats, cosine: Floats) -> Floats:
    """Scores to the bit as the loops make them: with exp and log of the C library, whose last bit numpy's may differ
    from."""
    network, recipe = terms.network, terms.recipe
    factor = np.exp(np.array([0.0, recipe.country, recipe.kind, recipe.country + recipe.kind]))
    same = (network.country[b] == network.country[a]) + 2 * (network.kind[b] == network.kind[a])
    score = (sums + recipe.far * alike) * (factor[same] * terms.modest[a] * terms.modest[b])
    if recipe.alike or recipe.direction:
        power = [
            math.exp(recipe.alike * math.log(x + recipe.least) + recipe.direction * y)
            for x, y in zip(alike.tolist(), cosine.tolist(), strict=True)
        ]
        score = score * np.array(power, float)
    return rounded(score)
