"""Which pairs are one organisation, which are worth a look, which are nothing: the rules, each on a handful of rows."""

import math
from typing import Any

import pytest

from ingest.resolve.index import Index, Pair
from ingest.resolve.listing import Listing

GENT = {"street": "Kerkstraat 1", "post_code": "9000", "city": "Gent", "country": "BE"}


def listing(*rows: dict[str, Any]) -> Listing:
    return Listing.of({"id": str(number), **row} for number, row in enumerate(rows, start=1))


def pair(one: dict[str, Any], other: dict[str, Any]) -> Pair | None:
    """The pair of two lists of one row each, the same from either side."""
    found = Index(listing(other)).match(listing(one))
    back = Index(listing(one)).match(listing(other))
    assert [(p.score, p.band) for p in found] == [(p.score, p.band) for p in back]
    return found[0] if found else None


def band(one: dict[str, Any], other: dict[str, Any]) -> str:
    found = pair(one, other)
    return found.band if found else "nothing"


# Numbers


def test_an_equal_number_decides_whatever_the_names() -> None:
    found = pair({"name": "Alfa", "kbo": "0419.052.173"}, {"name": "Iets heel anders", "kbo": "BE 0419 052 173"})
    assert found
    assert (found.band, found.offer, found.score) == ("auto", "same", 1.0)
    assert found.reasons[0]["kind"] == "kbo"


def test_two_numbers_are_never_one_whatever_the_names() -> None:
    one, other = {"name": "Alfa Beton NV", **GENT}, {"name": "Alfa Beton NV", **GENT}
    assert band(one, other) == "auto"
    assert band({**one, "kbo": "0419052173"}, {**other, "kbo": "0200065765"}) == "nothing"


def test_a_number_that_breaks_its_own_check_identifies_nobody() -> None:
    assert band({"name": "Alfa", "kbo": "0419052174"}, {"name": "Iets heel anders", "kbo": "0419052174"}) == "nothing"


def test_a_cluster_that_would_join_two_numbers_is_for_people() -> None:
    one = {"name": "Alfa Beton", **GENT}
    b = Index(listing({**one, "kbo": "0419052173"}, {**one, "kbo": "0200065765"}, {**one, "name": "Gamma"}))
    found = b.match(listing(one, {**one, "kbo": "0419052173"}))
    assert [(p.a, p.b, p.band) for p in found] == [("2", "1", "auto"), ("1", "1", "review")]
    assert b.match(listing(one, {"name": "Gamma", **GENT}))[0].band == "auto"


def test_the_number_of_a_branch_is_not_another_organisation() -> None:
    branch = {"name": "Alfa Beton", "kbo": "2150065765"}
    assert band({"name": "Alfa Beton", "kbo": "0419052173"}, branch) == band({"name": "Alfa Beton"}, branch)


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alfa Beton NV", "ALFA BETON"),
        ("Alfa Beton NV", "Alfa Béton S.A."),
        ("Alfa Beton BVBA", "AlfaBeton SRL"),
        ("Alfa Beton & Zonen", "Alfa Beton en Zonen"),
        ("De Alfa Beton", "Alfa Beton"),
        ("Beton Alfa Groep", "Alfa Beton Groep"),
        ("Vereniging voor Alfa Beton Onderzoek", "VERENIGING ALFA BETON ONDERZOEK"),
        ("Alfa Beton Onderzoek Centrum", "Alfa Beton Onderzoek Centrum (ABOC)"),
    ],
)
def test_one_name_in_one_town(one: str, other: str) -> None:
    assert band({"name": one, **GENT}, {"name": other, **GENT}) == "auto"


def test_one_name_in_two_towns_is_for_people() -> None:
    other = {"name": "Alfa Beton", "street": "Markt 3", "city": "Aalst", "country": "BE"}
    assert band({"name": "Alfa Beton", **GENT}, other) == "review"


def test_towns_have_names_in_every_language() -> None:
    one = {"name": "Alfa Beton", "city": "Antwerpen", "country": "BE"}
    for city in ("Anvers", "ANTWERP", "2000 Antwerpen"):
        assert band(one, {**one, "city": city}) == "auto"


def test_a_town_that_is_not_known_is_enough_when_the_name_stands_in_one() -> None:
    known, unknown = {"name": "Alfa Beton", "city": "Gent"}, {"name": "Alfa Beton"}
    assert band(known, unknown) == "auto"
    found = Index(listing(known, {"name": "Alfa Beton", "city": "Aalst"})).match(listing(unknown))
    assert [p.band for p in found] == ["review"]


def test_a_few_letters_need_a_town() -> None:
    assert band({"name": "ABC"}, {"name": "ABC"}) == "review"
    assert band({"name": "ABC", **GENT}, {"name": "ABC", **GENT}) == "auto"


def test_a_name_that_every_town_has_needs_the_street_too() -> None:
    one = {"name": "Gemeentelijke Bibliotheek", **GENT}
    assert band({**one, "name": "Faculteit Geneeskunde"}, {**one, "name": "Faculteit Geneeskunde"}) == "auto"
    other = {"name": "Faculteit Geneeskunde", "street": "De Pintelaan 185", "city": "Gent", "country": "BE"}
    assert band({**one, "name": "Faculteit Geneeskunde"}, other) == "review"


def test_countries_do_not_mix() -> None:
    assert band({"name": "Alfa Beton", "country": "BE"}, {"name": "Alfa Beton", "country": "NL"}) == "nothing"
    for country in ("BE", "be", "België", "Belgium", ""):
        assert band({"name": "Alfa Beton", "country": "BE"}, {"name": "Alfa Beton", "country": country}) == "auto"


def test_a_foundation_is_not_what_it_is_named_after() -> None:
    found = pair({"name": "Stichting Alfa Beton", **GENT}, {"name": "Alfa Beton", **GENT})
    assert found
    assert found.band == "review"


def test_forms_of_different_kinds_are_two_organisations() -> None:
    assert band({"name": "Alfa Beton NV", **GENT}, {"name": "Alfa Beton VZW", **GENT}) == "nothing"


def test_a_company_that_changed_its_form_is_offered_as_successor() -> None:
    found = pair({"name": "Alfa Beton BVBA", **GENT}, {"name": "Alfa Beton NV", **GENT})
    assert found
    assert (found.band, found.offer) == ("review", "succeeded_by")


# Evidence besides the name


def test_a_new_name_at_the_old_address_is_offered_as_successor() -> None:
    found = pair({"name": "Alfa Beton", **GENT}, {"name": "Zonnebloem Projecten", **GENT})
    assert found
    assert (found.band, found.offer) == ("review", "succeeded_by")
    assert found.reasons[0]["kind"] == "street"


def test_a_part_is_offered_as_part() -> None:
    whole = {"name": "Universiteit Alfaburg", **GENT}
    for name in (
        "Universiteit Alfaburg - EDM",
        "Universiteit Alfaburg, Departement Beton",
        "Universiteit Alfaburg campus Zeebrugge",
    ):
        found = pair({"name": name, **GENT}, whole)
        assert found
        assert (found.band, found.offer) == ("review", "part_of")


def test_a_short_name_that_is_the_initials_proposes_and_no_more() -> None:
    one = {"name": "Centrum voor Alfa Beton Onderzoek", "city": "Gent", "country": "BE"}
    other = {"name": "Zonnebloem", "short_name": "CVABO", "city": "Gent", "country": "BE"}
    found = pair(one, other)
    assert found
    assert found.band == "review"
    assert ("short_name", "Centrum voor Alfa Beton Onderzoek", "CVABO") in {
        (reason["kind"], reason["a"], reason["b"]) for reason in found.reasons
    }


def test_translated_names_find_each_other() -> None:
    one = {"name": "Universiteit Gent", "city": "Gent", "country": "BE"}
    assert band(one, {"name": "Ghent University", "city": "Ghent", "country": "BE"}) == "review"
    assert band({**one, "name": "Stad Gent"}, {"name": "Ville de Gand", "country": "BE"}) == "review"


# Aliases


def test_an_alias_is_worth_the_name() -> None:
    known = {"name": "Ghent University", "aliases": ("Universiteit Gent", "UGent"), "city": "Ghent", "country": "BE"}
    found = pair({"name": "UNIVERSITEIT GENT", "city": "Gent", "country": "BE"}, known)
    assert found
    assert found.band == "auto"
    assert found.reasons[0]["b"] == "Universiteit Gent" or found.reasons[0]["a"] == "Universiteit Gent"


def test_an_alias_that_is_an_acronym_only_proposes() -> None:
    known = {"name": "Ghent University", "aliases": ("Universiteit Gent", "UGent"), "city": "Ghent", "country": "BE"}
    assert band({"name": "UGent", "city": "Gent", "country": "BE"}, known) == "review"


# One row


def test_a_row_has_at_most_one_pair_to_review_and_none_beside_a_sure_one() -> None:
    near = [{"name": f"Alfa Beton Werken {word}", **GENT} for word in ("Sierk", "Sierb", "Siert")]
    found = Index(listing(*near)).match(listing({"name": "Alfa Beton Werken Siers", **GENT}))
    assert [p.band for p in found] == ["review"]
    found = Index(listing(*near, {"name": "Alfa Beton Werken Siers", **GENT})).match(
        listing({"name": "Alfa Beton Werken Siers", **GENT})
    )
    assert [(p.b, p.band) for p in found] == [("4", "auto")]


def test_inside_one_list_every_row_gets_its_best_once() -> None:
    rows = [{"name": f"Alfa Beton Werken {word}", **GENT} for word in ("Sierk", "Sierb", "Siert")]
    found = Index(listing(*rows, {"name": "Gamma", "city": "Aalst", "country": "BE"})).within()
    assert {p.band for p in found} == {"review"}
    assert len({p.a for p in found}) == len(found)
    assert len({frozenset((p.a, p.b)) for p in found}) == len(found)


def test_the_values_of_the_reasons_sum_to_the_score() -> None:
    found = pair({"name": "Alfa Beton BVBA", **GENT}, {"name": "Alfa Beton Werken", **GENT})
    assert found
    total = sum(reason["value"] for reason in found.reasons)
    assert found.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)
    assert {"name", "city", "street", "start"} <= {reason["kind"] for reason in found.reasons}
