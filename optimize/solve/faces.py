"""Faces: the optimal points of a linear program, as a program.

By complementary slackness: given optimal duals, every optimal point has the columns of non-zero reduced cost at their
bound and the rows of non-zero dual tight (`optimal_face`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model.model import INF, Model
from ..model.programme import Array
from .solution import Solution

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
    return model.alike(
        objective=objective,
        column_lower=np.where(up, model.column_upper, model.column_lower),
        column_upper=np.where(down, model.column_lower, model.column_upper),
        row_lower=np.where(high, model.row_upper, model.row_lower),
        row_upper=np.where(low, model.row_lower, model.row_upper),
    )


def left_free(model: Model, optimum: Solution, face: Model) -> float:
    """Return what the prices come to that a face leaves out, each by a unit of its column or the size of its row."""
    free, slack = face.column_lower < face.column_upper, face.row_lower < face.row_upper
    columns = np.abs(optimum.reduced_cost * model.column_unit)[free]
    return float(columns.sum() + np.abs(optimum.row_dual / model.row_scale)[slack].sum())
