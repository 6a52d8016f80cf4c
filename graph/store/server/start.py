"""Start the server process, wait until it really answers, and say in one sentence why it did not."""

import json
import logging
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from graph.errors import DiskFull, FolderInUse, FolderNewer, NotEnoughMemory, PortTaken, SchakelError, ServerFailed
from graph.settings import Neo4jAddress
from graph.store.server import files, java, process, state, watch

PATIENCE = 180.0  # seconds: a recovery after a crash in the middle of a large load takes its time
PROJECT = Path(__file__).parents[3]
# What Neo4j or the JVM prints, and what it means for the user.
COMPLAINTS: tuple[tuple[str, type[SchakelError]], ...] = (
    (r"Address already in use|PortBindException|BindException", PortTaken),
    (r"StoreLockException|Lock file has been locked|FileLockException|lock on store", FolderInUse),
    (r"No space left on device|not enough space on the disk|Disk quota exceeded", DiskFull),
    (
        r"Could not reserve enough space|Could not allocate|[Ii]nsufficient memory|OutOfMemoryError"
        r"|Cannot allocate memory",
        NotEnoughMemory,
    ),
    (r"UnknownStoreVersion|StoreVersion\S*Exception|newer than|downgrade|not supported by this version", FolderNewer),
)


def start(
    home: Path,
    lib: Path,
    version: str,
    last: state.Server,
    *,
    stay: bool,
    grace: float,
    after: list[str],
    heap: int = java.HEAP,
    cached: bool = True,
) -> state.Server:
    """Start server and watcher, detached; returns as soon as they run. The caller holds the lock. ``heap``: how large
    it may grow, in MB. ``cached``: with the AOT cache, where there is one.

    Raises what :func:`files.check` and :func:`java.find` raise, NotEnoughMemory.
    """
    home.mkdir(parents=True, exist_ok=True)
    files.check(home, version)
    engine = java.find()
    heap = java.heap_megabytes(heap)
    port = files.free_port(last.port)
    files.prepare(home, port)
    files.password(home)
    log = home / "logs" / "console.log"
    if log.exists():
        log.replace(log.with_name("console.log.1"))
    cache = java.aot_cache(engine, lib)
    flags = [f"-XX:AOTCache={cache}"] if cached and cache and cache.exists() else []
    launch(
        home,
        state.Server(port=port, version=version, stay=stay),
        java.command(engine, lib, home, heap, *flags),
        grace,
        [] if flags or not cache else after,
    )
    return state.read(home)


def launch(home: Path, server: state.Server, command: list[str], grace: float, after: list[str]) -> None:
    """Hand ``command`` (empty: none, only a new watcher) to the launcher of ``watch``; see there."""
    request = {"home": str(home), "server": asdict(server), "command": command, "grace": grace, "after": after}
    done = subprocess.run(
        [sys.executable, "-E", "-S", "-m", watch.MODULE, "launch"],
        check=False,
        input=json.dumps(request),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        start_new_session=True,  # a Ctrl-C between server and watcher is not for it
    )
    if done.returncode:
        raise ServerFailed(problem=(done.stderr.strip().splitlines() or ["no message"])[-1], log=home / "logs")


def wait(home: Path, server: state.Server, patience: float = PATIENCE, tick: Callable[[], None] = lambda: None) -> None:
    """Until the driver is let in and database neo4j is online. ``tick`` is called some times a second.

    Raises ServerFailed or what :data:`COMPLAINTS` makes of the log.
    """
    import neo4j  # here: 0.3 s that pass while the server starts, and nothing when it runs already
    from neo4j.exceptions import DriverError, Neo4jError

    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # a server that ends while it starts is told below

    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        tick()
        if not server.running:
            raise complaint(home, server)
        if not answers(server.port):
            time.sleep(0.05)
            continue
        where = address(home, server)
        try:
            with neo4j.GraphDatabase.driver(
                where.uri, auth=(where.username, where.password), connection_timeout=5, max_transaction_retry_time=0
            ) as driver:
                driver.verify_connectivity()
                shown = driver.execute_query(
                    "SHOW DATABASE neo4j YIELD currentStatus", database_="system", routing_=neo4j.RoutingControl.READ
                )
                if [record["currentStatus"] for record in shown.records] == ["online"]:
                    return
        except neo4j.exceptions.AuthError as error:
            raise ServerFailed(
                problem=f"it does not accept the password in {home / 'password'}", log=home / "logs"
            ) from error
        except (DriverError, Neo4jError, OSError):
            pass  # it listens before it is ready
        time.sleep(0.05)
    raise ServerFailed(problem=f"it is not ready after {patience:.0f} seconds", log=home / "logs" / "console.log")


def address(home: Path, server: state.Server) -> Neo4jAddress:
    return Neo4jAddress(f"bolt://{files.HOST}:{server.port}", "neo4j", files.password(home), "neo4j")


def answers(port: int) -> bool:
    """Whether something on ``port`` speaks Bolt: a handshake, 1 ms, without the driver."""
    try:
        with socket.create_connection((files.HOST, port), timeout=2) as connection:
            connection.settimeout(5)
            connection.sendall(bytes.fromhex("6060B017" + "00000005" + "00000404" + "00000000" + "00000000"))
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def heap_was_full(home: Path) -> bool:
    """Whether the server ended because it had not heap enough, not because the machine had no memory."""
    return "OutOfMemoryError: Java heap space" in _printed(home)


def cache_was_bad(home: Path, lib: Path) -> bool:
    """Whether the JVM could not live with its AOT cache; one that made it crash is removed, to be made anew. A cache
    that is cut off or of another Java does no harm: the JVM sees that by itself."""
    said = _printed(home)
    crashed = "A fatal error has been detected by the Java Runtime Environment" in said
    if crashed and (cache := java.aot_cache(java.find(), lib)):
        with suppress(OSError):  # in a cache folder that others keep
            cache.unlink(missing_ok=True)
    return crashed or "Unable to use AOT cache" in said


def _printed(home: Path) -> str:
    log = home / "logs" / "console.log"
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def complaint(home: Path, server: state.Server) -> SchakelError:
    """Why the server ended, from what it printed."""
    log = home / "logs" / "console.log"
    said = _printed(home)
    facts = {
        "port": server.port,
        "folder": home / "data",
        "pid": "unknown",
        "free": "less",
        "needed": java.BESIDE_HEAP + 256,
        "problem": f"this is {server.version}",
    }
    for pattern, error in COMPLAINTS:
        if re.search(pattern, said):
            if error is DiskFull:
                facts |= {"free": 0, "needed": files.DISK}
            return error(**facts)
    lines = [
        line.strip(" \t#") for line in said.splitlines() if line.strip(" \t#") and not line.lstrip().startswith("at ")
    ]
    telling = [line for line in lines if re.search(r"ERROR|Exception:|Caused by|Could not|Unrecognized", line)]
    return ServerFailed(problem=(telling or lines or ["it ended without a word"])[-1][:200], log=log)


def stop(home: Path, server: state.Server, patience: float = 30.0) -> None:
    """Stop server and watcher; the caller holds the lock."""
    process.stop(server.pid, server.started, patience)
    state.stopped(home, server)
    process.stop(server.watcher, server.watcher_started)
