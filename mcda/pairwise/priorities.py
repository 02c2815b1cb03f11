"""Priority vectors of pairwise matrices, and how far the judgements contradict each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import Labels
from ..labels import Table
from ..registry import Array, find
from ..tabular import Record, Tabular, series
from .completion import completed, missing_pairs, perron
from .matrix import reciprocal_matrix
from .random_index import RANDOM_INDEX

if TYPE_CHECKING:
    import pandas as pd

    from ..names import CompletionName, PrioritisationName, RandomIndexName

ACCEPTABLE = 0.1
"""Saaty accepts a consistency ratio below this."""


@dataclass(frozen=True)
class Consistency(Record):
    """How far judgements contradict each other.

    Attributes
    ----------
    lambda_max : principal eigenvalue of the matrix; n where the judgements agree in full.
    index : (lambda_max - n) / (n - 1).
    ratio : index / random index, 0 for n <= 2, None where the table ends below n. Saaty accepts a ratio below 0.1. The
        tables are those of complete matrices: with judgements missing, the ratio is milder than that of a complete one.
    random_index : name of the table.
    """

    lambda_max: float
    index: float
    ratio: float | None
    random_index: RandomIndexName

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return dict(vars(self))

    @property
    def acceptable(self) -> bool:
        """Whether the ratio is known, and below 0.1."""
        return self.ratio is not None and self.ratio < ACCEPTABLE

    @property
    def severity(self) -> float:
        """The ratio, infinite where it is not known: such a matrix ranks as the least consistent."""
        return math.inf if self.ratio is None else self.ratio


@dataclass(frozen=True)
class Priorities(Tabular):
    """Priority vector of a pairwise matrix, with its consistency.

    Attributes
    ----------
    labels, array : the n criteria, and their weights, sum 1; `values` as a Series by criterion.
    consistency : how far the judgements contradict each other.
    method : the prioritisation.
    matrix : (n, n) the judgements, the missing ones filled in.
    missing : places (i, j), i < j, of the missing judgements.
    """

    labels: Labels
    array: Array
    consistency: Consistency
    method: PrioritisationName
    matrix: Array
    missing: tuple[tuple[int, int], ...] = ()

    @property
    def values(self) -> pd.Series[float]:
        """Weights by criterion, sum 1."""
        return series(self.array, self.labels, "weight")

    @property
    def lambda_max(self) -> float:
        """Principal eigenvalue; for the geometric mean the average of (A w)_i / w_i."""
        return self.consistency.lambda_max

    @property
    def consistency_index(self) -> float:
        """(lambda_max - n) / (n - 1)."""
        return self.consistency.index

    @property
    def consistency_ratio(self) -> float | None:
        """Consistency index over the random index; None where its table ends below this size."""
        return self.consistency.ratio

    def by_eigenvector(self) -> Priorities:
        """The same judgements by the eigenvector, with the least lambda max."""
        holed = self.matrix.copy()
        for i, j in self.missing:
            holed[i, j] = holed[j, i] = np.nan
        return prioritise(holed, self.labels, "eigenvector", self.consistency.random_index, None)

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion."""
        return self.values.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "method": self.method,
            "weights": [{"criterion": c, "weight": float(w)} for c, w in zip(self.labels, self.array, strict=True)],
            "consistency": self.consistency.to_dict(),
            "filled_in": [
                {"criterion": self.labels[i], "over": self.labels[j], "value": float(self.matrix[i, j])}
                for i, j in self.missing
            ],
        }


def eigenvector(a: Array) -> Array:
    """Principal right eigenvector, sum 1: A w = lambda_max w (Saaty 1977)."""
    return perron(a)[1]


def geometric_mean(a: Array) -> Array:
    """Row geometric means, sum 1: w_i = (prod_j a_ij)^(1/n) (Crawford & Williams 1985)."""
    w = np.exp(np.log(a).mean(axis=1))
    return np.asarray(w / w.sum())


def column_means(a: Array) -> Array:
    """Row means of the columns as shares: w_i = (1/n) sum_j a_ij / sum_k a_kj."""
    return np.asarray((a / a.sum(axis=0)).mean(axis=1))


def row_sums(a: Array) -> Array:
    """Row sums as shares: w_i ~ sum_j a_ij."""
    w = a.sum(axis=1)
    return np.asarray(w / w.sum())


PRIORITISATIONS: Mapping[PrioritisationName, Callable[[Array], Array]] = {
    "eigenvector": eigenvector,
    "geometric_mean": geometric_mean,
    "column_means": column_means,
    "row_sums": row_sums,
}
"""How weights are found from a pairwise matrix; all agree only on one that contradicts itself nowhere.

- ``eigenvector``: Saaty (1977), A scaling method for priorities in hierarchical structures, Journal of Mathematical
  Psychology 15, 234-281.
- ``geometric_mean``: Crawford & Williams (1985), A note on the analysis of subjective judgment matrices, Journal of
  Mathematical Psychology 29, 387-405.
- ``column_means`` (和积法) and ``row_sums`` (和法): Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill, pp.
  19-20. Their lambda max is the mean of (A w)_i / w_i, at or above the principal eigenvalue.
"""


def consistency(a: Array, w: Array, random_index: RandomIndexName = "saaty") -> Consistency:
    """Return the consistency of the matrix *a* with priorities *w*."""
    n = len(w)
    lambda_max = float(((a @ w) / w).mean())
    # rounding can leave a consistent matrix a hair below n
    index = max((lambda_max - n) / (n - 1), 0.0) if n > 1 else 0.0
    random = random_of(n, random_index)
    return Consistency(lambda_max, index, 0.0 if n <= 2 else index / random if random else None, random_index)


def random_of(n: int, random_index: RandomIndexName) -> float | None:
    """Return the random index of order *n* in the named table; None where it ends below."""
    table = find("random_index", RANDOM_INDEX, random_index)
    return table[n - 1] if n <= len(table) else None


def prioritise(
    a: Array, labels: Labels, method: PrioritisationName, random_index: RandomIndexName, missing: CompletionName | None
) -> Priorities:
    """Return the priorities of a checked matrix, nan where a judgement is missing."""
    weigh = find("method", PRIORITISATIONS, method)
    full = completed(
        a, ("least_lambda" if method == "eigenvector" else "least_squares") if missing is None else missing
    )
    w = weigh(full)
    return Priorities(labels, w, consistency(full, w, random_index), method, full, missing_pairs(a))


def ahp(
    pairwise: Table,
    method: PrioritisationName = "eigenvector",
    random_index: RandomIndexName = "saaty",
    missing: CompletionName | None = None,
) -> Priorities:
    """Weights from a pairwise comparison matrix.

    Parameters
    ----------
    pairwise : (n, n) array or DataFrame
        a_ij: how many times more important criterion i is than j; nan where the reciprocal half is left blank, and in
        both halves where a judgement is missing. The judgements there are have to connect all criteria.
    method : {"eigenvector", "geometric_mean", "column_means", "row_sums"}
        Prioritisation, see `PRIORITISATIONS`: Saaty's principal eigenvector, the row geometric mean, the means of the
        columns as shares, or the row sums.
    random_index : str
        Name of the random-index table, see `RANDOM_INDEX`.
    missing : {"least_lambda", "least_squares", "harker"}, optional
        How missing judgements are filled in, see `COMPLETIONS`; least lambda max for the eigenvector, and least squares
        for the geometric mean, if left out.

    Returns
    -------
    Priorities
        Weights that sum to 1, with their consistency, and the matrix with its missing judgements filled in.

    Raises
    ------
    InputError
        Not square, not positive, not reciprocal, or two groups of criteria without a judgement between them.

    Notes
    -----
    Source: Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill.

    Examples
    --------
    >>> ahp([[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]).values.round(3).tolist()
    [0.637, 0.258, 0.105]
    >>> nan = float("nan")
    >>> ahp([[1, 2, nan], [nan, 1, 3], [nan, nan, 1]]).values.round(3).tolist()
    [0.6, 0.3, 0.1]
    """
    a, labels = reciprocal_matrix(pairwise)
    return prioritise(a, labels, method, random_index, missing)
