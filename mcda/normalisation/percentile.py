"""Percentiles: the share of the other alternatives that one is better than."""

from __future__ import annotations

import numpy as np

from ..ranks import by_place
from ..registry import Array, Guide, normalisation


@normalisation(
    "percentile",
    title="Percentile (rank)",
    title_zh="百分位规范化",
    source="Nardo, Saisana, Saltelli, Tarantola, Hoffman & Giovannini (2008), Handbook on Constructing Composite "
    "Indicators, OECD, step 5 (ranking)",
    guide=Guide(
        rule_zh="(m - 名次)/(m - 1)，最好为 1，最差为 0，同值取平均。",
        use="Only order is trusted, or outliers abound.",
        use_zh="只信任次序，或离群值多时。",
        trap="Distances are lost; it moves with who is compared.",
        trap_zh="丢失差距；随参评对象变动。",
    ),
)
def percentile(matrix: Array, signs: Array) -> Array:
    """(m - rank) / (m - 1), 1 the best and 0 the worst; equal values share their mean. One alternative has 1."""
    m = len(matrix)
    return by_place(signs * matrix, np.linspace(1.0, 0.0, m) if m > 1 else np.ones(1))
