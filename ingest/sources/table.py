"""Any table of organisations, people, participations, attendance or projects, by a mapping file."""

from collections.abc import Iterator
from pathlib import Path

from graph.model import Source as SourceFacts
from ingest import files
from ingest.issues import FileRefused, Issue, shown
from ingest.mapping import CellRefused, Mapping
from ingest.record import Ignored
from ingest.source import Outcome


class TableSource:
    """A CSV, XLSX or zipped CSV. The mapping names every column it reads or ignores; others are noticed."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._warnings: list[Issue] = []

    @property
    def facts(self) -> SourceFacts:
        return self._mapping.facts

    def warnings(self) -> list[Issue]:
        return self._warnings

    def rows(self, path: Path) -> Iterator[Outcome]:
        mapping = self._mapping
        with files.opened(path, delimiter=mapping.delimiter, encoding=mapping.encoding, sheet=mapping.sheet) as table:
            self._look_at(table)
            width = len(table.header)
            seen: dict[str, tuple[int, str]] = {}
            for number, cells in table.rows:
                yield self._row(table, number, cells, width, seen)

    def _look_at(self, table: files.Table) -> None:
        """Raise for columns that lack, warn for columns that nobody asked for."""
        lacking = sorted(self._mapping.columns - set(table.header))
        if lacking:
            there = shown(", ".join(table.header), 200)
            problem = f"column {', '.join(map(repr, lacking))} is missing; its columns are {there}"
            remedy = f"Read as {table.guessed}: correct the delimiter, the column names or the mapping"
            raise FileRefused(file=table.file, problem=problem, remedy=remedy)
        for column in table.header:
            if column and column not in self._mapping.columns | self._mapping.ignored:
                problem, remedy = "the mapping says nothing of it", "Map it, or name it under ignore"
                self._warnings.append(Issue(table.file, 1, column, "", problem, remedy))

    def _row(
        self, table: files.Table, number: int, cells: list[str], width: int, seen: dict[str, tuple[int, str]]
    ) -> Outcome:
        if not any(cell.strip() for cell in cells):
            return Ignored(number, "an empty row")
        if (len(cells) > width and any(cell.strip() for cell in cells[width:])) or len(cells) < width - 1:
            problem = f"it has {len(cells)} cells where the header has {width}"
            remedy = "Look for a delimiter inside a value that is not in quotes"
            return Issue(table.file, number, "", shown(cells[0]), problem, remedy)
        row = dict(zip(table.header, [*cells, ""], strict=False))
        for column, cell in row.items():
            if isinstance(cell, files.Formula) and column in self._mapping.columns:
                problem, remedy = "it is a formula", "Replace it by its value (copy, paste values)"
                return Issue(table.file, number, column, shown(cell), problem, remedy)
        try:
            record = self._mapping.record(number, row)
        except CellRefused as found:
            return Issue.of(found.refused, table.file, number, found.column)
        if record is None:
            return Ignored(number, "a row without content in the mapped columns")
        earlier = seen.setdefault(record.key, (number, record.raw))
        if earlier[0] == number:
            return record
        if earlier[1] == record.raw:
            return Ignored(number, f"the same as row {earlier[0]}")
        key = ", ".join(self._mapping.key)
        problem = f"row {earlier[0]} has the same {key} and says something else"
        return Issue(
            table.file, number, key, shown(record.key), problem, "Keep the right one, or add a column to the key"
        )
