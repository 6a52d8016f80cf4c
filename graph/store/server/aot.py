"""Make the AOT cache: run a server once in a throw-away home, use it a little, and let the JVM write down what it did.

It is made in setup, where nobody waits for an answer; where that was skipped, the watcher makes it after the first
stop. Without it everything works and a start takes twice as long.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from graph.errors import NotEnoughMemory, SchakelError
from graph.store.server import files, java, process, start, state
from graph.store.server.filelock import locked

SIZE = 200  # MB that have to be free for the cache of 150 and the throw-away home
# What every session of Schakel does first, so that its classes are in the cache too.
TRAINING = (
    "CREATE CONSTRAINT trained IF NOT EXISTS FOR (n:Trained) REQUIRE n.id IS UNIQUE",
    "CREATE FULLTEXT INDEX found IF NOT EXISTS FOR (n:Trained) ON EACH [n.name]",
    "CALL db.awaitIndexes(60)",
    "UNWIND range(1, 2000) AS i MERGE (n:Trained {id: toString(i)}) SET n.name = 'name ' + i, n.since = date()",
    "MATCH (a:Trained), (b:Trained {id: toString(toInteger(a.id) + 1)}) MERGE (a)-[r:NEXT {source: 's'}]->(b)",
    "MATCH (a:Trained {id: '1'})-[:NEXT*1..4]-(b) RETURN DISTINCT b.id AS id ORDER BY id LIMIT 10",
    "MATCH p = SHORTEST 1 (:Trained {id: '1'})-[:NEXT]-+(:Trained {id: '9'}) RETURN length(p) AS steps",
    "CALL db.index.fulltext.queryNodes('found', 'name~') YIELD node, score RETURN node.id, score LIMIT 5",
    "MATCH (n:Trained) WITH n.since AS since, count(*) AS n, collect(n.id) AS ids RETURN since, n, ids",
)


def ensure(lib: Path, progress: Callable[[str], None], patience: float = 120.0) -> Path | None:
    """The AOT cache for ``lib``, made when it is missing (20 s); None where there is none to be had.

    Never fails: a machine without room for it starts Neo4j without it.
    """
    engine = java.find()
    cache = java.aot_cache(engine, lib)
    if cache is None or cache.exists():
        return cache
    try:
        with locked(lib.parent / "lock", 300, lambda: progress("Neo4j: another Schakel prepares it")):
            if not cache.exists() and shutil.disk_usage(lib).free > SIZE * 10**6:
                progress("Neo4j: preparing a fast start")
                _make(engine, lib, cache, patience)
    except (OSError, TimeoutError, SchakelError, subprocess.SubprocessError):
        return None
    return cache if cache.exists() else None


def _make(engine: java.Java, lib: Path, cache: Path, patience: float) -> None:
    if (java.free_megabytes() or 10**6) < 2 * java.BESIDE_HEAP + 512:  # the cache is written by a second JVM
        raise NotEnoughMemory(needed=2 * java.BESIDE_HEAP + 512, free=f"{java.free_megabytes()} MB")
    with tempfile.TemporaryDirectory(dir=lib.parent, prefix="training-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        fresh = home / "new.aot"
        port = files.free_port()
        files.prepare(home, port)
        files.password(home)
        command = java.command(engine, lib, home, 512, f"-XX:AOTCacheOutput={fresh}")
        with (home / "logs" / "console.log").open("wb") as log:
            jvm = subprocess.Popen(command, cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            server = state.Server(pid=jvm.pid, started=process.started(jvm.pid) or "", port=port)
            start.wait(home, server, patience)
            _train(home, server)
            jvm.terminate()  # writing the cache is part of the JVM's end
            jvm.wait(patience)
        finally:
            jvm.kill()
            jvm.wait()
        if fresh.exists():
            for old in cache.parent.glob("*.aot"):  # of another Java, or of jars since fetched anew
                old.unlink(missing_ok=True)
            fresh.replace(cache)


def _train(home: Path, server: state.Server) -> None:
    import neo4j

    where = start.address(home, server)
    with neo4j.GraphDatabase.driver(where.uri, auth=(where.username, where.password)) as driver:
        for statement in TRAINING:
            driver.execute_query(statement, database_=where.database)
