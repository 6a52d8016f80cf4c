"""Moving house: the same bytes for the same content, nothing lost, nothing written from a file that is not whole."""

import gzip
import hashlib
import json
import os
import random
import re
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from graph.errors import CannotWrite, ExportDamaged, HalfRestored, NewerSchema, NotEmpty, StoreBusy
from graph.model import LABELS
from graph.settings import Settings
from graph.store import ask, backup, queries, schema
from graph.store.backup import Moved
from graph.store.read import snapshot
from graph.store.store import Store
from ingest import pipeline
from ingest.mapping import Mapping
from ingest.sources.table import TableSource

MAPPING = """
source: {name: list, publisher: Ours, licence: CC0, priority: 50}
key: [number]
things:
  organisation:
    type: Organisation
    key: number:{number}
    fields: {name: name, municipality: town, founded: founded}
  project:
    type: Collaboration
    key: project:{project}
    fields: {kind: {value: project}, title: project, start: start}
relations:
  - {type: TOOK_PART, from: organisation, to: project}
"""
ROWS = [
    ("1", "Ålesund Åpen AS", "Gent", "1999-03-01", "Tide", "2020-01-15"),
    ("2", "Łódź; “quoted” \U0001f30a", "Brugge", "2001", "Tide", "2020-01-15"),
    ("3", "Ünïcode \ue000\uffee \U00010000", "Hasselt", "", "Wind", "2021"),
]


def load(store: Store, folder: Path, rows: Sequence[tuple[str, ...]] = ROWS) -> pipeline.Report:
    mapping, file = folder / "list.yml", folder / "list.csv"
    mapping.write_text(MAPPING)
    lines = ["number,name,town,founded,project,start", *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    file.write_text("\n".join(line.replace("“", '""').replace("”", '""') for line in lines))
    return pipeline.run(store, TableSource(Mapping.load(mapping)), file, by="tester")


@pytest.fixture
def lived(store: Store, tmp_path: Path) -> Store:
    """A store with a past: two loads, a correction, an undo."""
    load(store, tmp_path)
    corrected = load(store, tmp_path, [("1", "Ålesund Open AS", *ROWS[0][2:]), *ROWS[1:]])
    pipeline.undo(store, corrected.import_id)
    return store


@pytest.fixture(scope="module")
def whole(server: Store, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An export to damage."""
    folder = tmp_path_factory.mktemp("whole")
    server.clear()
    load(server, folder, ROWS[:1])
    backup.export(server, folder / "whole.schakel")
    return (folder / "whole.schakel").read_bytes()


def sealed(*lines: Any) -> bytes:
    """A file with these lines and a seal that fits."""
    data = gzip.compress(b"".join(json.dumps(line).encode() + b"\n" for line in lines), mtime=0)
    return data + backup._seal(hashlib.sha256(data).hexdigest())


def lines_of(data: bytes) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(data).splitlines()]


# There and back


def test_what_comes_back_is_what_went_out(lived: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    moved = backup.export(lived, first)
    before, columns, id = ask.stats(lived), snapshot(lived), lived.id
    card = ask.card(lived, ask.find(lived, "alesund")[0].id).as_dict()
    assert backup.check(first) == moved
    lived.clear()
    load(lived, tmp_path, [("9", "Another", "Aalst", "", "Sun", "2022")])
    assert backup.restore(lived, first, replace=True) == moved
    assert ask.stats(lived) == before
    assert lived.id != id
    assert snapshot(lived).to_networkx().edges == columns.to_networkx().edges
    assert ask.card(lived, ask.find(lived, "alesund")[0].id).as_dict() == card
    assert backup.export(lived, second) == moved
    assert second.read_bytes() == first.read_bytes()


def test_after_a_move_the_same_file_adds_nothing_and_work_goes_on(lived: Store, tmp_path: Path) -> None:
    backup.export(lived, tmp_path / "all")
    lived.clear()
    backup.restore(lived, tmp_path / "all")
    again = load(lived, tmp_path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    # Ids of what a change adds are made with the revision: it must not begin anew below what was restored.
    for name in ("Once", "Twice", "Thrice"):
        changed = load(lived, tmp_path, [("1", name, *ROWS[0][2:]), *ROWS[1:]])
        assert (changed.new, changed.changed, changed.unchanged) == (0, 1, 2)
        pipeline.undo(lived, changed.import_id)
        assert ask.find(lived, "alesund")


def test_an_empty_store_can_be_moved_too(store: Store, tmp_path: Path) -> None:
    assert backup.export(store, tmp_path / "nothing") == Moved(0, 0)
    assert backup.restore(store, tmp_path / "nothing") == Moved(0, 0)
    assert ask.stats(store).revision == 0


@given(texts=some.lists(some.text(some.characters(codec="utf-8"), min_size=1), max_size=40, unique=True))
@hypothesis_settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_id_keeps_its_place(
    server: Store, tmp_path: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of lines is the server's: it has to be that of every server, page by page."""
    server.clear()
    monkeypatch.setattr(backup, "PAGE", 3)
    rows = [{"id": text, "label": "Organisation", "shown": {"display": text, "lat": 0.1}} for text in texts]
    server.write(lambda writer: writer.run("add_things", rows=rows, now=writer.now))
    backup.export(server, tmp_path / "all")
    ids = [line["properties"]["id"] for line in lines_of((tmp_path / "all").read_bytes())[1:-1]]
    assert ids == sorted(texts)
    server.clear()
    backup.restore(server, tmp_path / "all")
    backup.export(server, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "all").read_bytes()


def test_any_program_can_unpack_it_and_only_its_owner_may(lived: Store, tmp_path: Path) -> None:
    moved = backup.export(lived, tmp_path / "all.gz")
    header, *nodes, last = lines_of((tmp_path / "all.gz").read_bytes())
    assert header == {"schakel": 1, "schema": schema.newest(), "revision": lived.revision()}
    assert last == {"nodes": len(nodes), "relationships": sum(len(node["relations"]) for node in nodes)}
    assert last == {"nodes": moved.nodes, "relationships": moved.relationships}
    if os.name == "posix":
        assert (tmp_path / "all.gz").stat().st_mode & 0o077 == 0


def test_nothing_is_left_behind(lived: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Moved(**lived.read("count_all")[0]) == backup.export(lived, tmp_path / "all")
    written = "\n".join(query.text for query in queries.library().values() if query.writes)
    labels = set(re.findall(r"(?:CREATE|MERGE) \(\w*:(\w+)", written))
    assert "Record" in labels
    assert labels - {"Meta"} <= {*backup.FAMILIES, *LABELS}
    monkeypatch.setattr(backup, "FAMILIES", ("Thing", "Identifier", "Version"))
    with pytest.raises(AssertionError, match="leaves something behind"):  # a family that somebody forgot
        backup.export(lived, tmp_path / "less")
    assert [path.name for path in tmp_path.iterdir() if "less" in path.name] == []


def test_what_others_keep_in_the_same_database_is_left_alone(lived: Store, tmp_path: Path) -> None:
    with neo4j.GraphDatabase.driver(lived.address.uri, auth=("neo4j", lived.address.password)) as driver:

        def run(statement: str) -> list[Any]:
            return [row.value() for row in driver.execute_query(statement, database_=lived.address.database).records]

        run("CREATE (:Elsewhere {id: 'theirs'})-[:KNOWS]->(:Elsewhere)")
        moved = backup.export(lived, tmp_path / "all")
        assert b"theirs" not in gzip.decompress((tmp_path / "all").read_bytes())
        assert backup.restore(lived, tmp_path / "all", replace=True) == moved
        assert run("MATCH (n:Elsewhere) RETURN count(n)") == [2]


# What is refused


def test_a_store_with_data_is_replaced_only_when_asked(lived: Store, tmp_path: Path) -> None:
    backup.export(lived, tmp_path / "all")
    before = ask.stats(lived)
    with pytest.raises(NotEmpty, match="--yes"):
        backup.restore(lived, tmp_path / "all")
    assert ask.stats(lived) == before


def damaged(data: bytes, folder: Path, problem: str | None = None) -> None:
    file = folder / "damaged"
    file.write_bytes(data)
    with pytest.raises(ExportDamaged, match=problem):
        backup.check(file)


def test_a_file_cut_off_anywhere_is_refused(whole: bytes, tmp_path: Path) -> None:
    for length in range(len(whole)):
        damaged(whole[:length], tmp_path)


def test_a_file_with_one_byte_altered_is_refused(whole: bytes, tmp_path: Path) -> None:
    for place in range(len(whole)):
        for bits in {1 << place % 8, 0xFF}:
            damaged(whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :], tmp_path)


def test_a_file_with_more_is_refused(whole: bytes, tmp_path: Path) -> None:
    for more in (b"\0", b"\n", whole, whole[:1], gzip.compress(b"")):
        damaged(whole + more, tmp_path)
        damaged(more + whole, tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "folder"])
def test_what_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportDamaged, match="Nothing was written"):
        backup.check(tmp_path / name)


def altered(change: Callable[[list[Any]], object]) -> Callable[[bytes], bytes]:
    def made(data: bytes) -> bytes:
        lines = lines_of(data)
        change(lines)
        return sealed(*lines)

    return made


@pytest.mark.parametrize(
    ("forge", "problem"),
    [
        (altered(lambda lines: lines.pop()), "more or less than it says|cut off or altered"),
        (altered(lambda lines: lines.pop(1)), "more or less|lead to nodes"),
        (altered(lambda lines: lines.insert(1, lines[1])), "more or less"),
        (altered(lambda lines: lines.append(lines[1])), "more after its end"),
        (altered(lambda lines: lines[1].update(labels=["Meta"])), "no family"),
        (altered(lambda lines: lines[1].update(labels=["Thing", "Record"])), "no family, or of two"),
        (altered(lambda lines: lines[1]["properties"].pop("id")), "altered"),
        (altered(lambda lines: lines[1].update(properties={"@date": "2020-13-01"})), "altered"),
        (altered(lambda lines: lines[0].update(schakel=2)), "does not begin as format 1"),
        (altered(lambda lines: lines.insert(0, [])), "altered"),
        (lambda data: sealed(), "does not begin"),
        (lambda data: sealed([[]] * 10), "altered"),
        (lambda data: gzip.compress(b"no export\n"), "cut off or altered"),
        (lambda data: b"", "cut off or altered"),
    ],
)
def test_a_file_that_was_made_up_is_refused(
    whole: bytes, forge: Callable[[bytes], bytes], problem: str, tmp_path: Path
) -> None:
    damaged(forge(whole), tmp_path, problem)


def test_what_cannot_be_unpacked_is_refused(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(500)
    data = gzip.compress(b"")[:10] + noise
    with pytest.raises(zlib.error):
        gzip.decompress(data)
    damaged(data + backup._seal(hashlib.sha256(data).hexdigest()), tmp_path, "cut off or altered")


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "LONGEST", 1000)
    damaged(sealed({"schakel": 1, "schema": 1, "revision": 1, "more": "x" * 1000}), tmp_path, "altered")


def test_an_export_of_a_newer_schakel_is_refused(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "newer").write_bytes(altered(lambda lines: lines[0].update(schema=schema.newest() + 1))(whole))
    with pytest.raises(NewerSchema, match="Update Schakel"):
        backup.check(tmp_path / "newer")


def test_a_damaged_file_changes_nothing(lived: Store, whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(whole[:-1])
    before, id = ask.stats(lived), lived.id
    with pytest.raises(ExportDamaged):
        backup.restore(lived, tmp_path / "damaged", replace=True)
    assert (ask.stats(lived), lived.id) == (before, id)


# What is cut off


def cut_off(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    add = backup._add

    def broken(store: Store, asked: str, rows: list[Any]) -> None:
        add(store, asked, rows)
        if asked == query:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(backup, "BATCH", 2)
        patch.setattr(backup, "_add", broken)
        with pytest.raises(KeyboardInterrupt):
            backup.restore(store, file, replace=True)


@pytest.mark.parametrize("query", ["restore_nodes", "restore_relations"])
def test_a_restore_that_is_cut_off_is_noticed_and_can_be_run_again(
    query: str, lived: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, before = backup.export(lived, tmp_path / "all"), ask.stats(lived)
    cut_off(lived, tmp_path / "all", monkeypatch, query)
    with pytest.raises(HalfRestored, match=r"restore .*all --yes"):
        Store.open(settings)
    with pytest.raises(HalfRestored):
        load(lived, tmp_path)
    with pytest.raises(HalfRestored):
        backup.export(lived, tmp_path / "half")
    with Store.open(settings, to_restore=True) as opened:
        assert backup.restore(opened, tmp_path / "all", replace=True) == moved
    with Store.open(settings) as opened:
        assert ask.stats(opened) == before
        assert load(opened, tmp_path).unchanged == 3


def test_a_store_killed_while_it_is_emptied_is_not_taken_for_a_whole_one(
    lived: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.export(lived, tmp_path / "all")
    unnumbered = lived.write_unnumbered

    def broken(name: str, **params: Any) -> Any:
        if name == "empty":
            unnumbered("empty", limit=2)
            raise KeyboardInterrupt
        return unnumbered(name, **params)

    with monkeypatch.context() as patch:
        patch.setattr(lived, "write_unnumbered", broken)
        with pytest.raises(KeyboardInterrupt):
            backup.restore(lived, tmp_path / "all", replace=True)
    with pytest.raises(HalfRestored):
        Store.open(settings)
    backup.restore(lived, tmp_path / "all", replace=True)
    Store.open(settings).close()


def test_a_change_during_an_export_begins_it_anew(
    lived: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, times = backup._write, []

    def busy(store: Store, *rest: Any) -> None:
        write(store, *rest)
        times.append(1)
        if len(times) < busy_until:
            load(store, tmp_path)

    monkeypatch.setattr(backup, "_write", busy)
    busy_until = 3
    backup.export(lived, tmp_path / "all")
    assert len(times) == 3
    assert lines_of((tmp_path / "all").read_bytes())[0]["revision"] == lived.revision()
    busy_until = 99
    with pytest.raises(StoreBusy, match="others keep changing"):
        backup.export(lived, tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "list.csv", "list.yml"]


# Where it cannot be written


@pytest.mark.parametrize("place", ["nowhere/all", "folder"])
def test_a_place_that_takes_no_file(lived: Store, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(CannotWrite, match=place):
        backup.export(lived, tmp_path / place)


@pytest.mark.skipif(sys.platform == "win32", reason="a small disk is made with setrlimit")
def test_a_disk_that_is_too_small_leaves_the_last_export(lived: Store, tmp_path: Path) -> None:
    (tmp_path / "all").write_bytes(b"the last one")
    import resource  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
    try:
        with pytest.raises(CannotWrite, match="make room"):
            backup.export(lived, tmp_path / "all")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (tmp_path / "all").read_bytes() == b"the last one"
    assert len([path for path in tmp_path.iterdir() if "all" in path.name]) == 1
