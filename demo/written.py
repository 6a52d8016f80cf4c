"""The invented world as the files people have: written from it, and kept beside it to be read without running anything.

python -m demo.written [FOLDER]
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from demo.cast import World
from demo.dice import Dice
from demo.world import world

FOLDER = Path(__file__).with_name("files")
ENROLMENTS, ENROLMENTS_MAPPING = FOLDER / "enrolments.csv", FOLDER / "enrolments.yml"
BREAKFAST, ON = "Ontbijt digitale zorg", date(2025, 3, 13)

# What the organiser typed in place of a name: capitals and a blank, an abbreviation. None has a number beside it, so
# they come in as organisations of their own, for a steward to find.
OTHERWISE = {"Zorgspoor": "ZORG SPOOR", "Universitair Ziekenhuis Ravelgouw": "UZ Ravelgouw"}


def written(made: World) -> dict[str, bytes]:
    """Every file by its name."""
    # As a spreadsheet of these parts saves it: semicolons, its own letters, day before month.
    return {ENROLMENTS.name: _csv(_enrolments(made)).encode("cp1252")}


def _csv(rows: Iterator[Sequence[str]], delimiter: str = ";") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _enrolments(made: World) -> Iterator[Sequence[str]]:
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
        for someone in made.employed(org.id, ON)[:1]:
            kbo = org.facts.kbo
            number = "" if org.id in called else f"{kbo[:4]}.{kbo[4:7]}.{kbo[7:]}"
            if place == 5:  # the last digit twice: a row that comes back as an issue
                number = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
            came = "spreker" if place == 0 else "nee" if place == 7 else "ja"
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
