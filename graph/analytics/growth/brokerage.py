"""Who stands between others.

- ``constraint``: mean of Burt's constraint over the actors with ties: how much an actor's partners are each other's
  (Burt 1992). ``effective_size``: mean of partners minus their mean degree among themselves (Burt 1992; Borgatti 1997).
- ``brokerage_residual``: standard deviation of effective size beyond what the number of partners tells, that is of the
  residuals of a line through log effective size and log degree. Brokerage follows degree; this is what is left.
- ``brokers_coordinator``, ``_gatekeeper``, ``_representative``, ``_consultant``, ``_liaison``: roles by kind (Gould &
  Fernandez, Sociol. Methodol. 19, 1989): open paths of two ties a - broker - c, by which of the three are of one kind.
  Each unordered pair (a, c) counts once, so gatekeeper and representative, which differ in direction only, share half
  each.

>>> from graph.analytics.example import star
>>> from graph.analytics.growth.years import Years
>>> year = Years.of(star(4), 2020, 2020).at(2020)
>>> round(constraint(year), 3), effective_size(year), roles(year)["coordinator"]
(0.85, 1.6, 6.0)
"""

from functools import partial

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year

ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")


def constraint(year: Year) -> float | None:
    found = constraints(year)
    return float(found.mean()) if len(found) else None


def constraints(year: Year) -> NDArray[np.float64]:
    """Burt's constraint of each actor with ties, in the order of :attr:`Year.actors`: the sum over partners j of
    (p_j + sum over q of p_q p_qj)^2, p = 1 / degree on every tie."""
    indptr, _ = year.graph
    degree = np.diff(indptr)
    tied = degree > 0
    squares = (1.0 + year.triads[1]) ** 2
    sums = np.add.reduceat(squares, indptr[:-1][tied]) if len(squares) else np.zeros(0)
    return np.asarray(sums / degree[tied].astype(float) ** 2)


def effective_sizes(year: Year) -> NDArray[np.float64]:
    """Of each actor with ties: partners less their mean degree among themselves."""
    degree = np.diff(year.graph[0])
    tied = degree > 0
    return np.asarray(degree[tied] - 2 * year.triads[0][tied] / degree[tied])


def effective_size(year: Year) -> float | None:
    found = effective_sizes(year)
    return float(found.mean()) if len(found) else None


def brokerage_residual(year: Year) -> float | None:
    degree = np.diff(year.graph[0])
    degree = degree[degree > 0]
    size = effective_sizes(year)
    fit = degree > 1
    if np.count_nonzero(fit) < 3 or len(np.unique(degree[fit])) < 2:
        return None
    x, y = np.log(degree[fit]), np.log(size[fit])
    slope, start = np.polyfit(x, y, 1)
    return float(np.std(y - slope * x - start))


def roles(year: Year) -> dict[str, float]:
    """How often each role is filled: all pairs of partners less those tied to each other, by the kinds of all three."""
    indptr, indices = year.graph
    n, kinds = len(indptr) - 1, len(year.years.kinds)
    kind = year.years.kind[year.actors]
    ties = sp.csr_array((np.ones(len(indices), np.int64), indices, indptr), shape=(n, n))
    member = sp.csr_array((np.ones(n, np.int64), (np.arange(n), kind)), shape=(n, kinds))
    of = np.asarray((ties @ member).todense())  # partners of each actor by kind
    closed = year.triads[2]
    found = dict.fromkeys(ROLES, 0.0)
    for broker in range(kinds):
        mine = of[kind == broker]
        for a in range(kinds):
            for c in range(a, kinds):
                pairs = mine[:, a] * (mine[:, a] - 1) // 2 if a == c else mine[:, a] * mine[:, c]
                left = float(pairs.sum() - closed[broker, a, c])
                if a == c:
                    found["coordinator" if a == broker else "consultant"] += left
                elif broker in (a, c):
                    found["gatekeeper"] += left / 2
                    found["representative"] += left / 2
                else:
                    found["liaison"] += left
    return found


def _role(year: Year, role: str) -> float | None:
    return roles(year)[role] if len(year.actors) else None


INDICATORS = (
    Indicator("constraint", constraint),
    Indicator("effective_size", effective_size),
    Indicator("brokerage_residual", brokerage_residual),
    *(Indicator(f"brokers_{role}", partial(_role, role=role)) for role in ROLES),
)
