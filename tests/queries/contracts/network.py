"""Who knows whom: partners, ties, search, and how much there is.

The harbour, as it stands on 15 June 2020: Alfa leads project c1 (2015 and 2016) with Beta; Ceta joins it in 2016 and
leaves half a year later. Alfa holds event c2 on 5 May 2017: Ceta comes, Beta stays away. Alfa and Beta plan c3 in 2030.
"""

from tests.queries.contracts import contract
from tests.queries.hand import Hand, day, picked

CETA_IN_C1 = {"role": "participant", "start": day("2016-01-01"), "end": day("2016-06-30")}


def harbour(hand: Hand) -> list[str]:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}, "c": {"name": "Ceta"}})
    hand.things(
        "Collaboration",
        {
            "c1": {"kind": "project", "start": day("2015-01-01"), "end": day("2016-12-31")},
            "c2": {"kind": "event", "start": day("2017-05-05"), "end": day("2017-05-05")},
            "c3": {"kind": "project", "start": day("2030-01-01")},
        },
    )
    records: list[str] = hand.facts(
        ("a", "TOOK_PART", "c1", {"role": "coordinator"}),
        ("b", "TOOK_PART", "c1", {"role": "participant"}),
        ("c", "TOOK_PART", "c1", CETA_IN_C1),
        ("a", "TOOK_PART", "c2", {"role": "organiser"}),
        ("b", "TOOK_PART", "c2", {"role": "absent"}),
        ("c", "TOOK_PART", "c2", {"role": "attendee"}),
        ("a", "TOOK_PART", "c3", {"role": "coordinator"}),
        ("b", "TOOK_PART", "c3", {"role": "participant"}),
    )
    return records


@contract("read/partners")
def partners_are_counted_with_the_days_both_were_there(hand: Hand) -> None:
    harbour(hand)
    rows = hand.read("partners", id="a")
    assert picked(rows, "id", "name", "shared", "total") == [("c", "Ceta", 2, 2), ("b", "Beta", 1, 2)]
    assert picked(rows, "first", "last") == [
        (day("2016-01-01"), day("2017-05-05")),
        (day("2015-01-01"), day("2016-12-31")),
    ]
    assert picked(hand.read("partners", id="a", limit=1), "id", "total") == [("c", 2)]
    assert picked(hand.read("partners", id="a", valid_on=day("2015-12-31")), "id", "shared") == [("b", 1)]
    later = hand.read("partners", id="b", valid_on=day("2030-01-01"))
    assert picked(later, "id", "shared", "first", "last") == [
        ("a", 2, day("2015-01-01"), day("2030-01-01")),  # c3 has no end: its first day is the last one known
        ("c", 1, day("2016-01-01"), day("2016-06-30")),
    ]


@contract("read/partners")
def a_correction_changes_todays_partners_and_not_those_known_before(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    hand.retract(records[1])
    assert picked(hand.read("partners", id="a"), "id") == [("c",)]
    assert picked(hand.read("partners", id="a", known_on=before), "id", "shared") == [("c", 2), ("b", 1)]
    hand.show("c1", {"start": day("2016-03-01")})
    early = {"valid_on": day("2016-02-01")}
    assert hand.read("partners", id="c", **early) == hand.read("partners", id="a", **early) == []
    assert picked(hand.read("partners", id="c", known_on=before, **early), "id") == [("a",), ("b",)]
    hand.show("c", {"name": "Ceta Groep"})
    assert picked(hand.read("partners", id="a"), "name") == [("Ceta Groep",)]
    assert ("Ceta",) in picked(hand.read("partners", id="a", known_on=before), "name")


@contract("read/partners")
def of_two_sources_the_weightiest_is_believed_about_a_participation(hand: Hand) -> None:
    harbour(hand)
    before = hand.now
    (left,) = hand.facts(("b", "TOOK_PART", "c1", {"role": "participant", "end": day("2015-03-31")}), source="hand")
    assert picked(hand.read("partners", id="b"), "id", "shared", "first", "last") == [
        ("a", 1, day("2015-01-01"), day("2015-03-31")),
        ("c", 1, None, None),  # gone before Ceta came
    ]
    assert picked(hand.read("partners", id="b", known_on=before), "id", "last") == [
        ("a", day("2016-12-31")),
        ("c", day("2016-06-30")),
    ]
    hand.correct(left, ("b", "TOOK_PART", "c1", {"state": "cancelled"}), source="hand")
    assert hand.read("partners", id="b") == []
    hand.facts(("b", "TOOK_PART", "c1", {"role": "participant"}), source="register")  # weighs less than the hand
    assert hand.read("partners", id="b") == []


@contract("read/ties_between")
def ties_are_as_partners_say_from_both_sides(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    row = hand.one("ties_between", ids=["a", "b", "c", "nobody"])
    assert list(zip(row["a"], row["b"], row["shared"], strict=True)) == [("a", "b", 1), ("a", "c", 2), ("b", "c", 1)]
    assert row["first"] == ["2015-01-01", "2016-01-01", "2016-01-01"]
    assert row["last"] == ["2016-12-31", "2017-05-05", "2016-06-30"]
    assert hand.one("ties_between", ids=["b", "c"])["shared"] == [1]
    assert hand.one("ties_between", ids=["a"])["a"] == hand.one("ties_between", ids=[])["a"] == []
    early = hand.one("ties_between", ids=["a", "b", "c"], valid_on=day("2015-12-31"))
    assert (early["a"], early["b"]) == (["a"], ["b"])
    hand.facts(("b", "TOOK_PART", "c1", {"end": day("2015-03-31")}), source="hand")  # left before Ceta came
    now = hand.one("ties_between", ids=["a", "b", "c"])
    assert now["last"] == ["2015-03-31", "2017-05-05", ""]  # gone before Ceta came
    hand.retract(records[5])
    assert hand.one("ties_between", ids=["a", "c"])["shared"] == [1]
    assert hand.one("ties_between", ids=["a", "b", "c"], known_on=before) == row


@contract("read/find")
def search_forgives_and_ranks_by_activity(hand: Hand) -> None:
    harbour(hand)
    hand.things("Organisation", {"s": {"name": "Region Skåne"}, "t": {"name": "Alfa"}, "u": {"name": "Leuven"}})
    hand.things("Person", {"p": {"name": "Alfa Proef"}})
    hand.store.await_indexes()
    everything = ["Organisation", "Person", "Collaboration"]
    rows = hand.read("find", text="alfa", labels=everything)
    assert picked(rows, "id", "label", "active") == [
        ("a", "Organisation", 2),  # c3 has not begun
        ("t", "Organisation", 0),
        ("p", "Person", 0),
    ]
    assert picked(hand.read("find", text="alfa", labels=["Person"]), "id") == [("p",)]
    assert picked(hand.read("find", text="alfa", labels=everything, limit=1), "id") == [("a",)]
    assert picked(hand.read("find", text="skane", labels=everything), "id") == [("s",)]
    assert picked(hand.read("find", text="luven~1", labels=everything), "id") == [("u",)]
    assert hand.read("find", text="nowhere", labels=everything) == []


@contract("read/find")
def search_knows_what_was_known_and_what_had_begun(hand: Hand) -> None:
    records = harbour(hand)
    before = hand.now
    hand.show("a", {"name": "Omega"})
    hand.retract(records[3])
    hand.show("b", {"name": "Beta"}, gone=True)
    hand.store.await_indexes()
    labels = ["Organisation", "Collaboration"]
    assert picked(hand.read("find", text="omega", labels=labels), "id", "name", "active") == [("a", "Omega", 1)]
    assert hand.read("find", text="alfa", labels=labels) == hand.read("find", text="beta", labels=labels) == []
    then = {"labels": labels, "known_on": before}
    assert picked(hand.read("find", text="alfa", **then), "id", "name", "active") == [("a", "Alfa", 2)]
    assert picked(hand.read("find", text="beta", **then), "id") == [("b",)]
    assert hand.read("find", text="omega", **then) == []
    assert hand.one("find", text="ceta", labels=labels, valid_on=day("2016-12-31"))["active"] == 1
    assert hand.one("find", text="ceta", labels=labels)["active"] == 2


@contract("read/find")
def a_collaboration_is_found_once_it_has_begun(hand: Hand) -> None:
    hand.things("Collaboration", {"w": {"title": "Waterstof", "display": "Waterstof", "start": day("2021-01-01")}})
    hand.store.await_indexes()
    assert hand.read("find", text="waterstof", labels=["Collaboration"]) == []
    later = hand.read("find", text="waterstof", labels=["Collaboration"], valid_on=day("2021-01-01"))
    assert picked(later, "id") == [("w",)]


@contract("read/stats")
def everything_is_counted_once_and_in_its_time(hand: Hand) -> None:
    records = harbour(hand)
    hand.things("Person", {"p": {"name": "Proef"}})
    before = hand.now
    counts = hand.one("stats")
    assert counts == {"organisations": 3, "people": 1, "collaborations": 2, "participations": 5, "sources": 1}
    assert hand.one("stats", valid_on=day("2015-06-01")) == {**counts, "collaborations": 1, "participations": 2}
    assert hand.one("stats", valid_on=day("2030-01-01")) == {**counts, "collaborations": 3, "participations": 7}
    hand.facts(("a", "TOOK_PART", "c1", {"role": "coordinator"}), source="register")  # told once more
    assert hand.one("stats") == {**counts, "sources": 2}
    hand.facts(("b", "TOOK_PART", "c1", {"role": "participant", "start": day("2016-07-01")}))  # and came back
    assert hand.one("stats")["participations"] == 6
    hand.retract(records[0])
    assert hand.one("stats")["participations"] == 6  # the register still says so
    hand.show("c", {"name": "Ceta"}, gone=True)
    assert hand.one("stats")["organisations"] == 2
    assert hand.one("stats", known_on=before) == counts
    hand.show("c", {"name": "Ceta"})
    hand.change("end_import", id="i-register", state="undone", counts={})
    assert (hand.one("stats")["organisations"], hand.one("stats")["sources"]) == (3, 1)
