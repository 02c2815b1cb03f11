"""Independence weights: a criterion weighs more, the less the others tell it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..errors import InputError
from ..ranks import about_mean
from ..registry import Array, Guide, scheme

DIGITS = 1e-10
"""Below this the correlations are singular, and above it a criterion is told by the others."""


@scheme(
    "independence",
    title="Independence (multiple correlation)",
    title_zh="独立性权重法",
    source="Anderson (2003), An Introduction to Multivariate Statistical Analysis, 3rd edition, Wiley, section 4.4 "
    "(the multiple correlation); weights by its inverse as in SPSSAU",
    guide=Guide(
        rule_zh="w_j ~ 1/R_j，R_j = √(1 - 1/(C^{-1})_jj) 为该准则对其余准则的复相关系数。",
        use="Criteria repeat each other, and repetition shall count less.",
        use_zh="准则之间信息重复，希望重复者权重小时。",
        trap="More alternatives than criteria are needed; else every R is 1. Directions do not enter.",
        trap_zh="对象数必须多于准则数，否则 R 全为 1；不考虑方向。",
    ),
    needs="matrix",
)
def independence(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j ~ 1 / R_j, R_j = sqrt(1 - 1/(C^-1)_jj) the multiple correlation of j with the others, C their correlations.

    Directions do not enter. Defined for more alternatives than criteria, which make C regular, and for criteria each of
    which correlates with the others: R = 0 would weigh without bound.
    """
    m, n = matrix.shape
    if m <= n or n < 2:
        raise InputError(
            "independence_size",
            "matrix",
            f"{m} alternatives and {n} criteria",
            "two or more criteria, and more alternatives than criteria: else the others tell each one in full",
            "Use another scheme.",
        )
    checks.varied(matrix)
    apart, _ = about_mean(matrix)
    unit = apart / np.sqrt((apart**2).sum(axis=0))
    values, vectors = np.linalg.eigh(unit.T @ unit)
    if values[0] < DIGITS:
        raise _dependent("criteria that tell one another in full")
    inverse = ((vectors**2) / values).sum(axis=1)
    squared = 1.0 - 1.0 / inverse
    if squared.min() < DIGITS:
        raise _dependent("a criterion that does not correlate with the others")
    r = np.sqrt(squared)
    return {"R": r, "w": (1 / r) / (1 / r).sum()}


def _dependent(found: str) -> InputError:
    return InputError("independence_rank", "matrix", found, "criteria that correlate in part", "Use another scheme.")
