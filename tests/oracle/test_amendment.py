"""Constraints of one's own over single parts of a level: parts are used in order all the same.

Against every choice of which part of each level is the one in use, a linear program each (scipy).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import numpy as np
import pulp
import pytest
from scipy.optimize import linprog

import saidao
from saidao.errors import CaseError, Infeasible
from saidao.optimize import Application, Columns, InfeasibleProgramme, Model, Programme, allocate, build
from saidao.optimize.model.amendment import told_apart
from saidao.optimize.solve.pulp_bridge import amended
from tests.conftest import first
from tests.oracle.random_cases import write_random_case

PARTS = 3
Amend = Callable[[pulp.LpProblem], None]


def programme(rng: np.random.Generator, periods: int) -> Programme:
    """Three measures in three parts each, at two tracks of two factors."""
    measures, pairs = 3, 4
    parts = measures * PARTS
    effect = np.sort(rng.integers(1, 9, (measures, 2, PARTS)) / 20.0)[:, :, ::-1]
    felt = np.array([rng.choice(pairs, 2, replace=False) for _ in range(measures)])
    return Programme(
        tracks=("a", "b"),
        factors=("f", "g"),
        resources=("funds",),
        periods=tuple("123"[:periods]),
        applications=tuple(Application(f"m{m}", "track", "ab"[m % 2]) for m in range(measures)),
        gap=rng.integers(4, 11, (2, 2)) / 10.0,
        priority=rng.integers(1, 6, (2, 2)).astype(float),
        weight=np.full(2, 0.5),
        level_min=np.zeros(measures),
        level_max=np.full(measures, float(PARTS)),
        lag=np.zeros(measures, dtype=int),
        segment_application=np.repeat(np.arange(measures), PARTS),
        segment_width=np.ones(parts),
        effect_segment=np.repeat(np.arange(parts), 2),
        effect_pair=felt[np.repeat(np.arange(measures), PARTS)].ravel(),
        effect=effect.transpose(0, 2, 1).ravel(),
        cost=np.repeat(rng.integers(1, 9, (measures, 1, 1)).astype(float), periods, axis=2),
        budget=np.full((1, periods), float(rng.integers(6, 30)) / periods),
        carry=np.zeros(1),
        discount=0.9,
    )


def limits(rng: np.random.Generator) -> Amend:
    """Two random limits over single parts, as `amend` states them."""
    drawn = [(rng.integers(-2, 3, 30).tolist(), float(rng.uniform(0.2, 2.5)), bool(rng.integers(0, 2))) for _ in "12"]

    def amend(problem: pulp.LpProblem) -> None:
        levels = [v for v in problem.variables() if v.name.startswith("level")]
        for number, (by, amount, least) in enumerate(drawn):
            told = pulp.lpSum(a * v for a, v in zip(by, levels, strict=False))
            problem += (told >= min(amount, 1.0) if least else told <= amount), f"own{number}"

    return amend


def best_in_order(p: Programme, model: Model) -> float:
    """The best value where, of each level and by the end of each period, one part is in use, those before it full."""
    c, ends = Columns(p), range(len(p.periods))
    dense = np.zeros((len(model.row_lower), len(model.objective)))
    np.add.at(dense, (model.row, model.column), model.value)
    best = -np.inf
    for chosen in product(combinations_with_replacement(range(PARTS), len(p.periods)), repeat=len(p.applications)):
        rows, upper = [dense, -dense], [model.row_upper, -model.row_lower]
        for a, parts in enumerate(chosen):
            for q, s in product(ends, range(PARTS)):
                used = np.zeros(dense.shape[1])
                used[[c.level(one, np.array([a * PARTS + s]))[0] for one in range(q + 1)]] = 1.0
                if s != parts[q]:
                    rows.append((used if s > parts[q] else -used)[None])
                    upper.append(np.array([0.0 if s > parts[q] else -1.0]))
        limit = np.concatenate(upper)
        bounds = list(zip(model.column_lower, model.column_upper, strict=True))
        found = linprog(-model.objective, np.vstack(rows)[limit < np.inf], limit[limit < np.inf], bounds=bounds)
        best = max(best, -found.fun if found.status == 0 else -np.inf)
    return best


@pytest.mark.parametrize("seed", first(4, 60))
def test_the_best_plan_uses_parts_in_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = programme(rng, 1 + (seed % 12 == 11))
    amend = limits(rng)
    expected = best_in_order(p, amended(build(Columns(p)), amend))
    try:
        plan = allocate(p, amend=amend)
    except InfeasibleProgramme:
        assert expected == -np.inf
        return
    assert plan.certificate.value == pytest.approx(expected, abs=1e-7)
    by_part = plan.columns.segment_levels(plan.optimum.x).cumsum(axis=0).reshape(len(p.periods), -1, PARTS)
    assert (np.minimum(1.0 - by_part[:, :, :-1], by_part[:, :, 1:]) <= 1e-9).all()


@pytest.mark.parametrize(
    ("by", "least", "apart"),
    [
        ([1, 1, 1], False, False),  # the whole level
        ([0, 0, 1], False, False),  # no more of the last part: it comes last anyway
        ([1, 0, 0], True, False),  # at least so much of the first part: it comes first anyway
        ([1, 0, 0], False, True),
        ([0, 0, 1], True, True),
        ([0, 1, 0], False, True),
    ],
)
def test_order_is_stated_where_it_does_not_hold_by_itself(by: list[int], least: bool, apart: bool) -> None:
    p = programme(np.random.default_rng(0), 1)

    def amend(problem: pulp.LpProblem) -> None:
        levels = [v for v in problem.variables() if v.name.startswith("level") and "m0" in v.name]
        told = pulp.lpSum(a * v for a, v in zip(by, levels, strict=True))
        problem += (told >= 0.5 if least else told <= 0.5), "mine"

    c = Columns(p)
    assert told_apart(c, amended(build(c), amend)) == (frozenset({0}) if apart else frozenset())
    assert allocate(p, amend=amend).model.is_mixed is apart


def test_bounds_of_parts_count_too_and_a_ban_has_no_order() -> None:
    c = Columns(programme(np.random.default_rng(0), 1))
    model = build(c)

    def with_upper(**ends: float) -> Model:
        upper = model.column_upper.copy()
        for name, end in ends.items():
            upper[int(name[1:])] = end
        return replace(model, column_upper=upper)

    assert told_apart(c, with_upper(s0=0.5)) == {0}
    assert told_apart(c, with_upper(s2=0.5)) == frozenset()
    assert told_apart(c, with_upper(s0=0.0, s1=0.0, s2=0.0)) == frozenset()


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 121, 2)])
def test_a_case_with_limits_over_parts_is_planned_and_proven(seed: int, tmp_path: Path) -> None:
    """None is refused by the second reader, who states parts in order on its own."""
    write_random_case(tmp_path, seed, segments=True, periods=(0, 2, 3)[seed % 3], rules=bool(seed % 4 == 1))
    rng = np.random.default_rng(seed)
    drawn: list[Any] = [
        (rng.uniform(0.5, 2.0, 400), float(rng.uniform(0.3, 4.0)), int(rng.integers(2, 5))) for _ in "12"
    ]

    def amend(problem: pulp.LpProblem) -> None:
        levels = [v for v in problem.variables() if v.name.startswith("level")]
        for number, (by, amount, each) in enumerate(drawn):
            told = pulp.lpSum(a * v for a, v in zip(by[number::each], levels[number::each], strict=False))
            problem += told <= amount, f"own{number}"

    try:
        plan = saidao.plan(tmp_path, stance="even", amend=amend, certify="exact")
    except (CaseError, Infeasible):
        pytest.skip("no plan")
    assert plan.proven.exact
