"""Growth of the network, or of what is known of it?

Participations by the year in which they were recorded, in three parts that add up:

- ``known_new_source``: told by a source on the day it was first read, its baseline;
- ``known_new``: started on or after that day: the network grew;
- ``known_late``: started before that day and was told later: it was there all the time.

Only the second is growth. Importing another register moves the first and nothing else. Where nobody wrote down when a
row became known, as in a participation file, there are no such numbers.
"""

from collections.abc import Iterator

import numpy as np

from graph.snapshot import Snapshot

PARTS = ("known_new_source", "known_new", "known_late")
DAY = 86_400


def recorded(snapshot: Snapshot, first: int, last: int) -> Iterator[tuple[int, dict[str, int]]]:
    """For each year from ``first`` to ``last`` the three counts; nothing where no moment of recording is known."""
    person = (snapshot.actor_label == "Person") | (snapshot.actor_kind == "person")
    kept = (snapshot.recorded > 0) & ~np.isnat(snapshot.start) & ~np.asarray(person)[snapshot.actor]
    if not kept.any():
        return
    day = snapshot.recorded[kept] // DAY
    start = snapshot.start[kept].astype("datetime64[D]").astype(np.int64)
    source = snapshot.source[kept]
    baseline = np.full(len(snapshot.sources), np.iinfo(np.int64).max)
    np.minimum.at(baseline, source, day)
    year = day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    fresh = day == baseline[source]
    grown = ~fresh & (start >= baseline[source])
    for number in range(first, last + 1):
        now = year == number
        counts = ((now & fresh).sum(), (now & grown).sum(), (now & ~fresh & ~grown).sum())
        yield number, {name: int(count) for name, count in zip(PARTS, counts, strict=True)}
