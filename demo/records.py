"""The invented world as rows of a source: one record for each thing and what it relates to."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from demo.cast import Doing, World, day
from graph.model import Collaboration, Organisation, Person, Region, Theme, Thing
from graph.model.relations import Relation
from graph.model.time import ALWAYS, Moment, Period
from ingest.record import Entity, Record, Tie


class Row:
    """One row in the making: its first thing, the others it speaks of, and how they relate."""

    def __init__(self, table: str, id: str, thing: Thing, *keys: str) -> None:
        self._entities = [Entity(thing, keys or (f"demo:{id}",))]
        self._ties: list[Tie] = []
        self._key = f"{table} {id}"
        self._told: dict[str, Any] = {"table": table, "id": id, **thing.properties()}

    def tie(
        self, type: str, other: Entity, *, back: bool = False, period: Period = ALWAYS, role: str = "",
        amount: float | None = None, state: str = "",
    ) -> None:  # fmt: skip
        """From the row's thing to the other, or ``back`` from the other to it."""
        if other not in self._entities:
            self._entities.append(other)
        here, there = 0, self._entities.index(other)
        start, end = (there, here) if back else (here, there)
        labels = [self._entities[at].thing.label for at in (start, end)]
        relation = Relation(
            type=type, start_label=labels[0], end_label=labels[1], period=period, role=role, amount_eur=amount,
            state=state,
        )  # fmt: skip
        self._ties.append(Tie(relation, start, end))
        said = {name: value for name, value in relation.properties().items() if value not in (None, "unknown")}
        self._told.setdefault(type.lower(), []).append({"to": other.identifiers[0], **said})

    def record(self, number: int) -> Record:
        raw = json.dumps(self._told, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
        return Record(self._key, number, tuple(self._entities), tuple(self._ties), raw)


def records(world: World) -> Iterator[Record]:
    """Every row, numbered from 1."""
    for number, row in enumerate(_rows(world), start=1):
        yield row.record(number)


def _rows(world: World) -> Iterator[Row]:
    yield from _lists(world)
    yield from _organisations(world)
    yield from _people(world)
    yield from (_doing(world, doing) for doing in world.doings)
    yield from _grants(world)
    yield from _by_hand(world)


def _lists(world: World) -> Iterator[Row]:
    for code, (theme, wider) in world.themes.items():
        row = Row("theme", code, theme, f"theme_own:{code}")
        if wider:
            row.tie("BROADER", _theme(world, wider))
        yield row
    for code, (name, partner, within) in world.regions.items():
        row = Row("region", code, Region(code=code, name=name, partner=partner or None), f"region:{code}")
        if within:
            row.tie("IN", _region(world, within))
        yield row


def _theme(world: World, code: str) -> Entity:
    return Entity(Theme(code=code), (f"theme_own:{code}",))


def _region(world: World, code: str) -> Entity:
    return Entity(Region(code=code), (f"region:{code}",))


def _actor(world: World, id: str) -> Entity:
    """An organisation or person as another row names it: by its name alone."""
    if id.startswith("o"):
        return Entity(Organisation(name=world.orgs[id].facts.name), (f"demo:{id}",))
    return Entity(Person(name=world.people[id].facts.name), (f"demo:{id}",))


def _organisations(world: World) -> Iterator[Row]:
    for id, org in world.orgs.items():
        row = Row("organisation", id, org.facts, f"demo:{id}")
        for theme in org.themes:
            row.tie("ABOUT", _theme(world, theme))
        if org.region:
            row.tie("IN", _region(world, org.region))
        for one, above in world.part_of:
            if one == id:
                row.tie("PART_OF", _actor(world, above))
        for one, other in world.competes:
            if one == id:
                row.tie("COMPETES_WITH", _actor(world, other))
        for one, successor, on in world.succeeded:
            if one == id:
                row.tie("SUCCEEDED_BY", _actor(world, successor), period=Period(day(on), Moment()))
        yield row


def _people(world: World) -> Iterator[Row]:
    for id, someone in world.people.items():
        row = Row("person", id, someone.facts, f"demo:{id}")
        for job in someone.jobs:
            row.tie("WORKS_FOR", _actor(world, job.org), period=job.period, role=job.role)
        yield row


def _doing(world: World, doing: Doing) -> Row:
    row = Row("collaboration", doing.id, doing.facts)
    for part in doing.parts:
        row.tie(
            "TOOK_PART", _actor(world, part.actor), back=True, period=part.period, role=part.role, amount=part.amount,
            state=part.state,
        )  # fmt: skip
    _about(world, row, doing.themes)
    if doing.region:
        row.tie("IN", _region(world, doing.region))
    return row


def _about(world: World, row: Row, themes: Sequence[str]) -> None:
    for theme in themes:
        row.tie("ABOUT", _theme(world, theme))


def _grants(world: World) -> Iterator[Row]:
    for id, scheme in world.schemes.items():
        yield Row("scheme", id, scheme)
    doings = {doing.id: doing for doing in world.doings}
    for asking in world.askings:
        world.schemes[asking.scheme].check(asking.facts)
        row = Row("grant", asking.id, asking.facts)
        row.tie("UNDER", Entity(world.schemes[asking.scheme], (f"demo:{asking.scheme}",)))
        for id in asking.applicants:
            row.tie("APPLIED_FOR", _actor(world, id), back=True)
        if asking.funds:
            paid = doings[asking.funds].facts
            short = Collaboration(kind=paid.kind, title=paid.title)
            row.tie("FUNDS", Entity(short, (f"demo:{asking.funds}",)), amount=asking.facts.amount_eur)
        _about(world, row, asking.themes)
        yield row


def _by_hand(world: World) -> Iterator[Row]:
    for intro in world.intros:
        row = Row("introduction", intro.id, intro.facts)
        row.tie("FOR", _actor(world, intro.one))
        row.tie("TO", _actor(world, intro.other))
        row.tie("BY", _actor(world, intro.by))
        yield row
    for contact in world.contacts:
        row = Row("touch", contact.id, contact.facts)
        for id in contact.with_whom:
            row.tie("WITH", _actor(world, id))
        yield row
    for found in world.survey:
        row = Row("observation", found.id, found.facts)
        row.tie("OBSERVED", _actor(world, found.org))
        yield row
