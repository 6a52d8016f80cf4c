"""The network view in a real Chromium: drawn, clicked, walked, filtered; nothing moves and nothing leaves the host."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

HOUSE = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "runner.magicEnabled": "false",
}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the little host app, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("host")
    command = [sys.executable, "-m", "streamlit", "run", str(HOUSE / "tests" / "ui" / "network_app.py")]
    for name, value in {**OPTIONS, "server.port": str(port)}.items():
        command += [f"--{name}", value]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=folder, env={"PYTHONPATH": str(HOUSE), "HOME": str(folder)}, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}/"
            for _ in range(300):
                with contextlib.suppress(urllib.error.URLError, ConnectionError):
                    urllib.request.urlopen(f"{address}_stcore/health").close()
                    break
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM} (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test for an error in it, or a request to elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).scheme in ("blob", "data") or urlsplit(request.url).hostname == "127.0.0.1"
            else troubles.append(f"asked {request.url}")
        ),
    )
    yield opened
    context.close()
    assert troubles == []


class View:
    """The view as a reader has it, through the hooks of src/hooks.js."""

    def __init__(self, page: Page, address: str, query: str = "", state: str = "ready") -> None:
        self.page = page
        page.goto(f"{address}?{query}")
        self.root = page.locator(".network")
        self.settled(state)

    def settled(self, state: str = "ready") -> None:
        expect(self.root).to_have_attribute("data-state", state, timeout=30_000)
        if state == "ready":
            expect(self.root).not_to_have_attribute("data-names", "0")

    def hook(self, name: str) -> str:
        return self.root.get_attribute(f"data-{name}") or ""

    def has(self, name: str, value: str | re.Pattern[str]) -> None:
        expect(self.root).to_have_attribute(f"data-{name}", value)

    def python(self, line: str) -> None:
        """The host app shows what Python heard."""
        expect(self.page.get_by_text(line, exact=True)).to_be_visible()

    def spot(self, name: str) -> tuple[int, int]:
        """Where the node that a search finds first stands on the screen."""
        self.page.get_by_role("combobox").fill(name)
        self.page.get_by_role("combobox").press("Enter")
        self.has("focused-at", re.compile(r"^\d+,\d+$"))
        x, y = self.hook("focused-at").split(",")
        return int(x), int(y)

    def click(self, name: str) -> None:
        self.page.mouse.click(*self.spot(name))

    def slide(self, year: int) -> None:
        self.page.locator(".years input").evaluate(
            "(input, year) => { input.value = year; input.dispatchEvent(new Event('input', { bubbles: true })); }", year
        )


def test_everybody_and_every_tie_is_drawn(page: Page, host: str) -> None:
    view = View(page, host, "n=100")
    assert (view.hook("nodes"), view.hook("shown")) == ("100", "100")
    assert view.hook("ties") == "224"
    assert view.hook("lines") == view.hook("drawn")
    assert int(view.hook("names")) > 30
    assert page.locator(".network canvas").count() >= 4


def test_a_click_tells_python_who_and_only_that(page: Page, host: str) -> None:
    view = View(page, host, "world=named")
    view.click("Alfa")
    view.python("selected=a")
    view.has("selected", '["a"]')
    x, y = view.spot("Beta")
    page.keyboard.down("Control")
    page.mouse.click(x, y)
    page.keyboard.up("Control")
    view.python("selected=a,b")
    assert view.hook("updates") == "1", "the network is not sent again for a choice"
    page.mouse.click(x, y)
    view.python("selected=b")
    page.get_by_role("button", name="Keuze wissen").click()
    view.python("selected=")
    view.python("expanded=")


def test_a_double_click_expands_and_chooses_nobody(page: Page, host: str) -> None:
    view = View(page, host, "world=named")
    view.click("Alfa")
    view.python("selected=a")
    page.mouse.dblclick(*view.spot("Beta"))
    view.python("expanded=b")
    view.has("selected", '["a"]')
    page.wait_for_timeout(600)
    view.python("selected=a")
    page.get_by_role("button", name="Opnieuw").click()
    view.python("expand=")


def test_python_may_choose_and_the_view_follows(page: Page, host: str) -> None:
    view = View(page, host, "n=15&adopt=1")
    page.get_by_role("button", name="Kies o1 en o2").click()
    view.python("selected=o1,o2")
    view.has("selected", '["o1","o2"]')
    page.get_by_role("button", name="Kies niemand").click()
    view.python("selected=")
    view.has("selected", "[]")


def test_the_keyboard_alone_walks_chooses_expands_and_clears(page: Page, host: str) -> None:
    view = View(page, host, "world=named")
    stage = page.locator(".stage")
    stage.focus()
    page.keyboard.press("ArrowRight")
    view.has("focused", re.compile("."))
    seen = {view.hook("focused")}
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown") * 3:
        page.keyboard.press(key)
        page.wait_for_timeout(30)
        seen.add(view.hook("focused"))
    assert len(seen) >= 3, seen
    here = view.hook("focused")
    page.keyboard.press("Enter")
    view.python(f"selected={here}")
    expect(page.locator("[aria-live]").filter(has_text="gekozen")).to_have_count(1)
    page.keyboard.press("e")
    view.python(f"expanded={here}")
    page.keyboard.press("+")
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    view.python("selected=")
    view.has("focused", "")
    outline = stage.evaluate("element => getComputedStyle(element).outlineWidth")
    assert outline == "3px", "the focus must be seen"


def test_nothing_moves_on_reruns_filters_years_and_another_language(page: Page, host: str) -> None:
    view = View(page, host, "n=100")
    places = view.hook("positions-hash")
    assert re.fullmatch("[0-9a-f]{16}", places)
    for run in range(2, 12):
        page.get_by_role("button", name="Opnieuw").click()
        view.python(f"runs={run}")
    page.get_by_role("button", name="Andere taal").click()
    expect(page.locator(".legend")).to_contain_text("Entreprises")
    page.locator('[data-kind="company"]').click()
    view.slide(2012)
    view.has("year", "2012")
    assert view.hook("positions-hash") == places
    page.reload()
    view.settled()
    assert view.hook("positions-hash") == places, "the same network is laid out the same"


def test_places_do_not_depend_on_the_order_of_the_rows(page: Page, host: str) -> None:
    places = View(page, host, "n=100").hook("positions-hash")
    assert View(page, host, "n=100&shuffled=1").hook("positions-hash") == places


def test_newcomers_stand_beside_and_nobody_else_moves(page: Page, host: str) -> None:
    view = View(page, host, "world=growing&n=100")
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    view.has("focused-at", re.compile(r"^\d+,\d+$"))
    before = view.hook("focused"), view.hook("focused-at")
    page.get_by_role("button", name="Groei").click()
    view.has("nodes", "100")
    view.has("focused", before[0])
    assert view.hook("focused-at") == before[1]


def test_the_slider_hides_ties_at_once_and_python_hears_it_once(page: Page, host: str) -> None:
    view = View(page, host, "n=100")
    drawn = int(view.hook("drawn"))
    for year in range(2020, 2009, -1):
        view.slide(year)
    view.has("year", "2010")
    assert 0 < int(view.hook("drawn")) < drawn
    assert view.hook("shown") == "100"
    view.python("year=2010")
    view.python("runs=2")
    assert view.hook("updates") == "1"


def test_the_legend_filters_by_kind_and_counts(page: Page, host: str) -> None:
    view = View(page, host, "n=100")
    button = page.locator('[data-kind="company"]')
    companies = int(button.locator(".count").inner_text())
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    view.has("shown", str(100 - companies))
    button.click()
    view.has("shown", "100")


@pytest.mark.parametrize("asked", ["electriciens", "ÉLECTRICIENS", "elektriciens"])
def test_the_search_forgives_accents_and_slips(page: Page, host: str, asked: str) -> None:
    view = View(page, host, "world=named")
    page.get_by_role("combobox").fill(asked)
    expect(page.get_by_role("option").first).to_contain_text("Les Électriciens réunis")
    page.get_by_role("combobox").press("Enter")
    view.has("focused", "e")


def test_hovering_names_a_node_and_both_ends_of_a_tie(page: Page, host: str) -> None:
    view = View(page, host, "world=named")
    (x1, y1), (x2, y2) = view.spot("Alfa"), view.spot("Beta")
    tooltip = page.locator(".tooltip")
    page.mouse.move(x1, y1, steps=3)
    expect(tooltip).to_contain_text("Alfa")
    expect(tooltip).to_contain_text("partners in beeld")
    page.mouse.move((x1 + x2) // 2, (y1 + y2) // 2, steps=3)
    expect(tooltip).to_contain_text("2011–2019")
    expect(tooltip).to_contain_text("2 banden")
    text = tooltip.inner_text()
    assert "Alfa" in text and "Beta" in text


def test_hostile_names_are_drawn_and_do_nothing(page: Page, host: str) -> None:
    view = View(page, host, "world=hostile")
    assert view.hook("nodes") == "8"
    view.spot("img src")
    view.has("focused", "__proto__")
    page.keyboard.press("Enter")
    view.python("selected=__proto__")
    page.mouse.move(*map(int, view.hook("focused-at").split(",")), steps=3)
    expect(page.locator(".tooltip")).to_contain_text("<img src=x onerror=")
    for asked in ("script", "lange naam", "Wolkenfabriek", "المياه"):
        page.get_by_role("combobox").fill(asked)
        expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert page.locator(".network img, .network script").count() == 0


def test_loops_and_ten_thousand_parallel_ties(page: Page, host: str) -> None:
    view = View(page, host, "world=loops")
    assert (view.hook("nodes"), view.hook("ties"), view.hook("lines")) == ("3", "10001", "1")
    view.click("Gamma")
    view.python("selected=c")


def test_an_empty_network_says_what_to_do(page: Page, host: str) -> None:
    view = View(page, host, "world=empty", state="empty")
    expect(page.locator(".notice")).to_contain_text("Zoek een organisatie")
    page.locator(".stage").focus()
    for key in ("ArrowRight", "Enter", "f", "+", "Escape"):
        page.keyboard.press(key)
    assert view.hook("nodes") == "0"


def test_without_webgl_it_says_so(page: Page, host: str) -> None:
    page.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        "  return /webgl/.test(kind) ? null : real.call(this, kind, ...rest); };"
    )
    View(page, host, "n=15", state="failed")
    expect(page.locator(".notice")).to_contain_text("De tabel toont dezelfde gegevens")


def test_the_picture_is_a_png(page: Page, host: str) -> None:
    View(page, host, "n=15")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaren als afbeelding").click()
    assert saved.value.suggested_filename == "netwerk.png"
    content = Path(saved.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 5_000, "a blank sheet"


def test_a_phone_has_no_sideways_scroll(browser: Browser, host: str) -> None:
    with contextlib.closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        View(page, host, "n=60")
        assert page.evaluate("document.body.scrollWidth") <= 360
        assert page.locator(".network").evaluate("element => element.scrollWidth <= element.clientWidth")


@pytest.mark.parametrize(("dark", "paper"), [("1", "dark"), ("0", "light")])
def test_labels_stand_out_on_light_and_dark(page: Page, host: str, dark: str, paper: str) -> None:
    View(page, host, f"n=15&dark={dark}")
    ink, ground = json.loads(
        page.locator(".network").evaluate(
            "element => JSON.stringify(['--ink', '--paper'].map((name) => element.style.getPropertyValue(name)))"
        )
    )
    assert (luminance(ink) > luminance(ground)) == (paper == "dark")
    high, low = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (high + 0.05) / (low + 0.05) > 7


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
