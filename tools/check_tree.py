"""What no file of the project may hold, whatever its kind.

    python tools/check_tree.py [FOLDER]

Addresses of package registries (whoever installs has settings of their own), paths below somebody's home, and Python
files over 500 lines. Looks at the files git knows and those it would add.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
LINES = 500
REGISTRIES = re.compile(
    rb"https?://[^\s\"'<>]*(?:/maven2\b|/simple\b|registry\.|repo\.maven|repo1\.maven|files\.pythonhosted|npmjs\.(?:org|com)/)"
    rb"|--(?:extra-)?index-url\s+\S|--find-links\s+\S|\"resolved\":\s*\"http"
)
HOMES = re.compile(rb"(?<![\w.~}$-])/(?:home/[a-z]|Users/[A-Za-z]|root/|work/|farm/|tmp/bash_jobs)|[A-Z]:\\Users\\\w")
FORBIDDEN = ((REGISTRIES, "names a package registry"), (HOMES, "names a path of somebody's machine"))
OWN = ("tools/check_tree.py", "tests/test_house.py")  # these spell out what they look for


def files(folder: Path) -> list[str]:
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=folder,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return sorted(name for name in set(said.split("\0")) if name and (folder / name).is_file())


def problems(folder: Path) -> Iterator[str]:
    """One line for each finding: file, line, what is wrong."""
    for name in files(folder):
        content = (folder / name).read_bytes()
        if name.endswith(".py") and (lines := content.count(b"\n")) > LINES:
            yield f"{name}: {lines} lines; a file over {LINES} is two rooms in one"
        if name in OWN or b"\0" in content[:8000]:
            continue
        for pattern, meaning in FORBIDDEN:
            for hit in pattern.finditer(content):
                line = content.count(b"\n", 0, hit.start()) + 1
                yield f"{name}:{line}: {meaning}: {hit.group()[:80].decode(errors='replace')}"


def main(arguments: list[str]) -> int:
    found = list(problems(Path(arguments[0]) if arguments else HOUSE))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
