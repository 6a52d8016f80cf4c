"""What the invented world consists of, before it becomes rows of a source."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from graph.model import Collaboration, Grant, Introduction, Observation, Organisation, Person, Scheme, Theme, Touch
from graph.model.time import ALWAYS, Moment, Period, Precision

FIRST, LAST = date(2016, 1, 1), date(2026, 9, 30)  # what is told of; a few plans lie after
YEARS = range(FIRST.year, LAST.year + 1)


def day(on: date) -> Moment:
    return Moment(on, Precision.DAY)


def year(number: int) -> Moment:
    return Moment(date(number, 1, 1), Precision.YEAR)


@dataclass(slots=True)
class Org:
    """An organisation. ``home``: of the province. ``since``: the first year it takes part in anything. ``weight``: how
    much it does. ``region``: code of its region."""

    id: str
    facts: Organisation
    themes: tuple[str, ...]
    region: str
    home: bool
    since: int
    weight: float
    until: date | None = None

    def there(self, on: date) -> bool:
        return self.since <= on.year and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Job:
    org: str
    role: str
    period: Period

    def held(self, on: date) -> bool:
        start, end = self.period.start.on, self.period.end.last
        return (start is None or start <= on) and (end is None or on <= end)


@dataclass(slots=True)
class Someone:
    id: str
    facts: Person
    jobs: list[Job]

    def works_for(self, org: str, on: date) -> bool:
        return any(job.org == org and job.held(on) for job in self.jobs)


@dataclass(frozen=True, slots=True)
class Part:
    """Who took part (id of an organisation or person), as what."""

    actor: str
    role: str
    period: Period = ALWAYS
    amount: float | None = None
    state: str = ""


@dataclass(slots=True)
class Doing:
    """A collaboration with all who took part in it."""

    id: str
    facts: Collaboration
    parts: list[Part]
    themes: tuple[str, ...] = ()
    region: str = ""

    def orgs(self) -> list[str]:
        return [part.actor for part in self.parts if part.actor.startswith("o")]


@dataclass(slots=True)
class Asking:
    """An application for a grant. ``funds``: id of the collaboration it pays for, once granted."""

    id: str
    facts: Grant
    scheme: str
    applicants: list[str]
    themes: tuple[str, ...]
    funds: str = ""


@dataclass(frozen=True, slots=True)
class Intro:
    """An introduction of one actor to another by a third (ids)."""

    id: str
    facts: Introduction
    one: str
    other: str
    by: str


@dataclass(frozen=True, slots=True)
class Contact:
    id: str
    facts: Touch
    with_whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of the yearly survey."""

    id: str
    facts: Observation
    org: str


@dataclass(slots=True)
class World:
    """All of it. Lists keep the order of making, so equal seeds give equal bytes."""

    orgs: dict[str, Org] = field(default_factory=dict)
    people: dict[str, Someone] = field(default_factory=dict)
    doings: list[Doing] = field(default_factory=list)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    askings: list[Asking] = field(default_factory=list)
    intros: list[Intro] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    survey: list[Found] = field(default_factory=list)
    themes: dict[str, tuple[Theme, str]] = field(default_factory=dict)  # code: theme, code of the wider one
    regions: dict[str, tuple[str, bool, str]] = field(default_factory=dict)  # code: name, partner, lies in
    part_of: list[tuple[str, str]] = field(default_factory=list)
    competes: list[tuple[str, str]] = field(default_factory=list)
    succeeded: list[tuple[str, str, date]] = field(default_factory=list)
    planted: list[tuple[str, str]] = field(default_factory=list)  # ids: share partners, never met
    apart: list[list[str]] = field(default_factory=list)  # two circles on one theme that never met
    hub: str = ""
    bridge: str = ""  # the person on whom many ties hang
    names: dict[str, str] = field(default_factory=dict)  # id by the name in world.yml
    together: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    never: set[frozenset[str]] = field(default_factory=set)

    def add(self, doing: Doing) -> Doing:
        """Add a collaboration; from now on its organisations have met. Raises AssertionError when two of them never
        do."""
        orgs = doing.orgs()
        for at, one in enumerate(orgs):
            for other in orgs[at + 1 :]:
                assert frozenset((one, other)) not in self.never, (one, other, doing.facts.title)
                self.together[one][other] += 1
                self.together[other][one] += 1
        self.doings.append(doing)
        return doing

    def next_id(self) -> str:
        return f"c{len(self.doings) + 1:03}"

    def fits(self, org: str, others: Iterable[str]) -> bool:
        """Whether this one may meet all of the others."""
        return not any(frozenset((org, other)) in self.never for other in others)

    def wide(self, theme: str) -> str:
        """The wider theme, or itself when it is one."""
        return self.themes[theme][1] or theme

    def employed(self, org: str, on: date) -> list[Someone]:
        return [someone for someone in self.people.values() if someone.works_for(org, on)]
