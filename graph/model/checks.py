"""Checks of single values, each with a remedy in its refusal. The numbers follow their registers' own rules."""

import re
from collections.abc import Collection, Iterable

from graph.errors import Refused

# Names that European lists use for countries whose ISO 3166 code differs.
EU_COUNTRIES = {"UK": "GB", "EL": "GR"}


def refuse(field: str, value: object, problem: str, remedy: str) -> Refused:
    return Refused(field=field, value=value, problem=problem, remedy=remedy)


def one_of(field: str, value: str, allowed: Collection[str]) -> None:
    if value and value not in allowed:
        raise refuse(field, value, "it is not one of the words known here", f"Use {', '.join(sorted(allowed))}")


def kbo(value: str) -> str:
    """The ten digits of a Belgian enterprise or establishment number, however it was written.

    The last two are 97 minus the rest modulo 97. Raises Refused; a number of nine digits lost its leading zero and is
    refused too, because guessing would make a different enterprise out of a typing error.

    >>> kbo("BE 0419.052.173")
    '0419052173'
    """
    digits = re.sub(r"[\s.\-]|^BE", "", value.strip().upper().replace("BE ", "BE"))
    if not re.fullmatch(r"[0-8][0-9]{9}", digits):  # 0 and 1 enterprises, 2 to 8 establishments
        raise refuse("kbo", value, "a KBO number has ten digits", "Write it as 0419.052.173, leading 0 included")
    if int(digits[8:]) != 97 - int(digits[:8]) % 97:
        raise refuse("kbo", value, "its check digits do not fit", "Look for two digits that changed places")
    return digits


def vat(value: str) -> str:
    """A VAT number in capitals without blanks and points. Lists hold many that their country never gave out, so only
    what cannot be one is refused; :func:`decides` tells whether it may say who somebody is. The longest are Swiss:
    CHE115244907MWST."""
    bare = re.sub(r"[\s.\-/]", "", value.upper())
    if not re.fullmatch(r"[A-Z0-9+*]{4,16}", bare) or len(re.findall(r"[0-9]", bare)) < 2:
        raise refuse("vat", value, "it is no VAT number", "Write it as BE0419052173, or leave it empty")
    return bare


def decides(bare: str) -> bool:
    """Whether a checked VAT number says who somebody is: with its country, and no placeholder. A Belgian one does so as
    a KBO number or not at all."""
    return bool(re.fullmatch(r"(?!BE)[A-Z]{2}(?=.*[1-9])[A-Z0-9+*]{2,14}", bare))


def nuts3(value: str) -> str:
    code = value.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}", code):
        raise refuse("nuts3", value, "it is no NUTS 3 code", "Write five signs as BE242, or leave it empty")
    return code


def phone(value: str) -> None:
    if not 6 <= len(re.findall(r"[0-9]", value)) <= 20:
        raise refuse("phone", value, "it is no telephone number", "Write it as +32 16 00 00 00")


def digits(field: str, value: str, length: int) -> str:
    """``value`` when it is ``length`` digits (spaces apart); raises Refused."""
    bare = re.sub(r"\s", "", value)
    if not re.fullmatch(rf"[0-9]{{{length}}}", bare):
        raise refuse(field, value, f"it is not {length} digits", f"Write all {length} digits")
    return bare


def ror(value: str) -> str:
    """The bare id, as ``05f950310``, of a ROR id or address; raises Refused."""
    found = re.fullmatch(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})", value.strip().lower())
    if not found:
        raise refuse("ror", value, "it is no ROR id", "Write it as https://ror.org/05f950310")
    return found.group(1)


def country(value: str) -> str:
    """ISO 3166 alpha-2; UK and EL of the European lists become GB and GR."""
    code = value.strip().upper()
    code = EU_COUNTRIES.get(code, code)
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise refuse("country", value, "it is no country code", "Write two letters, as BE or NL")
    return code


def domain(value: str) -> str:
    """The host of a web or mail address without ``www.``; raises Refused."""
    host = re.sub(r"^(?:[a-z]+://)?(?:[^@/]*@)?(?:www[0-9]?\.)?", "", value.strip().lower()).split("/")[0].split(":")[0]
    if not re.fullmatch(r"[^\s.]+(\.[^\s.]+)+", host):
        raise refuse("domain", value, "it is no web address", "Write it as www.example.be")
    return host


def email(value: str) -> str:
    bare = value.strip()
    if not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", bare):
        raise refuse("email", value, "it is no mail address", "Write it as name@example.be")
    return bare.lower()


def in_range(field: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise refuse(field, value, f"it is not between {low:g} and {high:g}", "Correct the number or leave it empty")


def some(field: str, values: Iterable[object]) -> None:
    if not any(values):
        raise refuse(field, "", "it is empty", "Fill it in")


def lei(value: str) -> str:
    """A legal entity identifier: 18 letters or digits and two check digits (ISO 17442, modulo 97)."""
    code = value.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", code) or int("".join(str(int(c, 36)) for c in code)) % 97 != 1:
        raise refuse("lei", value, "it is no legal entity identifier", "Look for a typing error")
    return code


def language(value: str) -> None:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise refuse("languages", value, "it is no language code", "Write two letters, as nl or fr")
