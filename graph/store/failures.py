"""What the driver raises, as what the user can do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import NoServer, SchakelError, StoreBusy, StoreFull, UnknownDatabase, WrongPassword
from graph.settings import Neo4jAddress

_FULL = ("No space left on device", "DatabaseFull", "not enough space", "There is not enough space")
_STOPPED = ("DatabaseUnavailable", "DatabasePanic")


@contextmanager
def explained(address: Neo4jAddress, folder: object = "its data folder") -> Iterator[None]:
    """Raise one of ours in place of a failure that is not a bug: a server that is away, busy, full or unwilling."""
    try:
        yield
    except (Neo4jError, ServiceUnavailable, SessionExpired, ConfigurationError, OSError, ValueError) as error:
        known = _known(error, address, folder)
        if known is None:
            raise
        raise known from error


def _known(error: Exception, address: Neo4jAddress, folder: object) -> SchakelError | None:
    uri = address.uri
    said = f"{getattr(error, 'code', '') or ''} {error}"
    if any(sign in said for sign in _FULL):
        return StoreFull(uri=uri, folder=folder)
    if isinstance(error, AuthError):
        return WrongPassword(uri=uri, username=address.username)
    if "DatabaseNotFound" in said:
        return UnknownDatabase(uri=uri, database=address.database)
    if isinstance(error, TransientError) or "TransactionTimedOut" in said or "acquisition timeout" in said:
        return StoreBusy(uri=uri, problem=str(error).splitlines()[0])
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError) or any(sign in said for sign in _STOPPED):
        return NoServer(uri=uri)
    if isinstance(error, ConfigurationError | ValueError) and not isinstance(error, ClientError):
        return NoServer(uri=uri) if "URI" in said or "scheme" in said else None
    return None
