"""Whole units by patterns: shared rows get prices, and every block has few plans in whole numbers that can be right.

A program of whole units whose blocks (tracks) are joined by few rows (budgets, floors, caps) is bounded far better by
its blocks in whole numbers than by its linear program: at any prices of the shared rows the sum of the blocks' best,
each found by branch and bound (`block_branching`), is a bound on every plan (Lagrangian relaxation). Prices come from
the linear program over the patterns found so far, half-way back to the best prices so far. At these every pattern has a
loss, what it is worth less than the best of its block; a plan loses these and what is left over of what has a price, so
that of the patterns few can be in a better plan than the one in hand. They are listed, and plans put together from them
(`meeting`).

Sources: Geoffrion (1974), Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 82-114;
Gilmore & Gomory (1961), A linear programming approach to the cutting-stock problem, Operations Research 9, 849-859;
Wentges (1997), Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming, International Transactions in
Operational Research 4, 151-162 (prices half-way).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...model.model import INF, Model, settled
from ...model.programme import Array, Index, sums
from ...model.tighten import switched
from ..decomposition.block_branching import branch_blocks, near_best
from ..decomposition.split import Split, split
from ..highs_input import objective_scale, passed_arrays
from ..proof.block_trees import BlockTree, BlockTrees, check_blocks
from ..proof.grow import Proof
from ..proof.tree import DIGITS, Incomplete, Node, rounded
from ..solution import Solution, Solver
from .meeting import FITS, GRID, in_cells, meet, partial_plans, uses_of

OF_A_BLOCK = 2
"""Columns of a block on average, below which its whole numbers bound hardly more than its linear program."""
ROUNDS, USUAL = 60, 12
"""Prices that are tried at most, and as a rule."""
CLOSE = 1e-7
"""Share of the bound by which no other prices can better it, from which on none are tried."""
EXACT = 1e-10
"""Share of the value by which a block may be better than its best pattern, all blocks together."""
NODES = 20_000
"""Nodes of a block at most, at some prices."""
AT_A_TIME = 16
"""Blocks that are solved between two looks at the clock."""
DEAR = 1e3
"""What a unit costs of what patterns use too much or too little, in largest coefficients of the objective."""
LOSS = 1e-5
"""Share of the value that a pattern may lose, at first."""
MORE = 2.0
"""Times as much, where too few patterns lose no more."""
MOST = 1e-2
"""The same at most."""
FEW = 400
"""Patterns beside the best of each block that are too few to choose from."""
MANY = 5000
"""Patterns of a block at most."""
LISTED = 2**14, 2**16, 2**21
"""Partial plans of a half at first, at last, and at last where a time limit makes every improvement welcome."""
NEAR = 2e-4
"""Share of the bound below which a plan has to be, to be bettered sooner by longer lists than by branch and bound."""
GROWS = 2
"""Times as many after halves that gave nothing better."""
HALVES = 4
"""Halves that are tried with as many."""
PAIRS = 256
"""Pairs that are looked at for each partial plan: where cells are crowded, not all are."""
HALVINGS = 8
"""Times that the loss is halved up to which partial plans are listed."""
PROVED = 1e-9
"""Share of the bound by which all blocks together may be bounded less closely in a proof."""
LOGGED = 20_000
"""Nodes of a block's tree at most."""
WORK = 8_000_000
"""Entries that are read in all nodes of a proof at most: some seconds."""
BINDS = 1e-9
"""A price up to this share of the largest objective coefficient is none."""


def by_patterns(model: Model, linear: Solver, end: float, enough: float) -> Solution | None:
    """Solve a program of whole units by patterns; None where it does not fall into blocks, or no plan is found.

    Parameters
    ----------
    linear : solves linear programs.
    end : the time, by `time.monotonic`, after which the best plan so far is returned.
    enough : share of the value by which the bound may be above it in an ``optimal`` solution; else it is ``feasible``.
    """
    blocks = blocks_of(model, end)
    if blocks is None:
        return None
    relaxed = linear(replace(blocks.model, integer=np.zeros_like(model.integer)))
    if relaxed.status != "optimal":
        return None
    at = blocks.converged(blocks.prices(relaxed.row_dual))
    found = None if at is None else blocks.found(at, enough)
    if at is None or found is None:
        return None
    rest = linear(settled(model, found))
    if rest.status != "optimal":
        return None
    none, bound, value = np.empty(0), at.bound / blocks.size, float(model.objective @ rest.x)
    proven = bound - value <= enough * abs(value)
    prices = blocks.row_prices(at.price)
    return Solution("optimal" if proven else "feasible", rest.x, none, none, bound=bound, prices=prices)


def prove_by_blocks(model: Model, prices: Array, work: int = WORK) -> Proof:
    """Prove the bound that prices (M,) of shared rows give, by a tree for each block, grown and checked.

    *work* limits the entries that all nodes read.
    """
    blocks = blocks_of(model)
    trees = None if blocks is None else blocks.grown(prices, work)
    if trees is None:
        return Proof()
    try:
        return Proof(found=check_blocks(model, trees), blocks=trees)
    except Incomplete:
        return Proof(blocks=trees)


def blocks_of(model: Model, end: float = INF) -> WholeBlocks | None:
    """Return the blocks of a model; None where few rows do not join blocks, or what they use is not in whole units."""
    # whole numbers count no more than they can, as in the checker; rows keep the scale in which it reads duals
    model = model.alike(value=switched(model).value)
    parts = split(model)
    if parts is None or len(parts.held):
        return None
    blocks = WholeBlocks(model, parts, end)
    used = np.diff(parts.joint[0]) > 0
    known = blocks.whole & np.isfinite(blocks.ends[1] - blocks.ends[0])
    alone = np.count_nonzero(used) < OF_A_BLOCK * np.count_nonzero(blocks.joins)
    return blocks if known[used].all() and not alone else None


@dataclass(frozen=True)
class Bounded:
    """A bound at prices (R,) of shared rows: the best of each block (B,), its point (N',), and what it is worth."""

    bound: float
    price: Array
    point: Array
    best: Array


@dataclass(frozen=True)
class Pool:
    """Patterns of blocks beside the best ones, in the order of their losses.

    `owner`, `loss`: (K,); `shift`: (K, R) what each uses more than the best of its block; `points`: its columns.
    """

    owner: Index
    loss: Array
    shift: Array
    points: list[Array]


def _no_patterns(rows: int) -> Pool:
    return Pool(np.empty(0, np.int64), np.empty(0), np.empty((0, rows)), [])


@dataclass
class WholeBlocks:
    """A program of whole units in the order of its blocks, scaled."""

    model: Model
    parts: Split
    end: float
    basic: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        parts = self.parts
        width = np.diff(parts.column_start)
        places = np.arange(len(parts.rows)) - np.repeat(parts.row_start[:-1] - width, np.diff(parts.row_start))
        self.basic = places.astype(np.int32)

    @cached_property
    def size(self) -> float:
        """What the objective is multiplied by."""
        return objective_scale(self.model)

    @cached_property
    def cost(self) -> Array:
        """Objective (N',)."""
        return np.asarray((self.model.objective * self.model.column_unit)[self.parts.columns] * self.size)

    @cached_property
    def ends(self) -> tuple[Array, Array, Array, Array]:
        """Ends of columns, and of local rows."""
        model, at, rows, scale = self.model, self.parts.columns, self.parts.rows, self.parts.scale
        columns = [(bound / model.column_unit)[at] for bound in (model.column_lower, model.column_upper)]
        local = [bound[rows] * scale[rows] for bound in (model.row_lower, model.row_upper)]
        return columns[0], columns[1], local[0], local[1]

    @cached_property
    def shared(self) -> tuple[Array, Array]:
        """Ends of shared rows."""
        at = self.parts.shared
        scale = self.parts.scale[at]
        return self.model.row_lower[at] * scale, self.model.row_upper[at] * scale

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Columns that hold whole numbers."""
        return np.asarray(self.model.integer[self.parts.columns])

    @cached_property
    def block(self) -> Index:
        """Block of each column."""
        return np.repeat(np.arange(self.parts.blocks), np.diff(self.parts.column_start))

    @cached_property
    def joins(self) -> NDArray[np.bool_]:
        """WholeBlocks that use anything shared: (B,)."""
        found = np.zeros(self.parts.blocks, dtype=bool)
        found[self.block[np.diff(self.parts.joint[0]) > 0]] = True
        return found

    def prices(self, row_dual: Array) -> Array:
        """Return the prices of shared rows from row duals of the model (M,): (R,)."""
        return np.asarray((row_dual / self.parts.scale)[self.parts.shared] * self.size)

    def row_prices(self, price: Array) -> Array:
        """Return prices (R,) of shared rows as row duals of the model (M,)."""
        found = np.zeros(len(self.model.row_lower))
        found[self.parts.shared] = price * self.parts.scale[self.parts.shared] / self.size
        return found

    @cached_property
    def _entry_column(self) -> Index:
        return np.repeat(np.arange(len(self.cost)), np.diff(self.parts.joint[0]))

    def net(self, price: Array) -> Array:
        """Return the objective less the price of what is used: (N',)."""
        _, row, value = self.parts.joint
        return self.cost - sums(self._entry_column, value * price[row], len(self.cost))

    def use(self, point: Array) -> Array:
        """Return what each block uses of what is shared: (B, R)."""
        _, row, value = self.parts.joint
        rows, at = len(self.parts.shared), self._entry_column
        place = rows * self.block[at] + row
        return sums(place, value * point[at], rows * self.parts.blocks).reshape(-1, rows)

    def worth(self, point: Array, cost: Array) -> Array:
        """Return what each block is worth: (B,)."""
        return sums(self.block, cost * point, self.parts.blocks)

    def bounded(self, price: Array, room: float, known: Array | None = None) -> Bounded:
        """Return the bound of prices, each block's best found up to *room*, from a *known* point on (N',).

        It is infinite where the time is over before all blocks are solved.
        """
        low, high = self.shared
        # a price of the wrong sign is rounding
        price = np.clip(price, np.where(low > -INF, -INF, 0.0), np.where(high < INF, INF, 0.0))
        parts, net = self.parts, self.net(price)
        point = np.zeros(len(net)) if known is None else known.copy()
        best = np.full(parts.blocks, -INF) if known is None else self.worth(point, net)
        bound = np.full(parts.blocks, INF)
        nothing = np.empty(0, np.int64)
        for first in range(0, parts.blocks, AT_A_TIME):
            if time.monotonic() > self.end:
                break
            branch_blocks(
                np.arange(first, min(first + AT_A_TIME, parts.blocks)), parts.column_start, parts.row_start,
                *parts.local, net, *self.ends, self.whole,
                room, NODES, point, self.basic, best, bound, nothing, nothing, np.empty((0, 0)),
            )  # fmt: skip
        end = np.where(price > 0, high, low)
        of_rows = np.multiply(price, end, out=np.zeros_like(price), where=price != 0)
        return Bounded(float(bound.sum() + of_rows.sum()), price, point, best)

    # --- prices -------------------------------------------------------------------------------------------------------

    def converged(self, price: Array) -> Bounded | None:
        """Return the least bound: prices half-way between the best so far and those of the patterns so far.

        None where the time does not suffice: of prices on the way no plan is near.
        """
        room = EXACT * float(np.abs(self.cost).max(initial=0.0))
        best = found = self.bounded(price, room)
        room = EXACT * abs(best.bound) / self.parts.blocks
        master = _Master(self)
        alone = float(best.best[~self.joins].sum())
        for number in range(ROUNDS):
            if not np.isfinite(found.bound):
                return best if np.isfinite(best.bound) else None
            begun = time.monotonic()
            master.add(found.point)
            priced = master.solved()
            if priced is None:
                return best if number else None
            value, price = priced
            if best.bound - alone - value <= CLOSE * abs(best.bound):
                break
            found = self.bounded((best.price + price) / 2, room, found.point)
            if number == 0 and USUAL * (time.monotonic() - begun) > self.end - begun:
                return None
            if found.bound < best.bound:
                best = found
        return best

    def pool(self, at: Bounded, loss: float) -> Pool | None:
        """Return all patterns that lose less at these prices, the best of each block left out; None if too many."""
        parts, net = self.parts, self.net(at.price)
        owner, points = [], []
        for b in np.flatnonzero(self.joins).tolist():
            columns = slice(parts.column_start[b], parts.column_start[b + 1])
            found = np.empty((MANY, columns.stop - columns.start))
            count = near_best(
                b, parts.column_start, parts.row_start, *parts.local, net, *self.ends, self.whole,
                at.best[b] - loss, 4 * MANY, self.basic, found,
            )  # fmt: skip
            if count < 0:
                return None
            whole, own = self.whole[columns], at.point[columns]
            others = np.abs(found[:count, whole] - own[whole]).max(axis=1, initial=0.0) > 0.5
            owner += [b] * int(others.sum())
            points += list(found[:count][others])
        if not points:
            return _no_patterns(len(at.price))
        lost, shift = np.empty(len(points)), np.empty((len(points), len(at.price)))
        use = self.use(at.point)
        start, row, value = parts.joint
        for k, (b, point) in enumerate(zip(owner, points, strict=True)):
            columns = slice(parts.column_start[b], parts.column_start[b + 1])
            lost[k] = max(at.best[b] - float(net[columns] @ point), 0.0)
            entries = slice(start[columns.start], start[columns.stop])
            own = self._entry_column[entries] - columns.start
            shift[k] = sums(row[entries].astype(np.int64), value[entries] * point[own], len(at.price)) - use[b]
        order = np.argsort(lost, kind="stable")
        return Pool(np.array(owner)[order], lost[order], shift[order], [points[k] for k in order.tolist()])

    def found(self, at: Bounded, enough: float) -> Array | None:
        """Return the best plan (N,) that is found until the end, or until it is good enough; None if none is."""
        size = abs(at.bound)
        search = _Search(self, at, _no_patterns(len(at.price)))
        below, best = INF, None
        if (alone := search.best(1, MOST * size)) is not None:
            below, best = alone
        if below <= enough * size:
            return self.put_together(at, search.pool, [])
        share, pool = LOSS, self.pool(at, LOSS * size)
        while pool is not None and len(pool.loss) < FEW and share < MOST:
            share *= MORE
            pool = self.pool(at, share * size)
        if pool is None:
            return None
        search = _Search(self, at, pool)
        below = min(below, MORE * share * size)
        number, most = LISTED[0], LISTED[1] if self.end == INF else LISTED[2]
        while number <= most and below > enough * size and (best is None or time.monotonic() < self.end):
            for _ in range(HALVES):
                found = search.best(number, below * (1 - 1e-9))
                if found is not None:
                    below, best = found
                if time.monotonic() > self.end:
                    break
            number *= GROWS
            if best is None:
                below *= MORE
            elif number > LISTED[1] and below > NEAR * size:
                break
        return None if best is None else self.put_together(at, pool, best)

    def grown(self, row_dual: Array, work: int) -> BlockTrees | None:
        """Return trees that bound the blocks at prices of shared rows; None where they are too large, or open."""
        parts, shared, digits = self.parts, self.parts.shared, 2.0**DIGITS
        # as the checker reads them
        price = np.round(self.prices(row_dual) * digits) / digits
        room = PROVED * np.abs(self.bounded(price, 0.0).bound) / parts.blocks
        at = self.bounded(price, room / 2)
        net, bound, point = self.net(at.price), np.empty(parts.blocks), at.point.copy()
        column, floor = np.empty(LOGGED, np.int64), np.empty(LOGGED, np.int64)
        trees = []
        for b in range(parts.blocks):
            columns, rows = (slice(start[b], start[b + 1]) for start in (parts.column_start, parts.row_start))
            dual = np.empty((LOGGED, rows.stop - rows.start))
            count = branch_blocks(
                np.array([b]), parts.column_start, parts.row_start, *parts.local, net, *self.ends, self.whole,
                room, LOGGED, point, self.basic, at.best, bound, column, floor, dual,
            )  # fmt: skip
            entries = parts.local[0][columns.stop] - parts.local[0][columns.start]
            work -= count * int(entries + columns.stop - columns.start)
            if work < 0 or bound[b] > at.best[b] + room:
                return None
            logged = zip(column[:count].tolist(), floor[:count].tolist(), dual[:count], strict=True)
            trees.append(
                BlockTree(
                    tuple(parts.columns[columns].tolist()),
                    tuple(parts.rows[rows].tolist()),
                    tuple(Node(j, at_most, rounded(y)) for j, at_most, y in logged),
                    Fraction(float(at.best[b] / self.size)),
                    Fraction(float(2 * room / self.size)),
                )
            )
        prices = {int(shared[r]): y for r, y in rounded(at.price).items()}
        return BlockTrees(prices, tuple(trees))

    def put_together(self, at: Bounded, pool: Pool, chosen: list[int]) -> Array:
        """Return the point of the model (N,) of some patterns and of the best of all other blocks."""
        parts, point = self.parts, at.point.copy()
        for k in chosen:
            b = pool.owner[k]
            point[parts.column_start[b] : parts.column_start[b + 1]] = pool.points[k]
        x = np.empty(len(self.model.objective))
        x[parts.columns] = point * self.model.column_unit[parts.columns]
        return np.clip(x, self.model.column_lower, self.model.column_upper)


class _Master:
    """The linear program over patterns: of each block a mix of them that sums up to one."""

    def __init__(self, blocks: WholeBlocks) -> None:
        self.blocks, self.known = blocks, set[tuple[int, float]]()
        low, high = blocks.shared
        rows = len(low)
        self.of = np.flatnonzero(blocks.joins)
        one, dear = np.ones(len(self.of)), np.full(2 * rows, -DEAR)
        self.mark = np.random.default_rng(0).random(len(blocks.cost))
        self.highs = passed_arrays(
            dear,
            (np.zeros(2 * rows), np.full(2 * rows, INF)),
            (np.append(low, one), np.append(high, one)),
            (np.arange(2 * rows + 1), np.tile(np.arange(rows), 2), np.repeat([1.0, -1.0], rows)),
            by_column=True,
        )
        self.highs.setOptionValue("presolve", "off")

    def add(self, point: Array) -> None:
        """Add the patterns of a point (N',) that are not known."""
        blocks, rows = self.blocks, len(self.blocks.parts.shared)
        marks = blocks.worth(np.where(blocks.whole, np.round(point), 0.0), self.mark)[self.of].tolist()
        new = [k for k, key in enumerate(zip(self.of.tolist(), marks, strict=True)) if key not in self.known]
        self.known.update((int(self.of[k]), marks[k]) for k in new)
        if not new:
            return
        at = self.of[new]
        use, worth = blocks.use(point)[at], blocks.worth(point, blocks.cost)[at]
        entries = np.column_stack([use, np.ones(len(new))])
        index = np.column_stack([np.tile(np.arange(rows), (len(new), 1)), rows + np.array(new)])
        starts = np.arange(len(new)) * (rows + 1)
        self.highs.addCols(
            len(new), worth, np.zeros(len(new)), np.full(len(new), INF), entries.size,
            starts.astype(np.int32), index.ravel().astype(np.int32), entries.ravel(),
        )  # fmt: skip

    def solved(self) -> tuple[float, Array] | None:
        """Return the value and the prices of what is shared; None where the time is over."""
        import highspy  # its library loads with the first program

        if self.blocks.end < INF:
            left = max(self.blocks.end - time.monotonic(), 0.0)
            self.highs.setOptionValue("time_limit", self.highs.getRunTime() + left)
        self.highs.run()
        if self.highs.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            return None
        rows = len(self.blocks.parts.shared)
        return self.highs.getInfo().objective_function_value, np.array(self.highs.getSolution().row_dual)[:rows]


class _Search:
    """Plans put together from patterns: the least loss is sought among ever longer lists of partial plans."""

    def __init__(self, blocks: WholeBlocks, at: Bounded, pool: Pool) -> None:
        low, high = blocks.shared
        used = blocks.use(at.point).sum(axis=0)
        rounding = FITS * np.maximum(1.0, np.abs(used))
        self.pool, self.low, self.high = pool, low - used - rounding, high - used + rounding
        self.price = np.where(np.abs(at.price) > BINDS, at.price, 0.0)
        spread = np.abs(self.price) * pool.shift.std(axis=0) if len(pool.loss) else np.zeros(len(low))
        self.rows = np.argsort(-spread, kind="stable")[: min(GRID, np.count_nonzero(spread))].astype(np.int64)
        self.draw = np.random.default_rng(0)

    def best(self, number: int, below: float) -> tuple[float, list[int]] | None:
        """Return a plan of less loss than *below*, its loss and patterns, out of two lists of so many partial plans."""
        pool = self.pool
        side = self.draw.random(int(pool.owner.max(initial=0)) + 1)[pool.owner] < 0.5
        (ours, sets), (theirs, others) = (self._listed(np.flatnonzero(half), number, below) for half in (side, ~side))
        table = np.zeros(2 ** int(np.ceil(np.log2(len(others.loss) + 1))) + 1, np.int64)
        width = self.price[self.rows] / below
        order = in_cells(others.use[:, self.rows] * width, np.argsort(others.loss), table)
        end = np.where(self.price > 0, self.high, np.where(self.price < 0, self.low, 0.0))
        loss, left, right = meet(
            (end - sets.use)[:, self.rows] * width, sets.use, sets.loss, (end - sets.use) @ self.price,
            table, others.use[order], others.loss[order], others.use[order] @ self.price, self.low, self.high, below,
            PAIRS * number,
        )  # fmt: skip
        if left < 0:
            return None
        found = [int(ours[k]) for k in sets.members(left)]
        return loss, found + [int(theirs[k]) for k in others.members(int(order[right]))]

    def _listed(self, half: Index, number: int, below: float) -> tuple[Index, _Sets]:
        """List the partial plans of least loss of some patterns, about so many."""
        owner, loss = self.pool.owner[half], self.pool.loss[half]
        parent, item, total = np.empty(number, np.int32), np.empty(number, np.int32), np.empty(number)
        least, most = 0.0, below
        count = partial_plans(owner, loss, most, parent, item, total)
        for _ in range(HALVINGS if count > number else 0):
            middle = (least + most) / 2
            count = partial_plans(owner, loss, middle, parent, item, total)
            least, most = (middle, most) if count <= number else (least, middle)
        if count > number:  # of those that lose as little the first
            count = min(partial_plans(owner, loss, least, parent, item, total), number)
        return half, _Sets(parent, item, total[:count], uses_of(parent, item, self.pool.shift[half], count))


@dataclass(frozen=True)
class _Sets:
    """Partial plans: to which one a pattern was added, the pattern, the loss, and what it uses beyond the best."""

    parent: NDArray[np.int32]
    item: NDArray[np.int32]
    loss: Array
    use: Array

    def members(self, number: int) -> Iterator[int]:
        """Yield the patterns of a partial plan."""
        while number > 0:
            yield int(self.item[number])
            number = int(self.parent[number])
