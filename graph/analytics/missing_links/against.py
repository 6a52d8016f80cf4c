"""What speaks against a suggestion, beside what speaks for it: facts with a code, told on screen in words."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.analytics.missing_links.filters import _root, answered
from graph.analytics.missing_links.network import network
from graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Against:
    """``kind``: same_group, said (``id``: the stage, such as refused), competitors, hub_only (``id``: the hub),
    one_consortium (``id``: the activity), already_tied."""

    kind: str
    id: str
    label: str


def against(snapshot: Snapshot, until: date | None, a: str, b: str, *, hub: str | None = None) -> list[Against]:
    """All that holds, gravest first. ``hub``: the hub's own organisation. Raises UnknownId."""
    found = network(snapshot, until)
    one, other = found.number(a), found.number(b)
    pair = (min(a, b), max(a, b))
    made = []
    if found.tied(one, other):
        made.append(Against("already_tied", b, str(found.name[other])))
    at, to = (_root(snapshot.group, snapshot.places[id]) for id in pair)
    if at == to:
        made.append(Against("same_group", str(snapshot.actor_id[at]), str(snapshot.actor_name[at])))
    if pair in {(min(x, y), max(x, y)) for x, y in getattr(snapshot, "competitors", ())}:
        made.append(Against("competitors", b, str(found.name[other])))
    if stage := answered(found).get(pair):
        made.append(Against("said", stage, stage))
    both = np.intersect1d(found.partners(one), found.partners(other))
    if hub is not None and len(both) == 1 and str(found.id[both[0]]) == hub:
        made.append(Against("hub_only", hub, str(found.name[both[0]])))
    if not found.tied(one, other):
        made += _one_consortium(snapshot, until, int(found.actor[one]), int(found.actor[other]), found.actor[both])
    return made


def _one_consortium(snapshot: Snapshot, until: date | None, a: int, b: int, both: NDArray[np.int64]) -> list[Against]:
    """Where one activity of a holds every shared partner, or one of b: many partners, but one piece of evidence."""
    if len(both) < 2:
        return []
    began = snapshot.began(until)
    for end in (a, b):
        own = np.unique(snapshot.activity[began & (snapshot.actor == end)])
        rows = began & np.isin(snapshot.activity, own) & np.isin(snapshot.actor, both)
        pairs = np.unique(np.stack([snapshot.activity[rows], snapshot.actor[rows]]), axis=1)
        activity, many = np.unique(pairs[0], return_counts=True)
        # By partner and activity: is everyone who is shared known to this end from that one alone?
        if len(activity) and many.max() == len(both) and len(pairs[0]) == len(both):
            at = int(activity[many.argmax()])
            return [Against("one_consortium", str(snapshot.activity_id[at]), str(snapshot.activity_title[at]))]
    return []
