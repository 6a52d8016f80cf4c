"""Anything that organisations or people take part in together: a node, never an edge: it may have 186 of them."""

from dataclasses import dataclass
from typing import ClassVar

from graph.model import checks
from graph.model.thing import Thing
from graph.model.time import ALWAYS, Period

KINDS = ("project", "event", "agreement", "membership", "board", "spin_off", "market_study", "pilot")
FORMATS = ("physical", "digital", "hybrid")
SCOPES = ("broad", "targeted")
ROLES = (
    "coordinator", "participant", "partner", "third_party", "international_partner", "associated_partner",
    "member", "associated_member", "organiser", "speaker", "attendee", "registered", "absent", "chair",
    "board_member", "parent", "founder", "applicant", "reviewer", "other",
)  # fmt: skip
STATES = ("planned", "running", "ended", "left_early", "cancelled", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration(Thing):
    """One project, event, agreement, membership and so on. ``budget_eur``: total cost in euro. ``format``, ``scope``
    and ``paid`` say something of events; ``by_cluster`` and ``societal_challenge`` count for the cluster indicators."""

    label: ClassVar[str] = "Collaboration"

    kind: str = ""
    title: str = ""
    acronym: str = ""
    period: Period = ALWAYS
    format: str = ""
    scope: str = ""
    paid: bool | None = None
    programme: str = ""
    budget_eur: float | None = None
    by_cluster: bool | None = None
    societal_challenge: str = ""

    def __post_init__(self) -> None:
        checks.some("kind", [self.kind])
        checks.one_of("kind", self.kind, KINDS)
        checks.one_of("format", self.format, FORMATS)
        checks.one_of("scope", self.scope, SCOPES)
        checks.in_range("budget_eur", self.budget_eur, 0, 1e12)
