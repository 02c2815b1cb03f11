"""A compiled primal simplex for one small program under many objectives; the extra ``fast``, which brings numba.

The program is ``[A -I] (x, r) = 0`` within bounds, maximised for several objectives one after the other: a column
enters for one only if those before it do not mind. The basis carries over from one problem to the next. The answers are
candidates: whoever asks for them proves them.

Sources: Dantzig (1963), Linear Programming and Extensions, sections 9.4 and 18.1 (tableau, upper bounds); Forrest &
Goldfarb (1992), Steepest-edge simplex algorithms for linear programming, Mathematical Programming 57, 341-374 (Devex);
Harris (1973), Pivot selection methods of the Devex LP code, Mathematical Programming 5, 1-28 (ratio test).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..model.programme import Array, Index

GAIN = 1e-9
"""A reduced cost up to this share of the largest coefficient gains nothing."""
PIVOT = 1e-9
"""No smaller number is divided by."""
SLACK = 1e-11
"""How far a bound may be overstepped for the sake of a larger pivot, relative to max(1, |bound|)."""
AFRESH = 1000
"""Steps after which the tableau is built anew from the matrix."""


@njit(cache=True, nogil=True)
def optima(
    table: Array, lower: Array, upper: Array, basic: Index, x: Array, first: Array, others: Array
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Maximise one objective after the other, each from the optimum of the one before.

    Parameters
    ----------
    table : (M, N) the matrix [A -I].
    lower, upper : (N,) bounds.
    basic, x : (M,), (N,) a feasible basis and its point to start from; both are changed.
    first : (K, N) the objectives.
    others : (S, N) objectives of lower rank, in order, the same for all K: they choose among equally good points.

    Returns
    -------
    (K, N) points, (1 + S, K, M) duals of the rows, and (K,) whether an optimum was reached.
    """
    rows, columns = table.shape
    count, stages = len(first), 1 + len(others)
    points, duals = np.empty((count, columns)), np.empty((stages, count, rows))
    done = np.zeros(count, np.bool_)
    whole, reduced, gain, weight = table, np.empty((stages, columns)), np.empty(stages), np.empty(columns)
    steps = AFRESH
    for k in range(count):
        if steps >= AFRESH:
            whole, steps = _rebuilt(table, basic, x), 0
            for s in range(1, stages):
                gain[s] = GAIN * _priced(others[s - 1], whole, basic, reduced[s])
        gain[0] = GAIN * _priced(first[k], whole, basic, reduced[0])
        weight[:] = 1.0
        stage, most = 0, steps + 20 * (rows + columns)
        while stage < stages and steps < most:
            enters = _entering(reduced, stage, gain, weight, lower, upper, x, basic)
            if enters < 0:
                stage += 1
                continue
            reduced[:stage, enters] = 0.0
            _step(whole, reduced, weight, lower, upper, basic, x, enters, reduced[stage, enters] > 0)
            steps += 1
        done[k] = stage == stages
        points[k] = x
        duals[:, k] = reduced[:, columns - rows :]
    return points, duals, done


@njit(cache=True, nogil=True)
def _priced(cost: Array, whole: Array, basic: Index, reduced: Array) -> float:
    """Set reduced costs (N,); return the largest coefficient."""
    reduced[:] = cost
    for i in range(len(basic)):
        price = cost[basic[i]]
        if price != 0.0:
            for j in range(len(cost)):
                reduced[j] -= price * whole[i, j]
    return float(np.abs(cost).max())


@njit(cache=True, nogil=True)
def _rebuilt(table: Array, basic: Index, x: Array) -> Array:
    """Return B^-1 [A -I], its rows in the order of *basic*, which may change; basic values follow from the others."""
    whole = table.copy()
    for i in range(len(basic)):
        at, best = i, i
        for r in range(i, len(basic)):  # the largest pivot left in this row's turn
            for c in range(i, len(basic)):
                if abs(whole[r, basic[c]]) > abs(whole[at, basic[best]]):
                    at, best = r, c
        basic[i], basic[best] = basic[best], basic[i]
        for j in range(whole.shape[1]):
            whole[i, j], whole[at, j] = whole[at, j], whole[i, j]
        _eliminate(whole, i, basic[i])
    x[basic] = 0.0
    for i in range(len(basic)):  # by hand: numba takes products of matrices from scipy, which the extra does not bring
        total = 0.0
        for j in range(len(x)):
            total += whole[i, j] * x[j]
        x[basic[i]] = -total
    return whole


@njit(cache=True, nogil=True)
def _eliminate(whole: Array, row: int, column: int) -> None:
    """Make *column* a unit vector with its 1 in *row*."""
    rows, columns = whole.shape
    inverse = 1.0 / whole[row, column]
    for j in range(columns):
        whole[row, j] *= inverse
    for i in range(rows):
        factor = whole[i, column]
        if i != row and factor != 0.0:
            for j in range(columns):
                whole[i, j] -= factor * whole[row, j]
            whole[i, column] = 0.0


@njit(cache=True, nogil=True)
def _entering(
    reduced: Array, stage: int, gain: Array, weight: Array, lower: Array, upper: Array, x: Array, basic: Index
) -> int:
    """Return the column that gains most for this stage by Devex and nothing for those before; -1 if there is none."""
    best, enters = 0.0, -1
    for j in range(len(x)):
        d = reduced[stage, j]
        if (d > gain[stage] and x[j] < upper[j]) or (d < -gain[stage] and x[j] > lower[j]):
            if d * d <= best * weight[j]:
                continue
            free = True
            for s in range(stage):
                free = free and abs(reduced[s, j]) <= gain[s]
            if free:
                best, enters = d * d / weight[j], j
    if enters >= 0:
        for i in range(len(basic)):  # a basic column's reduced cost is rounding
            if basic[i] == enters:
                reduced[stage, enters] = 0.0
                return int(_entering(reduced, stage, gain, weight, lower, upper, x, basic))
    return enters


@njit(cache=True, nogil=True)
def _step(
    whole: Array,
    reduced: Array,
    weight: Array,
    lower: Array,
    upper: Array,
    basic: Index,
    x: Array,
    enters: int,
    up: bool,
) -> None:
    """Move the entering column up or down until it or a basic one is at a bound, which then leaves the basis."""
    sign = 1.0 if up else -1.0
    far = np.inf
    for i in range(len(basic)):
        rate = -sign * whole[i, enters]
        if abs(rate) > PIVOT:
            bound = upper[basic[i]] if rate > 0 else lower[basic[i]]
            far = min(far, ((bound - x[basic[i]]) / rate) + SLACK * max(1.0, abs(bound)) / abs(rate))
    leaves, length, pivot = -1, upper[enters] - lower[enters], 0.0
    if far < length:
        for i in range(len(basic)):
            rate = -sign * whole[i, enters]
            if abs(rate) > max(PIVOT, pivot):
                bound = upper[basic[i]] if rate > 0 else lower[basic[i]]
                room = (bound - x[basic[i]]) / rate
                if room <= far:
                    leaves, length, pivot = i, max(room, 0.0), abs(rate)
    x[enters] += sign * length
    for i in range(len(basic)):
        x[basic[i]] -= sign * length * whole[i, enters]
    if leaves < 0:
        x[enters] = upper[enters] if up else lower[enters]
        return
    gone = basic[leaves]
    x[gone] = upper[gone] if -sign * whole[leaves, enters] > 0 else lower[gone]
    reference = weight[enters]
    _eliminate(whole, leaves, enters)
    row = whole[leaves]
    for s in range(len(reduced)):
        price = reduced[s, enters]
        if price != 0.0:
            for j in range(len(x)):
                reduced[s, j] -= price * row[j]
            reduced[s, enters] = 0.0
    for j in range(len(x)):
        weight[j] = max(weight[j], row[j] * row[j] * reference)
    weight[gone] = max(row[gone] * row[gone] * reference, 1.0)
    basic[leaves] = enters
