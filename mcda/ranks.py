"""Scores to ranks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .labels import as_array
from .registry import Array, Better, find

Ranks = NDArray[np.signedinteger[Any]]
Sets = NDArray[np.uint64]
"""Sets of alternatives, 64 a word."""

TIE = 1e-9
"""Scores closer than this, relative to their size, are equal."""

ROUNDING = 1.2e-16
"""Half a unit in the last place: differences that may be equal to a threshold, were it not for the rounding of the two
values, of their difference and of the threshold, are equal to it: 0.3 - 0.1 is 0.2."""

BLOCK = 2**16
"""Alternatives compared with their neighbours at a time, so that what is computed on the way stays small."""
FEW = 32
"""Up to so many alternatives, comparing every pair is quicker than sorting."""


def competition_ranks(scores: Array, better: Better = "higher") -> Ranks:
    """Rank scores; equal scores share the best rank of their group ("1 2 2 4").

    A group holds the scores within `TIE` of its first one, so that ties do not chain. Scores that differ only by
    rounding about zero (1e-15 of the largest) are equal too.

    Parameters
    ----------
    scores : (m,), or (m, k): every column is ranked by itself.
    better : whether ``"higher"`` or ``"lower"`` scores are better.

    Returns
    -------
    Ranks of the shape of the scores, 1 the best.

    Examples
    --------
    >>> competition_ranks(np.array([0.2, 0.9, 0.9, 0.1])).tolist()
    [3, 1, 1, 4]
    >>> competition_ranks(np.array([0.2, 0.9, 0.9, 0.1]), better="lower").tolist()
    [2, 3, 3, 1]
    """
    find("better", {"higher": None, "lower": None}, better)
    scores = as_array("scores", scores, 1, 2)
    if not len(scores):
        raise InputError("option_value", "scores", "no alternative", "one at least")
    if scores.ndim == 1:
        return _by_sorting(scores[:, None], better)[:, 0]
    if len(scores) > FEW:
        return _by_sorting(scores, better)
    size = BLOCK // len(scores)
    blocks = (ranks_and_pairs(scores[:, at : at + size], better)[0] for at in range(0, scores.shape[1], size))
    return np.concatenate([np.empty((len(scores), 0), dtype=np.int8), *blocks], axis=1)


def ranks_and_pairs(scores: Array, better: Better) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Rank (m, k) scores by comparing all pairs; tell too, (m, m, k), where the second of two is before the first.

    In single precision, which is twice as quick: what it cannot tell apart is ranked by sorting. Rounding of the scores
    and of what is clear makes up 2^-22 of the largest. Pairs are of `whole_words`, which `count` takes.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # infinite ones tell nothing apart
        key = scores.astype(np.float32)
        if better == "higher":
            np.negative(key, out=key)
        room = np.float32(2.0**-20) * np.maximum(key.max(axis=0), -key.min(axis=0))
    return told_apart(key, room, lambda tied: scores[:, tied], better)


def told_apart(
    key: NDArray[np.float32], room: NDArray[np.float32], exactly: Callable[[NDArray[np.intp]], Array], better: Better
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return what `ranks_and_pairs` does by (m, k) keys in single precision, the lowest first.

    Columns in which two are no farther apart than the *room* (k,) are ranked by the scores that *exactly* gives of
    them.
    """
    m, k = key.shape
    with np.errstate(over="ignore", invalid="ignore"):
        clear = key - room
    before = whole_words((m, m, k))
    np.less(key, clear[:, None], out=before[..., :k])
    ranks = np.add.reduce(before[..., :k].view(np.int8), axis=1, dtype=np.int8)
    ranks += np.int8(1)
    tied = np.flatnonzero(ranks.sum(axis=0, dtype=np.int16) != m * (m + 1) // 2)
    if tied.size:
        again = _by_sorting(exactly(tied), better)
        ranks[:, tied], before[..., tied] = again, again < again[:, None]
    return ranks, before


def whole_words(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return truths to be filled in, of that shape, with false ones behind up to a whole number of words of eight."""
    truths = np.empty((*shape[:-1], -(-shape[-1] // 8) * 8), dtype=bool)
    truths[..., shape[-1] :] = False
    return truths


def count(truths: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count along the last axis of what `whole_words` returned.

    Eight truths a word are added at a time, up to 255 of them: no byte overflows into the next.

    >>> count(np.ones((2, 2048), dtype=bool)).tolist()
    [2048, 2048]
    """
    words = np.add.reduceat(truths.view(np.uint64), np.arange(0, truths.shape[-1] // 8, 255), axis=-1)
    return np.asarray(words.view(np.uint8).sum(axis=-1, dtype=np.int64))


def _by_sorting(scores: Array, better: Better) -> NDArray[np.int64]:
    order, starts = groups(scores, better)
    placed = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(placed, order, _first_places(starts), axis=0)
    return placed


def groups(scores: Array, better: Better) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the order of each column, the best first, and where in it a group of equals starts.

    A score starts one if it is apart from the score before it, or from the first of its group. No more is kept at a
    time than needed: of a million alternatives every array here counts.
    """
    order = np.argsort(scores, axis=0)[:: -1 if better == "higher" else 1]
    values = np.take_along_axis(scores, order, axis=0)
    if better == "higher":
        np.negative(values, out=values)
    floor = 1e-15 * np.abs(values[[0, -1]]).max(axis=0)

    def apart(later: Array, earlier: Array, floor: Array = floor) -> NDArray[np.bool_]:
        # of two in order the larger in size is the later one, or what is below 0
        return np.asarray(later - earlier > TIE * np.maximum(later, -earlier) + floor)

    starts = np.ones(scores.shape, dtype=bool)
    for at in range(1, len(scores), BLOCK):
        starts[at : at + BLOCK] = apart(values[at : at + BLOCK], values[at - 1 : at - 1 + BLOCK][: len(scores) - at])
    while not starts.all():
        ranks = _first_places(starts)
        row, column = np.nonzero(~starts)
        late = np.zeros(scores.shape, dtype=bool)
        late[row, column] = apart(values[row, column], values[ranks[row, column] - 1, column], floor[column])
        if not late.any():
            break
        starts[1:] |= late[1:] & ~late[:-1]
    return order, starts


def _first_places(starts: NDArray[np.bool_]) -> Ranks:
    """Return for each place, from the best on, the first one of its group."""
    place = np.arange(1, len(starts) + 1, dtype=np.int32 if len(starts) < 2**31 else np.int64)[:, None]
    if starts.all():
        return np.broadcast_to(place, starts.shape)
    first = np.where(starts, place, np.ones_like(place[0]))
    return np.asarray(np.maximum.accumulate(first, axis=0, out=first))


def sets_before(scores: Array, better: Better = "higher") -> tuple[Sets, Sets, bool]:
    """Return who ranks before each alternative, who does not rank behind it, itself among them, and if any tie.

    Parameters
    ----------
    scores, better : (m, k), as for `competition_ranks`.

    Returns
    -------
    Two (m, k, words) arrays, and a truth. Bit b of word a tells of alternative 64 a + b: so what holds of all pairs is
    told by a few operations on words.

    Examples
    --------
    >>> before, level, tied = sets_before(np.array([[0.2], [0.9], [0.9], [0.1]]))
    >>> [f"{word:04b}" for word in before[:, 0, 0]], [f"{word:04b}" for word in level[:, 0, 0]]
    (['0110', '0000', '0000', '0111'], ['0111', '0110', '0110', '1111'])
    """
    order, starts = groups(scores, better)
    m, k = scores.shape
    own = _singles(m)
    first = np.zeros((m + 1, k, own.shape[1]), dtype=np.uint64)  # those in the first p places
    np.bitwise_or.accumulate(own.take(order, axis=0), axis=0, out=first[1:])

    def within(places: Ranks) -> Sets:
        """Return for each alternative the first p, p told by place."""
        of = np.empty((m, k), dtype=np.intp)
        np.put_along_axis(of, order, places * k + np.arange(k), axis=0)
        return np.asarray(first.reshape(-1, own.shape[1]).take(of, axis=0))

    before = within(_first_places(starts) - 1)
    if starts.all():
        return before, before | own[:, None], False
    ends = np.vstack([starts[1:], np.ones_like(starts[:1])])
    last = np.where(ends, np.arange(1, m + 1)[:, None], m)
    return before, within(np.minimum.accumulate(last[::-1], axis=0)[::-1]), True


def _singles(count: int) -> Sets:
    """Return the set of each alternative alone, (m, words)."""
    each = np.arange(count)
    own = np.zeros((count, -(-count // 64)), dtype=np.uint64)
    own[each, each // 64] = np.uint64(1) << (each % 64).astype(np.uint64)
    return own


def sizes(sets: Sets) -> Array:
    """Return how many are in each of (m, k, words) sets.

    >>> sizes(np.array([[[5, 1]], [[0, 1]]], dtype=np.uint64)).tolist()
    [[3.0], [1.0]]
    """
    counts = np.bitwise_count(sets)
    found = np.zeros(sets.shape[:-1])
    for word in range(sets.shape[-1]):
        found += counts[..., word]
    return found


def crossed(first: Array | Ranks, second: Array | Ranks) -> tuple[Array, Array]:
    """Intersect two rankings to a partial preorder, given as two (m, m) relations.

    1 where the row is before the column: in one, and not behind it in the other; and 1 where both are incomparable:
    each is before the other in one.

    >>> before, apart = crossed(np.array([1, 2, 2]), np.array([2, 1, 3]))
    >>> before.tolist(), apart.tolist()
    ([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    """
    one, other = (np.sign(ranks - ranks[:, None]) for ranks in (first, second))
    apart = one * other < 0
    return ((one + other > 0) & ~apart).astype(float), apart.astype(float)


def by_rank(ranks: Array | Ranks, places: Array) -> Array:
    """Give each rank the value of its place, the best first; equal ranks share the mean of the values of their places.

    >>> by_rank(np.array([2.0, 1.0, 2.0]), np.array([0.6, 0.3, 0.1])).tolist()
    [0.2, 0.6, 0.2]
    """
    _, group, size = np.unique(ranks, return_inverse=True, return_counts=True)
    means = np.add.reduceat(places, np.cumsum(size) - size) / size
    return np.asarray(means[group])


def by_place(values: Array, worth: Array) -> Array:
    """Give every value of (m, n) columns, the largest first, the worth of its place; ties share the mean.

    The least value goes first, so that what differs on a large offset is no tie.

    >>> by_place(np.array([[1e9], [1e9 + 1], [1e9 + 1]]), np.array([3.0, 2.0, 1.0])).ravel().tolist()
    [1.0, 2.5, 2.5]
    """
    return np.array([by_rank(competition_ranks(column), worth) for column in (values - values.min(axis=0)).T]).T


def about_mean(matrix: Array) -> tuple[Array, Array]:
    """Return the deviations of (m, n) columns from their means, and the means.

    The least value goes first: what a large offset would round away stays.

    >>> about_mean(np.array([[1e9], [1e9 + 1], [1e9 + 2]]))[0].ravel().tolist()
    [-1.0, 0.0, 1.0]
    """
    low = matrix.min(axis=0)
    above = matrix - low
    mean = above.mean(axis=0)
    return np.asarray(above - mean), np.asarray(low + mean)


def settled(scores: Array, largest: Array | float) -> Array:
    """Set scores to 0 that are only the rounding of larger terms that cancelled.

    >>> settled(np.array([0.1 + 0.2 - 0.3, 0.5]), 0.5).tolist()
    [0.0, 0.5]
    """
    return np.where(np.abs(scores) > 1e-14 * largest, scores, 0.0)
