"""People: the same mail address decides, names only suggest. All names are invented."""

from ingest.resolve.people import PersonPair, match_people


def person(key: str, name: str, email: str = "") -> dict[str, str]:
    return {"id": key, "name": name, "email": email}


def test_one_address_and_one_name() -> None:
    found = match_people(
        [person("1", "Ada Voorbeeld", "ADA@example.be"), person("2", "Voorbeeld, Ada", "ada@example.be ")]
    )
    assert found == [PersonPair("1", "2", "auto", "email")]


def test_an_initial_is_no_other_name() -> None:
    found = match_people(
        [person("1", "A. Voorbeeld", "ada@example.be"), person("2", "Ada Voorbeeld", "ada@example.be")]
    )
    assert [pair.band for pair in found] == ["auto"]


def test_several_people_of_one_order_share_an_address() -> None:
    found = match_people([person("1", "Ada Voorbeeld", "ada@example.be"), person("2", "Bert Ander", "ada@example.be")])
    assert found == [PersonPair("1", "2", "review", "email")]


def test_an_address_of_an_office_identifies_nobody() -> None:
    found = match_people(
        [person("1", "Ada Voorbeeld", "info@example.be"), person("2", "Ada Voorbeeld", "info@example.be")]
    )
    assert [pair.band for pair in found] == ["review"]


def test_a_name_only_suggests() -> None:
    found = match_people([person("2", "Ada Voorbeeld", "a@example.be"), person("1", "Voorbeeld Ada", "b@example.be")])
    assert found == [PersonPair("1", "2", "review", "name")]


def test_strangers_and_the_nameless_are_nothing() -> None:
    assert (
        match_people([person("1", "Ada Voorbeeld"), person("2", "Bert Ander"), person("3", ""), person("4", "")]) == []
    )
