"""The card of everything that the demo world holds, in every language: a name, its kind in words, and what it knows."""

from collections.abc import Iterator

import pytest

from demo.load import load
from graph.model.time import today
from graph.store import ask
from graph.store.store import Store
from tests.ui import worlds
from tests.ui.screen import said
from tests.ui.worlds import charts, links, opened
from ui import state
from ui.texts import LANGUAGES, called, plain, text

languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def demo(server: Store) -> Iterator[Store]:
    server.clear()
    worlds.forget()
    load(server, by="tester")
    yield server
    state._store().close()
    worlds.forget()


LABELS = ("Organisation", "Person", "Collaboration", "Theme", "Region", "Grant", "Scheme", "Introduction", "Touch")


@pytest.fixture(scope="module")
def cards(demo: Store) -> dict[str, ask.Card]:
    """One of every label: the busiest organisation, and the first of each other that one meets on going on from it."""
    taken = state.snapshot()
    found = {"Organisation": str(taken.actor_id[int(state.totals().collaborations.argmax())])}
    waiting = [found["Organisation"]]
    for id in waiting:
        rows = demo.read("related", id=id, limit=100, **ask.When().params())
        for row in rows:
            if row["label"] not in found:
                found[row["label"]] = row["id"]
                waiting.append(row["id"])
        if not rows or len(found) == len(LABELS):
            break
    return {label: ask.card(demo, id) for label, id in found.items()}


@languages
@pytest.mark.parametrize("label", LABELS)
def test_a_card_has_a_name_and_says_what_it_is(cards: dict[str, ask.Card], label: str, language: str) -> None:
    card = cards[label]
    test = opened("organisatie", language, id=card.id)
    kind = card.shown.get("kind") if label in ("Organisation", "Collaboration") else None
    what = text(language, f"kind.{kind}") if kind else text(language, f"label.{label}")
    assert any(line.value.startswith(f"{what[:1].upper()}{what[1:]}") for line in test.markdown)
    name = card.name
    if label == "Theme":
        name = card.shown[f"label_{language}"]
    if label in ("Introduction", "Touch"):
        name = f"{text(language, f'label.{label}').capitalize()} {name.partition(':')[2]}"
    assert plain(called(name)) in test.title[0].value
    for group in {f"{row['type']}_{row['way']}" for row in card.related}:
        assert text(language, f"related.{group}") in [heading.value for heading in test.subheader]
    assert text(language, "card.sources") in [heading.value for heading in test.subheader]


@languages
def test_themes_are_in_the_readers_language_wherever_they_stand(
    cards: dict[str, ask.Card], demo: Store, language: str
) -> None:
    names = {row["name"]: row[language] for row in demo.read("themes", known_on=ask.LATEST)}
    related = [row["name"] for row in cards["Organisation"].related if row["label"] == "Theme"]
    assert related
    shown = links(opened("organisatie", language, id=cards["Organisation"].id))
    assert all(plain(names[name]) in shown for name in related)
    growth = opened("groei", language, indicator="collaborations", per="theme")
    groups = {row["group"] for row in charts(growth)[6]["layer"][0]["data"]["values"]}
    assert groups <= set(names.values())


@languages
def test_who_reads_it_knows_that_the_world_is_invented(demo: Store, language: str) -> None:
    assert text(language, "demo_world") in said(opened("", language))
    assert text(language, "demo_world") in [caption.value for caption in opened("schakels", language).sidebar.caption]


def test_a_year_that_still_runs_is_not_compared_with_a_whole_one(demo: Store) -> None:
    first, last = state.years(state.snapshot())
    year = state.told_year(state.snapshot())
    test = opened()
    assert test.metric[0].label == text("nl", "start.number.actors", year=str(year))
    assert year == (last - 1 if last == today().year else last)
    assert first < year


def test_a_person_has_a_card_with_its_work_and_its_legal_basis(cards: dict[str, ask.Card]) -> None:
    card = cards["Person"]
    test = opened("organisatie", id=card.id)
    facts = test.table[0].value["value"]
    assert facts[text("nl", "column.basis")] == text("nl", f"basis.{card.shown['basis']}")
    employers = [row["name"] for row in card.related if row["type"] == "WORKS_FOR"]
    assert all(plain(name) in links(test) for name in employers)
    assert text("nl", "page.missing_links") not in [heading.value for heading in test.subheader]
