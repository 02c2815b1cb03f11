"""The price of trust: the most money that one number, within its admitted range, can draw to a target.

Of a gap: the best value V(g) is concave and piecewise linear; on each piece the best plans and the gap form a polytope,
so that the most of anything linear is one linear program, the gap a variable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, padded, with_columns, with_row
from ..model.objectives import value
from ..model.programme import Array, Programme
from ..solve.allocate import build
from ..solve.lexicographic import solve, then
from ..solve.solution import Solver
from .frontier import trace

ROUNDED = 1e-10
"""Share of the value that a best plan may fall short of the best by rounding."""


@dataclass(frozen=True)
class Drawn(Brief):
    """The most that a number draws: `amount`, and the number at which it does."""

    amount: float
    at: float


def most_by_gap(programme: Programme, pair: int, amount: Array, solver: Solver) -> Drawn:
    """Return the most of an amount (N,) over gaps from 0 to 1 of a pair and all best plans of each.

    *amount* counts levels: its first columns are those of `Columns` whatever the gaps.
    """
    gap = programme.gap.copy()
    gap.flat[pair] = 1.0
    c = Columns(replace(programme, gap=gap))
    model = build(c)
    worth = value(c)
    model = replace(model, objective=worth)
    counted = np.zeros(c.number)
    counted[: c.sizes["level"]] = amount[: c.sizes["level"]]
    number = int(c.programme.open_number[pair])
    rows = []
    for q in range(len(c.programme.periods)):
        one = np.zeros(c.number)
        one[c.closed(q, np.array([number]))] = 1.0
        rows.append(len(model.row_lower))
        model = with_row(model, f"gap[{q}]", one, -INF, 1.0)
    step = np.zeros(len(model.row_lower))
    step[rows] = 1.0
    points = trace(model, step, -1.0, 0.0, solver)
    best: Drawn | None = None
    for left, right in pairwise(points):
        slope = (right.value - left.value) / (right.change - left.change)
        low, high = 1.0 + left.change, 1.0 + right.change
        made = replace(model, row_upper=np.where(step > 0, 0.0, model.row_upper))
        made = with_columns(
            made, ["gap"], [(np.array(rows), np.full(len(rows), -1.0))], np.array([low]), np.array([high])
        )
        keeps = padded(worth, made)
        keeps[-1] = -slope
        size = max(abs(left.value), abs(right.value), 1e-12)
        made = with_row(made, "best", keeps, left.value - slope * low - ROUNDED * size, INF)
        found = solve(replace(made, objective=padded(counted, made)), solver)
        if best is None or found.value > best.amount + 1e-9 * max(abs(best.amount), 1.0):
            best = Drawn(found.value, float(found.solution.x[-1]))
    return best or Drawn(0.0, float(programme.gap.flat[pair]))


def most_of_best(programme: Programme, priority: Array, amounts: Array, solver: Solver) -> Array:
    """Return the most of each amount (L, N) over the best plans under a priority (T * F): (L,)."""
    c = Columns(replace(programme, priority=priority.reshape(programme.gap.shape)))
    stage = solve(replace(build(c), objective=value(c)), solver)
    return np.array([float(one @ then(stage, one, solver).solution.x[: len(one)]) for one in amounts])
