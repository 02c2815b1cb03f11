"""Weighted sum model, also called simple additive weighting."""

from __future__ import annotations

from collections.abc import Mapping

from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "wsm",
    title="Weighted sum model",
    title_zh="加权和法",
    source="Fishburn (1967), Additive utilities with incomplete product sets, Operations Research 15(3), 537-542",
    guide=Guide(
        rule_zh="P_i = Σ_j w_j r_ij。",
        use="The plainest rule, which anybody can check by hand; shortfalls are made good by strengths.",
        use_zh="最简单、人人可手算；短板可由长处弥补。",
        trap="Weights mean trade-offs between normalised values: change the normalisation, and they mean "
        "something else.",
        trap_zh="权重是规范化值之间的替代率：改变规范化，权重含义随之改变。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("V", "weighted normalised performance", ("alternative", "criterion")),
        Step("P", "weighted sum", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="minmax",
    linear=True,
)
def wsm(decision: Decision) -> Mapping[str, Array]:
    """P_i = sum_j w_j r_ij."""
    v = decision.matrix * decision.weights
    return {"R": decision.matrix, "V": v, "P": v.sum(axis=1)}


@batched("wsm")
def wsm_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """P_i = sum_j w_j r_ij."""
    return decision.matrix @ decision.weights
