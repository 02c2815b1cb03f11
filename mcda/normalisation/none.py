"""No normalisation: values that are comparable as they stand."""

from __future__ import annotations

import numpy as np

from ..registry import Array, normalisation, rises
from .domain import HWANG_YOON, above_worst


@normalisation("none", title="None (values as they stand)", title_zh="不规范化（原值）", source=HWANG_YOON)
def none(matrix: Array, signs: Array) -> Array:
    """x; for a cost -x. For matrices that are normalised already, or all in one unit."""
    return np.asarray(signs * matrix)


@rises("none")
def none_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst|."""
    return above_worst(matrix, signs)
