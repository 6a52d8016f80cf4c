"""Companies, knowledge institutions, government bodies and those between them."""

from dataclasses import dataclass
from typing import ClassVar

from graph.errors import Refused
from graph.model import checks
from graph.model.thing import Thing
from graph.model.time import UNKNOWN, Moment, Period

KINDS = ("company", "knowledge_institution", "government", "intermediary", "other")
SIZES = ("micro", "small", "medium", "large", "unknown")
PUBLISH = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Thing):
    """One organisation as one source describes it. Empty text and None: the source does not say.

    ``publish``: may it be named in public. ``lat``, ``lon`` in degrees (WGS 84). Raises Refused for a word, number or
    address that its register would not give out, and when nothing tells which organisation it is.
    """

    label: ClassVar[str] = "Organisation"

    name: str = ""
    kind: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    size: str = ""
    legal_form: str = ""
    kbo: str = ""
    vat: str = ""
    ror: str = ""
    pic: str = ""
    lei: str = ""
    domain: str = ""
    street: str = ""
    postcode: str = ""
    municipality: str = ""
    nuts3: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    founded: Moment = UNKNOWN
    dissolved: Moment = UNKNOWN
    sme: bool | None = None
    publish: str = ""

    def __post_init__(self) -> None:
        checks.one_of("kind", self.kind, KINDS)
        checks.one_of("size", self.size, SIZES)
        checks.one_of("publish", self.publish, PUBLISH)
        for name, check in (
            ("kbo", checks.kbo),
            ("ror", checks.ror),
            ("pic", lambda value: checks.digits("pic", value, 9)),
            ("lei", checks.lei),
            ("vat", checks.vat),
            ("domain", checks.domain),
            ("nuts3", checks.nuts3),
            ("country", checks.country),
        ):
            if value := getattr(self, name):
                object.__setattr__(self, name, check(value))
        if not self.kbo and (self.vat.startswith("BE") or self.country == "BE"):
            object.__setattr__(self, "kbo", _kbo_of(self.vat))
        checks.in_range("lat", self.lat, -90, 90)
        checks.in_range("lon", self.lon, -180, 180)
        Period(self.founded, self.dissolved)
        if not (self.name or self.short_name or self.identifiers()):
            raise checks.refuse("name", "", "nothing tells which organisation this is", "Fill in a name or a number")

    def identifiers(self) -> tuple[str, ...]:
        return tuple(
            f"{scheme}:{value}"
            for scheme, value in (
                ("kbo", self.kbo),
                ("ror", self.ror),
                ("pic", self.pic),
                ("lei", self.lei),
                ("vat", self.vat if checks.decides(self.vat) else ""),
            )
            if value
        )


def _kbo_of(vat: str) -> str:
    """The KBO number inside a Belgian VAT number; nothing when it is broken, as in many lists."""
    try:
        return checks.kbo(vat)
    except Refused:
        return ""
