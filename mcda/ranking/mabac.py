"""MABAC: above or below the border area."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import above_zero
from ..ranks import settled
from ..registry import Array, Decision, Guide, Step, batched, method


@method(
    "mabac",
    title="MABAC",
    title_zh="MABAC(多属性边界逼近区域比较法)",
    source="Pamučar & Ćirović (2015), The selection of transport and handling resources in logistics centers using "
    "MABAC, Expert Systems with Applications 42(6), 3016-3028",
    guide=Guide(
        rule_zh="S_i = Σ_j (v_ij - g_j)，v_ij = w_j (n_ij + 1)，g_j = (Π_i v_ij)^{1/m}，n 为极差规范化值。",
        use="A border that parts above from below is wanted beside the order.",
        use_zh="除排序外还想知道“在边界之上还是之下”时。",
        trap="The order is that of the weighted sum of min-max values; only the border is new.",
        trap_zh="其次序与极差规范化后的加权和相同，新增的只是边界。",
    ),
    steps=(
        Step("N", "normalised performance, more is better", ("alternative", "criterion")),
        Step("V", "weighted n + 1", ("alternative", "criterion")),
        Step("G", "border approximation area: geometric mean", ("criterion",)),
        Step("Q", "distance from the border", ("alternative", "criterion")),
        Step("S", "sum of distances", ("alternative",)),
    ),
    normalisation="minmax",
    linear=True,
    differences=True,
)
def mabac(decision: Decision) -> Mapping[str, Array]:
    """S_i = sum_j (v_ij - g_j), v_ij = w_j (n_ij + 1), g_j = (prod_i v_ij)^(1/m)."""
    shifted = decision.matrix + 1
    above_zero(shifted, "matrix", "a value that is -1 once normalised")
    v = decision.weights * shifted
    # the weight is taken out of the product, which would underflow
    g = decision.weights * np.exp(np.log(shifted).mean(axis=0))
    q = decision.weights * from_border(decision)
    return {"N": decision.matrix, "V": v, "G": g, "Q": q, "S": settled(q.sum(axis=1), np.abs(q).max())}


@batched("mabac")
def mabac_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """S_i = sum_j w_j (n_ij + 1 - prod_i (n_ij + 1)^(1/m))."""
    distance = from_border(decision)
    return settled(distance @ decision.weights, (np.abs(distance).max(axis=0)[:, None] * decision.weights).max(axis=0))


def from_border(decision: Decision) -> Array:
    """Return n_ij + 1 - g_j, g_j the geometric mean of n + 1: u - b (exp(mean ln(1 + u/b)) - 1), u the rise over b."""
    base = decision.matrix.min(axis=0) + 1
    return np.asarray(decision.rise - base * np.expm1(np.log1p(decision.rise / base).mean(axis=0)))
