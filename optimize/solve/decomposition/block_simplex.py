"""The compiled half of `decomposition`: a matrix falls into blocks, and each is solved at given prices of what it uses.

It needs numba, of the extra ``fast``. A block is a small program ``A x - s = 0`` within bounds of x and s, its rows'
own variables; its basis is kept from one call to the next. Dense bases: blocks have a few rows.

Sources: Dantzig (1963), Linear Programming and Extensions, section 18.1 (upper bounds); Bland (1977), New finite
pivoting rules for the simplex method, Mathematics of Operations Research 2, 103-107; Tarjan (1975), Efficiency of a
good but not linear set union algorithm, Journal of the ACM 22, 215-225.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ...model.programme import Array

Int = NDArray[np.int32]
Mask = NDArray[np.bool_]
Columnwise = tuple[Int, Int, Array]
"""Starts of columns, places of rows, values."""

GAIN = 1e-11
"""A reduced cost up to which nothing is gained; objectives are scaled to a largest coefficient of about 1."""
PIVOT = 1e-9
"""No smaller number is divided by."""
SLACK = 1e-11
"""How far a bound may be overstepped, relative to max(1, |bound|)."""
DANTZIG = 60
"""Steps by the largest reduced cost; then by the first one, which cannot go round in circles."""
STEPS = 5000
"""Steps after which a block is given up."""


@njit(cache=True, nogil=True)
def components(columns: int, start: NDArray[np.int64], column: NDArray[np.int64], local: Mask, wide: Mask) -> Int:
    """Return the block of each column, (N,), and after them of each row, (M,): -1 where it belongs to none.

    Columns belong together where a *local* row (M,) joins them; *wide* columns (N,) join nothing.
    """
    rows = len(local)
    parent = np.arange(columns + rows).astype(np.int32)
    for i in range(rows):
        if not local[i]:
            continue
        for e in range(start[i], start[i + 1]):
            if wide[column[e]]:
                continue
            a, b = columns + i, column[e]
            while parent[a] != a:
                parent[a] = parent[parent[a]]
                a = parent[a]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a < b:
                parent[b] = a
            else:
                parent[a] = b
    number = np.full(columns + rows, -1, np.int32)
    found = 0
    for v in range(columns + rows):
        if (v < columns and wide[v]) or (v >= columns and not local[v - columns]):
            continue
        root = v
        while parent[root] != root:
            root = parent[root]
        if number[root] < 0:  # the least of a block is its root, and comes first
            number[root] = found
            found += 1
        number[v] = number[root]
    return number


@njit(cache=True, nogil=True)
def sorted_by(number: Int, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places in *number* of 0, of 1, ... of count - 1, and where each begins: (count + 1,)."""
    start = np.zeros(count + 1, np.int64)
    for b in number:
        if b >= 0:
            start[b + 1] += 1
    for b in range(count):
        start[b + 1] += start[b]
    at = start[:-1].copy()
    order = np.empty(start[-1], np.int64)
    for i in range(len(number)):
        b = number[i]
        if b >= 0:
            order[at[b]] = i
            at[b] += 1
    return order, start


@njit(cache=True, nogil=True)
def columnwise(
    order: NDArray[np.int64],
    start: NDArray[np.int64],
    column: NDArray[np.int64],
    value: Array,
    local: Mask,
    place: Int,
    row_scale: Array,
    unit: Array,
) -> tuple[Columnwise, Columnwise]:
    """Return the entries by columns in an *order*, those of *local* rows (M,), and of the others, scaled.

    Both as starts, places of rows, and values.
    """
    rank = np.full(len(unit), -1, np.int32)
    for j in range(len(order)):
        rank[order[j]] = j
    inside, across = np.zeros(len(order) + 1, np.int32), np.zeros(len(order) + 1, np.int32)
    for i in range(len(local)):
        first = inside if local[i] else across
        for e in range(start[i], start[i + 1]):
            j = rank[column[e]]
            if j >= 0 and value[e] != 0.0:
                first[j + 1] += 1
    for j in range(len(order)):
        inside[j + 1] += inside[j]
        across[j + 1] += across[j]
    row, scaled = np.empty(inside[-1], np.int32), np.empty(inside[-1])
    shared_row, shared_scaled = np.empty(across[-1], np.int32), np.empty(across[-1])
    at, shared_at = inside[:-1].copy(), across[:-1].copy()
    for i in range(len(local)):
        for e in range(start[i], start[i + 1]):
            j = rank[column[e]]
            if j < 0 or value[e] == 0.0:
                continue
            size = value[e] * row_scale[i] * unit[column[e]]
            if local[i]:
                row[at[j]], scaled[at[j]] = place[i], size
                at[j] += 1
            else:
                shared_row[shared_at[j]], shared_scaled[shared_at[j]] = place[i], size
                shared_at[j] += 1
    return (inside, row, scaled), (across, shared_row, shared_scaled)


@njit(cache=True, nogil=True)
def uses(
    blocks: NDArray[np.int64],
    column_start: NDArray[np.int64],
    shared_start: Int,
    shared_row: Int,
    shared_value: Array,
    cost: Array,
    x: Array,
    use: Array,
) -> float:
    """Add to *use* (R,) what blocks use of the shared rows as they stand; return the sum of their costs."""
    total = 0.0
    for b in blocks:
        for j in range(column_start[b], column_start[b + 1]):
            if x[j] != 0.0:
                total += cost[j] * x[j]
                for e in range(shared_start[j], shared_start[j + 1]):
                    use[shared_row[e]] += shared_value[e] * x[j]
    return total


@njit(cache=True, nogil=True)
def uses_each(
    blocks: NDArray[np.int64],
    column_start: NDArray[np.int64],
    shared_start: Int,
    shared_row: Int,
    shared_value: Array,
    cost: Array,
    x: Array,
    gross: Array,
    use: Array,
) -> None:
    """Add what each of some blocks gains, (b,), and uses of the shared rows, (b, R), as it stands."""
    for i in range(len(blocks)):
        for j in range(column_start[blocks[i]], column_start[blocks[i] + 1]):
            if x[j] != 0.0:
                gross[i] += cost[j] * x[j]
                for e in range(shared_start[j], shared_start[j + 1]):
                    use[i, shared_row[e]] += shared_value[e] * x[j]


@njit(cache=True, nogil=True)
def invert(base: Array, m: int, inverse: Array) -> bool:
    """Fill in the inverse of the first m rows and columns of *base*, which is changed; whether there is one."""
    for i in range(m):
        for k in range(m):
            inverse[i, k] = 1.0 if i == k else 0.0
    for i in range(m):
        at = i
        for r in range(i + 1, m):
            if abs(base[r, i]) > abs(base[at, i]):
                at = r
        if abs(base[at, i]) < PIVOT:
            return False
        if at != i:
            for k in range(m):
                base[i, k], base[at, k] = base[at, k], base[i, k]
                inverse[i, k], inverse[at, k] = inverse[at, k], inverse[i, k]
        by = 1.0 / base[i, i]
        for k in range(m):
            base[i, k] *= by
            inverse[i, k] *= by
        for r in range(m):
            factor = base[r, i]
            if r != i and factor != 0.0:
                for k in range(m):
                    base[r, k] -= factor * base[i, k]
                    inverse[r, k] -= factor * inverse[i, k]
    return True


@njit(cache=True, nogil=True)
def row_duals(
    column_start: NDArray[np.int64],
    row_start: NDArray[np.int64],
    local_start: Int,
    local_row: Int,
    local_value: Array,
    shared_start: Int,
    shared_row: Int,
    shared_value: Array,
    cost: Array,
    price: Array,
    basic: Int,
    dual: Array,
) -> None:
    """Fill in the duals (S, M) of all blocks at their bases, for S objectives (S, N) at shared prices (S, R) each.

    Those of a block whose basis has no inverse stay as they are.
    """
    stages, blocks, rows = len(cost), len(row_start) - 1, 0
    for b in range(blocks):
        rows = max(rows, row_start[b + 1] - row_start[b])
    base, inverse = np.empty((rows, rows)), np.empty((rows, rows))
    for b in range(blocks):
        c0, r0 = column_start[b], row_start[b]
        n, m = column_start[b + 1] - c0, row_start[b + 1] - r0
        base[:m, :m] = 0.0
        for i in range(m):
            k = basic[r0 + i]
            if k < n:
                for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                    base[local_row[e], i] = local_value[e]
            else:
                base[k - n, i] = -1.0
        if not invert(base, m, inverse):
            continue
        for s in range(stages):
            dual[s, r0 : r0 + m] = 0.0
            for i in range(m):
                k = basic[r0 + i]
                if k >= n:
                    continue
                c = cost[s, c0 + k]
                for e in range(shared_start[c0 + k], shared_start[c0 + k + 1]):
                    c -= price[s, shared_row[e]] * shared_value[e]
                if c != 0.0:
                    for r in range(m):
                        dual[s, r0 + r] += c * inverse[i, r]


@njit(cache=True, nogil=True)
def _rounding(bound: float) -> float:
    """How far a bound may be overstepped."""
    return SLACK * max(1.0, abs(bound))


@njit(cache=True, nogil=True)
def _onto_bound(value: float, low: float, high: float) -> float:
    """Return the bound that is nearer to a value, 0 where there is none."""
    if np.isinf(low) and np.isinf(high):
        return 0.0
    return low if value - low <= high - value else high


@njit(cache=True, nogil=True)
def solve_blocks(
    blocks: NDArray[np.int64],
    column_start: NDArray[np.int64],
    row_start: NDArray[np.int64],
    local_start: Int,
    local_row: Int,
    local_value: Array,
    shared_start: Int,
    shared_row: Int,
    shared_value: Array,
    cost: Array,
    lower: Array,
    upper: Array,
    row_lower: Array,
    row_upper: Array,
    price: Array,
    tie: Array,
    weight: Array,
    steps: int,
    x: Array,
    activity: Array,
    basic: Int,
    dual: Array,
    slackness: Array,
    use: Array,
) -> tuple[float, int, int]:
    """Maximise each block's ``(cost - price C) x``, C being its entries in shared rows; of equals, ``-tie C x``.

    Parameters
    ----------
    blocks : numbers of the blocks to be solved; b has the columns column_start[b] to column_start[b + 1], and rows.
    price, tie, weight : (R,) of the shared rows; *weight* is what a price's change is measured in.
    steps : at most, a block; 0 only prices the bases as they stand.
    x, activity, basic : (N,), (M,), (M,) values and bases, changed. A basic variable is counted in its block: columns
        first, then rows.
    dual, slackness : (M,) duals and, for each block, the least change of prices at which its basis ceases to be
        optimal, in units of *weight*; filled in.
    use : (R,) what the blocks use, added to.

    Returns
    -------
    The sum of the objectives, how many blocks have no point or no end, and how many bases are not optimal.
    """
    shared = len(price)
    total, failed, wrong = 0.0, 0, 0
    ties = False
    for r in range(shared):
        ties = ties or tie[r] != 0.0
    columns, rows = 0, 0
    for b in blocks:
        columns = max(columns, column_start[b + 1] - column_start[b])
        rows = max(rows, row_start[b + 1] - row_start[b])
    # room for the largest block, of which each uses the first places
    place, base, inverse = np.empty(columns + rows, np.int32), np.empty((rows, rows)), np.empty((rows, rows))
    low, high, v = np.empty(columns + rows), np.empty(columns + rows), np.empty(columns + rows)
    net, second, reduced = np.empty(columns + rows), np.empty(columns + rows), np.empty(columns + rows)
    right, y, y2, alpha = np.empty(rows), np.empty(rows), np.empty(rows), np.empty(rows)
    follows, q = np.empty((shared, rows)), np.empty(shared)
    for b in blocks:
        c0, r0 = column_start[b], row_start[b]
        n, m = column_start[b + 1] - c0, row_start[b + 1] - r0
        place[: n + m] = -1
        base[:m, :m] = 0.0
        for i in range(m):
            k = basic[r0 + i]
            place[k] = i
            if k < n:
                for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                    base[local_row[e], i] = local_value[e]
            else:
                base[k - n, i] = -1.0
        if not invert(base, m, inverse):
            place[: n + m] = -1
            inverse[:m, :m] = 0.0
            for i in range(m):
                basic[r0 + i], place[n + i], inverse[i, i] = n + i, i, -1.0
        for j in range(n):
            low[j], high[j], v[j] = lower[c0 + j], upper[c0 + j], x[c0 + j]
            net[j], second[j] = cost[c0 + j], 0.0
            for e in range(shared_start[c0 + j], shared_start[c0 + j + 1]):
                net[j] -= price[shared_row[e]] * shared_value[e]
                second[j] -= tie[shared_row[e]] * shared_value[e]
        for i in range(m):
            low[n + i], high[n + i], v[n + i] = row_lower[r0 + i], row_upper[r0 + i], activity[r0 + i]
            net[n + i], second[n + i], right[i] = 0.0, 0.0, 0.0
        for k in range(n + m):
            if place[k] >= 0:
                continue
            if v[k] != low[k] and v[k] != high[k]:
                v[k] = _onto_bound(v[k], low[k], high[k])
            if v[k] != 0.0:
                if k < n:
                    for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                        right[local_row[e]] -= local_value[e] * v[k]
                else:
                    right[k - n] += v[k]
        for i in range(m):
            value = 0.0
            for k in range(m):
                value += inverse[i, k] * right[k]
            v[basic[r0 + i]] = value
        done, stage, taken, stale = False, 0, 0, True
        while True:
            # --- prices of the rows: of what is beyond its bounds first, then of the objective
            short = 0.0
            for i in range(m):
                k = basic[r0 + i]
                if v[k] < low[k] - _rounding(low[k]):
                    short += low[k] - v[k]
                elif v[k] > high[k] + _rounding(high[k]):
                    short += v[k] - high[k]
            if stale or short > 0.0:
                y[:m] = 0.0
                y2[:m] = 0.0
                for i in range(m):
                    k = basic[r0 + i]
                    if short > 0.0:
                        c = 0.0
                        if v[k] < low[k] - _rounding(low[k]):
                            c = 1.0
                        elif v[k] > high[k] + _rounding(high[k]):
                            c = -1.0
                    else:
                        c = net[k]
                    if c != 0.0:
                        for r in range(m):
                            y[r] += c * inverse[i, r]
                    if stage == 1 and second[k] != 0.0:
                        for r in range(m):
                            y2[r] += second[k] * inverse[i, r]
                for k in range(n + m):
                    if place[k] >= 0 or low[k] == high[k]:
                        reduced[k] = 0.0
                        continue
                    d = net[k] if short == 0.0 else 0.0
                    if k < n:
                        for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                            d -= y[local_row[e]] * local_value[e]
                    else:
                        d += y[k - n]
                    if stage == 1 and short == 0.0 and abs(d) <= GAIN:
                        d = second[k]
                        if k < n:
                            for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                                d -= y2[local_row[e]] * local_value[e]
                        else:
                            d += y2[k - n]
                    reduced[k] = d
                stale = short > 0.0
            # --- what enters
            enters, best, up = -1, GAIN, True
            for k in range(n + m):
                d = reduced[k]
                if abs(d) > best and (v[k] < high[k] if d > 0.0 else v[k] > low[k]):
                    enters, best, up = k, abs(d), d > 0.0
                    if taken > DANTZIG:
                        break
            if enters < 0:
                if short > 0.0:
                    break
                if stage == 0 and ties and steps > 0:
                    stage, stale = 1, True
                    continue
                done = True
                break
            if taken >= steps:
                break
            taken += 1
            # --- how far it goes
            sign = 1.0 if up else -1.0
            alpha[:m] = 0.0
            if enters < n:
                for e in range(local_start[c0 + enters], local_start[c0 + enters + 1]):
                    for i in range(m):
                        alpha[i] += inverse[i, local_row[e]] * local_value[e]
            else:
                for i in range(m):
                    alpha[i] = -inverse[i, enters - n]
            leaves, length, pivot, to_high = -1, high[enters] - low[enters], 0.0, False
            for i in range(m):
                rate = -sign * alpha[i]
                if abs(rate) <= PIVOT:
                    continue
                k = basic[r0 + i]
                under, over = v[k] < low[k] - _rounding(low[k]), v[k] > high[k] + _rounding(high[k])
                if rate > 0:
                    if over:
                        continue
                    bound, onto = (low[k], False) if under else (high[k], True)
                else:
                    if under:
                        continue
                    bound, onto = (high[k], True) if over else (low[k], False)
                if np.isinf(bound):
                    continue
                room = max((bound - v[k]) / rate, 0.0)
                if room < length - SLACK or (room <= length + SLACK and abs(rate) > pivot and leaves >= 0):
                    leaves, length, pivot, to_high = i, room, abs(rate), onto
            if np.isinf(length):
                break
            v[enters] += sign * length
            for i in range(m):
                v[basic[r0 + i]] -= sign * length * alpha[i]
            if leaves < 0:
                v[enters] = high[enters] if up else low[enters]
                continue
            stale = True
            gone = basic[r0 + leaves]
            v[gone] = high[gone] if to_high else low[gone]
            place[gone], place[enters] = -1, leaves
            basic[r0 + leaves] = enters
            by = 1.0 / alpha[leaves]
            for k in range(m):
                inverse[leaves, k] *= by
            for i in range(m):
                if i != leaves and alpha[i] != 0.0:
                    for k in range(m):
                        inverse[i, k] -= alpha[i] * inverse[leaves, k]
        if not done:
            if steps > 0:
                failed += 1
            else:
                wrong += 1
                slackness[b] = 0.0
        # --- what it uses, and how far prices may move
        for j in range(n):
            x[c0 + j] = v[j]
            if v[j] != 0.0:
                total += net[j] * v[j]
                for e in range(shared_start[c0 + j], shared_start[c0 + j + 1]):
                    use[shared_row[e]] += shared_value[e] * v[j]
        for i in range(m):
            activity[r0 + i], dual[r0 + i] = v[n + i], y[i]
        if not done or steps == 0:
            continue
        follows[:, :m] = 0.0  # C_B B^-1
        for i in range(m):
            k = basic[r0 + i]
            if k < n:
                for e in range(shared_start[c0 + k], shared_start[c0 + k + 1]):
                    for r in range(m):
                        follows[shared_row[e], r] += shared_value[e] * inverse[i, r]
        least = np.inf
        for k in range(n + m):
            if place[k] >= 0 or low[k] == high[k]:
                continue
            q[:] = 0.0
            d = net[k]
            if k < n:
                for e in range(shared_start[c0 + k], shared_start[c0 + k + 1]):
                    q[shared_row[e]] += shared_value[e]
                for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                    i = local_row[e]
                    d -= y[i] * local_value[e]
                    for r in range(shared):
                        q[r] -= follows[r, i] * local_value[e]
            else:
                d += y[k - n]
                for r in range(shared):
                    q[r] += follows[r, k - n]
            moves = 0.0
            for r in range(shared):
                moves += abs(q[r]) * weight[r]
            if moves > 1e-12:
                least = min(least, abs(d) / moves)
        slackness[b] = least
    return total, failed, wrong
