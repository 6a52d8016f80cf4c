"""Moments, periods and their precision."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.model.time import ALWAYS, OPEN, UNKNOWN, Moment, Period, Precision, today

days = st.dates(min_value=date(1, 1, 1))


@given(days)
def test_every_day_is_read_back_as_it_is_written(day: date) -> None:
    assert Moment.parse(day.isoformat()) == Moment(day, Precision.DAY)
    assert Moment.parse(day.isoformat()).last == day


@given(days)
def test_a_month_and_a_year_begin_on_their_first_and_end_on_their_last_day(day: date) -> None:
    month, year = Moment.parse(day.isoformat()[:7]), Moment.parse(day.isoformat()[:4])
    assert (month.on, month.precision) == (day.replace(day=1), Precision.MONTH)
    assert month.last == day.replace(day=calendar.monthrange(day.year, day.month)[1])
    assert (year.on, year.last) == (date(day.year, 1, 1), date(day.year, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-1-1", "23-01-01", "2023-01-01T00:00", "0000", "",
     "x", "2023-", "02-2023", "١٩٩٩", "2023-01-01 2024"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(Refused, match="Write 2024-03-05, 2024-03 or 2024"):
        Moment.parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = Moment.parse(text)
    except Refused:
        return
    assert moment.on is not None and moment.last is not None
    assert moment.on <= moment.last


def test_a_date_and_its_precision_belong_together() -> None:
    for precision in (Precision.OPEN, Precision.UNKNOWN):
        assert Moment(None, precision).last is None
        with pytest.raises(Refused):
            Moment(date(2020, 1, 1), precision)
    for precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        with pytest.raises(Refused):
            Moment(None, precision)


@given(days, days)
def test_an_end_before_its_start_is_refused_and_no_other(first: date, second: date) -> None:
    start, end = Moment(first, Precision.DAY), Moment(second, Precision.DAY)
    if second < first:
        with pytest.raises(Refused, match="lies before the start"):
            Period(start, end)
    else:
        assert Period(start, end).properties() == {
            "start": first, "start_precision": "day", "end": second, "end_precision": "day",
        }  # fmt: skip


@given(days, st.sampled_from([4, 7]))
def test_what_may_have_been_later_is_not_refused(day: date, length: int) -> None:
    """Begun on a day, ended some day of that month or year: it can be."""
    end = Moment.parse(day.isoformat()[:length])
    assert Period(Moment(day, Precision.DAY), end).properties()["end"] == end.last
    Period(end, Moment(day, Precision.DAY))


def test_what_goes_on_and_what_nobody_knows_are_different_ends() -> None:
    start = Moment.parse("2020")
    assert Period(start, OPEN).properties()["end_precision"] == "open"
    assert Period(start, UNKNOWN).properties()["end_precision"] == "unknown"
    assert Period(start, OPEN).properties()["end"] is None
    assert Period(UNKNOWN, UNKNOWN) == ALWAYS
    Period(UNKNOWN, Moment.parse("1900"))
    with pytest.raises(Refused, match="a start cannot be open"):
        Period(OPEN, UNKNOWN)


def test_today_is_a_day() -> None:
    assert type(today()) is date
