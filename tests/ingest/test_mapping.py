"""The mapping format does what docs/mapping.md says, all of it; nonsense is refused before any table is read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import Refused
from graph.model import LABELS, collaboration, grant, introduction, organisation, person, theme
from graph.model.relations import RULES, Relation
from graph.store import ask
from graph.store.store import Store
from ingest import pipeline, values
from ingest.issues import Issue, MappingRefused
from ingest.mapping import Mapping
from ingest.mapping.check import RELATION_FIELDS, SIGNS, TYPES, WORDS
from ingest.record import Ignored, Record
from ingest.source import Outcome
from ingest.sources.table import TableSource
from tests.ingest.conftest import HOUSE

GUIDE = (HOUSE / "docs" / "mapping.md").read_text(encoding="utf-8")
EXAMPLES = sorted((HOUSE / "docs" / "examples").glob("*.yml"))


def shown_table(example: Path) -> str:
    """The table that the guide shows under an example."""
    part = GUIDE.split(f"### [{example.name}](examples/{example.name})")[1]
    return re.search(r"```csv\n(.*?)```", part, re.DOTALL).group(1)  # type: ignore[union-attr]


def outcomes(mapping: Mapping, path: Path) -> tuple[list[Outcome], list[Issue]]:
    source = TableSource(mapping)
    return list(source.rows(path)), source.warnings()


Read = Callable[[dict[str, Any], str], tuple[list[Outcome], list[Issue]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What a mapping makes of a table."""

    def make(said: dict[str, Any], table: str) -> tuple[list[Outcome], list[Issue]]:
        path = tmp_path / "table.csv"
        path.write_text(table, encoding="utf-8", newline="")
        return outcomes(Mapping("map.yml", {"source": {"name": "test"}, **said}), path)

    return make


def only(said: dict[str, Any]) -> dict[str, Any]:
    """A mapping of one organisation with these fields."""
    return {"things": {"organisation": {"type": "Organisation", "fields": said}}}


# The guide and the examples


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_takes_in_the_table_that_the_guide_shows(example: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(shown_table(example), encoding="utf-8")
    found, warnings = outcomes(Mapping.load(example), path)
    assert not [outcome for outcome in found if isinstance(outcome, Issue)]
    assert not warnings
    records = [outcome for outcome in found if isinstance(outcome, Record)]
    kinds = {type(entity.thing).__name__ for record in records for entity in record.entities}
    wanted = yaml.safe_load(example.read_text(encoding="utf-8"))
    assert kinds == {thing["type"] for thing in wanted["things"].values()}
    ties = {tie.relation.type for record in records for tie in record.ties}
    assert ties == {relation["type"] for relation in wanted.get("relations", [])}


def test_the_examples_together_make_one_network(store: Store, tmp_path: Path) -> None:
    """An organisation with its KBO number is one in all lists; who has none is one in each list."""
    for example in EXAMPLES:
        path = tmp_path / f"{example.stem}.csv"
        path.write_text(shown_table(example), encoding="utf-8")
        report = pipeline.run(store, TableSource(Mapping.load(example)), path, by="tester")
        assert (report.issues, report.warnings) == (0, [])
    numbers = [found for found in ask.find(store, "0000000196") if found.label == "Organisation"]
    (robotica,) = numbers
    card = ask.card(store, robotica.id)
    assert card.name == "Noordzee Robotica NV"
    assert {source["source"] for source in card.sources} >= {"members-list", "contacts", "memberships", "grants"}
    people = {found.name for found in ask.find(store, "Voorbeeld", labels=("Person",))}
    assert people == {"An Voorbeeld", "Bo Voorbeeld", "Cas Voorbeeld"}


def test_the_guide_names_every_word_type_field_and_value() -> None:
    types = GUIDE.split("## Types and their fields")[1].split("\n## ")[0]
    for name in TYPES:
        line = next(line for line in types.splitlines() if line.startswith(f"| {name} |"))
        for field in values.readers(LABELS[name]):
            assert re.search(rf"\b{field}\b", line), f"docs/mapping.md lacks {name}.{field}"
    for word in (*WORDS, "type", "fields", "each", "by", "optional", *SIGNS):
        assert f"`{word}`" in GUIDE or f"{word}" in GUIDE.split("`delimiter`")[1][:200], f"docs/mapping.md lacks {word}"
    for way in ("first", "join", "value", "words", "otherwise", "column"):
        assert f"{way}:" in GUIDE, f"docs/mapping.md lacks {way}"
    for name, rule in RULES.items():
        if set(rule.start) & set(TYPES) and set(rule.end) & set(TYPES):
            line = next((line for line in GUIDE.splitlines() if line.startswith(f"| `{name}` |")), "")
            for end in {*rule.start, *rule.end} & set(TYPES):
                assert end in line, f"docs/mapping.md: {name} leads from or to {end}"
    known = (
        organisation.KINDS, organisation.SIZES, organisation.PUBLISH, person.BASES, collaboration.KINDS,
        collaboration.FORMATS, collaboration.SCOPES, collaboration.ROLES, collaboration.STATES, theme.SCHEMES,
        grant.DECISIONS, grant.INDICATORS, introduction.TOUCHES,
    )  # fmt: skip
    for word in (word for words in known for word in words):
        assert re.search(rf"\b{word}\b", GUIDE), f"docs/mapping.md lacks the word {word}"


def test_every_type_that_a_row_can_describe_is_mappable() -> None:
    made_elsewhere = {"Introduction", "Source", "Import", "Judgement", "Change", "View", "List"}
    assert set(TYPES) == set(LABELS) - made_elsewhere


# What it makes of cells


def test_a_field_takes_the_first_filled_all_joined_a_word_or_a_constant(read: Read) -> None:
    said = {
        "things": {
            "person": {
                "type": "Person",
                "fields": {
                    "name": {"join": ["first", "last"]},
                    "phone": {"first": ["mobile", "desk"]},
                    "basis": {
                        "column": "why",
                        "words": {"Toestemming ": "consent", "geen": ""},
                        "otherwise": "contract",
                    },
                    "purpose": {"column": "what", "value": "news"},
                },
            }
        }
    }
    found, _ = read(
        said,
        "first;last;mobile;desk;why;what\nAn;;;050111111;TOESTEMMING;\n;Bo;0470222222;050111111;geen;x\nC;D;;;else;\n",
    )
    people = [record.entities[0].thing.properties() for record in found if isinstance(record, Record)]
    assert people == [
        {"name": "An", "phone": "050111111", "basis": "consent", "purpose": "news"},
        {"name": "Bo", "phone": "0470222222", "purpose": "x"},
        {"name": "C D", "basis": "contract", "purpose": "news"},
    ]


def test_a_word_that_nobody_mapped_is_an_issue(read: Read) -> None:
    fields = {"name": "n", "kind": {"column": "k", "words": {"bedrijf": "company", "overheid": "government"}}}
    (issue,), _ = read(only(fields), "n;k\nA;bedrjif\n")
    assert isinstance(issue, Issue)
    assert (issue.column, issue.value) == ("k", "bedrjif")
    assert issue.remedy == "Use one of bedrijf, overheid, or add it under words in the mapping"


@pytest.mark.parametrize(
    ("by", "cell"),
    [(None, "A|B"), ("bar", "A | B"), ("semicolon", "A; B;"), ("line break", '"A\r\nB\n"'), ([",", "slash"], "A, B/A")],
)
def test_one_cell_gives_several_things_each_once(read: Read, by: Any, cell: str) -> None:
    partner = {"type": "Organisation", "each": "p", "fields": {"name": "p"}, **({"by": by} if by else {})}
    (record,), _ = read({"delimiter": "\t", "things": {"partner": partner}}, f"p\n{cell}\n")
    assert isinstance(record, Record)
    assert [entity.thing.properties()["name"] for entity in record.entities] == ["A", "B"]


def test_people_work_for_organisations_and_both_take_part(read: Read) -> None:
    said = {
        "things": {
            "person": {"type": "Person", "fields": {"email": "mail"}},
            "work": {"type": "Organisation", "optional": "yes", "fields": {"name": "work", "municipality": "city"}},
            "event": {"type": "Collaboration", "fields": {"kind": {"value": "event"}, "title": "event", "start": "on"}},
        },
        "relations": [
            {"type": "WORKS_FOR", "from": "person", "to": "work", "role": "job", "start": "since", "end": "until"},
            {"type": "TOOK_PART", "from": "person", "to": "event", "role": {"value": "speaker"}},
            {"type": "TOOK_PART", "from": "work", "to": "event", "role": {"value": "attendee"}},
        ],
    }
    table = "mail;work;city;event;on;job;since;until\na@x.be;W;Gent;E;2024;chief;2020;heden\nb@x.be;;Gent;E;2024;;;\n"
    (one, two), warnings = read(said, table)
    assert isinstance(one, Record) and isinstance(two, Record)
    told = [(tie.relation.type, tie.relation.role, tie.start, tie.end) for tie in one.ties]
    assert told == [("WORKS_FOR", "chief", 0, 1), ("TOOK_PART", "speaker", 0, 2), ("TOOK_PART", "attendee", 1, 2)]
    assert one.ties[0].relation.period.properties()["end_precision"] == "open"
    assert [tie.relation.type for tie in two.ties] == ["TOOK_PART"]
    (warning,) = warnings  # the city of nobody: noticed, not lost without a word
    assert (warning.row, warning.column, warning.problem) == (3, "city", "the row names no work, so this is not used")


def test_two_relations_between_the_same_things_keep_their_own_roles(read: Read) -> None:
    said = {
        "things": {
            "lead": {"type": "Organisation", "fields": {"name": "lead"}},
            "project": {"type": "Collaboration", "fields": {"kind": {"value": "project"}, "title": "title"}},
        },
        "relations": [
            {"type": "TOOK_PART", "from": "lead", "to": "project", "role": {"value": role}}
            for role in ("coordinator", "partner")
        ],
    }
    (record,), _ = read(said, "lead;title\nA;T\n")
    assert isinstance(record, Record)
    assert [tie.relation.role for tie in record.ties] == ["coordinator", "partner"]


def test_rows_to_skip_are_ignored_with_the_reason(read: Read) -> None:
    said = {**only({"name": "n"}), "skip": {"state": ["Refunded", "Not  attending"]}}
    (one, two, three), _ = read(said, "n;state\nA;REFUNDED \nB;not attending\nC;here\n")
    assert (one, two) == (Ignored(2, "state says 'REFUNDED'"), Ignored(3, "state says 'not attending'"))
    assert isinstance(three, Record)


def test_a_new_column_is_noticed_the_day_it_says_something(read: Read) -> None:
    said = {**only({"name": "n"}), "ignore": ["remark"]}
    _, quiet = read(said, "n;remark;later;\nA;x;;\n")
    assert quiet == []
    _, noticed = read(said, "n;remark;later;\nA;x;;\nB;x;new;y\n")
    assert [(warning.row, warning.column) for warning in noticed] == [(1, "later")]
    _, nameless = read(said, "n;remark;;last\nA;x;y;z\n")
    assert [warning.column for warning in nameless] == ["(column C)", "last"]


def test_months_come_first_where_the_mapping_says_so(read: Read) -> None:
    for dates, day in (("month first", "2024-03-05"), ("day first", "2024-05-03")):
        (record,), _ = read({**only({"name": "n", "founded": "f"}), "dates": dates}, "n;f\nA;3/5/2024\n")
        assert isinstance(record, Record)
        assert str(record.entities[0].thing.properties()["founded"]) == day


def test_the_decimal_mark_is_what_the_mapping_says(read: Read) -> None:
    said = {"things": {"scheme": {"type": "Scheme", "fields": {"name": "name", "cap_eur": "cap"}}}}
    for decimal, cap in (("comma", 150_000), ("point", 150)):
        (record,), _ = read({**said, "decimal": decimal}, "name;cap\nA;150.000\n")
        assert isinstance(record, Record)
        assert record.entities[0].thing.properties()["cap_eur"] == cap
    (issue,), _ = read(said, "name;cap\nA;150.000\n")
    assert isinstance(issue, Issue) and "thousands or thousandths" in issue.problem


@pytest.mark.parametrize("type", ["Theme", "Region", "Scheme", "Observation", "Touch", "Collaboration"])
def test_a_field_that_a_type_needs_has_to_be_mapped(read: Read, type: str) -> None:
    with pytest.raises(MappingRefused, match=f"which a {type} needs"):
        read({"things": {"thing": {"type": type, "key": "x:{a}"}}}, "a\n1\n")


def test_a_field_that_a_type_needs_has_to_be_filled_in(read: Read) -> None:
    said = {"things": {"scheme": {"type": "Scheme", "fields": {"name": "name", "cap_eur": "cap"}}}}
    (issue,), _ = read(said, "name;cap\n;5\n")
    assert isinstance(issue, Issue)
    assert (issue.column, issue.problem, issue.remedy) == ("name", "it is empty", "Fill it in")


# Nonsense

NONSENSE: dict[str, tuple[str, str]] = {
    "nothing": ("", "source has no name"),
    "a text": ("hello", "it is written as 'hello'"),
    "a list": ("[1, 2]", "it is written as a list"),
    "no YAML": ("source: {name: x", "it is not written as a mapping is at line"),
    "tabs": ("source:\n\tname: x", "it is not written as a mapping is at line 2"),
    "an unknown word": ("source: {name: x}\nthing: {}", "it has 'thing', which is not known"),
    "no things": ("source: {name: x}", "it maps no things"),
    "things as a list": ("source: {name: x}\nthings: [a]", "things is written as a list"),
    "a word twice": ("source: {name: x}\nkey: a\nkey: b", "at line 3 \\('key' stands here twice\\)"),
    "a field twice": (
        "source: {name: x}\nthings:\n  o:\n    type: Organisation\n    fields: {name: a, name: b}", "'name' stands here"
    ),
    "an unknown type": ("source: {name: x}\nthings: {o: {type: Company}}", "o has type 'Company'"),
    "an import as a thing": ("source: {name: x}\nthings: {o: {type: Import}}", "o has type 'Import'"),
    "an unknown field": ("source: {name: x}\nthings: {o: {type: Person, fields: {nom: a}}}", "o has no field 'nom'"),
    "no fields": ("source: {name: x}\nthings: {o: {type: Person}}", "o has no fields"),
    "a field of nothing": ("source: {name: x}\nthings: {o: {type: Person, fields: {name: {}}}}", "names no column"),
    "two ways": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: {column: a, first: [b]}}}}",
        "o.name names column and first",
    ),
    "a column that is a group": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: {column: {a: b}}}}}", "as a group of names"
    ),
    "words that are a list": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {basis: {column: a, words: [b]}}}}",
        "o.basis.words is written as a list",
    ),
    "a value no row could have": (
        "source: {name: x}\nthings: {o: {type: Organisation, fields: {name: a, kind: {value: firm}}}}",
        "o.kind is 'firm': it is not one of the words known here",
    ),
    "a word no row could have": (
        "source: {name: x}\nthings: {o: {type: Organisation, fields: {name: a, kind: {column: b, words: {c: firm}}}}}",
        "o.kind is 'firm'",
    ),
    "a day no row could have": (
        "source: {name: x}\nthings: {o: {type: Organisation, fields: {name: a, founded: {value: 31/02/2020}}}}",
        "o.founded is '31/02/2020': there is no such date",
    ),
    "no kind of collaboration": (
        "source: {name: x}\nthings: {o: {type: Collaboration, fields: {title: a}}}", "which a Collaboration needs"
    ),
    "a key without a column": ("source: {name: x}\nthings: {o: {type: Person, key: nr}}", "o has key 'nr'"),
    "each part of nothing": (
        "source: {name: x}\nthings: {o: {type: Theme, each: b, fields: {code: a}}}", "uses it nowhere"
    ),
    "parts by a word that is none": (
        "source: {name: x}\nthings: {o: {type: Theme, each: a, by: newline, fields: {code: a}}}", "o.by is 'newline'"
    ),
    "optional perhaps": (
        "source: {name: x}\nthings: {o: {type: Person, optional: perhaps, fields: {name: a}}}", "neither yes nor no"
    ),
    "relations as a group": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: a}}}\nrelations: {type: WORKS_FOR}",
        "relations is written as a group",
    ),
    "an unknown relation": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: a}}}\nrelations: [{type: LIKES, from: o, to: o}]",
        "relation LIKES is not known",
    ),
    "a relation to nobody": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: a}}}\n"
        "relations: [{type: WORKS_FOR, from: o, to: p}]",
        "to names 'p'",
    ),
    "a relation that does not fit": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: a}}}\n"
        "relations: [{type: WORKS_FOR, from: o, to: o}]",
        "joins Person to Person",
    ),
    "a role nobody has": (
        "source: {name: x}\nthings: {o: {type: Person, fields: {name: a}}, "
        "c: {type: Collaboration, fields: {kind: {value: event}, title: b}}}\n"
        "relations: [{type: TOOK_PART, from: o, to: c, role: {value: boss}}]",
        "role is 'boss'",
    ),
    "a long delimiter": ("source: {name: x}\ndelimiter: ';;'", "delimiter is ';;'"),
    "an unknown encoding": ("source: {name: x}\nencoding: klingon", "encoding 'klingon' is not known"),
    "an encoding of bytes": ("source: {name: x}\nencoding: base64", "encoding 'base64' is not known"),
    "a mark between": ("source: {name: x}\ndecimal: dash", "decimal is 'dash'"),
    "another order of days": ("source: {name: x}\ndates: year first", "dates is 'year first'"),
    "a priority in words": ("source: {name: x, priority: high}", "source.priority is 'high'"),
    "a priority too high": ("source: {name: x, priority: 101}", "it is not between 0 and 100"),
    "nested without end": ("[" * 5_000, "nested too deep|not written as a mapping"),
    "itself": ("source: &a {name: *a}", "source.name is written as a group|not written as a mapping"),
    "a laugh": (
        "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\nsource: *d", "it has 'a', which"
    ),
    "code": ("source: !!python/object/apply:os.system [echo]", "source is written as a list"),
    "very long": ("#" * 1_000_001, "it is too large for a mapping"),
}  # fmt: skip


@pytest.mark.parametrize("case", NONSENSE)
def test_a_mapping_that_is_nonsense_is_refused(case: str, tmp_path: Path) -> None:
    content, words = NONSENSE[case]
    path = tmp_path / "map.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MappingRefused, match=words) as refused:
        Mapping.load(path)
    said = str(refused.value)
    assert said.startswith("map.yml: ") and said.endswith(".") and "\n" not in said
    assert len(said) < 600


def test_a_mapping_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingRefused, match="there is no such file"):
        Mapping.load(tmp_path / "none.yml")
    with pytest.raises(MappingRefused, match="it is a folder"):
        Mapping.load(tmp_path)
    (tmp_path / "latin.yml").write_bytes("source: {name: café}".encode("cp1252"))
    with pytest.raises(MappingRefused, match="it is not in UTF-8"):
        Mapping.load(tmp_path / "latin.yml")


def test_yes_no_and_years_are_words_as_in_the_table(tmp_path: Path) -> None:
    """YAML would make booleans, numbers and dates of them."""
    path = tmp_path / "map.yml"
    path.write_text(
        "source: {name: 2024}\nkey: 2024\nthings:\n  o:\n    type: Organisation\n"
        "    fields: {name: on, publish: {column: 2024-01-01, words: {yes: yes, no: no}}}\n",
        encoding="utf-8",
    )
    mapping = Mapping.load(path)
    assert mapping.facts.name == "2024"
    assert mapping.columns == {"on", "2024", "2024-01-01"}
    table = tmp_path / "table.csv"
    table.write_text("2024;on;2024-01-01\n1;A;Yes\n", encoding="utf-8")
    ((record,), _) = outcomes(mapping, table)
    assert isinstance(record, Record)
    assert record.entities[0].thing.properties() == {"name": "A", "publish": "yes"}


@pytest.mark.parametrize("name", sorted(RELATION_FIELDS))
def test_every_word_of_a_relation_is_one_of_the_model(name: str) -> None:
    assert name in Relation(type="IN", start_label="Region", end_label="Region").properties()
    with pytest.raises(Refused):
        Relation(type="IN", start_label="Region", end_label="Theme")
