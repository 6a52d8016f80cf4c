"""What is known: frozen types that refuse nonsense. No input, no output, nothing of the database."""

from graph.model.collaboration import Collaboration
from graph.model.grant import Grant, Observation, Scheme
from graph.model.introduction import Introduction, Touch
from graph.model.organisation import Organisation
from graph.model.person import Person
from graph.model.provenance import Change, Import, Judgement, Source
from graph.model.selection import List, View
from graph.model.theme import Region, Theme
from graph.model.thing import Thing

# Every stored type by its label. Records have no type of their own: they are the rows of sources, kept as they came.
LABELS: dict[str, type[Thing]] = {
    kind.label: kind
    for kind in (
        Organisation, Person, Collaboration, Scheme, Grant, Observation, Introduction, Touch, Theme, Region,
        Source, Import, Judgement, Change, View, List,
    )
}  # fmt: skip

__all__ = [
    "LABELS",
    "Change",
    "Collaboration",
    "Grant",
    "Import",
    "Introduction",
    "Judgement",
    "List",
    "Observation",
    "Organisation",
    "Person",
    "Region",
    "Scheme",
    "Source",
    "Theme",
    "Thing",
    "Touch",
    "View",
]
