"""Why two rows were put together, or kept apart: for the reader, in the words of the two rows.

A reason is ``{kind, a, b, value}``: what the one and the other say, and what that adds to the logit of the score. The
kinds are those of the texts in ``ui/i18n``; the values of all reasons of a pair sum to the logit of its score.
"""

import re
from collections.abc import Iterator
from typing import TypedDict

import numpy as np

from ingest.resolve.compare import weights
from ingest.resolve.decide import IDENTIFIED, NAMED, REFUSED, Decided
from ingest.resolve.prepare import Prepared
from ingest.resolve.words import KINDS, words

SAME, PART_OF, SUCCEEDED_BY = "same", "part_of", "succeeded_by"
# Evidence that readers see as one.
TOGETHER = {
    "name": ("spelling", "words", "contained", "rare_word"),
    "short_name": ("short_name", "initials"),
    "city": ("city", "other_city"),
    "street": ("street", "street_words", "address", "other_street"),
    "crowd": ("crowd",),
    "legal_form": ("legal_form",),
    "rivals": ("rivals",),
}


_APART = re.compile(r"\s[-–—:|]\s|[,(/]")


class Reason(TypedDict):
    kind: str
    a: str
    b: str
    value: float


def reasons(decided: Decided, chosen: list[int]) -> Iterator[tuple[Reason, ...]]:
    """For each of the chosen pairs, strongest first."""
    a, b, compared = decided.a, decided.b, decided.compared
    known = weights()
    values = {
        kind: np.round(sum(known.value(part, compared.evidence[part][chosen]) for part in parts), 3).tolist()
        for kind, parts in TOGETHER.items()
    }
    ends = zip(*(side[chosen].tolist() for side in (compared.i, compared.j, *compared.entries)), strict=True)
    for n, (at, (i, j, x, y)) in enumerate(zip(chosen, ends, strict=True)):
        said = _said(a, i, x), _said(b, j, y)
        found = [Reason(kind="start", a="", b="", value=known.start)]
        for kind, of_kind in values.items():
            if of_kind[n]:
                found.append(Reason(kind=kind, a=said[0][kind], b=said[1][kind], value=of_kind[n]))
        if decided.named[at]:
            found.append(Reason(kind="same_name", a=a.names[x], b=b.names[y], value=NAMED))
        if compared.kbo[at] or decided.refused[at]:
            found.append(_decisive(decided, at, (i, j, x, y)))
        yield tuple(sorted(found, key=_strength))


def _strength(reason: Reason) -> tuple[float, str]:
    return -abs(reason["value"]), reason["kind"]


def _said(side: Prepared, row: int, entry: int) -> dict[str, str]:
    listing = side.listing
    return {
        "name": side.names[entry],
        "short_name": listing.short_name[row] or side.names[entry],
        "city": f"{listing.post_code[row]} {listing.city[row]}".strip(),
        "street": listing.street[row],
        "crowd": listing.street[row],
        "legal_form": _form(int(side.kinds[entry])),
        "rivals": "",
    }


def _decisive(decided: Decided, at: int, ends: tuple[int, int, int, int]) -> Reason:
    """The number that decides, or what forbids."""
    a, b, compared = decided.a, decided.b, decided.compared
    i, j, x, y = ends
    if compared.kbo[at]:
        value = IDENTIFIED if compared.kbo[at] > 0 else REFUSED
        return Reason(kind="kbo", a=a.listing.kbo[i], b=b.listing.kbo[j], value=value)
    if compared.contrast[at]:
        one, other = a.content[x], b.content[y]
        left, right = (
            " ".join(word for word in words_ if word not in others) for words_, others in ((one, other), (other, one))
        )
        return Reason(kind="contrast", a=left, b=right, value=REFUSED)
    return Reason(kind="form_conflict", a=_form(int(a.kinds[x])), b=_form(int(b.kinds[y])), value=REFUSED)


def offer(decided: Decided, at: int) -> str:
    """What the two seem to be to each other: one organisation, a part and its whole, a predecessor and its successor.

    A successor has another form of company, or the address and nothing else in common. A part has a name that says all
    of the whole's and besides, after a dash or comma, something else, or a department, a place, a number, an acronym.
    """
    compared, evidence = decided.compared, decided.compared.evidence
    if compared.kbo[at] > 0 or decided.named[at]:
        return SAME
    if compared.form[at] == 2:
        return SUCCEEDED_BY
    if evidence["words"][at] < 0.1 and evidence["spelling"][at] < 0.05:
        return SAME if evidence["short_name"][at] or evidence["initials"][at] else SUCCEEDED_BY
    x, y = (int(entries[at]) for entries in compared.entries)
    one, other = set(decided.a.content[x]), set(decided.b.content[y])
    longer = decided.b.names[y] if one < other else decided.a.names[x]
    if (one < other or other < one) and (_APART.search(longer) or any(map(_of_a_part, one ^ other))):
        return PART_OF
    return SAME


def _of_a_part(word: str) -> bool:
    known = words()
    return len(word) < 5 or word in known.unit or word in known.contrast or word in known.places or word.isdecimal()


def _form(bits: int) -> str:
    return " ".join(kind for at, kind in enumerate(KINDS) if bits >> at & 1)
