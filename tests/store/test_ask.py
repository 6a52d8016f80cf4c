"""The questions that pages and commands share: search that forgives, cards, neighbourhoods, counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnknownId
from graph.store import ask, search
from graph.store.ask import LATEST, Bond, When
from graph.store.store import Store
from tests.queries.contracts.network import harbour
from tests.queries.hand import TODAY, Hand, day

THEN = When(TODAY)

NAMES = {
    "kul": ("KATHOLIEKE UNIVERSITEIT LEUVEN", "KU Leuven"),
    "khl": ("KATHOLIEKE HOGESCHOOL LEUVEN VZW", "KHL"),
    "ug": ("UNIVERSITEIT GENT", "UGent"),
    "stad": ("STAD GENT", ""),
    "vito": ("Vlaamse Instelling voor Technologisch Onderzoek N.V.", ""),
    "imec": ("I.M.E.C. vzw", ""),
    "skane": ("Region Skåne", ""),
    "orsted": ("Ørsted A/S", ""),
    "cirb": ("Centre d'Informatique pour la Région Bruxelloise", ""),
    "nagoya": ("名古屋大学", ""),
    "hostile": ('AND "OR" NOT (x) [y] {z} ^2 ~ * ? : \\ / + - && || !', ""),
}


@pytest.fixture
def hand(store: Store) -> Hand:
    return Hand(store, [])


@pytest.fixture
def named(hand: Hand) -> Hand:
    hand.things(
        "Organisation",
        {
            id: {"name": name, "words": search.words(name, short), **({"short_name": short} if short else {})}
            for id, (name, short) in NAMES.items()
        },
    )
    hand.change(
        "add_things", rows=[{"id": "n", "label": "Organisation", "shown": {"display": "N", "kbo": "0419052173"}}]
    )
    hand.store.await_indexes()
    return hand


def found(hand: Hand, text: str, limit: int = 20) -> list[str]:
    return [one.id for one in ask.find(hand.store, text, limit=limit)]


def test_search_forgives_and_puts_the_best_first(named: Hand) -> None:
    """One store for all of these: only the text differs."""
    for text, first in {
        "leuven": "kul khl", "ku leuven": "kul", "KUL": "kul", "Katholieke": "kul khl", "kath univ leu": "kul",
        "luven": "kul khl", "leuvn": "kul khl", "katolieke universitiet": "kul",  # typing errors
        "ghent university": "ug", "université de gand": "ug", "louvain": "kul khl",  # in another language
        "gent": "stad ug", "ugent": "ug", "city of ghent": "stad", "VITO": "vito", "imec": "imec", "i.m.e.c.": "imec",
        "skane": "skane", "SKÅNE": "skane", "Ska\u030ane": "skane", "orsted": "orsted", "Örsted": "orsted",
        "informatique": "cirb", "d'informatique": "cirb", "名古屋": "nagoya",
        "0419.052.173": "n", "BE 0419 052 173": "n", "0419052173": "n", "0419": "n",
        "KU Leuven (R&D)": "kul khl", "x y z": "hostile",
    }.items():  # fmt: skip
        ids = first.split()
        assert set(found(named, text)[: len(ids)]) == set(ids), text


def test_search_finds_nothing_where_nothing_fits(named: Hand) -> None:
    for text in ("", "   ", "___", "+-*/", "\x00", "\u202e", "zzzzzz", "de watergroep", "9999999999", "?*"):
        assert found(named, text) == [], text


def test_search_gives_as_many_as_asked_of_the_labels_asked(named: Hand) -> None:
    assert found(named, "leuven", limit=1) == ["kul"]
    named.things("Person", {"p": {"name": "Leuven Proef"}})
    named.store.await_indexes()
    assert [one.id for one in ask.find(named.store, "leuven", labels=("Person",))] == ["p"]
    assert {one.label for one in ask.find(named.store, "leuven")} == {"Organisation", "Person"}
    assert ask.find(named.store, "leuven", labels=()) == []


@given(st.text(max_size=40), st.booleans(), st.booleans())
def test_nothing_of_a_search_is_syntax(text: str, near: bool, every: bool) -> None:
    query = search.lucene(text, near=near, every=every)
    bare = query
    for sign in ("^8", "^6", "^2", "~1", "~2", "*", "+(", "(", ")"):
        bare = bare.replace(sign, " ")
    assert all(sign.isalnum() or sign in "_ " or sign.isspace() for sign in bare)
    assert not {"AND", "OR", "NOT", "TO"} & set(bare.split())


@given(st.text(max_size=60))
def test_a_folded_word_is_folded_once_and_for_all(text: str) -> None:
    once = search.folded(text)
    assert search.folded(once) == once


def test_what_else_a_name_is_found_by() -> None:
    assert search.words("Vrije Universiteit Brussel") == ["vub"]
    assert search.words("KU Leuven") == []  # two words are no initials
    assert search.words("Provinciale Ontwikkelingsmaatschappij Antwerpen NV (in vereffening)") == ["poa"]
    assert search.words("Centre de l’Eau") == ["eau"]
    assert search.words("imec", "I.M.E.C.") == []  # it is its name already
    assert search.words("") == []


# Cards and neighbourhoods


def test_a_card_holds_all_that_is_known(hand: Hand) -> None:
    harbour(hand)
    hand.change("add_identifiers", rows=[{"id": "a", "key": "kbo:0419052173"}])
    card = ask.card(hand.store, "a", when=THEN)
    assert (card.id, card.label, card.name, card.shown) == ("a", "Organisation", "Alfa", {"name": "Alfa"})
    assert card.keys == ("kbo:0419052173", "own:a")
    assert [(one.id, one.shared) for one in card.partners] == [("c", 2), ("b", 1)]
    assert [row["id"] for row in card.collaborations] == ["c2", "c1"]
    assert (card.partners_total, card.collaborations_total, card.participants) == (2, 2, ())
    assert [row["source"] for row in card.sources] == ["list"]
    assert card.as_dict()["partners"][0]["name"] == "Ceta"
    project = ask.card(hand.store, "c1", when=THEN)
    assert [row["id"] for row in project.participants] == ["a", "b", "c"]
    assert (project.partners, project.collaborations, project.collaborations_total) == ((), (), 0)
    short = ask.card(hand.store, "a", limit=1, when=THEN)
    assert (len(short.partners), short.partners_total, len(short.collaborations), short.collaborations_total) == (
        1,
        2,
        1,
        2,
    )


def test_a_card_is_shown_as_it_was_known(hand: Hand) -> None:
    harbour(hand)
    before = hand.now
    hand.show("a", {"name": "Omega", "kind": "company"})
    assert (ask.card(hand.store, "a").name, ask.card(hand.store, "a").shown["kind"]) == ("Omega", "company")
    earlier = ask.card(hand.store, "a", when=When(TODAY, before))
    assert (earlier.name, earlier.shown) == ("Alfa", {"name": "Alfa"})
    hand.show("a", {"name": "Omega"}, gone=True)
    with pytest.raises(UnknownId, match="Nothing here has the id a"):
        ask.card(hand.store, "a")
    assert ask.card(hand.store, "a", when=When(TODAY, before)).name == "Alfa"


def test_a_neighbourhood_holds_partners_and_the_ties_among_them(hand: Hand) -> None:
    harbour(hand)
    around = ask.neighbourhood(hand.store, "a", when=THEN)
    assert (around.id, around.name, around.label, around.total) == ("a", "Alfa", "Organisation", 2)
    assert [one.id for one in around.partners] == ["c", "b"]
    assert around.ties == (
        Bond("a", "b", 1, day("2015-01-01"), day("2016-12-31")),
        Bond("a", "c", 2, day("2016-01-01"), day("2017-05-05")),
        Bond("b", "c", 1, day("2016-01-01"), day("2016-06-30")),
    )
    few = ask.neighbourhood(hand.store, "a", cap=1, when=THEN)
    assert ([one.id for one in few.partners], few.total, len(few.ties)) == (["c"], 2, 1)
    alone = ask.neighbourhood(hand.store, "a", when=When(date(2014, 1, 1)))
    assert (alone.partners, alone.ties, alone.total) == ((), (), 0)
    with pytest.raises(UnknownId):
        ask.neighbourhood(hand.store, "nobody")


def test_partners_of_a_card_and_ties_of_a_neighbourhood_agree(hand: Hand) -> None:
    harbour(hand)
    hand.facts(("b", "TOOK_PART", "c1", {"end": day("2015-03-31")}), source="hand")
    for one in "abc":
        card = ask.card(hand.store, one, when=THEN)
        around = ask.neighbourhood(hand.store, one, when=THEN)
        told = {partner.id: (partner.shared, partner.first, partner.last) for partner in card.partners}
        drawn = {
            ({tie.a, tie.b} - {one}).pop(): (tie.shared, tie.first, tie.last)
            for tie in around.ties
            if one in (tie.a, tie.b)
        }
        assert told == drawn


def test_counts_come_with_the_revision(hand: Hand) -> None:
    harbour(hand)
    counts = ask.stats(hand.store, THEN)
    assert (counts.organisations, counts.people, counts.collaborations, counts.participations) == (3, 0, 2, 5)
    assert (counts.sources, counts.revision) == (1, hand.store.revision())


def test_now_is_all_that_is_known_today() -> None:
    assert When().known_on == LATEST
    assert When().params() == {"valid_on": date.today(), "known_on": LATEST}  # noqa: DTZ011 - the day of this desk
