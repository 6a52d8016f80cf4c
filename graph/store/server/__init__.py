"""The parts of the local Neo4j: its jars, its Java, its files, its process and its watcher.

``graph.store.local`` puts them together and is all that others call. ``process``, ``filelock`` and ``watch`` import
the standard library only, because the watcher runs as long as the server and has to stay small (13 MB).
"""
