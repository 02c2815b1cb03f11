"""Percentiles: the share of the other alternatives that one is better than."""

from __future__ import annotations

import numpy as np

from ..ranks import by_rank, competition_ranks
from ..registry import Array, normalisation


@normalisation(
    "percentile",
    title="Percentile (rank)",
    title_zh="百分位规范化",
    source="Nardo, Saisana, Saltelli, Tarantola, Hoffman & Giovannini (2008), Handbook on Constructing Composite "
    "Indicators, OECD, step 5 (ranking)",
)
def percentile(matrix: Array, signs: Array) -> Array:
    """(m - rank) / (m - 1), 1 the best and 0 the worst; equal values share their mean. One alternative has 1."""
    m = len(matrix)
    places = np.linspace(1.0, 0.0, m) if m > 1 else np.ones(1)
    return np.array([by_rank(competition_ranks(column), places) for column in (signs * matrix).T]).T
