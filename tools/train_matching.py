"""Learns the weights of ingest/resolve/weights.yml from two lists whose true pairs are known.

    python tools/train_matching.py A.csv B.csv [--truth pic] [--write]

Rows with an equal value in the column ``--truth`` are one organisation; the column is used for nothing else. What is
learned from: the candidates of every row of A that the auto rule leaves open and nothing forbids. A logistic model with
one weight per piece of evidence, its sign fixed (a shared street never speaks against), so that each reason a reader
sees points the right way. The same pairs are shown again without their street and without street and town, at less
weight, since many lists have neither. Prints what five folds over the organisations of A would have found, row by row,
with weights that never saw them; ``--write`` writes the weights of all.
"""

import argparse
import sys
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ingest.files import opened
from ingest.resolve import compare as comparing
from ingest.resolve.block import Blocks, candidates
from ingest.resolve.compare import EVIDENCE, Compared, Rarity, compare
from ingest.resolve.contrast import Contrasts
from ingest.resolve.decide import AUTO, decide
from ingest.resolve.listing import COLUMNS, Listing
from ingest.resolve.prepare import Tables, prepare
from ingest.resolve.ragged import Bools, Floats, Ints

FOLDS = 5
RIDGE = 1.0
UNPLACED = 0.3  # weight of a pair shown without its street, or without street and town
PRECISION = 0.4  # of the review band; the border is where it falls below
WEIGHTS = Path(__file__).resolve().parents[1] / "ingest" / "resolve" / "weights.yml"
HEAD = """\
# Learned by tools/train_matching.py. Prior and the sum of weight x evidence are the log-odds that a pair is one
# organisation; below the border it is not worth a look.
"""
AGAINST = ("other_city", "other_street", "crowd", "legal_form", "rivals")
# The lists of the lesson name each organisation once, so that a better pair all but rules out a second one. A hub's
# list has ten spellings of one: there a better pair says less.
RIVALS = -4.0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("a", type=Path)
    parser.add_argument("b", type=Path)
    parser.add_argument("--truth", default="pic")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    comparing.ENOUGH = comparing.ENOUGH_NAMED = 0  # learn from all
    a, true_a = read(given.a, given.truth)
    b, true_b = read(given.b, given.truth)
    shown = [pairs(one, other) for one, other in ((a, b), *without(a, b))]
    pools = [pool for _, pool in shown]
    codes = np.unique(true_a + true_b, return_inverse=True)[1]
    truth = [codes[: len(a)][p.i] == codes[len(a) :][p.j] for p, _ in shown]
    fold = np.array([zlib.crc32(value.encode()) % FOLDS for value in true_a])
    facts = [np.stack([p.evidence[name] for name in EVIDENCE], 1) for p, _ in shown]

    def learn(seen: list[Bools]) -> Floats:
        x = np.concatenate([one[s] for one, s in zip(facts, seen, strict=True)])
        y = np.concatenate([one[s] for one, s in zip(truth, seen, strict=True)])
        w = np.concatenate([np.full(s.sum(), 1.0 if n == 0 else UNPLACED) for n, s in enumerate(seen)])
        return fitted(x, y.astype(float), w)

    first = shown[0][0]
    held = np.zeros(len(first.i))
    for number in range(FOLDS):
        learned = learn([pool & (fold[p.i] != number) for p, pool in shown])
        here = fold[first.i] == number
        held[here] = facts[0][here] @ learned[:-1] + learned[-1]
    border = report(first, pools[0], truth[0], held)
    learned = learn(pools)
    table = {
        "evidence": {name: round(float(value), 2) for name, value in zip(EVIDENCE, learned, strict=False)},
        "prior": round(float(learned[-1]), 2),
        "border": round(border, 1),
    }
    text = yaml.safe_dump(table, sort_keys=False)
    print(text)
    if given.write:
        WEIGHTS.write_text(HEAD + text, encoding="utf-8")
    return 0


def read(path: Path, truth: str) -> tuple[Listing, list[str]]:
    with opened(path) as table:
        rows = [dict(zip(table.header, cells, strict=False)) for _, cells in table.rows]
    listing = Listing.of({column: row.get(column, "") for column in COLUMNS} for row in rows)
    return replace(listing, id=[str(number) for number in range(len(rows))]), [row[truth] for row in rows]


def without(a: Listing, b: Listing) -> list[tuple[Listing, Listing]]:
    none_a, none_b = [""] * len(a), [""] * len(b)
    streetless = replace(a, street=none_a), replace(b, street=none_b)
    placeless = [
        replace(side, city=none, post_code=none) for side, none in zip(streetless, (none_a, none_b), strict=True)
    ]
    return [streetless, (placeless[0], placeless[1])]


def pairs(a: Listing, b: Listing) -> tuple[Compared, Bools]:
    """All candidates, and which of them the review band chooses from."""
    tables = Tables()
    one, other = prepare(a, tables), prepare(b, tables)
    found = candidates(Blocks(one), Blocks(other))
    both = (one, other)
    compared = compare(one, other, found, Rarity.of(both, tables), Contrasts.of(both, tables))
    decided = decide(one, other, compared)
    settled = np.zeros(len(a), bool)
    settled[compared.i[decided.band == AUTO]] = True
    return compared, ~decided.refused & ~settled[compared.i]


def fitted(x: Floats, y: Floats, w: Floats) -> Floats:
    """Weights and, last, the prior."""
    x = np.column_stack([x, np.ones(len(x))])
    ridge = np.append(np.full(x.shape[1] - 1, RIDGE), 0)

    def cost(b: Floats) -> tuple[float, Floats]:
        z = x @ b
        p = 1 / (1 + np.exp(-z))
        loss = float((w * (np.logaddexp(0, z) - y * z)).sum() + (ridge * b * b).sum() / 2)
        return loss, x.T @ (w * (p - y)) + ridge * b

    bounds: list[tuple[float | None, float | None]] = [
        (None, 0.0) if name in AGAINST else (0.0, None) for name in EVIDENCE
    ]
    bounds[EVIDENCE.index("rivals")] = (RIVALS, 0.0)
    bounds.append((None, None))
    start = np.zeros(x.shape[1])
    return np.asarray(minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x)


def report(compared: Compared, pool: Bools, truth: Bools, held: Floats) -> float:
    """The review band at several sizes, and the border at the wanted precision."""
    order = np.flatnonzero(pool)
    order = order[np.lexsort((compared.j[order], compared.i[order], -held[order]))]
    best: Ints = order[np.sort(np.unique(compared.i[order], return_index=True)[1])]
    right = np.cumsum(truth[best])
    share = right / np.arange(1, len(best) + 1)
    print("rows of A in review, right among them, precision, sum at the end")
    for size in (100, 200, 300, 400, 500, 700, 1000):
        if size <= len(best):
            print(f"{size:6d} {right[size - 1]:6d} {share[size - 1]:.3f} {held[best[size - 1]]:.2f}")
    print(f"all right ones that candidates hold: {truth[pool].sum()}\n")
    return float(held[best[np.flatnonzero(share >= PRECISION)[-1]]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
