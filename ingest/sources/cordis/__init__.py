"""The official CORDIS delivery of FP7, Horizon 2020 and Horizon Europe: projects and who takes part in them.

A folder of CSV or JSON, a zip of it, or one of its two main files with the other beside it. Every row of ``project``
and of ``organization`` is a record, an issue or ignored; ``euroSciVoc``, ``topics`` and ``legalBasis`` add themes to
the projects. What its words mean stands in cordis.yml; what is odd about it, and what becomes of that, in
docs/sources.md.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from graph.model import Source as SourceFacts
from ingest import files
from ingest.issues import FileRefused, Issue, Noticed, shown
from ingest.record import Ignored, Record
from ingest.source import Outcome
from ingest.sources.cordis.cells import AGAIN, TELL, RowRefused, known, whole_row
from ingest.sources.cordis.delivery import MAIN, SIDE, found
from ingest.sources.cordis.participations import TakingPart
from ingest.sources.cordis.projects import Projects
from ingest.sources.cordis.survey import Survey
from ingest.sources.cordis.themes import Themes

__all__ = ["CordisSource"]


class CordisSource:
    """One delivery of one programme. A later one of the same programme corrects the earlier row by row."""

    def __init__(self) -> None:
        self._noticed: dict[str, Noticed] = {}
        self._read_as = ""

    @property
    def facts(self) -> SourceFacts:
        return SourceFacts(**known()["source"])

    @property
    def read_as(self) -> str:
        return self._read_as

    def warnings(self) -> list[Issue]:
        return [issue for noticed in self._noticed.values() for issue in noticed.issues()]

    def rows(self, path: Path) -> Iterator[Outcome]:
        tables, others = found(path)
        self._noticed = {"": Noticed(path.name)}
        for file in others:
            self._noticed[""].add(0, "", file, "CORDIS has a new table that is not used yet", TELL)
        for name in [name for name in (*MAIN, *SIDE) if name in tables]:
            self._noticed[name] = Noticed(tables[name].name)
            if not self._look_at(name, tables[name]):
                del tables[name]
        self._read_as = ", ".join(tables[name].name for name in (*MAIN, *SIDE) if name in tables)
        survey = Survey(tables["organization"])
        themes = Themes({name: tables[name] for name in SIDE if name in tables}, self._noticed)
        projects = Projects(self._noticed["project"], themes)
        yield from self._outcomes("project", tables["project"], projects.record)
        taking_part = TakingPart(self._noticed["organization"], survey, projects.numbers)
        yield from self._outcomes("organization", tables["organization"], taking_part.record)
        themes.end(set(projects.numbers))
        self._compare(survey.projects, set(projects.numbers))

    def _look_at(self, name: str, member: files.Member) -> bool:
        """Raise for columns that lack, notice those that nobody knows. False for a table beside without rows."""
        with files.lines(member) as (header, rows):
            said = known()["tables"][name]
            if not header and name in SIDE:
                return False
            if not header:
                raise FileRefused(file=member.name, problem="it holds no rows", remedy="Fetch the delivery again")
            if lacking := [column for column in said["needed"] if column not in header]:
                old = "projectRcn" in header or "coordinatorCountry" in header
                problem = f"column {', '.join(map(repr, lacking))} is missing; it has {shown(', '.join(header), 200)}"
                layout = "This is the layout of before 2021: fetch the delivery of today"
                raise FileRefused(
                    file=member.name, problem=problem, remedy=layout if old else "Fetch the delivery again"
                )
            columns = {*said["needed"], *said["used"], *said["ignored"]}
            looked_at: set[tuple[str, ...]] = set()
            for row in rows:
                if isinstance(row, files.Line) and (keys := tuple(row.cells)) not in looked_at:
                    looked_at.add(keys)
                    for column in keys:
                        if column not in columns:
                            problem = "CORDIS has a new column that is not used yet"
                            self._noticed[name].add(row.number, column, row.cells[column], problem, TELL)
                if member.suffix != ".json":  # the first row of a CSV speaks for all
                    break
        return True

    def _outcomes(
        self, name: str, member: files.Member, record: Callable[[files.Line], Record | None]
    ) -> Iterator[Outcome]:
        seen: dict[str, tuple[int, str]] = {}
        with files.lines(member) as (_, rows):
            for count, row in enumerate(rows, start=1):
                if count > known()["bounds"]["rows"][name]:
                    problem = f"it has more than {count - 1:,} rows, which is more than all projects of Europe"
                    raise FileRefused(file=member.name, problem=problem, remedy="Fetch the delivery again")
                try:
                    made = record(whole_row(row, name))
                except RowRefused as refused:
                    yield Issue(member.name, row.number, *refused.facts)
                    continue
                if made is None:
                    yield Ignored(row.number, "an empty row")
                    continue
                earlier = seen.setdefault(made.key, (row.number, made.raw))
                if earlier[0] == row.number:
                    yield made
                elif earlier[1] == made.raw:
                    yield Ignored(row.number, f"the same as row {earlier[0]}")
                else:
                    problem = f"row {earlier[0]} speaks of the same and says something else"
                    yield Issue(member.name, row.number, "", shown(made.key), problem, AGAIN)

    def _compare(self, taking_part: set[str], projects: set[str]) -> None:
        """Notice where the two tables do not belong together, or one is cut off."""
        if alone := taking_part - projects:
            problem = f"{len(alone):,} projects with participants are not in the table of projects"
            remedy = "They come in without title and dates; fetch both tables of one delivery"
            self._noticed["organization"].add(0, "projectID", min(alone), problem, remedy)
        if empty := projects - taking_part:
            problem = f"{len(empty):,} projects have no participants"
            self._noticed["project"].add(0, "id", min(empty), problem, "Fetch both tables of one delivery")
