"""Whether the optimum of whole units stays as an amount moves by one unit, without a program of whole units.

What meets the limits as they were is known. Where a limit is wider, new points lie in a sliver between where it was and
where it is: a linear program bounds what they are worth. Where it is tighter, the plan itself tells if it still holds.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model.model import INF, Model
from ..model.programme import Array
from ..model.tighten import tightened
from ..solve.certificate import dual_bound, primal_violation
from ..solve.solution import SolverFailure
from ..solve.solvers import HOLDS, highs


def stays(model: Model, moved: Model, x: Array, most: float) -> bool:
    """Whether x (N,), an optimum of *model*, is shown to be one of *moved*, which differs in bounds of rows.

    *most*: what a plan may be worth without being a better one.
    """
    if primal_violation(moved, x) > HOLDS:
        return False
    above = np.flatnonzero(moved.row_upper > model.row_upper)
    below = np.flatnonzero(moved.row_lower < model.row_lower)
    return all(_bounded(moved, row, model.row_upper[row], INF, most) for row in above.tolist()) and all(
        _bounded(moved, row, -INF, model.row_lower[row], most) for row in below.tolist()
    )


def _bounded(moved: Model, row: int, low: float, high: float, most: float) -> bool:
    """Whether no point whose row lies in a sliver is worth more than *most*."""
    lower, upper = moved.row_lower.copy(), moved.row_upper.copy()
    lower[row], upper[row] = max(lower[row], low), min(upper[row], high)
    part = tightened(replace(moved, row_lower=lower, row_upper=upper))
    part = replace(part, integer=np.zeros_like(part.integer))
    try:
        found = highs(part)
    except SolverFailure:
        return False
    return found.status == "infeasible" or (found.status == "optimal" and dual_bound(part, found.row_dual) <= most)
