"""The Chromium that the tests of page and paper share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.surfaces.browser import OPTIONS, chromium


def absent(why: str) -> None:
    """Skip without a browser, save where every test has to run."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = chromium()
    if path is None:
        absent("this system has no Chromium: the page is not tested in a browser")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield found
        found.close()
