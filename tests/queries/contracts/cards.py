"""What a card shows of one organisation, person or collaboration."""

from tests.queries.contracts import contract
from tests.queries.contracts.network import harbour
from tests.queries.hand import Hand, day, picked


@contract("read/thing")
def a_thing_is_shown_as_it_was_known(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa", "founded": day("1999-01-01")}})
    first = hand.now
    hand.show("a", {"name": "Beta"})
    second = hand.now
    hand.change("add_identifiers", rows=[{"id": "a", "key": "kbo:0419052173"}])
    hand.show("a", {"name": "Beta"}, gone=True)
    gone = hand.now
    hand.show("a", {"name": "Gamma"})
    row = hand.one("thing", id="a")
    assert (row["id"], row["label"], row["shown"]["name"]) == ("a", "Organisation", "Gamma")
    assert "founded" not in row["shown"]
    assert (row["recorded"], row["changed"]) == (first, hand.now)
    assert sorted(row["keys"]) == ["kbo:0419052173", "own:a"]
    row = hand.one("thing", id="a", known_on=first)
    assert (row["shown"]["name"], row["shown"]["founded"]) == ("Alfa", day("1999-01-01"))
    assert (row["recorded"], row["changed"], row["keys"]) == (first, first, ["own:a"])
    assert hand.one("thing", id="a", known_on=second)["shown"]["name"] == "Beta"
    assert hand.read("thing", id="a", known_on=gone) == []  # nobody said then that it was there
    assert hand.read("thing", id="a", known_on=first.replace(year=2000)) == []
    assert hand.read("thing", id="nobody") == []


@contract("read/collaborations_of")
def what_one_took_part_in_comes_newest_first(hand: Hand) -> None:
    harbour(hand)
    rows = hand.read("collaborations_of", id="a")
    assert picked(rows, "id", "kind", "role", "others", "total") == [
        ("c2", "event", "organiser", 1, 2),  # Ceta; Beta was absent
        ("c1", "project", "coordinator", 2, 2),
    ]
    assert picked(rows, "start", "end")[1] == (day("2015-01-01"), day("2016-12-31"))
    assert picked(hand.read("collaborations_of", id="a", limit=1), "id", "total") == [("c2", 2)]
    assert picked(hand.read("collaborations_of", id="a", valid_on=day("2015-12-31")), "id", "others") == [("c1", 1)]
    assert picked(hand.read("collaborations_of", id="a", valid_on=day("2030-01-01")), "id") == [
        ("c3",),
        ("c2",),
        ("c1",),
    ]
    absent = hand.read("collaborations_of", id="b")[0]
    assert (absent["id"], absent["role"]) == ("c2", "absent")  # a fact about Beta all the same


@contract("read/collaborations_of")
def leaving_early_ends_the_participation_and_not_the_collaboration(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    hand.correct(
        records[1],
        ("b", "TOOK_PART", "c1", {"role": "participant", "end": day("2015-09-30"), "end_precision": "day"}),
    )
    (row,) = hand.read("collaborations_of", id="b", valid_on=day("2016-12-31"))
    assert (row["end"], row["end_precision"]) == (day("2015-09-30"), "day")
    assert hand.one("collaborations_of", id="b", valid_on=day("2016-12-31"), known_on=before)["end"] == day(
        "2016-12-31"
    )
    assert hand.read("collaborations_of", id="a")[1]["end"] == day("2016-12-31")


@contract("read/collaborations_of")
def a_corrected_project_is_shown_as_it_was_known(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    hand.show("c1", {"display": "Sluis", "title": "Sluis", "kind": "pilot", "start": day("2018-01-01")})
    hand.retract(records[2])
    names = ("name", "title", "kind", "start", "end", "others")
    assert picked(hand.read("collaborations_of", id="a"), *names)[0] == (
        "Sluis", "Sluis", "pilot", day("2018-01-01"), None, 1,
    )  # fmt: skip
    then = hand.read("collaborations_of", id="a", known_on=before)
    assert picked(then, *names)[1] == ("c1", None, "project", day("2015-01-01"), day("2016-12-31"), 2)
    assert hand.read("collaborations_of", id="b", valid_on=day("2016-12-31")) == []
    assert len(hand.read("collaborations_of", id="b", valid_on=day("2016-12-31"), known_on=before)) == 1


@contract("read/collaborations_of")
def a_member_that_came_back_was_there_twice_and_two_sources_count_once(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.things("Collaboration", {"m": {"kind": "membership"}})
    once = {"role": "member", "start": day("2015-01-01"), "end": day("2016-12-31"), "amount_eur": 100.0}
    again = {"role": "member", "start": day("2019-01-01")}
    hand.facts(("a", "TOOK_PART", "m", once), ("a", "TOOK_PART", "m", once), ("a", "TOOK_PART", "m", again))
    rows = hand.read("collaborations_of", id="a")
    assert picked(rows, "start", "end", "amount_eur") == [
        (day("2019-01-01"), None, None),
        (day("2015-01-01"), day("2016-12-31"), 100.0),
    ]
    hand.facts(("a", "TOOK_PART", "m", {**once, "end": day("2017-12-31")}), source="register")
    rows = hand.read("collaborations_of", id="a")
    assert picked(rows, "start", "end") == [(day("2015-01-01"), day("2017-12-31"))]


@contract("read/participants_of")
def who_took_part_comes_with_coordinators_first(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    rows = hand.read("participants_of", id="c1")
    assert picked(rows, "id", "name", "label", "role", "start", "end") == [
        ("a", "Alfa", "Organisation", "coordinator", None, None),
        ("b", "Beta", "Organisation", "participant", None, None),
        ("c", "Ceta", "Organisation", "participant", day("2016-01-01"), day("2016-06-30")),
    ]
    assert picked(hand.read("participants_of", id="c1", limit=1), "id") == [("a",)]
    assert picked(hand.read("participants_of", id="c1", valid_on=day("2015-12-31")), "id") == [("a",), ("b",)]
    assert hand.read("participants_of", id="c3") == []
    assert len(hand.read("participants_of", id="c3", valid_on=day("2030-01-01"))) == 2
    hand.retract(records[0])
    hand.show("b", {"name": "Beta NV"})
    hand.facts(("c", "TOOK_PART", "c1", {"role": "participant", "state": "left_early"}), source="hand")
    now = hand.read("participants_of", id="c1")
    assert picked(now, "name", "state", "start") == [("Beta NV", None, None), ("Ceta", "left_early", None)]
    assert hand.read("participants_of", id="c1", known_on=before) == rows
    hand.show("c1", {"start": day("2030-01-01")})
    assert hand.read("participants_of", id="c1") == []
    assert hand.read("participants_of", id="c1", known_on=before) == rows


@contract("read/related")
def what_else_relates_to_it(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "m": {"name": "Moeder"}, "d": {"name": "Dochter"}})
    hand.things("Person", {"p": {"name": "Proef"}})
    hand.things("Introduction", {"i": {"stages": ["proposed", "met"], "stage_dates": ["2019-01-01", "2019-03-01"]}})
    hand.things("Grant", {"g": {"title": "Steun", "display": "Steun", "applied": day("2018-01-01")}})
    hand.things("Touch", {"t": {"kind": "call", "on": day("2017-01-01")}})
    hand.things("Collaboration", {"c": {"kind": "event"}})
    records = hand.facts(
        ("p", "WORKS_FOR", "a", {"role": "director", "start": day("2010-01-01"), "end": day("2012-12-31")}),
        ("p", "WORKS_FOR", "a", {"role": "adviser", "start": day("2016-01-01"), "end_precision": "open"}),
        ("a", "PART_OF", "m"),
        ("d", "PART_OF", "a"),
        ("i", "FOR", "a"),
        ("a", "APPLIED_FOR", "g"),
        ("t", "WITH", "a"),
        ("a", "TOOK_PART", "c"),
    )
    before = hand.now
    rows = hand.read("related", id="a")
    assert picked(rows, "type", "way", "id", "label", "role") == [
        ("APPLIED_FOR", "out", "g", "Grant", None),
        ("FOR", "in", "i", "Introduction", None),
        ("PART_OF", "in", "d", "Organisation", None),
        ("PART_OF", "out", "m", "Organisation", None),
        ("WITH", "in", "t", "Touch", None),
        ("WORKS_FOR", "in", "p", "Person", "adviser"),
        ("WORKS_FOR", "in", "p", "Person", "director"),  # which has ended
    ]
    assert picked(rows, "name")[0] == ("Steun",)
    assert picked(rows, "start", "end", "end_precision")[5:] == [
        (day("2016-01-01"), None, "open"),
        (day("2010-01-01"), day("2012-12-31"), "unknown"),
    ]
    assert len(hand.read("related", id="a", limit=3)) == 3
    early = picked(hand.read("related", id="a", valid_on=day("2017-06-01")), "type")
    assert [kind for (kind,) in early] == ["PART_OF", "PART_OF", "WITH", "WORKS_FOR", "WORKS_FOR"]
    hand.retract(records[2])
    hand.facts(("d", "PART_OF", "a", {"end": day("2019-12-31")}), source="register")
    hand.show("p", {"name": "Test"})
    now = hand.read("related", id="a")
    assert ("PART_OF", "out", "m") not in picked(now, "type", "way", "id")
    assert picked([row for row in now if row["id"] == "d"], "end") == [(day("2019-12-31"),)]
    assert now[-1]["name"] == "Test"
    assert hand.read("related", id="a", known_on=before) == rows


@contract("read/sources_of")
def where_a_thing_is_known_from(hand: Hand) -> None:
    first = hand.things("Organisation", {"a": {"name": "Alfa"}})
    begun = hand.read("sources_of", id="a")[0]["first_seen"]
    told = hand.things("Organisation", {"b": {"name": "Beta"}}, source="register")
    records = hand.facts(("a", "PART_OF", "b"), ("b", "COMPETES_WITH", "a"), source="register")
    before = hand.now
    rows = hand.read("sources_of", id="a")
    assert picked(rows, "source", "licence", "records") == [("register", "CC0", 2), ("list", "CC0", 1)]
    assert rows[1]["first_seen"] == rows[1]["last_seen"] == begun < rows[0]["first_seen"]
    hand.change(
        "add_import",
        id="i-again",
        source_id="s-list",
        source={"name": "list"},
        file="list2.csv",
        sha256="",
        by="tester",
    )
    again = hand.now
    hand.change("link_records", rows=[{"id": first[0], "row": 1}], **{"import": "i-again"})
    assert picked(hand.read("sources_of", id="a")[1:], "records", "first_seen", "last_seen") == [(1, begun, again)]
    hand.retract(*records, *told)
    assert picked(hand.read("sources_of", id="a"), "source", "records") == [("list", 1)]
    assert hand.read("sources_of", id="a", known_on=before) == rows
    hand.change("end_import", id="i-again", state="undone", counts={})
    assert hand.one("sources_of", id="a")["last_seen"] == begun
    assert hand.read("sources_of", id="nobody") == []
