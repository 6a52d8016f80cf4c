"""Words that tell two names apart however alike the rest is: Oost- and West-Vlaanderen, Genk and Gent, Lab 1 and 2."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.resolve.prepare import Prepared, Tables
from ingest.resolve.ragged import Bools, Ints, Ragged
from ingest.resolve.words import words

_NUMBER = re.compile(r"\d+[a-z]?|[ivx]{2,5}")
_GROUPS = ("compass", "side", "tongue", "country", "place", "number")


@dataclass(frozen=True, slots=True)
class Contrasts:
    """The group of every word as a bit, by the word's number; 0 = it is no such word. ``towns``: places that the lists
    themselves name, beside those of words.yml."""

    group: Ints
    towns: frozenset[str]

    @classmethod
    def of(cls, lists: Sequence[Prepared], tables: Tables) -> "Contrasts":
        towns = frozenset(_towns(tables, lists) - words().meaning_words)
        return cls(_groups(tables, towns, len(tables.words), 0), towns)

    def over(self, tables: Tables) -> "Contrasts":
        """The same where a question brought new words."""
        more = _groups(tables, self.towns, len(tables.words), len(self.group))
        return Contrasts(np.concatenate([self.group, more]), self.towns)

    def between(self, a: Ragged, b: Ragged, x: Ints, y: Ints) -> Bools:
        """Whether each name has a word of one group that the other has not."""
        return (self._left(a, b, x, y) & self._left(b, a, y, x)) > 0

    def _left(self, a: Ragged, b: Ragged, x: Ints, y: Ints) -> Ints:
        place, value = a.expand(x)
        of_group = self.group[value] > 0
        place, value = place[of_group], value[of_group]
        alone = ~b.holds(y[place], value)
        left = np.zeros(len(x), np.int64)
        np.bitwise_or.at(left, place[alone], self.group[value[alone]])
        return left


def _groups(tables: Tables, towns: frozenset[str], size: int, start: int) -> Ints:
    """The groups of the words from number ``start`` on."""
    known = words()
    place, number = (1 << _GROUPS.index(name) for name in ("place", "number"))
    group = np.zeros(size - start, np.int64)
    for word, at in tables.words.since(start):
        if word in known.contrast:
            group[at - start] = 1 << _GROUPS.index(known.contrast[word])
        elif word[0] in "0123456789ivx" and _NUMBER.fullmatch(word):
            group[at - start] = number
        elif word in known.places or word in towns:
            group[at - start] = place
    return group


def _towns(tables: Tables, lists: Iterable[Prepared]) -> set[str]:
    """Towns of one word that two rows name; more words may be a postbox, and one row a slip."""
    times = np.zeros(len(tables.cities), np.int64)
    for side in lists:
        single = side.cities.values[np.isin(side.cities.owner, np.flatnonzero(side.cities.lengths == 1))]
        times += np.bincount(single, minlength=len(times))
    return {word for word, at in tables.cities.since(0) if times[at] > 1 and len(word) > 3}


def apart(left: list[str], right: list[str]) -> bool:
    """Whether two names differ in one word each, and that in the first half of a compound (Landmaatschappij,
    Milieumaatschappij) or in a letter that numbers them (Zone A, Zone B)."""
    one, other = [word for word in left if word not in right], [word for word in right if word not in left]
    if len(one) != 1 or len(other) != 1:
        return False
    return len(one[0]) == len(other[0]) == 1 or _halves(one[0], other[0])


def _halves(one: str, other: str) -> bool:
    tail = 0
    while tail < min(len(one), len(other)) and one[-tail - 1] == other[-tail - 1]:
        tail += 1
    return tail >= 6 and min(len(one), len(other)) - tail >= 3 and one[0] != other[0]
