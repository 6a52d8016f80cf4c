"""What a score is made of: terms with names, that sum to it.

A product of partners' and themes' sums is told apart by its exponents (Aumann-Shapley: of x^1 * y^t the share of x is
1 / (1 + t)); within each the terms share as they add up. Country and kind weigh on all of them alike.
"""

import numpy as np

from graph.analytics.base import Finding, Reason
from graph.analytics.missing_links.terms import Terms

MOST = 40  # partners named one by one; what the rest give is one term, kind ``others``


def components(terms: Terms, a: int, b: int) -> dict[str, tuple[float, dict[int, float]]]:
    """``partner`` and ``theme``: what the component counts for, and its terms by place. Score = sum over components of
    weight x sum of terms; without one of the terms, weights held, the score is lower by weight x term."""
    network, recipe = terms.network, terms.recipe
    both, values = terms.shared(a, b)
    partner = dict(zip(both.tolist(), values.tolist(), strict=True))
    alike, cosine = terms.likeness(a, np.array([b])) if recipe.themed else (np.zeros(1), np.zeros(1))
    weight = float(terms.weight(a, np.array([b]), alike, cosine)[0])
    sums, likeness = sum(partner.values()), float(alike[0])
    total = sums + recipe.far * likeness
    score = total * weight
    pull = 1.0 + recipe.alike * likeness / (likeness + recipe.least)  # the exponents together
    by_partners = score * (sums / total) / pull if total > 0 else 0.0
    theme = {}
    if likeness > 0:
        mine = slice(network.theme_start[a], network.theme_start[a + 1])
        theirs = slice(network.theme_start[b], network.theme_start[b + 1])
        own = dict(zip(network.theme[mine].tolist(), terms.activity[mine].tolist(), strict=True))
        for at, value in zip(network.theme[theirs].tolist(), terms.activity[theirs].tolist(), strict=True):
            if at in own:
                theme[at] = own[at] * value / float(terms.total[at])
    return {
        "partner": (by_partners / sums if sums > 0 else 0.0, partner),
        "theme": ((score - by_partners) / sum(theme.values()) if theme else 0.0, theme),
    }


def finding(terms: Terms, a: int, b: int) -> Finding:
    """The score of one pair with its reasons, the one that says most first and the rest of many
    partners last. An actor with itself: nothing."""
    if a == b:
        return Finding(0.0)
    snapshot = terms.network.snapshot
    told = components(terms, a, b)
    weight, partner = told["partner"]
    ids, names = terms.network.id, terms.network.name
    by_value = sorted(partner, key=lambda z: (-partner[z], ids[z]))
    reasons = [Reason("partner", ids[z], names[z], weight * partner[z]) for z in by_value[:MOST]]
    rest = weight * sum(partner[z] for z in by_value[MOST:])
    weight, theme = told["theme"]
    reasons += [Reason("theme", snapshot.themes[at], snapshot.themes[at], weight * theme[at]) for at in theme]
    reasons = [one for one in reasons if one.value > 0]
    reasons.sort(key=lambda one: (-one.value, one.kind, one.id))
    if rest > 0:
        reasons.append(Reason("others", "", str(len(by_value) - MOST), rest))
    return Finding(float(sum(one.value for one in reasons)), tuple(reasons))
