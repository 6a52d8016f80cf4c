"""A list on disk is the list of its very moment, or it is made anew."""

from pathlib import Path

import pytest

from ui.kept import Rows, kept

LIST: Rows = [{"a": "o1", "b": "o2", "score": 0.1 + 0.2, "reasons": '[{"label": "Zoë «x»"}]'}]


class Ranking:
    """Counts how often it is really asked."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.asked = 0

    def __call__(self) -> Rows:
        self.asked += 1
        return self.rows


def test_it_is_made_once_for_a_moment_and_read_as_it_was(tmp_path: Path) -> None:
    ranking = Ranking(LIST)
    for _ in range(3):
        assert kept(tmp_path / "new", "overlooked", ("store", 7, "2026-03-01"), ranking) == LIST
    assert ranking.asked == 1
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["overlooked.json"]


@pytest.mark.parametrize("key", [("store", 8, "2026-03-01"), ("other", 7, "2026-03-01"), ("store", 7, "2026-03-02")])
def test_another_moment_is_another_list_and_takes_its_place(tmp_path: Path, key: tuple[str, int, str]) -> None:
    kept(tmp_path, "overlooked", ("store", 7, "2026-03-01"), Ranking(LIST))
    later = Ranking([])
    assert kept(tmp_path, "overlooked", key, later) == []
    assert kept(tmp_path, "overlooked", key, later) == []
    assert later.asked == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("found", [b"", b"{", b"[1, 2]", b'{"key": ["k"]}', b"\xff\xfe", b"null"])
def test_a_file_that_is_no_list_counts_as_none(tmp_path: Path, found: bytes) -> None:
    (tmp_path / "overlooked.json").write_bytes(found)
    assert kept(tmp_path, "overlooked", ("k",), Ranking(LIST)) == LIST
    assert kept(tmp_path, "overlooked", ("k",), Ranking([])) == LIST


def test_a_place_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert kept(tmp_path / "file", "overlooked", ("k",), Ranking(LIST)) == LIST
