"""Structural holes: two communities with far fewer ties between them than their ties let expect, and who could bridge.

Communities by greedy moves of modularity, level by level (Louvain; Blondel et al., J. Stat. Mech. 2008), in a fixed
order, so that repeated runs agree. Expected ties between two communities: the product of their degree sums over twice
the ties of all (configuration model).
"""

from dataclasses import dataclass
from datetime import date

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analytics.base import Finding
from graph.analytics.missing_links.network import Network, network
from graph.analytics.missing_links.reasons import finding
from graph.analytics.missing_links.recipe import LIKELY
from graph.analytics.missing_links.terms import Terms
from graph.snapshot import Snapshot

LEAST = 4  # organisations in a community: smaller ones are a project, not a world of their own
EXPECTED = 3.0  # ties: where fewer are expected their absence says nothing
LOW = 0.5  # of the expected; above it there is no hole
TRIED = 30  # of each community, those of most ties, as ends of a bridge
SEED = 1


@dataclass(frozen=True, slots=True)
class Hole:
    """``one``, ``other``: ids of the members, those of most ties first. ``bridge``: the pair that has most to go by."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    ties: int
    expected: float
    bridge: tuple[str, str]
    finding: Finding


def communities(found: Network) -> NDArray[np.int64]:
    """The community of every actor with ties, -1 for those without; the largest is 0."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(found.degree > 0).tolist())
    row = np.repeat(np.arange(len(found.degree)), found.degree)
    kept = row < found.partner
    graph.add_weighted_edges_from(
        zip(row[kept].tolist(), found.partner[kept].tolist(), found.intimacy[kept].tolist(), strict=True)
    )
    made = np.full(len(found.degree), -1, np.int64)
    if graph.number_of_edges():
        parts = sorted(nx.community.louvain_communities(graph, seed=SEED), key=lambda part: (-len(part), min(part)))
        for at, part in enumerate(parts):
            made[list(part)] = at
    return made


def holes(snapshot: Snapshot, until: date | None, *, most: int = 10) -> list[Hole]:
    """The widest holes, by the ties that lack. People are members, organisations are bridges."""
    found = network(snapshot, until)
    part = communities(found)
    row = np.repeat(np.arange(len(part)), found.degree)
    parts = int(part.max(initial=-1)) + 1
    if parts < 2:
        return []
    count = np.zeros((parts, parts))
    np.add.at(count, (part[row], part[found.partner]), 1.0)
    degrees = count.sum(axis=1)
    size = np.bincount(part[(part >= 0) & found.candidate], minlength=parts)
    expected = np.outer(degrees, degrees) / degrees.sum()
    i, j = np.triu_indices(parts, 1)
    lack = expected[i, j] - count[i, j]
    wide = (count[i, j] < LOW * expected[i, j]) & (expected[i, j] >= EXPECTED)
    wide &= (size[i] >= LEAST) & (size[j] >= LEAST)
    order = np.flatnonzero(wide)[np.lexsort((j[wide], i[wide], -np.round(lack[wide], 9)))][:most]
    terms = Terms.of(found, LIKELY)
    made = []
    for one, other in zip(i[order].tolist(), j[order].tolist(), strict=True):
        bridge = _bridge(terms, part, one, other)
        if bridge is not None:
            a, b = bridge
            made.append(
                Hole(
                    _members(found, part, one), _members(found, part, other), int(count[one, other]),
                    float(expected[one, other]), (str(found.id[a]), str(found.id[b])), finding(terms, a, b),
                )
            )  # fmt: skip
    return made


def _members(found: Network, part: NDArray[np.int64], at: int) -> tuple[str, ...]:
    return tuple(str(id) for id in found.id[part == at])


def _bridge(terms: Terms, part: NDArray[np.int64], one: int, other: int) -> tuple[int, int] | None:
    """The pair of highest score among those of most ties of both; without any score the two of most ties."""
    found = terms.network
    ends = [np.flatnonzero((part == at) & found.candidate)[:TRIED] for at in (one, other)]
    best, pair = -1.0, None
    for a in ends[0].tolist():
        for b in ends[1].tolist():
            if not found.tied(a, b):
                score = finding(terms, a, b).score
                if score > best:
                    best, pair = score, (a, b)
    return pair
