"""Prices and their ranges in a large program: only blocks that a small change of prices would alter take part.

The slope of the optimum as shared rows move is that of the best direction from the optimum (a linear program over the
blocks that mind soonest, the others held); its duals are prices, and where they leave every other block's plan as good
as any, the slope is proved. How far it holds is how far the rows can move while all blocks keep to their optima at
these prices, of which few blocks have more than one.

Source: Gal (1995), Postoptimal Analyses, Parametric Programming, and Related Topics, 2nd ed., chapter 4.
"""

from __future__ import annotations

import copy
from dataclasses import replace

import highspy
import numpy as np

from ...model.model import INF, Model, reduced_costs, with_columns
from ...model.programme import Array, Index, ranges, sums
from ...solve.decomposition.blocks import LIGHT, NOISE, TIED, Blocks, NoEnd
from ...solve.decomposition.decompose import blocks_of
from ...solve.decomposition.together import More, Stated, stated
from ...solve.faces import optimal_face
from ...solve.highs_input import run_in_time
from ...solve.solution import Solution
from ...solve.solvers import highs
from .ranging import CLOSE, Side, amount_unit, rounded, size_of

ACTIVE = 40
"""Blocks that a direction moves at first; it grows by those that a price found so alters."""
ROUNDS = 12
"""Directions sought at most."""
GROWS = 500
"""More of them that take part in the next direction, at most."""
MANY = 2000
"""Blocks with several optima up to which they are put into one program."""
NEAR = 1e-9
"""How near to a bound a point is at it, relative to max(1, |point|)."""


class Marginal:
    """The blocks of a model at its optimum, ready to be asked how it changes as shared rows move."""

    def __init__(self, model: Model, blocks: Blocks, optimum: Solution) -> None:
        self.model, self.blocks, self.optimum = model, blocks, optimum
        parts, scale, unit = blocks.parts, blocks.parts.scale, model.column_unit
        self.x = (optimum.x / unit)[parts.columns]
        activity = model.activity(optimum.x) * scale
        self.used, self.local = activity[parts.shared], activity[parts.rows]
        self.price = optimum.row_dual[parts.shared] / scale[parts.shared] * blocks.size
        self.close = CLOSE * size_of(model, float(model.objective @ optimum.x)) * blocks.size
        self.low, self.high = blocks.low, blocks.high
        blocks.prepare()
        self.live = np.flatnonzero(blocks.free & ~blocks.balance)
        blocks.loosen(np.zeros(len(self.price), dtype=bool))
        blocks.solve_at(self.live, self.price)
        self.slack = blocks.state.slackness.copy()
        apart = np.abs(self.x - blocks.state.x) > NEAR * np.maximum(1.0, np.abs(self.x))
        self.slack[blocks.any_of(apart)] = 0.0  # between vertices
        self.cone = self._cone()

    @classmethod
    def of(cls, model: Model, optimum: Solution) -> Marginal | None:
        """Find the blocks of a model at its optimum; None where it has none."""
        with blocks_of(model) as blocks:
            if blocks is None or len(blocks.parts.held):
                return None
            blocks.workers = None  # they end here
            try:
                return cls(model, blocks, optimum)
            except NoEnd:
                return None

    def _cone(self) -> Blocks:
        """Blocks whose points are the directions in which the optimum can move."""
        b = self.blocks
        cone = copy.copy(b)
        cone.lower, cone.upper = _directions(self.x, b.lower, b.upper)
        cone.row_lower, cone.row_upper = _directions(self.local, b.row_lower, b.row_upper)
        return cone

    def side(self, step: Array, limit: float) -> Side | None:
        """Slope of the optimum as rows move along *step* (M,), and how far, at most *limit*, it holds.

        None where this way does not tell it.
        """
        parts = self.blocks.parts
        unit = amount_unit(self.model, step)
        moves = np.delete(step, parts.shared).any()
        if moves or limit <= NEAR * unit:
            return None
        along = step[parts.shared] * parts.scale[parts.shared] * unit
        price: Array | None = self.price
        reach = self._reach(self.price, along, step * unit, limit / unit)
        if reach is None or reach <= NEAR:  # at a kink other prices hold on this side
            price = self._priced(along)
            reach = None if price is None else self._reach(price, along, step * unit, limit / unit)
        if price is None or reach is None or reach <= NEAR:
            return None
        slope = float(price @ along)
        if np.isinf(reach):
            return Side(0.0, INF)
        return Side(rounded(slope, slope, reach, self.close) / unit / self.blocks.size, reach * unit)

    def _priced(self, along: Array) -> Array | None:
        """Prices, among all that the optimum has, at which rows that move *along* (R,) are worth least."""
        b, live = self.blocks, self.live
        low, high = _directions(self.used, self.low, self.high)
        low, high = low + np.where(low > -INF, along, 0.0), high + np.where(high < INF, along, 0.0)
        balances = np.flatnonzero(b.balance)
        active = min(ACTIVE, len(live))
        chosen = live[np.argpartition(self.slack[live], active - 1)[:active]] if active else live
        for _ in range(ROUNDS):
            direction = _solved(stated(self.cone, np.sort(np.append(chosen, balances)), low, high))
            if direction is None:
                return None
            price = np.array(direction.getSolution().row_dual)[-len(low) :]
            losing = self._losing(price, chosen)
            if losing is None:
                return price
            chosen = np.append(chosen, losing)
        return None

    def _minding(self, price: Array) -> Index:
        """Blocks that prices other than the optimum's own may alter."""
        moved = float((np.abs(price - self.price) / np.maximum(np.abs(self.price), LIGHT)).max(initial=0.0))
        return self.live[self.slack[self.live] <= moved + TIED]

    def _losing(self, price: Array, chosen: Index) -> Index | None:
        """Blocks beside the chosen ones that have something better at prices than what they do; None if none has."""
        b = self.blocks
        minds = np.setdiff1d(self._minding(price), chosen)
        if not len(minds):
            return None
        b.solve_at(minds, price)
        columns = b.parts.columns_of(minds)
        start, row, value = b.parts.joint
        at, of = ranges(start[columns], start[columns + 1])
        net = b.cost[columns] - sums(of, value[at] * price[row[at]], len(columns))
        widths = np.diff(b.parts.column_start)[minds]
        owner = np.repeat(np.arange(len(minds)), widths)
        lost = sums(owner, net * (b.state.x[columns] - self.x[columns]), len(minds))
        if lost.sum() <= self.close:
            return None
        worst = np.argsort(-lost)[:GROWS]
        return np.asarray(minds[worst[lost[worst] > self.close / len(minds)]])

    def _reach(self, price: Array, along: Array, step: Array, limit: float) -> float | None:
        """How far rows can move *along* (R,), as a *step* (M,), while all blocks keep to their optima at prices."""
        b, parts = self.blocks, self.blocks.parts
        relaxes = np.where(along > 0, self.low == -INF, True) & np.where(along < 0, self.high == INF, True)
        if relaxes.all() and float(price @ along) <= self.close and limit == INF:
            return INF
        minds = self._minding(price)
        b.solve_at(minds, price)
        columns = parts.columns_of(minds)
        apart = np.zeros(len(self.x), dtype=bool)
        apart[columns] = np.abs(self.x - b.state.x)[columns] > NEAR * np.maximum(1.0, np.abs(self.x[columns]))
        several = minds[(b.state.slackness[minds] <= TIED) | b.any_of(apart)[minds]]
        if len(several) > MANY:
            return self._reach_of_many(price, step, limit)
        blocks = np.sort(np.append(several, np.flatnonzero(b.balance)))
        face = b.on_face(blocks, price)
        columns = parts.columns_of(blocks)
        start, row, value = parts.joint
        at, of = ranges(start[columns], start[columns + 1])
        use = np.bincount(row[at], value[at] * self.x[columns][of], len(price))
        noise = NOISE * float(np.abs(b.cost).max(initial=0.0))
        low = np.where((price > noise) & (self.high < INF), self.high, self.low) - self.used + use
        high = np.where((price < -noise) & (self.low > -INF), self.low, self.high) - self.used + use
        face.cost = np.zeros_like(b.cost)
        more = More(np.ones(1), np.array([limit]), -along[:, None])
        found = _solved(stated(face, blocks, low, high, more))
        return None if found is None else float(found.getSolution().col_value[-1])

    def _reach_of_many(self, price: Array, step: Array, limit: float) -> float | None:
        """The same as a program of all blocks at their optima."""
        self.blocks.solve_at(self.live, price)
        dual = self.blocks.row_dual(price, self.blocks.duals(price))
        optimum = replace(self.optimum, row_dual=dual, reduced_cost=reduced_costs(self.model, dual))
        face = optimal_face(self.model, optimum, np.zeros_like(self.model.objective))
        rows = np.flatnonzero(step)
        face = with_columns(face, ["change"], [(rows, -step[rows])], np.zeros(1), np.array([limit]))
        found = highs(replace(face, objective=np.append(face.objective[:-1], 1.0)))
        return float(found.x[-1]) if found.status == "optimal" else None


def _directions(point: Array, lower: Array, upper: Array) -> tuple[Array, Array]:
    """Ends of what a point within ends can move by: 0 where it is at one."""
    near = NEAR * np.maximum(1.0, np.abs(point))
    at_lower, at_upper = point - lower <= near, upper - point <= near
    return np.where(at_lower, 0.0, -INF), np.where(at_upper, 0.0, INF)


def _solved(program: Stated) -> highspy.Highs | None:
    """HiGHS with the optimum of what is stated; None where there is none."""
    run_in_time(program.highs)
    optimal = program.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return program.highs if optimal else None
