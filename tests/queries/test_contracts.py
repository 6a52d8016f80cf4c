"""Every query file against graphs solved by hand; a query that nobody proved anything of is a failure."""

import importlib
from pathlib import Path

import pytest

from graph.store import queries
from graph.store.store import Store
from tests.queries.contracts import CONTRACTS, Contract
from tests.queries.hand import Hand

for file in sorted((Path(__file__).parent / "contracts").glob("[!_]*.py")):
    importlib.import_module(f"tests.queries.contracts.{file.stem}")

PROOFS = [
    pytest.param(query, proof, id=f"{query}-{proof.__name__}")
    for query, proofs in sorted(CONTRACTS.items())
    for proof in proofs
]


@pytest.mark.parametrize("name", sorted(queries.library()))
def test_every_query_has_a_contract(name: str) -> None:
    assert CONTRACTS.get(name), f"queries/{name}.cypher has no contract in tests/queries/contracts"


def test_every_contract_is_about_a_query() -> None:
    assert set(CONTRACTS) <= set(queries.library())


@pytest.mark.parametrize(("query", "proof"), PROOFS)
def test_the_query_answers_what_its_contract_says(store: Store, query: str, proof: Contract) -> None:
    asked: list[str] = []
    hand = Hand(store, asked)
    proof(hand)
    assert query in asked, f"{proof.__name__} never runs queries/{query}.cypher"
