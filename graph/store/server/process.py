"""Is the process we wrote down still that process? A pid alone does not say: after a crash or a reboot the number
belongs to another program. A pid with the moment its process started does.

Standard library only: the watcher imports this.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def started(pid: int) -> str | None:
    """When process ``pid`` started, as a text to compare with ``==``; None when there is none (a zombie is none).

    Linux: boot id and clock ticks since boot, so that a file that survives a reboot never matches. macOS: the
    second, as ``ps`` prints it. Windows: the creation time in units of 100 ns.
    """
    if pid <= 0:
        return None
    if sys.platform == "win32":
        return _started_windows(pid)
    if sys.platform.startswith("linux"):
        try:
            text = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        except OSError:
            return None
        fields = text[text.rindex(")") + 2 :].split()  # the name before it may hold spaces and brackets
        return None if fields[0] in "ZX" else f"{_boot()}-{fields[19]}"
    line = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    ).stdout.split(None, 1)
    return None if len(line) < 2 or line[0].startswith("Z") else "-".join(line[1].split()).replace(":", ".")


def alive(pid: int, start: str) -> bool:
    """True while the process that had ``pid`` and started at ``start`` still runs."""
    return bool(start) and started(pid) == start


def stop(pid: int, start: str, patience: float = 30.0) -> bool:
    """Ask the process to end and wait; after ``patience`` seconds kill it. True when it ended by itself.

    On Windows the first signal already is the hard one (a detached process has no console to send a break to);
    Neo4j then recovers from its transaction log at the next start.
    """
    for number, seconds in ((signal.SIGTERM, patience), (getattr(signal, "SIGKILL", signal.SIGTERM), 10.0)):
        if not alive(pid, start):
            return True
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            return True
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not alive(pid, start):
                return number == signal.SIGTERM
            time.sleep(0.05)
    return False


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:  # hidden in some sandboxes
        return "0"


def _started_windows(pid: int) -> str | None:
    if sys.platform != "win32":  # for the type checker
        return None
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return None
    try:
        code = wintypes.DWORD()
        times = [wintypes.FILETIME() for _ in range(4)]
        kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        if code.value != 259:  # STILL_ACTIVE
            return None
        kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(moment) for moment in times))
        return str(times[0].dwHighDateTime << 32 | times[0].dwLowDateTime)
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
