"""The questions that pages and commands share, with typed answers.

Every one takes the day in the world (``valid_on``) and the moment of knowing (``known_on``); both default to now.
"""

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from math import inf
from typing import Any

from graph.errors import UnknownId
from graph.model.time import today
from graph.store.search import lucene
from graph.store.store import Row, Store

# Everything that is known. Not the present moment: a clock that was set back must not hide what was just written.
LATEST = datetime(9999, 1, 1, tzinfo=UTC)
ACTORS = ("Organisation", "Person")
SEARCHED = ("Organisation", "Person", "Collaboration")
# What the store keeps on a thing beside what its sources say.
KEPT = ("id", "display", "words", "recorded", "changed", "retracted")

BOND = ("a", "b", "shared", "first", "last")
FEW = 3  # answers, below which a search forgives typing errors
FAINT = 5  # then, what fits this many times less well than the best only hides it


@dataclass(frozen=True, slots=True)
class When:
    """As of which day in the world, and as it was known when."""

    valid_on: date = field(default_factory=today)
    known_on: datetime = LATEST

    def params(self) -> dict[str, date | datetime]:
        return {"valid_on": self.valid_on, "known_on": self.known_on}


@dataclass(frozen=True, slots=True)
class Stats:
    """How much there is."""

    organisations: int
    people: int
    collaborations: int
    participations: int
    sources: int
    revision: int


@dataclass(frozen=True, slots=True)
class Found:
    """One answer to a search; ``active``: in how many collaborations it took part, or how many took part in it."""

    id: str
    name: str
    label: str
    kind: str | None
    municipality: str | None
    country: str | None
    short_name: str | None
    active: int
    score: float


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody it took part in something with: how often, from when, until when."""

    id: str
    name: str
    label: str
    kind: str | None
    municipality: str | None
    country: str | None
    shared: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie between two of a neighbourhood, derived from the ``shared`` collaborations."""

    a: str
    b: str
    shared: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One in the middle, its most frequent partners, and the ties among them all. ``total``: of all its partners."""

    id: str
    name: str
    label: str
    kind: str | None
    partners: tuple[Partner, ...]
    ties: tuple[Bond, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known of one thing. ``shown``: its values. ``collaborations`` for those who take part,
    ``participants`` for what is taken part in; the totals count beyond what is listed."""

    id: str
    label: str
    name: str
    shown: dict[str, Any]
    keys: tuple[str, ...]
    partners: tuple[Partner, ...]
    partners_total: int
    collaborations: tuple[Row, ...]
    collaborations_total: int
    participants: tuple[Row, ...]
    related: tuple[Row, ...]
    sources: tuple[Row, ...]
    recorded: datetime
    changed: datetime

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def stats(store: Store, when: When | None = None) -> Stats:
    when = when or When()
    return Stats(**store.read("stats", **when.params())[0], revision=store.revision())


def find(
    store: Store, text: str, *, labels: tuple[str, ...] = SEARCHED, limit: int = 20, when: When | None = None
) -> list[Found]:
    """Whose name fits ``text``, best first: every word of it exactly, as a beginning or in another language; where that
    finds few, with a letter or two wrong too; where that finds nothing, what has most of the words. Accents and
    capitals do not matter. An empty or unprintable text finds nothing."""
    params: dict[str, Any] = {"labels": list(labels), "limit": limit, **(when or When()).params()}

    def ask(query: str, faint: float) -> list[Row]:
        rows = store.read("find", text=query, **params) if query else []
        return [row for row in rows if row["score"] * faint >= rows[0]["score"]]

    rows = ask(lucene(text, near=False), inf)
    if len(rows) < min(FEW, limit):
        rows = ask(lucene(text), FAINT) or ask(lucene(text, every=False), 2)
    return [Found(**row) for row in rows]


def card(store: Store, id: str, *, limit: int = 200, when: When | None = None) -> Card:
    """Raises UnknownId."""
    when = when or When()
    head = _thing(store, id, when)
    params: dict[str, Any] = {"id": id, "limit": limit, **when.params()}
    acts = head["label"] in ACTORS
    partners, partners_total = _partners(store, id, limit, when) if acts else ((), 0)
    took_part = store.read("collaborations_of", **params) if acts else []
    shown = head["shown"]
    return Card(
        id=id,
        label=head["label"],
        name=str(shown.get("display", id)),
        shown={name: value for name, value in shown.items() if name not in KEPT},
        keys=tuple(sorted(head["keys"])),
        partners=partners,
        partners_total=partners_total,
        collaborations=tuple({k: v for k, v in row.items() if k != "total"} for row in took_part),
        collaborations_total=took_part[0]["total"] if took_part else 0,
        participants=tuple(store.read("participants_of", **params)) if head["label"] == "Collaboration" else (),
        related=tuple(store.read("related", **params)),
        sources=tuple(store.read("sources_of", id=id, known_on=when.known_on)),
        recorded=head["recorded"],
        changed=head["changed"],
    )


def neighbourhood(store: Store, id: str, *, cap: int = 60, when: When | None = None) -> Neighbourhood:
    """The ``cap`` most frequent partners of an organisation or person and the ties among them. Raises UnknownId."""
    when = when or When()
    head = _thing(store, id, when)
    partners, total = _partners(store, id, cap, when)
    ids = [id, *(partner.id for partner in partners)]
    ties = store.columns("ties_between", ids=sorted(ids), **when.params())[0]
    bonds = tuple(
        Bond(a, b, shared, _day(first), _day(last))
        for a, b, shared, first, last in zip(*(ties[name] for name in BOND), strict=True)
    )
    shown = head["shown"]
    return Neighbourhood(id, str(shown["display"]), head["label"], shown.get("kind"), partners, bonds, total)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _thing(store: Store, id: str, when: When) -> Row:
    rows = store.read("thing", id=id, known_on=when.known_on)
    if not rows:
        raise UnknownId(id=id)
    return rows[0]


def _partners(store: Store, id: str, limit: int, when: When) -> tuple[tuple[Partner, ...], int]:
    rows = store.read("partners", id=id, limit=limit, **when.params())
    total = rows[0]["total"] if rows else 0
    return tuple(Partner(**{name: value for name, value in row.items() if name != "total"}) for row in rows), total
