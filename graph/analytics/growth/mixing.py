"""Do companies, knowledge institutions and government bodies mix?

- ``triple_helix``: share of the activities of two and more actors in which all three kinds take part.
- ``cross_kind``: Newman-weighted share of ties between two kinds.
- ``ei_index``: (external - internal) / all ties, external between kinds (Krackhardt & Stern, Soc. Psychol. Q., 1988).
- ``synergy``: T = H_c + H_k + H_g - H_ck - H_cg - H_kg + H_ckg in bits, over activities and which of the three kinds
  are in them; negative = synergy (Leydesdorff, Scientometrics 58, 2003).

Trap, measured: a cross-kind share of .48 to .50 looks mixed; dealt out anew the same participations give .60.

>>> from graph.analytics.example import of
>>> from graph.analytics.growth.years import Years
>>> year = Years.of(of((who, "p", "2020-01-01", "2020-12-31") for who in "abc"), 2020, 2020).at(2020)
>>> triple_helix(year), cross_kind(year), ei_index(year)  # three companies
(0.0, 0.0, -1.0)
"""

import numpy as np
from numpy.typing import NDArray

from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Year

HELIX = ("company", "knowledge_institution", "government")


def _present(year: Year) -> NDArray[np.int64]:
    """Activities x kinds: how many participants of each kind, those of the helix first."""
    kinds = [*HELIX, *(kind for kind in year.years.kinds if kind not in HELIX)]
    column = np.array([kinds.index(kind) for kind in year.years.kinds])
    activity = np.repeat(np.arange(len(year.sizes)), year.sizes)
    place = activity * len(kinds) + column[year.years.kind[year.actor]]
    return np.bincount(place, minlength=len(year.sizes) * len(kinds)).reshape(-1, len(kinds))


def triple_helix(year: Year) -> float | None:
    several = year.sizes > 1
    if not several.any():
        return None
    return float((_present(year)[several, : len(HELIX)] > 0).all(axis=1).mean())


def cross_kind(year: Year) -> float | None:
    several = year.sizes > 1
    if not several.any():
        return None
    sizes, of = year.sizes[several], _present(year)[several]
    within = (of * (of - 1) / 2).sum(axis=1) / (sizes - 1)
    return float(1 - within.sum() / (sizes / 2).sum())


def ei_index(year: Year) -> float | None:
    ties, kind = year.years.ties, year.years.kind
    across = kind[ties.a[year.tied]] != kind[ties.b[year.tied]]
    return float(2 * np.mean(across) - 1) if len(across) else None


def synergy(year: Year) -> float | None:
    if not len(year.sizes):
        return None
    there = _present(year)[:, : len(HELIX)] > 0
    c, k, g = (there[:, at].astype(int) for at in range(3))
    single = sum(_entropy(one) for one in (c, k, g))
    double = sum(_entropy(one * 2 + other) for one, other in ((c, k), (c, g), (k, g)))
    return single - double + _entropy(c * 4 + k * 2 + g)


def _entropy(states: NDArray[np.int64]) -> float:
    share = np.bincount(states) / len(states)
    share = share[share > 0]
    return float(-(share * np.log2(share)).sum())


INDICATORS = (
    Indicator("triple_helix", triple_helix, null=True),
    Indicator("cross_kind", cross_kind, null=True),
    Indicator("ei_index", ei_index),
    Indicator("synergy", synergy),
)
