"""Z-scores: deviations from the mean in units of the standard deviation."""

from __future__ import annotations

import numpy as np

from ..ranks import about_mean
from ..registry import Array, Guide, normalisation, rises
from .domain import above_worst


@normalisation(
    "zscore",
    title="Z-score (standardised)",
    title_zh="标准化（Z 分数）",
    source="Milligan & Cooper (1988), A study of standardization of variables in cluster analysis, Journal of "
    "Classification 5(2), 181-204, section 2",
    guide=Guide(
        rule_zh="(x - 均值)/s，s 为样本标准差；成本型取相反数。",
        use="Statistics goes on with it: principal components, factors, regression.",
        use_zh="后续要做主成分、因子或回归分析时。",
        trap="Half of the values are below 0: no products, no logarithms.",
        trap_zh="约一半取值为负：不能相乘或取对数。",
    ),
)
def zscore(matrix: Array, signs: Array) -> Array:
    """(x - mean) / s, s the sample deviation (m - 1); for a cost (mean - x) / s. A constant column becomes 0."""
    apart, _ = about_mean(matrix)
    return np.asarray(signs * apart / _deviation(apart))


@rises("zscore")
def zscore_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / s."""
    return above_worst(matrix, signs, _deviation(about_mean(matrix)[0]))


def _deviation(apart: Array) -> Array:
    s = np.sqrt((apart**2).sum(axis=0) / max(len(apart) - 1, 1))
    return np.where(s > 0, s, 1.0)
