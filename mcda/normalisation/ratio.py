"""Normalisation by the ratio to the best."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation, rises
from .domain import HWANG_YOON, gains, gains_rise


@normalisation(
    "ratio",
    title="Ratio to the best (linear)",
    title_zh="线性比例规范化",
    source=HWANG_YOON,
    guide=Guide(
        rule_zh="x/max x；成本型 min x/x。",
        use="Ratio scales: half as much is half as good.",
        use_zh="比率尺度：“一半的量就是一半的好”。",
        trap="Costs bend: from 1 to 2 is more than from 9 to 10.",
        trap_zh="成本取倒数会弯曲：从 1 到 2 的差别大于从 9 到 10。",
    ),
)
def ratio(matrix: Array, signs: Array) -> Array:
    """x / max(x); for a cost min(x) / x."""
    own = gains(matrix, signs, "ratio")
    return np.asarray(own / own.max(axis=0))


@rises("ratio")
def ratio_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / max(g), g = x, for a cost 1/x."""
    return np.asarray(gains_rise(matrix, signs) / gains(matrix, signs, "ratio").max(axis=0))
