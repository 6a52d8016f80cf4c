"""What it is about and where it is: themes and regions."""

import re
from dataclasses import dataclass
from typing import ClassVar

from graph.model import checks
from graph.model.thing import Thing

SCHEMES = ("nace2008", "nace2025", "euroscivoc", "programme", "own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Thing):
    """A sector or topic. ``scheme``: the list its code comes from."""

    label: ClassVar[str] = "Theme"

    code: str
    scheme: str = "own"
    label_nl: str = ""
    label_en: str = ""
    label_fr: str = ""

    def __post_init__(self) -> None:
        checks.some("code", [self.code])
        checks.some("scheme", [self.scheme])
        checks.one_of("scheme", self.scheme, SCHEMES)
        if self.scheme in ("nace2008", "nace2025") and not re.fullmatch(
            r"[A-V]|[0-9]{2}(?:[.]?[0-9]{1,3})?", self.code
        ):
            raise checks.refuse("code", self.code, "it is no NACE code", "Write a letter, or digits as 62.01")

    def identifiers(self) -> tuple[str, ...]:
        return (f"theme_{self.scheme}:{self.code.casefold()}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Thing):
    """A NUTS region (``BE242``) or one that has no NUTS code, as a partner region overseas (``own:chengdu``)."""

    label: ClassVar[str] = "Region"

    code: str
    name: str = ""
    partner: bool | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{0,3}|own:[\w-]+", self.code):
            raise checks.refuse("code", self.code, "it is no region code", "Write a NUTS code as BE242, or own:name")

    def identifiers(self) -> tuple[str, ...]:
        return (f"region:{self.code}",)
