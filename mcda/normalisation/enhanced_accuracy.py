"""Enhanced accuracy normalisation: the distance from the best as a share of all distances."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import above_worst


@normalisation(
    "enhanced_accuracy",
    title="Enhanced accuracy",
    title_zh="增强精度规范化",
    source="Zeng, Li & Yang (2013), VIKOR method with enhanced accuracy for multiple criteria decision making "
    "in healthcare management, Journal of Medical Systems 37(2), 9908",
    guide=Guide(
        rule_zh="1 - (max x - x)/Σ(max x - x)；成本型 1 - (x - min x)/Σ(x - min x)。",
        use="Distances from the best are to be shared out.",
        use_zh="希望以“与最优值的差占全部差的比例”衡量时。",
        trap="Values lie near 1 with many alternatives: a criterion loses contrast as their number grows.",
        trap_zh="对象多时取值都接近 1，对比度随之下降。",
    ),
)
def enhanced_accuracy(matrix: Array, signs: Array) -> Array:
    """1 - (max x - x) / sum(max x - x); for a cost 1 - (x - min x) / sum(x - min x). A constant column becomes 1."""
    short, total = _short(matrix, signs)
    return np.asarray(1.0 - short / total)


@rises("enhanced_accuracy")
def enhanced_accuracy_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / sum |x - best|."""
    return above_worst(matrix, signs, _short(matrix, signs)[1])


def _short(matrix: Array, signs: Array) -> tuple[Array, Array]:
    """Return the distances from the best, and their sums, 1 where all are 0."""
    rise = above_worst(matrix, signs)
    short = rise.max(axis=0) - rise
    total = short.sum(axis=0)
    return short, np.where(total > 0, total, 1.0)
