"""What projects are about, from the tables beside them."""

from functools import lru_cache
from itertools import pairwise

from graph.model import Theme
from ingest import files, values
from ingest.issues import Noticed
from ingest.sources.cordis.cells import AGAIN, RowRefused, known, number_of, whole_row


class Themes:
    """What a project is about, from the tables beside it."""

    def __init__(self, tables: dict[str, files.Member], noticed: dict[str, Noticed]) -> None:
        self._noticed = noticed
        self._said: dict[str, dict[str, list[dict[str, str]]]] = {}
        self._same: dict[tuple[str, ...], dict[str, str]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        for name, member in tables.items():
            with files.lines(member) as (_, rows):
                for row in rows:
                    self._add(name, row)

    def _add(self, name: str, row: files.Line | files.Ragged) -> None:
        try:
            cells = whole_row(row, name).cells
            project = number_of(files.Line(row.number, cells), "projectID", "the number of a project")
        except RowRefused as refused:
            self._noticed[name].add(row.number, *refused.facts)
            return
        said = known()["tables"][name]
        kept = {column: cells[column] for column in (*said["needed"][1:], *said["used"])}
        kept = self._same.setdefault((name, *kept.values()), kept)
        code = said["needed"][1]
        if not kept[code].strip():
            self._noticed[name].add(row.number, code, "", "it is empty, so this theme is left out", AGAIN)
            return
        self._said.setdefault(project, {}).setdefault(name, []).append(kept)
        if title := values.plain(kept.get("title", "")):
            self._titles[name, kept[code].strip()] = title

    def end(self, projects: set[str]) -> None:
        for project in sorted(self._said.keys() - projects):
            for name in self._said[project]:
                problem = "it speaks of a project that is not in the table of projects"
                self._noticed[name].add(0, "projectID", project, problem, "Fetch all tables of one delivery")

    def raw(self, project: str, raw: str) -> str:
        """The row of the project with what the tables beside it add."""
        if project not in self._said:
            return raw
        beside = files.as_json(self._said[project])
        return f'{raw.rstrip()[:-1]},"beside":{beside}}}'

    def of(self, project: str, legal_basis: str, topics: str) -> tuple[list[Theme], list[tuple[Theme, Theme]]]:
        """Its themes, and for each narrower one the broader."""
        said = self._said.get(project, {})
        programme = {values.plain(part): "legalBasis" for part in legal_basis.split(";")}
        programme |= {values.plain(row["legalBasis"]): "legalBasis" for row in said.get("legalBasis", [])}
        programme |= {values.plain(part): "topics" for part in topics.split(";")}
        programme |= {values.plain(row["topic"]): "topics" for row in said.get("topics", [])}
        themes = [
            Theme(code=code, scheme="programme", label_en=self._titles.get((table, code), code))
            for code, table in programme.items()
            if code
        ]
        broader: list[tuple[Theme, Theme]] = []
        for row in said.get("euroSciVoc", []):
            line = _line(row["euroSciVocCode"], row["euroSciVocPath"], row["euroSciVocTitle"])
            themes.append(line[-1])
            broader += [(narrow, wide) for wide, narrow in pairwise(line)]
        return list(dict.fromkeys(themes)), list(dict.fromkeys(broader))


@lru_cache(maxsize=4_096)
def _line(code: str, path: str, title: str) -> list[Theme]:
    """A theme of euroSciVoc with those above it, widest first: code ``/25/61`` and path ``/engineering/mining``."""
    steps, names = (
        code.strip().strip("/").split("/"),
        [values.plain(name) for name in path.strip().strip("/").split("/")],
    )
    if len(steps) != len(names):
        return [Theme(code=code.strip(), scheme="euroscivoc", label_en=values.plain(title) or code.strip())]
    return [
        Theme(code="/" + "/".join(steps[: at + 1]), scheme="euroscivoc", label_en=name) for at, name in enumerate(names)
    ]
