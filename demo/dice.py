"""Choices that come out the same on every machine and in every Python."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

One = TypeVar("One")


class Dice:
    """Seeded choices. Built on ``Random.random`` alone: only that is promised to be the same in later Pythons, while
    ``choice``, ``sample`` and ``shuffle`` were changed before (https://docs.python.org/3/library/random.html)."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed).random  # a text is hashed with SHA-512, not with the process's own hash

    def chance(self, of: float) -> bool:
        return self._random() < of

    def whole(self, low: int, high: int) -> int:
        """``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, among: Sequence[One], weights: Sequence[float] = ()) -> One:
        """One of them, by its weight where weights are given."""
        if not weights:
            return among[int(self._random() * len(among))]
        mark = self._random() * sum(weights)
        for one, weight in zip(among, weights, strict=True):
            mark -= weight
            if mark < 0:
                return one
        return among[-1]

    def some(self, among: Sequence[One], many: int) -> list[One]:
        """So many different ones, in a random order; all when there are fewer."""
        left = list(among)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(many, len(left)))]

    def day(self, first: date, last: date) -> date:
        """A working day between the two."""
        found = first + timedelta(days=self.whole(0, (last - first).days))
        return found - timedelta(days=max(0, found.weekday() - 4))
