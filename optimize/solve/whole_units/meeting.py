"""Partial plans that meet in the middle, compiled: which patterns of blocks fit what they share with the least loss.

At given prices every pattern of a block has a loss, what it is worth less than the block's best; a whole plan loses
these and what is left over of everything that has a price. Of either half of the blocks the partial plans of least loss
are listed, and of every one on one side those on the other are looked up that leave almost nothing over.

Source: Horowitz & Sahni (1974), Computing partitions with applications to the knapsack problem, Journal of the ACM 21,
277-292.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiled import njit
from ...model.programme import Array
from ..decomposition.block_simplex import Int

GRID = 4
"""Dimensions of the grid in which partial plans are looked up, at most."""
FITS = 1e-11
"""What is over its end by no more than this, relative to what is there, fits."""


@njit(cache=True, nogil=True)
def partial_plans(owner: NDArray[np.int64], loss: Array, limit: float, parent: Int, item: Int, total: Array) -> int:
    """List the sets of patterns, of a block one at the most, that lose no more than a limit together.

    Parameters
    ----------
    owner, loss : (K,) block and loss of each pattern, in the order of losses.
    parent, item, total : (C,) filled in: the set to which a pattern was added, the pattern, and the loss; the first is
        the empty set, whose own parent it is.

    Returns
    -------
    How many there are; C + 1 if more than C.
    """
    parent[0], item[0], total[0] = 0, -1, 0.0
    count, at = 1, 0
    while at < count:
        for k in range(item[at] + 1, len(loss)):
            together = total[at] + loss[k]
            if together > limit:
                break
            of, taken = at, False
            while of > 0:
                if owner[item[of]] == owner[k]:
                    taken = True
                    break
                of = parent[of]
            if taken:
                continue
            if count == len(parent):
                return count + 1
            parent[count], item[count], total[count] = at, k, together
            count += 1
        at += 1
    return count


@njit(cache=True, nogil=True)
def uses_of(parent: Int, item: Int, shift: Array, count: int) -> Array:
    """Return what each set of patterns uses, (count, R): what its parent does, and one pattern."""
    use = np.zeros((count, shift.shape[1]))
    for s in range(1, count):
        for r in range(shift.shape[1]):
            use[s, r] = use[parent[s], r] + shift[item[s], r]
    return use


@njit(cache=True, nogil=True)
def _cell(at: NDArray[np.int64]) -> np.int64:
    """Return the hash of a cell: Fowler, Noll & Vo's, its high digits mixed in."""
    found = np.int64(1469598103934665603)
    for k in at:
        found = np.int64((found ^ k) * np.int64(1099511628211))
        found = np.int64(found ^ (found >> 29))
    return found


@njit(cache=True, nogil=True)
def in_cells(place: Array, sequence: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return sets in the order of their cells, in each cell in a *sequence*.

    *place* (S, G) is the place of each in the grid, in widths of a cell; *table* (2^k + 1,) is filled with where each
    cell begins.
    """
    mask = len(table) - 2
    key, at = np.empty(len(place), np.int64), np.empty(place.shape[1], np.int64)
    table[:] = 0
    for s in range(len(place)):
        for g in range(len(at)):
            at[g] = int(np.floor(place[s, g]))
        key[s] = _cell(at) & mask
        table[key[s] + 1] += 1
    for k in range(mask + 1):
        table[k + 1] += table[k]
    first, order = table[:-1].copy(), np.empty(len(place), np.int64)
    for s in sequence:
        order[first[key[s]]] = s
        first[key[s]] += 1
    return order


@njit(cache=True, nogil=True)
def meet(
    place: Array,
    use: Array,
    loss: Array,
    left_over: Array,
    table: NDArray[np.int64],
    other_use: Array,
    other_loss: Array,
    other_less: Array,
    low: Array,
    high: Array,
    best: float,
    work: int,
) -> tuple[float, int, int]:
    """Return the least loss of two sets that fit together, if it is below *best*, and the two; -1 where there are none.

    Parameters
    ----------
    place : (S, G) where in the grid of the other side nothing would be left over, for each set; a cell is no less wide
        than *best*.
    use, loss, left_over : (S, R), (S,), (S,) of the sets of one side; the last is what would be lost by what is left
        over of what has a price if nothing were added.
    table, other_use, other_loss, other_less : of the other side, in the order of its cells, in each by loss; the last
        is by how much less is lost by what is left over.
    low, high : (R,) how much more may be used in all, at least and at most.
    work : pairs that are looked at, beyond which it is left.
    """
    mask, grid = len(table) - 2, place.shape[1]
    left, right = -1, -1
    base, at = np.empty(grid, np.int64), np.empty(grid, np.int64)
    for a in range(len(loss)):
        if loss[a] >= best:
            continue
        if work < 0:
            break
        for g in range(grid):
            base[g] = int(np.floor(place[a, g]))
        for corner in range(1 << grid):
            for g in range(grid):
                at[g] = base[g] - ((corner >> g) & 1)
            cell = _cell(at) & mask
            for b in range(table[cell], table[cell + 1]):
                lost = loss[a] + other_loss[b]
                if lost >= best:
                    break
                work -= 1
                lost += left_over[a] - other_less[b]
                if lost >= best:
                    continue
                fits = True
                for r in range(len(low)):
                    used = use[a, r] + other_use[b, r]
                    if used > high[r] or used < low[r]:
                        fits = False
                        break
                if fits:
                    best, left, right = lost, a, b
    return best, left, right
