"""What the sources say of a row or a file, in the reader's language. They know only English; the translations stand in
``i18n/issues.yml``, and what stands in none of them is shown as it came."""

import re
from functools import cache
from pathlib import Path

import yaml

from graph.errors import SchakelError
from ui.texts import LANGUAGES, error, language

FILE = Path(__file__).with_name("i18n") / "issues.yml"
PLACE = re.compile(r"\{\}")


@cache
def sentences() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Each English sentence as a pattern with its translations; the one that says most in words of its own first."""
    table = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = sorted(table.items(), key=lambda item: (-len(PLACE.sub("", item[0])), item[0]))
    others = [one for one in LANGUAGES if one != "en"]
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, PLACE.split(said))), re.DOTALL), dict(zip(others, to, strict=True)))
        for said, to in found
    )


def told(text: str, to: str = "") -> str:
    """The sentence in the reader's language (or in ``to``), with what was filled in.

    >>> told("row 3 has the same Nr and says something else", "nl")
    'rij 3 heeft hetzelfde in Nr en zegt iets anders'
    """
    to = to or language()
    if to == "en":
        return text
    for pattern, translations in sentences():
        if found := pattern.fullmatch(text):
            parts = [told(part, to) for part in found.groups()]
            return translations[to].format(*parts)
    return text


def failure(problem: SchakelError) -> str:
    """A failure of a file in the reader's language: its sentence, and what it says of the file."""
    facts = dict(problem.facts)
    for name, value in problem.facts.items():
        if name in ("problem", "remedy"):
            facts[name] = told(str(value))
        elif isinstance(value, Path):  # where it lies on this machine says nothing to whoever uploaded it
            facts[name] = value.name
    return error(type(problem)(**facts))
