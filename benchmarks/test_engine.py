"""Build and solve against the bare solver and against pulp: read the ratios within a group, not the times.

Run: make benchmark
"""

from __future__ import annotations

from typing import Any

import highspy
import pulp
import pytest

from benchmarks.programmes import SIZES, random_programme
from saidao.optimize import Columns, Model, allocate, build, highs


def bare(model: Model) -> float:
    """Run HiGHS with its defaults on the matrix as it stands."""
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.objective), len(model.row_lower)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = model.objective
    lp.col_lower_, lp.col_upper_ = model.column_lower, model.column_upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = model.start, model.column, model.value
    h.passModel(lp)
    h.run()
    return float(h.getObjectiveValue())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "way", ["bare HiGHS", "saidao: build and solve", "saidao: plan, least spend, proof", "pulp + HiGHS"]
)
def test_one_plan(benchmark: Any, size: str, way: str) -> None:
    benchmark.group = f"one plan, size {size}"
    programme = random_programme(size)
    model = build(Columns(programme))
    value = highs(model).x @ model.objective

    def ours() -> float:
        made = build(Columns(programme))
        return float(made.objective @ highs(made).x)

    def through_pulp() -> float:
        problem = model.to_pulp()
        problem.solve(pulp.HiGHS(msg=False))
        return float(problem.objective.value())

    run = {
        "bare HiGHS": lambda: bare(model),
        "saidao: build and solve": ours,
        "saidao: plan, least spend, proof": lambda: allocate(programme).certificate.value,
        "pulp + HiGHS": through_pulp,
    }[way]
    found = benchmark.pedantic(run, rounds=3 if size == "L" else 5, warmup_rounds=1 if size != "L" else 0)
    assert found == pytest.approx(value, rel=1e-7)
