"""Any table of organisations, people, participations, attendance or projects, by a mapping file."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from graph.model import Source as SourceFacts
from ingest import files
from ingest.issues import FileRefused, Issue, Noticed, shown
from ingest.mapping import CellRefused, Mapping
from ingest.record import Ignored
from ingest.source import Outcome


class TableSource:
    """A CSV, XLSX or zipped CSV. The mapping names every column it reads or ignores; others are noticed."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._noticed = Noticed("")
        self._read_as = ""

    @property
    def facts(self) -> SourceFacts:
        return self._mapping.facts

    @property
    def read_as(self) -> str:
        return self._read_as

    def warnings(self) -> list[Issue]:
        return self._noticed.issues()

    def rows(self, path: Path) -> Iterator[Outcome]:
        mapping = self._mapping
        with files.opened(path, delimiter=mapping.delimiter, encoding=mapping.encoding, sheet=mapping.sheet) as table:
            self._noticed = Noticed(table.file)
            self._read_as = table.guessed
            unmapped = self._look_at(table)
            width = len(table.header)
            seen: dict[str, tuple[int, str]] = {}
            for number, cells in table.rows:
                for at in [at for at in unmapped if at < len(cells) and cells[at].strip()]:
                    problem, remedy = "the mapping says nothing of it", "Map it, or name it under ignore"
                    self._noticed.add(1, table.header[at], "", problem, remedy)
                    unmapped.remove(at)
                yield self._row(table, number, cells, width, seen)

    def _look_at(self, table: files.Table) -> list[int]:
        """Raise for columns that lack; return the places of columns that nobody asked for."""
        lacking = sorted(self._mapping.columns - set(table.header))
        if lacking:
            raise self._lacks(table, lacking)
        known = self._mapping.columns | self._mapping.ignored
        return [at for at, column in enumerate(table.header) if column not in known]

    def _lacks(self, table: files.Table, lacking: list[str]) -> FileRefused:
        there = shown(", ".join(table.header), 200)
        problem = f"column {', '.join(map(repr, lacking))} is missing; its columns are {there}"
        folded = {column.casefold(): column for column in table.header}
        near = get_close_matches(lacking[0].casefold(), folded, 1, 0.75)
        if len(table.header) == 1:
            remedy = f"It was read as {table.guessed}: write the right delimiter in the mapping"
        elif near:
            remedy = f"If {folded[near[0]]!r} is meant, write that in the mapping"
        else:
            remedy = f"It was read as {table.guessed}: correct the mapping, or the names in row 1 of the table"
        return FileRefused(file=table.file, problem=problem, remedy=remedy)

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
            if isinstance(cell, files.Unread) and column in self._mapping.columns:
                return Issue(table.file, number, column, shown(cell), cell.problem, cell.remedy)
        if reason := self._mapping.skips(row):
            return Ignored(number, reason)
        try:
            record = self._mapping.record(number, row, self._noticed)
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
