"""The Neo4j that Schakel starts by itself where NEO4J_URI is not set: one per SCHAKEL_HOME, shared by all processes.

:func:`ensure` gives its address and counts this process as a user; a watcher stops the server when no user has been
alive for 20 seconds. Times, sizes and reasons: docs/decisions/0002-local-server.md.
"""

import atexit
import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import DiskFull, FolderClosed, NotEnoughMemory, PortTaken, ServerFailed
from graph.settings import Neo4jAddress, Settings
from graph.store.server import files, jars, java, state
from graph.store.server import start as server_start
from graph.store.server.filelock import locked
from graph.store.server.progress import Progress

GRACE = 20.0  # seconds without a user before the server is stopped
LOCK_PATIENCE = server_start.PATIENCE + 60  # seconds: another process may be in the middle of a first start

_marks: dict[Path, tuple[int, Path]] = {}  # home: this process and its file among the users
_marks_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class LocalStatus:
    """The local server as it is now. ``users``: pids of the living processes that use it. ``stay``: it runs until
    ``server stop``. ``pid``, ``uri`` are None when it does not run."""

    running: bool
    uri: str | None
    pid: int | None
    version: str
    stay: bool
    users: tuple[int, ...]
    home: Path
    log: Path


def ensure(
    settings: Settings,
    *,
    stay: bool = False,
    progress: Callable[[str], None] | None = None,
    grace: float = GRACE,
) -> Neo4jAddress:
    """The address of the running local server, started (and at the very first time fetched) when needed.

    Safe to call from many processes and threads at once: they share one server. The calling process counts as a
    user until it ends, however it ends. Call it again when the server does not answer any more: it is started anew,
    recovers, and has the same port. ``stay`` keeps it running without users until :func:`stop`. ``progress`` gets
    one line of text now and then; by default they go to standard error. ``grace``: seconds it outlives its last user.

    Raises NoNetwork, JarAltered, NoJava, PortTaken, FolderInUse, FolderNewer, FolderClosed, NotEnoughMemory, DiskFull,
    ServerFailed.
    """
    home = state.folder(settings.home)
    with _explained(home), _shown(progress) as tell:
        home.mkdir(parents=True, exist_ok=True)
        if not _up(state.read(home)):
            jars.ensure(tell)  # before the lock: a first fetch may take long
        with _locked(home, tell):
            _register(home)
            server = state.read(home)
            if not _up(server):
                server = _bring_up(home, server, stay, grace, tell)
            if stay and not server.stay:
                server = replace(server, stay=True)
                state.write(home, server)
            if not (server.stay or server.watched):
                server_start.launch(home, server, [], grace, [])
        return server_start.address(home, server)


def leave(settings: Settings) -> None:
    """This process does not use the server any more; happens by itself at its end. Takes no time."""
    with _marks_guard:
        pid, mark = _marks.pop(state.folder(settings.home), (0, Path()))
    if pid == os.getpid():
        state.leave(mark)


def status(settings: Settings) -> LocalStatus:
    """How the local server is; starts nothing and takes no lock."""
    home = state.folder(settings.home)
    server = state.read(home)
    running = server.running and server.ready
    return LocalStatus(
        running=running,
        uri=f"bolt://{files.HOST}:{server.port}" if running else None,
        pid=server.pid if running else None,
        version=server.version or jars.read_lock()[0],
        stay=server.stay,
        users=tuple(state.users(home)),
        home=home,
        log=home / "logs" / "console.log",
    )


def stop(settings: Settings) -> bool:
    """Stop the local server now, whoever uses it. True when there was one to stop."""
    home = state.folder(settings.home)
    if not home.exists():
        return False
    with _locked(home, lambda _: None):
        server = state.read(home)
        was = server.running
        server_start.stop(home, server)
    return was


def _up(server: state.Server) -> bool:
    return server.running and server.ready and server_start.answers(server.port)


def _bring_up(home: Path, server: state.Server, stay: bool, grace: float, tell: Callable[[str], None]) -> state.Server:
    if server.running and server.ready:  # it runs but does not answer: hanging beyond help
        server_start.stop(home, server)
    version = jars.read_lock()[0]
    last: PortTaken | None = None
    heap, cached = java.HEAP, True
    for _ in range(5):
        if not server.running:  # else its starter died while it came up: go on waiting in its place
            lib = jars.ensure(tell)
            tell("Neo4j is starting")
            after = [sys.executable, "-m", "graph.store.fetch", "--quiet"]
            server = server_start.start(
                home, lib, version, server, stay=stay, grace=grace, after=after, heap=heap, cached=cached
            )
        try:
            server_start.wait(home, server)
        except PortTaken as error:  # another program was faster between our look and Neo4j's
            last, server = error, state.Server()
            continue
        except NotEnoughMemory:
            if heap > java.HEAP or not server_start.heap_was_full(home):
                raise
            heap = java.RECOVERY_HEAP
            tell("Neo4j is starting: it recovers with more memory")
            continue
        except ServerFailed:
            server_start.stop(home, server)
            if not cached or not server_start.cache_was_bad(home, jars.library(version)):
                raise
            cached = False
            continue
        files.opened(home, version)
        server = replace(state.read(home), ready=True)
        state.write(home, server)
        return server
    assert last
    raise last


def _register(home: Path) -> None:
    with _marks_guard:
        pid, mark = _marks.get(home, (0, Path()))
        if pid != os.getpid():  # also in a forked child, which inherits the parent's
            if not _marks:
                atexit.register(_leave_all)
            _marks[home] = (os.getpid(), state.register(home, os.getpid()))
        elif not mark.exists():
            state.register(home, pid)


def _leave_all() -> None:
    for pid, mark in _marks.values():
        if pid == os.getpid():
            state.leave(mark)


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    """What the system says about files, as what the user can do about it."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder=home, free=0, needed=files.DISK) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise FolderClosed(folder=error.filename or home) from error
        raise


@contextmanager
def _shown(progress: Callable[[str], None] | None) -> Iterator[Callable[[str], None]]:
    if progress:
        yield progress
    else:
        with Progress() as shown:
            yield shown


@contextmanager
def _locked(home: Path, tell: Callable[[str], None]) -> Iterator[None]:
    try:
        with locked(state.lock(home), LOCK_PATIENCE, lambda: tell("Neo4j is being started or stopped: waiting")):
            yield
    except TimeoutError as error:
        raise ServerFailed(problem=f"another process holds {error}", log=home / "logs" / "console.log") from error
