"""Logarithmic normalisation: each value's logarithm as a share of all."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation
from .domain import need


@normalisation(
    "logarithmic",
    title="Logarithmic",
    title_zh="对数规范化",
    source="Zavadskas & Turskis (2008), A new logarithmic normalization method in games theory, Informatica "
    "19(2), 303-314",
    guide=Guide(
        rule_zh="ln x/ln Πx；成本型 (1 - ln x/ln Πx)/(m-1)。",
        use="Values of very different size are to be drawn together.",
        use_zh="取值量级悬殊，需要压缩时。",
        trap="Values above 1 only; the unit matters.",
        trap_zh="只适用于大于 1 的值；单位会影响结果。",
    ),
)
def logarithmic(matrix: Array, signs: Array) -> Array:
    """ln x / ln prod x; for a cost (1 - ln x / ln prod x) / (m - 1). Values are > 1: all logarithms are positive."""
    need(np.asarray((matrix > 1).all(axis=0)), "logarithmic", "values above 1")
    log = np.log(matrix)
    share = log / log.sum(axis=0)
    return np.asarray(np.where(signs > 0, share, (1.0 - share) / max(len(matrix) - 1, 1)))
