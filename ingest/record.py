"""What a source makes of one row: the things it describes and how they relate."""

import hashlib
from dataclasses import dataclass

from graph.model.relations import Relation
from graph.model.thing import Thing


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing as one row describes it. ``keys``: what identifies it besides its own identifiers, as scheme:value.

    ``hints``: schemes that help to find it and never contradict the others. They are for lists whose own number is
    sure while others in it are not, as a VAT number in CORDIS: where it belongs to somebody else, the own number wins.
    """

    thing: Thing
    keys: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Strongest first, hints last."""
        found = dict.fromkeys((*self.thing.identifiers(), *self.keys))
        if not self.hints:
            return tuple(found)
        return tuple(sorted(found, key=lambda key: key.partition(":")[0] in self.hints))


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship from one of the record's entities to another, by their places in it."""

    relation: Relation
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """One source row. ``key`` tells the same row in a later delivery; ``raw`` is the row as it came, as JSON."""

    key: str
    row: int
    entities: tuple[Entity, ...]
    ties: tuple[Tie, ...] = ()
    raw: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that rightly gives nothing, with the reason (a total, an empty line, the same row once more)."""

    row: int
    reason: str


def digest(*parts: str, length: int = 16) -> str:
    """An id made of what it stands for: ``length`` bytes as lower-case base32, safe in addresses and file names."""
    found = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=length).digest()
    number = int.from_bytes(found, "big")
    signs = []
    for _ in range((length * 8 + 4) // 5):
        number, at = divmod(number, 32)
        signs.append("0123456789abcdefghjkmnpqrstvwxyz"[at])
    return "".join(reversed(signs))
