"""SMART by Lootsma: values on a logarithmic scale from 4 to 10 between two ends of what is thought possible."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..errors import InputError
from ..option_checks import numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "smart",
    title="SMART (Lootsma's logarithmic scale)",
    title_zh="SMART(Lootsma 对数尺度)",
    source="Lootsma (1996), A model for the relative importance of the criteria in the Multiplicative AHP and SMART, "
    "European Journal of Operational Research 94(3), 467-476; as Alinezhad & Khalili (2019), New Methods and "
    "Applications in Multiple Attribute Decision Making (MADM), Springer",
    guide=Guide(
        rule_zh="s_i = Σ_j w_j g_ij；效益型 g = 4 + log2(64 f)，成本型 g = 10 - log2(64 f)，f = (x - 下界"
        ")/(上界 - 下界)。",
        use="Grades from 4 to 10 on a scale of ratios are what judges are used to.",
        use_zh="评价者习惯用 4 至 10 分的比例等级时。",
        trap="At the lower end f is 0 and the grade minus infinity: the end lies below all values.",
        trap_zh="在下界处 f = 0，等级为负无穷，因此下界必须低于所有取值。",
    ),
    steps=(
        Step("f", "place between the ends", ("alternative", "criterion")),
        Step("g", "grade, 4 poor to 10 excellent", ("alternative", "criterion")),
        Step("s", "weighted mean grade", ("alternative",)),
    ),
    options={"lower": Option(numbers()), "upper": Option(numbers())},
    linear=True,
)
def smart(decision: Decision, *, lower: Array, upper: Array) -> Mapping[str, Array]:
    """s_i = sum_j w_j g_ij, g = 4 + log2(64 f) for a benefit, 10 - log2(64 f) for a cost.

    f = (x - lower) / (upper - lower). The lower end lies below every value: at it f is 0, and g infinite. The scheme
    `smart` weighs as the same text does.
    """
    x = decision.matrix
    bad = np.flatnonzero((lower >= x.min(axis=0)) | (upper < x.max(axis=0)))
    if bad.size:
        j = bad[0]
        raise InputError(
            "bounds",
            f"options lower, upper, criterion number {j + 1}",
            f"{lower[j]:g} to {upper[j]:g}",
            f"an end below and an end at or above all of {x[:, j].min():g} to {x[:, j].max():g}",
            "Widen the bounds to the whole scale of the criterion.",
        )
    f = (x - lower) / (upper - lower)
    log = np.log2(64 * f)
    g = np.where(decision.signs > 0, 4 + log, 10 - log)
    return {"f": f, "g": g, "s": (g * decision.weights).sum(axis=1)}


@batched("smart")
def smart_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """s_i = sum_j w_j g_ij."""
    return steps["g"] @ decision.weights
