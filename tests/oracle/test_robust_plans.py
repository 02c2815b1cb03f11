"""Plans for the worst of several views: laws, and a second statement of the same program."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

import saidao
from saidao.errors import CaseError, Infeasible
from saidao.optimize.model.objectives import worth
from saidao.study.plan.result import Plan
from tests.oracle import implementation as oracle
from tests.oracle.hostile import edited
from tests.oracle.random_cases import write_random_case

SCHEMES: tuple[saidao.mcda.SchemeName, ...] = ("ahp", "entropy", "lopcow", "equal")


@pytest.fixture(scope="module")
def robust() -> Plan:
    return saidao.plan("shanghai", objective="robust", over=SCHEMES)


@pytest.fixture(scope="module")
def regret() -> Plan:
    return saidao.plan("shanghai", objective="regret", over=SCHEMES)


def by_scipy(plan: Plan, kind: str) -> float:
    """The same worst case by scipy, all rows stated, the views' best values from plans made one by one."""
    base = saidao.plan("shanghai").solved
    m, c = base.model, base.columns
    matrix = csr_array((m.value, m.column, m.start), shape=(len(m.row_lower), len(m.objective)))
    best = [saidao.plan("shanghai", weights=name).value for name in SCHEMES]
    pair, factor = worth(c)
    rows = []
    for name in SCHEMES:
        p = saidao.plan("shanghai", weights=name).solved.programme
        rows.append(factor * p.priority.ravel()[pair])
    a = np.array(rows)
    if kind == "robust":
        a, least = a / np.array(best)[:, None], np.zeros(len(best))
    else:
        least = np.array(best)
    # maximise t: a x - t >= least
    dense = matrix.toarray()
    upper, lower = np.isfinite(m.row_upper), np.isfinite(m.row_lower)
    a_ub = np.vstack([dense[upper], -dense[lower], -a])
    a_ub = np.hstack([a_ub, np.concatenate([np.zeros(upper.sum() + lower.sum()), np.ones(len(a))])[:, None]])
    b_ub = np.concatenate([m.row_upper[upper], -m.row_lower[lower], -least])
    bounds = [*zip(m.column_lower, m.column_upper, strict=True), (None, None)]
    found = linprog([*np.zeros(len(m.objective)), -1.0], A_ub=a_ub, b_ub=b_ub, bounds=bounds, method="highs")
    return -float(found.fun)


def test_the_worst_case_is_that_of_a_second_statement(robust: Plan, regret: Plan) -> None:
    worst = by_scipy(robust, "robust")
    assert robust.solved.certificate.value == pytest.approx(worst, abs=1e-9)
    assert min(row["of_best"] for row in robust.views) == pytest.approx(worst, abs=1e-9)
    largest = -by_scipy(regret, "regret")
    assert max(row["regret"] for row in regret.views) == pytest.approx(largest, abs=1e-9)
    assert -regret.solved.certificate.value == pytest.approx(largest, abs=1e-9)
    for plan in (robust, regret):
        assert plan.certificate["primal_violation"] < 1e-9
        assert abs(plan.certificate["gap"]) < 1e-9


@pytest.mark.slow
def test_no_plan_of_a_scheme_has_a_better_worst_case(robust: Plan, regret: Plan) -> None:
    found = saidao.compare_plans("shanghai", SCHEMES)
    best = found.shares.diagonal()
    assert min(row["of_best"] for row in robust.views) >= (found.shares / best).min(axis=1).max() - 1e-9
    whole = [float((p.solved.programme.priority * p.solved.programme.gap).sum()) for p in found.plans.values()]
    assert max(row["regret"] for row in regret.views) <= (found.regret * whole).max(axis=1).min() + 1e-9


def test_prices_are_those_of_the_worst_case(robust: Plan) -> None:
    row = next(r for r in robust.resources if r["resource"] == "funds")
    step = min(1.0, row["valid_to"] - row["budget"])
    more = saidao.plan("shanghai", objective="robust", over=SCHEMES, budgets={"funds": row["budget"] + step})
    # the views' best values rise with the budget too, so that the worst share may fall
    worst = [min(view["of_best"] for view in plan.views) for plan in (robust, more)]
    assert (worst[1] - worst[0]) / step == pytest.approx(row["price_up"], rel=1e-2, abs=1e-9)


@pytest.mark.slow
def test_in_a_region_no_weights_are_worse_than_its_worst_vertex() -> None:
    statements = ("factor_conditions >= demand_conditions", "0.1 <= policy_orientation <= 0.3")
    for objective in ("robust", "regret"):
        plan = saidao.plan("shanghai", objective=objective, region=statements, stance="even")
        rng = np.random.default_rng(0)
        vertices = np.array([row["weights"] for row in plan.views])
        p, g = plan.solved.programme, plan.solved.programme.gap
        for w in rng.dirichlet(np.ones(len(vertices)), 25) @ vertices:
            best = saidao.plan("shanghai", weights=dict(zip(p.factors, w, strict=True)), stance="even").value
            value = float((plan.solved.closed * w).sum())
            if objective == "robust":
                assert value / best >= plan.solved.certificate.value - 1e-9
            else:
                assert best - value <= -plan.solved.certificate.value + 1e-9
        assert g.sum() > 0


def test_more_views_than_are_stated_at_once() -> None:
    """Rows are added as they matter; the worst case counts all of them."""
    intervals = [f"{f} >= 0.02" for f in saidao.load_case("shanghai").factor_ids]
    order = [
        "0.05 <= demand_conditions <= 0.25",
        "0.1 <= factor_conditions <= 0.3",
        "market_competition <= 0.3",
        "industrial_synergy <= 0.35",
        "policy_orientation <= 0.4",
    ]
    plan = saidao.plan("shanghai", objective="robust", region=[*intervals, *order], stance="even")
    assert len(plan.views) > 32
    assert min(row["of_best"] for row in plan.views) == pytest.approx(plan.solved.certificate.value, abs=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [False, True], ids=["levels", "whole units"])
@pytest.mark.parametrize("objective", ["robust", "regret"])
@pytest.mark.parametrize("seed", range(3))
def test_random_cases(tmp_path: Path, seed: int, objective: str, kinds: bool) -> None:
    write_random_case(tmp_path, seed, kinds=kinds, measures=5)
    try:
        plan = saidao.plan(str(tmp_path), objective=objective)
    except saidao.Infeasible:
        return
    key, sign = ("of_best", 1) if objective == "robust" else ("regret", -1)
    worst = min(sign * row[key] for row in plan.views)
    assert worst == pytest.approx(plan.solved.certificate.value, abs=1e-7)
    for scheme in [row["view"] for row in plan.views]:
        own = saidao.plan(str(tmp_path), weights=scheme, stance=plan.settings.stance)
        row = next(r for r in plan.views if r["view"] == scheme)
        assert own.closed_share == pytest.approx(row["best_share"], abs=1e-7)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"over": ["ahp"]}, "objective=robust"),
        ({"objective": "robust", "over": ["app"]}, "did you mean 'ahp'"),
        ({"objective": "robust", "region": ["demand > 3"], "stance": "even"}, "demand_conditions"),
        ({"objective": "robust", "region": ["demand_conditions >= 2"], "stance": "even"}, "no weights meet"),
        ({"objective": "robust", "region": ["demand_condition >= 0.2"], "stance": "even"}, "demand_conditions"),
        ({"objective": "regret", "region": ["demand_conditions >= 0.2"]}, "even"),
    ],
)
def test_what_cannot_be_asked_is_told(options: dict[str, Any], told: str) -> None:
    with pytest.raises(CaseError) as caught:
        saidao.plan("shanghai", **options)
    assert told.lower() in caught.value.problems[0].text().lower()


def hardly_differing(folder: Path, seed: int) -> float:
    """Write a case whose direct weights are equal but for a little, which is returned: a regret may be a rounding."""
    rng = random.Random(f"near {seed}")
    write_random_case(
        folder,
        seed,
        tracks=rng.randint(2, 5),
        factors=3,
        measures=rng.randint(3, 6),
        resources=rng.randint(1, 3),
        segments=rng.random() < 0.5,
        periods=rng.choice([0, 0, 2]),
        kinds=rng.random() < 0.5,
        relations=rng.random() < 0.3,
    )
    little = float(rng.choice([1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11]))
    edited(folder / "factors.csv", lambda row: row.update(weight=repr(1 + little * rng.uniform(-1, 1))))
    return little


@pytest.mark.parametrize("seed", [34, 191, *(pytest.param(s, marks=pytest.mark.slow) for s in range(40))])
def test_views_that_hardly_differ_have_a_plan_for_all(tmp_path: Path, seed: int) -> None:
    """The best plan of one is nearly the best of the other, so that no view loses more than they differ by."""
    little = hardly_differing(tmp_path, seed)
    for objective in ("regret", "robust"):
        try:
            plan = saidao.plan(tmp_path, weights="direct", objective=objective, over=("direct", "equal"), stance="even")
        except Infeasible:
            with pytest.raises(oracle.Infeasible):
                oracle.solve(tmp_path, weights="direct", stance="even")
            return
        try:
            best = oracle.solve(tmp_path, weights="direct", stance="even").objective
        except RuntimeError:
            return  # it says itself that its integers are not the best
        assert plan.value == pytest.approx(best, rel=3 * little + 1e-6)
        for view in plan.views:
            assert -1e-12 * best <= view["regret"] <= (3 * little + 1e-9) * best
