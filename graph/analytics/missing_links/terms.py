"""What a recipe makes of a network: arrays that the loops add up, and the same sums for single pairs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from graph.analytics.missing_links.network import Floats, Ints, Network
from graph.analytics.missing_links.recipe import Recipe

QUIET = 0.05  # recent participations of one who has had none for years


@dataclass(frozen=True, eq=False)
class Terms:
    """``tie`` along the ties, ``known`` by actor: a shared partner z gives ``tie(a, z) * known(z) * tie(z, b)``.

    ``activity`` runs along the themes of the network. ``total``: activity of all by theme. ``length``: of an actor's
    themes as a vector; ``reach``: the same with every theme over the root of its total, so that
    alike(a, b) <= reach(a) * reach(b). ``modest``: factor by actor."""

    network: Network
    recipe: Recipe
    tie: Floats
    known: Floats
    activity: Floats
    total: Floats
    length: Floats
    reach: Floats
    modest: Floats

    @classmethod
    def of(cls, network: Network, recipe: Recipe) -> "Terms":
        """Kept with the network, since every question about one actor asks for them."""
        kept: dict[Recipe, Terms] = network.__dict__.setdefault("_terms", {})
        if recipe not in kept:
            kept[recipe] = cls._made(network, recipe)
        return kept[recipe]

    @classmethod
    def _made(cls, network: Network, recipe: Recipe) -> "Terms":
        n = len(network.degree)
        degree = np.maximum(network.degree, 1).astype(float)
        tie = network.together**recipe.together * network.intimacy**recipe.intimacy
        # A shared partner has two ties and more, so the logarithm is never that of 1.
        known = 1.0 / np.log(np.maximum(degree, 2)) if recipe.logarithm else degree**-recipe.known
        activity, theme = network.activity, network.theme
        total = np.maximum(np.bincount(theme, activity, minlength=int(theme.max(initial=0)) + 1), 1e-300)
        row = np.repeat(np.arange(n), np.diff(network.theme_start))
        if recipe.shares:
            activity = activity / np.bincount(row, activity, minlength=n)[row]
            total = total / max(total.sum(), 1e-300)
        themed = float(recipe.themed)
        return cls(
            network=network,
            recipe=recipe,
            tie=np.ascontiguousarray(tie),
            known=known,
            activity=activity,
            total=total,
            length=np.sqrt(np.bincount(row, activity**2, minlength=n)),
            reach=themed * np.sqrt(np.bincount(row, activity**2 / total[theme], minlength=n)),
            modest=degree**-recipe.modest * (network.recent + QUIET) ** -recipe.busy,
        )

    @cached_property
    def matrix(self) -> "sp.csr_array":
        """The ties as a sparse matrix."""
        n = len(self.known)
        return sp.csr_array((self.tie, self.network.partner, self.network.start), shape=(n, n))

    def numbers(self) -> tuple[float, float, float, float, float, float]:
        """far, alike, direction, country, kind, least: what the loops take of the recipe."""
        one = self.recipe
        return one.far, one.alike, one.direction, one.country, one.kind, one.least

    def likeness(self, a: int, b: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """alike and cosine of themes of one actor with others."""
        network = self.network
        mine = slice(network.theme_start[a], network.theme_start[a + 1])
        theme, active = network.theme[mine], self.activity[mine]
        by_total, by_length = np.zeros(len(self.total)), np.zeros(len(self.total))
        by_total[theme] = active / self.total[theme]
        by_length[theme] = active / self.length[a] if len(active) else 0.0
        first, many = network.theme_start[b], network.theme_start[b + 1] - network.theme_start[b]
        at = np.repeat(first, many) + np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        row = np.repeat(np.arange(len(b)), many)
        alike = np.bincount(row, by_total[network.theme[at]] * self.activity[at], minlength=len(b))
        cosine = np.bincount(row, by_length[network.theme[at]] * self.activity[at], minlength=len(b))
        length = self.length[b]
        return alike.astype(float), np.divide(cosine, length, out=np.zeros(len(b)), where=length > 0)

    def weight(self, a: int, b: NDArray[np.int64], alike: Floats, cosine: Floats) -> Floats:
        """What multiplies the sum, of one actor with others."""
        network, recipe = self.network, self.recipe
        factor = np.exp(np.array([0.0, recipe.country, recipe.kind, recipe.country + recipe.kind]))
        same = (network.country[b] == network.country[a]) + 2 * (network.kind[b] == network.kind[a])
        made = factor[same] * self.modest[a] * self.modest[b]
        if recipe.alike or recipe.direction:
            made = made * np.exp(recipe.alike * np.log(alike + recipe.least) + recipe.direction * cosine)
        return np.asarray(made)

    def shared(self, a: int, b: int) -> tuple[Ints, Floats]:
        """The partners of both, and what each gives to the sum."""
        network = self.network
        mine, theirs = network.partners(a), network.partners(b)
        both, i, j = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
        left, right = self.tie[network.start[a] + i], self.tie[network.start[b] + j]
        return both, left * self.known[both] * right
