"""The real file in a store of its own: 35,546 participations in Horizon 2020."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph.settings import Settings
from graph.store import local
from graph.store.store import Store
from ingest import pipeline
from ingest.mapping import Mapping
from ingest.sources.table import TableSource

MAPPING = Path(__file__).parents[1] / "docs" / "examples" / "h2020_participations.yml"


def file() -> Path | None:
    """None where the data are absent."""
    samples = os.environ.get("SCHAKEL_SAMPLES")
    found = Path(samples) / "cordis" / "h2020_be_participations_2014_2018.csv" if samples else None
    return found if found and found.exists() else None


ABSENT = ("the real file", "not measured: SCHAKEL_SAMPLES names no folder with the data", "")


@contextmanager
def home() -> Iterator[Settings]:
    """Settings of a home that is thrown away, with a local server of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        settings = replace(Settings.from_environment(), home=Path(folder), neo4j=None)
        try:
            yield settings
        finally:
            local.stop(settings)


def load(store: Store, path: Path) -> pipeline.Report:
    return pipeline.run(store, TableSource(Mapping.load(MAPPING)), path, by="bench")
