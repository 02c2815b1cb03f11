"""CILOS: a criterion weighs more the less it loses where another is at its best."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..errors import InputError
from ..registry import Array, scheme

ZAVADSKAS_PODVEZKO = (
    "Zavadskas & Podvezko (2016), Integrated determination of objective criteria weights in MCDM, International "
    "Journal of Information Technology & Decision Making 15(2), 267-283"
)


@scheme(
    "cilos",
    title="Criterion impact loss",
    title_zh="准则影响损失法(CILOS)",
    source=ZAVADSKAS_PODVEZKO,
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
    n = len(signs)
    gains = np.where(signs > 0, matrix / matrix.max(axis=0), matrix.min(axis=0) / np.where(signs > 0, 1.0, matrix))
    x = gains / gains.sum(axis=0)
    at_best = gains == 1.0
    tied = np.array([np.ptp(x[at_best[:, j]], axis=0).any() for j in range(n)])
    checks.each_column(
        ~tied, "cilos_tie", "several alternatives at its best value", "one best alternative for each criterion",
        "Use another scheme.",
    )  # fmt: skip
    a = x[np.argmax(at_best, axis=0)]
    p = 1.0 - a / np.diagonal(a)
    if n > 1 and not p.any():
        raise InputError(
            "cilos_no_loss", "matrix", "one alternative that is best on every criterion",
            "criteria that are at their best in different alternatives", "Use another scheme.",
        )  # fmt: skip
    f = p - np.diag(p.sum(axis=0))
    # the rows of F add up to 0: one of them gives way to sum q = 1
    q = np.linalg.solve(np.vstack([f[1:], np.ones(n)]), np.eye(n)[-1])
    return {"x": x, "A": a, "P": p, "F": f, "w": checks.share_out(np.maximum(q, 0.0))}
