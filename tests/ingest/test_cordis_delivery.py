"""What CORDIS changes is noticed, what contradicts itself is named, and a delivery is found wherever it lies."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.issues import FileRefused, Issue
from ingest.record import Ignored, Record
from ingest.sources.cordis.cells import known
from tests.ingest.cordis_delivery import ORGANISATION, PROJECT, Cells, Delivery, as_csv, problems, read

# Strictness


@pytest.mark.parametrize("table", ["project", "organization", "euroSciVoc"])
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_new_column_is_noticed(delivery: Delivery, table: str, kind: str) -> None:
    vocabulary = {"projectID": "101000001", "euroSciVocCode": "/1", "euroSciVocPath": "/a", "euroSciVocTitle": "a"}
    tables = {"project": dict(PROJECT), "organization": dict(ORGANISATION), "euroSciVoc": vocabulary}
    tables[table]["somethingNew"] = "x"
    for name, row in tables.items():
        text = as_csv([row]) if kind == "csv" else json.dumps([row])
        (delivery.folder / f"{name}.{kind}").write_text(text, encoding="utf-8")
    found, warnings = delivery.read()
    assert len([record for record in found if isinstance(record, Record)]) == 2
    (warning,) = warnings
    assert (warning.file, warning.column) == (f"{table}.{kind}", "somethingNew")
    assert warning.problem == "CORDIS has a new column that is not used yet"


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table in ("project", "organization") for column in known()["tables"][table]["needed"]],
)
def test_a_needed_column_that_is_missing_stops_the_file(delivery: Delivery, table: str, column: str) -> None:
    delivery.put()
    base = PROJECT if table == "project" else ORGANISATION
    text = as_csv([{name: cell for name, cell in base.items() if name != column}])
    (delivery.folder / f"{table}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused, match=f"column '{column}' is missing"):
        delivery.read()


def test_the_layout_of_before_2021_is_told_apart(delivery: Delivery) -> None:
    delivery.put()
    (delivery.folder / "organization.csv").write_text('"projectRcn";"projectID";"id"\n"1";"2";"3"\n', encoding="utf-8")
    with pytest.raises(FileRefused, match="the layout of before 2021"):
        delivery.read()


def test_every_column_of_the_delivery_is_used_or_ignored_for_a_reason() -> None:
    for table, row in (("project", PROJECT), ("organization", ORGANISATION)):
        said = known()["tables"][table]
        assert set(row) <= {*said["needed"], *said["used"], *said["ignored"]}
        assert all(said["ignored"].values())


@pytest.mark.parametrize(
    ("table", "change", "column", "words"),
    [
        ("organization", {"organisationID": "12345"}, "organisationID", "it is not 9 digits"),
        ("organization", {"organisationID": ""}, "organisationID", "it is empty"),
        ("organization", {"projectID": "WIER"}, "projectID", "is a number"),
        ("organization", {"ecContribution": "1.234,5"}, "ecContribution", "it is no amount"),
        ("organization", {"ecContribution": "9e12"}, "ecContribution", "no project has cost as much"),
        ("organization", {"endOfParticipation": "perhaps"}, "endOfParticipation", "it is not true or false"),
        ("organization", {"name": "=1+1"}, "name", "it is a formula"),
        ("project", {"endDate": "2021-12-31"}, "endDate", "it lies before the start"),
        ("project", {"startDate": "2022-02-30"}, "startDate", "there is no such date"),
        ("project", {"startDate": "2205-01-01"}, "startDate", "it is not between 1983 and 2060"),
        ("project", {"totalCost": "-5"}, "totalCost", "it is less than nothing"),
        ("project", {"id": ""}, "id", "it is empty"),
    ],
)
def test_a_row_that_contradicts_itself_is_an_issue(
    delivery: Delivery, table: str, change: Cells, column: str, words: str
) -> None:
    projects: list[Cells] = [{}, {"id": "2", **change}] if table == "project" else [{}]
    organisations: list[Cells] = [{}, change] if table == "organization" else [{}]
    found, _ = delivery.put(projects, organisations).read()
    (issue,) = [outcome for outcome in found if isinstance(outcome, Issue)]
    assert (issue.file, issue.row, issue.column) == (f"{table}.csv", 3, column)
    assert words in issue.problem and issue.remedy


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"role": "observer"}, "role"),
        ({"activityType": "ABC"}, "activityType"),
        ({"activityType": "PRC;HES"}, "activityType"),
        ({"country": "DE;HU"}, "country"),
        ({"country": "Belgium"}, "country"),
        ({"geolocation": "51,2;2,9"}, "geolocation"),
        ({"geolocation": "951.2,2.9"}, "geolocation"),
        ({"nutsCode": "Oostende"}, "nutsCode"),
        ({"SME": "perhaps"}, "SME"),
        ({"organizationURL": "none yet"}, "organizationURL"),
    ],
)
def test_a_value_beside_the_point_is_left_out_with_a_warning(delivery: Delivery, change: Cells, column: str) -> None:
    found = delivery.put(organisations=[change]).read()
    assert [type(outcome) for outcome in found[0]] == [Record, Record]
    assert [column for column, _ in problems(found)] == [column]


def test_rows_in_are_records_issues_and_ignored(delivery: Delivery) -> None:
    rows: list[Cells] = [{}, {}, {"name": "Other"}, dict.fromkeys(ORGANISATION, ""), {"organisationID": "x"}]
    found, _ = delivery.put(organisations=rows).read()
    kinds = [type(outcome) for outcome in found]
    assert kinds == [Record, Record, Ignored, Issue, Ignored, Issue]
    path = delivery.folder / "organization.csv"
    path.write_text(path.read_text(encoding="utf-8") + '"one";"cell"\n', encoding="utf-8")
    assert "it has 2 cells where the header has 25" in [problem for _, problem in problems(delivery.read())]


def test_tables_that_do_not_belong_together_are_noticed(delivery: Delivery) -> None:
    found = delivery.put([{}, {"id": "7"}], [{}, {"projectID": "8"}]).read()
    assert ("id", "1 projects have no participants") in problems(found)
    assert ("projectID", "1 projects with participants are not in the table of projects") in problems(found)


def test_a_new_table_is_noticed_and_those_not_read_are_not(delivery: Delivery) -> None:
    delivery.put(webLink='"x"\n"1"\n', policyPriorities='"x"\n"1"\n', patents='"x"\n"1"\n')
    (warning,) = delivery.read()[1]
    assert (warning.value, warning.problem) == ("patents.csv", "CORDIS has a new table that is not used yet")


def test_a_table_beside_may_be_empty(delivery: Delivery) -> None:
    delivery.put_json([{}], [{}])
    (delivery.folder / "euroSciVoc.json").write_text("[]", encoding="utf-8")
    found, warnings = delivery.read()
    assert ([type(outcome) for outcome in found], warnings) == ([Record, Record], [])


# Where it lies


def zipped(folder: Path, path: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(folder.iterdir()):
            made.write(file, f"{inside}{file.name}")
    return path


def test_a_folder_a_zip_and_one_of_two_files_are_the_same_delivery(delivery: Delivery, tmp_path: Path) -> None:
    whole = delivery.put().read()[0]
    places = [
        delivery.folder / "project.csv",
        delivery.folder / "organization.csv",
        zipped(delivery.folder, tmp_path / "cordis-HORIZONprojects-csv.zip"),
        zipped(delivery.folder, tmp_path / "nested.zip", "csv/"),
        tmp_path / "outer",
    ]
    (tmp_path / "outer").mkdir()
    delivery.folder.rename(tmp_path / "outer" / "csv")
    places[:2] = [tmp_path / "outer" / "csv" / place.name for place in places[:2]]
    for place in places:
        assert read(place)[0] == whole, place


def test_a_renamed_pair_is_found_by_its_names(delivery: Delivery, tmp_path: Path) -> None:
    whole = delivery.put().read()[0]
    for name in ("project", "organization"):
        (delivery.folder / f"{name}.csv").rename(tmp_path / f"horizon_{name}_first100.csv")
    assert read(tmp_path / "horizon_organization_first100.csv")[0] == whole
    (tmp_path / "horizon_organization_first100.csv").rename(tmp_path / "horizon_Organisation_first100.csv")
    assert read(tmp_path / "horizon_Organisation_first100.csv")[0] == whole
    with pytest.raises(FileRefused, match=r"horizon_organization_first100.csv is not beside it. Put both"):
        (tmp_path / "horizon_Organisation_first100.csv").unlink()
        read(tmp_path / "horizon_project_first100.csv")


WHOLE = json.dumps([PROJECT | ORGANISATION]).encode()[:-1]  # a list with its first object, and no end

REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no file": (lambda folder: folder / "none.zip", "there is no such file or folder"),
    "an empty folder": (lambda folder: folder, "it holds no table named project and none named organization"),
    "another file": (lambda folder: put(folder / "a.txt", b"x"), "its name has neither project nor organization in it"),
    "a picture": (lambda folder: put(folder / "a.png", b"\x89PNG"), "it is no delivery of CORDIS"),
    "an empty file": (lambda folder: put(folder / "project.csv", b""), "it is empty"),
    "one of two": (lambda folder: put(folder / "project.csv", b"id\n1\n"), "organization.csv is not beside it"),
    "an empty zip": (lambda folder: put(folder / "a.zip", b""), "it is empty"),
    "no zip": (lambda folder: put(folder / "a.zip", b"hello"), "the zip is damaged or cut off"),
    "two deliveries": (
        lambda folder: put(folder / "a_project.csv", b"x", put(folder / "b_project.csv", b"x", folder)),
        "it holds more than one table of project",
    ),
    "no JSON": (lambda folder: pair(folder, "json", b"[{]"), "object 1 is not whole|object 1 is missing or not whole"),
    "JSON cut off": (lambda folder: pair(folder, "json", WHOLE + b', {"id"'), "object 2 is missing or not whole"),
    "JSON of numbers": (lambda folder: pair(folder, "json", b"[1, 2]"), "object 1 is no object"),
    "JSON with a name twice": (
        lambda folder: pair(folder, "json", b'[{"id": 1, "id": 2}]'),
        "object 1 says 'id' twice",
    ),
    "JSON of one object": (lambda folder: pair(folder, "json", b'{"id": 1}'), "it is no list of objects"),
    "JSON nested deep": (
        lambda folder: pair(folder, "json", b'[{"a":' + b"[" * 200_000),
        "is nested too deep|not whole",
    ),
    "JSON in another encoding": (lambda folder: pair(folder, "json", b'[{"id": "\xe9"}]'), "it is not all in UTF-8"),
    "an empty list": (lambda folder: pair(folder, "json", b"[]"), "it holds no rows"),
}


def put(path: Path, content: bytes, then: Path | None = None) -> Path:
    path.write_bytes(content)
    return then or path


def pair(folder: Path, kind: str, content: bytes) -> Path:
    for name in ("project", "organization"):
        (folder / f"{name}.{kind}").write_bytes(content)
    return folder


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_delivery_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    make, words = REFUSED[case]
    with pytest.raises(FileRefused, match=words) as refused:
        read(make(tmp_path))
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


def test_half_a_sign_and_numbers_without_end_in_json_are_kept_or_named(delivery: Delivery) -> None:
    delivery.put_json([{}], [{"name": "NOORDZEE"}])
    path = delivery.folder / "organization.json"
    path.write_text(path.read_text().replace("NOORDZEE", "A\\ud83d \\ud83d\\ude00"), encoding="utf-8")
    assert delivery.organisation()["name"] == "A\ufffd 😀"
    path.write_text(path.read_text().replace('"600000.5"', "9" * 5_000, 1), encoding="utf-8")
    assert ("ecContribution", "it is no amount") in problems(delivery.read())
