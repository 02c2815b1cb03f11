"""A compiled primal simplex for one small program under many objectives; the extra ``fast``, which brings numba.

The program is ``A x - r = 0`` within bounds, maximised for several objectives one after the other: a column enters for
one only if those before it do not mind. Each problem starts from the optimal basis of the nearest that is solved
already. A basis is kept as its dense inverse, which suits few rows; columns are priced by their entries. The answers
are candidates: whoever asks for them proves them.

Sources: Dantzig (1963), Linear Programming and Extensions, sections 9.4 and 18.1 (inverse, upper bounds); Forrest &
Goldfarb (1992), Steepest-edge simplex algorithms for linear programming, Mathematical Programming 57, 341-374 (Devex);
Harris (1973), Pivot selection methods of the Devex LP code, Mathematical Programming 5, 1-28 (ratio test); Prim (1957),
Shortest connection networks and some generalizations, Bell System Technical Journal 36, 1389-1401.
"""

from __future__ import annotations

import numpy as np
from numba import types
from numpy.typing import NDArray

from ..compiled import njit
from ..model.programme import Array, Index
from ..solve.decomposition.block_simplex import invert

Entries = tuple[Index, Index, Array]
"""Of a matrix by rows or by columns: where each starts, places in the other direction, values."""

GAIN = 1e-9
"""A reduced cost up to this share of the largest coefficient gains nothing."""
PIVOT = 1e-9
"""No smaller number is divided by."""
SLACK = 1e-11
"""How far a bound may be overstepped for the sake of a larger pivot, relative to max(1, |bound|)."""
AFRESH = 300
"""Steps after which the inverse is made anew from the matrix."""

# compiled for one kind of each argument: another would take as long again
_READ = {axes: types.Array(types.float64, axes, "C", readonly=True) for axes in (1, 2)}
_INDEX, _WRITTEN = (types.Array(kind, 1, "C") for kind in (types.int64, types.float64))
_ENTRIES = types.Tuple((_INDEX.copy(readonly=True), _INDEX.copy(readonly=True), _READ[1]))


@njit((_READ[2],), cache=True, nogil=True)
def shortest_ways(points: Array) -> tuple[Index, Index]:
    """Order points (K, d) so that each is joined to the nearest before it, by the shortest ways in all: a tree.

    Returns
    -------
    The order (K,), and for each point the one that it is joined to (K,), -1 for the first.
    """
    count = len(points)
    order, parent = np.empty(count, np.int64), np.full(count, -1)
    away, left = np.full(count, np.inf), np.ones(count, np.bool_)
    at = 0
    for step in range(count):
        order[step], left[at] = at, False
        following = at
        for j in range(count):
            if not left[j]:
                continue
            square = 0.0
            for i in range(points.shape[1]):
                square += (points[j, i] - points[at, i]) ** 2
            if square < away[j]:
                away[j], parent[j] = square, at
            if following == at or away[j] < away[following]:
                following = j
        at = following
    return order, parent


@njit(cache=True, nogil=True, error_model="numpy")
def _priced(by_row: Entries, cost: Array, basic: Index, inverse: Array, reduced: Array) -> float:
    """Set reduced costs (N + M,), those of the rows being their duals; return the largest coefficient."""
    start, column, value = by_row
    columns, largest = len(cost), 0.0
    for j in range(columns):
        reduced[j] = cost[j]
        largest = max(largest, abs(cost[j]))
    dual = reduced[columns:]
    dual[:] = 0.0
    for i in range(len(basic)):
        if basic[i] < columns and cost[basic[i]] != 0.0:
            for r in range(len(basic)):
                dual[r] += cost[basic[i]] * inverse[i, r]
    for r in range(len(basic)):
        if dual[r] != 0.0:
            for e in range(start[r], start[r + 1]):
                reduced[column[e]] -= dual[r] * value[e]
    return largest


@njit(cache=True, nogil=True, error_model="numpy")
def _row_along(by_row: Entries, weights: Array, along: Array) -> None:
    """Set the weighted sum of the rows of [A -I]: (N + M,)."""
    start, column, value = by_row
    along[:] = 0.0
    for i in range(len(weights)):
        if weights[i] != 0.0:
            along[len(along) - len(weights) + i] = -weights[i]
            for e in range(start[i], start[i + 1]):
                along[column[e]] += weights[i] * value[e]


@njit(cache=True, nogil=True, error_model="numpy")
def _leaving(
    lower: Array, upper: Array, basic: Index, x: Array, alpha: Array, enters: int, up: bool
) -> tuple[int, float]:
    """Return which basic column comes to a bound first, -1 if the entering one does, and how far that one moves."""
    far = np.inf
    for i in range(len(basic)):
        rate = -alpha[i] if up else alpha[i]
        if abs(rate) > PIVOT:
            bound = upper[basic[i]] if rate > 0 else lower[basic[i]]
            far = min(far, (bound - x[basic[i]] + np.copysign(SLACK * max(1.0, abs(bound)), rate)) / rate)
    leaves, length, pivot = -1, upper[enters] - lower[enters], PIVOT
    if far < length:
        for i in range(len(basic)):
            rate = -alpha[i] if up else alpha[i]
            if abs(rate) > pivot:
                bound = upper[basic[i]] if rate > 0 else lower[basic[i]]
                room = (bound - x[basic[i]]) / rate
                if room <= far:
                    leaves, length, pivot = i, max(room, 0.0), abs(rate)
    return leaves, length


@njit(cache=True, nogil=True, error_model="numpy")
def _exchange(inverse: Array, leaves: int, alpha: Array) -> None:
    """Change the inverse as the column with B^-1 a = *alpha* takes the place of a basic one."""
    pivot = inverse[leaves]
    for r in range(len(pivot)):
        pivot[r] /= alpha[leaves]
    for i in range(len(alpha)):
        if i != leaves and alpha[i] != 0.0:
            for r in range(len(pivot)):
                inverse[i, r] -= alpha[i] * pivot[r]


@njit(cache=True, nogil=True)
def _copy(basic: Index, x: Array, inverse: Array, to_basic: Index, to_x: Array, to_inverse: Array) -> None:
    """Copy a basis. An array given to a slice would do, but for each numba compiles the sentence of an error."""
    for i in range(len(basic)):
        to_basic[i] = basic[i]
        for r in range(len(basic)):
            to_inverse[i, r] = inverse[i, r]
    for j in range(len(x)):
        to_x[j] = x[j]


@njit(cache=True, nogil=True, error_model="numpy")
def _made_anew(by_column: Entries, by_row: Entries, basic: Index, x: Array, inverse: Array) -> bool:
    """Set the inverse of the basic columns of [A -I], and their values from the others'; whether there is one."""
    start, row, value = by_column
    rows, columns = len(basic), len(x) - len(basic)
    base, rest = np.zeros((rows, rows)), np.empty(rows)
    for i in range(rows):
        x[basic[i]] = 0.0
        if basic[i] < columns:
            for e in range(start[basic[i]], start[basic[i] + 1]):
                base[row[e], i] = value[e]
        else:
            base[basic[i] - columns, i] = -1.0
    regular = invert(base, rows, inverse)
    start, column, value = by_row
    for r in range(rows):
        rest[r] = x[columns + r]
        for e in range(start[r], start[r + 1]):
            rest[r] -= value[e] * x[column[e]]
    for i in range(rows):  # by hand: numba takes products of matrices from scipy, which the extra does not bring
        total = 0.0
        for r in range(rows):
            total += inverse[i, r] * rest[r]
        x[basic[i]] = total
    return bool(regular)


@njit(
    (_ENTRIES, _ENTRIES, _READ[1], _READ[1], _INDEX, _WRITTEN, *[_READ[2]] * 3),
    cache=True,
    nogil=True,
    error_model="numpy",
)
def optima(
    by_column: Entries,
    by_row: Entries,
    lower: Array,
    upper: Array,
    basic: Index,
    x: Array,
    points: Array,
    first: Array,
    others: Array,
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Maximise one objective after the other, each from the optimum of the nearest one before.

    Parameters
    ----------
    by_column, by_row : A, (M, N).
    lower, upper : (N + M,) bounds of the columns, and of the rows r.
    basic, x : (M,), (N + M,) a feasible basis and its point to start from; both are changed.
    points : (K, d) what tells which objectives are near to each other.
    first : (K, N) the objectives.
    others : (S, N) objectives of lower rank, in order, the same for all K: they choose among equally good points.

    Returns
    -------
    (K, N + M) points, (1 + S, K, M) duals of the rows, and (K,) whether an optimum was reached.
    """
    start, row, value = by_column
    size, rows, count, stages = len(x), len(basic), len(first), 1 + len(others)
    columns = size - rows
    found, duals = np.full((count, size), np.nan), np.zeros((stages, count, rows))
    done = np.zeros(count, np.bool_)
    bases, inverses, ages = np.empty((count, rows), np.int64), np.empty((count, rows, rows)), np.zeros(count, np.int64)
    inverse, age = np.empty((rows, rows)), AFRESH
    reduced, weight, along, alpha = np.empty(size), np.empty(size), np.empty(size), np.empty(rows)
    rises, falls = np.empty(size), np.empty(size)  # 1 where a column may rise, or fall; 0 where not
    order, parent = shortest_ways(points)
    last = -1
    for k in order:
        if parent[k] != last:
            nearest = parent[k]
            age = ages[nearest]
            _copy(bases[nearest], found[nearest], inverses[nearest], basic, x, inverse)
        if age >= AFRESH:
            if not _made_anew(by_column, by_row, basic, x, inverse):
                break
            age = 0
        weight[:] = 1.0
        for j in range(size):
            rises[j] = 1.0 if x[j] < upper[j] else 0.0
            falls[j] = 1.0 if x[j] > lower[j] else 0.0
        for i in range(rows):
            rises[basic[i]] = falls[basic[i]] = 0.0
        stage, most = 0, 20 * size
        while stage < stages and most > 0:
            cost = first[k] if stage == 0 else others[stage - 1]
            gain = GAIN * _priced(by_row, cost, basic, inverse, reduced)
            while most > 0:
                enters, best = -1, 0.0
                for j in range(size):  # what gains most by Devex
                    gains = max(reduced[j] * rises[j], -reduced[j] * falls[j])
                    if gains > gain and gains * gains > best * weight[j]:
                        enters, best = j, gains * gains / weight[j]
                if enters < 0:
                    break
                most, age = most - 1, age + 1
                up = reduced[enters] > 0
                alpha[:] = 0.0
                if enters < columns:
                    for e in range(start[enters], start[enters + 1]):
                        for i in range(rows):
                            alpha[i] += inverse[i, row[e]] * value[e]
                else:
                    for i in range(rows):
                        alpha[i] = -inverse[i, enters - columns]
                leaves, length = _leaving(lower, upper, basic, x, alpha, enters, up)
                if np.isinf(length):
                    most = 0
                    break
                move = length if up else -length
                x[enters] += move
                for i in range(rows):
                    x[basic[i]] -= move * alpha[i]
                if leaves < 0:  # from one bound to the other
                    x[enters] = upper[enters] if up else lower[enters]
                    rises[enters], falls[enters] = (0.0, 1.0) if up else (1.0, 0.0)
                    continue
                gone = basic[leaves]
                high = (alpha[leaves] < 0) == up
                x[gone] = upper[gone] if high else lower[gone]
                _exchange(inverse, leaves, alpha)
                basic[leaves] = enters
                _row_along(by_row, inverse[leaves], along)
                price, reference = reduced[enters], weight[enters]
                for j in range(size):
                    reduced[j] -= price * along[j]
                    weight[j] = max(weight[j], along[j] * along[j] * reference)
                reduced[enters] = 0.0
                weight[gone] = max(along[gone] * along[gone] * reference, 1.0)
                moves = 1.0 if lower[gone] < upper[gone] else 0.0
                rises[enters] = falls[enters] = 0.0
                rises[gone], falls[gone] = (0.0, moves) if high else (moves, 0.0)
            for i in range(rows):
                duals[stage, k, i] = reduced[columns + i]
            for j in range(size):  # what this stage minds stays as it is
                if abs(reduced[j]) > gain:
                    rises[j] = falls[j] = 0.0
            stage += 1
        done[k], ages[k], last = most > 0, age, k
        _copy(basic, x, inverse, bases[k], found[k], inverses[k])
    return found, duals, done
