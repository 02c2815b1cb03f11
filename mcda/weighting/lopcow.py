"""LOPCOW: a criterion weighs by the logarithm of its root mean square over its deviation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..normalisation.minmax import minmax
from ..registry import Array, Guide, scheme

ROUNDING = 1e-12
"""Percentages this small are 0."""


@scheme(
    "lopcow",
    title="Logarithmic percentage change-driven objective weighting",
    title_zh="对数百分比变化客观赋权(LOPCOW)",
    source="Ecer & Pamucar (2022), A novel LOPCOW-DOBI multi-criteria sustainability performance assessment "
    "methodology: An application in developing country banking sector, Omega 112, 102690",
    guide=Guide(
        rule_zh="w_j ~ |100 ln(√(Σ_i r_ij²/m)/σ_j)|，r 为极差规范化值。",
        use="Differences of size among criteria shall be damped by logarithms.",
        use_zh="希望用对数压低准则间量级差异时。",
        trap="It weighs a criterion more whose values are high as against their spread: the opposite of "
        "what entropy does.",
        trap_zh="均值相对离散越大权重越大，与熵权方向相反。",
    ),
    needs="matrix",
)
def lopcow(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = PV_j / sum PV, PV_j = |100 ln(sqrt(sum_i x_ij^2 / m) / sigma_j)|, x the min-max normalised matrix.

    sigma_j is the sample deviation (m - 1). Defined where no column is constant.
    """
    checks.varied(matrix)
    x = minmax(matrix, signs)
    rms, sigma = np.sqrt((x**2).mean(axis=0)), x.std(axis=0, ddof=1)
    pv = np.abs(100.0 * np.log(rms / sigma))
    return {"x": x, "sigma": sigma, "PV": pv, "w": checks.share_out(np.where(pv > ROUNDING, pv, 0.0))}
