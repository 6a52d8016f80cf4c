"""How many partners an actor has, and how full the network is.

``mean_degree`` = 2 E / n, ``density`` = 2 E / (n (n - 1)), with n actors and E ties of the year.

Trap, measured on Horizon 2020: density fell from .0030 to .0016 while the mean degree rose from 30 to 50. Density falls
by itself as a network grows: never show it alone.

>>> from graph.analytics.example import complete
>>> from graph.analytics.growth.years import Years
>>> year = Years.of(complete(5), 2020, 2020).at(2020)
>>> mean_degree(year), density(year)
(4.0, 1.0)
"""

import numpy as np

from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year


def mean_degree(year: Year) -> float | None:
    n = len(year.actors)
    return 2 * int(np.count_nonzero(year.tied)) / n if n else None


def density(year: Year) -> float | None:
    n = len(year.actors)
    return 2 * int(np.count_nonzero(year.tied)) / (n * (n - 1)) if n > 1 else None


INDICATORS = (Indicator("mean_degree", mean_degree), Indicator("density", density))
