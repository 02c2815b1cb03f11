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
TOGETHER = 4
"""Places of a way for which discordances are read once: they are larger than a processor's cache."""
SLACK = 1e-12
"""Room for the rounding of credibilities."""
PLACE = 32
"""Bits of a qualification that are left to the place of who has it."""
GONE = -(2**62)
"""The qualification of who has left: the worst."""
LOOKED = 4
"""Classes after which it is looked whether those that are left need not be told apart."""


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
                _vetoed(row, beside, odds, discordance[i])
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
def _vetoed(row: Array, beside: Array, odds: Array, discordance: Array) -> None:
    """Take from a row of concordances, 1 but for rounding at most, where discordances (n, columns) are above them.

    Discordances are from the largest to the least; *beside* and *odds* are room to work in.
    """
    for c in range(len(row)):
        beside[c] = row[c] + TIE
        odds[c] = 1.0 / (1.0 - row[c]) if row[c] < 1.0 else 1.0
    for j in range(len(discordance)):
        if not _veto(row, beside, odds, discordance[j]):
            break


@njit(cache=True, nogil=True)
def _veto(row: Array, beside: Array, odds: Array, discordance: Array) -> bool:
    """Take from credibilities where a discordance is above *beside*; tell if any is.

    *odds* are 1 over 1 less the concordance.
    """
    count = 0
    for k in range(len(row)):
        above = discordance[k] > beside[k]
        row[k] *= (1.0 - discordance[k]) * odds[k] if above else 1.0
        count += above
    return count > 0


@njit(cache=True, nogil=True)
def way_held(
    start: Array,
    slope: Array,
    discordance: Array,
    at: Array,
    ranks: Index,
    only_first: bool,
    alpha: float,
    beta: float,
) -> NDArray[np.bool_]:
    """Tell for each of (k,) places on a way whether the *ranks* (m,) hold there, or *only_first* who is first.

    That is, in the median preorder, as by `median_keys`; the rest is that of a `distilled.Way`.

    Those are first whose places have the least sum: nobody can be before them in one distillation and not behind in the
    other. So whoever is still left of the descending distillation when all of these are out need not be told apart. And
    to whom nobody is ever preferred is best in the ascending distillation: while anybody is preferred to anybody, it
    has not the least qualification.
    """
    m = len(ranks)
    held = np.empty(len(at), np.bool_)
    size = min(len(at), TOGETHER) if len(discordance) else 1
    some, turned, strength = np.empty((size, m, m)), np.empty((m, m)), np.empty((m, m))
    none, first, order = np.zeros(m, np.int64), ranks == 1, np.argsort(ranks)
    for k in range(len(at)):
        if k % size == 0:
            _fill(start, slope, discordance, at[k : k + size], some)
        sigma = some[k % size]
        _relate_on_way(start, slope, discordance, at[k], sigma, turned, strength, alpha, beta)
        if only_first and _surely_first(sigma, strength, first, alpha, beta):
            held[k] = True
            continue
        up = _classes(turned, sigma, strength, -1, alpha, beta, none)
        if only_first:
            together = _classes(sigma, turned, strength, 1, alpha, beta, up) - up
            held[k] = ((together == together.min()) == first).all()
        else:
            down = _classes(sigma, turned, strength, 1, alpha, beta, none)
            held[k] = _ordered(_keys(down, up.max() + 1 - up), ranks, order)
    return held


@njit(cache=True, nogil=True)
def way_places(
    start: Array, slope: Array, discordance: Array, at: Array, alpha: float, beta: float
) -> tuple[Array, Index]:
    """Return for each of (k,) places on a way the credibilities, (k, m, m), and the places in both distillations.

    Those are (k, 2, m), of the ascending one the last first.
    """
    m = start.shape[1]
    sigma, places = np.empty((len(at), m, m)), np.empty((len(at), 2, m), np.int64)
    turned, strength, none = np.empty((m, m)), np.empty((m, m)), np.zeros(m, np.int64)
    _fill(start, slope, discordance, at, sigma)
    for k in range(len(at)):
        _relate_on_way(start, slope, discordance, at[k], sigma[k], turned, strength, alpha, beta)
        places[k, 0] = _classes(sigma[k], turned, strength, 1, alpha, beta, none)
        places[k, 1] = _classes(turned, sigma[k], strength, -1, alpha, beta, none)
    return sigma, places


@njit(cache=True, nogil=True)
def way_shown(
    start: Array, slope: Array, discordance: Array, at: float, end: float, who: int, alpha: float, beta: float
) -> bool:
    """Tell whether *who* is shown to be alone the first all the way from *at* to *end*, as `distilled` shows it."""
    m = start.shape[1]
    both = np.empty((2, m, m))
    low_turned, high_turned = np.empty((m, m)), np.empty((m, m))
    _fill(start, slope, discordance, np.array([at, end]), both)
    low, high = both[0], both[1]
    _fill_turned(start, slope, discordance, at, low, low_turned)
    _fill_turned(start, slope, discordance, end, high, high_turned)
    for i in range(m):
        _widen(low[i], high[i])
        _widen(low_turned[i], high_turned[i])
        low[i, i] = high[i, i] = low_turned[i, i] = high_turned[i, i] = 0.0
    for i in range(m):
        value = high_turned[who, i]
        if value - (alpha * value + beta) - TIE > low[who, i]:
            return False
    return bool(_ahead(low, high, low_turned, high_turned, who, alpha, beta))


@njit(cache=True, nogil=True)
def _fill(start: Array, slope: Array, discordance: Array, at: Array, sigma: Array) -> None:
    """Fill in the credibilities, (k, m, m), at (k,) places of a way."""
    m = sigma.shape[1]
    odds, beside = np.empty(m), np.empty(m)
    for i in range(m):
        for k in range(len(at)):
            _point(start[0, i], slope[0, i], at[k], sigma[k, i])
            if len(discordance):
                _vetoed(sigma[k, i], beside, odds, discordance[i])
            sigma[k, i, i] = 0.0


@njit(cache=True, nogil=True)
def _fill_turned(start: Array, slope: Array, discordance: Array, t: float, sigma: Array, turned: Array) -> None:
    """Fill in what is turned of the credibilities at a place of a way."""
    if len(discordance):
        _turn(sigma, turned)
        return
    for i in range(len(sigma)):
        _point(start[1, i], slope[1, i], t, turned[i])
        turned[i, i] = 0.0


@njit(cache=True, nogil=True)
def _relate_on_way(
    start: Array,
    slope: Array,
    discordance: Array,
    t: float,
    sigma: Array,
    turned: Array,
    strength: Array,
    alpha: float,
    beta: float,
) -> None:
    _fill_turned(start, slope, discordance, t, sigma, turned)
    _relate(sigma, turned, strength, alpha, beta)


@njit(cache=True, nogil=True)
def _point(start: Array, slope: Array, t: float, row: Array) -> None:
    for k in range(len(row)):
        value = start[k] + t * slope[k]
        row[k] = value if value > 0.0 else 0.0


@njit(cache=True, nogil=True)
def _widen(low: Array, high: Array) -> None:
    for k in range(len(low)):
        one, other = low[k], high[k]
        low[k] = max((one if one < other else other) - SLACK, 0.0)
        high[k] = (other if one < other else one) + SLACK


@njit(cache=True, nogil=True)
def _surely_first(sigma: Array, strength: Array, first: NDArray[np.bool_], alpha: float, beta: float) -> bool:
    """Tell whether nobody is ever preferred to the first ones, who are the first class of the descending distillation.

    Then they are the last class of the ascending one, or of it: while anybody is preferred to anybody, they have not
    the least qualification.
    """
    m = len(sigma)
    for i in range(m):
        if first[i] and strength[i].min() < 0.0:
            return False
    high, following, rows = 0, 0, sigma.view(np.int64)
    here, places, part = np.full(m, -1, np.int64), np.empty(m, np.int64), np.empty(m, np.int64)
    for i in range(m):
        high = max(high, _largest(rows[i]))
    level = _number(high) - (alpha * _number(high) + beta) - TIE
    if level > 0:
        for i in range(m):
            following = max(following, _largest_below(rows, i, here, _bits(level)))
    level = _number(following)
    _qualify(strength, level + TIE, 1, here, places)
    count = _parted(sigma, strength, 1, alpha, beta, level, part, _best(places, part))
    for each in part[:count]:
        if not first[each]:
            return False
    return high > 0 and count == first.sum()


@njit(cache=True, nogil=True)
def _ordered(keys: Index, ranks: Index, order: Index) -> bool:
    """Tell whether keys, the lowest first, order as ranks do; *order* is that of the ranks."""
    for i in range(len(order) - 1):
        one, other = order[i], order[i + 1]
        if (keys[one] < keys[other]) != (ranks[one] < ranks[other]) or keys[one] > keys[other]:
            return False
    return True


@njit(cache=True, nogil=True)
def _ahead(low: Array, high: Array, low_turned: Array, high_turned: Array, who: int, alpha: float, beta: float) -> bool:
    """Tell whether *who* has surely the largest qualification of all at the first level."""
    m = len(low)
    largest, most_largest = 0.0, 0.0
    for i in range(m):
        largest, most_largest = max(largest, _top(low[i])), max(most_largest, _top(high[i]))
    bound, most_bound = largest - (alpha * largest + beta) - TIE, most_largest - (alpha * most_largest + beta) - TIE
    least, most = 0.0, 0.0
    for i in range(m):
        least, most = _followings(low[i], high[i], bound, most_bound, least, most)
    own = _surely(low[who], high_turned[who], most, alpha, beta)
    for i in range(m):
        if i == who:
            continue
        maybe = _surely(high[i], low_turned[i], least, alpha, beta)
        if maybe >= own and maybe - _surely(low_turned[i], high[i], most, alpha, beta) >= own:
            return False
    return largest > 0


@njit(cache=True, nogil=True)
def _top(row: Array) -> float:
    return float(_number(_largest(row.view(np.int64))))


@njit(cache=True, nogil=True, fastmath=True)
def _followings(
    low: Array, high: Array, bound: float, most_bound: float, least: float, most: float
) -> tuple[float, float]:
    for j in range(len(low)):
        one, other = low[j], high[j]
        certain = one if other < bound else 0.0
        least = certain if certain > least else least
        other = other if other < most_bound else most_bound
        possible = other if one < most_bound else 0.0
        most = possible if possible > most else most
    return least, most


@njit(cache=True, nogil=True)
def _surely(row: Array, column: Array, level: float, alpha: float, beta: float) -> int:
    total = 0
    for j in range(len(row)):
        value = row[j]
        total += (value > level + TIE) & (value - (alpha * value + beta) - TIE > column[j])
    return total


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
        for i in range(m):
            sigma[k, i, i] = 0.0
        _turn(sigma[k], turned)
        _relate(sigma[k], turned, strength, alpha, beta)
        down = _classes(sigma[k], turned, strength, 1, alpha, beta, none)
        up = _classes(turned, sigma[k], strength, -1, alpha, beta, none)
        keys[k] = _keys(down, up.max() + 1 - up)
    return keys


@njit(cache=True, nogil=True)
def _keys(down: Index, up: Index) -> Index:
    levels: Index = _levels(down, up)
    return levels * (2 * len(down) + 1) + down + up


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
    """Fill in the strength: what the row is preferred with, and less than 0, what the column is.

    One is preferred to the other at any level below its credibility.
    """
    for i in range(len(sigma)):
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
def _classes(sigma: Array, turned: Array, strength: Array, sign: int, alpha: float, beta: float, other: Index) -> Index:
    """Distil from the top: (m,) classes. *sign* -1: *strength* is that of the turned relation.

    Given the *other* classes (m,), those that are left share one where nobody of them can have the least class less
    other class. Levels stay while the pairs that set them are left. Of each row a bound is kept of its largest
    credibility, and of its largest below the first level.
    """
    m = len(sigma)
    rows = sigma.view(np.int64)
    classes, here, left, number = np.zeros(m, np.int64), np.full(m, -1, np.int64), m, 0
    most, least = np.empty(m, np.int64), np.empty(m, np.int64)
    for i in range(m):
        most[i] = _largest(rows[i])
    least[:] = most
    part, places, ahead = np.empty(m, np.int64), np.empty(m, np.int64), other.copy()
    high, low, before, least_together = 0.0, 0.0, np.inf, m
    ends = np.full(4, -1, np.int64)
    while left:
        if number % LOOKED == 1 and number + 1 - _largest(ahead) > least_together:
            for i in range(m):
                if here[i]:
                    classes[i] = number + 1
            break
        if ends[0] < 0 or not (here[ends[0]] and here[ends[1]] and here[ends[2]] and here[ends[3]]):
            high = _settled(rows, here, most, _bits(np.inf), ends[:2])
            bound = high - (alpha * high + beta) - TIE  # falls with high, as alpha < 1
            low = 0.0
            if bound > 0:
                bits = _bits(bound)
                for i in range(m):
                    least[i] = least[i] if least[i] < bits else bits
                low = _settled(rows, here, least, bits, ends[2:])
            if low == 0.0:
                ends[2:] = ends[:2]
            if bound <= before + TIE:  # else nobody who is here is preferred at the one level and not at the other
                _qualify(strength, low + TIE, sign, here, places)
            before = low
        if left > 1 and high > 0:
            count = _parted(sigma, strength, sign, alpha, beta, low, part, _best(places, part))
        else:
            count = _all(here, part)
        number += 1
        for each in part[:count]:
            classes[each], here[each] = number, 0
            if other[each] > 0:
                least_together = min(least_together, number - other[each])
            ahead[each] = most[each] = least[each] = 0
        for each in part[:count]:
            _leave(places, strength, each, low + TIE, sign << PLACE)
        for each in part[:count]:
            places[each] = GONE
        left -= count
    return classes


@njit(cache=True, nogil=True)
def _bits(value: float) -> int:
    """Read a number >= 0 as the whole number of its bits."""
    return int(np.array([value]).view(np.int64)[0])


@njit(cache=True, nogil=True)
def _number(bits: int) -> float:
    return float(np.array([bits]).view(np.float64)[0])


@njit(cache=True, nogil=True)
def _settled(rows: Bits, here: Bits, bounds: Bits, below: int, ends: Index) -> float:
    """Return the largest value below a bound of those who are *here*, whose rows it is at most *bounds*; and its pair.

    Bounds of rows that are looked at become exact.
    """
    while True:
        largest = _largest(bounds)
        for i in range(len(bounds)):  # after a fall of *below* many have this bound
            if bounds[i] != largest:
                continue
            bounds[i] = _largest_below(rows, i, here, below)
            if bounds[i] == largest:
                ends[0], ends[1] = i, i
                for j in range(len(here)):
                    if rows[i, j] == largest and here[j]:
                        ends[1] = j
                        break
                return float(_number(largest))


@njit(cache=True, nogil=True)
def _largest(row: Bits) -> int:
    found = 0
    for k in range(len(row)):
        found = row[k] if row[k] > found else found
    return found


@njit(cache=True, nogil=True)
def _largest_below(rows: Bits, i: int, here: Bits, bound: int) -> int:
    found = 0
    for k in range(len(here)):
        value = rows[i, k] & here[k]
        value = value if value < bound else 0
        found = value if value > found else found
    return found


@njit(cache=True, nogil=True)
def _qualify(strength: Array, level: float, sign: int, here: Bits, places: Index) -> None:
    """Note whom each is preferred to, less who is preferred to it, of those who are *here*."""
    m = len(here)
    for i in range(m):
        if here[i]:
            total = 0
            for j in range(m):
                found = np.int64(strength[i, j] < -level) - np.int64(strength[i, j] > level)
                total -= found & here[j]
            places[i] = ((sign * total) << PLACE) + m - i


@njit(cache=True, nogil=True)
def _leave(places: Index, strength: Array, who: int, level: float, one: int) -> None:
    """One leaves: whom it was preferred to gains."""
    for j in range(len(places)):
        places[j] += (one if strength[who, j] > level else 0) - (one if strength[who, j] < -level else 0)


@njit(cache=True, nogil=True)
def _best(places: Index, part: Index) -> int:
    """Note those with the best qualification; return how many."""
    best = GONE
    for i in range(len(places)):
        best = places[i] if places[i] > best else best
    best = best >> PLACE << PLACE
    count = 0
    for i in range(len(places)):
        count += places[i] > best
    i = 0
    for k in range(count):
        while places[i] <= best:
            i += 1
        part[k] = i
        i += 1
    return count


@njit(cache=True, nogil=True)
def _parted(
    sigma: Array, strength: Array, sign: int, alpha: float, beta: float, level: float, part: Index, count: int
) -> int:
    """Leave of a part, of *count*, those that stay the best at the levels below; return how many."""
    while count > 1 and level > 0:
        level = _next_level(sigma, part[:count], level - (alpha * level + beta) - TIE)
        quality = _qualified(strength, part[:count], level + TIE, sign)
        best, among = quality.max(), count
        count = 0
        for k in range(among):
            if quality[k] == best:
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
            value = sigma[i, j] if sigma[i, j] < bound else 0.0
            found = value if value > found else found
    return found


@njit(cache=True, nogil=True)
def _qualified(strength: Array, part: Index, level: float, sign: int) -> Index:
    found = np.empty(len(part), np.int64)
    for a in range(len(part)):
        i, total = part[a], 0
        for j in part:
            total += int(strength[i, j] > level) - int(strength[i, j] < -level)
        found[a] = sign * total
    return found
