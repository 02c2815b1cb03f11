"""What is open of a program of which most is settled, as a small program: among optimal points few columns can move.

A column without room is settled. So is one that is the only open column of an equation, which gives its value; so are
a few columns that as many equations give, which join them to no others. Then another equation may have one open column
left, and so on. The duals of these equations follow in the other order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.model import Model, part_of, reduced_costs, shared_rows
from ..model.programme import Array, Index, joined, sums
from .solution import Solution

Mask = NDArray[np.bool_]
Round = tuple[Index, Index]
"""Equations and the columns that they give: (c, k) each, of c groups of k."""

GROUP = 16
"""Columns at most that are settled by as many equations: what they give is found by their inverse."""
REGULAR = 1e-8
"""Smallest singular value, relative to the largest, of equations that are taken to give their columns."""


@dataclass(frozen=True)
class OpenPart(Brief):
    """The open columns of a program, and the rows in which they stand.

    Attributes
    ----------
    model : the whole program.
    x : (N,) a point of it, where settled columns are.
    columns, rows : which are open, (n,) and (m,).
    able : (E,) the entries of the columns that are open or were settled by equations.
    settled : round by round, equations and the columns that they give.
    """

    model: Model
    x: Array
    columns: Index
    rows: Index
    able: Index
    settled: tuple[Round, ...]

    @classmethod
    def of(cls, model: Model, x: Array, able: Mask, equal: Mask) -> OpenPart:
        """Find what is open around a point x (N,) where columns are *able* to move (N,), and rows are *equal* (M,)."""
        open_ = able.copy()
        every = entries = np.flatnonzero(able[model.column] & (model.value != 0))
        row, local = model.row_of(entries), equal & ~shared_rows(model)
        settled: list[Round] = []
        while True:
            alone = (equal & (np.bincount(row, minlength=len(equal)) == 1))[row]
            if alone.any():
                given, first = np.unique(model.column[entries[alone]], return_index=True)
                found = [(row[alone][first][:, None], given[:, None])]
            else:
                found = _given(model, entries, row, local)
            if not found:
                return cls(model, x, np.flatnonzero(open_), np.unique(row), every, tuple(settled))
            settled += found
            for _, given in found:
                open_[given] = False
            left = open_[model.column[entries]]
            entries, row = entries[left], row[left]

    @classmethod
    def of_face(cls, face: Model, x: Array) -> OpenPart:
        """Find what is open of a face (`faces.optimal_face`) around a point; with whole numbers all that can move."""
        equal = face.row_lower == face.row_upper
        return cls.of(face, x, face.column_lower < face.column_upper, equal & (not face.is_mixed))

    @cached_property
    def part(self) -> Model:
        """The program of what is open."""
        return part_of(self.model, self.rows, self.columns, self.x)

    def point(self, x: Array) -> Array:
        """Return the whole point (N,) where the open columns are x (n,)."""
        made = self.x.copy()
        made[self.columns] = x
        return made

    def solution(self, found: Solution) -> Solution:
        """Return what the part's solution is of the whole."""
        model, x, y = self.model, self.point(found.x), np.zeros(len(self.model.row_lower))
        y[self.rows] = found.row_dual
        for (row, column), own, rows, value, of in self._backwards():
            left = model.objective[column] - sums(of, y[rows] * value, column.size).reshape(column.shape)
            y[row] = _solved(np.swapaxes(own, 1, 2), left)
        return replace(found, x=x, row_dual=y, reduced_cost=reduced_costs(model, y), basis=None)

    def _backwards(self) -> Iterator[tuple[Round, Array, Index, Array, Index]]:
        """Yield rounds from the last: matrices (c, k, k), and rows and values of the columns' other entries.

        Of each of these it says of which of the columns it is, counted through all groups.
        """
        model = self.model
        (turn, place), (row_turn, row_place) = (
            (np.full(size, -1, np.int32), np.zeros(size, np.int32))
            for size in (len(model.objective), len(model.row_lower))
        )
        for number, (rows, columns) in enumerate(self.settled):
            turn[columns], place[columns] = number, np.arange(columns.size).reshape(columns.shape)
            row_turn[rows], row_place[rows] = number, np.arange(rows.size).reshape(rows.shape)
        able = self.able[np.argsort(turn[model.column[self.able]], kind="stable")]
        column, row, value = model.column[able], model.row_of(able), model.value[able]
        ends = np.searchsorted(turn[column], np.arange(len(self.settled) + 1))
        for number in reversed(range(len(self.settled))):
            at = slice(ends[number], ends[number + 1])
            of, own = place[column[at]], row_turn[row[at]] == number
            matrices = _matrices(row_place[row[at][own]], of[own], value[at][own], self.settled[number][1].shape)
            yield self.settled[number], matrices, row[at][~own], value[at][~own], of[~own]


def _given(model: Model, entries: Index, row: Index, local: Mask) -> list[Round]:
    """Find groups of open columns that *local* equations (M,) join to no others and give; groups of a size together.

    *entries*, *row* (E,): those of open columns, and the rows of these.
    """
    inside = local[row]
    columns, column = np.unique(model.column[entries[inside]], return_inverse=True)
    rows, row = np.unique(row[inside], return_inverse=True)
    value = model.value[entries[inside]]
    group = joined(row, column, len(rows), len(columns))
    of_row = np.empty(len(rows), np.int64)
    of_row[row] = group[column]
    widths = np.bincount(group)
    square = (widths == np.bincount(of_row, minlength=len(widths))) & (widths <= GROUP)
    order, row_order = np.argsort(group, kind="stable"), np.argsort(of_row, kind="stable")
    found: list[Round] = []
    for size in np.unique(widths[square]).tolist():
        chosen = square & (widths == size)
        given = order[chosen[group[order]]].reshape(-1, size)
        by = row_order[chosen[of_row[row_order]]].reshape(-1, size)
        place, row_place = np.empty(len(columns), np.int64), np.empty(len(rows), np.int64)
        place[given], row_place[by] = (np.arange(given.size).reshape(given.shape),) * 2
        ours = chosen[group[column]]
        matrices = _matrices(row_place[row[ours]], place[column[ours]], value[ours], given.shape)
        given, by = columns[given], rows[by]
        scaled = matrices * model.row_scale[by][:, :, None] * model.column_unit[given][:, None, :]
        singular = np.linalg.svd(scaled, compute_uv=False)
        regular = singular[:, -1] > REGULAR * singular[:, 0]
        if regular.any():
            found.append((by[regular], given[regular]))
    return found


def _matrices(row: Index, column: Index, value: Array, groups: tuple[int, ...]) -> Array:
    """Return the matrices of groups (c, k): (c, k, k), from entries whose rows and columns are counted through all."""
    count, size = groups
    made = np.zeros((count, size, size))
    np.add.at(made, (column // size, row % size, column % size), value)
    return made


def _solved(matrices: Array, right: Array) -> Array:
    """Solve groups of equations (c, k, k) for their right sides (c, k)."""
    if right.shape[1] == 1:
        return right / matrices[..., 0]
    return np.asarray(np.linalg.solve(matrices, right[..., None])[..., 0])
