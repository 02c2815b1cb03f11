"""The distillations of ELECTRE III for many weight vectors, compiled; the extra ``fast``, which brings numba.

Credibilities are at least 0, and such numbers order as their bits do, read as whole numbers: only of these is the
largest found some at a time. Of two alternatives one at most is preferred, so that one table tells who is: `strength`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .ranks import TIE
from .registry import Array

Index = NDArray[np.int64]
Bits = NDArray[np.int64]
BLOCK = 8
"""Rows that are turned at a time: a line of the processor's cache."""
SLACK = 1e-12
"""Room for the rounding of credibilities."""
GONE = -(2**40)
"""The qualification of who has left: the worst."""


@njit(cache=True, nogil=True)
def credibilities(concordance: Array, discordance: Array, weights: Array) -> Array:
    """Return the credibility for each of (k, n) weights, (k, rows, columns); see `ranking.electre_iii.credibilities`.

    What each criterion says of every two, (rows, n, columns); discordance of every two from the largest to the least,
    and none, (0, n, 0), where nothing is vetoed.
    """
    rows, n, columns = concordance.shape
    sigma = np.zeros((len(weights), rows, columns))
    beside, odds = np.empty(columns), np.empty(columns)
    for i in range(rows):
        for k in range(len(weights)):
            row, w, part = sigma[k, i], weights[k], concordance[i]
            for j in range(0, n - 3, 4):
                _add_four(row, w[j : j + 4], part[j], part[j + 1], part[j + 2], part[j + 3])
            for j in range(n - n % 4, n):
                _add(row, w[j], part[j])
            if len(discordance):
                beside[:] = row
                for c in range(columns):
                    odds[c] = 1.0 / (1.0 - row[c]) if row[c] < 1.0 else 1.0
                for j in range(n):
                    if not _veto(row, beside, odds, discordance[i, j]):
                        break
    return sigma


@njit(cache=True, nogil=True, fastmath=True)
def _add_four(row: Array, weights: Array, one: Array, two: Array, three: Array, four: Array) -> None:
    for k in range(len(row)):
        row[k] += (weights[0] * one[k] + weights[1] * two[k]) + (weights[2] * three[k] + weights[3] * four[k])


@njit(cache=True, nogil=True, fastmath=True)
def _add(row: Array, weight: float, part: Array) -> None:
    for k in range(len(row)):
        row[k] += weight * part[k]


@njit(cache=True, nogil=True)
def _veto(row: Array, beside: Array, odds: Array, discordance: Array) -> bool:
    """Take from credibilities where a discordance is above the concordance, 1 but for rounding at most; tell if any is.

    *odds* are 1 over 1 less the concordance.
    """
    count = 0
    for k in range(len(row)):
        above = discordance[k] > beside[k] + TIE
        row[k] *= (1.0 - discordance[k]) * odds[k] if above else 1.0
        count += above
    return count > 0


@njit(cache=True, nogil=True)
def first_stay(sigma: Array, first: NDArray[np.bool_], alpha: float, beta: float) -> NDArray[np.bool_]:
    """Tell for each of (k, m, m) credibilities whether the *first* ones (m,), and no others, are first.

    That is, in the median preorder, as by `median_keys`. *sigma* is changed on its diagonal.

    Those are first whose places have the least sum: nobody can be before them in one distillation and not behind in the
    other. So whoever is still left of the descending distillation when all of these are out need not be told apart. And
    to whom nobody is ever preferred is best in the ascending distillation: while anybody is preferred to anybody, it
    has not the least qualification.
    """
    count, m, _ = sigma.shape
    stay = np.empty(count, np.bool_)
    turned, strength = np.empty((m, m)), np.empty((m, m))
    none, alone = np.zeros(m, np.int64), int(np.argmax(first)) if first.sum() == 1 else -1
    for k in range(count):
        _relate(sigma[k], turned, strength, alpha, beta)
        if alone >= 0 and strength[alone].min() >= 0.0:
            best = _classes(sigma[k], turned, strength, 1, alpha, beta, none, 1)
            if best[alone] == 1 and best.sum() == 1:
                stay[k] = True
                continue
        up = _classes(turned, sigma[k], strength, -1, alpha, beta, none, m)
        down = _classes(sigma[k], turned, strength, 1, alpha, beta, up, m)
        together = down - up
        stay[k] = ((together == together.min()) == first).all()
    return stay


@njit(cache=True, nogil=True)
def surely_first(sigma: Array, who: int, alpha: float, beta: float) -> NDArray[np.bool_]:
    """Tell whether *who* is shown to be alone the first between each of (k, m, m) credibilities and the next, (k / 2,).

    As `ranking.electre_iii` shows it.
    """
    count, m, _ = sigma.shape
    count //= 2
    shown = np.empty(count, np.bool_)
    low, high, low_turned, high_turned = np.empty((m, m)), np.empty((m, m)), np.empty((m, m)), np.empty((m, m))
    for k in range(count):
        for i in range(m):
            for j in range(m):
                one, other = sigma[2 * k, i, j], sigma[2 * k + 1, i, j]
                low[i, j] = max((one if one < other else other) - SLACK, 0.0)
                high[i, j] = (other if one < other else one) + SLACK
            low[i, i] = high[i, i] = 0.0
        shown[k] = True
        for i in range(m):
            value = high[i, who]
            shown[k] = shown[k] and value - (alpha * value + beta) - TIE <= low[who, i]
        if not shown[k]:
            continue
        _turn(low, low_turned)
        _turn(high, high_turned)
        shown[k] = _ahead(low, high, low_turned, high_turned, who, alpha, beta)
    return shown


@njit(cache=True, nogil=True)
def _ahead(low: Array, high: Array, low_turned: Array, high_turned: Array, who: int, alpha: float, beta: float) -> bool:
    """Tell whether *who* has surely the largest qualification of all at the first level."""
    largest, most_largest = low.max(), high.max()
    bound, most_bound = largest - (alpha * largest + beta) - TIE, most_largest - (alpha * most_largest + beta) - TIE
    least, most = 0.0, 0.0
    for i in range(len(low)):
        for j in range(len(low)):
            if high[i, j] < bound:
                least = max(least, low[i, j])
            if low[i, j] < most_bound:
                most = max(most, min(high[i, j], most_bound))
    own, best = 0, -len(low)
    for i in range(len(low)):
        maybe, surely, behind = 0, 0, 0
        for j in range(len(low)):
            value, other = high[i, j], low_turned[i, j]
            maybe += (value > least + TIE) & (value - (alpha * value + beta) - TIE > other)
            value, other = low[i, j], high_turned[i, j]
            surely += (value > most + TIE) & (value - (alpha * value + beta) - TIE > other)
            value, other = low_turned[i, j], high[i, j]
            behind += (value > most + TIE) & (value - (alpha * value + beta) - TIE > other)
        if i == who:
            own = surely
        else:
            best = max(best, maybe - behind)
    return largest > 0 and own > best


@njit(cache=True, nogil=True)
def median_keys(sigma: Array, alpha: float, beta: float) -> Array:
    """Return (k, m) numbers whose order, the lowest first, is the median preorder by each of (k, m, m) credibilities.

    As `ranking.electre_iii` finds it: the class of the final preorder, then the sum of both places. The ascending
    distillation is the descending one of the turned relation. *sigma* is changed on its diagonal.
    """
    count, m, _ = sigma.shape
    keys = np.empty((count, m))
    turned, strength, none = np.empty((m, m)), np.empty((m, m)), np.zeros(m, np.int64)
    for k in range(count):
        _relate(sigma[k], turned, strength, alpha, beta)
        down = _classes(sigma[k], turned, strength, 1, alpha, beta, none, m)
        up = _classes(turned, sigma[k], strength, -1, alpha, beta, none, m)
        up = up.max() + 1 - up
        keys[k] = _levels(down, up) * (2 * m + 1) + down + up
    return keys


@njit(cache=True, nogil=True)
def _levels(down: Index, up: Index) -> Index:
    """Return how long the longest chain is of who is before the next one by both (m,) places, down to each."""
    m = len(down)
    levels, longest = np.empty(m, np.int64), np.zeros(m + 1, np.int64)  # of those seen by now, up to a place of `up`
    place = down * (m + 1) + up
    before, level = -1, 0
    for i in np.argsort(place):
        if place[i] != before:
            before, at = place[i], up[i]
            level = longest[at] + 1
            while at <= m and longest[at] < level:
                longest[at] = level
                at += 1
        levels[i] = level
    return levels


@njit(cache=True, nogil=True)
def _relate(sigma: Array, turned: Array, strength: Array, alpha: float, beta: float) -> None:
    """Fill in what is turned, and the strength: what the row is preferred with, and less than 0, what the column is.

    One is preferred to the other at any level below its credibility.
    """
    m = len(sigma)
    for i in range(m):
        sigma[i, i] = 0.0
    _turn(sigma, turned)
    for i in range(m):
        _compare(sigma[i], turned[i], strength[i], alpha, beta)


@njit(cache=True, nogil=True)
def _turn(table: Array, turned: Array) -> None:
    m = len(table)
    for start in range(0, m, BLOCK):
        for j in range(m):
            for i in range(start, min(start + BLOCK, m)):
                turned[j, i] = table[i, j]


@njit(cache=True, nogil=True)
def _compare(row: Array, column: Array, strength: Array, alpha: float, beta: float) -> None:
    for j in range(len(row)):
        one, other = row[j], column[j]
        ahead = one if one > other + alpha * one + beta + TIE else 0.0
        behind = other if other > one + alpha * other + beta + TIE else 0.0
        strength[j] = ahead - behind


@njit(cache=True, nogil=True)
def _classes(
    sigma: Array, turned: Array, strength: Array, sign: int, alpha: float, beta: float, other: Index, most_classes: int
) -> Index:
    """Distil from the top: (m,) classes, 0 beyond *most_classes*. *sign* -1: *strength* is that of the turned relation.

    Given the *other* classes (m,), those that are left share one where nobody of them can have the least class less
    other class. Of each row a bound is kept of its largest credibility, and of its largest below the first level, and
    whether the one that set it has left: most stay when a class leaves.
    """
    m = len(sigma)
    rows, columns = sigma.view(np.int64), turned.view(np.int64)
    classes, here, left, number = np.zeros(m, np.int64), np.full(m, -1, np.int64), m, 0
    most, least = np.empty(m, np.int64), np.full(m, _bits(np.inf))
    most_stale, least_stale = np.zeros(m, np.bool_), np.zeros(m, np.bool_)
    for i in range(m):
        most[i] = _largest(rows[i])
    preferred, qualification = np.empty((m, m), np.int8), np.zeros(m, np.int64)
    part, ahead = np.empty(m, np.int64), other.copy()
    low, least_together = np.inf, m
    while left and number < most_classes:
        if number + 1 - _largest(ahead) > least_together:
            for i in range(m):
                if here[i]:
                    classes[i] = number + 1
            break
        high = _settled(rows, here, most, most_stale, _bits(np.inf))
        bound = high - (alpha * high + beta) - TIE  # falls with high, as alpha < 1
        following = 0.0
        if bound > 0:
            bits = _bits(bound)
            for i in range(m):
                least_stale[i] |= least[i] >= bits
                least[i] = least[i] if least[i] < bits else bits
            following = _settled(rows, here, least, least_stale, bits)
        if bound <= low + TIE:  # else nobody who is here is preferred at the one level and not at the other
            for i in range(m):
                if here[i]:
                    qualification[i] = _qualified(strength[i], following + TIE, sign, here, preferred[i])
        low = following
        if left > 1 and high > 0:
            count = _best(qualification, part)
            level = low
            while count > 1 and level > 0:
                level = _next_level(sigma, part[:count], level - (alpha * level + beta) - TIE)
                count = _best_within(_qualified_within(strength, part[:count], level + TIE, sign), part)
        else:
            count = _all(here, part)
        number += 1
        for each in part[:count]:
            classes[each], here[each] = number, 0
            if other[each] > 0:
                least_together = min(least_together, number - other[each])
            ahead[each] = 0
        for each in part[:count]:
            _leave(qualification, preferred[each], most, most_stale, least, least_stale, columns[each])
        for each in part[:count]:
            most[each], least[each], most_stale[each], least_stale[each] = 0, 0, False, False
            qualification[each] = GONE
        left -= count
    return classes


@njit(cache=True, nogil=True)
def _bits(value: float) -> int:
    """Read a number >= 0 as the whole number of its bits."""
    return int(np.array([value]).view(np.int64)[0])


@njit(cache=True, nogil=True)
def _settled(rows: Bits, here: Bits, bounds: Bits, stale: NDArray[np.bool_], below: int) -> float:
    """Return the largest value below a bound of those who are *here*, whose rows it is at most *bounds*.

    Rows that are looked at again are no longer *stale*.
    """
    while True:
        largest = _largest(bounds)
        if not _any_stale(bounds, stale, largest):
            return float(np.array([largest]).view(np.float64)[0])
        for i in range(len(bounds)):
            if stale[i] and bounds[i] == largest:
                bounds[i], stale[i] = _largest_below(rows[i], here, below), False


@njit(cache=True, nogil=True)
def _any_stale(bounds: Bits, stale: NDArray[np.bool_], largest: int) -> bool:
    count = 0
    for i in range(len(bounds)):
        count += stale[i] & (bounds[i] == largest)
    return count > 0


@njit(cache=True, nogil=True)
def _largest(row: Bits) -> int:
    found = 0
    for k in range(len(row)):
        found = row[k] if row[k] > found else found
    return found


@njit(cache=True, nogil=True)
def _largest_below(row: Bits, here: Bits, bound: int) -> int:
    found = 0
    for k in range(len(row)):
        value = row[k] & here[k]
        value = value if value < bound else 0
        found = value if value > found else found
    return found


@njit(cache=True, nogil=True)
def _qualified(strength: Array, level: float, sign: int, here: Bits, preferred: NDArray[np.int8]) -> int:
    """Note whom it is preferred to, 1, and who is preferred to it, -1; return the sum over those who are *here*."""
    total = 0
    for j in range(len(strength)):
        found = np.int8(sign) * (np.int8(strength[j] > level) - np.int8(strength[j] < -level))
        preferred[j] = found
        total += found & here[j]
    return total


@njit(cache=True, nogil=True)
def _leave(
    qualification: Index,
    preferred: NDArray[np.int8],
    most: Bits,
    most_stale: NDArray[np.bool_],
    least: Bits,
    least_stale: NDArray[np.bool_],
    column: Bits,
) -> None:
    """One leaves: whom it was preferred to gains, and what it set in a row does so no more."""
    for i in range(len(qualification)):
        qualification[i] += preferred[i]
        most_stale[i] |= column[i] == most[i]
        least_stale[i] |= column[i] == least[i]


@njit(cache=True, nogil=True)
def _best(qualification: Index, part: Index) -> int:
    """Note those with the best qualification; return how many."""
    best, count = GONE, 0
    for i in range(len(qualification)):
        best = qualification[i] if qualification[i] > best else best
    for i in range(len(qualification)):
        if qualification[i] == best:
            part[count] = i
            count += 1
    return count


@njit(cache=True, nogil=True)
def _best_within(qualification: Index, part: Index) -> int:
    """Leave of a part those with the best qualification; return how many."""
    best, count = qualification.max(), 0
    for k in range(len(qualification)):
        if qualification[k] == best:
            part[count] = part[k]
            count += 1
    return count


@njit(cache=True, nogil=True)
def _all(here: Bits, part: Index) -> int:
    count = 0
    for i in range(len(here)):
        if here[i]:
            part[count] = i
            count += 1
    return count


@njit(cache=True, nogil=True)
def _next_level(sigma: Array, part: Index, bound: float) -> float:
    found = 0.0
    for i in part:
        for j in part:
            if sigma[i, j] < bound:
                found = max(found, sigma[i, j])
    return found


@njit(cache=True, nogil=True)
def _qualified_within(strength: Array, part: Index, level: float, sign: int) -> Index:
    found = np.zeros(len(part), np.int64)
    for a in range(len(part)):
        for b in range(a):
            value = sign * strength[part[a], part[b]]
            ahead = (1 if value > level else 0) - (1 if value < -level else 0)
            found[a] += ahead
            found[b] -= ahead
    return found
