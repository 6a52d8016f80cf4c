"""The back-test: worlds in which it has to find something, and worlds in which it must not."""

from datetime import date

import numpy as np
import pytest

from graph.analytics.example import of
from graph.analytics.missing_links.backtest import COLUMNS, backtest, happened, popular, verdict
from graph.analytics.missing_links.network import network
from graph.analytics.missing_links.probability import calibration
from tests.analytics.missing_links.worlds import communities, dealt_anew, random_rows, snapshot

END = date(2014, 12, 31)


def test_planted_pairs_are_found() -> None:
    taken = snapshot(communities(1))
    told = verdict(taken, END, k=50)
    assert told is not None
    assert told.better
    assert told.found > 2 * told.by_rival
    overlooked = verdict(taken, END, "overlooked", k=50)
    assert overlooked is not None
    assert overlooked.better


def test_participations_dealt_anew_fall_to_popularity() -> None:
    for seed in range(3):
        rows = [(actor, activity, day, "") for actor, activity, day, _ in dealt_anew(communities(seed), seed)]
        told = verdict(snapshot(rows), END, k=50)
        assert told is not None
        assert not told.better


def test_a_random_graph_is_no_better_than_popularity() -> None:
    for seed in range(3):
        rows = random_rows(seed, actors=80, activities=400, most=3)
        for listing in ("likely", "overlooked"):
            told = verdict(snapshot([(*row[:3], "") for row in rows]), END, listing, k=50)
            assert told is not None
            assert not told.better, (seed, told)


def test_the_rows_are_those_of_the_contract() -> None:
    rows = backtest(snapshot(communities(2)), 2012, 2013)
    assert {row["year"] for row in rows} == {2012, 2013}
    assert {row["list"] for row in rows} == {"likely", "overlooked", "common_neighbours", "popularity"}
    for row in rows:
        assert tuple(row) == COLUMNS
        assert float(str(row["low"])) <= float(str(row["value"])) <= float(str(row["high"]))
        assert int(str(row["n"])) > 0
    of_likely = {row["metric"]: row["value"] for row in rows if row["list"] == "likely" and not row["group"]}
    assert {"precision_at_100", "lift_over_common_neighbours_at_100", "hits_at_10", "mrr"} <= of_likely.keys()
    assert {row["group"] for row in rows} >= {"", "company|company"}


def test_a_year_by_hand() -> None:
    """Before: a-z, z-b, c-d. In 2012 a meets b in two activities (new) and z again (a repeat), and e, who was unknown.
    Of the first suggestions one, a with b, is found."""
    rows = [
        ("a", "p1", "2011-01-01", ""), ("z", "p1", "2011-01-01", ""),
        ("z", "p2", "2011-01-01", ""), ("b", "p2", "2011-01-01", ""),
        ("c", "p3", "2011-01-01", ""), ("d", "p3", "2011-01-01", ""),
        *((who, "q1", "2012-05-01", "") for who in "abez"),
        *((who, "q2", "2012-06-01", "") for who in "ab"),
    ]  # fmt: skip
    taken = snapshot(rows)
    test = happened(taken, 2012)
    ids = test.network.id
    assert {(ids[key // test.n], ids[key % test.n]) for key in test.pairs.tolist()} == {("a", "b")}
    assert test.weights[0].tolist() == [1.0]
    found = {(row["list"], row["metric"]): row for row in backtest(taken, 2012, 2012) if not row["group"]}
    assert found["likely", "precision_at_100"]["value"] == 1.0
    assert found["likely", "precision_at_100"]["n"] == 1  # there is no other pair at distance two
    assert found["likely", "hits_at_10"]["value"] == 1.0
    assert found["likely", "hits_at_10"]["n"] == 2
    # z has the most ties, then all are equal: z with c and d, and a, b, c, d among themselves but a tie
    assert found["popularity", "precision_at_100"]["n"] == 7
    assert found["popularity", "precision_at_100"]["value"] == pytest.approx(1 / 7)


def test_popular_pairs_are_those_of_brute_force() -> None:
    for seed in range(5):
        net = network(snapshot(random_rows(seed, actors=120, activities=100)), None)
        a, b = popular(net, 40)
        pairs = [
            (-int(net.degree[i] * net.degree[j]), i, j)
            for i in range(len(net.degree))
            for j in range(i + 1, len(net.degree))
            if net.degree[j] and not net.tied(i, j)
        ]
        assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(i, j) for _, i, j in sorted(pairs)[:40]]


def test_pairs_of_equal_ties_are_counted_over_all_pairs() -> None:
    """Summed over every unlinked pair, the expected number is the number that met."""
    test = happened(snapshot(random_rows(3, actors=60, activities=150)), 2013)
    net = test.network
    i, j = np.triu_indices(len(net.degree), 1)
    free = np.array([not net.tied(a, b) for a, b in zip(i.tolist(), j.tolist(), strict=True)])
    free &= (net.degree[i] > 0) & (net.degree[j] > 0)
    assert test.equals(i[free], j[free]) == pytest.approx(len(test.pairs))
    assert len(test.pairs)


def test_a_chance_falls_with_the_place_and_is_near_what_happened() -> None:
    taken = snapshot(communities(5))
    found = calibration(taken, date(2013, 12, 31), top=300)
    assert found is not None
    chance = found.of(np.arange(1, 301))
    assert (np.diff(chance) <= 1e-12).all()
    assert 0 <= chance.min() <= chance.max() <= 1
    assert calibration(of([("a", "p", "2012-01-01", ""), ("b", "p", "2012-01-01", "")]), END) is None
