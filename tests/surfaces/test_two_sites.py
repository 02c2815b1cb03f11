"""A planner's work under attack in a real Chromium: another site, two tabs, a killed server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from saidao.store import plans
from saidao.store.checked import checked
from saidao.store.place import open_store
from saidao.store.store import Store
from tests.conftest import write_case
from tests.surfaces.test_browser import settled

pytestmark = pytest.mark.surface

EVIL = """<!doctype html><title>evil</title><a id="link" href="{at}">a link</a>
<form id="open" method="post" action="{at}open" target="frame"><input name="case" value="shanghai"></form>
<form id="language" method="post" action="{at}language" target="frame"><input name="lang" value="zh"></form>
<iframe name="frame"></iframe><iframe src="{at}"></iframe><script>
for (let n = 0; n < 64; n++) {{
  const image = new Image();
  image.src = "{at}" + ["start", "open?case=shanghai", "plan/x", "result.xlsx", "template.xlsx"][n % 5] + "?n=" + n;
}}
document.getElementById("open").submit();
document.getElementById("language").submit();
const changes = [{{ do: "budget", of: "funds", to: "1" }}];
const body = JSON.stringify({{ number: 1, changes, marks: {{}}, lang: "en" }});
fetch("{at}change", {{ method: "POST", mode: "no-cors", credentials: "include", body }}).catch(() => 0)
  .finally(() => fetch("{at}", {{ credentials: "include" }}).then((r) => r.text()).then((t) => document.title = "read")
    .catch(() => document.title = "done"));
</script>"""
"""Another site's page, which tries what a browser lets it try."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "small").mkdir()
    return write_case(tmp_path / "small")


class Served:
    """The page on one port, which can be killed and started again."""

    def __init__(self, store: Path, case: Path) -> None:
        self.store, self.case = store, case
        self.port = "0"
        self.start()

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "saidao",
            "app",
            str(self.case),
            "--no-open",
            "--lang",
            "en",
            "--port",
            self.port,
        ]
        env = {**os.environ, "SAIDAO_STORE": str(self.store)}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=env)
        assert self.process.stderr
        self.address = next(word for word in self.process.stderr.readline().split() if word.startswith("http"))
        self.port = self.address.rstrip("/").rpartition(":")[2]

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(by)
        self.process.communicate(timeout=5)


@pytest.fixture
def served(tmp_path: Path, case: Path) -> Iterator[Served]:
    found = Served(tmp_path / "store.db", case)
    yield found
    found.end()


@pytest.fixture
def store(served: Served) -> Iterator[Store]:
    found = open_store(served.store)
    yield found
    found.close()


@pytest.fixture
def evil(served: Served) -> Iterator[str]:
    """Another site: browsers take localhost and 127.0.0.1 for two."""

    class Evil(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(EVIL.format(at=served.address).encode())

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Evil) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


def budget(page: Any, amount: str) -> None:
    page.fill("#budget-funds", amount)
    page.keyboard.press("Enter")
    settled(page)


def shown(page: Any) -> float:
    return float(page.input_value("#budget-funds"))


def test_another_site_wipes_and_reads_nothing(browser: Any, served: Served, evil: str, store: Store) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address)
    budget(page, "9")
    before = checked(store).entries
    other = context.new_page()
    other.goto(evil)
    other.wait_for_function("document.title !== 'evil'")
    assert other.title() == "done", "it has read nothing"
    other.click("#link")
    other.wait_for_selector(".workspace")
    assert checked(store).entries == before
    page.reload()
    assert shown(page) == 9
    assert page.get_attribute("html", "lang") == "en"
    other.goto(served.address)
    assert shown(other) == 9, "and it is still the same browser"
    context.close()


@pytest.mark.slow
def test_a_stale_tab_is_told_and_loses_nothing(browser: Any, served: Served, store: Store) -> None:
    context = browser.new_context(accept_downloads=True)
    one = context.new_page()
    one.goto(served.address)
    budget(one, "9")
    two = context.new_page()
    two.goto(one.url)
    budget(two, "8")
    seen = one.inner_text("#result")
    with one.expect_download() as coming:
        one.evaluate("[...document.querySelectorAll('.menu a')].find((a) => a.href.includes('case.xlsx')).click()")
    import saidao

    path = Path(str(coming.value.path())).rename(served.store.with_suffix(".xlsx"))
    assert saidao.load_case(path).resources.set_index("resource").budget["funds"] == 9, "what the tab shows"
    one.fill("#budget-land", "4")
    one.keyboard.press("Enter")
    one.wait_for_selector("#stale:not([hidden])")
    assert seen
    assert [cell.inner_text() for cell in one.query_selector_all("#stale tbody td")][3:] == ["9", "8"]
    assert plans.state(store, one.url.rpartition("/")[2]).choices["budgets"] == [["funds", 8.0]]
    one.click("#mine")
    one.wait_for_selector(".workspace:not([aria-busy])")
    one.wait_for_function(f"location.href !== {two.url!r}")
    assert shown(one) == 9
    mine = plans.state(store, one.url.rpartition("/")[2])
    assert mine.choices["budgets"] == [["funds", 9.0], ["land", 4.0]]
    two.reload()
    assert shown(two) == 8
    context.close()


@pytest.mark.slow
def test_a_stale_tab_makes_its_change_again_on_top_of_the_other(browser: Any, served: Served, store: Store) -> None:
    context = browser.new_context()
    one = context.new_page()
    one.goto(served.address)
    budget(one, "9")
    two = context.new_page()
    two.goto(one.url)
    budget(two, "8")
    one.fill("#budget-land", "4")
    one.keyboard.press("Enter")
    one.wait_for_selector("#stale:not([hidden])")
    one.click("#again")
    settled(one)
    assert shown(one) == 8, "what the other did is there"
    assert one.is_hidden("#stale")
    assert plans.state(store, one.url.rpartition("/")[2]).choices["budgets"] == [["funds", 8.0], ["land", 4.0]]
    two.fill("#budget-land", "3")
    two.keyboard.press("Enter")
    two.wait_for_selector("#stale:not([hidden])")
    with two.expect_navigation():
        two.click("#theirs")
    assert float(two.input_value("#budget-land")) == 4
    context.close()


@pytest.mark.slow
def test_a_change_that_could_not_be_sent_is_sent_again_by_itself(browser: Any, served: Served, store: Store) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address)
    budget(page, "9")
    served.end(signal.SIGKILL)
    page.fill("#budget-land", "4")
    page.keyboard.press("Enter")
    page.wait_for_selector("#refusal:not([hidden])")
    assert "sent again by itself" in page.inner_text("#refusal")
    served.start()
    page.wait_for_selector("#refusal", state="hidden", timeout=60_000)
    assert plans.state(store, page.url.rpartition("/")[2]).choices["budgets"] == [["funds", 9.0], ["land", 4.0]]
    context.close()


@pytest.mark.slow
def test_a_server_that_is_killed_mid_edit_loses_nothing(browser: Any, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address)
    budget(page, "9")
    budget(page, "7")
    assert page.inner_text("#saved")
    served.end(signal.SIGKILL)
    page.fill("#budget-land", "4")  # not acknowledged: it stays on the page, and is told
    page.keyboard.press("Enter")
    page.wait_for_selector("#refusal:not([hidden])")
    served.start()
    page.fill("#budget-land", "3")
    page.keyboard.press("Enter")
    page.wait_for_selector("#refusal[hidden]", state="attached")
    settled(page)
    page.reload()
    assert shown(page) == 7
    assert float(page.input_value("#budget-land")) == 3
    page.click("#undo")
    settled(page)
    assert shown(page) == 7
    page.click("#undo")
    settled(page)
    assert shown(page) != 7
    context.close()
