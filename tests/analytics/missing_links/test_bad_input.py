"""Data as bad as they come: an answer, never a trace."""

from datetime import date

import pytest

from graph.analytics.missing_links import rank, score
from graph.analytics.missing_links.backtest import backtest, verdict
from graph.analytics.missing_links.holes import holes
from graph.analytics.missing_links.probability import calibration
from graph.snapshot import Snapshot
from tests.analytics.missing_links.worlds import Row, random_rows, snapshot

CUT = date(2012, 12, 31)
WORLDS: dict[str, list[Row]] = {
    "no ties": [(f"a{at}", f"p{at}", "2012-01-01", "t") for at in range(5)],
    "one consortium of 500": [(f"a{at:03}", "p", "2012-01-01", "t") for at in range(500)],
    "all dates unknown": [(who, "p", "", "t") for who in "abc"],
    "years with gaps": [*random_rows(1)[:20], ("a001", "q", "1999-01-01", ""), ("a002", "q", "1999-01-01", "")],
    "one actor": [("a", "p", "2012-01-01", "")],
    "nothing": [],
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("until", [CUT, date(1900, 1, 1), None])
def test_an_answer_to_everything(world: str, until: date | None) -> None:
    taken = snapshot(WORLDS[world])
    for listing in ("likely", "overlooked"):
        for much in ({"top": 5}, {"per_actor": 3}, {}):
            rank(taken, until, listing=listing, **much)  # type: ignore[arg-type]
    if len(taken.actor_id):
        rank(taken, until, only=str(taken.actor_id[0]))
        assert score(taken, until, [(str(taken.actor_id[0]),) * 2])[0].finding.score == 0
    assert isinstance(holes(taken, until), list)
    assert verdict(taken, until or CUT) is None or WORLDS[world]
    assert backtest(taken, 2010, 2013) is not None
    calibration(taken, until or CUT, top=5)


def test_no_ties_and_a_cut_before_the_first_date_give_an_empty_list() -> None:
    assert rank(snapshot(WORLDS["no ties"]), CUT, top=5) == []
    assert rank(snapshot(random_rows(1)), date(1900, 1, 1), per_actor=5) == []
    assert rank(snapshot(WORLDS["all dates unknown"]), CUT, per_actor=5) == []
    assert rank(snapshot(WORLDS["one consortium of 500"]), CUT, per_actor=5) == []


def test_duplicates_of_every_row_change_nothing() -> None:
    rows = random_rows(9)
    expected = [(one.a, one.b, one.finding) for one in rank(snapshot(rows), CUT, per_actor=9)]
    assert expected
    assert [(one.a, one.b, one.finding) for one in rank(snapshot(rows * 3), CUT, per_actor=9)] == expected


def test_an_actor_with_ten_thousand_partners() -> None:
    rows = [(who, f"p{at}", "2012-01-01", "") for at in range(10_000) for who in ("hub", f"a{at:05}")]
    taken: Snapshot = snapshot(rows)
    assert rank(taken, CUT, only="hub") == []
    assert len(rank(taken, CUT, only="a00000", top=20)) == 20
