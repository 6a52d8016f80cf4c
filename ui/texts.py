"""Every text on screen, in the reader's language; numbers and dates as that language writes them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
import yaml
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from graph.errors import SchakelError

LANGUAGES = ("nl", "en", "fr")
FOLDER = Path(__file__).with_name("i18n")
_LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}


@cache
def table(language: str) -> Mapping[str, str]:
    """All texts of one language by their dotted key."""
    return {
        key: said
        for path in sorted(FOLDER.glob(f"*{language}.yml"))
        for key, said in _flat("", yaml.safe_load(path.read_text(encoding="utf-8")))
    }


def _flat(prefix: str, part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in part.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", str(value)


def language() -> str:
    """The reader's; Dutch until they choose."""
    chosen = st.session_state.get("language", LANGUAGES[0])
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def t(key: str, /, **facts: object) -> str:
    """The text of ``key`` with its facts filled in. With a fact ``n`` the forms ``_one`` and ``_other`` are chosen by
    the language's rule: French says one of zero too. Raises KeyError."""
    return text(language(), key, **facts)


def text(language: str, key: str, /, **facts: object) -> str:
    texts = table(language)
    n = facts.get("n")
    if isinstance(n, int) and key not in texts:
        one = n == 1 or (language == "fr" and n == 0)
        key = f"{key}_one" if one else f"{key}_other"
    return texts[key].format(**{name: written(value, language) for name, value in facts.items()})


def said(key: str, default: str | None = None) -> str:
    """A text that may be absent, as the name of a kind some source made up: then ``default``, else the last word."""
    return table(language()).get(key, key.rpartition(".")[2] if default is None else default)


def written(value: object, language: str) -> str:
    """A value as the language writes it."""
    locale = _LOCALES[language]
    if isinstance(value, bool) or value is None:
        return {True: table(language)["yes"], False: table(language)["no"], None: "–"}[value]
    if isinstance(value, int):
        return format_decimal(value, locale=locale, format="#,##0")
    if isinstance(value, float):
        return format_decimal(value, locale=locale, format="#,##0.##")
    if isinstance(value, datetime):
        return format_datetime(value.astimezone(), "short", locale=locale)
    if isinstance(value, date):
        return format_date(value, "medium", locale=locale)
    return str(value)


def day(value: date, precision: str = "day") -> str:
    """A date as far as it is known: 5 mrt. 2024, mrt. 2024, 2024."""
    if precision == "year":
        return str(value.year)
    if precision == "month":
        return format_date(value, "MMM y", locale=_LOCALES[language()])
    return w(value)


def w(value: object) -> str:
    """A value as the reader's language writes it."""
    return written(value, language())


def percent(value: float) -> str:
    return format_percent(
        value, locale=_LOCALES[language()], format="+#,##0.# %;-#,##0.# %" if round(value, 3) else "0 %"
    )


def share(value: float) -> str:
    return format_percent(value, locale=_LOCALES[language()], format="#,##0 %" if value >= 0.01 else "#,##0.# %")


def country(code: str) -> str:
    """A country by its name; a code that nobody knows as it is."""
    return str(Locale.parse(_LOCALES[language()]).territories.get(code, code))


def place(municipality: str | None, code: str | None) -> str:
    """Where somebody is: the municipality and the country."""
    return ", ".join(part for part in (municipality, country(code) if code else "") if part)


# What stands in for a name where no source gave one: the scheme and the number.
_NUMBER = re.compile(r"[a-z]{2,12}:[\w./-]*\d[\w./-]*")


def nameless(name: str) -> bool:
    return bool(_NUMBER.fullmatch(name))


def called(name: str) -> str:
    """A name as one reads it; where there is none, the number with what gives it out.

    >>> called("KU Leuven"), called("pic:999991334")
    ('KU Leuven', 'PIC 999991334')
    """
    if not nameless(name):
        return name
    scheme, _, number = name.partition(":")
    return f"{scheme.upper()} {number}"


def shortened(name: str, most: int = 48) -> str:
    """A name that fits in a sentence, cut at a word where there is one."""
    if len(name) <= most:
        return name
    cut = name.rfind(" ", most // 2, most)
    return f"{name[: cut if cut > 0 else most - 1]}…"


def error(problem: SchakelError) -> str:
    """A failure in the reader's language, with its facts."""
    key = f"error.{problem.code()}"
    if key not in table(language()):
        return str(problem)
    return table(language())[key].format(**{name: plain(str(value)) for name, value in problem.facts.items()})


_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!|<>~$:"})


def plain(value: str) -> str:
    """A text from outside as Markdown that shows just that: no link, no picture, no formula."""
    return " ".join(value.translate(_MARKUP).split())
