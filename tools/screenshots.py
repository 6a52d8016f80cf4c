"""Take the pictures of docs/images from an app that shows the demo world.

    python tools/screenshots.py http://127.0.0.1:8501

The demo world is invented, so no picture shows a real person. Needs Chromium on the path.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
BUSY = "Universiteit Ravelgouw"
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PICTURES = {"start": "", "network": "netwerk", "missing-links": "schakels?lijst=overlooked", "growth": "groei"}


def keep(page: Page, name: str) -> None:
    """As a picture of 256 colours, which is a third of the bytes."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def settle(page: Page) -> None:
    """Wait until nothing runs, turns or moves any more."""
    expect(page.locator("h1")).to_be_visible(timeout=120_000)
    state = page.get_by_test_id("stApp")
    expect(state).to_have_attribute("data-test-script-state", "notRunning", timeout=120_000)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=120_000)
    if page.locator(".network").count():
        expect(page.locator(".network")).to_have_attribute("data-state", "ready", timeout=60_000)
    page.wait_for_timeout(1500)  # charts draw after the script has ended


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    address = arguments[0].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="nl-BE", color_scheme=scheme)
            for name, path in PICTURES.items() if scheme == "light" else [("start-dark", "")]:
                page.goto(f"{address}/{path}")
                settle(page)
                keep(page, name)
            if scheme == "light":
                page.goto(f"{address}/?q={BUSY}")
                settle(page)
                page.get_by_test_id("stMain").get_by_role("link", name=BUSY).click()
                expect(page.locator("h1")).to_contain_text(BUSY, timeout=60_000)
                settle(page)
                keep(page, "card")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
