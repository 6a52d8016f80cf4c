"""A list of organisations as a file or the store gives it: one column each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COLUMNS = ("id", "name", "short_name", "street", "post_code", "city", "country", "kbo")


@dataclass(frozen=True, slots=True)
class Listing:
    """Columns of one length; empty text = not known. ``aliases``: other names of the row, in any language."""

    id: Sequence[str]
    name: Sequence[str]
    short_name: Sequence[str]
    street: Sequence[str]
    post_code: Sequence[str]
    city: Sequence[str]
    country: Sequence[str]
    kbo: Sequence[str]
    aliases: Sequence[tuple[str, ...]]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Listing":
        """Rows with any of the columns; ``aliases`` a sequence of names."""
        taken = list(rows)
        columns: dict[str, Any] = {column: [str(row.get(column) or "") for row in taken] for column in COLUMNS}
        return cls(**columns, aliases=[tuple(row.get("aliases") or ()) for row in taken])

    def __len__(self) -> int:
        return len(self.id)
