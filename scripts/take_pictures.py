"""Take the pictures of the README from the page and the report as they are: needs a Chromium and the extra `test`.

python -m scripts.take_pictures         writes the pictures of docs/images
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

import saidao
from tests.surfaces.browser import OPTIONS, chromium, served

ROOT = Path(__file__).resolve().parent.parent

PICTURES = ROOT / "docs" / "images"
COLOURS = 128
"""So many are enough for text and bars, and keep a picture below 200 kB."""


def take(page: Any, address: str, name: str) -> None:
    """Write what the window shows of an address."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    shoot(page, name)


def shoot(page: Any, name: str) -> None:
    """Write what the window shows."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Open the page and the report of the shipped case, and take a picture of each."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        saidao.report("shanghai", report)
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        take(page, report.as_uri(), "report")
        saidao.brief("shanghai", Path(folder) / "brief.html", "zh")
        take(page, (Path(folder) / "brief.html").as_uri(), "brief_zh")
        with served("shanghai", "--lang", "en") as address:
            take(page, address, "page")
            page.click("#measures h2 button")
            page.locator("#why").get_by_role("button", name="Patient capital").click()
            page.wait_for_selector("#why .price")
            shoot(page, "why")
            take(page, f"{address}data", "data")
            page.goto(f"{address}judge")
            page.click(".doubted")
            page.focus("#weight-policy_orientation")
            page.keyboard.press("PageUp")
            page.wait_for_selector("#tipping:not([aria-busy]) .tips")
            page.wait_for_selector("svg.weight .tip", state="attached")
            shoot(page, "judge")
            page.click("#undo")
            page.wait_for_selector("#undo[disabled]")
            page.goto(f"{address}compare")
            page.wait_for_selector("#compared:not([aria-busy]) table")
            shoot(page, "compare")
        browser.close()


if __name__ == "__main__":
    main()
