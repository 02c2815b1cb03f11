"""What a measure is short of paying, found within the part of the program that it shares rows with.

Budgets, floors and caps tie the program together; without them, and without the measures of a type or of the city, it
falls into parts, a track each. Where prices of what ties are the same in all optimal duals, duals of the rest of a part
may be chosen by themselves: the least rise is a small linear program over directions of that part, with what is spent
paid for at these prices, and what wide measures do elsewhere at the duals of the rows there. Duals of a part alone are
some of all optimal ones, so it is no more than the least rise; a direction in which no wide measure moves is one of the
whole program, so it is no less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.model import INF, Model
from ..model.programme import Array, Index, ranges
from ..solve.faces import at_bounds, tight
from ..solve.solution import Solution, SolverFailure
from ..solve.solvers import highs
from .entering import columnwise

TIES = ("budget", "floor", "cap")
"""Constraints that tie the parts together."""
MOVES = 1e-9
"""A wide measure that moves by less than this, a unit of what enters, stays."""
LARGEST = 2_000
"""Columns up to which a part is small: what is asked of a larger one is quicker asked of the whole, from its basis."""

Mask = NDArray[np.bool_]


def ties(model: Model) -> Mask:
    """Rows that tie the parts of a program together: (M,)."""
    names = np.repeat(np.array([b.name for b in model.blocks]), [b.size for b in model.blocks])
    return np.asarray(np.isin(names, TIES))


@dataclass(frozen=True)
class Parts(Brief):
    """The parts of a program at an optimum.

    Attributes
    ----------
    tied : rows that tie parts together, (M,), whose prices are the same in all optimal duals.
    wide : columns that do so, (N,): levels of measures of a type or of the city.
    """

    model: Model
    optimum: Solution
    tied: Mask
    wide: Mask

    @cached_property
    def _columnwise(self) -> tuple[Index, Index]:
        return columnwise(self.model)

    @cached_property
    def _ends(self) -> tuple[tuple[Mask, Mask], tuple[Mask, Mask]]:
        return at_bounds(self.model, self.optimum), tight(self.model, self.optimum)

    def part_of(self, columns: Index) -> tuple[Index, Index]:
        """Return rows and columns of the parts that columns belong to, without the rows that tie parts together.

        Wide columns are in all parts that they have rows in, and lead from none to another, but those asked for.
        """
        model, (first, entry) = self.model, self._columnwise
        rows_of, columns_of = [np.empty(0, np.int64)], [columns]
        seen_rows, seen, new = set[int](), set(columns.tolist()), columns
        while len(new):
            at, _ = ranges(first[new], first[new + 1])
            rows = model.row[entry[at]]
            fresh = [row for row in dict.fromkeys(rows[~self.tied[rows]].tolist()) if row not in seen_rows]
            seen_rows.update(fresh)
            rows_of.append(np.array(fresh, dtype=np.int64))
            at, _ = ranges(model.start[rows_of[-1]], model.start[rows_of[-1] + 1])
            found = [column for column in dict.fromkeys(model.column[at].tolist()) if column not in seen]
            seen.update(found)
            columns_of.append(np.array(found, dtype=np.int64))
            new = columns_of[-1][~self.wide[columns_of[-1]]]
        return np.sort(np.concatenate(rows_of)), np.sort(np.concatenate(columns_of))

    def rise(self, columns: Index) -> float | None:
        """Return the least rise of a unit of some columns at which an optimal point has some; infinite if none can.

        None where it is not found.
        """
        model, optimum = self.model, self.optimum
        rows, inside = self.part_of(columns)
        if len(inside) > LARGEST:
            return None
        at, row = ranges(model.start[rows], model.start[rows + 1])
        number, known = np.searchsorted(inside, model.column[at]), optimum.row_dual[rows]
        within = np.bincount(number, model.value[at] * known[row], len(inside))
        paid = optimum.reduced_cost[inside] + within
        (low, high), (least, most) = self._ends
        ours = np.searchsorted(inside, np.sort(columns))
        count = len(rows)
        part = replace(
            model,
            objective=paid,
            column_lower=np.where(low[inside], 0.0, -INF),
            column_upper=np.where(high[inside], 0.0, INF),
            row_lower=np.append(np.where(least[rows], 0.0, -INF), 1.0),
            row_upper=np.append(np.where(most[rows], 0.0, INF), 1.0),
            start=np.append(np.searchsorted(row, np.arange(count + 1)), len(row) + len(ours)).astype(np.int64),
            column=np.concatenate([number, ours]),
            value=np.concatenate([model.value[at], np.ones(len(ours))]),
            integer=np.zeros(len(inside), dtype=bool),
            units=None if model.units is None else _directions(model.units[inside], ours),
        )
        try:
            found = highs(part)
        except SolverFailure:
            return None
        if found.status == "infeasible":
            return INF
        if found.status != "optimal":
            return None
        wide = self.wide[inside]
        wide[ours] = False
        size = part.column_unit[ours].max()
        moves = np.abs(found.x) / part.column_unit > MOVES * (found.x[ours].max() / size)
        if (wide & moves).any():
            return replace(self, wide=np.zeros_like(self.wide)).rise(columns)
        return -float(part.objective @ found.x)


def _directions(units: Array, ours: Index) -> Array:
    """Units of directions: those of the columns, in units of what enters."""
    return np.asarray(units / units[ours].max())
