"""The tables behind the comparison: legal forms, words of one meaning, contrasts, places. Read once, from YAML."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

UMLAUT_COUNTRIES = frozenset({"DE", "AT", "CH", "LI", "SE", "DK", "NO", "FI", "EE", "IS"})
KINDS = (
    "public_company",
    "private_company",
    "partnership",
    "cooperative",
    "association",
    "foundation",
    "public_body",
    "grouping",
)

SAYS = 1 << len(KINDS)  # beside the kinds: the form is a word that the name would not be the same without


@dataclass(frozen=True, slots=True)
class LegalForms:
    """``end``, ``front``: folded form to its kinds as bits (in the order of KINDS), and SAYS. ``local``: forms of one
    country. ``last``, ``first``: words a form may end or begin with, and how many words such forms have, longest
    first."""

    end: dict[str, int]
    front: dict[str, int]
    local: dict[tuple[str, str], int]
    glued: tuple[tuple[str, int], ...]
    suffixes: tuple[str, ...]
    last: dict[str, tuple[int, ...]]
    first: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """``meaning``: word to the one that stands for it, places included. ``contrast``: word to the list it is of."""

    forms: LegalForms
    meaning: dict[str, str]
    meaning_words: frozenset[str]
    joining: frozenset[str]
    contrast: dict[str, str]
    unit: frozenset[str]
    places: frozenset[str]
    letters: dict[str, str]
    countries: dict[str, str]


@cache
def words() -> Words:
    table = read("words.yml")
    meaning: dict[str, str] = {}
    for line in (*table["meaning"], *table["places"]):
        first, *others = line.split()
        meaning.update({other: meaning.get(first, first) for other in others if other not in meaning})
    joining = frozenset(table["joining"].split())
    return Words(
        forms=_forms(read("legal_forms.yml")),
        meaning={word: stands for word, stands in meaning.items() if word not in joining},
        meaning_words=frozenset(line.split()[0] for line in table["meaning"]),
        joining=joining,
        contrast={word: group for group, members in table["contrast"].items() for word in members},
        unit=frozenset(table["unit"]),
        places=frozenset(line.split()[0] for line in table["places"]),
        letters=table["letters"],
        countries={name: code for code, names in table["countries"].items() for name in names},
    )


def _forms(entries: list[dict[str, Any]]) -> LegalForms:
    end: dict[str, int] = {}
    front: dict[str, int] = {}
    local: dict[tuple[str, str], int] = {}
    glued: list[tuple[str, int]] = []
    for entry in entries:
        bits = sum(1 << KINDS.index(kind) for kind in entry["kinds"]) | (SAYS if entry.get("says") else 0)
        for form in entry["end"]:
            if countries := entry.get("countries"):
                local.update({(country, form): bits for country in countries})
            else:
                end.setdefault(form, bits)
        for form in entry.get("front", ()):
            front.setdefault(form, bits)
        glued.extend((form, bits) for form in entry.get("glued", ()))
    return LegalForms(
        end=end,
        front=front,
        local=local,
        glued=tuple(glued),
        suffixes=tuple(form for form, _ in glued),
        last=_sizes([*end, *(form for _, form in local)], -1),
        first=_sizes(front, 0),
    )


def _sizes(forms: Iterable[str], word: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for form in forms:
        split = form.split()
        found.setdefault(split[word], set()).add(len(split))
    return {key: tuple(sorted(sizes, reverse=True)) for key, sizes in found.items()}


def read(name: str) -> Any:
    """A table that lies beside this file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where libyaml came along
    with (Path(__file__).parent / name).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)
