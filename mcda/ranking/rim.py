"""RIM, the reference ideal method: the ideal is a range, anywhere on the scale of the criterion."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import within_bounds
from ..errors import InputError
from ..option_checks import numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method, quotient


@method(
    "rim",
    title="RIM (reference ideal method)",
    title_zh="RIM(参考理想法)",
    source="Cables, Lamata & Verdegay (2016), RIM-reference ideal method in multicriteria decision making, Information "
    "Sciences 337-338, 1-10",
    guide=Guide(
        rule_zh="C = I-/(I+ + I-)，I- = ‖w y‖，I+ = ‖w y - w‖；y 为到理想区间 [C, D] 的接近度，区间内为 1"
        "，到范围 [A, B] 两端降为 0。",
        use="The best is a range in the middle (temperature, pH, density), and no rank may reverse.",
        use_zh="最优值是中间某一区间（如温度、酸碱度、密度），且要求名次不逆转时。",
        trap="Values outside the range are refused. The paper's own last table has misprints.",
        trap_zh="超出范围的值会被拒绝；原文最后一张表有误印。",
    ),
    steps=(
        Step("Y", "nearness to the ideal range, 1 inside", ("alternative", "criterion")),
        Step("V", "weighted nearness", ("alternative", "criterion")),
        Step("I+", "distance from the ideal", ("alternative",)),
        Step("I-", "distance from the anti-ideal", ("alternative",)),
        Step("C", "closeness coefficient", ("alternative",)),
    ),
    unit_interval=True,
    options={"ranges": Option(numbers(2)), "ideals": Option(numbers(2))},
)
def rim(decision: Decision, *, ranges: Array, ideals: Array) -> Mapping[str, Array]:
    """C = I- / (I+ + I-), I- = |w y|, I+ = |w y - w|, y the nearness to the ideal.

    The options give each criterion its range [A, B], which holds every value, and its ideal [C, D] within it: y is 1 in
    the ideal, and falls to 0 at A and B; the directions
    do not enter. An alternative's score depends on no other one: no rank reverses when alternatives come and go.
    """
    x = decision.matrix
    low, high = within_bounds("ranges", x, ranges)
    c, d = ideals.T
    bad = np.flatnonzero((c > d) | (c < low) | (d > high))
    if bad.size:
        raise InputError(
            "ideal_range",
            f"option ideals, criterion number {bad[0] + 1}",
            f"{c[bad[0]]:g} to {d[bad[0]]:g}",
            f"a lower and a higher value within {low[bad[0]]:g} to {high[bad[0]]:g}",
        )
    below = (c - x) / np.where(c > low, c - low, 1.0)
    above = (x - d) / np.where(high > d, high - d, 1.0)
    y = 1.0 - np.maximum(np.maximum(below, above), 0.0)
    v = y * decision.weights
    plus = np.sqrt(((v - decision.weights) ** 2).sum(axis=1))
    minus = np.sqrt((v**2).sum(axis=1))
    return {"Y": y, "V": v, "I+": plus, "I-": minus, "C": minus / (plus + minus)}


@batched("rim")
def rim_batched(decision: Decision, steps: Mapping[str, Array], *, ranges: Array, ideals: Array) -> Array:
    """Both squared distances are linear in the squared weights."""
    y, squared = steps["Y"], decision.weights**2
    plus, minus = np.sqrt((1.0 - y) ** 2 @ squared), np.sqrt(y**2 @ squared)
    return np.asarray(minus / (plus + minus))


@quotient("rim")
def rim_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """C grows with (I- / I+)^2, a quotient of sums over the squared weights."""
    y = steps["Y"]
    return y**2, (1.0 - y) ** 2, 2
