"""Every stored type: frozen, refusing nonsense, and the same after it was stored."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.model import (
    LABELS,
    Change,
    Collaboration,
    Grant,
    Import,
    Introduction,
    Judgement,
    List,
    Observation,
    Organisation,
    Person,
    Region,
    Scheme,
    Source,
    Theme,
    Thing,
    Touch,
    View,
)
from graph.model.time import OPEN, Moment, Period
from graph.store.described import heard, said

AT = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)

# One of every label with all of its fields filled in.
WHOLE: dict[str, Thing] = {
    "Organisation": Organisation(
        name="Havenlab", kind="knowledge_institution", short_name="HL", aliases=("Port Lab", "Lab du port"),
        size="medium", legal_form="VZW", kbo="0419052173", vat="BE0419052173", ror="05f950310", pic="999991334",
        lei="5493001KJTIIGC8Y1R12", domain="example.be", street="Kaai 1", postcode="08400", municipality="Oostende",
        nuts3="BE255", country="BE", lat=51.2, lon=2.9, founded=Moment.parse("1999"),
        dissolved=Moment.parse("2020-03"), sme=False, publish="yes",
    ),
    "Person": Person(
        name="Proef Persoon", email="proef@example.be", phone="+32 59 00 00 00", languages=("nl", "fr"),
        basis="consent", purpose="events", basis_expires=Moment.parse("2030"),
        retention_until=Moment.parse("2031-01-31"),
    ),
    "Collaboration": Collaboration(
        kind="event", title="Waterdag", acronym="WD",
        period=Period(Moment.parse("2024-05-05"), Moment.parse("2024-05-06")),
        format="hybrid", scope="targeted", paid=True, programme="Blauwe groei", budget_eur=1500.5, by_cluster=True,
        societal_challenge="climate",
    ),
    "Scheme": Scheme(
        name="Innovatiesteun", cap_eur=150_000, eligible=("company",), min_partners=2,
        period=Period(Moment.parse("2020"), OPEN), yearly_budget_eur=1e6,
    ),
    "Grant": Grant(
        title="Sluis", applied=Moment.parse("2020-01-01"), decided=Moment.parse("2020-03"), decision="granted",
        amount_eur=100_000, paid_eur=50_000, report_due=Moment.parse("2022"),
    ),
    "Observation": Observation(indicator="CPI9", year=2023, value=12.5),
    "Introduction": Introduction(
        steps=(("proposed", date(2020, 1, 1)), ("met", date(2020, 2, 1))), reason="both in water", asked_by="a",
    ),
    "Touch": Touch(kind="task", on=Moment.parse("2024-01-01"), due=Moment.parse("2024-02-01"), text="call back"),
    "Theme": Theme(code="62.01", scheme="nace2008", label_nl="Software", label_en="Software", label_fr="Logiciels"),
    "Region": Region(code="BE25", name="West-Vlaanderen", partner=True),
    "Source": Source(name="list", publisher="a hub", licence="CC0", url="https://example.be", priority=60),
    "Import": Import(file="list.csv", by="tester", sha256="00", state="done"),
    "Judgement": Judgement(
        a="list|1", b="list|2", verdict="same", by="tester", on=AT, score=0.9, reasons=("same number",)
    ),
    "Change": Change(who="tester", when=AT, what="corrected", thing="o1", before="{}", after="{}"),
    "View": View(title="Water", owner="tester", query="?kind=company", layout="{}"),
    "List": List(title="Water", owner="tester", query="water", live=True),
}  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_every_label_is_here_with_all_its_fields(label: str) -> None:
    thing = WHOLE[label]
    assert (type(thing), thing.label) == (LABELS[label], label)
    for field in fields(thing):  # type: ignore[arg-type]
        assert getattr(thing, field.name) not in ("", None, ()), f"{label}.{field.name} is not filled in"


@pytest.mark.parametrize("label", LABELS)
def test_nothing_that_is_said_is_lost_on_the_way_into_the_store(label: str) -> None:
    thing, stored = WHOLE[label], WHOLE[label].properties()
    assert heard(said(stored)) == stored
    for field in fields(thing):  # type: ignore[arg-type]
        value = getattr(thing, field.name)
        if isinstance(value, Period):
            assert (stored["start"], stored["start_precision"]) == (value.start.on, str(value.start.precision))
            assert stored.get("end") == value.end.last
            assert stored["end_precision"] == str(value.end.precision)
        elif isinstance(value, Moment):
            assert (stored[field.name], stored[f"{field.name}_precision"]) == (value.on, str(value.precision))
        elif field.name == "steps":
            assert stored["stage"] == value[-1][0]
            assert list(zip(stored["stages"], stored["stage_dates"], strict=True)) == [  # type: ignore[arg-type]
                (stage, day.isoformat()) for stage, day in value
            ]
        else:
            assert stored[field.name] == (list(value) if isinstance(value, tuple) else value)


@pytest.mark.parametrize("label", LABELS)
def test_a_thing_cannot_be_changed(label: str) -> None:
    thing = WHOLE[label]
    name = fields(thing)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        setattr(thing, name, getattr(thing, name))
    with pytest.raises((AttributeError, TypeError)):
        thing.something_else = 1  # type: ignore[attr-defined]


def test_what_a_source_does_not_say_is_not_stored() -> None:
    assert Organisation(name="A").properties() == {"name": "A"}
    assert Collaboration(kind="event").properties() == {"kind": "event"}
    assert Collaboration(kind="event", paid=False).properties() == {"kind": "event", "paid": False}
    going_on = Collaboration(kind="board", period=Period(Moment.parse("2020"), OPEN)).properties()
    assert "end" not in going_on and going_on["end_precision"] == "open"


@pytest.mark.parametrize(
    ("label", "wrong"),
    [
        ("Organisation", {"kind": "firm"}), ("Organisation", {"size": "huge"}), ("Organisation", {"publish": "maybe"}),
        ("Organisation", {"kbo": "0419052174"}), ("Organisation", {"ror": "x"}), ("Organisation", {"pic": "12"}),
        ("Organisation", {"lei": "x"}), ("Organisation", {"vat": "/"}), ("Organisation", {"domain": "x"}),
        ("Organisation", {"nuts3": "BE"}), ("Organisation", {"country": "Belgium"}), ("Organisation", {"lat": 91.0}),
        ("Organisation", {"lon": -181.0}), ("Organisation", {"dissolved": Moment.parse("1998")}),
        ("Organisation", {"name": "", "short_name": "", "kbo": "", "vat": "", "ror": "", "pic": "", "lei": ""}),
        ("Person", {"basis": "because"}), ("Person", {"email": "x"}), ("Person", {"phone": "x"}),
        ("Person", {"languages": ("Dutch",)}), ("Person", {"name": "", "email": ""}),
        ("Collaboration", {"kind": ""}), ("Collaboration", {"kind": "party"}), ("Collaboration", {"format": "paper"}),
        ("Collaboration", {"scope": "wide"}), ("Collaboration", {"budget_eur": -1.0}),
        ("Scheme", {"name": ""}), ("Scheme", {"cap_eur": -1.0}), ("Scheme", {"eligible": ("nobody",)}),
        ("Scheme", {"min_partners": 0}), ("Scheme", {"yearly_budget_eur": float("nan")}),
        ("Grant", {"decision": "maybe"}), ("Grant", {"amount_eur": -1.0}), ("Grant", {"decided": Moment.parse("2019")}),
        ("Grant", {"paid_eur": 100_001.0}), ("Grant", {"decision": "refused"}),
        ("Observation", {"indicator": "CPI1"}), ("Observation", {"indicator": ""}), ("Observation", {"year": 20}),
        ("Observation", {"value": float("inf")}),
        ("Introduction", {"steps": ()}), ("Introduction", {"steps": (("dreamt", date(2020, 1, 1)),)}),
        ("Introduction", {"steps": (("", date(2020, 1, 1)),)}),
        ("Introduction", {"steps": (("asked", date(2020, 2, 1)), ("met", date(2020, 1, 1)))}),
        ("Touch", {"kind": ""}), ("Touch", {"kind": "fax"}), ("Touch", {"due": Moment.parse("2023")}),
        ("Theme", {"code": ""}), ("Theme", {"scheme": ""}), ("Theme", {"scheme": "x"}), ("Theme", {"code": "62.x"}),
        ("Region", {"code": ""}), ("Region", {"code": "Chengdu"}), ("Region", {"code": "be25"}),
        ("Source", {"name": ""}), ("Source", {"priority": 101}),
        ("Import", {"state": "late"}), ("Import", {"state": ""}), ("Import", {"by": ""}),
        ("Judgement", {"verdict": "perhaps"}), ("Judgement", {"verdict": ""}), ("Judgement", {"by": ""}),
        ("Judgement", {"score": 1.1}), ("Judgement", {"b": "list|1"}), ("Judgement", {"a": ""}),
        ("Change", {"who": ""}), ("Change", {"what": "looked"}), ("Change", {"what": ""}),
        ("View", {"title": ""}), ("View", {"owner": ""}),
        ("List", {"title": ""}), ("List", {"owner": ""}), ("List", {"query": ""}),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_field_value_and_remedy(label: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as raised:
        replace(WHOLE[label], **wrong)  # type: ignore[type-var]
    assert raised.value.facts["field"] and raised.value.facts["remedy"]


def test_a_refusal_says_what_is_wrong_and_what_to_write() -> None:
    with pytest.raises(Refused) as raised:
        Organisation(name="A", kind="firm")
    assert str(raised.value) == (
        "kind: 'firm' is refused: it is not one of the words known here. "
        "Use company, government, intermediary, knowledge_institution, other."
    )
    assert raised.value.code() == "refused"


def test_identifiers_decide_and_names_do_not() -> None:
    assert WHOLE["Organisation"].identifiers() == (
        "kbo:0419052173", "ror:05f950310", "pic:999991334", "lei:5493001KJTIIGC8Y1R12",
    )  # fmt: skip
    assert Organisation(name="A").identifiers() == ()
    assert Organisation(vat="be 0419.052.173").identifiers() == ("kbo:0419052173",)
    assert Organisation(name="A", vat="0419052173", country="BE").identifiers() == ("kbo:0419052173",)
    assert Organisation(name="A", vat="BE0419052174").identifiers() == ()  # broken, as in many lists
    assert Organisation(name="A", vat="NL 000000001 B01").identifiers() == ("vat:NL000000001B01",)
    assert Organisation(name="A", vat="NL000000000B00").identifiers() == ()  # nobody's
    assert Person(name="Proef", email="Proef@Example.be").identifiers() == ("email:proef@example.be",)
    assert Person(name="Proef").identifiers() == ()
    assert Theme(code="W", scheme="own").identifiers() == ("theme_own:w",)
    assert Region(code="own:chengdu").identifiers() == ("region:own:chengdu",)
    assert Collaboration(kind="event", title="A").identifiers() == ()


def test_a_scheme_refuses_a_grant_beyond_its_cap() -> None:
    scheme = Scheme(name="Innovatiesteun", cap_eur=150_000)
    scheme.check(Grant(amount_eur=150_000))
    scheme.check(Grant())
    with pytest.raises(Refused, match="at most EUR 150,000"):
        scheme.check(Grant(amount_eur=150_000.01))
    Scheme(name="Zonder grens").check(Grant(amount_eur=1e9))


@given(st.text(min_size=1, max_size=40), st.lists(st.text(min_size=1, max_size=10), max_size=3))
def test_any_name_comes_back_as_it_was(name: str, aliases: list[str]) -> None:
    stored = Organisation(name=name, aliases=tuple(aliases)).properties()
    assert heard(said(stored)) == stored
    assert stored["name"] == name
    assert stored.get("aliases", []) == aliases


@given(
    st.dates(), st.datetimes(timezones=st.just(UTC)), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)
def test_any_value_comes_back_with_its_type(day: date, moment: datetime, truth: bool, number: float) -> None:
    values = {"day": day, "moment": moment, "truth": truth, "number": number, "words": ["a", "b"]}
    back = heard(said(values))  # type: ignore[arg-type]
    assert back == values
    assert [type(value) for value in back.values()] == [type(values[name]) for name in back]
