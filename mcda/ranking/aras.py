"""ARAS: each alternative as a share of the optimum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..normalisation.domain import own_total
from ..option_checks import numbers
from ..registry import Array, Decision, Guide, Option, Step, batched, method, quotient


@method(
    "aras",
    title="ARAS",
    title_zh="ARAS(加性比率评价法)",
    source="Zavadskas & Turskis (2010), A new additive ratio assessment (ARAS) method in multicriteria "
    "decision-making, Technological and Economic Development of Economy 16(2), 159-172",
    guide=Guide(
        rule_zh="K_i = S_i / S_0，S_i = Σ_j w_j r_ij，r_ij = g_ij / Σ_{i=0..m} g_ij；效益型 g = x，成本型 "
        "g = 1/x；第 0 行为理想对象（各准则最优值，或由选项 optimum 给定）。",
        use="Shares of an ideal are wanted: K reads as a percentage of the best conceivable alternative.",
        use_zh="需要以“达到理想方案的百分之几”来表达得分时。",
        trap="The optimum is part of the sum that every column is divided by: an alternative that comes "
        "or goes moves all scores. Costs of 0 are not defined.",
        trap_zh="理想对象也计入各列之和，增减对象会改变所有得分；成本型准则不能为 0。",
    ),
    steps=(
        Step("x0", "optimum", ("criterion",)),
        Step(
            "R", "share in the sum of the criterion, the optimum counted in; costs as 1/x", ("alternative", "criterion")
        ),
        Step("r0", "the same for the optimum", ("criterion",)),
        Step("V", "weighted share", ("alternative", "criterion")),
        Step("S", "optimality function", ("alternative",)),
        Step("K", "utility degree", ("alternative",)),
    ),
    unit_interval=True,
    options={"optimum": Option(numbers(), None)},
)
def aras(decision: Decision, *, optimum: Array | None) -> Mapping[str, Array]:
    """K_i = S_i / S_0, S_i = sum_j w_j r_ij, r_ij = g_ij / sum over i = 0..m of g_ij, g = x, for a cost 1/x.

    Row 0 is the optimum: the best value of the matrix, or the option `optimum`, a number per criterion. Defined for
    benefits >= 0, not all 0, and costs > 0.
    """
    x, signs = decision.matrix, decision.signs
    best = np.where(signs > 0, x.max(axis=0), x.min(axis=0)) if optimum is None else optimum
    r = own_total(np.vstack([best, x]), signs)
    v = r * decision.weights
    s = v.sum(axis=1)
    return {"x0": best, "R": r[1:], "r0": r[0], "V": v[1:], "S": s[1:], "K": s[1:] / s[0]}


@batched("aras")
def aras_batched(decision: Decision, steps: Mapping[str, Array], *, optimum: object) -> Array:
    """K_i = S_i / S_0."""
    return np.asarray((steps["R"] @ decision.weights) / (steps["r0"] @ decision.weights))


@quotient("aras")
def aras_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """S_0 is one for all alternatives: they order as S."""
    return steps["R"], np.ones_like(steps["R"]), 1
