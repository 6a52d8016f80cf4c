"""The classical measures against networkx, and both ways of ranking against each other."""

import math
from datetime import date
from importlib import import_module
from typing import Any

import networkx as nx
import numpy as np
import pytest

from graph.analytics import compiled
from graph.analytics.missing_links.filters import Filter, Side
from graph.analytics.missing_links.network import network
from graph.analytics.missing_links.rank import Ranked, ranked
from graph.analytics.missing_links.recipe import (
    ADAMIC_ADAR,
    COMMON_NEIGHBOURS,
    LIKELY,
    OVERLOOKED,
    RESOURCE_ALLOCATION,
    UNTRAINED,
    Recipe,
)  # fmt: skip
from tests.analytics.missing_links.worlds import random_rows, snapshot

UNTIL = date(2013, 6, 1)


def as_dict(found: Ranked) -> dict[tuple[str, str], float]:
    ids = found.terms.network.id
    return {(ids[a], ids[b]): value for a, b, value in zip(found.a, found.b, found.score.tolist(), strict=True)}


@pytest.mark.parametrize("part", range(10))
def test_equal_to_networkx_on_random_graphs(part: int) -> None:
    for seed in range(part * 20, part * 20 + 20):
        taken = snapshot(random_rows(seed))
        graph = taken.to_networkx(UNTIL)
        pairs = list(nx.non_edges(graph))
        for recipe, oracle in (
            (RESOURCE_ALLOCATION, nx.resource_allocation_index(graph, pairs)),
            (ADAMIC_ADAR, nx.adamic_adar_index(graph, pairs)),
            (COMMON_NEIGHBOURS, ((a, b, len(list(nx.common_neighbors(graph, a, b)))) for a, b in pairs)),
        ):
            expected = {(min(a, b), max(a, b)): value for a, b, value in oracle if value}
            found = as_dict(ranked(taken, UNTIL, recipe=recipe))
            assert found.keys() == expected.keys()
            assert all(math.isclose(found[pair], expected[pair], rel_tol=1e-6) for pair in found)


@pytest.mark.skipif(not compiled.COMPILED, reason="numba has no wheel here: there is one way only")
@pytest.mark.parametrize("recipe", [LIKELY, OVERLOOKED, UNTRAINED, RESOURCE_ALLOCATION, Recipe(far=1.0)])
def test_loops_sparse_products_and_threads_agree_to_the_byte(recipe: Recipe) -> None:
    for seed in range(12):
        taken = snapshot(random_rows(seed, actors=60, activities=50))
        within = Filter(barred=[("a001", "a002"), ("a003", "a050")]) if seed % 2 else None
        if seed % 3 == 2:
            within = Filter(left=Side(themes=["t1"]), right=Side(ids=[f"a{at:03}" for at in range(30)]))
        muches: tuple[dict[str, Any], ...] = ({"per_actor": 5}, {"per_actor": 1000}, {"top": 7}, {"top": None})
        for much in muches:
            one = ranked(taken, UNTIL, recipe=recipe, within=within, portably=True, **much)
            for threads in (1, 2):
                other = ranked(taken, UNTIL, recipe=recipe, within=within, portably=False, threads=threads, **much)
                for name in ("a", "b", "score"):
                    assert np.array_equal(getattr(one, name), getattr(other, name)), (seed, much, name)


@pytest.mark.skipif(not compiled.COMPILED, reason="numba has no wheel here: there is one way only")
def test_blocks_of_threads_join_to_the_same_list(monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("rank", "portable"):  # by name: the package has a function rank
        monkeypatch.setattr(import_module(f"graph.analytics.missing_links.{part}"), "BLOCK", 50)
    taken = snapshot(random_rows(3, actors=60, activities=60))
    muches: tuple[dict[str, Any], ...] = ({"per_actor": 3}, {"top": 10})
    for much in muches:
        whole = ranked(taken, None, portably=False, threads=1, **much)
        for parts in (
            ranked(taken, None, portably=False, threads=2, **much),
            ranked(taken, None, portably=True, **much),
        ):
            assert np.array_equal(whole.a, parts.a)
            assert np.array_equal(whole.b, parts.b)
            assert np.array_equal(whole.score, parts.score)


def test_the_best_of_each_are_those_of_the_whole_list() -> None:
    """Pruning by bounds loses nothing: brute force over all pairs gives the same."""
    taken = snapshot(random_rows(5, actors=50, activities=60))
    whole: dict[str, list[float]] = {}
    for (a, b), value in as_dict(ranked(taken, None, per_actor=50)).items():
        whole.setdefault(a, []).append(value)
        assert a != b
    found = ranked(taken, None, per_actor=4)
    ids = found.terms.network.id
    by_actor: dict[str, list[float]] = {}
    for a, value in zip(found.a.tolist(), found.score.tolist(), strict=True):
        by_actor.setdefault(ids[a], []).append(value)
    assert by_actor == {a: values[:4] for a, values in whole.items()}


def test_actors_are_numbered_by_ties_and_ties_are_those_of_the_snapshot() -> None:
    taken = snapshot(random_rows(8))
    found = network(taken, UNTIL)
    assert (np.diff(found.degree) <= 0).all()
    graph = taken.to_networkx(UNTIL)
    for at, id in enumerate(found.id):
        assert {found.id[z] for z in found.partners(at).tolist()} == set(graph[id])
        weights = found.together[found.start[at] : found.start[at + 1]].tolist()
        assert weights == [graph[id][found.id[z]]["weight"] for z in found.partners(at).tolist()]
