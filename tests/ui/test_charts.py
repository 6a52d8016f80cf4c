"""What a chart says: kinds in their own colours, counts from zero, open years dashed, names that can be read."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graph.model.time import today
from tests.ui.worlds import charts, points
from ui.charts import LABEL, _ends


def drawn(rows: list[dict[str, Any]], language: str = "nl") -> tuple[dict[str, Any], AppTest]:
    def page() -> None:
        import streamlit as st

        from ui import charts

        st.session_state["open"] = charts.lines(
            st.session_state["rows"], "Banden", language=st.session_state["language"], name_of=str.upper
        )

    test = AppTest.from_function(page)
    test.session_state["rows"] = rows
    test.session_state["language"] = language
    test.run(timeout=30)
    assert not test.exception
    return (charts(test) or [{}])[0], test


def row(year: int, value: float | None, group: str = "", flags: str = "") -> dict[str, Any]:
    return {"year": year, "value": value, "group": group, "flags": flags}


def by_mark(chart: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [layer for layer in chart["layer"] if layer["mark"]["type"] == mark]


def test_an_open_year_is_dashed_on_from_the_last_whole_one() -> None:
    chart, test = drawn([row(2023, 5), row(2024, 7), row(2025, 2, flags="open|small_n")])
    whole, still = by_mark(chart, "line")
    assert [one["year"] for one in whole["data"]["values"]] == [2023, 2024]
    assert [one["year"] for one in still["data"]["values"]] == [2024, 2025]
    assert still["mark"]["strokeDash"] != whole["mark"]["strokeDash"]
    assert test.session_state["open"] is True


def test_whole_years_are_one_line_and_nothing_is_to_be_explained() -> None:
    chart, test = drawn([row(2023, 5), row(2024, 7)])
    assert len(by_mark(chart, "line")) == 1
    assert test.session_state["open"] is False


def test_one_line_needs_no_name_and_many_have_theirs_at_the_end() -> None:
    assert by_mark(drawn([row(2023, 5), row(2024, 7)])[0], "text") == []
    chart, _ = drawn([row(year, value, group) for year in (2023, 2024) for group, value in (("a", 5), ("b", 9))])
    (names,) = by_mark(chart, "text")
    assert [(one["group"], one["year"]) for one in names["data"]["values"]] == [("A", 2024), ("B", 2024)]
    assert points(chart)[2024, "B"] == 9


def test_names_at_the_same_height_are_pushed_apart() -> None:
    data = [{"year": 2024, "group": group, "value": value} for group, value in (("a", 50), ("b", 50), ("c", 51))]
    ends = [one["at"] for one in _ends(data, 240)]
    least = 51 * LABEL / 200  # pixels to the measure of the axis
    assert ends[0] == 50
    assert ends[1] - ends[0] == pytest.approx(least)
    assert ends[2] - ends[1] == pytest.approx(least)


def test_a_kind_has_its_colour_whoever_else_is_there() -> None:
    chart, _ = drawn([row(2024, 5, "government"), row(2024, 1, "other")])
    scale = chart["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["COMPANY", "KNOWLEDGE_INSTITUTION", "GOVERNMENT", "INTERMEDIARY", "OTHER"]


@pytest.mark.parametrize(("language", "signs"), [("nl", ".,"), ("en", ",."), ("fr", "\u00a0,")])
def test_numbers_are_written_as_the_reader_does(language: str, signs: str) -> None:
    number = drawn([row(2024, 5)], language)[0]["config"]["locale"]["number"]
    assert number["thousands"] + number["decimal"] == signs


def test_who_cannot_see_it_is_told_the_first_and_last_value() -> None:
    _, test = drawn([row(2022, 1500), row(2023, 1), row(2024, 2500)])
    (chart,) = test.get("vega_lite_chart")
    assert "Banden. Banden: 2022 1.500 → 2024 2.500" in str(chart.proto)


def test_years_without_a_value_are_left_out_and_nothing_at_all_is_said() -> None:
    assert points(drawn([row(2023, None), row(2024, 0)])[0]) == {(2024, "Banden"): 0}
    chart, test = drawn([row(2023, None)])
    assert chart == {}
    assert [caption.value for caption in test.caption] == ["Geen cijfers voor deze jaren."]


def test_the_line_of_years_draws_days_as_points_and_open_ends_pale() -> None:
    def page() -> None:
        from datetime import date

        from ui import charts

        rows = [
            ("Congres", date(2024, 5, 1), date(2024, 5, 2)),
            ("Project", date(2023, 1, 1), date(2024, 12, 31)),
            ("Bestuur", date(2022, 1, 1), None),
        ]
        charts.timeline(
            [{"name": n, "start": s, "end": e, "kind": "x", "about": "", "years": ""} for n, s, e in rows],
            alt="Samenwerkingen", language="nl",
        )  # fmt: skip

    test = AppTest.from_function(page).run(timeout=30)
    assert not test.exception
    bars, point = charts(test)[0]["layer"]
    assert [(one["name"], one["open"]) for one in bars["data"]["values"]] == [("Project", False), ("Bestuur", True)]
    assert bars["data"]["values"][1]["end"] == max(today(), date(2022, 1, 1)).isoformat()
    assert [one["name"] for one in point["data"]["values"]] == ["Congres"]
    assert bars["encoding"]["y"]["sort"] == ["Congres", "Project", "Bestuur"]
