"""How far rankings agree: rank correlations between every two of k rankings, and what moves the ranks.

Rankings come as a (k, n) array of ranks, 1 the best, and the answer is (k, k); or as a frame, a dict or a list of
rankings, and the answer is a DataFrame by their names (`read_rankings`). Equal ranks, whatever their numbers, count
as the mean of their places ("1 2 2 4" as 1, 2.5, 2.5, 4). Against a ranking that ties everything, or with a single
alternative, no agreement is defined: nan.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..labels import as_array
from ..ranks import by_rank
from ..registry import Array
from .rankings import Measure, labelled_pairs, read_rankings

if TYPE_CHECKING:
    from ..names import CorrelationName


SIDE = 64
"""Rankings and pairs in a block: its products run on one thread of OpenBLAS, where a second one would only wait."""


def mean_places(rankings: Any) -> Array:
    """Return ranks as places: equal ones share the mean of the places that they take together.

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best, or what else `kendall_tau_b` reads; equal ranks tie.

    Returns
    -------
    (k, n) places.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> mean_places([[1, 2, 2, 4]]).tolist()
    [[1.0, 2.5, 2.5, 4.0]]
    """
    given = read_rankings(rankings).array
    places = np.arange(1.0, given.shape[1] + 1)
    return np.array([by_rank(ranks, places) for ranks in given])


def _defined(places: Array, agreement: Array) -> Array:
    """Return nan where either ranking ties everything."""
    tells = np.ptp(places, axis=1) > 0
    return np.where(np.outer(tells, tells), agreement, np.nan)


@labelled_pairs
def kendall_tau_b(rankings: Any) -> Array:
    """Kendall's tau-b: tau = (P - Q) / sqrt((P + Q + T_x)(P + Q + T_y)).

    P pairs of alternatives stand in the same order in both rankings and Q in opposite orders; T_x pairs are tied only
    in x, T_y only in y (Kendall 1945, The treatment of ties in ranking problems, Biometrika 33(3), 239-251).

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; a DataFrame with alternatives in its rows; rankings by name;
        or a list of `Ranking`, Series or mappings by alternative. Equal ranks tie.

    Returns
    -------
    (k, k) agreement of every two rankings, nan where one of them ties everything. From -1 to 1.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> kendall_tau_b([[1, 2, 3], [1, 3, 2]]).round(4).tolist()
    [[1.0, 0.3333], [0.3333, 1.0]]
    """
    places = mean_places(rankings)
    held, of = np.unique(places, axis=0, return_inverse=True)  # of many rankings some are the same
    balance = _balance(held)[np.ix_(of.ravel(), of.ravel())]
    untied = np.diag(balance)
    return _ratio(places, balance, np.sqrt(np.outer(untied, untied)))


def _balance(places: Array) -> Array:
    """Return P - Q, the pairs in the same order less those in opposite ones, of every two of (k, n) places: (k, k).

    By blocks of `SIDE`, in single precision, where sums of 1 and -1 are exact.
    """
    k, n = places.shape
    blocks, longest = -(-k // SIDE), -(-n // SIDE)
    held = np.zeros((n, blocks * SIDE), dtype=np.float32)
    held[:, :k] = places.T
    balance = np.zeros((blocks, SIDE, blocks, SIDE))
    order = np.zeros((longest * SIDE, blocks * SIDE), dtype=np.float32)
    products = np.empty((longest, SIDE, SIDE), dtype=np.float32)
    for i in range(n - 1):  # a row of pairs at a time: memory stays k x n
        rows = n - 1 - i
        np.sign(held[i + 1 :] - held[i], out=order[:rows])
        order[rows] = 0.0
        parts = order.reshape(longest, SIDE, blocks, SIDE)[: -(-rows // SIDE)]
        for p in range(blocks):
            for q in range(p + 1):
                made = products[: len(parts)]
                balance[p, :, q] += np.matmul(parts[:, :, p].swapaxes(1, 2), parts[:, :, q], out=made).sum(axis=0)
    below = balance.reshape(held.shape[1], held.shape[1])[:k, :k]
    return np.asarray(np.tril(below) + np.tril(below, -1).T)


@labelled_pairs
def spearman(rankings: Any) -> Array:
    """Spearman's rho with ties: the product-moment correlation of the places, cov(x, y) / (s_x s_y).

    (Spearman 1904, The proof and measurement of association between two things, American Journal of Psychology 15(1),
    72-101; ties as in Kendall 1945.)

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; a DataFrame with alternatives in its rows; rankings by name;
        or a list of `Ranking`, Series or mappings by alternative. Equal ranks tie.

    Returns
    -------
    (k, k) agreement of every two rankings, nan where one of them ties everything. From -1 to 1.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> spearman([[1, 2, 3], [1, 3, 2]]).round(4).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    places = mean_places(rankings)
    centred = places - places.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).sum(axis=1))
    return _ratio(places, centred @ centred.T, np.outer(spread, spread))


def _ratio(places: Array, above: Array, below: Array) -> Array:
    tells = below > 0
    return _defined(places, np.clip(np.divide(above, below, out=np.zeros_like(above), where=tells), -1.0, 1.0))


@labelled_pairs
def weighted_spearman(rankings: Any) -> Array:
    """Weighted Spearman: r_w = 1 - 6 sum (x_i - y_i)^2 (2n + 2 - x_i - y_i) / (n^4 + n^3 - n^2 - n).

    Differences at the top weigh more (Pinto da Costa & Soares 2005, A weighted rank measure of correlation, Australian
    & New Zealand Journal of Statistics 47(4), 515-529). Derived for rankings without ties; with ties, of the places.

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; a DataFrame with alternatives in its rows; rankings by name;
        or a list of `Ranking`, Series or mappings by alternative. Equal ranks tie.

    Returns
    -------
    (k, k) agreement of every two rankings, nan where one of them ties everything. From -1 to 1.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> weighted_spearman([[1, 2, 3, 4, 5], [2, 1, 3, 4, 5]]).round(4).tolist()
    [[1.0, 0.85], [0.85, 1.0]]
    """
    places = mean_places(rankings)
    n = places.shape[1]
    apart = np.array([((places - x) ** 2 * (2 * n + 2 - places - x)).sum(axis=1) for x in places])
    return _defined(places, 1.0 - 6.0 * apart / max(n**4 + n**3 - n**2 - n, 1))


@labelled_pairs
def ws(rankings: Any) -> Array:
    """WS coefficient: ``1 - sum 2^-x_i |x_i - y_i| / max(x_i - 1, n - x_i)``, x the reference (row), y the other.

    Not symmetric; differences at the top of x weigh more (Sałabun & Urbaniak 2020, A new coefficient of rankings
    similarity in decision-making problems, ICCS 2020, 632-645). Defined for rankings without ties; with ties, of the
    places.

    Parameters
    ----------
    rankings : (k, n) ranks, a ranking a row, 1 the best; a DataFrame with alternatives in its rows; rankings by name;
        or a list of `Ranking`, Series or mappings by alternative. Equal ranks tie.

    Returns
    -------
    (k, k) similarity of each ranking (column) to each reference (row), nan where one of them ties everything. From 0
    to 1.

    Raises
    ------
    InputError
        No table of finite ranks.

    Examples
    --------
    >>> ws([[1, 2, 3, 4, 5], [2, 1, 3, 4, 5]]).round(4).tolist()
    [[1.0, 0.7917], [0.7917, 1.0]]
    """
    places = mean_places(rankings)
    farthest = np.maximum(np.maximum(places - 1, places.shape[1] - places), 0.5)  # 0.5: a single alternative
    weights = 2.0**-places / farthest
    return _defined(places, 1.0 - np.array([np.abs(places - x) @ w for x, w in zip(places, weights, strict=True)]))


CORRELATIONS: Mapping[CorrelationName, Measure] = MappingProxyType(
    {"kendall_tau_b": kendall_tau_b, "spearman": spearman, "weighted_spearman": weighted_spearman, "ws": ws}
)
"""Every measure of agreement by name."""


def two_way(ranks: Array) -> Array:
    """Split the variation of each alternative's ranks over schemes (rows) and methods (columns), two-way.

    With y_ij the ranks of an alternative over rows i and columns j, the sums of squares are: rows
    ``b sum_i (y_i. - y..)^2``, columns ``a sum_j (y_.j - y..)^2``, interaction
    ``sum_ij (y_ij - y_i. - y_.j + y..)^2``. They add up to ``sum_ij (y_ij - y..)^2``. (Fisher 1925, Statistical methods
    for research workers, chapter 8; a layout without replication.)

    Parameters
    ----------
    ranks : (a, b, n) ranks of n alternatives.

    Returns
    -------
    (n, 3) sums of squares of rows, columns and interaction.

    Examples
    --------
    >>> two_way(np.array([[[1.0], [2.0]], [[3.0], [4.0]]])).tolist()
    [[4.0, 1.0, 0.0]]
    """
    ranks = as_array("ranks", ranks, 3)
    a, b, _ = ranks.shape
    mean = ranks.mean(axis=(0, 1))
    row, column = ranks.mean(axis=1), ranks.mean(axis=0)
    rest = ranks - row[:, None] - column[None, :] + mean
    return np.stack(
        [b * ((row - mean) ** 2).sum(axis=0), a * ((column - mean) ** 2).sum(axis=0), (rest**2).sum(axis=(0, 1))],
        axis=1,
    )


def largest_block(computed: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """Find the largest block without a gap: of two rows and two columns at least, if there is one.

    Its columns are those that some set of rows has in common, so the intersections of rows are enough to look at.

    Parameters
    ----------
    computed : (a, b), True where there is a ranking of scheme (row) and method (column).

    Returns
    -------
    The numbers of its rows, and of its columns.

    Examples
    --------
    >>> largest_block(np.array([[True, True, True], [True, False, True]]))
    ([0, 1], [0, 2])
    """
    rows = [frozenset(np.flatnonzero(row).tolist()) for row in as_array("computed", computed, 2)]
    meets: dict[frozenset[int], None] = {}
    for row in dict.fromkeys(rows):
        meets |= dict.fromkeys([row, *(row & other for other in meets)])
    blocks = [([i for i, row in enumerate(rows) if row >= columns], sorted(columns)) for columns in meets]
    return max(
        blocks,
        default=([], []),
        key=lambda block: (min(len(block[0]), len(block[1])) > 1, len(block[0]) * len(block[1])),
    )
