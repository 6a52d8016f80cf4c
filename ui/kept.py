"""A list kept on disk, so that the first page after a restart need not wait for what takes seconds to rank.

It stands beside the snapshots it is made of: what removes those removes it too. One file for each list, the newest.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]


def kept(folder: Path, name: str, key: Sequence[str | int], work: Callable[[], Rows]) -> Rows:
    """The rows of ``work``, from the file when it holds those of this very ``key``. A disk that is full or may not be
    written keeps nothing, and does no harm."""
    path = folder / f"{name}.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["key"] == list(key):
            rows: Rows = told["rows"]
            return rows
    made = work()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"key": list(key), "rows": made}, file, ensure_ascii=False)
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)
    return made
