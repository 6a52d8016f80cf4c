"""Missing links: pairs of organisations without a tie, ranked, each with what speaks for it.

Ties, themes and shared partners are those at ``until``. People are partners but no candidates: these lists are about
organisations. How a score is made: ``recipe.py``.
"""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.analytics import compiled
from graph.analytics.base import Finding
from graph.analytics.missing_links import portable
from graph.analytics.missing_links.filters import Filter, Scope
from graph.analytics.missing_links.network import network
from graph.analytics.missing_links.reasons import finding
from graph.analytics.missing_links.recipe import BY_LIST, Listing, Recipe
from graph.analytics.missing_links.terms import Terms
from graph.snapshot import Snapshot

__all__ = ["Listing", "Ranked", "Suggestion", "rank", "ranked", "score"]

SMALL = 3_000_000  # paths of two ties that sparse products rank in about a second; more is worth compiled loops
BLOCK = 40_000_000  # paths in one task of a thread


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair without a tie. ``a``, ``b``: ids of actors."""

    a: str
    b: str
    finding: Finding


@dataclass(frozen=True, eq=False)
class Ranked:
    """A list as columns: numbers of actors in the network, and scores, best first."""

    terms: Terms
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    score: NDArray[np.float64]


def rank(
    snapshot: Snapshot,
    until: date | None,
    *,
    top: int | None = None,
    per_actor: int | None = None,
    only: str | None = None,
    listing: Listing = "likely",
    reasons: bool = True,
    within: Filter | None = None,
) -> list[Suggestion]:
    """Pairs of organisations without a tie at ``until``, best first.

    ``top``: the best pairs of all, each once, with a before b. ``per_actor``: for every actor (as a) its best, at most
    so many. ``only``: for this actor alone. ``within``: the ends and pairs to stay within. Equal scores are ordered by
    ids, so repeated runs agree to the byte. Without ``reasons`` the findings hold the score alone. Raises UnknownId.

    >>> from graph.analytics.example import star
    >>> [(one.a, one.b) for one in rank(star(3), None, top=1)]
    [('leaf1', 'leaf2')]
    """
    found = ranked(
        snapshot, until, top=top, per_actor=per_actor, only=only, recipe=BY_LIST[listing], within=within
    )  # fmt: skip
    ids = found.terms.network.id
    return [
        Suggestion(ids[a], ids[b], finding(found.terms, a, b) if reasons else Finding(value))
        for a, b, value in zip(found.a.tolist(), found.b.tolist(), found.score.tolist(), strict=True)
    ]


def score(
    snapshot: Snapshot, until: date | None, pairs: Sequence[tuple[str, str]], *, listing: Listing = "likely"
) -> list[Suggestion]:
    """The given pairs with scores and reasons, in the given order; 0 where nothing speaks for one. Raises UnknownId."""
    found = network(snapshot, until)
    terms = Terms.of(found, BY_LIST[listing])
    return [Suggestion(a, b, finding(terms, found.number(a), found.number(b))) for a, b in pairs]


def ranked(
    snapshot: Snapshot,
    until: date | None,
    *,
    top: int | None = None,
    per_actor: int | None = None,
    only: str | None = None,
    recipe: Recipe = BY_LIST["likely"],
    within: Filter | None = None,
    threads: int | None = None,
    portably: bool | None = None,
) -> Ranked:
    """:func:`rank` as columns, for whole networks. ``portably``: without compiled loops; None leaves it to the size of
    the network. Neither that nor ``threads`` changes a byte of the answer."""
    found = network(snapshot, until)
    terms = Terms.of(found, recipe)
    scope = Scope.of(found, within)
    if only is None:
        rows = np.flatnonzero((scope.side > 0) & ((found.degree > 0) | (terms.reach > 0)))
        joint = per_actor is None
    else:
        rows, joint = np.array([found.number(only)]), False
        if not scope.side[rows[0]]:
            scope = Scope.of(found, _with(within, only))
    work = int(found.visits[rows].sum())
    size = per_actor or top or 0
    if only is not None and per_actor is None:
        size = min(top or len(found.degree), len(found.degree))
    elif joint:
        size = min(top or work, max(1, work))
    size = max(1, min(size, len(found.degree) if not joint else size))
    if portably is None:
        ready = f"{__package__}.loops" in sys.modules  # once a whole list was ranked, one actor is quicker that way too
        portably = not compiled.COMPILED or (work < SMALL and not (ready and only is not None))
    if not len(rows) or portably:
        parts = [portable.best(terms, scope, rows, size, joint=joint)]
    else:
        parts = _compiled(terms, scope, rows, size, joint, threads)
    a, b, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _ordered(terms, a, b, value, top if per_actor is None or only is not None else None, joint)


def _with(within: Filter | None, only: str) -> Filter:
    """An actor that is asked for by name stands outside the filter; its counterparts do not."""
    from graph.analytics.missing_links.filters import Side

    wanted = within or Filter()
    return Filter(left=Side(ids=[only]), right=wanted.right, barred=wanted.barred)


def _compiled(
    terms: Terms, scope: Scope, rows: NDArray[np.int64], size: int, joint: bool, threads: int | None
) -> list[portable.Found]:
    from graph.analytics.missing_links import loops  # numba takes half a second to load, and few need it

    found = terms.network
    by_reach = scope.by_reach(terms) if terms.recipe.far else np.zeros(0, np.int64)

    def task(first: int, last: int) -> portable.Found:
        return loops.best(
            rows, first, last, size, joint, found.start, found.partner, terms.tie, terms.known,
            found.theme_start, found.theme, terms.activity, terms.total, terms.length, terms.reach, terms.modest,
            found.country, found.kind, terms.numbers(), scope.side, scope.barred_start, scope.barred, by_reach,
        )  # fmt: skip

    threads = threads or min(4, os.cpu_count() or 1)
    if threads < 2:
        return [task(0, len(rows))]
    work = np.cumsum(found.visits[rows]) // BLOCK
    cuts = [0, *(np.flatnonzero(np.diff(work)) + 1).tolist(), len(rows)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(task, cuts[:-1], cuts[1:]))


def _ordered(
    terms: Terms, a: NDArray[np.int32], b: NDArray[np.int32], value: NDArray[np.float64], top: int | None, joint: bool
) -> Ranked:
    names = terms.network.id_order
    if joint:
        at = np.lexsort((b, a, -value))[:top]  # a < b
        a, b = a[at], b[at]
        turned = names[a] > names[b]
        return Ranked(terms, np.where(turned, b, a), np.where(turned, a, b), value[at])
    at = np.lexsort((b, -value, names[a]))[:top]
    return Ranked(terms, a[at], b[at], value[at])
