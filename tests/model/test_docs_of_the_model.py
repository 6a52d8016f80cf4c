"""docs/model.md names every label, property, relationship and word there is."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from graph.model import LABELS, collaboration, grant, introduction, organisation, person, provenance, theme
from graph.model.relations import RULES
from graph.model.time import Precision

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "model.md").read_text(encoding="utf-8")


def row(first: str) -> str:
    """The line of a table that is about this label or type."""
    return next(line for line in TEXT.splitlines() if re.match(rf"\| (?:[\w, ]+, )?{first}\b[\w, ]* \|", line))


@pytest.mark.parametrize("label", LABELS)
def test_every_property_stands_in_the_row_of_its_label(label: str) -> None:
    said = set(re.findall(r"\w+", row(label)))
    wanted = {field.name for field in fields(LABELS[label])}  # type: ignore[arg-type]
    renamed = {"period": {"start", "end"}, "steps": {"stages", "stage_dates"}}
    for name, names in renamed.items():
        wanted = wanted - {name} | names if name in wanted else wanted
    assert wanted <= said, f"docs/model.md lacks {sorted(wanted - said)} of {label}"


@pytest.mark.parametrize("kind", RULES)
def test_every_relationship_stands_with_what_it_joins(kind: str) -> None:
    cells = row(kind).split("|")
    assert set(re.findall(r"\w+", cells[2])) == set(RULES[kind].start)
    assert set(re.findall(r"\w+", cells[3])) == set(RULES[kind].end)


def test_every_word_of_a_closed_list_is_named() -> None:
    lists = (
        organisation.KINDS, organisation.SIZES, organisation.PUBLISH, person.BASES, collaboration.KINDS,
        collaboration.FORMATS, collaboration.SCOPES, collaboration.ROLES, collaboration.STATES, grant.DECISIONS,
        grant.INDICATORS, introduction.STAGES, introduction.TOUCHES, theme.SCHEMES, provenance.VERDICTS,
        provenance.IMPORT_STATES, provenance.CHANGES, tuple(Precision),
    )  # fmt: skip
    said = set(re.findall(r"\w+", TEXT))
    assert {word for words in lists for word in words} - said == set()
