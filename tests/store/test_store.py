"""The one adapter: changes that are whole or not at all, reads that cannot write, errors that say what to do."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from graph.errors import NoServer, StoreBusy, UnknownDatabase, UnknownId, WrongAddress, WrongPassword, WrongUse
from graph.settings import Neo4jAddress, Settings
from graph.store import ask, local, queries
from graph.store import store as store_module
from graph.store.queries import QueryFile
from graph.store.store import Store, Writer


def add(id: str, **shown: Any) -> Any:
    """A change that adds one organisation."""

    def change(writer: Writer) -> str:
        row = {"id": id, "label": "Organisation", "shown": {"display": id, **shown}}
        writer.run("add_things", rows=[row], now=writer.now)
        return id

    return change


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the store run a text that is no file of ours."""

    def named(name: str, text: str) -> None:
        monkeypatch.setitem(queries.library(), name, QueryFile(name, "a test", {}, (), text))

    return named


# Changes


def test_the_revision_grows_with_every_committed_change_and_with_nothing_else(store: Store) -> None:
    assert store.revision() == 0
    store.write(add("a"))
    store.write(add("b"))
    assert store.revision() == 2
    ask.stats(store)
    ask.find(store, "a")
    with pytest.raises(RuntimeError, match="half-way"):
        store.write(failing("c"))
    assert store.revision() == 2
    assert store.read("count_things") == [{"things": 2}]


def failing(id: str) -> Any:
    def change(writer: Writer) -> None:
        add(id)(writer)
        raise RuntimeError("half-way")

    return change


def test_a_change_reads_what_it_wrote_and_nobody_else_does_before_it_is_whole(store: Store) -> None:
    def change(writer: Writer) -> None:
        add("a")(writer)
        assert writer.read("count_things") == [{"things": 1}]
        assert store.read("count_things") == [{"things": 0}]

    store.write(change)
    assert store.read("count_things") == [{"things": 1}]


def test_two_writers_at_once_take_turns(store: Store, settings: Settings) -> None:
    """Each in a store of its own, as two programs are: no change is lost, no revision or moment comes twice."""
    start = threading.Barrier(2)

    def write(name: str) -> list[tuple[int, Any]]:
        with Store.open(settings, app=name) as mine:
            start.wait()
            return [mine.write(noting(f"{name}{number}")) for number in range(15)]

    with ThreadPoolExecutor(2) as pool:
        noted = [one for made in pool.map(write, ("a", "b")) for one in made]
    assert store.revision() == 30
    assert sorted(revision for revision, _ in noted) == list(range(1, 31))
    assert [moment for _, moment in sorted(noted)] == sorted({moment for _, moment in noted})
    assert store.read("count_things") == [{"things": 30}]


def noting(id: str) -> Any:
    def change(writer: Writer) -> tuple[int, Any]:
        add(id)(writer)
        return writer.revision, writer.now

    return change


def test_two_that_add_the_same_thing_add_it_once(store: Store) -> None:
    store.write(add("a"))
    with pytest.raises(neo4j.exceptions.ConstraintError):
        store.write(add("a"))
    assert (store.revision(), store.read("count_things")) == (1, [{"things": 1}])


@contextmanager
def losing_the_answer(address: Neo4jAddress) -> Iterator[Neo4jAddress]:
    """A line to the server that passes everything on until the first change is committed, and breaks just before the
    answer would come back."""
    host, _, port = address.uri.rpartition("/")[2].partition(":")
    listener = socket.create_server(("127.0.0.1", 0))
    broken = threading.Event()

    def carry(source: socket.socket, target: socket.socket, *, outward: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if outward and b"\x00\x02\xb0\x12\x00\x00" in data and b"add_things" in writing:  # COMMIT
                    broken.set()
                if not outward and broken.is_set():
                    break
                if outward and b"CREATE (t:Thing" in data:
                    writing.append(b"add_things")
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    writing: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                there = socket.create_connection((host, int(port)))
                for source, target, outward in ((here, there, True), (there, here, False)):
                    threading.Thread(
                        target=carry, args=(source, target), kwargs={"outward": outward}, daemon=True
                    ).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield replace(address, uri=f"bolt://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        listener.close()


def test_a_change_whose_answer_was_lost_is_not_made_twice(store: Store, settings: Settings) -> None:
    with losing_the_answer(store.address) as address:
        mine = Store(address, settings, "tests")
        try:
            if settings.neo4j:  # another machine: it cannot be told from here
                with pytest.raises(NoServer):
                    mine.write(add("a"))
            else:
                assert mine.write(add("a")) == "a"
        finally:
            mine.close()
    assert (store.revision(), store.read("count_things")) == (1, [{"things": 1}])


# Reads


def test_a_read_session_cannot_write(store: Store, asks: Any) -> None:
    for text in (
        "CREATE (n:Thing {id: 'x'}) RETURN n.id AS id",
        "MATCH (m:Meta) SET m.revision = 99 RETURN m.revision AS id",
        "CALL db.createLabel('Sneaky') RETURN 1 AS id",
        "CREATE INDEX sneaky FOR (n:Thing) ON (n.sneaky)",
    ):
        asks("read/sneaky", text)
        with pytest.raises(neo4j.exceptions.Neo4jError):
            store.read("sneaky")
    assert (store.revision(), store.read("count_things")) == (0, [{"things": 0}])


def test_a_query_is_asked_with_its_own_parameters_only(store: Store) -> None:
    for wrong in ({}, {"id": "a"}, {"id": "a", "known_on": ask.LATEST, "more": 1}):
        with pytest.raises(WrongUse, match=r"queries/read/thing\.cypher is asked with other parameters"):
            store.read("thing", **wrong)
    with pytest.raises(KeyError):
        store.read("MATCH (n) RETURN n")


HOSTILE = (
    "x'}) DETACH DELETE n //", "'; MATCH (n) DETACH DELETE n; //", '"} RETURN 1 UNION MATCH (n) DELETE n //',
    "$id", "${id}", "`", "\\", "\\' OR 1=1", "\u0027", "%s", "{0}", "\n", "\u202e", "", " ", "0", "null",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_never_read_as_a_query(store: Store, text: str) -> None:
    store.write(add("a", name=text))
    (row,) = store.read("thing", id="a", known_on=ask.LATEST)
    assert row["shown"]["name"] == text
    with pytest.raises(UnknownId):
        ask.card(store, text)
    ask.find(store, text)
    ask.find(store, "a", labels=(text,))
    assert (store.revision(), store.read("count_things")) == (1, [{"things": 1}])


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=20))
def test_any_text_comes_back_from_the_store_as_it_went_in(server: Store, names: list[str]) -> None:
    server.clear()
    rows = [{"id": str(at), "label": "Person", "shown": {"display": name}} for at, name in enumerate(names)]
    server.write(lambda writer: writer.run("add_things", rows=rows, now=writer.now))
    found = {row["properties"]["id"]: row["properties"]["display"] for row in pages(server)}
    assert found == {str(at): name for at, name in enumerate(names)}
    for name in names:
        ask.find(server, name)


def pages(store: Store) -> list[dict[str, Any]]:
    return store.read("export_page", family="Thing", after="", limit=1_000)


def test_what_takes_too_long_is_told_as_that(store: Store, asks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(
        "read/slow",
        "UNWIND range(1, 1000) AS a UNWIND range(1, 1000) AS b UNWIND range(1, 1000) AS c RETURN sum(a * b * c) AS n",
    )
    monkeypatch.setattr(store_module, "READ_TIMEOUT", 0.5)
    with pytest.raises(StoreBusy, match="did not finish in time"):
        store.read("slow")
    assert store.read("count_things") == [{"things": 0}]


def test_the_server_can_tell_who_asks_what(store: Store, asks: Any) -> None:
    asks("read/who", "SHOW TRANSACTIONS YIELD metaData, currentQuery")
    asked = [row["metaData"] for row in store.read("who")]
    assert {"app": "tests", "view": "who"} in asked


# Servers that are not there, or not ours


def test_a_server_that_is_away_is_told_at_once(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:  # nobody answers Bolt here
        port = held.getsockname()[1]
    with pytest.raises(NoServer, match=f"No Neo4j answers at bolt://127.0.0.1:{port}"):
        Store.open(replace(settings, neo4j=Neo4jAddress(f"bolt://127.0.0.1:{port}", password="x")))


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1", "127.0.0.1:7687", "bolt://"])
def test_what_is_no_address_of_a_neo4j_is_told(settings: Settings, uri: str) -> None:
    with pytest.raises(WrongAddress, match="bolt://host:7687"):
        Store.open(replace(settings, neo4j=Neo4jAddress(uri, password="x")))


def test_a_wrong_password_and_an_unknown_database_are_told(store: Store, settings: Settings) -> None:
    with pytest.raises(WrongPassword, match="NEO4J_PASSWORD"):
        Store.open(replace(settings, neo4j=replace(store.address, password="wrong")))
    with pytest.raises(UnknownDatabase, match="no database nowhere"):
        Store.open(replace(settings, neo4j=replace(store.address, database="nowhere")))


def test_a_store_outlives_its_local_server(store: Store, settings: Settings) -> None:
    store.write(add("a"))
    if settings.neo4j:  # not ours to stop, nor to start again
        assert not store._revived()
    else:
        assert local.stop(settings)
    assert store.read("count_things") == [{"things": 1}]
    store.write(add("b"))
    assert (store.revision(), store.read("count_things")) == (2, [{"things": 2}])


def test_a_cleared_store_is_another_one(store: Store) -> None:
    before = store.id
    store.write(add("a"))
    store.clear()
    assert store.id != before
    assert (store.revision(), store.read("count_things")) == (0, [{"things": 0}])
