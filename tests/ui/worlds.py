"""A network that one can work out by hand, in the columns of the European projects, and the way to each page of it.

Universiteit Voorbeeld worked with Fabriek (ALFA 2015-2016, BETA 2016-2018), with the town (ALFA) and with Labo Delta
(project 300003, 2017-2018); Labo Delta also with an organisation that has a number and no name (GAMMA, 2018-2023). So
Fabriek and the town each lack a link with Labo Delta, and the university with the nameless one.
"""

import csv
import json
import re
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from graph.store import ask
from graph.store.store import Store
from ingest import pipeline
from ingest.mapping import Mapping
from ingest.sources.table import TableSource
from tests.ui.screen import run

HOUSE = Path(__file__).resolve().parents[2]
UNIVERSITY, FACTORY, LAB = "Universiteit Voorbeeld", "Fabriek NV", "Labo Delta"
TOWN = "Stad *Voor* [beeld](http://elders.example)"  # shown as it is: no link, no stars
ORGANISATIONS = {
    "u": ("900000111", UNIVERSITY, "HES", "LEUVEN", "BE"),
    "f": ("900000222", FACTORY, "PRC", "GENT", "BE"),
    "t": ("900000333", TOWN, "PUB", "BRUSSEL", "BE"),
    "l": ("900000444", LAB, "REC", "DELFT", "NL"),
    "n": ("900000555", "", "OTH", "", "UK"),
}
PROJECTS = {
    "ALFA": ("100001", "ALFA", "Zonder omwegen", "2015-01-01", "2016-12-31", "utf", "SC1"),
    "BETA": ("200002", "BETA", "", "2016-03-01", "2018-12-31", "uf", "SC1"),
    "": ("300003", "", "", "2017-01-01", "2018-06-30", "ul", "SC2"),
    "GAMMA": ("400004", "GAMMA", "", "2018-01-01", "2023-12-31", "ln", "SC2"),
}
HEAD = (
    "project_rcn", "project_acronym", "project_title", "title_source", "programme_parts", "project_start",
    "project_end", "project_total_cost", "project_ec_max", "role", "pic", "name", "short_name", "activity_type",
    "street", "post_code", "city", "country", "ec_contribution",
)  # fmt: skip


def load(store: Store, folder: Path) -> None:
    """Put it into an empty store."""
    path = folder / "projects.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEAD)
        for rcn, acronym, title, start, end, who, programme in PROJECTS.values():
            for place, one in enumerate(who):
                pic, name, kind, city, country = ORGANISATIONS[one]
                role = "participant" if place else "coordinator"
                writer.writerow(
                    (rcn, acronym, title, "", programme, start, end, "2500000", "", role, pic, name,
                     "UV" if one == "u" else "", kind, "", "", city, country, "1234567.4")
                )  # fmt: skip
    mapping = Mapping.load(HOUSE / "docs" / "examples" / "h2020_participations.yml")
    report = pipeline.run(store, TableSource(mapping), path, by="tester")
    assert list(report.problems) == []
    assert report.records == 9


def opened(path: str = "", language: str = "nl", **query: str) -> AppTest:
    """A page at its address, as a reader of this language opens it; a failure on it fails the test."""
    test = AppTest.from_file(str(HOUSE / "app.py"), default_timeout=120)
    test.session_state["language"] = language
    test.query_params.update(query)
    test._page_hash = calc_hash(path)
    run(test)
    assert [error.value for error in test.error] == []
    return test


def links(test: AppTest) -> list[str]:
    """What the links on a page say, without the marks of kinds."""
    return [re.sub(r"^:\w+\[.\] |(?<!\\)\*\*", "", link.label) for link in test.page_link]


def charts(test: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in test.get("vega_lite_chart")]


def points(chart: dict[str, Any]) -> dict[tuple[int, str], float]:
    """What a chart of years draws: the value of every year and group."""
    (layer,) = (layer for layer in chart["layer"] if layer["mark"]["type"] == "point")
    return {(row["year"], row["group"]): row["value"] for row in layer["data"]["values"]}


def id_of(store: Store, name: str, label: str = "Organisation") -> str:
    found = ask.find(store, name, labels=(label,), limit=1)
    assert found, name
    return found[0].id


def forget() -> None:
    """The app begins anew with what is in the store now."""
    st.cache_resource.clear()
    st.cache_data.clear()
