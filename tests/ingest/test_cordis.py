"""CORDIS as it is published: what its words mean, who is who, and the real files."""

import csv
import json
from pathlib import Path

import pytest

from graph.model import Collaboration, Organisation, Region, Theme
from graph.store import ask
from graph.store.store import Store
from ingest import cli, pipeline
from ingest.mapping import Mapping
from ingest.record import Record
from ingest.sources.cordis import CordisSource
from ingest.sources.cordis.cells import known
from ingest.sources.cordis.survey import vat_number
from ingest.sources.table import TableSource
from tests.ingest.conftest import HOUSE, facts
from tests.ingest.cordis_delivery import ORGANISATION, PROJECT, Cells, Delivery, as_csv, read

# What a row becomes


def test_a_row_of_each_table_is_a_record_with_all_it_says(delivery: Delivery) -> None:
    (project, taking_part), warnings = delivery.put().read()
    assert warnings == []
    assert isinstance(project, Record) and isinstance(taking_part, Record)
    whole = project.entities[0]
    assert isinstance(whole.thing, Collaboration)
    assert whole.identifiers == ("cordis:101000001", "rcn:250001")
    said = whole.thing.properties()
    assert (said["kind"], said["acronym"], said["title"]) == ("project", "WIER", "Seaweed")
    assert (str(said["start"]), str(said["end"])) == ("2022-01-01", "2025-12-31")
    assert (said["budget_eur"], said["programme"]) == (1499998.5, "Horizon Europe")
    themes = [entity.thing.identifiers()[0] for entity in project.entities[1:]]
    assert themes == ["theme_programme:horizon.2.6", "theme_programme:horizon-cl6-2021"]
    assert project.url == taking_part.url == "https://cordis.europa.eu/project/id/101000001"
    organisation, same, region = taking_part.entities
    assert same.identifiers == whole.identifiers
    assert organisation.identifiers == ("pic:999000001", "kbo:0000000196")
    assert organisation.thing.properties() == {
        "name": "NOORDZEE ROBOTICA", "kind": "company", "short_name": "NR", "kbo": "0000000196",
        "vat": "BE0000000196", "pic": "999000001", "domain": "noordzee.example", "street": "KAAI 1", "postcode": "8400",
        "municipality": "OOSTENDE", "nuts3": "BE255", "country": "BE", "lat": 51.2297838, "lon": 2.9145541, "sme": True,
    }  # fmt: skip
    assert isinstance(region.thing, Region) and region.thing.code == "BE255"
    took_part, lies_in = taking_part.ties
    assert (took_part.relation.type, took_part.start, took_part.end) == ("TOOK_PART", 0, 1)
    assert (took_part.relation.role, took_part.relation.amount_eur) == ("coordinator", 600000.5)
    assert (lies_in.relation.type, lies_in.start, lies_in.end) == ("IN", 0, 2)
    assert json.loads(taking_part.raw) == ORGANISATION
    assert json.loads(project.raw) == PROJECT


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("236187.5", 236187.5),
        ("236187,5", 236187.5),
        ("1137836,88", 1137836.88),
        ("1,234", 1.234),
        ("0", 0.0),
        ("", None),
    ],
)
def test_decimals_are_a_comma_or_a_point_and_a_blank_is_unknown(
    delivery: Delivery, said: str, amount: float | None
) -> None:
    (_, record), _ = delivery.put(organisations=[{"ecContribution": said}]).read()
    assert isinstance(record, Record)
    assert record.ties[0].relation.amount_eur == amount


def test_a_total_of_nothing_where_the_union_pays_is_unknown(delivery: Delivery) -> None:
    (lump, free, _), _ = delivery.put(
        [{"totalCost": "0", "ecMaxContribution": "75000"}, {"id": "2", "totalCost": "0", "ecMaxContribution": "0"}]
    ).read()
    assert isinstance(lump, Record) and isinstance(free, Record)
    assert "budget_eur" not in lump.entities[0].thing.properties()
    assert free.entities[0].thing.properties()["budget_eur"] == 0


@pytest.mark.parametrize(("said", "role"), sorted(known()["roles"].items()))
def test_every_role_has_its_word(delivery: Delivery, said: str, role: str) -> None:
    (_, record), warnings = delivery.put(organisations=[{"role": said}]).read()
    assert isinstance(record, Record)
    assert record.ties[0].relation.role == role
    assert warnings == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [("HES", "knowledge_institution"), ("REC", "knowledge_institution"), ("PUB", "government"), ("OTH", "other"),
     ("PRC", "company"), ("PRC;PRC", "company"), ("", None)],
)  # fmt: skip
def test_every_kind_has_its_word_also_when_it_is_said_twice(delivery: Delivery, said: str, kind: str | None) -> None:
    delivery.put(organisations=[{"activityType": said}])
    assert delivery.organisation().get("kind") == kind
    assert delivery.read()[1] == []


@pytest.mark.parametrize(("said", "sme"), [("true", True), ("False", False), ("", None)])
def test_a_small_firm_is_yes_no_or_unknown(delivery: Delivery, said: str, sme: bool | None) -> None:
    assert delivery.put(organisations=[{"SME": said}]).organisation().get("sme") is sme


@pytest.mark.parametrize(("said", "state"), [("true", "left_early"), ("false", ""), ("", "")])
def test_who_left_early_is_marked_and_the_project_goes_on(delivery: Delivery, said: str, state: str) -> None:
    (project, record), _ = delivery.put(organisations=[{"endOfParticipation": said}]).read()
    assert isinstance(record, Record) and isinstance(project, Record)
    relation = record.ties[0].relation
    assert relation.state == state
    assert relation.period.properties()["end_precision"] == "unknown"  # CORDIS does not say when
    assert str(project.entities[0].thing.properties()["end"]) == "2025-12-31"


@pytest.mark.parametrize(("said", "country"), [("UK", "GB"), ("EL", "GR"), ("FI;FI", "FI"), ("BE", "BE"), ("", None)])
def test_countries_are_iso(delivery: Delivery, said: str, country: str | None) -> None:
    assert delivery.put(organisations=[{"country": said}]).organisation().get("country") == country


@pytest.mark.parametrize(
    ("country", "number", "postcode"),
    [
        ("DE", 1099, "01099"), ("DE", 655, "655"), ("FI", 168, "00168"), ("IT", 185, "00185"), ("ES", 8860, "08860"),
        ("RO", 77190, "077190"), ("RO", 8415, "8415"), ("NO", 680, "0680"), ("BE", 900, "900"), ("IE", 4, "4"),
        ("FR", 75015, "75015"), ("BE", "3001", "3001"), ("DE", "1099", "1099"),
    ],
)  # fmt: skip
def test_zeros_that_json_takes_from_postcodes_come_back_where_the_format_tells(
    delivery: Delivery, country: str, number: int | str, postcode: str
) -> None:
    delivery.put_json([{}], [{"country": country, "postCode": number}])
    assert delivery.organisation()["postcode"] == postcode


def test_json_and_csv_of_one_delivery_say_the_same(tmp_path: Path) -> None:
    numbers: Cells = {"projectID": 101000001, "organisationID": 999000001, "SME": True, "endOfParticipation": False}
    numbers |= {
        "ecContribution": 6.000005e5,
        "order": 1,
        "rcn": 1900001,
        "totalCost": 700000,
        "netEcContribution": None,
    }
    project: Cells = {"id": 101000001, "rcn": 250001, "totalCost": 1499998.5, "ecMaxContribution": 1200000.25}
    one = Delivery(tmp_path / "csv").put().read()[0]
    two = Delivery(tmp_path / "json").put_json([project], [numbers]).read()[0]
    for left, right in zip(one, two, strict=True):
        assert isinstance(left, Record) and isinstance(right, Record)
        assert (left.key, left.entities, left.ties) == (right.key, right.entities, right.ties)


def test_scrambled_names_are_put_right_and_names_that_lost_a_blank_stay(delivery: Delivery) -> None:
    lost = "INSTITUT NATIONAL DE RECHERCHE POURL'AGRICULTURE"
    delivery.put(organisations=[{"name": "UniversitÃ© de LiÃ¨ge", "shortName": lost, "city": "LiÃ¨ge"}])
    said = delivery.organisation()
    assert (said["name"], said["municipality"], said["short_name"]) == ("Université de Liège", "Liège", lost)
    (_, record), _ = delivery.read()
    assert isinstance(record, Record) and "UniversitÃ©" in record.raw


@pytest.mark.parametrize(
    "text",
    ['He said "wet" things', '"quoted" from the start', "two\nlines; with, signs", 'ends with a quote"'],
)
def test_quotes_and_line_breaks_inside_a_cell_are_text(delivery: Delivery, text: str) -> None:
    (project, _), warnings = delivery.put([{"objective": text, "title": text}]).read()
    assert isinstance(project, Record)
    assert project.entities[0].thing.properties()["title"] == " ".join(text.split())
    assert warnings == []


# Identity


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("BE0000000196", "BE0000000196"), ("be 0000.000.196", "BE0000000196"), ("BE0000000197", ""),
        ("DE811128135", "DE811128135"), ("DE8117115450", ""), ("ESQ2818014I", "ESQ2818014I"), ("ES62879721", ""),
        ("NL811383696B01", "NL811383696B01"), ("EL090101655", "EL090101655"), ("CHE-114.927.636 TVA", "CHE114927636"),
        ("CHE115244907MWST", "CHE115244907"), ("NO971203420MVA", "NO971203420"),
        ("FR2641403193", ""), ("MISSING", ""), ("NOTAPPLICABLE", ""), ("", ""), ("GB744495211", "GB744495211"),
        ("XXUNKNOWN", ""), ("999888777", ""),
    ],
)  # fmt: skip
def test_a_vat_number_is_one_that_its_country_gives_out(said: str, number: str) -> None:
    assert vat_number(said) == number


def test_a_broken_vat_number_is_left_out_and_the_row_comes_in(delivery: Delivery) -> None:
    found = delivery.put(organisations=[{"vatNumber": "BE0419052174"}, {"projectID": "2", "vatNumber": "DE1"}]).read()
    assert [type(outcome) for outcome in found[0]] == [Record, Record, Record]
    (warning,) = [warning for warning in found[1] if warning.column == "vatNumber"]
    assert warning.problem == "its country gives out no such VAT number, so it is left out (and so in 1 more row)"
    assert (warning.row, warning.value) == (2, "BE0419052174")


def test_a_vat_number_of_two_pics_identifies_neither(delivery: Delivery) -> None:
    """As universities share one with their hospital: whichever row came first would take the other in."""
    found, warnings = delivery.put(organisations=[{}, {"organisationID": "999000002"}]).read()
    for record in found[1:]:
        assert isinstance(record, Record)
        assert len(record.entities[0].identifiers) == 1
    assert [warning.problem for warning in warnings] == [
        "more than one PIC has this VAT number, or this PIC more than one, so it is left out (and so in 1 more row)"
    ]


def test_a_vat_number_that_only_some_rows_give_finds_the_organisation_in_any_order(
    delivery: Delivery, store: Store, tmp_path: Path
) -> None:
    """A list with KBO numbers, then CORDIS: the same organisation, whichever of its rows comes first."""
    table = tmp_path / "list.csv"
    table.write_text("name;kbo\nNoordzee NV;0000.000.196\n", encoding="utf-8")
    fields = {"name": "name", "kbo": "kbo"}
    mapping = {"source": {"name": "own"}, "things": {"o": {"type": "Organisation", "fields": fields}}}
    seen = []
    for rows in ([{"vatNumber": ""}, {"projectID": "2"}], [{"projectID": "2"}, {"vatNumber": ""}]):
        store.clear()
        pipeline.run(store, TableSource(Mapping("own.yml", mapping)), table, by="tester")
        report = pipeline.run(store, CordisSource(), delivery.put(organisations=rows).folder, by="tester")
        assert report.issues == 0
        assert ask.stats(store).organisations == 1
        seen.append({name: part for name, part in facts(store).items() if name != "records"})
    assert seen[0] == seen[1]


def test_a_vat_number_that_belongs_to_another_does_not_keep_a_row_out(
    delivery: Delivery, store: Store, tmp_path: Path
) -> None:
    """PIC and KBO number known as two before CORDIS says they are one: the PIC decides, nothing is lost."""
    table = tmp_path / "list.csv"
    table.write_text("name;kbo;pic\nNoordzee NV;0000.000.196;\nNOORDZEE;;999000001\n", encoding="utf-8")
    fields = {"name": "name", "kbo": "kbo", "pic": "pic"}
    mapping = {"source": {"name": "own"}, "things": {"o": {"type": "Organisation", "fields": fields}}}
    pipeline.run(store, TableSource(Mapping("own.yml", mapping)), table, by="tester")
    report = pipeline.run(store, CordisSource(), delivery.put().folder, by="tester")
    assert (report.records, report.issues) == (2, 0)
    assert (ask.stats(store).organisations, ask.stats(store).participations) == (2, 1)


def test_one_that_takes_part_twice_has_two_rows_and_keeps_them_apart(delivery: Delivery) -> None:
    twice = [{"order": "99", "endOfParticipation": "true"}, {"order": "112", "role": "thirdParty"}]
    keys = set()
    for rows in (twice, twice[::-1]):
        found, _ = delivery.put(organisations=rows).read()
        keys.add(tuple(sorted(record.key for record in found[1:] if isinstance(record, Record))))
    assert keys == {("101000001|999000001", "101000001|999000001|thirdParty|112")}


def test_a_later_delivery_corrects_the_earlier(delivery: Delivery, store: Store) -> None:
    pipeline.run(store, CordisSource(), delivery.put().folder, by="tester")
    delivery.put([{"endDate": "2026-06-30"}], [{"role": "participant", "order": "3", "endOfParticipation": "true"}])
    report = pipeline.run(store, CordisSource(), delivery.folder, by="tester")
    assert (report.new, report.changed, report.unchanged) == (0, 2, 0)
    (found,) = ask.find(store, "noordzee", labels=("Organisation",))
    (taken,) = ask.card(store, found.id).collaborations
    assert taken["role"] == "participant"
    assert ask.stats(store).participations == 1


# Themes


def test_themes_come_from_the_tables_beside_with_all_above_them(delivery: Delivery) -> None:
    delivery.put(
        euroSciVoc='"projectID";"euroSciVocCode";"euroSciVocPath";"euroSciVocTitle";"euroSciVocDescription"\n'
        '"101000001";"/25/61/383";"/engineering/mining/coal";"coal";""\n'
        '"101000001";"/25/61";"/engineering/mining";"mining";""\n',
        topics='"projectID";"topic";"title"\n"101000001";"HORIZON-CL6-2021";"Water and food"\n',
        legalBasis='"projectID";"legalBasis";"title";"uniqueProgrammePart"\n'
        '"101000001";"HORIZON.2.6";"Food";"true"\n"101000001";"HORIZON.2";"Challenges";""\n',
    )
    (project, _), warnings = delivery.read()
    assert warnings == []
    assert isinstance(project, Record)
    labels = {
        entity.thing.code: entity.thing.label_en for entity in project.entities if isinstance(entity.thing, Theme)
    }
    assert labels == {
        "HORIZON.2.6": "Food", "HORIZON.2": "Challenges", "HORIZON-CL6-2021": "Water and food", "/25/61/383": "coal",
        "/25/61": "mining", "/25": "engineering",
    }  # fmt: skip
    code = [getattr(entity.thing, "code", "") for entity in project.entities]
    about = {code[tie.end] for tie in project.ties if tie.relation.type == "ABOUT"}
    assert about == set(labels) - {"/25"}
    broader = {(code[tie.start], code[tie.end]) for tie in project.ties if tie.relation.type == "BROADER"}
    assert broader == {("/25/61/383", "/25/61"), ("/25/61", "/25")}
    raw = json.loads(project.raw)
    assert raw["title"] == "Seaweed" and raw["topics"] == "HORIZON-CL6-2021"
    assert [row["euroSciVocTitle"] for row in raw["beside"]["euroSciVoc"]] == ["coal", "mining"]


def test_societal_challenges_are_those_of_horizon_2020(delivery: Delivery) -> None:
    (project, _), _ = delivery.put([{"legalBasis": "H2020-EU.3.4.2.", "frameworkProgramme": "H2020"}]).read()
    assert isinstance(project, Record)
    said = project.entities[0].thing.properties()
    assert said["societal_challenge"] == "Smart, green and integrated transport"
    assert said["programme"] == "Horizon 2020"


# The real thing


def test_the_official_json_comes_in_whole(samples: Path) -> None:
    found, warnings = read(samples / "cordis" / "official_project.json")
    assert [type(outcome) for outcome in found] == [Record] * 1_102
    assert {warning.column for warning in warnings} == {"vatNumber", "organizationURL"}
    pics = {record.entities[0].thing.pic for record in found if isinstance(record.entities[0].thing, Organisation)}  # type: ignore[union-attr]
    assert len(pics) == 765


def test_the_resaved_horizon_europe_comes_in_whole(samples: Path) -> None:
    found, warnings = read(samples / "cordis" / "horizon_organization_first100_comma.csv")
    assert [type(outcome) for outcome in found] == [Record] * 200
    assert [warning.problem for warning in warnings] == ["58 projects have no participants"]


def test_the_official_delivery_and_the_joined_table_name_the_same_organisations(
    samples: Path, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Projects of the one are those of the other by record number, organisations by PIC; nothing is there twice."""
    with (samples / "cordis" / "h2020_be_participations_2014_2018.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    official = json.loads((samples / "cordis" / "official_project.json").read_text(encoding="utf-8"))
    numbers = {str(project["rcn"]) for project in official}
    joined = [row for row in rows if row["project_rcn"] in numbers]
    (tmp_path / "joined.csv").write_text(as_csv(joined), encoding="utf-8")
    mapping = str(HOUSE / "docs" / "examples" / "h2020_participations.yml")
    assert cli.main(["table", str(tmp_path / "joined.csv"), "--mapping", mapping]) == 0
    before = ask.stats(store)
    assert cli.main(["cordis", str(samples / "cordis" / "official_organization.json")]) == 0
    after = ask.stats(store)
    organisations = json.loads((samples / "cordis" / "official_organization.json").read_text(encoding="utf-8"))
    pics = {str(row["organisationID"]) for row in organisations} | {row["pic"] for row in joined}
    assert (before.collaborations, after.collaborations) == (15, 26)
    assert after.organisations == len(pics) > before.organisations
    capsys.readouterr()
