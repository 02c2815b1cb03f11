"""Scores to ranks."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .registry import Array, Better

Ranks = NDArray[np.signedinteger[Any]]

TIE = 1e-9
"""Scores closer than this, relative to their size, are equal."""

ROUNDING = 1e-15
"""Differences this near to a threshold, relative to the values, are equal to it: 0.3 - 0.1 is 0.2."""

BLOCK = 2**16
"""Alternatives compared with their neighbours at a time, so that what is computed on the way stays small."""
FEW = 32
"""Up to so many alternatives, comparing every pair is quicker than sorting."""


def competition_ranks(scores: Array, better: Better = "higher") -> Ranks:
    """Rank scores; equal scores share the best rank of their group ("1 2 2 4").

    A group holds the scores within `TIE` of its first one, so that ties do not chain. Scores that differ only by
    rounding about zero (1e-15 of the largest) are equal too. Of (m, k) scores every column is ranked by itself.

    >>> competition_ranks(np.array([0.2, 0.9, 0.9, 0.1])).tolist()
    [3, 1, 1, 4]
    >>> competition_ranks(np.array([0.2, 0.9, 0.9, 0.1]), better="lower").tolist()
    [2, 3, 3, 1]
    """
    key = -scores if better == "higher" else scores
    if key.ndim == 1:
        return _by_sorting(key[:, None])[:, 0]
    if len(key) > FEW:
        return _by_sorting(key)
    ranks = _by_pairs(key)
    tied = np.flatnonzero(ranks.sum(axis=0, dtype=np.int64) != len(key) * (len(key) + 1) // 2)
    if tied.size:
        ranks[:, tied] = _by_sorting(key[:, tied])
    return ranks


def _by_pairs(key: Array) -> NDArray[np.int8]:
    """Rank by counting the pairs that are lost clearly; so the ranks of a column with a tie sum to less."""
    slack = (TIE * (1 + TIE) + 1e-15) * np.abs(key).max(axis=0)
    ahead, behind = key + slack, key - slack
    ranks = np.ones(key.shape, dtype=np.int8)
    for i in range(len(key) - 1):
        ranks[i] += (key[i + 1 :] < behind[i]).view(np.int8).sum(axis=0, dtype=np.int8)
        ranks[i + 1 :] += (ahead[i] < key[i + 1 :]).view(np.int8)
    return ranks


def _by_sorting(key: Array) -> NDArray[np.int64]:
    """Rank by groups: a score starts one if it is apart from the score before it, or from the first of its group."""
    order = np.argsort(key, axis=0)
    values = np.take_along_axis(key, order, axis=0)
    floor = 1e-15 * np.abs(values[[0, -1]]).max(axis=0)

    def apart(later: Array, earlier: Array) -> NDArray[np.bool_]:
        return np.asarray(later - earlier > TIE * np.maximum(np.abs(later), np.abs(earlier)) + floor)

    starts = np.ones(key.shape, dtype=bool)
    for at in range(1, len(key), BLOCK):
        starts[at : at + BLOCK] = apart(values[at : at + BLOCK], values[at - 1 : at - 1 + BLOCK][: len(key) - at])
    place = np.arange(len(key))[:, None]
    first = np.broadcast_to(place, key.shape)
    while not starts.all():
        first = np.maximum.accumulate(np.where(starts, place, 0), axis=0)
        late = apart(values, np.take_along_axis(values, first, axis=0))
        if not late.any():
            break
        starts[1:] |= late[1:] & ~late[:-1]
    ranks = np.empty(key.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, first + 1, axis=0)
    return ranks


def crossed(first: Array | Ranks, second: Array | Ranks) -> tuple[Array, Array]:
    """Cross two rankings to the partial preorder that they agree on, two (m, m).

    1 where the row is before the column: in one, and not behind it in the other; and 1 where both are incomparable:
    each is before the other in one.

    >>> before, apart = crossed(np.array([1, 2, 2]), np.array([2, 1, 3]))
    >>> before.tolist(), apart.tolist()
    ([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    """
    one, other = (np.sign(ranks - ranks[:, None]) for ranks in (first, second))
    apart = one * other < 0
    return ((one + other > 0) & ~apart).astype(float), apart.astype(float)


def by_rank(ranks: Array, places: Array) -> Array:
    """Give each rank the value of its place, the best rank first; equal ranks share the mean of their places.

    >>> by_rank(np.array([2.0, 1.0, 2.0]), np.array([0.6, 0.3, 0.1])).tolist()
    [0.2, 0.6, 0.2]
    """
    _, group, size = np.unique(ranks, return_inverse=True, return_counts=True)
    means = np.add.reduceat(places, np.cumsum(size) - size) / size
    return np.asarray(means[group])


def settled(scores: Array, largest: Array | float) -> Array:
    """Return scores in which what is only rounding beside the largest term that cancelled is 0.

    >>> settled(np.array([0.1 + 0.2 - 0.3, 0.5]), 0.5).tolist()
    [0.0, 0.5]
    """
    return np.where(np.abs(scores) > 1e-14 * largest, scores, 0.0)
