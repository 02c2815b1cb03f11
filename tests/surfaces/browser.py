"""A real Chromium and a served page, for tests and the benchmark of the page."""

from __future__ import annotations

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
  let begun = null, shown = null;
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => { begun ??= event.timeStamp; }, true);
  }
  new MutationObserver(() => {
    if (begun !== null) shown ??= performance.now() - begun;
  }).observe(document.getElementById("result"), { childList: true, subtree: true });
  document.addEventListener("settled", () => {
    const now = performance.now() - begun; // what came in one answer is seen here before the observer sees it
    if (begun !== null) window.took.push([shown ?? now, now]);
    begun = shown = null;
  });
}
"""
"""Measures, from each event, the time to the new numbers on the page and to the last of what follows from it."""


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """Serve the page as a user does, on a free port; yield its address."""
    command = [sys.executable, "-m", "saidao", "app", *arguments, "--no-open", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr
        address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
        try:
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # as Ctrl-C does
            assert server.wait(20) == 0


def waits(page: Any, changes: int = 40) -> list[tuple[float, float]]:
    """Step a budget by keys, and type another; return how long each took, to the new numbers and in all, in ms."""
    page.evaluate(WATCH)
    for number in range(changes):
        if number % 2:
            page.focus("#budget-funds")
            page.keyboard.press("ArrowDown")
        else:
            page.fill("#budget-land", f"{139 - number}")
        page.wait_for_selector(".workspace:not([aria-busy])")
    return [(float(new), float(whole)) for new, whole in page.evaluate("window.took")]
