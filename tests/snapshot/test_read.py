"""Snapshots filled from the store: one moment of the network, whatever is written meanwhile."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.snapshot import Snapshot
from graph.store import ask, read
from graph.store.ask import When
from graph.store.store import Store
from tests.queries.contracts.network import harbour
from tests.queries.hand import TODAY, Hand, day

THEN = When(TODAY)


@pytest.fixture
def hand(store: Store) -> Hand:
    for kept in folder(store).glob("*"):
        kept.unlink()
    return Hand(store, [])


def folder(store: Store) -> Path:
    return store.settings.home / "snapshots"


def rows(made: Snapshot) -> list[tuple[Any, ...]]:
    """Every participation in words."""
    return [
        (
            made.actor_id[made.actor[at]],
            made.activity_id[made.activity[at]],
            made.roles[made.role[at]],
            str(made.start[at]),
            str(made.end[at]),
            made.sources[made.source[at]],
        )
        for at in range(len(made.actor))
    ]


def test_a_snapshot_is_what_the_store_holds(hand: Hand) -> None:
    harbour(hand)
    hand.things("Theme", {"t": {"code": "w", "display": "Water"}})
    hand.things("Region", {"g": {"code": "own:chengdu"}})
    hand.facts(("c1", "ABOUT", "t"), ("c", "IN", "g"), ("a", "PART_OF", "b"), ("b", "PART_OF", "c"))
    hand.things("Introduction", {"i": {"stages": ["refused"], "stage_dates": ["2019-06-01"]}})
    hand.facts(("i", "FOR", "b"), ("i", "TO", "a"))
    made = read.snapshot(hand.store, THEN)
    assert (made.store, made.revision, made.valid_on) == (hand.store.id, hand.store.revision(), TODAY)
    assert made.actor_id.tolist() == ["a", "b", "c"]
    assert made.actor_name.tolist() == ["Alfa", "Beta", "Ceta"]
    assert made.actor_region.tolist() == ["", "", "own:chengdu"]
    assert made.activity_id.tolist() == ["c1", "c2"]
    assert rows(made) == [
        ("a", "c1", "coordinator", "2015-01-01", "2016-12-31", "list"),
        ("b", "c1", "participant", "2015-01-01", "2016-12-31", "list"),
        ("c", "c1", "participant", "2016-01-01", "2016-06-30", "list"),
        ("a", "c2", "organiser", "2017-05-05", "2017-05-05", "list"),
        ("c", "c2", "attendee", "2017-05-05", "2017-05-05", "list"),
    ]
    assert (made.recorded > 0).all() and not made.retracted.any() and np.isnan(made.amount_eur).all()
    assert (made.themes, made.theme_start.tolist(), made.theme.tolist()) == (("Water",), [0, 1, 1], [0])
    assert made.group.tolist() == [2, 2, 2]
    assert made.feedback == (("a", "b", "refused", "2019-06-01"),)
    assert {frozenset(edge) for edge in made.to_networkx().edges} == {frozenset("ab"), frozenset("ac"), frozenset("bc")}


def test_pages_make_no_difference(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    harbour(hand)
    whole = read._read(hand.store, hand.store.id, 1, TODAY, None, ask.LATEST)
    monkeypatch.setattr(read, "PAGE", 1)
    paged = read._read(hand.store, hand.store.id, 1, TODAY, None, ask.LATEST)
    assert whole is not None and paged is not None
    assert (rows(paged), paged.actor_id.tolist()) == (rows(whole), whole.actor_id.tolist())


def test_counts_ties_and_cards_agree(hand: Hand) -> None:
    harbour(hand)
    hand.facts(("b", "TOOK_PART", "c1", {"end": day("2015-03-31")}), source="hand")
    hand.facts(("a", "TOOK_PART", "c1", {"role": "speaker"}), source="register")
    for valid_on in (date(2014, 1, 1), date(2015, 6, 1), TODAY, date(2031, 1, 1)):
        when = When(valid_on)
        made, counts = read.snapshot(hand.store, when), ask.stats(hand.store, when)
        assert (len(made.actor_id), len(made.activity_id), len(made.actor)) == (
            counts.organisations, counts.collaborations, counts.participations,
        )  # fmt: skip
        graph = made.to_networkx()
        for id in "abc":
            partners = {one.id: one.shared for one in ask.card(hand.store, id, when=when).partners}
            assert partners == {other: graph.edges[id, other]["weight"] for other in graph[id]}


def test_what_was_known_before_is_a_snapshot_of_its_own(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    hand.retract(records[1])
    hand.show("a", {"name": "Omega"})
    now, then = read.snapshot(hand.store, THEN), read.snapshot(hand.store, When(TODAY, before))
    assert (len(now.actor), len(then.actor)) == (4, 5)
    assert (now.actor_name[0], then.actor_name[0]) == ("Omega", "Alfa")
    assert (now.known_on, then.known_on) == (None, before)
    assert then.retracted.astype(bool).tolist() == [False, True, False, False, False]
    assert then.ties().nnz == 6 and now.ties().nnz == 2


def test_a_snapshot_is_kept_until_something_is_written(hand: Hand) -> None:
    harbour(hand)
    first = read.snapshot(hand.store, THEN)
    (kept,) = folder(hand.store).iterdir()
    written = kept.stat().st_ino
    again = read.snapshot(hand.store, THEN)
    assert (rows(again), kept.stat().st_ino) == (rows(first), written)
    read.snapshot(hand.store, When(date(2015, 6, 1)))
    assert len(list(folder(hand.store).iterdir())) == 2
    hand.things("Organisation", {"d": {"name": "Delta"}})
    assert "d" in read.snapshot(hand.store, THEN).places


def test_a_damaged_file_is_made_anew(hand: Hand) -> None:
    harbour(hand)
    first = read.snapshot(hand.store, THEN)
    (kept,) = folder(hand.store).iterdir()
    data = kept.read_bytes()
    for damaged in (data[: len(data) // 2], b"", data[:-1] + bytes([data[-1] ^ 1])):
        kept.write_bytes(damaged)
        assert rows(read.snapshot(hand.store, THEN)) == rows(first)
        assert kept.read_bytes() == data


def test_another_store_in_the_same_place_is_never_mixed_up(hand: Hand) -> None:
    """A restore by another program gives the store a new identity; revisions begin anew."""
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    assert len(read.snapshot(hand.store, THEN).actor_id) == 1
    stale = hand.store.id
    hand.store.clear()
    hand.store.id = stale  # as a program that opened the store before still has it
    other = Hand(hand.store, [])
    other.things("Organisation", {"b": {"name": "Beta"}})
    assert read.snapshot(hand.store, THEN).actor_id.tolist() == ["b"]


def test_what_is_written_while_a_snapshot_is_read_is_not_in_it(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are reads of their own; a change between two of them would leave participations without an actor."""
    harbour(hand)
    asked = read._pages

    def pages(store: Store, query: str, key: str, **params: Any) -> dict[str, list[Any]]:
        found = asked(store, query, key, **params)
        if query == "snapshot_actors":
            hand.things("Organisation", {"d": {"name": "Delta"}})
            hand.facts(("d", "TOOK_PART", "c1"))
        return found

    monkeypatch.setattr(read, "_pages", pages)
    made = read.snapshot(hand.store, THEN)
    monkeypatch.undo()
    assert (made.actor_id.tolist(), len(made.actor)) == (["a", "b", "c"], 5)
    assert len(read.snapshot(hand.store, THEN).actor) == 6


def test_an_empty_store_is_an_empty_snapshot(hand: Hand) -> None:
    made = read.snapshot(hand.store, THEN)
    assert (len(made.actor_id), len(made.activity_id), made.ties().shape) == (0, 0, (0, 0))


@pytest.mark.parametrize(
    ("parts", "tops"),
    [
        ([], {}),
        ([("a", "b"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("a", "c"), ("a", "b")], {"a": "b"}),
        ([("a", "a")], {"a": "a"}),
        ([("a", "b"), ("b", "a"), ("c", "b")], {"a": "a", "b": "a", "c": "a"}),
    ],
)
def test_the_top_of_a_group(parts: list[tuple[str, str]], tops: dict[str, str]) -> None:
    assert read.topmost(parts) == tops
    assert read.topmost(reversed(parts)) == tops


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_a_top_is_its_own_top_and_no_part_has_two(parts: list[tuple[str, str]]) -> None:
    tops = read.topmost(parts)
    assert set(tops) == {part for part, _ in parts}
    assert all(tops.get(top, top) == top for top in tops.values())
