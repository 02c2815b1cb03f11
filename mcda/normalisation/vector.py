"""Vector normalisation: columns of length 1."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import HWANG_YOON, above_worst


@normalisation(
    "vector",
    title="Vector (Euclidean)",
    title_zh="向量规范化",
    source=HWANG_YOON,
    guide=Guide(
        rule_zh="x/‖x‖；成本型 1 - x/‖x‖。",
        use="The classical one of TOPSIS and MOORA: ratios stay.",
        use_zh="TOPSIS、MOORA 的经典做法：保留比例。",
        trap="It does not reach from 0 to 1: criteria keep unlike spreads, which act as weights.",
        trap_zh="取值不铺满 0 到 1，各准则离散不同，相当于隐含权重。",
    ),
)
def vector(matrix: Array, signs: Array) -> Array:
    """x / ||x||; for a cost 1 - x / ||x||. A column of zeros stays zero."""
    norm = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    share = np.divide(matrix, np.where(norm > 0, norm, 1.0), order="F")  # by criterion, as many alternatives are read
    cost = signs < 0
    share[:, cost] = 1.0 - share[:, cost]
    return np.asarray(share)


@rises("vector")
def vector_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / ||x||."""
    norm = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    return above_worst(matrix, signs, np.where(norm > 0, norm, 1.0))
