"""COPRAS: benefits, and costs in inverse proportion."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..errors import InputError
from ..normalisation.domain import own_total
from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "copras",
    title="COPRAS",
    title_zh="COPRAS(复杂比例评价法)",
    source="Zavadskas, Kaklauskas & Sarka (1994), The new method of multicriteria complex proportional assessment of "
    "projects, Technological and Economic Development of Economy 1(3), 131-139",
    guide=Guide(
        rule_zh="Q_i = S+_i + Σ_k S-_k / (S-_i Σ_k 1/S-_k)，U_i = Q_i / max Q；S+、S- 为效益型与成本型准则"
        "的 Σ w_j x_ij / Σ_i x_ij。",
        use="Benefits and costs are to be kept apart, with a utility degree in per cent.",
        use_zh="希望把效益与成本分开合成，并用百分比表示效用度时。",
        trap="Some programs (pymcdm 1.4) count costs as benefits. A cost sum of 0 is not defined.",
        trap_zh="有的程序（如 pymcdm 1.4）把成本当作效益；成本合计为 0 时无定义。",
    ),
    steps=(
        Step("R", "share in the sum of the criterion", ("alternative", "criterion")),
        Step("V", "weighted share", ("alternative", "criterion")),
        Step("S+", "sum over benefits", ("alternative",)),
        Step("S-", "sum over costs", ("alternative",)),
        Step("Q", "relative significance", ("alternative",)),
        Step("U", "utility degree, 1 for the best", ("alternative",)),
    ),
    unit_interval=True,
)
def copras(decision: Decision) -> Mapping[str, Array]:
    """Q_i = S+_i + sum_k S-_k / (S-_i sum_k 1/S-_k), U_i = Q_i / max Q.

    S+ and S- sum w_j x_ij / sum_k x_kj over the benefits and over the costs. Without a cost of positive weight
    Q = S+. Defined for values >= 0, not all 0 in a column, and a positive S- for every alternative.
    """
    r = own_total(decision.matrix, np.ones_like(decision.signs))
    v = r * decision.weights
    gain = (v * (decision.signs > 0)).sum(axis=1)
    cost = (v * (decision.signs < 0)).sum(axis=1)
    q = gain
    if cost.any():
        if not cost.all():
            raise InputError(
                "zero_cost",
                f"matrix, alternative number {np.flatnonzero(cost == 0)[0] + 1}",
                "costs that are all 0",
                "a cost above 0: the method divides by their sum",
                "Use topsis or wsm.",
            )
        q = gain + cost.sum() / (cost * (1 / cost).sum())
    return {"R": r, "V": v, "S+": gain, "S-": cost, "Q": q, "U": q / q.max()}


@batched("copras")
def copras_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """Q and U; without a cost of positive weight Q = S+."""
    gain = steps["R"] * (decision.signs > 0) @ decision.weights
    cost = steps["R"] * (decision.signs < 0) @ decision.weights
    q = np.where(cost.any(axis=0), gain + cost.sum(axis=0) / (cost * (1 / cost).sum(axis=0)), gain)
    return np.asarray(q / q.max(axis=0))
