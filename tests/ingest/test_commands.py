"""The commands as scripts of hubs call them: what they print, where, and how they end; and the real file."""

import json
import re
from pathlib import Path

import pytest

from graph.store import ask
from graph.store.store import Store
from ingest import cli
from tests.ingest.conftest import HOUSE
from tests.ingest.cordis_delivery import Delivery

MAPPING = str(HOUSE / "docs" / "examples" / "h2020_participations.yml")
CONTRACT = ["rows", "records", "issues", "ignored", "new", "changed", "unchanged", "import"]
TABLE = """\
project_rcn;pic;name;short_name;activity_type;street;post_code;city;country;project_acronym;project_title;\
project_start;project_end;project_total_cost;project_ec_max;programme_parts;title_source;role;ec_contribution
1;999000001;NOORDZEE NV;;PRC;;8400;OOSTENDE;BE;ONE;;2015-01-01;2016-12-31;100;50;A;x;coordinator;10
1;999000002;HOGESCHOOL DUINKANT;;HES;;8000;BRUGGE;BE;ONE;;2015-01-01;2016-12-31;100;50;A;x;participant;5
1;12345;NOBODY;;HES;;8000;BRUGGE;BE;ONE;;2015-01-01;2016-12-31;100;50;A;x;participant;5
;;;;;;;;;;;;;;;;;;
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "participations.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_report_has_the_keys_of_the_contract(store: Store, table: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "table", table, "--mapping", MAPPING, "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert list(report)[: len(CONTRACT)] == CONTRACT
    assert [report[name] for name in CONTRACT[:-1]] == [4, 2, 1, 1, 2, 0, 0]
    (issue,) = report["issue_list"]
    assert issue == {
        "file": "participations.csv", "row": 4, "column": "pic", "value": "12345", "problem": "it is not 9 digits",
        "remedy": "Write all 9 digits",
    }  # fmt: skip
    code, out, _ = run(capsys, "imports", "--json")
    assert [found["id"] for found in json.loads(out)["imports"]] == [report["import"]]


def test_a_dry_run_has_the_same_keys_and_no_import(
    store: Store, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    revision = store.revision()
    code, out, err = run(capsys, "table", table, "--mapping", MAPPING, "--dry-run", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["import"] is None
    assert store.revision() == revision
    code, out, _ = run(capsys, "table", table, "--mapping", MAPPING, "--dry-run")
    assert out.splitlines()[-1] == "A dry run: nothing was changed."


def test_people_read_what_was_read_what_became_of_it_and_how_to_take_it_back(
    store: Store, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "table", table, "--mapping", MAPPING)
    assert (code, err) == (0, "")
    first, counts, issue, last = out.splitlines()
    assert first == "Read as UTF-8, cells apart by ;."
    assert counts == "participations.csv: 4 rows, 2 records, 1 issues, 1 ignored, 2 new, 0 changed, 0 unchanged"
    assert issue == ("issue: participations.csv row 4, column pic ('12345'): it is not 9 digits. Write all 9 digits.")
    taken = re.fullmatch(r"Import (\w+)\. To take it back: python -m ingest undo \1", last)
    assert taken
    code, out, _ = run(capsys, "undo", taken.group(1), "--json")
    assert (code, json.loads(out)) == (0, {"import": taken.group(1), "retracted": 2, "restored": 0})
    assert ask.stats(store).organisations == 0
    code, out, err = run(capsys, "undo", taken.group(1))
    assert (code, out) == (1, "")
    assert "was undone on" in err


def test_cordis_reports_both_tables_as_one(
    store: Store, delivery: Delivery, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "cordis", str(delivery.put().folder), "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert [report[name] for name in CONTRACT[:-1]] == [2, 2, 0, 0, 2, 0, 0]
    assert report["read_as"] == "project.csv, organization.csv"


@pytest.mark.parametrize("words", [["table"], ["table", "x.csv"], ["cordis"], ["undo"], ["fly"], []])
def test_wrong_use_is_told_and_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_real_file_gives_the_known_numbers_and_a_second_load_adds_nothing(
    samples: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(samples / "cordis" / "h2020_be_participations_2014_2018.csv")
    code, out, _ = run(capsys, "table", path, "--mapping", MAPPING, "--json")
    report = json.loads(out)
    assert code == 0
    assert [report[name] for name in CONTRACT[:-1]] == [35_546, 35_546, 0, 0, 35_546, 0, 0]
    assert report["warnings"] == []
    stats = ask.stats(store)
    assert (stats.organisations, stats.collaborations, stats.participations) == (13_277, 2_659, 35_546)
    code, out, _ = run(capsys, "table", path, "--mapping", MAPPING, "--json")
    again = json.loads(out)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 35_546)
    now = ask.stats(store)
    assert (now.organisations, now.collaborations, now.participations) == (13_277, 2_659, 35_546)
