"""The ranking as fused loops: two-hop sums row by row (Gustavson, ACM TOMS 4, 1978), and of each row only the best.

Nothing of one row is kept for the next but the best, so memory does not grow with the pairs. Rows do not depend on each
other: threads, blocks and their order change nothing. The same answer without numba: ``portable.py``.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.analytics.compiled import loop

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@loop
def rounded(value: float) -> float:
    """To 36 bits: sums of the same terms in another order are then equal (Dekker's splitting)."""
    wide = value * 131073.0
    return wide - (wide - value)


@loop
def _worse(score: float, order: int, than_score: float, than_order: int) -> bool:
    return score < than_score or (score == than_score and order > than_order)


@loop
def _sift(score: Floats, order: NDArray[np.int64], size: int, value: float, place: int) -> None:
    """Put a pair in place of the worst of a full heap, the root."""
    at = 0
    while True:
        low = 2 * at + 1
        if low >= size:
            break
        if low + 1 < size and _worse(score[low + 1], order[low + 1], score[low], order[low]):
            low += 1
        if not _worse(score[low], order[low], value, place):
            break
        score[at], order[at] = score[low], order[low]
        at = low
    score[at], order[at] = value, place


@loop
def _push(score: Floats, order: NDArray[np.int64], size: int, value: float, place: int) -> None:
    """Add a pair to a heap of ``size``."""
    at: Any = size
    while at > 0:
        above = (at - 1) // 2
        if not _worse(value, place, score[above], order[above]):
            break
        score[at], order[at] = score[above], order[above]
        at = above
    score[at], order[at] = value, place


@loop
def _hits(sums: Floats, power: Floats, own: float, floor: float, by_themes: float, limit: float) -> int:
    """How many reach the limit. A sum of whole numbers over a whole array: the compiler takes several at once."""
    hits = 0
    for at in range(len(sums)):
        hits += int((sums[at] + by_themes) * (own * power[at] + floor) >= limit)
    return hits


@loop
def _fit(one: int, other: int) -> bool:
    return (one & 1 != 0 and other & 2 != 0) or (one & 2 != 0 and other & 1 != 0)


@loop
def _offer(
    heap: Floats, places: NDArray[np.int64], filled: int, size: int, place: Any, sum_: float, a: int, b: int,
    theme_start: NDArray[np.int64], theme: Ints, activity: Floats, length: Floats, reach: Floats, power: Floats,
    floor: float, alone: float, modest: Floats, country: Ints, kind: Ints, factor: Floats,
    by_total: Floats, by_length: Floats, far: float, exponent: float, direction: float, least: float,
) -> int:  # fmt: skip
    """Score a pair, unless a bound says that it is not among the best, and keep it if it is. Gives how many there are.
    ``by_total``, ``by_length``: activity of a by theme over the activity of all, and over the length of a."""
    widest = reach[a] * reach[b]
    same = factor[(country[a] == country[b]) + 2 * (kind[a] == kind[b])] * modest[a] * modest[b]
    if filled == size and (sum_ + far * widest) * (power[a] * power[b] + floor) * alone * same < heap[0]:
        return filled
    alike = 0.0
    cosine = 0.0
    if widest > 0.0:
        for at in range(theme_start[b], theme_start[b + 1]):
            alike += by_total[theme[at]] * activity[at]
            cosine += by_length[theme[at]] * activity[at]
        cosine /= length[b]
    score = (sum_ + far * alike) * same
    if exponent != 0.0 or direction != 0.0:
        score *= np.exp(exponent * np.log(alike + least) + direction * cosine)
    score = rounded(score)
    if score <= 0.0:
        return filled
    if filled < size:
        _push(heap, places, filled, score, place)
        return filled + 1
    if _worse(heap[0], places[0], score, place):
        _sift(heap, places, size, score, place)
    return filled


@loop
def best(
    rows: NDArray[np.int64], first: int, last: int, size: int, joint: bool,
    start: NDArray[np.int64], partner: Ints, tie: Floats, known: Floats,
    theme_start: NDArray[np.int64], theme: Ints, activity: Floats, total: Floats, length: Floats, reach: Floats,
    modest: Floats, country: Ints, kind: Ints, numbers: tuple[float, float, float, float, float, float],
    side: NDArray[np.int8], barred_start: NDArray[np.int64], barred: Ints, by_reach: NDArray[np.int64],
) -> tuple[Any, Any, Any]:  # fmt: skip
    """The best of rows ``first`` to ``last``: ``size`` of each row, or with ``joint`` of all together, each pair once
    with a < b. Gives them as (a, b, score) in no order; of equal scores the lower numbers.

    ``side``: bits of who may stand left (1) and right (2) of a pair. ``by_reach``: who may be suggested by themes
    alone, widest first."""
    n = len(start) - 1
    far, exponent, direction, same_country, same_kind, least = numbers
    # Bounds: a cosine is at most 1, alike(a, b) at most reach(a) * reach(b), and (x + y)^t at most x^t + y^t.
    alone = np.exp(max(direction, 0.0)) * (1 + 1e-9)
    factor = np.exp(np.array([0.0, same_country, same_kind, same_country + same_kind]))
    cap = alone * factor.max()
    floor = least**exponent if exponent > 0.0 else 0.0
    power = np.ones(n)
    widest = 0.0
    for at in range(n):
        if exponent > 0.0:
            power[at] = reach[at] ** exponent
        widest = max(widest, reach[at])
    sums = np.zeros(n)
    kept_b = np.empty(n, np.int32)  # of one row: those worth a closer look
    shut = np.full(n, -1, np.int32)
    by_total = np.zeros(len(total))
    by_length = np.zeros(len(total))
    room = size if joint else size * (last - first)
    found_a = np.empty(room, np.int32)
    found_b = np.empty(room, np.int32)
    found_score = np.empty(room)
    made = 0
    heap = np.empty(size)
    places = np.empty(size, np.int64)
    filled = 0
    for r in range(first, last):
        a = rows[r]
        if not joint:
            filled = 0
        if side[a] == 0:
            continue
        shut[a] = r
        for at in range(start[a], start[a + 1]):
            shut[partner[at]] = r
        for at in range(barred_start[a], barred_start[a + 1]):
            shut[barred[at]] = r
        for at in range(theme_start[a], theme_start[a + 1]):
            by_total[theme[at]] = activity[at] / total[theme[at]]
            by_length[theme[at]] = activity[at] / length[a]
        work = 0
        for at in range(start[a], start[a + 1]):
            work += start[partner[at] + 1] - start[partner[at]]
        dense = work * 8 > n  # then looking at all is quicker than keeping a list of who was met
        count = 0
        if dense:
            for at in range(start[a], start[a + 1]):
                z = partner[at]
                value = tie[at] * known[z]
                for further in range(start[z], start[z + 1]):
                    sums[partner[further]] += value * tie[further]
        else:
            for at in range(start[a], start[a + 1]):
                z = partner[at]
                value = tie[at] * known[z]
                for further in range(start[z], start[z + 1]):
                    b = partner[further]
                    before = sums[b]
                    if before == 0.0:
                        kept_b[count] = b
                        count += 1
                    sums[b] = before + value * tie[further]
        by_themes = far * reach[a] * widest
        scale = cap * modest[a]
        own = power[a]
        step = 64 if dense else n + 1
        block = 0
        while block < n:
            if dense:
                until = min(block + step, n)
                limit = heap[0] / scale if filled == size else 0.0
                hits = _hits(sums[block:until], power[block:until], own, floor, by_themes, limit)
                count = 0
                if hits and not (joint and until <= a):
                    for b in range(block, until):
                        if sums[b] > 0.0 and (sums[b] + by_themes) * (own * power[b] + floor) >= limit:
                            kept_b[count] = b
                            count += 1
            block += step
            for at in range(count):
                b = kept_b[at]
                if (joint and b <= a) or shut[b] == r or not _fit(side[a], side[b]):
                    continue
                place = np.int64(a) * n + b if joint else np.int64(b)
                filled = _offer(
                    heap, places, filled, size, place, sums[b], a, b, theme_start, theme, activity, length, reach,
                    power, floor, alone, modest, country, kind, factor, by_total, by_length, far, exponent, direction,
                    least,
                )  # fmt: skip
                shut[b] = r
            if dense:
                sums[block - step : min(block, n)] = 0.0
            else:
                for at in range(count):
                    sums[kept_b[at]] = 0.0
        if not joint and filled < size and far > 0.0 and reach[a] > 0.0:
            # Too few share a partner: those who do the same, the widest first, so that one can stop.
            for at in range(len(by_reach)):
                b = by_reach[at]
                bound = far * reach[a] * reach[b] * (own * power[b] + floor) * scale
                if filled == size and bound < heap[0]:
                    break
                if shut[b] != r and _fit(side[a], side[b]):
                    filled = _offer(
                        heap, places, filled, size, np.int64(b), 0.0, a, b, theme_start, theme, activity, length, reach,
                        power, floor, alone, modest, country, kind, factor, by_total, by_length, far, exponent,
                        direction, least,
                    )  # fmt: skip
        for at in range(theme_start[a], theme_start[a + 1]):
            by_total[theme[at]] = 0.0
            by_length[theme[at]] = 0.0
        if not joint:
            for at in range(filled):
                found_a[made] = a
                found_b[made] = places[at]
                found_score[made] = heap[at]
                made += 1
    if joint:
        for at in range(filled):
            found_a[at] = places[at] // n
            found_b[at] = places[at] % n
            found_score[at] = heap[at]
        made = filled
    return found_a[:made], found_b[:made], found_score[:made]


@loop
def floor(start: NDArray[np.int64], partner: Ints, tie: Floats, known: Floats) -> float:
    """The scatter-add alone: what no ranking of two-hop pairs by this way can be faster than. For the benchmark."""
    n = len(start) - 1
    sums = np.zeros(n)
    everything = 0.0
    for a in range(n):
        for at in range(start[a], start[a + 1]):
            z = partner[at]
            value = tie[at] * known[z]
            for further in range(start[z], start[z + 1]):
                sums[partner[further]] += value * tie[further]
        everything += sums[a]
    return everything
