"""python -m ingest match, as a script calls it: plain files in, one CSV out, no store."""

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
A = """id;name;street;city;country
a1;Alfa Beton NV;Kerkstraat 1;Gent;BE
a2;Gamma Onderzoek VZW;Markt 3;Aalst;BE
a3;Iets heel anders;Dorp 9;Geel;BE
"""
B = """id,name,short_name,street,post_code,city,country,kbo
b1,ALFA BETON,AB,Kerkstraat 1,9000,Gent,BE,0419052173
b2,Gamma Studie en Onderzoek,GSO,Markt 3,9300,Aalst,BE,
b3,"Delta, Epsilon en Co",,Laan 7,8000,Brugge,BE,
"""


def match(*arguments: str | Path, home: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "SCHAKEL_HOME": str(home / "home"), "NEO4J_URI": "bolt://127.0.0.1:1"}
    command = [sys.executable, "-m", "ingest", "match", *map(str, arguments)]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False, env=environment)


def pairs(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_two_lists(tmp_path: Path) -> None:
    a, b, out = written(tmp_path, "a.csv", A), written(tmp_path, "b.csv", B), tmp_path / "pairs.csv"
    done = match(a, b, "-o", out, home=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 the same, 1 to review" in done.stderr
    found = pairs(out)
    assert list(found[0]) == ["a", "b", "score", "band", "offer", "reasons"]
    assert [(row["a"], row["b"], row["band"]) for row in found] == [("a1", "b1", "auto"), ("a2", "b2", "review")]
    for row in found:
        assert 0.5 <= float(row["score"]) <= 1
        for reason in json.loads(row["reasons"]):
            assert list(reason) == ["kind", "a", "b", "value"]
    assert not (tmp_path / "home").exists()  # no store was needed


def test_duplicates_inside_one(tmp_path: Path) -> None:
    a = written(tmp_path, "a.csv", A + "a4;ALFA BETON;Kerkstraat 1;Gand;Belgique\n")
    done = match(a, "-o", tmp_path / "pairs.csv", home=tmp_path)
    assert done.returncode == 0
    assert [(row["a"], row["b"], row["band"]) for row in pairs(tmp_path / "pairs.csv")] == [("a1", "a4", "auto")]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_columns_changes_no_byte(tmp_path: Path, seed: int) -> None:
    plain, mixed = tmp_path / "plain.csv", tmp_path / "mixed.csv"
    match(written(tmp_path, "a.csv", A), written(tmp_path, "b.csv", B), "-o", plain, home=tmp_path)
    mixer = random.Random(seed)
    for name, text, sign in (("a2.csv", A, ";"), ("b2.csv", B, ",")):
        rows = list(csv.reader(text.splitlines(), delimiter=sign))
        order = mixer.sample(range(len(rows[0])), len(rows[0]))
        body = mixer.sample(rows[1:], len(rows) - 1)
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([[row[at] for at in order] for row in (rows[0], *body)])
    match(tmp_path / "a2.csv", tmp_path / "b2.csv", "-o", mixed, home=tmp_path)
    assert mixed.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(("sign", "encoding"), [("\t", "utf-8-sig"), ("|", "cp1252"), (",", "utf-16")])
def test_any_delimiter_and_encoding(tmp_path: Path, sign: str, encoding: str) -> None:
    table = "id;name;city\n1;Müller Möbel;Köln\n2;Größe Übung;Zürich\n".replace(";", sign)
    a, b = written(tmp_path, "a.csv", table, encoding), written(tmp_path, "b.csv", table)
    match(a, b, "-o", tmp_path / "pairs.csv", home=tmp_path)
    assert [(row["a"], row["b"], row["band"]) for row in pairs(tmp_path / "pairs.csv")] == [
        ("1", "1", "auto"),
        ("2", "2", "auto"),
    ]


def test_columns_as_hubs_call_them_and_rows_by_their_number(tmp_path: Path) -> None:
    a = written(tmp_path, "a.csv", "Organisatie;Gemeente;Ondernemingsnummer\nAlfa;Gent;0419.052.173\n\nBeta;Gent;\n")
    b = written(tmp_path, "b.csv", "Enterprise number,Legal name,Town\n0419052173,Iets heel anders,Geel\n,Beta,Gent\n")
    done = match(a, b, "-o", tmp_path / "pairs.csv", home=tmp_path)
    assert done.returncode == 0
    assert "a.csv: no column id" in done.stderr
    found = {(row["a"], row["b"], row["band"]) for row in pairs(tmp_path / "pairs.csv")}
    assert found == {("2", "2", "auto"), ("4", "3", "auto")}


def test_a_formula_is_no_name(tmp_path: Path) -> None:
    a = written(tmp_path, "a.csv", 'id,name\n1,"=HYPERLINK(""http://x"",""Alfa"")"\n2,Gamma Onderzoek\n')
    match(a, a, "-o", tmp_path / "pairs.csv", home=tmp_path)
    assert [row["a"] for row in pairs(tmp_path / "pairs.csv")] == ["2"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("id;city\n1;Gent\n", "Call the one that does: name"), ("", "it is empty")],
    ids=["no names", "empty"],
)
def test_what_cannot_be_matched_is_refused_in_one_line(tmp_path: Path, text: str, word: str) -> None:
    a = written(tmp_path, "a.csv", text)
    done = match(a, "-o", tmp_path / "pairs.csv", home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert word in done.stderr
    assert not (tmp_path / "pairs.csv").exists()


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    done = match(written(tmp_path, "a.csv", A), "-o", tmp_path / "none" / "pairs.csv", home=tmp_path)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_wrong_use(tmp_path: Path) -> None:
    assert match(home=tmp_path).returncode == 2
    assert match("a.csv", home=tmp_path).returncode == 2
