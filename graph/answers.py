"""Answers that need the whole network, the same for pages and commands: a snapshot in, rows of the files out."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from graph.analytics import growth as growth_series
from graph.analytics.base import cell, reasons_json
from graph.analytics.missing_links import Filter, Suggestion, rank, score
from graph.analytics.missing_links import backtest as link_tests
from graph.analytics.missing_links.pairs import pairs_file
from graph.analytics.missing_links.rank import Listing, ranked
from graph.analytics.missing_links.recipe import BY_LIST
from graph.settings import Settings
from graph.snapshot import Snapshot, participation_file
from graph.store.ask import When
from graph.store.read import snapshot as read_snapshot
from graph.store.store import Store

LINK_COLUMNS = ("a", "b", "score", "reasons")
BACKTEST_COLUMNS = link_tests.COLUMNS
GROWTH_COLUMNS = growth_series.COLUMNS
GROWTH_COUNTS = growth_series.COUNTED
Progress = Callable[[str, int, int], None]  # what is being done, how far, of how much


def snapshot(settings: Settings, participations: Path | None, when: When) -> Snapshot:
    """Of a participation file where one is named, else of the store."""
    if participations is not None:
        return participation_file(participations)
    with Store.open(settings, app="snapshot") as store:
        return read_snapshot(store, when)


def missing_links(
    snapshot: Snapshot,
    until: date,
    *,
    top: int | None = None,
    per_actor: int | None = None,
    only: str | None = None,
    listing: Listing = "likely",
    reasons: bool = True,
    within: Filter | None = None,
) -> list[dict[str, Any]]:
    """Rows of :data:`LINK_COLUMNS`; see :func:`graph.analytics.missing_links.rank`."""
    found = rank(
        snapshot, until, top=top, per_actor=per_actor, only=only, listing=listing, reasons=reasons, within=within
    )  # fmt: skip
    return [_link_row(one) for one in found]


def link_columns(
    snapshot: Snapshot, until: date, *, top: int | None, per_actor: int | None, only: str | None, listing: Listing
) -> dict[str, Sequence[Any]]:
    """The same without reasons as columns, for the half a million rows of a whole network."""
    found = ranked(snapshot, until, top=top, per_actor=per_actor, only=only, recipe=BY_LIST[listing])
    ids = np.array([cell(id) for id in found.terms.network.id], object)
    return {"a": ids[found.a], "b": ids[found.b], "score": found.score.tolist(), "reasons": ["[]"] * len(found.a)}


def score_pairs(
    snapshot: Snapshot, until: date, pairs: Sequence[tuple[str, str]], *, listing: Listing = "likely"
) -> list[dict[str, Any]]:
    """Rows of :data:`LINK_COLUMNS` for these pairs, in their order."""
    return [_link_row(one) for one in score(snapshot, until, pairs, listing=listing)]


def score_file(snapshot: Snapshot, until: date, file: Path, *, listing: Listing = "likely") -> list[dict[str, Any]]:
    """The same for the pairs of a CSV with columns a and b. Raises Refused, UnknownId."""
    return score_pairs(snapshot, until, pairs_file(file), listing=listing)


def backtest_lists(snapshot: Snapshot, first: int, last: int) -> list[dict[str, Any]]:
    """Rows of :data:`BACKTEST_COLUMNS`; see :mod:`graph.analytics.missing_links.backtest`."""
    return link_tests.backtest(snapshot, first, last)


def _link_row(one: Suggestion) -> dict[str, Any]:
    return {"a": one.a, "b": one.b, "score": one.finding.score, "reasons": reasons_json(one.finding.reasons)}


def growth(
    snapshot: Snapshot,
    first: int,
    last: int,
    *,
    by: str | None = None,
    window: int | None = None,
    hub: str | None = None,
    only: tuple[str, ...] | None = None,
    thorough: bool = False,
    tell: Progress = lambda what, done, of: None,
) -> list[dict[str, Any]]:
    """Rows of :data:`GROWTH_COLUMNS`; see :func:`graph.analytics.growth.series`. ``thorough``: with intervals and null
    models, which takes some seconds more."""
    effort = growth_series.Effort.full(snapshot) if thorough else growth_series.Effort()
    return growth_series.series(
        snapshot, first, last, by=by, window=window, hub=hub or "", only=only, effort=effort, tell=tell
    )
