"""What the write queries change, told by the reads."""

from graph.store.store import Writer
from tests.queries.contracts import contract
from tests.queries.hand import Hand, day, picked


@contract("write/begin")
def every_change_counts_and_no_moment_comes_twice(hand: Hand) -> None:
    def moment(writer: Writer) -> tuple[int, object]:
        return writer.revision, writer.now

    hand.change("begin")  # once by the change itself, once by name
    revisions, moments = zip(*(hand.store.write(moment) for _ in range(3)), strict=True)
    assert revisions == (3, 4, 5)
    assert sorted(set(moments)) == list(moments)
    assert hand.one("meta")["now"] == moments[-1]


@contract("write/found")
def a_store_is_founded_once(hand: Hand) -> None:
    before = hand.one("meta")
    (row,) = hand.change("found", store="another")
    assert row == {"store": before["store"], "schema": 2, "revision": 1, "restoring": None}


@contract("write/set_schema")
def the_schema_version_is_noted(hand: Hand) -> None:
    hand.change("set_schema", version=1)
    assert hand.one("meta")["schema"] == 1


@contract("write/set_restoring")
def a_restore_is_noted_and_later_changes_are_later_than_what_it_brought(hand: Hand) -> None:
    hand.change("set_restoring", file="out.gz")
    assert hand.one("meta")["restoring"] == "out.gz"
    hand.store.restoring = True
    ahead = hand.now.replace(year=hand.now.year + 1)
    properties = {"id": "a", "display": "Alfa", "recorded": ahead, "changed": ahead}
    hand.change("restore_nodes", rows=[{"labels": ["Thing", "Organisation"], "properties": properties}])
    hand.change("set_restoring", file="")
    hand.store.restoring = False
    assert hand.one("meta")["restoring"] is None
    hand.change("set_restoring", file="")
    assert hand.now > ahead


@contract("write/clear")
def everything_goes_page_by_page(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    assert hand.store.write_unnumbered("clear", limit=2) == [{"removed": 2}]
    removed = 2
    while page := hand.store.write_unnumbered("clear", limit=2)[0]["removed"]:
        removed += page
    hand.asked("write/clear")
    assert removed == 6  # thing, record, identifier, import, source, meta
    assert hand.store.read("meta") == []


@contract("write/add_import")
def an_import_begins_and_its_source_is_known_once(hand: Hand) -> None:
    hand.imported()
    more = {"source_id": "s-list", "file": "b.csv", "sha256": "00", "by": "tester"}
    (row,) = hand.change("add_import", id="i-b", source={"name": "list", "licence": "CC BY 4.0"}, **more)
    assert row == {"id": "i-b"}
    assert picked(hand.read("imports"), "id", "file", "state") == [
        ("i-b", "b.csv", "running"),
        ("i-list", "list.csv", "running"),
    ]
    assert picked(hand.read("sources"), "source", "licence") == [("list", "CC BY 4.0")]


@contract("write/end_import")
def an_import_ends_with_its_counts(hand: Hand) -> None:
    hand.imported()
    hand.change("end_import", id="i-list", state="done", counts={"rows": 2, "new": 1})
    ended = hand.now
    row = hand.one("imports")
    assert (row["state"], row["ended"], row["counts"]["rows"], row["counts"]["new"]) == ("done", ended, 2, 1)
    hand.change("end_import", id="i-list", state="undone", counts={})
    row = hand.one("imports")
    assert (row["state"], row["ended"], row["counts"]["rows"]) == ("undone", hand.now, 2)
    assert hand.one("imports", known_on=ended)["state"] == "done"


@contract("write/add_things")
def things_are_there_from_the_moment_of_the_change(hand: Hand) -> None:
    shown = {"display": "Alfa", "name": "Alfa", "founded": day("1999-01-01"), "aliases": ["A", "Å"]}
    hand.change("add_things", rows=[{"id": "a", "label": "Organisation", "shown": shown}])
    row = hand.one("thing", id="a")
    assert (row["label"], row["recorded"], row["changed"]) == ("Organisation", hand.now, hand.now)
    assert {name: row["shown"][name] for name in shown} == shown


@contract("write/add_identifiers")
def a_key_stays_with_whom_it_identifies(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}})
    hand.change("add_identifiers", rows=[{"id": "a", "key": "kbo:1"}, {"id": "b", "key": "kbo:1"}])
    hand.change("add_identifiers", rows=[{"id": "b", "key": "own:a"}])
    rows = hand.read("resolve_keys", keys=["kbo:1", "own:a", "own:b"])
    assert sorted(picked(rows, "key", "id")) == [("kbo:1", "a"), ("own:a", "a"), ("own:b", "b")]


@contract("write/add_records")
def a_record_says_what_it_describes_and_where_it_comes_from(hand: Hand) -> None:
    (id,) = hand.things("Organisation", {"a": {"name": "Alfa"}})
    (record,) = hand.read("export_page", family="Record", after="")
    assert record["properties"] == {
        "id": id, "key": f"key {id}", "row": 1, "raw": "{}", "source": "list", "priority": 50, "recorded": hand.now,
    }  # fmt: skip
    said = {kind: (end, properties) for kind, end, properties in record["relations"]}
    assert said["DESCRIBES"] == ("a", {"values": '{"name":"Alfa"}', "recorded": hand.now})
    assert said["FROM"] == ("i-list", {"row": 1})


@contract("write/link_records")
def a_record_seen_again_belongs_to_both_imports_once(hand: Hand) -> None:
    (id,) = hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.imported("register")
    for _ in range(2):
        hand.change("link_records", rows=[{"id": id, "row": 9}], **{"import": "i-register"})
    (record,) = hand.read("export_page", family="Record", after="")
    seen = sorted((end, said) for kind, end, said in record["relations"] if kind == "FROM")
    assert seen == [("i-list", {"row": 1}), ("i-register", {"row": 9})]


@contract("write/add_relations")
def a_second_telling_of_a_participation_marks_all(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}})
    hand.things("Collaboration", {"c": {"kind": "event"}})
    plain = {"type": "TOOK_PART", "end": "c", "record": "x", "properties": {"role": "speaker"}}
    hand.change("add_relations", rows=[{**plain, "start": "a"}, {**plain, "start": "b", "fresh": True}])
    assert told(hand) == {("a", "c"): [None], ("b", "c"): [None]}
    (row,) = [row for row in hand.read("export_page", family="Thing", after="") if row["properties"]["id"] == "a"]
    ((kind, end, said),) = row["relations"]
    assert (kind, end) == ("TOOK_PART", "c")
    assert said == {"role": "speaker", "record": "x", "source": "", "priority": 0, "recorded": hand.now}
    hand.change("add_relations", rows=[{**plain, "start": "a"}, {**plain, "start": "b"}, {**plain, "start": "b"}])
    assert told(hand) == {("a", "c"): [True] * 2, ("b", "c"): [True] * 3}
    hand.facts(("a", "COMPETES_WITH", "b"), ("a", "COMPETES_WITH", "b"))
    assert len(hand.read("related", id="a")) == 1


def told(hand: Hand) -> dict[tuple[str, str], list[bool | None]]:
    """For every participation, whether each telling of it is marked as odd."""
    found: dict[tuple[str, str], list[bool | None]] = {}
    for row in hand.read("export_page", family="Thing", after=""):
        for kind, end, said in row["relations"]:
            if kind == "TOOK_PART":
                found.setdefault((row["properties"]["id"], end), []).append(said.get("odd"))
    return found


@contract("write/retract_records")
def a_retracted_record_takes_all_it_said_with_it_and_nothing_else(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}, "b": {"name": "Beta"}})
    hand.things("Collaboration", {"c": {"kind": "event"}})
    ids = hand.facts(("a", "TOOK_PART", "c"), ("b", "TOOK_PART", "c"), ("a", "COMPETES_WITH", "b"))
    before = hand.now
    (row,) = hand.retract(ids[0])
    first = hand.now
    assert sorted(row["touched"]) == ["a", "c"]
    assert hand.retract(ids[0]) == [{"touched": []}]  # once is enough
    assert picked(hand.read("participants_of", id="c"), "id") == [("b",)]
    assert picked(hand.read("participants_of", id="c", known_on=before), "id") == [("a",), ("b",)]
    assert picked(hand.read("participants_of", id="c", known_on=first), "id") == [("b",)]
    assert picked(hand.read("related", id="a"), "type") == [("COMPETES_WITH",)]


@contract("write/restore_records")
def a_record_comes_back_under_a_new_id_and_says_the_same(hand: Hand) -> None:
    (id,) = hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.retract(id)
    gone = hand.now
    row = {"id": f"{id}~9", "from": id, "describes": [{"id": "a", "said": '{"name":"Alfa"}'}]}
    hand.change("restore_records", rows=[row])
    assert hand.one("live_records", keys=[f"key {id}"], ids=[])["live"] == [[f"key {id}", f"{id}~9"]]
    assert hand.one("sources_of", id="a")["records"] == 1
    assert hand.read("sources_of", id="a", known_on=gone) == []
    assert hand.one("import_records", id="i-list") == {"ids": [f"{id}~9"]}


@contract("write/restore_nodes")
def nodes_come_back_as_they_were(hand: Hand) -> None:
    properties = {
        "id": "a",
        "display": "Ålfa",
        "founded": day("1999-01-01"),
        "sme": True,
        "lat": 51.0,
        "aliases": ["x"],
    }
    hand.change("restore_nodes", rows=[{"labels": ["Thing", "Organisation"], "properties": properties}])
    (row,) = hand.read("export_page", family="Thing", after="")
    assert (sorted(row["labels"]), row["properties"]) == (["Organisation", "Thing"], properties)


@contract("write/restore_relations")
def relations_come_back_between_every_family_and_say_how_many(hand: Hand) -> None:
    (record,) = hand.things("Organisation", {"a": {"name": "Alfa"}})
    hand.show("a", {"name": "Beta"})
    version = f"a~{hand.store.revision()}"
    rows = [
        {"type": "PART_OF", "start": "a", "end": "a", "properties": {"record": record}},
        {"type": "DESCRIBES", "start": record, "end": "a", "properties": {}},
        {"type": "IDENTIFIES", "start": "own:a", "end": "a", "properties": {}},
        {"type": "WAS", "start": "a", "end": version, "properties": {}},
    ]
    assert hand.change("restore_relations", rows=rows) == [{"added": 4}]
    assert hand.change("restore_relations", rows=[{**rows[0], "end": "nobody"}]) == [{"added": 0}]
    (row,) = hand.read("export_page", family="Thing", after="", limit=1)
    assert sorted(kind for kind, _, _ in row["relations"]) == ["PART_OF", "WAS", "WAS"]


@contract("write/show")
def what_was_shown_before_stays_as_a_version(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa", "founded": day("1999-01-01")}})
    first = hand.now
    hand.show("a", {"name": "Beta"}, gone=True)
    gone = hand.now
    hand.show("a", {"name": "Beta"})
    versions = [row["properties"] for row in hand.read("export_page", family="Version", after="")]
    versions = sorted(versions, key=lambda version: version["recorded"])
    assert [(one["name"], one["recorded"], one["retracted"], one.get("gone")) for one in versions] == [
        ("Alfa", first, gone, None),
        ("Beta", gone, hand.now, True),
    ]
    assert versions[0]["founded"] == day("1999-01-01")
    assert "founded" not in hand.one("thing", id="a")["shown"]
