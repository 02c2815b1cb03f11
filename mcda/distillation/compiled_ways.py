"""Rankings by ELECTRE III for many weight vectors, and on ways of them, compiled; the extra ``fast`` brings numba."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..ranks import TIE
from ..registry import Array
from .compiled_classes import NEVER, Distillation, begun, first_level, go_on
from .compiled_relation import (
    Bits,
    Index,
    bits,
    compare,
    credibility_on_way,
    fill,
    fill_row,
    largest_of_row,
    number,
    turn,
)

TOGETHER = 4
"""Places of a way for which discordances are read once: they are larger than a processor's cache."""
SLACK = 1e-12
"""Room for the rounding of credibilities."""


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

    That is, in the median preorder, as by `median_keys`; the rest is that of a `way.Way`.
    """
    m = len(ranks)
    held = np.empty(len(at), np.bool_)
    size = min(len(at), TOGETHER) if len(discordance) else 1
    some, turned, strength = np.empty((size, m, m)), np.empty((m, m)), np.empty((m, m))
    most, first, order, none = np.empty((2, m), np.int64), ranks == 1, np.argsort(ranks), np.zeros(m, np.int64)
    for k in range(len(at)):
        if len(discordance) and k % size == 0:
            fill(start, slope, discordance, at[k : k + size], some)
        sigma = some[k % size]
        _relate_on_way(start, slope, discordance, at[k], sigma, turned, strength, most, alpha, beta)
        down, up = _both(sigma, turned, strength, most, alpha, beta)
        if only_first:
            held[k] = _are_first(down, up, first, strength, alpha, beta)
        else:
            held[k] = _ordered(_all_keys(down, up, alpha, beta, none), ranks, order)
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
    turned, strength, most, none = np.empty((m, m)), np.empty((m, m)), np.empty((2, m), np.int64), np.zeros(m, np.int64)
    if len(discordance):
        fill(start, slope, discordance, at, sigma)
    for k in range(len(at)):
        _relate_on_way(start, slope, discordance, at[k], sigma[k], turned, strength, most, alpha, beta)
        down, up = _both(sigma[k], turned, strength, most, alpha, beta)
        go_on(down, 1, alpha, beta, none)
        go_on(up, -1, alpha, beta, none)
        places[k, 0], places[k, 1] = down.classes, up.classes
    return sigma, places


@njit(cache=True, nogil=True)
def median_keys(sigma: Array, alpha: float, beta: float) -> Array:
    """Return (k, m) numbers whose order, the lowest first, is the median preorder by each of (k, m, m) credibilities.

    As `ranking.electre_iii` finds it: the class of the final preorder, then the sum of both places. *sigma* is changed
    on its diagonal.
    """
    count, m, _ = sigma.shape
    keys = np.empty((count, m))
    turned, strength, most, none = np.empty((m, m)), np.empty((m, m)), np.empty((2, m), np.int64), np.zeros(m, np.int64)
    columns = turned.view(np.int64)
    for k in range(count):
        for i in range(m):
            sigma[k, i, i] = 0.0
        turn(sigma[k], turned)
        table = sigma[k]
        rows = table.view(np.int64)
        for i in range(m):
            _relate_row(table, turned, strength, rows, columns, most, i, alpha, beta)
        down, up = _both(table, turned, strength, most, alpha, beta)
        keys[k] = _all_keys(down, up, alpha, beta, none)
    return keys


@njit(cache=True, nogil=True)
def _relate_on_way(
    start: Array,
    slope: Array,
    discordance: Array,
    t: float,
    sigma: Array,
    turned: Array,
    strength: Array,
    most: Bits,
    alpha: float,
    beta: float,
) -> None:
    """Fill in the tables at a place of a way; the credibilities themselves where nothing is vetoed."""
    rows, columns = sigma.view(np.int64), turned.view(np.int64)
    if len(discordance):
        turn(sigma, turned)
    for i in range(len(sigma)):
        if not len(discordance):
            fill_row(start, slope, t, sigma, i, 0)
            fill_row(start, slope, t, turned, i, 1)
        _relate_row(sigma, turned, strength, rows, columns, most, i, alpha, beta)


@njit(cache=True, nogil=True, inline="always")
def _relate_row(
    sigma: Array,
    turned: Array,
    strength: Array,
    rows: Bits,
    columns: Bits,
    most: Bits,
    i: int,
    alpha: float,
    beta: float,
) -> None:
    compare(sigma, turned, strength, i, alpha, beta)
    most[0, i], most[1, i] = largest_of_row(rows, i), largest_of_row(columns, i)


@njit(cache=True, nogil=True)
def _both(
    sigma: Array, turned: Array, strength: Array, most: Bits, alpha: float, beta: float
) -> tuple[Distillation, Distillation]:
    """Begin the descending distillation and the ascending one, which is the descending one of the turned relation."""
    first = first_level(sigma, strength, most[0], alpha, beta)
    low = bits(first.levels[1])
    least = np.where(most[1] < low, most[1], low)
    return (
        begun(sigma, strength, 1, most[0], first.least, first),
        begun(turned, strength, -1, most[1], least, first),
    )


@njit(cache=True, nogil=True)
def _are_first(
    down: Distillation, up: Distillation, first: NDArray[np.bool_], strength: Array, alpha: float, beta: float
) -> bool:
    """Tell whether the first ones are those whose places have the least sum.

    For nobody can be before them in one distillation and not behind in the other. The descending one is needed until
    they are out of it, and often no more. They are in the last class of the ascending one once nobody is left who is
    preferred to any of them: while anybody is preferred to anybody, they have not the least qualification. Nobody is
    in it whom one of them is preferred to.
    """
    awaited = np.where(first, 1, 0)
    down.counts[2] = first.sum()
    go_on(down, 1, alpha, beta, awaited)
    up.counts[2] = _await(down, first, strength, awaited)
    if up.counts[2] == 0:
        return True
    go_on(up, -1, alpha, beta, awaited)
    if up.counts[0]:
        return True
    number_of = up.counts[1]
    sums = down.classes + number_of + 1 - up.classes
    own = sums[first]
    if own.min() < own.max():
        return False
    # those that are left of the descending distillation, and may yet be as good
    own_sum, count = own[0], 0
    for i in range(len(first)):
        awaited[i] = 0
        if down.classes[i] == 0:
            if down.counts[1] + sums[i] < own_sum:
                awaited[i] = 1
                count += 1
        elif not first[i] and sums[i] <= own_sum:
            return False
    if count == 0:
        return True
    down.counts[2] = count
    go_on(down, 1, alpha, beta, awaited)
    for i in range(len(first)):
        if awaited[i] and down.classes[i] + number_of + 1 - up.classes[i] <= own_sum:
            return False
    return True


@njit(cache=True, nogil=True)
def _await(down: Distillation, first: NDArray[np.bool_], strength: Array, awaited: Index) -> int:
    """Note who must be out of the ascending distillation before the first ones, and so many classes; return how many.

    Those who are preferred to one of them; and who is out of the descending distillation, before them or with them.
    """
    place = down.counts[1]
    count = 0
    for i in range(len(first)):
        awaited[i] = 0
        if first[i] and down.classes[i] < place:
            return NEVER
    for i in range(len(first)):
        if first[i]:
            for j in range(len(first)):
                if strength[i, j] < 0:
                    if first[j]:
                        return NEVER
                    awaited[j] = 1
    for i in range(len(first)):
        if first[i]:
            awaited[i] = -1
        elif down.classes[i]:
            behind = place + 1 - down.classes[i]
            if behind > 1 or not (first & (strength[i] < 0)).any():
                awaited[i] = behind
        count += awaited[i] > 0
    return count


@njit(cache=True, nogil=True)
def _ordered(keys: Index, ranks: Index, order: Index) -> bool:
    """Tell whether keys, the lowest first, order as ranks do; *order* is that of the ranks."""
    for i in range(len(order) - 1):
        one, other = order[i], order[i + 1]
        if (keys[one] < keys[other]) != (ranks[one] < ranks[other]) or keys[one] > keys[other]:
            return False
    return True


@njit(cache=True, nogil=True)
def _all_keys(down: Distillation, up: Distillation, alpha: float, beta: float, none: Index) -> Index:
    """Distil both to the end, and return the `median_keys`."""
    go_on(down, 1, alpha, beta, none)
    go_on(up, -1, alpha, beta, none)
    places = up.counts[1] + 1 - up.classes
    levels: Index = _levels(down.classes, places)
    keys: Index = levels * (2 * len(places) + 1) + down.classes + places
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
def way_shown(
    start: Array, slope: Array, discordance: Array, at: float, end: float, who: int, alpha: float, beta: float
) -> bool:
    """Tell whether *who* is shown to be alone the first all the way from *at* to *end*, as `way` shows it."""
    m = start.shape[1]
    for i in range(m):
        if i == who:
            continue
        low, high = np.inf, 0.0
        for t in (at, end):
            low = min(low, credibility_on_way(start, slope, discordance, t, who, i))
            high = max(high, credibility_on_way(start, slope, discordance, t, i, who))
        low, high = max(low - SLACK, 0.0), high + SLACK
        if high - (alpha * high + beta) - TIE > low:
            return False
    both, turned = np.empty((2, m, m)), np.empty((2, m, m))
    if len(discordance):
        fill(start, slope, discordance, np.array([at, end]), both)
        _widen(both)
        turn(both[0], turned[0])
        turn(both[1], turned[1])
    else:
        _fill_between(start, slope, at, end, both, 0)
        _fill_between(start, slope, at, end, turned, 1)
    return bool(_ahead(both[0], both[1], turned[0], turned[1], who, alpha, beta))


@njit(cache=True, nogil=True)
def _fill_between(start: Array, slope: Array, at: float, end: float, both: Array, turned: int) -> None:
    """Fill in the least and the largest credibilities between two places of a way, where nothing is vetoed."""
    m = both.shape[1]
    for i in range(m):
        for j in range(m):
            c, gain = start[turned, i, j], slope[turned, i, j]
            one, other = max(c + at * gain, 0.0), max(c + end * gain, 0.0)
            both[0, i, j] = max((one if one < other else other) - SLACK, 0.0)
            both[1, i, j] = (other if one < other else one) + SLACK
        both[0, i, i] = both[1, i, i] = 0.0


@njit(cache=True, nogil=True)
def _widen(both: Array) -> None:
    """Make of two tables the least and the largest values between them, but of one itself 0."""
    m = both.shape[1]
    for i in range(m):
        for j in range(m):
            one, other = both[0, i, j], both[1, i, j]
            both[0, i, j] = max((one if one < other else other) - SLACK, 0.0)
            both[1, i, j] = (other if one < other else one) + SLACK
        both[0, i, i] = both[1, i, i] = 0.0


@njit(cache=True, nogil=True)
def _ahead(low: Array, high: Array, low_turned: Array, high_turned: Array, who: int, alpha: float, beta: float) -> bool:
    """Tell whether *who* has surely the largest qualification of all at the first level."""
    m = len(low)
    most, most_high = number(_largest(low.view(np.int64))), number(_largest(high.view(np.int64)))
    bound, bound_high = most - (alpha * most + beta) - TIE, most_high - (alpha * most_high + beta) - TIE
    least, least_high = _followings(low, high, bound, bound_high)
    own = _surely(low, high_turned, who, least_high, alpha, beta)
    for i in range(m):
        if i == who:
            continue
        maybe = _surely(high, low_turned, i, least, alpha, beta)
        if maybe >= own and maybe - _surely(low_turned, high, i, least_high, alpha, beta) >= own:
            return False
    return bool(most > 0)


@njit(cache=True, nogil=True, inline="always")
def _largest(rows: Bits) -> int:
    found = 0
    for i in range(len(rows)):
        found = max(found, largest_of_row(rows, i))
    return found


@njit(cache=True, nogil=True, fastmath=True)
def _followings(low: Array, high: Array, bound: float, most_bound: float) -> tuple[float, float]:
    least, most = 0.0, 0.0
    for i in range(len(low)):
        for j in range(len(low)):
            one, other = low[i, j], high[i, j]
            certain = one if other < bound else 0.0
            least = certain if certain > least else least
            other = other if other < most_bound else most_bound
            possible = other if one < most_bound else 0.0
            most = possible if possible > most else most
    return least, most


@njit(cache=True, nogil=True, inline="always")
def _surely(rows: Array, columns: Array, i: int, level: float, alpha: float, beta: float) -> int:
    total = 0
    for j in range(len(rows)):
        value = rows[i, j]
        total += (value > level + TIE) & (value - (alpha * value + beta) - TIE > columns[i, j])
    return total
