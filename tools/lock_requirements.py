"""Write the three requirements files anew from pyproject.toml, for all platforms and Python 3.11 to 3.14, with hashes.

    python tools/lock_requirements.py [--upgrade]      (make lock)

Versions that are locked stay unless pyproject forbids them; ``--upgrade`` takes the newest. No file names the index
the packages came from: that is the setting of whoever installs.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"),
    *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
)
RUN = ("pyproject.toml", "--extra", "py2neo")
LOCKS = (
    (*RUN, "--output-file", "requirements.txt"),
    (*RUN, "--group", "dev", "--constraint", "requirements.txt", "--output-file", "requirements-dev.txt"),
    # Without the driver it speeds up: that is locked above.
    ("--group", "fast", "--no-deps", "--output-file", "requirements-fast.txt"),
)


def main(arguments: list[str]) -> int:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if not uv:
        sys.exit("lock_requirements: there is no uv. It comes with: python bootstrap.py check")
    for lock in LOCKS:
        done = subprocess.call([uv, *COMPILE, *lock, *arguments], cwd=HOUSE)
        if done:
            return done
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
