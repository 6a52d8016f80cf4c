"""What the store keeps beside the network: itself, its imports and sources, its records and their descriptions."""

import re
from datetime import UTC, datetime

from tests.queries.contracts import contract
from tests.queries.hand import Hand, picked


@contract("read/meta")
def the_store_knows_itself(hand: Hand) -> None:
    row = hand.one("meta")
    assert re.fullmatch(r"[0-9a-f-]{36}", row["store"])
    assert (row["schema"], row["revision"], row["restoring"]) == (2, 0, None)
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    row = hand.one("meta")
    assert (row["revision"], row["now"]) == (2, hand.now)  # the import, and the thing


@contract("read/await_indexes")
def what_was_written_can_be_found_afterwards(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    assert hand.read("await_indexes") == [{"done": True}]
    assert len(hand.read("find", text="alfa", labels=["Organisation"])) == 1


@contract("read/count_things")
def things_count_also_when_retracted(hand: Hand) -> None:
    assert hand.one("count_things") == {"things": 0}
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}})
    hand.show("b", {"name": "Beta"}, gone=True)
    assert hand.one("count_things") == {"things": 4}  # with import and source; versions and records are no things


@contract("read/export_page")
def every_node_of_a_family_comes_once_with_what_starts_at_it(hand: Hand) -> None:
    (record,) = hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.show("a", {"name": "Beta"})
    version = f"a~{hand.store.revision()}"
    page = hand.read("export_page", family="Thing", after="", limit=2)
    assert [row["properties"]["id"] for row in page] == ["a", "i-list"]
    assert sorted(page[0]["labels"]) == ["Organisation", "Thing"]
    assert page[0]["relations"] == [["WAS", version, {}]]
    assert [row["properties"]["id"] for row in hand.read("export_page", family="Thing", after="i-list")] == ["s-list"]
    (row,) = hand.read("export_page", family="Record", after="")
    assert sorted((kind, end) for kind, end, _ in row["relations"]) == [("DESCRIBES", "a"), ("FROM", "i-list")]
    assert row["properties"]["id"] == record
    (row,) = hand.read("export_page", family="Identifier", after="")
    assert (row["properties"]["id"], row["relations"]) == ("own:a", [["IDENTIFIES", "a", {}]])
    (row,) = hand.read("export_page", family="Version", after="")
    assert (row["properties"]["id"], row["properties"]["name"], row["relations"]) == (version, "Alfa", [])
    assert hand.read("export_page", family="Meta", after="") == []


@contract("read/imports")
def imports_come_newest_first_in_the_state_of_that_moment(hand: Hand) -> None:
    hand.imported()
    began = hand.now
    hand.change("end_import", id="i-list", state="failed", counts={"rows": 3, "records": 2})
    ended = hand.now
    hand.imported("register")
    hand.change("end_import", id="i-list", state="undone", counts={})
    undone = hand.now
    rows = hand.read("imports")
    assert picked(rows, "id", "source", "file", "state", "by") == [
        ("i-register", "register", "register.csv", "running", "tester"),
        ("i-list", "list", "list.csv", "undone", "tester"),
    ]
    assert picked(rows, "recorded", "ended")[1] == (began, undone)
    assert (rows[1]["counts"]["rows"], rows[1]["counts"]["records"]) == (3, 2)
    assert rows[0]["counts"] == {}
    assert picked(hand.read("imports", limit=1), "id") == [("i-register",)]
    assert picked(hand.read("imports", known_on=ended), "id", "state", "ended") == [("i-list", "failed", ended)]
    assert picked(hand.read("imports", known_on=began), "state", "ended", "counts") == [("running", None, {})]
    assert hand.read("imports", known_on=datetime(2000, 1, 1, tzinfo=UTC)) == []


@contract("read/sources")
def sources_count_the_records_that_held(hand: Hand) -> None:
    ids = hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}})
    before = hand.now
    hand.imported("register")
    registered = hand.now
    hand.retract(ids[0])
    rows = hand.read("sources")
    assert picked(rows, "source", "licence", "records") == [("list", "CC0", 1), ("register", "CC0", 0)]
    assert rows[1]["last_seen"] == registered
    assert picked(hand.read("sources", known_on=before), "source", "records") == [("list", 2)]
    hand.change("end_import", id="i-list", state="undone", counts={})
    assert picked(hand.read("sources"), "source") == [("register",)]
    assert picked(hand.read("sources", known_on=registered), "source", "records") == [("list", 2), ("register", 0)]


@contract("read/import_records")
def the_records_that_one_import_alone_vouches_for(hand: Hand) -> None:
    ids = hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}, "c": {"name": "Ceta"}})
    hand.imported("register")
    hand.change("link_records", rows=[{"id": ids[0], "row": 7}], **{"import": "i-register"})
    hand.retract(ids[1])
    assert hand.one("import_records", id="i-list") == {"ids": [ids[2]]}
    assert hand.one("import_records", id="i-register") == {"ids": []}
    hand.change("end_import", id="i-register", state="undone", counts={})
    assert sorted(hand.one("import_records", id="i-list")["ids"]) == [ids[0], ids[2]]
    assert len(hand.one("import_records", id="i-list", limit=1)["ids"]) == 1


@contract("read/live_descriptions")
def what_live_records_say_of_a_thing_and_how_often(hand: Hand) -> None:
    (first,) = hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.facts(("a", "COMPETES_WITH", "a"), ("a", "COMPETES_WITH", "a"), source="register")  # both say {} of it
    (row,) = hand.read("live_descriptions", ids=["a"])
    assert (row["id"], row["shown"]["name"]) == ("a", "Alfa")
    assert sorted((one["said"], one["priority"], one["times"]) for one in row["descriptions"]) == [
        ('{"name":"Alfa"}', 50, 1),
        ("{}", 80, 4),
    ]
    hand.retract(first)
    assert [one["said"] for one in hand.one("live_descriptions", ids=["a"])["descriptions"]] == ["{}"]
    hand.things("Organisation", {"b": {"name": "Beta"}})
    hand.retract("r4")
    assert hand.one("live_descriptions", ids=["b"])["descriptions"] == []
    assert hand.read("live_descriptions", ids=["nobody"]) == []


@contract("read/live_records")
def which_records_hold_under_a_key_and_which_ids_were_ever_used(hand: Hand) -> None:
    ids = hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}})
    hand.retract(ids[1])
    keys = [f"key {id}" for id in ids]
    row = hand.one("live_records", keys=[*keys, "key nowhere"], ids=[*ids, "nowhere"])
    assert row["live"] == [[keys[0], ids[0]]]
    assert sorted(row["known"]) == sorted(ids)
    assert hand.one("live_records", keys=[], ids=[]) == {"live": [], "known": []}


@contract("read/superseded_records")
def what_an_import_replaced_can_be_brought_back(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.things("Collaboration", {"c": {"kind": "event"}})
    ids = hand.facts(("a", "TOOK_PART", "c", {"role": "speaker"}), ("a", "TOOK_PART", "c", {"role": "attendee"}))
    hand.imported("register")
    hand.retract(*ids, by="i-register")
    rows = hand.read("superseded_records", id="i-register", after="")
    assert [row["id"] for row in rows] == sorted(ids)
    (relation,) = next(row for row in rows if row["id"] == ids[0])["relations"]
    assert (relation["type"], relation["start"], relation["end"]) == ("TOOK_PART", "a", "c")
    assert relation["properties"]["role"] == "speaker"
    assert sorted(one["id"] for one in rows[0]["describes"]) == ["a", "c"]
    assert len(hand.read("superseded_records", id="i-register", after="", limit=1)) == 1
    assert [row["id"] for row in hand.read("superseded_records", id="i-register", after=min(ids))] == [max(ids)]
    hand.change("restore_records", rows=[{"id": "back", "from": ids[0], "describes": []}])
    assert [row["id"] for row in hand.read("superseded_records", id="i-register", after="")] == [ids[1]]
    assert hand.read("superseded_records", id="i-list", after="") == []


@contract("read/resolve_keys")
def whom_keys_identify(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.change("add_identifiers", rows=[{"id": "a", "key": "kbo:0419052173"}])
    rows = hand.read("resolve_keys", keys=["own:a", "kbo:0419052173", "kbo:nobody"])
    assert sorted(picked(rows, "key", "id")) == [("kbo:0419052173", "a"), ("own:a", "a")]
    assert rows[0]["shown"]["name"] == "Alfa"
    assert hand.read("resolve_keys", keys=[]) == []
