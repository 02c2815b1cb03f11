"""Wide columns, as of a measure of the whole city: they would join all blocks, so they are held while these are solved.

At the reduced costs that the blocks leave them, they go where they pay most: the rows that they fill alone, as the
levels of a measure over its periods, are a program of their own, whose duals belong to the proof of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...model.model import reduced_costs
from ...model.programme import Array, Index, sums
from ..highs_input import passed_arrays, states_of
from ..solution import Solution, States
from .blocks import Blocks, NoEnd

ROOM = 1e-9
"""How far a row may be overstepped, scaled, by what held columns take of it."""


@dataclass(frozen=True)
class Ends:
    """Where held columns (H,) pay most: their values, the duals of rows that they fill alone, and the basis of both."""

    x: Array
    dual: Array
    basis: States | None


class Held:
    """The held columns of blocks and the rows (K,) that they fill alone."""

    def __init__(self, b: Blocks) -> None:
        self.b, model = b, b.model
        self.columns = b.parts.held
        self._number = np.full(len(model.objective), -1)
        self._number[self.columns] = np.arange(len(self.columns))
        entered = model.value != 0.0
        ours = entered & (self._number[model.column] >= 0)
        rows = len(model.row_lower)
        filled = sums(model.row[ours], np.ones(np.count_nonzero(ours)), rows)
        self.rows = np.flatnonzero((filled > 0) & (sums(model.row[entered], np.ones(entered.sum()), rows) == filled))
        self.entries = np.flatnonzero(ours)

    def best(self, gain: Array) -> Ends:
        """Where they pay most at what a unit of each gains, (H,), as the model's units of columns count it."""
        model, at = self.b.model, self.columns
        unit, scale = model.column_unit[at], self.b.parts.scale[self.rows]
        low, high = model.column_lower[at], model.column_upper[at]
        if not len(self.rows):
            better = np.where(gain > 0, high, np.where(gain < 0, low, self.b.held))
            return Ends(np.where(np.isfinite(better), better, self.b.held), np.empty(0), None)
        place = np.full(len(model.row_lower), -1)
        place[self.rows] = np.arange(len(self.rows))
        entries = self.entries[place[model.row[self.entries]] >= 0]
        row, column = place[model.row[entries]], self._number[model.column[entries]]
        by_row = model.value[entries] * scale[row] * unit[column]
        h = passed_arrays(
            gain,
            (low / unit, high / unit),
            (model.row_lower[self.rows] * scale, model.row_upper[self.rows] * scale),
            (np.searchsorted(row, np.arange(len(self.rows) + 1)), column, by_row),
        )
        h.run()
        solution = h.getSolution()
        if h.modelStatusToString(h.getModelStatus()) != "Optimal":
            raise NoEnd
        dual = np.array(solution.row_dual) * scale / self.b.size
        return Ends(np.clip(np.array(solution.col_value) * unit, low, high), dual, states_of(h))

    def proving(self, found: Solution, best: Ends) -> Solution:
        """Return what was found with the duals of rows that held columns fill alone, the basis where it is known."""
        if not len(self.rows):
            return found
        y = found.row_dual.copy()
        y[self.rows] = best.dual
        basis = found.basis
        if basis is not None and best.basis is not None and np.array_equal(best.x, self.b.held):
            columns, rows = (part.copy() for part in basis)
            columns[self.columns], rows[self.rows] = best.basis
            basis = columns, rows
        return replace(found, row_dual=y, reduced_cost=reduced_costs(self.b.model, y), basis=basis)

    def moves(self, to: Array, worth: Array) -> Index:
        """Return which of them (H,) go there together: those of most worth, where the rest can keep all rows."""
        model, b = self.b.model, self.b
        lower, upper = model.column_lower.copy(), model.column_upper.copy()
        lower[self.columns] = upper[self.columns] = b.held
        entered = np.flatnonzero(model.value != 0.0)
        row, column, value = model.row[entered], model.column[entered], model.value[entered]
        ends = value * lower[column], value * upper[column]
        least, most = (sums(row, end(*ends), len(model.row_lower)) for end in (np.minimum, np.maximum))
        slack = ROOM / b.parts.scale
        of = self._number[model.column[self.entries]]
        order = np.argsort(of, kind="stable")
        entries, first = self.entries[order], np.searchsorted(of[order], np.arange(len(self.columns) + 1))
        most_first = np.argsort(-worth, kind="stable")
        made = []
        for h in [*np.flatnonzero((to != b.held) & (worth <= 0)), *most_first[worth[most_first] > 0]]:
            at = entries[first[h] : first[h + 1]]
            rows, step = model.row[at], model.value[at] * (to[h] - b.held[h])
            low, high, room = least[rows] + step, most[rows] + step, slack[rows]
            if (low <= model.row_upper[rows] + room).all() and (high >= model.row_lower[rows] - room).all():
                least[rows], most[rows] = low, high
                made.append(int(h))
        return np.array(made, np.int64)
