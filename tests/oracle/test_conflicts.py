"""Why there is no plan: what is named cannot hold together, and without any one of it the rest can."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao import optimize
from saidao.optimize.after.conflict import _limits
from saidao.optimize.deadline import OutOfTime, done_within
from saidao.optimize.model.model import INF, Model
from saidao.optimize.solve.solvers import highs
from tests.oracle.random_cases import write_random_case


def out_of_reach(folder: Path, seed: int) -> Model:
    write_random_case(folder, seed, tracks=5, measures=8, resources=2, rules=True, periods=(0, 2)[seed % 2])
    programme = saidao.plan(folder).problem.programme
    with pytest.raises(optimize.InfeasibleProgramme) as caught:
        optimize.allocate(programme, objective="reach", share=1.0)
    return caught.value.model


def freed(model: Model, rows: set[int]) -> Model:
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    at = np.array(sorted(rows), dtype=np.int64)
    lower[at], upper[at] = -INF, INF
    return replace(model, row_lower=lower, row_upper=upper, objective=np.zeros_like(model.objective))


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 7, 9])
def test_a_conflict_holds_nothing_that_is_not_needed(seed: int, tmp_path: Path) -> None:
    model = out_of_reach(tmp_path, seed)
    names, limits = model.row_names(), {row for row, _ in _limits(model)}
    named = {names.index(limit.name) for limit in optimize.conflict(model)}
    assert named <= limits
    assert highs(freed(model, limits - named)).status == "infeasible"
    for row in named:
        assert highs(freed(model, limits - named | {row})).status == "optimal"


def test_a_conflict_is_sought_no_longer_than_there_is_time(tmp_path: Path) -> None:
    model = out_of_reach(tmp_path, 1)
    with done_within(0.0), pytest.raises(OutOfTime):
        optimize.conflict(model)
