"""Connectors, ways, counter-reasons and holes, in networks solved by hand."""

from datetime import date

import pytest

from graph.analytics.missing_links.against import against
from graph.analytics.missing_links.holes import holes
from graph.analytics.missing_links.introduce import connectors, ways
from graph.errors import UnknownId
from tests.analytics.missing_links.worlds import snapshot

# z knows a and b from two pairs each, y from one large activity each; x knows only a, w only b, and they each other.
ROWS = [
    *((who, f"az{at}", f"201{at}-01-01", "") for at in (0, 1) for who in "az"),
    *((who, f"bz{at}", f"201{at}-06-01", "") for at in (0, 1) for who in "bz"),
    *((who, "big1", "2012-01-01", "") for who in ("a", "y", "m", "n")),
    *((who, "big2", "2012-02-01", "") for who in ("b", "y", "o", "p")),
    *((who, "ax", "2010-01-01", "") for who in "ax"),
    *((who, "bw", "2010-01-01", "") for who in "bw"),
    *((who, "xw", "2010-01-01", "") for who in "xw"),
]


def test_connectors_by_the_weaker_tie() -> None:
    found = connectors(snapshot(ROWS), None, "a", "b")
    assert [one.id for one in found] == ["z", "y"]
    assert found[0].to_a == found[0].to_b == pytest.approx(2.0)  # sqrt(2 activities x intimacy 2)
    assert found[1].strength == pytest.approx((1 / 3) ** 0.5)
    assert found[0].last == date(2011, 1, 1)
    assert found[1].last == date(2012, 1, 1)


def test_nobody_is_asked_beyond_the_budget() -> None:
    taken = snapshot(ROWS)
    assert [one.id for one in connectors(taken, None, "a", "b", asked={"z": 3}, budget=3)] == ["y"]
    assert [one.id for one in connectors(taken, None, "a", "b", asked={"z": 2}, budget=3)] == ["z", "y"]
    assert all("z" not in way.ids for way in ways(taken, None, "a", "b", asked={"z": 3}, budget=3, most=99))
    assert not ways(taken, None, "a", "b", budget=0)


def test_ways_within_three_steps_strongest_first() -> None:
    found = ways(snapshot(ROWS), None, "a", "b", most=3)
    assert [way.ids for way in found] == [("a", "z", "b"), ("a", "x", "w", "b"), ("a", "y", "b")]
    assert [way.strength for way in found] == pytest.approx([1.0, 1.0, 1 / 3])
    assert ways(snapshot(ROWS), date(2009, 1, 1), "a", "b") == []
    with pytest.raises(UnknownId):
        ways(snapshot(ROWS), None, "a", "nobody")


def test_what_speaks_against() -> None:
    taken = snapshot(ROWS, groups={"m": "n"}, feedback=[("b", "a", "refused", "2012-01-01")])
    assert [(one.kind, one.id) for one in against(taken, None, "a", "b")] == [("said", "refused")]
    assert [one.kind for one in against(taken, None, "m", "n")] == ["already_tied", "same_group"]
    assert [(one.kind, one.id) for one in against(taken, None, "m", "o", hub="y")] == [("hub_only", "y")]
    assert against(taken, None, "m", "o") == []


def test_many_partners_out_of_one_consortium_are_one_piece_of_evidence() -> None:
    rows = [(who, "all", "2012-01-01", "") for who in ("a", "x", "y", "z")]
    rows += [(end, f"b{end}", "2012-01-01", "") for end in ("x", "y", "z")]
    rows += [("b", f"b{end}", "2012-01-01", "") for end in ("x", "y", "z")]
    assert [(one.kind, one.id) for one in against(snapshot(rows), None, "a", "b")] == [("one_consortium", "all")]
    more = [*rows, ("a", "again", "2012-05-01", ""), ("x", "again", "2012-05-01", "")]
    assert against(snapshot(more), None, "a", "b") == []


def test_two_worlds_with_one_tie_are_a_hole() -> None:
    rows = []
    for side in "lr":
        for i in range(8):
            for j in range(i):
                rows += [(f"{side}{at}", f"{side}{i}{j}", "2012-01-01", "wind") for at in (i, j)]
    rows += [("l0", "bridge", "2012-01-01", "wind"), ("r0", "bridge", "2012-01-01", "wind")]
    (hole,) = holes(snapshot(rows), None)
    assert {id[0] for id in hole.one} != {id[0] for id in hole.other}
    assert len(hole.one) == len(hole.other) == 8
    assert hole.ties == 1
    assert hole.expected == pytest.approx(57 * 57 / 114)
    assert {hole.bridge[0][0], hole.bridge[1][0]} == {"l", "r"}
    assert "l0" in hole.bridge or "r0" in hole.bridge  # who shares a partner with the other side
    assert hole.finding.score > 0
    assert holes(snapshot(rows), date(2011, 1, 1)) == []
