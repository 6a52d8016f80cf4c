"""What is wrong with a row, and what to do, is said in Dutch, English and French, whichever source found it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from graph.errors import FetchBroken
from ingest.issues import FileRefused
from ui import remedies
from ui.remedies import told
from ui.texts import LANGUAGES

HOUSE = Path(__file__).resolve().parents[2]
# What whoever writes a mapping file reads stands beside its English documentation, and stays English.
READ = sorted(
    [
        *(HOUSE / "graph" / "model").glob("*.py"), HOUSE / "ingest" / "values.py", HOUSE / "ingest" / "load.py",
        HOUSE / "ingest" / "pipeline.py", HOUSE / "ingest" / "mapping" / "parts.py",
        HOUSE / "ingest" / "mapping" / "__init__.py", *(HOUSE / "ingest" / "files").glob("*.py"),
        *(HOUSE / "ingest" / "sources").glob("*.py"),
    ]
)  # fmt: skip
REFUSING = {"Refused", "FileRefused", "refuse", "Issue", "add"}


def sentence(node: ast.AST) -> str:
    """A text of the code, with 7 for what it fills in; nothing for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return ""


def sentences(file: Path) -> Iterator[str]:
    """Every problem and remedy that a file can say."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        values: list[ast.AST] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in REFUSING:
                values = [*node.args, *(word.value for word in node.keywords if word.arg in ("problem", "remedy"))]
        elif isinstance(node, ast.Assign):
            names = [part.id for part in ast.walk(node.targets[0]) if isinstance(part, ast.Name)]
            if {"problem", "remedy"} & set(names):
                values = list(node.value.elts) if isinstance(node.value, ast.Tuple) else [node.value]
        for value in values:
            for one in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
                if " " in sentence(one):
                    yield sentence(one)


@pytest.mark.parametrize("file", READ, ids=lambda file: str(file.relative_to(HOUSE)))
def test_whatever_a_source_says_has_a_translation(file: Path) -> None:
    lacking = {one for one in sentences(file) if told(one, "nl") == one or told(one, "fr") == one}
    lacking -= {"object 7 7"}  # the same in Dutch
    assert not lacking, f"add to {remedies.FILE.relative_to(HOUSE)}, with {{}} for 7: {sorted(lacking)}"


def test_the_check_above_reads_something() -> None:
    assert sum(len(set(sentences(file))) for file in READ) > 100


def test_translations_fill_in_as_much_as_the_sentence_does() -> None:
    for said, to in yaml.safe_load(remedies.FILE.read_text(encoding="utf-8")).items():
        assert len(to) == len(LANGUAGES) - 1, said
        assert {one.count("{}") for one in (said, *to)} == {said.count("{}")}, said
        assert not any(one.endswith(".") for one in (said, *to)), f"the full stop comes with the sentence: {said}"


def test_the_more_exact_sentence_wins_and_what_it_fills_in_stays() -> None:
    assert (
        told("the row names no person, so this is not used", "nl")
        == "de rij noemt geen person, dus dit is niet gebruikt"
    )
    assert told("row 3 has the same E-mail, {Naam} and says something else", "fr") == (
        "la ligne 3 a la même valeur dans E-mail, {Naam} et dit autre chose"
    )
    assert told("UTF-8, cells apart by tabs", "nl") == "UTF-8, cellen gescheiden door tabs"
    assert told("nobody translated this", "nl") == "nobody translated this"


def test_a_failure_of_a_file_is_told_without_the_place_where_it_lies() -> None:
    refused = FileRefused(file=Path("/somewhere/list.csv"), problem="it is empty", remedy="Export it again")
    assert remedies.failure(refused).replace("\\", "") == "list.csv: het is leeg. Exporteer het opnieuw."
    broken = FetchBroken(address="https://example.org/a.zip", done=3, problem="timed out")
    assert "er kwam geen antwoord meer" in remedies.failure(broken)
