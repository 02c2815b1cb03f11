"""Near-optimal plans: within the tolerance, as far apart as they say, and none farther."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer import Exit

import saidao
from saidao.cli.guard import end_of
from saidao.optimize import Application, allocate, highs
from saidao.optimize.after.near_optimal import near_optimal
from saidao.optimize.solve.solution import Solver, no_solution
from saidao.texts.say import say
from tests.by_hand.test_optimize import simple
from tests.conftest import Run

THREE = tuple(Application(m, "city", "*") for m in "mno")
# three ways to close the same gap; the second is nearly as good as the first, the third is not
three = simple(
    THREE, [9.0], [[1.0], [1.0], [1.0]], [10.0], [(0, 0, 0.5), (1, 0, 0.49), (2, 0, 0.25)], [10.0, 10.0, 10.0]
)


def test_by_hand() -> None:
    """Within 2 % all money can go to n, or 4 % of it to o; the second plan is the first's opposite."""
    plan = allocate(three)
    found = near_optimal(plan, 2, 0.02).variants
    assert found[0].moved == pytest.approx(1.0, abs=1e-6)
    assert found[0].x[:3] == pytest.approx([0.0, 10.0, 0.0], abs=1e-6)
    assert found[0].value == pytest.approx(0.98 * plan.value)
    # half and half is as far from one as from the other
    assert found[1].moved == pytest.approx(0.5, abs=0.03)


def test_nothing_is_found_where_the_best_plan_is_alone() -> None:
    alone = replace(three, effect=np.array([0.5, 0.01, 0.01]))
    found = near_optimal(allocate(alone), 2, 0.0)
    assert (found.variants, found.limited) == ((), False)


def test_no_money_is_spent_only_to_differ() -> None:
    """The gap is closed with half of the money: the rest stays unspent, in every plan."""
    plan = allocate(replace(three, gap=np.array([[2.5]])))
    for variant in near_optimal(plan, 2, 0.02).variants:
        assert variant.x[:3] @ [0.5, 0.49, 0.25] <= 2.5 + 1e-6


@pytest.mark.parametrize("within", [0.02, 0.2])
def test_the_first_is_the_farthest_of_all_corners(within: float) -> None:
    """The farthest point is a corner of what is within the tolerance: all corners, by brute force."""
    p = simple(
        THREE,
        [1.0, 1.0],
        [[1.0, 0.2], [1.5, 0.1], [0.8, 0.4]],
        [3.0, 0.8],
        [(0, 0, 0.4), (1, 1, 0.5), (2, 0, 0.35)],
        [2.0, 2.0, 2.0],
    )
    plan = allocate(p)
    (found,) = near_optimal(plan, 1, within).variants
    rows = [*np.eye(3), *-np.eye(3), *p.cost[:, :, 0].T, -np.array([0.4, 0.5, 0.35])]
    effect = np.array([[0.4, 0.0], [0.0, 0.5], [0.35, 0.0]])
    # no gap is closed in full here, so that value is linear in the levels
    bound = [2.0] * 3 + [0.0] * 3 + [3.0, 0.8] + [-(1 - within) * plan.value]
    limits = list(zip([*rows, *effect.T], [*bound, 1.0, 1.0], strict=True))
    best = 0.0
    for chosen in itertools.combinations(limits, 3):
        a, b = np.array([row for row, _ in chosen]), np.array([v for _, v in chosen])
        if abs(np.linalg.det(a)) < 1e-9:
            continue
        x = np.linalg.solve(a, b)
        if all(row @ x <= v + 1e-9 for row, v in limits):
            moved = np.abs(x - plan.level[:, 0]) @ (p.cost[:, :, 0] / p.budget[:, 0]).mean(axis=1) / 2
            best = max(best, float(moved))
    assert found.moved == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_limit_that_comes_before_all_plans_are_found_is_told(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first search ends in time, the second finds nothing: in the document, in words, and by the exit status."""
    searched: list[float] = []

    def within(seconds: float) -> Solver:
        searched.append(seconds)
        return highs if len(searched) == 1 else lambda model: no_solution("limit")

    monkeypatch.setattr("saidao.optimize.after.near_optimal.LARGE", 10)
    monkeypatch.setattr("saidao.optimize.after.near_optimal.whole_units_within", within)
    found = saidao.variants("shanghai", 3, 0.01, stance="even", time_limit=7)
    assert searched == [7, 7]
    assert (len(found.plans), found.to_dict()["limited"], found.to_dict()["asked"]) == (1, True, 3)
    assert say("variants.limited", lang, found=1, asked=3) in found.text(lang)
    with pytest.raises(Exit) as ended:
        end_of(found, lang)
    assert ended.value.exit_code == 4


@pytest.mark.slow
def test_shanghai_has_much_room(tmp_path: Path, run: Run) -> None:
    found = saidao.variants("shanghai", 2, 0.01, time_limit=900)  # to the end, on a slow machine too
    best = found.best
    spend = []
    for plan in found.plans:
        assert plan["value"] >= 0.99 * best.value - 1e-6
        assert plan["most"] == plan["moved"]
        used = dict.fromkeys(best.solved.programme.resources, 0.0)
        for row in plan["allocation"]:
            for r, amount in row["costs"].items():
                used[r] += amount
        for row in best.resources:
            assert used[row["resource"]] <= row["budget"] * (1 + 1e-9)
        spend.append(used)
    assert found.plans[0]["moved"] > 0.2
    assert set(found.core) | set(found.some) >= {row["measure"] for row in best.allocation if row["scope"] == "city"}
    done = run("variants", "shanghai", "--number", "1", "-o", tmp_path / "plans.csv")
    assert done.status == 0
    assert "plan_1" in (tmp_path / "plans.csv").read_text(encoding="utf-8-sig")
    assert run("variants", "shanghai", "--within", "7").status == 2
    assert run("variants", "shanghai", "--number", "0").status == 2


def test_in_large_programs_the_farthest_plan_lies_between_what_is_found_and_its_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By linear programs alone: within the tolerance, at least nine tenths as far, and the bound holds."""
    plan = saidao.plan("shanghai").solved
    exact = near_optimal(plan, 1, 0.01).variants[0]
    monkeypatch.setattr("saidao.optimize.after.near_optimal.LARGE", 10)
    found = near_optimal(plan, 3, 0.01).variants
    assert 0.9 * exact.moved <= found[0].moved <= exact.moved + 1e-9
    assert exact.moved <= found[0].most + 1e-9
    for variant in found:
        assert variant.value >= 0.99 * plan.certificate.value - 1e-8
        assert variant.moved <= variant.most + 1e-9
        spend = np.einsum("ap,arp->rp", plan.columns.levels(variant.x), plan.programme.level_cost)
        assert (spend <= plan.programme.budget + 1e-6).all()
    assert found[0].moved >= found[1].moved >= found[2].moved
