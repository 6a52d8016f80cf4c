"""The files themselves: their headers keep to the rules, say where they do not, and the server agrees on who reads."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import neo4j
import pytest

from graph.errors import QueryInvalid
from graph.model import LABELS
from graph.model.relations import RULES
from graph.store import queries
from graph.store.store import Store

READS = [name for name in sorted(queries.library()) if name.startswith("read/")]
WRITES = [name for name in sorted(queries.library()) if name.startswith("write/")]
# Procedures that a read may call: they look something up or wait, and change nothing.
ALLOWED = {"db.index.fulltext.queryNodes", "db.awaitIndexes", "db.index.fulltext.awaitEventuallyConsistentIndexRefresh"}

GOOD = """\
// Organisations with this name.
// params: name: string, limit: integer
// returns: id, name
MATCH (o:Organisation {name: $name})
RETURN o.id AS id, o.name AS name
LIMIT $limit
"""


def test_a_header_is_read_as_it_stands() -> None:
    query = queries.parse("read/named", GOOD)
    assert (query.name, query.purpose, query.writes) == ("read/named", "Organisations with this name.", False)
    assert query.params == {"name": "string", "limit": "integer"}
    assert query.returns == ("id", "name")
    assert query.text.startswith("MATCH")


def test_a_long_header_goes_on_in_further_lines() -> None:
    text = GOOD.replace("// returns: id, name\n", "// It is exact: about\n// returns: id\n// returns: name\n")
    query = queries.parse("read/named", text)
    assert (query.purpose, query.returns) == ("Organisations with this name. It is exact: about", ("id", "name"))


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("// Organisations with this name.\n", "", 1, "does not say what it is for"),
        ("// Organisations with this name.\n", "//\n", 1, "does not say what it is for"),
        ("// params: name: string, limit: integer\n", "", 1, "no line params:"),
        ("// returns: id, name\n", "", 1, "no line returns:"),
        ("name: string", "name: text", 2, "'name: text' is not written as name: type"),
        ("name: string", "Name: string", 2, "'Name: string' is not written as name: type"),
        ("name: string", "name", 2, "'name' is not written as name: type"),
        ("limit: integer", "limit: integer, name: string", 2, "name stands there twice"),
        ("returns: id, name", "returns: id, o.name", 3, "'o.name' is not a name"),
        ("returns: id, name", "returns: id, name, id", 3, "id stands there twice"),
        (", limit: integer", "", 6, "parameter $limit is not declared"),
        ("{name: $name}", "{name: $title}", 4, "parameter $title is not declared"),
        ("LIMIT $limit\n", "", 4, "parameter limit is declared and not used"),
        ("LIMIT $limit\n", "// LIMIT $limit\n", 4, "parameter limit is declared and not used"),
        ("$name", "'$name'", 4, "parameter name is declared and not used"),
        ("returns: id, name", "returns: id", 5, "it returns id, name; its header says id"),
        ("returns: id, name", "returns: name, id", 5, "it returns id, name; its header says name, id"),
        ("RETURN o.id AS id, o.name AS name", "RETURN o.id AS id, o.name", 5, "it returns id, o.name;"),
        ("RETURN o.id AS id, o.name AS name\n", "", 4, "it returns nothing; its header says id, name"),
        ("RETURN", "SET o.name = $name RETURN", 5, "a read may not SET"),
        ("RETURN", "\nDETACH DELETE o\nRETURN", 6, "a read may not DETACH"),
        ("MATCH", "LOAD CSV FROM $name AS row MATCH", 4, "a read may not LOAD CSV"),
        ("MATCH", "load csv from $name as row match", 4, "a read may not LOAD CSV"),
        ("LIMIT $limit", "LIMIT $limit; MATCH (n) RETURN n", 6, "a file holds one statement"),
        (GOOD[GOOD.index("MATCH") :], "", 4, "there is no query under the header"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_line(before: str, after: str, line: int, problem: str) -> None:
    assert before in GOOD
    with pytest.raises(QueryInvalid) as raised:
        queries.parse("read/named", GOOD.replace(before, after))
    assert (raised.value.facts["file"], raised.value.facts["line"]) == ("queries/read/named.cypher", line)
    assert problem in str(raised.value)
    assert str(raised.value).startswith(f"queries/read/named.cypher:{line}: ")


def test_words_of_writing_in_texts_names_and_comments_write_nothing() -> None:
    text = GOOD.replace("LIMIT", "// CREATE this; or not\nORDER BY o.created = 'MERGE; SET', o.`DELETE` LIMIT")
    assert queries.parse("read/named", text).returns == ("id", "name")
    assert queries.parse("write/named", GOOD.replace("RETURN", "SET o.seen = true RETURN")).writes


def test_a_folder_is_refused_with_the_file_that_is_wrong(tmp_path: Path) -> None:
    for kind in ("read", "write"):
        (tmp_path / kind).mkdir()
    (tmp_path / "read" / "good.cypher").write_text(GOOD, encoding="utf-8")
    assert list(queries.load(tmp_path)) == ["read/good"]
    (tmp_path / "write" / "bad.cypher").write_bytes(GOOD.encode().replace(b"name", b"na\xffme"))
    with pytest.raises(QueryInvalid, match=r"queries/write/bad\.cypher:1: it is not UTF-8"):
        queries.load(tmp_path)
    (tmp_path / "write" / "bad.cypher").write_text(GOOD.replace("RETURN", "RETRUN"), encoding="utf-8")
    with pytest.raises(QueryInvalid, match=r"queries/write/bad\.cypher:4: it returns nothing"):
        queries.load(tmp_path)


@pytest.mark.parametrize(
    "clause", ["RETURN DISTINCT n.a AS a, {b: n.b, c: [1, 2]} AS b, count(*) AS c ORDER BY a LIMIT 2"]
)
def test_columns_are_those_of_the_last_return_outside_braces(clause: str) -> None:
    assert queries.returned(f"CALL () {{ MATCH (n) RETURN n AS x }} MATCH (n) {clause}") == ("a", "b", "c")
    assert queries.returned("MATCH (n) SET n.x = COUNT { MATCH (m) RETURN m }") == ()


SAMPLES = {
    "string": "x", "integer": 1, "float": 1.5, "boolean": True, "date": date(2020, 1, 1),
    "datetime": datetime(2020, 1, 1, tzinfo=UTC), "list": [], "map": {},
}  # fmt: skip


def explained(server: Store, name: str) -> neo4j.ResultSummary:
    query = queries.library()[name]
    params = {parameter: SAMPLES[kind] for parameter, kind in query.params.items()}
    with server._driver.session(database=server.address.database) as session:
        return session.run(neo4j.Query(f"EXPLAIN {query.text}"), params).consume()


def procedures(plan: dict[str, object] | None) -> set[str]:
    """Every procedure that a plan calls."""
    if not plan:
        return set()
    own = set()
    if "ProcedureCall" in str(plan["operatorType"]):
        own = {str(plan["args"]["Details"]).split("(")[0]}  # type: ignore[index]
    return own.union(*(procedures(child) for child in plan.get("children", [])))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", READS)
def test_the_server_says_that_a_read_reads(server: Store, name: str) -> None:
    summary = explained(server, name)
    assert summary.query_type == "r"
    assert procedures(summary.plan) <= ALLOWED


@pytest.mark.parametrize("name", WRITES)
def test_the_server_says_that_a_write_writes(server: Store, name: str) -> None:
    assert explained(server, name).query_type in ("w", "rw")


# What a question does not ask on a day or as known at a moment, and why.
DATELESS = {
    "read/await_indexes": "it waits", "read/meta": "the store now",
    "read/count_all": "everything that ever was", "read/count_things": "what a restore would replace",
    "read/export_page": "everything that ever was",
    "read/import_records": "what an undo takes back", "read/superseded_records": "what an undo brings back",
    "read/live_descriptions": "what a load compares with", "read/live_records": "what a load compares with",
    "read/resolve_keys": "what a load compares with",
}  # fmt: skip
# Facts about records and imports have no day in the world, only a moment of knowing.
DAYLESS = {"read/thing", "read/themes", "read/imports", "read/sources", "read/sources_of"}


@pytest.mark.parametrize("name", READS)
def test_every_question_is_asked_on_a_day_and_as_known_at_a_moment(name: str) -> None:
    dated = {"valid_on", "known_on"} & set(queries.library()[name].params)
    if name in DATELESS:
        assert not dated
    elif name in DAYLESS:
        assert dated == {"known_on"}
    else:
        assert dated == {"valid_on", "known_on"}


@pytest.mark.parametrize("name", sorted(queries.library()))
def test_a_query_names_only_what_the_store_knows(name: str) -> None:
    """The server does not tell of a misspelt label or type (in a young store most do not occur yet), so this does."""
    bare = queries._TEXTS.sub("", queries.library()[name].text)
    nodes = {*LABELS, "Thing", "Identifier", "Record", "Version", "Meta"}
    types = {*RULES, "DESCRIBES", "FROM", "IDENTIFIES", "WAS", "OF"}
    for found in re.findall(r"\(\w*:([\w:|]+)", bare):
        assert set(re.findall(r"\w+", found)) <= nodes
    for found in re.findall(r"\[\w*:([\w|!&]+)", bare):
        assert set(re.findall(r"\w+", found)) <= types
