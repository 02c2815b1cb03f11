"""CRITIC: a criterion weighs by its contrast and by its conflict with the others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..normalise import minmax
from ..registry import Array, scheme

ROUNDING = 1e-12
"""Correlations this close to 1 are 1."""


@scheme(
    "critic",
    title="Criteria importance through intercriteria correlation",
    title_zh="CRITIC 法(准则间相关性)",
    source="Diakoulaki, Mavrotas & Papayannakis (1995), Determining objective weights in multiple criteria problems: "
    "The CRITIC method, Computers & Operations Research 22(7), 763-770",
    needs="matrix",
)
def critic(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = C_j / sum C, C_j = sigma_j sum_k (1 - r_jk), r the correlations of the min-max normalised columns.

    sigma_j is the sample deviation (m - 1). More is better in every normalised column, so the directions decide whether
    two criteria conflict. Defined where no column is constant and not all criteria agree.
    """
    checks.varied(matrix)
    x = minmax(matrix, signs)
    deviation = x - x.mean(axis=0)
    sigma = x.std(axis=0, ddof=1)
    r = (deviation / sigma).T @ (deviation / sigma) / (len(x) - 1)
    conflict = np.where(1.0 - r > ROUNDING, 1.0 - r, 0.0)
    c = sigma * conflict.sum(axis=0)
    return {"x": x, "sigma": sigma, "r": r, "C": c, "w": checks.share_out(c)}
