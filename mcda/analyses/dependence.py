"""Dependence of criteria: correlations, and the weight that each criterion has in effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import checks
from ..comparison.agreement import mean_places
from ..labels import ByCriterion, Table
from ..normalisation.minmax import minmax
from ..ranges import Directions
from ..ranks import about_mean, settled
from ..registry import Array
from ..results import Weights
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

TWICE = 0.7
"""Criteria whose correlation is at least this, more being better on both, may count the same thing twice."""


@dataclass(frozen=True)
class Dependence(Tabular):
    """How criteria go together, more being better on each.

    Attributes
    ----------
    criteria : labels of the n criteria.
    pearson, spearman : (n, n) correlations; nan for a criterion on which all alternatives are equal.
    weights : (n,) as given.
    effective : (n,) share of the variance of the additive score that each criterion carries, w_j cov(r_j, y) / var(y)
        with r the min-max normalised criterion and y = sum_j w_j r_j; they sum to 1, and a criterion that goes against
        the others may have less than 0. The weights themselves where the score does not vary.
    twice : pairs of criteria (i, j) whose correlation is at least `TWICE`.
    """

    criteria: checks.Labels
    pearson: Array
    spearman: Array
    weights: Array
    effective: Array
    twice: tuple[tuple[int, int], ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion: weight, weight in effect, and its Pearson correlation with each."""
        correlations = {name: self.pearson[:, j] for j, name in enumerate(self.criteria)}
        data = {"weight": self.weights, "effective": self.effective, **correlations}
        return frame(data, self.criteria, axis="criterion")

    def to_dict(self) -> dict[str, Any]:
        """Plain data; None where a correlation is not defined."""

        def plain(table: Array) -> list[list[float | None]]:
            return [[None if np.isnan(v) else float(v) for v in row] for row in table]

        return {
            "criteria": list(self.criteria),
            "weights": self.weights.tolist(),
            "effective": self.effective.tolist(),
            "pearson": plain(self.pearson),
            "spearman": plain(self.spearman),
            "twice": [[self.criteria[i], self.criteria[j]] for i, j in self.twice],
        }


def dependence(matrix: Table, weights: Weights | ByCriterion[float], directions: Directions) -> Dependence:
    """Correlate criteria, and find the weight that each has in effect.

    Parameters
    ----------
    matrix, weights, directions : as for `rank`.

    Returns
    -------
    Dependence
        Correlations, weights in effect, and the pairs of criteria that may count the same thing twice.

    Raises
    ------
    InputError
        Names, shapes or values that are no decision problem.

    Notes
    -----
    Sources: Paruolo, Saisana & Saltelli (2013), Ratings and rankings: voodoo or science?, Journal of the Royal
    Statistical Society A 176(3), 609-634; Becker, Saisana, Paruolo & Vandecasteele (2017), Weights and importance in
    composite indicators, Ecological Indicators 80, 12-22.

    Examples
    --------
    >>> found = dependence([[1, 2, 9], [2, 4, 1], [4, 8, 5]], [0.4, 0.4, 0.2], "max")
    >>> found.twice, found.effective.round(2).tolist()
    (((0, 1),), [0.51, 0.51, -0.02])
    """
    values, _, columns = checks.matrix(matrix)
    values, signs = checks.directed(values, directions, columns)
    w, _ = checks.shares(weights, columns)
    r = minmax(values, signs)
    places = -mean_places([_ranks(column) for column in r.T]).T
    pearson, spearman = _correlation(r), _correlation(places)
    centred, _ = about_mean(r)
    spread = settled(centred @ w, np.abs(centred * w).max())
    variance = float(spread @ spread)
    effective = w * (centred.T @ spread) / variance if variance > 0 else w.copy()
    n = len(columns)
    twice = tuple((i, j) for i in range(n) for j in range(i + 1, n) if pearson[i, j] >= TWICE)
    return Dependence(columns, pearson, spearman, w, effective, twice)


def _ranks(column: Array) -> Array:
    return np.asarray((column[:, None] < column).sum(axis=1) + 1.0)


def _correlation(columns: Array) -> Array:
    centred = columns - columns.mean(axis=0)
    size = np.sqrt((centred**2).sum(axis=0))
    varies = size > 1e-12
    share = np.divide(centred, size, out=np.zeros_like(centred), where=varies)
    made = np.clip(share.T @ share, -1.0, 1.0)
    made[~varies] = made[:, ~varies] = np.nan
    return np.asarray(made)
