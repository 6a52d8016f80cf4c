"""People whom the hub knows, with the ground on which it holds their data."""

from dataclasses import dataclass
from typing import ClassVar

from graph.model import checks
from graph.model.thing import Thing
from graph.model.time import UNKNOWN, Moment

# Article 6 of the GDPR; legitimate interest is not open to a public body in its tasks.
BASES = ("consent", "contract", "legal_obligation", "vital_interest", "public_task", "legitimate_interest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Thing):
    """A contact. ``languages``: ISO 639-1. ``basis`` and ``purpose``: why the hub may hold these data, until
    ``basis_expires``; ``retention_until``: when they have to go."""

    label: ClassVar[str] = "Person"

    name: str = ""
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()
    basis: str = ""
    purpose: str = ""
    basis_expires: Moment = UNKNOWN
    retention_until: Moment = UNKNOWN

    def __post_init__(self) -> None:
        checks.one_of("basis", self.basis, BASES)
        if self.email:
            object.__setattr__(self, "email", checks.email(self.email))
        if self.phone:
            checks.phone(self.phone)
        for language in self.languages:
            checks.language(language)
        if not (self.name or self.email):
            raise checks.refuse("name", "", "nothing tells who this is", "Fill in a name or a mail address")

    def identifiers(self) -> tuple[str, ...]:
        return (f"email:{self.email}",) if self.email else ()
