"""The blocks of a program: each is solved by itself at given prices of what is shared, from where it stands.

A pass over blocks solves those again that mind a change of prices: of each is known how far prices may move before its
basis ceases to be optimal. The bases of all together are a basis of the whole.
"""

from __future__ import annotations

import copy
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model.model import INF, Model
from ...model.programme import Array, Index, ranges, sums
from ..highs_input import objective_scale
from ..solution import AT_LOWER, AT_UPPER, BASIC, States
from .block_simplex import STEPS, Int, uses, uses_each
from .slices import Asked, Slice, Standing, Team, team
from .split import Split
from .workers import Workers

FITS = 1e-11
"""A mismatch of what is shared, relative to what is there, that is rounding."""
FREE = 1e-12
"""A price up to which a row is free: among equal plans of a block the one that uses least of it is taken."""
LIGHT = 1e-4
"""Least price in which changes of prices are measured."""
NOISE = 1e-9
"""A dual up to this share of the largest coefficient is rounding."""
TIED = 1e-9
"""A relative change of prices that is none: a block that minds it has several optima."""

ALIKE = 0.5
"""Share of an objective that may be otherwise than before for its prices to be worth trying."""


@dataclass
class State:
    """Where the blocks stand, and the shared prices at which they do.

    `slackness` (B,): a change of prices that leaves the basis of a block optimal, relative to the prices; below 0 where
    the basis is not known to be optimal. `loose` (R,): of what is shared, rows of which so much is left that they stay
    free; slackness leaves out that a block minds them. `whole`: blocks whose point is the vertex of their basis.
    """

    x: Array
    activity: Array
    basic: Int
    dual: Array
    slackness: Array
    price: Array
    loose: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    cost: Array
    ends: tuple[Array, ...]


class NoEnd(Exception):
    """The way does not end."""


class TooLate(Exception):
    """The time is over."""


class Blocks:
    """One program, its arrays in the order of blocks and scaled."""

    def __init__(
        self, model: Model, parts: Split, state: State | None = None, workers: Workers = None, end: float = INF
    ) -> None:
        self.model, self.parts, self.workers, self.end = model, parts, workers, end
        unit, scale = model.column_unit, parts.scale
        self.size = objective_scale(model)
        at, rows, shared = parts.columns, parts.rows, parts.shared
        self.cost = (model.objective * unit)[at] * self.size
        self.lower, self.upper = (model.column_lower / unit)[at], (model.column_upper / unit)[at]
        self.row_lower, self.row_upper = (bound[rows] * scale[rows] for bound in (model.row_lower, model.row_upper))
        self.low, self.high = (bound[shared] * scale[shared] for bound in (model.row_lower, model.row_upper))
        self.held = _ends(model.column_lower[parts.held], model.column_upper[parts.held])
        if len(parts.held):
            point = np.zeros(len(model.objective))
            point[parts.held] = self.held
            self.hold(point)
        self.use, self.gross = np.zeros(len(shared)), 0.0
        self.known = self.alike = self.stood = False
        self.light = LIGHT
        self._team: tuple[State, Team] | None = None
        self.stand(state)

    # --- where blocks stand -------------------------------------------------------------------------------------------

    def stand(self, before: State | None) -> None:
        """Begin where the blocks stood before, if they did."""
        parts, ends = self.parts, (self.lower, self.upper, self.row_lower, self.row_upper)
        blocks = parts.blocks
        if before is None:
            self.state = State(
                _ends(self.lower, self.upper),
                np.zeros(len(parts.rows)),
                self._first_bases(),
                np.zeros(len(parts.rows)),
                np.full(blocks, -1.0),
                np.zeros(len(parts.shared)),
                np.zeros(len(parts.shared), dtype=bool),
                np.ones(blocks, dtype=bool),
                self.cost,
                ends,
            )
            self.free = self.any_of(self.lower < self.upper)
            return
        made = self.state = copy.copy(before)
        made.x, made.cost, made.ends = np.clip(before.x, self.lower, self.upper), self.cost, ends
        for name in ("activity", "basic", "dual", "slackness", "whole"):
            setattr(made, name, getattr(before, name).copy())
        # the same objective, but for its size, and the same blocks: every basis is as good as it was
        size = float((before.cost * self.cost).sum()) / max(float((before.cost**2).sum()), np.finfo(float).tiny)
        apart = np.abs(self.cost - size * before.cost)
        self.known = size > 0 and bool((apart <= 1e-13 * np.abs(self.cost)).all())
        self.alike = self.known or (size > 0 and bool(apart.sum() <= ALIKE * np.abs(self.cost).sum()))
        same = all(np.array_equal(*pair) for pair in zip(ends, before.ends, strict=True))
        if self.alike:
            made.price = size * before.price
        if self.known:
            made.dual = size * made.dual
        if not (self.known and same):
            made.slackness[:] = -1.0
            made.loose = np.zeros_like(before.loose)
        # a block whose variables outside of its basis are all fixed is where it has to be
        basic, basic_row = self._basic()
        moved = np.abs(made.x - before.x) > FITS * np.maximum(1.0, np.abs(before.x))
        near = FITS * np.maximum(1.0, np.abs(made.activity))
        moved_row = (made.activity < self.row_lower - near) | (made.activity > self.row_upper + near)
        self.free = ~made.whole & self.any_of(self.lower < self.upper)
        self.free |= self.any_of(moved | (~basic & (self.lower < self.upper)))
        self.stood = not (moved.any() or moved_row.any())
        self.free |= self.any_of(moved_row | (~basic_row & (self.row_lower < self.row_upper)), parts.row_start)

    def _first_bases(self) -> Int:
        """Bases to begin with, (M,): in each row a column that gains and is in nothing else, or the row's own."""
        parts = self.parts
        width = np.diff(parts.column_start)
        basic = np.arange(len(parts.rows)) - np.repeat(parts.row_start[:-1] - width, np.diff(parts.row_start))
        (start, row, _), (joint_start, _, _) = parts.local, parts.joint
        alone = np.flatnonzero((self.cost > 0) & (np.diff(start) == 1) & (np.diff(joint_start) == 0))
        block = np.repeat(np.arange(parts.blocks), width)[alone]
        basic[parts.row_start[block] + row[start[alone]]] = alone - parts.column_start[block]
        return basic.astype(np.int32)

    def any_of(self, mask: NDArray[np.bool_], start: Index | None = None) -> NDArray[np.bool_]:
        """Whether any of a block's columns, or of what else starts so, is in a mask: (B,)."""
        start = self.parts.column_start if start is None else start
        count = np.append(0, np.cumsum(mask))
        return np.asarray(count[start[1:]] > count[start[:-1]])

    def _basic(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which columns and rows are basic in their block."""
        parts, basic = self.parts, self.state.basic
        block = np.repeat(np.arange(parts.blocks), np.diff(parts.row_start))
        width = np.diff(parts.column_start)[block]
        own = basic >= width
        columns, rows = np.zeros(len(self.cost), dtype=bool), np.zeros(len(basic), dtype=bool)
        columns[(parts.column_start[block] + basic)[~own]] = True
        rows[(parts.row_start[block] + basic - width)[own]] = True
        return columns, rows

    def hold(self, point: Array) -> None:
        """Leave to the blocks what held columns leave of each row when they move by (N,)."""
        parts = self.parts
        used = self.model.activity(point) * parts.scale
        self.row_lower, self.row_upper = self.row_lower - used[parts.rows], self.row_upper - used[parts.rows]
        self.low, self.high = self.low - used[parts.shared], self.high - used[parts.shared]
        self._team = None

    def standing(self, blocks: Index) -> tuple[float, Array]:
        """Sum of the objectives of blocks, before prices, and what they use of what is shared, (R,), as they stand."""
        use = np.zeros(len(self.low))
        return uses(blocks, self.parts.column_start, *self.parts.joint, self.cost, self.state.x, use), use

    def uses(self, blocks: Index) -> Array:
        """What blocks use of what is shared, as they stand: (R,)."""
        return self.standing(blocks)[1]

    def each(self, blocks: Index) -> tuple[Array, Array]:
        """What each of some blocks gains, before prices, (b,), and uses of what is shared, (b, R), as it stands."""
        gross, use = np.zeros(len(blocks)), np.zeros((len(blocks), len(self.low)))
        uses_each(blocks, self.parts.column_start, *self.parts.joint, self.cost, self.state.x, gross, use)
        return gross, use

    # --- passes over blocks -------------------------------------------------------------------------------------------

    @property
    def team(self) -> Team:
        """Who solves them."""
        if self._team is None or self._team[0] is not self.state:
            parts, state = self.parts, self.state
            at = Standing(state.x, state.activity, state.basic, state.dual, state.slackness)
            ends = self.lower, self.upper, self.row_lower, self.row_upper
            whole = Slice(parts.column_start, parts.row_start, parts.local, parts.joint, self.cost, *ends, at)
            self._team = state, team(whole, self.workers)
        return self._team[1]

    def solve_at(
        self, blocks: Index, price: Array, steps: int = STEPS, tie: Array | None = None, beyond: float = 0.0
    ) -> tuple[float, Array, int]:
        """Solve blocks at prices: the sum of their objectives, what they use, and how many are not optimal.

        *tie*, *beyond*: see `block_simplex.solve_blocks`; `ties` if left out.
        """
        if time.monotonic() > self.end:
            raise TooLate
        asked = Asked(price, self.ties(price) if tie is None else tie, self.weight(price), beyond, steps)
        done = self.team.solve(blocks, asked)
        if any(one.failed for one in done):
            raise NoEnd
        self.state.whole[blocks] = True
        return sum(one.total for one in done), np.sum([one.use for one in done], axis=0), sum(one.wrong for one in done)

    def weight(self, price: Array) -> Array:
        """What changes of prices are measured in, (R,); 0 for what is loose and has no price, which is to keep none."""
        stays = self.state.loose & (np.abs(price) <= FREE)
        return np.where(stays, 0.0, np.maximum(np.abs(price), self.light))

    def loosen(self, loose: NDArray[np.bool_]) -> None:
        """Let slackness be measured without rows (R,) that stay free."""
        if (self.state.loose & ~loose).any():
            self.state.slackness[:] = -1.0
        self.state.loose = loose

    def ties(self, price: Array) -> Array:
        """What decides among equal plans of a block: a share of each row without a price, (R,)."""
        tie = np.where(
            (np.abs(price) <= FREE) & (self.amount > 0), 1.0 / np.where(self.amount > 0, self.amount, 1.0), 0.0
        )
        return np.asarray(tie * np.where(np.isfinite(self.high), 1.0, -1.0))

    def bring(self, live: Index, price: Array, near: int = 0) -> float:
        """Bring blocks to their optima at prices, and return the sum of these; only those are solved that mind.

        As many as *near* of the others are solved too, those that mind soonest, so that their slackness is exact.
        """
        state, before = self.state, self.state.price
        weight, weighed = self.weight(price), self.weight(before)
        counts = weighed > 0
        if weight[~counts].any():  # what was to stay free has a price
            state.slackness[:] = -1.0
        elif moved := float((np.abs(price - before)[counts] / weighed[counts]).max(initial=0.0)):
            state.slackness -= moved
            state.slackness /= float((weight[counts] / weighed[counts]).max(initial=1.0))
        state.price = price
        slack = state.slackness[live]
        least = TIED
        if 0 < near < len(live):
            least = max(least, float(np.partition(slack, near)[near]))
        minds = live[slack <= least]
        if 2 * len(minds) > len(live):
            total, self.use, _ = self.solve_at(live, price)
            self.gross = total + float(price @ self.use)
        elif len(minds):
            gross, use = self.standing(minds)
            total, used, _ = self.solve_at(minds, price)
            self.use = self.use + used - use
            self.gross += total + float(price @ used) - gross
        return self.gross - float(price @ self.use)

    def priced(self, blocks: Index, price: Array) -> bool:
        """Find the duals of blocks at prices; whether their bases are optimal there."""
        slack = self.state.slackness[blocks]
        wrong = self.solve_at(blocks, price, 0)[2]
        self.state.slackness[blocks] = np.where(self.state.slackness[blocks] == 0.0, -1.0, slack)
        return not wrong

    def states(self, blocks: Index, columns: Index, rows: Index) -> States:
        """States of the columns and rows of blocks in their bases."""
        state, parts = self.state, self.parts
        at_upper = (state.x[columns] >= self.upper[columns]) & (self.lower[columns] < self.upper[columns])
        of_columns = np.where(at_upper, np.int8(AT_UPPER), np.int8(AT_LOWER))
        of_rows = np.where(state.activity[rows] >= self.row_upper[rows], np.int8(AT_UPPER), np.int8(AT_LOWER))
        sizes, widths = np.diff(parts.row_start)[blocks], np.diff(parts.column_start)[blocks]
        first, first_row = np.cumsum(widths) - widths, np.cumsum(sizes) - sizes
        at = np.repeat(np.arange(len(blocks)), sizes)
        basic = state.basic[rows]
        own = basic >= widths[at]
        of_columns[(first[at] + basic)[~own]] = BASIC
        of_rows[(first_row[at] + basic - widths[at])[own]] = BASIC
        return of_columns, of_rows

    # --- what is shared -----------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Take what blocks use that cannot move off what is shared."""
        ends = [np.where(np.isfinite(bound), np.abs(bound), 0.0) for bound in (self.low, self.high)]
        self.amount = np.maximum(*ends)
        spent = self.uses(np.flatnonzero(~self.free))
        self.low, self.high = self.low - spent, self.high - spent
        self.balance = self._balances()
        self.extent = np.maximum(self.amount, self._most(np.flatnonzero(self.balance)))

    def over(self, price: Array, use: Array) -> Array:
        """What is used beyond what prices ask for, or below it, (R,)."""
        there = np.where(price > FREE, self.high, np.where(price < -FREE, self.low, np.clip(use, self.low, self.high)))
        return np.asarray(use - there)

    def mismatch(self, price: Array, use: Array) -> float:
        """How far what is used is from what prices ask for, relative to what is there."""
        return float((np.abs(self.over(price, use)) / self.extent).max(initial=0.0))

    def duals(self, price: Array) -> Array:
        """Duals of all blocks: those that cannot move are priced, those without a choice at all need none."""
        fixed = ~self.any_of(self.lower < self.upper)
        settled = np.flatnonzero(~self.free & ~fixed)
        if len(settled) and not self.priced(settled, price):
            raise NoEnd
        dual = self.state.dual.copy()
        dual[self.parts.rows_of(np.flatnonzero(fixed))] = 0.0
        return dual

    def on_face(self, blocks: Index, price: Array) -> Blocks:
        """Return the blocks with the ends of some of them at their optima at prices, as their duals tell these."""
        parts, state, face = self.parts, self.state, copy.copy(self)
        face._team = None
        columns, rows = parts.columns_of(blocks), parts.rows_of(blocks)
        first = np.repeat(parts.row_start[blocks], np.diff(parts.column_start)[blocks])
        (start, row, value), (joint_start, joint_row, joint_value) = parts.local, parts.joint
        at, of = ranges(start[columns], start[columns + 1])
        joint_at, joint_of = ranges(joint_start[columns], joint_start[columns + 1])
        reduced = self.cost[columns] - sums(of, value[at] * state.dual[row[at] + first[of]], len(columns))
        reduced -= sums(joint_of, joint_value[joint_at] * price[joint_row[joint_at]], len(columns))
        noise, dual = NOISE * float(np.abs(self.cost).max(initial=0.0)), state.dual[rows]
        face.lower, face.upper = self.lower.copy(), self.upper.copy()
        face.row_lower, face.row_upper = self.row_lower.copy(), self.row_upper.copy()
        face.lower[columns] = np.where(reduced > noise, self.upper[columns], self.lower[columns])
        face.upper[columns] = np.where(reduced < -noise, self.lower[columns], self.upper[columns])
        low, high = self.row_lower[rows], self.row_upper[rows]
        face.row_lower[rows] = np.where((dual > noise) & (high < INF), high, low)
        face.row_upper[rows] = np.where((dual < -noise) & (low > -INF), low, high)
        return face

    def _balances(self) -> NDArray[np.bool_]:
        """Blocks of one column, all of it shared, that can outweigh a row: what is unspent, the worst case: (B,)."""
        start, row, value = self.parts.joint
        alone = np.flatnonzero(self.free & (np.diff(self.parts.row_start) == 0))
        columns = self.parts.column_start[alone]
        at, of = ranges(start[columns], start[columns + 1])
        room = (np.abs(value[at]) * (self.upper - self.lower)[columns][of]) >= np.maximum(self.amount, 1.0)[row[at]]
        found = np.zeros(self.parts.blocks, dtype=bool)
        found[alone[of[room]]] = True
        return found

    def _most(self, blocks: Index) -> Array:
        """The most that a column of some blocks adds to what is shared or takes from it, at least 1: (R,)."""
        start, row, value = self.parts.joint
        columns = self.parts.columns_of(blocks)
        at, of = ranges(start[columns], start[columns + 1])
        end = np.maximum(np.abs(self.lower), np.abs(self.upper))[columns]
        most = np.ones(len(self.low))
        np.maximum.at(most, row[at], np.where(np.isfinite(end[of]), np.abs(value[at]) * end[of], 0.0))
        return most

    def row_dual(self, price: Array, dual: Array) -> Array:
        """Row duals of the model (M,), from prices (R,) and the duals of blocks."""
        y = np.empty(len(self.model.row_lower))
        y[self.parts.rows], y[self.parts.shared] = dual, price
        return y * (self.parts.scale / self.size)


def _ends(lower: Array, upper: Array) -> Array:
    """Return a finite end of each column, the lower one if there is one."""
    return np.where(np.isfinite(lower), lower, np.where(np.isfinite(upper), upper, 0.0))
