"""What the hub does by hand: introducing, and keeping in touch."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graph.errors import Refused
from graph.model import checks
from graph.model.thing import Thing, Value
from graph.model.time import UNKNOWN, Moment, Period

STAGES = ("proposed", "later", "refused", "known", "asked", "agreed", "made", "met", "collaborated")
TOUCHES = ("call", "mail", "visit", "note", "task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction(Thing):
    """One go-between act, each step dated. Feedback on a suggestion (later, refused, known) is one too.

    ``steps``: (stage, day) in order of time; the last one is where it stands. Raises Refused without a step, for an
    unknown stage, and when a step lies before the one it follows.
    """

    label: ClassVar[str] = "Introduction"

    steps: tuple[tuple[str, date], ...]
    reason: str = ""
    asked_by: str = ""

    def __post_init__(self) -> None:
        checks.some("stage", self.steps)
        for stage, _ in self.steps:
            checks.some("stage", [stage])
            checks.one_of("stage", stage, STAGES)
        days = [day for _, day in self.steps]
        if days != sorted(days):
            raise Refused(
                field="stage",
                value=", ".join(f"{stage} {day}" for stage, day in self.steps),
                problem="a step lies before the one it follows",
                remedy="Correct the dates",
            )

    @property
    def stage(self) -> str:
        return self.steps[-1][0]

    def properties(self) -> dict[str, Value]:
        said = {"reason": self.reason, "asked_by": self.asked_by}
        return {
            "stage": self.stage,
            "stages": [stage for stage, _ in self.steps],
            "stage_dates": [day.isoformat() for _, day in self.steps],
            **{name: value for name, value in said.items() if value},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch(Thing):
    """A call, mail, visit, note or task. ``due``: when a task has to be done, never before it was noted."""

    label: ClassVar[str] = "Touch"

    kind: str
    on: Moment = UNKNOWN
    due: Moment = UNKNOWN
    text: str = ""

    def __post_init__(self) -> None:
        checks.some("kind", [self.kind])
        checks.one_of("kind", self.kind, TOUCHES)
        Period(self.on, self.due)
