"""Names that look alike and are not one. They may be looked at; they may never be merged by themselves."""

from typing import Any

import pytest

from ingest.resolve.index import Index
from ingest.resolve.listing import Listing

TRAPS = [
    ("VOKA Oost-Vlaanderen", "VOKA West-Vlaanderen"),
    ("Stad Genk", "Stad Gent", "AGB Gent", "OCMW Gent"),
    ("POM Antwerpen", "POM Limburg"),
    ("UHasselt EDM", "UHasselt CMK", "UHasselt IMOB", "UHasselt"),
    ("Universiteit Hasselt - EDM", "Universiteit Hasselt - CMK", "Universiteit Hasselt (IMOB)", "Universiteit Hasselt"),
    ("SOLvA", "Solvay"),
    ("Vlaamse Landmaatschappij", "Vlaamse Milieumaatschappij"),
    ("Gemeente Aalter", "Gemeente Aalst"),
    ("Provincie Oost-Vlaanderen", "Provincie West-Vlaanderen"),
    ("Regionaal Landschap Noord-Hageland", "Regionaal Landschap Zuid-Hageland"),
    ("Basisschool De Linde 1", "Basisschool De Linde 2", "Basisschool De Linde II", "Basisschool De Linde"),
    ("Fonds Voorbeeld A", "Fonds Voorbeeld B"),
    ("Hogeschool Gent", "Universiteit Gent", "Universitair Ziekenhuis Gent"),
    ("KU Leuven Faculteit Wetenschappen", "KU Leuven Faculteit Rechten", "KU Leuven"),
    ("Dienst Stedenbouw Gent", "Dienst Mobiliteit Gent"),
    ("Departement Economie", "Departement Omgeving"),
    ("AZ Sint-Jan", "AZ Sint-Lucas"),
    ("Thomas More Kempen", "Thomas More Mechelen", "Thomas More"),
    ("Bond Beter Leefmilieu Vlaanderen", "Bond Beter Leefmilieu Wallonië"),
    ("Agentschap Innoveren", "Agentschap Natuur"),
    ("Federatie Nederlandstalige Scholen", "Federatie Franstalige Scholen"),
    ("Voorbeeld Belgium NV", "Voorbeeld Nederland NV", "Voorbeeld NV", "Voorbeeld VZW", "Voorbeeld BV"),
    ("Stichting Voorbeeldburg", "Voorbeeldburg"),
    ("Vives Noord", "Vives Zuid"),
    ("VITO", "VIB"),
    ("School 12", "School 21"),
]
PLACES: list[dict[str, str]] = [
    {},
    {"country": "BE"},
    {"country": "BE", "city": "Gent"},
    {"country": "BE", "city": "Gent", "post_code": "9000", "street": "Kerkstraat 1"},
]


def rows(place: dict[str, str], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"id": name, "name": name, **place} for name in names]


@pytest.mark.parametrize("place", PLACES, ids=["no place", "country", "town", "address"])
@pytest.mark.parametrize("names", TRAPS, ids=[names[0] for names in TRAPS])
def test_no_trap_is_merged(names: tuple[str, ...], place: dict[str, str]) -> None:
    found = Index(Listing.of(rows(place, names))).within()
    assert [(pair.a, pair.b) for pair in found if pair.band == "auto"] == []


@pytest.mark.parametrize("place", PLACES, ids=["no place", "country", "town", "address"])
def test_nor_are_all_of_them_in_one_list(place: dict[str, str]) -> None:
    every = tuple(name for names in TRAPS for name in names)
    found = Index(Listing.of(rows(place, every))).within()
    assert [(pair.a, pair.b) for pair in found if pair.band == "auto"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VOKA Oost-Vlaanderen", "VOKA West-Vlaanderen"),
        ("Stad Genk", "Stad Gent"),
        ("POM Antwerpen", "POM Limburg"),
        ("Regionaal Landschap Noord-Hageland", "Regionaal Landschap Zuid-Hageland"),
        ("Basisschool De Linde 1", "Basisschool De Linde 2"),
        ("Vlaamse Landmaatschappij", "Vlaamse Milieumaatschappij"),
        ("Fonds Voorbeeld A", "Fonds Voorbeeld B"),
        ("Voorbeeld Belgium NV", "Voorbeeld Nederland NV"),
    ],
)
def test_a_word_that_tells_apart_leaves_nothing_to_review(one: str, other: str) -> None:
    assert Index(Listing.of(rows(PLACES[3], (one, other)))).within() == []
