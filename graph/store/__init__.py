"""How the graph is kept: one Neo4j, one adapter, query files, and the local server."""
