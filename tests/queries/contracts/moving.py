"""What moves everything out and in again."""

from tests.queries.contracts import contract
from tests.queries.hand import Hand


@contract("read/count_all")
def all_is_counted_but_the_store_itself(hand: Hand) -> None:
    assert hand.one("count_all") == {"nodes": 0, "relationships": 0}
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    # thing, record, identifier, import, source; DESCRIBES, IDENTIFIES, FROM, OF
    assert hand.one("count_all") == {"nodes": 5, "relationships": 4}


@contract("write/empty")
def everything_goes_page_by_page_but_the_store_itself(hand: Hand) -> None:
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    before = hand.one("meta")
    removed = 0
    while page := hand.store.write_unnumbered("empty", limit=2)[0]["removed"]:
        removed += page
    hand.asked("write/empty")
    assert removed == 5
    assert hand.one("meta") == before


@contract("write/renew")
def a_store_becomes_another_one(hand: Hand) -> None:
    before = hand.one("meta")
    hand.change("renew", store="another", revision=70)
    assert hand.one("meta") == {**before, "store": "another", "revision": 70, "now": hand.now}
    assert hand.store.revision() == 70
    assert hand.store.id == "another"
