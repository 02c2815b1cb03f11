"""Faces and directions: linear programs about the optimal solutions of another one.

Both rest on complementary slackness. Given optimal duals, every optimal point has the columns of non-zero reduced cost
at their bound and the rows of non-zero dual tight (`optimal_face`). Given an optimal point, the rate at which the
optimum changes as bounds of rows move is the best rate among the directions that stay feasible (`direction`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .model import INF, Model, with_columns
from .programme import Array
from .solvers import Solution

Mask = NDArray[np.bool_]


def tight(model: Model, optimum: Solution) -> tuple[Mask, Mask]:
    """Rows whose lower, and rows whose upper bound holds with equality: two (M,) masks."""
    activity = model.activity(optimum.x)
    low, high = model.row_lower, model.row_upper

    def meets(bound: Array) -> Mask:
        finite = np.where(np.isfinite(bound), bound, 0.0)
        # both sides in the scaled row, where 1 is the size of an entry
        near = np.abs(activity - finite) * model.row_scale <= optimum.accuracy * np.maximum(
            1.0, np.abs(finite) * model.row_scale
        )
        return np.asarray(near & np.isfinite(bound))

    return meets(low), meets(high)


def at_bounds(model: Model, optimum: Solution) -> tuple[Mask, Mask]:
    """Columns at their lower, and columns at their upper bound: two (N,) masks."""
    x = optimum.x
    room = optimum.accuracy * np.maximum(model.column_unit, np.abs(x))
    return x <= model.column_lower + room, x >= model.column_upper - room


def optimal_face(model: Model, optimum: Solution, objective: Array) -> Model:
    """Return the program of *objective* over the optimal points of *model*, from an optimum of it.

    Nothing of the first objective is given away: no row with a tolerance is added.
    """
    unit = model.column_unit
    size = optimum.accuracy * max(float(np.abs(model.objective * unit).max(initial=0.0)), np.finfo(float).tiny)
    y = optimum.row_dual / model.row_scale
    up, down = optimum.reduced_cost * unit > size, optimum.reduced_cost * unit < -size
    high, low = (y > size) & (model.row_upper < INF), (y < -size) & (model.row_lower > -INF)
    return replace(
        model,
        objective=objective,
        column_lower=np.where(up, model.column_upper, model.column_lower),
        column_upper=np.where(down, model.column_lower, model.column_upper),
        row_lower=np.where(high, model.row_upper, model.row_lower),
        row_upper=np.where(low, model.row_lower, model.row_upper),
    )


def direction(model: Model, optimum: Solution, step: Array) -> Model:
    """Return the program of the best direction d at an optimum, as the bounds of the rows move by *step* (M,).

    Maximise c'd over the d that keep tight rows and columns at bounds feasible; its value is the one-sided rate of
    change of the optimum. Its row duals are those optimal duals of *model* that give this rate.
    """
    low, high = tight(model, optimum)
    lower, upper = at_bounds(model, optimum)
    return replace(
        model,
        column_lower=np.where(lower, 0.0, -INF),
        column_upper=np.where(upper, 0.0, INF),
        row_lower=np.where(low, step, -INF),
        row_upper=np.where(high, step, INF),
    )


def reach(model: Model, dual: Solution, step: Array) -> Model:
    """Return the program of how far the bounds can move along *step* while *dual* stays optimal.

    Maximise t over the points that are complementary to the duals with the bounds at lower + t step and upper + t step;
    t is the last column, and with the objective turned round the program tells how far they can move the other way. Up
    to there the optimum is linear in t, whichever duals that give this rate were taken.
    """
    face = optimal_face(model, dual, np.zeros(len(model.objective)))
    moved = np.flatnonzero(step)
    program = with_columns(face, ["t"], [(moved, -step[moved])], np.array([-INF]))
    return replace(program, objective=np.append(face.objective, 1.0))
