"""What a measure is short of paying, over all optimal duals: small linear programs in the duals that are not settled.

A column is as far from paying as the optimal duals say that are worst for it: the least rise of its value at which some
best plan has some of it is the largest A'y - c over the optimal duals y. Most of these are settled: those of rows with
room are 0, and a column between its ends settles that of its only other row. What is left falls into groups, of a track
as a rule, or of what measures of a type or of the city join.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.model import INF, Block, Model, reduced_costs
from ..model.programme import Array, Index, ranges
from ..solve.faces import at_bounds, tight
from ..solve.solution import Solution, SolverFailure
from ..solve.solvers import highs
from .again import Again
from .entering import columnwise

TIES = ("budget", "floor", "cap")
"""Constraints that tie all groups together."""

Mask = NDArray[np.bool_]


def ties(model: Model) -> Mask:
    """Rows that tie the groups together: (M,)."""
    names = np.repeat(np.array([b.name for b in model.blocks]), [b.size for b in model.blocks])
    return np.asarray(np.isin(names, TIES))


@dataclass(frozen=True)
class DualFace(Brief):
    """The optimal duals of a program.

    Attributes
    ----------
    model, optimum : the program, and an optimum of it.
    duals : some optimal duals (M,).
    known : rows whose price is the same in all optimal duals, (M,), as far as that is known before.
    """

    model: Model
    optimum: Solution
    duals: Array
    known: Mask

    @cached_property
    def ends(self) -> tuple[tuple[Mask, Mask], tuple[Mask, Mask]]:
        """Columns at their bounds, and rows that are tight: lower, upper of each."""
        return at_bounds(self.model, self.optimum), tight(self.model, self.optimum)

    @cached_property
    def reduced(self) -> Array:
        """Reduced costs under the duals: (N,)."""
        return reduced_costs(self.model, self.duals)

    @cached_property
    def columnwise(self) -> tuple[Index, Index]:
        """Entries column by column, see `columnwise`."""
        return columnwise(self.model)

    @cached_property
    def open(self) -> Mask:
        """Rows whose duals are not settled: (M,)."""
        (low, high), (least, most) = self.ends
        unsettled = (least | most) & ~self.known
        between = ~(low | high)[self.model.column]
        row, column = self.model.row[between], self.model.column[between]
        while True:
            left = unsettled[row]
            met = np.bincount(column[left], minlength=len(low))
            settled = row[left][met[column[left]] == 1]
            if not len(settled):
                return unsettled
            unsettled[settled] = False

    def group(self, columns: Index) -> tuple[Index, Index]:
        """Return the open rows of columns with all that they are joined to, and the columns that join them."""
        model, (first, entry), ((low, high), _) = self.model, self.columnwise, self.ends
        rows, seen, new = set[int](), set(columns.tolist()), columns
        while len(new):
            at, _ = ranges(first[new], first[new + 1])
            met = model.row[entry[at]]
            fresh = np.array(sorted(set(met[self.open[met]].tolist()) - rows), dtype=np.int64)
            rows.update(fresh.tolist())
            at, _ = ranges(model.start[fresh], model.start[fresh + 1])
            joined = model.column[at]
            new = np.array(sorted(set(joined[~(low & high)[joined]].tolist()) - seen), dtype=np.int64)
            seen.update(new.tolist())
        return np.array(sorted(rows), dtype=np.int64), np.array(sorted(seen), dtype=np.int64)

    def rise(self, columns: Index, nearest: int) -> float | None:
        """Return the least rise of a unit of some columns at which an optimal point has some; infinite if none can.

        *nearest* is the one of them that the duals tell to be nearest to paying. None where it is not found.
        """
        rows, joined = self.group(columns)
        key = (tuple(rows.tolist()), len(joined))
        if key not in self._asked:
            self._asked[key] = Again(self._program(rows, joined), highs)
        again = self._asked[key]
        gain = {j: self._gain(rows, j) for j in columns.tolist()}
        try:
            found = again(objective=gain[nearest])
        except SolverFailure:
            return None
        if found.status == "unbounded":
            return INF if len(columns) == 1 else None
        if found.status != "optimal":
            return None
        rises = {j: float(along @ found.x) - float(self.reduced[j]) for j, along in gain.items()}
        rise = rises[nearest]
        return rise if min(rises.values()) >= rise - 1e-12 * max(abs(rise), 1.0) else None

    @cached_property
    def _asked(self) -> dict[tuple[tuple[int, ...], int], Again]:
        return {}

    def _gain(self, rows: Index, column: int) -> Array:
        """How A'y of a column grows with the duals of some rows."""
        first, entry = self.columnwise
        e = entry[first[column] : first[column + 1]]
        e = e[self.open[self.model.row[e]]]
        along = np.zeros(len(rows))
        along[np.searchsorted(rows, self.model.row[e])] = self.model.value[e]
        return along

    def _program(self, rows: Index, columns: Index) -> Model:
        """State the changes of the duals of some rows under which all duals stay optimal: a column for each row."""
        model, (first, entry), ((low, high), (least, most)) = self.model, self.columnwise, self.ends
        columns = columns[~(low & high)[columns]]
        at, which = ranges(first[columns], first[columns + 1])
        e = entry[at]
        inside = self.open[model.row[e]]
        e, which = e[inside], which[inside]
        now, d = self.duals[rows], self.reduced[columns]
        count = len(columns)
        return Model(
            objective=np.zeros(len(rows)),
            column_lower=np.where(least[rows], -INF, -now),
            column_upper=np.where(most[rows], INF, -now),
            # c - A'y stays at most 0 at a lower bound, at least 0 at an upper one, and 0 between
            row_lower=np.where(high[columns], -INF, np.where(low[columns], np.minimum(d, 0.0), 0.0)),
            row_upper=np.where(low[columns], INF, np.where(high[columns], np.maximum(d, 0.0), 0.0)),
            start=np.searchsorted(which, np.arange(count + 1)).astype(np.int64),
            column=np.searchsorted(rows, model.row[e]),
            value=model.value[e],
            integer=np.zeros(len(rows), dtype=bool),
            blocks=(Block("stays_optimal", count),),
            label_columns=lambda: [f"dual[{i}]" for i in rows],
            label_rows=lambda: [f"stays_optimal[{j}]" for j in columns],
        )
