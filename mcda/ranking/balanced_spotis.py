"""Balanced SPOTIS: SPOTIS between the ideal point and the point that one expects."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import numbers, share, span_of, within_bounds
from ..errors import InputError
from ..registry import Array, Decision, Option, Step, batched, method


@method(
    "balanced_spotis",
    title="Balanced SPOTIS",
    title_zh="平衡 SPOTIS",
    source="Shekhovtsov, Dezert & Sałabun (2025), Enhancing personalized decision-making with the balanced SPOTIS "
    "algorithm, 17th International Conference on Agents and Artificial Intelligence (ICAART), 264-271",
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
