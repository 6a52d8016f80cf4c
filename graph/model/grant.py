"""Subsidies: the rules, one application under them, and what a yearly survey found."""

from dataclasses import dataclass
from math import inf
from typing import ClassVar

from graph.errors import Refused
from graph.model import checks
from graph.model.organisation import KINDS
from graph.model.thing import Thing
from graph.model.time import ALWAYS, UNKNOWN, Moment, Period

DECISIONS = ("pending", "granted", "refused", "withdrawn")
INDICATORS = ("CPI9", "CPI10", "CPI11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Thing):
    """The rules of a subsidy. ``cap_eur``: most that one grant may be. ``eligible``: kinds of organisation that may
    apply. ``yearly_budget_eur``: what there is to give in one year."""

    label: ClassVar[str] = "Scheme"

    name: str
    cap_eur: float | None = None
    eligible: tuple[str, ...] = ()
    min_partners: int | None = None
    period: Period = ALWAYS
    yearly_budget_eur: float | None = None

    def __post_init__(self) -> None:
        checks.some("name", [self.name])
        for kind in self.eligible:
            checks.one_of("eligible", kind, KINDS)
        checks.in_range("cap_eur", self.cap_eur, 0, 1e12)
        checks.in_range("min_partners", self.min_partners, 1, 1000)
        checks.in_range("yearly_budget_eur", self.yearly_budget_eur, 0, 1e12)

    def check(self, grant: "Grant") -> None:
        """Raise Refused when ``grant`` is more than these rules allow."""
        if self.cap_eur is not None and (grant.amount_eur or 0) > self.cap_eur:
            raise Refused(
                field="amount_eur",
                value=grant.amount_eur,
                problem=f"{self.name} gives at most EUR {self.cap_eur:,.0f}",
                remedy="Correct the amount or the scheme",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Thing):
    """One application and what came of it; amounts in euro. Raises Refused when a later step lies before an earlier,
    and when more was paid than granted."""

    label: ClassVar[str] = "Grant"

    title: str = ""
    applied: Moment = UNKNOWN
    decided: Moment = UNKNOWN
    decision: str = ""
    amount_eur: float | None = None
    paid_eur: float | None = None
    report_due: Moment = UNKNOWN

    def __post_init__(self) -> None:
        checks.one_of("decision", self.decision, DECISIONS)
        checks.in_range("amount_eur", self.amount_eur, 0, 1e12)
        checks.in_range("paid_eur", self.paid_eur, 0, 1e12)
        Period(self.applied, self.decided)
        if (self.paid_eur or 0) > (0 if self.decision in ("refused", "withdrawn") else self.amount_eur or inf):
            raise checks.refuse("paid_eur", self.paid_eur, "it is more than was granted", "Correct one of the amounts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Thing):
    """A yearly figure from a survey, as the funding agency asks (CPI9 investment, CPI10 turnover, CPI11 jobs)."""

    label: ClassVar[str] = "Observation"

    indicator: str
    year: int
    value: float

    def __post_init__(self) -> None:
        checks.some("indicator", [self.indicator])
        checks.one_of("indicator", self.indicator, INDICATORS)
        checks.in_range("year", self.year, 1900, 2200)
        checks.in_range("value", self.value, -1e15, 1e15)
