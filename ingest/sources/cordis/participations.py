"""Rows of CORDIS' table of organisations: one organisation in one project."""

import re
from collections.abc import Iterator
from functools import lru_cache

from graph.errors import Refused
from graph.model import Collaboration, Organisation, Region, checks
from graph.model.relations import Relation
from ingest import files, values
from ingest.issues import Noticed
from ingest.record import Entity, Record, Tie
from ingest.sources.cordis.cells import AGAIN, TELL, RowRefused, amount_of, known, number_of, single, text_of
from ingest.sources.cordis.projects import project_entity
from ingest.sources.cordis.survey import Survey, vat_number

_IN = Relation(type="IN", start_label="Organisation", end_label="Region")


class TakingPart:
    """Rows of ``organization``: one organisation in one project."""

    def __init__(self, noticed: Noticed, survey: Survey, numbers: dict[str, str]) -> None:
        self._noticed, self._survey, self._numbers = noticed, survey, numbers
        self._made: dict[tuple[str, ...], tuple[Entity, ...]] = {}

    def record(self, row: files.Line) -> Record | None:
        if not any(cell.strip() for cell in row.cells.values()):
            return None
        project = number_of(row, "projectID", "the number of a project")
        relation = self._relation(row)
        organisation = self._organisation(row)
        collaboration = project_entity(
            Collaboration(kind="project", acronym=text_of(row, "projectAcronym")),
            project,
            self._numbers.get(project, ""),
        )
        ties = [Tie(relation, 0, 1)]
        if len(organisation) > 1:
            ties.append(Tie(_IN, 0, 2))
        pic = row.cells["organisationID"].strip()
        key = self._survey.key(project, pic, row.cells)
        entities = (organisation[0], collaboration, *organisation[1:])
        return Record(key, row.number, entities, tuple(ties), row.raw, known()["page"].format(project))

    def _relation(self, row: files.Line) -> Relation:
        word = single(row.cells["role"])
        role = known()["roles"].get(word, "")
        if not role:
            problem = "a role that is not known here, so the participation has none"
            self._noticed.add(row.number, "role", row.cells["role"], problem, TELL)
        try:
            left = values.truth(row.cells["endOfParticipation"])
        except Refused as refused:
            raise RowRefused(
                "endOfParticipation", row.cells["endOfParticipation"], "it is not true or false"
            ) from refused
        amount = amount_of(row, "ecContribution")
        return _took_part(role, amount, "left_early" if left else "")

    def _organisation(self, row: files.Line) -> tuple[Entity, ...]:
        """The organisation and its region; most rows name one that an earlier row named."""
        said = known()["tables"]["organization"]
        columns = ("organisationID", "name", "country", "vatNumber", *said["used"][2:11])
        seen = tuple(row.cells[column] for column in columns)
        if seen not in self._made:
            self._made[seen] = tuple(self._make(row))
        return self._made[seen]

    def _make(self, row: files.Line) -> Iterator[Entity]:
        pic = row.cells["organisationID"].strip()
        if not pic:
            raise RowRefused("organisationID", "", "it is empty")
        country = self._country(row)
        vat, nuts = self._vat(row, pic), self._nuts(row)
        lat, lon = self._place(row)
        try:
            organisation = Organisation(
                pic=pic,
                name=text_of(row, "name"),
                short_name=text_of(row, "shortName"),
                kind=self._kind(row),
                vat=vat,
                domain=self._domain(row),
                street=text_of(row, "street"),
                postcode=_postcode(row, country),
                municipality=text_of(row, "city"),
                country=country,
                nuts3=nuts if len(nuts) == 5 else "",
                lat=lat,
                lon=lon,
                sme=self._sme(row),
            )
        except Refused as refused:
            field = str(refused.facts["field"])
            column = {"pic": "organisationID"}.get(field, field)
            raise RowRefused(column, refused.facts["value"], str(refused.facts["problem"])) from refused
        agreed = self._survey.vat_of(pic)
        # Said of every row of this PIC, also where this row leaves it out, so that no order of rows matters.
        key = f"kbo:{agreed[2:]}" if agreed.startswith("BE") else f"vat:{agreed}"
        yield Entity(organisation, (key,) if agreed else (), hints=("kbo", "vat"))
        if len(nuts) > 2:
            yield Entity(Region(code=nuts))

    def _aside(self, row: files.Line, column: str, problem: str) -> None:
        self._noticed.add(row.number, column, row.cells[column], f"{problem}, so it is left out", AGAIN)

    def _country(self, row: files.Line) -> str:
        text = row.cells["country"]
        try:
            return checks.country(single(text)) if text.strip() else ""
        except Refused:
            self._aside(row, "country", "it is no country")
            return ""

    def _vat(self, row: files.Line, pic: str) -> str:
        text = row.cells["vatNumber"].strip()
        number = vat_number(text)
        if number and number != self._survey.vat_of(pic):
            self._aside(row, "vatNumber", "more than one PIC has this VAT number, or this PIC more than one")
            return ""
        if text and not number and re.sub(r"\s", "", text.upper()) not in known()["vat_absent"]:
            self._aside(row, "vatNumber", "its country gives out no such VAT number")
        return number

    def _kind(self, row: files.Line) -> str:
        word = single(row.cells["activityType"])
        kind = str(known()["kinds"].get(word, ""))
        if row.cells["activityType"].strip() and not kind:
            self._noticed.add(row.number, "activityType", row.cells["activityType"], "a kind not known here", TELL)
        return kind

    def _sme(self, row: files.Line) -> bool | None:
        try:
            return values.truth(row.cells["SME"])
        except Refused:
            self._aside(row, "SME", "it is neither true nor false")
            return None

    def _domain(self, row: files.Line) -> str:
        text = row.cells["organizationURL"]
        try:
            return checks.domain(text) if values.plain(text) else ""
        except Refused:
            self._aside(row, "organizationURL", "it is no web address")
            return ""

    def _nuts(self, row: files.Line) -> str:
        code = single(row.cells["nutsCode"].upper())
        if row.cells["nutsCode"].strip() and not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{0,3}", code):
            self._aside(row, "nutsCode", "it is no NUTS code")
            return ""
        return code

    def _place(self, row: files.Line) -> tuple[float | None, float | None]:
        """Latitude and longitude, with a point each and a comma between."""
        text = row.cells["geolocation"].strip().strip("()")
        if not text:
            return None, None
        found = re.fullmatch(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", text)
        if found and abs(float(found.group(1))) <= 90 and abs(float(found.group(2))) <= 180:
            return float(found.group(1)), float(found.group(2))
        self._aside(row, "geolocation", "it is no place on earth")
        return None, None


@lru_cache(maxsize=65_536)
def _took_part(role: str, amount: float | None, state: str) -> Relation:
    return Relation(
        type="TOOK_PART",
        start_label="Organisation",
        end_label="Collaboration",
        role=role,
        amount_eur=amount,
        state=state,
    )


def _postcode(row: files.Line, country: str) -> str:
    """JSON makes numbers of postcodes: zeros in front come back where the country's format tells."""
    text = values.plain(row.cells["postCode"])
    if not isinstance(row.cells["postCode"], files.Figure) or country not in known()["postcodes"]:
        return text
    digits, given = known()["postcodes"][country]
    filled = text.zfill(digits)
    return filled if len(text) < digits and re.fullmatch(given, filled) else text
