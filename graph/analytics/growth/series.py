"""Every growth indicator as rows, year by year, with how sure it is and what chance alone would give.

Three bases: *running in the year* (plain ids), *started in it* (``_started``), running in one of the last k years
(``_window``). A participation runs in a year when it began by its end and did not end before it began; an end that
nobody knows counts as running, a start that nobody knows does not count. A tie is an unordered pair of organisations
that are in one collaboration in one same year.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from graph.analytics.growth import (
    brokerage,
    clustering,
    components,
    concentration,
    degrees,
    dependence,
    international,
    knowledge,
    mixing,
    newcomers,
    persistence,
    retention,
    uncertainty,
)
from graph.analytics.growth.counts import COUNTS, counts, running, started, window
from graph.analytics.growth.indicator import Indicator
from graph.analytics.growth.years import Mask, Years
from graph.snapshot import Snapshot

COLUMNS = ("indicator", "year", "group", "value", "n", "low", "high", "null", "ratio", "flags", "definition")
SMALL = 30  # collaborations; below this a figure says little
PANEL = 3  # first years of the data, in which everybody looks new
SPARSE = 0.5  # a last year with under half the starts of those before is not complete
STRUCTURE: tuple[Indicator, ...] = (
    *degrees.INDICATORS, *components.INDICATORS, *clustering.INDICATORS, *mixing.INDICATORS, *retention.INDICATORS,
    *newcomers.INDICATORS, *international.INDICATORS, *brokerage.INDICATORS, *concentration.INDICATORS,
    *dependence.INDICATORS,
)  # fmt: skip
COUNTED = (*COUNTS, *persistence.CHANGES, *(f"{name}_started" for name in COUNTS))
FROM_COUNTS = ("mean_degree", "density")  # their draws follow from those of the counts


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to find out beside the numbers. ``draws`` of the bootstrap for counts; ``structure``: draws for what
    needs the whole network anew; ``nulls``: worlds dealt out anew."""

    draws: int = 0
    structure: int = 0
    nulls: int = 0

    @classmethod
    def full(cls, snapshot: Snapshot) -> "Effort":
        """As much as takes some seconds: fewer draws where the network is large, which needs them less."""
        rows = max(1, len(snapshot.actor))
        return cls(
            draws=200, structure=int(np.clip(400_000 // rows, 5, 100)), nulls=int(np.clip(400_000 // rows, 5, 50))
        )


def _quiet(what: str, done: int, of: int) -> None:
    pass


def series(
    snapshot: Snapshot,
    first: int,
    last: int,
    by: str | None = None,
    window: int | None = None,
    *,
    hub: str = "",
    home: str = "",
    only: tuple[str, ...] | None = None,
    effort: Effort = Effort(),
    tell: Callable[[str, int, int], None] = _quiet,
) -> list[dict[str, Any]]:
    """Rows of :data:`COLUMNS` for every year from ``first`` to ``last``, by year, then indicator, then group.

    ``by``: kind and region split the counts (an actor's group; the collaborations and ties of at least one of it),
    theme splits everything (the collaborations about it). ``window``: with it the counts over the last so many years
    too. ``hub``: id of the hub, without which what speaks of it has no value. ``home``: the country that is not abroad.
    ``only``: ids of indicators. ``n``: collaborations of the year. Flags: ``open`` not yet fully observed (the year is
    not over, the data end before it or thin out in it, or years it looks ahead to are not there), ``panel_start`` one
    of the first years of the data, ``small_n`` fewer than :data:`SMALL` collaborations. Raises Refused for too long a
    span.
    """
    years = Years.of(snapshot, first, last, home=home, hub=hub)
    if years is None:
        return []
    wanted = range(first, last + 1)
    made = _Series(years, wanted, window, only, effort, tell)
    rows = [*made.rows("")]
    for year, parts in knowledge.recorded(snapshot, first, last):
        rows += [
            made.row(name, year, "", value, sum(parts.values()), version=1)
            for name, value in parts.items()
            if made.asked(name)
        ]
    for group, counted, member in _groups(snapshot, by):
        if member is not None:
            rows += made.rows(group, member)
        elif (about := Years.of(snapshot, first, last, counted, home=years.home, hub=hub)) is not None:
            part = _Series(about, wanted, window, only, effort, tell)
            rows += part.rows(group)
            if made.asked("location_quotient"):
                rows += [
                    part.row("location_quotient", year, group, value, len(about.at(year).activities))
                    for year in wanted
                    if len(about.at(year).actor)
                    and (value := concentration.location_quotient(about.at(year), years.at(year))) is not None
                ]
    return sorted(rows, key=lambda row: (row["year"], row["indicator"], row["group"]))


def _groups(snapshot: Snapshot, by: str | None) -> Iterator[tuple[str, Mask | None, Mask | None]]:
    """Each group with the participations that count, or the actors of whom one has to take part."""
    if by in ("kind", "region"):
        column = snapshot.actor_kind if by == "kind" else snapshot.actor_region
        for group in sorted(set(column[snapshot.actor]) - {"", "person"}):
            yield group, None, np.asarray(column == group)
    elif by == "theme":
        sizes = np.diff(snapshot.theme_start)
        of = np.repeat(np.arange(len(sizes)), sizes)
        for code, group in enumerate(snapshot.themes):
            about = np.zeros(len(sizes), bool)
            about[of[snapshot.theme == code]] = True
            yield group, about[snapshot.activity], None


class _Series:
    """The rows of one network, or of one group in it."""

    def __init__(
        self, years: Years, wanted: range, window: int | None, only: tuple[str, ...] | None, effort: Effort,
        tell: Callable[[str, int, int], None],
    ) -> None:  # fmt: skip
        self.years, self.wanted, self.window, self.only, self.effort, self.tell = (
            years, wanted, window, only, effort, tell,
        )  # fmt: skip
        self.complete = years.observed
        before = years.starts[max(0, years.bit(self.complete) - 3) : years.bit(self.complete)]
        if len(before) and np.median(before) >= SMALL:
            self.complete -= int(years.starts[years.bit(self.complete)] < SPARSE * np.median(before))

    def asked(self, name: str) -> bool:
        return self.only is None or name in self.only

    def rows(self, group: str, member: Mask | None = None) -> Iterator[dict[str, Any]]:
        structure = tuple(one for one in STRUCTURE if self.asked(one.id)) if member is None else ()
        counted = self.effort.draws and any(self.asked(name) for name in (*COUNTED, *FROM_COUNTS))
        drawn = uncertainty.count_draws(self.years, self.effort.draws, member) if counted else {}
        redrawn = self._redrawn(tuple(one for one in structure if one.id not in FROM_COUNTS))
        for done, year in enumerate(self.wanted, start=1):
            at = self.years.at(year)
            n = len(at.activities)
            if member is not None:
                n = int(counts(running(self.years, year), member)["collaborations"])
            for name, value in self._counted(year, member).items():
                draws = drawn[name][:, self.years.bit(year)] if name in drawn else np.zeros(0)
                yield self.row(name, year, group, value, n, draws)
            nulls = self._nulls(tuple(one for one in structure if one.null), year)
            for one in structure:
                number = one.value(at) if len(at.actor) else None
                if number is None:
                    continue
                draws = redrawn.get((one.id, year), np.zeros(0))
                if one.id in drawn:
                    draws = drawn[one.id][:, self.years.bit(year)]
                yield self.row(one.id, year, group, number, n, draws, nulls.get(one.id), one.ahead, one.version)
            self.tell("growth", done, len(self.wanted))

    def _counted(self, year: int, member: Mask | None) -> dict[str, float]:
        found = {**counts(running(self.years, year), member), **persistence.changes(self.years, year, member)}
        found |= {f"{name}_started": value for name, value in counts(started(self.years, year), member).items()}
        if self.window:
            over = counts(window(self.years, year, self.window), member)
            found |= {f"{name}_window": value for name, value in over.items()}
        return {name: value for name, value in found.items() if self.asked(name)}

    def _redrawn(self, indicators: tuple[Indicator, ...]) -> dict[tuple[str, int], Any]:
        if not (indicators and self.effort.structure):
            return {}
        return uncertainty.drawn_values(
            self.years, indicators, self.wanted, self.effort.structure, lambda done, of: self.tell("draws", done, of)
        )

    def _nulls(self, indicators: tuple[Indicator, ...], year: int) -> dict[str, float]:
        if not (indicators and self.effort.nulls):
            return {}
        return uncertainty.null_values(self.years.at(year), indicators, self.effort.nulls)

    def row(
        self, name: str, year: int, group: str, value: float, n: int, draws: Any = (), null: float | None = None,
        ahead: int = 0, version: int = 1,
    ) -> dict[str, Any]:  # fmt: skip
        sure = uncertainty.interval(value, np.asarray(draws, float)) if len(draws) else None
        flags = [
            flag
            for flag, holds in (
                ("open", year + ahead > self.complete or date(year + ahead, 12, 31) > self.years.snapshot.valid_on),
                ("panel_start", year < self.years.panel + PANEL),
                ("small_n", n < SMALL),
            )
            if holds
        ]
        return {
            "indicator": name,
            "year": year,
            "group": group,
            "value": value,
            "n": n,
            "low": sure[0] if sure else None,
            "high": sure[1] if sure else None,
            "null": null,
            "ratio": value / null if null else None,
            "flags": "|".join(flags),
            "definition": f"{name}.{version}",
        }
