"""Entropy weights: a criterion weighs more, the more unevenly its values are spread over the alternatives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..ranks import about_mean
from ..registry import Array, Guide, scheme

SERIES = 0.1
"""Shares that differ from the mean by less than this of it have their divergence from its power series."""
TERMS = 18


@scheme(
    "entropy",
    title="Shannon entropy",
    title_zh="熵权法",
    source="Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer, pp. 52-54",
    guide=Guide(
        rule_zh="w_j = d_j/Σd，d_j = 1 - E_j，E_j = -(1/ln m) Σ_i p_ij ln p_ij，p_ij = x_ij/Σ_i x_ij。",
        use="No judgements are to be had, and contrast among alternatives shall weigh.",
        use_zh="没有专家判断，希望按对象间差异程度赋权时。",
        trap="Scaled and raw data weigh differently; a criterion that everybody passes weighs nothing. It "
        "says what differs, not what matters.",
        trap_zh="是否先规范化权重不同；大家都一样的准则权重为 0；它说明“哪里有差异”，而不是“什么重要”。",
    ),
    needs="matrix",
)
def entropy(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = d_j / sum d, d_j = 1 - E_j, E_j = -(1/ln m) sum_i p_ij ln p_ij, p_ij = x_ij / sum_i x_ij.

    Computed as d_j = (1/(m ln m)) sum_i (1 + e_ij) ln(1 + e_ij) - e_ij, e_ij = x_ij / mean_j - 1; 0 ln 0 is 0.
    Directions do not enter. Defined for values >= 0 with a positive sum in every column, at least two alternatives, and
    at least one criterion on which they differ.
    """
    checks.non_negative(matrix)
    m = matrix.shape[0]
    apart, mean = about_mean(matrix)
    d = divergence(apart / mean).mean(axis=0) / np.log(m) if m > 1 else np.zeros(matrix.shape[1])
    return {"p": matrix / matrix.sum(axis=0), "E": 1.0 - d, "d": d, "w": checks.share_out(d)}


def divergence(e: Array) -> Array:
    """Return (1 + e) ln(1 + e) - e for e >= -1, the part of 1 - E that a value 1 + e times the mean has.

    Near 0 that is the difference of two numbers that are nearly the same: there it is e^2 sum_k (-e)^k / (k+1)(k+2).

    >>> [f"{d:.6g}" for d in divergence(np.array([-1.0, 0.0, 1e-9]))]
    ['1', '0', '5e-19']
    """
    k = np.arange(TERMS, dtype=float)
    near = np.where(np.abs(e) < SERIES, e, 0.0)
    series = near**2 * np.polynomial.polynomial.polyval(-near, 1.0 / ((k + 1) * (k + 2)))
    rise = np.where(e > -1.0, 1.0 + e, 0.0)
    return np.where(np.abs(e) < SERIES, series, rise * np.log1p(np.where(e > -1.0, e, 0.0)) - e)
