"""Snapshots from plain columns: what they hold, refuse, and how ties follow from participations."""

from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.snapshot import Snapshot
from graph.snapshot.columns import columns

DAY = date(2020, 6, 15)


def built(**given_: Any) -> Snapshot:
    """Three actors; a and b in project x (2015 and 2016), all three in event y (2017), b twice."""
    whole: dict[str, Any] = {
        "actors": {"id": ["a", "b", "c"], "kind": ["company", "government", "other"], "country": ["BE", "NL", ""]},
        "activities": {
            "id": ["x", "y"], "kind": ["project", "event"], "start": ["2015-01-01", "2017-05-05"],
            "end": ["2016-12-31", ""],
        },
        "participations": {
            "actor": ["a", "b", "a", "b", "b", "c"],
            "activity": ["x", "x", "y", "y", "y", "y"],
            "role": ["coordinator", "partner", "organiser", "speaker", "attendee", "attendee"],
            "start": ["", "2016-01-01", "", "", "", ""],
            "end": ["", "", "", "", "", ""],
            "recorded": [7, 7, 7, 7, 7, 8],
            "source": ["list", "list", "list", "list", "register", "list"],
            "amount_eur": [10.0, None, "", 0, 1.5, float("nan")],
        },
        "activity_themes": [["water", "energy"], []],
    }  # fmt: skip
    return Snapshot.build(store="s", revision=3, valid_on=DAY, **{**whole, **given_})


def test_columns_hold_what_was_given() -> None:
    made = built()
    assert (made.store, made.revision, made.valid_on, made.known_on) == ("s", 3, DAY, None)
    assert made.actor.tolist() == [0, 1, 0, 1, 1, 2]
    assert made.activity.tolist() == [0, 0, 1, 1, 1, 1]
    assert [made.roles[code] for code in made.role] == [
        "coordinator", "partner", "organiser", "speaker", "attendee", "attendee",
    ]  # fmt: skip
    assert [made.sources[code] for code in made.source] == ["list"] * 4 + ["register", "list"]
    assert made.recorded.tolist() == [7, 7, 7, 7, 7, 8]
    assert made.retracted.tolist() == [0] * 6
    assert np.array_equal(made.amount_eur, [10, np.nan, np.nan, 0, 1.5, np.nan], equal_nan=True)
    assert [made.themes[code] for code in made.theme] == ["water", "energy"]
    assert made.theme_start.tolist() == [0, 2, 2]
    assert made.places == {"a": 0, "b": 1, "c": 2}


def test_a_participation_without_days_of_its_own_has_those_of_its_activity() -> None:
    made = built()
    assert made.start[:2].tolist() == [date(2015, 1, 1), date(2016, 1, 1)]
    assert made.end[:2].tolist() == [date(2016, 12, 31)] * 2
    assert made.start[2].item() == date(2017, 5, 5)
    assert np.isnat(made.end[2])


def test_what_nobody_said_has_a_default() -> None:
    made = built()
    assert made.actor_label.tolist() == ["Organisation"] * 3
    assert made.actor_size.tolist() == made.actor_sme.tolist() == ["unknown"] * 3
    assert made.actor_name.tolist() == [""] * 3
    assert made.group.tolist() == [0, 1, 2]
    assert made.feedback == ()


def test_groups_and_feedback_are_kept() -> None:
    made = built(
        groups={"a": "c", "b": "nobody here", "elsewhere": "a"}, feedback=[("a", "b", "refused", "2019-01-01")]
    )
    assert made.group.tolist() == [2, 1, 2]
    assert made.feedback == (("a", "b", "refused", "2019-01-01"),)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"actors": {"id": ["a", "b", "c"], "colour": ["red"] * 3}}, TypeError),
        ({"actors": {"id": ["a", "b", "c"], "name": ["A"]}}, ValueError),
        ({"participations": {"actor": ["z"], "activity": ["x"]}}, KeyError),
        ({"participations": {"actor": ["a"], "activity": ["z"]}}, KeyError),
        ({"activities": {"id": ["x", "y"], "start": ["2015-02-30", ""]}}, ValueError),
    ],
)
def test_columns_that_do_not_fit_are_refused(wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        built(**wrong)


@pytest.mark.parametrize("name", columns())
def test_no_column_can_be_written(name: str) -> None:
    column = getattr(built(), name)
    with pytest.raises(ValueError, match="read-only"):
        column[0] = column[0]


def test_ties_are_shared_activities() -> None:
    made = built()
    assert made.ties().toarray().tolist() == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]  # two roles are one participation
    assert made.ties(date(2016, 12, 31)).toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert made.ties(date(2015, 12, 31)).nnz == 0  # Beta came later
    assert made.ties(kept=np.array([0, 0, 1, 1, 1, 0], bool)).toarray()[0].tolist() == [0, 1, 0]
    assert made.began(None).all() and made.began(date(2015, 6, 1)).tolist() == [True] + [False] * 5


def test_an_unknown_start_has_not_begun_on_any_day() -> None:
    made = built(activities={"id": ["x", "y"]})
    assert made.began(date(2100, 1, 1)).tolist() == [False, True, False, False, False, False]
    assert made.ties().nnz == 6


def test_an_empty_network_is_one_too() -> None:
    made = Snapshot.build(store="s", revision=0, valid_on=DAY, actors={}, activities={}, participations={})
    assert made.ties().shape == (0, 0)
    assert made.to_networkx().number_of_nodes() == 0
    alone = Snapshot.build(store="s", revision=0, valid_on=DAY, actors={"id": ["a"]}, activities={}, participations={})
    assert alone.ties().toarray().tolist() == [[0]]


def test_the_graph_is_the_one_drawn_by_hand() -> None:
    hand: nx.Graph[str] = nx.Graph()
    rest = {"name": "", "label": "Organisation", "region": "", "municipality": "", "size": "unknown", "sme": "unknown"}
    hand.add_node("a", kind="company", country="BE", **rest)
    hand.add_node("b", kind="government", country="NL", **rest)
    hand.add_node("c", kind="other", country="", **rest)
    hand.add_weighted_edges_from([("a", "b", 2), ("a", "c", 1), ("b", "c", 1)])
    assert nx.utils.graphs_equal(built().to_networkx(), hand)
    hand.remove_edges_from([("a", "c"), ("b", "c")])
    hand["a"]["b"]["weight"] = 1
    assert nx.utils.graphs_equal(built().to_networkx(date(2016, 12, 31)), hand)


ids = st.sampled_from("abcdef")
table = st.lists(st.tuples(ids, st.sampled_from("uvwxyz"), st.sampled_from("12")), max_size=30)


@given(table.filter(bool))
def test_ties_are_the_projection_that_networkx_makes(rows: list[tuple[str, str, str]]) -> None:
    actors, activities = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    made = Snapshot.build(
        store="s", revision=0, valid_on=DAY, actors={"id": actors}, activities={"id": activities},
        participations={"actor": [r[0] for r in rows], "activity": [r[1] for r in rows], "role": [r[2] for r in rows]},
    )  # fmt: skip
    both: nx.Graph[str] = nx.Graph()
    both.add_nodes_from(actors)
    both.add_edges_from((actor, activity) for actor, activity, _ in rows)
    oracle = nx.bipartite.weighted_projected_graph(both, actors)
    drawn = made.to_networkx()
    assert set(drawn) == set(oracle)
    assert weights(drawn) == weights(oracle)


def weights(graph: "nx.Graph[str]") -> dict[frozenset[str], int]:
    return {frozenset(pair): graph.edges[pair]["weight"] for pair in graph.edges}
