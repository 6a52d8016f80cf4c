"""Who of these is meant: one typed name against a list that is kept."""

from typing import Any

import pytest

from ingest.resolve.index import Index
from ingest.resolve.listing import Listing

KNOWN: list[dict[str, Any]] = [
    {"id": "ugent", "name": "Universiteit Gent", "short_name": "UGent", "city": "Gent", "country": "BE"},
    {"id": "uz", "name": "Universitair Ziekenhuis Gent", "short_name": "UZ Gent", "city": "Gent", "country": "BE"},
    {"id": "zon", "name": "Zonnebloem Projecten BV", "city": "Aalst", "country": "BE"},
    {"id": "cab", "name": "Centrum voor Alfa Beton", "city": "Brugge", "country": "BE"},
    {"id": "lab", "name": "Optaglio s.r.o.", "city": "Brno", "country": "CZ"},
    {"id": "fws", "name": "Fonds voor Waterstof", "aliases": ("Hydrogen Fund Flanders",), "city": "Gent"},
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(Listing.of(KNOWN))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({"name": "UGent"}, "ugent"),
        ({"name": "ugent"}, "ugent"),
        ({"name": "ghent university"}, "ugent"),
        ({"name": "Univ. Gent"}, "ugent"),
        ({"name": "zonnebloem"}, "zon"),
        ({"name": "Zonebloem Projekten"}, "zon"),
        ({"name": "Optageio"}, "lab"),
        ({"name": "CVAB"}, "cab"),
        ({"name": "hydrogen fund"}, "fws"),
        ({"name": "Iets", "kbo": ""}, None),
        ({"name": ""}, None),
        ({}, None),
    ],
)
def test_the_nearest_comes_first(index: Index, asked: dict[str, Any], meant: str | None) -> None:
    found = index.ask(asked)
    assert (found[0].b if found else None) == meant


def test_no_more_than_asked_for_and_best_first(index: Index) -> None:
    found = index.ask({"name": "Gent"}, limit=2)
    assert len(found) <= 2
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)


def test_a_country_narrows(index: Index) -> None:
    assert index.ask({"name": "Optaglio", "country": "BE"}) == []


def test_an_empty_list_knows_nobody() -> None:
    empty = Index(Listing.of([]))
    assert empty.ask({"name": "Alfa"}) == []
    assert empty.within() == []
    assert empty.match(Listing.of(KNOWN)) == []
    assert Index(Listing.of(KNOWN)).match(Listing.of([])) == []
