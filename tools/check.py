"""Every check that needs no database, one after the other; all findings at once.

python bootstrap.py check      (make check)
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
NETWORK = HOUSE / "ui" / "components" / "network"
PYTHON = (
    ("format", [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."]),
    ("lint", [sys.executable, "-m", "ruff", "check", "--quiet", "."]),
    ("types", [sys.executable, "-m", "mypy", "--no-error-summary"]),
    ("import law", [str(BIN / "lint-imports"), "--no-logo"]),
    ("requirements", [sys.executable, "tools/check_requirements.py"]),
    ("installed versions fit", [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]),
    ("tree", [sys.executable, "tools/check_tree.py"]),
)


def network() -> Iterator[tuple[str, list[str], Path]]:
    """That the network view's bundle is what its source gives. Users need no Node: without it, a word and no more."""
    npm = shutil.which("npm")
    if not npm:
        if os.environ.get("CI") == "true":
            sys.exit("check: CI has no npm, so the bundle of the network view cannot be checked")
        print("network bundle: not checked, there is no npm here")
        return
    lock, done = NETWORK / "package-lock.json", NETWORK / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        yield "network packages", [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], NETWORK
    yield "network bundle", [npm, "run", "--silent", "check"], NETWORK


def run(name: str, command: list[str], folder: Path) -> bool:
    started = time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    print(f"{name}: {'FAILED' if done.returncode else 'ok'} ({time.monotonic() - started:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def main() -> int:
    passed = [run(name, command, HOUSE) for name, command in PYTHON]
    passed += [run(name, command, folder) for name, command, folder in network()]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
