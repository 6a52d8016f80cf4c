"""The files by which processes find the shared server: who it is (``server.json``) and who uses it (``users/``).

Standard library only: the watcher imports this. Whoever writes or acts on them holds the lock of ``lock(home)``.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from graph.store.server import process


@dataclass(frozen=True, slots=True)
class Server:
    """What ``server.json`` says. ``pid`` is 0 after a clean stop; ``port`` stays, so that the next start takes the
    same one and open drivers find it again. ``stay``: runs until it is stopped, users or not."""

    pid: int = 0
    started: str = ""
    port: int = 0
    version: str = ""
    ready: bool = False
    stay: bool = False
    watcher: int = 0
    watcher_started: str = ""

    @property
    def running(self) -> bool:
        return process.alive(self.pid, self.started)

    @property
    def watched(self) -> bool:
        return process.alive(self.watcher, self.watcher_started)


def folder(schakel_home: Path) -> Path:
    """The ``--home-dir`` of the local Neo4j: data, conf, logs, password, and the files of this module."""
    return schakel_home / "neo4j"


def lock(home: Path) -> Path:
    return home / "lock"


def read(home: Path) -> Server:
    """The last known server; an empty one when the file is missing, cut off, or written by another version."""
    try:
        facts = json.loads((home / "server.json").read_text(encoding="utf-8"))
        server = Server(**{field.name: facts[field.name] for field in fields(Server) if field.name in facts})
    except (OSError, ValueError, TypeError):
        return Server()
    typed = all(type(getattr(server, field.name)) is type(field.default) for field in fields(Server))
    return server if typed else Server()


def write(home: Path, server: Server) -> None:
    """Atomically, so that a reader never sees half a file."""
    fresh = home / f"server.json.{os.getpid()}"
    try:
        fresh.write_text(json.dumps(asdict(server)), encoding="utf-8")
        fresh.replace(home / "server.json")
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def stopped(home: Path, server: Server) -> None:
    """Note that ``server`` ended as it should. A full disk does not matter: a dead process is not believed either."""
    with suppress(OSError):
        write(home, Server(port=server.port, version=server.version))


def register(home: Path, pid: int) -> Path:
    """Count process ``pid`` as a user of the server until :func:`leave` or its death. Returns its file."""
    mark = home / "users" / f"{pid}@{process.started(pid)}"
    mark.parent.mkdir(exist_ok=True)
    mark.touch()
    return mark


def leave(mark: Path) -> None:
    """No longer a user. Takes no lock and no time: the watcher does the stopping."""
    mark.unlink(missing_ok=True)


def users(home: Path) -> list[int]:
    """Pids of the living users; files of the dead are removed."""
    living = []
    for mark in sorted(home.glob("users/*@*")):
        pid, _, start = mark.name.partition("@")
        if pid.isdigit() and process.alive(int(pid), start):
            living.append(int(pid))
        else:
            mark.unlink(missing_ok=True)
    return living
