"""CILOS: a criterion weighs more the less it loses where another is at its best."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..errors import InputError
from ..registry import Array, Guide, scheme

ZAVADSKAS_PODVEZKO = (
    "Zavadskas & Podvezko (2016), Integrated determination of objective criteria weights in MCDM, International "
    "Journal of Information Technology & Decision Making 15(2), 267-283"
)


@scheme(
    "cilos",
    title="Criterion impact loss",
    title_zh="准则影响损失法(CILOS)",
    source=ZAVADSKAS_PODVEZKO,
    guide=Guide(
        rule_zh="F q = 0，w = q/Σq；P_ij 为准则 i 取最优时准则 j 损失的份额。",
        use="Weights shall say how much the other criteria lose where one is at its best.",
        use_zh="希望权重反映“一个准则最优时其他准则损失多少”时。",
        trap="Undefined where one alternative is best on everything; pymcdm may return the wrong number of weights.",
        trap_zh="某对象在所有准则上都最优时无定义；pymcdm 可能返回个数不对的权重。",
    ),
    needs="matrix",
)
def cilos(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """F q = 0, w = q / sum q; F = P - diag(column sums of P), P_ij = (x_jj - x_ij) / x_jj.

    P_ij is the share of criterion j's best value that is lost in the alternative where criterion i is at its best; x
    is the matrix with costs as min / x, as shares by column. The weights are unique where no column is constant, each
    criterion has one best alternative, and not the same one for all. Defined for benefits >= 0 and costs > 0.
    """
    checks.positive(matrix, signs)
    checks.non_negative(matrix)
    checks.varied(matrix)
    n, low, high = len(signs), matrix.min(axis=0), matrix.max(axis=0)
    gains = np.where(signs > 0, matrix / high, low / np.where(signs > 0, 1.0, matrix))
    x = gains / gains.sum(axis=0)
    at_best = matrix == np.where(signs > 0, high, low)
    tied = np.array([np.ptp(matrix[at_best[:, j]], axis=0).any() for j in range(n)])
    checks.each_column(
        ~tied,
        "cilos_tie",
        "several alternatives at its best value",
        "one best alternative for each criterion",
        "Use another scheme.",
    )
    chosen = np.argmax(at_best, axis=0)
    a, there = x[chosen], matrix[chosen]
    # (x_jj - x_ij) / x_jj from the matrix itself: a large offset takes no digit
    p = np.where(signs > 0, (high - there) / high, (there - low) / np.where(signs > 0, 1.0, there))
    if n > 1 and not p.any():
        raise InputError(
            "cilos_no_loss",
            "matrix",
            "one alternative that is best on every criterion",
            "criteria that are at their best in different alternatives",
            "Use another scheme.",
        )
    lost = p.sum(axis=0)
    f = p - np.diag(lost)
    # the columns of F add up to 0: with r_j = q_j times the losses of column j, r stays as it is under P with columns
    # of sum 1, whatever their size; one of the equations gives way to sum r = 1
    shares = p / np.where(lost > 0, lost, 1.0)
    r = np.linalg.solve(np.vstack([(shares - np.eye(n))[1:], np.ones(n)]), np.eye(n)[-1])
    q = r / np.where(lost > 0, lost, 1.0)
    return {"x": x, "A": a, "P": p, "F": f, "w": checks.share_out(np.maximum(q, 0.0))}
