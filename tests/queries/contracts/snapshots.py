"""The columns that a snapshot is made of."""

import math

from tests.queries.contracts import contract
from tests.queries.contracts.network import harbour
from tests.queries.hand import Hand, day


@contract("read/snapshot_actors")
def actors_come_page_by_page_as_they_were_known(hand: Hand) -> None:
    values = {
        "name": "Alfa", "kind": "company", "country": "BE", "nuts3": "BE242", "municipality": "Leuven",
        "size": "small", "sme": True,
    }  # fmt: skip
    hand.things("Organisation", {"a": values, "b": {"name": "Beta", "sme": False}})
    hand.things("Person", {"p": {"name": "Proef"}})
    hand.things("Region", {"g1": {"code": "own:chengdu"}, "g2": {"code": "BE21"}})
    records = hand.facts(("b", "IN", "g1", {"start": day("2016-01-01")}), ("b", "IN", "g2", {"end": day("2015-12-31")}))
    before = hand.now
    page = hand.one("snapshot_actors", after="", limit=2)
    assert page == {
        "id": ["a", "b"], "name": ["Alfa", "Beta"], "label": ["Organisation"] * 2, "kind": ["company", "other"],
        "country": ["BE", ""], "region": ["BE242", "own:chengdu"], "municipality": ["Leuven", ""],
        "size": ["small", "unknown"], "sme": ["yes", "no"],
    }  # fmt: skip
    rest = hand.one("snapshot_actors", after="b", limit=2)
    assert (rest["id"], rest["label"], rest["kind"], rest["sme"]) == (["p"], ["Person"], ["person"], ["unknown"])
    assert hand.one("snapshot_actors", after="p", limit=2)["id"] == []
    assert hand.one("snapshot_actors", after="", valid_on=day("2015-06-01"))["region"] == ["BE242", "BE21", ""]
    hand.show("a", {"name": "Omega", "kind": "government"})
    hand.show("b", {"display": "Beta"}, gone=True)
    hand.retract(*records)
    now = hand.one("snapshot_actors", after="")
    assert (now["id"], now["name"], now["kind"], now["region"]) == (
        ["a", "p"], ["Omega", "Proef"], ["government", "person"], ["", ""],
    )  # fmt: skip
    assert hand.one("snapshot_actors", after="", limit=2, known_on=before) == page


@contract("read/snapshot_activities")
def activities_come_with_their_themes(hand: Hand) -> None:
    harbour(hand)
    hand.things("Theme", {"t1": {"code": "w", "display": "Water"}, "t2": {"code": "e", "display": "Energie"}})
    records = hand.facts(("c1", "ABOUT", "t1"), ("c1", "ABOUT", "t2"), ("c1", "ABOUT", "t1"))
    before = hand.now
    page = hand.one("snapshot_activities", after="", limit=1)
    assert page == {
        "id": ["c1"], "title": ["c1"], "kind": ["project"], "start": ["2015-01-01"], "end": ["2016-12-31"],
        "programme": [""], "themes": [["Energie", "Water"]],
    }  # fmt: skip
    assert hand.one("snapshot_activities", after="c1")["id"] == ["c2"]  # c3 has not begun
    late = hand.one("snapshot_activities", after="c1", valid_on=day("2030-01-01"))
    assert (late["id"], late["end"], late["themes"]) == (["c2", "c3"], ["2017-05-05", ""], [[], []])
    hand.retract(records[1])
    hand.show("t1", {"code": "w", "display": "Waterbeheer"})
    hand.show("c1", {"display": "Sluis", "start": day("2016-02-01")})
    now = hand.one("snapshot_activities", after="", limit=1)
    assert (now["title"], now["start"], now["themes"]) == (["Sluis"], ["2016-02-01"], [["Waterbeheer"]])
    assert hand.one("snapshot_activities", after="", limit=1, known_on=before)["themes"] == page["themes"]
    assert hand.one("snapshot_activities", after="", valid_on=day("2015-06-01"))["id"] == []
    assert hand.one("snapshot_activities", after="", valid_on=day("2015-06-01"), known_on=before)["id"] == ["c1"]


@contract("read/snapshot_participations")
def participations_come_once_with_who_told_first(hand: Hand) -> None:
    records = harbour(hand)
    told = int(hand.now.timestamp())
    before = hand.now
    page = hand.one("snapshot_participations", after="", limit=1)
    assert page["activity"] == ["c1"]
    assert page["actor"] == [["a", "b", "c"]]
    assert page["role"] == [["coordinator", "participant", "participant"]]
    assert (page["start"], page["end"]) == ([["", "", "2016-01-01"]], [["", "", "2016-06-30"]])
    assert (page["recorded"], page["retracted"]) == ([[told] * 3], [[0] * 3])
    assert page["source"] == [["list"] * 3]
    assert all(math.isnan(amount) for amount in page["amount_eur"][0])
    assert hand.one("snapshot_participations", after="c1")["actor"] == [["a", "c"]]  # Beta was absent
    assert hand.one("snapshot_participations", after="c2")["activity"] == []
    assert hand.one("snapshot_participations", after="", valid_on=day("2015-12-31"))["actor"] == [["a", "b"]]
    hand.facts(
        ("b", "TOOK_PART", "c1", {"role": "participant", "end": day("2015-03-31"), "amount_eur": 5.0}),
        source="register",
    )
    hand.retract(records[0])
    gone = int(hand.now.timestamp())
    now = hand.one("snapshot_participations", after="", limit=1)
    assert (now["actor"], now["end"]) == ([["b", "c"]], [["2015-03-31", "2016-06-30"]])
    assert (now["recorded"], now["source"], now["amount_eur"][0][0]) == ([[told] * 2], [["list"] * 2], 5.0)
    then = hand.one("snapshot_participations", after="", limit=1, known_on=before)
    assert then["retracted"] == [[gone, 0, 0]]
    assert {name: then[name] for name in ("actor", "end", "source")} == {
        name: page[name] for name in ("actor", "end", "source")
    }
    hand.show("c1", {"start": day("2030-01-01")})
    assert hand.one("snapshot_participations", after="")["activity"] == ["c2"]
    assert hand.one("snapshot_participations", after="", known_on=before)["activity"] == ["c1", "c2"]


@contract("read/snapshot_groups")
def a_site_is_part_of_its_group_as_long_as_it_was(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}, "m": {"name": "Moeder"}})
    records = hand.facts(
        ("a", "PART_OF", "m", {"start": day("2016-01-01"), "end": day("2018-12-31")}), ("b", "PART_OF", "m")
    )
    before = hand.now
    assert hand.one("snapshot_groups") == {"part": ["b"], "whole": ["m"]}  # a was sold
    then = hand.one("snapshot_groups", valid_on=day("2018-12-31"))
    assert then == {"part": ["a", "b"], "whole": ["m", "m"]}
    assert hand.one("snapshot_groups", valid_on=day("2015-12-31"))["part"] == ["b"]
    hand.retract(records[1])
    hand.facts(("a", "PART_OF", "m", {"start": day("2016-01-01")}), source="register")
    assert hand.one("snapshot_groups") == {"part": ["a"], "whole": ["m"]}
    assert hand.one("snapshot_groups", known_on=before) == {"part": ["b"], "whole": ["m"]}


@contract("read/snapshot_feedback")
def an_introduction_stands_where_it_stood_that_day(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}, "c": {"name": "Ceta"}})
    steps = {"stages": ["proposed", "met"], "stage_dates": ["2019-01-01", "2020-03-01"]}
    hand.things("Introduction", {"i1": steps, "i2": {"stages": ["refused"], "stage_dates": ["2019-06-01"]}})
    records = hand.facts(("i1", "FOR", "b"), ("i1", "TO", "a"), ("i2", "FOR", "a"), ("i2", "TO", "c"))
    before = hand.now
    now = hand.one("snapshot_feedback")
    assert list(zip(now["a"], now["b"], now["stage"], now["day"], strict=True)) == [
        ("a", "c", "refused", "2019-06-01"),
        ("b", "a", "met", "2020-03-01"),
    ]
    early = hand.one("snapshot_feedback", valid_on=day("2019-05-31"))
    assert (early["a"], early["stage"], early["day"]) == (["b"], ["proposed"], ["2019-01-01"])
    assert hand.one("snapshot_feedback", valid_on=day("2018-12-31"))["a"] == []
    hand.retract(records[3])
    hand.show("i1", {"stages": ["proposed"], "stage_dates": ["2019-01-01"]})
    assert hand.one("snapshot_feedback")["stage"] == ["proposed"]
    assert hand.one("snapshot_feedback", known_on=before) == now
