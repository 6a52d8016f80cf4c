"""Work done together: projects with and without subsidy, the grants behind them, pilots, spin-offs, market studies."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from demo.cast import LAST, Asking, Doing, Part, World, day
from demo.choosing import consortium
from demo.dice import Dice
from graph.model import Collaboration, Grant, Scheme
from graph.model.time import OPEN, UNKNOWN, Period

CAP = 150_000  # euro, most that one grant may be
PROGRAMME = "Samenwerkingssubsidie Ravelgouw"
EUROPEAN = "Europees samenwerkingsprogramma"
WEIGHTS = {
    "health": 5, "agrifood": 4, "photonics": 4, "energy": 3, "manufacturing": 3, "mobility": 3, "circular": 2.5,
    "creative": 2,
}  # fmt: skip


class Titles:
    """Every title once; a second round gets a number."""

    def __init__(self, made_of: dict[str, Any]) -> None:
        self._left = {theme: list(titles) for theme, titles in made_of["titles"].items()}
        self._all = made_of["titles"]

    def next(self, theme: str) -> str:
        if not self._left[theme]:
            self._left[theme] = [f"{title} II" for title in self._all[theme]]
        return str(self._left[theme].pop(0))


def schemes(world: World) -> None:
    world.schemes["s1"] = Scheme(
        name=PROGRAMME, cap_eur=CAP, eligible=("company", "knowledge_institution"), min_partners=2,
        period=Period(day(date(2016, 1, 1)), OPEN), yearly_budget_eur=1_200_000,
    )  # fmt: skip
    world.schemes["s2"] = Scheme(
        name="Proeftuinsteun Ravelgouw", cap_eur=50_000, eligible=("company", "knowledge_institution", "government"),
        min_partners=2, period=Period(day(date(2019, 1, 1)), day(date(2027, 12, 31))), yearly_budget_eur=250_000,
    )  # fmt: skip


def of_year(world: World, made_of: dict[str, Any], dice: Dice, titles: Titles, number: int) -> None:
    """All work that begins in this year, in its order."""
    for _ in range(2 if number < 2021 else 3):
        start = _start(dice, number)
        if start > LAST:
            continue
        theme = _theme(world, dice)
        subsidised(world, made_of, dice, titles, start, theme, _eligible(world, dice, start, theme, dice.whole(2, 5)))
    if number % 3 != 0:
        _european(world, made_of, dice, titles, date(number, 1 + number % 9, 1))
    for _ in range(2 if number in (2018, 2021, 2024) else 1):
        _refused(world, dice, titles, number)
    if number in (2018, 2020, 2021, 2022, 2024, 2025):
        _pilot(world, made_of, dice, number)
    if number in (2017, 2019, 2022, 2025):
        _market_study(world, dice, number)
    for name, (parent, year) in made_of["spin_offs"].items():
        if year == number:
            _spin_off(world, dice, name, world.names[parent], year)


def _start(dice: Dice, number: int) -> date:
    return date(number, dice.pick([1, 2, 3, 4, 6, 9, 10, 11]), 1)


def _theme(world: World, dice: Dice) -> str:
    wide = dice.pick(list(WEIGHTS), list(WEIGHTS.values()))
    below = [code for code, (_, wider) in world.themes.items() if wider == wide]
    return dice.pick([wide, *below])


def _eligible(world: World, dice: Dice, on: date, theme: str, many: int) -> list[str]:
    """Two of those who may apply in front, then whoever joins."""
    return consortium(
        world, dice, on, theme, many,
        first=consortium(world, dice, on, theme, 2, kinds=world.schemes["s1"].eligible),
    )  # fmt: skip


def subsidised(
    world: World, made_of: dict[str, Any], dice: Dice, titles: Titles, start: date, theme: str, orgs: Sequence[str],
    scheme: str = "s1",
) -> None:  # fmt: skip
    """A project with a grant, its amount shared among those who may receive."""
    end = start + timedelta(days=30 * dice.whole(12, 30))
    takers = [id for id in orgs if world.orgs[id].facts.kind in world.schemes[scheme].eligible]
    cap = int(world.schemes[scheme].cap_eur or 0)
    amount = dice.whole(cap // 5_000, cap // 2_500) * 2_500 if dice.chance(0.8) else cap
    shares = _shares(dice, amount, len(takers))
    wide = world.wide(theme)
    title = titles.next(wide)
    facts = Collaboration(
        kind="project", title=title, period=Period(day(start), day(end)), programme=world.schemes[scheme].name,
        budget_eur=float(round(amount / dice.pick([0.5, 0.6, 0.8]), -2)), by_cluster=True,
        societal_challenge=str(made_of["challenges"].get(wide, "")),
    )  # fmt: skip
    early = start + timedelta(days=200)
    parts = []
    for place, id in enumerate(orgs):
        left = place > 1 and end < LAST and dice.chance(0.08)  # leaving early ends the participation, not the project
        parts.append(
            Part(
                id,
                "coordinator" if place == 0 else "partner",
                Period(day(start), day(early)) if left else Period(),
                shares.get(takers.index(id)) if id in takers else None,
                "left_early" if left else "",
            )
        )
    doing = world.add(Doing(world.next_id(), facts, parts, (theme,)))
    paid = amount if end < LAST else round(amount * 0.6)
    grant = Grant(
        title=title, applied=day(start - timedelta(days=dice.whole(120, 200))),
        decided=day(start - timedelta(days=dice.whole(30, 75))), decision="granted", amount_eur=float(amount),
        paid_eur=float(paid), report_due=day(end + timedelta(days=90)),
    )  # fmt: skip
    world.askings.append(Asking(f"g{len(world.askings) + 1:03}", grant, scheme, takers, (theme,), doing.id))


def _shares(dice: Dice, amount: int, many: int) -> dict[int, float]:
    parts = [dice.whole(2, 6) for _ in range(many)]
    found = {place: float(amount * part // sum(parts)) for place, part in enumerate(parts)}
    found[0] += amount - sum(found.values())
    return found


def _european(world: World, made_of: dict[str, Any], dice: Dice, titles: Titles, start: date) -> None:
    """A larger one, with partners from elsewhere; Chengdu is not in Europe."""
    theme = _theme(world, dice)
    home = consortium(world, dice, start, theme, dice.whole(3, 4))
    away = [
        org.id for org in world.orgs.values()
        if not org.home and org.there(start) and org.region != "own:chengdu" and world.wide(theme) in org.themes
    ]  # fmt: skip
    orgs = home + dice.some(away, dice.whole(2, 4))
    wide = world.wide(theme)
    title = titles.next(wide)
    end = start + timedelta(days=365 * dice.whole(3, 4))
    facts = Collaboration(
        kind="project", title=title, acronym="".join(word[0] for word in title.split()).upper() + str(start.year % 100),
        period=Period(day(start), day(end)), programme=EUROPEAN, budget_eur=float(dice.whole(12, 60) * 50_000),
        by_cluster=dice.chance(0.5), societal_challenge=str(made_of["challenges"].get(wide, "")),
    )  # fmt: skip
    parts = [
        Part(id, "coordinator" if place == 0 else "participant", amount=float(dice.whole(8, 40) * 10_000))
        for place, id in enumerate(orgs)
    ]
    world.add(Doing(world.next_id(), facts, parts, (theme,)))


def _refused(world: World, dice: Dice, titles: Titles, number: int) -> None:
    """An application that was refused; some of its applicants went on without, a year later."""
    asked = date(number, 2, 1) + timedelta(days=dice.whole(0, 150))
    theme = _theme(world, dice)
    orgs = [
        id for id in consortium(world, dice, asked, theme, dice.whole(3, 4))
        if world.orgs[id].facts.kind in ("company", "knowledge_institution")
    ]  # fmt: skip
    if len(orgs) < 2:
        return
    title = titles.next(world.wide(theme))
    grant = Grant(
        title=title, applied=day(asked), decided=day(asked + timedelta(days=dice.whole(60, 100))), decision="refused",
        amount_eur=float(dice.whole(16, 30) * 5_000),
    )  # fmt: skip
    world.askings.append(Asking(f"g{len(world.askings) + 1:03}", grant, "s1", orgs, (theme,)))
    later = date(number + 1, 3, 1)
    if dice.chance(0.5) and later < LAST and all(world.orgs[id].there(later) for id in orgs):
        facts = Collaboration(
            kind="project", title=title, period=Period(day(later), UNKNOWN), programme="", by_cluster=False
        )
        parts = [Part(id, "coordinator" if place == 0 else "partner") for place, id in enumerate(orgs[:3])]
        world.add(Doing(world.next_id(), facts, parts, (theme,)))


def pending(world: World, dice: Dice, titles: Titles) -> None:
    """Applications of this summer that nobody has decided yet, one of them withdrawn."""
    for place in range(5):
        asked = dice.day(date(2026, 6, 1), LAST)
        theme = _theme(world, dice)
        orgs = _eligible(world, dice, asked, theme, 3)
        grant = Grant(
            title=titles.next(world.wide(theme)), applied=day(asked), amount_eur=float(dice.whole(16, 30) * 5_000),
            decision="withdrawn" if place == 0 else "pending",
        )  # fmt: skip
        takers = [id for id in orgs if world.orgs[id].facts.kind in ("company", "knowledge_institution")]
        world.askings.append(Asking(f"g{len(world.askings) + 1:03}", grant, "s1", takers, (theme,)))


def planted(world: World, made_of: dict[str, Any], dice: Dice, titles: Titles) -> None:
    """For every planted pair two circles that work with the one, then with the other, never with both at once.
    Of those who know few others: that two share them says more."""
    for number, (one, other) in enumerate(world.planted):
        theme = world.orgs[one].themes[0]
        start = date(2019 + number % 4, 2 + number, 1)
        circle = [
            org.id for org in sorted(world.orgs.values(), key=lambda org: len(world.together[org.id]))
            if org.home and org.there(start) and org.facts.kind == "company" and world.wide(theme) in org.themes
            and org.id not in (one, other) and world.fits(org.id, [one, other])
        ][:6]  # fmt: skip
        for place, (side, helpers) in enumerate(product((one, other), (circle[:3], circle[3:]))):
            begin = start + timedelta(days=150 * place)
            subsidised(world, made_of, dice, titles, begin, theme, [side, *helpers], "s2")


def apart(world: World, made_of: dict[str, Any], dice: Dice, titles: Titles) -> None:
    """Each circle on water reuse works together twice, within itself."""
    for number, circle in enumerate(world.apart):
        for start, members in ((date(2018 + number, 3, 1), circle), (date(2023 + number, 9, 1), circle[:3])):
            subsidised(world, made_of, dice, titles, start, "water-reuse", members)


def _pilot(world: World, made_of: dict[str, Any], dice: Dice, number: int) -> None:
    start = date(number, dice.whole(2, 9), 15)
    theme = dice.pick(["city-freight", "drones", "heat-networks", "digital-care", "precision-farming", "heritage"])
    town = dice.pick([org.id for org in world.orgs.values() if org.facts.name.startswith(("Stad ", "Gemeente "))])
    orgs = consortium(world, dice, start, theme, 3, first=[town])
    place = world.orgs[town].facts.municipality
    about = world.themes[theme][0].label_nl
    facts = Collaboration(
        kind="pilot", title=f"Proeftuin {about} {place}", by_cluster=True,
        period=Period(day(start), day(start + timedelta(days=dice.whole(120, 400)))),
    )  # fmt: skip
    parts = [Part(id, "coordinator" if place_in == 0 else "participant") for place_in, id in enumerate(orgs)]
    world.add(Doing(world.next_id(), facts, parts, (theme,)))


def _market_study(world: World, dice: Dice, number: int) -> None:
    region = dice.pick(["own:rhein-neckar", "NL41", "SE224", "DK01"])
    theme = dice.pick(["health", "agrifood", "photonics", "energy"])
    start = date(number, 5, 1)
    away = [org.id for org in world.orgs.values() if org.region == region and org.there(start)]
    orgs = [world.hub, *consortium(world, dice, start, theme, 2), *dice.some(away, 2)]
    about = world.themes[theme][0].label_nl.lower()
    facts = Collaboration(
        kind="market_study", title=f"Marktverkenning {about} in {world.regions[region][0]}", by_cluster=True,
        period=Period(day(start), day(date(number, 11, 30))),
    )  # fmt: skip
    parts = [Part(id, "coordinator" if id == world.hub else "participant") for id in orgs]
    world.add(Doing(world.next_id(), facts, parts, (theme,), region))


def _spin_off(world: World, dice: Dice, name: str, parent: str, number: int) -> None:
    company, on = world.names[name], date(number, 3, 1)
    founders = [someone.id for someone in dice.some(world.employed(parent, on), 2)]
    facts = Collaboration(kind="spin_off", title=f"Oprichting {name}", period=Period(day(on), OPEN), by_cluster=False)
    parts = [Part(parent, "parent"), Part(company, "participant"), *(Part(id, "founder") for id in founders)]
    world.add(Doing(world.next_id(), facts, parts, world.orgs[company].themes[:1]))
