"""Blocks of a program, each solved at given prices of what it uses: the simplex, compiled.

It needs numba, of the extra ``fast``. A block is a small program ``A x - s = 0`` within bounds of x and s, its rows'
own variables; its basis is kept from one call to the next. Dense bases: blocks have a few rows.

Sources: Dantzig (1963), Linear Programming and Extensions, section 18.1 (upper bounds); Bland (1977), New finite
pivoting rules for the simplex method, Mathematics of Operations Research 2, 103-107.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiled import njit
from ...model.programme import Array

Int = NDArray[np.int32]
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


@njit(inline="always")
def reduced_cost(cost: float, y: Array, k: int, start: Int, row: Int, value: Array) -> float:
    """Return ``cost - y A_k`` of column k."""
    for e in range(start[k], start[k + 1]):
        cost -= y[row[e]] * value[e]
    return cost


@njit(inline="always")
def _basis(c0: int, r0: int, n: int, m: int, basic: Int, start: Int, row: Int, value: Array, base: Array) -> None:
    """Fill in the basis B of the block whose n columns begin at c0 and whose m rows begin at r0."""
    base[:m, :m] = 0.0
    for i in range(m):
        k = basic[r0 + i]
        if k < n:
            for e in range(start[c0 + k], start[c0 + k + 1]):
                base[row[e], i] = value[e]
        else:
            base[k - n, i] = -1.0


@njit(inline="always")
def _row_prices(r0: int, m: int, basic: Int, cost: Array, inverse: Array, y: Array) -> None:
    """Fill in ``y = c_B B^-1``."""
    y[:m] = 0.0
    for i in range(m):
        c = cost[basic[r0 + i]]
        if c != 0.0:
            for r in range(m):
                y[r] += c * inverse[i, r]


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
    base, inverse, y = np.empty((rows, rows)), np.empty((rows, rows)), np.empty(rows)
    net = np.zeros(np.max(column_start[1:] - column_start[:-1]) + rows)
    for b in range(blocks):
        c0, r0 = column_start[b], row_start[b]
        n, m = column_start[b + 1] - c0, row_start[b + 1] - r0
        _basis(c0, r0, n, m, basic, local_start, local_row, local_value, base)
        if not invert(base, m, inverse):
            continue
        for s in range(stages):
            for j in range(n):
                net[j] = reduced_cost(cost[s, c0 + j], price[s], c0 + j, shared_start, shared_row, shared_value)
            net[n : n + m] = 0.0
            _row_prices(r0, m, basic, net, inverse, y)
            dual[s, r0 : r0 + m] = y[:m]


@njit(inline="always")
def _rounding(bound: float) -> float:
    """How far a bound may be overstepped."""
    return SLACK * max(1.0, abs(bound))


@njit(cache=True, nogil=True)
def _onto_bound(value: float, low: float, high: float) -> float:
    """Return the bound that is nearer to a value, 0 where there is none."""
    if np.isinf(low) and np.isinf(high):
        return 0.0
    return low if value - low <= high - value else high


@njit(inline="always")
def _values(
    c0: int,
    r0: int,
    n: int,
    m: int,
    basic: Int,
    place: Int,
    start: Int,
    row: Int,
    value: Array,
    inverse: Array,
    low: Array,
    high: Array,
    right: Array,
    v: Array,
) -> None:
    """Put the other variables on bounds, and let basic ones be what the rows make of that: ``B v_B = -N v_N``."""
    right[:m] = 0.0
    for k in range(n + m):
        if place[k] >= 0:
            continue
        if v[k] != low[k] and v[k] != high[k]:
            v[k] = _onto_bound(v[k], low[k], high[k])
        if v[k] != 0.0:
            if k < n:
                for e in range(start[c0 + k], start[c0 + k + 1]):
                    right[row[e]] -= value[e] * v[k]
            else:
                right[k - n] += v[k]
    for i in range(m):
        v_i = 0.0
        for k in range(m):
            v_i += inverse[i, k] * right[k]
        v[basic[r0 + i]] = v_i


@njit(inline="always")
def _outside(r0: int, m: int, basic: Int, v: Array, low: Array, high: Array, outside: Array) -> float:
    """Mark basic variables below their bounds by 1 and above them by -1, else 0; return by how much in all."""
    short = 0.0
    for i in range(m):
        k = basic[r0 + i]
        outside[k] = 0.0
        if v[k] < low[k] - _rounding(low[k]):
            outside[k] = 1.0
            short += low[k] - v[k]
        elif v[k] > high[k] + _rounding(high[k]):
            outside[k] = -1.0
            short += v[k] - high[k]
    return short


@njit(inline="always")
def _entering(size: int, reduced: Array, v: Array, low: Array, high: Array, first: bool) -> int:
    """Return the variable of the largest reduced cost that can move its way, or the *first* one; -1 if none gains."""
    enters, best = -1, GAIN
    for k in range(size):
        d = reduced[k]
        if abs(d) > best and (v[k] < high[k] if d > 0.0 else v[k] > low[k]):
            enters, best = k, abs(d)
            if first:
                break
    return enters


@njit(inline="always")
def _direction(
    c0: int, n: int, m: int, k: int, start: Int, row: Int, value: Array, inverse: Array, alpha: Array
) -> None:
    """Fill in ``alpha = B^-1 A_k``: by how much basic variables fall for one unit of k."""
    if k < n:
        alpha[:m] = 0.0
        for e in range(start[c0 + k], start[c0 + k + 1]):
            for i in range(m):
                alpha[i] += inverse[i, row[e]] * value[e]
    else:
        for i in range(m):
            alpha[i] = -inverse[i, k - n]


@njit(inline="always")
def _leaving(
    r0: int,
    m: int,
    basic: Int,
    sign: float,
    length: float,
    alpha: Array,
    v: Array,
    low: Array,
    high: Array,
    outside: Array,
) -> tuple[int, float, float]:
    """Return which row's basic variable stops a move, how far it goes, and the bound at which that variable stops.

    -1 where none stops it within its own *length*. Those outside of their bounds stop where they come in.
    """
    leaves, pivot, stops = -1, 0.0, 0.0
    for i in range(m):
        rate = -sign * alpha[i]
        k = basic[r0 + i]
        if abs(rate) <= PIVOT or rate * outside[k] < 0.0:
            continue
        bound = low[k] if (rate > 0.0) == (outside[k] != 0.0) else high[k]
        if np.isinf(bound):
            continue
        room = max((bound - v[k]) / rate, 0.0)
        if room < length - SLACK or (room <= length + SLACK and abs(rate) > pivot and leaves >= 0):
            leaves, length, pivot, stops = i, room, abs(rate), bound
    return leaves, length, stops


@njit(inline="always")
def _exchange(leaves: int, m: int, alpha: Array, inverse: Array) -> None:
    """Bring the inverse to the basis in which the column of *alpha* has taken the place of the one that *leaves*."""
    by = 1.0 / alpha[leaves]
    for k in range(m):
        inverse[leaves, k] *= by
    for i in range(m):
        if i != leaves and alpha[i] != 0.0:
            for k in range(m):
                inverse[i, k] -= alpha[i] * inverse[leaves, k]


@njit(inline="always")
def _least_change(
    c0: int,
    r0: int,
    n: int,
    m: int,
    basic: Int,
    place: Int,
    local_start: Int,
    local_row: Int,
    local_value: Array,
    shared_start: Int,
    shared_row: Int,
    shared_value: Array,
    net: Array,
    low: Array,
    high: Array,
    y: Array,
    inverse: Array,
    weight: Array,
    beyond: float,
    follows: Array,
    q: Array,
) -> float:
    """Return the least change of shared prices, in units of *weight* (R,), at which a reduced cost changes its sign.

    Of those that are not less than *beyond*.
    Where prices change by dp, that of k changes by ``-dp (C_k - C_B B^-1 A_k)``.
    """
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
        if k < n:
            d = reduced_cost(net[k], y, c0 + k, local_start, local_row, local_value)
            for e in range(shared_start[c0 + k], shared_start[c0 + k + 1]):
                q[shared_row[e]] += shared_value[e]
            for e in range(local_start[c0 + k], local_start[c0 + k + 1]):
                for r in range(len(weight)):
                    q[r] -= follows[r, local_row[e]] * local_value[e]
        else:
            d = y[k - n]
            for r in range(len(weight)):
                q[r] += follows[r, k - n]
        moves = 0.0
        for r in range(len(weight)):
            moves += abs(q[r]) * weight[r]
        if moves > 1e-12 and abs(d) >= beyond * moves:
            least = min(least, abs(d) / moves)
    return least


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
    beyond: float,
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
    beyond : a change of prices that is none for `slackness`.
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
    outside, right, y, y2, alpha = (
        np.empty(columns + rows),
        np.empty(rows),
        np.empty(rows),
        np.empty(rows),
        np.empty(rows),
    )
    follows, q = np.empty((shared, rows)), np.empty(shared)
    for b in blocks:
        # --- where it stands
        c0, r0 = column_start[b], row_start[b]
        n, m = column_start[b + 1] - c0, row_start[b + 1] - r0
        place[: n + m] = -1
        for i in range(m):
            place[basic[r0 + i]] = i
        _basis(c0, r0, n, m, basic, local_start, local_row, local_value, base)
        if not invert(base, m, inverse):
            place[: n + m] = -1
            inverse[:m, :m] = 0.0
            for i in range(m):
                basic[r0 + i], place[n + i], inverse[i, i] = n + i, i, -1.0
        for j in range(n):
            low[j], high[j], v[j] = lower[c0 + j], upper[c0 + j], x[c0 + j]
            net[j] = reduced_cost(cost[c0 + j], price, c0 + j, shared_start, shared_row, shared_value)
            second[j] = reduced_cost(0.0, tie, c0 + j, shared_start, shared_row, shared_value) if ties else 0.0
        for i in range(m):
            low[n + i], high[n + i], v[n + i] = row_lower[r0 + i], row_upper[r0 + i], activity[r0 + i]
            net[n + i], second[n + i] = 0.0, 0.0
        _values(c0, r0, n, m, basic, place, local_start, local_row, local_value, inverse, low, high, right, v)
        done, stage, taken, stale = False, 0, 0, True
        while True:
            # --- prices of the rows: of what is beyond its bounds first, then of the objective
            short = _outside(r0, m, basic, v, low, high, outside)
            if stale or short > 0.0:
                tied = stage == 1 and short == 0.0
                _row_prices(r0, m, basic, outside if short > 0.0 else net, inverse, y)
                if tied:
                    _row_prices(r0, m, basic, second, inverse, y2)
                for k in range(n + m):
                    reduced[k] = 0.0
                    if place[k] >= 0 or low[k] == high[k]:
                        continue
                    d = 0.0 if short > 0.0 else net[k]
                    if k < n:
                        d = reduced_cost(d, y, c0 + k, local_start, local_row, local_value)
                    else:
                        d += y[k - n]
                    if tied and abs(d) <= GAIN:
                        if k < n:
                            d = reduced_cost(second[k], y2, c0 + k, local_start, local_row, local_value)
                        else:
                            d = y2[k - n]
                    reduced[k] = d
                stale = short > 0.0
            enters = _entering(n + m, reduced, v, low, high, taken > DANTZIG)
            if enters < 0 and short == 0.0 and stage == 0 and ties and steps > 0:
                stage, stale = 1, True
                continue
            if enters < 0 or taken >= steps:
                done = enters < 0 and short == 0.0
                break
            taken += 1
            # --- how far it goes
            up = reduced[enters] > 0.0
            sign = 1.0 if up else -1.0
            _direction(c0, n, m, enters, local_start, local_row, local_value, inverse, alpha)
            own = high[enters] - low[enters]
            leaves, length, stops = _leaving(r0, m, basic, sign, own, alpha, v, low, high, outside)
            if np.isinf(length):
                break
            v[enters] += sign * length
            for i in range(m):
                v[basic[r0 + i]] -= sign * length * alpha[i]
            if leaves < 0:
                v[enters] = high[enters] if up else low[enters]
                continue
            gone = basic[r0 + leaves]
            v[gone] = stops
            place[gone], place[enters] = -1, leaves
            basic[r0 + leaves] = enters
            _exchange(leaves, m, alpha, inverse)
            stale = True
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
        slackness[b] = _least_change(
            c0, r0, n, m, basic, place, local_start, local_row, local_value, shared_start, shared_row, shared_value,
            net, low, high, y, inverse, weight, beyond, follows, q,
        )  # fmt: skip
    return total, failed, wrong
