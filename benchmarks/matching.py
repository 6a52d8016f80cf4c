"""Matching: how right on two real registers, how fast on a hundred thousand invented names.

    python -m benchmarks.matching

The registers need SCHAKEL_SAMPLES; equal PIC = one organisation, and the PIC is used for nothing else. The times are of
one core: names, addresses and towns are invented, half of the new rows are known ones with a slip in the name.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

from ingest.files import opened
from ingest.resolve.index import Index
from ingest.resolve.listing import COLUMNS, Listing

LISTS = ("org_names_fp7_2018_half0.csv", "org_names_h2020_2017_half0.csv")
KNOWN, NEW, ASKED = 100_000, 10_000, 200
SYLLABLES = """
    ba be bi bo bu da de di do du ka ke ki ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti
    to va ve vi vo wa we wi zo ster berg lin van dorp tech bio net eco med
"""
COMMON = """
    technologies systems group solutions consulting engineering bouw services management transport vlaanderen centrum
    vereniging instituut universiteit school energie food health research development innovation belgium europe invest
"""
FORMS = ("NV", "BV", "BVBA", "VZW", "SA", "SPRL", "CV", "", "", "CommV", "GmbH", "Ltd")

Measure = tuple[str, str, str]  # what, measured, wanted


def measures() -> Iterator[Measure]:
    if samples := os.environ.get("SCHAKEL_SAMPLES"):
        yield from quality(Path(samples) / "names")
    else:
        yield "matching: precision and recall", "not measured", "SCHAKEL_SAMPLES names no folder"
    yield from speed()


def quality(folder: Path) -> Iterator[Measure]:
    a, b = (_rows(folder / name) for name in LISTS)
    plain_a, plain_b = ({row["pic"]: _plain(row["name"]) for row in side} for side in (a, b))
    true = plain_a.keys() & plain_b.keys()
    hard = {pic for pic in true if plain_a[pic] != plain_b[pic]}
    one, other = (Listing.of({"id": row["pic"], **row} for row in side) for side in (a, b))
    found = Index(other).match(one)
    auto = [(pair.a, pair.b) for pair in found if pair.band == "auto"]
    review = [(pair.a, pair.b) for pair in found if pair.band == "review"]
    sure, looked = ({x for x, y in band if x == y} for band in (auto, review))
    yield "auto: precision", f"{len(sure) / len(auto):.4f}", ">= .99"
    yield "auto: recall", f"{len(sure) / len(true):.4f}", ">= .92"
    yield (
        f"auto and review: of {len(hard)} with another name",
        f"{len(hard & (sure | looked)) / len(hard):.3f}",
        ">= .75",
    )
    yield f"review: precision of {len(review)} rows", f"{len(looked) / len(review):.3f}", ">= .10"
    yield "review: rows for one row of A, at most", str(len(review) - len({x for x, _ in review}) + 1), "1"


def speed() -> Iterator[Measure]:
    known = world(KNOWN, 1)
    new = changed(known, NEW, 2)
    with tempfile.TemporaryDirectory() as folder:
        a, b, out = (Path(folder) / name for name in ("new.csv", "known.csv", "pairs.csv"))
        for path, rows in ((a, new), (b, known)):
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([COLUMNS, *rows])
        command = [sys.executable, "-m", "ingest", "match"]
        for lists, what, wanted in (
            ((a, b), f"{NEW:,} new against {KNOWN:,}, the whole command", "<= 3 s"),
            ((b,), f"{KNOWN:,} among themselves, the whole command", "<= 30 s"),
        ):
            before = os.times()
            subprocess.run([*command, *lists, "-o", out], check=True, stderr=subprocess.DEVNULL)
            after = os.times()
            busy = after.children_user + after.children_system - before.children_user - before.children_system
            yield what, f"{after.elapsed - before.elapsed:.1f} s", wanted
            yield f"{what}: of it at work", f"{busy:.1f} s", ""
    columns = dict(zip(COLUMNS, map(list, zip(*known, strict=True)), strict=True))
    index = Index(Listing(**columns, aliases=[()] * len(known)))
    index.ask({"name": "Voorbeeld"})
    mixer = random.Random(3)
    asked = [{"name": _slip(mixer.choice(known)[1], mixer), "country": "BE"} for _ in range(ASKED)]
    times = [1000 * _timed(lambda row=row: index.ask(row)) for row in asked]  # type: ignore[misc]
    yield f"one typed name against {KNOWN:,}, warm, median", f"{median(times):.1f} ms", "<= 10 ms"
    yield f"one typed name against {KNOWN:,}, warm, slowest of twenty", f"{quantiles(times, n=20)[-1]:.1f} ms", ""


def world(size: int, seed: int) -> list[list[str]]:
    """Rows in the order of COLUMNS. Few words are frequent and most are rare, as in names that people give."""
    fixed, mixer = random.Random(7), random.Random(seed)
    syllables, common = SYLLABLES.split(), COMMON.split()
    words = ["".join(fixed.choices(syllables, k=fixed.choice((2, 2, 3, 3, 4)))) for _ in range(40_000)]
    towns = ["".join(fixed.choices(syllables, k=2)) + fixed.choice(("gem", "em", "beke")) for _ in range(600)]
    streets = ["".join(fixed.choices(syllables, k=3)) + fixed.choice(("straat", "laan", "weg")) for _ in range(8_000)]
    rows = []
    for number in range(size):
        name = [
            words[int(len(words) * mixer.random() ** 3)] if mixer.random() < 0.75 else mixer.choice(common)
            for _ in range(mixer.choice((1, 2, 2, 3, 3, 4)))
        ]
        full = " ".join([*name, mixer.choice(FORMS)]).title().strip()
        street = f"{mixer.choice(streets)} {mixer.randint(1, 200)}"
        rows.append(
            [f"{seed}-{number}", full, "", street, str(mixer.randint(1000, 9999)), mixer.choice(towns), "BE", ""]
        )
    return rows


def changed(known: list[list[str]], size: int, seed: int) -> list[list[str]]:
    """Half known rows whose name was written otherwise, half new ones."""
    mixer = random.Random(seed)
    again = [[f"again-{number}", *mixer.choice(known)[1:]] for number in range(size // 2)]
    for row in again:
        how = mixer.choice((str.upper, str, lambda name: name.rsplit(" ", 1)[0], lambda name: _slip(name, mixer)))
        row[1] = how(row[1])
    return again + world(size - size // 2, seed)


def _slip(name: str, mixer: random.Random) -> str:
    at = mixer.randrange(max(len(name) - 1, 1))
    return name[:at] + name[at + 1 :] if len(name) > 5 else name


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rows(path: Path) -> list[dict[str, str]]:
    with opened(path) as table:
        return [dict(zip(table.header, cells, strict=False)) for _, cells in table.rows]


def _plain(name: str) -> list[str]:
    """A name but for capitals, accents and signs: what an exact comparison would see."""
    apart = unicodedata.normalize("NFKD", name.casefold()).replace(".", "")
    return "".join(sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign)).split()


if __name__ == "__main__":
    for what, measured, wanted in measures():
        print(f"{what:70} {measured:>12}  {wanted}", flush=True)
