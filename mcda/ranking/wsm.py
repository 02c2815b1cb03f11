"""Weighted sum model, also called simple additive weighting."""

from __future__ import annotations

from collections.abc import Mapping

from ..registry import Array, Decision, Step, batched, method


@method(
    "wsm",
    title="Weighted sum model",
    title_zh="加权和法",
    source="Fishburn (1967), Additive utilities with incomplete product sets, Operations Research 15(3), 537-542",
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
