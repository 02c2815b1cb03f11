"""Grey relational analysis: nearness to an ideal sequence, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import positive_share
from ..registry import Array, Decision, Option, Step, batched, method

DENG = "Deng (1982), Control problems of grey systems, Systems & Control Letters 1(5), 288-294"


@method(
    "gra",
    title="Grey relational analysis",
    title_zh="灰色关联分析",
    source=DENG,
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
