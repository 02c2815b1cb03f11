"""RAM: the root assessment method, benefits under a root that costs deepen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..normalisation.domain import own_total
from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "ram",
    title="RAM (root assessment method)",
    title_zh="RAM(方根评价法)",
    source="Sotoudeh-Anvari (2023), Root assessment method (RAM): A novel multi-criteria decision making method "
    "and its applications in sustainability challenges, Journal of Cleaner Production 423, 138695",
    guide=Guide(
        rule_zh="RI = (2 + S+)^{1/(2 + S-)}；S+、S- 为效益型与成本型准则的 Σ w_j x_ij/Σ_i x_ij。",
        use="A quick balance of benefits against costs is wanted.",
        use_zh="需要快速权衡效益与成本时。",
        trap="All scores lie within hundredths of each other (about 1.43 to 1.44): don't read distances from them.",
        trap_zh="得分都挤在百分位以内（约 1.43 至 1.44），不要解读分差大小。",
    ),
    steps=(
        Step("R", "share in the sum of the criterion", ("alternative", "criterion")),
        Step("S+", "sum over benefits", ("alternative",)),
        Step("S-", "sum over costs", ("alternative",)),
        Step("RI", "root assessment", ("alternative",)),
    ),
)
def ram(decision: Decision) -> Mapping[str, Array]:
    """RI = (2 + S+)^(1 / (2 + S-)), S+ and S- the sums of w_j x_ij / sum_i x_ij over benefits and over costs.

    All scores lie between 2^(1/3) and 3^(1/2), most within hundredths of each other. Values >= 0, not all 0.
    """
    r = own_total(decision.matrix, np.ones_like(decision.signs))
    v, gain = r * decision.weights, decision.signs > 0
    plus, minus = v[:, gain].sum(axis=1), v[:, ~gain].sum(axis=1)
    return {"R": r, "S+": plus, "S-": minus, "RI": (2 + plus) ** (1 / (2 + minus))}


@batched("ram")
def ram_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """RI, as by the kernel; the shares hold for all weights."""
    r = steps["R"]
    plus, minus = r * (decision.signs > 0) @ decision.weights, r * (decision.signs < 0) @ decision.weights
    return np.asarray((2 + plus) ** (1 / (2 + minus)))
