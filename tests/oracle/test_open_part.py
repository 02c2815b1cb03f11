"""What is open among optimal points, solved by itself, against the stages of the whole program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from benchmarks.arrays import drawn
from saidao.optimize import Columns, Programme, allocate, build, certify, highs
from saidao.optimize.after.frontier import budget_frontier
from saidao.optimize.after.prices.ranging import shifted
from saidao.optimize.model.model import Block, Model, Role
from saidao.optimize.model.objectives import least_spend
from saidao.optimize.solve import lexicographic
from saidao.optimize.solve.allocate import moving, run
from saidao.optimize.solve.faces import optimal_face
from saidao.optimize.solve.lexicographic import Stage, narrow, nearest, solve, then
from saidao.optimize.solve.open_part import OpenPart
from tests.conftest import first
from tests.oracle.test_decomposition import random_programme

SEEDS = first(8, 120)


@pytest.fixture
def by_parts(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Let later stages be solved over what is open, however small the program is and however much is open, or never."""

    def switch(on: bool) -> None:
        monkeypatch.setattr(lexicographic, "SMALL", 0 if on else 1 << 30)
        monkeypatch.setattr(lexicographic, "FEW_OPEN", 1.0)

    return switch


def stated(seed: int) -> tuple[Programme, Columns, Stage]:
    programme = random_programme(seed)
    columns = Columns(programme)
    return programme, columns, solve(build(columns), highs)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_open_spends_as_little_as_the_whole_and_proves_it(seed: int, by_parts: Callable[[bool], None]) -> None:
    _, columns, stage = stated(seed)
    spend = least_spend(columns)
    by_parts(False)
    whole = then(stage, spend, highs)
    by_parts(True)
    part = then(stage, spend, highs)
    assert part.solution.basis is None  # it was solved by itself
    assert part.value == pytest.approx(whole.value, rel=1e-9, abs=1e-9)
    proof = certify(part.model, part.solution.x, part.solution.row_dual)
    assert proof.primal_violation <= 1e-9
    assert abs(proof.gap) <= 1e-9
    assert proof.dual_violation is not None
    assert proof.dual_violation <= 1e-7
    kept = certify(stage.model, part.solution.x, stage.solution.row_dual)
    assert abs(kept.gap) <= 1e-9  # nothing of the first stage is given away


@pytest.mark.parametrize("seed", SEEDS)
def test_what_equations_settle_is_the_same_at_every_optimum(seed: int) -> None:
    _, columns, stage = stated(seed)
    nothing = np.zeros(columns.number)
    face = optimal_face(stage.model, stage.solution, nothing)
    part = OpenPart.of_face(face, stage.solution.x)
    settled = np.setdiff1d(np.arange(columns.number), part.columns)
    rng = np.random.default_rng(seed)
    for _ in range(3):
        drawn = rng.normal(size=columns.number)
        other = highs(replace(face, objective=drawn)).x
        assert other[settled] == pytest.approx(stage.solution.x[settled], abs=1e-7)


def equations(second: list[float], role: Role) -> Model:
    """x + 2 y = 3, *second* (x, y) = 3 with a role, and at most 9 of x + z."""
    return Model(
        objective=np.array([1.0, 5.0, 2.0]),
        column_lower=np.zeros(3),
        column_upper=np.full(3, 4.0),
        row_lower=np.array([3.0, 3.0, -np.inf]),
        row_upper=np.array([3.0, 3.0, 9.0]),
        start=np.array([0, 2, 4, 6]),
        column=np.array([0, 1, 0, 1, 0, 2]),
        value=np.array([1.0, 2.0, *second, 1.0, 1.0]),
        integer=np.zeros(3, dtype=bool),
        blocks=(Block("first", 1), Block("second", 1, role), Block("most", 1, Role(limit="amount"))),
        label_columns=list,
        label_rows=list,
    )


@pytest.mark.parametrize(
    ("second", "role", "open_", "best"),
    [
        ([2.0, 1.0], Role(), [2], [1.0, 1.0, 4.0]),
        ([1.0, 2.0], Role(), [0, 1, 2], [0.0, 1.5, 4.0]),  # the same equation twice gives neither
        ([2.0, 1.0], Role(limit="amount"), [0, 1, 2], [1.0, 1.0, 4.0]),  # it may join much more
    ],
)
def test_columns_are_settled_that_as_many_equations_give(
    second: list[float], role: Role, open_: list[int], best: list[float]
) -> None:
    model = equations(second, role)
    part = OpenPart.of_face(model, np.array([1.0, 1.0, 0.0]))
    assert part.columns.tolist() == open_
    found = part.solution(highs(part.part))
    assert found.x == pytest.approx(best)
    proof = certify(model, found.x, found.row_dual)
    assert proof.gap == pytest.approx(0.0, abs=1e-12)
    assert proof.dual_violation == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("tracks", [500, 2000])
def test_no_more_is_open_of_more_tracks_where_few_rows_join_them(tracks: int) -> None:
    model, spend = drawn(tracks, 0.25)
    stage = solve(model, highs)
    part = OpenPart.of_face(narrow(stage, spend), stage.solution.x)
    assert len(part.columns) <= 60  # of the 1,765 and 7,054 that can move
    assert any(column.shape[1] > 1 for _, column in part.settled)
    following = then(stage, spend, highs)
    proof = certify(following.model, following.solution.x, following.solution.row_dual)
    assert proof.gap == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_nearest_point_moves_as_little_as_that_of_the_whole_face(seed: int) -> None:
    _, columns, stage = stated(seed)
    levels = np.arange(columns.sizes["level"])
    target = np.random.default_rng(seed).random(len(levels)) * stage.model.column_upper[levels]
    weight = moving(columns)
    found = nearest(stage, levels, target, weight, highs).solution.x[levels]
    face = optimal_face(stage.model, stage.solution, np.zeros(columns.number))
    size, matrix = len(levels), face.dense
    finite = [np.isfinite(face.row_upper), np.isfinite(face.row_lower)]
    above = np.hstack(
        [np.vstack([matrix[finite[0]], -matrix[finite[1]]]), np.zeros((sum(f.sum() for f in finite), size))]
    )
    ends = np.append(face.row_upper[finite[0]], -face.row_lower[finite[1]])
    one = np.zeros((size, columns.number))
    one[np.arange(size), levels] = 1.0
    away = np.vstack([np.hstack([one, -np.eye(size)]), np.hstack([-one, -np.eye(size)])])
    answer = linprog(
        np.append(np.zeros(columns.number), weight),
        A_ub=np.vstack([above, away]),
        b_ub=np.concatenate([ends + 1e-9, target, -target]),
        bounds=[*zip(face.column_lower, face.column_upper, strict=True), *([(0, None)] * size)],
    )
    assert float(weight @ np.abs(found - target)) == pytest.approx(answer.fun, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_at_each_point_of_a_curve_is_as_good_as_one_of_its_own(seed: int) -> None:
    plan = allocate(random_programme(seed))
    step, whole = plan.whole_step(0), float(plan.programme.budget[0].sum())
    for kink in budget_frontier(plan, step, -whole / 2, whole)[:4]:
        alone = run(replace(plan.problem, model=shifted(plan.problem.model, kink.change * step)))
        assert kink.plan.value == pytest.approx(alone.value, rel=1e-9)
        assert kink.value == pytest.approx(alone.value, rel=1e-9)
        assert kink.plan.certificate.gap == pytest.approx(0.0, abs=1e-9)
        spend = least_spend(plan.columns)
        assert float(spend @ kink.plan.optimum.x) == pytest.approx(float(spend @ alone.optimum.x), rel=1e-8, abs=1e-9)
