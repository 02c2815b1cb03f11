"""Interval judgements: the range of each weight over all matrices between two bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import Labels
from ..errors import InputError
from ..labels import Table
from ..registry import Array
from ..tabular import Tabular, frame
from .matrix import aligned, square

if TYPE_CHECKING:
    import pandas as pd

MOST_CRITERIA = 20
"""The least weights are found over all sets of the other criteria: 2^19 of them."""

SWEEPS = 10_000
GAP = 1e-13
"""The upper ends of the weights are found to this share of themselves."""


@dataclass(frozen=True)
class Ranges(Tabular):
    """Least and largest weight of each criterion; not all are reached at once.

    Attributes
    ----------
    labels : the n criteria.
    lower, upper : (n,) shares.
    """

    labels: Labels
    lower: Array
    upper: Array

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion."""
        return frame({"lower": self.lower, "upper": self.upper}, self.labels)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "weights": [
                {"criterion": c, "lower": float(low), "upper": float(high)}
                for c, low, high in zip(self.labels, self.lower, self.upper, strict=True)
            ]
        }


def largest_sum(base: Array, low: Array, high: Array) -> float:
    """Return the maximum of sum_j exp(y_j), y_j = base_j + sum_k x_jk, over low <= x <= high, x_kj = -x_jk.

    The sum is convex in each x_jk, so its maximum is at vertices; there x_jk = high_jk > low_jk only if y_j > y_k, as
    exp(y_j) + exp(y_k) grows with the distance of the two. So a vertex that is best orders the criteria: x_jk = high_jk
    for all k below j, low_jk for all above. The best order, by subsets S of those below:
    f(S + j) = f(S) + exp(y_j(S)), y_j(S) = base_j + sum_{k in S} high_jk + sum_{k not in S} low_jk.
    """
    n = len(base)
    inside = (np.arange(2**n)[:, None] >> np.arange(n)) & 1  # (subsets, members)
    y = base + low.sum(axis=1) + inside @ (high - low).T
    size, best = inside.sum(axis=1), np.zeros(2**n)
    for members in range(n):
        for j in range(n):
            below = np.flatnonzero((size == members) & (inside[:, j] == 0))
            above = below | (1 << j)
            best[above] = np.maximum(best[above], best[below] + np.exp(y[below, j]))
    return float(best[-1])


def least_sum(base: Array, low: Array, high: Array) -> float:
    """Return the minimum of the same sum: convex, by cycling through the x_jk.

    Alone, x_jk brings y_j and y_k as near as it may. Ends where the bound sum_j<k max over x'_jk of
    (exp(y_j) - exp(y_k)) (x_jk - x'_jk) on what is still to gain is nothing to the sum.
    """
    n = len(base)
    x = np.clip(np.zeros((n, n)), low, high)
    y = base + x.sum(axis=1)
    for _ in range(SWEEPS):
        for j in range(n):
            for k in range(j + 1, n):
                to = min(max(x[j, k] + (y[k] - y[j]) / 2.0, low[j, k]), high[j, k])
                y[j], y[k] = y[j] + to - x[j, k], y[k] - to + x[j, k]
                x[j, k], x[k, j] = to, -to
        slope = np.subtract.outer(np.exp(y), np.exp(y))
        gain = np.triu(np.maximum(slope * (x - low), slope * (x - high)), 1).sum()
        if gain <= GAP * np.exp(y).sum():
            break
    return float(np.exp(y).sum())


def ahp_intervals(
    lower: Table,
    upper: Table,
) -> Ranges:
    """Range of each weight by the row geometric mean, over all reciprocal matrices with lower <= a_ij <= upper.

    Parameters
    ----------
    lower, upper : (n, n) array or DataFrame
        Bounds l_ij <= a_ij <= u_ij; l_ji = 1 / u_ij, and may be blank (nan) in one half.

    Returns
    -------
    Ranges
        The least and the largest weight of each criterion, as shares.

    Raises
    ------
    InputError
        Bounds that cross or are no reciprocals, or more than 20 criteria.

    Notes
    -----
    log w_i = y_i - log sum_k exp(y_k), y_i = (1/n) sum_j log a_ij, rises with every a_ij of its own row. So the largest
    w_i has its own row at the upper bounds and the least sum of the others, the least w_i its own row at the lower
    bounds and the largest sum; both are found exactly. There is no such range for the eigenvector: its w_i can fall
    while a_ij rises, see Csató & Petróczy (2021), On the monotonicity of the eigenvector method, European Journal of
    Operational Research 292, 230-237.

    Examples
    --------
    >>> ahp_intervals([[1, 1], [1/4, 1]], [[1, 4], [1, 1]]).to_frame().round(3).to_numpy().tolist()
    [[0.5, 0.8], [0.2, 0.5]]
    """
    low, labels = square(lower, "lower")
    high, others = square(upper, "upper")
    labels = others if labels == tuple(range(len(others))) else labels
    high = aligned("upper", high, others, labels)
    with np.errstate(divide="ignore", invalid="ignore"):  # bounds of 0 are told below
        low, high = np.where(np.isnan(low), 1.0 / high.T, low), np.where(np.isnan(high), 1.0 / low.T, high)
        np.fill_diagonal(low, 1.0)
        np.fill_diagonal(high, 1.0)
        bad = ~((low > 0) & (low <= high * (1 + 1e-12)) & (high < np.inf) & (np.abs(low * high.T - 1.0) <= 1e-2))
    if bad.any():
        i, j = np.argwhere(bad)[0]
        raise InputError(
            "intervals_value",
            f"intervals, {labels[i]!r} against {labels[j]!r}",
            f"{low[i, j]:g} to {high[i, j]:g}, and {low[j, i]:g} to {high[j, i]:g} the other way",
            "0 < lower <= upper, and the reciprocals the other way: l_ji = 1 / u_ij",
        )
    n = len(labels)
    if n > MOST_CRITERIA:
        raise InputError(
            "intervals_size",
            "intervals",
            f"{n} criteria",
            f"at most {MOST_CRITERIA}",
            "Group the criteria into a tree.",
        )
    # each pair counts once, in the upper half; x_ij = (1/n) log a_ij
    u = np.triu(np.log(high), 1) / n - np.triu(np.log(low), 1).T / n
    ends = np.empty((2, n))
    for i in range(n):
        rest = np.arange(n) != i
        inner = (-u.T[np.ix_(rest, rest)], u[np.ix_(rest, rest)])
        for side, own, total in ((1, u[i], least_sum), (0, -u[:, i], largest_sum)):
            y = own.sum()
            ends[side, i] = np.exp(y) / (np.exp(y) + total(-own[rest], *inner))
    return Ranges(labels, ends[0], ends[1])
