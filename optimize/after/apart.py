"""What a measure is short of paying, found within the part of the program that it shares rows with.

Budgets, floors and caps tie the program together; without them it falls into parts, a track each as a rule. Where
their prices are the same in all optimal duals, duals of the rest of a part may be chosen by themselves: the least rise
is a small linear program over directions of that part, with what is spent paid for at these prices.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..model.model import INF, Model
from ..model.programme import Array, Index, ranges
from ..solve.faces import at_bounds, tight
from ..solve.solution import Solution, SolverFailure
from ..solve.solvers import highs
from .entering import columnwise

TIES = ("budget", "floor", "cap")
"""Constraints that tie the parts together."""


def ties(model: Model) -> NDArray[np.bool_]:
    """Rows that tie the parts of a program together: (M,)."""
    names = np.repeat(np.array([b.name for b in model.blocks]), [b.size for b in model.blocks])
    return np.asarray(np.isin(names, TIES))


def part_of(model: Model, tied: NDArray[np.bool_], columns: Index) -> tuple[Index, Index]:
    """Return rows and columns of the parts that columns belong to, without the rows that tie parts together."""
    first, entry = columnwise(model)
    seen_rows, seen = np.zeros(len(tied), dtype=bool), np.zeros(len(model.objective), dtype=bool)
    new = columns
    while len(new):
        seen[new] = True
        at, _ = ranges(first[new], first[new + 1])
        rows = np.unique(model.row[entry[at]])
        rows = rows[~tied[rows] & ~seen_rows[rows]]
        seen_rows[rows] = True
        at, _ = ranges(model.start[rows], model.start[rows + 1])
        new = np.unique(model.column[at])
        new = new[~seen[new]]
    return np.flatnonzero(seen_rows), np.flatnonzero(seen)


def rise_apart(model: Model, optimum: Solution, tied: NDArray[np.bool_], columns: Index) -> float | None:
    """Return the least rise of a unit of some columns at which an optimal point has some; infinite where none can.

    Right where the prices of the tied rows are the same in all optimal duals. None where it is not found.
    """
    rows, inside = part_of(model, tied, columns)
    number = np.full(len(model.objective), -1, dtype=np.int64)
    number[inside] = np.arange(len(inside))
    paid = model.objective - model.priced(np.where(tied, optimum.row_dual, 0.0))
    at, row = ranges(model.start[rows], model.start[rows + 1])
    (low, high), (least, most) = at_bounds(model, optimum), tight(model, optimum)
    ours = np.sort(number[columns])
    count = len(rows)
    part = replace(
        model,
        objective=paid[inside],
        column_lower=np.where(low[inside], 0.0, -INF),
        column_upper=np.where(high[inside], 0.0, INF),
        row_lower=np.append(np.where(least[rows], 0.0, -INF), 1.0),
        row_upper=np.append(np.where(most[rows], 0.0, INF), 1.0),
        start=np.append(np.searchsorted(row, np.arange(count + 1)), len(row) + len(ours)).astype(np.int64),
        column=np.concatenate([number[model.column[at]], ours]),
        value=np.concatenate([model.value[at], np.ones(len(ours))]),
        integer=np.zeros(len(inside), dtype=bool),
        units=None if model.units is None else _directions(model.units[inside], number[columns]),
    )
    try:
        found = highs(part)
    except SolverFailure:
        return None
    if found.status == "infeasible":
        return INF
    return -float(part.objective @ found.x) if found.status == "optimal" else None


def _directions(units: Array, ours: Index) -> Array:
    """Units of directions: those of the columns, in units of what enters."""
    return np.asarray(units / units[ours].max())
