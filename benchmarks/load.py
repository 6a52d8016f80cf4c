"""Loading the real file, against a bare loop that writes the same nodes, relationships, records and provenance."""

import csv
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from neo4j import Driver, GraphDatabase

from benchmarks import real
from graph.store import local
from graph.store.store import Store

ROUNDS = 3
BATCH = 5_000
KINDS = {"PRC": "company", "HES": "knowledge_institution", "REC": "knowledge_institution", "PUB": "government"}

THINGS = """
UNWIND $rows AS row
CREATE (t:Thing:$(row.label)) SET t = row.shown, t.id = row.id, t.recorded = $now, t.changed = $now
CREATE (:Identifier {id: row.key, recorded: $now})-[:IDENTIFIES]->(t)
"""
RECORDS = """
MERGE (i:Thing {id: 'import'}) ON CREATE SET i:Import
WITH i UNWIND $rows AS row
CREATE (r:Record {id: row.id, key: row.id, row: row.row, raw: row.raw, source: 'h2020', priority: 60, recorded: $now})
CREATE (r)-[:FROM {row: row.row}]->(i)
WITH r, row UNWIND row.things AS one
MATCH (t:Thing {id: one.id})
CREATE (r)-[:DESCRIBES {values: one.said, recorded: $now}]->(t)
"""
TIES = """
UNWIND $rows AS row
MATCH (a:Thing {id: row.start}) MATCH (b:Thing {id: row.end})
CREATE (a)-[t:$(row.type)]->(b)
SET t = row.properties, t.record = row.record, t.recorded = $now
"""


def measures() -> Iterator[tuple[str, str, str]]:
    path = real.file()
    if path is None:
        yield real.ABSENT
        return
    with real.home() as settings, Store.open(settings, app="bench") as store:
        where = local.ensure(settings)
        with GraphDatabase.driver(where.uri, auth=(where.username, where.password)) as driver:
            _timed(lambda: real.load(store, path))  # the server compiles its loops
            ours, loop, again = [], [], []
            for _ in range(ROUNDS):
                store.clear()
                loop.append(_timed(lambda: bare(driver, path)))
                store.clear()
                ours.append(_timed(lambda: real.load(store, path)))
                again.append(_timed(lambda: real.load(store, path)))
    yield f"load of 35,546 rows, median of {ROUNDS}", f"{median(ours):.1f} s", ""
    yield "a bare loop that writes as much", f"{median(loop):.1f} s", ""
    yield "ratio", f"{median(ours) / median(loop):.2f}", "<= 1.5"
    yield "the same file once more", f"{median(again):.1f} s", "faster than the first"


def bare(driver: Driver, path: Path) -> None:
    """What an expert would write for this one file: no checks, no corrections, no second source."""
    known: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as file, driver.session() as session:
        rows = list(enumerate(csv.DictReader(file, delimiter=";"), start=2))
        for first in range(0, len(rows), BATCH):
            session.execute_write(_write, *_prepared(rows[first : first + BATCH], known), datetime.now(UTC))


def _write(tx: Any, things: list[Any], records: list[Any], ties: list[Any], now: datetime) -> None:
    for query, rows in ((THINGS, things), (RECORDS, records), (TIES, ties)):
        tx.run(query, rows=rows, now=now).consume()


def _prepared(rows: list[tuple[int, dict[str, str]]], known: set[str]) -> tuple[list[Any], list[Any], list[Any]]:
    things, records, ties = [], [], []
    for number, row in rows:
        id = f"{row['project_rcn']}|{row['pic']}"
        described = [_organisation(row), _project(row), *map(_theme, filter(None, row["programme_parts"].split("|")))]
        for label, key, shown in described:
            if key not in known:
                known.add(key)
                things.append({"id": f"t{key}", "label": label, "key": key, "shown": shown})
        said = [{"id": f"t{key}", "said": json.dumps(shown, default=str)} for _, key, shown in described]
        records.append({"id": id, "row": number, "raw": json.dumps(row, ensure_ascii=False), "things": said})
        told = {"source": "h2020", "start_precision": "unknown", "end_precision": "unknown"}
        organisation, project, *themes = (one["id"] for one in said)
        took = {**told, "role": row["role"], "amount_eur": _amount(row["ec_contribution"])}
        ties.append({"type": "TOOK_PART", "start": organisation, "end": project, "record": id, "properties": took})
        ties += [{"type": "ABOUT", "start": project, "end": one, "record": id, "properties": told} for one in themes]
    return things, records, ties


def _organisation(row: dict[str, str]) -> tuple[str, str, dict[str, Any]]:
    names = {"name": "name", "short_name": "short_name", "street": "street", "postcode": "post_code",
             "municipality": "city", "country": "country", "pic": "pic"}  # fmt: skip
    shown = {name: row[column] for name, column in names.items() if row[column]}
    shown |= {"kind": KINDS.get(row["activity_type"], "other"), "display": row["name"] or row["pic"]}
    return "Organisation", f"pic:{row['pic']}", shown


def _project(row: dict[str, str]) -> tuple[str, str, dict[str, Any]]:
    shown: dict[str, Any] = {"kind": "project", "acronym": row["project_acronym"], "programme": "Horizon 2020"}
    shown |= {"display": row["project_acronym"], "title": row["project_title"]}
    for name in ("start", "end"):
        if row[f"project_{name}"]:
            shown |= {name: date.fromisoformat(row[f"project_{name}"]), f"{name}_precision": "day"}
    shown["budget_eur"] = _amount(row["project_total_cost"])
    return "Collaboration", f"rcn:{row['project_rcn']}", shown


def _theme(code: str) -> tuple[str, str, dict[str, Any]]:
    return "Theme", f"theme:{code}", {"code": code, "scheme": "programme", "label_en": code, "display": code}


def _amount(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
