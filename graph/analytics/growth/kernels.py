"""The loops of growth: words of years, pairs, components, triangles, bridges, distances, constraint."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.analytics.compiled import loop

Ints = NDArray[np.int32]
Words = NDArray[np.uint64]


def words(low: NDArray[np.int64], high: NDArray[np.int64]) -> Words:
    """Words with the bits from ``low`` to ``high`` set, at most 62 of them; none where ``high`` is the lower."""
    upper = np.uint64(2) << high.astype(np.uint64)
    return np.asarray(np.where(high < low, np.uint64(0), upper - (np.uint64(1) << low.astype(np.uint64))))


def has(of: Words, bit: int) -> NDArray[np.bool_]:
    """Which words have this bit."""
    return np.asarray((of >> np.uint64(bit)) & np.uint64(1), bool)


def pairs(offset: Ints, actor: Ints, running: Words, started: Words, n: int) -> tuple[Any, Words, Words, Any]:
    """Every pair of participants of an activity that were there in one same year: low * n + high, their years, and the
    activity. Plain numpy: the first page of the app needs it, and compiling would hold that up."""
    sizes = np.diff(offset)
    later = np.repeat(offset[1:], sizes) - np.arange(len(actor)) - 1  # how many of its activity come after each row
    one = np.repeat(np.arange(len(actor)), later)
    other = one + np.arange(len(one)) - np.repeat(np.cumsum(later) - later, later) + 1
    together = running[one] & running[other]
    met = together > 0
    one, other = one[met], other[met]
    low, high = np.minimum(actor[one], actor[other]), np.maximum(actor[one], actor[other])
    activity = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return low.astype(np.int64) * n + high, together[met], started[one] & started[other], activity[one]


def first_years(actor: Ints, running: Words, n: int, none: int) -> NDArray[np.int64]:
    """The lowest bit of any row of each actor; ``none`` for those without."""
    lowest = running & (~running + np.uint64(1))
    first = np.full(n, none, np.int64)
    there = running > 0
    np.minimum.at(first, actor[there], np.log2(lowest[there].astype(float)).astype(np.int64))
    return first


@loop
def symmetric(a: Ints, b: Ints, n: int) -> tuple[Ints, Ints]:
    """Edges as a CSR matrix, both ways, the neighbours of each node in order. ``a``, ``b``: sorted by a, then b."""
    start = np.zeros(n + 1, np.int32)
    for at in range(len(a)):
        start[a[at] + 1] += 1
        start[b[at] + 1] += 1
    for node in range(n):
        start[node + 1] += start[node]
    free = start[:-1].copy()
    indices = np.empty(2 * len(a), np.int32)
    for at in range(len(a)):  # lower neighbours come in order of a
        indices[free[b[at]]] = a[at]
        free[b[at]] += 1
    for at in range(len(a)):
        indices[free[a[at]]] = b[at]
        free[a[at]] += 1
    return start, indices


@loop
def components(offset: Ints, member: Ints, n: int) -> NDArray[np.int64]:
    """Sizes of the components of ``n`` nodes when the members of each run of ``offset`` hang together."""
    parent = np.arange(n)
    for at in range(len(offset) - 1):
        root = member[offset[at]]
        while parent[root] != root:
            parent[root] = parent[parent[root]]
            root = parent[root]
        for row in range(offset[at] + 1, offset[at + 1]):
            other = member[row]
            while parent[other] != other:
                parent[other] = parent[parent[other]]
                other = parent[other]
            parent[other] = root
    size = np.zeros(n, np.int64)
    for node in range(n):
        root = node
        while parent[root] != root:
            root = parent[root]
        size[root] += 1
    return size[size > 0]


@loop
def triads(indptr: Ints, indices: Ints, kind: Ints, kinds: int) -> tuple[Any, Any, Any]:
    """All triangles, each found once from its node of lowest rank by degree (forward algorithm, Schank & Wagner 2005).

    Returns for each node how many it is in; for each entry of ``indices`` the sum of 1 / degree over those who close a
    triangle with that tie; and how many have (kind of one, the lower and the higher kind of the two others), each
    triangle thrice: (kinds, kinds, kinds)."""
    n = len(indptr) - 1
    degree = np.diff(indptr)
    order = np.argsort(degree, kind="mergesort")
    rank = np.empty(n, np.int32)
    for at in range(n):
        rank[order[at]] = at
    start = np.zeros(n + 1, np.int32)
    for node in range(n):
        up = 0
        for at in range(indptr[node], indptr[node + 1]):
            up += rank[indices[at]] > rank[node]
        start[node + 1] = start[node] + up
    higher = np.empty(start[n], np.int32)
    entry = np.empty(start[n], np.int32)  # its place in indices
    for node in range(n):
        free = start[node]
        for at in range(indptr[node], indptr[node + 1]):
            if rank[indices[at]] > rank[node]:
                higher[free] = indices[at]
                entry[free] = at
                free += 1
    among = np.zeros(n, np.int64)
    closing = np.zeros(start[n])
    closed = np.zeros((kinds, kinds, kinds), np.int64)
    mark = np.full(n, -1, np.int32)
    for u in range(n):
        for at in range(start[u], start[u + 1]):
            mark[higher[at]] = at
        for uv in range(start[u], start[u + 1]):
            v = higher[uv]
            for vw in range(start[v], start[v + 1]):
                w = higher[vw]
                uw = mark[w]
                if uw >= 0:
                    among[u] += 1
                    among[v] += 1
                    among[w] += 1
                    closing[uv] += 1.0 / degree[w]
                    closing[uw] += 1.0 / degree[v]
                    closing[vw] += 1.0 / degree[u]
                    a, b, c = kind[u], kind[v], kind[w]
                    closed[a, min(b, c), max(b, c)] += 1
                    closed[b, min(a, c), max(a, c)] += 1
                    closed[c, min(a, b), max(a, b)] += 1
        for at in range(start[u], start[u + 1]):
            mark[higher[at]] = -1
    both = np.zeros(len(indices))
    for u in range(n):
        for at in range(start[u], start[u + 1]):
            both[entry[at]] = closing[at]
            v = higher[at]
            low, high = indptr[v], indptr[v + 1] - 1  # the same tie seen from v: its neighbours are in order
            while low < high:
                middle = (low + high) // 2
                if indices[middle] < u:
                    low = middle + 1
                else:
                    high = middle
            both[low] = closing[at]
    return among, both, closed


@loop
def low_links(indptr: Ints, indices: Ints) -> tuple[Ints, NDArray[np.bool_], Ints]:
    """Depth-first search with low links (Tarjan 1974). For each node the number of its 2-edge-connected part, whether
    it is a cut node, and its component."""
    n = len(indptr) - 1
    seen = np.full(n, -1, np.int32)
    low = np.zeros(n, np.int32)
    parent = np.full(n, -1, np.int32)
    part = np.full(n, -1, np.int32)
    component = np.full(n, -1, np.int32)
    cut = np.zeros(n, np.bool_)
    free = indptr[:-1].copy()
    walk = np.empty(n, np.int32)
    held = np.empty(n, np.int32)
    clock = parts = whole = 0
    for root in range(n):
        if seen[root] >= 0:
            continue
        depth, kept, children = 0, 0, 0
        walk[0] = root
        seen[root] = low[root] = clock
        clock += 1
        held[0] = root
        kept = 1
        while depth >= 0:
            node = walk[depth]
            component[node] = whole
            if free[node] < indptr[node + 1]:
                other = indices[free[node]]
                free[node] += 1
                if seen[other] < 0:
                    parent[other] = node
                    seen[other] = low[other] = clock
                    clock += 1
                    held[kept] = other
                    kept += 1
                    depth += 1
                    walk[depth] = other
                    children += node == root
                elif other != parent[node] and seen[other] < low[node]:
                    low[node] = seen[other]
                continue
            depth -= 1
            if low[node] == seen[node]:  # nothing below leads higher: a part is complete
                while True:
                    kept -= 1
                    part[held[kept]] = parts
                    if held[kept] == node:
                        break
                parts += 1
            above = parent[node]
            if above >= 0:
                if low[node] < low[above]:
                    low[above] = low[node]
                if above != root and low[node] >= seen[above]:
                    cut[above] = True
        cut[root] = children > 1
        whole += 1
    return part, cut, component


@loop
def distances(offset: Ints, member: Ints, n: int, sources: Ints) -> tuple[int, int]:
    """Sum of the distances from ``sources`` to all they reach, and how many those are, when the members of each run of
    ``offset`` are a step apart. Every run is walked once a source: its pairs are never made."""
    start = np.zeros(n + 1, np.int32)
    for row in range(len(member)):
        start[member[row] + 1] += 1
    for node in range(n):
        start[node + 1] += start[node]
    free = start[:-1].copy()
    runs = np.empty(len(member), np.int32)
    for at in range(len(offset) - 1):
        for row in range(offset[at], offset[at + 1]):
            runs[free[member[row]]] = at
            free[member[row]] += 1
    queue = np.empty(n, np.int32)
    step = np.empty(n, np.int32)
    walked = np.full(len(offset) - 1, -1, np.int32)
    total = reached = 0
    for source in sources:
        step[:] = -1
        step[source] = 0
        queue[0] = source
        head, tail = 0, 1
        while head < tail:
            node = queue[head]
            head += 1
            for place in range(start[node], start[node + 1]):
                run = runs[place]
                if walked[run] == source:
                    continue
                walked[run] = source
                for row in range(offset[run], offset[run + 1]):
                    other = member[row]
                    if step[other] < 0:
                        step[other] = step[node] + 1
                        total += step[other]
                        reached += 1
                        queue[tail] = other
                        tail += 1
    return total, reached


@loop
def shuffled(offset: Ints, actor: Ints, draws: NDArray[np.float64]) -> Ints:
    """The same participations dealt out anew: every activity keeps its size, every actor its number of participations.
    ``draws``: (rounds, rows) uniform numbers; each swaps the actors of two rows, unless one of them would then be in
    an activity twice."""
    made = actor.copy()
    rows = len(actor)
    activity = np.empty(rows, np.int32)
    for at in range(len(offset) - 1):
        for row in range(offset[at], offset[at + 1]):
            activity[row] = at
    for turn in range(draws.shape[0]):
        for one in range(rows):
            other = int(draws[turn, one] * rows)
            if activity[one] == activity[other] or made[one] == made[other]:
                continue
            fits = True
            for row in range(offset[activity[one]], offset[activity[one] + 1]):
                if made[row] == made[other]:
                    fits = False
                    break
            if fits:
                for row in range(offset[activity[other]], offset[activity[other] + 1]):
                    if made[row] == made[one]:
                        fits = False
                        break
            if fits:
                made[one], made[other] = made[other], made[one]
    return made


@loop
def present(offset: Ints, activity: Ints, word: Words, kept: NDArray[np.bool_], weight: NDArray[np.int64]) -> Any:
    """For each bit how many things are there, are there and were not the bit before, are there and were, are not and
    were: (4, 64). A thing is there when an activity of weight above 0 says so; ``offset``: its rows of ``activity`` and
    ``word``; ``kept``: the things that count."""
    counts = np.zeros((4, 64), np.int64)
    for thing in range(len(offset) - 1):
        if not kept[thing]:
            continue
        now = np.uint64(0)
        for row in range(offset[thing], offset[thing + 1]):
            if weight[activity[row]] > 0:
                now |= word[row]
        bit = 0
        before = np.uint64(0)
        while now or before:
            this = now & np.uint64(1)
            if this:
                counts[0, bit] += 1
                counts[1, bit] += before == 0
                counts[2, bit] += before != 0
            elif before:
                counts[3, bit] += 1
            before = this
            now >>= np.uint64(1)
            bit += 1
            if bit == 64:
                break
    return counts
