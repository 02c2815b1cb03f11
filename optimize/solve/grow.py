"""Growing the tree that proves a plan of whole units: linear programs by HiGHS, each from the basis before.

Nothing here need be right: `tree.check` reads what comes of it and believes none of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ..brief import Brief
from ..model.model import INF, Model
from ..model.programme import Array, Index
from .certificate import primal_violation
from .passing import objective_scale, passed
from .tree import DIGITS, LEAF, Incomplete, Node, Tree, TreeProof, check, rounded

if TYPE_CHECKING:
    import highspy

SAME = 1e-9
"""Share of a plan's value by which another one may be better without being another answer."""
WHOLE = 1e-7
"""What is nearer than this to a whole number is one."""
WORK = 2_000_000
"""Entries of the matrix, a node, up to which a tree is grown for every plan: well below a second."""
MORE_WORK = 300_000_000
"""The same where proof is asked for."""


@dataclass(frozen=True)
class Proof(Brief):
    """What is known of the bound of a plan of whole units without trust in a solver.

    Attributes
    ----------
    tree : the log, empty where there is none.
    found : what the checker says of it; None where the tree was not grown to the end, or does not prove its bound.
    better : a point (N,) of more value that turned up on the way, None where there is none.
    """

    tree: Tree = ()
    found: TreeProof | None = None
    better: Array | None = None


def prove_bound(model: Model, x: Array, work: int = WORK, seconds: float = INF) -> Proof:
    """Prove that no point of a model with whole numbers is better than x (N,), by a tree that is grown and checked.

    *work* and *seconds* limit the growing; `SAME` is the gap that is left.
    """
    value = float(model.objective @ x)
    gap = gap_of(model, value)
    grown = _Grown(model, value, gap)
    most = max(1, work // max(1, len(model.value) + len(model.objective)))
    nodes: list[Node] = []
    end = time.monotonic() + seconds
    for node in grown.nodes():
        nodes.append(node)
        if len(nodes) > most or time.monotonic() > end:
            return Proof()
    if grown.better is not None:
        return Proof(better=grown.better)
    if grown.lost:
        return Proof()
    tree = tuple(nodes)
    try:
        return Proof(tree, check(model, tree, Fraction(value), Fraction(gap)))
    except Incomplete:
        return Proof(tree)


def gap_of(model: Model, value: float) -> float:
    """Return by how much a plan may be better than one of this value without being another answer."""
    return SAME * max(abs(value), 1e-6 * float(np.abs(model.objective * model.column_unit).sum()))


class _Grown:
    """A tree under way, depth first."""

    def __init__(self, model: Model, value: float, gap: float) -> None:
        self.model = model
        self.relaxed = replace(model, integer=np.zeros_like(model.integer))
        self.highs: highspy.Highs = passed(self.relaxed)
        self.highs.setOptionValue("presolve", "off")
        self.size = objective_scale(model)
        unit, scale = model.column_unit, model.row_scale
        self.value = model.value * scale[model.row] * unit[model.column]
        self.cost = model.objective * unit
        self.low, self.high = model.column_lower / unit, model.column_upper / unit
        self.low = np.where(model.integer, np.ceil(self.low), self.low)
        self.high = np.where(model.integer, np.floor(self.high), self.high)
        self.ends = model.row_lower * scale, model.row_upper * scale
        self.whole = np.flatnonzero(model.integer)
        self.every = np.arange(len(unit), dtype=np.int32)
        # a little less than is allowed, so that the checker's exact arithmetic closes what is closed here
        self.target = value + gap * (1 - 1e-3)
        priced = self.cost != 0
        if not (priced & ~model.integer).any() and (self.cost == np.round(self.cost)).all() and priced.any():
            step = float(np.gcd.reduce(np.abs(self.cost[priced]).astype(np.int64)))
            self.target = max(self.target, value + step * (1 - 1e-6))
        self.only = self._only()
        self.better: Array | None = None
        self.lost = False

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes in preorder; stop where a better point turns up, or a node gives no answer."""
        open_ = [(self.low, self.high, np.zeros(len(self.model.row_lower)))]
        while open_:
            low, high, before = open_.pop()
            duals, x = self._solve(low, high, before)
            bound, left = self._bound(duals, low, high)
            if bound > self.target:
                duals, bound, left = self._moved(duals, bound, left, low, high)
            if bound <= self.target:
                yield Node(LEAF, 0, rounded(duals))
                continue
            if x is None:
                self.lost = True
                return
            low, high = self._narrowed(left, low, high, bound - self.target)
            column = self._branch(x, duals, low, high)
            if column is None:
                self._take(x)
                return
            at = float(np.clip(np.floor(x[column]), low[column], high[column] - 1))
            yield Node(int(column), int(at), rounded(duals))
            below, above = high.copy(), low.copy()
            below[column], above[column] = at, at + 1
            open_ += [(above, high, duals), (low, below, duals)]

    def _solve(self, low: Array, high: Array, before: Array) -> tuple[Array, Array | None]:
        """Return row duals and the point of a box's linear program; duals that close it where it has no point."""
        import highspy  # as in `solvers.silent`

        h = self.highs
        h.changeColsBounds(len(self.every), self.every, low, high)
        h.run()
        status = h.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            solution = h.getSolution()
            return self._kept(np.array(solution.row_dual) / self.size), np.array(solution.col_value)
        if status == highspy.HighsModelStatus.kInfeasible:
            _, exists, ray = h.getDualRay()
            if exists:
                return self._pushed(before, np.array(ray), low, high), None
        return before, None

    def _only(self) -> tuple[Index, Index]:
        """Return entries of columns of no other row that are not whole, as closed gaps are, one for each such row."""
        model = self.model
        count = np.bincount(model.column, minlength=len(self.cost))
        able = (count[model.column] == 1) & ~model.integer[model.column] & (self.value > 0)
        able &= self.ends[1][model.row] < INF
        _, first = np.unique(model.row[able], return_index=True)
        entry = np.flatnonzero(able)[first]
        return np.asarray(model.row[entry]), entry

    def _moved(self, duals: Array, bound: float, left: Array, low: Array, high: Array) -> tuple[Array, float, Array]:
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
        found = self._kept(duals + more)
        there, ahead = self._bound(found, low, high)
        return (found, there, ahead) if there <= bound + 1e-11 * abs(bound) else (duals, bound, left)

    def _kept(self, duals: Array) -> Array:
        """Duals as the checker reads them: of the right sign, and rounded."""
        least, most = self.ends
        duals = np.clip(duals, np.where(least > -INF, -INF, 0.0), np.where(most < INF, INF, 0.0))
        return np.asarray(np.round(duals * 2.0**DIGITS) / 2.0**DIGITS)

    def _pushed(self, before: Array, ray: Array, low: Array, high: Array) -> Array:
        """Add as much of a ray to duals as takes their bound below the target."""
        over, _ = self._bound(before, low, high)
        for sign in (1.0, -1.0):
            way = self._kept(sign * ray / np.abs(ray).max(initial=1e-300))
            falls, _ = self._bound(way, low, high, np.zeros(len(low)))
            if falls < 0 and np.isfinite(over):
                pushed = self._kept(before + way * (1.001 * (over - self.target) / -falls))
                if self._bound(pushed, low, high)[0] <= self.target:
                    return pushed
        return before

    def _bound(self, duals: Array, low: Array, high: Array, cost: Array | None = None) -> tuple[float, Array]:
        """Return the bound of duals over a box, and cost - A' y."""
        model = self.model
        cost = self.cost if cost is None else cost
        left = cost - np.bincount(model.column, self.value * duals[model.row], len(cost))
        least, most = self.ends
        rows = np.where(duals > 0, most, least)
        columns = np.where(left > 0, high, low)
        left = np.where(np.isinf(columns) & (np.abs(left) < 1e-12), 0.0, left)
        parts = np.multiply(duals, rows, out=np.zeros_like(duals), where=duals != 0)
        others = np.multiply(left, columns, out=np.zeros_like(left), where=left != 0)
        return float(parts.sum() + others.sum()), left

    def _narrowed(self, left: Array, low: Array, high: Array, over: float) -> tuple[Array, Array]:
        """Leave out what whole numbers cannot be, as the checker does."""
        low, high, at = low.copy(), high.copy(), self.whole
        d = left[at]
        able = (np.abs(d) > 1e-12) & np.isfinite(low[at]) & np.isfinite(high[at])
        at, d = at[able], d[able]
        units = np.ceil(over * (1 + 1e-9) / np.abs(d) + 1e-9)
        up, down = at[d > 0], at[d < 0]
        low[up] = np.maximum(low[up], high[up] - (units[d > 0] - 1))
        high[down] = np.minimum(high[down], low[down] + (units[d < 0] - 1))
        return low, high

    def _branch(self, x: Array, duals: Array, low: Array, high: Array) -> int | None:
        """Return the column to branch on: the one furthest from a whole number, weighed by what it is worth."""
        at = self.whole[high[self.whole] > low[self.whole]]
        if not len(at):
            return None
        away = np.abs(x[at] - np.round(x[at]))
        outside = (x[at] < low[at] - WHOLE) | (x[at] > high[at] + WHOLE)
        if not (outside | (away > WHOLE)).any():
            # whole, and yet above the target: a better point, or rounding
            return None
        model = self.model
        stake = np.abs(self.cost) + np.bincount(model.column, np.abs(self.value * duals[model.row]), len(self.cost))
        weight = np.where(outside, 1.0, away) * (stake[at] + 1e-12)
        return int(at[weight.argmax()])

    def _take(self, x: Array) -> None:
        """Keep a point of whole numbers that is better, if it keeps the rows; else the tree is lost."""
        model = self.model
        point = x * model.column_unit
        point = np.where(model.integer, np.round(point), point)
        if primal_violation(model, point) <= 1e-9 and float(model.objective @ point) > self.target:
            self.better = point
        else:
            self.lost = True
