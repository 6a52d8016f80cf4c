"""From evidence to bands: *auto* (one organisation), *review* (worth a look), nothing.

- An equal KBO number decides; two different ones are never the same organisation.
- *auto* by name: equal but for spacing, order, joining words, legal form and an acronym of itself; no conflict of
  legal forms; the same town or street. Where a town is not known the name must stand for one place only and be more
  than an acronym; where a name says nothing special the streets may not differ. An alias that is an acronym proposes.
- A cluster of auto pairs that would join two KBO numbers keeps only what numbers decided; the rest goes to review.
- *review*: the best of what is left for each row of A, above the border, unless the names contrast or the legal forms
  are of different kinds.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from ingest.resolve.compare import Compared
from ingest.resolve.contrast import apart
from ingest.resolve.prepare import Prepared
from ingest.resolve.ragged import Bools, Floats
from ingest.resolve.words import words

NOTHING, AUTO, REVIEW = range(3)
BANDS = ("nothing", "auto", "review")
# What an equal number, a name that is the same, and a contrast or another number add to the logit of the score.
IDENTIFIED, NAMED, REFUSED = 12.0, 3.0, -12.0
SHORT = 6  # letters a name needs to stand for one organisation where no town is known
ALIKE = 0.0  # evidence from which a name is looked at word by word


@dataclass(frozen=True, slots=True)
class Decided:
    """By compared pair: its band, its score, whether its names are the same, whether something forbids it to be one.
    ``turned``: pairs inside one list to be told the other way round: the row that looks for its best comes first, else
    the lower id."""

    a: Prepared
    b: Prepared
    compared: Compared
    band: npt.NDArray[np.int8]
    score: Floats
    named: Bools
    refused: Bools
    turned: set[int]


def decide(a: Prepared, b: Prepared, compared: Compared, within: bool = False) -> Decided:
    """``within``: ``a`` and ``b`` are one list."""
    total = compared.sums()
    refused = compared.refused
    named = ~refused & (compared.kbo == 0) & _same(a, b, compared, total)
    auto = (compared.kbo > 0) | named
    if (a.kbo >= 0).any() or (b.kbo >= 0).any():
        auto &= ~_joins_two_numbers(a, b, compared, auto, within)
    named &= auto
    total += NAMED * named + IDENTIFIED * (compared.kbo > 0) + REFUSED * refused
    score = np.round(1 / (1 + np.exp(-np.round(total, 3))), 4)
    band = np.where(auto, AUTO, NOTHING).astype(np.int8)
    pool = np.flatnonzero(~auto & ~refused & (score >= 0.5))
    chosen = _review_within(a, compared, auto, pool, score) if within else _review(a, b, compared, auto, pool, score)
    band[list(chosen)] = REVIEW
    turned = {at for at, turn in chosen.items() if turn}
    if within:
        ids = a.listing.id
        turned |= {at for at in np.flatnonzero(auto).tolist() if ids[compared.i[at]] > ids[compared.j[at]]}
    return Decided(a, b, compared, band, score, named, refused, turned)


def _same(a: Prepared, b: Prepared, compared: Compared, total: Floats) -> Bools:
    """Pairs whose names are the same and whose places allow it."""
    x, y = compared.entries
    may = (compared.form == 0) & ~compared.says
    same: Bools = compared.same_name & may & (compared.place >= 0)
    for at in np.flatnonzero(compared.same_name & may & (compared.place < 0)).tolist():
        same[at] = _misspelled(a.listing.city[compared.i[at]], b.listing.city[compared.j[at]])
    for at in np.flatnonzero(~compared.same_name & may & (compared.place > 0) & (total > ALIKE)).tolist():
        same[at] = alike(a.core[x[at]], b.core[y[at]])
    unplaced = np.flatnonzero(same & (compared.place == 0))
    if len(unplaced):
        spread = _spread(a, b, compared)
        for at in unplaced.tolist():
            name = a.tight[x[at]]
            same[at] = len(name) >= SHORT and name not in spread
    elsewhere = (compared.evidence["other_street"] > 0.5) & (compared.evidence["street"] < 0.5)
    for at in np.flatnonzero(same & elsewhere).tolist():
        same[at] = not _general(a.content[x[at]])
    for at in np.flatnonzero(same & ((x >= len(a)) | (y >= len(b)))).tolist():
        same[at] = len(a.core[x[at]]) > 1 or len(a.tight[x[at]]) > SHORT
    return same


def _general(content: list[str]) -> bool:
    """Words that every town has: Faculty of Medicine, Gemeentelijke Basisschool. Two in one town may be two."""
    return words().meaning_words.issuperset(content)


def _misspelled(one: str, other: str) -> bool:
    """Ludwingshafen is Ludwigshafen, Gent is not Genk."""
    return min(len(one), len(other)) > 6 and fuzz.ratio(one.casefold(), other.casefold()) >= 85


def _spread(a: Prepared, b: Prepared, compared: Compared) -> set[str]:
    """Names that stand in more than one town: Sint-Jozefscollege, Gemeentelijke Basisschool."""
    x = compared.entries[0]
    towns: defaultdict[str, set[tuple[int, ...]]] = defaultdict(set)
    for at in np.flatnonzero(compared.same_name).tolist():
        for side, row in ((a, compared.i[at]), (b, compared.j[at])):
            first, last = side.cities.starts[row : row + 2].tolist()
            if first < last:
                towns[a.tight[x[at]]].add(tuple(side.cities.values[first:last].tolist()))
    return {name for name, found in towns.items() if len(found) > 1}


def alike(left: list[str], right: list[str]) -> bool:
    """The same words, whatever their order and what joins them, an acronym made of the others aside.

    >>> alike("european geothermal energy council".split(), "egec the european geothermal energy council".split())
    True
    """
    one, other = _bare(left), _bare(right)
    return "".join(one) == "".join(other) or sorted(one) == sorted(other)


def _bare(core: list[str]) -> list[str]:
    joining = words().joining
    bare = [word for word in core if len(word) < 2 or word not in joining]
    for acronym, rest in ((bare[-1:], bare[:-1]), (bare[:1], bare[1:])):
        if len(rest) > 2 and len(acronym[0]) > 2:
            every = "".join(word[0] for word in core if word != acronym[0])
            if acronym[0] in (every, "".join(word[0] for word in rest)):
                return rest
    return bare


def _joins_two_numbers(a: Prepared, b: Prepared, compared: Compared, auto: Bools, within: bool) -> Bools:
    """The pairs by name of every cluster of auto pairs that holds two KBO numbers."""
    shift = 0 if within else len(a)
    leader: dict[int, int] = {}

    def led(row: int) -> int:
        while (up := leader.get(row, row)) != row:
            leader[row] = row = leader.get(up, up)
        return row

    pairs = np.flatnonzero(auto).tolist()
    for at in pairs:
        low, high = sorted((led(int(compared.i[at])), led(int(compared.j[at]) + shift)))
        leader[high] = low
    numbers: defaultdict[int, set[int]] = defaultdict(set)
    for side, offset in ((a, 0),) if within else ((a, 0), (b, shift)):
        for row in np.flatnonzero((side.kbo >= 0) & ~side.establishment).tolist():
            numbers[led(row + offset)].add(int(side.kbo[row]))
    joined = np.zeros(len(auto), bool)
    for at in pairs:
        joined[at] = compared.kbo[at] <= 0 and len(numbers.get(led(int(compared.i[at])), ())) > 1
    return joined


def _review(
    a: Prepared, b: Prepared, compared: Compared, auto: Bools, pool: npt.NDArray[np.intp], score: Floats
) -> dict[int, bool]:
    """The best pair of each row of A that has no auto pair."""
    ids = (
        [a.listing.id[row] for row in compared.i[pool].tolist()],
        [b.listing.id[row] for row in compared.j[pool].tolist()],
    )
    settled = set(compared.i[auto].tolist())
    chosen: dict[int, bool] = {}
    for at in _best_first(pool, score, *ids):
        row = int(compared.i[at])
        if row not in settled and not _apart(a, b, compared, at):
            settled.add(row)
            chosen[at] = False
    return chosen


def _review_within(
    one: Prepared, compared: Compared, auto: Bools, pool: npt.NDArray[np.intp], score: Floats
) -> dict[int, bool]:
    """The best pair of each row that has no auto pair; a pair that is the best of both is one pair."""
    ids = one.listing.id
    sides = [(ids[i], ids[j]) for i, j in zip(compared.i[pool].tolist(), compared.j[pool].tolist(), strict=True)]
    settled = set(compared.i[auto].tolist()) | set(compared.j[auto].tolist())
    chosen: dict[int, bool] = {}
    for at in _best_first(pool, score, list(map(min, sides)), list(map(max, sides))):
        i, j = int(compared.i[at]), int(compared.j[at])
        looking = {i, j} - settled
        if looking and not _apart(one, one, compared, at):
            settled |= looking
            chosen[at] = (ids[i] > ids[j]) if len(looking) > 1 else j in looking
    return chosen


def _best_first(pool: npt.NDArray[np.intp], score: Floats, first: list[str], second: list[str]) -> list[int]:
    """By score, and by id where that is equal, so that the order of rows plays no part."""
    if not len(pool):
        return []
    one, other = (np.unique(np.array(ids, object), return_inverse=True)[1] for ids in (first, second))
    order: list[int] = pool[np.lexsort((other, one, -score[pool]))].tolist()
    return order


def _apart(a: Prepared, b: Prepared, compared: Compared, at: int) -> bool:
    x, y = compared.entries
    return apart(a.core[x[at]], b.core[y[at]])
