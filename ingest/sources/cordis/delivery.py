"""Which files of a folder or zip are the tables of a CORDIS delivery."""

import re
from pathlib import Path

from ingest import files
from ingest.issues import FileRefused, shown
from ingest.sources.cordis.cells import known

MAIN = ("project", "organization")
SIDE = ("euroSciVoc", "topics", "legalBasis")


def found(path: Path) -> tuple[dict[str, files.Member], list[str]]:
    """The tables of a delivery by name, and the files of tables that nobody knows yet.

    Raises FileRefused when the two main tables are not there."""
    single = path.is_file() and path.suffix.casefold() in (".csv", ".json", ".txt")
    if single:
        with files.bytes_of(path):
            pass
        return _beside(path), []
    if path.is_file() and path.suffix.casefold() != ".zip":
        problem, remedy = "it is no delivery of CORDIS", "Name a folder, a zip, or one of its CSV or JSON files"
        raise FileRefused(file=path.name, problem=problem, remedy=remedy)
    inside = files.members(path)
    tables: dict[str, files.Member] = {}
    for name in (*MAIN, *SIDE):
        exact = [member for member in inside if member.stem == name.casefold()]
        fits = exact or [member for member in inside if name in MAIN and _speaks_of(member.stem) == name]
        if len(fits) > 1:
            problem = f"it holds more than one table of {name}: {', '.join(member.file for member in fits[:4])}"
            raise FileRefused(file=path.name, problem=problem, remedy="Name the one file that you mean")
        if fits:
            tables[name] = fits[0]
    if lacking := [name for name in MAIN if name not in tables]:
        there = shown(", ".join(member.file for member in inside), 200) or "no CSV and no JSON"
        problem = f"it holds no table named {' and none named '.join(lacking)}, but {there}"
        raise FileRefused(file=path.name, problem=problem, remedy="Fetch the delivery as CSV or JSON, and unpack all")
    expected = {name.casefold() for name in (*MAIN, *SIDE, *known()["unread"])}
    as_published = all(tables[name].stem == name for name in MAIN)  # else a folder of somebody's own
    return tables, [member.file for member in inside if as_published and member.stem not in expected]


def _speaks_of(stem: str) -> str:
    if re.search(r"organi[sz]ation", stem):
        return "organization"
    return "project" if "project" in stem else ""


def _beside(path: Path) -> dict[str, files.Member]:
    """The tables that belong to one: the same name with another word in it."""
    which = _speaks_of(path.stem.casefold())
    if not which:
        problem = "its name has neither project nor organization in it"
        raise FileRefused(file=path.name, problem=problem, remedy="Name the folder, or one of the two main tables")
    tables = {which: files.Member(path)}
    for name in (*MAIN, *SIDE):
        words = ("organization", "organisation") if name == "organization" else (name,)
        for word in words if name not in tables else ():
            other = path.with_name(re.sub(r"organi[sz]ation|project", word, path.stem, flags=re.I) + path.suffix)
            if other.is_file():
                tables[name] = files.Member(other)
        if name in MAIN and name not in tables:
            wanted = re.sub(r"organi[sz]ation|project", words[0], path.stem, flags=re.I) + path.suffix
            problem = f"CORDIS gives projects and organisations in two tables, and {wanted} is not beside it"
            raise FileRefused(file=path.name, problem=problem, remedy="Put both in one folder")
    return tables
