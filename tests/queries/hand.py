"""A graph written by hand: things and facts under ids one can read, put in by the product's own write queries, so that
what is right can be said in advance. Every method is one change; `now` is when it became known."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from graph.store.ask import LATEST
from graph.store.described import said
from graph.store.queries import library
from graph.store.store import Row, Store, Writer

TODAY = date(2020, 6, 15)  # the day that reads are asked for, where a contract does not say
PRIORITIES = {"list": 50, "register": 80, "hand": 100}

Fact = tuple[str, str, str] | tuple[str, str, str, Mapping[str, Any]]
Step = tuple[str, dict[str, Any]]  # a write query and its parameters


class Hand:
    """``store``: empty at first. ``asked``: where the names of all queries that run are noted. Facts come from the
    source `list`; `register` and `hand` weigh more."""

    def __init__(self, store: Store, asked: list[str]) -> None:
        self.store = store
        self._asked = asked
        self.now = datetime.min.replace(tzinfo=UTC)
        self._numbers = count(1)
        self._imports: dict[str, str] = {}

    def asked(self, query: str) -> None:
        """Note a query that a contract runs past these methods."""
        self._asked.append(query)

    def change(self, query: str, **params: Any) -> list[Row]:
        """One write query as one change; ``now`` and an import id are filled in where it takes them."""
        rows: list[Row] = self.changes((query, params))[0]
        return rows

    def changes(self, *steps: Step) -> list[list[Row]]:
        def work(writer: Writer) -> list[list[Row]]:
            self.now = writer.now
            self._asked += [f"write/{query}" for query, _ in steps]
            return [
                writer.run(query, **params, **({"now": writer.now} if query in NEEDS_NOW else {}))
                for query, params in steps
            ]

        return self.store.write(work)

    def read(self, query: str, /, **params: Any) -> list[Row]:
        """Asked on :data:`TODAY` and as known now, unless ``valid_on`` or ``known_on`` say otherwise."""
        self._asked.append(f"read/{query}")
        declared = library()[f"read/{query}"].params
        usual = {"valid_on": TODAY, "known_on": LATEST, "limit": 1000}
        return self.store.read(query, **{name: usual[name] for name in declared if name in usual} | params)

    def one(self, query: str, /, **params: Any) -> Row:
        (row,) = self.read(query, **params)
        return row

    def imported(self, source: str = "list") -> str:
        """The import of this source, begun when it is first asked for."""
        if source not in self._imports:
            self._imports[source] = f"i-{source}"
            self.change(
                "add_import",
                id=f"i-{source}",
                source_id=f"s-{source}",
                source={"name": source, "priority": PRIORITIES[source], "licence": "CC0"},
                file=f"{source}.csv",
                sha256="",
                by="tester",
            )
        return self._imports[source]

    def things(self, label: str, things: Mapping[str, Mapping[str, Any]], source: str = "list") -> list[str]:
        """Add things by id, each with what is shown of it, one record that says so, and the key ``own:ID``."""
        shown = {id: {"display": values.get("name", id), **values} for id, values in things.items()}
        self.imported(source)
        records = [self._record({"id": id, "said": said(dict(values))}) for id, values in things.items()]
        self.changes(
            ("add_things", {"rows": [{"id": id, "label": label, "shown": values} for id, values in shown.items()]}),
            ("add_identifiers", {"rows": [{"id": id, "key": f"own:{id}"} for id in things]}),
            self._recorded(records, source),
        )
        return [record["record"]["id"] for record in records]

    def facts(self, *facts: Fact, source: str = "list") -> list[str]:
        """Add relationships as ``(start, TYPE, end, properties)``, each from a record of its own; the records' ids."""
        self.imported(source)
        ids, steps = self._told(facts, source)
        self.changes(*steps)
        return ids

    def _told(self, facts: Sequence[Fact], source: str) -> tuple[list[str], list[Step]]:
        records, relations = [], []
        for start, kind, end, *more in facts:
            record = self._record({"id": start, "said": "{}"}, {"id": end, "said": "{}"})
            properties = {"source": source, "priority": PRIORITIES[source], **(more[0] if more else {})}
            records.append(record)
            relations.append(
                {"type": kind, "start": start, "end": end, "record": record["record"]["id"], "properties": properties}
            )
        steps = [self._recorded(records, source), ("add_relations", {"rows": relations})]
        return [record["record"]["id"] for record in records], steps

    def _recorded(self, records: Sequence[Row], source: str) -> Step:
        into = {"import": self._imports[source], "source": source, "priority": PRIORITIES[source]}
        return "add_records", {"rows": records, **into}

    def correct(self, record: str, fact: Fact, source: str = "list") -> str:
        """Retract a record and add what is right, in one change."""
        into = self.imported(source)
        ids, steps = self._told([fact], source)
        self.changes(("retract_records", {"ids": [record], "by": into}), *steps)
        return ids[0]

    def retract(self, *records: str, by: str = "tester") -> list[Row]:
        return self.change("retract_records", ids=list(records), by=by)

    def show(self, id: str, values: Mapping[str, Any], *, gone: bool = False) -> None:
        """Show these values of a thing from now on and no others; ``gone``: nobody says any more that it is there."""

        def work(writer: Writer) -> None:
            self.now = writer.now
            self._asked.append("write/show")
            (known,) = writer.read("live_descriptions", ids=[id])
            before = {name: value for name, value in known["shown"].items() if name not in KEPT}
            row = {
                "id": id,
                "version": f"{id}~{writer.revision}",
                "before": before,
                "shown": {**dict.fromkeys(before), "display": values.get("name", id), **values},
                "retracted": writer.now if gone else None,
            }
            writer.run("show", rows=[row], now=writer.now)

        self.store.write(work)

    def _record(self, *describes: Mapping[str, str]) -> dict[str, Any]:
        id = f"r{next(self._numbers)}"
        return {
            "record": {"id": id, "key": f"key {id}", "row": 1, "url": None, "raw": "{}"},
            "describes": [dict(one) for one in describes],
        }


NEEDS_NOW = (
    "add_import", "add_things", "add_identifiers", "add_records", "add_relations", "end_import", "retract_records",
    "restore_records", "show",
)  # fmt: skip


KEPT = ("id", "recorded", "changed", "retracted")  # what the store itself keeps on a thing


def day(text: str) -> date:
    return date.fromisoformat(text)


def picked(rows: Sequence[Row], *names: str) -> list[tuple[Any, ...]]:
    """These columns of every row."""
    return [tuple(row[name] for name in names) for row in rows]
