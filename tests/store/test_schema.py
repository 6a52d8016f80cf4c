"""The schema grows step by step; a step can be run twice, and a store that is behind gets the steps it lacks."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph.errors import HalfRestored, NewerSchema
from graph.settings import Settings
from graph.store import schema
from graph.store.store import Store


def run(store: Store, statement: str) -> list[Any]:
    with store._driver.session(database=store.address.database) as session:
        return [record.data() for record in session.run(statement)]


def laid(store: Store) -> tuple[list[Any], list[Any]]:
    """Every constraint and index of ours, by name, with all it says."""
    constraints = run(store, "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties ORDER BY name")
    indexes = run(
        store, "SHOW INDEXES YIELD name, type, labelsOrTypes, properties WHERE type <> 'LOOKUP' RETURN * ORDER BY name"
    )
    return constraints, indexes


@pytest.fixture
def schemed(store: Store) -> Iterator[Store]:
    """A store whose schema is whole again afterwards, whatever was done to it."""
    yield store
    store.clear()
    for step in schema.steps():
        store._step(step)


def test_the_schema_is_what_the_steps_say(store: Store) -> None:
    constraints, indexes = laid(store)
    assert {one["name"] for one in constraints} == {"meta_id", "thing_id", "identifier_id", "record_id", "version_id"}
    assert {one["name"] for one in indexes} >= {"names", "record_key"}
    assert store.read("meta")[0]["schema"] == schema.newest()


@pytest.mark.parametrize("step", schema.steps(), ids=lambda step: str(step.version))
def test_every_step_can_be_run_twice(store: Store, step: schema.Step) -> None:
    before = laid(store)
    for _ in range(2):
        store._step(step)
    assert laid(store) == before
    assert store.revision() == 0


@pytest.mark.parametrize("behind", range(1, schema.newest() + 1))
def test_a_store_that_is_behind_gets_the_steps_it_lacks(schemed: Store, settings: Settings, behind: int) -> None:
    whole = laid(schemed)
    drop(schemed)
    for step in schema.steps()[:behind]:
        schemed._step(step)
    schemed.write_unnumbered("set_schema", version=behind - 1)
    assert laid(schemed) != whole
    with Store.open(settings) as opened:
        assert laid(opened) == whole
        assert opened.read("meta")[0]["schema"] == schema.newest()


def test_a_store_that_was_never_used_gets_them_all(schemed: Store, settings: Settings) -> None:
    whole = laid(schemed)
    run(schemed, "MATCH (n) DETACH DELETE n")
    drop(schemed)
    with Store.open(settings) as opened:
        assert laid(opened) == whole
        assert opened.id == opened.read("meta")[0]["store"]


def drop(store: Store) -> None:
    constraints, indexes = laid(store)
    for one in constraints:
        run(store, f"DROP CONSTRAINT {one['name']}")
    for one in indexes:
        run(store, f"DROP INDEX {one['name']} IF EXISTS")


def test_data_of_a_newer_schema_are_left_alone(schemed: Store, settings: Settings) -> None:
    schemed.write_unnumbered("set_schema", version=schema.newest() + 1)
    with pytest.raises(NewerSchema, match="Update Schakel"):
        Store.open(settings)


def test_a_store_that_was_half_restored_opens_for_a_restore_only(schemed: Store, settings: Settings) -> None:
    schemed.write_unnumbered("set_restoring", file="out.gz")
    with pytest.raises(HalfRestored, match=r"A restore of out\.gz was cut off"):
        Store.open(settings)
    Store.open(settings, to_restore=True).close()


def test_steps_count_from_0_without_a_gap() -> None:
    assert [step.version for step in schema.steps()] == list(range(schema.newest() + 1))
    assert all(step.statements for step in schema.steps())
    assert all("IF NOT EXISTS" in statement for step in schema.steps() for statement in step.statements)
