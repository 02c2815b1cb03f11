"""Imputations of missing scores, by name; nothing is filled in unless one of them is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from .errors import InputError
from .labels import as_array
from .registry import Array, find

if TYPE_CHECKING:
    from .names import ImputationName

NEIGHBOURS = 3
"""Alternatives whose mean stands in for a missing score."""


def mean(matrix: Array, signs: Array) -> Array:
    """Mean of the known scores on the criterion."""
    return np.broadcast_to(np.nanmean(matrix, axis=0), matrix.shape)


def median(matrix: Array, signs: Array) -> Array:
    """Median of the known scores on the criterion."""
    return np.broadcast_to(np.nanmedian(matrix, axis=0), matrix.shape)


def worst(matrix: Array, signs: Array) -> Array:
    """Worst of the known scores on the criterion: an unknown score counts for nothing."""
    return np.broadcast_to(np.where(signs > 0, np.nanmin(matrix, axis=0), np.nanmax(matrix, axis=0)), matrix.shape)


def neighbours(matrix: Array, signs: Array) -> Array:
    """Mean over the nearest alternatives that have a score on the criterion.

    Near by the root mean square difference on the criteria that both know, each in shares of its range (Troyanskaya et
    al. 2001, Missing value estimation methods for DNA microarrays, Bioinformatics 17(6), 520-525); without a common
    criterion farthest of all.
    """
    span = np.nanmax(matrix, axis=0) - np.nanmin(matrix, axis=0)
    share = matrix / np.where(span > 0, span, 1.0)
    squared = (share[:, None] - share[None]) ** 2
    common = ~np.isnan(squared)
    number = common.sum(axis=2)
    total = np.where(common, squared, 0.0).sum(axis=2)
    distance = np.sqrt(np.divide(total, number, out=np.full(number.shape, np.inf), where=number > 0))
    np.fill_diagonal(distance, np.inf)
    filled = np.empty_like(matrix)
    for j, column in enumerate(matrix.T):
        known = np.flatnonzero(~np.isnan(column))
        for i in range(len(matrix)):
            order = known[np.argsort(distance[i, known], kind="stable")]
            filled[i, j] = column[[k for k in order if k != i][:NEIGHBOURS] or known].mean()
    return filled


IMPUTATIONS: Mapping[ImputationName, Callable[[Array, Array], Array]] = MappingProxyType(
    {"mean": mean, "median": median, "worst": worst, "neighbours": neighbours}
)
"""How missing scores are filled in; Troyanskaya et al. (2001) for ``neighbours``, see there."""


def impute(matrix: Array, signs: Array, name: ImputationName) -> Array:
    """Return the matrix with its missing scores filled in.

    Parameters
    ----------
    matrix : (m, n) scores, nan where one is missing.
    signs : (n,) 1 where more is better, -1 where less is.
    name : a name of `IMPUTATIONS`: ``mean``, ``median``, ``worst``, or the mean of the nearest ``neighbours``.

    Returns
    -------
    (m, n) scores; those that were there are kept.

    Raises
    ------
    InputError
        An imputation that does not exist, or a criterion without any score.

    Examples
    --------
    >>> impute(np.array([[1.0, 5.0], [3.0, np.nan], [np.nan, 7.0]]), np.ones(2), "mean").tolist()
    [[1.0, 5.0], [3.0, 6.0], [2.0, 7.0]]
    """
    way = find("imputation", IMPUTATIONS, name)
    matrix, signs = as_array("matrix", matrix, 2), as_array("signs", signs, 1)
    missing = np.isnan(matrix)
    empty = np.flatnonzero(missing.all(axis=0))
    if empty.size:
        raise InputError(
            "impute_nothing",
            f"matrix, criterion number {empty[0] + 1}",
            "no score at all",
            "at least one score",
            "Leave the criterion out.",
        )
    return np.where(missing, way(matrix, signs), matrix) if missing.any() else matrix
