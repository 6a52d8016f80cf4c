"""What every query answers, on graphs small enough to solve by hand. A function names the query it is about; a file
added here is found by itself."""

from collections import defaultdict
from collections.abc import Callable

from tests.queries.hand import Hand

Contract = Callable[[Hand], None]
CONTRACTS: dict[str, list[Contract]] = defaultdict(list)


def contract(query: str) -> Callable[[Contract], Contract]:
    """Note that a function proves what this query answers."""

    def noted(proof: Contract) -> Contract:
        CONTRACTS[query].append(proof)
        return proof

    return noted
