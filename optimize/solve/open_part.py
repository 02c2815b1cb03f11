"""What is open of a program of which most is settled, as a small program: among optimal points few columns can move.

A column without room is settled. So is one that is the only open column of an equation, which gives its value; then
another equation may have one open column left, and so on. The duals of these equations follow in the other order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.model import Model, part_of, reduced_costs
from ..model.programme import Array, Index, sums
from .solution import Solution

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class OpenPart(Brief):
    """The open columns of a program, and the rows in which they stand.

    Attributes
    ----------
    model : the whole program.
    x : (N,) a point of it, where settled columns are.
    columns, rows : which are open, (n,) and (m,).
    settled : round by round, equations and the columns that they give.
    """

    model: Model
    x: Array
    columns: Index
    rows: Index
    settled: tuple[tuple[Index, Index], ...]

    @classmethod
    def of(cls, model: Model, x: Array, able: Mask, equal: Mask) -> OpenPart:
        """Find what is open around a point x (N,) where columns are *able* to move (N,), and rows are *equal* (M,)."""
        open_, entries = able.copy(), np.flatnonzero(able[model.column] & (model.value != 0))
        settled: list[tuple[Index, Index]] = []
        while True:
            row, column = model.row[entries], model.column[entries]
            alone = (equal & (np.bincount(row, minlength=len(equal)) == 1))[row]
            if not alone.any():
                return cls(model, x, np.flatnonzero(open_), np.unique(row), tuple(settled))
            given, first = np.unique(column[alone], return_index=True)
            settled.append((row[alone][first], given))
            open_[given] = False
            entries = entries[open_[column]]

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
        for row, column, entry, of, entries in self._backwards():
            left = model.objective[column] - sums(of, y[model.row[entries]] * model.value[entries], len(column))
            y[row] = left / entry
        return replace(found, x=x, row_dual=y, reduced_cost=reduced_costs(model, y), basis=None)

    def _backwards(self) -> Iterator[tuple[Index, Index, Array, Index, Index]]:
        """Yield rounds from the last: equations, their columns, the entries of these in those, and all their entries.

        Of each of all entries it says of which of the columns it is.
        """
        model, size = self.model, len(self.model.objective)
        turn, place = np.full(size, -1), np.zeros(size, dtype=np.int64)
        for number, (_, column) in enumerate(self.settled):
            turn[column], place[column] = number, np.arange(len(column))
        entries = np.flatnonzero(turn[model.column] >= 0)
        entries = entries[np.argsort(turn[model.column[entries]], kind="stable")]
        ends = np.searchsorted(turn[model.column[entries]], np.arange(len(self.settled) + 1))
        for number in reversed(range(len(self.settled))):
            row, column = self.settled[number]
            own = entries[ends[number] : ends[number + 1]]
            of = place[model.column[own]]
            pivots = model.row[own] == row[of]
            yield row, column, sums(of[pivots], model.value[own[pivots]], len(column)), of[~pivots], own[~pivots]
