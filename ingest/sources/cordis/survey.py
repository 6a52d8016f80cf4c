"""What has to be known of all participations before the first of them is read."""

import re
from functools import lru_cache

from graph.errors import Refused
from graph.model import checks
from ingest import files
from ingest.sources.cordis.cells import known


class Survey:
    """What has to be known of all participations before the first is read: which VAT number is whose, and which
    organisations take part in a project more than once."""

    def __init__(self, member: files.Member) -> None:
        self.projects: set[str] = set()
        self._first: dict[tuple[str, str], tuple[int, str]] = {}
        self._vats: dict[str, set[str]] = {}
        self._pics: dict[str, set[str]] = {}
        twice: set[tuple[str, str]] = set()
        with files.lines(member) as (_, rows):
            for row in rows:
                if isinstance(row, files.Line):
                    self._see(row.cells, twice)
        self._first = {pair: first for pair, first in self._first.items() if pair in twice}

    def _see(self, cells: dict[str, str], twice: set[tuple[str, str]]) -> None:
        project, pic = cells.get("projectID", "").strip().lstrip("0"), cells.get("organisationID", "").strip()
        self.projects.add(project)
        place = _place(cells)
        earlier = self._first.setdefault((project, pic), place)
        if earlier != place:
            twice.add((project, pic))
            self._first[project, pic] = min(earlier, place)
        if vat := vat_number(cells.get("vatNumber", "")):
            self._vats.setdefault(pic, set()).add(vat)
            self._pics.setdefault(vat, set()).add(pic)

    def vat_of(self, pic: str) -> str:
        """The VAT number that this delivery gives to this organisation, and to no other."""
        numbers = self._vats.get(pic, set())
        if len(numbers) != 1:
            return ""
        (number,) = numbers
        return number if len(self._pics[number]) == 1 else ""

    def key(self, project: str, pic: str, cells: dict[str, str]) -> str:
        """What makes a row the same in a later delivery: project and organisation; for the second row of a pair also
        its role and place."""
        place = _place(cells)
        first = self._first.get((project, pic), place)
        return f"{project}|{pic}" if place == first else f"{project}|{pic}|{place[1]}|{place[0]}"


def _place(cells: dict[str, str]) -> tuple[int, str]:
    order = cells.get("order", "").strip()
    return int(order) if order.isdecimal() and len(order) < 7 else 999_999, cells.get("role", "").strip()


@lru_cache(maxsize=65_536)
def vat_number(text: str) -> str:
    """The VAT number without signs between; nothing when it is none that its country gives out."""
    bare = re.sub(r"[\s.\-/]", "", text.upper())
    bare = re.sub(r"^(CHE\d{9})(?:MWST|TVA|IVA)$|^(NO\d{9})MVA$", r"\1\2", bare)  # "VAT", in their languages
    rule = known()["vat"].get(bare[:2])
    if bare in known()["vat_absent"] or not re.fullmatch(rf"[A-Z]{{2}}(?:{rule or '[A-Z0-9]{6,13}'})", bare):
        return ""
    if not rule and sum(sign.isdigit() for sign in bare) < 5:
        return ""
    if bare.startswith("BE"):
        try:
            checks.kbo(bare)
        except Refused:
            return ""
    return bare
