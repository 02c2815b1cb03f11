"""Min-max normalisation: from 0, the worst, to 1, the best."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import HWANG_YOON, above_worst


@normalisation(
    "minmax",
    title="Min-max (range)",
    title_zh="极差规范化",
    source=HWANG_YOON,
    guide=Guide(
        rule_zh="(x - min)/(max - min)；成本型 (max - x)/(max - min)。",
        use="The usual choice: every criterion from 0 to 1.",
        use_zh="最常用：各准则都从 0 到 1。",
        trap="The ends are those of the data: they move with the alternatives, and an outlier squeezes all others.",
        trap_zh="两端取自数据，会随对象变动，离群值会压缩其余取值。",
    ),
)
def minmax(matrix: Array, signs: Array) -> Array:
    """(x - min) / (max - min); for a cost (max - x) / (max - min). A constant column becomes 1."""
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    span = high - low
    worst = np.where(signs > 0, low, high)
    return np.where(span > 0, np.abs(matrix - worst) / np.where(span > 0, span, 1.0), 1.0)


@rises("minmax")
def minmax_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / (max - min); 0 on a constant column."""
    span = np.ptp(matrix, axis=0)
    return above_worst(matrix, signs, np.where(span > 0, span, 1.0))
