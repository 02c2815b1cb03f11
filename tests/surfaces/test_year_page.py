"""The year after the plan on the page: what is reported, what moves, and a plan chosen on the curve."""

from __future__ import annotations

import re
from typing import Any

import pytest

import saidao
from saidao.app.parts.year import reported
from tests.oracle.test_replan import tiny
from tests.surfaces.test_app import OWN, ask, browser

pytestmark = pytest.mark.surface

ALERT = 'class="trouble" role="alert"><p>'


@pytest.fixture
def page(tmp_path: Any) -> Any:
    with browser(str(tiny(tmp_path / "c"))) as client:
        client.get("/")
        assert ask(client, ("budget", "funds", "50")).status_code == 200
        yield client


def test_a_cut_and_a_report(page: Any) -> None:
    """Of 60 are 10 cut, and of 4 units of m at a 2 took effect: its last unit goes, or goes to b as well."""
    text = page.get("/year").text
    assert "10 u" in text
    told = "measure,target,period,committed,spent,achieved,date\nm,a,,4,,2,\n"
    answer = page.post("/year", data={"approved": "", "actuals": told, "move": ""}, headers=OWN)
    assert answer.status_code == 200
    assert ALERT not in answer.text
    assert "adjustment" in answer.text
    ends = re.search(r'id="move" name="move" min="([^"]+)" max="([^"]+)"', answer.text)
    assert ends is None  # the unit at b is worth more than a further one at a: one plan is best and moves least


def test_the_slider_chooses_on_the_curve(page: Any) -> None:
    """4 units at a brought 2: approved were 5 and 1; of 50 one more costs 10 at a (0.05) or at b (0.08)."""
    ask(page, ("budget", "funds", "60"))
    told = "measure,target,committed,achieved\nm,a,4,2\n"
    answer = page.post("/year", data={"actuals": told}, headers=OWN).text
    ends = re.search(r'id="move" name="move" min="([^"]+)" max="([^"]+)"[^>]*value="([^"]+)"', answer)
    assert ends
    assert [float(end) for end in ends.groups()] == pytest.approx([0, 20, 20])
    chosen = page.post("/year", data={"actuals": told, "move": "10"}, headers=OWN).text
    now = re.search(r'name="move"[^>]*value="([^"]+)"', chosen)
    assert now
    assert float(now[1]) == pytest.approx(10)
    assert ALERT in page.post("/year", data={"actuals": told, "move": "x"}, headers=OWN).text


def test_what_is_wrong_is_told_by_its_place(page: Any) -> None:
    told = "measure,target,committed\nm,z,1\n"
    answer = page.post("/year", data={"actuals": told}, headers=OWN)
    assert answer.status_code == 200
    assert ALERT in answer.text
    assert "found z" in answer.text
    assert "z,1" in answer.text


def test_pasted_cells_and_rows_without_figures(tmp_path: Any) -> None:
    case = saidao.load_case(tiny(tmp_path / "c"))
    pasted = "measure\ttarget\tcommitted\nm\ta\t3\nm\tb\t\n"
    assert reported(case, pasted).actuals["committed"].tolist() == [3]
    assert reported(case, "measure,target,committed\nm,a,\n") is case
