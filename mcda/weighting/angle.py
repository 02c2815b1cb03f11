"""Angle weights: a criterion weighs by its angle to a constant criterion, which tells nothing apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..ranks import about_mean
from ..registry import Array, Guide, scheme


@scheme(
    "angle",
    title="Angle to the constant criterion",
    title_zh="夹角赋权",
    source="Shuai, Zongzhun, Yongji & Lei (2012), A new angular method to determine the objective weights, 24th "
    "Chinese Control and Decision Conference (CCDC), IEEE, 3889-3892",
    guide=Guide(
        rule_zh="w_j = u_j/Σu；u_j 为该列与常数列的夹角，tan u_j = σ_j/均值。",
        use="Spread relative to the mean shall weigh, with less pull of extremes than the coefficient of variation.",
        use_zh="按相对离散程度赋权，但希望极端值影响小于变异系数法时。",
        trap="Spread is no importance: a noisy criterion weighs much.",
        trap_zh="离散不等于重要：噪声大的准则权重也大。",
    ),
    needs="matrix",
)
def angle(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = u_j / sum u, u_j the angle between column j and a constant column: cos u_j = sum x / (sqrt(m) ||x||).

    tan u_j = sigma_j / mean_j, which keeps small angles exact. Directions do not enter; a constant criterion weighs
    nothing. Defined for values >= 0 with a positive sum.
    """
    checks.non_negative(matrix)
    apart, mean = about_mean(matrix)
    u = np.arctan2(np.sqrt((apart**2).mean(axis=0)), mean)
    return {"u": u, "w": checks.share_out(u)}
