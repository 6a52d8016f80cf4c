"""The store, query and pipeline suites once more, on the long-term support release of Neo4j."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
SUITES = ("store", "queries", "ingest")
STARTS_ITS_OWN = "--ignore-glob=*/test_local_server*.py"  # so it has nothing to say about another server


@pytest.mark.lts
def test_the_suites_pass_on_the_lts_release(record_property: Callable[[str, object], None], tmp_path: Path) -> None:
    """One test here, hundreds in there: the launcher starts the server and sets NEO4J_*, and a pytest of its own runs
    without the caller's home or options. Its output is shown where it fails."""
    folders = [str(Path("tests", suite)) for suite in SUITES if (HOUSE / "tests" / suite).is_dir()]
    pytest_command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--color=no",
        STARTS_ITS_OWN,
        *folders,
    ]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "SCHAKEL_HOME"))}
    done = subprocess.run(
        [
            os.environ["SCHAKEL_LTS_SERVER"],
            "run",
            "--lane",
            "lts",
            "--",
            *pytest_command,
            f"--basetemp={tmp_path / 'lts'}",
        ],
        cwd=HOUSE,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(r"^.*\bin \d+\.\d+s.*$", done.stdout, re.MULTILINE)
    closing = lines[-1].strip("= ") if lines else "no closing line"
    record_property("summary", f"On the Neo4j LTS: {closing}")
    if done.returncode:
        pytest.fail(f"{closing}\n{done.stdout[-20_000:]}\n{done.stderr[-5_000:]}", pytrace=False)
