"""Balanced SPOTIS: SPOTIS between the ideal point and the point that one expects."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import span_of, within_bounds
from ..errors import InputError
from ..option_checks import numbers, share
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "balanced_spotis",
    title="Balanced SPOTIS",
    title_zh="平衡 SPOTIS",
    source="Shekhovtsov, Dezert & Sałabun (2025), Enhancing personalized decision-making with the balanced SPOTIS "
    "algorithm, 17th International Conference on Agents and Artificial Intelligence (ICAART), 264-271",
    guide=Guide(
        rule_zh="P = (1-α) d + α e；d、e 分别为到理想点和到期望点的加权距离 Σ w_j |x_ij - S_j| / (S_max - "
        "S_min)，界限固定；越小越好。",
        use="There is an expected point besides the ideal, such as a reference city, and no rank may "
        "reverse when alternatives come and go.",
        use_zh="除理想点外还有一个期望点（如标杆城市），且要求增减对象时名次不变。",
        trap="Above a balance of 1/2 more of a good thing can lower the place beyond the expected point.",
        trap_zh="balance 大于 1/2 时，超过期望点后“更好”反而可能降低名次。",
    ),
    steps=(
        Step("d", "normalised distance from the ideal", ("alternative", "criterion")),
        Step("e", "normalised distance from the expected point", ("alternative", "criterion")),
        Step("P", "weighted average distance", ("alternative",)),
    ),
    better="lower",
    unit_interval=True,
    options={
        "expected": Option(numbers()),
        "bounds": Option(numbers(2), None),
        "balance": Option(share, 0.5),
    },
    linear=True,
)
def balanced_spotis(
    decision: Decision, *, expected: Array, bounds: Array | None, balance: float
) -> Mapping[str, Array]:
    """P = (1 - a) d_i + a e_i, mean distances from the ideal and from the expected point; a the `balance`.

    d_i sums w_j |x_ij - S*_j| / (Smax_j - Smin_j), e_i the same from `expected`. `bounds` as for SPOTIS; they hold the
    expected point. For a <= 1/2 a better value never raises P; above that it can, beyond the expected point: there the
    expected point is what is wanted.
    """
    x = decision.matrix
    low, high = span_of(x) if bounds is None else within_bounds("bounds", x, bounds)
    bad = np.flatnonzero((expected < low) | (expected > high))
    if bad.size:
        raise InputError(
            "expected_point",
            f"option expected, criterion number {bad[0] + 1}",
            f"{expected[bad[0]]:g}",
            f"a value from {low[bad[0]]:g} to {high[bad[0]]:g}",
        )
    ideal = np.where(decision.signs > 0, high, low)
    d, e = np.abs(x - ideal) / (high - low), np.abs(x - expected) / (high - low)
    return {"d": d, "e": e, "P": (((1 - balance) * d + balance * e) * decision.weights).sum(axis=1)}


@batched("balanced_spotis")
def balanced_spotis_batched(
    decision: Decision, steps: Mapping[str, Array], *, balance: float, **options: object
) -> Array:
    """P_i = sum_j w_j ((1 - a) d_ij + a e_ij)."""
    return ((1 - balance) * steps["d"] + balance * steps["e"]) @ decision.weights
