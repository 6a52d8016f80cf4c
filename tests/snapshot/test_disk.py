"""Snapshots kept on disk: the same when read back, and never a half one."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from graph.snapshot import Snapshot, disk, load, save

DAY = date(2020, 6, 15)
MOMENT = datetime(2020, 1, 1, tzinfo=UTC)


def made(**other: object) -> Snapshot:
    whole = Snapshot.build(
        store="s",
        revision=3,
        valid_on=DAY,
        known_on=MOMENT,
        actors={"id": ["a", "b", "c"], "name": ["Ælfric & Søn", "名古屋", ""], "country": ["BE", "BE", "NL"]},
        activities={"id": ["x"], "start": ["2015-01-01"], "end": [""]},
        participations={
            "actor": ["a", "b"], "activity": ["x", "x"], "role": ["coordinator", ""], "recorded": [7, 8],
            "retracted": [0, 9], "source": ["list", "register"], "amount_eur": [1.5, None],
        },
        activity_themes=[["water"]],
        groups={"b": "c"},
        feedback=[("a", "b", "refused", "2019-01-01")],
    )  # fmt: skip
    return replace(whole, **other)  # type: ignore[arg-type]


def same(one: Snapshot, other: Snapshot) -> bool:
    for field in fields(Snapshot):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, np.ndarray):
            if a.dtype != b.dtype or not np.array_equal(a, b, equal_nan=a.dtype.kind in "fM"):
                return False
        elif a != b:
            return False
    return True


def back(folder: Path, **other: object) -> Snapshot | None:
    asked = {"store": "s", "revision": 3, "valid_on": DAY, "known_on": MOMENT, **other}
    return load(folder, **asked)  # type: ignore[arg-type]


def test_a_snapshot_comes_back_as_it_was(tmp_path: Path) -> None:
    save(made(), tmp_path / "new" / "folder")
    found = back(tmp_path / "new" / "folder")
    assert found is not None and same(found, made())
    assert found.ties().toarray().tolist() == made().ties().toarray().tolist()
    with pytest.raises(ValueError, match="read-only"):
        found.actor_id[0] = "z"


def test_an_empty_snapshot_comes_back_too(tmp_path: Path) -> None:
    empty = Snapshot.build(store="s", revision=0, valid_on=DAY, actors={}, activities={}, participations={})
    save(empty, tmp_path)
    found = back(tmp_path, revision=0, known_on=None)
    assert found is not None and same(found, empty)


@pytest.mark.parametrize(
    "other",
    [
        {"store": "t"},
        {"revision": 4},
        {"valid_on": date(2020, 6, 16)},
        {"known_on": None},
        {"known_on": MOMENT.replace(year=2019)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_only_the_very_same_moment_of_the_very_same_store_counts(tmp_path: Path, other: dict[str, object]) -> None:
    save(made(), tmp_path)
    assert back(tmp_path, **other) is None
    assert back(tmp_path) is not None


def test_a_file_of_an_older_form_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(made(), tmp_path)
    monkeypatch.setattr(disk, "FORMAT", disk.FORMAT + 1)
    assert back(tmp_path) is None


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_counts_as_absent_and_goes(tmp_path: Path, share: float) -> None:
    save(made(), tmp_path)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert back(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_altered_anywhere_counts_as_absent(tmp_path: Path) -> None:
    save(made(), tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = back(tmp_path)
        assert found is None or same(found, made()), f"byte {at} was altered and nobody noticed"


def test_what_is_no_snapshot_counts_as_absent(tmp_path: Path) -> None:
    save(made(), tmp_path)
    (path,) = tmp_path.iterdir()
    for data in (b"", b"\x00" * 4096, b"not a snapshot", "Å".encode() * 3000):
        path.write_bytes(data)
        assert back(tmp_path) is None


def test_only_the_newest_few_stay(tmp_path: Path) -> None:
    for revision in range(disk.KEPT + 3):
        save(made(revision=revision), tmp_path)
    assert len(list(tmp_path.iterdir())) == disk.KEPT
    assert back(tmp_path, revision=disk.KEPT + 2) is not None
    assert back(tmp_path, revision=0) is None


def test_one_that_is_used_stays_longer(tmp_path: Path) -> None:
    import os

    save(made(revision=0), tmp_path)
    for number, path in enumerate(tmp_path.iterdir()):
        os.utime(path, (number, number))
    for revision in range(1, disk.KEPT):
        save(made(revision=revision), tmp_path)
    assert back(tmp_path, revision=0) is not None  # and is the newest by that
    save(made(revision=99), tmp_path)
    assert back(tmp_path, revision=0) is not None


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("here")
    save(made(), in_the_way)
    assert back(in_the_way) is None
    assert in_the_way.read_text() == "here"
