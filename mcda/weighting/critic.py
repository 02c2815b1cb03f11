"""CRITIC: a criterion weighs by its contrast and by its conflict with the others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..normalisation.minmax import minmax
from ..ranks import about_mean
from ..registry import Array, Guide, scheme

ROUNDING = 1e-28
"""Criteria whose correlation falls this short of 1 agree."""


@scheme(
    "critic",
    title="Criteria importance through intercriteria correlation",
    title_zh="CRITIC 法(准则间相关性)",
    source="Diakoulaki, Mavrotas & Papayannakis (1995), Determining objective weights in multiple criteria problems: "
    "The CRITIC method, Computers & Operations Research 22(7), 763-770",
    guide=Guide(
        rule_zh="w_j = C_j/ΣC，C_j = σ_j Σ_k (1 - r_jk)；r 为极差规范化后各列的相关系数。",
        use="Criteria overlap: what varies and conflicts with the others shall weigh more.",
        use_zh="准则信息重叠，希望“变化大且与其他准则冲突”的准则权重更大时。",
        trap="Directions decide what conflicts: `pymcdm.critic_weights` ignores them.",
        trap_zh="方向决定是否冲突：pymcdm 的 critic_weights 忽略方向。",
    ),
    needs="matrix",
)
def critic(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = C_j / sum C, C_j = sigma_j sum_k (1 - r_jk), r the correlations of the min-max normalised columns.

    sigma_j is the sample deviation (m - 1). More is better in every normalised column, so the directions decide whether
    two criteria conflict. Defined where no column is constant and not all criteria agree.
    """
    checks.varied(matrix)
    x = minmax(matrix, signs)
    deviation, _ = about_mean(x)
    size = np.sqrt((deviation**2).sum(axis=0))
    sigma, unit = size / np.sqrt(len(x) - 1), deviation / size
    # 1 - r = |u - v|^2 / 2 of the columns at unit length keeps its digits where they nearly agree
    conflict = np.array([((unit - column[:, None]) ** 2).sum(axis=0) / 2 for column in unit.T])
    conflict = np.where(conflict > ROUNDING, conflict, 0.0)
    c = sigma * conflict.sum(axis=0)
    return {"x": x, "sigma": sigma, "r": 1.0 - conflict, "C": c, "w": checks.share_out(c)}
