"""Normalisation by the sum: shares."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import HWANG_YOON, gains, gains_rise


@normalisation(
    "sum",
    title="Sum (shares)",
    title_zh="求和规范化",
    source=HWANG_YOON,
    guide=Guide(
        rule_zh="x/Σx；成本型 (1/x)/Σ(1/x)。",
        use="Shares of the whole.",
        use_zh="以“占总量的份额”表示时。",
        trap="All values shrink as alternatives are added.",
        trap_zh="对象越多，取值越小。",
    ),
)
def total(matrix: Array, signs: Array) -> Array:
    """x / sum(x); for a cost (1/x) / sum(1/x)."""
    own = gains(matrix, signs, "sum")
    return np.asarray(own / own.sum(axis=0))


@rises("sum")
def total_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / sum(g), g = x, for a cost 1/x."""
    return np.asarray(gains_rise(matrix, signs) / gains(matrix, signs, "sum").sum(axis=0))
