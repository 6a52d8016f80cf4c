"""Who takes part in what: friends of friends on one theme, the busy ones more, newcomers now and then."""

from collections.abc import Collection, Sequence
from datetime import date

from demo.cast import Org, Someone, World
from demo.dice import Dice


def consortium(
    world: World, dice: Dice, on: date, theme: str, many: int, *, first: Sequence[str] = (), kinds: Collection[str] = ()
) -> list[str]:
    """Ids of ``many`` organisations of the province, beginning with ``first``. ``kinds``: only of these."""
    chosen = list(first)
    there = [org for org in world.orgs.values() if org.home and org.there(on)]
    if kinds:
        there = [org for org in there if org.facts.kind in kinds]
    while len(chosen) < many:
        left = [org for org in there if org.id not in chosen and world.fits(org.id, chosen)]
        weights = [_pull(world, org, on, theme, chosen) for org in left]
        if not left or not sum(weights):
            break
        chosen.append(dice.pick(left, weights).id)
    return chosen


def _pull(world: World, org: Org, on: date, theme: str, chosen: Sequence[str]) -> float:
    """How likely this one joins: what it does anyway, times theme, times whom it knows of the others already."""
    if org.facts.kind == "intermediary":
        return 0.05  # those between organise; they seldom take part
    wide = world.wide(theme)
    pull = org.weight * (4.0 if theme in org.themes else 2.0 if wide in org.themes else 0.12)
    known = world.together[org.id]
    if not known:
        pull *= 1.8 + 0.5 * (on.year - org.since)  # a newcomer whom nobody has met yet gets in sooner or later
    for one in chosen:
        pull *= 1.0 + min(len(known.keys() & world.together[one].keys()), 12) / 5
    return pull


def audience(world: World, dice: Dice, on: date, theme: str, many: int, *, abroad: int = 0) -> list[str]:
    """Ids of organisations at an event: the theme draws, so does having come before."""
    chosen: list[str] = []
    home = [org for org in world.orgs.values() if org.home and org.there(on) and org.id != world.hub]
    away = [org for org in world.orgs.values() if not org.home and org.there(on) and org.region != "own:chengdu"]
    for among, wanted in ((home, many), (away, abroad)):
        for _ in range(wanted):
            left = [org for org in among if org.id not in chosen and world.fits(org.id, chosen)]
            weights = [org.weight * (4.0 if world.wide(theme) in org.themes else 1.0) for org in left]
            if left:
                chosen.append(dice.pick(left, weights).id)
    return chosen


def somebody(world: World, dice: Dice, org: str, on: date, came: dict[str, int]) -> Someone | None:
    """Who goes for this organisation; who went before goes more often. ``came``: how often, kept up here."""
    staff = world.employed(org, on)
    if not staff:
        return None
    one = dice.pick(staff, [1.0 + 2.0 * came.get(someone.id, 0) for someone in staff])
    came[one.id] = came.get(one.id, 0) + 1
    return one
