"""Many small sets as two arrays, so that a hundred thousand names are compared in a few array operations."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, count

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

UNKNOWN = -1
_LOW = 0xFFFFFFFF


class _Over(dict[str, int]):
    """The numbers of ``base``, and further ones for words that are new here."""

    def __init__(self, base: dict[str, int], size: int) -> None:
        super().__init__()
        self.base = base
        self.size = size

    def __missing__(self, word: str) -> int:
        number = self.base.get(word)
        if number is None:
            number = self.size
            self.size += 1
        self[word] = number
        return number


class Vocabulary:
    """Words to numbers, from 0 on. One over another knows its words and adds its own without touching it, so that a
    question leaves no trace in an index."""

    def __init__(self, base: "Vocabulary | None" = None) -> None:
        self.base = base
        self.start = 0 if base is None else len(base)
        self.numbers: dict[str, int] = (
            defaultdict(count().__next__) if base is None else _Over(base.numbers, self.start)
        )

    def of(self, found: Sequence[str]) -> Ints:
        return np.fromiter(map(self.numbers.__getitem__, found), np.int64, len(found))

    def known(self, found: Sequence[str]) -> Ints:
        """The same, where an empty text is UNKNOWN."""
        numbers = self.of(found)
        numbers[np.fromiter((not word for word in found), bool, len(found))] = UNKNOWN
        return numbers

    def since(self, start: int) -> Iterator[tuple[str, int]]:
        """The words numbered from ``start`` on, in no order."""
        least = max(start, self.start)
        yield from ((word, number) for word, number in self.numbers.items() if number >= least)
        if self.base is not None and start < self.start:
            yield from self.base.since(start)

    def __len__(self) -> int:
        return self.numbers.size if isinstance(self.numbers, _Over) else len(self.numbers)


class Ragged:
    """Sets of numbers, one a row: those of row ``i`` are ``values[starts[i]:starts[i + 1]]``, ascending."""

    def __init__(self, owner: Ints, values: Ints, rows: int) -> None:
        code = self.codes = once((owner << 32) | values)
        self.owner = code >> 32
        self.values = code & _LOW
        self.starts = np.searchsorted(self.owner, np.arange(rows + 1))

    @classmethod
    def of(cls, vocabulary: Vocabulary, rows: Sequence[Sequence[str]]) -> "Ragged":
        return cls(*flat(vocabulary, rows), len(rows))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def lengths(self) -> Ints:
        return np.diff(self.starts)

    def expand(self, rows: Ints) -> tuple[Ints, Ints]:
        """(place in ``rows``, value) for every value of each of ``rows``."""
        lengths = self.lengths[rows]
        place = np.repeat(np.arange(len(rows)), lengths)
        offset = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return place, self.values[np.repeat(self.starts[:-1][rows], lengths) + offset]

    def holds(self, rows: Ints, values: Ints) -> Bools:
        """Whether each of ``rows`` has the value beside it."""
        if not len(self.codes):
            return np.zeros(len(rows), bool)
        code = (rows << 32) | values
        at = np.minimum(np.searchsorted(self.codes, code), len(self.codes) - 1)
        found: Bools = self.codes[at] == code
        return found

    def total(self, rows: Ints, weights: Floats) -> Floats:
        """The weight of all values of each of ``rows``."""
        if len(rows) < len(self) // 8:  # a question: not worth weighing all rows
            place, value = self.expand(rows)
            return np.bincount(place, weights[value], len(rows)).astype(np.float64)
        return np.bincount(self.owner, weights[self.values], len(self))[rows].astype(np.float64)


def flat(vocabulary: Vocabulary, rows: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
    """Every word of every row in its order: whose it is, and its number."""
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    return np.repeat(np.arange(len(rows)), lengths), vocabulary.of(list(chain.from_iterable(rows)))


def once(code: Ints) -> Ints:
    """Sorted, each value once. What numpy's unique does, at a third of its cost on millions of whole numbers."""
    code = np.sort(code)
    return code[np.concatenate(([True], code[1:] != code[:-1]))] if len(code) else code


def meets(a: Ragged, b: Ragged, i: Ints, j: Ints) -> Bools:
    """Whether row ``i`` of ``a`` and row ``j`` of ``b`` have a value in common, for many pairs."""
    place, value = a.expand(i)
    return np.bincount(place, b.holds(j[place], value), len(i)) > 0
