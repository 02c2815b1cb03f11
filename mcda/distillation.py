"""The distillations of ELECTRE III for many weight vectors, compiled; the extra ``fast``, which brings numba."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .ranks import TIE
from .registry import Array

Index = NDArray[np.int64]


@njit(cache=True, nogil=True)
def credibilities(concordance: Array, discordance: Array, weights: Array) -> Array:
    """Return the credibility for each of (k, n) weights, (k, rows, columns); see `ranking.electre_iii.credibilities`.

    What each criterion says of every two, (rows, n, columns); of discordance none, (0, n, 0), where nothing is vetoed.
    """
    rows, n, columns = concordance.shape
    sigma = np.zeros((len(weights), rows, columns))
    beside = np.empty(columns)
    for i in range(rows):
        for k in range(len(weights)):
            row = sigma[k, i]
            for j in range(n):
                _add(row, weights[k, j], concordance[i, j])
            if len(discordance):
                beside[:] = row
                for j in range(n):
                    _veto(row, beside, discordance[i, j])
    return sigma


@njit(cache=True, nogil=True, fastmath=True)
def _add(row: Array, weight: float, part: Array) -> None:
    for k in range(len(row)):
        row[k] += weight * part[k]


@njit(cache=True, nogil=True)
def _veto(row: Array, beside: Array, discordance: Array) -> None:
    """Take from credibilities where a criterion's discordance is above the concordance, 1 but for rounding at most."""
    for k in range(len(row)):
        if discordance[k] > beside[k] + TIE:
            row[k] *= (1.0 - discordance[k]) / (1.0 - beside[k])


@njit(cache=True, nogil=True)
def first_stay(sigma: Array, first: NDArray[np.bool_], alpha: float, beta: float) -> NDArray[np.bool_]:
    """Tell for each of (k, m, m) credibilities whether the *first* ones (m,), and no others, are first.

    That is, in the median preorder, as by `median_keys`. *sigma* is changed.

    Those are first whose places have the least sum: nobody can be before them in one distillation and not behind in the
    other. So whoever is still left of the descending distillation when all of these are out need not be told apart.
    """
    count, m, _ = sigma.shape
    stay = np.empty(count, np.bool_)
    strength, turned, turned_strength = np.empty((m, m)), np.empty((m, m)), np.empty((m, m))
    for k in range(count):
        _turn(sigma[k], strength, turned, turned_strength, alpha, beta)
        up = _classes(turned, turned_strength, alpha, beta, np.zeros(m))
        down = _classes(sigma[k], strength, alpha, beta, up)
        together = down - up
        least = together.min()
        stay[k] = True
        for i in range(m):
            stay[k] = stay[k] and (together[i] == least) == first[i]
    return stay


@njit(cache=True, nogil=True)
def _turn(
    credibility: Array, strength: Array, turned: Array, turned_strength: Array, alpha: float, beta: float
) -> None:
    """Fill in what is preferred at any level below it, 0 where it is not, and both relations turned."""
    m = len(credibility)
    for i in range(m):
        credibility[i, i] = 0.0
    for i in range(m):
        for j in range(m):
            one, other = credibility[i, j], credibility[j, i]
            strength[i, j] = one if one > other + alpha * one + beta + TIE else 0.0
            turned[i, j] = other
    for i in range(m):
        for j in range(m):
            turned_strength[i, j] = strength[j, i]


@njit(cache=True, nogil=True)
def median_keys(sigma: Array, alpha: float, beta: float) -> Array:
    """Return (k, m) numbers whose order, the lowest first, is the median preorder by each of (k, m, m) credibilities.

    As `ranking.electre_iii` finds it: the class of the final preorder, then the sum of both places. The
    ascending distillation is the descending one of the turned relation. *sigma* is changed.
    """
    count, m, _ = sigma.shape
    keys = np.empty((count, m))
    strength, turned, turned_strength = np.empty((m, m)), np.empty((m, m)), np.empty((m, m))
    for k in range(count):
        _turn(sigma[k], strength, turned, turned_strength, alpha, beta)
        none = np.zeros(m)
        down, up = _classes(sigma[k], strength, alpha, beta, none), _classes(turned, turned_strength, alpha, beta, none)
        up = up.max() + 1 - up
        together = down + up
        level = np.ones(m)
        by = np.argsort(together)
        for place in range(m):
            i = by[place]
            for before in range(place):
                j = by[before]
                if down[j] <= down[i] and up[j] <= up[i] and together[j] < together[i]:
                    level[i] = max(level[i], level[j] + 1)
        keys[k] = level * (2 * m + 1) + together
    return keys


@njit(cache=True, nogil=True)
def _classes(sigma: Array, strength: Array, alpha: float, beta: float, other: Array) -> Array:
    """Distil from the top: (m,) classes. Whoever has left is set to 0 in both tables.

    Given the *other* classes (m,), those that are left share one where nobody of them can have the least class less
    other class. Of each row the largest credibility is kept, and the largest below the first level: most stay when a
    class leaves.
    """
    m = len(sigma)
    classes, left, number = np.zeros(m), np.arange(m), 0
    most, least = np.empty(m), np.empty(m)
    for i in range(m):
        most[i] = _largest(sigma[i])
    least[:] = np.inf
    low, qualification = np.nan, np.zeros(m)
    least_together = np.inf
    while len(left):
        ahead = 0.0
        for row in left:
            ahead = max(ahead, other[row])
        if number + 1 - ahead > least_together:
            for row in left:
                classes[row] = number + 1
            break
        high = 0.0
        for row in left:
            high = max(high, most[row])
        bound, following = high - (alpha * high + beta) - TIE, 0.0  # falls with high, as alpha < 1
        for row in left:
            if least[row] >= bound:
                least[row] = _largest_below(sigma[row], bound)
            following = max(following, least[row])
        if following != low:
            low = following
            qualification[:] = 0.0
            for row in left:
                qualification[row] += _preferred(strength[row], low + TIE, qualification)
        part = left
        if len(left) > 1 and high > 0:
            part = _best(left, qualification[left])
            level = low
            while len(part) > 1 and level > 0:
                level = _next_level(sigma, part, level - (alpha * level + beta) - TIE)
                part = _best(part, _qualified(strength, part, level + TIE))
        number += 1
        for each in part:
            classes[each] = number
            if other[each] > 0:
                least_together = min(least_together, number - other[each])
        staying, count = np.empty(len(left) - len(part), np.int64), 0
        for row in left:
            if classes[row] == 0:
                staying[count] = row
                count += 1
        left = staying
        for gone in part:
            for row in left:
                qualification[row] += 1.0 if strength[gone, row] > low + TIE else 0.0
                qualification[row] -= 1.0 if strength[row, gone] > low + TIE else 0.0
                value = sigma[row, gone]
                sigma[row, gone] = strength[row, gone] = 0.0
                if value == least[row]:
                    least[row] = np.inf
                if value == most[row]:
                    most[row] = _largest(sigma[row])
    return classes


@njit(cache=True, nogil=True, fastmath=True)
def _largest(row: Array) -> float:
    found = 0.0
    for value in row:
        found = max(found, value)
    return found


@njit(cache=True, nogil=True, fastmath=True)
def _largest_below(row: Array, bound: float) -> float:
    found = 0.0
    for value in row:
        found = max(found, value if value < bound else 0.0)
    return found


@njit(cache=True, nogil=True, fastmath=True)
def _preferred(row: Array, level: float, qualification: Array) -> float:
    """Count how many it is preferred to, each of which loses one."""
    count = 0.0
    for j in range(len(row)):
        stronger = 1.0 if row[j] > level else 0.0
        count += stronger
        qualification[j] -= stronger
    return count


@njit(cache=True, nogil=True)
def _best(part: Index, qualification: Array) -> Index:
    best: Index = part[qualification == qualification.max()]
    return best


@njit(cache=True, nogil=True)
def _next_level(sigma: Array, part: Index, bound: float) -> float:
    found = 0.0
    for i in part:
        for j in part:
            if sigma[i, j] < bound:
                found = max(found, sigma[i, j])
    return found


@njit(cache=True, nogil=True)
def _qualified(strength: Array, part: Index, level: float) -> Array:
    found = np.zeros(len(part))
    for a in range(len(part)):
        for b in range(len(part)):
            stronger = 1.0 if strength[part[a], part[b]] > level else 0.0
            found[a] += stronger
            found[b] -= stronger
    return found
