"""Efficacy scores: 60 for the value that just will not do, 100 for the one that satisfies."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from ..option_checks import number, numbers
from ..registry import Array, Guide, Option, normalisation
from .domain import above_worst


@normalisation(
    "efficacy",
    title="Efficacy coefficient",
    title_zh="功效系数法",
    source="Ministry of Finance of China (1999), 国有资本金绩效评价操作细则, the efficacy coefficient method "
    "(section on scoring)",
    guide=Guide(
        rule_zh="d = 60 + 40 (x - 不允许值)/(满意值 - 不允许值)；成本型无须改动（不允许值大于满意值）。",
        use="Scores from 60, just passed, to 100, as Chinese evaluation practice has them.",
        use_zh="国内考核常用的 60 至 100 分制（功效系数法）。",
        trap="Not clipped: below the unsatisfactory value it falls under 60.",
        trap_zh="不截断：劣于不允许值时低于 60 分。",
    ),
    options={
        "bad": Option(numbers(), None),
        "good": Option(numbers(), None),
        "base": Option(number, 60.0),
        "span": Option(number, 40.0),
    },
)
def efficacy(
    matrix: Array,
    signs: Array,
    *,
    bad: Array | None = None,
    good: Array | None = None,
    base: float = 60.0,
    span: float = 40.0,
) -> Array:
    """base + span (x - bad) / (good - bad); not clipped, so worse than *bad* is below the base.

    *bad* and *good* are a number per criterion, the worst and the best value if left out; a cost has bad > good. A
    constant column becomes base + span.
    """
    if bad is None and good is None:
        width = np.ptp(matrix, axis=0)
        rise = above_worst(matrix, signs, np.where(width > 0, width, 1.0))
        return np.asarray(base + span * np.where(width > 0, rise, 1.0))
    gain = signs > 0
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    worst = np.where(gain, low, high) if bad is None else bad
    best = np.where(gain, high, low) if good is None else good
    wrong = np.flatnonzero(signs * (best - worst) <= 0)
    if wrong.size:
        j = wrong[0]
        raise InputError(
            "scale_ends",
            f"options bad, good, criterion number {j + 1}",
            f"{worst[j]:g} and {best[j]:g}",
            "good above bad for a benefit, below it for a cost",
        )
    return np.asarray(base + span * (matrix - worst) / (best - worst))
