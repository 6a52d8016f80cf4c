"""Rows of CORDIS' table of projects."""

import re
from functools import lru_cache

from graph.errors import Refused
from graph.model import Collaboration
from graph.model.relations import Relation
from graph.model.time import Moment, Period
from ingest import files
from ingest.issues import Noticed
from ingest.record import Entity, Record, Tie
from ingest.sources.cordis.cells import TELL, RowRefused, amount_of, known, number_of, single, text_of
from ingest.sources.cordis.themes import Themes

_ABOUT = Relation(type="ABOUT", start_label="Collaboration", end_label="Theme")
_BROADER = Relation(type="BROADER", start_label="Theme", end_label="Theme")


class Projects:
    """Rows of ``project``. ``numbers``: the record number (rcn) of every project read, by its id."""

    def __init__(self, noticed: Noticed, themes: Themes) -> None:
        self._noticed, self._themes = noticed, themes
        self.numbers: dict[str, str] = {}

    def record(self, row: files.Line) -> Record | None:
        if not any(cell.strip() for cell in row.cells.values()):
            return None
        project = number_of(row, "id", "the number of a project")
        rcn = row.cells["rcn"].strip()
        self.numbers[project] = rcn if re.fullmatch(r"[0-9]{1,12}", rcn) else ""
        legal_basis = row.cells["legalBasis"]
        themes, broader = self._themes.of(project, legal_basis, row.cells["topics"])
        whole = Collaboration(
            kind="project",
            title=text_of(row, "title"),
            acronym=text_of(row, "acronym"),
            period=self._period(row),
            programme=self._programme(row),
            budget_eur=self._budget(row),
            societal_challenge=known()["societal_challenges"].get(legal_basis.strip()[:12].rstrip("."), ""),
        )
        places = {theme: at for at, theme in enumerate(dict.fromkeys([*themes, *(b for _, b in broader)]), start=1)}
        for narrow, _ in broader:
            places.setdefault(narrow, len(places) + 1)
        entities = (project_entity(whole, project, self.numbers[project]), *(Entity(theme) for theme in places))
        ties = (
            *(Tie(_ABOUT, 0, places[theme]) for theme in themes),
            *(Tie(_BROADER, places[narrow], places[wide]) for narrow, wide in broader),
        )
        raw = self._themes.raw(project, row.raw)
        return Record(f"project|{project}", row.number, entities, ties, raw, known()["page"].format(project))

    def _period(self, row: files.Line) -> Period:
        first, last = known()["bounds"]["years"]
        moments = []
        for column in ("startDate", "endDate"):
            text = row.cells[column].strip()
            try:
                moment = Moment.parse(text) if text else Moment()
            except Refused as refused:
                raise RowRefused(column, text, str(refused.facts["problem"])) from refused
            if moment.on and not first <= moment.on.year <= last:
                raise RowRefused(column, text, f"it is not between {first} and {last}")
            moments.append(moment)
        try:
            return Period(*moments)
        except Refused as refused:
            raise RowRefused("endDate", row.cells["endDate"], str(refused.facts["problem"])) from refused

    def _budget(self, row: files.Line) -> float | None:
        """What it costs in all. Lump-sum projects say 0 where the Union alone gives more: that is unknown."""
        cost, given = amount_of(row, "totalCost"), amount_of(row, "ecMaxContribution")
        if cost is not None and cost < 0:
            raise RowRefused("totalCost", row.cells["totalCost"], "it is less than nothing")
        return None if cost == 0 and given else cost

    def _programme(self, row: files.Line) -> str:
        word = single(row.cells["frameworkProgramme"])
        if word and word not in known()["programmes"]:
            self._noticed.add(row.number, "frameworkProgramme", word, "a programme that is not known here", TELL)
        return str(known()["programmes"].get(word, word))


@lru_cache(maxsize=65_536)
def project_entity(whole: Collaboration, project: str, rcn: str) -> Entity:
    keys = (f"cordis:{project}", *((f"rcn:{rcn}",) if rcn else ()))
    return Entity(whole, keys, hints=("rcn",))
