"""Normalisation by the distance from the best in units of the best."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation
from .domain import need


@normalisation(
    "zavadskas_turskis",
    title="Zavadskas and Turskis",
    title_zh="Zavadskas-Turskis 规范化",
    source="Zavadskas & Turskis (2008), A new logarithmic normalization method in games theory, Informatica "
    "19(2), 303-314",
    guide=Guide(
        rule_zh="1 - (max x - x)/max x；成本型 1 - (x - min x)/min x。",
        use="Relative distance from the best.",
        use_zh="以“与最优值的相对差”表示时。",
        trap="Costs beyond twice the least are below 0.",
        trap_zh="成本超过最小值两倍时为负。",
    ),
)
def zavadskas_turskis(matrix: Array, signs: Array) -> Array:
    """1 - (max x - x) / max x; for a cost 1 - (x - min x) / min x, which is below 0 beyond twice the least."""
    best = np.where(signs > 0, matrix.max(axis=0), matrix.min(axis=0))
    need(best > 0, "zavadskas_turskis", "a positive best value")
    return np.asarray(1.0 - np.abs(best - matrix) / best)
