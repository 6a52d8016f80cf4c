"""What themes are called."""

from tests.queries.contracts import contract
from tests.queries.hand import Hand, picked


@contract("read/themes")
def a_theme_has_the_names_that_its_sources_give(hand: Hand) -> None:
    hand.things("Theme", {"t1": {"name": "Health", "label_nl": "Zorg", "label_en": "Health", "label_fr": "Santé"}})
    before = hand.now
    hand.things("Theme", {"t2": {"name": "SC2"}})
    hand.things("Organisation", {"a": {"name": "Alfa"}})
    assert picked(hand.read("themes"), "name", "nl", "en", "fr") == [
        ("Health", "Zorg", "Health", "Santé"),
        ("SC2", None, None, None),
    ]
    assert picked(hand.read("themes", known_on=before), "name") == [("Health",)]
