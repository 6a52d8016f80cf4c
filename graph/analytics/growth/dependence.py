"""What remains without the hub.

- ``hub_dependence``: 1 - (pairs that reach each other without the hub and the activities it takes part in) / (pairs
  that reach each other with them, the hub itself apart). None where no hub is named or it takes part in nothing.
- ``cut_actors``: actors without whom some others would no longer reach each other (Tarjan 1974).

>>> from graph.analytics.example import star
>>> from graph.analytics.growth.years import Years
>>> year = Years.of(star(3), 2020, 2020, hub="hub").at(2020)
>>> hub_dependence(year), cut_actors(year)
(1.0, 1)
"""

import numpy as np

from graph.analytics.growth import kernels
from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year


def hub_dependence(year: Year) -> float | None:
    hub = year.years.hub
    if hub < 0 or hub not in year.actors:
        return None
    me = int(np.searchsorted(year.actors, hub))
    activity = np.repeat(np.arange(len(year.sizes)), year.sizes)
    kept = ~np.isin(activity, activity[year.actor == hub])
    sizes = np.bincount(activity[kept], minlength=len(year.sizes))
    offset = np.append(0, np.cumsum(sizes[sizes > 0])).astype(np.int32)
    without = kernels.components(offset, year.place[kept], len(year.actors))
    component = year.parts[2]
    with_hub = np.bincount(component)
    with_hub[component[me]] -= 1  # the hub itself is not one of the others
    pairs = int((with_hub * (with_hub - 1) // 2).sum())
    left = int((without * (without - 1) // 2).sum())  # the hub is alone in it and makes no pair
    return 1 - left / pairs if pairs else None


def cut_actors(year: Year) -> float:
    return int(year.parts[1].sum())


INDICATORS = (Indicator("hub_dependence", hub_dependence), Indicator("cut_actors", cut_actors))
