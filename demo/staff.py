"""The people of the world: jobs over the years, several at once, moves from one employer to another."""

import re
import unicodedata
from datetime import date
from typing import Any

from demo.cast import FIRST, LAST, YEARS, Job, Org, Someone, World, day, year
from demo.dice import Dice
from graph.model import Person
from graph.model.time import OPEN, UNKNOWN, Moment, Period, Precision

MANY = {"large": 3, "medium": 2, "small": 1, "micro": 1, "": 2}
CODES = {"BE": "32", "DE": "49", "NL": "31", "SE": "46", "DK": "45", "CN": "86", "PL": "48", "ES": "34"}
SPOKEN = {"DE": "de", "NL": "nl", "SE": "sv", "DK": "da", "CN": "zh", "PL": "pl", "ES": "es"}


def add(world: World, names: dict[str, Any], dice: Dice) -> None:
    taken: set[str] = set()
    for org in list(world.orgs.values()):
        for place in range(_many(world, org, dice)):
            _engage(world, names, dice, org, place, taken)
    _bridge(world, names)
    _second_jobs(world, names, dice)
    _earlier_jobs(world, names, dice)


def _many(world: World, org: Org, dice: Dice) -> int:
    if org.id == world.hub:
        return 8
    if org.facts.name == "Universiteit Ravelgouw":
        return 9
    if not org.home:
        return 1
    return MANY[org.facts.size] - (1 if org.facts.kind in ("government", "other") and dice.chance(0.5) else 0)


def _engage(world: World, names: dict[str, Any], dice: Dice, org: Org, place: int, taken: set[str]) -> None:
    country = org.facts.country if org.facts.country in names["given"] else "home" if org.home else "else"
    while True:
        name = f"{dice.pick(names['given'][country])} {dice.pick(names['surname'][country])}"
        if name not in taken:
            break
    taken.add(name)
    roles = names["roles"][org.facts.kind]
    role = roles[0] if place == 0 and org.facts.size in ("micro", "small") else dice.pick(roles)
    start = max(org.since - dice.whole(0, 4), 2009)
    world.people[f"p{len(world.people) + 1:03}"] = Someone(
        f"p{len(world.people) + 1:03}",
        _facts(name, org, len(world.people) + 1, dice, names),
        [Job(org.id, role, Period(_since(start, dice), _end(world, org, dice)))],
    )


def _since(start: int, dice: Dice) -> Moment:
    return year(start) if dice.chance(0.5) else Moment(date(start, dice.whole(1, 12), 1), Precision.MONTH)


def _end(world: World, org: Org, dice: Dice) -> Moment:
    """Most jobs go on, of some nobody knows, some ended."""
    if org.until:
        return day(org.until)
    if org.since < 2022 and org.id != world.hub and dice.chance(0.08):
        return day(dice.day(date(2022, 9, 1), LAST))
    return OPEN if dice.chance(0.85) else UNKNOWN


def _facts(name: str, org: Org, number: int, dice: Dice, names: dict[str, Any]) -> Person:
    given, _, surname = name.partition(" ")
    languages = ["nl"] if org.home else [SPOKEN.get(org.facts.country, "fr")]
    languages += [code for code, of in (("en", 0.7), ("fr", 0.4)) if code not in languages and dice.chance(of)]
    basis = dice.pick(["consent", "contract", "public_task"], [4, 3, 2])
    # A few had their time: what a steward has to look at.
    expires = dice.day(date(2026, 3, 1), date(2026, 8, 31)) if dice.chance(0.06) else date(2027 + number % 3, 6, 30)
    return Person(
        name=name, email=f"{_plain(given)}.{_plain(surname)}@{org.facts.domain}" if dice.chance(0.93) else "",
        # No country gives out numbers that begin with 000 after its code.
        phone=f"+{CODES[org.facts.country]} 000 {number // 100:02} {number % 100:02} 00" if dice.chance(0.5) else "",
        languages=tuple(languages), basis=basis, purpose=dice.pick(names["purposes"]), basis_expires=day(expires),
        retention_until=year(expires.year + 2),
    )  # fmt: skip


def _plain(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name.translate(str.maketrans("øØæ", "oOa"))).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", "", flat.casefold())


def _bridge(world: World, names: dict[str, Any]) -> None:
    """One person at the hub since the beginning, now also with the chamber of trade and two circles."""
    given, surname = names["bridge"]
    id = f"p{len(world.people) + 1:03}"
    hub = world.orgs[world.hub]
    facts = Person(
        name=f"{given} {surname}", email=f"{_plain(given)}.{_plain(surname)}@{hub.facts.domain}",
        phone="+32 000 00 00 00", languages=("nl", "en", "fr", "zh"), basis="contract",
        purpose=names["purposes"][0], basis_expires=day(date(2028, 12, 31)),
    )  # fmt: skip
    start = Period(day(FIRST), OPEN)
    jobs = [Job(world.hub, "netwerkbeheerder", start)]
    jobs.append(Job(world.names["Handelskamer Ravelgouw"], "adviseur internationaal", Period(year(2018), OPEN)))
    jobs.append(Job(world.names["Lichtkring Ravelgouw"], "secretaris", Period(year(2020), UNKNOWN)))
    world.people[id] = Someone(id, facts, jobs)
    world.bridge = id


def _second_jobs(world: World, names: dict[str, Any], dice: Dice) -> None:
    """Professors with a company, aldermen with a job, directors on another payroll."""
    home = [org for org in world.orgs.values() if org.home and not org.until]
    weights = [org.weight for org in home]
    for someone in dice.some([one for one in world.people.values() if world.orgs[one.jobs[0].org].home], 34):
        org = dice.pick(home, weights)
        if someone.id == world.bridge or any(job.org == org.id for job in someone.jobs):
            continue
        start = year(dice.whole(max(2016, org.since), YEARS[-1] - 1))
        someone.jobs.append(Job(org.id, dice.pick(names["roles"][org.facts.kind]), Period(start, OPEN)))


def _earlier_jobs(world: World, names: dict[str, Any], dice: Dice) -> None:
    """Who moved: an earlier employer that knows them, until the present one."""
    home = [org for org in world.orgs.values() if org.home and org.since <= 2017]
    for someone in dice.some([one for one in world.people.values() if world.orgs[one.jobs[0].org].home], 46):
        org = dice.pick(home)
        now = someone.jobs[0]
        if someone.id == world.bridge or any(job.org == org.id for job in someone.jobs) or org.until:
            continue
        moved = dice.day(date(2018, 1, 8), date(2025, 12, 31))
        if now.period.end.on and now.period.end.on <= moved:
            continue
        someone.jobs[0] = Job(now.org, now.role, Period(day(moved), now.period.end))
        earlier = Period(year(dice.whole(2008, 2015)), day(moved))
        someone.jobs.append(Job(org.id, dice.pick(names["roles"][org.facts.kind]), earlier))
