"""Some blocks in one program with what is shared, solved by HiGHS from where the blocks stand.

Source: du Merle, Villeneuve, Desrosiers & Hansen (1999), Stabilized column generation, Discrete Mathematics 194,
229-237: what is missed is let go at prices in a box.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...model.model import INF
from ...model.programme import Array, Index, ranges
from ..highs_input import passed_arrays, start_from
from ..solution import AT_LOWER, AT_UPPER, BASIC, States
from .blocks import Blocks, NoEnd, TooLate

if TYPE_CHECKING:
    import highspy


@dataclass
class Together:
    """What some blocks solved together gave: places of their columns and rows, values, duals, prices, and their basis.

    `missed` (R,): what is used too much or too little of what is shared. `highs` still holds the basis.
    """

    columns: Index
    rows: Index
    x: Array
    activity: Array
    dual: Array
    price: Array
    missed: Array
    basis: States
    highs: highspy.Highs

    def duals(self, costs: Array) -> tuple[Array, Array]:
        """Duals of the blocks' rows and shared prices for other objectives (S, N'), at the basis that was found."""
        basic = np.array(self.highs.getBasicVariables()[1], dtype=np.int64)
        inside = (basic >= 0) & (basic < len(self.columns))
        found = []
        for cost in costs:
            of_basic = np.where(inside, cost[np.where(inside, basic, 0)], 0.0)
            found.append(self.highs.getBasisTransposeSolve(of_basic)[1])
        rows, shared = np.split(np.array(found), [len(self.rows)], axis=1)
        return rows, shared


@dataclass(frozen=True)
class More:
    """More columns from 0 up, in shared rows alone: costs and upper ends (k,), and entries (R, k)."""

    cost: Array
    upper: Array
    entries: Array


def misses(over: Array, under: Array) -> More:
    """Columns of what is used too much or too little of anything shared, at a cost (R,) each."""
    one = np.eye(len(over))
    return More(-np.append(over, under), np.full(2 * len(over), INF), np.hstack([-one, one]))


@dataclass
class Stated:
    """Some blocks in one program: HiGHS, places of columns and rows, ends of both, and how many rows are shared."""

    highs: highspy.Highs
    columns: Index
    rows: Index
    ends: tuple[Array, Array]
    row_ends: tuple[Array, Array]
    shared: int

    def solved(self, end: float) -> Together:
        """Solve it, from the basis in it, until a time."""
        import highspy  # its library loads with the first program

        h, columns, rows = self.highs, len(self.columns), len(self.rows)
        if end < INF:
            h.setOptionValue("time_limit", h.getRunTime() + max(end - time.monotonic(), 0.0))
        h.run()
        status, kind = h.getModelStatus(), highspy.HighsModelStatus
        if status == kind.kTimeLimit:
            raise TooLate
        if status not in (kind.kOptimal, kind.kModelEmpty):
            raise NoEnd
        solution, basic = h.getSolution(), np.array(h.getBasicVariables()[1], dtype=np.int64)
        if status == kind.kModelEmpty:
            basic = -1 - np.arange(len(basic))  # it has none of an empty program
        x, dual, activity = (np.array(part) for part in (solution.col_value, solution.row_dual, solution.row_value))
        of_columns, of_rows = np.full(len(x), AT_LOWER, np.int8), np.full(len(dual), AT_LOWER, np.int8)
        for states, value, (low, high) in ((of_columns, x, self.ends), (of_rows, activity, self.row_ends)):
            states[: len(low)][high - value[: len(low)] < value[: len(low)] - low] = AT_UPPER
        of_columns[basic[basic >= 0]], of_rows[-1 - basic[basic < 0]] = BASIC, BASIC
        missed = np.flatnonzero(of_columns[columns:] == BASIC) % self.shared
        of_rows[rows + missed] = BASIC  # a row's own variable has the same column
        return Together(
            self.columns,
            self.rows,
            np.clip(x[:columns], *self.ends),
            activity[:rows],
            dual[:rows],
            dual[rows:],
            np.abs(x[columns:]).reshape(-1, self.shared).max(axis=0, initial=0.0),
            (of_columns[:columns], of_rows),
            h,
        )

    def beyond(self, missing: More, others: More) -> Array:
        """Prices where what is missed has other costs, and the others, held so far, may stand as they stood before.

        *missing* takes the place of the columns that it was stated with; of *others* no more than one is taken in all.
        """
        import highspy  # its library loads with the first program

        h, first, count = self.highs, len(self.columns), len(others.cost)
        missed = first + np.arange(len(missing.cost), dtype=np.int32)
        h.changeColsCost(len(missed), missed, missing.cost)
        row, column = np.nonzero(others.entries)
        order = np.argsort(column, kind="stable")
        starts = np.searchsorted(column[order], np.arange(count)).astype(np.int32)
        rows = (len(self.rows) + row[order]).astype(np.int32)
        h.addCols(
            count,
            others.cost,
            np.zeros(count),
            others.upper,
            len(rows),
            starts,
            rows,
            others.entries[row, column][order],
        )
        added = first + len(missed) + np.arange(count, dtype=np.int32)
        h.addRow(-INF, 1.0, count, added, np.ones(count))
        h.run()
        if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NoEnd
        return np.array(h.getSolution().row_dual)[len(self.rows) : len(self.rows) + self.shared]

    def with_shared(self, low: Array, high: Array) -> None:
        """Set the ends of what is shared."""
        at = len(self.rows) + np.arange(self.shared, dtype=np.int32)
        self.highs.changeRowsBounds(self.shared, at, low, high)
        (lower, upper), rows = self.row_ends, len(self.rows)
        self.row_ends = np.append(lower[:rows], low), np.append(upper[:rows], high)


def stated(
    b: Blocks,
    blocks: Index,
    low: Array,
    high: Array,
    more: More | None = None,
    part: float = 1.0,
    price: Array | None = None,
) -> Stated:
    """State blocks as one program with what is shared, and *more* columns in its rows.

    It starts from the bases of the blocks. Of balances, which all blocks share, there is a *part*. *price* (R,): at
    which the bases are optimal; it starts there, and what does not fit is all that is left to a dual simplex. (A column
    that must be 0, at that price, is basic in place of what is shared.)
    """
    parts = b.parts
    columns, of = ranges(parts.column_start[blocks], parts.column_start[blocks + 1])
    rows, _ = ranges(parts.row_start[blocks], parts.row_start[blocks + 1])
    sizes = np.diff(parts.row_start)[blocks]
    offsets = (np.cumsum(sizes) - sizes)[of], np.full(len(columns), len(rows))
    index: list[NDArray[np.integer[Any]]] = []
    value, at = [], []
    row: NDArray[np.integer[Any]]
    for (start, row, entry), offset in zip((parts.local, parts.joint), offsets, strict=True):
        place, owner = ranges(start[columns], start[columns + 1])
        index.append(row[place] + offset[owner])
        value.append(entry[place])
        at.append(owner)
    by = np.where(b.balance[blocks], part, 1.0)[of]
    cost, lower, upper = b.cost[columns], b.lower[columns] * by, b.upper[columns] * by
    of_columns, of_rows = b.states(blocks, columns, rows)
    ends, row_ends = (lower, upper), (np.append(b.row_lower[rows], low), np.append(b.row_upper[rows], high))
    if price is not None:
        entries = np.eye(len(price))
        if more is None:
            more = More(price, np.zeros(len(price)), entries)
        else:
            upper_of_more = np.append(more.upper, np.zeros(len(price)))
            more = More(np.append(more.cost, price), upper_of_more, np.hstack([more.entries, entries]))
    if more is not None:
        row, column = np.nonzero(more.entries)
        index.append(len(rows) + row)
        value.append(more.entries[row, column])
        at.append(len(columns) + column)
        cost = np.append(cost, more.cost)
        lower, upper = np.append(lower, np.zeros(len(more.cost))), np.append(upper, more.upper)
        of_columns = np.append(of_columns, np.full(len(more.cost), AT_LOWER, np.int8))
    owner = np.concatenate(at)
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(cost) + 1))
    h = passed_arrays(
        cost,
        (lower, upper),
        row_ends,
        (starts, np.concatenate(index)[order], np.concatenate(value)[order]),
        by_column=True,
    )
    h.setOptionValue("presolve", "off")
    of_shared = np.full(len(low), BASIC, np.int8)
    if price is not None:
        binds = ((price > 0) & np.isfinite(high)) | ((price < 0) & np.isfinite(low))
        of_shared[binds] = np.where(price[binds] > 0, AT_UPPER, AT_LOWER)
        of_columns[-len(price) :][binds] = BASIC
    start_from(h, (of_columns, np.append(of_rows, of_shared)))
    return Stated(h, columns, rows, ends, row_ends, len(low))


def settle(b: Blocks, blocks: Index, together: Together) -> None:
    """Let blocks stand where they stood together; one with more or fewer basic variables than rows has no basis."""
    state, parts = b.state, b.parts
    widths, sizes = np.diff(parts.column_start)[blocks], np.diff(parts.row_start)[blocks]
    of, of_row = np.repeat(np.arange(len(blocks)), widths), np.repeat(np.arange(len(blocks)), sizes)
    columns = np.flatnonzero(together.basis[0] == BASIC)
    rows = np.flatnonzero(together.basis[1][: len(together.rows)] == BASIC)
    owner = np.append(of[columns], of_row[rows])
    number = np.append(
        together.columns[columns] - parts.column_start[blocks][of[columns]],
        together.rows[rows] - parts.row_start[blocks][of_row[rows]] + widths[of_row[rows]],
    )
    count = np.bincount(owner, minlength=len(blocks))
    square = count == sizes
    order = np.argsort(owner, kind="stable")
    order = order[square[owner[order]]]
    state.basic[parts.rows_of(blocks[square])] = number[order]
    state.x[together.columns], state.activity[together.rows] = together.x, together.activity
    state.dual[together.rows] = together.dual
    state.whole[blocks] = square
    state.slackness[blocks] = -1.0
