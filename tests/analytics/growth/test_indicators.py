"""Growth on worlds solved by hand, and against a slow implementation that shares only the definitions with it."""

import doctest
import itertools
import random
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import graph.analytics.growth
from graph.analytics import example
from graph.analytics.growth import Effort, series
from graph.analytics.growth.years import SPAN
from graph.errors import Refused
from graph.snapshot import Snapshot

Row = tuple[str, str, str, str]
KINDS = ("company", "knowledge_institution", "government")
MODULES = sorted(path.stem for path in Path(graph.analytics.growth.__file__).parent.glob("[a-z]*.py"))
FIRST, LAST = 2010, 2016


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_an_indicator_run(name: str) -> None:
    module = import_module(f"graph.analytics.growth.{name}")
    assert doctest.testmod(module).failed == 0


def values(snapshot: Snapshot, first: int, last: int, **options: Any) -> dict[tuple[str, int, str], float]:
    return {
        (row["indicator"], row["year"], row["group"]): row["value"] for row in series(snapshot, first, last, **options)
    }


def world(seed: int) -> list[Row]:
    """Some years of activities, some of them over the year's border, some with an unknown end, some rows twice."""
    dice = random.Random(seed)
    rows: list[Row] = []
    for number in range(dice.randint(1, 14)):
        start = dice.randint(FIRST, LAST)
        end = "" if dice.random() < 0.15 else f"{start + dice.randint(0, 3)}-06-30"
        for actor in dice.sample("abcdefghijkl", dice.randint(1, 5)):
            rows += [(actor, f"p{number}", f"{start}-03-01", end)] * dice.choice((1, 1, 1, 2))
    dice.shuffle(rows)
    return rows


def kind(actor: str) -> str:
    return KINDS[ord(actor[0]) % 3]


def made(rows: list[Row], **columns: Any) -> Snapshot:
    actors = sorted({row[0] for row in rows})
    activities = sorted({row[1] for row in rows})
    return Snapshot.build(
        store="world", revision=0, valid_on=date(2030, 12, 31),
        actors={"id": actors, "name": actors, "kind": [kind(actor) for actor in actors], **columns},
        activities={"id": activities, "title": activities},
        participations={
            name: [row[at] for row in rows] for at, name in enumerate(("actor", "activity", "start", "end"))
        },
    )  # fmt: skip


def slowly(rows: list[Row], year: int) -> dict[str, float]:
    """The year by sets and networkx."""
    there = {(a, p) for a, p, start, end in rows if int(start[:4]) <= year and (not end or int(end[:4]) >= year)}
    activities = {p: sorted(a for a, q in there if q == p) for _, p in there}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(a for a, _ in there)
    graph.add_edges_from(pair for members in activities.values() for pair in itertools.combinations(members, 2))
    found: dict[str, float] = {
        "actors": len(graph), "collaborations": len(activities), "ties": graph.number_of_edges(),
        "newman_weight": sum(len(members) / 2 for members in activities.values() if len(members) > 1),
    }  # fmt: skip
    if not len(graph):
        return found
    parts = sorted(map(len, nx.connected_components(graph)), reverse=True)
    found |= {"largest_component": parts[0] / len(graph), "isolates": nx.number_of_isolates(graph)}
    found["two_edge_core"] = max(map(len, nx.k_edge_components(graph, 2))) / len(graph)
    found["cut_actors"] = len(list(nx.articulation_points(graph)))
    steps = [d for _, of in nx.all_pairs_shortest_path_length(graph) for d in of.values() if d]
    if steps:
        found["mean_distance"] = sum(steps) / len(steps)
        held = {a: c for a, c in nx.constraint(graph).items() if c == c}
        found["constraint"] = sum(held.values()) / len(held)
        sizes = nx.effective_size(graph)
        found["effective_size"] = sum(sizes[a] for a in held) / len(held)
        found["ei_index"] = sum(1 if kind(a) != kind(b) else -1 for a, b in graph.edges) / graph.number_of_edges()
    if any(degree > 1 for _, degree in graph.degree):
        found["transitivity"] = nx.transitivity(graph)
    several = [members for members in activities.values() if len(members) > 1]
    if several:
        found["triple_helix"] = sum(len({kind(a) for a in members}) == 3 for members in several) / len(several)
        cross = sum(
            sum(kind(a) != kind(b) for a, b in itertools.combinations(members, 2)) / (len(members) - 1)
            for members in several
        )
        found["cross_kind"] = cross / found["newman_weight"]
    found |= dict.fromkeys(
        (f"brokers_{role}" for role in ("coordinator", "gatekeeper", "representative", "consultant", "liaison")), 0.0
    )
    for broker in graph:
        for a, c in itertools.combinations(graph[broker], 2):
            if not graph.has_edge(a, c):
                of = (kind(a), kind(broker), kind(c))
                if of[0] == of[2]:
                    found["brokers_coordinator" if of[1] == of[0] else "brokers_consultant"] += 1
                elif of[1] in (of[0], of[2]):
                    found["brokers_gatekeeper"] += 0.5
                    found["brokers_representative"] += 0.5
                else:
                    found["brokers_liaison"] += 1
    taken = sorted(sum(p == q for q in activities for b, p in there if b == a) for a in graph)
    total = sum(taken)
    found["gini"] = sum(abs(x - y) for x in taken for y in taken) / (2 * len(taken) * total)
    found["hhi"] = sum((x / total) ** 2 for x in taken)
    return found


def pairs(rows: list[Row], year: int) -> set[tuple[str, str]]:
    there = {(a, p) for a, p, start, end in rows if int(start[:4]) <= year and (not end or int(end[:4]) >= year)}
    return {(a, b) for (a, p), (b, q) in itertools.product(there, there) if p == q and a < b}


@pytest.mark.parametrize("seed", range(200))
def test_a_slow_implementation_agrees(seed: int) -> None:
    rows = world(seed)
    found = values(made(rows), FIRST, LAST)
    for year in range(FIRST, LAST + 1):
        for name, expected in slowly(rows, year).items():
            assert found[name, year, ""] == pytest.approx(expected, abs=1e-9), (name, year)


@pytest.mark.parametrize("seed", range(20))
def test_ties_that_are_new_persist_or_are_lost_add_up(seed: int) -> None:
    rows = world(seed)
    found = values(made(rows), FIRST, LAST)
    for year in range(FIRST, LAST + 1):
        now, before = pairs(rows, year), pairs(rows, year - 1)
        assert found["ties_new", year, ""] == len(now - before)
        assert found["ties_persisting", year, ""] == len(now & before)
        assert found["ties_lost", year, ""] == len(before - now)
        assert found["ties_new", year, ""] + found["ties_persisting", year, ""] == found["ties", year, ""]
        assert found["ties_first", year, ""] == len(now - set().union(*(pairs(rows, y) for y in range(FIRST, year))))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_later_changes_no_earlier_year(seed: int) -> None:
    """Except what looks ahead, which was marked open."""
    rows = [row for row in world(seed) if row[2] < "2014"]
    if not rows:
        return
    later = [("zz", "later", "2015-01-01", ""), ("a", "later", "2015-01-01", "")]
    before = {(r["indicator"], r["year"]): r for r in series(made(rows), FIRST, 2013)}
    after = {(r["indicator"], r["year"]): r for r in series(made(rows + later), FIRST, 2013)}
    assert before.keys() == after.keys()
    for key, row in before.items():
        assert row["value"] == after[key]["value"] or "open" in row["flags"], key


def test_order_and_duplicates_of_rows_change_nothing() -> None:
    rows = world(7)
    shuffled = rows * 2
    random.Random(1).shuffle(shuffled)
    assert values(made(rows), FIRST, LAST) == values(made(shuffled), FIRST, LAST)


def test_one_project_of_n_weighs_half_n() -> None:
    found = values(example.complete(8), 2020, 2020)
    assert found["newman_weight", 2020, ""] == 4
    assert found["ties", 2020, ""] == 28


def test_two_projects_that_share_one_actor() -> None:
    rows = [(who, "p", "2020-01-01", "2020-12-31") for who in "abc"]
    rows += [(who, "q", "2020-01-01", "2020-12-31") for who in "cde"]
    found = values(example.of(rows), 2020, 2020)
    assert [found[name, 2020, ""] for name in ("actors", "ties", "cut_actors")] == [5, 6, 1]
    assert found["transitivity", 2020, ""] == pytest.approx(6 / 10)


def test_a_project_over_the_border_of_a_year_runs_in_both_and_starts_in_one() -> None:
    found = values(example.of((who, "p", "2020-12-31", "2021-01-01") for who in "ab"), 2019, 2022)
    assert [found["ties", year, ""] for year in range(2019, 2023)] == [0, 1, 1, 0]
    assert [found["ties_started", year, ""] for year in range(2019, 2023)] == [0, 1, 0, 0]


def test_an_actor_alone_counts_and_is_isolated() -> None:
    found = values(example.of([("a", "p", "2020-01-01", "2020-12-31")]), 2020, 2020)
    assert [found[name, 2020, ""] for name in ("actors", "ties", "isolates", "newman_weight")] == [1, 0, 1, 0]
    assert ("transitivity", 2020, "") not in found


def test_persons_change_no_number_of_organisations() -> None:
    rows = world(3)
    labels = {actor: "Person" if actor in "ab" else "Organisation" for actor, *_ in rows}
    with_persons = made(rows, label=[labels[actor] for actor in sorted(labels)])
    without = made([row for row in rows if row[0] not in "ab"])
    assert values(with_persons, FIRST, LAST) == values(without, FIRST, LAST)


def test_by_kind_counts_what_one_of_the_kind_takes_part_in() -> None:
    rows = [(who, "p", "2020-01-01", "2020-12-31") for who in "abc"]  # b company, c knowledge, a government by kind()
    rows += [("a", "q", "2020-01-01", "2020-12-31"), ("d", "q", "2020-01-01", "2020-12-31")]
    found = values(made(rows), 2020, 2020, by="kind")
    for group in KINDS:
        members = {actor for actor in "abcd" if kind(actor) == group}
        touching = {pair for pair in pairs(rows, 2020) if members & set(pair)}
        assert found["actors", 2020, group] == len(members)
        assert found["ties", 2020, group] == len(touching)


def test_the_window_holds_the_ties_of_its_years() -> None:
    rows = world(11)
    found = values(made(rows), FIRST, LAST, window=3)
    for year in range(FIRST, LAST + 1):
        assert found["ties_window", year, ""] == len(set().union(*(pairs(rows, y) for y in range(year - 2, year + 1))))


def test_participations_dealt_out_anew_have_a_ratio_of_one() -> None:
    """A world without structure: its transitivity is that of its null, give or take its chance."""
    dice = random.Random(5)
    rows = [
        (dice.choice("abcdef") + str(dice.randrange(10)), f"p{number}", "2020-01-01", "2020-12-31")
        for number in range(120)
        for _ in range(4)
    ]
    found = {row["indicator"]: row for row in series(made(rows), 2020, 2020, effort=Effort(nulls=40))}
    assert found["transitivity"]["ratio"] == pytest.approx(1, abs=0.08)
    assert found["cross_kind"]["ratio"] == pytest.approx(1, abs=0.08)


def test_a_world_with_structure_does_not() -> None:
    dice = random.Random(5)
    rows = []
    for number in range(120):
        group = number % 6
        rows += [(f"g{group}a{dice.randrange(10)}", f"p{number}", "2020-01-01", "2020-12-31") for _ in range(4)]
    found = {row["indicator"]: row for row in series(made(rows), 2020, 2020, effort=Effort(nulls=20))}
    assert found["transitivity"]["ratio"] > 1.3


def test_an_interval_holds_its_value_and_narrows_with_more_projects() -> None:
    def width(projects: int) -> float:
        dice = random.Random(2)
        rows = [
            (f"a{dice.randrange(3 * projects)}", f"p{at}", "2020-01-01", "2020-12-31")
            for at in range(projects)
            for _ in "abc"
        ]
        row = next(
            row for row in series(made(rows), 2020, 2020, effort=Effort(draws=200)) if row["indicator"] == "mean_degree"
        )
        assert row["low"] <= row["value"] <= row["high"]
        return float(row["high"] - row["low"]) / float(row["value"])

    assert width(400) < 0.6 * width(40)


def test_repeated_runs_give_the_same_rows() -> None:
    snapshot, effort = made(world(9)), Effort(draws=20, structure=5, nulls=5)
    assert series(snapshot, FIRST, LAST, effort=effort) == series(snapshot, FIRST, LAST, effort=effort)


# Flags and bad worlds


def test_open_panel_start_and_small_n_are_flagged() -> None:
    rows = [
        (who, f"p{year}", f"{year}-01-01", f"{year}-12-31") for year in range(2010, 2017) for who in (f"a{year}", "b")
    ]
    flags = {(row["indicator"], row["year"]): row["flags"].split("|") for row in series(made(rows), 2010, 2018)}
    assert flags["ties", 2010] == ["panel_start", "small_n"]
    assert flags["ties", 2014] == ["small_n"]
    assert "open" in flags["ties", 2018]  # the data end in 2016
    assert "open" in flags["survival_2", 2015]
    assert "open" not in flags["survival_2", 2013]


def test_a_last_year_that_thins_out_is_open() -> None:
    rows = [("a", f"p{year}-{at}", f"{year}-01-01", f"{year}-12-31") for year in range(2012, 2016) for at in range(60)]
    rows += [("a", "p2016", "2016-01-01", "2016-12-31")]
    flags = {row["year"]: row["flags"] for row in series(made(rows), 2014, 2016, only=("ties",))}
    assert flags == {2014: "panel_start", 2015: "", 2016: "open|small_n"}


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "p", "", ""), ("b", "p", "", "")],
        [("a", "p", "2031-01-01", "")],
    ],
    ids=["no dates", "nothing yet"],
)
def test_a_world_without_a_number_has_no_rows(rows: list[Row]) -> None:
    assert series(made(rows), 2010, 2012) == []


def test_a_year_without_data_is_a_zero_not_a_gap() -> None:
    rows = [(who, "p", "2010-01-01", "2010-12-31") for who in "ab"] + [("a", "q", "2013-01-01", "2013-12-31")]
    found = values(made(rows), 2010, 2013)
    assert [found["actors", year, ""] for year in range(2010, 2014)] == [2, 0, 0, 1]
    assert ("mean_degree", 2011, "") not in found


def test_one_consortium_of_500_is_answered() -> None:
    found = values(example.complete(500), 2020, 2020)
    assert found["transitivity", 2020, ""] == 1
    assert found["ties", 2020, ""] == 500 * 499 / 2


def test_too_long_a_span_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="Ask for fewer years"):
        series(example.complete(3), 2020 - SPAN, 2020)


def test_years_before_the_span_still_count_as_seen() -> None:
    rows = [(who, "old", "1900-01-01", "1900-12-31") for who in "ab"]
    rows += [(who, "new", "2016-01-01", "2016-12-31") for who in "ab"]
    found = values(made(rows), 2015, 2016)
    assert found["ties_new", 2016, ""] == 1
    assert found["ties_first", 2016, ""] == 0
    assert found["newcomers", 2016, ""] == 0


def test_growth_is_told_from_late_discovery_and_new_sources() -> None:
    day = 86_400

    def seconds(text: str) -> int:
        return int(np.datetime64(text, "D").astype(int)) * day

    rows = [
        ("a", "p1", "2019-01-01", "2024-01-10", "one"),  # baseline of one
        ("b", "p2", "2024-02-01", "2024-06-01", "one"),  # began since: growth
        ("c", "p3", "2018-01-01", "2024-06-01", "one"),  # was there all the time
        ("d", "p4", "2015-01-01", "2024-06-01", "two"),  # baseline of two
    ]
    snapshot = Snapshot.build(
        store="world", revision=0, valid_on=date(2024, 12, 31),
        actors={"id": list("abcd")}, activities={"id": ["p1", "p2", "p3", "p4"]},
        participations={
            "actor": [row[0] for row in rows], "activity": [row[1] for row in rows], "start": [row[2] for row in rows],
            "recorded": [seconds(row[3]) for row in rows], "source": [row[4] for row in rows],
        },
    )  # fmt: skip
    found = values(snapshot, 2024, 2024)
    assert [found[name, 2024, ""] for name in ("known_new_source", "known_new", "known_late")] == [2, 1, 1]


def test_home_is_the_country_of_most_collaborations_not_of_most_partners() -> None:
    rows = [("b", f"p{at}", "2020-01-01", "2020-12-31") for at in range(3)]
    rows += [(who, "p0", "2020-01-01", "2020-12-31") for who in "cdef"]
    snapshot = made(rows, country=["BE", "DE", "DE", "DE", "DE"])
    assert values(snapshot, 2020, 2020)["gatekeepers_hhi", 2020, ""] == 1  # b alone has ties across the border
    assert values(snapshot, 2020, 2020)["foreign_ties", 2020, ""] == 1
