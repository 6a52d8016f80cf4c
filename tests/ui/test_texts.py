"""Every text in every language, and numbers, dates and names as the language writes them."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from graph import answers, errors
from graph.model import collaboration, grant, introduction, organisation, person, relations
from ingest import issues
from ui import PAGES, known, texts
from ui.texts import LANGUAGES, called, nameless, plain, shortened, table, text, written

UI = Path(__file__).resolve().parents[2] / "ui"
SOURCES = [UI.parent / "app.py", *UI.glob("*.py"), *UI.glob("pages/*.py")]
SAYING = {"t", "said", "text"}  # functions whose first argument, or second of `text`, is a key
PLURALS = ("_one", "_other")


def places(said: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(said) if name is not None}


def bare(key: str) -> str:
    """A key without its plural."""
    return re.sub(r"(_one|_other)$", "", key)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_has_the_same_texts_with_the_same_places(language: str) -> None:
    ours, theirs = table(LANGUAGES[0]), table(language)
    assert set(ours) == set(theirs)
    for key, said in ours.items():
        if not key.endswith("_one"):  # "the one partner" need not name its number
            assert places(said) == places(theirs[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_both_forms(language: str) -> None:
    keys = set(table(language))
    assert all(f"{bare(key)}{form}" in keys for key in keys if bare(key) != key for form in PLURALS)
    assert not any(bare(key) in keys for key in keys if bare(key) != key), "one text cannot be both"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_ends_in_a_space(language: str) -> None:
    for key, said in table(language).items():
        assert said and said == said.strip(), key


def test_french_writes_its_own_signs() -> None:
    for key, said in table("fr").items():
        assert "'" not in said, f"{key}: the apostrophe is ’"
        assert not re.search(
            r"[^\s\u00a0]\s?[;!?](?:\s|$)", said.replace(" ;", "").replace(" ?", "").replace(" !", "")
        ), key


# Keys and the code


def said_in(path: Path) -> Iterator[tuple[str, int]]:
    """The keys that a file says, as patterns: what a name stands for may be anything."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr | ast.Constant):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            pattern = "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else r"[\w-]+"
                for part in parts
            )
            if re.fullmatch(r"(?:[\w.\\-]|\[\\w-\]\+)+", pattern):
                yield pattern, node.lineno


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """The keys of calls that say a text, where they stand in the call itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            for arg in node.args[:1] if node.func.id != "text" else node.args[1:2]:
                branches = [arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg]
                for one in branches:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value, node.lineno


def test_every_key_that_the_code_says_exists() -> None:
    keys = {bare(key) for key in table("nl")} | set(table("nl"))
    missing = [f"{path.name}:{line} {key}" for path in SOURCES for key, line in calls(path) if key not in keys]
    assert missing == []


def test_every_text_is_said_somewhere() -> None:
    patterns = {pattern for path in SOURCES for pattern, _ in said_in(path) if not pattern.startswith("[")}
    said = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns)))
    silent = [key for key in table("nl") if not said.fullmatch(bare(key)) and not said.fullmatch(key)]
    # Values of facts are said by the name of the fact; failures by their class, which the next test looks at.
    told = (*(f"{fact}." for fact in known.FACTS), "error.")
    assert [key for key in silent if not key.startswith(told)] == []


def classes(kind: type[errors.SchakelError]) -> Iterator[type[errors.SchakelError]]:
    for one in kind.__subclasses__():
        yield one
        yield from classes(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_a_sentence_with_its_own_facts(language: str) -> None:
    failures = {one.code(): one for one in classes(errors.SchakelError) if one.__module__ in ERRORS}
    said = {key.partition(".")[2]: told for key, told in table(language).items() if key.startswith("error.")}
    assert set(said) == set(failures)
    for code, told in said.items():
        assert places(told) <= places(failures[code].text), code


ERRORS = (errors.__name__, issues.__name__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_model_has_a_text(language: str) -> None:
    texts_of = table(language)
    for group, words in {
        "kind": (*organisation.KINDS, *collaboration.KINDS),
        "role": collaboration.ROLES,
        "state": collaboration.STATES,
        "stage": introduction.STAGES,
        "decision": grant.DECISIONS,
        "format": collaboration.FORMATS,
        "scope": collaboration.SCOPES,
        "basis": person.BASES,
        "related": [
            f"{name}_{way}" for name in relations.RULES if name != "TOOK_PART" for way in ("in", "out")
        ],
        "page": [page.key for page in PAGES],
        "group": [page.group for page in PAGES],
        "indicator": answers.GROWTH_COUNTS,
        "definition": answers.GROWTH_COUNTS,
        "flag": ("open", "panel_start", "small_n"),
    }.items():  # fmt: skip
        for word in words:
            assert f"{group}.{word}" in texts_of, f"{group}.{word}"


# How things are written


def test_numbers_and_dates_are_those_of_the_language() -> None:
    assert [written(12345.67, language) for language in LANGUAGES] == ["12.345,67", "12,345.67", "12\u202f345,67"]
    assert [written(1234, language) for language in LANGUAGES] == ["1.234", "1,234", "1\u202f234"]
    assert [written(date(2024, 3, 3), language) for language in LANGUAGES] == [
        "3 mrt 2024",
        "3 Mar 2024",
        "3 mars 2024",
    ]
    assert [written(True, language) for language in LANGUAGES] == ["ja", "yes", "oui"]


@pytest.mark.parametrize(
    ("language", "of_none", "of_one", "of_two"),
    [
        ("nl", "0 partners", "1 partner", "2 partners"),
        ("en", "0 partners", "1 partner", "2 partners"),
        ("fr", "1 partenaire", "1 partenaire", "2 partenaires"),
    ],
)
def test_plurals_follow_the_language(language: str, of_none: str, of_one: str, of_two: str) -> None:
    assert text(language, "partners", n=1) == of_one
    assert text(language, "partners", n=2) == of_two
    if language != "fr":
        assert text(language, "partners", n=0) == of_none


def test_a_missing_text_is_a_failure() -> None:
    with pytest.raises(KeyError):
        text("nl", "no.such.text")


def test_a_date_is_told_as_far_as_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "nl"})
    told = [texts.day(date(2024, 3, 1), precision) for precision in ("year", "month", "day")]
    assert told == ["2024", "mrt 2024", "1 mrt 2024"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("pic:999991334", "PIC 999991334"),
        ("kbo:0123456789", "KBO 0123456789"),
        ("KU Leuven", "KU Leuven"),
        ("Labo: water", "Labo: water"),
        ("e:lab", "e:lab"),
        ("", ""),
    ],
)
def test_a_number_in_place_of_a_name_is_told_as_one(name: str, shown: str) -> None:
    assert called(name) == shown
    assert nameless(name) == (name != shown)


def test_a_long_name_is_cut_at_a_word() -> None:
    assert shortened("FRAUNHOFER GESELLSCHAFT ZUR FOERDERUNG", 25) == "FRAUNHOFER GESELLSCHAFT…"
    assert shortened("KU Leuven", 25) == "KU Leuven"
    assert len(shortened("x" * 100, 25)) <= 25


@given(some.text())
def test_no_text_from_outside_is_markup(value: str) -> None:
    """What Markdown gives a meaning stands behind a backslash, and a line stays a line."""
    shown = plain(value)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>$|~]", shown)
