"""The commands of python -m graph: what they answer, where they say it, and how they end."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.cli import main
from graph.store.store import Store
from ingest import pipeline
from ingest.mapping import Mapping
from ingest.sources.table import TableSource

HOUSE = Path(__file__).resolve().parents[2]
# c works with b and d; a with b; so a-c share b, and b-d share c.
ROWS = """\
project_rcn;pic;name;short_name;activity_type;street;post_code;city;country;project_acronym;project_title;\
project_start;project_end;project_total_cost;project_ec_max;programme_parts;title_source;role;ec_contribution
1;999000001;Noordzeelabo;;REC;;8400;OOSTENDE;BE;WIER;;2015-01-01;2015-12-31;1;1;A;x;coordinator;1
1;999000002;Bruggebouw NV;;PRC;;8000;BRUGGE;BE;WIER;;2015-01-01;2015-12-31;1;1;A;x;participant;1
2;999000002;Bruggebouw NV;;PRC;;8000;BRUGGE;BE;ZAND;;2016-01-01;2016-12-31;1;1;A;x;coordinator;1
2;999000003;Cité des Arts;;OTH;;1000;BRUXELLES;BE;ZAND;;2016-01-01;2016-12-31;1;1;A;x;participant;1
3;999000003;Cité des Arts;;OTH;;1000;BRUXELLES;BE;DUIN;;2017-01-01;2018-12-31;1;1;B;x;coordinator;1
3;999000004;Stad Duinkerke;;PUB;;;DUINKERKE;FR;DUIN;;2017-01-01;2018-12-31;1;1;B;x;participant;1
"""
FILE = """\
themes,actor_id,activity_id,start,end,actor_kind,country,role,more
A,a,p,2015-01-01,2015-12-31,company,BE,partner,x
A,b,p,2015-01-01,2015-12-31,company,BE,partner,x
,b,q,2016-01-01,,government,BE,partner,x
A|B,c,q,2016-01-01,,knowledge_institution,NL,partner,x
"""


@pytest.fixture(scope="module")
def filled(server: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with six rows, for questions that change nothing."""
    server.clear()
    path = tmp_path_factory.mktemp("rows") / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    mapping = Mapping.load(HOUSE / "docs" / "examples" / "h2020_participations.yml")
    pipeline.run(server, TableSource(mapping), path, by="tester")
    return server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "participations.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    """The one object that a command with --json prints."""
    assert main([str(word) for word in (*words, "--json")]) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    return json.loads(said)


def refused(capsys: pytest.CaptureFixture[str], code: int, *words: object) -> str:
    """The one line of a command that ends with ``code``."""
    assert main([str(word) for word in words]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    return said.err


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_stats_count_what_is_there(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "stats")
    assert found == {
        "organisations": 4, "people": 0, "collaborations": 3, "participations": 6, "sources": 1,
        "revision": filled.revision(),
    }  # fmt: skip
    assert answer(capsys, "stats", "--valid-on", "2016-06-01")["participations"] == 4
    assert answer(capsys, "stats", "--known-on", "2000-01-01")["organisations"] == 0


@pytest.mark.parametrize("text", ["cite", "CITÉ", "Citè des arts", "citté des"])
def test_find_forgives_accents_capitals_and_a_letter(
    filled: Store, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    found = answer(capsys, "find", text)["results"]
    assert found[0]["name"] == "Cité des Arts"
    assert list(found[0])[:5] == ["id", "name", "kind", "municipality", "score"]


def test_find_as_csv_has_the_same_rows(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = answer(capsys, "find", "brugge")["results"]
    assert main(["find", "brugge", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["id"] for row in rows] == [row["id"] for row in wanted]


def test_find_without_an_answer_is_no_failure(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "find", "zzzzzz") == {"results": []}
    assert answer(capsys, "find", ") OR *:* {!") == {"results": []}


def test_a_card_tells_partners_collaborations_and_sources(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    id = answer(capsys, "find", "bruggebouw")["results"][0]["id"]
    card = answer(capsys, "card", id)
    assert card["name"] == "Bruggebouw NV"
    assert sorted(partner["name"] for partner in card["partners"]) == ["Cité des Arts", "Noordzeelabo"]
    assert [row["name"] for row in card["collaborations"]] == ["ZAND", "WIER"]
    assert card["sources"][0]["licence"] == "CC BY 4.0"
    assert main(["card", id]) == 0
    assert "2 partners" in capsys.readouterr().out


def test_a_card_of_nobody_says_how_to_find_ids(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert "python -m graph find" in refused(capsys, 1, "card", "nobody")


def test_missing_links_of_the_store_name_the_shared_partner(
    filled: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "links.csv"
    assert main(["missing-links", "--until", "2018-12-31", "-o", str(out)]) == 0
    assert capsys.readouterr().out == ""
    rows = table(out)
    assert list(rows[0]) == ["a", "b", "score", "reasons"]
    assert len(rows) == 2
    partners = {reason["label"] for row in rows for reason in json.loads(row["reasons"]) if reason["kind"] == "partner"}
    assert partners == {"Bruggebouw NV", "Cité des Arts"}
    for row in rows:
        assert sum(reason["value"] for reason in json.loads(row["reasons"])) == pytest.approx(float(row["score"]))


def test_missing_links_of_a_file_need_no_store(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")  # whoever asked it would fail
    out = tmp_path / "links.csv"
    assert main(["missing-links", "--participations", str(file), "--until", "2016-12-31", "-o", str(out)]) == 0
    assert [(row["a"], row["b"]) for row in table(out)] == [("a", "c")]
    assert main(["missing-links", "--participations", str(file), "--until", "2015-12-31", "-o", str(out)]) == 0
    assert table(out) == []


def test_growth_of_a_file(file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "growth.csv"
    words = ["growth", "--participations", str(file), "--from", "2015", "--to", "2017", "--by", "kind", "--window", "2"]
    assert main([*words, "-o", str(out)]) == 0
    rows = table(out)
    columns = "indicator,year,group,value,n,low,high,null,ratio,flags,definition"
    assert ",".join(rows[0]) == columns
    found = {(row["indicator"], row["year"], row["group"]): float(row["value"]) for row in rows}
    assert [found["ties", year, ""] for year in ("2015", "2016", "2017")] == [1, 1, 1]
    assert found["ties_window", "2016", ""] == 2
    assert found["actors", "2016", "knowledge_institution"] == 1
    again = tmp_path / "again.csv"
    assert main([*words, "-o", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()


def test_growth_of_the_store(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answer(capsys, "growth", "--from", 2015, "--to", 2018, "--quick")["rows"]
    found = {(row["indicator"], row["year"]): row["value"] for row in rows if not row["group"]}
    assert [found["collaborations", year] for year in range(2015, 2019)] == [1, 1, 1, 1]
    assert found["ties_new", 2017] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["growth", "--from", "2018", "--to", "2015"], "Turn them round"),
        (["missing-links", "--participations", "absent.csv", "--until", "2018-12-31"], "no such file"),
        (["restore", "absent.schakel"], "absent.schakel"),
    ],
)
def test_what_does_not_fit_is_one_line(capsys: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    assert says in refused(capsys, 2 if words[0] == "growth" else 1, *words)


@pytest.mark.parametrize(
    "words", [[], ["fly"], ["card"], ["missing-links", "--until", "31/12/2018"], ["find", "x", "-n"]]
)
def test_wrong_use_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2


def test_an_output_that_cannot_be_written_is_one_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["missing-links", "--participations", file, "--until", "2016-12-31", "-o", "/nowhere/links.csv"]
    assert "Choose another place" in refused(capsys, 1, *words)


def test_a_closed_pipe_is_no_failure(file: Path) -> None:
    command = [sys.executable, "-m", "graph", "growth", "--participations", str(file)]
    command += ["--from", "1990", "--to", "2017", "--quick"]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait() == 0
    assert "Traceback" not in said


def test_everything_out_and_in_again(store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS, encoding="utf-8")
    mapping = Mapping.load(HOUSE / "docs" / "examples" / "h2020_participations.yml")
    pipeline.run(store, TableSource(mapping), rows, by="tester")
    before = {name: value for name, value in answer(capsys, "stats").items() if name != "revision"}
    out, again = tmp_path / "one.schakel", tmp_path / "two.schakel"
    assert main(["export", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert "--yes" in refused(capsys, 1, "restore", out)
    assert main(["restore", str(out), "--yes"]) == 0
    capsys.readouterr()
    assert {name: value for name, value in answer(capsys, "stats").items() if name != "revision"} == before
    assert main(["export", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()


def test_an_empty_store_answers_every_question(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "stats")["organisations"] == 0
    assert answer(capsys, "find", "iets") == {"results": []}
    assert answer(capsys, "missing-links", "--until", "2018-12-31") == {"rows": []}
    assert answer(capsys, "growth", "--from", 2015, "--to", 2016) == {"rows": []}
