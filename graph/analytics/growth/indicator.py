"""What an indicator is: one number for one year, with what it needs to be read rightly."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.analytics.growth.years import Year


@dataclass(frozen=True, slots=True)
class Indicator:
    """``value``: the number of a year, None where there is none. ``null``: whether it is held against the same
    participations dealt out anew. ``ahead``: years it looks ahead, so that the last ones are still open. ``version``
    of the definition: grows when the same data would give another number."""

    id: str
    value: Callable[[Year], float | None]
    null: bool = False
    ahead: int = 0
    version: int = 1

    @property
    def definition(self) -> str:
        return f"{self.id}.{self.version}"
