"""Versioned changes of the schema. Each file NNNN_name.cypher here is a step; a store that is behind gets the steps it
lacks, in order. Steps can be run twice without harm, and are never edited once released."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    version: int
    statements: tuple[str, ...]


@cache
def steps() -> tuple[Step, ...]:
    """All steps, oldest first; their versions count from 0 without a gap."""
    found = tuple(
        Step(int(path.name[:4]), tuple(_statements(path.read_text(encoding="utf-8"))))
        for path in sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]_*.cypher"))
    )
    if [step.version for step in found] != list(range(len(found))):
        raise AssertionError(f"the schema steps in {FOLDER} do not count from 0 without a gap")
    return found


def _statements(text: str) -> list[str]:
    bare = re.sub(r"^//.*$", "", text, flags=re.MULTILINE)
    return [statement.strip() for statement in bare.split(";") if statement.strip()]


def newest() -> int:
    return steps()[-1].version
