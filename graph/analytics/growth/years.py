"""The network year by year: who takes part in what, and who is tied to whom, each with the years in which it holds.

A year is a bit: one 64-bit word for a participation, one for a tie. Whether something is new, persists or is lost is
then arithmetic on words. Persons are left out: growth speaks of organisations, so that erasing a person changes none
of its numbers.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.analytics.growth import kernels
from graph.errors import Refused
from graph.snapshot import Snapshot

Mask = NDArray[np.bool_]
Ints = NDArray[np.int32]
Words = NDArray[np.uint64]
AHEAD = 5  # years after the last one that are read too, for what looks ahead
SPAN = 62 - AHEAD  # years that one series may cover, so that those before it fit in the lowest bit


@dataclass(frozen=True, eq=False)
class Years:
    """Participations of organisations, a row for each pair of actor and activity, in the order of activity and actor.

    ``base``: the calendar year of bit 0, which also holds all that ended earlier. ``running``, ``started``: the years
    of each row, as bits. ``offset``: where the rows of each activity begin, (activities + 1,). ``panel``: the first
    year in which anything starts; ``latest``: the last one; ``last``: the year of the highest bit.
    """

    snapshot: Snapshot
    base: int
    last: int
    panel: int
    latest: int
    activities: Ints  # places in the snapshot
    offset: Ints
    actor: Ints
    running: Words
    started: Words
    starts: NDArray[np.int64]  # participations that start in each year from base on
    kind: Ints  # per actor of the snapshot, a place in kinds
    kinds: tuple[str, ...]
    country: Ints  # per actor of the snapshot: 1 at home, 2 abroad, 0 unknown
    home: str  # the country that is not abroad
    hub: int  # place of the hub itself, -1 for none

    @classmethod
    def of(
        cls, snapshot: Snapshot, first: int, last: int, counted: Mask | None = None, *, home: str = "", hub: str = ""
    ) -> Self | None:
        """The years from ``first`` to ``last``, and those before and :data:`AHEAD`; None when no participation starts
        by ``last``. ``home``: by default the country of most activities up to ``first``. Raises Refused for a span
        of more than :data:`SPAN` years."""
        if last - first >= SPAN:
            raise Refused(
                field="years", value=f"{first}-{last}", problem=f"a series covers at most {SPAN} years",
                remedy="Ask for fewer years",
            )  # fmt: skip
        person = (snapshot.actor_label == "Person") | (snapshot.actor_kind == "person")
        kept = ~np.isnat(snapshot.start) & ~np.asarray(person)[snapshot.actor]
        if counted is not None:
            kept &= counted
        begin = snapshot.start[kept].astype("datetime64[Y]").astype(np.int64) + 1970
        if not len(begin) or begin.min() > last:
            return None
        last += AHEAD
        inside = begin <= last
        kept[kept] = inside
        begin = begin[inside]
        base = last - SPAN - AHEAD
        ends = snapshot.end[kept]
        end = np.where(np.isnat(ends), last, ends.astype("datetime64[Y]").astype(np.int64) + 1970)
        low, high = np.clip(begin, base, last) - base, np.clip(end, base, last) - base
        running, started = kernels.words(low, high), kernels.words(low, low)
        order = np.lexsort((snapshot.actor[kept], snapshot.activity[kept]))
        activity, actor = snapshot.activity[kept][order], snapshot.actor[kept][order]
        head = np.flatnonzero((np.diff(activity, prepend=-1) != 0) | (np.diff(actor, prepend=-1) != 0))
        running = np.bitwise_or.reduceat(running[order], head)  # two roles in one activity are one participation
        started = np.bitwise_or.reduceat(started[order], head)
        activity, actor = activity[head], actor[head]
        heads = np.flatnonzero(np.diff(activity, prepend=-1) != 0)
        offset = np.append(heads, len(activity)).astype(np.int32)
        starts = np.bincount(low, minlength=last - base + 1)
        country = snapshot.actor_country.astype(str)
        early = begin <= max(first, int(begin.min()))
        home = home or _commonest(country[snapshot.actor[kept][early]], snapshot.activity[kept][early])
        kinds, kind = np.unique(snapshot.actor_kind.astype(str), return_inverse=True)
        return cls(
            snapshot=snapshot,
            base=base,
            last=last,
            panel=int(begin.min()),
            latest=int(begin.max()),
            activities=activity[heads].astype(np.int32),
            offset=offset,
            actor=actor.astype(np.int32),
            running=running,
            started=started,
            starts=starts,
            kind=kind.astype(np.int32),
            kinds=tuple(kinds),
            country=np.where(country == "", 0, np.where(country == home, 1, 2)).astype(np.int32),
            home=home,
            hub=snapshot.places.get(hub, -1),
        )

    def bit(self, year: int) -> int:
        return year - self.base

    @property
    def observed(self) -> int:
        """The last year of which the data tell: later ones look empty because nobody has looked."""
        return min(self.latest, self.snapshot.valid_on.year)

    def drawn(self, chosen: NDArray[np.int64]) -> "Years":
        """The activities at these places, each as often as it is named: one draw of a bootstrap."""
        sizes = np.diff(self.offset)[chosen]
        offset = np.append(0, np.cumsum(sizes)).astype(np.int32)
        rows = np.repeat(self.offset[chosen] - offset[:-1], sizes) + np.arange(offset[-1])
        return replace(
            self,
            activities=self.activities[chosen],
            offset=offset,
            actor=self.actor[rows],
            running=self.running[rows],
            started=self.started[rows],
        )

    @cached_property
    def ties(self) -> "Ties":
        """All pairs of actors that were ever together in an activity, with their years."""
        n = len(self.snapshot.actor_id)
        key, running, started, activity = kernels.pairs(self.offset, self.actor, self.running, self.started, n)
        order = np.argsort(key, kind="stable")
        key, running, started = key[order], running[order], started[order]
        head = np.flatnonzero(np.diff(key, prepend=-1) != 0)
        found = key[head]
        return Ties(
            a=(found // n).astype(np.int32),
            b=(found % n).astype(np.int32),
            running=np.bitwise_or.reduceat(running, head) if len(head) else running,
            started=np.bitwise_or.reduceat(started, head) if len(head) else started,
            offset=np.append(head, len(key)).astype(np.int32),
            activity=activity[order],
            word=running,
        )

    @cached_property
    def first_seen(self) -> NDArray[np.int64]:
        """For every actor of the snapshot the first year in which it ran in anything; the year after the last for
        those who never did."""
        return kernels.first_years(self.actor, self.running, len(self.snapshot.actor_id), 64) + self.base

    def at(self, year: int) -> "Year":
        """What runs in ``year``."""
        made = self._years.get(year)
        if made is None:
            made = self._years[year] = Year(self, year)
        return made

    @cached_property
    def _years(self) -> "dict[int, Year]":
        return {}


@dataclass(frozen=True, eq=False)
class Ties:
    """Pairs of actors, ``a`` before ``b``, and the years in which they were together as bits. ``activity``, ``word``:
    in which activity and when, rows from ``offset`` on for each tie."""

    a: Ints
    b: Ints
    running: Words
    started: Words
    offset: Ints
    activity: Ints
    word: Words


class Year:
    """One year on the basis *running in it*: an activity's participants of that year are tied to each other."""

    def __init__(self, years: Years, year: int) -> None:
        self.years, self.year, self.bit = years, year, years.bit(year)

    @cached_property
    def rows(self) -> Mask:
        return kernels.has(self.years.running, self.bit)

    @cached_property
    def offset(self) -> Ints:
        """Where the participants of each activity that runs this year begin in :attr:`actor`."""
        sizes = np.add.reduceat(self.rows, self.years.offset[:-1].astype(np.int64), dtype=np.int64)
        return np.append(0, np.cumsum(sizes[sizes > 0])).astype(np.int32)

    @cached_property
    def activities(self) -> Ints:
        """Places in the snapshot of the activities that run this year."""
        sizes = np.add.reduceat(self.rows, self.years.offset[:-1].astype(np.int64), dtype=np.int64)
        return self.years.activities[sizes > 0]

    @cached_property
    def actor(self) -> Ints:
        return self.years.actor[self.rows]

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.offset).astype(np.int64)

    @cached_property
    def actors(self) -> Ints:
        return np.unique(self.actor)

    @cached_property
    def tied(self) -> Mask:
        """Which ties hold this year."""
        return kernels.has(self.years.ties.running, self.bit)

    @cached_property
    def graph(self) -> tuple[Ints, Ints]:
        """The ties of this year as a CSR matrix over :attr:`actors`: indptr and sorted indices, both ways."""
        ties = self.years.ties
        place = np.zeros(len(self.years.snapshot.actor_id), np.int32)
        place[self.actors] = np.arange(len(self.actors), dtype=np.int32)
        return kernels.symmetric(place[ties.a[self.tied]], place[ties.b[self.tied]], len(self.actors))

    def dealt(self, draws: NDArray[np.float64]) -> "Year":
        """The same year with its participations dealt out anew (:func:`kernels.shuffled`)."""
        actor = kernels.shuffled(self.offset, self.actor, draws)
        bits = np.full(len(actor), np.uint64(1) << np.uint64(self.bit))
        rows = np.lexsort((actor, np.repeat(np.arange(len(self.sizes)), self.sizes)))
        made = replace(
            self.years, activities=self.activities, offset=self.offset, actor=actor[rows], running=bits, started=bits
        )
        return made.at(self.year)

    @cached_property
    def place(self) -> Ints:
        """Of each participant in :attr:`actor` the place in :attr:`actors`."""
        return np.searchsorted(self.actors, self.actor).astype(np.int32)

    @cached_property
    def components(self) -> NDArray[np.int64]:
        """Sizes of the connected components, largest first; an actor without ties is one of its own."""
        return np.sort(kernels.components(self.offset, self.place, len(self.actors)))[::-1]

    @cached_property
    def parts(self) -> tuple[Ints, Mask, Ints]:
        """Of each actor its 2-edge-connected part, whether it is a cut node, and its component."""
        return kernels.low_links(*self.graph)

    @cached_property
    def triads(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        """What :func:`kernels.triads` tells of :attr:`graph`."""
        return kernels.triads(*self.graph, self.years.kind[self.actors], len(self.years.kinds))


def _commonest(countries: NDArray[np.str_], activity: Ints) -> str:
    """The country that takes part in most activities: a list of one country's projects may name more partners from a
    larger one. Of equally common ones the first in the alphabet; nothing where none is known."""
    names, code = np.unique(countries, return_inverse=True)
    each = np.unique(np.stack([code, activity]), axis=1)[0]  # a country counts once an activity
    counts = np.bincount(each, minlength=len(names))
    counts[names == ""] = 0
    return str(names[counts.argmax()]) if counts.any() else ""
