"""RAFSI: every criterion's scale mapped into one interval of numbers, free of rank reversal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import span_of, within_bounds
from ..errors import InputError
from ..option_checks import number, numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "rafsi",
    title="RAFSI (functional mapping of sub-intervals)",
    title_zh="RAFSI(子区间函数映射法)",
    source="Žižović, Pamučar, Albijanić, Chatterjee & Pribićević (2020), Eliminating rank reversal problem using a new "
    "multi-attribute model: The RAFSI method, Mathematics 8(6), 1015",
    guide=Guide(
        rule_zh="V_i = Σ_j w_j z_ij；s 把准则尺度映射到 n1..n2k，效益型 z = s/2A，成本型 z = H/2s，A、H 为"
        " n1、n2k 的算术与调和平均。",
        use="Ideal and anti-ideal can be named, and no rank may reverse.",
        use_zh="能给出理想值与反理想值，且要求名次不逆转时。",
        trap="For costs too the low end is mapped to n1. Mapping the anti-ideal to n1 is a slip seen in "
        "programs that changes the winner.",
        trap_zh="成本型也是低端映射到 n1；把反理想映射到 n1 是常见错误，会改变第一名。",
    ),
    steps=(
        Step("S", "value mapped into the interval", ("alternative", "criterion")),
        Step("Z", "mapped value over the mean of the interval's ends", ("alternative", "criterion")),
        Step("V", "weighted sum", ("alternative",)),
    ),
    options={
        "ideal": Option(numbers(), None),
        "anti_ideal": Option(numbers(), None),
        "n1": Option(number, 1.0),
        "n2k": Option(number, 6.0),
    },
    linear=True,
)
def rafsi(
    decision: Decision, *, ideal: Array | None, anti_ideal: Array | None, n1: float, n2k: float
) -> Mapping[str, Array]:
    """V_i = sum_j w_j z_ij, z = s / 2A for a benefit, H / 2s for a cost; s maps the criterion's scale to n1 .. n2k.

    A and H are the arithmetic and the harmonic mean of n1 and n2k. The scale goes from the lower to the higher of
    `ideal` and `anti_ideal`, for costs too: mapping costs from the anti-ideal to the ideal is another method. With both
    given an alternative's score depends on no other one, and no rank reverses; left out, the matrix gives them.
    """
    x, gain = decision.matrix, decision.signs > 0
    if not 0 < n1 < n2k:
        raise InputError("interval", "options n1, n2k", f"{n1:g} and {n2k:g}", "0 < n1 < n2k")
    low, high = span_of(x)
    best = np.where(gain, high, low) if ideal is None else ideal
    worst = np.where(gain, low, high) if anti_ideal is None else anti_ideal
    ends = np.array([np.minimum(best, worst), np.maximum(best, worst)]).T
    low, high = within_bounds("ideal, anti_ideal", x, ends)
    s = n1 + (n2k - n1) * (x - low) / (high - low)
    arithmetic, harmonic = (n1 + n2k) / 2, 2 / (1 / n1 + 1 / n2k)
    z = np.where(gain, s / (2 * arithmetic), harmonic / (2 * s))
    return {"S": s, "Z": z, "V": (z * decision.weights).sum(axis=1)}


@batched("rafsi")
def rafsi_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """V_i = sum_j w_j z_ij."""
    return steps["Z"] @ decision.weights
