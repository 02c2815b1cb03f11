"""How long a planner waits: from a key press or a slider's step to the new number, in Chromium on the Shanghai case.

Run: python -m benchmarks.page
Needs saidao[app,browser] and a Chromium. The clock is the page's own: from the event to the change of the document.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import sync_playwright

from tests.surfaces.browser import OPTIONS, chromium, served, waits

if __name__ == "__main__":
    path = chromium()
    if path is None:
        sys.exit("no Chromium on this system")
    with served("shanghai") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        page = browser.new_page()
        page.goto(address)
        took = waits(page)
        browser.close()
    for name, waited in zip(("to the new numbers", "to the last price"), zip(*took, strict=True), strict=True):
        slow = sorted(waited)[-(len(waited) // 10)]
        print(
            f"{len(waited)} changes, {name}: median {statistics.median(waited):.0f} ms, slowest tenth from {slow:.0f}"
        )
    sys.exit("slower than 100 ms" if statistics.median(whole for _, whole in took) >= 100 else 0)
