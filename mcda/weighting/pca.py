"""Weights by principal components: a criterion weighs by its part in the components, each by its share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..ranks import about_mean
from ..registry import Array, Guide, Option, scheme

ROUNDS = 1000
"""Rounds of the rotation at most."""
LEVEL = 1e-9
"""Variances that differ by less, relative to the largest, are the same."""


def _components(name: str, value: float, columns: checks.Labels) -> int:
    if isinstance(value, int | np.integer) and 1 <= value <= len(columns):
        return int(value)
    raise InputError("option_value", f"option {name}", repr(value), f"a whole number from 1 to {len(columns)}")


@scheme(
    "pca",
    title="Principal components",
    title_zh="主成分分析法",
    source="Jolliffe (2002), Principal Component Analysis, 2nd edition, Springer, section 6; rotation: Kaiser (1958), "
    "The varimax criterion for analytic rotation in factor analysis, Psychometrika 23(3), 187-200",
    guide=Guide(
        rule_zh='w_j ~ Σ_k |a_jk| λ_k/Σλ，a_k 为相关矩阵的特征向量（成本取负）；entries="squares" 取 a_jk²，'
        'shares="rotated" 取旋转后载荷的方差贡献率（即因子分析法）。',
        use="Many correlated indicators, and their common variation shall weigh.",
        use_zh="指标多且相关，希望按共同变异赋权时。",
        trap="Variants (unit vectors or loadings, rotated or not, absolute values or squares, shares before or after "
        "the rotation) give other weights: name them. SPSS-style signed sums can be negative; squares of unit vectors "
        "over all components weigh all alike.",
        trap_zh="单位向量或载荷、是否旋转、取绝对值或平方、旋转前后的贡献率不同则权重不同，须注明；SPSS 式带符号"
        "求和可能得负权重；取全部主成分的单位向量平方则各准则等权。",
    ),
    needs="matrix",
    options={
        "components": Option(option_checks.takes("int", _components), None),
        "rotation": Option(option_checks.choice("none", "varimax"), "none"),
        "scaled": Option(option_checks.choice("unit", "loadings"), "unit"),
        "entries": Option(option_checks.choice("absolute", "squares"), "absolute"),
        "shares": Option(option_checks.choice("unrotated", "rotated"), "unrotated"),
        "tolerance": Option(option_checks.number, 1e-5),
    },
)
def pca(
    matrix: Array,
    signs: Array,
    *,
    components: int | None,
    rotation: str,
    scaled: str,
    entries: str,
    shares: str,
    tolerance: float,
) -> Mapping[str, Array]:
    """w_j ~ sum_k |a_jk| lambda_k / sum lambda over the first `components`, a_k the eigenvectors of the correlations.

    Costs are negated. Left out, the components are those with lambda >= 1 (Kaiser's rule). Variants that give other
    weights: ``scaled="loadings"`` takes a_k sqrt(lambda_k) in place of the unit vectors; ``entries="squares"`` takes
    a_jk^2 in place of |a_jk|; ``rotation="varimax"`` turns the vectors until a round gains less than `tolerance` (where
    R stops: its limit differs in the fourth digit), while the shares stay those before, unless ``shares="rotated"``
    takes sum_j a_jk^2 / n of the rotated loadings: with loadings this is factor analysis. Shares of all or of the
    components kept give the same weights. Defined where no column is constant, and components have variances of their
    own: of equal ones any turn is as good, and each gives other weights.
    """
    checks.varied(matrix)
    apart, _ = about_mean(signs * matrix)
    unit = apart / np.sqrt((apart**2).sum(axis=0))
    values, vectors = np.linalg.eigh(unit.T @ unit)
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    kept = max(1, int((values >= 1.0 - 1e-12).sum())) if components is None else components
    share = values / values.sum()
    _apart(values, kept, squares=entries == "squares" and rotation == "none")
    a = vectors[:, :kept] * (np.sqrt(values[:kept]) if scaled == "loadings" else 1.0)
    if rotation == "varimax" and kept > 1:
        a = varimax(a, tolerance)
    if shares == "rotated":
        if scaled != "loadings":
            raise InputError("option_value", "option shares", repr(shares), "scaled='loadings' with shares='rotated'")
        share = np.concatenate([(a**2).sum(axis=0) / len(values), share[kept:]])
    each = a**2 if entries == "squares" else np.abs(a)
    return {"lambda": values, "share": share, "a": a, "w": checks.share_out((each * share[:kept]).sum(axis=1))}


def _apart(values: Array, kept: int, *, squares: bool) -> None:
    """Refuse components of one variance, of which any turn is as good: squares only feel one that leaves them apart."""
    level = values[:-1] - values[1:] <= LEVEL * values[0]
    level &= values[1:] > LEVEL * values[0]
    if level[kept - 1 : kept].any() if squares else level[:kept].any():
        raise InputError(
            "components_level",
            "matrix",
            "principal components of the same variance",
            "components whose variances differ",
            "Use another scheme, or other components=.",
        )


def varimax(a: Array, tolerance: float) -> Array:
    """Rotate (n, k) columns so that the squares in each vary most, rows scaled to length 1 meanwhile (Kaiser 1958)."""
    length = np.sqrt((a**2).sum(axis=1, keepdims=True))
    length[length == 0] = 1.0
    x = a / length
    turn, before = np.eye(a.shape[1]), 0.0
    for _ in range(ROUNDS):
        z = x @ turn
        u, s, vt = np.linalg.svd(x.T @ (z**3 - z * (z**2).mean(axis=0)))
        turn = u @ vt
        if s.sum() <= before * (1 + tolerance):
            break
        before = s.sum()
    return np.asarray(x @ turn * length)
