"""MAIRCA: the gap between what an alternative could reach and what it reaches."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "mairca",
    title="MAIRCA",
    title_zh="MAIRCA(多属性理想-现实比较分析法)",
    source="Pamučar, Vasin & Lukovac (2014), Selection of railway level crossings for investing in security equipment "
    "using hybrid DEMATEL-MARICA model, XVI International Scientific-expert Conference on Railways, 89-92",
    guide=Guide(
        rule_zh="Q_i = Σ_j (t_j - t_j n_ij)，t_j = w_j/m，n 为极差规范化值；越小越好。",
        use="A gap to the ideal in units of weight is wanted.",
        use_zh="希望用“与理想的权重差距”来表述时。",
        trap="The order is that of the weighted sum of min-max values; low is best.",
        trap_zh="其次序与极差规范化后的加权和相同；越小越好。",
    ),
    steps=(
        Step("N", "normalised performance, more is better", ("alternative", "criterion")),
        Step("tp", "theoretical assessment", ("criterion",)),
        Step("tr", "real assessment", ("alternative", "criterion")),
        Step("g", "gap", ("alternative", "criterion")),
        Step("Q", "total gap", ("alternative",)),
    ),
    better="lower",
    normalisation="minmax",
    linear=True,
    differences=True,
)
def mairca(decision: Decision) -> Mapping[str, Array]:
    """Q_i = sum_j (tp_j - tp_j n_ij), tp_j = w_j / m: each of the m alternatives is as likely to be chosen."""
    theoretical = decision.weights / len(decision.matrix)
    real = theoretical * decision.matrix
    gap = theoretical * short(decision)
    return {"N": decision.matrix, "tp": theoretical, "tr": real, "g": gap, "Q": gap.sum(axis=1)}


@batched("mairca")
def mairca_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """Q_i = sum_j w_j (1 - n_ij) / m."""
    return np.asarray(short(decision) @ decision.weights / len(decision.matrix))


def short(decision: Decision) -> Array:
    """Return 1 - n_ij: what the best is short of 1, and what one is behind the best."""
    return np.asarray((1 - decision.matrix.max(axis=0)) + (decision.rise.max(axis=0) - decision.rise))
