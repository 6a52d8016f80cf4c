"""What has to hold of every list, whatever the data."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analytics.missing_links import Filter, Side, rank, score
from graph.analytics.missing_links.network import network
from graph.analytics.missing_links.rank import Listing
from graph.analytics.missing_links.reasons import MOST, components
from graph.analytics.missing_links.recipe import BY_LIST
from graph.analytics.missing_links.terms import Terms
from graph.errors import UnknownId
from tests.analytics.missing_links.worlds import Row, random_rows, snapshot

CUT = date(2012, 12, 31)
LISTS: tuple[Listing, ...] = ("likely", "overlooked")


def listed(rows: list[Row], listing: Listing = "likely", **much: int) -> list[tuple[str, str, float]]:
    found = rank(snapshot(rows), CUT, listing=listing, reasons=False, **(much or {"per_actor": 5}))  # type: ignore[arg-type]
    return [(one.a, one.b, one.finding.score) for one in found]


@pytest.mark.parametrize("listing", LISTS)
def test_nothing_after_the_cut_changes_anything(listing: Listing) -> None:
    rng = np.random.default_rng(4)
    for seed in range(4):
        rows = random_rows(seed, actors=40, activities=60)
        before = [row for row in rows if row[2] <= CUT.isoformat()]
        later = [row for row in rows if row[2] > CUT.isoformat()]
        assert later
        mutated = [
            (f"a{int(rng.integers(60)):03}", f"q{int(rng.integers(9))}", f"20{int(rng.integers(13, 30))}-01-01", "t9")
            for _ in later
        ]
        expected = listed(before, listing)
        assert expected
        assert listed(rows, listing) == expected
        assert listed(before + mutated, listing) == expected
        assert listed(rows, listing, top=20) == listed(before + mutated, listing, top=20)


@pytest.mark.parametrize("listing", LISTS)
def test_ids_renamed_and_rows_in_another_order_give_the_same_ranking(listing: Listing) -> None:
    for seed in range(4):
        rows = random_rows(seed, actors=40, activities=60)
        ids = np.random.default_rng(seed).permutation(sorted({row[0] for row in rows})).tolist()
        name = {id: f"x{at:04}" for at, id in enumerate(ids)}
        shuffled = [rows[at] for at in np.random.default_rng(seed + 1).permutation(len(rows))]
        renamed = listed([(name[a], f"z{p}", day, themes) for a, p, day, themes in shuffled], listing, per_actor=99)
        expected = [(name[a], name[b], value) for a, b, value in listed(rows, listing, per_actor=99)]
        assert sorted(renamed) == sorted(expected)
        for actor in {a for a, _, _ in expected}:  # the order too, but for scores that are equal
            one = [value for a, _, value in renamed if a == actor]
            assert one == sorted(one, reverse=True)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(LISTS), st.integers(1, 12))
def test_no_past_pair_no_self_no_duplicate_and_terms_sum_to_the_score(seed: int, listing: Listing, much: int) -> None:
    taken = snapshot(random_rows(seed))
    graph = taken.to_networkx(CUT)
    for found in (
        rank(taken, CUT, top=much, listing=listing),
        rank(taken, CUT, per_actor=much, listing=listing),
    ):
        pairs = [(one.a, one.b) for one in found]
        assert len(set(pairs)) == len(pairs)
        for one in found:
            assert one.a != one.b
            assert not graph.has_edge(one.a, one.b)
            assert one.finding.score > 0
            assert sum(reason.value for reason in one.finding.reasons) == pytest.approx(one.finding.score, rel=1e-12)
            for reason in one.finding.reasons:
                assert reason.value > 0
                if reason.kind == "partner":
                    assert graph.has_edge(one.a, reason.id)
                    assert graph.has_edge(one.b, reason.id)
    top = rank(taken, CUT, top=much, listing=listing)
    assert len({frozenset((one.a, one.b)) for one in top}) == len(top)
    assert all(one.a < one.b for one in top)
    scores = [one.finding.score for one in top]
    assert scores == pytest.approx(sorted(scores, reverse=True))
    again = score(taken, CUT, [(one.a, one.b) for one in top], listing=listing)
    assert [one.finding for one in again] == [one.finding for one in top]


@pytest.mark.parametrize("listing", LISTS)
def test_without_a_term_a_component_is_lower_by_what_the_reason_says(listing: Listing) -> None:
    taken = snapshot(random_rows(11, actors=20, activities=40))
    found = network(taken, CUT)
    terms = Terms.of(found, BY_LIST[listing])
    tested = 0
    for one in rank(taken, CUT, top=25, listing=listing):
        told = components(terms, found.number(one.a), found.number(one.b))
        whole = {kind: weight * sum(values.values()) for kind, (weight, values) in told.items()}
        assert sum(whole.values()) == pytest.approx(one.finding.score)
        for reason in one.finding.reasons:
            weight, values = told[reason.kind]
            ids = found.id if reason.kind == "partner" else np.array(taken.themes)
            less = {at: value for at, value in values.items() if ids[at] != reason.id}
            assert len(less) == len(values) - 1
            assert whole[reason.kind] - weight * sum(less.values()) == pytest.approx(reason.value)
            tested += 1
    assert tested > 25


def test_of_many_partners_the_rest_is_one_term() -> None:
    rows = [(end, f"{end}{at}", "2012-01-01", "") for end in ("a", "b") for at in range(100)]
    rows += [(f"z{at:02}", f"{end}{at}", "2012-01-01", "") for end in ("a", "b") for at in range(100)]
    (only,) = score(snapshot(rows), CUT, [("a", "b")])
    assert [one.kind for one in only.finding.reasons].count("partner") == MOST
    assert only.finding.reasons[-1].kind == "others"
    assert only.finding.reasons[-1].label == str(100 - MOST)
    assert sum(one.value for one in only.finding.reasons) == pytest.approx(only.finding.score)


def test_who_shares_no_partner_is_suggested_by_theme_and_only_where_others_lack() -> None:
    rows = [
        ("new", "alone", "2012-01-01", "wind"),
        ("a", "p", "2012-01-01", "wind"), ("b", "p", "2012-01-01", "wind"),
        ("c", "q", "2012-01-01", "health"), ("d", "q", "2012-01-01", "health"),
    ]  # fmt: skip
    found = rank(snapshot(rows), CUT, only="new")
    assert {one.b for one in found} == {"a", "b"}
    assert {reason.kind for one in found for reason in one.finding.reasons} == {"theme"}
    assert {reason.id for one in found for reason in one.finding.reasons} == {"wind"}


def test_filters_keep_to_their_ends() -> None:
    rows = random_rows(21, actors=40, activities=60)
    kinds = {f"a{at:03}": ("company", "knowledge_institution", "government")[at % 3] for at in range(40)}
    taken = snapshot(rows, kinds=kinds)
    mixed = rank(taken, CUT, within=Filter(left=Side(kinds=["company"]), right=Side(kinds=["government"])))
    assert mixed
    assert all({kinds[one.a], kinds[one.b]} == {"company", "government"} for one in mixed)
    everything = {(one.a, one.b): one.finding.score for one in rank(taken, CUT)}
    expected = {pair for pair in everything if {kinds[end] for end in pair} == {"company", "government"}}
    assert {(one.a, one.b) for one in mixed} == expected  # before scoring, and without changing a score
    assert all(one.finding.score == everything[one.a, one.b] for one in mixed)
    event = Side(ids=[f"a{at:03}" for at in range(12)])
    met = rank(taken, CUT, within=Filter(left=event, right=event))
    assert {(one.a, one.b) for one in met} == {pair for pair in everything if max(pair) <= "a011"}
    assert rank(taken, CUT, within=Filter(left=Side(ids=[]))) == []
    one = rank(
        taken, CUT, only="a001", within=Filter(left=Side(kinds=["government"]), right=Side(kinds=["government"]))
    )
    assert one
    assert {kinds[each.b] for each in one} == {"government"}


def test_same_group_answered_and_barred_pairs_are_never_asked_for() -> None:
    rows = random_rows(22, actors=20, activities=30)
    best = [(one.a, one.b) for one in rank(snapshot(rows), CUT, top=4)]
    feedback = [(*best[0], "refused", "2012-06-01"), (best[1][1], best[1][0], "known", "2012-06-01")]
    taken = snapshot(rows, feedback=feedback, groups={best[2][0]: best[2][1]})
    found = [(one.a, one.b) for one in rank(taken, CUT, within=Filter(barred=[(best[3][1], best[3][0])]))]
    assert not set(best) & set(found)
    early = snapshot(rows, feedback=[(*best[0], "refused", "2013-01-01")])
    assert best[0] in [(one.a, one.b) for one in rank(early, CUT)]  # said after the cut
    later = snapshot(rows, feedback=[(*best[0], "later", "2012-12-01"), (*best[1], "later", "2012-01-01")])
    found = [(one.a, one.b) for one in rank(later, CUT)]
    assert best[0] not in found
    assert best[1] in found  # not now was half a year ago


def test_unknown_ids_are_refused_by_name() -> None:
    taken = snapshot(random_rows(1))
    with pytest.raises(UnknownId, match="nobody"):
        rank(taken, CUT, only="nobody")
    with pytest.raises(UnknownId, match="nobody"):
        score(taken, CUT, [("a001", "nobody")])
