"""Texts of cells as values: dates, amounts, yes and no, as people and registers write them."""

import math
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from types import UnionType
from typing import Any, get_args, get_type_hints

from graph.errors import Refused
from graph.model.thing import Thing
from graph.model.time import OPEN, UNKNOWN, Moment, Period, Precision

YES = {"yes", "y", "true", "1", "ja", "j", "oui", "o", "waar", "vrai", "x"}
NO = {"no", "n", "false", "0", "nee", "neen", "non", "onwaar", "faux"}
NOTHING = {"", "-", "n/a", "na", "null", "nan", "none", "#n/a", "#n/b", "onbekend", "unknown", "inconnu"}
STILL_TRUE = {"open", "heden", "nu", "present", "now", "en cours", "lopend", "ongoing"}

_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?"
)
_ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# One byte of UTF-8 that goes on, as it looks when it was read as Windows-1252 (or Latin-1: the first 32).
_ON = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# Pairs give letters of Latin, Greek and Cyrillic, triples that begin with â typography.
_SCRAMBLED = re.compile(f"(?:[\xc2-\xc5\xce-\xd1]{_ON}|\xe2{_ON}{_ON})+")
# What may be just a letter and a quote or dash: Ã and no letter behind it, or any other capital.
_TYPOGRAPHY = re.compile(r"\xc3[‘’“”»•–—…](?![^\W\d_])|[\xc4-\xd1][‘’“”»•–—…]")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EXCEL = date(1899, 12, 30)  # day 0 of spreadsheets, their 29 February 1900 included


def moment(text: str, *, month_first: bool = False) -> Moment:
    """A date as dd/mm/yyyy, dd-mm-yyyy, dd.mm.yyyy, ISO, yyyymmdd, mm/yyyy, a year, or a spreadsheet's day number; a
    time of day is dropped. ``month_first``: US order. Raises Refused for days that do not exist."""
    bare = text.strip()
    if bare.casefold() in STILL_TRUE:
        return OPEN
    if bare.casefold() in NOTHING:
        return UNKNOWN
    if found := _ISO.fullmatch(bare):
        return Moment.parse(found.group(1))
    if found := _DAY_FIRST.fullmatch(bare):
        day, month, year = found.groups()
        if month_first:
            day, month = month, day
        return Moment.parse(f"{year if len(year) == 4 else '20' + year}-{int(month):02}-{int(day):02}")
    if found := _COMPACT.fullmatch(bare):
        return Moment.parse("-".join(found.groups()))
    if found := _MONTH.fullmatch(bare):
        return Moment.parse(f"{found.group(2)}-{int(found.group(1)):02}")
    if _SERIAL.fullmatch(bare) and 20_000 <= float(bare) < 80_000:  # 1954 to 2119
        return Moment(_EXCEL + timedelta(days=int(float(bare))), Precision.DAY)
    return Moment.parse(bare)


class Figure(str):
    """A cell that came as a number: its decimal mark is a point, and zeros in front of it may be gone."""

    __slots__ = ()


def number(text: str, *, decimal: str = "") -> float | None:
    """An amount with decimal point or comma, with or without thousands marks and a currency. ``decimal``: the mark,
    where a table keeps to one. Raises Refused, also for what can mean two amounts.

    >>> number("€ 1.090.141,18"), number("EUR 1090141.18"), number("1,5"), number("120.000", decimal=",")
    (1090141.18, 1090141.18, 1.5, 120000.0)
    """
    bare = re.sub(r"EUR|€|[\s\u00a0\u202f']", "", text, flags=re.IGNORECASE)
    if bare.casefold() in NOTHING:
        return None
    if isinstance(text, Figure):
        decimal = "."
    if decimal:
        bare = _marked(text, bare, decimal)
    elif "," in bare and "." in bare:  # the later one is the decimal mark
        bare = _marked(text, bare, max(",.", key=bare.rfind))
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", bare):
        raise Refused(
            field="number",
            value=text,
            problem="it can mean thousands or thousandths",
            remedy="Write it without a thousands mark, as 12345,00, or say decimal: comma or point in the mapping",
        )
    elif bare.count(",") > 1 or bare.count(".") > 1:
        bare = _marked(text, bare, "." if "," in bare else ",")
    bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?", bare):
        raise Refused(field="number", value=text, problem="it is no number", remedy="Write digits only, as 12345,00")
    value = float(bare)
    if not math.isfinite(value):
        raise Refused(field="number", value=text, problem="it is too large", remedy="Look for a typing error")
    return value


def _marked(text: str, bare: str, decimal: str) -> str:
    """The number without its thousands marks, which stand before groups of three."""
    thousands = re.escape("," if decimal == "." else ".")
    if not re.fullmatch(rf"[+-]?(?:\d+|\d{{1,3}}(?:{thousands}\d{{3}})+)(?:{re.escape(decimal)}.*)?", bare):
        problem = f"its marks do not stand between thousands where {decimal} is the decimal mark"
        raise Refused(field="number", value=text, problem=problem, remedy="Write digits only, as 12345,00")
    return re.sub(thousands, "", bare)


def degrees(text: str) -> float | None:
    """A latitude or longitude: one mark, which is the decimal one."""
    bare = text.strip().replace(",", ".")
    return number(Figure(bare)) if bare.count(".") == 1 else number(text)


def truth(text: str) -> bool | None:
    bare = text.strip().casefold()
    if bare in YES:
        return True
    if bare in NO:
        return False
    if bare in NOTHING:
        return None
    raise Refused(
        field="truth", value=text, problem="it is neither yes nor no", remedy="Write yes or no, or leave it empty"
    )


def words(text: str) -> tuple[str, ...]:
    """Several values in one cell, apart by a line break, a bar or a semicolon."""
    return tuple(part for part in (part.strip() for part in re.split(r"[\r\n|;]+", text)) if part)


def plain(text: str) -> str:
    """One line of text; control signs out, white space as one blank. Nothing when it says nothing."""
    bare = " ".join(text.split())
    if not bare.isprintable():  # rare, and the quickest to ask
        bare = " ".join(_CONTROL.sub("", bare).split())
    return "" if bare in ("-", "N/A", "n/a", "#N/A", "#N/B", "NULL", "null") else bare  # NA is Namibia


def unscrambled(text: str) -> str:
    """The text as it was, when it is surely UTF-8 that somebody read as Windows-1252 or Latin-1; else as it is.

    Sure is: every sign that is not ASCII belongs to such a pair or triple, and none is a quote or dash that may stand
    where it stands: ``CAFÉ–BAR`` and ``IRMÔ`` stay.

    >>> unscrambled("UniversitÃ© de LiÃ¨ge"), unscrambled("UNIVERSITÉ DE LIÈGE")
    ('Université de Liège', 'UNIVERSITÉ DE LIÈGE')
    """
    if text.isascii() or not all(_SCRAMBLED.fullmatch(part) for part in re.findall(r"[^\x00-\x7f]+", text)):
        return text
    if _TYPOGRAPHY.search(text):
        return text
    try:
        return "".join(map(_byte, text)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _byte(sign: str) -> str:
    return sign if ord(sign) < 256 else sign.encode("cp1252").decode("latin-1")


def readers(kind: type[Thing]) -> dict[str, Callable[[str], Any]]:
    """For every field of a stored type, how a cell becomes its value. A period gives ``start`` and ``end``."""
    found: dict[str, Callable[[str], Any]] = {}
    hints = get_type_hints(kind)
    for field in fields(kind):  # type: ignore[arg-type]  # every stored type is a dataclass
        hint = hints[field.name]
        if field.name in ("lat", "lon"):
            found[field.name] = degrees
        elif hint is Period:
            found |= {"start": moment, "end": moment}
        elif hint in _READERS:
            found[field.name] = _READERS[hint]
        elif isinstance(hint, UnionType) and (inner := next(part for part in get_args(hint) if part is not type(None))):
            found[field.name] = _READERS[inner]
    return found


def _whole(text: str) -> int | None:
    value = number(text)
    if value is not None and value != int(value):
        raise Refused(field="number", value=text, problem="it is no whole number", remedy="Write a whole number")
    return None if value is None else int(value)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


_READERS: dict[Any, Callable[[str], Any]] = {
    str: plain,
    float: number,
    int: _whole,
    bool: truth,
    datetime: _at,
    Moment: moment,
    tuple[str, ...]: words,
}
