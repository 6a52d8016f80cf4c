"""Whose record is it. Identifiers decide; a name decides only within one source, where nothing else is given."""

import re
import unicodedata

from ingest.record import Entity

# Keys that mean the same whichever source says them; all others are a source's own.
GLOBAL = (
    "kbo", "ror", "pic", "lei", "vat", "email", "rcn", "cordis", "doi", "region",
    "theme_nace2008", "theme_nace2025", "theme_euroscivoc", "theme_programme", "theme_own",
)  # fmt: skip


def keys(source: str, entity: Entity) -> tuple[str, ...]:
    """The keys that decide who this is, strongest first; at least one."""
    label = entity.thing.label.casefold()
    found = tuple(key if key.partition(":")[0] in GLOBAL else f"{source}/{label}/{key}" for key in entity.identifiers)
    return found or (f"{source}/{label}/name:{_named(entity)}",)


def _named(entity: Entity) -> str:
    """What a source calls it, and where: capitals, accents and punctuation apart."""
    said = entity.thing.properties()
    if name := said.get("name") or said.get("short_name") or said.get("title"):
        parts = [
            name,
            said.get("country", ""),
            said.get("postcode") or said.get("municipality") or "",
            said.get("start", ""),
        ]
    else:
        parts = [f"{field}={value}" for field, value in sorted(said.items())]
    folded = unicodedata.normalize("NFKD", " ".join(str(part) for part in parts)).casefold()
    return re.sub(r"[\W_]+", " ", "".join(sign for sign in folded if not unicodedata.combining(sign))).strip()
