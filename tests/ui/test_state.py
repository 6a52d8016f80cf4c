"""What pages conclude from the network: the year to speak of, and where home is."""

from collections.abc import Sequence

import pytest

from graph.model.time import today
from graph.snapshot import Snapshot
from ui.state import home_of, told_year, years


def network(countries: Sequence[str], projects: Sequence[tuple[str, Sequence[int]]]) -> Snapshot:
    """Actors a0, a1, ... in these countries; projects by their first day and who takes part."""
    took = [(f"a{actor}", f"p{at}") for at, (_, actors) in enumerate(projects) for actor in actors]
    return Snapshot.build(
        store="by hand",
        revision=1,
        valid_on=today(),
        actors={"id": [f"a{at}" for at in range(len(countries))], "country": list(countries)},
        activities={"id": [f"p{at}" for at in range(len(projects))], "start": [start for start, _ in projects]},
        participations={"actor": [actor for actor, _ in took], "activity": [project for _, project in took]},
    )


THIS = today().year


@pytest.mark.parametrize(
    ("starts", "span", "told"),
    [
        (["2014-05-01", "2018-01-01"], (2014, 2018), 2018),  # the data end years ago
        ([f"{THIS - 2}-05-01", f"{THIS}-01-01"], (THIS - 2, THIS), THIS - 1),  # this year still runs
        ([f"{THIS}-01-01"], (THIS, THIS), THIS),  # there is no other
        ([f"{THIS - 3}-01-01", f"{THIS + 4}-01-01"], (THIS - 3, THIS), THIS - 1),  # what is planned is no year to tell
        ([""], (THIS, THIS), THIS),  # no day is known
    ],
)
def test_the_year_to_speak_of_is_the_last_whole_one(starts: list[str], span: tuple[int, int], told: int) -> None:
    taken = network(["BE"], [(start, [0]) for start in starts])
    assert years(taken) == span
    assert told_year(taken) == told


def test_home_is_the_country_of_most_collaborations_not_of_most_participants() -> None:
    taken = network(["BE", "DE", "DE", "DE", ""], [("2020-01-01", [0, 1, 2, 3, 4]), ("2021-01-01", [0, 4])])
    assert home_of(taken, None) == "BE"


def test_the_hub_is_at_home() -> None:
    taken = network(["BE", "SE"], [("2020-01-01", [0])])
    assert home_of(taken, "a1") == "SE"
    assert home_of(taken, "nobody here") == "BE"


def test_without_countries_there_is_no_home() -> None:
    assert home_of(network(["", ""], [("2020-01-01", [0, 1])]), None) == ""
    assert home_of(network([], []), None) == ""
