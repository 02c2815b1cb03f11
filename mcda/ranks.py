"""Scores to ranks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .registry import Array, Better

TIE = 1e-9
"""Scores closer than this, relative to their size, are equal."""


def competition_ranks(scores: Array, better: Better = "higher") -> NDArray[np.int64]:
    """Rank scores; equal scores share the best rank of their group ("1 2 2 4").

    A group holds the scores within `TIE` of its first one, so that ties do not chain. Scores that differ only by
    rounding about zero (1e-15 of the largest) are equal too.

    >>> competition_ranks(np.array([0.2, 0.9, 0.9, 0.1])).tolist()
    [3, 1, 1, 4]
    >>> competition_ranks(np.array([0.2, 0.9, 0.9, 0.1]), better="lower").tolist()
    [2, 3, 3, 1]
    """
    key = -scores if better == "higher" else scores
    order = np.argsort(key, kind="stable")
    floor = 1e-15 * np.abs(scores).max(initial=0.0)
    ranks = np.empty(len(scores), dtype=np.int64)
    first, rank = 0.0, 0
    for place, i in enumerate(order, start=1):
        if rank == 0 or abs(scores[i] - first) > TIE * max(abs(scores[i]), abs(first)) + floor:
            first, rank = float(scores[i]), place
        ranks[i] = rank
    return ranks


def by_rank(ranks: Array, places: Array) -> Array:
    """Give each rank the value of its place, the best rank first; equal ranks share the mean of their places.

    >>> by_rank(np.array([2.0, 1.0, 2.0]), np.array([0.6, 0.3, 0.1])).tolist()
    [0.2, 0.6, 0.2]
    """
    _, group, size = np.unique(ranks, return_inverse=True, return_counts=True)
    means = np.add.reduceat(places, np.cumsum(size) - size) / size
    return np.asarray(means[group])


def settled(scores: Array, terms: Array) -> Array:
    """Return scores in which what is only rounding beside the terms that cancelled is 0.

    >>> settled(np.array([0.1 + 0.2 - 0.3, 0.5]), np.array([0.3, 0.5])).tolist()
    [0.0, 0.5]
    """
    return np.where(np.abs(scores) > 1e-14 * np.abs(terms).max(), scores, 0.0)
