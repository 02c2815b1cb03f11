"""The linear program of a model over one box of its columns after another, from the basis before; and what duals bound.

All is in the units and scales in which HiGHS sees a model. A column that only closes a row, as a closed gap that no
more than its gap is delivered to, is what is delivered: HiGHS is asked without it and its row, whose dual is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...model.model import INF, Model
from ...model.programme import Array, Index
from ..highs_input import objective_scale, passed_arrays, run_in_time
from .tree import DIGITS

if TYPE_CHECKING:
    import highspy

Mask = NDArray[np.bool_]

WITHIN = 1e-12
"""Share of its end up to which what is delivered is within a gap."""
LESS = 0.5
"""Share of the columns with room up to which it pays to give HiGHS a smaller program."""


class Boxes:
    """A model's linear program; ends of its whole numbers change, and may change of rows that are not *still*."""

    def __init__(self, model: Model, still: Mask | None = None) -> None:
        self.model, self.still = model, np.ones(len(model.row_lower), dtype=bool) if still is None else still
        self.size = objective_scale(model)
        unit, scale = model.column_unit, model.row_scale
        self.value = model.value * scale[model.row] * unit[model.column]
        self.cost = model.objective * unit
        self.low, self.high = model.column_lower / unit, model.column_upper / unit
        self.low = np.where(model.integer, np.ceil(self.low), self.low)
        self.high = np.where(model.integer, np.floor(self.high), self.high)
        self.ends = model.row_lower * scale, model.row_upper * scale
        self.whole = np.flatnonzero(model.integer)
        self.only = self._only()
        self.delivered = self._delivered()
        self._pass(np.ones(len(self.cost), dtype=bool))

    def _only(self) -> tuple[Index, Index]:
        """Return entries of columns of no other row that are not whole, as closed gaps are, one for each such row."""
        model = self.model
        count = np.bincount(model.column, minlength=len(self.cost))
        able = (count[model.column] == 1) & ~model.integer[model.column] & (self.value > 0)
        able &= self.ends[1][model.row] < INF
        _, first = np.unique(model.row[able], return_index=True)
        entry = np.flatnonzero(able)[first]
        return np.asarray(model.row[entry]), entry

    def _delivered(self) -> tuple[Index, Index]:
        """Return the rows and entries of `only` whose column pays, and meets no end before its row does."""
        (rows, entry), value, column = self.only, self.value, self.model.column
        low, high = self.low[column], self.high[column]
        least = np.multiply(value, np.where(value > 0, low, high))
        most = np.multiply(value, np.where(value > 0, high, low))
        least[entry] = most[entry] = 0.0
        z, room = column[entry], self.ends[1][rows]
        highest, lowest = (
            (room - np.bincount(self.model.row, part, len(self.ends[1]))[rows]) / value[entry] for part in (least, most)
        )
        rounding = WITHIN * np.where(self.high[z] < INF, np.abs(self.high[z]), 0.0)
        kept = (highest <= self.high[z] + rounding) & (lowest >= self.low[z] - rounding)
        kept &= (self.cost[z] >= 0) & (self.ends[0][rows] == -INF) & self.still[rows]
        return rows[kept], entry[kept]

    def keep_to(self, low: Array, high: Array) -> None:
        """Leave to HiGHS only what has room in a box, where that is the less: each that is asked later lies in it."""
        room = low < high
        if 0 < np.count_nonzero(room[self.columns]) < LESS * len(self.columns):
            self._pass(room, low)

    def _pass(self, room: Mask, at: Array | None = None) -> None:
        """Give HiGHS what is left without the columns that are delivered, and their rows, and those without *room*.

        *at*: where these are.
        """
        model, (rows, entry) = self.model, self.delivered
        self.known = np.zeros(len(model.row_lower))
        self.known[rows] = self.cost[model.column[entry]] / self.value[entry]
        row_kept, kept = np.ones(len(self.known), dtype=bool), np.ones(len(self.cost), dtype=bool)
        row_kept[rows], kept[model.column[entry]] = False, False
        self.held = np.zeros(len(self.cost)) if at is None else np.where(kept & ~room, at, 0.0)
        self.shift = np.bincount(model.row, self.value * self.held[model.column], len(self.known))
        kept &= room
        self.rows, self.columns = np.flatnonzero(row_kept), np.flatnonzero(kept)
        self.every = np.arange(len(self.columns), dtype=np.int32)
        entries = row_kept[model.row] & kept[model.column]
        self.highs: highspy.Highs = passed_arrays(
            (self.cost - self._priced(self.known))[kept] * self.size,
            (self.low[kept], self.high[kept]),
            ((self.ends[0] - self.shift)[row_kept], (self.ends[1] - self.shift)[row_kept]),
            (
                np.concatenate([[0], np.cumsum(np.bincount(model.row[entries], minlength=len(row_kept))[row_kept])]),
                (np.cumsum(kept) - 1)[model.column[entries]],
                self.value[entries],
            ),
        )
        self.highs.setOptionValue("presolve", "off")

    def _priced(self, duals: Array) -> Array:
        """A' y."""
        return np.asarray(
            np.bincount(self.model.column, self.value * duals[self.model.row], len(self.cost)), dtype=float
        )

    @contextmanager
    def between(self, rows: Index, low: Array, high: Array) -> Iterator[None]:
        """Let rows that are not still lie between other ends for a while, in the units of the model."""
        kept, scale = self.ends, self.model.row_scale[rows]
        self.ends = kept[0].copy(), kept[1].copy()
        self.ends[0][rows], self.ends[1][rows] = low * scale, high * scale
        self._hand_over(rows)
        try:
            yield
        finally:
            self.ends = kept
            self._hand_over(rows)

    def _hand_over(self, rows: Index) -> None:
        for number, row in zip(np.searchsorted(self.rows, rows).tolist(), rows.tolist(), strict=True):
            ends = (float(side[row] - self.shift[row]) for side in self.ends)
            self.highs.changeRowBounds(number, *ends)

    # --- points and duals --------------------------------------------------------------------------------------------

    def solve(self, low: Array, high: Array) -> tuple[Array | None, Array | None, Array | None]:
        """Return duals and the point of a box's linear program, or a ray where it has none; None for what is not.

        Raises `OutOfTime` where a deadline is over.
        """
        import highspy  # as in `solvers.silent`

        h = self.highs
        h.changeColsBounds(len(self.every), self.every, low[self.columns], high[self.columns])
        run_in_time(h)
        status = h.getModelStatus()
        duals = self.known.copy()
        if status == highspy.HighsModelStatus.kOptimal:
            solution = h.getSolution()
            duals[self.rows] = np.array(solution.row_dual) / self.size
            return self.kept(duals), self._point(np.array(solution.col_value)), None
        if status == highspy.HighsModelStatus.kInfeasible:
            _, exists, ray = h.getDualRay()
            if exists:
                duals[:] = 0.0
                duals[self.rows] = np.array(ray)
                return None, None, duals
        return None, None, None

    def _point(self, kept: Array) -> Array:
        """Return a point (N,) of the model from the columns that HiGHS knows: the others are what is delivered."""
        (rows, entry), x = self.delivered, self.held.copy()
        x[self.columns] = kept
        activity = np.bincount(self.model.row, self.value * x[self.model.column], len(self.ends[1]))
        z = self.model.column[entry]
        x[z] = np.clip((self.ends[1][rows] - activity[rows]) / self.value[entry], self.low[z], self.high[z])
        return x

    def bound(self, duals: Array, low: Array, high: Array, cost: Array | None = None) -> tuple[float, Array]:
        """Return the bound of duals over a box, and cost - A' y."""
        left = (self.cost if cost is None else cost) - self._priced(duals)
        nothing = 1e-12 / (self.size if cost is None else 1.0)
        least, most = self.ends
        rows = np.where(duals > 0, most, least)
        columns = np.where(left > 0, high, low)
        left = np.where(np.isinf(columns) & (np.abs(left) < nothing), 0.0, left)
        parts = np.multiply(duals, rows, out=np.zeros_like(duals), where=duals != 0)
        others = np.multiply(left, columns, out=np.zeros_like(left), where=left != 0)
        return float(parts.sum() + others.sum()), left

    def moved(self, duals: Array, bound: float, left: Array, low: Array, high: Array) -> tuple[Array, float, Array]:
        """Move prices from closed gaps to what closes them, where the bound stays: theirs fix whole numbers."""
        model, (rows, entry) = self.model, self.only
        z = model.column[entry]
        more = np.zeros(len(duals))
        more[rows] = np.maximum(left[z], 0.0) / self.value[entry]
        with np.errstate(invalid="ignore"):
            ahead = left[model.column] - self.value * more[model.row]
            change = np.maximum(ahead * high[model.column], ahead * low[model.column])
            change -= np.maximum(left * high, left * low)[model.column]
            worse = np.bincount(model.row, change, len(duals)) + np.where(more > 0, more * self.ends[1], 0.0)
        more[~(worse <= 1e-12 * np.abs(bound))] = 0.0
        if not more.any():
            return duals, bound, left
        found = self.kept(duals + more)
        there, ahead = self.bound(found, low, high)
        return (found, there, ahead) if there <= bound + 1e-11 * abs(bound) else (duals, bound, left)

    def excludes(self, ray: Array, low: Array, high: Array) -> bool:
        """Whether a sum of rows, weighed by a ray, is met by no point of a box (Farkas)."""
        none, size = np.zeros(len(low)), float(np.abs(ray).max(initial=0.0))
        return any(
            self.bound(self.signed(sign * ray / size), low, high, none)[0] < -WITHIN for sign in (1.0, -1.0) if size
        )

    def kept(self, duals: Array) -> Array:
        """Duals as the checker reads them: of the right sign, and rounded."""
        digits = 2.0**DIGITS * self.size
        return np.asarray(np.round(self.signed(duals) * digits) / digits)

    def signed(self, duals: Array) -> Array:
        """Duals, or a ray, of the right sign."""
        least, most = self.ends
        return np.clip(duals, np.where(least > -INF, -INF, 0.0), np.where(most < INF, INF, 0.0))

    def narrowed(self, left: Array, low: Array, high: Array, over: float) -> tuple[Array, Array]:
        """Leave out of a box what whole numbers cannot be that lose no more than *over*, as the checker does."""
        low, high, at = low.copy(), high.copy(), self.whole
        d = left[at]
        able = (np.abs(d) * self.size > 1e-12) & np.isfinite(low[at]) & np.isfinite(high[at])
        at, d = at[able], d[able]
        units = np.ceil(over * (1 + 1e-9) / np.abs(d) + 1e-9)
        up, down = at[d > 0], at[d < 0]
        low[up] = np.maximum(low[up], high[up] - (units[d > 0] - 1))
        high[down] = np.minimum(high[down], low[down] + (units[d < 0] - 1))
        return low, high
