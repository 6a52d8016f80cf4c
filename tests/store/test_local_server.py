"""The local server as users meet it: a real Neo4j, real processes, real kills.

A start takes 3 to 6 seconds, so tests that only look share one server.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import neo4j
import pytest

from graph.settings import Neo4jAddress, Settings
from graph.store import local
from graph.store.server import files, process, state

PROJECT = Path(__file__).parents[2]
GRACE = 2.0
ENSURE = """
import sys, time
from pathlib import Path
from graph.settings import Settings
from graph.store import local
settings = Settings(home=Path(sys.argv[1]))
local.ensure(settings, grace=float(sys.argv[2]))
print(local.status(settings).pid, flush=True)
time.sleep(float(sys.argv[3]))
"""


def user(settings: Settings, stays: float = 0, grace: float = GRACE) -> "subprocess.Popen[str]":
    """Another process that uses the server for ``stays`` seconds and prints the server's pid."""
    return subprocess.Popen(
        [sys.executable, "-c", ENSURE, str(settings.home), str(grace), str(stays)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return true()


def ask(address: Neo4jAddress, statement: str) -> object:
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        records = driver.execute_query(statement, database_=address.database).records
        return records[0][0] if records else None


def server_of(settings: Settings) -> state.Server:
    return state.read(state.folder(settings.home))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(home=tmp_path)
    yield settings
    local.leave(settings)
    local.stop(settings)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    settings = Settings(home=tmp_path_factory.mktemp("shared"))
    local.ensure(settings)
    yield settings
    local.leave(settings)
    local.stop(settings)


def test_it_answers_and_says_how_it_is(shared: Settings) -> None:
    address = local.ensure(shared)
    assert ask(address, "RETURN 1") == 1
    found = local.status(shared)
    assert found.running and found.uri == address.uri and os.getpid() in found.users
    assert found.version == ask(address, "CALL dbms.components() YIELD versions RETURN versions[0]")
    assert found.home.is_relative_to(shared.home)
    assert f"--home-dir={found.home}".encode() in Path(f"/proc/{found.pid}/cmdline").read_bytes().split(b"\0")


def test_a_running_server_is_found_in_no_time(shared: Settings) -> None:
    start = time.monotonic()
    local.ensure(shared)
    assert time.monotonic() - start < 0.2


def test_the_password_is_random_and_private(shared: Settings, tmp_path: Path) -> None:
    address = local.ensure(shared)
    assert (state.folder(shared.home) / "password").stat().st_mode & 0o777 == 0o600
    assert len(address.password) >= 32 and address.password not in repr(address)
    with pytest.raises(neo4j.exceptions.AuthError):
        ask(replace(address, password="neo4j"), "RETURN 1")
    assert address.password.encode() not in Path(f"/proc/{local.status(shared).pid}/cmdline").read_bytes()
    assert files.password(tmp_path / "other") != address.password


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at the sockets in /proc")
def test_it_listens_on_the_loopback_interface_only(shared: Settings) -> None:
    pid = local.status(shared).pid
    opened = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    inodes = {name[len("socket:[") : -1] for name in opened if name.startswith("socket:")}
    listening = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = row.split()
            if fields[9] in inodes and (table.startswith("udp") or fields[3] == "0A"):
                listening.append(fields[1].partition(":")[0])
    assert listening
    loopback = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}
    assert set(listening) <= loopback


def test_two_processes_at_once_share_one_server_that_goes_after_them(home: Settings) -> None:
    both = [user(home, 1.0), user(home, 1.0)]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert said[0][0] == said[1][0] != ""
    server = server_of(home)
    assert server.pid == int(said[0][0])
    assert server.running  # both are gone, it survives them: the next command finds it
    assert until(lambda: not server.running, GRACE + 3)
    assert until(lambda: not server.watched, 2)
    assert "Stopped." in local.status(home).log.read_text()  # and not killed
    assert server_of(home) == state.Server(port=server.port, version=server.version)


def test_a_killed_user_and_a_killed_watcher_leave_no_server_behind(home: Settings) -> None:
    first = user(home, 600)
    assert first.stdout
    server_pid = int(first.stdout.readline())
    watcher = server_of(home)
    os.kill(watcher.watcher, signal.SIGKILL)
    assert until(lambda: not watcher.watched, 2)
    second = user(home)
    assert int(second.communicate(timeout=30)[0]) == server_pid
    server = server_of(home)
    assert server.watched and server.watcher != watcher.watcher
    time.sleep(GRACE + 1)
    assert server.running  # the first still uses it
    first.kill()
    first.communicate()
    assert until(lambda: not server.running, GRACE + 3)


def test_a_killed_server_comes_back_with_its_data_and_its_port(home: Settings) -> None:
    before = local.ensure(home, grace=GRACE)
    ask(before, "UNWIND range(1, 1000) AS i CREATE (:Kept {id: i})")
    os.kill(server_of(home).pid, signal.SIGKILL)
    assert until(lambda: not local.status(home).running, 5)
    after = local.ensure(home, grace=GRACE)
    assert after == before
    assert ask(after, "MATCH (n:Kept) RETURN count(n)") == 1000


def test_a_starter_killed_half_way_leaves_a_server_that_the_next_one_takes(home: Settings) -> None:
    starter = user(home, 600, grace=30)
    assert until(lambda: server_of(home).pid > 0, 30)
    starter.kill()
    starter.communicate()
    begun = server_of(home)
    assert begun.running and not begun.ready
    local.ensure(home)
    assert server_of(home).pid == begun.pid


def test_a_server_told_to_stay_outlives_its_users_until_it_is_stopped(home: Settings) -> None:
    code = ENSURE.replace("grace=", "stay=True, grace=")
    done = subprocess.run(
        [sys.executable, "-c", code, str(home.home), "0.5", "0"],
        cwd=PROJECT,
        capture_output=True,
        timeout=60,
        check=True,
    )
    time.sleep(2)
    found = local.status(home)
    assert found.running and found.stay and not found.users and found.pid == int(done.stdout)
    start = time.monotonic()
    assert local.stop(home)
    assert time.monotonic() - start < 2
    assert not local.status(home).running
    assert not local.stop(home)


def test_a_started_server_holds_nothing_of_its_caller(home: Settings) -> None:
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    code = f"import os; os.set_inheritable({writing}, True)\n{ENSURE}"
    caller = subprocess.Popen(
        [sys.executable, "-c", code, str(home.home), "30", "0"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[writing],
    )
    os.close(writing)
    said = caller.communicate(timeout=60)  # returns when stdout and stderr are closed by all
    assert caller.returncode == 0, said
    with os.fdopen(reading) as pipe:
        os.set_blocking(reading, False)
        assert pipe.read() == ""  # closed too, not waiting for a writer
    server = server_of(home)
    assert server.running
    assert os.getsid(server.pid) not in (os.getsid(0), os.getsid(server.watcher))
    assert Path(f"/proc/{server.pid}/fd/0").resolve() == Path("/dev/null")


def test_a_stale_file_with_a_reused_pid_is_not_believed(home: Settings) -> None:
    folder = state.folder(home.home)
    (folder / "users").mkdir(parents=True)
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    stale = state.Server(pid=bystander.pid, started="another-boot-1", port=1, ready=True, version="2026.08.1")
    state.write(folder, stale)
    (folder / "users" / f"{bystander.pid}@another-boot-1").touch()
    assert not local.status(home).running and local.status(home).users == ()
    assert not local.stop(home)
    local.ensure(home, grace=GRACE)
    assert server_of(home).pid != bystander.pid
    local.stop(home)
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_port_lost_in_a_race_is_replaced(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    free = files.free_port
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        ports = iter([taken])
        monkeypatch.setattr(files, "free_port", lambda preferred=0: next(ports, None) or free(preferred))
        assert not local.ensure(home, grace=GRACE).uri.endswith(f":{taken}")
    assert "already in use" in (state.folder(home.home) / "logs" / "console.log.1").read_text()


def test_a_cut_off_state_file_is_no_server(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"pid": "1"}', '{"pid": 1, "port": null}'):
        (tmp_path / "server.json").write_text(text)
        assert state.read(tmp_path) == state.Server()
    state.write(tmp_path, state.Server(pid=7, port=8))
    assert asdict(state.read(tmp_path))["port"] == 8


def test_a_process_is_known_by_its_start_not_by_its_number() -> None:
    start = process.started(os.getpid())
    assert start and process.alive(os.getpid(), start)
    assert not process.alive(os.getpid(), start + "0") and not process.alive(os.getpid(), "")
    child = subprocess.Popen([sys.executable, "-c", ""])
    assert until(lambda: process.started(child.pid) is None, 10)  # ended, not yet waited for: a zombie is none
    child.wait()
