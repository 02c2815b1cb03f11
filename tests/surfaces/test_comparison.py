"""Two plans side by side: what the page says of them comes true when each is planned by itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import saidao
from saidao.app.answers import compared
from saidao.app.parts.comparison import Comparison
from saidao.app.plans.workspace import Outcomes, Workspace
from saidao.case.changes import changed
from saidao.case.scenarios import named_changes
from saidao.case.tables import Measure
from saidao.study.plan.result import Plan
from saidao.texts.numbers import scale

pytestmark = pytest.mark.surface


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    found = Workspace.untouched(Outcomes(saidao.load_case("shanghai")))
    kept = replace(found.choices, budgets=(("funds", 2000.0),), forbid=("M09",))
    return replace(found, kept={"less": kept})


def test_everything_that_is_offered_can_be_compared(workspace: Workspace) -> None:
    groups = Comparison(workspace, "zh").groups
    kinds = {name.partition(":")[0] for _, rows in groups for name, _ in rows}
    assert kinds == {"kept", "scenario", "robust", "variant", "scheme"}
    assert compared(workspace, "zh", "kept:nothing", False) is None
    for name in ("kept:less", "scenario:caps", "scheme:entropy"):
        html = compared(workspace, "zh", name, False)
        assert html is not None
        assert "各赛道的钱" in html, name


def test_both_are_judged_under_the_present_weights(workspace: Workspace) -> None:
    plan = saidao.plan("shanghai")
    less = saidao.plan("shanghai", budgets={"funds": 2000.0}, forbid=["M09"])
    versus = Comparison(workspace, "en", "kept:less", why=True)
    then = versus.then
    assert then is not None
    assert then.share == pytest.approx(less.closed_share), "of the same weights it is its own"
    assert versus.now.share == pytest.approx(plan.closed_share)
    assert "CNY 500 million]] less" in versus.lead
    assert sum(row["size"] for row in versus.tracks_shown) == pytest.approx(-500.0)
    changes = [row for key in ("gone", "new", "changed") for row in versus.measures_shown[key]]
    assert any(row["name"] == plan.case.names(saidao.case.tables.Measure, "en")["M09"] for row in changes)
    other = saidao.plan("shanghai", weights="entropy")
    scheme = Comparison(workspace, "en", "scheme:entropy").then
    assert scheme is not None
    own = plan.solved.programme.priority.ravel()
    assert scheme.share == pytest.approx(float(other.solved.share_under(own)), abs=1e-9)
    assert scheme.share is not None
    assert scheme.share <= plan.closed_share + 1e-9, "nothing is better under the present weights"


def test_causes_add_up_to_the_difference(workspace: Workspace) -> None:
    versus = Comparison(workspace, "en", "kept:less", why=True)
    assert versus.then is not None
    assert versus.then.share is not None
    assert versus.now.share is not None
    points = [float(cause.rpartition("(")[2].partition(" ")[0].replace("−", "-")) for cause in versus.causes]
    assert len(points) == 2, "the budget, and what is forbidden"
    assert sum(points) == pytest.approx(100 * (versus.then.share - versus.now.share), abs=0.011)


@pytest.mark.slow
def test_a_variant_is_nearly_as_good(workspace: Workspace) -> None:
    then = Comparison(workspace, "en", "variant:1").then
    assert then is not None
    assert then.share is not None
    assert then.share >= 0.99 * saidao.plan("shanghai").closed_share - 1e-9


@pytest.mark.parametrize("scenario", ["even", pytest.param("land_reform", marks=pytest.mark.slow)])
def test_a_scenario_is_planned_as_it_says_and_its_causes_add_up(workspace: Workspace, scenario: str) -> None:
    versus = Comparison(workspace, "en", f"scenario:{scenario}", why=True)
    case = saidao.load_case("shanghai")
    planned = saidao.plan(changed(case, named_changes(case)[scenario]))
    now, then = versus.now, versus.then
    assert then is not None
    assert isinstance(versus.then_plan, Plan)
    assert versus.then_plan.closed_share == pytest.approx(planned.closed_share), "its stance and settings included"
    own = saidao.plan("shanghai").solved.programme.priority.ravel()
    assert then.share == pytest.approx(float(planned.solved.share_under(own)), abs=1e-9)
    assert now.share is not None
    assert then.share is not None
    points = [float(cause.rpartition("(")[2].partition(" ")[0].replace("−", "-")) for cause in versus.causes]
    assert sum(points) == pytest.approx(100 * (then.share - now.share), abs=0.005 * (1 + len(points)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_told_names_things_and_shows_no_id(workspace: Workspace, lang: str) -> None:
    case = saidao.load_case("shanghai")
    for name in ("kept:less", "scenario:even", "scheme:entropy"):
        versus = Comparison(workspace, lang, name, why=True)
        told = [versus.lead, versus.second, *versus.causes]
        words = {word for line in told for word in re.findall(r"[A-Za-z_]\w*", line)}
        assert not words & {*(row.measure for row in case.rows(Measure)), "ahp", "M09", "leaders_first"}, told
        assert lang == "en" or not words & {"entropy", "even", "regret", "weighted", "weights"}, told


def test_a_difference_that_rounding_would_belie_has_a_digit_more(workspace: Workspace) -> None:
    for row in Comparison(workspace, "zh", "scenario:caps").tracks_shown:
        before, after, change = (
            0.0 if text == "—" else float(text.replace("−", "-"))
            for text in (row["before"], row["after"], row["change"])
        )
        finer = len(row["change"].partition(".")[2]) > 1
        assert finer or change == pytest.approx(after - before, abs=1e-9), row


def test_only_what_takes_nothing_is_said_to_take_no_money(workspace: Workspace) -> None:
    versus = Comparison(workspace, "en", "kept:less")
    shown = scale("million CNY", 2500.0, "en", "measure")
    little, nothing = (versus._row("", 0.0, amount, shown) for amount in (0.2, 0.0))
    assert (little["after"], little["free"]) == ("—", False), "it rounds to nothing, and is not"
    assert nothing["free"]
