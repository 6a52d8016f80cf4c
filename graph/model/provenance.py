"""Where facts come from, what people decided about them, and who changed what."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from graph.model import checks
from graph.model.thing import Thing

VERDICTS = ("same", "different", "unsure")
IMPORT_STATES = ("running", "done", "failed", "undone")
CHANGES = ("added", "corrected", "retracted", "merged", "unmerged", "erased")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Thing):
    """A publisher's list. ``priority``: of two sources that differ, the higher is shown (hand-made 100, registers 80,
    spreadsheets 50)."""

    label: ClassVar[str] = "Source"

    name: str
    publisher: str = ""
    licence: str = ""
    url: str = ""
    priority: int = 50

    def __post_init__(self) -> None:
        checks.some("name", [self.name])
        checks.in_range("priority", self.priority, 0, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Thing):
    """One run over one file."""

    label: ClassVar[str] = "Import"

    file: str
    by: str
    sha256: str = ""
    state: str = "running"

    def __post_init__(self) -> None:
        checks.some("by", [self.by])
        checks.some("state", [self.state])
        checks.one_of("state", self.state, IMPORT_STATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Thing):
    """What a person (or a rule) decided about two records. ``a``, ``b``: their keys. ``score`` 0 to 1."""

    label: ClassVar[str] = "Judgement"

    a: str
    b: str
    verdict: str
    by: str
    on: datetime
    score: float | None = None
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.some("a", [self.a])
        checks.some("b", [self.b])
        if self.a == self.b:
            raise checks.refuse("b", self.b, "it is the same record as the other", "Judge two different records")
        checks.some("verdict", [self.verdict])
        checks.one_of("verdict", self.verdict, VERDICTS)
        checks.some("by", [self.by])
        checks.in_range("score", self.score, 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Thing):
    """One line of the audit trail. ``thing``: the id of what was changed. ``before``, ``after``: its values as JSON."""

    label: ClassVar[str] = "Change"

    who: str
    when: datetime
    what: str
    thing: str = ""
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        checks.some("who", [self.who])
        checks.some("what", [self.what])
        checks.one_of("what", self.what, CHANGES)
