"""Every number that is shown comes true when the case is solved again by another program, in whatever units it is.

Cases of every kind (periods, decay, discount, lags, segments, whole units, prerequisites, exclusions, budgets of
nothing) are written in plain units for the oracle, and in hostile ones for us (money from 1e-9 to 1e12, levels from
1e-7 to 1e7); what we say is turned back into plain units and held against the oracle.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import saidao
from saidao.study.plan.result import Plan
from tests.oracle import implementation as oracle
from tests.oracle.hostile import edited, rescaled
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_funding_changes import flips_come_true, reduced_costs_come_true
from tests.oracle.test_prices import comes_true, with_budget, with_rule

PRICES = ("price_up", "price_down", "shadow_price")


def times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def written(folder: Path, seed: int) -> None:
    """Write a case of a kind that follows from the seed; in every fifth a budget is nothing."""
    rng = random.Random(f"come true {seed}")
    write_random_case(
        folder,
        seed,
        tracks=rng.randint(2, 4),
        factors=rng.randint(2, 3),
        measures=rng.randint(3, 6),
        resources=rng.randint(1, 2),
        segments=rng.random() < 0.5,
        periods=rng.choice([0, 0, 2, 3]),
        kinds=rng.random() < 0.3,
        relations=rng.random() < 0.4,
        rules=rng.random() < 0.5,
    )
    if rng.random() < 0.2 and not (folder / "budgets.csv").exists():
        (folder / "rules.csv").unlink(missing_ok=True)
        last = oracle.read(folder).resources[-1]["resource"]
        edited(folder / "resources.csv", lambda row: row.update(budget="0") if row["resource"] == last else None)


def check(folder: Path, seed: int) -> None:
    plain, hostile, scratch = folder / "plain", folder / "hostile", folder / "scratch"
    written(plain, seed)
    shutil.copytree(plain, hostile)
    unit, level = rescaled(hostile, seed)
    try:
        right = oracle.solve(plain, weights="ahp").objective
    except oracle.Infeasible:
        with pytest.raises(saidao.Infeasible):
            saidao.plan(hostile)
        return
    plan = saidao.plan(hostile)
    close = max(abs(right), 1e-6)
    assert plan.value == pytest.approx(right, rel=1e-7, abs=1e-7 * close), seed

    # prices of budgets and rules, and their ranges
    rules = {row["rule"]: row["of"] for row in oracle.read(plain).rules}
    for row in [*plan.resources, *plan.rules]:
        budget = "budget" in row
        of = row["resource"] if budget else rules[row["rule"]]
        amount, money = ("budget" if budget else "amount"), unit.get(of, 1.0)
        told: dict[str, Any] = {**row, amount: row[amount] / money}
        told |= {name: times(row[name], money) for name in PRICES}
        told |= {name: times(row[name], 1 / money) for name in ("valid_from", "valid_to")}
        if plan.model.is_mixed:
            continue  # by one whole unit: tests of its own
        at = (with_budget if budget else with_rule)(plain, scratch, "weighted", told)
        wrong = comes_true(told, told[amount], at, bends=False, whole=False)
        assert not wrong, (seed, told, wrong)

    # reduced costs and flips
    if not plan.model.is_mixed:
        short = [{**row, "reduced_cost": times(row["reduced_cost"], level[row["measure"]])} for row in plan.unfunded]
        reduced_costs_come_true(plain, cast("Plan", SimpleNamespace(unfunded=short, model=plan.model)))
    flips_come_true(plain, scratch, plan)

    # the value of every budget at the points of its frontier
    if len(oracle.periods_of(oracle.read(plain))) == 1:
        for trace in saidao.frontier(hostile).traces:
            for point in trace.points[:: max(len(trace.points) // 4, 1)]:
                budgets = {trace.against: point["amount"] / unit[trace.against]}
                assert point["value"] == pytest.approx(
                    oracle.value_of(plain, budgets=budgets), rel=1e-6, abs=1e-7 * close
                ), (seed, trace.against, point["amount"])


@pytest.mark.parametrize("seed", [0, 1, 2, 236, 260, 338, 381])  # 236: units apart; then what pays by rounding alone
def test_numbers_come_true(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 1100, 20))
def test_numbers_of_a_thousand_cases_come_true(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 20):
        check(tmp_path / str(seed), seed)
