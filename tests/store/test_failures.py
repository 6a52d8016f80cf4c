"""What a hub's own Neo4j can refuse, each brought about for real, and the one line the user gets."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import neo4j
import pytest

from graph import cli as graph_cli
from graph import errors
from graph.errors import (
    NoServer,
    NotAllowed,
    NotEncrypted,
    NotNeo4j,
    PasswordExpired,
    SchakelError,
    StoreBusy,
    StoreFull,
    StoreStopped,
    TooOld,
    UnknownDatabase,
    WrongAddress,
    WrongPassword,
)
from graph.settings import Neo4jAddress, Settings
from graph.store import failures
from graph.store.store import Store
from ingest import cli as ingest_cli


def refusal(address: Neo4jAddress, settings: Settings) -> SchakelError:
    with pytest.raises(SchakelError) as raised:
        Store.open(replace(settings, neo4j=address)).close()
    assert "\n" not in str(raised.value)
    return raised.value


@pytest.fixture
def silent() -> Iterator[int]:
    """A port on which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    yield port


class Web(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[int]:
    """A server of web pages, as on port 7474."""
    server = HTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("uri", "problem"),
    [
        ("localhost:7687", "it does not begin with one of bolt://"),
        ("localhost", "it does not begin with one of bolt://"),
        ("bolt:/localhost:7687", "it does not begin with one of bolt://"),
        ("blot://localhost:7687", "it does not begin with one of bolt://"),
        ("http://localhost:7474", "http is for browsers"),
        ("https://localhost:7473", "https is for browsers"),
        ("bolt://", "it names no machine"),
        ("bolt://local host:7687", "that is no name of a machine"),
        ("bolt://localhost:port", "Port could not be cast"),
        ("bolt://localhost:76870", "Port out of range"),
        ("bolt://localhost:0", "no port"),
        ("bolt://localhost:7687/neo4j", "NEO4J_DATABASE"),
        ("bolt://[::1", "Invalid IPv6"),
    ],
)
def test_a_mistake_in_the_address_is_named_without_asking_anybody(uri: str, problem: str, settings: Settings) -> None:
    refused = refusal(Neo4jAddress(uri), settings)
    assert isinstance(refused, WrongAddress)
    assert problem in str(refused) and uri in str(refused)


def test_a_password_in_the_address_is_not_shown(settings: Settings) -> None:
    refused = refusal(Neo4jAddress("neo4j+s://ann:very-secret@graph.example:7687"), settings)
    assert "NEO4J_PASSWORD" in str(refused) and "secret" not in str(refused)


@pytest.mark.parametrize(
    "uri", [f"{scheme}://{host}" for scheme in failures.SCHEMES for host in ("a", "a.b:1", "[::1]")]
)
def test_a_good_address_is_left_alone(uri: str) -> None:
    failures.check_address(Neo4jAddress(uri))
    failures.check_address(Neo4jAddress(uri.upper()))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_not_there(scheme: str, silent: int, settings: Settings) -> None:
    refused = refusal(Neo4jAddress(f"{scheme}://127.0.0.1:{silent}", password="x"), settings)
    assert isinstance(refused, NoServer) and str(silent) in str(refused)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_machine_that_is_not_there(scheme: str, settings: Settings) -> None:
    assert isinstance(refusal(Neo4jAddress(f"{scheme}://no-such-machine.invalid"), settings), NoServer)


def test_a_server_that_is_no_neo4j(web: int, settings: Settings) -> None:
    assert isinstance(refusal(Neo4jAddress(f"neo4j://127.0.0.1:{web}", password="x"), settings), NotNeo4j)


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"])
def test_a_neo4j_without_encryption(scheme: str, store: Store, settings: Settings) -> None:
    uri = f"{scheme}://{store.address.uri.partition('://')[2]}"
    refused = refusal(replace(store.address, uri=uri), settings)
    assert isinstance(refused, NotEncrypted) and "bolt://" in str(refused)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_another_password_and_another_database(scheme: str, store: Store, settings: Settings) -> None:
    ours = replace(store.address, uri=f"{scheme}://{store.address.uri.partition('://')[2]}")
    wrong = refusal(replace(ours, username="nobody", password="wrong"), settings)
    assert isinstance(wrong, WrongPassword) and "nobody" in str(wrong) and "NEO4J_PASSWORD" in str(wrong)
    unknown = refusal(replace(ours, database="nowhere"), settings)
    assert isinstance(unknown, UnknownDatabase) and "NEO4J_DATABASE" in str(unknown)
    assert isinstance(refusal(replace(ours, database="system"), settings), UnknownDatabase)


def test_a_password_that_has_to_be_changed_first(store: Store, settings: Settings) -> None:
    ours = store.address
    with neo4j.GraphDatabase.driver(ours.uri, auth=(ours.username, ours.password)) as driver:
        driver.execute_query("CREATE USER newcomer SET PASSWORD 'as-mailed' CHANGE REQUIRED", database_="system")
        try:
            refused = refusal(replace(ours, username="newcomer", password="as-mailed"), settings)
        finally:
            driver.execute_query("DROP USER newcomer", database_="system")
    assert isinstance(refused, PasswordExpired) and "ALTER CURRENT USER" in str(refused)


@pytest.mark.parametrize(
    "agent", ["Neo4j/4.4.38", "Neo4j/5.25.1", "Neo4j/5.9.0", "Neo4j/dev", "Neo4j/v5.27.0 compatible - Memgraph"]
)
def test_an_older_neo4j_or_another_program(agent: str) -> None:
    with pytest.raises(TooOld, match=r"5\.26 or newer"):
        failures.check_version(Neo4jAddress("bolt://a"), agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.26.30", "Neo4j/5.27-aura", "Neo4j/2026.08.1"])
def test_a_neo4j_that_is_new_enough(agent: str) -> None:
    failures.check_version(Neo4jAddress("bolt://a"), agent)


def said_by_a_server(code: str, message: str) -> SchakelError:
    """What becomes of a failure that no test can bring about on a server it shares with others."""
    failure = neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)
    with pytest.raises(SchakelError) as raised, failures.explained(Neo4jAddress("bolt://a", "ann")):
        raise failure
    return raised.value


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("Neo.DatabaseError.Transaction.TransactionLogError", "Could not append transaction", StoreStopped),
        ("Neo.DatabaseError.Transaction.TransactionStartFailed", "and needs to be restarted.", StoreStopped),
        ("Neo.TransientError.General.DatabaseUnavailable", "The database is not currently available", StoreStopped),
        ("Neo.DatabaseError.General.UnknownError", "No space left on device", StoreFull),
        ("Neo.ClientError.Security.Forbidden", "Schema operation 'create_constraint' is not allowed", NotAllowed),
        ("Neo.ClientError.Cluster.NotALeader", "No longer possible to write to server", NotAllowed),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "The memory pool limit was exceeded", StoreBusy),
    ],
)  # fmt: skip
def test_what_a_server_says_becomes_what_to_do(code: str, message: str, kind: type[SchakelError]) -> None:
    assert isinstance(said_by_a_server(code, message), kind)


def test_a_bug_stays_a_bug() -> None:
    for bug in (
        neo4j.exceptions.Neo4jError._hydrate_neo4j(code="Neo.ClientError.Statement.SyntaxError", message="Invalid"),
        ValueError("invalid literal"),
        KeyError("id"),
    ):
        with pytest.raises(type(bug)), failures.explained(Neo4jAddress("bolt://a")):
            raise bug


def test_a_certificate_that_is_not_trusted_is_told_with_its_reason() -> None:
    refused = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate")
    with pytest.raises(NotEncrypted, match=r"\+ssc"), failures.explained(Neo4jAddress("bolt+s://a")):
        try:
            raise refused
        except OSError as error:
            raise neo4j.exceptions.ServiceUnavailable("Couldn't connect") from error


@pytest.mark.parametrize(
    ("main", "words"), [(graph_cli.main, ["stats"]), (graph_cli.main, ["find", "a"]), (ingest_cli.main, ["imports"])]
)
@pytest.mark.parametrize("uri", ["localhost:7687", "neo4j://127.0.0.1:{silent}"])
def test_a_command_says_it_in_one_line_and_ends_with_1(
    main: Callable[[list[str]], int],
    words: list[str],
    uri: str,
    silent: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NEO4J_URI", uri.format(silent=silent))
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("schakel: ") and err.count("\n") == 1 and "NEO4J_URI" in err


def test_every_failure_is_one_line_that_says_what_to_do() -> None:
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, SchakelError) and name not in ("SchakelError", "QueryInvalid"):
            assert kind.text.count(". ") + kind.text.count("; ") >= 1 and "\n" not in kind.text, name
