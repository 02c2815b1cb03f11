"""Weights of SMART: equal steps of importance are equal ratios of weight."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import option_checks
from ..registry import Array, Guide, Option, scheme


@scheme(
    "smart",
    title="SMART (Lootsma's geometric scale)",
    title_zh="SMART(Lootsma 几何尺度)",
    source="Lootsma (1996), A model for the relative importance of the criteria in the Multiplicative AHP and SMART, "
    "European Journal of Operational Research 94(3), 467-476",
    guide=Guide(
        rule_zh="w_j = 2^{h_j/2}/Σ 2^{h/2}，h_j 为重要性等级（通常 4 至 10）。",
        use="Grades of importance on a scale of ratios, beside the method `smart`.",
        use_zh="用比例等级表示重要性，与 smart 方法配套。",
        trap="Two grades more is twice the weight.",
        trap_zh="等级每高 2 级，权重加倍。",
    ),
    needs="grades",
    options={"grades": Option(option_checks.factors, scope="criterion")},
)
def smart(matrix: Array, signs: Array, *, grades: Array) -> Mapping[str, Array]:
    """w_j = 2^(h_j / 2) / sum 2^(h / 2), h_j the grade of importance, from 4 to 10 as a rule."""
    w = np.exp2((grades - grades.max()) / 2)
    return {"w": w / w.sum()}
