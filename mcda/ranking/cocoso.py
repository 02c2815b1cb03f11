"""CoCoSo: three compromises of a weighted sum and a sum of powers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import above_zero
from ..option_checks import share
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "cocoso",
    title="CoCoSo",
    title_zh="CoCoSo(组合折衷解法)",
    source="Yazdani, Zarate, Zavadskas & Turskis (2019), A combined compromise solution (CoCoSo) method for "
    "multi-criteria decision-making problems, Management Decision 57(9), 2501-2519",
    guide=Guide(
        rule_zh="k = (ka kb kc)^(1/3) + (ka + kb + kc)/3；S = Σ w_j r_ij，P = Σ r_ij^{w_j}；ka = "
        "(S+P)/Σ(S+P)，kb = S/min S + P/min P，kc = (λS+(1-λ)P)/(λ max S+(1-λ) max P)。",
        use="A compromise between an additive and a multiplicative view is wanted, and the literature of "
        "the case uses it.",
        use_zh="希望兼顾加法与乘法两种合成方式，或相关文献采用该方法时。",
        trap="It divides by the worst score: an alternative that is worst on every criterion makes it "
        "undefined, and one that is nearly so stretches all others.",
        trap_zh="要除以最差得分：若某对象在所有准则上都最差则无定义，接近最差时会拉大其余差距。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("S", "weighted sum", ("alternative",)),
        Step("P", "sum of performances to the power of the weight", ("alternative",)),
        Step("ka", "share in the sum of all", ("alternative",)),
        Step("kb", "ratio to the worst", ("alternative",)),
        Step("kc", "ratio to the best", ("alternative",)),
        Step("k", "compromise score", ("alternative",)),
    ),
    normalisation="minmax",
    options={"lam": Option(share, 0.5)},
)
def cocoso(decision: Decision, *, lam: float) -> Mapping[str, Array]:
    """k = (ka kb kc)^(1/3) + (ka + kb + kc)/3, from S = sum_j w_j r_ij and P = sum_j r_ij^w_j.

    ka = (S + P)/sum(S + P), kb = S/min S + P/min P, kc = (lam S + (1 - lam) P)/(lam max S + (1 - lam) max P).
    Undefined where an alternative is the worst on every criterion of positive weight: min S is 0.
    """
    above_zero((decision.matrix >= 0).astype(float), "matrix", "a value below 0 once normalised")
    s = (decision.matrix * decision.weights).sum(axis=1)
    above_zero(s, "matrix", "an alternative whose weighted sum is 0 or less once normalised")
    p = (decision.matrix**decision.weights).sum(axis=1)
    ka = (s + p) / (s + p).sum()
    kb = s / s.min() + p / p.min()
    kc = (lam * s + (1 - lam) * p) / (lam * s.max() + (1 - lam) * p.max())
    k = np.cbrt(ka * kb * kc) + (ka + kb + kc) / 3
    return {"R": decision.matrix, "S": s, "P": p, "ka": ka, "kb": kb, "kc": kc, "k": k}


@batched("cocoso")
def cocoso_batched(decision: Decision, steps: Mapping[str, Array], *, lam: float) -> Array:
    """Sum the powers criterion by criterion: r^w = exp(w ln r), which is quicker; 0^0 is 1."""
    r, w = decision.matrix, decision.weights
    log = np.log(r, out=np.full_like(r, -1e300), where=r > 0)
    s = r @ w
    s[:, (s <= 0).any(axis=0)] = np.nan
    p = sum((np.exp(x[:, None] * weight) for x, weight in zip(log.T, w, strict=True)), start=np.zeros_like(s))
    ka = (s + p) / (s + p).sum(axis=0)
    kb = s / s.min(axis=0) + p / p.min(axis=0)
    kc = (lam * s + (1 - lam) * p) / (lam * s.max(axis=0) + (1 - lam) * p.max(axis=0))
    return np.asarray(np.cbrt(ka * kb * kc) + (ka + kb + kc) / 3)
