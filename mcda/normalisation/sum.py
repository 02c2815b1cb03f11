"""Normalisation by the sum: shares."""

from __future__ import annotations

import numpy as np

from ..registry import Array, normalisation, rises
from .domain import HWANG_YOON, gains, gains_rise


@normalisation("sum", title="Sum (shares)", title_zh="求和规范化", source=HWANG_YOON)
def total(matrix: Array, signs: Array) -> Array:
    """x / sum(x); for a cost (1/x) / sum(1/x)."""
    own = gains(matrix, signs, "sum")
    return np.asarray(own / own.sum(axis=0))


@rises("sum")
def total_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / sum(g), g = x, for a cost 1/x."""
    return np.asarray(gains_rise(matrix, signs) / gains(matrix, signs, "sum").sum(axis=0))
