"""What the rows of a model imply: ends of columns that no point passes, and switches no larger than needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .model import INF, Model
from .programme import Array

ROUNDS = 3
"""Times that rows are read: an end found from one row can tighten others."""
ROOM = 1 + 2.0**-30
"""An implied end is this much wider than computed, so that rounding never cuts a point off."""
TOLD = 1e-7
"""Room of a column, in its unit, and share of an entry, that are not taken away: solvers tell no less from nothing."""


def implied_ends(model: Model, rounds: int = ROUNDS, room: float = ROOM) -> tuple[Array, Array]:
    """Return lower and upper ends of the columns, (N,) each, that every point of the model keeps, whole or not.

    From a row sum_j a_j x_j <= b and the ends of its other columns: a_j x_j <= b - sum_{k != j} min(a_k x_k). Brearley,
    Mitra & Williams (1975), Analysis of mathematical programming problems prior to applying the simplex algorithm,
    Mathematical Programming 8, 54-83. They are as much wider than computed as *room* says.
    """
    low, high = model.column_lower.copy(), model.column_upper.copy()
    there = model.value != 0
    row, column, value = model.row[there], model.column[there], model.value[there]
    rows = len(model.row_lower)
    for _ in range(rounds):
        before = low.copy(), high.copy()
        for sign, bound in ((1.0, model.row_upper), (-1.0, -model.row_lower)):
            a = sign * value
            least = np.where(a > 0, low[column], high[column]) * a
            endless = np.isinf(least)
            count = np.bincount(row[endless], minlength=rows)
            whole = np.bincount(row, np.where(endless, 0.0, least), rows)
            size = np.bincount(row, np.where(endless, 0.0, np.abs(least)), rows)
            size += np.abs(np.where(np.isinf(bound), 0.0, bound))
            others = np.where(endless, count[row] == 1, count[row] == 0) & np.isfinite(bound[row])
            left = bound[row] - whole[row] + np.where(endless, 0.0, least)
            end = (left + (room - 1) * size[row])[others] / a[others]
            at, up = column[others], a[others] > 0
            np.minimum.at(high, at[up], end[up])
            np.maximum.at(low, at[~up], end[~up])
        crossed = low > high
        low[crossed], high[crossed] = model.column_lower[crossed], model.column_upper[crossed]
        if (low == before[0]).all() and (high == before[1]).all():
            break
    return low, high


def tightened(model: Model) -> Model:
    """Return a model with the same points that its linear program bounds more closely.

    No column needs more room than the rows leave it, and no whole number counts more than it can: see `switched`.
    """
    low, high = implied_ends(model)
    whole, least = model.integer, TOLD * model.column_unit
    # what is less than solvers tell apart is room for their tolerances
    low = np.where(whole, low, np.minimum(low, model.column_upper - least))
    high = np.where(whole, high, np.maximum(high, model.column_lower + least))
    # what a whole number can be is found by rounding its end, and costs nothing; others keep theirs where it is small
    low = np.where(whole, np.ceil(low - 1e-6), np.where(np.isinf(model.column_lower), low, model.column_lower))
    high = np.where(whole, np.floor(high + 1e-6), np.where(high < model.column_upper / 2, high, model.column_upper))
    low, high = np.maximum(low, model.column_lower), np.minimum(high, model.column_upper)
    crossed = low > high
    low, high = np.where(crossed, model.column_lower, low), np.where(crossed, model.column_upper, high)
    return switched(replace(model, column_lower=low, column_upper=high))


def switched(model: Model, rows: NDArray[np.bool_] | None = None) -> Model:
    """Return a model with the same points, in whose *rows* (M,) a unit of a whole number counts no more than it can.

    In sum_j a_j x_j <= b with x_k of 0, 1, ... a unit of x_k < 0 need not do more than let all others be what they can:
    a_k is at least b less the most of the sum. So the size of a switch is what it switches, and a project that delivers
    more than a gap closes the gap. Crowder, Johnson & Padberg (1983), Solving large-scale zero-one linear programming
    problems, Operations Research 31, 803-834.
    """
    row, column, value = model.row, model.column, model.value
    low, high = model.column_lower, model.column_upper
    counts = model.integer[column] & (low[column] == 0)
    if rows is not None:
        counts &= rows[row]
    made = value
    for sign, bound, other in ((1.0, model.row_upper, -model.row_lower), (-1.0, -model.row_lower, model.row_upper)):
        a = sign * made
        reach = np.multiply(a, np.where(a > 0, high[column], low[column]), out=np.zeros_like(a), where=a != 0)
        most = np.bincount(row, reach, len(bound))
        least = np.subtract(bound, most, out=np.zeros_like(most), where=np.isfinite(bound) & np.isfinite(most))
        able = counts & (a < 0) & (other[row] == INF) & (least[row] < 0)
        made = np.where(able, sign * np.maximum(a, np.minimum(least[row], TOLD * a)), made)
    return model if made is value else replace(model, value=made)
