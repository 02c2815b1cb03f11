"""Entropy weights: a criterion weighs what it tells the alternatives apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..registry import Array, scheme


@scheme(
    "entropy",
    title="Shannon entropy",
    title_zh="熵权法",
    source="Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer, pp. 52-54",
    needs="matrix",
)
def entropy(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = d_j / sum d, d_j = 1 - E_j, E_j = -(1/ln m) sum_i p_ij ln p_ij, p_ij = x_ij / sum_i x_ij.

    0 ln 0 is 0. Directions do not enter. Defined for values >= 0 with a positive sum in every column, at least two
    alternatives, and at least one criterion on which they differ.
    """
    checks.non_negative(matrix)
    m = matrix.shape[0]
    p = matrix / matrix.sum(axis=0)
    e = -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=0) / np.log(m) if m > 1 else np.ones(matrix.shape[1])
    # a constant column has entropy 1 up to rounding
    d = np.where(np.ptp(matrix, axis=0) > 0, np.maximum(1.0 - e, 0.0), 0.0)
    return {"p": p, "E": e, "d": d, "w": checks.share_out(d)}
