"""No normalisation: values that are comparable as they stand."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import HWANG_YOON, above_worst


@normalisation(
    "none",
    title="None (values as they stand)",
    title_zh="不规范化（原值）",
    source=HWANG_YOON,
    guide=Guide(
        rule_zh="x；成本型 -x。",
        use="Values are in one unit, or normalised already.",
        use_zh="取值已规范化或同一量纲时。",
        trap="Units become weights.",
        trap_zh="量纲会变成隐含权重。",
    ),
)
def none(matrix: Array, signs: Array) -> Array:
    """x; for a cost -x. For matrices that are normalised already, or all in one unit."""
    return np.asarray(signs * matrix)


@rises("none")
def none_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst|."""
    return above_worst(matrix, signs)
