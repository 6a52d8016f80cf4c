"""Which pairs are worth comparing: those that share something rare.

A *block* is what two rows share: a word of a name, two words side by side, the spaceless name or its first signs, a
short name that is the other's initials, a street word in one town or postcode, a KBO number. Within one country; a row
that names none is compared with all. A block of more than ``CAP`` pairs says nothing and is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ingest.resolve.prepare import Prepared
from ingest.resolve.ragged import Bools, Ints, once

CAP = 100  # pairs of one block: ten rows a side. More costs time and finds nothing (docs/decisions/0006-matching.md)
CAP_SAME = 250_000  # of one name or one number: five hundred rows a side are still worth it
WORD, NEIGHBOURS, PREFIX, NAME, INITIALS, SHORT, ADDRESS, KBO = range(8)


@dataclass(slots=True)
class Blocks:
    """The keys of one list, kind by kind, with the row of each; made and sorted when first asked for, then kept."""

    prepared: Prepared
    sides: dict[int, tuple[Ints, Ints]] = field(default_factory=dict)
    sorted_sides: dict[tuple[int, bool], tuple[Ints, Ints]] = field(default_factory=dict)

    @property
    def signed(self) -> bool:
        """Whether any row has a short name; where none has, no initials are needed on the other side."""
        return len(self.prepared.shorts.values) > 0

    def side(self, kind: int) -> tuple[Ints, Ints]:
        if kind not in self.sides:
            keys, rows = self._made(kind)
            self.sides[kind] = keys[keys >= 0], rows[keys >= 0]
        return self.sides[kind]

    def also(self, kind: int, keys: Ints, rows: Ints) -> None:
        """Further keys, beside those that follow from the list."""
        known, owners = self.side(kind)
        self.sides[kind] = np.concatenate([known, keys]), np.concatenate([owners, rows])

    def _made(self, kind: int) -> tuple[Ints, Ints]:
        found = self.prepared
        row, words, signs = found.row, found.words, found.signs
        owner, low, high = found.neighbours
        if kind == WORD:
            return _together((words.values, row[words.owner]), (signs.values, signs.owner))
        if kind == NEIGHBOURS:
            return _combined(low, high), row[owner]
        if kind == PREFIX:
            return found.prefix, row
        if kind == NAME:
            return found.name, row
        if kind == INITIALS:
            return found.initials.values, row[found.initials.owner]
        if kind == SHORT:
            return found.shorts.values, found.shorts.owner
        if kind == ADDRESS:
            return _addresses(found)
        return found.kbo, np.arange(len(found))

    def keys(self, kind: int, rows: Ints | None, country: bool) -> tuple[Ints, Ints]:
        """Keys and rows of one kind, of some rows only; with the country in the key or without."""
        keys, owner = self.side(kind)
        if rows is not None:
            chosen = np.isin(owner, rows)
            keys, owner = keys[chosen], owner[chosen]
        if country:
            keys = keys * 1024 + self.prepared.country[owner] % 1024
        return keys, owner

    def by_key(self, kind: int, rows: Ints | None, country: bool) -> tuple[Ints, Ints]:
        if rows is not None:
            return _ascending(*self.keys(kind, rows, country))
        if (kind, country) not in self.sorted_sides:
            self.sorted_sides[kind, country] = _ascending(*self.keys(kind, None, country))
        return self.sorted_sides[kind, country]


def candidates(a: Blocks, b: Blocks, cap: int = CAP) -> tuple[Ints, Ints, Bools]:
    """Rows of ``a`` and of ``b`` that share a block, each pair once, in ascending order; and whether words of names are
    all that they share."""
    words: list[Ints] = []
    more: list[Ints] = []
    for kind, left, right in _shared(a, b, cap):
        (words if kind in (WORD, NEIGHBOURS) else more).append((left << 32) | right)
    strong = once(np.concatenate(more))
    code = once(np.concatenate([*words, strong]))
    if not len(strong):
        return code >> 32, code & 0xFFFFFFFF, np.ones(len(code), bool)
    at = np.minimum(np.searchsorted(strong, code), len(strong) - 1)
    return code >> 32, code & 0xFFFFFFFF, strong[at] != code


def _shared(a: Blocks, b: Blocks, cap: int) -> Iterator[tuple[int, Ints, Ints]]:
    a_without, b_without = (np.flatnonzero(side.prepared.country < 0) for side in (a, b))
    yield from _one(a, b, None, None, cap, country=True)
    if len(a_without):
        yield from _one(a, b, a_without, None, cap, country=False)
    if len(b_without):
        yield from _one(a, b, None, b_without, cap, country=False)


def _one(
    a: Blocks, b: Blocks, a_rows: Ints | None, b_rows: Ints | None, cap: int, country: bool
) -> Iterator[tuple[int, Ints, Ints]]:
    for left, right, most in (
        (WORD, WORD, cap),
        (NEIGHBOURS, NEIGHBOURS, cap),
        (PREFIX, PREFIX, cap),
        (NAME, NAME, CAP_SAME),
        (INITIALS, SHORT, cap),
        (SHORT, INITIALS, cap),
        (ADDRESS, ADDRESS, cap),
        (KBO, KBO, CAP_SAME),
    ):
        if (left == INITIALS and not b.signed) or (right == INITIALS and not a.signed):
            continue
        keys = a.by_key(left, a_rows, country), b.by_key(right, b_rows, country)
        yield left, *_joined(*keys, most)


def _joined(a: tuple[Ints, Ints], b: tuple[Ints, Ints], cap: int) -> tuple[Ints, Ints]:
    """Rows with an equal key. Both sides ascend by key."""
    a_keys, a_rows = a
    b_keys, b_rows = b
    first = np.searchsorted(b_keys, a_keys, "left")
    there = np.searchsorted(b_keys, a_keys, "right") - first
    here = np.searchsorted(a_keys, a_keys, "right") - np.searchsorted(a_keys, a_keys, "left")
    keep = (there > 0) & (there * here <= cap)
    first, there = first[keep], there[keep]
    left = np.repeat(a_rows[keep], there)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(there) - there, there)
    return left, b_rows[np.repeat(first, there) + offset]


def _ascending(keys: Ints, rows: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(keys, kind="stable")
    return keys[order], rows[order]


def _together(*sides: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    code = once(np.concatenate([(keys << 32) | rows for keys, rows in sides]))
    return code >> 32, code & 0xFFFFFFFF


def _combined(low: Ints, high: Ints) -> Ints:
    return np.where((low < 0) | (high < 0), -1, (low << 25) | high)


def _addresses(prepared: Prepared) -> tuple[Ints, Ints]:
    """Every word of the street with every word of the town, and with the postcode."""
    streets, cities = prepared.streets, prepared.cities
    place, city = cities.expand(streets.owner)
    with_city = _combined(streets.values[place], city), streets.owner[place]
    post = prepared.post[streets.owner]
    with_post = np.where(post < 0, -1, _combined(streets.values, post) | (1 << 50)), streets.owner
    return np.concatenate([with_city[0], with_post[0]]), np.concatenate([with_city[1], with_post[1]])
