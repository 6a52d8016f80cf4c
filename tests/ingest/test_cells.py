"""Cells as people and registers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.model.time import OPEN, UNKNOWN, Moment, Precision
from ingest import values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/03/2024", date(2024, 3, 5)),
        ("5-3-2024", date(2024, 3, 5)),
        ("05.03.2024", date(2024, 3, 5)),
        ("5/3/24", date(2024, 3, 5)),
        ("05/03/2024 14:30", date(2024, 3, 5)),
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05 14:30:00", date(2024, 3, 5)),
        ("2024-03-05T14:30:00.5Z", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("45356", date(2024, 3, 5)),  # a spreadsheet's day number
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    assert values.moment(text) == Moment(day, Precision.DAY)


@pytest.mark.parametrize("text", ["11/29/24 22:28", "11/29/2024", "11/29/24 10:28 PM"])
def test_american_days_have_the_month_first(text: str) -> None:
    assert values.moment(text, month_first=True) == Moment(date(2024, 11, 29), Precision.DAY)
    with pytest.raises(Refused, match="there is no such date"):
        values.moment(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024", Moment(date(2024, 1, 1), Precision.YEAR)),
        ("2024-03", Moment(date(2024, 3, 1), Precision.MONTH)),
        ("3/2024", Moment(date(2024, 3, 1), Precision.MONTH)),
        ("heden", OPEN),
        ("Lopend", OPEN),
        ("", UNKNOWN),
        ("onbekend", UNKNOWN),
    ],
)
def test_less_than_a_day_keeps_its_precision(text: str, moment: Moment) -> None:
    assert values.moment(text) == moment


@pytest.mark.parametrize(
    "text", ["31/02/2024", "29/02/2023", "2024-13-01", "0/0/2024", "2024-00-10", "2024-02-30", "soon", "99999999"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="there is no such date"):
        values.moment(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1090141.18", 1090141.18),
        ("1.090.141,18", 1090141.18),
        ("1,090,141.18", 1090141.18),
        ("€ 1 090 141,18", 1090141.18),
        ("EUR 1090141.18", 1090141.18),
        ("1\u202f090\u00a0141,18", 1090141.18),
        ("1.2e3", 1200.0),
        ("0,5", 0.5),
        ("-250", -250.0),
        ("0", 0.0),
        ("", None),
        ("n/a", None),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, amount: float | None) -> None:
    assert values.number(text) == amount


@pytest.mark.parametrize("text", ["1,234", "120.000", "twelve", "1.2.3,4,5", "--1", "9" * 400, "1e99999", "12,5 kg"])
def test_what_is_no_amount_or_can_mean_two_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        values.number(text)


@pytest.mark.parametrize(
    ("text", "decimal", "amount"),
    [
        ("120.000", ",", 120_000), ("120.000", ".", 120), ("1,234", ",", 1.234), ("1,234", ".", 1_234),
        ("1.250.000", ",", 1_250_000), ("12,5", ",", 12.5), ("-1.000,50", ",", -1_000.5), ("5", ",", 5),
        (values.Figure("120.125"), ",", 120.125), (values.Figure("120.125"), "", 120.125),
    ],
)  # fmt: skip
def test_a_table_that_keeps_to_one_mark_is_clear(text: str, decimal: str, amount: float) -> None:
    assert values.number(text, decimal=decimal) == amount


@pytest.mark.parametrize(("text", "decimal"), [("236187.5", ","), ("236187,5", "."), ("1.23.456", ","), ("1,2", ".")])
def test_the_other_mark_out_of_place_is_refused(text: str, decimal: str) -> None:
    with pytest.raises(Refused, match="its marks do not stand between thousands"):
        values.number(text, decimal=decimal)


@pytest.mark.parametrize("text", ["51.230", "51,230", "51.2297838", "51"])
def test_a_latitude_has_no_thousands(text: str) -> None:
    assert values.degrees(text) == float(text.replace(",", "."))


@pytest.mark.parametrize(("text", "value"), [("ja", True), ("X", True), ("Neen", False), ("0", False), ("", None)])
def test_yes_no_and_not_known_are_three(text: str, value: bool | None) -> None:
    assert values.truth(text) is value


@pytest.mark.parametrize(
    "name", ["Université de Liège", "KÖLN", "Škoda", "ČESKÉ VYSOKÉ", "Łódź", "Москва", "x – “y” ’z"]
)
def test_utf8_read_as_something_else_is_put_right(name: str) -> None:
    data = name.encode()
    latin = data.decode("latin-1")
    windows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    assert values.unscrambled(latin) == name
    assert values.unscrambled(windows) == name
    assert values.unscrambled(name) == name


@pytest.mark.parametrize(
    "name", ["CAFÉ–BAR", "IRMÔ", "FUNDAÇÃO–X", "TRÄ–OCH", "L’ÉCOLE", "«Été»", "SÃO", "É»", "«IDÄ»"]
)
def test_what_only_may_be_scrambled_stays(name: str) -> None:
    assert values.unscrambled(name) == name


@given(st.text())
def test_unscrambling_is_done_once(text: str) -> None:
    """What was put right reads as text: its bytes are what the sign by sign reading was."""
    found = values.unscrambled(text)
    if found != text:
        assert found.encode() == b"".join(values._byte(sign).encode("latin-1") for sign in text)


@given(st.text())
def test_plain_text_is_one_line_without_control_signs(text: str) -> None:
    found = values.plain(text)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in found)
    assert found == " ".join(found.split())
    assert values.plain(found) == found
