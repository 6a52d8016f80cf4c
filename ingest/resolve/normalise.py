"""A name taken apart: its legal form aside, every spelling of one name made the same. The raw value is never lost.

``Names.of`` takes a whole column at once, because per-name regular expressions would cost most of a match. Folding:
NFKD, casefold, marks off, Greek and Cyrillic in Latin letters, dotted initials joined (``s.p.r.l.`` is sprl), all else
than letters and digits a space; in German-speaking and Nordic countries ae, oe, ue are the bare vowel, since registers
write ``für`` as fur and as fuer.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.resolve.words import UMLAUT_COUNTRIES, LegalForms, words

_DOTTED = re.compile(r"\.(?<=\b[^\W\d_]\.) ?(?=[^\W\d_]\b)")
_SIGNS = re.compile(r"[\W_]+")
_PUNCTUATION = {number: " " for number in range(128) if not chr(number).isalnum() and chr(number) != "\n"}
_GLUED = 3  # letters of a name before a legal form may hang on it


@dataclass(frozen=True, slots=True)
class Names:
    """Names in one order, each as: ``core`` its words without legal form, ``content`` the words of the core that tell
    it apart, each in its one meaning (universiteit is university), ``kinds`` of its legal form as bits, 0 = none."""

    core: list[list[str]]
    content: list[list[str]]
    kinds: list[int]

    @classmethod
    def of(cls, raw: Sequence[str], countries: Sequence[str]) -> "Names":
        """``countries``: ISO codes, empty where unknown. Any text comes through, an empty one as no words."""
        known = words()
        meaning, joining, forms = known.meaning, known.joining, known.forms
        core: list[list[str]] = []
        content: list[list[str]] = []
        kinds: list[int] = []
        for line, country in zip(folded(raw), countries, strict=True):
            if country in UMLAUT_COUNTRIES:
                line = line.replace("ae", "a").replace("oe", "o").replace("ue", "u")
            split = line.split()
            kinds.append(strip_form(split, forms, country) if _has_form(split, forms) else 0)
            core.append(split)
            content.append([meaning.get(word, word) for word in split if word not in joining] or split)
        return cls(core, content, kinds)


def folded(raw: Sequence[str]) -> list[str]:
    """Each text in small plain letters and digits, words apart by spaces."""
    plain = [text if text.isascii() else _latin(text) for text in raw]
    joined = "\n".join(plain).lower()
    if joined.count("\n") != max(len(plain) - 1, 0):  # a name with a line break in it
        joined = "\n".join(" ".join(text.split()) for text in plain).lower()
    if not plain:
        return []
    return _DOTTED.sub("", joined).translate(_PUNCTUATION).split("\n")


def _latin(text: str) -> str:
    letters = words().letters
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _mended(text)).casefold())
    bare = "".join(letters.get(sign, sign) for sign in apart if not unicodedata.combining(sign))
    if bare.isascii():
        return bare
    # Signs of other scripts go; their letters stay.
    return "".join(sign if sign.isascii() or sign.isalnum() else " " for sign in bare)


def _mended(text: str) -> str:
    """UTF-8 that was once read as Windows-1252, as in old CORDIS copies."""
    if "Ã" not in text and "Î" not in text and "Å" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _has_form(split: list[str], forms: LegalForms) -> bool:
    """May there be a legal form? Half of all names have none, and this is a tenth of the cost of looking."""
    if not split:
        return False
    last = split[-1]
    return last in forms.last or split[0] in forms.first or len(last) == 1 or last.endswith(forms.suffixes)


def strip_form(split: list[str], forms: LegalForms, country: str) -> int:
    """Takes the legal forms off the ends of ``split``, in place; the kinds they are of. One word always stays."""
    found = 0
    while len(split) > 1:
        size, kind = _at_end(split, forms, country)
        if not size:
            break
        del split[-size:]
        found |= kind if not found else 0
    for size in forms.first.get(split[0], ()) if split else ():
        if size < len(split) and (kind := forms.front.get(" ".join(split[:size]), 0)):
            del split[:size]
            found = found or kind
            break
    if split and not found:
        last = split[-1]
        for suffix, kind in forms.glued:
            if last.endswith(suffix) and len(last) >= len(suffix) + _GLUED:
                split[-1] = last[: -len(suffix)]
                return kind
    return found


def _at_end(split: list[str], forms: LegalForms, country: str) -> tuple[int, int]:
    last = split[-1]
    for size in forms.last.get(last, ()):
        if size < len(split):
            form = " ".join(split[-size:]) if size > 1 else last
            if kind := forms.end.get(form, 0) or forms.local.get((country, form), 0):
                return size, kind
    if len(last) == 1:  # "b v", "s a r l"
        size = 1
        while size < len(split) - 1 and size < 6 and len(split[-size - 1]) == 1:
            size += 1
        for length in range(size, 1, -1):
            if kind := forms.end.get("".join(split[-length:]), 0):
                return length, kind
    return 0, 0


def tight(core: Sequence[str]) -> str:
    """The words without what is between them: "Micro electronica centrum" is written in one, two and three."""
    return "".join(core)


def initials(content: Sequence[str]) -> str:
    return "".join([word[0] for word in content])
