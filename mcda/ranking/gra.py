"""Grey relational analysis: nearness to an ideal sequence, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..option_checks import positive_share
from ..registry import Array, Decision, Guide, Option, Step, batched, method

DENG = "Deng (1982), Control problems of grey systems, Systems & Control Letters 1(5), 288-294"


@method(
    "gra",
    title="Grey relational analysis",
    title_zh="灰色关联分析",
    source=DENG,
    guide=Guide(
        rule_zh="r_i = Σ_j w_j η_ij，η = (min Δ + ρ max Δ)/(Δ + ρ max Δ)，Δ 为与最优值的差，最小最大取遍所"
        "有对象与准则，ρ 通常为 0.5。",
        use="Few data, short series, and likeness to a reference sequence is the question.",
        use_zh="数据少、序列短，问的是“与参考序列有多像”时。",
        trap="min and max run over all alternatives and all criteria. The ideal lies along criteria: a "
        "slip of axes passes unnoticed on square tables. Some codes divide by m or n once more: the same "
        "order, other numbers.",
        trap_zh="最小差、最大差取遍全部对象与准则；参考序列沿准则方向，方阵上行列弄反不易察觉；有的程序多"
        "除一次 m 或 n，次序不变而数值不同。",
    ),
    steps=(
        Step("Z", "normalised performance, more is better", ("alternative", "criterion")),
        Step("Delta", "distance from the best normalised performance", ("alternative", "criterion")),
        Step("eta", "grey relational coefficient", ("alternative", "criterion")),
        Step("r", "grey relational degree", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="minmax",
    options={"rho": Option(positive_share, 0.5)},
    linear=True,
    differences=True,
)
def gra(decision: Decision, *, rho: float) -> Mapping[str, Array]:
    """r_i = sum_j w_j eta_ij, eta = (min Delta + rho max Delta) / (Delta + rho max Delta), Delta = max_i z_ij - z_ij.

    The least and the largest Delta are taken over all alternatives and all criteria. Where nothing differs eta is 1.
    """
    delta = decision.rise.max(axis=0) - decision.rise
    eta = coefficients(delta, rho)
    return {"Z": decision.matrix, "Delta": delta, "eta": eta, "r": (eta * decision.weights).sum(axis=1)}


@batched("gra")
def gra_batched(decision: Decision, steps: Mapping[str, Array], *, rho: float) -> Array:
    """r_i = sum_j w_j eta_ij."""
    return steps["eta"] @ decision.weights


def coefficients(delta: Array, rho: float) -> Array:
    """Return (min + rho max) / (delta + rho max), 1 where all distances are 0.

    >>> coefficients(np.array([[0.0, 1.0]]), 0.5).round(4).tolist()
    [[1.0, 0.3333]]
    """
    far = rho * delta.max()
    return np.asarray((delta.min() + far) / (delta + far)) if far > 0 else np.ones_like(delta)
