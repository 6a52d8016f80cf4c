"""The order in which facts come in: parse and validate the whole file, then load it batch by batch.

Rows in = records + issues + ignored, asserted. A file whose structure breaks anywhere is refused before anything of it
is written. A run that is cut off leaves whole batches: load the file again to go on, or undo the import.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from graph.store.ask import LATEST
from graph.store.store import Store, Writer
from ingest import kept, load
from ingest.issues import FileRefused, ImportUndone, Issue, UnknownImport
from ingest.record import Ignored, Record, digest
from ingest.source import Source

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how much (0: unknown)


@dataclass(slots=True)
class Report:
    """What became of a file. ``import_id`` is empty after a dry run."""

    rows: int = 0
    records: int = 0
    ignored: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    import_id: str = ""
    problems: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)

    @property
    def issues(self) -> int:
        return len(self.problems)

    def counts(self) -> dict[str, int]:
        names = ("rows", "records", "issues", "ignored", "new", "changed", "unchanged")
        return {name: getattr(self, name) for name in names}

    def as_dict(self) -> dict[str, Any]:
        """The report of ``--json``."""
        return {
            **self.counts(),
            "import": self.import_id or None,
            "issue_list": [issue.as_dict() for issue in self.problems],
            "warnings": [issue.as_dict() for issue in self.warnings],
        }


def _quiet(what: str, done: int, of: int) -> None:
    pass


def run(
    store: Store, source: Source, path: Path, *, by: str, dry_run: bool = False, progress: Progress = _quiet
) -> Report:
    """Take one file in, or with ``dry_run`` say what would become of it. Raises FileRefused and the store's errors."""
    report = Report()
    records = list(_read(source, path, report, progress))
    report.warnings = source.warnings()
    if not report.rows:
        raise FileRefused(file=path.name, problem="it has a header and no rows", remedy="Export it again")
    if dry_run:
        tallies = (load.compare(store, source.facts, batch) for batch in _batches(records))
    else:
        report.import_id = _begin(store, source, path, by)
        tallies = (load.load(store, source.facts, report.import_id, path.name, batch) for batch in _batches(records))
    total = load.Tally()
    try:
        for number, tally in enumerate(tallies, start=1):
            total.add(tally)
            progress("load", min(number * load.BATCH, len(records)), len(records))
        _count(report, total)
    except BaseException:
        if report.import_id:
            _fail(store, report.import_id)
        raise
    if report.import_id:
        _end(store, report.import_id, "done", report.counts())
        kept.keep(store.settings.home, kept.Kept(report.import_id, tuple(report.problems), tuple(report.warnings)))
    return report


def _read(source: Source, path: Path, report: Report, progress: Progress) -> Iterator[Record]:
    for outcome in source.rows(path):
        report.rows += 1
        if isinstance(outcome, Record):
            yield outcome
        elif isinstance(outcome, Ignored):
            report.ignored += 1
        else:
            report.problems.append(outcome)
        if report.rows % 5_000 == 0:
            progress("read", report.rows, 0)


def _batches(records: Sequence[Record]) -> Iterator[list[Record]]:
    walk = iter(records)
    while batch := list(islice(walk, load.BATCH)):
        yield batch


def _count(report: Report, total: load.Tally) -> None:
    report.new, report.changed, report.unchanged = total.new, total.changed, total.unchanged
    report.records = total.new + total.changed + total.unchanged
    report.problems = sorted([*report.problems, *total.issues], key=lambda issue: issue.row)
    if report.rows != report.records + report.issues + report.ignored:
        raise AssertionError(f"a row was lost: {report.counts()}")


def _begin(store: Store, source: Source, path: Path, by: str) -> str:
    def change(writer: Writer) -> str:
        facts = source.facts
        import_id = "i" + digest(store.id, str(writer.revision), length=6)
        writer.run(
            "add_import",
            id=import_id,
            source_id="s" + digest("source", facts.name, length=6),
            source=dict(facts.properties()),
            file=path.name,
            sha256=_checksum(path),
            by=by,
            now=writer.now,
        )
        return import_id

    return store.write(change)


def _end(store: Store, import_id: str, state: str, counts: dict[str, int]) -> None:
    store.write(lambda writer: writer.run("end_import", id=import_id, state=state, counts=counts, now=writer.now))


def _fail(store: Store, import_id: str) -> None:
    """Say on the import that it was not ended; where not even that can be written, it stays `running`."""
    try:
        _end(store, import_id, "failed", {})
    except Exception:  # the first failure is the one to tell
        return


def _checksum(path: Path) -> str:
    if path.is_dir():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def undo(store: Store, import_id: str, *, progress: Progress = _quiet) -> dict[str, int]:
    """Retract all that only this import says, and bring back what it had replaced. Nothing is deleted: what was known
    before stays answerable by ``known_on``. Can be run again when cut off. Returns counts of records.

    Raises UnknownImport, ImportUndone.
    """
    found = {row["id"]: row for row in store.read("imports", known_on=LATEST, limit=100_000)}.get(import_id)
    if found is None:
        raise UnknownImport(id=import_id)
    if found["state"] == "undone":
        raise ImportUndone(id=import_id, when=found["ended"].date())
    counts = {"retracted": 0, "restored": 0}
    while ids := store.read("import_records", id=import_id, limit=load.BATCH)[0]["ids"]:
        store.write(lambda writer, ids=ids: load.retract(writer, ids, import_id))  # type: ignore[misc]
        counts["retracted"] += len(ids)
        progress("undo", counts["retracted"], 0)
    after = ""
    while rows := store.read("superseded_records", id=import_id, after=after, limit=load.BATCH):
        after = rows[-1]["id"]
        counts["restored"] += store.write(lambda writer, rows=rows: load.restore(writer, rows, import_id))  # type: ignore[misc]
    _end(store, import_id, "undone", {})
    return counts
