"""A local server that was cut off: by a full disk, by a heap too small for its recovery, in the middle of its end."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import NotEnoughMemory
from graph.settings import Settings
from graph.store import local
from graph.store.server import aot, jars, java, state

PROJECT = Path(__file__).parents[2]
# On a disk of its own: start, fill the disk but for some MB, load until it is full, make room, load again.
FULL = """
import os, shutil, sys
from pathlib import Path
from graph.errors import SchakelError
from graph.settings import Settings
from graph.store import backup, local
from graph.store.store import Store
disk = Path(sys.argv[1])
settings = Settings(home=disk / "home", user="tester")
told = lambda text: None

def batch(number):
    rows = [{"id": f"{number}-{i}", "label": "Organisation", "shown": {"display": "x" * 500}} for i in range(2_000)]
    return lambda writer: writer.run("add_things", rows=rows, now=writer.now)

def refused(work):
    try:
        work()
    except SchakelError as error:
        assert "\\n" not in str(error)
        return error.code()
    return "done"

def load(store):
    while True:
        store.write(batch(store.revision()))

with Store.open(settings, progress=told) as store:
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free
    with ballast.open("wb") as file:
        for _ in range(free // 2**20 - 12):
            file.write(bytes(2**20))
    print("loading", refused(lambda: load(store)))
    print("again", refused(lambda: Store.open(settings, progress=told)))
    print("export", refused(lambda: backup.export(store, disk / "a.schakel")))
    print("stopped", local.stop(settings) is not None)
ballast.unlink()
with Store.open(settings, progress=told) as store:
    things, revision = store.read("count_things")[0]["things"], store.revision()
    print("whole batches", things > 0 and things == 2_000 * revision)
    store.write(batch(revision))
    print("goes on", store.read("count_things")[0]["things"] == things + 2_000)
local.stop(settings)
print("left over", [path.name for path in (disk / "home" / "neo4j").glob("server.json.*")])
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(home=tmp_path)
    yield settings
    local.leave(settings)
    local.stop(settings)


@pytest.mark.skipif(not shutil.which("unshare"), reason="a small disk is made with unshare")
def test_a_disk_that_fills_up_in_the_middle_of_a_load(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this account may not make a mount namespace")
    mount = f'mount -t tmpfs -o size=360m none {tmp_path} && exec "$@"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount, "sh", sys.executable, "-W", "error", "-c", FULL, str(tmp_path)],
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "loading disk_full",
        "again disk_full",
        "export disk_full",
        "stopped True",
        "whole batches True",
        "goes on True",
        "left over []",
    ], done.stderr


def test_a_recovery_that_needs_more_heap_gets_it(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def heap(wanted: int = java.HEAP) -> int:
        given.append(wanted)
        return 14 if wanted == java.HEAP else 512

    monkeypatch.setattr(java, "heap_megabytes", heap)
    monkeypatch.setattr(java, "FLAGS", tuple("-Xms4m" if flag == "-Xms128m" else flag for flag in java.FLAGS))
    said: list[str] = []
    local.ensure(home, progress=said.append)
    # So small a heap does not hold the AOT cache either: then it is tried without.
    assert given[-2:] == [java.HEAP, java.RECOVERY_HEAP] and set(given[:-2]) <= {java.HEAP}
    assert "Neo4j is starting: it recovers with more memory" in said
    assert local.status(home).running


def test_an_aot_cache_that_makes_java_crash_is_done_without(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = jars.ensure(lambda text: None)
    good = aot.ensure(whole, lambda text: None)
    if not good:
        pytest.skip("this machine makes no AOT cache")
    monkeypatch.setenv("SCHAKEL_CACHE", str(tmp_path / "cache"))
    lib = jars.library(jars.read_lock()[0])
    lib.mkdir(parents=True)
    for jar in whole.iterdir():
        (lib / jar.name).symlink_to(jar)
    bad = java.aot_cache(java.find(), lib)
    assert bad
    shutil.copyfile(good, bad)
    with bad.open("r+b") as file:
        file.seek(10_000_000)
        file.write(bytes(100))
    local.ensure(home)
    assert local.status(home).running
    assert "A fatal error has been detected" in (state.folder(home.home) / "logs" / "console.log.1").read_text()
    assert not bad.exists()


def test_more_heap_than_the_machine_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "free_megabytes", lambda: 2_000)
    assert java.heap_megabytes() == java.HEAP
    with pytest.raises(NotEnoughMemory, match=rf"about {java.RECOVERY_HEAP + java.BESIDE_HEAP} MB .* gets 2000 MB"):
        java.heap_megabytes(java.RECOVERY_HEAP)
    monkeypatch.setattr(java, "free_megabytes", lambda: 600)
    assert java.heap_megabytes() == 600 - java.BESIDE_HEAP
    monkeypatch.setattr(java, "free_megabytes", lambda: None)  # as on macOS
    assert java.heap_megabytes(java.RECOVERY_HEAP) == java.RECOVERY_HEAP


def test_a_state_that_cannot_be_written_leaves_the_last_one(tmp_path: Path) -> None:
    state.write(tmp_path, state.Server(port=1))
    (tmp_path / f"server.json.{os.getpid()}").mkdir()  # where the fresh one would be written
    with pytest.raises(OSError):
        state.write(tmp_path, state.Server(port=2))
    state.stopped(tmp_path, state.Server(pid=5, port=2))
    assert json.loads((tmp_path / "server.json").read_text())["port"] == 1
