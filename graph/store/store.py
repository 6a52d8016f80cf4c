"""The one adapter to Neo4j: opens it, asks it what a query file asks, and changes it in whole steps.

with Store.open(settings) as store:
    store.read("find", text="leuven", ...)
    store.write(lambda writer: writer.run("add_import", ...))
"""

import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import neo4j
from neo4j import GraphDatabase, ManagedTransaction, Query
from neo4j.exceptions import Neo4jError
from neo4j.time import Date, DateTime

from graph.errors import HalfRestored, NewerSchema, WrongUse
from graph.settings import Neo4jAddress, Settings
from graph.store import local, queries, schema
from graph.store.failures import check_address, check_version, explained, stopped

READ_TIMEOUT = 60.0  # seconds; a page asks for milliseconds
WRITE_TIMEOUT = 600.0  # seconds; a large batch on a slow disk
OPTIONS: dict[str, Any] = {
    # Seconds; the driver's own defaults hang for half a minute when the server is away.
    "connection_timeout": 3.0,
    "connection_acquisition_timeout": 5.0,
    "max_transaction_retry_time": 5.0,
    # In a young store most labels and properties do not occur yet; tests check the spelling of all of them.
    "notifications_disabled_classifications": ["UNRECOGNIZED"],
}

Row = dict[str, Any]
Result = TypeVar("Result")


class Store:
    """One Neo4j, shared by all threads of this process. Every failure is one of graph.errors; the rest is a bug."""

    def __init__(self, address: Neo4jAddress, settings: Settings, app: str) -> None:
        self.address = address
        self.settings = settings
        self._app = app
        self._lock = threading.Lock()
        self._driver = _driver(address)
        self._starts = 0
        self.id = ""
        self.restoring = False  # True lets this one write what a restore writes, while others wait

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        app: str = "schakel",
        progress: Callable[[str], None] | None = None,
        to_restore: bool = False,
    ) -> Self:
        """The hub's own server where settings name one, else the local one, started when needed; with its schema up to
        date. ``app`` is what SHOW TRANSACTIONS tells; ``to_restore`` opens one whose last restore was cut off too.
        Raises the errors of graph.store.local, NoServer, WrongPassword, UnknownDatabase, TooOld, NewerSchema and
        HalfRestored."""
        store = cls(settings.neo4j or local.ensure(settings, progress=progress), settings, app)
        try:
            store._prepare(to_restore)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, name: str, /, **params: object) -> list[Row]:
        """The rows of queries/read/NAME.cypher; dates and moments come as Python's own."""
        return [{key: native(value) for key, value in row.items()} for row in self.columns(name, **params)]

    def columns(self, name: str, /, **params: object) -> list[Row]:
        """As :meth:`read`, with the values as the driver gives them: for columns of many thousand texts and numbers."""
        query = _query(f"read/{name}", params)
        ask = _timed(READ_TIMEOUT, self._app, name)(_ask)
        return self._do(lambda session: session.execute_read(ask, query, params))

    def write(self, change: "Callable[[Writer], Result]") -> Result:
        """One change, whole or not at all; it may be run again when the server asks for that, so it must not act on
        anything else. The revision grows by one."""
        tried: list[tuple[Writer, Result]] = []

        def unit(tx: ManagedTransaction) -> Result:
            writer = Writer(tx, self.restoring)
            tried[:] = [(writer, change(writer))]
            return tried[0][1]

        def work(session: neo4j.Session) -> Result:
            if tried and self._is_in(tried[0][0]):  # only the answer was lost
                return tried[0][1]
            return session.execute_write(_timed(WRITE_TIMEOUT, self._app, "write")(unit))

        return self._do(work)

    def _is_in(self, writer: "Writer") -> bool:
        """Whether the last change of the store is this one."""
        (meta,) = self.read("meta")
        return (meta["revision"], meta["now"]) == (writer.revision, writer.now)

    def revision(self) -> int:
        """How many changes this store has seen; ``id`` is refreshed, since a restore makes it another one."""
        rows = self.read("meta")
        self.id = rows[0]["store"] if rows else self.id
        return int(rows[0]["revision"]) if rows else 0

    def clear(self) -> None:
        """Remove everything that was ever stored here; the store becomes a new one. Cannot be undone."""
        while self.write_unnumbered("clear", limit=10_000)[0]["removed"]:
            pass
        self._prepare()

    def _do(self, work: Callable[[neo4j.Session], Result]) -> Result:
        starts = self._starts
        with explained(self.address, None if self.settings.neo4j else self.settings.home):
            try:
                with self._driver.session(database=self.address.database) as session:
                    return work(session)
            except (neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.SessionExpired, Neo4jError) as error:
                if isinstance(error, Neo4jError) and not stopped(error):
                    raise
                if not self._revived(starts, hung=stopped(error)):
                    raise
                with self._driver.session(database=self.address.database) as session:
                    return work(session)

    def _revived(self, starts: int = 0, hung: bool = False) -> bool:
        """Start the local server again when it is gone: somebody stopped or killed it. It has a new port or the old.
        ``hung``: it runs but has stopped its database, as on a full disk; a start recovers it, or says what it lacks.
        ``starts``: how often that was done when the work began, so that of many threads one does it."""
        if self.settings.neo4j:
            return False
        with self._lock:
            if hung and starts == self._starts:
                local.stop(self.settings)
                self._starts += 1
            address = local.ensure(self.settings)
            if address != self.address:
                self._driver.close()
                self.address, self._driver = address, _driver(address)
        return True

    def _prepare(self, to_restore: bool = False) -> None:
        uri = self.address.uri
        with explained(self.address):
            check_version(self.address, self._driver.get_server_info().agent)
            self._driver.verify_authentication()
        rows = self.read("meta")
        if not rows:
            self._step(schema.steps()[0])
            rows = self.write_unnumbered("found", store=str(uuid.uuid4()))
        self.id, known = rows[0]["store"], schema.newest()
        if rows[0]["restoring"] and not to_restore:
            raise HalfRestored(file=rows[0]["restoring"])
        if rows[0]["schema"] > known:
            raise NewerSchema(uri=uri, found=rows[0]["schema"], known=known)
        self.upgrade(rows[0]["schema"])

    def upgrade(self, found: int) -> None:
        """Take the steps of the schema that data of version ``found`` lack."""
        for step in schema.steps()[found + 1 :]:
            self._step(step)
            self.write_unnumbered("set_schema", version=step.version)
        if found < schema.newest():
            self.await_indexes()

    def _step(self, step: schema.Step) -> None:
        def run(session: neo4j.Session) -> None:
            for statement in step.statements:
                session.run(Query(statement)).consume()

        self._do(run)

    def await_indexes(self) -> None:
        """Return when every index is complete and the full-text index shows all that was written before."""
        self.read("await_indexes")

    def write_unnumbered(self, name: str, /, **params: object) -> list[Row]:
        """A change of the store's own book-keeping, which does not count as a revision."""
        query = _query(f"write/{name}", params)
        return self._do(
            lambda session: session.execute_write(_timed(WRITE_TIMEOUT, self._app, name)(_ask), query, params)
        )


class Writer:
    """One change in progress. ``now``: when all of it becomes known. ``revision``: what the store's will be."""

    def __init__(self, tx: ManagedTransaction, restoring: bool = False) -> None:
        self._tx = tx
        begun = self.run("begin")[0]
        if begun["restoring"] and not restoring:
            raise HalfRestored(file=begun["restoring"])
        self.revision: int = begun["revision"]
        self.now: datetime = begun["now"]

    def read(self, name: str, /, **params: object) -> list[Row]:
        rows = _ask(self._tx, _query(f"read/{name}", params), params)
        return [{key: native(value) for key, value in row.items()} for row in rows]

    def run(self, name: str, /, **params: object) -> list[Row]:
        rows = _ask(self._tx, _query(f"write/{name}", params), params)
        return [{key: native(value) for key, value in row.items()} for row in rows]


def _driver(address: Neo4jAddress) -> neo4j.Driver:
    check_address(address)
    with explained(address):
        return GraphDatabase.driver(
            address.uri, auth=(address.username, address.password), user_agent="schakel", **OPTIONS
        )


def _query(name: str, params: Mapping[str, object]) -> queries.QueryFile:
    query = queries.library()[name]
    if set(params) != set(query.params):
        wrong = ", ".join(sorted(set(params) ^ set(query.params)))
        raise WrongUse(problem=f"queries/{name}.cypher is asked with other parameters: {wrong}", remedy="This is a bug")
    return query


def _timed(seconds: float, app: str, view: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    return neo4j.unit_of_work(metadata={"app": app, "view": view}, timeout=seconds)


def _ask(tx: ManagedTransaction, query: queries.QueryFile, params: Mapping[str, object]) -> list[Row]:
    result = tx.run(query.text, dict(params))
    keys = result.keys()
    return [dict(zip(keys, record.values(), strict=True)) for record in result]


def native(value: Any) -> Any:
    """The driver's dates and moments as Python's, also inside lists and maps."""
    if isinstance(value, Date | DateTime):
        return value.to_native()
    if isinstance(value, list):
        return [native(part) for part in value]
    if isinstance(value, dict):
        return {key: native(part) for key, part in value.items()}
    return value
