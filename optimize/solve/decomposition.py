"""Price decomposition: what is shared gets prices, the rest falls into blocks that are solved by themselves.

A program of tracks has few rows that join them: budgets, floors, caps. At given prices of these each track is a small
program (`block_simplex`). Prices come from a sample of the tracks; then those tracks whose plan a small change of
prices would alter are solved together, the others held, until what is shared fits. Prices that move by less than a
block minds leave its basis optimal: only the others are solved again. The bases of all together are a basis of the
whole, from which HiGHS goes on. What comes out is a candidate: whoever asks for it proves it.

Sources: Dantzig & Wolfe (1960), Decomposition principle for linear programs, Operations Research 8, 101-111; du Merle,
Villeneuve, Desrosiers & Hansen (1999), Stabilized column generation, Discrete Mathematics 194, 229-237 (the box).
"""

from __future__ import annotations

import copy
import os
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..model.model import INF, Model, reduced_costs
from ..model.programme import Array, Index, ranges, sums
from .block_simplex import STEPS, Int, solve_blocks, uses
from .passing import objective_scale, passed_arrays, start_from
from .solution import AT_LOWER, AT_UPPER, BASIC, Solution, States, no_solution
from .split import Split, split

if TYPE_CHECKING:
    import highspy

SAMPLE = 300, 3000
"""Blocks in the sample at least and at most; in between a tenth."""
ACTIVE = 500, 3000
"""Blocks that are solved together at first, at least and at most; in between one in a hundred."""
GROWS = 1.3
"""How many times as many in the next round."""
ROUNDS = 16
"""Rounds after which it is given up."""
TIES = 5
"""Times as many blocks that have several optima as are solved together: then what else decides is solved first."""
CLEARLY = 1.1
"""Times what there is: a sample that uses more tells that all do."""
DEAR = 1e3
"""What a unit costs of what the sample uses too much or too little, in largest coefficients of the objective."""
NEAR = 2e-3
"""Mismatch of what is used, relative to what is there, up to which prices from a sample are near enough."""
NEARLY = 0.2
"""The same, as a share of what the blocks use that are solved together, where that is more."""
FAR_OFF = 5.0
"""Times as large a mismatch at which prices from before are of no use."""
FITS = 1e-11
"""The same that is rounding."""
FREE = 1e-12
"""A price up to which a row is free: among equal plans of a block the one that uses least of it is taken."""
LIGHT = 1e-4
"""Least price in which changes of prices are measured."""
NOISE = 1e-9
"""A dual up to this share of the largest coefficient is rounding."""
TIED = 1e-9
"""A relative change of prices that is none: a block that minds it has several optima."""
GAINS = 1e-10
"""A reduced cost from which on a held column pays at its other end."""
FLIPS = 6
"""Times that held columns change their ends."""
CHUNKS = 16
"""Parts into which blocks are cut for threads: always as many, so that sums do not depend on the number of threads."""
SERIAL = 2000
"""Blocks up to which threads do not pay."""


@dataclass
class _State:
    """Where the blocks stand, and the shared prices at which they do.

    `slackness` (B,): a change of prices that leaves the basis of a block optimal, relative to the prices; below 0 where
    the basis is not known to be optimal. `whole`: blocks whose point is the vertex of their basis.
    """

    x: Array
    activity: Array
    basic: Int
    dual: Array
    slackness: Array
    price: Array
    whole: NDArray[np.bool_]
    cost: Array
    ends: tuple[Array, ...]


class _Kept:
    """The last matrix that was split, and where its blocks stood: the stages of an objective share their matrix."""

    matrix: weakref.ref[Array] | None = None
    rows: int = 0
    split: Split | None = None
    state: _State | None = None


_last = [_Kept()]


def _forget(matrix: weakref.ref[Array]) -> None:
    """Let go of the blocks of a matrix that is no more."""
    if _last[0].matrix is matrix:
        _last[0] = _Kept()


def decomposed(model: Model, end: float = INF) -> Solution | None:
    """Solve a model by prices; None where it does not fall into blocks, or the way does not end.

    *end*: the time, by `time.monotonic`, after which it is left at the limit.
    """
    kept = _kept(model)
    with _blocks(model, kept, end) as blocks:
        if blocks is None:
            return None
        try:
            found = blocks.solve()
        except NoEnd:
            return None
        except TooLate:
            return no_solution("limit")
    kept.state = blocks.state
    return found


def blocks_of(model: Model) -> AbstractContextManager[Blocks | None]:
    """Blocks of a model where they stood when its matrix was solved last; None where it does not fall into any."""
    return _blocks(model, _kept(model), INF)


def _kept(model: Model) -> _Kept:
    """Return what is kept of a model's matrix, split now if it is not the last one."""
    kept, value, rows = _last[0], model.value, len(model.row_lower)
    if kept.matrix is None or kept.matrix() is not value or kept.rows != rows:
        kept = _Kept()
        kept.matrix, kept.rows, kept.split = weakref.ref(value, _forget), rows, split(model)
        _last[0] = kept
    return kept


@contextmanager
def _blocks(model: Model, kept: _Kept, end: float) -> Iterator[Blocks | None]:
    if kept.split is None:
        yield None
    else:
        with _workers(kept.split.blocks) as workers:
            yield Blocks(model, kept.split, kept.state, workers, end)


@contextmanager
def _workers(blocks: int) -> Iterator[ThreadPoolExecutor | None]:
    cores = os.cpu_count() or 1
    if blocks <= SERIAL or cores == 1:
        yield None
    else:
        with ThreadPoolExecutor(cores) as workers:
            yield workers


class NoEnd(Exception):
    """The way does not end."""


class TooLate(Exception):
    """The time is over."""


class _Tied(Exception):
    """So many blocks have several optima at some prices that what is free decides: it is solved among these optima."""

    def __init__(self, price: Array) -> None:
        self.price = price


@dataclass
class _Together:
    """What some blocks solved together gave: places of their columns and rows, values, duals, prices, and their basis.

    `missed`: the most that is used too much or too little of anything shared.
    """

    columns: Index
    rows: Index
    x: Array
    activity: Array
    dual: Array
    price: Array
    missed: float
    basis: States


@dataclass(frozen=True)
class More:
    """More columns from 0 up, in shared rows alone: costs and upper ends (k,), and entries (R, k)."""

    cost: Array
    upper: Array
    entries: Array


def misses(over: Array, under: Array) -> More:
    """Columns of what is used too much or too little of anything shared, at a cost (R,) each."""
    one = np.eye(len(over))
    return More(-np.append(over, under), np.full(2 * len(over), INF), np.hstack([-one, one]))


@dataclass
class Stated:
    """Some blocks in one program: HiGHS, places of columns and rows, ends of both, and how many rows are shared."""

    highs: highspy.Highs
    columns: Index
    rows: Index
    ends: tuple[Array, Array]
    row_ends: tuple[Array, Array]
    shared: int

    def solved(self, end: float) -> _Together:
        """Solve it, from the basis in it, until a time."""
        import highspy  # its library loads with the first program

        h, columns, rows = self.highs, len(self.columns), len(self.rows)
        if end < INF:
            h.setOptionValue("time_limit", h.getRunTime() + max(end - time.monotonic(), 0.0))
        h.run()
        status, kind = h.getModelStatus(), highspy.HighsModelStatus
        if status == kind.kTimeLimit:
            raise TooLate
        if status not in (kind.kOptimal, kind.kModelEmpty):
            raise NoEnd
        solution, basic = h.getSolution(), np.array(h.getBasicVariables()[1], dtype=np.int64)
        x, dual, activity = (np.array(part) for part in (solution.col_value, solution.row_dual, solution.row_value))
        of_columns, of_rows = np.full(len(x), AT_LOWER, np.int8), np.full(len(dual), AT_LOWER, np.int8)
        for states, value, (low, high) in ((of_columns, x, self.ends), (of_rows, activity, self.row_ends)):
            states[: len(low)][high - value[: len(low)] < value[: len(low)] - low] = AT_UPPER
        of_columns[basic[basic >= 0]], of_rows[-1 - basic[basic < 0]] = BASIC, BASIC
        missed = np.flatnonzero(of_columns[columns:] == BASIC) % self.shared
        of_rows[rows + missed] = BASIC  # a row's own variable has the same column
        return _Together(
            self.columns,
            self.rows,
            np.clip(x[:columns], *self.ends),
            activity[:rows],
            dual[:rows],
            dual[rows:],
            float(np.abs(x[columns:]).max(initial=0.0)),
            (of_columns[:columns], of_rows),
        )

    def with_shared(self, low: Array, high: Array) -> None:
        """Set the ends of what is shared."""
        at = len(self.rows) + np.arange(self.shared, dtype=np.int32)
        self.highs.changeRowsBounds(self.shared, at, low, high)
        (lower, upper), rows = self.row_ends, len(self.rows)
        self.row_ends = np.append(lower[:rows], low), np.append(upper[:rows], high)


class Blocks:
    """One program, its arrays in the order of blocks and scaled."""

    def __init__(
        self, model: Model, parts: Split, state: _State | None, workers: ThreadPoolExecutor | None, end: float
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
            self._hold(point)
        self.use, self.gross = np.zeros(len(shared)), 0.0
        self.known = self.decided = False
        self._stand(state)

    # --- where blocks stand -------------------------------------------------------------------------------------------

    def _stand(self, before: _State | None) -> None:
        """Begin where the blocks stood before, if they did."""
        parts, ends = self.parts, (self.lower, self.upper, self.row_lower, self.row_upper)
        blocks = parts.blocks
        if before is None:
            self.state = _State(
                _ends(self.lower, self.upper),
                np.zeros(len(parts.rows)),
                self._first_bases(),
                np.zeros(len(parts.rows)),
                np.full(blocks, -1.0),
                np.zeros(len(parts.shared)),
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
        size = float(before.cost @ self.cost) / max(float(before.cost @ before.cost), np.finfo(float).tiny)
        self.known = size > 0 and bool((np.abs(self.cost - size * before.cost) <= 1e-13 * np.abs(self.cost)).all())
        same = all(np.array_equal(*pair) for pair in zip(ends, before.ends, strict=True))
        if self.known:
            made.price, made.dual = size * before.price, size * made.dual
        if not (self.known and same):
            made.slackness[:] = -1.0
        # a block whose variables outside of its basis are all fixed is where it has to be
        basic, basic_row = self._basic()
        moved = np.abs(made.x - before.x) > FITS * np.maximum(1.0, np.abs(before.x))
        near = FITS * np.maximum(1.0, np.abs(made.activity))
        moved_row = (made.activity < self.row_lower - near) | (made.activity > self.row_upper + near)
        self.free = ~made.whole & self.any_of(self.lower < self.upper)
        self.free |= self.any_of(moved | (~basic & (self.lower < self.upper)))
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

    def _hold(self, point: Array) -> None:
        """Leave to the blocks what held columns leave of each row when they move by (N,)."""
        parts = self.parts
        used = self.model.activity(point) * parts.scale
        self.row_lower, self.row_upper = self.row_lower - used[parts.rows], self.row_upper - used[parts.rows]
        self.low, self.high = self.low - used[parts.shared], self.high - used[parts.shared]

    def standing(self, blocks: Index) -> tuple[float, Array]:
        """Sum of the objectives of blocks, before prices, and what they use of what is shared, (R,), as they stand."""
        use = np.zeros(len(self.low))
        return uses(blocks, self.parts.column_start, *self.parts.joint, self.cost, self.state.x, use), use

    def _uses(self, blocks: Index) -> Array:
        """What blocks use of what is shared, as they stand: (R,)."""
        return self.standing(blocks)[1]

    # --- passes over blocks -------------------------------------------------------------------------------------------

    def solve_at(self, blocks: Index, price: Array, steps: int = STEPS) -> tuple[float, Array, int]:
        """Solve blocks at prices: the sum of their objectives, what they use, and how many are not optimal."""
        state, parts = self.state, self.parts
        if time.monotonic() > self.end:
            raise TooLate
        tie = self._ties(price)
        weight = np.maximum(np.abs(price), LIGHT)
        used = np.zeros((CHUNKS, len(price)))

        def work(chunk: Index, use: Array) -> tuple[float, int, int]:
            found: tuple[float, int, int] = solve_blocks(
                chunk,
                parts.column_start,
                parts.row_start,
                *parts.local,
                *parts.joint,
                self.cost,
                self.lower,
                self.upper,
                self.row_lower,
                self.row_upper,
                price,
                tie,
                weight,
                steps,
                state.x,
                state.activity,
                state.basic,
                state.dual,
                state.slackness,
                use,
            )
            return found

        chunks = np.array_split(blocks, CHUNKS)
        done = list((self.workers.map if self.workers and len(blocks) > SERIAL else map)(work, chunks, used))
        if any(failed for _, failed, _ in done):
            raise NoEnd
        state.whole[blocks] = True
        return sum(total for total, _, _ in done), used.sum(axis=0), sum(wrong for _, _, wrong in done)

    def _ties(self, price: Array) -> Array:
        """What decides among equal plans of a block: a share of each row without a price, (R,)."""
        tie = np.where(
            (np.abs(price) <= FREE) & (self.amount > 0), 1.0 / np.where(self.amount > 0, self.amount, 1.0), 0.0
        )
        return np.asarray(tie * np.where(np.isfinite(self.high), 1.0, -1.0))

    def _pass(self, live: Index, price: Array, near: int = 0) -> float:
        """Bring blocks to their optima at prices, and return the sum of these; only those are solved that mind.

        As many as *near* of the others are solved too, those that mind soonest, so that their slackness is exact.
        """
        state, before = self.state, self.state.price
        weight, weighed = np.maximum(np.abs(price), LIGHT), np.maximum(np.abs(before), LIGHT)
        moved = float((np.abs(price - before) / weighed).max(initial=0.0))
        if moved > 0:
            state.slackness = (state.slackness - moved) / float((weight / weighed).max(initial=1.0))
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

    def _priced(self, blocks: Index, price: Array) -> bool:
        """Find the duals of blocks at prices; whether their bases are optimal there."""
        slack = self.state.slackness[blocks]
        wrong = self.solve_at(blocks, price, 0)[2]
        self.state.slackness[blocks] = np.where(self.state.slackness[blocks] == 0.0, -1.0, slack)
        return not wrong

    def stated(self, blocks: Index, low: Array, high: Array, more: More | None = None, part: float = 1.0) -> Stated:
        """State blocks as one program with what is shared, and *more* columns in its rows.

        It starts from the bases of the blocks. Of balances, which all blocks share, there is a *part*.
        """
        parts = self.parts
        columns, of = ranges(parts.column_start[blocks], parts.column_start[blocks + 1])
        rows, _ = ranges(parts.row_start[blocks], parts.row_start[blocks + 1])
        sizes = np.diff(parts.row_start)[blocks]
        offsets = (np.cumsum(sizes) - sizes)[of], np.full(len(columns), len(rows))
        index: list[NDArray[np.integer[Any]]] = []
        value, at = [], []
        row: NDArray[np.integer[Any]]
        for (start, row, entry), offset in zip((parts.local, parts.joint), offsets, strict=True):
            place, owner = ranges(start[columns], start[columns + 1])
            index.append(row[place] + offset[owner])
            value.append(entry[place])
            at.append(owner)
        by = np.where(self.balance[blocks], part, 1.0)[of]
        cost, lower, upper = self.cost[columns], self.lower[columns] * by, self.upper[columns] * by
        of_columns, of_rows = self._states(blocks, columns, rows)
        ends, row_ends = (lower, upper), (np.append(self.row_lower[rows], low), np.append(self.row_upper[rows], high))
        if more is not None:
            row, column = np.nonzero(more.entries)
            index.append(len(rows) + row)
            value.append(more.entries[row, column])
            at.append(len(columns) + column)
            cost = np.append(cost, more.cost)
            lower, upper = np.append(lower, np.zeros(len(more.cost))), np.append(upper, more.upper)
            of_columns = np.append(of_columns, np.full(len(more.cost), AT_LOWER, np.int8))
        owner = np.concatenate(at)
        order = np.argsort(owner, kind="stable")
        starts = np.searchsorted(owner[order], np.arange(len(cost) + 1))
        h = passed_arrays(
            cost,
            (lower, upper),
            row_ends,
            (starts, np.concatenate(index)[order], np.concatenate(value)[order]),
            by_column=True,
        )
        h.setOptionValue("presolve", "off")
        of_shared = np.full(len(low), BASIC, np.int8)
        start_from(h, (of_columns, np.append(of_rows, of_shared)))
        return Stated(h, columns, rows, ends, row_ends, len(low))

    def _states(self, blocks: Index, columns: Index, rows: Index) -> States:
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

    def _settle(self, blocks: Index, together: _Together) -> None:
        """Let blocks stand where they stood together; one with more or fewer basic variables than rows has no basis."""
        state, parts = self.state, self.parts
        widths, sizes = np.diff(parts.column_start)[blocks], np.diff(parts.row_start)[blocks]
        of, of_row = np.repeat(np.arange(len(blocks)), widths), np.repeat(np.arange(len(blocks)), sizes)
        columns = np.flatnonzero(together.basis[0] == BASIC)
        rows = np.flatnonzero(together.basis[1][: len(together.rows)] == BASIC)
        owner = np.append(of[columns], of_row[rows])
        number = np.append(
            together.columns[columns] - parts.column_start[blocks][of[columns]],
            together.rows[rows] - parts.row_start[blocks][of_row[rows]] + widths[of_row[rows]],
        )
        count = np.bincount(owner, minlength=len(blocks))
        square = count == sizes
        order = np.argsort(owner, kind="stable")
        order = order[square[owner[order]]]
        state.basic[parts.rows_of(blocks[square])] = number[order]
        state.x[together.columns], state.activity[together.rows] = together.x, together.activity
        state.dual[together.rows] = together.dual
        state.whole[blocks] = square
        state.slackness[blocks] = -1.0

    # --- the way ------------------------------------------------------------------------------------------------------

    def solve(self) -> Solution:
        """Solve, with held columns at the ends at which they pay; those that still pay after some rounds are left."""
        model, held = self.model, self.parts.held
        low, high = model.column_lower[held], model.column_upper[held]
        for flips in range(FLIPS + 1):
            found = self._answer(*self._solve())
            gain = found.reduced_cost[held] * model.column_unit[held] * self.size
            better = np.where(gain > GAINS, high, np.where(gain < -GAINS, low, self.held))
            moves = np.isfinite(better) & (better != self.held)
            if not moves.any() or flips == FLIPS:
                break
            point = np.zeros(len(model.objective))
            point[held[moves]] = (better - self.held)[moves]
            self._hold(point)
            self.held = np.where(moves, better, self.held)
            self._stand(self.state)
        return found

    def _solve(self) -> tuple[Array, Array, _Together | None]:
        """Return prices, duals, and the blocks that were solved together at last; all blocks stand at their optimum."""
        low, high = self.low, self.high
        try:
            self.prepare()
            price, together = self._found(np.flatnonzero(self.free & ~self.balance))
        except _Tied as tied:
            self.low, self.high = low, high
            return self._solve_on_face(tied.price)
        finally:
            self.low, self.high = low, high
        return price, self.duals(price), together

    def prepare(self) -> None:
        """Take what blocks use that cannot move off what is shared."""
        ends = [np.where(np.isfinite(bound), np.abs(bound), 0.0) for bound in (self.low, self.high)]
        self.amount = np.maximum(*ends)
        spent = self._uses(np.flatnonzero(~self.free))
        self.low, self.high = self.low - spent, self.high - spent
        self.balance = self.balances()

    def duals(self, price: Array) -> Array:
        """Duals of all blocks: those that cannot move are priced, those without a choice at all need none."""
        fixed = ~self.any_of(self.lower < self.upper)
        settled = np.flatnonzero(~self.free & ~fixed)
        if len(settled) and not self._priced(settled, price):
            raise NoEnd
        dual = self.state.dual.copy()
        dual[self.parts.rows_of(np.flatnonzero(fixed))] = 0.0
        return dual

    def _solve_on_face(self, price: Array) -> tuple[Array, Array, _Together | None]:
        """Among the optima of all blocks at prices find those that use least of what is free, and what is there of all.

        With the duals of these prices any of them proves itself.
        """
        parts, state = self.parts, self.state
        try:
            if not self._priced(np.flatnonzero(self.free), price):
                raise NoEnd
            dual = self.state.dual = self.duals(price)
            face = self.on_face(np.arange(parts.blocks), price)
            face.decided = True
            noise = NOISE * float(np.abs(self.cost).max(initial=0.0))
            face.low = np.where((price > noise) & (self.high < INF), self.high, self.low)
            face.high = np.where((price < -noise) & (self.low > -INF), self.low, self.high)
            start, row, value = parts.joint
            of = np.repeat(np.arange(len(self.cost)), np.diff(start))
            cost = -sums(of, value * self._ties(price)[row], len(self.cost))
            largest = float(np.abs(cost).max(initial=0.0))
            face.cost = cost / largest if largest > 0 else cost
            face._stand(state)
            _, _, together = face._solve()
        except NoEnd:
            self.decided = True
            state.slackness[:] = -1.0
            return self._solve()
        self.state = face.state
        return price, dual, together

    def on_face(self, blocks: Index, price: Array) -> Blocks:
        """Return the blocks with the ends of some of them at their optima at prices, as their duals tell these."""
        parts, state, face = self.parts, self.state, copy.copy(self)
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

    def _found(self, live: Index) -> tuple[Array, _Together | None]:
        """Return prices, and the blocks that were solved together at last; the others stand at their optimum."""
        state = self.state
        if len(live) <= ACTIVE[0]:
            return self._all_together(np.flatnonzero(self.free))
        if self.known:
            self.gross, self.use = self.standing(live)
            self._pass(live, state.price)
            try:
                if self.balance.any() or self._mismatch(state.price, self.use) <= FAR_OFF * self._near(live):
                    return self._converged(live, state.price)
            except NoEnd:
                pass
            # prices have moved far
        state.slackness[:] = -1.0
        number = min(max(SAMPLE[0], len(live) // 10), SAMPLE[1], len(live))
        sample = np.sort(np.random.default_rng(0).choice(live, number, replace=False))
        nothing = np.zeros(len(self.low))
        state.price = nothing
        _, use, _ = self.solve_at(sample, nothing)
        state.slackness[:] = -1.0
        if self._mismatch(nothing, use * len(live) / number) <= CLEARLY - 1:
            self._pass(live, nothing)
            if not self.balance.any() and self._mismatch(nothing, self.use) <= FITS:
                return self._alone(live, nothing)
        return self._converged(live, self._sampled(live, sample))

    def _alone(self, live: Index, price: Array) -> tuple[Array, None]:
        """Return prices at which every block by itself is right."""
        if not self._priced(np.flatnonzero(self.free), price):
            raise NoEnd
        return price, None

    def _all_together(self, blocks: Index) -> tuple[Array, _Together]:
        """Solve all blocks that can move together."""
        together = self.stated(blocks, self.low, self.high).solved(self.end)
        self._settle(blocks, together)
        self.state.price = together.price
        self.state.slackness[:] = -1.0
        return together.price, together

    def balances(self) -> NDArray[np.bool_]:
        """Blocks of one column, all of it shared, that can outweigh a row: what is unspent, the worst case: (B,)."""
        start, row, value = self.parts.joint
        alone = np.flatnonzero(self.free & (np.diff(self.parts.row_start) == 0))
        columns = self.parts.column_start[alone]
        at, of = ranges(start[columns], start[columns + 1])
        room = (np.abs(value[at]) * (self.upper - self.lower)[columns][of]) >= np.maximum(self.amount, 1.0)[row[at]]
        found = np.zeros(self.parts.blocks, dtype=bool)
        found[alone[of[room]]] = True
        return found

    def _mismatch(self, price: Array, use: Array) -> float:
        """How far what is used is from what prices ask for, relative to what is there."""
        size = np.maximum(self.amount, 1.0)
        most = np.where(price > FREE, np.abs(use - self.high), np.maximum(use - self.high, 0.0))
        least = np.where(price < -FREE, np.abs(use - self.low), np.maximum(self.low - use, 0.0))
        return float((np.maximum(most, least) / size).max(initial=0.0))

    def _near(self, live: Index) -> float:
        """Mismatch up to which prices are near enough for the blocks that are solved together to mend it."""
        return max(NEAR, NEARLY * ACTIVE[0] / len(live))

    def _sampled(self, live: Index, sample: Index) -> Array:
        """Prices at which a sample of the blocks uses its share, mended by what all use at them."""
        share, dear = len(sample) / len(live), np.full(len(self.low), DEAR)
        balances = np.flatnonzero(self.balance)
        shift, best, least = np.zeros(len(self.low)), np.zeros(len(self.low)), INF
        near = self._near(live)
        few = sample[:: max(len(sample) // SAMPLE[0], 1)]
        if len(few) < len(sample):  # its bases are better to start from
            part = len(few) / len(live)
            first = self.stated(np.append(few, balances), part * self.low, part * self.high, misses(dear, dear), part)
            self.solve_at(sample, first.solved(self.end).price)
        of_sample = self.stated(
            np.append(sample, balances), share * self.low, share * self.high, misses(dear, dear), share
        )
        for _ in range(ROUNDS):
            of_sample.with_shared(share * self.low + shift, share * self.high + shift)
            found = of_sample.solved(self.end)
            price = found.price
            total = self._pass(live, price)
            self.state.x[self.parts.columns_of(balances)] = found.x[len(found.x) - len(balances) :] / share
            up, down = price > 0, price < 0
            bound = total + float(price[up] @ self.high[up]) + float(price[down] @ self.low[down])
            if not bound < least:
                break
            best, least = price, bound
            if self._mismatch(price, self.use + self._uses(balances)) <= near:
                break
            shift = self._uses(sample) - share * self.use
        return best

    def _converged(self, live: Index, price: Array) -> tuple[Array, _Together | None]:
        """Solve together those blocks that a small change of prices would alter, until all others stay as they are."""
        state, active = self.state, min(max(ACTIVE[0], len(live) // 100), ACTIVE[1])
        balances = np.flatnonzero(self.balance)
        for _ in range(ROUNDS):
            self._pass(live, price, 2 * active)
            if not len(balances) and self._mismatch(price, self.use) <= FITS:
                return self._alone(live, price)
            active = min(active, len(live))
            slack = state.slackness[live]
            if not self.decided and np.count_nonzero(slack <= TIED) > TIES * ACTIVE[0]:
                raise _Tied(price)
            order = np.argpartition(slack, active - 1)[:active]
            chosen = np.sort(live[order])
            others = self.use - self._uses(chosen)
            blocks = np.append(chosen, balances)
            every = blocks, self.low - others, self.high - others
            box = float(slack[order].max()) * np.maximum(np.abs(price), LIGHT)
            if active == len(live) or not np.isfinite(box).all():
                together = self.stated(*every).solved(self.end)
            else:
                together = self.stated(*every, misses(price + box, box - price)).solved(self.end)
            price = together.price
            if together.missed <= FITS:
                rest = self.free.copy()
                rest[blocks] = False
                if self._priced(np.flatnonzero(rest), price):
                    self._pass(np.empty(0, np.int64), price)
                    self._settle(blocks, together)
                    return price, together
            active = int(GROWS * active)
        raise NoEnd

    def row_dual(self, price: Array, dual: Array) -> Array:
        """Row duals of the model (M,), from prices (R,) and the duals of blocks."""
        y = np.empty(len(self.model.row_lower))
        y[self.parts.rows], y[self.parts.shared] = dual, price
        return y * (self.parts.scale / self.size)

    def _answer(self, price: Array, dual: Array, together: _Together | None) -> Solution:
        """Put the blocks together again, in the order and the units of the model, with the basis of all."""
        model, parts, state = self.model, self.parts, self.state
        of_columns, of_rows = self._states(np.arange(parts.blocks), np.arange(len(state.x)), np.arange(len(dual)))
        of_shared = np.full(len(price), BASIC, np.int8)
        if together is not None:
            of_columns[together.columns] = together.basis[0]
            of_rows[together.rows], of_shared = np.split(together.basis[1], [len(together.rows)])
        y = self.row_dual(price, dual)
        point, columns, rows = (
            np.empty(len(model.objective)),
            np.empty(len(model.objective), np.int8),
            np.empty(len(y), np.int8),
        )
        point[parts.columns] = state.x * model.column_unit[parts.columns]
        point[parts.held] = self.held
        columns[parts.columns] = of_columns
        columns[parts.held] = np.where(self.held >= model.column_upper[parts.held], AT_UPPER, AT_LOWER)
        rows[parts.rows], rows[parts.shared] = of_rows, of_shared
        point = np.clip(point, model.column_lower, model.column_upper)
        return Solution("optimal", point, y, reduced_costs(model, y), basis=(columns, rows))


def _ends(lower: Array, upper: Array) -> Array:
    """Return a finite end of each column, the lower one if there is one."""
    return np.where(np.isfinite(lower), lower, np.where(np.isfinite(upper), upper, 0.0))
