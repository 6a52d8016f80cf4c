"""Which relationship may run between which things, and what it may say."""

from dataclasses import dataclass

from graph.errors import Refused
from graph.model import checks
from graph.model.collaboration import ROLES, STATES
from graph.model.thing import Value
from graph.model.time import ALWAYS, Period, Precision

ACTORS = ("Organisation", "Person")


@dataclass(frozen=True, slots=True)
class Rule:
    """The labels a relationship may start from and lead to."""

    start: tuple[str, ...]
    end: tuple[str, ...]


RULES = {
    "TOOK_PART": Rule(ACTORS, ("Collaboration",)),
    "WORKS_FOR": Rule(("Person",), ("Organisation",)),
    "PART_OF": Rule(("Organisation",), ("Organisation",)),
    "SUCCEEDED_BY": Rule(("Organisation",), ("Organisation",)),
    "COMPETES_WITH": Rule(("Organisation",), ("Organisation",)),
    "FUNDS": Rule(("Grant",), ("Collaboration",)),
    "UNDER": Rule(("Grant",), ("Scheme",)),
    "APPLIED_FOR": Rule(("Organisation",), ("Grant",)),
    "ABOUT": Rule((*ACTORS, "Collaboration", "Scheme", "Grant"), ("Theme",)),
    "BROADER": Rule(("Theme",), ("Theme",)),
    "IN": Rule((*ACTORS, "Collaboration", "Region"), ("Region",)),
    "FOR": Rule(("Introduction",), ACTORS),
    "TO": Rule(("Introduction",), ACTORS),
    "BY": Rule(("Introduction",), ACTORS),
    "WITH": Rule(("Touch",), ACTORS),
    "OBSERVED": Rule(("Observation",), ("Organisation",)),
    "HOLDS": Rule(("View", "List"), (*ACTORS, "Collaboration")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one relationship says: when it held, in which role, for how much (euro), and how it stands.

    ``role`` of a TOOK_PART is one of :data:`graph.model.collaboration.ROLES`; of a WORKS_FOR it is free text.
    Raises Refused for an unknown type, role or state, and for labels it may not join.
    """

    type: str
    start_label: str
    end_label: str
    period: Period = ALWAYS
    role: str = ""
    amount_eur: float | None = None
    state: str = ""

    def __post_init__(self) -> None:
        checks.some("type", [self.type])
        checks.one_of("type", self.type, RULES)
        rule = RULES[self.type]
        if self.start_label not in rule.start or self.end_label not in rule.end:
            raise Refused(
                field=self.type,
                value=f"{self.start_label} to {self.end_label}",
                problem="it does not join these two",
                remedy=f"It leads from {' or '.join(rule.start)} to {' or '.join(rule.end)}",
            )
        if self.type == "TOOK_PART":
            checks.one_of("role", self.role, ROLES)
        checks.one_of("state", self.state, STATES)
        checks.in_range("amount_eur", self.amount_eur, -1e12, 1e12)

    def properties(self) -> dict[str, Value | None]:
        """What is said of it; None for all else, an unknown precision too: there are many of these."""
        return {
            **{name: None if value == Precision.UNKNOWN else value for name, value in self.period.properties().items()},
            "role": self.role or None,
            "amount_eur": self.amount_eur,
            "state": self.state or None,
        }
