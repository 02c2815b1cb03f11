"""The allocation engine against published optima, prices and their ranges, and max-min fair shares."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pulp
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from saidao.optimize import (
    Allocation,
    Application,
    Exclusion,
    Model,
    Price,
    Prices,
    Programme,
    Requirement,
    Rule,
    allocate,
    certify,
    highs,
)
from saidao.optimize.after.prices.of_amounts import price
from saidao.optimize.after.prices.reoptimisation import Again
from saidao.optimize.model.model import INF, Rows, assemble
from tests.published import programmes as published
from tests.published.programmes import FairCase, LinearCase, ReturnsCase, SelectionCase, printed

Array = NDArray[np.float64]
SELECTIONS = (*published.KNAPSACKS, *published.BUDGETING)
SMALL = 15
"""So many projects are enumerated: 2 to this power selections."""


def named(case: Any) -> str:
    return str(case.name)


def agree(got: Iterable[float | None], text: str) -> None:
    """Every figure that is printed agrees to its last digit."""
    for found, (want, tolerance) in zip(got, printed(text), strict=True):
        assert found is not None
        assert np.isnan(want) or found == want or abs(found - want) <= tolerance + 1e-9, (found, text)


def programme(values: Array, costs: Array, budgets: Array, level_max: Array, kind: Any = "continuous") -> Programme:
    """One track a measure, which alone closes its gap, one for one; the value of the closed gap is the measure's."""
    every = np.arange(len(values))
    names = tuple(str(a + 1) for a in every)
    return Programme(
        tracks=names,
        factors=("value",),
        resources=tuple(f"resource {r + 1}" for r in range(len(budgets))),
        applications=tuple(Application("fund", "track", name, kind) for name in names),
        gap=level_max[:, None],
        priority=values[:, None],
        weight=np.ones(1),
        level_min=np.zeros(len(values)),
        level_max=level_max,
        lag=np.zeros(len(values), dtype=np.int64),
        segment_application=every,
        segment_width=level_max,
        effect_segment=every,
        effect_pair=every,
        effect=np.ones(len(values)),
        cost=costs.T[:, :, None],
        budget=budgets[:, None],
        carry=np.zeros(len(budgets)),
    )


def proved(found: Allocation) -> None:
    assert found.certificate.primal_violation < 1e-9
    assert abs(found.certificate.gap) < 1e-9
    assert not found.stopped


# --- projects taken or left -------------------------------------------------------------------------------------------


def selection(case: SelectionCase, kind: str) -> Allocation:
    p = programme(
        np.array(case.values), np.array(case.costs), np.array(case.budgets), np.ones(len(case.values)), kind=kind
    )
    p = replace(
        p,
        requires=tuple(Requirement(f"{a + 1} needs {b + 1}", a, (b,), 1.0) for a, b in case.requires),
        excludes=tuple(Exclusion(f"one of {projects}", projects) for projects in case.excludes),
    )

    def needs_one_of(problem: pulp.LpProblem) -> None:
        level = {v.name: v for v in problem.variables()}
        for row, (some, others) in enumerate(case.needs_one_of):
            first, second = (pulp.lpSum(level[f"level_fund__{a + 1}"] for a in side) for side in (some, others))
            problem.addConstraint(first <= second, f"needs_one_of_{row}")

    return allocate(p, amend=needs_one_of if case.needs_one_of else None)


def limits(case: SelectionCase) -> tuple[Array, Array]:
    """All rows of a case as A x <= b, stated without the engine."""
    n = len(case.values)
    rows, most = [np.array(row) for row in case.costs], list(case.budgets)
    sets = [
        *(((a,), (b,), 0.0) for a, b in case.requires),
        *((some, others, 0.0) for some, others in case.needs_one_of),
        *((projects, (), 1.0) for projects in case.excludes),
    ]
    for plus, minus, amount in sets:
        row = np.zeros(n)
        row[list(plus)], row[list(minus)] = 1.0, -1.0
        rows.append(row)
        most.append(amount)
    return np.array(rows), np.array(most)


@pytest.mark.parametrize("case", SELECTIONS, ids=named)
def test_the_best_selection_is_the_published_one(case: SelectionCase) -> None:
    found = selection(case, "binary")
    proved(found)
    agree([found.certificate.value], case.optimum)
    agree([found.value], case.optimum)
    if case.chosen:
        assert tuple(np.flatnonzero(found.level[:, 0])) == case.chosen
    assert set(found.level.ravel()) <= {0.0, 1.0}
    assert (found.spend.sum(axis=(0, 2)) <= np.array(case.budgets)).all()


@pytest.mark.parametrize("case", SELECTIONS, ids=named)
def test_another_solver_confirms_the_inputs(case: SelectionCase) -> None:
    rows, most = limits(case)
    found = milp(
        -np.array(case.values),
        constraints=LinearConstraint(rows, ub=most),
        integrality=np.ones(len(case.values)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    agree([-found.fun], case.optimum)


@pytest.mark.parametrize("case", [case for case in SELECTIONS if len(case.values) <= SMALL], ids=named)
def test_no_selection_at_all_is_better(case: SelectionCase) -> None:
    rows, most = limits(case)
    every = np.array(list(itertools.product([0.0, 1.0], repeat=len(case.values))))
    worth = np.where((every @ rows.T <= most).all(axis=1), every @ np.array(case.values), -np.inf)
    agree([float(worth.max())], case.optimum)
    if case.chosen:
        best = every[np.isclose(worth, worth.max())]
        assert [tuple(np.flatnonzero(x)) for x in best] == [case.chosen], "the printed selection is the only best one"


@pytest.mark.parametrize("case", [case for case in SELECTIONS if case.relaxed != "-"], ids=named)
def test_parts_of_projects_are_worth_what_is_published(case: SelectionCase) -> None:
    found = selection(case, "continuous")
    proved(found)
    agree([found.certificate.value], case.relaxed)


# --- linear programs: optimum, prices, ranges -------------------------------------------------------------------------


def bare(case: LinearCase) -> Model:
    """The printed rows as a model; levels end far off, where no row lets them go, so that the bound is finite."""
    matrix, amounts = np.array(case.rows), np.array(case.amounts)
    senses = np.array(case.senses)
    row, column = np.nonzero(matrix)
    count, n = matrix.shape
    rows = Rows(
        "row",
        lambda: [(str(i + 1),) for i in range(count)],
        row,
        column,
        matrix[row, column],
        lower=np.where(senses == "<=", -INF, amounts),
        upper=np.where(senses == ">=", INF, amounts),
    )
    return assemble(
        np.array(case.values),
        (np.zeros(n), np.full(n, 1e6)),
        np.zeros(n, dtype=bool),
        [rows],
        lambda: [f"level[{j + 1}]" for j in range(n)],
    )


def moved(model: Model, row: int, by: float) -> Model:
    step = np.zeros(len(model.row_lower))
    step[row] = by
    return replace(model, row_lower=model.row_lower + step, row_upper=model.row_upper + step)


def as_programme(case: LinearCase) -> Programme:
    """Activities as measures, rows as budgets; a row that asks for at least an amount is a floor on the spend.

    An equation becomes a budget: where its price is positive, all of it is spent.
    """
    amounts = np.array(case.amounts)
    floors = [r for r, sense in enumerate(case.senses) if sense == ">="]
    room = 10 * max(1.0, *(value for value, _ in printed(case.levels)))
    n = len(case.values)
    budgets = np.where(np.array(case.senses) == ">=", n * room * np.array(case.rows).max(), amounts)
    p = programme(np.array(case.values), np.array(case.rows), budgets, np.full(n, room))
    rules = tuple(Rule(f"row {r + 1}", "floor", r, np.arange(n), amounts[r]) for r in floors)
    return replace(p, rules=rules)


def prices_agree(case: LinearCase, prices: list[Price]) -> None:
    agree([p.up for p in prices], case.up)
    agree([p.down for p in prices], case.down or case.up)
    one_sided = [p.up == pytest.approx(p.down) for p in prices]
    if case.increase:
        agree([p.valid_to - a for p, a in zip(prices, case.amounts, strict=True)], case.increase)
        lower = [
            a - p.valid_from if one else want
            for p, a, one, (want, _) in zip(prices, case.amounts, one_sided, printed(case.decrease), strict=True)
        ]
        agree(lower, case.decrease)
    # where the sides differ, the price upwards is the one shown, and it holds from here on only
    for p, amount, one in zip(prices, case.amounts, one_sided, strict=True):
        assert p.shadow_price == p.up
        assert one or p.valid_from == amount


@pytest.mark.parametrize("case", published.LINEAR, ids=named)
def test_optimum_prices_and_ranges_are_the_printed_ones(case: LinearCase) -> None:
    model = bare(case)
    found = highs(model)
    certificate = certify(model, found.x, found.row_dual)
    assert certificate.primal_violation < 1e-9
    assert certificate.dual_violation is not None
    assert certificate.dual_violation < 1e-9
    assert abs(certificate.gap) < 1e-9
    agree([certificate.value], case.optimum)
    agree(found.x, case.levels)
    if case.reduced:
        agree(np.maximum(-found.reduced_cost, 0.0), case.reduced)
    steps = np.eye(len(case.amounts))
    prices_agree(
        case, [price(Again(model, highs), found, step, a) for step, a in zip(steps, case.amounts, strict=True)]
    )


@pytest.mark.parametrize("case", [case for case in published.LINEAR if min(case.values) > 0], ids=named)
def test_the_same_program_as_a_plan(case: LinearCase) -> None:
    found = allocate(as_programme(case))
    proved(found)
    agree([found.value], case.optimum)
    agree(found.level[:, 0], case.levels)
    if case.reduced:
        agree(np.nan_to_num(Prices(found).reduced_costs), case.reduced)
    budgets, floors = iter(Prices(found).budgets), iter(Prices(found).rules)
    prices = []
    for sense in case.senses:
        of_budget = next(budgets)[0]
        prices.append(next(floors) if sense == ">=" else of_budget)
    prices_agree(case, prices)


@pytest.mark.parametrize("case", [case for case in published.LINEAR if case.increase], ids=named)
def test_a_printed_price_holds_over_its_printed_range_and_no_further(case: LinearCase) -> None:
    model = bare(case)
    best = float(model.objective @ highs(model).x)
    for sign, text, ends in ((1, case.up, case.increase), (-1, case.down or case.up, case.decrease)):
        for row, ((worth, slack), (end, rounding)) in enumerate(zip(printed(text), printed(ends), strict=True)):
            if not np.isfinite(end):
                continue

            def gained(by: float, row: int = row, sign: int = sign) -> float | None:
                found = highs(moved(model, row, sign * by))
                return float(model.objective @ found.x) - best if found.status == "optimal" else None

            inside, beyond = end - rounding, end + 2 * rounding + 1e-3 * max(1.0, end)
            assert gained(inside) == pytest.approx(sign * worth * inside, abs=slack * end + 1e-6)
            outside = gained(beyond)
            assert outside is None or outside < sign * worth * beyond - slack * end - 1e-6


# --- whole units of one budget ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", published.RETURNS, ids=named)
def test_whole_units_as_alternatives_that_exclude_each_other(case: ReturnsCase) -> None:
    pairs = [(a, n) for a, row in enumerate(case.returns) for n in range(1, len(row))]
    sets = [tuple(i for i, (a, _) in enumerate(pairs) if a == activity) for activity in range(len(case.returns))]
    found = selection(
        SelectionCase(
            case.name,
            case.citation,
            values=tuple(case.returns[a][n] for a, n in pairs),
            costs=(tuple(float(n) for _, n in pairs),),
            budgets=(float(case.budget),),
            optimum=case.optimum,
            excludes=tuple(sets),
        ),
        "binary",
    )
    proved(found)
    agree([found.value], case.optimum)
    taken = found.level[:, 0]
    assert tuple(sum(pairs[i][1] * int(taken[i]) for i in members) for members in sets) == case.levels


@pytest.mark.parametrize("kind", ["integer", "continuous"])
def test_returns_that_diminish_are_segments(kind: str) -> None:
    (case,) = (case for case in published.RETURNS if case.name == "finco")
    returns = np.array(case.returns)
    activities, units = returns.shape[0], returns.shape[1] - 1
    p = programme(
        np.ones(activities),
        np.ones((1, activities)),
        np.array([float(case.budget)]),
        np.full(activities, float(units)),
        kind=kind,
    )
    segments = np.arange(activities * units)
    found = allocate(
        replace(
            p,
            gap=returns[:, -1:],
            segment_application=segments // units,
            segment_width=np.ones(len(segments)),
            effect_segment=segments,
            effect_pair=segments // units,
            effect=np.diff(returns, axis=1).ravel(),
        )
    )
    proved(found)
    agree([found.value], case.optimum)
    assert tuple(found.level[:, 0]) == pytest.approx(case.levels)


@pytest.mark.parametrize("case", published.RETURNS, ids=named)
def test_no_split_of_the_budget_is_better(case: ReturnsCase) -> None:
    splits = [
        levels for levels in itertools.product(*(range(len(row)) for row in case.returns)) if sum(levels) <= case.budget
    ]
    worth = [sum(row[n] for row, n in zip(case.returns, levels, strict=True)) for levels in splits]
    agree([max(worth)], case.optimum)
    assert [levels for levels, value in zip(splits, worth, strict=True) if value == max(worth)] == [case.levels]


# --- max-min fair shares ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", published.FAIR, ids=named)
def test_the_worst_first_is_max_min_fair(case: FairCase) -> None:
    """Gaps stand to each other as the weights and are never closed: shares are then rates per weight."""
    demands = np.array(case.demands)
    weights = np.array(case.weights or np.ones(len(demands)))
    costs = np.array([[float(s in sessions) for s in range(len(demands))] for sessions in case.uses])
    p = programme(np.ones(len(demands)), costs, np.array(case.capacities), demands)
    found = allocate(replace(p, gap=(weights * (1 + (demands / weights).max()))[:, None]), objective="maxmin")
    proved(found)
    agree(found.level[:, 0], case.rates)
    left = np.array(case.capacities) - found.spend.sum(axis=(0, 2))
    assert tuple(np.flatnonzero(left < 1e-9)) == case.full
