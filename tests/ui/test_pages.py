"""Every page in every language on a network worked out by hand: the names, the numbers, and where the links lead."""

from collections.abc import Iterator

import pytest

from graph.model.time import today
from graph.store.store import Store
from tests.ui import worlds
from tests.ui.screen import run, said
from tests.ui.worlds import FACTORY, LAB, TOWN, UNIVERSITY, charts, id_of, links, opened, points
from ui import state
from ui.texts import LANGUAGES, plain, text

languages = pytest.mark.parametrize("language", LANGUAGES)


def shared(language: str, n: int, names: str) -> str:
    return text(language, "shared_named", partners=text(language, "shared_partners", n=n), names=names)


@pytest.fixture(scope="module")
def world(server: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    server.clear()
    worlds.forget()
    worlds.load(server, tmp_path_factory.mktemp("world"))
    yield server
    state._store().close()
    worlds.forget()


# Start


@languages
def test_start_tells_the_last_year_of_the_data_in_four_numbers(world: Store, language: str) -> None:
    test = opened("", language)
    assert test.title[0].value == text(language, "start.title")
    assert [(metric.label, metric.value) for metric in test.metric] == [
        (text(language, "start.number.actors", year="2018"), "4"),
        (text(language, "start.number.collaborations", year="2018"), "3"),
        (text(language, "start.number.ties", year="2018"), "3"),
        (text(language, "start.number.ties_first", year="2018"), "1"),
    ]
    assert text(language, "start.old", year="2018") in said(test), "it is years ago, and the page says so"
    growth = {"nl": "+33,3 %", "en": "+33.3 %", "fr": "+33,3 %"}[language]
    assert test.metric[0].delta.replace("\u00a0", " ") == growth


def test_start_draws_ties_by_kind_in_the_colours_of_the_kinds(world: Store) -> None:
    (chart,) = charts(opened())
    drawn = points(chart)
    assert drawn[2018, "bedrijf"] == 1, "university and factory"
    assert drawn[2018, "kennisinstelling"] == 3
    assert drawn[2015, "overheid"] == 2, "the town with both in ALFA"
    domain = ["bedrijf", "kennisinstelling", "overheid", "intermediair", "andere"]
    colored = [layer["encoding"]["color"] for layer in chart["layer"] if layer["mark"]["type"] != "text"]
    assert [color["scale"]["domain"] for color in colored] == [domain] * 2
    assert chart["config"]["locale"]["number"]["decimal"] == ","


@languages
def test_start_shows_overlooked_links_between_those_with_a_name(world: Store, language: str) -> None:
    test = opened("", language)
    shown = links(test)
    assert {FACTORY, LAB} <= set(shown) or {plain(TOWN), LAB} <= set(shown)
    assert "PIC 900000555" not in shown
    assert shared(language, 1, UNIVERSITY) in said(test)
    assert text(language, "start.all_links") in shown


@languages
def test_a_search_answers_in_place_and_leads_to_the_card(world: Store, language: str) -> None:
    test = opened("", language, q="voorbeld")  # a letter is missing
    assert test.text_input("q").value == "voorbeld"
    assert links(test) == [UNIVERSITY]
    assert not test.metric, "the answers stand alone"
    assert test.page_link[0].proto.query_string == f"id={id_of(world, UNIVERSITY)}"
    place = {"nl": "LEUVEN, België", "en": "LEUVEN, Belgium", "fr": "LEUVEN, Belgique"}[language]
    kind = text(language, "kind.knowledge_institution")
    assert f"{kind} · {place} · {text(language, 'collaborations', n=3)}" in said(test)


@languages
def test_a_search_that_finds_nothing_says_what_to_try(world: Store, language: str) -> None:
    test = opened("", language, q="zzzz")
    assert [info.value for info in test.info] == [text(language, "found_nothing", text="zzzz")]


def test_what_is_typed_is_searched(world: Store) -> None:
    test = opened()
    test.text_input("q").set_value("fabriek")
    assert links(run(test)) == [FACTORY]
    test.text_input("q").set_value("  ")
    assert run(test).metric, "an empty search is none"


# Organisations


@languages
def test_organisations_are_a_table_with_what_they_did(world: Store, language: str) -> None:
    test = opened("organisaties", language)
    table = test.dataframe[0].value
    country = {"nl": "België", "en": "Belgium", "fr": "Belgique"}[language]
    first = table.iloc[0]
    assert first["name"] == f"■ {UNIVERSITY}"
    assert (first["kind"], first["municipality"]) == (text(language, "kind.knowledge_institution"), "LEUVEN")
    assert (first["country"], first["collaborations"], first["partners"]) == (country, 3, 3)
    assert first["years"] == "2015–2018"
    assert set(table["name"]) == {
        f"■ {UNIVERSITY}", f"■ {LAB}", f"● {FACTORY}", f"◆ {TOWN}", "● PIC 900000555"
    }  # fmt: skip
    assert text(language, "organisations.count", n=5) in said(test)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"zoek": "labo"}, {f"■ {LAB}"}),
        ({"land": "GB"}, {"● PIC 900000555"}),
        ({"soort": "company"}, {f"● {FACTORY}"}),
        ({"land": "BE", "soort": "knowledge_institution"}, {f"■ {UNIVERSITY}"}),
        ({"land": "nowhere"}, {f"■ {UNIVERSITY}", f"■ {LAB}", f"● {FACTORY}", f"◆ {TOWN}", "● PIC 900000555"}),
    ],
)
def test_a_choice_of_organisations_has_an_address(world: Store, query: dict[str, str], names: set[str]) -> None:
    assert set(opened("organisaties", **query).dataframe[0].value["name"]) == names


@languages
def test_a_choice_that_nobody_fits_says_so(world: Store, language: str) -> None:
    test = opened("organisaties", language, zoek="zzzz")
    assert [info.value for info in test.info] == [text(language, "organisations.none")]
    assert not test.dataframe


# The card


@languages
def test_the_card_tells_partners_collaborations_and_what_is_missing(world: Store, language: str) -> None:
    test = opened("organisatie", language, id=id_of(world, UNIVERSITY))
    assert test.title[0].value == f":orange[■] {UNIVERSITY} :gray[UV]"
    sentence = text(
        language, "card.sentence",
        collaborations=text(language, "collaborations", n=3), partners=text(language, "partners", n=3),
    )  # fmt: skip
    assert sentence in said(test)
    assert text(language, "card.most", name=FACTORY, times=text(language, "times", n=2)) in said(test)
    assert f"{text(language, 'times', n=2)} · 2015–2018" in said(test)
    assert [link for link in links(test) if link in (FACTORY, LAB)] == [FACTORY, LAB]
    assert plain(TOWN) in links(test), "a name is text, whatever it looks like"
    assert links(test).count("PIC 900000555") == 1, "the missing link, told without repeating whose card this is"
    (table,) = (table.value for table in test.dataframe)
    assert list(table["name"]) == ["RCN 300003", "BETA", "ALFA: Zonder omwegen"], "newest first"
    assert list(table["amount"]) == [1234567] * 3
    assert list(table["others"]) == [1, 1, 2]
    assert test.table[0].value["value"][text(language, "card.keys")] == "PIC 900000111"
    (timeline,) = charts(test)
    bars = timeline["layer"][0]["data"]["values"]
    assert [(bar["name"], bar["start"], bar["end"]) for bar in bars] == [
        ("RCN 300003", "2017-01-01", "2018-06-30"),
        ("BETA", "2016-03-01", "2018-12-31"),
        ("ALFA: Zonder omwegen", "2015-01-01", "2016-12-31"),
    ]
    assert "h2020" in said(test), "who says so"


@languages
def test_an_organisation_without_a_name_is_called_by_its_number(world: Store, language: str) -> None:
    test = opened("organisatie", language, id=id_of(world, "900000555"))
    assert test.title[0].value == ":gray[●] PIC 900000555"
    assert text(language, "card.nameless") in said(test)


@languages
def test_the_card_of_a_collaboration_tells_who_took_part(world: Store, language: str) -> None:
    test = opened("organisatie", language, id=id_of(world, "ALFA", "Collaboration"))
    assert test.title[0].value == ":gray[▬] ALFA"
    assert text(language, "card.sentence_collaboration", n=3) in said(test)
    assert text(language, "card.led", name=UNIVERSITY) in said(test)
    assert links(test)[:3] == [UNIVERSITY, FACTORY, plain(TOWN)], "who led it first"
    amount = {"nl": "1.234.567", "en": "1,234,567", "fr": "1\u202f234\u202f567"}[language]
    assert plain(f"€ {amount}") in said(test)
    day = {"nl": "1 jan 2015", "en": "1 Jan 2015", "fr": "1 janv. 2015"}[language]
    assert test.table[0].value["value"][text(language, "column.start")] == day


@languages
@pytest.mark.parametrize("path", ["organisatie", "netwerk", "schakels"])
def test_an_unknown_id_is_told_in_a_sentence(world: Store, path: str, language: str) -> None:
    test = opened(path, language, **{"voor" if path == "schakels" else "id": "nobody"})
    assert [warning.value for warning in test.warning] == [text(language, "card.unknown")]


@languages
def test_the_card_without_an_id_searches(world: Store, language: str) -> None:
    test = opened("organisatie", language)
    assert text(language, "card.choose") in said(test)
    test.text_input("card_q").set_value("gamma")
    assert links(run(test)) == ["GAMMA"]


# Network


@languages
def test_the_network_begins_with_the_busiest_and_has_a_table(world: Store, language: str) -> None:
    test = opened("netwerk", language)
    assert text(language, "network.sentence", name=UNIVERSITY, total=3, shown=3) in said(test)
    table = test.dataframe[0].value
    assert list(zip(table["name"], table["shared"], table["years"], strict=True)) == [
        (f"● {FACTORY}", 2, "2015–2018"), (f"■ {LAB}", 1, "2017–2018"), (f"◆ {TOWN}", 1, "2015–2016")
    ]  # fmt: skip
    assert len(test.get("bidi_component")) == 1


def test_the_network_moves_to_whom_the_reader_picks(world: Store) -> None:
    test = opened("netwerk", id=id_of(world, LAB))
    assert text("nl", "network.sentence", name=LAB, total=2, shown=2) in said(test)
    test.text_input("net_q").set_value("fabriek")
    run(test)
    test.button(f"net_q_{id_of(world, FACTORY)}").click()
    run(test)
    assert test.query_params["id"] == id_of(world, FACTORY)
    assert test.text_input("net_q").value == "", "the search makes room"
    assert text("nl", "network.sentence", name=FACTORY, total=2, shown=2) in said(test)


# Missing links


@languages
@pytest.mark.parametrize("listing", ["likely", "overlooked"])
def test_missing_links_are_the_pairs_with_a_shared_partner(world: Store, listing: str, language: str) -> None:
    test = opened("schakels", language, lijst=listing)
    assert test.button_group("lijst").value == listing
    assert text(language, f"links.{listing}_help") in said(test)
    names = links(test)
    pairs = {frozenset(names[at : at + 2]) for at in range(0, len(names), 2)}
    assert {frozenset(pair) for pair in ((FACTORY, LAB), (plain(TOWN), LAB), ("PIC 900000555", UNIVERSITY))} <= pairs
    assert shared(language, 1, UNIVERSITY) in said(test)


@pytest.mark.parametrize(
    ("land", "others"),
    [("", {LAB, "PIC 900000555"}), ("*", {LAB, "PIC 900000555"}), ("NL", {LAB}), ("GB", {"PIC 900000555"})],
)
def test_missing_links_begin_at_home_and_go_where_the_reader_looks(world: Store, land: str, others: set[str]) -> None:
    test = opened("schakels", land=land) if land else opened("schakels")
    assert test.selectbox(key="land").value == (land or "BE"), "most collaborations have a Belgian in them"
    assert set(links(test)) & {LAB, "PIC 900000555"} == others


def test_the_reasons_of_a_link_come_on_demand(world: Store) -> None:
    test = opened("schakels", voor=id_of(world, FACTORY))
    assert text("nl", "why_help") not in said(test)
    test.session_state["link0_why"] = True
    run(test)
    assert text("nl", "why_help") in said(test)
    assert UNIVERSITY in links(test)
    assert any(caption.value.endswith("%") for caption in test.caption)


@languages
def test_missing_links_of_one_name_only_the_other(world: Store, language: str) -> None:
    test = opened("schakels", language, voor=id_of(world, FACTORY))
    assert text(language, "links.shown_for", name=FACTORY) in said(test)
    assert LAB in links(test)
    assert FACTORY not in links(test)


def test_from_the_links_of_one_it_is_one_click_to_all(world: Store) -> None:
    test = opened("schakels", voor=id_of(world, FACTORY))
    (all_again,) = (one for one in test.button if one.label.endswith(text("nl", "links.for_all")))
    all_again.click()
    assert FACTORY in links(run(test))


# Growth


@languages
def test_growth_shows_six_small_pictures_and_one_large(world: Store, language: str) -> None:
    test = opened("groei", language)
    drawn = charts(test)
    assert len(drawn) == 7
    name = text(language, "indicator.actors")
    assert points(drawn[0]) == {(2015, name): 3, (2016, name): 3, (2017, name): 3, (2018, name): 4}
    assert points(drawn[6]) == points(drawn[0])
    table = test.dataframe[0].value
    assert list(zip(table["year"], table["value"], table["n"], strict=True)) == [
        ("2015", 3, 1), ("2016", 3, 2), ("2017", 3, 2), ("2018", 4, 3)
    ]  # fmt: skip
    assert set(table["group"]) == {text(language, "growth.total")}
    assert text(language, "definition.actors") in said(test)
    assert text(language, "growth.basis", sources="h2020", day=today()) in said(test)


@languages
@pytest.mark.parametrize(
    ("by", "groups"), [("kind", {"kind.company": 1, "kind.government": 0}), ("theme", {"SC1": 1, "SC2": 2})]
)
def test_growth_is_told_by_group(world: Store, language: str, by: str, groups: dict[str, int]) -> None:
    test = opened("groei", language, indicator="collaborations", per=by)
    drawn = points(charts(test)[6])
    for group, value in groups.items():
        name = text(language, group) if "." in group else group
        assert drawn.get((2018, name), 0) == value


@languages
def test_growth_by_region_says_that_no_region_is_known(world: Store, language: str) -> None:
    test = opened("groei", language, per="region")
    assert text(language, "growth.no_region") in [info.value for info in test.info]
