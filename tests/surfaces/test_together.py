"""Two people with accounts and a judge work on one case, each in a browser of their own, over PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.store import accounts, panels, plans
from saidao.store.checked import checked
from saidao.store.store import Store
from tests.store.conftest import place as place  # fixtures
from tests.store.conftest import server as server
from tests.store.conftest import store as store
from tests.store.test_judges import ANN
from tests.store.test_killed import ended
from tests.surfaces.test_browser import settled

pytestmark = pytest.mark.surface

pytest.importorskip("argon2", reason="needs saidao[office]")
WORD = "a long enough word"


@pytest.fixture
def address(place: str, store: Store) -> Iterator[str]:
    """The page of an office with two accounts."""
    for name in ("owner", "editor"):
        accounts.add(store, name, WORD, "root")
    command = [
        sys.executable,
        "-m",
        "saidao",
        "app",
        "shanghai",
        "--office",
        "--no-open",
        "--port",
        "0",
        "--lang",
        "en",
    ]
    env = {**os.environ, "SAIDAO_STORE": place}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=env) as server:
        assert server.stderr
        yield next(word for word in server.stderr.readline().split() if word.startswith("http"))
        ended(server, signal.SIGTERM)  # within five seconds


def signed_in(browser: Any, address: str, name: str, to: str = "") -> Any:
    page = browser.new_context(locale="en").new_page()
    page.set_default_timeout(60_000)
    page.goto(address + to)
    page.fill("[name=name]", name)
    page.fill("[name=password]", WORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


def typed(page: Any, budget: str, amount: str) -> None:
    page.fill(f"#budget-{budget}", amount)
    page.keyboard.press("Enter")


@pytest.mark.slow
@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_two_people_and_a_judge_work_on_one_case(browser: Any, address: str, place: str, store: Store) -> None:
    owner = signed_in(browser, address, "owner")
    typed(owner, "land", "120")
    settled(owner)
    plan = owner.get_attribute(".workspace", "data-plan")
    owner.goto(f"{address}plan/{plan}/people")
    owner.select_option("[name=account]", "editor")
    owner.select_option("[name=role]", "editor")
    with owner.expect_navigation():
        owner.click("form[action$='/people'] button")
    owner.goto(f"{address}plan/{plan}")

    editor = signed_in(browser, address, "editor", f"plan/{plan}")
    typed(editor, "talent", "500")
    settled(editor)
    typed(owner, "scenarios", "60")
    owner.wait_for_selector("#stale:not([hidden])")
    who, _, what, before, after = (cell.inner_text() for cell in owner.query_selector_all("#stale tbody td"))
    assert (who, before, after) == ("editor", "520", "500")
    assert "Talent" in what
    owner.click("#again")
    settled(owner)
    assert dict(plans.state(store, plan).choices["budgets"]) == {"land": 120, "talent": 500, "scenarios": 60}

    owner.goto(f"{address}plan/{plan}/judges")
    owner.fill("[name=judge]", "Ann")
    owner.keyboard.press("Enter")
    link = owner.input_value("#link")
    ann = browser.new_context(locale="en").new_page()
    ann.goto(link)
    ann.click("button.main")
    for at, value in enumerate(ANN[:5], 1):  # the first factor against every other, by the keyboard
        ann.wait_for_selector(f"form[action='/asked/{at}']")
        ann.focus(f"input[value='{value}']")
        ann.keyboard.press("Space")
        ann.keyboard.press("Enter")
    ann.wait_for_selector("form[action='/asked/6']")
    ann.click("a[href='/asked/end']")
    assert "consistency ratio" in ann.inner_text("main")
    ann.click("button.main")
    ann.wait_for_selector("[role=status]")
    for closed in ("", f"plan/{plan}", f"plan/{plan}/judges", f"case.xlsx?plan={plan}", "start"):
        ann.goto(address + closed)
        assert "/sign-in" in ann.url, closed

    owner.goto(f"{address}plan/{plan}/judges")
    assert "has finished" in owner.inner_text("#judges")
    with owner.expect_navigation():
        owner.click("[value=take]")
    editor.goto(f"{address}plan/{plan}/judge")
    assert editor.input_value("#cell-Ann-0-1") == "3", "what Ann has said is the case's"

    state = plans.state(store, plan)
    case = plans.case_of(store, state.inputs)
    assert list(case.judgements) == ["Ann"]
    w = np.array([1.0, *(1 / number(value) for value in ANN[:5])])
    assert saidao.weigh(case).array == pytest.approx(w / w.sum()), "five answers leave no room for another weight"
    acts = {(act.who, act.what) for act in plans.history(store, plan)}
    assert {("owner", "judges"), ("editor", "change")} <= acts
    panel = panels.of_plan(store, plan)
    assert panel is not None
    assert panel.closed
    assert checked(store).whole


def number(text: str) -> float:
    """Return 3 or 1/3 as a number."""
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)
