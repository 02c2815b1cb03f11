"""Gini weights: a criterion weighs by how unequally the alternatives share it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..ranks import about_mean
from ..registry import Array, Guide, scheme


@scheme(
    "gini",
    title="Gini coefficient",
    title_zh="基尼系数赋权",
    source="Li & Chi (2009), A new determining objective weights method: Gini coefficient weight, First International "
    "Conference on Information Science and Engineering (ICISE), IEEE, 3726-3729",
    guide=Guide(
        rule_zh="w_j ~ 各准则的基尼系数 Σ_i Σ_k |x_ij - x_kj|/(2 m² 均值_j)。",
        use="Inequality among alternatives shall weigh.",
        use_zh="按对象间的不平等程度赋权时。",
        trap="Values >= 0 only; shifts change it, like the coefficient of variation.",
        trap_zh="只适用于非负值；与变异系数一样受平移影响。",
    ),
    needs="matrix",
)
def gini(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = G_j / sum G, G_j = sum_i sum_k |x_ij - x_kj| / (2 m^2 mean_j).

    Directions do not enter; a constant criterion weighs nothing. Defined for values >= 0 with a positive sum.
    """
    checks.non_negative(matrix)
    m = len(matrix)
    # sum over all pairs of |x_i - x_k| = 2 sum_i (2 i - m - 1) x_(i), x sorted
    apart, mean = about_mean(matrix)
    pairs = 2.0 * (2.0 * np.arange(1, m + 1) - m - 1) @ np.sort(apart, axis=0)
    g = pairs / (2.0 * m**2 * mean)
    return {"G": g, "w": checks.share_out(g)}
