"""On real registers: what the matching promises (issue 7), and aliases in the languages of Belgium."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from ingest.files import opened
from ingest.resolve.index import Index
from ingest.resolve.listing import Listing

LISTS = ("org_names_fp7_2018_half0.csv", "org_names_h2020_2017_half0.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with opened(path) as table:
        return [dict(zip(table.header, cells, strict=False)) for _, cells in table.rows]


def plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold()).replace(".", "")
    return "".join(sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign))


def test_the_same_organisations_in_two_registers(samples: Path) -> None:
    """Equal PIC = one organisation. The PIC is the id of the row and nothing that is matched on."""
    a, b = (rows(samples / "names" / name) for name in LISTS)
    names_a, names_b = ({row["pic"]: plain(row["name"]).split() for row in side} for side in (a, b))
    true = names_a.keys() & names_b.keys()
    hard = {pic for pic in true if names_a[pic] != names_b[pic]}
    listings = [Listing.of({"id": row["pic"], **row} for row in side) for side in (a, b)]
    found = Index(listings[1]).match(listings[0])
    auto = [(pair.a, pair.b) for pair in found if pair.band == "auto"]
    review = [(pair.a, pair.b) for pair in found if pair.band == "review"]
    right = {one for one, other in auto if one == other}
    assert len(right) / len(auto) >= 0.99
    assert len(right) / len(true) >= 0.92
    assert len({one for one, _ in review}) == len(review)
    looked = {one for one, other in review if one == other}
    assert len(looked) / len(review) >= 0.3
    assert len(hard & (right | looked)) / len(hard) >= 0.85


def names_of(record: dict[str, Any]) -> tuple[str, list[str], str, str]:
    """ROR v1 and v2: the name shown, all others, town and country."""
    if "names" in record:
        shown = next(name["value"] for name in record["names"] if "ror_display" in name["types"])
        others = [name["value"] for name in record["names"] if name["value"] != shown]
        place = record["locations"][0]["geonames_details"]
        return shown, others, place["name"], place["country_code"]
    others = [*record["aliases"], *record["acronyms"], *(label["label"] for label in record["labels"])]
    return record["name"], others, record["addresses"][0]["city"], record["country"]["country_code"]


def test_an_organisation_is_found_under_its_name_in_another_language(samples: Path) -> None:
    with (samples / "ror" / "ror_be.jsonl").open(encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    known, asked = [], []
    for record in records:
        shown, others, city, country = names_of(record)
        key = {"id": record["id"], "city": city, "country": country}
        known.append({**key, "name": shown, "aliases": tuple(others)})
        asked += [{**key, "id": f"{record['id']} {other}", "name": other} for other in others if " " in other]
    found = {pair.a: pair for pair in Index(Listing.of(known)).match(Listing.of(asked)) if pair.band == "auto"}
    right = [pair for pair in found.values() if pair.a.startswith(pair.b)]
    assert len(asked) > 150
    assert len(right) / len(asked) >= 0.95
    assert len(found) - len(right) <= 3  # names that two of them really bear


@pytest.mark.parametrize("asked", ["KU Leuven", "Université de Liège", "Vrije Universiteit Brussel", "imec"])
def test_a_typed_name_finds_it(samples: Path, asked: str) -> None:
    with (samples / "ror" / "ror_be.jsonl").open(encoding="utf-8") as stream:
        records = [names_of(json.loads(line)) for line in stream]
    index = Index(Listing.of({"id": shown, "name": shown, "aliases": tuple(others)} for shown, others, _, _ in records))
    every = {shown: [shown, *others] for shown, others, _, _ in records}
    best = index.ask({"name": asked})[0]
    assert asked.casefold() in [name.casefold() for name in every[best.b]]
