"""The docs say what is so: every command and file they name is there, and the README's commands run."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph.cli
import ingest.cli
from graph.store.store import Store
from tools import docs

HOUSE = Path(__file__).resolve().parents[1]
GUIDES = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")])
PARSERS = {"graph": graph.cli._parser, "ingest": ingest.cli._parser}
MAINS = {"graph": graph.cli.main, "ingest": ingest.cli.main}
TYPED = re.compile(r"python(?:3)? -m (graph|ingest) ([^`\n]+)")

PARTICIPATIONS = """\
project_rcn;pic;name;short_name;activity_type;street;post_code;city;country;project_acronym;project_title;\
project_start;project_end;project_total_cost;project_ec_max;programme_parts;title_source;role;ec_contribution
1;999000001;KU LEUVEN;;HES;;3000;LEUVEN;BE;ONE;;2015-01-01;2016-12-31;100;50;A;x;coordinator;10
1;999000002;NOORDZEE NV;;PRC;;8400;OOSTENDE;BE;ONE;;2015-01-01;2016-12-31;100;50;A;x;participant;10
2;999000002;NOORDZEE NV;;PRC;;8400;OOSTENDE;BE;TWO;;2016-01-01;2018-12-31;100;50;A|B;x;coordinator;10
2;999000003;WINDLAB VZW;;REC;;9000;GENT;BE;TWO;;2016-01-01;2018-12-31;100;50;A|B;x;participant;
"""


def commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices


def test_every_command_is_documented() -> None:
    text = (HOUSE / "docs" / "commands.md").read_text(encoding="utf-8")
    for program, make in PARSERS.items():
        part = text.partition(f"## python -m {program}")[2].partition("\n## ")[0]
        missing = [name for name in commands(make()) if not re.search(rf"^\| .*`{name}\b", part, re.MULTILINE)]
        assert not missing, f"docs/commands.md lacks {missing} of python -m {program}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(HOUSE)))
def test_what_a_guide_links_to_is_there(guide: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", guide.read_text(encoding="utf-8")):
        assert (guide.parent / target).exists(), f"{guide.name} leads to {target}, which is not there"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(HOUSE)))
def test_a_command_in_a_guide_is_one_that_exists(guide: Path) -> None:
    for program, rest in TYPED.findall(guide.read_text(encoding="utf-8")):
        word = rest.split()[0].strip("'\".,;:)")
        if re.fullmatch(r"[a-z-]+", word):
            assert word in commands(PARSERS[program]()), f"{guide.name}: python -m {program} {word}"


def test_generated_pages_are_current() -> None:
    for page, maker in docs.PAGES.items():
        assert (HOUSE / page).read_text(encoding="utf-8") == docs.content(maker), f"{page}: run make docs"


def test_the_commands_of_the_readme_run(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In its order, on four rows in the form of the file it names; ID is what the search before it found."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "participations.csv").write_text(PARTICIPATIONS, encoding="utf-8")
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    block = next(part for part in re.findall(r"```\n(.*?)```", readme, re.DOTALL) if "python -m ingest" in part)
    found = ""
    for line in block.strip().splitlines():
        _, _, program, *rest = shlex.split(line)
        words = [str(HOUSE / word) if word.startswith("docs/") else word.replace("ID", found) for word in rest]
        assert MAINS[program](words) == 0, f"{line}\n{capsys.readouterr().err}"
        said = capsys.readouterr().out
        found = said.split()[0] if rest[0] == "find" else found
    assert (tmp_path / "links.csv").read_text(encoding="utf-8").count("\n") == 2
    assert "actors,2018" in (tmp_path / "growth.csv").read_text(encoding="utf-8")
