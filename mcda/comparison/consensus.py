"""One ranking out of many: Borda, Copeland and Kemeny.

Rankings come as a (k, n) array of ranks, 1 the best, or as `kendall_tau_b` takes them, and count alike; equal ranks
tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..registry import Array
from ..tabular import Tabular, frame
from .agreement import mean_places

if TYPE_CHECKING:
    import pandas as pd

EXACT_UP_TO = 18
"""Alternatives up to which the Kemeny orders are found: time and memory grow as n 2^n (about a second at 18)."""


def preferences(rankings: Any) -> NDArray[np.int64]:
    """Count the rankings that put i before j: (n, n).

    >>> preferences([[1, 2, 2], [2, 1, 3]]).tolist()
    [[0, 1, 2], [1, 0, 1], [0, 0, 0]]
    """
    places = mean_places(rankings)
    count = np.min_scalar_type(len(places))  # the narrowest that holds their number is the quickest
    before = np.empty(places.shape, dtype=bool)
    counted = (np.less(place[:, None], places, out=before).sum(axis=0, dtype=count) for place in places.T)
    return np.array([*counted], dtype=np.int64)


def borda(rankings: Any) -> Array:
    """Borda's points: b_i = sum over rankings of n - place_i, so a point for each alternative beaten, half for a tie.

    (Borda 1784, Mémoire sur les élections au scrutin, Histoire de l'Académie royale des sciences pour 1781.)

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; equal ranks tie.

    Returns
    -------
    (n,) points; more is better.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> borda([[1, 2, 3], [2, 1, 3]]).tolist()
    [3.0, 3.0, 0.0]
    """
    places = mean_places(rankings)
    return np.asarray((places.shape[1] - places).sum(axis=0))


def copeland(rankings: Any) -> Array:
    """Copeland's score: majorities won less majorities lost, c_i = sum_j sign(P_ij - P_ji).

    (Copeland 1951, A reasonable social welfare function, University of Michigan.)

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; equal ranks tie.

    Returns
    -------
    (n,) scores; more is better.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> copeland([[1, 2, 3], [2, 1, 3]]).tolist()
    [1.0, 1.0, -2.0]
    """
    before = preferences(rankings)
    return np.asarray(np.sign(before - before.T).sum(axis=1), dtype=float)


@dataclass(frozen=True)
class Kemeny(Tabular):
    """The orders nearest to all rankings.

    Attributes
    ----------
    ranks : (n,) places in one nearest order; of several, the first in the order of the alternatives.
    distance : pairs that it orders otherwise than a ranking does, summed over the rankings; a pair tied there counts
        one half.
    orders : how many orders are that near.
    best, worst : (n,) the first and the last place that each alternative has in any of them.
    """

    ranks: NDArray[np.int64]
    distance: float
    orders: int
    best: NDArray[np.int64]
    worst: NDArray[np.int64]

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative, in their order: its place, and the first and last one in any nearest order."""
        return frame({"rank": self.ranks, "best": self.best, "worst": self.worst})

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        places = {"ranks": self.ranks.tolist(), "best": self.best.tolist(), "worst": self.worst.tolist()}
        return {**places, "distance": self.distance, "orders": self.orders}


def kemeny(rankings: Any) -> Kemeny:
    """Find the orders without ties of the least total Kendall distance to all rankings, exactly.

    By dynamic programming over the sets S of alternatives that stand first:
    f(S) = min over i in S of f(S - i) + sum over j in S - i of P_ij, P_ij the rankings with i before j. (Kemeny 1959,
    Mathematics without numbers, Daedalus 88(4), 577-591; ties count 1/2 as in Fagin et al. 2006, Comparing partial
    rankings, SIAM Journal on Discrete Mathematics 20(3), 628-648; the recursion as in Held & Karp 1962.)

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; equal ranks tie.

    Returns
    -------
    Kemeny
        One nearest order, how near it is, and which places each alternative has in any order as near.

    Raises
    ------
    InputError
        No table of finite ranks, or more than `EXACT_UP_TO` alternatives.

    Examples
    --------
    >>> found = kemeny([[1, 2, 3], [2, 1, 3]])
    >>> found.ranks.tolist(), found.distance, found.orders, found.worst.tolist()
    ([1, 2, 3], 1.0, 2, [2, 2, 3])
    """
    before = preferences(rankings)
    n = len(before)
    if n > EXACT_UP_TO:
        raise InputError(
            "kemeny_size",
            "rankings",
            f"{n} alternatives",
            f"at most {EXACT_UP_TO} for an exact Kemeny order",
            "Use borda or copeland.",
        )
    # sets of alternatives are numbers, alternative i the bit 2^i
    each, bit = np.arange(n)[:, None], 2 ** np.arange(n)[:, None]
    after = np.array([_subset_sums(row) for row in before])  # (n, 2^n): the cost of i right behind a set
    size = _subset_sums(np.ones(n, dtype=np.int64))
    sizes = np.split(np.argsort(size, kind="stable"), np.cumsum(np.bincount(size))[:-1])
    cost = np.zeros(2**n, dtype=np.int64)
    orders = np.zeros(2**n, dtype=np.int64)
    orders[0] = 1
    nearest: list[NDArray[np.bool_]] = []  # by size: (n, sets), whether i may stand last in the set
    for sets in sizes[1:]:
        ends = np.where(sets & bit, cost[sets ^ bit] + after[each, sets ^ bit], np.iinfo(np.int64).max)
        cost[sets] = ends.min(axis=0)
        nearest.append(ends == cost[sets])
        orders[sets] = np.where(nearest[-1], orders[sets ^ bit], 0).sum(axis=0)

    on_the_way = np.zeros(2**n, dtype=bool)
    on_the_way[-1] = True
    possible = np.zeros((n, n), dtype=bool)  # alternative, place
    for place in range(n - 1, -1, -1):
        sets = sizes[place + 1]
        last = nearest[place] & on_the_way[sets]
        possible[:, place] = last.any(axis=1)
        on_the_way[(sets ^ bit)[last]] = True

    ranks = np.zeros(n, dtype=np.int64)
    first = 0
    for place in range(1, n + 1):
        follows = next(
            i
            for i in range(n)
            if not first >> i & 1
            and on_the_way[first | 1 << i]
            and cost[first] + after[i, first] == cost[first | 1 << i]
        )
        ranks[follows] = place
        first |= 1 << follows
    apart = len(mean_places(rankings)) * n * (n - 1) // 2 - int(before.sum())
    return Kemeny(
        ranks=ranks,
        distance=float(cost[-1]) + apart / 2,
        orders=int(orders[-1]),
        best=possible.argmax(axis=1) + 1,
        worst=n - possible[:, ::-1].argmax(axis=1),
    )


def _subset_sums(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum the values over every subset: (2^n,)."""
    total = np.zeros(1, dtype=np.int64)
    for value in values:
        total = np.concatenate([total, total + value])
    return total
