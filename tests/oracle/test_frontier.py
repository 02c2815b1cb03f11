"""Frontiers: by hand, against plans solved at single amounts, and against each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao import pictures
from saidao.optimize import Application, Columns, Rule, allocate
from saidao.optimize.after.frontier import budget_frontier
from saidao.optimize.after.frontier import trace as traced
from saidao.optimize.after.prices.ranging import rate_at, shifted
from saidao.optimize.after.prices.reoptimisation import Again
from saidao.optimize.model.model import pulp_names
from saidao.questions.frontier import Frontier
from tests.by_hand.test_optimize import simple
from tests.conftest import SMALL, Run, first, write_case
from tests.oracle.random_cases import write_random_case
from tests.oracle.test_decomposition import random_programme

CITY = (Application("m", "city", "*"), Application("n", "city", "*"))
# a unit of m costs 2 and closes 0.5 (at most one unit); one of n costs 4 and closes 0.25 (at most four units)
two = simple(CITY, [1.0], [[2.0], [4.0]], [6.0], [(0, 0, 0.5), (1, 0, 0.25)], [1.0, 4.0])


def test_by_hand() -> None:
    plan = allocate(two)
    kinks = budget_frontier(plan, plan.budget_step(0, 0), -6.0, 6.0)
    assert [6.0 + kink.change for kink in kinks] == pytest.approx([0.0, 2.0, 10.0, 12.0])
    assert [kink.value for kink in kinks] == pytest.approx([0.0, 0.5, 1.0, 1.0])
    assert [kink.price for kink in kinks[:-1]] == pytest.approx([0.25, 0.0625, 0.0])
    assert kinks[-1].price is None
    assert kinks[1].plan.level[:, 0].tolist() == pytest.approx([1.0, 0.0])


def test_a_floor_sets_where_the_frontier_begins() -> None:
    plan = allocate(replace(two, rules=(Rule("n", "floor", 0, np.array([1]), 3.0),)))
    kinks = budget_frontier(plan, plan.budget_step(0, 0), -6.0, 6.0)
    assert 6.0 + kinks[0].change == pytest.approx(3.0)


def made(folder: Path, seed: int, **options: Any) -> saidao.Case:
    write_random_case(folder, seed, **options)
    return saidao.load_case(folder)


def value_at(points: Sequence[dict[str, Any]], amount: float) -> float:
    return float(np.interp(amount, [p["amount"] for p in points], [p["value"] for p in points]))


@pytest.mark.parametrize("resource", ["funds", "land"])
@pytest.mark.parametrize("coarse", [1e-1, 1e-2, 1e-4])
def test_a_coarse_curve_keeps_within_what_it_says(funds: Frontier, resource: str, coarse: float) -> None:
    solved = funds.plan.solved
    at = solved.programme.resources.index(resource)
    step, whole = solved.whole_step(at), float(solved.programme.budget[at].sum())
    through = (-whole / 2, 0.0)
    exact, rough = (
        traced(solved.model, step, -whole, whole, solved.problem.solver, coarse=share, through=through)
        for share in (0.0, coarse)
    )
    assert len(rough) < len(exact) or coarse < 1e-3
    known = [[getattr(point, name) for point in side] for side in (exact, rough) for name in ("change", "value")]
    curve = np.interp(known[2], known[0], known[1])
    assert known[3] == pytest.approx(curve, rel=1e-9, abs=1e-12)
    above = np.array(known[1]) - np.interp(known[0], known[2], known[3])
    room = coarse * (exact[-1].value - exact[0].value)
    assert above.min() >= -1e-9
    assert above.max() <= room + 1e-9
    for change in through:  # a point, but where the curve goes straight on
        told, true = (np.interp(change, side[0], side[1]) for side in (known[2:], known[:2]))
        assert told == pytest.approx(true, rel=1e-9)


def test_a_program_asked_with_other_entries_is_as_one_that_is_new(funds: Frontier) -> None:
    model, solver = funds.plan.model, funds.plan.solved.problem.solver
    again = Again(model, solver)
    spends = model.rows_that(lambda role: role.spends)[model.row] & (model.column % 3 == 0)
    for factor in (1.0, 0.5, 0.0, 2.0, 1.0):
        changed = replace(model, value=np.where(spends, factor * model.value, model.value))
        found, fresh = again.like(changed)(), solver(changed)
        assert float(model.objective @ found.x) == pytest.approx(float(model.objective @ fresh.x), rel=1e-9)


def test_the_price_of_a_rule_alone_is_its_price(tmp_path: Path) -> None:
    for seed in range(6):
        plan = saidao.plan(made(tmp_path / str(seed), seed, periods=2 * (seed % 2)))
        alone = [plan.prices.of_rule(number) for number in range(len(plan.solved.programme.rules))]
        assert alone == pytest.approx([price.shadow_price for price in plan.prices.rules], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", first(8, 150))
def test_where_a_basis_stays_a_little_more_is_worth_what_its_duals_say(seed: int) -> None:
    plan = allocate(random_programme(seed))
    again = Again(plan.model, plan.problem.solver)
    basis = again.basis()
    assert basis is not None
    p = plan.programme
    steps = [plan.budget_step(r, q) for r, q in np.ndindex(*p.budget.shape)]
    steps += [plan.rule_step(number) for number in range(len(p.rules))]
    told = [rate_at(basis, plan.optimum, sign * step) for step in steps for sign in (1.0, -1.0)]
    for rate, (step, sign) in zip(told, itertools.product(steps, (1.0, -1.0)), strict=True):
        if rate is None:
            continue
        way = 1e-6 * sign * step * max(float(p.budget.max()), 1.0)
        there = plan.problem.solver(shifted(plan.model, way))
        if there.status == "optimal":  # below an amount of 0 there is no plan
            gain = float(plan.model.objective @ there.x) - plan.certificate.value
            assert gain == pytest.approx(rate * 1e-6 * max(float(p.budget.max()), 1.0), rel=1e-3, abs=1e-10)
    assert any(rate is not None for rate in told)


@pytest.mark.parametrize("seed", range(8))
def test_between_breakpoints_the_value_is_linear_and_at_them_it_bends(tmp_path: Path, seed: int) -> None:
    case = made(tmp_path, seed, periods=2 * (seed % 2), segments=True)
    found = saidao.frontier(case)
    for trace in found.traces:
        assert trace.exact
        assert trace.budget is not None
        amounts = [p["amount"] for p in trace.points]
        for amount in np.linspace(amounts[0], amounts[-1], 7)[1:-1]:
            plan = saidao.plan(case, budgets={trace.against: float(amount)})
            assert plan.solved.certificate.value == pytest.approx(value_at(trace.points, float(amount)), rel=1e-8)
        prices = [p["price"] for p in trace.points[:-1]]
        assert all(one > other for one, other in pairwise(prices)), prices
        assert trace.points[-1]["price"] is None


@pytest.mark.parametrize("objective", ["maxmin", "reach=0.2"])
def test_other_objectives_are_traced_too(objective: str) -> None:
    (trace,) = saidao.frontier("shanghai", "land", objective=objective).traces
    for amount in (100.0, 140.0, 180.0):
        plan = saidao.plan("shanghai", objective=objective, budgets={"land": amount})
        assert plan.solved.certificate.value == pytest.approx(value_at(trace.points, amount), abs=1e-8)


def test_whole_units_are_sampled_and_it_is_said(tmp_path: Path, run: Run) -> None:
    case = made(tmp_path, 3, kinds=True)
    (trace,) = saidao.frontier(case, "r1").traces
    assert not trace.exact
    for point in trace.points[::5]:
        plan = saidao.plan(case, budgets={"r1": point["amount"]})
        assert plan.solved.certificate.value == pytest.approx(point["value"], abs=1e-7)
    assert "samples" in run("frontier", tmp_path, "--resource", "r1").out


WHOLE = SMALL["measures.csv"].replace("track,continuous", "track,integer").replace("type,continuous", "type,integer")


@pytest.mark.parametrize("measures", [SMALL["measures.csv"], WHOLE], ids=["any amount", "whole units"])
def test_half_a_budget_that_the_rules_do_not_allow_closes_nothing_that_is_told(tmp_path: Path, measures: str) -> None:
    """It was told to close what the least that the rules allow closes; of whole units what lies between two samples."""
    rules = "rule,kind,over,key,of,amount\nr1,floor,measure,m1,funds,6.5\n"
    folder = write_case(tmp_path, rules=rules, measures=measures)
    with pytest.raises(saidao.Infeasible):
        saidao.plan(folder, budgets={"funds": 5})
    found = saidao.frontier(folder, "funds")
    (row,) = found.tables["budgets"].rows
    assert row["closed_half"] is None
    assert row["closed"] == pytest.approx(saidao.plan(folder).closed_share, abs=1e-9)
    assert row["closed_twice"] == pytest.approx(saidao.plan(folder, budgets={"funds": 20}).closed_share, abs=1e-9)
    assert "half of it has no plan that meets every rule" in found.text("en")[0]
    assert "减半则没有方案满足全部约束条件" in found.text("zh")[0]
    (trace,) = found.traces
    least = trace.points[0]["amount"]
    assert saidao.plan(folder, budgets={"funds": least * (1 + 1e-9)}).closed_share == pytest.approx(
        trace.points[0]["closed_share"], abs=1e-6
    )
    for lang in ("en", "zh"):
        caption = pictures.frontier(found, lang).caption
        assert f"{least:.4g} M" in caption
        assert "Nothing of" not in caption


def test_whole_units_are_sampled_at_what_sentences_tell(tmp_path: Path) -> None:
    """Half of the budget, the budget and twice of it are samples also where the curve begins at an odd amount."""
    rules = "rule,kind,over,key,of,amount\nr1,floor,measure,m1,funds,1.5\n"
    folder = write_case(tmp_path, rules=rules, measures=WHOLE)
    (row,) = saidao.frontier(folder, "funds").tables["budgets"].rows
    for key, amount in (("closed_half", 5), ("closed", 10), ("closed_twice", 20)):
        assert row[key] == pytest.approx(saidao.plan(folder, budgets={"funds": amount}).closed_share, abs=1e-9)


@pytest.fixture(scope="module")
def funds() -> Frontier:
    return saidao.frontier("shanghai", "funds", nested=True)


def test_what_enters_and_leaves_adds_up_to_the_plan(funds: Frontier) -> None:
    """Between two breakpoints every plan is a mix of those at both: what is funded there is funded in either."""
    points = funds.traces[0].points
    today = next(i for i, p in enumerate(points) if p["amount"] > 2500.0) - 1
    in_force: set[str] = set()
    for point in points[: today + 1]:
        assert not in_force & set(point["enters"])
        assert in_force >= set(point["leaves"])
        in_force = (in_force | set(point["enters"])) - set(point["leaves"])
    amounts = points[today]["amount"], points[today + 1]["amount"]
    ends = [saidao.plan("shanghai", budgets={"funds": amount}) for amount in amounts]
    for plan in ends:
        assert plan.closed_share == pytest.approx(
            np.interp(plan.settings.budgets["funds"], amounts, [p["closed_share"] for p in points[today : today + 2]])
        )
    assert len(in_force) > 20


def test_the_nested_order_revokes_nothing_and_loses_what_it_says(funds: Frontier) -> None:
    trace = funds.traces[0]
    assert trace.nested is not None
    for row in trace.nested:
        assert row["best"] == pytest.approx(value_at(trace.points, row["amount"]))
        assert row["best"] - row["value"] == pytest.approx(row["loss"], abs=1e-9)
        assert row["value"] <= row["best"] + 1e-9
        assert all(added["level"] > 0 for added in row["adds"])
    # what has been added is a plan: it costs no more than the amount, and closes what it says
    solved = funds.plan.solved
    p = solved.programme
    level = dict.fromkeys(((a.measure, a.target) for a in p.applications), 0.0)
    for row in trace.nested:
        for added in row["adds"]:
            level[added["measure"], added["target"]] += added["level"]
        x = np.array([level[a.measure, a.target] for a in p.applications])
        assert x @ p.cost[:, 0, 0] <= row["amount"] + 1e-6
        delivered = np.bincount(p.effect_pair, p.effect * x[p.effect_segment], p.gap.size)
        assert np.minimum(delivered, p.gap.ravel()) @ p.priority.ravel() == pytest.approx(row["value"], abs=1e-7)


def test_a_nested_order_chosen_together_is_better_than_step_by_step(funds: Frontier) -> None:
    nested = funds.traces[0].nested
    assert nested is not None
    p = funds.plan.solved.programme
    names = {name: a for a, name in enumerate(pulp_names(Columns(p).names()[: len(p.applications)]))}
    kept, loss = np.zeros(len(p.applications)), 0.0
    for row in nested:

        def no_less(problem: Any) -> None:
            for variable in problem.variables():
                if variable.name in names:
                    variable.lowBound = kept[names[variable.name]]  # noqa: B023 - called before the next round

        amount = row["amount"]
        rules = tuple(replace(r, amount=r.share * amount) if r.of == 0 and r.share else r for r in p.rules)
        budget = np.array([[amount], *p.budget[1:].tolist()])
        step = allocate(replace(p, budget=budget, rules=rules), amend=no_less)
        kept = np.maximum(step.level[:, 0] - 1e-9, 0.0)
        loss += (row["best"] - step.value) / row["best"]
    assert sum(row["loss"] / row["best"] for row in nested) < loss


# --- equity ----------------------------------------------------------------------------------------------------------


def test_the_ends_of_equity_are_the_two_objectives() -> None:
    (trace,) = saidao.frontier("shanghai", against="equity").traces
    first, last = trace.points[0], trace.points[-1]
    assert first["closed_share"] == pytest.approx(saidao.plan("shanghai").closed_share)
    fair = saidao.plan("shanghai", objective="maxmin")
    assert last["worst_share"] == pytest.approx(fair.solved.certificate.value)
    assert last["closed_share"] >= fair.closed_share - 1e-9  # leximin may give up more for the second-worst track


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_is_beyond_the_efficient_set(tmp_path: Path, seed: int) -> None:
    """Between the corners: the best value at a given worst share, from a plan with that share as a constraint."""
    case = made(tmp_path, seed)
    (trace,) = saidao.frontier(case, against="equity").traces
    worst = [p["worst_share"] for p in trace.points]
    closed = [p["closed_share"] for p in trace.points]
    assert all(one < other for one, other in pairwise(worst))
    assert all(one > other for one, other in pairwise(closed))
    p = saidao.plan(case).solved.programme
    whole = p.gap @ p.weight
    for share in np.linspace(worst[0], worst[-1], 6)[1:-1]:
        # the same bound, as a floor on every track's weighted closed gap
        def fair(problem: Any, share: float = float(share)) -> None:
            z = {v.name: v for v in problem.variables()}
            for t, track in enumerate(p.tracks):
                if whole[t] > 0:
                    terms = [
                        p.weight[f] * z[f"closed_{track}__{factor}"]
                        for f, factor in enumerate(p.factors)
                        if f"closed_{track}__{factor}" in z
                    ]
                    problem += sum(terms) >= share * whole[t], f"fair_{track}"

        found = saidao.plan(case, amend=fair)
        assert found.closed_share == pytest.approx(np.interp(share, worst, closed), abs=1e-7)
