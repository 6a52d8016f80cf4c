"""The network as columns: what analytics sees of a store, or of a participation file.

Everything is an array; a participation names its actor and its activity by their places. Frozen: the arrays refuse
writes. :meth:`Snapshot.build` makes one from plain columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

Texts = NDArray[np.object_]
Ints = NDArray[np.int32]
Days = NDArray[np.datetime64]
Floats = NDArray[np.float64]

ACTOR = ("id", "name", "label", "kind", "country", "region", "municipality", "size", "sme")
ACTIVITY = ("id", "title", "kind", "start", "end", "programme")
PARTICIPATION = ("actor", "activity", "role", "start", "end", "recorded", "retracted", "source", "amount_eur")
_DEFAULTS = {"label": "Organisation", "kind": "other", "size": "unknown", "sme": "unknown"}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Columns of one moment. ``store``: identity of the store or digest of the file. ``known_on``: None for all that is
    known. Days are ``datetime64[D]`` with NaT for unknown; a participation without days of its own has its activity's.

    Shapes: ``actor_*`` (actors,), ``activity_*`` (activities,), the participation columns (participations,),
    ``theme_start`` (activities + 1,) and ``theme`` are rows of theme codes, as in a CSR matrix.
    """

    store: str
    revision: int
    valid_on: date
    known_on: datetime | None

    actor_id: Texts
    actor_name: Texts
    actor_label: Texts
    actor_kind: Texts
    actor_country: Texts
    actor_region: Texts
    actor_municipality: Texts
    actor_size: Texts
    actor_sme: Texts

    activity_id: Texts
    activity_title: Texts
    activity_kind: Texts
    activity_start: Days
    activity_end: Days
    activity_programme: Texts

    actor: Ints
    activity: Ints
    role: Ints
    start: Days
    end: Days
    recorded: NDArray[np.int64]  # when it was first told of, in seconds since 1970 UTC, and by which source
    source: Ints
    retracted: NDArray[np.int64]  # when it was corrected after known_on; 0: it still stands
    amount_eur: Floats

    theme_start: Ints
    theme: Ints

    roles: tuple[str, ...]
    sources: tuple[str, ...]
    themes: tuple[str, ...]

    group: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # per actor: the actor it is part of, or itself
    feedback: tuple[tuple[str, str, str, str], ...] = ()  # pair of ids, stage, day: what users said of suggestions

    def __post_init__(self) -> None:
        if len(self.group) != len(self.actor_id):
            object.__setattr__(self, "group", np.arange(len(self.actor_id), dtype=np.int32))
        for name in columns():
            getattr(self, name).flags.writeable = False

    @classmethod
    def build(
        cls,
        *,
        store: str,
        revision: int,
        valid_on: date,
        known_on: datetime | None = None,
        actors: Mapping[str, Sequence[Any]],
        activities: Mapping[str, Sequence[Any]],
        participations: Mapping[str, Sequence[Any]],
        activity_themes: Sequence[Sequence[str]] = (),
        groups: Mapping[str, str] | None = None,
        feedback: Sequence[tuple[str, str, str, str]] = (),
    ) -> Self:
        """From plain columns; ``participations`` names actors and activities by id. Missing columns get a default;
        days may be ISO texts, empty for unknown. Raises TypeError for a column nobody knows, KeyError for an id that is
        in no table."""
        acted = _columns(actors, ACTOR)
        done = _columns(activities, ACTIVITY)
        took = _columns(participations, PARTICIPATION)
        place = {id: at for at, id in enumerate(acted["id"])}
        at = {id: number for number, id in enumerate(done["id"])}
        role, roles = _codes(took["role"])
        source, sources = _codes(took["source"])
        themed = list(activity_themes) or [()] * len(done["id"])
        theme, themes = _codes([name for names in themed for name in names])
        activity = np.array([at[id] for id in took["activity"]], np.int32)
        starts, ends = _days(done["start"]), _days(done["end"])
        start, end = _days(took["start"]), _days(took["end"])
        group = np.array([place.get((groups or {}).get(id, id), place[id]) for id in acted["id"]], np.int32)
        texts = {f"actor_{name}": _texts(acted[name]) for name in ACTOR}
        texts |= {f"activity_{name}": _texts(done[name]) for name in ("id", "title", "kind", "programme")}
        return cls(
            store=store,
            revision=revision,
            valid_on=valid_on,
            known_on=known_on,
            **texts,
            activity_start=starts,
            activity_end=ends,
            actor=np.array([place[id] for id in took["actor"]], np.int32),
            activity=activity,
            role=role,
            start=np.where(np.isnat(start), starts[activity], start) if len(activity) else start,
            end=np.where(np.isnat(end), ends[activity], end) if len(activity) else end,
            recorded=np.array([value or 0 for value in took["recorded"]], np.int64),
            source=source,
            retracted=np.array([value or 0 for value in took["retracted"]], np.int64),
            amount_eur=np.array([np.nan if value in (None, "") else value for value in took["amount_eur"]], float),
            theme_start=np.cumsum([0, *(len(names) for names in themed)], dtype=np.int32),
            theme=theme,
            roles=roles,
            sources=sources,
            themes=themes,
            group=group,
            feedback=tuple(feedback),
        )

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of every actor by id."""
        return {id: at for at, id in enumerate(self.actor_id)}

    def began(self, until: date | None) -> NDArray[np.bool_]:
        """Which participations count at ``until``: those with a start on or before it; all for None."""
        if until is None:
            return np.ones(len(self.actor), bool)
        return np.asarray(self.start <= np.datetime64(until, "D"))  # NaT compares as False

    def incidence(self, kept: NDArray[np.bool_] | None = None) -> "sp.csr_array":
        """Actors x activities, 1.0 where the actor took part in any role; ``kept``: which participations count."""
        actor, activity = (self.actor, self.activity) if kept is None else (self.actor[kept], self.activity[kept])
        shape = (len(self.actor_id), len(self.activity_id))
        made = sp.csr_array((np.ones(len(actor)), (actor, activity)), shape=shape)
        made.data[:] = 1.0  # two roles in one activity are one participation
        return made

    def ties(self, until: date | None = None, kept: NDArray[np.bool_] | None = None) -> "sp.csr_array":
        """Actors x actors, symmetric: how many activities two shared; no diagonal. The one place where ties are made
        of participations."""
        taken = self.incidence(self.began(until) if kept is None else kept)
        made = sp.csr_array(taken @ taken.T)
        made.setdiag(0)
        made.eliminate_zeros()
        made.sort_indices()
        return made

    def to_networkx(self, until: date | None = None) -> "nx.Graph[str]":
        """Actors as nodes with their columns as attributes, ties as edges with ``weight``: for a look, an export or an
        oracle, not for work on the whole network."""
        import networkx as nx  # a fifth of a second, which nobody else needs to wait for

        graph: nx.Graph[str] = nx.Graph()
        for at, id in enumerate(self.actor_id):
            graph.add_node(id, **{name: getattr(self, f"actor_{name}")[at] for name in ACTOR[1:]})
        ties = sp.coo_array(sp.triu(self.ties(until)))
        for a, b, weight in zip(ties.row, ties.col, ties.data, strict=True):
            graph.add_edge(self.actor_id[a], self.actor_id[b], weight=int(weight))
        return graph


def columns() -> tuple[str, ...]:
    """Names of all fields that are arrays, in order."""
    return tuple(one.name for one in fields(Snapshot) if one.name not in _PLAIN)


_PLAIN = {"store", "revision", "valid_on", "known_on", "roles", "sources", "themes", "feedback"}


def _columns(given: Mapping[str, Sequence[Any]], known: Sequence[str]) -> dict[str, Sequence[Any]]:
    if unknown := set(given) - set(known):
        raise TypeError(f"no such column: {', '.join(sorted(unknown))}")
    size = len(next(iter(given.values()), ()))
    if any(len(values) != size for values in given.values()):
        raise ValueError("columns of different length")
    return {name: given[name] if name in given else [_DEFAULTS.get(name, "")] * size for name in known}


def _texts(values: Sequence[Any]) -> Texts:
    made = np.empty(len(values), object)
    made[:] = values
    return made


def _codes(values: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Places in the sorted table of distinct values, and the table."""
    table = tuple(sorted(set(values)))
    at = {value: number for number, value in enumerate(table)}
    return np.array([at[value] for value in values], np.int32), table


def _days(values: Sequence[Any]) -> Days:
    return np.array([value or "NaT" for value in values], "datetime64[D]")
