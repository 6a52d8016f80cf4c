"""Whether the locks still say what pyproject.toml asks: without a network, so that the check never depends on the day.

    python tools/check_requirements.py [FOLDER]

Asks of each lock that the direct dependencies it names are those of pyproject, at versions that satisfy it, that every
package is pinned and hashed, and that the three locks agree. It does not solve anew (``make lock`` does): a new release
somewhere must not turn yesterday's commit red.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parents[1]
LOCKS = {
    "requirements.txt": ("run", "py2neo"),
    "requirements-dev.txt": ("run", "py2neo", "dev"),
    "requirements-fast.txt": ("fast",),
}
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))?(?: \\)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package. ``direct``: pyproject asked for it, rather than another package."""

    name: str
    version: str
    marker: str
    hashes: int
    direct: bool


def pins(lock: str) -> Iterator[Pin]:
    starts = list(PIN.finditer(lock))
    for number, start in enumerate(starts):
        block = lock[start.end() : starts[number + 1].start() if number + 1 < len(starts) else len(lock)]
        yield Pin(
            canonicalize_name(start["name"]),
            start["version"],
            start["marker"] or "",
            block.count("--hash=sha256:"),
            "schakel (pyproject.toml" in block,
        )


def wanted(pyproject: dict[str, Any], parts: tuple[str, ...]) -> dict[str, Requirement]:
    """What pyproject asks for in the lock made of ``parts``: ``run`` for the dependencies, an extra, or a group."""
    named = {
        "run": pyproject["project"]["dependencies"],
        **pyproject["project"]["optional-dependencies"],
        **pyproject["dependency-groups"],
    }
    needs = (Requirement(line) for part in parts for line in named[part])
    return {canonicalize_name(need.name): need for need in needs}


def problems(folder: Path) -> Iterator[str]:
    """One sentence for each way in which the locks in ``folder`` differ from its pyproject.toml."""
    pyproject = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    locked = {lock: list(pins((folder / lock).read_text(encoding="utf-8"))) for lock in LOCKS}
    for lock, parts in LOCKS.items():
        needs = wanted(pyproject, parts)
        found = locked[lock]
        for name, need in needs.items():
            versions = [pin.version for pin in found if pin.name == name]
            if not versions:
                yield f"{lock} lacks {name}, which pyproject.toml asks for"
            for version in versions:
                if not need.specifier.contains(version, prereleases=True):
                    yield f"{lock} has {name} {version}, pyproject.toml asks for {need.specifier}"
        for pin in found:
            if pin.direct and pin.name not in needs:
                yield f"{lock} still has {pin.name}, which pyproject.toml no longer asks for"
            if not pin.hashes:
                yield f"{lock} has {pin.name} {pin.version} without a hash"
    run, dev = ({(pin.name, pin.version, pin.marker) for pin in locked[lock]} for lock in list(LOCKS)[:2])
    for name, version, _ in sorted(run - dev):
        yield f"requirements-dev.txt lacks {name} {version} of requirements.txt"
    driver = {pin.version for pin in locked["requirements.txt"] if pin.name == "neo4j"}
    for pin in locked["requirements-fast.txt"]:
        if pin.version.rpartition(".")[0] not in driver:
            yield f"requirements-fast.txt has {pin.name} {pin.version}, the driver is {', '.join(sorted(driver))}"


def main(arguments: list[str]) -> int:
    found = list(problems(Path(arguments[0]) if arguments else HOUSE))
    for problem in found:
        print(f"{problem}. Run: make lock", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
