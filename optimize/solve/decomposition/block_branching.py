"""Whole units in the blocks of a program, compiled: each block by branch and bound at given prices of what it uses.

It needs numba, of the extra ``fast``. Linear programs are solved by `block_simplex`; what bounds a node is weak
duality, computed from the row duals, so that an unfinished one is never believed.

Source: Land & Doig (1960), An automatic method of solving discrete programming problems, Econometrica 28, 497-520.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiled import njit
from ...model.programme import Array
from .block_simplex import Int, reduced_cost, solve_blocks

STEPS = 500
"""Steps of the simplex for a node: a node that takes more is branched on as it stands."""
WHOLE = 1e-7
"""What is nearer than this to a whole number is one."""
LEAF = -1
"""Stands for the column of a node that does not branch."""
TINY = 1e-12
"""A reduced cost that is rounding."""
ROOM = 66
"""Nodes that may be open beside two a column."""
Mask = NDArray[np.bool_]


@njit(cache=True, nogil=True)
def branch_blocks(
    blocks: NDArray[np.int64],
    column_start: NDArray[np.int64],
    row_start: NDArray[np.int64],
    local_start: Int,
    local_row: Int,
    local_value: Array,
    cost: Array,
    lower: Array,
    upper: Array,
    row_lower: Array,
    row_upper: Array,
    whole: Mask,
    room: float,
    most: int,
    point: Array,
    basic: Int,
    best: Array,
    bound: Array,
    log_column: NDArray[np.int64],
    log_floor: NDArray[np.int64],
    log_dual: Array,
) -> int:
    """Maximise ``cost x`` in each of the blocks, its *whole* columns (N,) in whole numbers; return the nodes it took.

    Parameters
    ----------
    blocks : numbers of the blocks to be solved; b has the columns column_start[b] to column_start[b + 1], and rows.
    room : what is better by no more than this is not looked for.
    most : nodes of a block; beyond them its bound is that of what is left open.
    point, basic : (N,), (M,) the best points and bases, changed.
    best : (B,) the values of the best points; only better ones are looked for, -inf where none is known.
    bound : (B,) filled in: no point of a block is worth more.
    log_column, log_floor, log_dual : (L,), (L,), (L, m) the nodes in preorder, of one block, whose rows are m; nothing
        is written if L is 0.
    """
    logs = len(log_column) > 0
    count = 0
    for b in blocks:
        c0, r0 = column_start[b], row_start[b]
        n, m = column_start[b + 1] - c0, row_start[b + 1] - r0
        start, c, is_whole = local_start[c0 : c0 + n + 1], cost[c0 : c0 + n], whole[c0 : c0 + n]
        ends, base = np.stack((row_lower[r0 : r0 + m], row_upper[r0 : r0 + m])), basic[r0 : r0 + m]
        x, y, d = point[c0 : c0 + n].copy(), np.zeros(m), np.empty(n)
        depth = 2 * n + ROOM
        lows, highs, before = np.empty((depth, n)), np.empty((depth, n)), np.empty(depth)
        _whole_ends(lower[c0 : c0 + n], upper[c0 : c0 + n], is_whole, lows[0], highs[0])
        before[0] = np.inf
        open_, taken, left = 1, 0, -np.inf
        while open_ > 0:
            open_ -= 1
            low, high, over = lows[open_].copy(), highs[open_].copy(), before[open_]
            if not logs and over <= best[b] + room:
                continue
            if taken >= most:
                left = max(left, over)
                continue
            here, at, floor, is_best = _node(
                c, start, local_row, local_value, low, high, ends, is_whole, best[b] + room, x, base, y, d
            )
            here = min(here, over)
            if is_best:
                value = 0.0
                for j in range(n):
                    value += c[j] * (np.round(x[j]) if is_whole[j] else x[j])
                if value > best[b]:
                    best[b] = value
                    for j in range(n):
                        point[c0 + j] = np.round(x[j]) if is_whole[j] else x[j]
            if logs:
                if taken == len(log_column):
                    left = np.inf
                    break
                log_column[taken], log_floor[taken] = at, int(floor)
                log_dual[taken] = y
            taken += 1
            if at == LEAF or open_ + 2 > depth:
                if here > best[b] + room:
                    left = max(left, here)
                continue
            up_first = not logs and x[at] - floor > 0.5
            for side in range(2):  # what is put last is taken first
                lows[open_], highs[open_], before[open_] = low, high, here
                if (side == 0) == up_first:
                    highs[open_, at] = floor
                else:
                    lows[open_, at] = floor + 1.0
                open_ += 1
        bound[b] = max(best[b] + room, left)
        count += taken
    return count


@njit(cache=True, nogil=True)
def near_best(
    b: int,
    column_start: NDArray[np.int64],
    row_start: NDArray[np.int64],
    local_start: Int,
    local_row: Int,
    local_value: Array,
    cost: Array,
    lower: Array,
    upper: Array,
    row_lower: Array,
    row_upper: Array,
    whole: Mask,
    least: float,
    most: int,
    basic: Int,
    points: Array,
) -> int:
    """Find all points of a block, in its *whole* columns, that are worth no less than *least*.

    *points* (K, n) is filled with them, other columns at their best. Returns how many there are, -1 where there are
    more than K, or more than *most* nodes.
    """
    c0, r0 = column_start[b], row_start[b]
    n, m = column_start[b + 1] - c0, row_start[b + 1] - r0
    start, c, is_whole = local_start[c0 : c0 + n + 1], cost[c0 : c0 + n], whole[c0 : c0 + n]
    ends, base = np.stack((row_lower[r0 : r0 + m], row_upper[r0 : r0 + m])), basic[r0 : r0 + m]
    x, y, d = np.zeros(n), np.zeros(m), np.empty(n)
    depth = 2 * n + ROOM
    lows, highs = np.empty((depth, n)), np.empty((depth, n))
    _whole_ends(lower[c0 : c0 + n], upper[c0 : c0 + n], is_whole, lows[0], highs[0])
    open_, found = 1, 0
    for _ in range(most):
        if open_ == 0:
            return found
        open_ -= 1
        low, high = lows[open_].copy(), highs[open_].copy()
        here, at, floor, is_best = _node(
            c, start, local_row, local_value, low, high, ends, is_whole, least, x, base, y, d
        )
        if here <= least:
            continue
        if is_best:  # others of the box may be worth more than *least* too
            cheap = np.inf
            for j in range(n):
                if is_whole[j] and low[j] < high[j] and abs(d[j]) < cheap:
                    at, cheap = j, abs(d[j])
            if at == LEAF:
                if found == len(points):
                    return -1
                points[found] = x
                found += 1
                continue
            floor = min(max(np.floor(x[at]), low[at]), high[at] - 1.0)
        if at == LEAF or open_ + 2 > depth:
            return -1
        for side in range(2):
            lows[open_], highs[open_] = low, high
            if side == 0:
                lows[open_, at] = floor + 1.0
            else:
                highs[open_, at] = floor
            open_ += 1
    return -1


@njit(cache=True, nogil=True)
def _whole_ends(lower: Array, upper: Array, whole: Mask, low: Array, high: Array) -> None:
    """Fill in the ends of a block's columns, those of whole ones rounded."""
    for j in range(len(lower)):
        low[j] = np.ceil(lower[j] - WHOLE) if whole[j] else lower[j]
        high[j] = np.floor(upper[j] + WHOLE) if whole[j] else upper[j]


@njit(cache=True, nogil=True)
def _node(
    cost: Array,
    start: Int,
    row: Int,
    value: Array,
    low: Array,
    high: Array,
    ends: Array,
    whole: Mask,
    target: float,
    x: Array,
    basic: Int,
    y: Array,
    left: Array,
) -> tuple[float, int, float, bool]:
    """Solve a node: its bound, the column to branch on and the floor, and whether x is its best point.

    The bound is that of the row duals y, whatever the simplex says. The column is `LEAF` where it is no more than the
    *target*, or x is whole; else the box is narrowed by reduced costs *left*.
    """
    n, m = len(cost), len(y)
    none_row, none = np.empty(0, np.int32), np.empty(0)
    _, failed, _ = solve_blocks(
        np.zeros(1, np.int64), np.array([0, n]), np.array([0, m]), start, row, value,
        np.zeros(n + 1, np.int32), none_row, none, cost, low, high, ends[0], ends[1], none, none, none, 0.0, STEPS,
        x, np.zeros(m), basic, y, np.zeros(1), none,
    )  # fmt: skip
    if failed > 0:  # y is a ray that excludes all points, where there are none
        _push(y, cost, start, row, value, low, high, ends[0], ends[1], target, left)
    bound = _bound(y, cost, start, row, value, low, high, ends[0], ends[1], left)
    if bound <= target:
        return bound, LEAF, 0.0, False
    at, floor = _branch(x, y, cost, left, start, row, value, low, high, whole, bound - target, failed > 0)
    return bound, at, floor, at == LEAF and failed == 0


@njit(cache=True, nogil=True)
def _bound(
    y: Array,
    cost: Array,
    start: Int,
    row: Int,
    value: Array,
    low: Array,
    high: Array,
    row_low: Array,
    row_high: Array,
    left: Array,
) -> float:
    """Return the bound of row duals y over a box; y gets the signs that it may have, *left* is filled: cost - A' y."""
    bound = 0.0
    for i in range(len(y)):
        end = row_high[i] if y[i] > 0.0 else row_low[i]
        if y[i] == 0.0 or np.isinf(end):
            y[i] = 0.0
        else:
            bound += y[i] * end
    for j in range(len(cost)):
        d = reduced_cost(cost[j], y, j, start, row, value)
        left[j] = d
        end = high[j] if d > 0.0 else low[j]
        if np.isinf(end):
            if abs(d) > TINY:
                return np.inf
        else:
            bound += d * end
    return bound


@njit(cache=True, nogil=True)
def _push(
    y: Array,
    cost: Array,
    start: Int,
    row: Int,
    value: Array,
    low: Array,
    high: Array,
    row_low: Array,
    row_high: Array,
    target: float,
    left: Array,
) -> None:
    """Stretch a ray y until the bound of it as duals is below the target, if it excludes all points; else it is 0."""
    size = 0.0
    for i in range(len(y)):
        size = max(size, abs(y[i]))
    if size == 0.0:
        return
    y /= size
    falls = _bound(y, np.zeros(len(cost)), start, row, value, low, high, row_low, row_high, left)
    nothing = np.zeros(len(y))
    over = _bound(nothing, cost, start, row, value, low, high, row_low, row_high, left)
    if falls < -WHOLE and over < np.inf and target > -np.inf:
        y *= 1.001 * max(over - target, 0.0) / -falls
    else:
        y[:] = 0.0


@njit(cache=True, nogil=True)
def _branch(
    x: Array,
    y: Array,
    cost: Array,
    left: Array,
    start: Int,
    row: Int,
    value: Array,
    low: Array,
    high: Array,
    whole: Mask,
    over: float,
    lost: bool,
) -> tuple[int, float]:
    """Return the column to branch on and the floor, -1 where all are whole; the box is narrowed by reduced costs.

    What is left out of the box is worth less than the target, *over* below the bound. *lost*: x is no point of it.
    """
    at, most, any_ = -1, -1.0, lost
    for j in range(len(x)):
        if not whole[j]:
            continue
        d = left[j]
        if abs(d) > TINY and over < np.inf:
            units = np.ceil(over * (1 + 1e-9) / abs(d) + 1e-9)
            if d > 0.0:
                low[j] = max(low[j], high[j] - (units - 1))
            else:
                high[j] = min(high[j], low[j] + (units - 1))
        if low[j] >= high[j]:
            continue
        away = abs(x[j] - np.round(x[j]))
        if x[j] < low[j] - WHOLE or x[j] > high[j] + WHOLE:
            away = 1.0
        if away > WHOLE:
            any_ = True
        stake = abs(cost[j])
        for e in range(start[j], start[j + 1]):
            stake += abs(value[e] * y[row[e]])
        weight = away * (stake + TINY) if away > WHOLE else 0.0
        if weight > most:
            at, most = j, weight
    if not any_ or at < 0:
        return -1, 0.0
    return at, min(max(np.floor(x[at]), low[at]), high[at] - 1.0)
