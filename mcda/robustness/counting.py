"""Scores, ranks and their counts by many weight vectors in one pass, compiled; the extra ``fast``, which brings numba.

In single precision, eight vectors at a time: what it cannot tell apart is left to whoever asks.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..registry import Array

BLOCK = 512
"""Weight vectors that are ranked at a time, in the processor's nearest cache."""

Singles = NDArray[np.float32]
Counts = NDArray[np.int32]


@njit(cache=True, nogil=True, error_model="numpy")
def count_ranks(
    over: Singles, under: Singles, gap: float, weights: Array, places: Array, wins: Array, sums: Array
) -> NDArray[np.bool_]:
    """Count the ranks by those of (k, n) weight vectors that tell all alternatives apart; return (k,) the others.

    Parameters
    ----------
    over : (m, n) coefficients of the scores, of which more is better: sum_j over_ij w_j.
    under : (m, n), or (0, n): then scores are sqrt(a) / (sqrt(a) + sqrt(b)), a = sum_j over_ij w_j^2, b of *under*.
    gap : how much two scores have to differ.
    weights : (k, n).
    places : (m, m) how often an alternative has rank r + 1; added to, as are the two others.
    wins : (m, m) how often the row is before the column.
    sums : (m, n) sum of the weights that put an alternative first.
    """
    m, k, quotient, least = len(over), len(weights), len(under) > 0, np.float32(gap)
    unclear = np.zeros(k, np.bool_)
    w, scores = np.empty((over.shape[1], BLOCK), np.float32), np.empty((m, BLOCK), np.float32)
    below, ranks, total = np.empty(BLOCK, np.float32), np.empty((m, BLOCK), np.int32), np.empty(BLOCK, np.int32)
    for start in range(0, k, BLOCK):
        size = min(BLOCK, k - start)
        for v in range(size):
            for j in range(len(w)):
                share = np.float32(weights[start + v, j])
                w[j, v] = share * share if quotient else share
        ranks[:] = 0
        total[:] = 0
        for i in range(m):
            _weigh(over[i], w, scores[i])
            if quotient:
                _weigh(under[i], w, below)
                _share(scores[i], below)
        for i in range(m):
            for j in range(i + 1, m):
                one, other = _compare(scores[i, :size], scores[j, :size], least, ranks[i, :size], ranks[j, :size])
                wins[i, j] += one
                wins[j, i] += other
        for i in range(m):
            for v in range(BLOCK):
                total[v] += ranks[i, v]
        for v in range(size):
            if total[v] == m * (m - 1) // 2:
                for i in range(m):
                    places[i, ranks[i, v]] += 1.0
                    if ranks[i, v] == 0:
                        for c in range(len(w)):
                            sums[i, c] += weights[start + v, c]
            else:
                unclear[start + v] = True
                for i in range(m):
                    for j in range(m):
                        wins[i, j] -= scores[i, v] - scores[j, v] > least
    return unclear


@njit(cache=True, nogil=True, error_model="numpy")
def _weigh(coefficients: Singles, w: Singles, into: Singles) -> None:
    into[:] = 0.0
    for j in range(len(w)):
        each, row = coefficients[j], w[j]
        for v in range(len(into)):
            into[v] += each * row[v]


@njit(cache=True, nogil=True, error_model="numpy")
def _share(above: Singles, below: Singles) -> None:
    for v in range(len(above)):
        one, other = np.sqrt(above[v]), np.sqrt(below[v])
        above[v] = one / (one + other)


@njit(cache=True, nogil=True, error_model="numpy")
def _compare(one: Singles, other: Singles, gap: np.float32, ranks: Counts, of_other: Counts) -> tuple[int, int]:
    """Put the worse of two one rank back, for each weight vector; return how often each is the better."""
    won, lost = np.int32(0), np.int32(0)
    for v in range(len(one)):
        ahead = one[v] - other[v]
        better, worse = np.int32(ahead > gap), np.int32(-ahead > gap)
        of_other[v] += better
        ranks[v] += worse
        won += better
        lost += worse
    return int(won), int(lost)
