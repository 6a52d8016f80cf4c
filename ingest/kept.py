"""What was wrong in the last import, kept in the home folder until the next one, so that whoever reads in a file can
correct its rows later. Only of the last: values of rows may name people, and are not kept longer than they are of use.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.issues import Issue

FILE = "last_import.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one import that did not come in, and what was noticed beside them."""

    import_id: str
    problems: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()


def keep(home: Path, kept: Kept) -> None:
    """In place of what was kept before."""
    said = {
        "import": kept.import_id,
        "problems": [issue.as_dict() for issue in kept.problems],
        "warnings": [issue.as_dict() for issue in kept.warnings],
    }
    with suppress(OSError):  # the import is in; a full disk takes only its list of issues, which was shown already
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"{FILE}.part"
        fresh.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        fresh.chmod(0o600)
        fresh.replace(home / FILE)


def last(home: Path) -> Kept | None:
    """None when nothing was kept."""
    try:
        said = json.loads((home / FILE).read_text(encoding="utf-8"))
        problems, warnings = (tuple(Issue(**issue) for issue in said[name]) for name in ("problems", "warnings"))
        return Kept(said["import"], problems, warnings)
    except (OSError, ValueError, TypeError, KeyError):
        return None
