"""Normalisation by the largest value."""

from __future__ import annotations

from ..registry import Array, Guide, normalisation, rises
from .domain import HWANG_YOON, above_worst, need, turned


@normalisation(
    "max",
    title="Maximum (linear)",
    title_zh="最大值规范化",
    source=HWANG_YOON,
    guide=Guide(
        rule_zh="x/max x；成本型 1 - x/max x。",
        use="Shares of the best are easy to read.",
        use_zh="以“占最大值的比例”表示时。",
        trap="The zero point stays: a criterion far from 0 hardly varies.",
        trap_zh="保留零点：取值远离 0 的准则几乎没有差异。",
    ),
)
def maximum(matrix: Array, signs: Array) -> Array:
    """x / max(x); for a cost 1 - x / max(x). Values are >= 0 with a positive largest one."""
    high = matrix.max(axis=0)
    need((matrix >= 0).all(axis=0) & (high > 0), "max", "values >= 0, not all 0")
    return turned(matrix / high, signs)


@rises("max")
def maximum_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / max(x)."""
    return above_worst(matrix, signs, matrix.max(axis=0))
