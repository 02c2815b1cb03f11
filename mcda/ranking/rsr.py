"""Rank sum ratio: the weighted mean of an alternative's places, as a share of the best place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import differ
from ..option_checks import choice
from ..ranks import by_place
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "rsr",
    title="Rank sum ratio",
    title_zh="秩和比法(RSR)",
    source="Tian (1988), 田凤调，秩和比法及其应用, Chinese Journal of Preventive Medicine 22(4)",
    guide=Guide(
        rule_zh="RSR_i = Σ_j w_j R_ij / m；R_ij 为秩，最差为 1，最好为 m，同值取平均秩；非整秩：R = 1 + "
        "(m-1)(x - 最差)/(最好 - 最差)。",
        use="Only the order of values is trusted, as in medical statistics; grades by probit follow "
        "(`mcda.rsr_grades`).",
        use_zh="只信任数值的次序（如医疗质量评价），并可按概率单位分档（mcda.rsr_grades）时。",
        trap="Whole ranks forget how far apart values are. Grades need three distinct RSR at least; "
        "fitted values may exceed 1.",
        trap_zh="整秩丢失差距大小；分档至少需要 3 个不同的 RSR；拟合值可能超过 1。",
    ),
    steps=(
        Step("R", "place, 1 the worst", ("alternative", "criterion")),
        Step("RSR", "rank sum ratio", ("alternative",)),
    ),
    unit_interval=True,
    options={"places": Option(choice("whole", "continuous"), "whole")},
    linear=True,
)
def rsr(decision: Decision, *, places: str) -> Mapping[str, Array]:
    """RSR_i = sum_j w_j R_ij / m, R_ij the place of i on j, from 1, the worst, to m, the best; ties share their mean.

    ``places="continuous"``: R = 1 + (m - 1)(x - worst) / (best - worst), not defined for a constant criterion.
    Whole places see the order only. `mcda.rsr_grades` sorts into grades.
    """
    x, m = decision.signs * decision.matrix, len(decision.matrix)
    if places == "continuous":
        differ(x)
        low = x.min(axis=0)
        r = 1.0 + (m - 1) * (x - low) / (x.max(axis=0) - low)
    else:
        r = by_place(x, np.arange(m, 0.0, -1.0))
    return {"R": r, "RSR": (r * decision.weights).sum(axis=1) / m}


@batched("rsr")
def rsr_batched(decision: Decision, steps: Mapping[str, Array], *, places: str) -> Array:
    """RSR_i = sum_j w_j R_ij / m."""
    return steps["R"] @ decision.weights / len(steps["R"])
