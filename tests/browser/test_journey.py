"""The main job in a real browser on a real server: find an organisation, see its partners, its missing links and how
collaboration grew; in Dutch, then in French; with the back button, an address of one's own, and without a mouse.

Whatever leaves this machine fails a test, and so does every error in the browser's console.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from graph.store.store import Store
from tests.browser.test_network_component import FLAGS
from tests.ui import worlds
from tests.ui.worlds import FACTORY, HOUSE, LAB, UNIVERSITY, id_of
from ui.texts import text

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # milliseconds; a busy machine, not a slow page
# On an address of its own Streamlit first looks whether it is served from a folder of that name.
PROBES = ("/_stcore/health", "/_stcore/host-config")


@pytest.fixture(scope="module")
def world(server: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    server.clear()
    worlds.load(server, tmp_path_factory.mktemp("world"))
    return server


@pytest.fixture(scope="module")
def address(world: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as `make run` starts it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("app") / "log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.fileWatcherType", "none"]
    with log.open("w") as out:
        app = subprocess.Popen(command, cwd=HOUSE, env=dict(os.environ), stdout=out, stderr=out)
        try:
            found = f"http://127.0.0.1:{port}/"
            for _ in range(600):
                with contextlib.suppress(urllib.error.URLError, ConnectionError):
                    urllib.request.urlopen(f"{found}_stcore/health").close()
                    break
                assert app.poll() is None, log.read_text()
                time.sleep(0.1)
            yield found
        finally:
            app.terminate()
            app.wait()
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor; requests to elsewhere and errors in the console fail the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="nl-BE", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    troubles: list[str] = []

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("blob", "data") and parts.hostname != "127.0.0.1":
            troubles.append(f"asked {request.url}")

    def complained(message: ConsoleMessage) -> None:
        if message.type == "error" and not urlsplit(message.location["url"]).path.endswith(PROBES):
            troubles.append(f"{message.text} ({message.location['url']})")

    opened.on("request", asked)
    opened.on("console", complained)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    yield opened
    context.close()
    assert troubles == []


class App:
    """The app as a reader has it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.address}{path}")

    def titled(self, name: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(name, timeout=PATIENCE)
        self.rested()

    def rested(self) -> None:
        """The page is whole: no script runs, nothing turns."""
        state = self.page.get_by_test_id("stApp")
        expect(state).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
        expect(self.page.get_by_test_id("stSpinner")).to_have_count(0, timeout=PATIENCE)

    def link(self, name: str) -> Locator:
        return self.page.get_by_test_id("stMain").get_by_role("link", name=name, exact=False).first

    def menu(self, name: str) -> None:
        self.page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
        self.titled(name)

    def says(self, words: str) -> None:
        expect(self.page.get_by_test_id("stMain").get_by_text(words).first).to_be_visible(timeout=PATIENCE)

    def at(self, path: str) -> None:
        expect(self.page).to_have_url(f"{self.address}{path}", timeout=PATIENCE)

    def back(self) -> None:
        self.page.go_back()

    def drawn(self) -> Locator:
        network = self.page.locator(".network")
        expect(network).to_have_attribute("data-state", "ready", timeout=PATIENCE)
        return network

    def search(self, words: str) -> None:
        self.page.get_by_test_id("stMain").get_by_role("searchbox").first.fill(words)


@pytest.fixture
def app(page: Page, address: str) -> App:
    return App(page, address)


def test_the_main_job_from_the_first_page_and_all_the_way_back(app: App, world: Store) -> None:
    university, lab = id_of(world, UNIVERSITY), id_of(world, LAB)
    app.open()
    app.titled("Wat wilt u weten?")
    expect(app.page.get_by_test_id("stMetricValue").first).to_have_text("4", timeout=PATIENCE)
    app.search("voorbeeld univ")
    app.says("kennisinstelling · LEUVEN, België · 3 samenwerkingen")
    app.link(UNIVERSITY).click()

    app.titled(UNIVERSITY)
    app.at(f"organisatie?id={university}")
    app.says("3 samenwerkingen met 3 partners.")
    app.says("2 keer samen · 2015–2018")
    assert app.drawn().get_attribute("data-nodes") == "4"
    app.says("Wie nog niet, en waarom wel")
    app.link(LAB).click()

    app.titled(LAB)
    app.at(f"organisatie?id={lab}")
    app.says("2 samenwerkingen met 2 partners.")
    app.link("Open in het netwerk").click()

    app.titled("Netwerk")
    app.at(f"netwerk?id={lab}")
    app.says("heeft 2 partners")
    assert app.drawn().get_attribute("data-nodes") == "3"

    app.menu("Ontbrekende schakels")
    app.says(f"1 gedeelde partner: {UNIVERSITY}.")
    app.page.get_by_role("radio", name="Over het hoofd gezien").click()
    app.at("schakels?lijst=overlooked")

    app.menu("Groei")
    app.says("2018: 4 (+33,3 % t.o.v. 2017)")

    app.page.get_by_role("radio", name="FR").click()
    app.titled("Croissance")
    app.says("2018: 4 (+33,3 % par rapport à 2017)")
    expect(app.page.locator("html")).to_have_attribute("lang", "fr")

    app.back()
    app.titled("Liens manquants")
    app.at("schakels?lijst=overlooked")
    app.back()
    app.titled("Réseau")
    app.at(f"netwerk?id={lab}")
    app.back()
    app.titled(LAB)
    app.says("2 collaborations avec 2 partenaires.")
    app.back()
    app.titled(UNIVERSITY)
    app.back()
    app.titled("Que voulez-vous savoir ?")
    app.at("?q=voorbeeld+univ")
    expect(app.link(UNIVERSITY)).to_be_visible()


def test_an_address_opens_what_it_names_in_its_language_which_the_next_visit_keeps(app: App, world: Store) -> None:
    app.open(f"organisatie?id={id_of(world, FACTORY)}&lang=fr")
    app.titled(FACTORY)
    app.says("2 collaborations avec 2 partenaires.")
    expect(app.page).to_have_title(f"{FACTORY} · Schakel")
    app.open("organisaties?zoek=labo")
    app.titled("Organisations")
    app.says(text("fr", "organisations.count", n=1))
    app.open("groei?indicator=collaborations&per=kind&lang=en")
    app.titled("Growth")
    app.says(text("en", "definition.collaborations"))


def test_a_name_in_a_table_leads_to_its_card_and_back_to_the_same_choice(app: App, world: Store) -> None:
    app.open("organisaties?soort=company")
    app.titled("Organisaties")
    app.says("1 organisatie of persoon.")
    table = app.page.get_by_test_id("stDataFrame")
    box = table.bounding_box()
    assert box is not None
    app.page.mouse.click(box["x"] + 60, box["y"] + 52)  # the first row: the grid is a canvas
    app.titled(FACTORY)
    app.at(f"organisatie?id={id_of(world, FACTORY)}")
    app.back()
    app.titled("Organisaties")
    app.at("organisaties?soort=company")
    app.says("1 organisatie of persoon.")


def test_a_sorted_table_opens_the_row_that_one_sees(app: App, world: Store) -> None:
    app.open("organisaties")
    app.titled("Organisaties")
    app.says("5 organisaties en personen.")
    box = app.page.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    app.page.mouse.click(box["x"] + box["width"] - 165, box["y"] + 16)  # the head of the partners: fewest first
    app.page.mouse.click(box["x"] + 60, box["y"] + 52)
    app.titled("PIC 900000555")


def test_without_a_mouse(app: App, world: Store) -> None:
    app.open()
    app.titled("Wat wilt u weten?")
    keys = app.page.keyboard
    focused = app.page.locator("*:focus")
    for _ in range(20):
        keys.press("Tab")
        if focused.get_attribute("role") == "searchbox" or focused.get_attribute("type") == "search":
            break
    keys.type("fabriek")
    expect(app.link(FACTORY)).to_be_visible(timeout=PATIENCE)
    app.rested()
    for _ in range(5):
        keys.press("Tab")
        if FACTORY in focused.inner_text():
            break
    keys.press("Enter")
    app.titled(FACTORY)
    app.at(f"organisatie?id={id_of(world, FACTORY)}")


def test_two_tabs_do_not_disturb_each_other(app: App, world: Store) -> None:
    app.open("schakels")
    app.titled("Ontbrekende schakels")
    other = App(app.page.context.new_page(), app.address)
    other.open(f"organisatie?id={id_of(world, LAB)}")
    other.titled(LAB)
    other.page.get_by_role("radio", name="EN").click()
    other.says("2 collaborations with 2 partners.")
    app.page.get_by_role("radio", name="Over het hoofd gezien").click()
    app.at("schakels?lijst=overlooked")
    app.titled("Ontbrekende schakels")


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_screen(app: App, world: Store, width: int) -> None:
    app.page.set_viewport_size({"width": width, "height": 844})
    for path in ("", "organisaties", f"organisatie?id={id_of(world, UNIVERSITY)}", "netwerk", "schakels", "groei"):
        app.open(path)
        expect(app.page.locator("h1")).to_be_visible(timeout=PATIENCE)
        app.rested()
        main = app.page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth <= main.clientWidth"), path


def test_the_reasons_open_under_why(app: App, world: Store) -> None:
    app.open(f"schakels?voor={id_of(world, FACTORY)}")
    app.titled("Ontbrekende schakels")
    app.page.get_by_role("button", name="Waarom").first.click()
    reasons = app.page.get_by_test_id("stPopoverBody")
    expect(reasons.get_by_role("link", name=UNIVERSITY)).to_be_visible(timeout=PATIENCE)
    expect(reasons.get_by_text(re.compile(r"^\d+ %$")).first).to_be_visible()
