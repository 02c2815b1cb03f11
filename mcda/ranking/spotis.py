"""SPOTIS: distance from the ideal within fixed bounds, free of rank reversal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import span_of, within_bounds
from ..option_checks import numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "spotis",
    title="SPOTIS",
    title_zh="SPOTIS(稳定偏好排序法)",
    source="Dezert, Tchamova, Han & Tacnet (2020), The SPOTIS rank reversal free method for multi-criteria "
    "decision-making support, 23rd International Conference on Information Fusion, 1-8",
    guide=Guide(
        rule_zh="P_i = Σ_j w_j |x_ij - S*_j|/(S_max - S_min)；界限固定，S* 为理想端；越小越好。",
        use="Bounds of each criterion are known, and no rank may reverse.",
        use_zh="已知各准则的固定上下界，且要求名次不逆转时。",
        trap="Left out, the bounds are those of the data: then ranks may reverse.",
        trap_zh="不给界限时取数据的极值，名次可能逆转。",
    ),
    steps=(
        Step("Smin", "lower bound", ("criterion",)),
        Step("Smax", "upper bound", ("criterion",)),
        Step("S*", "ideal solution point", ("criterion",)),
        Step("d", "normalised distance from the ideal", ("alternative", "criterion")),
        Step("P", "weighted average distance", ("alternative",)),
    ),
    better="lower",
    unit_interval=True,
    options={"bounds": Option(numbers(2), None)},
    linear=True,
)
def spotis(decision: Decision, *, bounds: Array | None) -> Mapping[str, Array]:
    """P_i = sum_j w_j |x_ij - S*_j| / (Smax_j - Smin_j), S*_j the upper bound of a benefit, the lower one of a cost.

    The option `bounds` gives each criterion its least and largest value: then the score of an alternative depends on
    no other one, and no rank reverses when alternatives come and go. Left out, the bounds are those of the matrix:
    they move with the alternatives, and ranks may reverse.
    """
    x = decision.matrix
    low, high = span_of(x) if bounds is None else within_bounds("bounds", x, bounds)
    ideal = np.where(decision.signs > 0, high, low)
    d = np.abs(x - ideal) / (high - low)
    return {"Smin": low, "Smax": high, "S*": ideal, "d": d, "P": (d * decision.weights).sum(axis=1)}


@batched("spotis")
def spotis_batched(decision: Decision, steps: Mapping[str, Array], *, bounds: object) -> Array:
    """P_i = sum_j w_j d_ij."""
    return steps["d"] @ decision.weights
