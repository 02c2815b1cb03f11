"""OCRA: how much an alternative saves on costs, and how much it gains on benefits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import all_positive
from ..registry import Array, Decision, Guide, Step, batched, method, quotient


@method(
    "ocra",
    title="OCRA (operational competitiveness rating)",
    title_zh="OCRA(运营竞争力评级法)",
    source="Parkan (1994), Operational competitiveness ratings of production units, Managerial and Decision Economics "
    "15(3), 201-221; as Işık & Adalı (2016), International Journal of Advanced Operations Management 8(2), 140-151",
    guide=Guide(
        rule_zh="P = I + O - min(I + O)；I = Σ_{成本} w_j (max - x)/min，O = Σ_{效益} w_j (x - min)/min，"
        "各减去自身最小值。",
        use="Units are compared by what they use and what they make, as in operations.",
        use_zh="按投入与产出比较运营单位时。",
        trap="It divides by the least value of each criterion: near 0 one criterion swallows all others.",
        trap_zh="要除以各准则最小值：最小值接近 0 时该准则会压倒其余准则。",
    ),
    steps=(
        Step("D", "gain over the worst, in units of the least value", ("alternative", "criterion")),
        Step("I", "rating of the costs, 0 for the worst", ("alternative",)),
        Step("O", "rating of the benefits, 0 for the worst", ("alternative",)),
        Step("P", "overall rating, 0 for the worst", ("alternative",)),
    ),
)
def ocra(decision: Decision) -> Mapping[str, Array]:
    """P = I + O - min(I + O); I sums w_j (max_j - x_ij)/min_j over costs, O w_j (x_ij - min_j)/min_j over benefits.

    Each less its own least. Defined for values above 0.
    """
    x, gain = decision.matrix, decision.signs > 0
    all_positive(x)
    low = x.min(axis=0)
    d = (decision.signs * x - (decision.signs * x).min(axis=0)) / low
    inputs, outputs = ((d * decision.weights)[:, part].sum(axis=1) for part in (~gain, gain))
    inputs, outputs = inputs - inputs.min(), outputs - outputs.min()
    return {"D": d, "I": inputs, "O": outputs, "P": inputs + outputs - (inputs + outputs).min()}


@batched("ocra")
def ocra_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """P is sum_j w_j d_ij less its least: what each part's least takes away is the same for all."""
    whole = steps["D"] @ decision.weights
    return np.asarray(whole - whole.min(axis=0))


@quotient("ocra")
def ocra_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """What is taken away is one for all alternatives: they order as sum_j w_j d_ij."""
    return steps["D"], np.ones_like(steps["D"]), 1
