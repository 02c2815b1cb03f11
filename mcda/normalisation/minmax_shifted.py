"""Min-max normalisation, shifted above zero."""

from __future__ import annotations

from ..registry import Array, Guide, normalisation, rises
from .minmax import minmax, minmax_rise


@normalisation(
    "minmax_shifted",
    title="Min-max, shifted above zero",
    title_zh="极差规范化（平移）",
    source="The 1 + (x - min)/(max - min) of Pamučar & Ćirović (2015), Expert Systems with Applications 42(6), "
    "3016-3028, halved",
    guide=Guide(
        rule_zh="(1 + 极差规范化值)/2，取值 0.5 至 1。",
        use="Data with zeros, for methods that multiply or divide.",
        use_zh="数据含 0，而方法要相乘或相除时。",
        trap="The shift is a choice: products depend on it.",
        trap_zh="平移量是人为选择，乘积结果依赖于它。",
    ),
)
def minmax_shifted(matrix: Array, signs: Array) -> Array:
    """(1 + min-max) / 2: the worst is 1/2, the best 1, so that products and quotients are defined everywhere."""
    return (1.0 + minmax(matrix, signs)) / 2.0


@rises("minmax_shifted")
def minmax_shifted_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / 2 (max - min)."""
    return minmax_rise(matrix, signs) / 2.0
