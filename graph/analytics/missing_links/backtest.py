"""How often were these lists right? Ranked as of the end of each earlier year, tested on who met the year after.

A pair counts as found when both had ties before, had none with each other, and began to work together in the year: a
repeat is no missing link. Beside each list stand *popularity* (ties x ties, which finds pairs of hubs without knowing
anything of them) and *common_neighbours*. AUC against random pairs is not reported: popularity has .92 of it.

Intervals are bootstraps of the year's activities (a project of 30 brings 435 pairs at once, so pairs are no sample):
each draw weighs the activities anew, and a found pair counts for the mean weight of those it meets in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.analytics.missing_links.network import Floats, Network, network
from graph.analytics.missing_links.rank import ranked
from graph.analytics.missing_links.recipe import COMMON_NEIGHBOURS, LIKELY, OVERLOOKED
from graph.snapshot import Snapshot

COLUMNS = ("year", "list", "metric", "group", "n", "value", "low", "high")
RECIPES = {"likely": LIKELY, "overlooked": OVERLOOKED, "common_neighbours": COMMON_NEIGHBOURS}
LISTS = (*RECIPES, "popularity")
KS = (100, 1000)
EACH = 10  # of each actor
SMALL = 2  # activities: a small actor has at most these
DRAWS = 200
SEED = 20180101


@dataclass(frozen=True, eq=False)
class Year:
    """What happened in ``year`` to the network at the end of the year before. ``pairs``: a * n + b of each new pair,
    a < b, in order. ``weights``: draws x pairs, the first draw all ones."""

    year: int
    network: Network
    pairs: NDArray[np.int64]
    weights: Floats
    matched: Floats  # of actors' ties by product: how often pairs of so many ties came together; see `equals`

    @property
    def n(self) -> int:
        return len(self.network.degree)

    def found(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of each listed pair its place among the new ones, or -1."""
        key = np.minimum(a, b).astype(np.int64) * self.n + np.maximum(a, b)
        if not len(self.pairs):
            return np.full(len(key), -1)
        at = np.minimum(np.searchsorted(self.pairs, key), len(self.pairs) - 1)
        return np.where(self.pairs[at] == key, at, -1)

    def hits(self, found: NDArray[np.int64]) -> Floats:
        """How many were found, by draw."""
        return np.asarray(self.weights[:, found[found >= 0]].sum(axis=1))

    def equals(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
        """How many of as many pairs with the same numbers of ties would have been found."""
        return float(self.matched[_bins(self.network, a, b)].sum())


def last_day(year: int) -> date:
    return date(year, 12, 31)


def happened(snapshot: Snapshot, year: int) -> Year:
    """The test of one year."""
    before = network(snapshot, last_day(year - 1))
    n = len(before.degree)
    in_year = snapshot.start.astype("datetime64[Y]").astype(np.int64) + 1970 == year
    in_year &= ~np.isnat(snapshot.start)
    taken = snapshot.incidence(in_year)[before.actor].tocsc()
    taken.sort_indices()
    size = np.diff(taken.indptr)
    may = before.candidate & (before.degree > 0)
    keys, activity = [], []
    for one in np.flatnonzero(size > 1).tolist():
        who = taken.indices[taken.indptr[one] : taken.indptr[one + 1]].astype(np.int64)
        who = np.sort(who[may[who]])
        i, j = np.triu_indices(len(who), 1)
        keys.append(who[i] * n + who[j])
        activity.append(np.full(len(i), one))
    key = np.concatenate(keys) if keys else np.zeros(0, np.int64)
    of = np.concatenate(activity) if activity else np.zeros(0, np.int64)
    old = np.repeat(np.arange(n, dtype=np.int64), before.degree) * n + before.partner
    new = ~np.isin(key, old)
    key, of = key[new], of[new]
    pairs, at = np.unique(key, return_inverse=True)
    draws = np.random.default_rng([SEED, year]).poisson(1.0, (DRAWS, taken.shape[1])).astype(float)
    weights = np.ones((1 + DRAWS, len(pairs)))
    many = np.bincount(at, minlength=len(pairs))
    for draw, drawn in enumerate(draws):
        weights[1 + draw] = np.bincount(at, drawn[of], minlength=len(pairs)) / many
    return Year(year, before, pairs, weights, _rates(before, may, pairs))


def _bins(net: Network, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    product = net.degree[a].astype(float) * net.degree[b]
    return np.asarray(np.floor(2 * np.log2(np.maximum(product, 1))), np.int64)


def _rates(net: Network, may: NDArray[np.bool_], pairs: NDArray[np.int64]) -> Floats:
    """Of all pairs without a tie, by the product of their ties in steps of a factor 1.4: the share that came
    together."""
    n = len(net.degree)
    degree, count = np.unique(net.degree[may], return_counts=True)
    all_ = np.zeros(130)
    for at, (ties, many) in enumerate(zip(degree.tolist(), count.tolist(), strict=True)):
        step = np.floor(2 * np.log2(np.maximum(ties * degree[at:].astype(float), 1))).astype(int)
        of = many * count[at:].astype(float)
        of[0] = many * (many - 1) / 2
        all_ += np.bincount(step, of, minlength=130)
    row = np.repeat(np.arange(n), net.degree)
    tied = (row < net.partner) & may[row] & may[net.partner]
    all_ -= np.bincount(_bins(net, row[tied], net.partner[tied].astype(np.int64)), minlength=130)
    new = np.bincount(_bins(net, pairs // n, pairs % n), minlength=130)
    return np.divide(new, all_, out=np.zeros(130), where=all_ > 0)


def backtest(snapshot: Snapshot, first: int, last: int, *, lists: Sequence[str] = LISTS) -> list[dict[str, object]]:
    """Rows of :data:`COLUMNS` for the years from ``first`` to ``last``. ``group``: empty for all; a pair of kinds, of
    the first :data:`KS` those between them; ``small`` for actors of at most :data:`SMALL` activities. ``n``: what the
    value is a share of. Where the other list found nothing there is no lift over it. A year without a tie before it, or
    in which no new pair met, has no rows."""
    rows: list[dict[str, object]] = []
    for year in range(first, last + 1):
        test = happened(snapshot, year)
        if len(test.pairs):
            rows += _year(snapshot, test, lists)
    return rows


def _year(snapshot: Snapshot, test: Year, lists: Sequence[str]) -> Iterable[dict[str, object]]:
    most = max(KS)
    listed = {name: _listed(snapshot, test, name, most) for name in {*lists, "popularity", "common_neighbours"}}
    each = {name: _each(snapshot, test, name) for name in lists}
    small = test.network.joined <= SMALL
    for name in lists:
        a, b = listed[name]

        def row(
            metric: str, group: str, n: int, drawn: Floats, top: float = 1.0, name: str = name
        ) -> dict[str, object]:
            low, high = np.clip(np.percentile(drawn[1:], [2.5, 97.5]), 0.0, top)
            value = float(drawn[0])
            return {
                "year": test.year, "list": name, "metric": metric, "group": group, "n": n,
                "value": value, "low": min(float(low), value), "high": max(float(high), value),
            }  # fmt: skip

        for k in KS:
            n = min(k, len(a))
            if not n:
                continue
            found = test.found(a[:k], b[:k])
            hits = test.hits(found)
            yield row(f"precision_at_{k}", "", n, hits / n)
            for other in ("popularity", "common_neighbours"):
                if other != name and len(listed[other][0]):
                    theirs = test.hits(test.found(listed[other][0][:k], listed[other][1][:k]))
                    theirs = theirs / min(k, len(listed[other][0]))
                    lift = np.divide(hits / n, theirs, out=np.full(len(hits), np.nan), where=theirs > 0)
                    if not np.isnan(lift[0]):
                        yield row(f"lift_over_{other}_at_{k}", "", n, lift[~np.isnan(lift)], np.inf)
            equal = test.equals(a[:k], b[:k])
            if equal > 0:
                yield row(f"lift_over_equals_at_{k}", "", n, hits / equal, np.inf)
            for group, of in _groups(test, a[:k], b[:k], small):
                yield row(f"precision_at_{k}", group, int(of.sum()), test.hits(found[of]) / of.sum())
        for group, kept in (("", np.ones(test.n, bool)), ("small", small)):
            yield from (
                row(metric, group, n, value) for metric, n, value in _per_actor(test, each[name], kept)
            )  # fmt: skip


def _groups(
    test: Year, a: NDArray[np.int64], b: NDArray[np.int64], small: NDArray[np.bool_]
) -> Iterable[tuple[str, NDArray[np.bool_]]]:
    kinds = test.network.column("kind").astype(str)
    one, other = kinds[a], kinds[b]
    pair = np.array(["|".join(sorted(both)) for both in zip(one, other, strict=True)])
    for group in sorted(set(pair.tolist())):
        yield group, pair == group
    if (of := small[a] | small[b]).any():
        yield "small", of


def _listed(snapshot: Snapshot, test: Year, name: str, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if name == "popularity":
        return popular(test.network, most)
    found = ranked(snapshot, test.network.until, top=most, recipe=RECIPES[name])
    return found.a.astype(np.int64), found.b.astype(np.int64)


def popular(net: Network, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs without a tie of most ties x ties. Actors are in the order of their ties, so of the first m the best
    are final as soon as none further on can come near."""
    may = np.flatnonzero(net.candidate & (net.degree > 0))
    tied = np.repeat(np.arange(len(net.degree), dtype=np.int64), net.degree) * len(net.degree) + net.partner
    m = 64
    while True:
        first = may[:m]
        i, j = np.triu_indices(len(first), 1)
        a, b = first[i], first[j]
        free = ~np.isin(a * len(net.degree) + b, tied)
        a, b = a[free], b[free]
        value = net.degree[a] * net.degree[b]
        best = np.lexsort((b, a, -value))[:most]
        if m >= len(may) or (len(best) == most and value[best[-1]] > net.degree[may[0]] * net.degree[may[m]]):
            return a[best], b[best]
        m *= 2


def _each(snapshot: Snapshot, test: Year, name: str) -> Floats:
    """Of each actor the place of its first new partner in its own list of :data:`EACH`, inf where that is none."""
    place = np.full(test.n, np.inf)
    if name == "popularity":
        net = test.network
        first = np.full(test.n, test.n)
        np.minimum.at(first, test.pairs // test.n, test.pairs % test.n)
        np.minimum.at(first, test.pairs % test.n, test.pairs // test.n)
        before = np.concatenate([[0], np.cumsum(net.candidate & (net.degree > 0))])
        for a in np.flatnonzero(first < test.n).tolist():
            known = net.partners(a)
            known = known[(known < first[a]) & net.candidate[known]]
            place[a] = 1 + before[first[a]] - len(known) - (a < first[a])
        return np.where(place <= EACH, place, np.inf)
    found = ranked(snapshot, test.network.until, per_actor=EACH, recipe=RECIPES[name])
    at = np.arange(len(found.a))
    begins = np.maximum.accumulate(np.where(np.diff(found.a, prepend=-1) != 0, at, 0))
    hit = test.found(found.a.astype(np.int64), found.b.astype(np.int64)) >= 0
    np.minimum.at(place, found.a[hit], (at - begins + 1.0)[hit])
    return place


def _per_actor(test: Year, place: Floats, kept: NDArray[np.bool_]) -> Iterable[tuple[str, int, Floats]]:
    """Over the actors that found a new partner. An actor weighs as much as its new pairs do on average in a draw."""
    ends = np.concatenate([test.pairs // test.n, test.pairs % test.n])
    many = np.bincount(ends, minlength=test.n)
    who = np.flatnonzero((many > 0) & kept)
    if not len(who):
        return
    hit, mean = np.empty(len(test.weights)), np.empty(len(test.weights))
    for draw, weight in enumerate(test.weights):
        of = (np.bincount(ends, np.concatenate([weight, weight]), minlength=test.n) / np.maximum(many, 1))[who]
        total = max(of.sum(), 1e-12)
        hit[draw] = (of * np.isfinite(place[who])).sum() / total
        mean[draw] = (of / place[who]).sum() / total
    yield f"hits_at_{EACH}", len(who), hit
    yield "mrr", len(who), mean


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence beside a list: of the first ``k`` of ``years``, ``found`` work together now; ``rival`` would have
    found ``by_rival``. ``better`` is false when that may be chance: then the list is not shown as a ranking."""

    listing: str
    years: tuple[int, ...]
    k: int
    found: int
    rival: str
    by_rival: float
    better: bool


def verdict(
    snapshot: Snapshot, until: date, listing: str = "likely", *, k: int = 100, years: int = 3
) -> Verdict | None:
    """How the list did in the last whole years before ``until``; None where there is no year to test on. *Likely* has
    to beat popularity; *overlooked*, which leaves popular pairs alone, pairs of as many ties."""
    last = until.year if (until.month, until.day) == (12, 31) else until.year - 1
    listed, found, differences, by_rival = 0, 0, np.zeros(1 + DRAWS), 0.0
    tested: list[int] = []
    for year in range(last, last - years, -1):
        test = happened(snapshot, year)
        if not len(test.pairs):
            continue
        a, b = _listed(snapshot, test, listing, k)
        if not len(a):
            continue
        hits = test.hits(test.found(a, b))
        if listing == "overlooked":
            theirs = np.full(len(hits), test.equals(a, b))
        else:
            theirs = test.hits(test.found(*popular(test.network, len(a))))
        tested.append(year)
        differences += hits - theirs
        if not listed:  # the sentence is about the last year, the verdict about all
            listed, found, by_rival = len(a), int(hits[0]), float(theirs[0])
    if not tested:
        return None
    better = bool(differences[0] > 0 and np.percentile(differences[1:], 2.5) > 0)
    return Verdict(listing, tuple(tested), listed, found, _RIVAL[listing], round(by_rival, 1), better)


_RIVAL = {"likely": "popularity", "overlooked": "equals"}
