"""TOPSIS: nearness to the ideal, farness from the anti-ideal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..errors import InputError
from ..registry import Array, Decision, Guide, Step, batched, method, quotient

BLOCK = 2**13
"""Alternatives taken at a time where they are many: what is computed on the way stays in the processor's cache."""
STEPS = (
    Step("R", "normalised performance, more is better", ("alternative", "criterion")),
    Step("V", "weighted normalised performance", ("alternative", "criterion")),
    Step("A+", "ideal", ("criterion",)),
    Step("A-", "anti-ideal", ("criterion",)),
    Step("D+", "distance from the ideal", ("alternative",)),
    Step("D-", "distance from the anti-ideal", ("alternative",)),
    Step("C", "closeness coefficient", ("alternative",)),
)


@method(
    "topsis",
    title="TOPSIS",
    title_zh="TOPSIS(逼近理想解排序法)",
    source="Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer, pp. 128-140",
    guide=Guide(
        rule_zh="C = D-/(D+ + D-)；D± 为加权规范化值 w_j r_ij 到各准则最优、最劣值的欧氏距离。",
        use="A first, well-known order by nearness to the best and farness from the worst.",
        use_zh="通用首选：按“近最优、远最劣”排序。",
        trap="The normalisation must be named: vector is the classical one, some programs take min-max, "
        "and ranks differ. Ranks can reverse.",
        trap_zh="必须说明规范化：经典为向量规范化，有的程序用极差，名次不同；增减对象时名次可能逆转。",
    ),
    steps=STEPS,
    unit_interval=True,
    normalisation="vector",
    differences=True,
)
def topsis(decision: Decision) -> Mapping[str, Array]:
    """C = D- / (D+ + D-), D± the Euclidean distances of w_j r_ij from the best and worst w_j r_ij.

    Undefined (0/0) where no criterion of positive weight tells the alternatives apart.
    """
    v, above = decision.matrix * decision.weights, decision.rise * decision.weights
    ideal, anti = v.max(axis=0), v.min(axis=0)
    to_ideal = np.sqrt(((above.max(axis=0) - above) ** 2).sum(axis=1))
    to_anti = np.sqrt((above**2).sum(axis=1))
    if not (to_ideal + to_anti > 0).all():
        raise InputError(
            "all_equal",
            "matrix",
            "alternatives that are equal on every weighted criterion",
            "at least one criterion of positive weight on which they differ",
        )
    closeness = to_anti / (to_ideal + to_anti)
    return {
        "R": decision.matrix,
        "V": v,
        "A+": ideal,
        "A-": anti,
        "D+": to_ideal,
        "D-": to_anti,
        "C": closeness,
    }


@batched("topsis")
def topsis_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """D±^2 = sum_j w_j^2 (r_ij - r±_j)^2: linear in the squared weights."""
    r, squared = decision.rise, decision.weights**2
    ideal = r.max(axis=0)
    closeness = np.empty((len(r), squared.shape[1]))
    for start in range(0, len(r), BLOCK):
        part = np.asfortranarray(r[start : start + BLOCK])
        to_anti, both = part**2 @ squared, (part - ideal) ** 2 @ squared
        np.sqrt(to_anti, out=to_anti)
        np.sqrt(both, out=both)
        both += to_anti
        np.divide(to_anti, both, out=closeness[start : start + BLOCK])
    return closeness


@quotient("topsis")
def topsis_order(decision: Decision, steps: Mapping[str, Array]) -> tuple[Array, Array, int]:
    """C grows with (D- / D+)^2, a quotient of sums over the squared weights."""
    r = decision.rise
    return r**2, (r - r.max(axis=0)) ** 2, 2
