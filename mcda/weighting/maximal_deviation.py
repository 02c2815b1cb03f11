"""Maximal deviation: a criterion weighs by how far it sets the alternatives apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks, option_checks
from ..normalisation.minmax import minmax
from ..registry import Array, Guide, Option, scheme


@scheme(
    "maximal_deviation",
    title="Maximal deviation",
    title_zh="离差最大化法",
    source="Wang (1998), 王应明，运用离差最大化方法进行多指标决策与排序, Systems Engineering and Electronics "
    "20(7), 24-26",
    guide=Guide(
        rule_zh="w_j ~ Σ_i Σ_k |z_ij - z_kj|，z 为规范化值。",
        use="Weights shall part the alternatives as much as they can.",
        use_zh="希望权重使对象之间差别最大时。",
        trap="It is spread by another name: no importance. The normalisation decides.",
        trap_zh="本质是离散程度而不是重要性；规范化方式起决定作用。",
    ),
    needs="matrix",
    options={"normalisation": Option(option_checks.choice("minmax", "none"), "minmax")},
)
def maximal_deviation(matrix: Array, signs: Array, *, normalisation: str) -> Mapping[str, Array]:
    """w_j = d_j / sum d, d_j = sum_i sum_k |z_ij - z_kj|, z the min-max normalised values, or as they stand.

    Directions do not enter; a constant criterion weighs nothing.
    """
    d = deviation(minmax(matrix, signs) if normalisation == "minmax" else matrix)
    return {"d": d, "w": checks.share_out(d)}


def deviation(z: Array) -> Array:
    """Return sum_i sum_k |z_ij - z_kj| for each column, by sorting.

    >>> deviation(np.array([[0.0], [1.0], [3.0]])).tolist()
    [12.0]
    """
    m = len(z)
    rise = np.sort(z - z.min(axis=0), axis=0)
    return np.asarray(2 * ((2 * np.arange(m) - m + 1)[:, None] * rise).sum(axis=0))
