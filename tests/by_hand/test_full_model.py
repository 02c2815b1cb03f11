"""Periods, whole units, relations and the other objectives: by hand, by enumeration, by another solver."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pulp
import pytest

from saidao import optimize
from saidao.optimize import Application, Exclusion, Prices, Programme, Requirement, Rule, allocate
from saidao.optimize.solve import solvers
from saidao.optimize.solve.pulp_bridge import through_pulp
from tests.by_hand.test_optimize import simple

CITY = Application("m", "city", "*")


def dated(p: Programme, budget: list[list[float]], **changes: Any) -> Programme:
    """Spread a programme of one period over several: budgets (R, P), costs the same in each."""
    table = np.array(budget)
    periods = tuple(str(q) for q in range(table.shape[1]))
    return replace(p, periods=periods, budget=table, cost=np.repeat(p.cost, len(periods), axis=2), **changes)


one = simple((CITY,), [1.0], [[2.0]], [1.0], [(0, 0, 0.5)], [2.0])  # a unit costs 2 and closes 0.5; 2 units at most


def test_budgets_of_all_periods_add_up_at_the_end() -> None:
    found = allocate(dated(one, [[1.0, 2.0]]))
    assert found.level.tolist() == [[0.5, 1.0]]
    assert found.closed_by_period[:, 0, 0].tolist() == pytest.approx([0.25, 0.75])
    assert found.value == pytest.approx(0.75)


def test_the_largest_level_holds_over_all_periods() -> None:
    assert allocate(dated(one, [[9.0, 9.0]])).level.sum() == pytest.approx(2.0)


def test_a_lag_makes_late_money_useless() -> None:
    found = allocate(dated(one, [[1.0, 2.0]], lag=np.array([1])))
    assert found.level.tolist() == [[0.5, 0.0]]  # the second period's money would take effect too late: not spent
    assert found.closed_by_period[:, 0, 0].tolist() == pytest.approx([0.0, 0.25])
    assert [price.up for price in Prices(found).budgets[0]] == pytest.approx([0.25, 0.0])


def test_carry_over_moves_what_is_unspent_less_what_is_lost() -> None:
    # in the first period a unit costs 8, in the second 2: all is carried, a half is lost
    p = dated(one, [[2.0, 1.0]], carry=np.array([0.5]))
    p = replace(p, cost=np.array([[[8.0, 2.0]]]))
    found = allocate(p)
    assert found.level.tolist() == [[0.0, pytest.approx(1.0)]]
    assert [price.up for price in Prices(found).budgets[0]] == pytest.approx([0.125, 0.25])


def test_decay_wears_early_effects_off() -> None:
    found = allocate(dated(one, [[1.0, 1.0]], decay=0.2))
    assert found.closed_by_period[:, 0, 0].tolist() == pytest.approx([0.25, 0.25 * 0.8 + 0.25])


def test_discount_values_early_gaps_more() -> None:
    p = dated(one, [[1.0, 2.0]], discount=0.5)
    assert allocate(p).value == pytest.approx(0.25 + 0.5 * 0.5)


def test_returns_diminish_over_parts_of_a_level() -> None:
    # the first unit closes 0.5, the second 0.1; another measure closes 0.3 at the same cost
    p = simple(
        (CITY, Application("n", "city", "*")), [2.0], [[1.0], [1.0]], [2.0], [(0, 0, 0.5), (1, 0, 0.3)], [2.0, 2.0]
    )
    p = replace(
        p,
        segment_application=np.array([0, 0, 1]),
        segment_width=np.array([1.0, 1.0, 2.0]),
        effect_segment=np.array([0, 1, 2]),
        effect_pair=np.zeros(3, dtype=np.int64),
        effect=np.array([0.5, 0.1, 0.3]),
    )
    found = allocate(p)
    assert found.level[:, 0].tolist() == pytest.approx([1.0, 1.0])
    assert found.value == pytest.approx(0.8)


def test_parts_whose_effect_rises_are_used_in_order_all_the_same() -> None:
    """The first unit closes 0.1, the second 0.5; both cost 1 and 1.5 is there: 0.1 + 0.25, not 0.5 + 0.05."""
    p = simple((CITY,), [2.0], [[1.0]], [1.5], [(0, 0, 0.1)], [2.0])
    p = replace(
        p,
        segment_application=np.array([0, 0]),
        segment_width=np.array([1.0, 1.0]),
        effect_segment=np.array([0, 1]),
        effect_pair=np.zeros(2, dtype=np.int64),
        effect=np.array([0.1, 0.5]),
    )
    assert allocate(p).value == pytest.approx(0.35)
    assert allocate(dated(p, [[0.5, 0.5, 0.5]])).value == pytest.approx(0.35)
    # 0.5 is there too late to act
    assert allocate(dated(p, [[0.5, 0.5, 0.5]], lag=np.array([1]))).value == pytest.approx(0.1)


def test_of_equal_plans_the_earlier_one_is_taken() -> None:
    """A budget of each of three years buys the same, and all of it is carried over: what can be bought first is."""
    p = dated(one, [[1.0, 1.0, 1.0]], carry=np.array([1.0]))
    assert allocate(replace(p, level_max=np.array([1.0]), segment_width=np.array([1.0]))).level.tolist() == [
        pytest.approx([0.5, 0.5, 0.0], abs=1e-12)
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_of_equal_plans_the_one_of_fewer_units_is_taken(order: tuple[int, ...]) -> None:
    """One closes 0.4 for 2, two others 0.2 for 1 each: as much for as little, in one place instead of two."""
    cost, effect = [2.0, 1.0, 1.0], [0.4, 0.2, 0.2]
    p = simple(
        tuple(Application(f"m{i}", "city", "*", "binary") for i in order),
        [1.0],
        [[cost[i]] for i in order],
        [2.0],
        [(n, 0, effect[i]) for n, i in enumerate(order)],
        [1.0] * 3,
    )
    assert allocate(p).level[:, 0].tolist() == [float(i == 0) for i in order]


def test_parts_are_shared_by_periods() -> None:
    p = dated(one, [[4.0, 4.0]])
    p = replace(
        p,
        segment_application=np.array([0, 0]),
        segment_width=np.array([1.0, 1.0]),
        effect_segment=np.array([0, 1]),
        effect_pair=np.zeros(2, dtype=np.int64),
        effect=np.array([0.5, 0.1]),
    )
    assert allocate(p).value == pytest.approx(0.6)  # not 0.5 in each period


# --- whole units ------------------------------------------------------------------------------------------------------


def knapsack(seed: int, kinds: tuple[str, ...]) -> Programme:
    """Draw measures of whole units on two tracks under two budgets."""
    rng = np.random.default_rng(seed)
    count = len(kinds)
    applications = tuple(Application(f"m{i}", "city", "*", kind) for i, kind in enumerate(kinds))  # type: ignore[arg-type]
    return simple(
        applications,
        rng.uniform(0.5, 1.5, 2).tolist(),
        rng.integers(1, 9, (count, 2)).astype(float).tolist(),
        rng.integers(8, 16, 2).astype(float).tolist(),
        [(a, t, float(rng.uniform(0.05, 0.5))) for a in range(count) for t in range(2)],
        [2.0] * count,
        level_min=np.full(count, 0.75),
        priority=rng.uniform(0.2, 1, (2, 1)),
    )


def enumerated(p: Programme) -> tuple[float, float]:
    """Best value, and least spend among the best, over all whole levels."""
    best = (-1.0, 0.0)
    choices = [
        range(2) if a.kind == "binary" else range(int(m) + 1) for a, m in zip(p.applications, p.level_max, strict=True)
    ]
    for levels in itertools.product(*choices):
        x = np.array(levels, dtype=float)
        spend = p.cost[:, :, 0].T @ x
        if (spend > p.budget[:, 0] + 1e-9).any():
            continue
        delivered = np.bincount(p.effect_pair, p.effect * x[p.effect_segment], p.gap.size)
        value = float((p.priority.ravel() * np.minimum(delivered, p.gap.ravel())).sum())
        shares = float((spend / p.budget[:, 0]).sum())
        if value > best[0] + 1e-9 or (abs(value - best[0]) <= 1e-9 and shares < -best[1]):
            best = (value, -shares)
    return best[0], -best[1]


@pytest.mark.parametrize("seed", range(12))
def test_whole_units_are_the_best_of_all_combinations(seed: int) -> None:
    p = knapsack(seed, ("integer", "binary", "integer", "binary", "integer"))
    found = allocate(p)
    value, spend = enumerated(p)
    assert found.value == pytest.approx(value, abs=1e-8)
    assert float((found.spend[:, :, 0].sum(axis=0) / p.budget[:, 0]).sum()) == pytest.approx(spend, abs=1e-8)
    assert found.certificate.primal_violation < 1e-9
    assert abs(found.certificate.gap) < 1e-6
    assert found.certificate.dual_violation is None
    np.testing.assert_array_equal(found.level, np.round(found.level))


@pytest.mark.parametrize("seed", range(6))
def test_whole_units_are_none_or_at_least_as_many(seed: int) -> None:
    p = replace(knapsack(seed, ("integer",) * 4), level_min=np.full(4, 2.0), level_max=np.full(4, 3.0))
    p = replace(p, segment_width=p.level_max)
    found = allocate(p)
    best = 0.0
    for levels in itertools.product((0.0, 2.0, 3.0), repeat=4):
        x = np.array(levels)
        if not (p.cost[:, :, 0].T @ x > p.budget[:, 0] + 1e-9).any():
            delivered = np.bincount(p.effect_pair, p.effect * x[p.effect_segment], p.gap.size)
            best = max(best, float((p.priority.ravel() * np.minimum(delivered, p.gap.ravel())).sum()))
    assert set(np.round(found.level.ravel(), 9)) <= {0.0, 2.0, 3.0}
    assert found.value == pytest.approx(best, abs=1e-8)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("seed", range(4))
def test_cbc_finds_the_same_whole_units(seed: int) -> None:
    p = knapsack(seed, ("integer", "semi", "binary", "continuous"))
    theirs = allocate(p, solver=through_pulp(pulp.PULP_CBC_CMD(msg=False)))
    assert theirs.value == pytest.approx(allocate(p).value, abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_semi_levels_are_nothing_or_enough(seed: int) -> None:
    p = knapsack(seed, ("semi",) * 4)
    level = allocate(p).level[:, 0]
    assert (((level == 0) | (level >= 0.75 - 1e-9)) & (level <= 2)).all()
    # every choice of who is used is a linear program with bounds on the levels
    best = max(
        (
            allocate(_with_levels(p, used)).value
            for used in itertools.product((False, True), repeat=4)
            if _affordable(p, used)
        ),
        default=0.0,
    )
    assert allocate(p).value == pytest.approx(best, abs=1e-8)


def _affordable(p: Programme, used: tuple[bool, ...]) -> bool:
    least = np.where(used, 0.75, 0.0)
    return bool((p.cost[:, :, 0].T @ least <= p.budget[:, 0] + 1e-12).all())


def _with_levels(p: Programme, used: tuple[bool, ...]) -> Programme:
    """Fix who is used: floors on spend keep the least level, a width of nothing leaves out."""
    plain = tuple(replace(a, kind="continuous") for a in p.applications)
    rules = tuple(
        Rule(f"used {i}", "floor", 0, np.array([i]), 0.75 * float(p.cost[i, 0, 0])) for i, on in enumerate(used) if on
    )
    width = np.where(used, p.segment_width, 0.0)
    return replace(p, applications=plain, rules=rules, segment_width=width)


def test_no_duals_are_pretended_for_whole_units() -> None:
    p = knapsack(1, ("integer", "integer", "binary"))
    found = allocate(p)
    base = found.value
    for r in range(2):
        price = Prices(found).budgets[r][0]
        assert price.shadow_price is None
        for sign, told in ((1, price.up), (-1, price.down)):
            budget = p.budget.copy()
            budget[r] += sign
            assert told == pytest.approx(sign * (allocate(replace(p, budget=budget)).value - base), abs=1e-7)
    assert np.isnan(Prices(found).reduced_costs).all()


def test_a_solver_that_stops_early_leaves_its_plan_and_how_far_it_may_be_off() -> None:
    p = knapsack(3, ("integer",) * 5)
    best = allocate(p)

    def stops(model: optimize.Model) -> optimize.Solution:
        """Answer a program of whole units by doing nothing, as a solver might that ran out of time at once."""
        if not model.is_mixed:
            return optimize.highs(model)
        none = np.empty(0)
        nothing = np.clip(np.zeros(len(model.objective)), model.column_lower, model.column_upper)
        return optimize.Solution("feasible", nothing, none, none, bound=10.0)

    found = allocate(p, solver=stops)
    assert found.stopped
    assert found.certificate.primal_violation == 0
    assert found.certificate.bound == 10.0
    assert found.certificate.value < best.certificate.value
    assert found.certificate.gap > 1
    assert not best.stopped


def test_no_time_means_no_plan_or_a_plan_that_says_so() -> None:
    p = knapsack(3, ("integer",) * 5)
    for objective in ("weighted", "maxmin"):
        try:
            found = allocate(p, objective=objective, solver=optimize.highs_within(0.0))
        except optimize.SolverLimit:
            continue
        assert found.stopped or abs(found.certificate.gap) < 1e-6
    assert not allocate(p, solver=optimize.highs_within(60.0)).stopped


def test_a_limit_on_whole_units_is_none_on_other_programs() -> None:
    solver = optimize.whole_units_within(0.0)
    divisible = knapsack(3, ("continuous",) * 5)
    assert allocate(divisible, solver=solver).certificate.value == allocate(divisible).certificate.value
    whole = knapsack(3, ("integer",) * 5)
    with contextlib.suppress(optimize.SolverLimit):
        assert allocate(whole, solver=solver).stopped


def test_a_deadline_holds_within_a_linear_program_too(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float] = []
    once = solvers._once

    def heard(model: optimize.Model, way: solvers.Way, limit: float, *rest: Any, **more: Any) -> Any:
        limits.append(limit)
        return once(model, way, limit, *rest, **more)

    monkeypatch.setattr(solvers, "_once", heard)
    p = knapsack(3, ("continuous",) * 5)
    allocate(p)
    assert set(limits) == {float("inf")}
    limits.clear()
    with optimize.done_within(60.0):
        allocate(p)
    assert 0.0 < max(limits) <= 60.0


# --- relations --------------------------------------------------------------------------------------------------------

TWO = simple(
    (Application("m", "city", "*"), Application("n", "city", "*")),
    [2.0],
    [[1.0], [1.0]],
    [3.0],
    [(0, 0, 0.5), (1, 0, 0.1)],
    [2.0, 2.0],
)


def test_a_measure_waits_for_its_prerequisite() -> None:
    # m is the better one, but a unit of it needs two of n: 3 = m + n, m <= n / 2
    found = allocate(replace(TWO, requires=(Requirement("r", 0, (1,), 0.5),)))
    assert found.level[:, 0].tolist() == pytest.approx([1.0, 2.0])
    assert allocate(replace(TWO, requires=(Requirement("r", 0, (), 1.0),))).level[0, 0] == 0


def test_of_an_exclusion_at_most_one_is_used() -> None:
    found = allocate(replace(TWO, excludes=(Exclusion("e", (0, 1)),)))
    assert found.level[:, 0].tolist() == [2.0, 0.0]


def test_locks_hold_and_impossible_ones_are_infeasible() -> None:
    assert allocate(replace(TWO, locks=((1, 1.5),))).level[:, 0].tolist() == pytest.approx([1.5, 1.5])
    with pytest.raises(optimize.InfeasibleProgramme):
        allocate(replace(TWO, locks=((0, 2.0), (1, 2.0))))


# --- other objectives -------------------------------------------------------------------------------------------------


def three_tracks(seed: int) -> Programme:
    rng = np.random.default_rng(seed)
    return simple(
        tuple(Application(m, "track", t) for m in "mn" for t in "abc"),
        rng.uniform(0.4, 1, 3).tolist(),
        rng.uniform(0.5, 3, (6, 2)).tolist(),
        [1.0, 1.0],
        [(i, i % 3, float(rng.uniform(0.1, 0.9))) for i in range(6)],
        [1.0] * 6,
    )


@pytest.mark.parametrize("seed", range(10))
def test_leximin_is_what_raising_the_worst_one_by_one_gives(seed: int) -> None:
    """The same by another road: fix the worst share as a floor, find who can rise above it, one program each."""
    p = three_tracks(seed)
    found = allocate(p, objective="maxmin")
    shares = (found.closed[:, 0] / p.gap[:, 0]).tolist()
    held: dict[int, float] = {}
    while len(held) < 3:
        level = _worst(p, held)
        stuck = [t for t in range(3) if t not in held and _most(p, held, level, t) < level + 1e-7]
        assert stuck
        held |= dict.fromkeys(stuck, level)
    assert shares == pytest.approx([held[t] for t in range(3)], abs=1e-6)
    assert found.certificate.value == pytest.approx(min(shares), abs=1e-9)
    assert abs(found.certificate.gap) < 1e-9


def _program(p: Programme, held: dict[int, float], free: float) -> Any:
    from scipy.optimize import linprog

    n = len(p.applications)
    share = np.zeros((3, n))
    share[p.effect_pair, p.effect_segment] = p.effect
    share /= p.gap
    rows, limits = [*p.cost[:, :, 0].T], [*p.budget[:, 0]]
    for t in range(3):
        rows += [share[t], -share[t]]
        limits += [1.0, -held.get(t, free)]
    return linprog, share, np.array(rows), np.array(limits), [(0, m) for m in p.level_max]


def _worst(p: Programme, held: dict[int, float]) -> float:
    linprog, share, rows, limits, bounds = _program(p, held, 0.0)
    free = [t for t in range(3) if t not in held]
    rows = np.column_stack([rows, np.zeros(len(rows))])
    lifted = np.column_stack([-share[free], np.ones(len(free))])
    found = linprog(
        [0.0] * len(bounds) + [-1.0],
        np.vstack([rows, lifted]),
        np.append(limits, np.zeros(len(free))),
        bounds=[*bounds, (0, 1)],
    )
    return float(found.x[-1])


def _most(p: Programme, held: dict[int, float], level: float, track: int) -> float:
    linprog, share, rows, limits, bounds = _program(p, held, level - 1e-10)
    return float(-linprog(-share[track], rows, limits, bounds=bounds).fun)


def test_leximin_of_whole_units_by_enumeration() -> None:
    for seed in range(5):
        p = knapsack(seed, ("integer", "binary", "integer"))
        found = allocate(p, objective="maxmin")
        best: list[float] = [-1.0, -1.0]
        for levels in itertools.product(range(3), range(2), range(3)):
            x = np.array(levels, dtype=float)
            if (p.cost[:, :, 0].T @ x > p.budget[:, 0] + 1e-9).any():
                continue
            delivered = np.bincount(p.effect_pair, p.effect * x[p.effect_segment], 2)
            best = max(best, sorted((np.minimum(delivered, p.gap[:, 0]) / p.gap[:, 0]).tolist()))
        assert sorted((found.closed[:, 0] / p.gap[:, 0]).tolist()) == pytest.approx(best, abs=1e-7)


@pytest.mark.parametrize("seed", range(8))
def test_reach_is_the_inverse_of_weighted(seed: int) -> None:
    p = three_tracks(seed)
    best = allocate(p)
    whole = float((p.priority * p.gap).sum())
    found = [allocate(p, objective="reach", share=0.5 * best.value / whole, save=r) for r in range(2)]
    for r, plan in enumerate(found):
        assert plan.value == pytest.approx(0.5 * best.value, abs=1e-9)
        assert -plan.certificate.value == pytest.approx(float(plan.spend[:, r, 0].sum() / p.budget[r, 0]))
        assert plan.spend[:, r].sum() <= found[1 - r].spend[:, r].sum() + 1e-9
        assert abs(plan.certificate.gap) < 1e-9
    with pytest.raises(optimize.InfeasibleProgramme):
        allocate(p, objective="reach", share=min(1.0, 1.01 * best.value / whole))
