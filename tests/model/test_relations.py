"""Which relationship joins what, and what it may say."""

from itertools import product
from typing import Any

import pytest

from graph.errors import Refused
from graph.model import LABELS
from graph.model.collaboration import ROLES, STATES
from graph.model.relations import RULES, Relation
from graph.model.time import OPEN, Moment, Period


@pytest.mark.parametrize("kind", RULES)
def test_a_relationship_joins_what_its_rule_says_and_nothing_else(kind: str) -> None:
    rule = RULES[kind]
    assert {*rule.start, *rule.end} <= set(LABELS)
    for start, end in product(LABELS, LABELS):
        if start in rule.start and end in rule.end:
            Relation(type=kind, start_label=start, end_label=end)
        else:
            with pytest.raises(Refused, match="It leads from"):
                Relation(type=kind, start_label=start, end_label=end)


def test_every_label_of_the_world_can_be_reached() -> None:
    """Those that stand alone are kept by the store itself, or name what they are about."""
    joined = {label for rule in RULES.values() for label in (*rule.start, *rule.end)}
    assert set(LABELS) - joined == {"Source", "Import", "Judgement", "Change"}


def took_part(**said: Any) -> Relation:
    return Relation(type="TOOK_PART", start_label="Organisation", end_label="Collaboration", **said)


def test_a_participation_says_how_when_and_for_how_much() -> None:
    period = Period(Moment.parse("2020"), OPEN)
    said = took_part(role="member", period=period, amount_eur=100.0, state="running").properties()
    assert said == {**period.properties(), "role": "member", "amount_eur": 100.0, "state": "running"}
    assert set(took_part().properties().values()) == {None}
    for role in ROLES:
        took_part(role=role)
    for state in STATES:
        took_part(state=state)


@pytest.mark.parametrize(
    "wrong", [{"role": "boss"}, {"state": "maybe"}, {"amount_eur": float("nan")}, {"amount_eur": 1e13}]
)
def test_nonsense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        took_part(**wrong)


@pytest.mark.parametrize("kind", ["", "KNOWS", "took_part"])
def test_an_unknown_type_is_refused(kind: str) -> None:
    with pytest.raises(Refused):
        Relation(type=kind, start_label="Organisation", end_label="Organisation")


def test_a_function_at_work_is_free_text() -> None:
    Relation(type="WORKS_FOR", start_label="Person", end_label="Organisation", role="Hoofd onderzoek")
