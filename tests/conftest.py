"""What every test may ask for: samples, settings, a browser. On a desk a missing one is a skip that names its reason;
in CI it is a failure, because a test that never runs proves nothing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from graph.settings import Settings
from graph.store import local
from graph.store import store as store_module
from graph.store.store import Store


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("true", "1")


def absent(reason: str) -> NoReturn:
    """Skip with the reason; in CI fail with it."""
    if in_ci():
        pytest.fail(f"CI may not skip this: {reason}", pytrace=False)
    pytest.skip(reason)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not shutil.which("chromium"):
        absent("there is no chromium on the path (Debian: apt install chromium)")
    if item.get_closest_marker("lts") and not os.environ.get("SCHAKEL_LTS_SERVER"):
        absent("SCHAKEL_LTS_SERVER names no launcher of the Neo4j LTS")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a test recorded as its ``summary``: a run within the run says how many tests it was."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == "summary":
                    terminalreporter.write_line(str(value))


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder with the open data of the issues: CORDIS, KBO, ROR and the rest, as published."""
    named = os.environ.get("SCHAKEL_SAMPLES")
    if not named:
        absent("SCHAKEL_SAMPLES names no folder with the sample data")
    folder = Path(named)
    if not folder.is_dir():
        absent(f"SCHAKEL_SAMPLES names {folder}, which is not a folder")
    return folder


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A home of its own for this run, in the environment too, so that commands started by tests share it. With
    NEO4J_URI set, its server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHAKEL_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("SCHAKEL_USER", "tester")
        patch.delenv("SCHAKEL_HUB", raising=False)
        yield Settings.from_environment()


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[Store]:
    """The run's own Neo4j, or that of NEO4J_URI, which tests empty. What it warns of is a failure."""
    store_module.OPTIONS["warn_notification_severity"] = "WARNING"
    with Store.open(settings, app="tests") as opened:
        yield opened
    if not settings.neo4j:
        local.stop(settings)


@pytest.fixture
def store(server: Store) -> Store:
    """An empty store, as at first start."""
    server.clear()
    return server
