"""WASPAS: weighted sum and weighted product together."""

from __future__ import annotations

from collections.abc import Mapping

from ..option_checks import share
from ..registry import Array, Decision, Guide, Option, Step, batched, method
from .wpm import wpm, wpm_batched
from .wsm import wsm, wsm_batched


@method(
    "waspas",
    title="WASPAS",
    title_zh="WASPAS(加权和积综合评价法)",
    source="Zavadskas, Turskis, Antucheviciene & Zakarevicius (2012), Elektronika ir Elektrotechnika 122(6), 3-6",
    guide=Guide(
        rule_zh="Q = λ Q1 + (1-λ) Q2，Q1 = Σ w_j r_ij，Q2 = Π r_ij^{w_j}。",
        use="Weighted sum and product are to be joined, and watched over lambda.",
        use_zh="希望结合加权和与加权积，并观察 λ 的影响时。",
        trap="A zero wipes out the product: take `minmax_shifted` for data with zeros.",
        trap_zh="一个 0 会使乘积归零：数据含 0 时请用 minmax_shifted。",
    ),
    steps=(
        Step("R", "normalised performance, more is better", ("alternative", "criterion")),
        Step("Q1", "weighted sum", ("alternative",)),
        Step("Q2", "weighted product", ("alternative",)),
        Step("Q", "joint criterion", ("alternative",)),
    ),
    unit_interval=True,
    normalisation="ratio",
    options={"lam": Option(share, 0.5)},
)
def waspas(decision: Decision, *, lam: float) -> Mapping[str, Array]:
    """Q = lam Q1 + (1 - lam) Q2, Q1 = sum_j w_j r_ij, Q2 = prod_j r_ij^w_j. Defined where the product is."""
    q1, q2 = wsm(decision)["P"], wpm(decision)["P"]
    return {"R": decision.matrix, "Q1": q1, "Q2": q2, "Q": lam * q1 + (1 - lam) * q2}


@batched("waspas")
def waspas_batched(decision: Decision, steps: Mapping[str, Array], *, lam: float) -> Array:
    """Q = lam Q1 + (1 - lam) Q2."""
    return lam * wsm_batched(decision, steps) + (1 - lam) * wpm_batched(decision, steps)
