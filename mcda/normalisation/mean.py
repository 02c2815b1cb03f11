"""Normalisation by the mean."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import gains, gains_rise


@normalisation(
    "mean",
    title="Mean (ratio to the average)",
    title_zh="均值化",
    source="Deng (1989), Introduction to grey system theory, Journal of Grey System 1(1), 1-24, section on mean "
    "processing",
    guide=Guide(
        rule_zh="g/mean(g)；效益型 g = x，成本型 g = 1/x。",
        use="Multiples of the average, as for grey relation and coefficients of variation.",
        use_zh="以“平均值的倍数”表示（灰色关联、变异系数常用）时。",
        trap="Not bounded; costs are inverted.",
        trap_zh="无上界；成本取倒数。",
    ),
)
def mean(matrix: Array, signs: Array) -> Array:
    """g / mean g, g = x, for a cost 1/x."""
    own = gains(matrix, signs, "mean")
    return np.asarray(own / own.mean(axis=0))


@rises("mean")
def mean_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / mean g."""
    return np.asarray(gains_rise(matrix, signs) / gains(matrix, signs, "mean").mean(axis=0))
