"""The demo world into the store, by the same way as every other source, and out of it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.records import records
from demo.world import MADE_OF, world
from demo.written import ENROLMENTS, ENROLMENTS_MAPPING
from graph.model import Source as SourceFacts
from graph.store.ask import LATEST
from graph.store.store import Store
from ingest import pipeline
from ingest.issues import Issue
from ingest.mapping import Mapping
from ingest.source import Outcome
from ingest.sources.table import TableSource

NAME = "demo"


class DemoSource:
    """What the invented world says of itself. Its file is the list of names and numbers that the world grows from."""

    facts = SourceFacts(
        name=NAME, publisher="Schakel: alles in deze bron is verzonnen", licence="CC0-1.0", url="", priority=50
    )

    read_as = "YAML"

    def rows(self, path: Path) -> Iterator[Outcome]:
        yield from records(world())

    def warnings(self) -> list[Issue]:
        return []


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the world's two lists. ``imports``: their ids, to take them back."""

    records: int
    new: int
    imports: tuple[str, ...]
    problems: tuple[Issue, ...]


def load(store: Store, *, by: str, progress: pipeline.Progress = lambda what, done, of: None) -> Loaded:
    """The world, then the enrolments for one event as its organiser kept them: a second source that spells two
    organisations otherwise. Loading again adds nothing. Raises the store's errors."""
    enrolments = TableSource(Mapping.load(ENROLMENTS_MAPPING))
    reports = [
        pipeline.run(store, source, path, by=by, progress=progress)
        for source, path in ((DemoSource(), MADE_OF), (enrolments, ENROLMENTS))
    ]
    return Loaded(
        sum(report.records for report in reports),
        sum(report.new for report in reports),
        tuple(report.import_id for report in reports),
        tuple(issue for report in reports for issue in report.problems),
    )


def remove(store: Store, *, progress: pipeline.Progress = lambda what, done, of: None) -> int:
    """Undo every import of the demo world; how many records went. Nothing else is touched."""
    names = (NAME, Mapping.load(ENROLMENTS_MAPPING).facts.name)
    found = store.read("imports", known_on=LATEST, limit=100_000)
    mine = [row["id"] for row in found if row["source"] in names and row["state"] != "undone"]
    return sum(pipeline.undo(store, id, progress=progress)["retracted"] for id in mine)
