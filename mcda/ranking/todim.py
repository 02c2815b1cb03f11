"""TODIM: dominance of each alternative over every other, losses felt more than gains."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import above_number, tell_apart
from ..errors import InputError
from ..registry import Array, Decision, Option, Step, method


@method(
    "todim",
    title="TODIM (interactive multi-criteria decision making)",
    title_zh="TODIM(交互式多准则决策法)",
    source="Gomes & Lima (1991), TODIM: basics and application to multicriteria ranking of projects with environmental "
    "impacts, Foundations of Computing and Decision Sciences 16(3), 113-127",
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("delta", "dominance of the row over the column", ("alternative", "alternative")),
        Step("xi", "global value, 0 for the worst and 1 for the best", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="sum",
    options={"theta": Option(above_number, 1.0)},
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
    apart = r[:, None] - r[None]
    gain, loss = np.maximum(apart, 0.0), np.maximum(-apart, 0.0)
    delta = (np.sqrt(gain * w) - np.sqrt(loss / w) / theta).sum(axis=2)
    whole = delta.sum(axis=1)
    low, high = whole.min(), whole.max()
    tell_apart(bool(high - low > 1e-12 * max(abs(low), abs(high))))
    return {"R": r, "delta": delta, "xi": (whole - low) / (high - low)}
