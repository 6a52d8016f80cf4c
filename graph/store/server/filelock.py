"""One lock file between processes, so that two commands started at once start one server, not two.

The operating system lets go of the lock when its holder dies, however it dies: there is no stale lock to clean up.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, seconds: float, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock on ``path`` (made when absent). ``waiting`` is called once when another process holds it.

    Threads of one process exclude each other too: each call opens the file anew.

    Raises TimeoutError when the lock is not had within ``seconds``.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # not inherited by children (PEP 446)
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                _try(descriptor)
                break
            except OSError:
                if time.monotonic() >= deadline:
                    raise TimeoutError(str(path)) from None
            if waiting:
                waiting()
                waiting = None
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)  # also unlocks
