"""What people come to and belong to: events of every form, memberships, boards, agreements with partner regions."""

from collections.abc import Sequence
from datetime import date, timedelta

from demo.cast import LAST, YEARS, Doing, Part, World, day
from demo.choosing import audience, somebody
from demo.dice import Dice
from graph.model import Collaboration
from graph.model.time import OPEN, UNKNOWN, Period

WORKSHOPS = (
    "agrifood", "photonics", "heat-networks", "city-freight", "medical-imaging", "bio-materials", "robotics",
    "proteins", "drones", "heritage", "digital-care", "batteries", "sensors", "precision-farming",
    "water-reuse", "tissue",
)  # fmt: skip


class Came:
    """How often each person came to something: who came before comes again."""

    def __init__(self) -> None:
        self.times: dict[str, int] = {}


def of_year(world: World, dice: Dice, came: Came, number: int) -> None:
    digital = number in (2020, 2021)
    evening = date(number, 1, 20) + timedelta(days=dice.whole(0, 8))
    if number != 2021:
        orgs = audience(world, dice, evening, "manufacturing", dice.whole(9, 13))
        _event(world, dice, came, f"Schakelavond {number}", evening, "physical", "broad", False, orgs)
    if number >= 2017:
        congress = date(number, 10 if number < 2026 else 9, 1) + timedelta(days=dice.whole(5, 20))
        orgs = audience(world, dice, congress, "health", dice.whole(11, 16), abroad=dice.whole(3, 5))
        form = "digital" if number == 2020 else "hybrid" if number > 2020 else "physical"
        _event(world, dice, came, f"Zorgcongres Ravelgouw {number}", congress, form, "broad", True, orgs, ("health",))
    for place in range(1 if number % 3 else 2):
        theme = WORKSHOPS[(2 * (number - YEARS[0]) + place) % len(WORKSHOPS)]
        on = dice.day(date(number, 3, 1), date(number, 6, 20))
        orgs = audience(world, dice, on, theme, dice.whole(5, 8))
        title = f"Werksessie {world.themes[theme][0].label_nl.lower()} {number}"
        form = "digital" if digital or dice.chance(0.2) else "physical"
        _event(world, dice, came, title, on, form, "targeted", dice.chance(0.4), orgs, (theme,))


def planned(world: World, dice: Dice, came: Came) -> None:
    """What is announced: enrolments, nobody came yet."""
    for title, on, theme in (
        ("Werksessie warmte en water 2026", date(2026, 12, 10), "circular"),
        ("Schakelavond 2027", date(2027, 1, 21), "manufacturing"),
    ):
        orgs = audience(world, dice, LAST, theme, 12)
        _event(world, dice, came, title, on, "physical", "broad", False, orgs, state="planned")


def _event(
    world: World, dice: Dice, came: Came, title: str, on: date, form: str, scope: str, paid: bool, orgs: Sequence[str],
    themes: tuple[str, ...] = (), state: str = "",
) -> None:  # fmt: skip
    facts = Collaboration(
        kind="event", title=title, period=Period(day(on), day(on)), format=form, scope=scope, paid=paid, by_cluster=True
    )
    parts = [Part(world.hub, "organiser")]
    knows = min(on, LAST)
    if scope == "broad" or dice.chance(0.6):
        parts.append(Part(world.bridge, "organiser"))
    for place, org in enumerate(orgs):
        one = somebody(world, dice, org, knows, came.times)
        role = "registered" if state else "speaker" if place < 2 else "absent" if dice.chance(0.05) else "attendee"
        parts.append(Part(org, role, state=state))
        if one and one.id not in {part.actor for part in parts}:
            parts.append(Part(one.id, role, state=state))
    world.add(Doing(world.next_id(), facts, parts, themes))


def memberships(world: World, dice: Dice) -> None:
    """Each member has a membership of its own, so that members are not all tied to each other. Companies pay."""
    able = [
        org for org in world.orgs.values()
        if org.home and org.facts.kind in ("company", "knowledge_institution", "government") and org.id != world.hub
    ]  # fmt: skip
    for org in sorted(dice.some(able, 36), key=lambda org: org.id):
        paying = org.facts.kind == "company"
        start = date(dice.whole(org.since, YEARS[-1]), dice.pick([1, 1, 1, 4, 7, 10]), 1)
        if start > LAST or (org.until and start >= org.until):
            continue
        ends = day(date(dice.whole(start.year + 1, 2025), 12, 31)) if start.year < 2023 and dice.chance(0.25) else OPEN
        if org.until:
            ends = day(org.until)
        facts = Collaboration(
            kind="membership", title=f"Lidmaatschap {org.facts.name}", period=Period(day(start), ends)
        )
        parts = [Part(world.hub, "organiser"), Part(org.id, "member" if paying else "associated_member")]
        world.add(Doing(world.next_id(), facts, parts))


def boards(world: World, dice: Dice) -> None:
    """People who sit together; she whom many know sits in three."""
    home = [one for one in world.people.values() if world.orgs[one.jobs[0].org].home and one.id != world.bridge]
    names = (
        "Schakelhuis",
        "Werkgeversverbond",
        "Zorgkring",
        "Voedingskring",
        "Broedhuis",
        "Burgercoöperatie",
        "Lichtkring",
    )
    for place, start in enumerate(names):
        org = next(id for name, id in world.names.items() if name.startswith(start))
        begun = date(2016 + place % 4, 5, 1)
        seats = dice.some([one for one in home if one.works_for(one.jobs[0].org, begun)], dice.whole(3, 5))
        parts = [Part(org, "parent")]
        for at, one in enumerate(seats):
            since = date(begun.year + at, 5, 1)
            ends = day(date(since.year + 4, 4, 30)) if since.year < 2021 and dice.chance(0.5) else UNKNOWN
            parts.append(Part(one.id, "chair" if at == 0 else "board_member", Period(day(since), ends)))
        if place in (1, 5, 6):
            parts.append(Part(world.bridge, "board_member", Period(day(date(2019, 5, 1)), OPEN)))
        title = f"Bestuur {world.orgs[org].facts.name}"
        world.add(
            Doing(world.next_id(), Collaboration(kind="board", title=title, period=Period(day(begun), OPEN)), parts)
        )


def agreements(world: World, dice: Dice) -> None:
    """With each partner region one, signed by those between; Chengdu has her alone."""
    province = world.names["Provincie Ravelgouw"]
    for place, code in enumerate(("own:rhein-neckar", "NL41", "SE224", "DK01")):
        away = [
            org.id for org in world.orgs.values()
            if org.region == code and org.facts.kind in ("government", "intermediary")
        ]  # fmt: skip
        start = date(2017 + 2 * place, 6, 15)
        for id in away:
            world.orgs[id].since = min(world.orgs[id].since, start.year)
        name = world.regions[code][0]
        _agree(world, f"Samenwerkingsakkoord met {name}", start, [world.hub, province, *away], code)
    university = world.names["Universiteit Ravelgouw"]
    for start, name in ((date(2018, 2, 1), "Hochschule Neckarschleife"), (date(2020, 10, 1), "Hogeschool Peelrand")):
        id = world.names[name]
        world.orgs[id].since = min(world.orgs[id].since, start.year)
        _agree(world, f"Uitwisseling met {name}", start, [university, id], world.orgs[id].region)
    _chengdu(world, dice)


def _agree(world: World, title: str, start: date, orgs: Sequence[str], region: str) -> None:
    facts = Collaboration(kind="agreement", title=title, period=Period(day(start), UNKNOWN), by_cluster=True)
    world.add(Doing(world.next_id(), facts, [Part(id, "partner") for id in orgs], region=region))


def _chengdu(world: World, dice: Dice) -> None:
    chengdu = [org for org in world.orgs.values() if org.region == "own:chengdu"]
    told = (
        ("agreement", "Vriendschapsakkoord Chengdu", date(2018, 9, 10), None, 3),
        ("market_study", "Marktverkenning fotonica in Chengdu", date(2019, 4, 1), date(2019, 12, 20), 3),
        ("event", "Digitale zakenreis Chengdu 2021", date(2021, 5, 18), date(2021, 5, 20), 4),
        ("pilot", "Proefveld precisielandbouw Chengdu", date(2023, 3, 1), date(2024, 10, 31), 2),
        ("event", "Bezoek uit Chengdu 2025", date(2025, 4, 22), date(2025, 4, 24), 9),
    )
    for kind, title, start, end, many in told:
        orgs = [org.id for org in dice.some(chengdu, many)]
        for id in orgs:
            world.orgs[id].since = min(world.orgs[id].since, start.year)
        event = kind == "event"
        facts = Collaboration(
            kind=kind, title=title, period=Period(day(start), day(end) if end else OPEN), by_cluster=True,
            format=("digital" if "Digitale" in title else "physical") if event else "",
            scope="targeted" if event else "", paid=False if event else None,
        )  # fmt: skip
        parts = [Part(world.bridge, "organiser" if event else "coordinator"), *(Part(id, "participant") for id in orgs)]
        world.add(Doing(world.next_id(), facts, parts, region="own:chengdu"))
