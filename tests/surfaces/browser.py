"""A real Chromium and a served page, for tests and the benchmark of the page."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""What a system may call its Chromium."""
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium() -> str | None:
    """Return the path of the system's Chromium, if it has one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


WATCH = """
() => {
  window.took = [];
  let begun = null, shown = {};
  const since = () => performance.now() - begun;
  document.addEventListener("input", (event) => { begun ??= event.timeStamp; }, true);
  for (const id of ["result", "why"]) {
    const seen = () => { if (begun !== null) shown[id] ??= since(); };
    const options = { childList: true, characterData: true, subtree: true };
    for (const part of id === "why" ? [document.getElementById(id)] : document.querySelectorAll("#answer, #cells")) {
      new MutationObserver(seen).observe(part, options);
    }
  }
  document.addEventListener("settled", () => {
    const now = since(); // what came in one answer is seen here before the observer sees it
    if (begun !== null) window.took.push([shown.result ?? now, shown.why ?? now, now]);
    begun = null;
    shown = {};
  });
}
"""
"""Measures, from each event, the time to the new numbers of the first screen, of the panel, and to the last of all."""


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """Serve the page as a user does, on a free port; yield its address."""
    command = [sys.executable, "-m", "saidao", "app", *arguments, "--no-open", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr
        address = re.findall(r"http://[\w.:]+/", server.stderr.readline())[0]
        try:
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # as Ctrl-C does
            assert server.wait(20) == 0


def waits(page: Any, changes: int = 40, land: float = 139.0) -> list[tuple[float, float, float]]:
    """Step a budget by keys, and type another, from *land* down; return how long each took, in ms.

    To the new numbers of the first screen; to those of the panel, where it is open; to the last of all.
    """
    page.evaluate(WATCH)
    for number in range(changes):
        if number % 2:
            page.focus("#budget-funds")
            page.keyboard.press("ArrowDown")
        else:
            page.fill("#budget-land", f"{land - number:g}")
        page.wait_for_selector(".workspace:not([aria-busy])")
    return [(float(first), float(panel), float(whole)) for first, panel, whole in page.evaluate("window.took")]
