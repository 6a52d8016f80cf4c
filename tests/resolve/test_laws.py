"""Laws of matching, whatever the names: the same from both sides and in any order, and no text breaks it."""

import math
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.resolve.index import Index, Pair
from ingest.resolve.listing import COLUMNS, Listing

WORDS = ["Alfa", "Beton", "Gamma", "Universiteit", "Gent", "Genk", "Centrum", "voor", "Onderzoek", "NV", "VZW", "Noord"]
row = st.fixed_dictionaries(
    {"name": st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)},
    optional={
        "short_name": st.sampled_from(["AB", "CVO", "UGent"]),
        "street": st.sampled_from(["Kerkstraat 1", "Kerkstraat 2", "Markt 1"]),
        "city": st.sampled_from(["Gent", "Genk", "Gand"]),
        "country": st.sampled_from(["BE", "NL"]),
        "kbo": st.sampled_from(["0419052173", "0200065765"]),
        "aliases": st.lists(st.sampled_from(["Alfa Beton", "Gamma Gent", "UG"]), max_size=2).map(tuple),
    },
)
rows = st.lists(row, max_size=6)
anything = st.fixed_dictionaries({}, optional={column: st.text(max_size=30) for column in COLUMNS if column != "id"})


def listing(taken: list[dict[str, Any]], start: int = 0) -> Listing:
    return Listing.of({"id": f"{start + at:03}", **one} for at, one in enumerate(taken))


def shuffled(given_rows: Listing, seed: int) -> Listing:
    order = list(range(len(given_rows)))
    random.Random(seed).shuffle(order)
    return Listing(**{name: [getattr(given_rows, name)[at] for at in order] for name in (*COLUMNS, "aliases")})


@settings(deadline=None, max_examples=40)
@given(rows, rows)
def test_the_score_is_the_same_from_both_sides(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> None:
    def sure(pairs: list[Pair]) -> dict[frozenset[str], float]:
        return {frozenset((p.a, p.b)): p.score for p in pairs if p.band == "auto"}

    one, other = listing(a), listing(b, start=100)
    there, back = Index(other).match(one), Index(one).match(other)
    assert sure(there) == sure(back)
    scores = {frozenset((p.a, p.b)): p.score for p in there}
    assert all(scores.get(frozenset((p.a, p.b)), p.score) == p.score for p in back)


@settings(deadline=None, max_examples=40)
@given(rows, rows, st.integers(0, 9))
def test_the_order_of_rows_plays_no_part(a: list[dict[str, Any]], b: list[dict[str, Any]], seed: int) -> None:
    one, other = listing(a), listing(b, start=100)
    assert Index(shuffled(other, seed)).match(shuffled(one, seed)) == Index(other).match(one)
    assert Index(shuffled(one, seed)).within() == Index(one).within()


@settings(deadline=None, max_examples=40)
@given(rows, rows)
def test_every_pair_keeps_the_rules(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> None:
    one, other = listing(a), listing(b, start=100)
    kbo = {**dict(zip(one.id, one.kbo, strict=True)), **dict(zip(other.id, other.kbo, strict=True))}
    for found in (Index(other).match(one), Index(one).within()):
        assert len({(p.a, p.b) for p in found}) == len(found)
        review = [p.a for p in found if p.band == "review"]
        assert len(review) == len(set(review))
        for p in found:
            assert p.band in ("auto", "review")
            assert 0.5 <= p.score <= 1
            assert not (kbo[p.a] and kbo[p.b] and kbo[p.a] != kbo[p.b])
            if kbo[p.a] and kbo[p.a] == kbo[p.b]:
                assert p.band == "auto"
            total = sum(reason["value"] for reason in p.reasons)
            assert abs(p.score - 1 / (1 + math.exp(-total))) < 1e-3


@settings(deadline=None, max_examples=40)
@given(rows)
def test_no_cluster_of_sure_pairs_holds_two_numbers(a: list[dict[str, Any]]) -> None:
    one = listing(a)
    kbo = dict(zip(one.id, one.kbo, strict=True))
    cluster = {name: {name} for name in one.id}
    for p in Index(one).within():
        if p.band == "auto":
            joined = cluster[p.a] | cluster[p.b]
            cluster.update(dict.fromkeys(joined, joined))
    assert all(len({kbo[name] for name in joined} - {""}) <= 1 for joined in cluster.values())


@settings(deadline=None, max_examples=40)
@given(st.lists(anything, max_size=5), st.lists(anything, max_size=5))
def test_no_text_breaks_it(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> None:
    one, other = listing(a), listing(b, start=100)
    index = Index(other)
    index.match(one)
    index.within()
    for asked in a:
        index.ask(asked)


@settings(deadline=None, max_examples=40)
@given(row, row, st.sampled_from([str.upper, str.lower, str.title, "  {}  ".format, "{}.".format]))
def test_names_that_are_equal_once_folded_are_in_one_band(
    one: dict[str, Any], other: dict[str, Any], written: Any
) -> None:
    def bands(name: str) -> list[tuple[str, float]]:
        return [(p.band, p.score) for p in Index(listing([other])).match(listing([{**one, "name": name}], start=100))]

    assert bands(one["name"]) == bands(written(one["name"]))


@settings(deadline=None, max_examples=40)
@given(rows, row)
def test_an_index_is_not_changed_by_what_it_is_asked(a: list[dict[str, Any]], asked: dict[str, Any]) -> None:
    index, fresh = Index(listing(a)), Index(listing(a))
    index.ask(asked)
    index.match(listing([asked, {"name": "Nieuwe Woorden Hier"}], start=100))
    index.ask({"name": "Andere Woorden"})
    assert index.within() == fresh.within()
    assert index.ask(asked) == fresh.ask(asked)
