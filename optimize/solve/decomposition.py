"""Price decomposition: what is shared gets prices, the rest falls into blocks that are solved by themselves.

A program of tracks has few rows that join them: budgets, floors, caps. At given prices of these each track is a small
program (`block_simplex`). Prices come from a sample of the tracks; then those tracks whose plan a small change of
prices would alter are solved together, the others held, until what is shared fits. The bases of all together are a
basis of the whole, from which HiGHS goes on. What comes out is a candidate: whoever asks for it proves it.

Sources: Dantzig & Wolfe (1960), Decomposition principle for linear programs, Operations Research 8, 101-111; du Merle,
Villeneuve, Desrosiers & Hansen (1999), Stabilized column generation, Discrete Mathematics 194, 229-237 (the box).
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..model.model import INF, Model, reduced_costs
from ..model.programme import Array, Index
from .block_simplex import STEPS, columnwise, components, solve_blocks
from .passing import objective_scale, passed_arrays, start_from
from .solution import AT_LOWER, AT_UPPER, BASIC, Solution, States

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    import highspy

Int = NDArray[np.int32]

ROWS = 64
"""Rows of a block at most: bases are dense."""
SHARED = 64
"""Shared rows at most."""
WIDE = 0.02
"""Share of the columns at most that join so many rows that they have to be held."""
SAMPLE = 300, 3000
"""Blocks in the sample at least and at most; in between a tenth."""
ACTIVE = 500
"""Blocks that are solved together at first."""
GROWS = 1.3
"""How many times as many in the next round."""
ROUNDS = 16
"""Rounds after which it is given up."""
DEAR = 1e3
"""What a unit costs of what the sample uses too much or too little, in largest coefficients of the objective."""
NEAR = 2e-3
"""Mismatch of what is used, relative to what is there, up to which prices from a sample are near enough."""
FITS = 1e-11
"""The same that is rounding."""
FREE = 1e-12
"""A price up to which a row is free: among equal plans of a block the one that uses least of it is taken."""
LIGHT = 1e-4
"""Least price in which changes of prices are measured."""
GAINS = 1e-10
"""A reduced cost from which on a held column pays at its other end."""
FLIPS = 6
"""Times that held columns change their ends."""
CHUNKS = 16
"""Parts into which blocks are cut for threads: always as many, so that sums do not depend on the number of threads."""
SERIAL = 2000
"""Blocks up to which threads do not pay."""


@dataclass(frozen=True)
class Split:
    """A matrix, scaled, by blocks: columns and local rows in the order of blocks, entries by columns.

    Attributes
    ----------
    columns, rows : (N',), (M',) which columns and rows of the model; `held`: the wide columns that are left out.
    shared : (R,) rows that join blocks.
    column_start, row_start : (B + 1,) first column and row of each block.
    local, joint : entries in local rows, counted in their block, and in shared rows: starts, rows, values.
    scale : (M,) of the rows.
    """

    columns: Index
    rows: Index
    held: Index
    shared: Index
    column_start: Index
    row_start: Index
    local: tuple[Index, Int, Array]
    joint: tuple[Index, Int, Array]
    scale: Array

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.column_start) - 1


@dataclass
class _State:
    """Where the blocks stand, and the shared prices."""

    x: Array
    activity: Array
    basic: Int
    dual: Array
    slackness: Array
    price: Array
    objective: Array


def _shared_rows(model: Model) -> NDArray[np.bool_]:
    """Rows that may join tracks, by what they are, never by their length: a floor can be short."""
    return model.rows_that(lambda role: role.limit == "amount" or role.own or role.joins)


def split(model: Model) -> Split | None:
    """Split a model; None where its blocks are too large, or too much is shared."""
    joins = _shared_rows(model)
    shared = np.flatnonzero(joins)
    columns = len(model.objective)
    if not 0 < len(shared) <= SHARED:
        return None
    local = ~joins
    entries = np.bincount(model.column[local[model.row]], minlength=columns)
    for most in (ROWS, 24, 12):
        wide = entries > most
        if np.count_nonzero(wide) > WIDE * columns:
            return None
        number = components(columns, model.start, model.column, local, wide)
        size = np.bincount(number[columns:][local], minlength=int(number.max()) + 1)
        if size.max(initial=0) <= ROWS:
            break
    else:
        return None
    blocks = len(size)
    of_column, of_row = number[:columns], number[columns:]
    order = np.argsort(of_column, kind="stable")[np.count_nonzero(wide) :]
    rows = np.argsort(of_row, kind="stable")[len(shared) :]
    column_start = np.searchsorted(of_column[order], np.arange(blocks + 1))
    row_start = np.searchsorted(of_row[rows], np.arange(blocks + 1))
    place = np.empty(len(joins), np.int32)
    place[rows] = np.arange(len(rows)) - np.repeat(row_start[:-1], np.diff(row_start))
    place[shared] = np.arange(len(shared))
    scale, unit = model.row_scale, model.column_unit
    given = order, model.start, model.column, model.value
    return Split(
        order,
        rows,
        np.flatnonzero(wide),
        shared,
        column_start,
        row_start,
        columnwise(*given, local, place, scale, unit),
        columnwise(*given, joins, place, scale, unit),
        scale,
    )


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


def decomposed(model: Model) -> Solution | None:
    """Solve a model by prices; None where it does not fall into blocks, or the way does not end."""
    kept = _last[0]
    value, rows = model.value, len(model.row_lower)
    if kept.matrix is not None and kept.matrix() is value and kept.rows == rows:
        parts, state = kept.split, kept.state
    else:
        parts, state = split(model), None
        kept = _Kept()
        kept.matrix, kept.rows, kept.split = weakref.ref(value, _forget), rows, parts
        _last[0] = kept
    if parts is None:
        return None
    with _workers(parts.blocks) as workers:
        run = _Run(model, parts, state, workers)
        try:
            found = run.solve()
        except _NoEnd:
            return None
    kept.state = run.state
    return found


@contextmanager
def _workers(blocks: int) -> Iterator[ThreadPoolExecutor | None]:
    cores = os.cpu_count() or 1
    if blocks <= SERIAL or cores == 1:
        yield None
    else:
        with ThreadPoolExecutor(cores) as workers:
            yield workers


def _ranges(first: Index, last: Index) -> tuple[Index, Index]:
    """Return first[i] to last[i] for all i, one after the other, and i of each."""
    sizes = last - first
    of = np.repeat(np.arange(len(first)), sizes)
    return np.arange(len(of)) + (first - np.cumsum(sizes) + sizes)[of], of


class _NoEnd(Exception):
    """The way does not end."""


@dataclass
class _Together:
    """What some blocks solved together gave: places of their columns and rows, values, duals, prices, and their basis.

    `missed`: the most that is used too much or too little of anything shared.
    """

    columns: Index
    rows: Index
    x: Array
    dual: Array
    price: Array
    missed: float
    basis: States


@dataclass
class _Stated:
    """Some blocks in one program: HiGHS, places of columns and rows, ends of columns, and how many rows are shared."""

    highs: highspy.Highs
    columns: Index
    rows: Index
    lower: Array
    upper: Array
    shared: int

    def solved(self) -> _Together:
        """Solve it, from the basis in it."""
        import highspy  # its library loads with the first program

        h, columns, rows = self.highs, len(self.columns), len(self.rows)
        h.run()
        if h.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise _NoEnd
        solution, basis = h.getSolution(), h.getBasis()
        x, dual = np.array(solution.col_value), np.array(solution.row_dual)
        of_columns, of_rows = (
            np.array([int(status) for status in found], np.int8) for found in (basis.col_status, basis.row_status)
        )
        missed = np.flatnonzero(of_columns[columns:] == BASIC) % self.shared
        of_rows[rows + missed] = BASIC  # a row's own variable has the same column
        return _Together(
            self.columns,
            self.rows,
            np.clip(x[:columns], self.lower, self.upper),
            dual[:rows],
            dual[rows:],
            float(np.abs(x[columns:]).max(initial=0.0)),
            (of_columns[:columns], of_rows),
        )

    def with_shared(self, low: Array, high: Array) -> None:
        """Set the ends of what is shared."""
        at = len(self.rows) + np.arange(self.shared, dtype=np.int32)
        self.highs.changeRowsBounds(self.shared, at, low, high)


class _Run:
    """One program, its arrays in the order of blocks and scaled."""

    def __init__(self, model: Model, parts: Split, state: _State | None, workers: ThreadPoolExecutor | None) -> None:
        self.model, self.parts, self.workers = model, parts, workers
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
        free = np.append(0, np.cumsum(self.lower < self.upper))
        self.free = free[parts.column_start[1:]] > free[parts.column_start[:-1]]
        width, first = np.diff(parts.column_start), parts.row_start
        places = np.arange(len(rows)) - np.repeat(first[:-1], np.diff(first))
        start = _ends(self.lower, self.upper)
        self.known = state is not None and np.array_equal(state.objective, model.objective)
        self.state = _State(
            start if state is None else np.clip(state.x, self.lower, self.upper),
            np.zeros(len(rows)) if state is None else state.activity.copy(),
            (places + np.repeat(width, np.diff(first))).astype(np.int32) if state is None else state.basic.copy(),
            np.zeros(len(rows)),
            np.full(parts.blocks, INF),
            np.zeros(len(shared)) if state is None else state.price,
            model.objective,
        )

    # --- the parts ----------------------------------------------------------------------------------------------------

    def _hold(self, point: Array) -> None:
        """Leave to the blocks what held columns leave of each row when they move by (N,)."""
        parts = self.parts
        used = self.model.activity(point) * parts.scale
        self.row_lower, self.row_upper = self.row_lower - used[parts.rows], self.row_upper - used[parts.rows]
        self.low, self.high = self.low - used[parts.shared], self.high - used[parts.shared]

    def _columns(self, blocks: Index) -> Index:
        """Columns of blocks, one block after the other."""
        return _ranges(self.parts.column_start[blocks], self.parts.column_start[blocks + 1])[0]

    def _use(self, blocks: Index) -> Array:
        """What blocks use of what is shared, as they stand: (R,)."""
        start, row, value = self.parts.joint
        columns = self._columns(blocks)
        at, of = _ranges(start[columns], start[columns + 1])
        return np.bincount(row[at], value[at] * self.state.x[columns][of], len(self.low)).astype(float, copy=False)

    def _pass(self, blocks: Index, price: Array, steps: int = STEPS) -> tuple[float, Array, int]:
        """Solve blocks at prices: the sum of their objectives, what they use, and how many are not optimal."""
        state, parts = self.state, self.parts
        tie = np.where(np.abs(price) <= FREE, 1.0 / np.maximum(self.amount, 1.0), 0.0)
        tie *= np.where(np.isfinite(self.high), 1.0, -1.0)
        weight = np.maximum(np.abs(price), LIGHT)
        uses = np.zeros((CHUNKS, len(price)))

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
        done = list((map if self.workers is None else self.workers.map)(work, chunks, uses))
        if any(failed for _, failed, _ in done):
            raise _NoEnd
        return sum(total for total, _, _ in done), uses.sum(axis=0), sum(wrong for _, _, wrong in done)

    def _stated(
        self,
        blocks: Index,
        low: Array,
        high: Array,
        over: Array | None = None,
        under: Array | None = None,
        part: float = 1.0,
    ) -> _Stated:
        """State blocks as one program with what is shared; *over* and *under* (R,) are what it costs to miss it.

        It starts from the bases of the blocks. Of balances, which all blocks share, there is a *part*.
        """
        parts, shared = self.parts, len(self.low)
        columns, of = _ranges(parts.column_start[blocks], parts.column_start[blocks + 1])
        rows, _ = _ranges(parts.row_start[blocks], parts.row_start[blocks + 1])
        sizes = np.diff(parts.row_start)[blocks]
        offsets = (np.cumsum(sizes) - sizes)[of], np.full(len(columns), len(rows))
        index, value, at = [], [], []
        for (start, row, entry), offset in zip((parts.local, parts.joint), offsets, strict=True):
            place, owner = _ranges(start[columns], start[columns + 1])
            index.append(row[place] + offset[owner])
            value.append(entry[place])
            at.append(owner)
        by = np.where(self.balance[blocks], part, 1.0)[of]
        cost, lower, upper = self.cost[columns], self.lower[columns] * by, self.upper[columns] * by
        of_columns, of_rows = self._states(columns, rows, np.repeat(blocks, sizes))
        of_shared = np.full(shared, BASIC)
        if over is not None and under is not None:
            every = np.arange(shared)
            index += [len(rows) + every, len(rows) + every]
            value += [np.full(shared, -1.0), np.ones(shared)]
            at += [len(columns) + every, len(columns) + shared + every]
            cost = np.concatenate([cost, -over, -under])
            lower = np.append(lower, np.zeros(2 * shared))
            upper = np.append(upper, np.full(2 * shared, INF))
            of_columns = np.append(of_columns, np.full(2 * shared, AT_LOWER))
        owner = np.concatenate(at)
        order = np.argsort(owner, kind="stable")
        starts = np.searchsorted(owner[order], np.arange(len(cost) + 1))
        h = passed_arrays(
            cost,
            (lower, upper),
            (np.append(self.row_lower[rows], low), np.append(self.row_upper[rows], high)),
            (starts, np.concatenate(index)[order], np.concatenate(value)[order]),
            by_column=True,
        )
        h.setOptionValue("presolve", "off")
        start_from(h, (of_columns.astype(np.int8), np.append(of_rows, of_shared).astype(np.int8)))
        return _Stated(h, columns, rows, lower[: len(columns)], upper[: len(columns)], shared)

    def _states(self, columns: Index, rows: Index, block: Index) -> tuple[Index, Index]:
        """States of columns and rows of blocks in their bases; *block* is that of each row."""
        state, parts = self.state, self.parts
        of_columns = np.where((state.x >= self.upper) & (self.lower < self.upper), AT_UPPER, AT_LOWER)
        of_rows = np.where(state.activity[rows] >= self.row_upper[rows], AT_UPPER, AT_LOWER)
        place = np.empty(len(self.row_lower), np.int64)
        place[rows] = np.arange(len(rows))
        width, basic = np.diff(parts.column_start)[block], state.basic[rows]
        own = basic >= width
        of_columns[parts.column_start[block[~own]] + basic[~own]] = BASIC
        of_rows[place[parts.row_start[block[own]] + basic[own] - width[own]]] = BASIC
        return of_columns[columns], of_rows

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
            self.known = True
        return found

    def _solve(self) -> tuple[Array, _Together | None]:
        """Return prices, and the blocks that were solved together at last."""
        low, high = self.low, self.high
        try:
            spent = self._use(np.flatnonzero(~self.free))
            self.low, self.high = low - spent, high - spent
            ends = [np.where(np.isfinite(bound), np.abs(bound), 0.0) for bound in (self.low, self.high)]
            self.amount = np.maximum(*ends)
            self.balance = self._balances()
            live = np.flatnonzero(self.free & ~self.balance)
            if len(live) <= ACTIVE:
                together = self._stated(np.flatnonzero(self.free), self.low, self.high).solved()
                return together.price, together
            if self.known:
                try:
                    return self._converged(live, self.state.price)
                except _NoEnd:
                    pass  # prices have moved far
            nothing = np.zeros(len(self.low))
            _, use, _ = self._pass(live, nothing)
            if not self.balance.any() and self._mismatch(nothing, use) <= FITS:
                self.state.price = nothing
                return nothing, None
            return self._converged(live, self._sampled(live))
        finally:
            self.low, self.high = low, high

    def _balances(self) -> NDArray[np.bool_]:
        """Blocks of one column, all of it shared, that can outweigh a row: what is unspent, the worst case: (B,)."""
        start, row, value = self.parts.joint
        alone = np.flatnonzero(self.free & (np.diff(self.parts.row_start) == 0))
        columns = self.parts.column_start[alone]
        at, of = _ranges(start[columns], start[columns + 1])
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

    def _sampled(self, live: Index) -> Array:
        """Prices at which a sample of the blocks uses its share, mended by what all use at them."""
        number = min(max(SAMPLE[0], len(live) // 10), SAMPLE[1], len(live))
        sample = np.sort(np.random.default_rng(0).choice(live, number, replace=False))
        share, dear = number / len(live), np.full(len(self.low), DEAR)
        balances = np.flatnonzero(self.balance)
        shift, best, least = np.zeros(len(self.low)), np.zeros(len(self.low)), INF
        of_sample = self._stated(np.append(sample, balances), share * self.low, share * self.high, dear, dear, share)
        for _ in range(ROUNDS):
            of_sample.with_shared(share * self.low + shift, share * self.high + shift)
            found = of_sample.solved()
            price = found.price
            total, use, _ = self._pass(live, price)
            self.state.x[self._columns(balances)] = found.x[len(found.x) - len(balances) :] / share
            up, down = price > 0, price < 0
            bound = total + float(price[up] @ self.high[up]) + float(price[down] @ self.low[down])
            if not bound < least:
                break
            best, least = price, bound
            if self._mismatch(price, use + self._use(balances)) <= NEAR:
                break
            shift = self._use(sample) - share * use
        return best

    def _converged(self, live: Index, price: Array) -> tuple[Array, _Together | None]:
        """Solve together those blocks that a small change of prices would alter, until all others stay as they are."""
        state, active = self.state, ACTIVE
        balances = np.flatnonzero(self.balance)
        for _ in range(ROUNDS):
            _, use, _ = self._pass(live, price)
            if not len(balances) and self._mismatch(price, use) <= FITS:
                state.price = price
                return price, None
            active = min(active, len(live))
            slack = state.slackness[live]
            order = np.argpartition(slack, active - 1)[:active]
            chosen = np.sort(live[order])
            others = use - self._use(chosen)
            every = np.append(chosen, balances), self.low - others, self.high - others
            box = float(slack[order].max()) * np.maximum(np.abs(price), LIGHT)
            if active == len(live) or not np.isfinite(box).all():
                together = self._stated(*every).solved()
            else:
                together = self._stated(*every, price + box, box - price).solved()
            if together.missed <= FITS:
                rest = np.setdiff1d(live, chosen, assume_unique=True)
                if not len(rest) or not self._pass(rest, together.price, 0)[2]:
                    state.price = together.price
                    return together.price, together
            price = together.price
            active = int(GROWS * active)
        raise _NoEnd

    def _answer(self, price: Array, together: _Together | None) -> Solution:
        """Put the blocks together again, in the order and the units of the model, with the basis of all."""
        model, parts, state = self.model, self.parts, self.state
        x, dual = state.x.copy(), state.dual.copy()
        idle = np.flatnonzero(~self.free)
        dual[_ranges(parts.row_start[idle], parts.row_start[idle + 1])[0]] = 0.0
        block = np.repeat(np.arange(parts.blocks), np.diff(parts.row_start))
        of_columns, of_rows = self._states(np.arange(len(x)), np.arange(len(dual)), block)
        of_shared = np.full(len(price), BASIC)
        if together is not None:
            x[together.columns], dual[together.rows] = together.x, together.dual
            of_columns[together.columns] = together.basis[0]
            of_rows[together.rows], of_shared = np.split(together.basis[1], [len(together.rows)])
        point, y = np.empty(len(model.objective)), np.empty(len(model.row_lower))
        columns, rows = np.empty(len(point), np.int8), np.empty(len(y), np.int8)
        point[parts.columns] = x * model.column_unit[parts.columns]
        point[parts.held] = self.held
        columns[parts.columns] = of_columns
        columns[parts.held] = np.where(self.held >= model.column_upper[parts.held], AT_UPPER, AT_LOWER)
        y[parts.rows], y[parts.shared] = dual, price
        rows[parts.rows], rows[parts.shared] = of_rows, of_shared
        point = np.clip(point, model.column_lower, model.column_upper)
        y *= parts.scale / self.size
        return Solution("optimal", point, y, reduced_costs(model, y), basis=(columns, rows))


def _ends(lower: Array, upper: Array) -> Array:
    """Return a finite end of each column, the lower one if there is one."""
    return np.where(np.isfinite(lower), lower, np.where(np.isfinite(upper), upper, 0.0))
