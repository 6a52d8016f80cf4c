"""Which people are one. Only a shared mail address says so; a name never does, it suggests.

A mail address that an office or a whole order of tickets shares (``info@``, or one under different names) identifies
nobody: such rows are a suggestion too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from ingest.resolve.normalise import folded

SHARED = frozenset(
    {"info", "contact", "office", "secretariaat", "secretariat", "onthaal", "admin", "mail", "sales", "hello", "events"}
)
NEARLY = 88  # of 100: a letter apart, or another order of names
MANY = 50  # people of one name: a suggestion that is none


@dataclass(frozen=True, slots=True)
class PersonPair:
    """``band``: auto or review; ``reason``: email or name."""

    a: str
    b: str
    band: str
    reason: str


def match_people(people: Sequence[Mapping[str, str]]) -> list[PersonPair]:
    """Pairs among rows with ``id``, ``name``, ``email``; each unordered pair once, in the order of ids.

    >>> same = {"name": "Jo Voorbeeld", "email": "jo@example.be"}
    >>> match_people([{"id": "1", **same}, {"id": "2", **same, "name": "J. Voorbeeld"}])
    [PersonPair(a='1', b='2', band='auto', reason='email')]
    """
    rows = sorted(people, key=lambda row: row["id"])
    names = [" ".join(sorted(name.split())) for name in folded([row.get("name") or "" for row in rows])]
    found: dict[tuple[str, str], PersonPair] = {}
    for one, other in _grouped([_mail(row) for row in rows]):
        a, b = rows[one]["id"], rows[other]["id"]
        sure = _mail(rows[one]).partition("@")[0] not in SHARED and _fits(names[one], names[other])
        found[a, b] = PersonPair(a, b, "auto" if sure else "review", "email")
    for one, other in _grouped(names):
        a, b = rows[one]["id"], rows[other]["id"]
        found.setdefault((a, b), PersonPair(a, b, "review", "name"))
    return [found[pair] for pair in sorted(found)]


def _mail(row: Mapping[str, str]) -> str:
    return (row.get("email") or "").strip().casefold()


def _grouped(values: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of rows with one value that is not empty."""
    of_value: dict[str, list[int]] = {}
    for at, value in enumerate(values):
        if value:
            of_value.setdefault(value, []).append(at)
    for members in of_value.values():
        if len(members) <= MANY:
            yield from combinations(members, 2)


def _fits(one: str, other: str) -> bool:
    """Whether two names can be one person's: alike, one of them missing, or the first name an initial."""
    if not one or not other or fuzz.ratio(one, other) >= NEARLY:
        return True
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    return all(any(whole.startswith(word) or word.startswith(whole) for whole in long) for word in short)
