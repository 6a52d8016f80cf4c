"""A mapping, checked whole before any table is read: the things, relationships and columns it names can be meant."""

import dataclasses
import re
from collections.abc import Callable
from collections.abc import Mapping as Map
from functools import partial
from typing import Any, get_type_hints

from graph.errors import Refused
from graph.model import LABELS, Source, Thing
from graph.model.relations import RULES, Relation
from ingest import values
from ingest.issues import shown
from ingest.mapping.parts import NAMING, PLACE, Field, RelationMap, ThingMap
from ingest.mapping.written import Written, briefly

WORDS = ("source", "delimiter", "encoding", "sheet", "dates", "decimal", "key", "skip", "things", "relations", "ignore")
TYPES = ("Organisation", "Person", "Collaboration", "Theme", "Region", "Scheme", "Grant", "Observation", "Touch")
RELATION_FIELDS: dict[str, Callable[[str], Any]] = {
    "start": values.moment, "end": values.moment, "role": values.plain, "amount_eur": values.number,
    "state": values.plain,
}  # fmt: skip
MARKS = {"": "", "comma": ",", "point": "."}
SIGNS = {"line break": "\r\n", "semicolon": ";", "comma": ",", "bar": "|", "slash": "/", "tab": "\t"}

Reader = Callable[[str], Any]


class Check(Written):
    """Makes the parts of a mapping from what its file says; refuses what cannot be meant."""

    def __init__(self, file: str, said: Any) -> None:
        super().__init__(file)
        self.said = self.group(said, WORDS, "it")
        dates = self.text(self.said, "dates", "dates") or "day first"
        if dates not in ("day first", "month first"):
            self.refuse(f"dates is {shown(dates)!r}", "Write day first or month first")
        self._month_first = dates == "month first"
        decimal = self.text(self.said, "decimal", "decimal")
        if decimal not in MARKS:
            self.refuse(f"decimal is {shown(decimal)!r}", "Write comma or point, or leave it out")
        self._decimal = MARKS[decimal]
        self.delimiter = self.text(self.said, "delimiter", "delimiter", strip=False)
        self.delimiter = SIGNS.get(self.delimiter, self.delimiter)
        if len(self.delimiter) > 1 or self.delimiter in ("\r", "\n", '"'):
            self.refuse(f"delimiter is {shown(self.delimiter)!r}", f'Write one sign, as ";", or {", ".join(SIGNS)}')
        self.encoding = self.text(self.said, "encoding", "encoding")
        try:
            b"x".decode(self.encoding or "utf-8", errors="ignore")  # some codecs are of bytes, not of text
        except (LookupError, ValueError):
            self.refuse(f"encoding {shown(self.encoding)!r} is not known", "Write utf-8 or cp1252, or leave it out")

    def source(self) -> Source:
        said = self.group(
            self.said.get("source", {}), tuple(field.name for field in dataclasses.fields(Source)), "source"
        )
        facts: dict[str, Any] = {name: self.text(said, name, f"source.{name}") for name in said}
        if not facts.get("name"):
            self.refuse("source has no name", "Write source: and under it name: and a short name for this list")
        if "priority" in facts:
            if not re.fullmatch(r"\d{1,3}", facts["priority"]):
                self.refuse(f"source.priority is {shown(facts['priority'])!r}", "Write a whole number from 0 to 100")
            facts["priority"] = int(facts["priority"])
        try:
            return Source(**facts)
        except Refused as refused:
            self.refuse(f"source: {refused}", "Correct it")

    def things(self) -> list[ThingMap]:
        found = [
            self._thing(name, said) for name, said in self.group(self.said.get("things", {}), None, "things").items()
        ]
        if not found:
            self.refuse("it maps no things", "Add at least one under things:")
        return found

    def relations(self, things: list[ThingMap]) -> list[RelationMap]:
        said = self.said.get("relations") or []
        if not isinstance(said, list):
            self.refuse(f"relations is written as {briefly(said)}", "Begin each relation with a dash: - type: ...")
        return [self._relation(entry, {thing.name: thing for thing in things}) for entry in said]

    def skipped(self) -> dict[str, set[str]]:
        """Which words in which columns make a row one to leave out, in small letters."""
        said = self.group(self.said.get("skip", {}), None, "skip")
        return {
            _column(column): {" ".join(word.casefold().split()) for word in self.texts(said, column, f"skip.{column}")}
            for column in said
        }

    def columns(self, word: str) -> tuple[str, ...]:
        return tuple(map(_column, self.texts(self.said, word, word)))

    def _thing(self, name: str, said: Any) -> ThingMap:
        self.group(said, ("type", "fields", "key", "each", "by", "optional"), name)
        word = self.text(said, "type", f"{name}.type")
        if word not in TYPES:
            self.refuse(f"{name} has type {shown(word)!r}", f"Use one of {', '.join(TYPES)}")
        kind = LABELS[word]
        fields = tuple(
            self._field(name, key, entry, values.readers(kind), lambda key, value: _refusal(kind, key, value))
            for key, entry in self.group(said.get("fields", {}), None, f"{name}.fields").items()
        )
        needed = [field.name for field in dataclasses.fields(kind) if _required(field)]  # type: ignore[arg-type]
        needed += ["kind"] if word == "Collaboration" else []
        for field in sorted(set(needed) - {field.name for field in fields}):
            self.refuse(f"{name} has no field {field}, which a {word} needs", f"Add {field}: under fields of {name}")
        keys = tuple(re.sub(PLACE, _place, key) for key in self.texts(said, "key", f"{name}.key"))
        for key in keys:
            if not re.match(r"[a-z0-9_]+:", key) or not PLACE.search(key):
                self.refuse(f"{name} has key {shown(key)!r}", "Write it as scheme:{column}, as in rcn:{project_rcn}")
        each = _column(self.text(said, "each", f"{name}.each"))
        columns = dict.fromkeys(
            [column for field in fields for column in field.columns]
            + [column for key in keys for column in PLACE.findall(key)]
        )
        if each and each not in columns:
            self.refuse(f"{name} repeats for each part of {each!r} and uses it nowhere", "Use that column in a field")
        if not fields and not keys:
            self.refuse(f"{name} has no fields", "Write fields: and under it name: and the column")
        naming = dict.fromkeys(
            [column for field in fields if field.name in NAMING for column in field.columns]
            + [column for key in keys for column in PLACE.findall(key)]
        )
        return ThingMap(
            name=name,
            kind=kind,
            fields=fields,
            keys=keys,
            each=each,
            by=self._signs(said, name),
            optional=self.flag(said, "optional", name, bool(each)),
            period=any(field.name == "period" for field in dataclasses.fields(kind)),  # type: ignore[arg-type]
            needed=tuple(needed),
            columns=tuple(columns),
            naming=tuple(naming),
        )

    def _signs(self, said: Map[str, Any], name: str) -> str:
        """A pattern for what stands between the parts of a cell."""
        signs = [SIGNS.get(sign, sign) for sign in self.texts(said, "by", f"{name}.by", strip=False)] or ["|"]
        if not all(signs) or any(len(sign) > 1 and sign.isalpha() for sign in signs):
            self.refuse(f"{name}.by is {shown(said.get('by'))!r}", f"Write {', '.join(SIGNS)}, or the sign itself")
        return "|".join(r"[\r\n]+" if sign == "\r\n" else re.escape(sign) for sign in signs)

    def _relation(self, said: Any, things: dict[str, ThingMap]) -> RelationMap:
        name = f"relation {shown(said.get('type'))}" if isinstance(said, dict) else "a relation"
        self.group(said, ("type", "from", "to", *RELATION_FIELDS), name)
        kind = self.text(said, "type", f"{name}.type")
        if kind not in RULES:
            self.refuse(f"{name} is not known", f"Use one of {', '.join(RULES)}")
        ends = []
        for end in ("from", "to"):
            word = self.text(said, end, f"{name}.{end}")
            if word not in things:
                self.refuse(f"{name}: {end} names {shown(word)!r}", f"Use one of {', '.join(things)}")
            ends.append(things[word])
        start, end_thing = ends
        rule = RULES[kind]
        if start.kind.label not in rule.start or end_thing.kind.label not in rule.end:
            remedy = f"It leads from {' or '.join(rule.start)} to {' or '.join(rule.end)}"
            self.refuse(f"{name} joins {start.kind.label} to {end_thing.kind.label}", remedy)

        def refusal(field: str, value: Any) -> Refused | None:
            if field in ("start", "end"):
                return None
            labels: dict[str, Any] = {"start_label": start.kind.label, "end_label": end_thing.kind.label}
            return _tried(lambda: Relation(**{"type": kind, **labels, field: value}), field)

        fields = tuple(
            self._field(name, key, said[key], RELATION_FIELDS, refusal) for key in RELATION_FIELDS if key in said
        )
        return RelationMap(kind, start, end_thing, fields)

    def _field(
        self,
        thing: str,
        name: str,
        said: Any,
        readers: Map[str, Reader],
        refusal: Callable[[str, Any], Refused | None],
    ) -> Field:
        where = f"{thing}.{name}"
        if name not in readers:
            self.refuse(f"{thing} has no field {shown(name)!r}", f"Use some of {', '.join(readers)}")
        read = readers[name]
        if read is values.moment and self._month_first:
            read = _month_first
        if read is values.number and self._decimal:
            read = partial(values.number, decimal=self._decimal)
        if not isinstance(said, dict):
            return Field(name, (_column(self.text({"column": said}, "column", where)),), read)
        self.group(said, ("column", "first", "join", "value", "words", "otherwise"), where)
        ways = [way for way in ("column", "first", "join") if way in said]
        if len(ways) > 1 or not (ways or "value" in said):
            self.refuse(
                f"{where} names {' and '.join(ways) or 'no column'}",
                "Write one of column: NAME, first: [A, B], join: [A, B], or value: TEXT",
            )
        columns = tuple(map(_column, self.texts(said, ways[0], where))) if ways else ()
        if ways and not all(columns or [""]):
            self.refuse(f"{where} names no column", "Write the column's name as it stands in row 1 of the table")
        words = None
        if "words" in said:
            group = self.group(said["words"], None, f"{where}.words")
            words = {" ".join(word.casefold().split()): self.text(group, word, f"{where}.words") for word in group}
        constants = [self.text(said, word, f"{where}.{word}") for word in ("value", "otherwise")]
        for text in filter(None, [*constants, *(words or {}).values()]):
            self._can_be(where, name, text, read, refusal)
        return Field(name, columns, read, constants[0], words, constants[1], joined=ways == ["join"])

    def _can_be(
        self, where: str, name: str, text: str, read: Reader, refusal: Callable[[str, Any], Refused | None]
    ) -> None:
        """Refuse a value that stands in the mapping itself and that no row could have."""
        try:
            refused = refusal(name, read(text))
        except Refused as found:
            refused = found
        if refused:
            self.refuse(f"{where} is {shown(text)!r}: {refused.facts['problem']}", str(refused.facts["remedy"]))


def _column(name: str) -> str:
    """A column's name with white space made even, as headers are read."""
    return " ".join(name.split())


def _place(found: "re.Match[str]") -> str:
    return "{" + _column(found.group(1)) + "}"


def _required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _refusal(kind: type[Thing], name: str, value: Any) -> Refused | None:
    """Why a thing of this kind cannot have this value, whatever else it says."""
    if name in ("start", "end"):
        return None
    hints = get_type_hints(kind)
    others = {
        field.name: {str: "x", int: 2000, float: 1.0}[hints[field.name]]
        for field in dataclasses.fields(kind)  # type: ignore[arg-type]
        if _required(field)
    }
    return _tried(lambda: kind(**{**others, name: value}), name)


def _tried(make: Callable[[], object], field: str) -> Refused | None:
    try:
        make()
    except Refused as refused:
        return refused if refused.facts["field"] == field else None
    return None


def _month_first(text: str) -> Any:
    return values.moment(text, month_first=True)
