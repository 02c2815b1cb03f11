"""LMAW: logarithms of ratios to the best, joined with the weights as exponents."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import all_positive
from ..option_checks import above_number
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "lmaw",
    title="LMAW (logarithm methodology of additive weights)",
    title_zh="LMAW(对数加性权重法)",
    source="Pamučar, Žižović, Biswas & Božanić (2021), A new logarithm methodology of additive weights (LMAW) for "
    "multi-criteria decision-making, Facta Universitatis, Series: Mechanical Engineering 19(3), 361-380",
    guide=Guide(
        rule_zh="Q_i = Σ_j 2φ^w/((2-φ)^w + φ^w)，φ_ij = ln y_ij / ln Π_i y_ij；效益型 y = (x+max x)/max x"
        "，成本型 y = (x+min x)/x。",
        use="Published figures of it are to be reproduced, or extreme values are to be damped by logarithms.",
        use_zh="复核已发表结果，或希望用对数压低极端值时。",
        trap="Scores depend on the sum of the weights: give `total` for printed ones that sum to 0.999. "
        "Values above 0 only.",
        trap_zh="得分依赖权重之和：印刷权重和为 0.999 时请给 total；只适用于正值。",
    ),
    steps=(
        Step("Y", "standardised value, 2 for the best", ("alternative", "criterion")),
        Step("phi", "its logarithm as a share of those of all", ("alternative", "criterion")),
        Step("xi", "weighted", ("alternative", "criterion")),
        Step("Q", "sum over the criteria", ("alternative",)),
    ),
    options={"total": Option(above_number, 1.0)},
)
def lmaw(decision: Decision, *, total: float) -> Mapping[str, Array]:
    """Q_i = sum_j 2 phi^w / ((2 - phi)^w + phi^w), phi_ij = ln y_ij / ln prod_i y_ij.

    The weights are shares times the option `total`, for printed ones that sum to 0.999: scores depend on it. y = (x +
    max x) / max x for a benefit, (x + min x) / x for a cost. Defined for values above 0.
    """
    x, gain = decision.matrix, decision.signs > 0
    all_positive(x)
    ratio = np.where(gain, x / x.max(axis=0), x.min(axis=0) / x)
    log = np.log1p(ratio)
    phi = log / log.sum(axis=0)
    w = total * decision.weights
    xi = 2 * phi**w / ((2 - phi) ** w + phi**w)
    return {"Y": 1 + ratio, "phi": phi, "xi": xi, "Q": xi.sum(axis=1)}


@batched("lmaw")
def lmaw_batched(decision: Decision, steps: Mapping[str, Array], *, total: float) -> Array:
    """Q, a criterion at a time: xi = 2 / (1 + (2 / phi - 1)^w)."""
    log = np.log(2 / steps["phi"] - 1)
    q = np.zeros((len(log), decision.weights.shape[1]))
    for each, weight in zip(log.T, total * decision.weights, strict=True):
        q += 2 / (1 + np.exp(each[:, None] * weight))
    return q
