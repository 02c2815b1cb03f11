"""Whether some of a column can be had at the price that a basis tells, for many columns at once.

At a basis a column that enters costs what its reduced cost says, a unit, as far as it gets. Where the optimum is
degenerate it may get nowhere: a basic column that stands at a bound would be pushed beyond it. Of B^-1 only the rows
of these columns are needed, each against all that would enter (Chvatal 1983, Linear Programming, chapter 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...brief import Brief
from ...model.model import Model
from ...model.programme import Array, Index, ranges

if TYPE_CHECKING:
    import highspy

AT_BOUND = 1e-9
"""A basic column this near to a bound, in its unit, is at it."""
PUSHED = 1e-9
"""A basic column that moves by no more than this, in units, a unit of what enters, stays."""


@dataclass(frozen=True)
class Mix(Brief):
    """Columns that enter together, many such sets: entry i is `rate[i]` units of `column[i]` in set `place[i]`."""

    place: Index
    column: Index
    rate: Array


@dataclass(frozen=True)
class Basis(Brief):
    """An optimal basis that HiGHS holds of a model as passed.

    There rows are multiplied by their scale, columns counted in their unit, and the objective multiplied by `size`.
    """

    model: Model
    highs: highspy.Highs
    size: float

    @cached_property
    def basic(self) -> Index:
        """(M,) basic column of each row of the basis; row i's own variable counts as -1 - i."""
        return np.array(self.highs.getBasicVariables()[1], dtype=np.int64)

    @cached_property
    def is_basic(self) -> NDArray[np.bool_]:
        """(N,) which columns are basic."""
        inside = np.zeros(len(self.model.objective), dtype=bool)
        inside[self.basic[self.basic >= 0]] = True
        return inside

    @cached_property
    def x(self) -> Array:
        """(N,) where its columns stand, in the model's units."""
        return np.asarray(np.array(self.highs.getSolution().col_value) * self.model.column_unit)

    @cached_property
    def reduced_costs(self) -> Array:
        """(N,) of the columns, in the model's units."""
        dual = np.array(self.highs.getSolution().col_dual)
        return np.asarray(dual / (self.model.column_unit * self.size))

    @cached_property
    def row_dual(self) -> Array:
        """(M,) duals of the rows, in the model's units."""
        return np.asarray(np.array(self.highs.getSolution().row_dual) * self.model.row_scale / self.size)

    def enter(self, mix: Mix, watched: Index) -> tuple[NDArray[np.bool_], Array]:
        """Let sets of columns enter, which are not basic and stand at their lower ends.

        Parameters
        ----------
        mix : what enters.
        watched : (K,) a column for each set.

        Returns
        -------
        tuple of ndarray
            Whether the step is longer than 0, and by how much the watched column moves: both (K,).
        """
        model, sets = self.model, len(watched)
        moves = np.bincount(mix.place, mix.rate * (mix.column == watched[mix.place]), sets)
        set_of = dict(zip(watched.tolist(), range(sets), strict=True))
        first, entry = columnwise(model)
        at, which = ranges(first[mix.column], first[mix.column + 1])
        e = entry[at]
        row, place = model.row[e], mix.place[which]
        value = model.value[e] * model.row_scale[row] * mix.rate[which]
        size = np.zeros(sets)
        np.maximum.at(size, place, np.abs(value))
        # row by row: of an inverse that is mostly 0, few rows matter
        order = np.argsort(row, kind="stable")
        row, place, value = row[order], place[order], value[order]
        start = np.searchsorted(row, np.arange(len(model.row_lower) + 1))
        possible = np.ones(sets, dtype=bool)
        for position, low, high in zip(*(part.tolist() for part in self._at_bounds), strict=True):
            inverse = np.asarray(self.highs.getBasisInverseRow(position)[1])
            rows = np.flatnonzero(inverse)
            hit, _ = ranges(start[rows], start[rows + 1])
            pushed = np.bincount(place[hit], inverse[row[hit]] * value[hit], sets)
            # what is basic gives way: a column by -B^-1 A, a row's activity by +
            move = pushed if self.basic[position] < 0 else -pushed
            possible &= ~((low & (move < -PUSHED * size)) | (high & (move > PUSHED * size)))
            if (own := set_of.get(int(self.basic[position]))) is not None:
                moves[own] = move[own] * model.column_unit[watched[own]]
        return np.asarray(possible), np.asarray(moves, dtype=float)

    def stays(self, step: Array) -> bool:
        """Whether the basis stays optimal as the bounds of rows move along *step* (M,), a little way at least."""
        return not self._blocked(*self._moves(step))

    def reach(self, step: Array) -> float:
        """How far bounds of rows can move along *step* (M,) until a basic column meets a bound: the ratio test."""
        moves, least = self._moves(step)
        if self._blocked(moves, least):
            return 0.0
        _, to_lower, to_upper = self._room
        room = np.concatenate([to_lower[moves < -least], to_upper[moves > least]])
        speed = np.concatenate([-moves[moves < -least], moves[moves > least]])
        return float((room / speed).min(initial=np.inf))

    def _blocked(self, moves: Array, least: float) -> bool:
        """Whether a basic column that stands at a bound would be pushed beyond it."""
        position, low, high = self._at_bounds
        moves = moves[position]
        return bool(((low & (moves < -least)) | (high & (moves > least))).any())

    def _moves(self, step: Array) -> tuple[Array, float]:
        """How fast basic columns move as bounds do along *step*, a row's own seen from its bounds; and what is none."""
        scaled, is_row = step * self.model.row_scale, self.basic < 0
        size = float(np.abs(scaled).max(initial=0.0)) or 1.0  # HiGHS takes what is below 1e-14 for nothing
        of_rows = scaled[-1 - self.basic[is_row]]
        nonbasic = scaled.copy()
        nonbasic[-1 - self.basic[is_row]] = 0.0
        moves = np.array(self.highs.getBasisSolve(nonbasic / size)[1]) * size
        moves[is_row] = -moves[is_row] - of_rows
        return moves, PUSHED * size

    @cached_property
    def _room(self) -> tuple[Array, Array, Array]:
        """Values of the basic columns, and how far each is from its lower end and from its upper one: (M,) each."""
        model, solution = self.model, self.highs.getSolution()
        unit, scale = model.column_unit, model.row_scale
        variable = np.where(self.basic >= 0, self.basic, len(unit) - 1 - self.basic)
        value = np.concatenate([np.array(solution.col_value), np.array(solution.row_value)])[variable]
        lower = np.concatenate([model.column_lower / unit, model.row_lower * scale])[variable]
        upper = np.concatenate([model.column_upper / unit, model.row_upper * scale])[variable]
        return value, value - lower, upper - value

    @cached_property
    def _at_bounds(self) -> tuple[Index, NDArray[np.bool_], NDArray[np.bool_]]:
        """Rows of the basis whose basic column stands at a bound, and whether at its lower one, at its upper one."""
        value, to_lower, to_upper = self._room
        near = AT_BOUND * np.maximum(1.0, np.abs(value))
        low, high = to_lower <= near, to_upper <= near
        either = np.flatnonzero(low | high)
        return either, low[either], high[either]


def columnwise(model: Model) -> tuple[Index, Index]:
    """Return the entries column by column: entries of column j are entry[first[j] : first[j + 1]]."""
    entry = np.argsort(model.column, kind="stable")
    return np.searchsorted(model.column[entry], np.arange(len(model.objective) + 1)), entry
