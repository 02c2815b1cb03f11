"""CODAS: distances from the negative-ideal, Euclidean first, Manhattan where the Euclidean tell apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..option_checks import share
from ..ranks import TIE, settled
from ..registry import Array, Decision, Guide, Option, Step, batched, method


@method(
    "codas",
    title="CODAS",
    title_zh="CODAS(组合距离评价法)",
    source="Keshavarz Ghorabaee, Zavadskas, Turskis & Antucheviciene (2016), Economic Computation and Economic "
    "Cybernetics Studies and Research 50(3), 25-44",
    guide=Guide(
        rule_zh="H_i = Σ_k [(E_i - E_k) + ψ(E_i - E_k)(T_i - T_k)]；E、T 为到负理想点的欧氏距离与曼哈顿距"
        "离；|差| ≥ τ 时 ψ = 1，否则为 0。",
        use="Distances from the worst matter more than nearness to the best.",
        use_zh="更看重“离最差有多远”，而不是“离最好有多近”时。",
        trap="The threshold tau is absolute: it takes effect or not by the scale of the normalised "
        "values. Dominance can break about it.",
        trap_zh="阈值 τ 是绝对数，是否起作用取决于规范化后的尺度；在阈值附近可能违反优势律。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("V", "weighted normalised performance", ("alternative", "criterion")),
        Step("ns", "negative-ideal", ("criterion",)),
        Step("E", "Euclidean distance from the negative-ideal", ("alternative",)),
        Step("T", "taxicab distance from the negative-ideal", ("alternative",)),
        Step("h", "relative assessment of the row against the column", ("alternative", "alternative")),
        Step("H", "assessment score", ("alternative",)),
    ),
    normalisation="ratio",
    options={"tau": Option(share, 0.02)},
    breaks=("dominance",),
    differences=True,
)
def codas(decision: Decision, *, tau: float) -> Mapping[str, Array]:
    """H_i = sum_k (E_i - E_k) + psi(E_i - E_k) (T_i - T_k), psi(x) = 1 if |x| >= tau, else 0.

    E and T are the Euclidean and the taxicab distance of w_j r_ij from ns_j = min_i w_j r_ij. Dominance can break:
    an alternative a little better than another may pass tau against a third with a larger T, and so take in a
    negative term that the other is spared.
    """
    v, above = decision.matrix * decision.weights, decision.rise * decision.weights
    worst = v.min(axis=0)
    e = np.sqrt((above**2).sum(axis=1))
    t = above.sum(axis=1)
    apart = e[:, None] - e
    h = apart + (np.abs(apart) >= tau * (1 - TIE)) * (t[:, None] - t)
    return {
        "R": decision.matrix,
        "V": v,
        "ns": worst,
        "E": e,
        "T": t,
        "h": h,
        "H": settled(h.sum(axis=1), e.sum() + t.max()),
    }


@batched("codas")
def codas_batched(decision: Decision, steps: Mapping[str, Array], *, tau: float) -> Array:
    """H_i = m E_i - sum E + m T_i - sum T, less sum (T_i - T_k) over the k that are within tau.

    In the order of E they stand side by side: found by bisection, and summed by prefix sums.
    """
    r = decision.rise
    e, t = np.sqrt(r**2 @ decision.weights**2), r @ decision.weights
    m, k = e.shape
    order = np.argsort(e, axis=0)
    rising, with_t = (np.take_along_axis(each, order, axis=0).T for each in (e, t))
    # columns end to end, each well above the one before: one bisection for all
    far = rising + 2.0 * (1.0 + tau) * (1.0 + rising.max()) * np.arange(k)[:, None]
    within = tau * (1 - TIE)
    start = np.searchsorted(far.ravel(), far - within, side="right") - m * np.arange(k)[:, None]
    stop = np.maximum(np.searchsorted(far.ravel(), far + within) - m * np.arange(k)[:, None], start)
    sums = np.concatenate([np.zeros((k, 1)), np.cumsum(with_t, axis=1)], axis=1)
    near = np.take_along_axis(sums, stop, axis=1) - np.take_along_axis(sums, start, axis=1)
    apart = m * rising + (m - (stop - start)) * with_t + near
    h = np.empty_like(e)
    np.put_along_axis(h, order, apart.T - e.sum(axis=0) - t.sum(axis=0), axis=0)
    return settled(h, e.sum(axis=0) + t.max(axis=0))
