"""What every source offers: its own description, and a file as rows that are each a record, an issue or ignored."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from graph.model import Source as SourceFacts
from ingest.issues import Issue
from ingest.record import Ignored, Record

Outcome = Record | Issue | Ignored


class Source(Protocol):
    """A publisher's format. ``facts``: who publishes it, under which licence, and how much it weighs."""

    @property
    def facts(self) -> SourceFacts: ...

    @property
    def read_as(self) -> str:
        """How the file was read, once ``rows`` has begun: its encoding and delimiter, its sheet, its tables."""
        ...

    def rows(self, path: Path) -> Iterator[Outcome]:
        """Every row of the file, in order, as exactly one outcome. Raises FileRefused when its structure is broken;
        nothing may have been yielded from a file that turns out broken in its head."""
        ...

    def warnings(self) -> list[Issue]:
        """What was noticed beside the rows, once ``rows`` has ended: a column that nobody mapped, a guess."""
        ...
