"""Weighted product model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import above_zero
from ..registry import Array, Decision, Guide, Step, batched, method, quotient


@method(
    "wpm",
    title="Weighted product model",
    title_zh="加权积法",
    source="Miller & Starr (1969), Executive Decisions and Operations Research, Prentice-Hall; Triantaphyllou (2000), "
    "Multi-Criteria Decision Making Methods, Kluwer, section 2.2.2",
    guide=Guide(
        rule_zh="P_i = Π_j r_ij^{w_j}。",
        use="Weak criteria shall not be bought off easily: proportions count.",
        use_zh="不希望短板轻易被弥补、看重比例时。",
        trap="One zero wipes out all else. Ratios only: the zero point of each scale must mean something.",
        trap_zh="一个 0 会抹掉其他一切；只适用于比率尺度。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("V", "normalised performance to the power of the weight", ("alternative", "criterion")),
        Step("P", "weighted product", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="ratio",
)
def wpm(decision: Decision) -> Mapping[str, Array]:
    """P_i = prod_j r_ij^w_j. Defined for r_ij > 0 where w_j > 0: one zero would wipe out all other criteria."""
    used = np.where(decision.weights > 0, decision.matrix, 1.0)
    above_zero(used, "matrix", "a value that is 0 or less once normalised")
    v = decision.matrix**decision.weights
    return {"R": decision.matrix, "V": v, "P": v.prod(axis=1)}


@batched("wpm")
def wpm_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """P_i = exp(sum_j w_j ln r_ij)."""
    return np.asarray(np.exp(np.log(np.where(decision.matrix > 0, decision.matrix, np.nan)) @ decision.weights))


@quotient("wpm")
def wpm_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """P grows with its logarithm, sum_j w_j ln r_ij; -inf where a product is 0."""
    with np.errstate(divide="ignore"):
        return np.log(steps["R"]), np.ones_like(steps["R"]), 1
