"""The invented world as the files people have: written from it, and kept beside it to be read without running anything.

python -m demo.written [FOLDER]
"""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from demo import tables
from demo.cast import World
from demo.dice import Dice
from demo.world import world

FOLDER = Path(__file__).with_name("files")
ENROLMENTS, ENROLMENTS_MAPPING = FOLDER / "enrolments.csv", FOLDER / "enrolments.yml"
BREAKFAST, ON = "Ontbijt digitale zorg", date(2025, 3, 13)

# What the organiser typed in place of a name: capitals and a blank, an abbreviation. None has a number beside it, so
# they come in as organisations of their own, for a steward to find.
OTHERWISE = {"Zorgspoor": "ZORG SPOOR", "Universitair Ziekenhuis Ravelgouw": "UZ Ravelgouw"}
ODD = 5  # the row whose number has a typing error
ABSENT = 7


def written(made: World) -> dict[str, bytes]:
    """Every file by its name: each in the dialect that its makers' programs write."""
    return {
        ENROLMENTS.name: _csv(_enrolments(made), encoding="cp1252"),
        "organisations.xlsx": _workbook(tables.organisations(made)),
        "people.csv": _csv(tables.people(made), encoding="cp1252"),
        "participations.csv": _csv(tables.participations(made), encoding="utf-8-sig"),
        "projects.csv": _csv(tables.projects(made)),
        "attendance.csv": _csv(tables.attendance(made), delimiter=","),
        "grants.csv": _csv(tables.grants(made), delimiter="\t"),
        "cordis.zip": _zip(
            {
                "project.csv": _csv(tables.cordis_projects(made), quoting=csv.QUOTE_ALL),
                "organization.csv": _csv(tables.cordis_organizations(made), quoting=csv.QUOTE_ALL),
            }
        ),
    }


def _csv(
    rows: Iterable[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def _workbook(rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() and len(cell) == 4 else cell or None for cell in row])
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    about = "docProps/core.xml"  # the moment of saving stands in it
    parts[about] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-09-30T12:00:00Z", parts[about])
    return _zip(parts)


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 9, 30, 12, 0, 0)), content)
    return made.getvalue()


def _enrolments(made: World) -> Iterable[Sequence[str]]:
    yield ("Evenement", "Datum", "Deelnemer", "E-mail", "Organisatie", "Ondernemingsnummer", "Aanwezig", "Dieet")
    dice = Dice("enrolments")
    orgs = [
        org for org in made.orgs.values()
        if org.home and org.there(ON) and org.facts.kind != "government" and {"health", "digital-care"} & {*org.themes}
    ]  # fmt: skip
    by_hand = [made.orgs[made.names[name]] for name in OTHERWISE]
    called = {made.names[name]: said for name, said in OTHERWISE.items()}
    others = [org for org in dice.some(orgs, 12) if org.id not in called]
    for place, org in enumerate([*by_hand, *others]):
        for someone in [one for one in made.employed(org.id, ON) if one.facts.email][:1]:
            number = "" if org.id in called else tables.number(org.facts.kbo)
            if place == ODD:
                number = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
            came = "spreker" if place == 0 else "nee" if place == ABSENT else "ja"
            diet = dice.pick(["", "", "", "vegetarisch", "geen noten"])
            name = called.get(org.id, org.facts.name)
            yield (BREAKFAST, f"{ON:%d/%m/%Y}", someone.facts.name, someone.facts.email, name, number, came, diet)


def write(folder: Path) -> list[Path]:
    """All files into this folder."""
    found = []
    for name, content in written(world()).items():
        path = folder / name
        path.write_bytes(content)
        found.append(path)
    return found


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(path)
