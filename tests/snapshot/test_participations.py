"""Participation files: every good form, and what is said of every bad one."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import Refused
from graph.snapshot import participation_file, participations

HEADER = "actor_id,activity_id,start,end,actor_kind,country,role,themes"
GOOD = f"""\
{HEADER}
a,x,2015-01-01,2016-12-31,company,BE,coordinator,water|energy
b,x,2015-01-01,,knowledge_institution,NL,participant,water
b,y,2017-05-05,2017-05-05,knowledge_institution,NL,,
p,y,2017-05-05,2017-05-05,person,,speaker,
"""


def write(folder: Path, text: str | bytes, name: str = "parts.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_is_a_snapshot(tmp_path: Path) -> None:
    made = participation_file(write(tmp_path, GOOD))
    assert made.actor_id.tolist() == made.actor_name.tolist() == ["a", "b", "p"]
    assert made.actor_kind.tolist() == ["company", "knowledge_institution", "person"]
    assert made.actor_country.tolist() == ["BE", "NL", ""]
    assert made.activity_id.tolist() == ["x", "y"]
    assert made.themes == ("energy", "water")
    assert made.theme_start.tolist() == [0, 2, 2]
    assert made.start[0].item() == date(2015, 1, 1)
    assert np.isnat(made.end[1])
    assert made.ties().toarray().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert (made.revision, made.known_on, len(made.store)) == (0, None, 64)


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace(",", " , "),
        GOOD + "\n\n",
        GOOD + GOOD.partition("\n")[2],  # every row twice
        "\n".join([HEADER, *reversed(GOOD.splitlines()[1:])]),
        "\n".join(f"{line},more" for line in GOOD.splitlines()),
        "\n".join(",".join(reversed(line.split(","))) for line in GOOD.splitlines()),
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in GOOD.splitlines()),
    ],
    ids=["crlf", "bom", "blanks", "empty_lines", "twice", "reversed", "further", "columns", "quoted"],
)
def test_the_same_file_in_another_form_is_the_same_network(tmp_path: Path, text: str) -> None:
    made, wanted = participation_file(write(tmp_path, text)), participation_file(write(tmp_path, GOOD, "good.csv"))
    for name in ("actor_id", "actor_kind", "activity_id", "actor", "activity", "role", "start", "end", "theme"):
        assert getattr(made, name).tolist() == getattr(wanted, name).tolist(), name


@pytest.mark.parametrize("name", ["parts.csv.gz", "parts.csv"])
def test_a_gzip_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    made = participation_file(write(tmp_path, gzip.compress(GOOD.encode()), name))
    assert made.store == participation_file(write(tmp_path, GOOD, "plain.csv")).store


def test_of_an_actor_that_is_two_things_the_commoner_is_taken(tmp_path: Path) -> None:
    rows = ["a,x,2015-01-01,,company,BE,,", "a,y,2015-01-01,,government,NL,,", "a,z,2015-01-01,,government,NL,,"]
    for some in (rows, rows[::-1]):
        made = participation_file(write(tmp_path, "\n".join([HEADER, *some])))
        assert (made.actor_kind.tolist(), made.actor_country.tolist()) == (["government"], ["NL"])
    for some in (rows[:2], rows[1::-1]):
        assert participation_file(write(tmp_path, "\n".join([HEADER, *some]))).actor_kind.tolist() == ["company"]


def test_one_that_came_back_took_part_twice(tmp_path: Path) -> None:
    text = f"{HEADER}\na,x,2015-01-01,2015-12-31,company,BE,,\na,x,2018-01-01,,company,BE,,\n"
    made = participation_file(write(tmp_path, text))
    assert made.start.tolist() == [date(2015, 1, 1), date(2018, 1, 1)]
    assert made.incidence().toarray().tolist() == [[1]]


ROW = "a,x,2015-01-01,2016-12-31,company,BE,coordinator,water"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "parts.csv: '' is refused: it is empty"),
        (b" \n\n", "it is empty"),
        (HEADER, "row 2, column actor_id: '' is refused: there is no row under the header"),
        (f"{HEADER.replace('themes', 'topics')}\n{ROW}", "country,role,topics' is refused: column themes is missing"),
        (f"{HEADER.replace(',', ';')}\n{ROW.replace(',', ';')}", "themes is missing. Use these names, apart by commas"),
        (f"{HEADER},role\n{ROW},x", "row 1: '' is refused: column role stands there twice"),
        (f"{HEADER}\n{ROW},x", "row 2: '' is refused: it has 9 cells where the header has 8"),
        (f"{HEADER}\n{ROW}\na,x", "row 3: '' is refused: it has 2 cells"),
        (f"{HEADER}\n{ROW.replace('a,x', ',x', 1)}", "row 2, column actor_id: '' is refused: it is empty"),
        (f"{HEADER}\n{ROW.replace('a,x', 'a,', 1)}", "row 2, column activity_id: '' is refused: it is empty"),
        (f"{HEADER}\n{ROW.replace('company', 'PRC')}", "actor_kind: 'PRC' is refused: no such kind. Write one"),
        (f"{HEADER}\n{ROW.replace('company', '')}", "column actor_kind: '' is refused"),
        (f"{HEADER}\n{ROW.replace('2015-01-01', '2015-02-29')}", "there is no such day. Write it as 2024-03-05"),
        (f"{HEADER}\n{ROW.replace('2015-01-01', '01/01/2015')}", "column start: '01/01/2015'"),
        (f"{HEADER}\n{ROW.replace('2015-01-01', '2015')}", "column start: '2015'"),
        (f"{HEADER}\n{ROW.replace('2015-01-01', '')}", "column start: ''"),
        (f"{HEADER}\n{ROW.replace('2016-12-31', 'open')}", "column end: 'open'"),
        (f"{HEADER}\n{ROW.replace('2016-12-31', '2014-12-31')}", "'2014-12-31' is refused: it lies before the start"),
        (f"{HEADER}\n\"{ROW}", "row 2: '' is refused: it is no CSV"),
        (f"{HEADER}\n{ROW.replace('a,', 'a' * 200_000 + ',', 1)}", "it is no CSV"),
        (f"{HEADER}\n{ROW}\n".encode() + "é".encode("cp1252"), "row 3: '' is refused: it is not UTF-8"),
        (f"{HEADER}\n{ROW}".encode("utf-16"), "it holds NUL bytes"),
        (f"{HEADER}\n{ROW}\x00", "it holds NUL bytes"),
        (gzip.compress(GOOD.encode())[:40], "the gzip is cut off or damaged"),
        (gzip.compress(GOOD.encode())[:20] + b"\x00" * 60, "the gzip is cut off or damaged"),
        (b"\x1f\x8bnothing", "the gzip is cut off or damaged"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_row_column_and_remedy(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(Refused) as raised:
        participation_file(write(tmp_path, text))
    assert says in str(raised.value)
    assert raised.value.facts["remedy"]
    assert str(raised.value).startswith("parts.csv")


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such file"):
        participation_file(tmp_path / "nowhere.csv")
    with pytest.raises(Refused, match="Check the name and your rights"):
        participation_file(tmp_path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(participations, "LARGEST", 1_000_000)
    with pytest.raises(Refused, match="it holds more than 1,000,000 bytes"):
        participation_file(write(tmp_path, gzip.compress(b"a" * 50_000_000), "bomb.csv.gz"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_a_network_or_refused(tmp_path: Path, data: bytes) -> None:
    for content in (data, HEADER.encode() + b"\n" + data, f"{HEADER}\n{ROW}\n".encode() + data, b"\x1f\x8b" + data):
        try:
            made = participation_file(write(tmp_path, content))
        except Refused:
            continue
        assert len(made.actor) >= 1


def test_the_open_file_of_horizon_2020_is_read_whole(samples: Path) -> None:
    made = participation_file(samples / "links" / "participations_to_2018.csv.gz")
    assert (len(made.actor_id), len(made.activity_id), len(made.actor)) == (27_411, 20_073, 91_334)
    assert made.ties().nnz == 2 * 523_617
