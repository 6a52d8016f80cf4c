"""What a user keeps to come back to: a view of the network, a list of organisations."""

from dataclasses import dataclass
from typing import ClassVar

from graph.model import checks
from graph.model.thing import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Thing):
    """A saved view. ``query``: what it shows, as the page's address; ``layout``: where things stand, as JSON."""

    label: ClassVar[str] = "View"

    title: str
    owner: str
    query: str = ""
    layout: str = ""

    def __post_init__(self) -> None:
        checks.some("title", [self.title])
        checks.some("owner", [self.owner])


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Thing):
    """A saved selection: ``live`` follows its query, else its members are fixed."""

    label: ClassVar[str] = "List"

    title: str
    owner: str
    query: str = ""
    live: bool = False

    def __post_init__(self) -> None:
        checks.some("title", [self.title])
        checks.some("owner", [self.owner])
        if self.live:
            checks.some("query", [self.query])
