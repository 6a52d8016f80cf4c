"""What speaks for and against two rows being one organisation, for many pairs at once.

Each piece of evidence is a number from 0 to 1 times its weight (weights.yml, learned by tools/train_matching.py); they
add up to the score. All are symmetric, and none depends on the order of rows: weights of words are whole numbers, so
that their sums are exact in any order. Where a row has several names, the pair of names counts that gives most.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from ingest.resolve.contrast import Contrasts
from ingest.resolve.prepare import Prepared, Tables
from ingest.resolve.ragged import Bools, Floats, Ints, Ragged, meets
from ingest.resolve.words import SAYS, read

ONE = 1 << 20  # the weight of a word that occurs once
TELLING = 5  # letters of an acronym that are no chance any more

NAME = ("spelling", "words", "contained", "rare_word")
ROW = ("initials", "short_name", "city", "other_city", "street", "street_words", "address", "other_street", "crowd")
EVIDENCE = (*NAME, *ROW, "legal_form", "rivals")
# Evidence in shared words, and in the whole name, below which nobody was ever right who shared nothing else.
ENOUGH, ENOUGH_NAMED = 1.3, 2.4


@dataclass(frozen=True, slots=True)
class Weights:
    """``border``: the sum at which a pair is worth a look; ``prior``: what a pair starts from."""

    of: Mapping[str, float]
    prior: float
    border: float

    @property
    def start(self) -> float:
        """What the score of a pair starts from. Log-odds are halved: a score would else be 0 or 1 to the eye."""
        return round((self.prior - self.border) / 2, 3)

    def value(self, name: str, evidence: Floats) -> Floats:
        return np.round(self.of[name] * evidence / 2, 3)


@cache
def weights() -> Weights:
    table = read("weights.yml")
    return Weights(of=table["evidence"], prior=table["prior"], border=table["border"])


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each word tells, by how seldom it is in all names and streets compared."""

    words: Floats
    streets: Floats

    @classmethod
    def of(cls, lists: Sequence[Prepared], tables: Tables) -> "Rarity":
        return cls(
            _rarity([side.words for side in lists], len(tables.words)),
            _rarity([side.streets for side in lists], len(tables.streets)),
        )

    def over(self, tables: Tables) -> "Rarity":
        """The same where a question brought new words: they are as rare as can be."""
        return Rarity(_further(self.words, len(tables.words)), _further(self.streets, len(tables.streets)))


def _further(weight: Floats, size: int) -> Floats:
    return np.concatenate([weight, np.full(size - len(weight), float(ONE))])


def _rarity(lists: list[Ragged], size: int) -> Floats:
    times = sum((np.bincount(one.values, minlength=size) for one in lists), np.zeros(size, np.int64))
    names = sum(len(one) for one in lists)
    return np.rint(ONE * (1 - np.log(np.maximum(times, 1)) / math.log(names + 2)))


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of rows with their evidence. ``entries``: the two names that were found closest.

    ``same_name``: equal but for spacing and legal form. ``place``: 1 same, 0 not known, -1 another. ``form``: 1 when
    the legal forms are of kinds that conflict, 2 when one family (NV and BV) conflicts in itself. ``contrast``: the
    names differ in a word that tells two apart. ``kbo``: 1 same number, -1 another, 0 not known.
    """

    i: Ints
    j: Ints
    entries: tuple[Ints, Ints]
    evidence: dict[str, Floats]
    same_name: Bools
    says: Bools
    place: Ints
    form: Ints
    contrast: Bools
    kbo: Ints

    @property
    def refused(self) -> Bools:
        """Pairs that cannot be one organisation, whatever else agrees; an equal number overrules a name."""
        found: Bools = (self.kbo < 0) | ((self.kbo == 0) & (self.contrast | (self.form == 1)))
        return found

    def sums(self) -> Floats:
        """The logit of the score: 0 at the border of what is worth a look."""
        total = np.full(len(self.i), weights().start)
        for name in EVIDENCE:
            total += weights().value(name, self.evidence[name])
        return total


def compare(
    a: Prepared, b: Prepared, pairs: tuple[Ints, Ints, Bools], rarity: Rarity, contrasts: Contrasts
) -> Compared:
    """Evidence for rows of ``a`` beside rows of ``b``; a pair that shares words and not enough of them is left out."""
    i, j, entries, names, equal = _names(a, b, pairs, rarity.words)
    x, y = entries
    rows = _rows(a, b, i, j, rarity)
    left, right = a.kinds[x] & (SAYS - 1), b.kinds[y] & (SAYS - 1)
    apart = (left > 0) & (right > 0) & (left & right == 0)
    companies = ((left | right) & ~3) == 0
    known = (a.kbo[i] >= 0) & (b.kbo[j] >= 0) & (a.establishment[i] == b.establishment[j])
    compared = Compared(
        i=i,
        j=j,
        entries=entries,
        evidence={**names, **rows, "legal_form": apart.astype(np.float64), "rivals": np.zeros(len(i))},
        same_name=equal,
        says=(a.kinds[x] & SAYS) != (b.kinds[y] & SAYS),
        place=np.where((rows["city"] > 0) | (rows["street_words"] > 0.9), 1, np.where(rows["other_city"] > 0, -1, 0)),
        form=np.where(apart, np.where(companies, 2, 1), 0),
        contrast=contrasts.between(a.words, b.words, x, y),
        kbo=np.where(known, np.where(a.kbo[i] == b.kbo[j], 1, -1), 0),
    )
    compared.evidence["rivals"] = _rivals(compared, within=a is b)
    return compared


def _rivals(compared: Compared, within: bool) -> Floats:
    """How many pairs there are with either row that fit better; those that cannot be one do not count."""
    total = np.round(compared.sums() - 100.0 * compared.refused.astype(np.float64), 3)
    if within:
        ends = np.concatenate([compared.i, compared.j])
        better = _better(ends, np.concatenate([total, total]))
        count = better[: len(total)] + better[len(total) :]
    else:
        count = _better(compared.i, total) + _better(compared.j, total)
    return np.asarray(count / (1.0 + count), np.float64)


def _better(group: Ints, value: Floats) -> Ints:
    """For each member of a group, how many of it have a higher value."""
    order = np.lexsort((-value, group))
    group, value = group[order], value[order]
    places = np.arange(len(order))
    opens = np.concatenate(([True], group[1:] != group[:-1])) if len(order) else np.zeros(0, bool)
    steps = opens | np.concatenate(([True], value[1:] != value[:-1])) if len(order) else opens
    first = np.maximum.accumulate(np.where(opens, places, 0))
    level = np.maximum.accumulate(np.where(steps, places, 0))
    found = np.empty(len(order), np.int64)
    found[order] = level - first
    return found


def _names(
    a: Prepared, b: Prepared, pairs: tuple[Ints, Ints, Bools], weight: Floats
) -> tuple[Ints, Ints, tuple[Ints, Ints], dict[str, Floats], Bools]:
    """Of all names of the one row and all of the other, the two that are closest."""
    i, j, only_words = pairs
    pair, x, y = _all_names(a, b, i, j)
    found = _overlap(a.words, b.words, x, y, weight)
    known = weights().of
    enough = sum((known[name] * found[name] for name in NAME[1:]), np.zeros(len(pair))) >= ENOUGH
    keep = np.flatnonzero(enough | ~only_words[pair])
    pair, x, y = pair[keep], x[keep], y[keep]
    found = {name: value[keep] for name, value in found.items()}
    tight = _ratio(a.tight, b.tight, x, y)
    spelled = tight.copy()
    turned = np.flatnonzero((tight < 1) & ((found["words"] > 0.2) | ~only_words[pair]))
    spelled[turned] = np.maximum(tight[turned], _ratio(a.ordered, b.ordered, x[turned], y[turned]))
    found["spelling"] = _lifted(spelled, 0.4)
    named = sum((known[name] * found[name] for name in NAME), np.zeros(len(pair)))
    keep = np.flatnonzero((named >= ENOUGH_NAMED) | ~only_words[pair])
    pair, x, y, tight = pair[keep], x[keep], y[keep], tight[keep]
    found = {name: value[keep] for name, value in found.items()}
    equal = (tight == 1) & (a.name[x] >= 0)
    if len(a.row) > len(a) or len(b.row) > len(b):
        best = sum((known[name] * found[name] for name in NAME), np.zeros(len(pair)))
        # What is equal to all that: told apart by the names themselves, not by where they stand.
        order = np.lexsort((a.name[x] + b.name[y], ~equal, -np.round(best, 6), pair))
        order = order[np.concatenate(([True], pair[order][1:] != pair[order][:-1]))] if len(order) else order
        pair, x, y, equal = pair[order], x[order], y[order], equal[order]
        found = {name: value[order] for name, value in found.items()}
    return i[pair], j[pair], (x, y), found, equal


def _all_names(a: Prepared, b: Prepared, i: Ints, j: Ints) -> tuple[Ints, Ints, Ints]:
    pair, x, y = np.arange(len(i)), i, j
    if len(a.row) > len(a):
        of_row = Ragged(a.row, np.arange(len(a.row)), len(a))
        place, x = of_row.expand(i)
        pair, y = pair[place], y[place]
    if len(b.row) > len(b):
        of_row = Ragged(b.row, np.arange(len(b.row)), len(b))
        place, y = of_row.expand(y)
        pair, x = pair[place], x[place]
    return pair, x, y


def _overlap(a: Ragged, b: Ragged, i: Ints, j: Ints, weight: Floats) -> dict[str, Floats]:
    """What two names share, weighed: as a part of all their words, as a part of the shorter, and its rarest word."""
    place, value = a.expand(i)
    worth = np.where(b.holds(j[place], value), weight[value], 0)
    common = np.bincount(place, worth, len(i))
    rarest = np.zeros(len(i))
    np.maximum.at(rarest, place, worth)
    left, right = np.bincount(place, weight[value], len(i)), b.total(j, weight)
    return {
        "words": common / np.maximum(left + right - common, 1),
        "contained": (common / np.maximum(np.minimum(left, right), 1)) ** 2,
        "rare_word": rarest / ONE,
    }


def _rows(a: Prepared, b: Prepared, i: Ints, j: Ints, rarity: Rarity) -> dict[str, Floats]:
    city = meets(a.cities, b.cities, i, j) | ((a.post[i] >= 0) & (a.post[i] == b.post[j]))
    cities = (a.cities.lengths[i] > 0) & (b.cities.lengths[j] > 0)
    streets = (a.streets.lengths[i] > 0) & (b.streets.lengths[j] > 0)
    found = _overlap(a.streets, b.streets, i, j, rarity.streets)
    street = np.where(streets, found["contained"], 0)
    near = np.flatnonzero(streets & (city | (street > 0)))  # elsewhere two streets are alike by chance
    street[near] = np.maximum(street[near], _lifted(_ratio(a.street, b.street, i[near], j[near]), 0.6))
    there = (found["contained"] > 0.56) & city & streets
    of_a, of_b = np.bincount(i, there, len(a)), np.bincount(j, there, len(b))
    if a is b:
        of_a = of_b = of_a + of_b  # a pair inside a list stands there once, whichever of the two comes first
    crowd = of_a[i] + of_b[j]
    initials = np.maximum(_initialled(a, b, i, j), _initialled(b, a, j, i))
    named = meets(a.signs, b.signs, i, j) | _worded(a, b, i, j) | _worded(b, a, j, i)
    return {
        "initials": initials,
        "short_name": named.astype(np.float64),
        "city": city.astype(np.float64),
        "other_city": (cities & ~city).astype(np.float64),
        "street": street,
        "street_words": np.where(streets, found["words"], 0),
        "address": street * city,
        "other_street": np.where(streets, 1 - street, 0),
        "crowd": np.where(streets, np.log1p(crowd), 0),
    }


def _initialled(a: Prepared, b: Prepared, i: Ints, j: Ints) -> Floats:
    """Whether the short name of the one is an acronym of a name of the other: the longer, the less by chance."""
    found = np.zeros(len(i))
    if len(a.shorts.values):
        of_rows = b.initials if len(b.row) == len(b) else Ragged(b.row[b.initials.owner], b.initials.values, len(b))
        for at in np.flatnonzero(meets(a.shorts, of_rows, i, j)).tolist():
            found[at] = min(len(a.sign[i[at]]), TELLING) / TELLING
    return found


def _worded(a: Prepared, b: Prepared, i: Ints, j: Ints) -> Bools:
    """Whether the short name of the one is a word in a name of the other."""
    of_rows = b.words if len(b.row) == len(b) else Ragged(b.row[b.words.owner], b.words.values, len(b))
    return meets(a.signs, of_rows, i, j)


def _ratio(a: list[str], b: list[str], i: Ints, j: Ints) -> Floats:
    left, right = list(map(a.__getitem__, i.tolist())), list(map(b.__getitem__, j.tolist()))
    return process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float64) / 100


def _lifted(value: Floats, base: float) -> Floats:
    """Below ``base`` nothing, 1 for equal, and little in between: half alike is what strangers are."""
    return np.clip((value - base) / (1 - base), 0, 1) ** 2
