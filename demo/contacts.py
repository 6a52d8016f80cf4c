"""What the hub does by hand: introductions in every stage, calls and visits, and the figures of the yearly survey."""

from datetime import date, timedelta

from demo.cast import LAST, Contact, Doing, Found, Intro, World, day
from demo.dice import Dice
from graph.model import Introduction, Observation, Touch
from graph.model.introduction import STAGES

# How far an introduction came, and how many came so far.
CHAINS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("proposed",), 7),
    (("proposed", "later"), 3),
    (("proposed", "refused"), 5),
    (("proposed", "known"), 4),
    (("proposed", "asked"), 5),
    (("proposed", "asked", "agreed"), 4),
    (("proposed", "asked", "agreed", "made"), 6),
    (("proposed", "asked", "agreed", "made", "met"), 6),
    (("proposed", "asked", "agreed", "made", "met", "collaborated"), 5),
)
REASONS = {
    "refused": ("werkt liever met een eigen leverancier", "geen tijd dit jaar", "te dicht bij een concurrent"),
    "later": ("na de zomer opnieuw vragen", "wacht op de beslissing over een subsidie"),
    "known": ("kenden elkaar van een vorige werkgever", "zaten samen op school"),
}
SAID = {
    "call": (
        "vraagt naar partners voor een proefproject",
        "kan in het najaar een stagiair plaatsen",
        "wil kennismaken",
    ),
    "mail": ("verslag van de werksessie gestuurd", "vraagt de voorwaarden van de subsidie", "stelt een spreker voor"),
    "visit": ("rondleiding in de nieuwe hal", "eerste kennismaking", "opvolging van het lopende project"),
    "note": ("verhuist volgend jaar", "zoekt een nieuwe zaakvoerder", "breidt uit naar het buitenland"),
    "task": ("terugbellen over de introductie", "uitnodigen voor het congres", "attest van de subsidie nakijken"),
}


def introductions(world: World, dice: Dice) -> None:
    staff = [one.id for one in world.employed(world.hub, LAST)]
    pairs = _unmet(world, dice)
    later = _new_pairs(world)
    for steps, many in CHAINS:
        for _ in range(many):
            if steps[-1] == "collaborated" and later:
                one, other, met = later.pop(0)
                first = met - timedelta(days=40 * len(steps))
            else:
                one, other = pairs.pop()
                first = dice.day(date(2024, 1, 8) if len(steps) > 2 else date(2025, 6, 2), date(2026, 3, 31))
            dated, on = [], first
            for step in steps:
                dated.append((step, on))
                on += timedelta(days=dice.whole(4, 30))
            facts = Introduction(
                steps=tuple(dated), reason=dice.pick(REASONS[steps[-1]]) if steps[-1] in REASONS else "",
                asked_by=world.people[dice.pick(staff)].facts.name,
            )  # fmt: skip
            # She is asked more often than anybody: a goodwill that runs out.
            by = world.bridge if dice.chance(0.4) else dice.pick(staff)
            world.intros.append(Intro(f"i{len(world.intros) + 1:03}", facts, one, other, by))
    assert {intro.facts.stage for intro in world.intros} == set(STAGES)


def _unmet(world: World, dice: Dice) -> list[tuple[str, str]]:
    """Pairs on one theme that share partners and never met; the planted ones are left for the product to find."""
    home = [org.id for org in world.orgs.values() if org.home and not org.until and org.facts.kind != "intermediary"]
    found = [
        (one, other)
        for at, one in enumerate(home)
        for other in home[at + 1 :]
        if not world.together[one][other]
        and frozenset((one, other)) not in world.never
        and set(world.orgs[one].themes) & set(world.orgs[other].themes)
        and len(world.together[one].keys() & world.together[other].keys()) > 2
    ]
    return dice.some(found, 60)


def _new_pairs(world: World) -> list[tuple[str, str, date]]:
    """Pairs whose first work together began lately: introductions may have come before it."""
    seen: set[frozenset[str]] = set()
    found = []
    for doing in sorted(world.doings, key=_begin):
        orgs = doing.orgs()
        for at, one in enumerate(orgs):
            for other in orgs[at + 1 :]:
                pair = frozenset((one, other))
                if pair not in seen and doing.facts.kind == "project" and _begin(doing) >= date(2024, 9, 1):
                    found.append((one, other, _begin(doing)))
                seen.add(pair)
    return [pair for pair in found if pair[2] <= LAST][:: max(1, len(found) // 6)]


def _begin(doing: Doing) -> date:
    return doing.facts.period.start.on or date.max


def touches(world: World, dice: Dice) -> None:
    home = [one for one in world.people.values() if world.orgs[one.jobs[0].org].home]
    for number in range(90):
        one = dice.pick(home)
        on = dice.day(date(2023, 1, 9), LAST)
        org = next((job.org for job in one.jobs if job.held(on)), "")
        kind = dice.pick(list(SAID), [4, 3, 2, 2, 1])
        due = day(on + timedelta(days=dice.whole(7, 90))) if kind == "task" else None
        text = dice.pick(SAID[kind])
        facts = Touch(kind=kind, on=day(on), text=text, due=due) if due else Touch(kind=kind, on=day(on), text=text)
        world.contacts.append(Contact(f"t{number + 1:03}", facts, (one.id, org) if org else (one.id,)))


def survey(world: World, dice: Dice) -> None:
    """Investment in euro, growth of turnover and of jobs in percent, as ten members told them each year."""
    members = [
        part.actor for doing in world.doings if doing.facts.kind == "membership" for part in doing.parts
        if part.role == "member"
    ]  # fmt: skip
    for org in dice.some(members, 10):
        for number in range(2022, 2026):
            for indicator, value in (
                ("CPI9", float(dice.whole(4, 200) * 5_000)),
                ("CPI10", dice.whole(-60, 180) / 10),
                ("CPI11", dice.whole(-40, 120) / 10),
            ):
                facts = Observation(indicator=indicator, year=number, value=value)
                world.survey.append(Found(f"{org}-{indicator}-{number}", facts, org))
