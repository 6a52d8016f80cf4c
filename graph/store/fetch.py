"""Fetch what the local Neo4j needs, with progress, and prepare its fast start: ``make setup`` runs this.

    python -m graph.store.fetch [--quiet]

Both parts are kept in the user's cache folder; what is there already is not made again (0.1 s).
"""

import sys
from collections.abc import Callable

from graph.errors import SchakelError
from graph.store.server import aot, jars
from graph.store.server.progress import Progress


def fetch(progress: Callable[[str], None]) -> None:
    """Jars and AOT cache. Raises NoNetwork, JarAltered, DiskFull; without an AOT cache the start is just slower."""
    lib = jars.ensure(progress)
    aot.ensure(lib, progress)


def main(arguments: list[str]) -> int:
    try:
        if "--quiet" in arguments:
            fetch(lambda _: None)
        else:
            with Progress() as progress:
                fetch(progress)
    except SchakelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
