"""Take the pictures of the README from the page and the report as they are: needs a Chromium and the extra `test`.

python -m scripts.take_pictures         writes docs/pictures/page.png and docs/pictures/report.png
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

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128
"""So many are enough for text and bars, and keep a picture below 200 kB."""


def take(page: Any, address: str, name: str) -> None:
    """Write what the window shows of an address."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Open the page and the report of the shipped case, and take a picture of each."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        saidao.report("shanghai", report)
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        take(page, report.as_uri(), "report")
        with served("shanghai", "--lang", "en") as address:
            take(page, address, "page")
        browser.close()


if __name__ == "__main__":
    main()
