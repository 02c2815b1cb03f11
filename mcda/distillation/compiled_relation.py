"""Credibilities of ELECTRE III, and who is preferred to whom by them, compiled; the extra ``fast``, which brings numba.

Credibilities are at least 0, and such numbers order as their bits do, read as whole numbers: only of these is the
largest found some at a time. Of two alternatives one at most is preferred, so that one table tells who is: `strength`.
A row is asked for by its table and number: a part of a table counts who refers to it, which takes longer than a row.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..ranks import TIE
from ..registry import Array

Index = NDArray[np.int64]
Bits = NDArray[np.int64]
BLOCK = 8
"""Rows that are turned at a time: a line of the processor's cache."""


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
            for j in range(0, n - 3, 4):
                _add_four(sigma, weights, concordance, k, i, j)
            for j in range(n - n % 4, n):
                _add(sigma, weights, concordance, k, i, j)
            if len(discordance):
                _vetoed(sigma, beside, odds, discordance, k, i)
    return sigma


@njit(cache=True, nogil=True, fastmath=True)
def _add_four(sigma: Array, weights: Array, concordance: Array, k: int, i: int, j: int) -> None:
    a, b, c, d = weights[k, j], weights[k, j + 1], weights[k, j + 2], weights[k, j + 3]
    for column in range(sigma.shape[2]):
        one, two = a * concordance[i, j, column], b * concordance[i, j + 1, column]
        three, four = c * concordance[i, j + 2, column], d * concordance[i, j + 3, column]
        sigma[k, i, column] += (one + two) + (three + four)


@njit(cache=True, nogil=True, fastmath=True)
def _add(sigma: Array, weights: Array, concordance: Array, k: int, i: int, j: int) -> None:
    weight = weights[k, j]
    for column in range(sigma.shape[2]):
        sigma[k, i, column] += weight * concordance[i, j, column]


@njit(cache=True, nogil=True, inline="always")
def _vetoed(sigma: Array, beside: Array, odds: Array, discordance: Array, k: int, i: int) -> None:
    """Take from a row of concordances, 1 but for rounding at most, where discordances (m, n, columns) are above them.

    Discordances are from the largest to the least; *beside* and *odds* are room to work in.
    """
    for c in range(len(beside)):
        value = sigma[k, i, c]
        beside[c] = value + TIE
        odds[c] = 1.0 / (1.0 - value) if value < 1.0 else 1.0
    for j in range(discordance.shape[1]):
        if not _veto(sigma, beside, odds, discordance, k, i, j):
            break


@njit(cache=True, nogil=True, inline="always")
def _veto(sigma: Array, beside: Array, odds: Array, discordance: Array, k: int, i: int, j: int) -> bool:
    """Take from credibilities where a discordance is above *beside*; tell if any is.

    *odds* are 1 over 1 less the concordance.
    """
    count = 0
    for c in range(len(beside)):
        d = discordance[i, j, c]
        above = d > beside[c]
        sigma[k, i, c] *= (1.0 - d) * odds[c] if above else 1.0
        count += above
    return count > 0


@njit(cache=True, nogil=True)
def fill(start: Array, slope: Array, discordance: Array, at: Array, sigma: Array) -> None:
    """Fill in the credibilities, (k, m, m), at (k,) places of a way."""
    m = sigma.shape[1]
    odds, beside = np.empty(m), np.empty(m)
    for i in range(m):
        for k in range(len(at)):
            for j in range(m):
                value = start[0, i, j] + at[k] * slope[0, i, j]
                sigma[k, i, j] = value if value > 0.0 else 0.0
            if len(discordance):
                _vetoed(sigma, beside, odds, discordance, k, i)


@njit(cache=True, nogil=True, inline="always")
def fill_row(start: Array, slope: Array, t: float, table: Array, i: int, turned: int) -> None:
    """Fill in a row of the credibilities, or *turned* 1 of what is turned of them, where nothing is vetoed."""
    for j in range(len(table)):
        value = start[turned, i, j] + t * slope[turned, i, j]
        table[i, j] = value if value > 0.0 else 0.0


@njit(cache=True, nogil=True)
def credibility_on_way(start: Array, slope: Array, discordance: Array, t: float, i: int, k: int) -> float:
    """Return the credibility that i outranks k at a place of a way."""
    c = max(start[0, i, k] + t * slope[0, i, k], 0.0)
    found, odds = c, 1.0 / (1.0 - c) if c < 1.0 else 1.0
    for j in range(discordance.shape[1] if len(discordance) else 0):
        d = discordance[i, j, k]
        if d <= c + TIE:
            break
        found *= (1.0 - d) * odds
    return float(found)


@njit(cache=True, nogil=True)
def turn(table: Array, turned: Array) -> None:
    """Fill in a table turned."""
    m = len(table)
    for start in range(0, m, BLOCK):
        for j in range(m):
            for i in range(start, min(start + BLOCK, m)):
                turned[j, i] = table[i, j]


@njit(cache=True, nogil=True, inline="always")
def compare(sigma: Array, turned: Array, strength: Array, i: int, alpha: float, beta: float) -> None:
    """Fill in a row of the strength: what the row is preferred with, and less than 0, what the column is.

    One is preferred to the other at any level below its credibility.
    """
    for j in range(len(sigma)):
        one, other = sigma[i, j], turned[i, j]
        ahead = one if one > other + alpha * one + beta + TIE else 0.0
        behind = other if other > one + alpha * other + beta + TIE else 0.0
        strength[i, j] = ahead - behind


@njit(cache=True, nogil=True, inline="always")
def bits(value: float) -> int:
    """Read a number >= 0 as the whole number of its bits."""
    return int(np.array([value]).view(np.int64)[0])


@njit(cache=True, nogil=True, inline="always")
def number(bits: int) -> float:
    """Read the bits of a number."""
    return float(np.array([bits]).view(np.float64)[0])


@njit(cache=True, nogil=True, inline="always")
def largest(some: Bits) -> int:
    """Return the largest of some numbers >= 0, 0 for none."""
    found = 0
    for k in range(len(some)):
        found = some[k] if some[k] > found else found
    return found


@njit(cache=True, nogil=True, inline="always")
def largest_of_row(rows: Bits, i: int) -> int:
    """Return the largest number of a row."""
    found = 0
    for k in range(rows.shape[1]):
        found = rows[i, k] if rows[i, k] > found else found
    return found
