"""The organisations of the world, with places, numbers and themes."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from demo.cast import YEARS, Org, World, day, year
from demo.dice import Dice
from graph.model import Organisation, Theme
from graph.model.time import UNKNOWN

SIZES = (("large", 1), ("medium", 3), ("small", 4))  # so many of each theme, in front; the rest are micro
WEIGHTS = {"large": 5.0, "medium": 2.5, "small": 1.4, "micro": 0.8}
BELGIUM = {"BE": "België", "BE2": "Vlaams Gewest", "BE24": "Prov. Vlaams-Brabant", "BE1": "Brussel", "BE3": "Wallonië"}
DISTRICTS = {"BE241": "Arr. Halle-Vilvoorde", "BE242": "Arr. Leuven"}


def add(world: World, made_of: dict[str, Any], dice: Dice) -> None:
    _themes(world, made_of)
    _regions(world, made_of)
    towns = made_of["towns"]
    for theme, names in made_of["companies"].items():
        for name, size in zip(names, _sizes(), strict=False):
            form = _form(size, dice)
            town = _town(name, towns) or dice.pick(list(towns), [8, 4, 3] + [1.2] * (len(towns) - 3))
            _home(world, made_of, dice, name, f"{name} {form}", "company", size, town, theme, form)
    for kind, part in (("knowledge_institution", "knowledge"), ("government", "government")):
        for name, (town, theme, *_) in made_of[part].items():
            _home(world, made_of, dice, name, name, kind, "large" if " Ravelgouw" in name else "medium", town, theme)
    for town in towns:
        name = f"{'Stad' if town in made_of['cities'] else 'Gemeente'} {town}"
        _home(world, made_of, dice, name, name, "government", "medium", town, dice.pick(list(made_of["companies"])))
    for kind, part in (("intermediary", "intermediaries"), ("other", "others")):
        for name, (town, theme) in made_of[part].items():
            _home(world, made_of, dice, name, name, kind, "small", town, theme, "VZW" if kind == "intermediary" else "")
    _abroad(world, made_of, dice)
    _relate(world, made_of)


def _themes(world: World, made_of: dict[str, Any]) -> None:
    for code, (nl, en, fr, *wider) in made_of["themes"].items():
        theme = Theme(code=code, scheme="own", label_nl=nl, label_en=en, label_fr=fr)
        world.themes[code] = (theme, wider[0] if wider else "")


def _regions(world: World, made_of: dict[str, Any]) -> None:
    for code, name in (*BELGIUM.items(), *DISTRICTS.items()):
        world.regions[code] = (name, False, code[:-1] if len(code) > 2 else "")
    for code, region in made_of["regions"].items():
        world.regions[code] = (region["name"], True, "")
    for _, _, _, country, _, _, nuts3 in made_of["elsewhere"].values():
        world.regions.setdefault(country, (country, False, ""))
        world.regions.setdefault(nuts3[:3], (nuts3[:3], False, country))


def _sizes() -> Iterator[str]:
    for size, many in SIZES:
        yield from [size] * many
    while True:
        yield "micro"


def _form(size: str, dice: Dice) -> str:
    return "NV" if size == "large" else dice.pick(["NV", "BV"] if size == "medium" else ["BV", "BV", "BV", "CV"])


def _town(name: str, towns: dict[str, Any]) -> str:
    return next((town for town in towns if town in name), "")


def _home(
    world: World, made_of: dict[str, Any], dice: Dice, called: str, name: str, kind: str, size: str, town: str,
    theme: str, form: str = "",
) -> None:  # fmt: skip
    postcode, lat, lon, nuts3 = made_of["towns"][town]
    number = len(world.orgs) + 1
    since, founded, dissolved = _first_year(world, made_of, called, kind, dice), UNKNOWN, UNKNOWN
    if called in made_of["spin_offs"]:
        founded = day(date(since, 3, 1))
    elif dice.chance(0.9):
        founded = year(dice.whole(1962, since - 1) if size != "micro" else since - dice.whole(1, 6))
    until = None
    if called in made_of["successors"]:
        until = date.fromisoformat(str(made_of["successors"][called][1]))
        dissolved = day(until)
    facts = Organisation(
        name=name, kind=kind, size=size if kind == "company" else "", legal_form=form, kbo=_kbo(number),
        domain=f"{_slug(called)}.example", street=f"{dice.pick(made_of['streets'])} {dice.whole(1, 180)}",
        postcode=postcode, municipality=town, nuts3=nuts3, country="BE",
        lat=round(lat + dice.whole(-130, 130) / 10_000, 4), lon=round(lon + dice.whole(-180, 180) / 10_000, 4),
        founded=founded, dissolved=dissolved, sme=size != "large" if kind == "company" else None,
        publish=dice.pick(["yes", "unknown", "no"], [6, 3, 1]) if kind in ("company", "other") else "yes",
    )  # fmt: skip
    weight = {"company": 1.0, "knowledge_institution": 1.6, "government": 0.6}.get(kind, 0.9) * WEIGHTS[size]
    if called == "Universiteit Ravelgouw":
        weight *= 2
    _keep(world, called, Org(f"o{number:03}", facts, _narrow(world, theme, dice), nuts3, True, since, weight, until))


def _first_year(world: World, made_of: dict[str, Any], called: str, kind: str, dice: Dice) -> int:
    """Half are there from the beginning, the rest come in year by year."""
    if called in made_of["spin_offs"]:
        return int(made_of["spin_offs"][called][1])
    fixed = {name for pair in (*made_of["planted"], *made_of["apart"]) for name in pair} | set(made_of["successors"])
    if kind != "company" or called in fixed or dice.chance(0.35):
        return YEARS[0]
    return dice.pick(YEARS, [1.5] + [1] * (len(YEARS) - 1))


def _narrow(world: World, theme: str, dice: Dice) -> tuple[str, ...]:
    """The theme, mostly a narrower one too, at times a second field."""
    found = [theme]
    below = [code for code, (_, wider) in world.themes.items() if wider == theme]
    if below and dice.chance(0.75):
        found.append(dice.pick(below))
    if dice.chance(0.2):
        found.append(dice.pick([code for code, (_, wider) in world.themes.items() if not wider]))
    return tuple(dict.fromkeys(found))


def _kbo(number: int) -> str:
    """A number with the right check digits that nobody has: enterprise numbers are given out in order and passed
    1000.000.000 in 2023; the last ones before 2000.000.000 would come in many centuries."""
    front = 19_990_000 + number
    return f"{front}{97 - front % 97:02}"


def _slug(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name.translate(str.maketrans("øØæ", "oOa"))).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", flat.casefold()).strip("-")


def _keep(world: World, called: str, org: Org) -> None:
    world.orgs[org.id] = org
    world.names[called] = org.id


def _abroad(world: World, made_of: dict[str, Any], dice: Dice) -> None:
    for code, region in made_of["regions"].items():
        for name, (kind, theme, city) in region["members"].items():
            lat, lon, nuts3 = region["places"][city]
            since = dice.pick([2016, 2017, 2018, 2019, 2021, 2023], [4, 2, 1, 1, 1, 1])
            _foreign(world, dice, name, kind, theme, code, (city, region["country"], lat, lon, nuts3), since)
    for name, (kind, theme, city, country, lat, lon, nuts3) in made_of["elsewhere"].items():
        _foreign(world, dice, name, kind, theme, nuts3[:3], (city, country, lat, lon, nuts3), 2016)


def _foreign(
    world: World, dice: Dice, name: str, kind: str, theme: str, region: str, place: tuple[str, str, float, float, str],
    since: int,
) -> None:  # fmt: skip
    city, country, lat, lon, nuts3 = place
    called = re.sub(r"[ ,]+(GmbH|eG|BV|AB|ApS|A/S|Co\., Ltd\.|NV|SA)$", "", name)
    company = kind == "company"
    facts = Organisation(
        name=name, kind=kind, size=dice.pick(["small", "medium", "large"], [5, 3, 1]) if company else "",
        domain=f"{_slug(called)}.example", municipality=city, country=country, nuts3=nuts3,
        lat=round(lat + dice.whole(-150, 150) / 10_000, 4), lon=round(lon + dice.whole(-150, 150) / 10_000, 4),
        publish="unknown" if company else "yes",
    )  # fmt: skip
    wider = world.wide(theme)
    themes = (theme,) if wider == theme else (wider, theme)
    _keep(world, called, Org(f"o{len(world.orgs) + 1:03}", facts, themes, region, False, since, 0.5))


def _relate(world: World, made_of: dict[str, Any]) -> None:
    ids = world.names
    world.hub = ids[made_of["hub"]]
    for name, (_, _, *above) in made_of["knowledge"].items():
        world.part_of += [(ids[name], ids[one]) for one in above]
    world.part_of += [(ids[one], ids[above]) for one, above in made_of["subsidiaries"].items()]
    world.competes = [(ids[one], ids[other]) for one, other in made_of["competitors"]]
    world.succeeded = [
        (ids[one], ids[other], date.fromisoformat(str(on))) for one, (other, on) in made_of["successors"].items()
    ]
    world.planted = [(ids[one], ids[other]) for one, other in made_of["planted"]]
    world.apart = [[ids[name] for name in circle] for circle in made_of["apart"]]
    world.never = {frozenset(pair) for pair in world.planted}
    world.never |= {frozenset((one, other)) for one in world.apart[0] for other in world.apart[1]}
    for member in (one for circle in world.apart for one in circle):
        org = world.orgs[member]
        org.themes = tuple(dict.fromkeys(("circular", "water-reuse", *org.themes[:1])))
