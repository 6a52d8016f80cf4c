"""A name taken apart: every spelling of one name gives one name, and nothing that tells two apart is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve.normalise import Names, folded
from ingest.resolve.words import KINDS, SAYS, words


def core(name: str, country: str = "") -> str:
    return " ".join(Names.of([name], [country]).core[0])


def kinds(name: str, country: str = "") -> set[str]:
    bits = Names.of([name], [country]).kinds[0]
    return {kind for at, kind in enumerate(KINDS) if bits >> at & 1}


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Bakkerij Voorbeeld NV", "bakkerij voorbeeld"),
        ("NV Bakkerij Voorbeeld", "bakkerij voorbeeld"),
        ("Bakkerij Voorbeeld N.V.", "bakkerij voorbeeld"),
        ("BAKKERIJ VOORBEELD, naamloze vennootschap", "bakkerij voorbeeld"),
        ("Voorbeeld b.v.b.a.", "voorbeeld"),
        ("VoorbeeldBVBA", "voorbeeld"),
        ("Voorbeeld S. A.", "voorbeeld"),
        ("Voorbeeld s a r l", "voorbeeld"),
        ("Exemple ASBL", "exemple"),
        ("Przyklad Sp. z o.o.", "przyklad"),
        ("Przyklad spółka z ograniczoną odpowiedzialnością", "przyklad"),
        ("Beispiel GmbH & Co. KG", "beispiel"),
        ("Beispiel Ges.m.b.H.", "beispiel"),
        ("Esempio S.p.A.", "esempio"),
        ("Esimerkki Oy", "esimerkki"),
        ("Exempel Aktiebolag", "exempel"),
        ("Ornek San. ve Tic. Ltd. Şti.", "ornek"),
        ("Ørsted Æble A/S", "orsted aeble"),
        ("Παράδειγμα Α.Ε.", "paradeigma ae"),  # ae is a form in Greece only
        ("Пример ООД", "primer ood"),
        ("Straße 7 Łódź", "strasse 7 lodz"),
        ("BV", "bv"),
        ("NV NV", "nv"),
        ("", ""),
        ("  \n ", ""),
        ("東京大学", "東京大学"),
    ],
)
def test_what_is_left_of_a_name(name: str, bare: str) -> None:
    assert core(name) == bare


def test_short_forms_of_one_country_are_words_elsewhere() -> None:
    assert core("Paradeigma AE", "GR") == "paradeigma"
    assert core("Paradeigma AE", "BE") == "paradeigma ae"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("X NV", "X SA"),
        ("X BV", "X SRL"),
        ("X BVBA", "X SPRL"),
        ("X BVBA", "X BV"),
        ("X VZW", "X ASBL"),
        ("X IVZW", "X AISBL"),
        ("X CV", "X SC"),
        ("X CVBA", "X SCRL"),
        ("X CommV", "X SComm"),
        ("X GmbH", "X SARL"),
        ("X AG", "X SpA"),
        ("X AB", "X Oyj"),
        ("X Ltd", "X GmbH"),
        ("X Ltd", "X AG"),
    ],
)
def test_forms_of_one_kind_in_two_languages(one: str, other: str) -> None:
    assert kinds(one) & kinds(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("X NV", "X VZW"), ("X BV", "X NV"), ("X Stichting", "X VZW"), ("X CV", "X BV"), ("X VOF", "X SA")],
)
def test_forms_of_different_kinds(one: str, other: str) -> None:
    assert kinds(one)
    assert kinds(other)
    assert not kinds(one) & kinds(other)


def test_a_word_that_is_a_form_still_says_something() -> None:
    of = Names.of(["Stichting Voorbeeld", "Voorbeeld VZW"], ["NL", "BE"])
    assert [bool(bits & SAYS) for bits in of.kinds] == [True, False]


def test_dropped_and_written_out_umlauts_are_one_in_german_and_two_in_dutch() -> None:
    assert core("Institut für Übung", "DE") == core("INSTITUT FUER UEBUNG", "DE") == core("INSTITUT FUR UBUNG", "DE")
    assert core("Moerbeke", "BE") == "moerbeke"


def test_words_of_one_meaning() -> None:
    content = Names.of(["Universiteit Gent", "Ghent University", "Université de Gand"], ["BE"] * 3).content
    assert [sorted(one) for one in content] == [["gent", "university"]] * 3


def test_text_that_was_read_in_the_wrong_encoding() -> None:
    assert folded(["UniversitÃ© de LiÃ¨ge"]) == folded(["Université de Liège"])


@given(st.lists(st.tuples(st.text(), st.sampled_from(["", "BE", "DE", "GR"])), max_size=6))
def test_a_column_is_as_its_names_one_by_one(rows: list[tuple[str, str]]) -> None:
    names, countries = [name for name, _ in rows], [country for _, country in rows]
    together = Names.of(names, countries)
    for at, (name, country) in enumerate(rows):
        alone = Names.of([name], [country])
        assert (together.core[at], together.content[at], together.kinds[at]) == (
            alone.core[0],
            alone.content[0],
            alone.kinds[0],
        )


@given(st.text())
def test_folding_leaves_small_letters_and_digits(name: str) -> None:
    (found,) = folded([name])
    assert all(word.isalnum() for word in found.split())
    assert folded([found]) == [found]


@given(st.text(alphabet="aAbBéÉßŁøΑ.-& '", min_size=1))
def test_capitals_play_no_part(name: str) -> None:
    assert folded([name.upper()])[0].split() == folded([name.upper().lower()])[0].split()


def table(name: str) -> str:
    return (Path(__file__).parents[2] / "ingest" / "resolve" / name).read_text(encoding="utf-8")


def test_the_tables_are_folded_as_names_are() -> None:
    known = words()
    every = [*known.meaning, *known.joining, *known.contrast, *known.unit, *known.forms.end, *known.forms.front]
    assert [word for word in every if folded([word]) != [word]] == []


def test_words_that_tell_apart_stand_for_themselves() -> None:
    """They are looked up after meanings, so one that stands for another would never be found."""
    known = words()
    for word in (*known.contrast, *known.unit):
        assert known.meaning.get(word, word) == word
        assert word not in known.joining


def test_no_word_has_two_meanings() -> None:
    said = [line.split() for line in table("words.yml").splitlines() if line.startswith("  - ")]
    every = [word for line in said for word in line[1:] if not word.endswith(":")]
    assert {word for word in every if every.count(word) > 1} == set()
