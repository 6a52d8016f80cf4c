"""A listing made ready for comparing: names taken apart, words numbered, short names and addresses folded."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from zlib import crc32

import numpy as np

from graph.errors import Refused
from graph.model import checks
from ingest.resolve.listing import Listing
from ingest.resolve.normalise import Names, folded, strip_form, tight
from ingest.resolve.ragged import UNKNOWN, Bools, Ints, Ragged, Vocabulary, flat
from ingest.resolve.words import words

PREFIX = 7  # signs of the spaceless name that make a block


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbering that lists share once they are compared."""

    words: Vocabulary = field(default_factory=Vocabulary)
    streets: Vocabulary = field(default_factory=Vocabulary)
    cities: Vocabulary = field(default_factory=Vocabulary)
    countries: Vocabulary = field(default_factory=Vocabulary)
    codes: Vocabulary = field(default_factory=Vocabulary)  # postcodes and KBO numbers

    def over(self) -> "Tables":
        """For one list that is compared with those numbered here."""
        every = (self.words, self.streets, self.cities, self.countries, self.codes)
        return Tables(*map(Vocabulary, every))


@dataclass(frozen=True)
class Prepared:
    """An *entry* is one name of a row: all rows' names in their order, then the aliases; ``row`` says whose it is.

    By entry: ``names`` as given, ``core`` and ``content`` as in Names, ``tight`` (core without spaces), ``ordered``
    (content in the order of the alphabet), ``kinds`` of legal form, ``words``, ``neighbours`` (entry, word, word),
    ``name`` and ``prefix`` (checksums of tight), ``initials``. By row: the short name as a word in ``signs`` and as a
    checksum in ``shorts``; ``street`` and ``streets``, ``cities``, and as numbers ``post``, ``country``, ``kbo``
    (``establishment``: the number is one of a branch, not of the enterprise).
    """

    listing: Listing
    names: list[str]
    row: Ints
    core: list[list[str]]
    content: list[list[str]]
    tight: list[str]
    ordered: list[str]
    kinds: Ints
    words: Ragged
    neighbours: tuple[Ints, Ints, Ints]
    prefix: Ints
    name: Ints
    sign: list[str]
    signs: Ragged
    shorts: Ragged
    street: list[str]
    streets: Ragged
    cities: Ragged
    post: Ints
    country: Ints
    kbo: Ints
    establishment: Bools

    def __len__(self) -> int:
        return len(self.listing)

    @cached_property
    def initials(self) -> Ragged:
        """Only lists that have short names ask for it."""
        return _sums(list(map(_initials, self.core, self.content)))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector: it would walk a million small lists that all stay, at half the cost of making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def prepare(listing: Listing, tables: Tables) -> Prepared:
    with uncollected():
        countries = _each(listing.country, _country)
        names, row, of_names = _entries(listing, countries)
        found = Names.of(names, of_names)
        squeezed = list(map(tight, found.core))
        owner, numbers = flat(tables.words, found.content)
        sign = _signs(listing.short_name, countries)
        street = [text.split() for text in folded(listing.street)]
        kbo = _each(listing.kbo, _kbo)
        return Prepared(
            listing=listing,
            names=names,
            row=row,
            core=found.core,
            content=found.content,
            tight=squeezed,
            ordered=[" ".join(sorted(split)) for split in found.content],
            kinds=np.array(found.kinds, np.int64),
            words=Ragged(owner, numbers, len(names)),
            neighbours=_neighbours(owner, numbers),
            prefix=_checksums([name[:PREFIX] for name in squeezed]),
            name=_checksums(squeezed),
            sign=sign,
            signs=Ragged.of(tables.words, [[short] if len(short) > 1 else [] for short in sign]),
            shorts=_sums([[short] if len(short) > 2 else [] for short in sign]),
            street=[" ".join(sorted(split)) for split in street],
            streets=Ragged.of(tables.streets, street),
            cities=Ragged.of(tables.cities, _cities(listing.city)),
            post=tables.codes.known(_each(listing.post_code, _post)),
            country=tables.countries.known(countries),
            kbo=tables.codes.known(kbo),
            establishment=np.fromiter((number[3:4] > "1" for number in kbo), bool, len(kbo)),
        )


def _entries(listing: Listing, countries: list[str]) -> tuple[list[str], Ints, list[str]]:
    names, row = list(listing.name), np.arange(len(listing))
    extra = [(at, name) for at, aliases in enumerate(listing.aliases) if aliases for name in aliases if name]
    if not extra:
        return names, row, countries
    owners = [at for at, _ in extra]
    return (
        names + [name for _, name in extra],
        np.concatenate([row, np.array(owners, np.int64)]),
        countries + [countries[at] for at in owners],
    )


def _each(values: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """``change`` on a column that repeats itself: once for each different value."""
    changed = {value: change(value) for value in set(values)}
    return [changed[value] for value in values]


def _signs(short_names: Sequence[str], countries: list[str]) -> list[str]:
    if not any(short_names):
        return [""] * len(short_names)
    forms = words().forms
    signs = []
    for text, country in zip(folded(short_names), countries, strict=True):
        split = text.split()
        strip_form(split, forms, country)
        signs.append(tight(split))
    return signs


def _cities(cities: Sequence[str]) -> list[list[str]]:
    meaning = words().meaning
    different = list(set(cities))
    split = {
        city: [meaning.get(word, word) for word in text.split() if len(word) > 2 and not word.isdecimal()]
        for city, text in zip(different, folded(different), strict=True)
    }
    return [split[city] for city in cities]


def _initials(core: list[str], content: list[str]) -> list[str]:
    """Two ways to make an acronym: of all words, and of those that count. Two letters tell nothing."""
    if len(core) < 3:
        return []
    of_all = "".join([word[0] for word in core])
    if len(core) == len(content) or len(content) < 3:
        return [of_all]
    return [of_all, "".join([word[0] for word in content])]


def _neighbours(owner: Ints, numbers: Ints) -> tuple[Ints, Ints, Ints]:
    same = owner[1:] == owner[:-1]
    left, right = numbers[:-1][same], numbers[1:][same]
    return owner[1:][same], np.minimum(left, right), np.maximum(left, right)


def _checksums(texts: list[str]) -> Ints:
    """Numbers to meet by; two texts with one number cost a comparison and nothing else."""
    found = np.fromiter((crc32(text.encode("utf-8", "surrogatepass")) for text in texts), np.int64, len(texts))
    found[found == 0] = UNKNOWN  # the empty text
    return found


def _sums(rows: list[list[str]]) -> Ragged:
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    return Ragged(np.repeat(np.arange(len(rows)), lengths), _checksums(list(chain.from_iterable(rows))), len(rows))


def _post(text: str) -> str:
    bare = text.replace(" ", "").replace("-", "").casefold()
    return bare and f"#{bare}"


def _country(value: str) -> str:
    """The ISO code; nothing where the word is not known, so that the row is compared with all countries."""
    code = value.strip().upper()
    if len(code) != 2:
        return words().countries.get(" ".join(folded([value])[0].split()), "")
    return checks.EU_COUNTRIES.get(code, code)


def _kbo(value: str) -> str:
    """The ten digits; nothing for a number that breaks its own check, which identifies nobody."""
    try:
        return value and f"kbo{checks.kbo(value)}"
    except Refused:
        return ""
