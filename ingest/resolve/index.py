"""A list of organisations kept ready to be asked: which of these are the same, and who of these is meant?

    index = Index(Listing.of(rows))
    index.match(other)                      # pairs of another list with this one
    index.within()                          # pairs inside it
    index.ask({"name": "UGent"}, limit=5)   # the nearest to what somebody types

An index never changes: it may be kept and asked from several threads. A hundred thousand names take a second to take
in and 0.3 GB to keep; a question takes milliseconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ingest.resolve.block import CAP, WORD, Blocks, candidates
from ingest.resolve.compare import Compared, Rarity, compare
from ingest.resolve.contrast import Contrasts
from ingest.resolve.decide import BANDS, NOTHING, Decided, decide
from ingest.resolve.listing import Listing
from ingest.resolve.prepare import Prepared, Tables, prepare
from ingest.resolve.ragged import Bools, Ints
from ingest.resolve.reasons import Reason, offer, reasons
from ingest.resolve.spelling import Spelling

ASKED_CAP = 20 * CAP  # one question may look at more


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows by their ids. ``score``: from 0 to 1, .5 is the border of what is worth a look. ``band``: auto, review
    or nothing. ``offer``: what they seem to be, same, part_of or succeeded_by. The values of ``reasons`` sum to the
    logit of the score."""

    a: str
    b: str
    score: float
    band: str
    offer: str
    reasons: tuple[Reason, ...]


class Index:
    def __init__(self, listing: Listing) -> None:
        self.tables = Tables()
        self.prepared = prepare(listing, self.tables)
        self.blocks = Blocks(self.prepared)

    def match(self, listing: Listing) -> list[Pair]:
        """The auto and review pairs of ``listing`` (as a) with this list (as b), best first."""
        tables = self.tables.over()
        a, b = prepare(listing, tables), self.prepared
        compared = self._compare(a, candidates(Blocks(a), self.blocks), (a, b), tables)
        return _pairs(decide(a, b, compared))

    def within(self) -> list[Pair]:
        """The auto and review pairs inside this list, each unordered pair once, best first."""
        i, j, words = candidates(self.blocks, self.blocks)
        other = i < j
        one = self.prepared
        compared = self._compare(one, (i[other], j[other], words[other]), (one,), self.tables)
        return _pairs(decide(one, one, compared, within=True))

    def ask(self, row: Mapping[str, Any], limit: int = 10) -> list[Pair]:
        """Who of these is it? The nearest, best first, whatever their band. A single word may be a short name."""
        asked = dict(row)
        if not asked.get("short_name") and len(str(asked.get("name") or "").split()) == 1:
            asked["short_name"] = asked["name"]
        tables = self.tables.over()
        a, b = prepare(Listing.of([asked]), tables), self.prepared
        blocks = Blocks(a)
        meant = [near for word in dict.fromkeys(a.content[0]) for near in self._near(word)]
        blocks.also(WORD, self.tables.words.of(meant), np.zeros(len(meant), np.int64))
        i, j, _ = candidates(blocks, self.blocks, ASKED_CAP)
        rarity, contrasts = self._known
        every = np.zeros(len(i), bool)  # for one row all can be compared
        compared = compare(a, b, (i, j, every), rarity.over(tables), contrasts.over(tables))
        decided = decide(a, b, compared)
        ids = [b.listing.id[row] for row in compared.j.tolist()]
        best = sorted(range(len(ids)), key=lambda at: (-decided.score[at], ids[at]))[:limit]
        return list(_made(decided, best))

    def _near(self, word: str) -> Iterator[str]:
        return self._spelling.near(word) if word not in self.tables.words.numbers else iter(())

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self.tables.words.numbers)

    @cached_property
    def _known(self) -> tuple[Rarity, Contrasts]:
        lists = (self.prepared,)
        return Rarity.of(lists, self.tables), Contrasts.of(lists, self.tables)

    def _compare(
        self, a: Prepared, pairs: tuple[Ints, Ints, Bools], lists: tuple[Prepared, ...], tables: Tables
    ) -> Compared:
        return compare(a, self.prepared, pairs, Rarity.of(lists, tables), Contrasts.of(lists, tables))


def _pairs(decided: Decided) -> list[Pair]:
    found = _made(decided, np.flatnonzero(decided.band != NOTHING).tolist())
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def _made(decided: Decided, chosen: list[int]) -> Iterator[Pair]:
    ids_a, ids_b, compared = decided.a.listing.id, decided.b.listing.id, decided.compared
    facts = zip(
        chosen,
        compared.i[chosen].tolist(),
        compared.j[chosen].tolist(),
        decided.score[chosen].tolist(),
        decided.band[chosen].tolist(),
        reasons(decided, chosen),
        strict=True,
    )
    for at, i, j, score, band, why in facts:
        if at in decided.turned:
            why = tuple(Reason(kind=one["kind"], a=one["b"], b=one["a"], value=one["value"]) for one in why)
            yield Pair(ids_b[j], ids_a[i], score, BANDS[band], offer(decided, at), why)
        else:
            yield Pair(ids_a[i], ids_b[j], score, BANDS[band], offer(decided, at), why)
