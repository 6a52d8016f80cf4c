"""A CORDIS delivery as its publisher would write it, of invented projects."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph.model import Organisation
from ingest.issues import Issue
from ingest.record import Record
from ingest.source import Outcome
from ingest.sources.cordis import CordisSource

Cells = dict[str, Any]

PROJECT: Cells = {
    "id": "101000001", "acronym": "WIER", "status": "SIGNED", "title": "Seaweed", "startDate": "2022-01-01",
    "endDate": "2025-12-31", "totalCost": "1499998,5", "ecMaxContribution": "1200000.25", "legalBasis": "HORIZON.2.6",
    "topics": "HORIZON-CL6-2021", "ecSignatureDate": "2021-12-01", "frameworkProgramme": "HORIZON", "masterCall": "M",
    "subCall": "S", "fundingScheme": "HORIZON-RIA", "nature": "", "objective": 'It says "wet" things; often.',
    "contentUpdateDate": "2024-01-01 10:00:00", "rcn": "250001", "grantDoi": "10.3030/101000001",
}  # fmt: skip
ORGANISATION: Cells = {
    "projectID": "101000001", "projectAcronym": "WIER", "organisationID": "999000001", "vatNumber": "BE0000000196",
    "name": "NOORDZEE ROBOTICA", "shortName": "NR", "SME": "true", "activityType": "PRC", "street": "KAAI 1",
    "postCode": "8400", "city": "OOSTENDE", "country": "BE", "nutsCode": "BE255", "geolocation": "51.2297838,2.9145541",
    "organizationURL": "http://www.noordzee.example/nl", "contactForm": "https://contact.example",
    "contentUpdateDate": "2024-01-01 10:00:00", "rcn": "1900001", "order": "1", "role": "coordinator",
    "ecContribution": "600000.5", "netEcContribution": "600000.5", "totalCost": "700000", "endOfParticipation": "false",
    "active": "",
}  # fmt: skip


def rows_of(base: Cells, changes: Sequence[Cells]) -> list[Cells]:
    return [{**base, **change} for change in changes]


def as_csv(rows: Sequence[Cells], delimiter: str = ";") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Delivery:
    """A delivery in a folder, table by table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def put(
        self, projects: Sequence[Cells] = ({},), organisations: Sequence[Cells] = ({},), **beside: str
    ) -> "Delivery":
        (self.folder / "project.csv").write_text(as_csv(rows_of(PROJECT, projects)), encoding="utf-8")
        (self.folder / "organization.csv").write_text(as_csv(rows_of(ORGANISATION, organisations)), encoding="utf-8")
        for name, text in beside.items():
            (self.folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return self

    def put_json(self, projects: Sequence[Cells], organisations: Sequence[Cells]) -> "Delivery":
        for name, base, rows in (("project", PROJECT, projects), ("organization", ORGANISATION, organisations)):
            text = json.dumps(rows_of(base, rows), indent=4)
            (self.folder / f"{name}.json").write_text(text, encoding="utf-8")
        return self

    def read(self) -> tuple[list[Outcome], list[Issue]]:
        return read(self.folder)

    def organisation(self) -> dict[str, Any]:
        """What is said of the one organisation."""
        found, _ = self.read()
        (organisation,) = {
            id(entity.thing): entity.thing
            for record in found
            if isinstance(record, Record)
            for entity in record.entities
            if isinstance(entity.thing, Organisation)
        }.values()
        return dict(organisation.properties())


def read(path: Path) -> tuple[list[Outcome], list[Issue]]:
    source = CordisSource()
    return list(source.rows(path)), source.warnings()


def problems(found: tuple[list[Outcome], list[Issue]]) -> list[tuple[str, str]]:
    """Column and problem of every issue and warning."""
    outcomes, warnings = found
    issues = [outcome for outcome in outcomes if isinstance(outcome, Issue)]
    return [(issue.column, issue.problem) for issue in (*issues, *warnings)]
