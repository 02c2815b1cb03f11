"""Normalisation by the ratio to the best."""

from __future__ import annotations

import numpy as np

from ..registry import Array, normalisation, rises
from .domain import HWANG_YOON, gains, gains_rise


@normalisation("ratio", title="Ratio to the best (linear)", title_zh="线性比例规范化", source=HWANG_YOON)
def ratio(matrix: Array, signs: Array) -> Array:
    """x / max(x); for a cost min(x) / x."""
    own = gains(matrix, signs, "ratio")
    return np.asarray(own / own.max(axis=0))


@rises("ratio")
def ratio_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / max(g), g = x, for a cost 1/x."""
    return np.asarray(gains_rise(matrix, signs) / gains(matrix, signs, "ratio").max(axis=0))
