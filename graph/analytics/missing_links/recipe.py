"""How a score is made: which terms, and what multiplies them. Chosen by back-test; see docs/decisions/0005.

score(a, b) = weight(a, b) x (sum over shared partners z of  tie(a, z) x tie(z, b) / known(z)  +  far x alike(a, b))
tie(a, z)   = together^p x intimacy^q    together: shared activities; intimacy: their sum of 1 / (size - 1)
known(z)    = ties of z ^ k, or its logarithm
alike(a, b) = sum over themes of  activity of a x activity of b / activity of all, recent activity counting most
weight(a,b) = (alike + EPS)^t x exp(direction x cosine of themes + same country + same kind) / (ties a x ties b)^g
                  / (recent participations of a x those of b)^h
"""

from dataclasses import dataclass
from typing import Literal

Listing = Literal["likely", "overlooked"]
FADING = 1.5  # years in which activity in a theme comes to count 1/e


@dataclass(frozen=True, slots=True)
class Recipe:
    """Exponents and factors of the formula above; all zero is the number of common neighbours."""

    together: float = 0.0
    intimacy: float = 0.0
    known: float = 0.0
    logarithm: bool = False  # divide by log(ties of z) in place of a power
    far: float = 0.0
    alike: float = 0.0
    direction: float = 0.0
    country: float = 0.0
    kind: float = 0.0
    modest: float = 0.0
    busy: float = 0.0
    shares: bool = False
    least: float = 0.001  # likeness of two that share no theme: the weight has to be of something

    @property
    def themed(self) -> bool:
        return bool(self.far or self.alike or self.direction)


# Classical measures: the oracles of the tests, and what a back-test compares with.
COMMON_NEIGHBOURS = Recipe()
ADAMIC_ADAR = Recipe(logarithm=True)
RESOURCE_ALLOCATION = Recipe(known=1.0)

# Partner terms alone, nothing learned: small consortia and repeated work say more.
UNTRAINED = Recipe(together=0.2, intimacy=0.3, known=0.5, alike=0.3)
LIKELY = Recipe(
    together=0.2, intimacy=0.3, known=0.5, far=0.002, alike=0.45, direction=0.75, country=0.3, kind=0.15
)  # fmt: skip
OVERLOOKED = Recipe(
    intimacy=0.6, known=1.0, far=0.002, alike=0.6, direction=1.6, country=1.4, kind=1.4, busy=0.2, shares=True,
    least=0.1,
)  # fmt: skip
BY_LIST: dict[Listing, Recipe] = {"likely": LIKELY, "overlooked": OVERLOOKED}
