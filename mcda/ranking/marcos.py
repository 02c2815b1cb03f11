"""MARCOS: utility between the anti-ideal and the ideal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import above_zero
from ..registry import Array, Decision, Guide, Step, batched, method, quotient


@method(
    "marcos",
    title="MARCOS",
    title_zh="MARCOS(折衷解测度排序法)",
    source="Stević, Pamučar, Puška & Chatterjee (2020), Sustainable supplier selection in healthcare industries using "
    "a new MCDM method, Computers & Industrial Engineering 140, 106231",
    guide=Guide(
        rule_zh="f(K) = (K+ + K-)/(1 + (1-f(K+))/f(K+) + (1-f(K-))/f(K-))，K± = S_i 与理想、反理想对象得分之比。",
        use="Utility degrees against both an ideal and an anti-ideal are wanted.",
        use_zh="希望同时给出相对理想与反理想的效用度时。",
        trap="f(K+) and f(K-) are the same for all alternatives: the ranks are those of the weighted sum of ratios.",
        trap_zh="f(K+)、f(K-) 对所有对象相同，名次与线性比例规范化后的加权和一致。",
    ),
    steps=(
        Step("N", "normalised performance, more is better", ("alternative", "criterion")),
        Step("V", "weighted normalised performance", ("alternative", "criterion")),
        Step("AAI", "anti-ideal", ("criterion",)),
        Step("AI", "ideal", ("criterion",)),
        Step("S", "weighted sum", ("alternative",)),
        Step("K-", "utility degree against the anti-ideal", ("alternative",)),
        Step("K+", "utility degree against the ideal", ("alternative",)),
        Step("f(K-)", "utility function of the anti-ideal", ("alternative",)),
        Step("f(K+)", "utility function of the ideal", ("alternative",)),
        Step("f(K)", "utility function", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="ratio",
)
def marcos(decision: Decision) -> Mapping[str, Array]:
    """f(K) = (K+ + K-) / (1 + (1 - f(K+))/f(K+) + (1 - f(K-))/f(K-)), K± = S_i / S of the ideal and the anti-ideal.

    f(K-) = K+ / (K+ + K-), f(K+) = K- / (K+ + K-): the same for all alternatives, so that the ranks are those of the
    weighted sum. Undefined where the anti-ideal is 0 on every criterion of positive weight.
    """
    v = decision.matrix * decision.weights
    worst, best, s = v.min(axis=0), v.max(axis=0), v.sum(axis=1)
    above_zero(worst.sum(), "matrix", "an anti-ideal (the worst values together) that is 0 or less")
    low, high = s / worst.sum(), s / best.sum()
    f_low, f_high = high / (high + low), low / (high + low)
    utility = (high + low) / (1 + (1 - f_high) / f_high + (1 - f_low) / f_low)
    return {
        "N": decision.matrix,
        "V": v,
        "AAI": worst,
        "AI": best,
        "S": s,
        "K-": low,
        "K+": high,
        "f(K-)": f_low,
        "f(K+)": f_high,
        "f(K)": utility,
    }


@batched("marcos")
def marcos_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """K± = S / S of the ideal and the anti-ideal: f(K) is linear in K- + K+, its factor one for all alternatives."""
    r, w = decision.matrix, decision.weights
    worst, best = r.min(axis=0) @ w, r.max(axis=0) @ w
    f_low, f_high = worst / (worst + best), best / (worst + best)
    factor = (1 / worst + 1 / best) / (1 + (1 - f_high) / f_high + (1 - f_low) / f_low)
    return r @ w * np.where(worst > 0, factor, np.nan)


@quotient("marcos")
def marcos_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """f(K) grows with S."""
    return steps["N"], np.ones_like(steps["N"]), 1
