"""Coefficient of variation: a criterion weighs by its spread in units of its mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..ranks import about_mean
from ..registry import Array, Guide, scheme


@scheme(
    "coefficient_of_variation",
    title="Coefficient of variation (information weight)",
    title_zh="变异系数法(信息量权重)",
    source="Abdi (2010), Coefficient of variation, in Salkind (ed.), Encyclopedia of Research Design, Sage, 169-171",
    guide=Guide(
        rule_zh="w_j = v_j/Σv，v_j = s_j/均值_j，s 为样本标准差（除以 m-1）。",
        use="Relative spread is what shall weigh; data in different units.",
        use_zh="量纲不同，按相对离散程度赋权时。",
        trap="Not invariant to shifts: raw and min-max data weigh differently. SPSSAU's information "
        "weights (信息量权重) are the same rule.",
        trap_zh="对平移不稳定：原始数据与极差化数据权重不同；SPSSAU 的“信息量权重”是同一规则。",
    ),
    needs="matrix",
)
def coefficient_of_variation(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = v_j / sum v, v_j = s_j / mean_j, s the sample deviation (m - 1).

    Directions do not enter. Defined for columns with a positive mean and no negative value, and two alternatives. Not
    invariant to shifts: values and their min-max form weigh differently.
    """
    checks.non_negative(matrix)
    apart, mean = about_mean(matrix)
    s = np.sqrt((apart**2).sum(axis=0) / max(len(matrix) - 1, 1))
    return {"s": s, "mean": mean, "w": checks.share_out(s / mean)}
