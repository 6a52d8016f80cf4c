"""How a search is read, and which words a thing is found by besides its names."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

# Letters that Unicode does not take apart and the index folds.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"\w+")
_MOST = 12  # words of a search; more find nothing that these do not
_ELIDED = re.compile(r"\w+['’](\w{3,})")
_DOTTED = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")


@cache
def _tables() -> tuple[frozenset[str], frozenset[str], dict[str, tuple[str, ...]]]:
    """Joining words, legal forms, and for every word what means the same."""
    said = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    lines = [tuple(line.split()) for line in said["same"]]
    same = {word: tuple(other for other in line if other != word) for line in lines for word in line}
    return frozenset(said["joining"].split()), frozenset(said["forms"].split()), same


def folded(text: str) -> str:
    """As the index sees a word: small letters without accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def lucene(text: str, *, near: bool = True, every: bool = True) -> str:
    """A search as Lucene reads it; nothing of ``text`` is syntax, and a text without a word is empty. Each word is
    found exactly, in another language, or as a beginning; ``near``: also with a letter or two wrong. ``every``: all of
    them have to be there, but for those that only hold a name together; else any of them.

    >>> lucene("de KU lúven!")
    'de^2 +(ku^8 ku*^2) +(luven^8 luven*^2 luven~1)'
    """
    if re.fullmatch(r"(?:BE)?[\d.\s/-]+", text.strip(), re.IGNORECASE):  # a number, written in groups
        text = re.sub(r"\D", "", text)
    text = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    typed = [word for word in _WORD.findall(folded(text)) if word.strip("_")][:_MOST]
    joining, _, same = _tables()
    needed = [word for word in typed if word not in joining] or typed
    parts = []
    for word in typed:
        if word in needed:
            meant = [f"{word}^8", *(f"{other}^6" for other in same.get(word, ())), f"{word}*^2"]
            if near and len(word) > 3 and not word.isdigit():
                meant.append(f"{word}~{1 if len(word) < 8 else 2}")
            parts.append(f"{'+' if every else ''}({' '.join(meant)})")
        elif every:
            parts.append(f"{word}^2")
    return " ".join(parts)


def words(*names: str) -> list[str]:
    """What else a name is found by: its initials, what follows an apostrophe, letters without their dots.

    >>> words("Vlaamse Instelling voor Technologisch Onderzoek NV"), words("Centre d'Informatique", "I.M.E.C.")
    (['vito'], ['imec', 'informatique'])
    """
    joining, forms, _ = _tables()
    found: set[str] = set()
    for name in names:
        found |= {folded(part) for part in _ELIDED.findall(name)}
        found |= {folded(part.replace(".", "")) for part in _DOTTED.findall(name)}
        plain = _WORD.findall(folded(re.sub(r"\(.*?\)", " ", _DOTTED.sub(" ", name))))
        first = [word[0] for word in plain if word not in joining and word not in forms]
        if 3 <= len(first) <= 7:
            found.add("".join(first))
    return sorted(found - {folded(name) for name in names})
