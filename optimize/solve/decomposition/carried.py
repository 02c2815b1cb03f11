"""What one period carries to the next, taken out of a program: its budgets are counted from the first period on.

A column that fills up its row, and passes a share of itself on to another one, as what is unspent does to the next
period, is what the row leaves: ``a x + u = b, c x' + u' - f u = b'`` says no more than ``a x <= b`` and
``c x' + f a x <= b' + f b``. With such columns, rows that join all blocks would be joined to each other, and a block
could not tell what a price does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...model.model import INF, Model, reduced_costs, shared_rows
from ...model.programme import Array, Index, ranges, sums
from ..solution import AT_LOWER, AT_UPPER, BASIC, Solution


@dataclass(frozen=True)
class Carried:
    """A matrix without columns that fill up rows.

    Attributes
    ----------
    inner : a program of the same columns, those without entries, and the same rows.
    columns, rows, size : (K,) columns that fill up rows, these rows, and their entries there.
    into, share : (K,) the row that gets it, -1 if none does, and the entry there, below 0.
    by : (M', M') what rows from *first* on count of each other.
    """

    inner: Model
    columns: Index
    rows: Index
    size: Array
    into: Index
    share: Array
    first: int
    by: Array

    @classmethod
    def of(cls, model: Model) -> Carried | None:
        """Find what is carried in a model; None where nothing is."""
        columns, joins = len(model.objective), shared_rows(model)
        shared = [slice(model.start[i], model.start[i + 1]) for i in np.flatnonzero(joins)]
        if not any((model.value[at] < 0).any() for at in shared):
            return None
        entered = np.flatnonzero(model.value != 0.0)
        row, column, value = model.row[entered], model.column[entered], model.value[entered]
        alone = np.bincount(column[~joins[row]], minlength=columns) == 0
        count, last, first = np.bincount(column, minlength=columns), np.zeros(columns), np.zeros(columns, np.int64)
        last[column] = value  # rows come in order
        first[column[::-1]] = np.arange(len(column))[::-1]
        passes = np.flatnonzero(alone & (count == 2) & (last < 0))
        passes = passes[value[first[passes]] > 0]
        found: dict[int, tuple[int, float, int, float]] = {}
        second = np.zeros(columns, np.int64)
        second[column] = np.arange(len(column))
        for u in passes.tolist():
            one, two = first[u], second[u]
            found[int(row[one])] = u, float(value[one]), int(row[two]), float(value[two])
        fed = {into for _, _, into, _ in found.values()} - set(found)
        ends = np.flatnonzero(alone & (count == 1) & (last > 0))
        for u in ends[np.argsort(model.column_upper[ends], kind="stable")].tolist():  # the longest of a row is kept
            i = int(row[first[u]])
            if i in fed:
                found[i] = u, float(last[u]), -1, 0.0
        if not found:
            return None
        rows = np.array(sorted(found))
        us, size, into, share = (np.array([found[int(i)][part] for i in rows]) for part in range(4))
        begin, end = int(rows[0]), int(max(rows[-1], into.max())) + 1
        by = np.eye(end - begin)
        for i, a, k, f in zip(rows, size, into, share, strict=True):
            if k >= 0:
                by[k - begin] -= f / a * by[i - begin]
        return cls(_counted(model, us, begin, by), us, rows, size, into, share, begin, by)

    def without(self, model: Model) -> Model | None:
        """Return a model of this matrix without what is carried; None where that says something else.

        It does not where a column costs anything, or is stopped by its own end, or where a row has to be filled up and
        one that passes something on to it has not.
        """
        u, at = self.columns, slice(self.first, self.first + len(self.by))
        free = model.column_upper[u] > model.column_lower[u]
        exact = model.row_lower == model.row_upper
        if (
            model.objective[u].any()
            or model.column_lower[u].any()
            or not (free | exact[self.rows] | (self.into < 0)).all()
        ):
            return None
        upper, lower = model.row_upper.copy(), model.row_lower.copy()
        upper[at] = self.by @ np.where(np.isfinite(upper[at]), upper[at], 0.0)
        counts = (self.by != 0).sum(axis=1) > 1
        if np.isinf(model.row_upper[self.rows]).any() or np.isinf(model.row_upper[at][counts]).any():
            return None
        upper[at] = np.where(np.isfinite(model.row_upper[at]), upper[at], model.row_upper[at])
        bounded = np.flatnonzero(counts & np.isfinite(lower[at]))
        for k in bounded:
            i = self.first + k
            if i in self.rows and free[np.searchsorted(self.rows, i)]:
                continue
            others = self.first + np.flatnonzero(self.by[k])
            if not exact[others].all():
                return None
            lower[i] = upper[i]
        lower[self.rows[free]] = -INF
        low, high = model.column_lower.copy(), model.column_upper.copy()
        high[u] = 0.0
        made = self.inner.alike(
            objective=model.objective, column_lower=low, column_upper=high, row_lower=lower, row_upper=upper
        )
        # what fills up a row is never stopped by its own end
        least = self._least(made)
        room = (upper[self.rows] - least) / self.size
        return made if (~free | (model.column_upper[u] >= room)).all() else None

    def _least(self, model: Model) -> Array:
        """The least that the other columns take of each row, (K,)."""
        at, of = ranges(model.start[self.rows], model.start[self.rows + 1])
        column, value = model.column[at], model.value[at]
        some = value != 0.0
        column, value, of = column[some], value[some], of[some]
        end = np.where(value > 0, model.column_lower[column], model.column_upper[column])
        return sums(of, value * end, len(self.rows))

    def priced(self, y: Array, back: bool = False) -> Array:
        """Return row duals (M,) from those of the program without what is carried, or *back*."""
        at, by, y = slice(self.first, self.first + len(self.by)), self.by.T, y.copy()
        y[at] = np.linalg.solve(by, y[at]) if back else by @ y[at]
        return y

    def whole(self, model: Model, found: Solution) -> Solution:
        """Return a solution of a model from that of the one without what is carried."""
        x, y = found.x.copy(), self.priced(found.row_dual)
        left = model.row_upper - model.activity(x)
        for i, u, a, k, f in zip(self.rows, self.columns, self.size, self.into, self.share, strict=True):
            x[u] = np.clip(left[i] / a, model.column_lower[u], model.column_upper[u])
            if k >= 0:
                left[k] -= f * x[u]
        basis = found.basis
        if basis is not None:
            columns, rows = (part.copy() for part in basis)
            free = model.column_upper[self.columns] > model.column_lower[self.columns]
            u, i = self.columns[free], self.rows[free]
            columns[u] = np.where(rows[i] == BASIC, BASIC, AT_LOWER)
            rows[i] = AT_UPPER
            basis = columns, rows
        return replace(found, x=x, row_dual=y, reduced_cost=reduced_costs(model, y), basis=basis)


def _counted(model: Model, left_out: Index, first: int, by: Array) -> Model:
    """Return a model whose rows from *first* on count others by so much, without some columns."""
    kept = np.ones(len(model.objective), dtype=bool)
    kept[left_out] = False
    columns, values = [], []
    for weights in by:
        of = np.flatnonzero(weights)
        at, number = ranges(model.start[first + of], model.start[first + of + 1])
        at, number = at[kept[model.column[at]]], number[kept[model.column[at]]]
        column, place = np.unique(model.column[at], return_inverse=True)
        columns.append(column)
        values.append(np.bincount(place, weights[of][number] * model.value[at], len(column)))
    begin, end = int(model.start[first]), int(model.start[first + len(by)])
    sizes = np.diff(model.start)
    sizes[first : first + len(by)] = [len(column) for column in columns]
    return replace(
        model,
        start=np.append(0, np.cumsum(sizes)),
        column=np.concatenate([model.column[:begin], *columns, model.column[end:]]),
        value=np.concatenate([model.value[:begin], *values, model.value[end:]]),
    )
