"""What the driver raises, as what the user can do about it."""

import logging
import re
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from neo4j.exceptions import AuthError, ConfigurationError, Neo4jError, ServiceUnavailable, SessionExpired

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
from graph.settings import Neo4jAddress

OLDEST = (5, 26)
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
ROOM = 50  # MB; a database that stops with less than this on its disk stopped for want of it

_FULL = ("No space left on device", "DatabaseFull", "not enough space", "There is not enough space")
# After a write that failed Neo4j refuses all work until it is started anew and has recovered from its log.
_STOPPED = ("TransactionLogError", "needs to be restarted", "DatabasePanic", "DatabaseUnavailable")
_FORBIDDEN = ("Security.Forbidden", "Cluster.NotALeader", "ReadOnly", "NotSystemDatabase")

# All that the driver logs it raises too, and standard error is for one clear line.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def check_address(address: Neo4jAddress) -> None:
    """Refuse what no driver can use, in words that name the mistake. Raises WrongAddress, UnknownDatabase."""
    uri = address.uri
    try:
        parts = urlsplit(uri)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise WrongAddress(uri=uri, problem=str(error)) from error
    problem = ""
    if "@" in parts.netloc:  # not shown: it holds a password
        uri = f"{parts.scheme}://...@{parts.netloc.rpartition('@')[2]}"
        problem = "user and password go into NEO4J_USERNAME and NEO4J_PASSWORD"
    elif parts.scheme in ("http", "https"):
        problem = f"{parts.scheme} is for browsers"
    elif "://" not in uri or parts.scheme not in SCHEMES:
        problem = f"it does not begin with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}"
    elif not re.fullmatch(r"[\w.:-]+", host) or port == 0:
        problem = "it names no machine" if not host else "that is no name of a machine, or no port"
    elif parts.path.strip("/"):
        problem = "the database goes into NEO4J_DATABASE"
    if problem:
        raise WrongAddress(uri=uri, problem=problem)
    if address.database == "system":  # Neo4j's own, of users and databases: it holds no graph
        raise UnknownDatabase(uri=uri, database="system (Neo4j's own, not for data)")


def check_version(address: Neo4jAddress, agent: str) -> None:
    """Refuse a server older than :data:`OLDEST`, or one that only looks like Neo4j. ``agent``: what it calls itself,
    as ``Neo4j/5.26.30``. Raises TooOld."""
    found = re.fullmatch(r"Neo4j/((\d+)\.(\d+)\S*)", agent)
    if not found or (int(found[2]), int(found[3])) < OLDEST:
        raise TooOld(uri=address.uri, version=found[1] if found else agent)


@contextmanager
def explained(address: Neo4jAddress, folder: Path | None = None) -> Iterator[None]:
    """Raise one of ours in place of a failure that is not a bug: a server that is away, busy, full or unwilling.
    ``folder``: where the data are, when they are on this machine."""
    try:
        yield
    except (Neo4jError, ServiceUnavailable, SessionExpired, ConfigurationError, OSError, ValueError) as error:
        known = _known(error, address, folder)
        if known is None:
            raise
        raise known from error


def stopped(error: BaseException) -> bool:
    """Whether the database has stopped itself and has to be started anew."""
    return isinstance(error, Neo4jError) and any(sign in _said(error) for sign in _STOPPED)


def _known(error: Exception, address: Neo4jAddress, folder: Path | None) -> SchakelError | None:
    facts = {"uri": address.uri, "username": address.username}
    said = _said(error)
    problem = (getattr(error, "message", None) or str(error) or type(error).__name__).splitlines()[0]
    if any(sign in said for sign in _FULL):
        return StoreFull(uri=address.uri, folder=folder or "its data folder")
    if stopped(error):
        if folder and shutil.disk_usage(folder).free < ROOM * 10**6:
            return StoreFull(uri=address.uri, folder=folder)
        return StoreStopped(uri=address.uri)
    if "CredentialsExpired" in said:
        return PasswordExpired(**facts)
    if any(sign in said for sign in _FORBIDDEN):
        return NotAllowed(**facts, problem=problem)
    if isinstance(error, AuthError):
        return WrongPassword(**facts)
    if "DatabaseNotFound" in said:
        return UnknownDatabase(uri=address.uri, database=address.database)
    if "Neo.TransientError" in said or "TransactionTimedOut" in said or "acquisition timeout" in said:
        return StoreBusy(uri=address.uri, problem=problem)
    if isinstance(error, ServiceUnavailable | SessionExpired | ConfigurationError | OSError | ValueError):
        return _unreached(error, address.uri)
    return None


def _unreached(error: Exception, uri: str) -> SchakelError | None:
    """Why there is no connection: nobody there, somebody else there, or no agreement on encryption."""
    causes = list(_causes(error))
    encryption = next((one for one in causes if isinstance(one, ssl.SSLError)), None)
    if encryption is not None or any(type(one).__name__ == "BoltSecurityError" for one in causes):
        return NotEncrypted(uri=uri, problem=getattr(encryption, "reason", None) or "no TLS there")
    texts = " ".join(str(one) for one in causes)
    if re.search(r"looks like HTTP|[Hh]andshake|Bolt protocol", texts):
        return NotNeo4j(uri=uri)
    if isinstance(error, ConfigurationError) or (isinstance(error, ValueError) and "DNS" not in texts):
        return None
    return NoServer(uri=uri)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all it came from; the driver tells why it found no router in a group of errors."""
    if error is not None:
        yield error
        for part in getattr(error, "exceptions", ()):
            yield from _causes(part)
        yield from _causes(error.__cause__ or error.__context__)


def _said(error: BaseException) -> str:
    return f"{getattr(error, 'code', '') or ''} {error}"
