"""The small process beside the server: starts it, and stops it when its last user has been gone for a while.

    python -m graph.store.server.watch launch < request.json     start server and watcher, detached; print nothing
    python -m graph.store.server.watch loop HOME GRACE [AFTER..] watch; AFTER runs when the server is stopped

A third process does this because a user may end at any moment, by ``kill -9`` too, and must not wait at its end.
Launching in a step of its own makes the server nobody's child: no user is left with a zombie or an open pipe.

Standard library only, run with ``-S``: 13 MB, of which a bare Python takes 9.
"""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from graph.store.server import process, state
from graph.store.server.filelock import locked

MODULE = "graph.store.server.watch"


def launch(request: dict[str, object]) -> None:
    """``request``: home, server (the state to complete), command (empty: only a new watcher), grace, after.

    The state is written by this process, a moment after the start, so that a user killed while it waits leaves no
    server behind that nobody knows of.
    """
    home = Path(str(request["home"]))
    facts = request["server"]
    command = request["command"]
    after = request["after"]
    assert isinstance(facts, dict) and isinstance(command, list) and isinstance(after, list)
    server = state.Server(**facts)
    if command:
        with (home / "logs" / "console.log").open("ab") as log:
            pid = _detached(command, log.fileno(), home)
        server = replace(server, pid=pid, started=process.started(pid) or "gone")
        state.write(home, server)
    if not server.stay:
        loop = [sys.executable, "-E", "-S", "-m", MODULE, "loop", str(home), str(request["grace"]), *after]
        watcher = _detached(loop, subprocess.DEVNULL, Path.cwd())
        server = replace(server, watcher=watcher, watcher_started=process.started(watcher) or "gone")
        state.write(home, server)


def loop(home: Path, grace: float, after: list[str]) -> None:
    """Watch the server of ``home`` until it ends, is told to stay, or has had no user for ``grace`` seconds."""
    mine = state.read(home).pid
    pause = min(2.0, grace / 4)
    idle_since = time.monotonic()
    while True:
        time.sleep(pause)
        server = state.read(home)
        if server.stay or server.pid != mine or not server.running:
            return
        if state.users(home):
            idle_since = time.monotonic()
        elif time.monotonic() - idle_since >= grace:
            try:
                with locked(state.lock(home), 0):
                    server = state.read(home)
                    if server.stay or server.pid != mine or state.users(home):
                        continue
                    process.stop(server.pid, server.started)
                    state.stopped(home, server)
            except TimeoutError:  # somebody is just arriving
                continue
            if after:
                _detached(after, subprocess.DEVNULL, Path.cwd())
            return


def _detached(command: list[str], output: int, folder: Path) -> int:
    """Start ``command`` in a session of its own, with none of our descriptors. Returns its pid."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    child = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        creationflags=flags,
    )
    child.returncode = 0  # never waited for: it lives on
    return child.pid


def main(arguments: list[str]) -> None:
    if arguments[0] == "launch":
        launch(json.load(sys.stdin))
    else:
        loop(Path(arguments[1]), float(arguments[2]), arguments[3:])


if __name__ == "__main__":
    main(sys.argv[1:])
