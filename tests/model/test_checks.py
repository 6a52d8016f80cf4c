"""Single values, by the rules of the registers that give them out."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.model import checks


def numbered(front: int) -> str:
    """The KBO number that begins with these eight digits."""
    return f"{front:08}{97 - front % 97:02}"


fronts = st.integers(min_value=0, max_value=89_999_999)


@given(fronts)
def test_a_kbo_number_is_known_however_it_is_written(front: int) -> None:
    number = numbered(front)
    grouped = f"{number[:4]}.{number[4:7]}.{number[7:]}"
    for written in (
        number,
        grouped,
        f"BE{number}",
        f"BE {grouped}",
        f" be {number} ",
        grouped.replace(".", " "),
        grouped.replace(".", "-"),
    ):
        assert checks.kbo(written) == number


@given(fronts, st.integers(0, 9), st.sampled_from(string.digits))
def test_one_wrong_digit_is_always_noticed(front: int, at: int, digit: str) -> None:
    number = numbered(front)
    assume(number[at] != digit)
    with pytest.raises(Refused):
        checks.kbo(number[:at] + digit + number[at + 1 :])


@given(fronts, st.integers(0, 8))
def test_two_neighbours_that_changed_places_are_noticed(front: int, at: int) -> None:
    number = numbered(front)
    assume(number[at] != number[at + 1])
    with pytest.raises(Refused):
        checks.kbo(number[:at] + number[at + 1] + number[at] + number[at + 2 :])


@given(st.text(max_size=14))
def test_any_text_is_ten_digits_or_refused(text: str) -> None:
    try:
        assert set(checks.kbo(text)) <= set(string.digits) and len(checks.kbo(text)) == 10
    except Refused as refused:
        assert refused.facts["value"] == text


@pytest.mark.parametrize("number", ["0200.065.765", "0419052173", "2.000.000.339"])
def test_enterprises_and_establishments_of_the_register(number: str) -> None:
    assert checks.kbo(number) == number.replace(".", "")


@pytest.mark.parametrize(
    "number", ["419052173", "9419052173", "04190521731", "0419052174", "0419.052.17a", "٠419052173", "", "BE"]
)
def test_a_malformed_kbo_number_says_what_to_write(number: str) -> None:
    with pytest.raises(Refused) as raised:
        checks.kbo(number)
    assert (raised.value.facts["field"], raised.value.facts["value"]) == ("kbo", number)
    assert raised.value.facts["remedy"]


@pytest.mark.parametrize(
    ("check", "given_", "kept"),
    [
        (checks.ror, "https://ror.org/05f950310", "05f950310"),
        (checks.ror, " ROR.ORG/05F950310 ", "05f950310"),
        (checks.country, "be", "BE"),
        (checks.country, "UK", "GB"),
        (checks.country, "EL", "GR"),
        (checks.domain, "https://www.Example.be/over?x=1", "example.be"),
        (checks.domain, "info@mail.example.be", "mail.example.be"),
        (checks.domain, "münchen.example:8080", "münchen.example"),
        (checks.email, " Info@Example.be ", "info@example.be"),
        (checks.lei, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
        (checks.vat, "be 0419.052.173", "BE0419052173"),
        (checks.vat, "NL-0000000.01-B01", "NL000000001B01"),
        (checks.nuts3, " be242", "BE242"),
        (lambda value: checks.digits("pic", value, 9), "999 991 334", "999991334"),
    ],
)
def test_a_value_is_kept_in_one_form(check: object, given_: str, kept: str) -> None:
    assert callable(check)
    assert check(given_) == kept


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks.ror, "05f95031"), (checks.ror, "https://ror.org/15f950310"),
        (checks.country, "BEL"), (checks.country, "B1"), (checks.country, ""),
        (checks.domain, "example"), (checks.domain, "a b.be"), (checks.domain, "..be"),
        (checks.email, "info@example"), (checks.email, "info example.be"), (checks.email, "a@b@example.be"),
        (checks.lei, "5493001KJTIIGC8Y1R13"), (checks.lei, "5493001KJTIIGC8Y1R1"),
        (checks.vat, "/"), (checks.vat, "NOT APPLICABLE"), (checks.vat, "BE0419052173BE0419052173"),
        (checks.nuts3, "BE24"), (checks.nuts3, "Leuven"),
        (checks.phone, "geen"), (checks.phone, "1" * 21),
        (checks.language, "nld"), (checks.language, "NL"),
        (lambda value: checks.digits("pic", value, 9), "99999133"),
        (lambda value: checks.one_of("kind", value, ("a", "b")), "c"),
        (lambda value: checks.some("name", [value]), ""),
    ],
)  # fmt: skip
def test_what_no_register_gives_out_is_refused(check: object, value: str) -> None:
    assert callable(check)
    with pytest.raises(Refused) as raised:
        check(value)
    assert raised.value.facts["problem"] and raised.value.facts["remedy"]


@pytest.mark.parametrize("value", [-0.1, 10.1, float("nan"), float("inf")])
def test_a_number_out_of_bounds_is_refused(value: float) -> None:
    checks.in_range("x", 0, 0, 10)
    checks.in_range("x", None, 0, 10)
    with pytest.raises(Refused, match="between 0 and 10"):
        checks.in_range("x", value, 0, 10)


@pytest.mark.parametrize(
    ("number", "tells"),
    [
        ("NL000000001B01", True),
        ("ATU12345678", True),
        ("BE0419052173", False),
        ("NL000000000B00", False),
        ("123456", False),
    ],
)
def test_only_a_number_with_its_country_says_who_somebody_is(number: str, tells: bool) -> None:
    assert checks.decides(number) is tells
