"""Who can introduce: those who know both, and longer ways where nobody does.

A tie is as strong as its activities are many, small and recent: strength(a, z) = together^.5 x intimacy^.5. A connector
is as good as the weaker of its two ties; of a longer way the strengths multiply, so that the best way is the shortest
by minus log strength (each tie counts at most 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.analytics.missing_links.network import Network, network
from graph.snapshot import Snapshot

STEPS = 3  # ties in a way: further nobody can vouch for anybody


@dataclass(frozen=True, slots=True)
class Connector:
    """One who is tied to both. ``to_a``, ``to_b``: strength of the ties; ``last``: start of the newest activity of the
    older of the two ties; None where that is not dated. ``asked``: requests so far, of a budget."""

    id: str
    name: str
    label: str
    to_a: float
    to_b: float
    last: date | None

    @property
    def strength(self) -> float:
        return min(self.to_a, self.to_b)


@dataclass(frozen=True, slots=True)
class Way:
    """Ids from a to b, and the product of the strengths, each at most 1."""

    ids: tuple[str, ...]
    strength: float


def connectors(
    snapshot: Snapshot,
    until: date | None,
    a: str,
    b: str,
    *,
    asked: Mapping[str, int] | None = None,
    budget: int | None = None,
    most: int = 10,
) -> list[Connector]:
    """Who knows both, the best first: by the weaker of both ties, then the newer contact, then the id. People stand
    among them where the store knows them. One that was ``asked`` as often as the ``budget`` allows is left out, never
    merely moved down. Raises UnknownId."""
    found = network(snapshot, until)
    one, other = found.number(a), found.number(b)
    made = []
    for z in np.intersect1d(found.partners(one), found.partners(other)).tolist():
        id = str(found.id[z])
        if _over(id, asked, budget):
            continue
        contact = [_last(found, z, one), _last(found, z, other)]
        dated = [day for day in contact if day is not None]
        made.append(
            Connector(
                id, str(found.name[z]), str(snapshot.actor_label[found.actor[z]]), _strength(found, one, z),
                _strength(found, other, z), min(dated) if len(dated) == len(contact) else None,
            )
        )  # fmt: skip
    made.sort(key=lambda who: (-round(who.strength, 9), -(who.last or date.min).toordinal(), who.id))
    return made[:most]


def ways(
    snapshot: Snapshot,
    until: date | None,
    a: str,
    b: str,
    *,
    asked: Mapping[str, int] | None = None,
    budget: int | None = None,
    most: int = 5,
) -> list[Way]:
    """Ways of two and three ties from a to b over those who are within budget, strongest first. Raises UnknownId."""
    found = network(snapshot, until)
    one, other = found.number(a), found.number(b)
    if one == other:
        return []
    free = {}

    def within(z: int) -> bool:
        if z not in free:
            free[z] = z not in (one, other) and not _over(str(found.id[z]), asked, budget)
        return free[z]

    first = {z: _vouched(found, one, z) for z in found.partners(one).tolist() if within(z)}
    last = {z: _vouched(found, other, z) for z in found.partners(other).tolist() if within(z)}
    made: list[tuple[tuple[int, ...], float]] = [
        ((one, z, other), first[z] * last[z]) for z in first.keys() & last.keys()
    ]
    for x in first if STEPS > 2 else ():
        made += [
            ((one, x, y, other), first[x] * _vouched(found, x, y) * last[y])
            for y in found.partners(x).tolist()
            if y in last and y != x
        ]
    made.sort(key=lambda way: (-round(way[1], 12), len(way[0]), [str(found.id[at]) for at in way[0]]))
    return [Way(tuple(str(found.id[at]) for at in path), strength) for path, strength in made[:most]]


def _over(id: str, asked: Mapping[str, int] | None, budget: int | None) -> bool:
    return budget is not None and (asked or {}).get(id, 0) >= budget


def _strength(found: Network, a: int, z: int) -> float:
    at = found.start[a] + int(np.searchsorted(found.partners(a), z))
    return float(np.sqrt(found.together[at] * found.intimacy[at]))


def _vouched(found: Network, a: int, z: int) -> float:
    return min(1.0, _strength(found, a, z))


def _last(found: Network, a: int, b: int) -> date | None:
    """Start of the newest activity of both."""
    snapshot = found.snapshot
    began = snapshot.began(found.until)
    mine = began & (snapshot.actor == found.actor[a])
    theirs = began & (snapshot.actor == found.actor[b])
    shared = np.intersect1d(snapshot.activity[mine], snapshot.activity[theirs])
    days = snapshot.start[mine & np.isin(snapshot.activity, shared)]
    days = days[~np.isnat(days)]
    return days.max().astype(object) if len(days) else None
