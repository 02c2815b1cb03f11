"""MOORA, the ratio system: benefits minus costs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..normalisation.vector import vector
from ..ranks import settled
from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "moora",
    title="MOORA (ratio system)",
    title_zh="MOORA(比率系统)",
    source="Brauers & Zavadskas (2006), The MOORA method and its application to privatization in a transition "
    "economy, Control and Cybernetics 35(2), 445-469",
    guide=Guide(
        rule_zh="y_i = Σ_{效益} w_j r_ij - Σ_{成本} w_j r_ij，r = x/‖x‖。",
        use="A plain, quick order of benefits less costs is wanted.",
        use_zh="需要简单快捷的“效益减成本”排序时。",
        trap="Vector normalisation keeps ratios, so a criterion with little spread hardly counts whatever its weight.",
        trap_zh="向量规范化保留比例，离散程度小的准则无论权重多大都影响甚微。",
    ),
    steps=(
        Step("R", "ratio to the root of the sum of squares", ("alternative", "criterion")),
        Step("V", "weighted ratio, costs negative", ("alternative", "criterion")),
        Step("y", "benefits minus costs", ("alternative",)),
    ),
    linear=True,
)
def moora(decision: Decision) -> Mapping[str, Array]:
    """y_i = sum over benefits w_j r_ij - sum over costs w_j r_ij, r = x / ||x||. A column of zeros stays zero."""
    r = vector(decision.matrix, np.ones_like(decision.signs))
    v = decision.signs * decision.weights * r
    return {"R": r, "V": v, "y": settled(v.sum(axis=1), np.abs(v).max())}


@batched("moora")
def moora_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """y_i = sum_j w_j (±r_ij)."""
    r, w = decision.signs * steps["R"], decision.weights
    return settled(r @ w, (np.abs(r).max(axis=0)[:, None] * w).max(axis=0))
