"""The questions that pages and commands share, with typed answers.

Every one takes the day in the world (``valid_on``) and the moment of knowing (``known_on``); both default to now.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from graph.errors import UnknownId
from graph.model.time import today
from graph.store.store import Row, Store

# Everything that is known. Not the present moment: a clock that was set back must not hide what was just written.
LATEST = datetime(9999, 1, 1, tzinfo=UTC)
ACTORS = ("Organisation", "Person")
SEARCHED = ("Organisation", "Person", "Collaboration")
# What the store keeps on a thing beside what its sources say.
KEPT = ("id", "display", "recorded", "changed", "retracted")

BOND = ("a", "b", "shared", "first", "last")

_WORD = re.compile(r"\w+")
# Letters that Unicode does not take apart and the index folds.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


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
    """Whose name fits ``text``: every word exactly, as a beginning, or with a letter or two wrong; accents and capitals
    do not matter. Best first. An empty or unprintable text finds nothing."""
    query = lucene(text)
    if not query:
        return []
    when = when or When()
    return [Found(**row) for row in store.read("find", text=query, labels=list(labels), limit=limit, **when.params())]


def lucene(text: str) -> str:
    """A search as Lucene reads it; nothing of ``text`` is syntax.

    >>> lucene("KU lúven!")
    '+(ku^8 ku*^2) +(luven^8 luven*^2 luven~1)'
    """
    if re.fullmatch(r"(?:BE)?[\d.\s]+", text.strip()):  # a number, written in groups
        text = re.sub(r"\D", "", text)
    parts = []
    for word in [word for word in _WORD.findall(folded(text)) if word.strip("_")][:12]:
        near = f" {word}~{1 if len(word) < 8 else 2}" if len(word) > 3 and not word.isdigit() else ""
        parts.append(f"+({word}^8 {word}*^2{near})")
    return " ".join(parts)


def folded(text: str) -> str:
    """As the index sees a word: small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


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
    ties = store.read("ties_between", ids=ids, **when.params())[0]
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
