"""An invented province with its four pillars, the same to the byte on every machine: grown from what ``world.yml`` and
``people.yml`` say, year by year, so that who met at an event may work together later."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from demo import contacts, gatherings, organisations, projects, staff
from demo.cast import YEARS, World
from demo.dice import Dice

FOLDER = Path(__file__).parent
MADE_OF, NAMES = FOLDER / "world.yml", FOLDER / "people.yml"


def grow(made_of: dict[str, Any], names: dict[str, Any]) -> World:
    """The world that these words and numbers give."""
    world = World()
    seed = made_of["seed"]

    def dice(what: str) -> Dice:  # one for each part, so that a change in one leaves the others as they were
        return Dice(f"{seed} {what}")

    organisations.add(world, made_of, dice("organisations"))
    staff.add(world, names, dice("staff"))
    projects.schemes(world)
    titles, came = projects.Titles(made_of), gatherings.Came()
    gatherings.agreements(world, dice("agreements"))
    gatherings.boards(world, dice("boards"))
    gatherings.memberships(world, dice("memberships"))
    projects.apart(world, made_of, dice("apart"), titles)
    for number in YEARS:
        gatherings.of_year(world, dice(f"events {number}"), came, number)
        projects.of_year(world, made_of, dice(f"projects {number}"), titles, number)
    projects.planted(world, made_of, dice("planted"), titles)
    gatherings.planned(world, dice("planned"), came)
    projects.pending(world, dice("pending"), titles)
    contacts.introductions(world, dice("introductions"))
    contacts.touches(world, dice("touches"))
    contacts.survey(world, dice("survey"))
    return world


@cache
def world() -> World:
    """The demo world. Do not change what it holds: it is made once."""
    return grow(_read(MADE_OF), _read(NAMES))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
