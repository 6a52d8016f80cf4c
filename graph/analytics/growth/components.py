"""Whether the network hangs together.

- ``largest_component``: share of the actors in the largest component; ``isolates``: actors without a tie.
- ``mean_distance``: steps between two actors of one component, from at most 200 of them as sources.
- ``two_edge_core``: share of the actors in the largest part that no single lost tie takes apart (Tarjan 1974).

Trap, measured: the largest component is saturated at .97 in Horizon 2020; the 2-edge-connected core still moves.

>>> from graph.analytics.example import star
>>> from graph.analytics.growth.years import Years
>>> year = Years.of(star(4), 2020, 2020).at(2020)
>>> largest_component(year), isolates(year), round(mean_distance(year), 2), two_edge_core(year)
(1.0, 0, 1.6, 0.2)
"""

import numpy as np

from graph.analytics.growth import kernels
from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year

SOURCES = 200
SEED = 20


def largest_component(year: Year) -> float | None:
    return float(year.components[0] / len(year.actors)) if len(year.actors) else None


def isolates(year: Year) -> float:
    return int(np.count_nonzero(year.components == 1))


def mean_distance(year: Year) -> float | None:
    together = np.unique(year.place[np.repeat(year.sizes > 1, year.sizes)])
    if not len(together):
        return None
    sources = together
    if len(together) > SOURCES:
        sources = np.sort(np.random.default_rng(SEED).choice(together, SOURCES, replace=False))
    total, reached = kernels.distances(year.offset, year.place, len(year.actors), sources.astype(np.int32))
    return total / reached


def two_edge_core(year: Year) -> float | None:
    return float(np.bincount(year.parts[0]).max() / len(year.actors)) if len(year.actors) else None


INDICATORS = (
    Indicator("largest_component", largest_component, null=True),
    Indicator("isolates", isolates),
    Indicator("mean_distance", mean_distance),
    Indicator("two_edge_core", two_edge_core),
)
