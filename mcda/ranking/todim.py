"""TODIM: dominance of each alternative over every other, losses felt more than gains."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import tell_apart
from ..errors import InputError
from ..option_checks import above_number
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "todim",
    title="TODIM (interactive multi-criteria decision making)",
    title_zh="TODIM(交互式多准则决策法)",
    source="Gomes & Lima (1991), TODIM: basics and application to multicriteria ranking of projects with environmental "
    "impacts, Foundations of Computing and Decision Sciences 16(3), 113-127",
    guide=Guide(
        rule_zh="ξ 为优势度行和的极差化；获得 d：√(w_j d)，损失 d：-√(d/w_j)/θ。",
        use="Losses loom larger than gains, as prospect theory has it.",
        use_zh="按前景理论，“损失”比“获得”更被看重时。",
        trap="A loss grows as the weight falls: more weight on one's best criterion can cost ranks "
        "(Llamazares 2018). A weight of 0 is not defined.",
        trap_zh="权重越小损失越大：提高某对象优势准则的权重反而可能使其名次下降（Llamazares 2018）；权重为 0 无定义。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("gain", "square roots of its gains over the others, summed", ("alternative", "criterion")),
        Step("loss", "square roots of its losses to the others, summed", ("alternative", "criterion")),
        Step("delta", "dominance of the row over the column", ("alternative", "alternative")),
        Step("xi", "global value, 0 for the worst and 1 for the best", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="sum",
    options={"theta": Option(above_number, 1.0)},
    differences=True,
)
def todim(decision: Decision, *, theta: float) -> Mapping[str, Array]:
    """xi is the row sum of delta, min-max scaled; delta_ik sums over j sqrt(w_j d) for a gain d = r_ij - r_kj > 0.

    For a loss d it sums -sqrt(d / w_j) / theta. Criteria without weight are not defined. A loss grows as the weight
    falls, so that more weight on an alternative's best criterion can cost it ranks (Llamazares 2018, European Journal
    of Operational Research 269).
    """
    r, w = decision.matrix, decision.weights
    if not (w > 0).all():
        raise InputError(
            "zero_weight",
            f"weights, criterion number {int(np.flatnonzero(w == 0)[0]) + 1}",
            "0",
            "a weight above 0: the method divides by it",
            "Leave the criterion out, or use topsis or wsm.",
        )
    ahead = decision.rise[:, None] - decision.rise[None]
    np.sqrt(np.maximum(ahead, 0.0, out=ahead), out=ahead)  # in its place: new memory takes as long as the roots
    gain, loss = ahead.sum(axis=1), ahead.sum(axis=0)
    delta = ahead @ np.sqrt(w) - (ahead @ np.sqrt(1 / w)).T / theta
    whole = delta.sum(axis=1)
    low, high = whole.min(), whole.max()
    tell_apart(bool(high - low > 1e-12 * max(abs(low), abs(high))))
    return {"R": r, "gain": gain, "loss": loss, "delta": delta, "xi": (whole - low) / (high - low)}


@batched("todim")
def todim_batched(decision: Decision, steps: Mapping[str, Array], *, theta: float) -> Array:
    """The row sum of delta is sum_j gain_ij sqrt(w_j) - loss_ij / (theta sqrt(w_j))."""
    root = np.sqrt(decision.weights)
    whole = steps["gain"] @ root - steps["loss"] @ (1 / root) / theta
    low, high = whole.min(axis=0), whole.max(axis=0)
    told = high - low > 1e-12 * np.maximum(np.abs(low), np.abs(high))
    return np.where(told, (whole - low) / (high - low), np.nan)
