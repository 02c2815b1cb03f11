"""What a measure is short of paying, over all optimal duals: small linear programs in the duals that are not settled.

A column is as far from paying as the optimal duals say that are worst for it: the least rise of its value at which some
best plan has some of it is the largest A'y - c over the optimal duals y. Most of these are settled: those of rows with
room are 0, and a column between its ends settles that of its only other row. What is left falls into groups, of a track
as a rule, or of what measures of a type or of the city join.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...brief import Brief
from ...model.model import INF, Block, Model, reduced_costs
from ...model.programme import Array, Index, ranges
from ...solve.faces import at_bounds, tight
from ...solve.solution import Solution, SolverFailure
from ...solve.solvers import highs
from .entering import columnwise
from .reoptimisation import Again

TIES = ("budget", "floor", "cap")
"""Constraints that tie all groups together."""
FEW = 64
"""Other rows that join tracks count as such, too, up to so many of them."""

Mask = NDArray[np.bool_]
Gain = tuple[Index, Array]
"""How a sum grows with some duals: rows, and the rate of each."""
Groups = frozenset[int]


def ties(model: Model) -> Mask:
    """Rows that tie the groups together: (M,)."""
    names = np.repeat(np.array([b.name for b in model.blocks]), [b.size for b in model.blocks])
    others = model.rows_that(lambda role: role.joins)
    return np.asarray(np.isin(names, TIES) | (others & (np.count_nonzero(others) <= FEW)))


def in_turns(groups: Sequence[Groups]) -> Iterator[list[int]]:
    """Yield the numbers of sets of groups in turns, each as early as it can: no group stands twice in a turn.

    >>> list(in_turns([frozenset({1}), frozenset({1, 2}), frozenset({3})]))
    [[0, 2], [1]]
    """
    turns, taken = list[list[int]](), dict[int, int]()
    for i, of in enumerate(groups):
        turn = max((taken.get(group, 0) for group in of), default=0)
        taken |= dict.fromkeys(of, turn + 1)
        if turn == len(turns):
            turns.append([])
        turns[turn].append(i)
    yield from turns


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

    @cached_property
    def group(self) -> Index:
        """The group of each open row, by the first of the rows that columns join to it: (M,)."""
        joins = self.open[self.model.row] & self._binds[self.model.column]
        row, column = self.model.row[joins], self.model.column[joins]
        group = np.arange(len(self.open))
        while True:
            first = np.full(len(self._binds), len(group))
            np.minimum.at(first, column, group[row])
            joined = group.copy()
            np.minimum.at(joined, row, first[column])
            joined = joined[joined]
            if np.array_equal(joined, group):
                return group
            group = joined

    @property
    def is_joined(self) -> bool:
        """Whether one group holds most open rows, so that columns are asked one after the other."""
        sizes = np.bincount(self.group[self.open])
        return bool(2 * sizes.max(initial=0) > sizes.sum())

    @cached_property
    def _binds(self) -> Mask:
        """Columns that bind the duals of their rows, as they can move: (N,)."""
        (low, high), _ = self.ends
        return ~(low & high)

    def rises(self, asked: Sequence[Index], nearest: Index) -> list[float | None]:
        """Return of each set of columns the least rise of a unit of them at which an optimal point has some.

        It is infinite where none can, and None where it is not found. *nearest* is of each set the column that the
        duals tell to be nearest to paying. Groups share no dual, so one program answers a set of each.
        """
        gains = [{j: self._gain(j) for j in columns.tolist()} for columns in asked]
        groups = [frozenset(g for rows, _ in gain.values() for g in self.group[rows].tolist()) for gain in gains]
        found: list[float | None] = [None] * len(asked)
        every: Groups = frozenset().union(*groups)
        for turn in in_turns(groups):
            change = self._lifted(every, [gains[i][int(nearest[i])] for i in turn])
            for i in turn:
                found[i] = self._rise(groups[i], gains[i], int(nearest[i]), change)
        return found

    def _rise(self, groups: Groups, gains: dict[int, Gain], nearest: int, change: Array | float | None) -> float | None:
        """Return what columns are short of paying; *change* of the duals lifts the nearest one most, if it is known."""
        if not isinstance(change, np.ndarray):
            change = self._lifted(groups, [gains[nearest]])
        if change is None or isinstance(change, float):
            return change if len(gains) == 1 else None
        rises = {j: float(value @ change[rows]) - float(self.reduced[j]) for j, (rows, value) in gains.items()}
        rise = rises[nearest]
        return rise if min(rises.values()) >= rise - 1e-12 * max(abs(rise), 1.0) else None

    def _lifted(self, groups: Groups, gains: Sequence[Gain]) -> Array | float | None:
        """Return how duals (M,) change that stay optimal and lift A'y most; infinite where it has no end, or None."""
        if groups not in self._asked:
            rows = np.flatnonzero(self.open & np.isin(self.group, list(groups)))
            self._asked[groups] = rows, Again(self._program(rows), highs)
        rows, again = self._asked[groups]
        along, change = np.zeros(len(self.open)), np.zeros(len(self.open))
        for of, value in gains:
            along[of] += value
        try:
            found = again(objective=along[rows])
        except SolverFailure:
            return None
        if found.status != "optimal":
            return INF if found.status == "unbounded" else None
        change[rows] = found.x
        return change

    @cached_property
    def _asked(self) -> dict[Groups, tuple[Index, Again]]:
        return {}

    def _gain(self, column: int) -> Gain:
        """Open rows of a column, and how A'y grows with the dual of each."""
        first, entry = self.columnwise
        e = entry[first[column] : first[column + 1]]
        e = e[self.open[self.model.row[e]]]
        return self.model.row[e], self.model.value[e]

    def _program(self, rows: Index) -> Model:
        """State the changes of the duals of some groups under which all duals stay optimal: a column for each row."""
        model, (first, entry), ((low, high), (least, most)) = self.model, self.columnwise, self.ends
        at, _ = ranges(model.start[rows], model.start[rows + 1])
        columns = np.unique(model.column[at])
        columns = columns[self._binds[columns]]
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
