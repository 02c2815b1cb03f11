"""GRA-TOPSIS: grey relation to the ideal against grey relation to the anti-ideal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..option_checks import choice, positive_share
from ..registry import Array, Decision, Guide, Option, Step, batched, method
from .gra import coefficients


@method(
    "gra_topsis",
    title="GRA-TOPSIS",
    title_zh="GRA-TOPSIS(灰色关联逼近理想解法)",
    source="Chen & Tzeng (2004), Combining grey relation and TOPSIS concepts for selecting an expatriate host country, "
    "Mathematical and Computer Modelling 40(13), 1473-1490",
    guide=Guide(
        rule_zh="C = r+/(r+ + r-)；r± 为加权规范化值 w_j z_ij 对正、负理想解的灰色关联度（各准则平均）。",
        use="Grey relation is wanted on both sides, to the best and from the worst.",
        use_zh="既要看与最优的关联，也要看与最劣的关联时。",
        trap="Weights enter once: in w z, or (weighting='mean') in the mean of the coefficients; the two give other "
        "scores. Texts that weigh both count them twice.",
        trap_zh="权重只进入一次：在 w z 中，或（weighting='mean'）在关联系数的平均中，二者得分不同；"
        "若两处都加权则重复计算。",
    ),
    steps=(
        Step("V", "weighted normalised performance", ("alternative", "criterion")),
        Step("eta+", "grey relational coefficient to the ideal", ("alternative", "criterion")),
        Step("eta-", "grey relational coefficient to the anti-ideal", ("alternative", "criterion")),
        Step("r+", "grey relational degree to the ideal", ("alternative",)),
        Step("r-", "grey relational degree to the anti-ideal", ("alternative",)),
        Step("C", "closeness coefficient", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="minmax",
    options={
        "rho": Option(positive_share, 0.5),
        "weighting": Option(choice("matrix", "mean"), "matrix"),
    },
    differences=True,
)
def gra_topsis(decision: Decision, *, rho: float, weighting: str) -> Mapping[str, Array]:
    """C = r+ / (r+ + r-), r± the plain mean over the criteria of the coefficients to the best and worst w_j z_ij.

    Weights enter once: in w_j z_ij, or (``weighting="mean"``) in the mean of the coefficients of the z_ij alone. The
    ideal and the anti-ideal have a least and a largest distance each.
    """
    early = decision.weights if weighting == "matrix" else 1.0
    late = 1.0 / len(decision.weights) if weighting == "matrix" else decision.weights
    above = decision.rise * early
    near, far = coefficients(above.max(axis=0) - above, rho), coefficients(above, rho)
    plus, minus = (near * late).sum(axis=1), (far * late).sum(axis=1)
    return {
        "V": decision.matrix * early,
        "eta+": near,
        "eta-": far,
        "r+": plus,
        "r-": minus,
        "C": plus / (plus + minus),
    }


@batched("gra_topsis")
def gra_topsis_batched(decision: Decision, steps: Mapping[str, Array], *, rho: float, weighting: str) -> Array:
    """C, as by the kernel, a criterion at a time; the least distance is 0: somebody is the best, somebody the worst."""
    rise, w = decision.rise, decision.weights
    if weighting == "mean":
        plus, minus = steps["eta+"] @ w, steps["eta-"] @ w
        return np.asarray(plus / (plus + minus))
    span = rise.max(axis=0)
    far = rho * (span[:, None] * w).max(axis=0)
    plus, minus = np.zeros((len(rise), w.shape[1])), np.zeros((len(rise), w.shape[1]))
    for above, most, weight in zip(rise.T, span, w, strict=True):
        plus += 1.0 / ((most - above)[:, None] * weight + far)
        minus += 1.0 / (above[:, None] * weight + far)
    return plus / (plus + minus)
