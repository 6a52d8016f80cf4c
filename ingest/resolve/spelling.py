"""Known words that a mistyped one may stand for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONG = 8  # letters from which two slips are one word still
MOST = 10


class Spelling:
    """Words by their length: only those of nearly the same length are compared, a millisecond for 60,000 words."""

    def __init__(self, known: Iterable[str]) -> None:
        self.of_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in known:
            self.of_length[len(word)].append(word)

    def near(self, word: str) -> Iterator[str]:
        """Words that one letter more, less, other or in another place makes of ``word``; two, when it is long."""
        slips = 1 if len(word) < LONG else 2
        if len(word) < 3:
            return
        for length in range(len(word) - slips, len(word) + slips + 1):
            choices = self.of_length.get(length, ())
            for found, _, _ in process.extract(word, choices, scorer=OSA.distance, score_cutoff=slips, limit=MOST):
                yield found
