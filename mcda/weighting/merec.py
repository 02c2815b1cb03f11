"""MEREC: a criterion weighs what its removal changes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..registry import Array, Guide, scheme


@scheme(
    "merec",
    title="Removal effects of criteria",
    title_zh="准则移除效应法(MEREC)",
    source="Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene (2021), Determination of objective weights "
    "using a new method based on the removal effects of criteria (MEREC), Symmetry 13(4), 525",
    guide=Guide(
        rule_zh="w_j ~ Σ_i |S'_ij - S_i|，S_i = ln(1 + (1/n) Σ_k |ln n_ik|)，S' 为去掉准则 j 后的值。",
        use="A criterion shall weigh by what its removal changes.",
        use_zh="按“去掉该准则会改变多少”赋权时。",
        trap="Values above 0 only; one value near 0 dominates by its logarithm.",
        trap_zh="只适用于正值；接近 0 的值因取对数而占优。",
    ),
    needs="matrix",
)
def merec(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = E_j / sum E, E_j = sum_i |S'_ij - S_i|, S_i = ln(1 + (1/n) sum_k |ln n_ik|), S'_ij the same without k = j.

    n_ij = min_i x_ij / x_ij for a benefit, x_ij / max_i x_ij for a cost. Defined for values > 0, and at least one
    criterion on which the alternatives differ.
    """
    checks.positive(matrix)
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    x = np.where(signs > 0, low / matrix, matrix / high)
    short = np.where(signs > 0, (low - matrix) / matrix, (matrix - high) / high)  # n - 1, with all its digits
    logs = np.abs(np.where(short > -0.5, np.log1p(short), np.log(x))) / len(signs)
    total = logs.sum(axis=1, keepdims=True)
    rest = np.maximum(total - logs, 0.0)
    s, without = np.log1p(total), np.log1p(rest)
    e = np.log1p(logs / (1.0 + rest)).sum(axis=0)  # S - S'
    return {"n": x, "S": s[:, 0], "S'": without, "E": e, "w": checks.share_out(e)}
