"""The app on the real file: until its first page stands in a browser, and what it takes of memory."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import real
from graph.settings import Settings
from graph.store import local
from graph.store.store import Store

HOUSE = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def measures() -> Iterator[tuple[str, str, str]]:
    path = real.file()
    if path is None:
        yield real.ABSENT
        return
    if not shutil.which("chromium"):
        yield "first page", "not measured: there is no chromium on the path", ""
        return
    with real.home() as settings:
        with Store.open(settings, app="bench") as store:
            real.load(store, path)
        for visit in ("ever", "of an app started again"):  # the second finds what the first kept on disk
            with _app(settings) as (address, process):
                first, second = _visits(address)
                yield f"first page {visit}, server up", f"{first:.1f} s", "< 3 s"
                yield "the next visitor's", f"{second:.1f} s", ""
                yield "memory of the app", f"{_megabytes(process.pid)} MB", "< 600 MB"
                server = local.status(settings).pid
                yield "memory of the local Neo4j", f"{_megabytes(server) if server else 0} MB", "< 1000 MB"


@contextmanager
def _app(settings: Settings) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.fileWatcherType", "none"]
    env = {**os.environ, "SCHAKEL_HOME": str(settings.home)}
    env.pop("NEO4J_URI", None)
    process = subprocess.Popen(command, cwd=HOUSE, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{address}_stcore/health").close()
                break
            time.sleep(0.1)
        yield address, process
    finally:
        process.terminate()
        process.wait()


def _visits(address: str) -> tuple[float, float]:
    """Seconds until the title stands and nothing runs any more, for two visitors."""
    from playwright.sync_api import expect, sync_playwright  # a development package

    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        browser.new_page().close()  # its own first page
        for _ in range(2):
            page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="nl-BE")
            started = time.perf_counter()
            page.goto(address)
            expect(page.locator("h1")).to_be_visible(timeout=120_000)
            state = page.get_by_test_id("stApp")
            expect(state).to_have_attribute("data-test-script-state", "notRunning", timeout=120_000)
            times.append(time.perf_counter() - started)
            page.close()
        browser.close()
    return times[0], times[1]


def _megabytes(pid: int) -> int:
    """Resident memory; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (OSError, ValueError):
        return 0
