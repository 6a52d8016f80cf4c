"""Query files: one question a file, with a header that is checked against the text before anything runs.

    // What it answers, in a sentence or more.
    // params: org: string, valid_on: date, limit: integer
    // returns: id, name, shared

A value reaches a query as a parameter and in no other way; no text of a query is ever put together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import QueryInvalid

FOLDER = Path(__file__).resolve().parents[2] / "queries"
TYPES = ("string", "integer", "float", "boolean", "date", "datetime", "list", "map")

_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)\b")
_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITING = re.compile(r"(?i)(?<![\w.$:])(?:CREATE|MERGE|SET|DELETE|REMOVE|DETACH|LOAD\s+CSV)\b")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class QueryFile:
    """One question. ``name``: folder and file, as ``read/find``. ``params``: name and type. ``returns``: columns."""

    name: str
    purpose: str
    params: Mapping[str, str]
    returns: tuple[str, ...]
    text: str

    @property
    def writes(self) -> bool:
        return self.name.startswith("write/")


def load(folder: Path = FOLDER) -> dict[str, QueryFile]:
    """All queries by name. Raises QueryInvalid, with file and line, for the first one that breaks its own header."""
    return {
        query.name: query
        for kind in ("read", "write")
        for path in sorted((folder / kind).glob("*.cypher"))
        for query in [parse(f"{kind}/{path.stem}", _text(path))]
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        file = f"queries/{path.parent.name}/{path.name}"
        raise QueryInvalid(file=file, line=1, problem="it is not UTF-8") from error


@cache
def library() -> Mapping[str, QueryFile]:
    """The product's own queries, read once."""
    return load()


def parse(name: str, text: str) -> QueryFile:
    """One file. Raises QueryInvalid for a missing purpose, a parameter that is undeclared, unused or of an unknown
    type, columns that differ from what the last RETURN gives, a read that writes, and a second statement."""
    lines = text.splitlines()
    head = next((number for number, line in enumerate(lines) if not line.startswith("//")), len(lines))
    purpose, params, returns = _header(name, lines[:head])
    head += next((number for number, line in enumerate(lines[head:]) if line.strip()), 0)
    body = "\n".join(lines[head:]).strip()
    bare = _TEXTS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), body)

    def fail(problem: str, pattern: str = "") -> QueryInvalid:
        found = re.search(pattern, bare) if pattern else None
        line = head + 1 + (bare[: found.start()].count("\n") if found else 0)
        return QueryInvalid(file=f"queries/{name}.cypher", line=line, problem=problem)

    if not body:
        raise fail("there is no query under the header")
    if ";" in bare:
        raise fail("a file holds one statement, without a semicolon", ";")
    used = set(_PARAMETER.findall(bare))
    for parameter in sorted(used - set(params)):
        raise fail(f"parameter ${parameter} is not declared", rf"\${parameter}\b")
    for parameter in sorted(set(params) - used):
        raise fail(f"parameter {parameter} is declared and not used")
    if name.startswith("read/") and (writing := _WRITING.search(bare)):
        raise fail(f"a read may not {' '.join(writing.group().upper().split())}", _WRITING.pattern)
    columns = returned(bare)
    if columns != returns:
        raise fail(
            f"it returns {', '.join(columns) or 'nothing'}; its header says {', '.join(returns) or 'nothing'}",
            r"\bRETURN\b",
        )
    return QueryFile(name, purpose, params, returns, body)


def _header(name: str, lines: list[str]) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Purpose, parameters and columns; a long list goes on in a further line of its kind."""
    purpose: list[str] = []
    params: dict[str, str] = {}
    returns: list[str] = []
    said: set[str] = set()

    def fail(number: int, problem: str) -> QueryInvalid:
        return QueryInvalid(file=f"queries/{name}.cypher", line=number, problem=problem)

    for number, line in enumerate(lines, start=1):
        text = line.removeprefix("//").strip()
        key, _, rest = text.partition(":")
        if key not in ("params", "returns"):
            purpose += [text] if text else []
            continue
        said.add(key)
        for part in filter(None, (part.strip() for part in rest.split(","))):
            word, _, kind = (piece.strip() for piece in part.partition(":"))
            if key == "params" and (not _NAME.fullmatch(word) or kind not in TYPES):
                raise fail(number, f"parameter {part!r} is not written as name: type, of {', '.join(TYPES)}")
            if key == "returns" and not _NAME.fullmatch(part):
                raise fail(number, f"column {part!r} is not a name in small letters")
            if word in (params if key == "params" else returns):
                raise fail(number, f"{word} stands there twice")
            if key == "params":
                params[word] = kind
            else:
                returns.append(word)
    if not purpose:
        raise fail(1, "its first line does not say what it is for")
    for key in ("params", "returns"):
        if key not in said:
            raise fail(1, f"its header has no line {key}:")
    return " ".join(purpose), params, tuple(returns)


def returned(bare: str) -> tuple[str, ...]:
    """The columns that the last RETURN outside braces gives; ``bare``: Cypher with texts and comments blanked."""
    depth, start = 0, -1
    for found in re.finditer(r"[{}()\[\]]|\bRETURN\b", bare):
        if found.group() == "RETURN":
            start = found.end() if depth == 0 else start
        else:
            depth += 1 if found.group() in "{([" else -1
    if start < 0:
        return ()
    clause = re.sub(r"^\s*DISTINCT\b", "", re.split(r"\bORDER BY\b|\bSKIP\b|\bLIMIT\b", bare[start:])[0])
    parts, depth, last = [], 0, 0
    for at, sign in enumerate(clause):
        depth += (sign in "{([") - (sign in "})]")
        if sign == "," and depth == 0:
            parts.append(clause[last:at])
            last = at + 1
    parts.append(clause[last:])
    return tuple(re.split(r"\bAS\s+", part)[-1].strip() for part in parts)


def document() -> str:
    """docs/queries.md: every query with its purpose, parameters and columns."""
    lines = [
        "# Queries",
        "",
        "Every question Schakel asks its Neo4j, and every change it makes. Made from the files in `queries/` by",
        "`make docs`; the files are the truth.",
        "",
        "`valid_on` is the day in the world: what had begun by then counts, with its end if it has ended since. `known_on`",  # noqa: E501
        "is the moment of knowing: what was told by then and not yet corrected, under the names it then had.",
        "[model.md](model.md) says what the labels and relationships are.",
    ]
    for kind, title in (("read", "Reads"), ("write", "Writes")):
        lines += ["", f"## {title}"]
        for query in library().values():
            if query.name.startswith(f"{kind}/"):
                params = ", ".join(f"`{name}` {kind}" for name, kind in query.params.items()) or "none"
                columns = ", ".join(f"`{column}`" for column in query.returns) or "nothing"
                lines += [
                    "",
                    f"### {query.name}",
                    query.purpose,
                    "",
                    f"- parameters: {params}",
                    f"- returns: {columns}",
                ]
    return "\n".join(lines) + "\n"
