"""Build and solve a programme of `programmes`, engine by engine, each as its users write it: the optimum.

Run: python -m benchmarks.engines INSTANCE, for saidao alone: build, solve, prove
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Any

import numpy as np

from benchmarks.programmes import random_programme
from saidao.optimize import Columns, Programme, build, certify, highs


def saidao(p: Programme) -> float:
    """Build the matrix with saidao and solve it."""
    model = build(Columns(p))
    return float(model.objective @ highs(model).x)


def through_pulp(p: Programme, solver: Any) -> float:
    """Write the programme in pulp, term by term."""
    import pulp

    problem = pulp.LpProblem("benchmark", pulp.LpMaximize)
    level = [problem.add_variable(f"level_{a.measure}_{a.target}", 0, 1) for a in p.applications]
    closed = {
        int(k): problem.add_variable(f"closed_{'_'.join(p.pair_name(k))}", 0, float(p.gap.flat[k]))
        for k in p.open_pairs
    }
    problem += pulp.lpSum(float(p.priority.flat[k]) * z for k, z in closed.items())
    felt = defaultdict(list)
    for a, k, effect in zip(p.effect_segment.tolist(), p.effect_pair.tolist(), p.effect.tolist(), strict=True):
        felt[k].append(effect * level[a])
    for k, z in closed.items():
        problem += z <= pulp.lpSum(felt[k])
    for costs, budget in zip(p.cost[:, :, 0].T.tolist(), p.budget[:, 0].tolist(), strict=True):
        problem += pulp.lpSum(unit * x for unit, x in zip(costs, level, strict=True) if unit) <= budget
    problem.solve(solver)
    return float(problem.objective.value())


def through_linopy(p: Programme) -> float:
    """Write the programme in linopy: effects in a long table, summed by the pair where they are felt."""
    import linopy
    import pandas as pd
    from xarray import DataArray

    model = linopy.Model()
    open_pair = np.isin(p.effect_pair, p.open_pairs)
    pair = pd.Index(p.open_pairs, name="pair")
    application = pd.RangeIndex(len(p.applications), name="application")
    level = model.add_variables(lower=0, upper=1, coords=[application], name="level")
    closed = model.add_variables(lower=0, upper=pd.Series(p.gap.flat[p.open_pairs], pair), name="closed")
    flow = level.sel(application=DataArray(p.effect_segment[open_pair], dims="effect")) * DataArray(
        p.effect[open_pair], dims="effect"
    )
    delivered = flow.groupby(DataArray(p.effect_pair[open_pair], dims="effect", name="pair")).sum()
    model.add_constraints(closed - delivered.reindex(pair=pair).fillna(0) <= 0, name="closing")
    spend = (level * DataArray(p.cost[:, :, 0], dims=("application", "resource"))).sum("application")
    model.add_constraints(spend <= DataArray(p.budget[:, 0], dims="resource"), name="budget")
    model.add_objective((closed * pd.Series(p.priority.flat[p.open_pairs], pair)).sum(), sense="max")
    model.solve("highs", io_api="direct", output_flag=False)
    return float(model.objective.value)


if __name__ == "__main__":
    stated = build(Columns(random_programme(sys.argv[1])))
    solution = highs(stated)
    proof = certify(stated, solution.x, solution.row_dual)
    if max(proof.primal_violation, proof.gap) > 1e-9:
        sys.exit(f"not proven: {proof}")
    print(proof.value)
