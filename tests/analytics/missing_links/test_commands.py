"""The commands on a participation file, as interfaces.md promises them."""

import csv
import json
from pathlib import Path

import pytest

from graph.cli import main
from tests.analytics.missing_links.worlds import communities

HEADER = "role,actor_id,activity_id,start,end,actor_kind,country,themes,more"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        f"participant,{actor},{activity},{day},,company,BE,{themes},x"
        for actor, activity, day, themes in communities(1, groups=4, each=8, per_year=30)
    ]
    path = tmp_path / "participations.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*words: object) -> None:
    assert main([str(word) for word in words]) == 0


def test_the_list_and_the_scores_of_its_pairs_agree(file: Path, tmp_path: Path) -> None:
    out, scores = tmp_path / "links.csv", tmp_path / "scores.csv"
    for listing in ("likely", "overlooked"):
        given = ("--participations", file, "--until", "2011-12-31", "--list", listing)
        run("missing-links", *given, "--top", 15, "-o", out)
        rows = read(out)
        assert len(rows) == 15
        assert list(rows[0]) == ["a", "b", "score", "reasons"]
        for row in rows:
            reasons = json.loads(row["reasons"])
            assert {tuple(reason) for reason in reasons} == {("kind", "id", "label", "value")}
            assert sum(reason["value"] for reason in reasons) == pytest.approx(float(row["score"]), rel=1e-9)
        run("missing-links", "score", "--pairs", out, *given, "-o", scores)
        assert read(scores) == rows


def test_without_reasons_the_same_pairs_for_each_actor(file: Path, tmp_path: Path) -> None:
    with_, without = tmp_path / "with.csv", tmp_path / "without.csv"
    given = ("missing-links", "--participations", file, "--until", "2010-12-31", "--per-actor", 3)
    run(*given, "-o", with_)
    run(*given, "--no-reasons", "-o", without)
    first = [(row["a"], row["b"]) for row in read(with_)]
    assert first == [(row["a"], row["b"]) for row in read(without)]
    assert [float(row["score"]) for row in read(without)] == pytest.approx(
        [float(row["score"]) for row in read(with_)], rel=1e-9
    )
    assert {row["reasons"] for row in read(without)} == {"[]"}
    assert max(sum(a == actor for a, _ in first) for actor, _ in first) == 3
    before = without.read_bytes()
    run(*given, "--no-reasons", "-o", without)
    assert without.read_bytes() == before


def test_no_later_row_of_a_file_changes_an_earlier_list(file: Path, tmp_path: Path) -> None:
    """Not even one that gives a known actor another kind, or a known activity another theme."""
    given = ("missing-links", "--until", "2011-12-31", "--per-actor", 5)
    one, other, mutated = tmp_path / "one.csv", tmp_path / "other.csv", tmp_path / "mutated.csv"
    run(*given, "--participations", file, "-o", one)
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    later = [row for row in rows if row.split(",")[3] > "2011-12-31"]
    changed = [
        ",".join([cells[0], cells[1], f"p{at % 60:04}", "2013-07-01", "", "government", "NL", "t0|t1|t2|t9", "y"])
        for at, cells in enumerate(row.split(",") for row in later)
    ]
    assert changed
    before = [row for row in rows if row not in later]
    mutated.write_text("\n".join([header, *changed, *changed, *before]), encoding="utf-8")
    run(*given, "--participations", mutated, "-o", other)
    assert other.read_bytes() == one.read_bytes()


def test_a_back_test_and_one_without_a_test(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "backtest.csv"
    run("missing-links", "backtest", "--from", 2011, "--to", 2012, "--participations", file, "-o", out)
    rows = read(out)
    assert list(rows[0]) == ["year", "list", "metric", "group", "n", "value", "low", "high"]
    assert {row["year"] for row in rows} == {"2011", "2012"}
    run("missing-links", "backtest", "--from", 1990, "--to", 1991, "--participations", file, "-o", out)
    assert "no test" in capsys.readouterr().err
    assert read(out) == []


def test_wrong_words_and_files_are_one_line(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--participations", str(file))
    assert main(["missing-links", "backtest", "--from", "2012", "--to", "2011", *given]) == 2
    pairs = tmp_path / "pairs.csv"
    for text, said in (("x,y\n1,2\n", "missing"), ("a,b\ng0a00\n", "no pair"), ("a,b\ng0a00,nobody\n", "nobody")):
        pairs.write_text(text, encoding="utf-8")
        capsys.readouterr()
        assert main(["missing-links", "score", "--pairs", str(pairs), "--until", "2012-12-31", *given]) == 1
        err = capsys.readouterr().err
        assert said in err
        assert err.count("\n") == 1
    assert main(["missing-links", "score", "--pairs", str(tmp_path / "none.csv"), *given]) == 1
    assert main(["missing-links", "--until", "2012-12-31", "--for", "nobody", *given]) == 1
