"""MULTIMOORA: three methods of one family, joined by the theory of dominance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..checks import all_positive
from ..normalisation.vector import vector_rise
from ..ranks import Sets, competition_ranks, sets_before, sizes
from ..registry import Array, Counts, Decision, Guide, Lists, Signs, Step, batched, lists, method
from .moora import moora, moora_batched
from .vikor import heaviest


@method(
    "multimoora",
    title="MULTIMOORA",
    title_zh="MULTIMOORA(多重MOORA法)",
    source="Brauers & Zavadskas (2010), Project management by MULTIMOORA as an instrument for transition economies, "
    "Technological and Economic Development of Economy 16(1), 5-24; theory of dominance: Brauers & Zavadskas (2012), "
    "Informatica 23(1), 1-25",
    guide=Guide(
        rule_zh="y 为比率系统，z = max_j |w_j (r*_j - r_ij)| 为参照点法，U = Π x_ij^{±w_j} 为完全乘积形式"
        "；按三个名次的优势关系合成最终名次。",
        use="Robustness over three ways of aggregation is wanted in one answer.",
        use_zh="希望一次兼顾三种合成方式的稳健性时。",
        trap="The theory of dominance can be circular: such alternatives tie. U takes values above 0 only.",
        trap_zh="优势理论可能出现循环，此时名次并列；U 只适用于正值。",
    ),
    steps=(
        Step("R", "ratio to the root of the sum of squares", ("alternative", "criterion")),
        Step("V", "weighted ratio, costs negative", ("alternative", "criterion")),
        Step("y", "ratio system: benefits minus costs, higher is better", ("alternative",)),
        Step("z", "reference point: largest weighted distance from the best, lower is better", ("alternative",)),
        Step("U", "full multiplicative form: benefits over costs, higher is better", ("alternative",)),
        Step("rank y", "rank by the ratio system", ("alternative",)),
        Step("rank z", "rank by the reference point", ("alternative",)),
        Step("rank U", "rank by the full multiplicative form", ("alternative",)),
        Step("D", "alternatives dominated minus alternatives dominating", ("alternative",)),
        Step("rank", "rank by dominance", ("alternative",)),
    ),
    better="lower",
)
def multimoora(decision: Decision) -> Mapping[str, Array]:
    """y = sum_j ±w_j r_ij; z = max_j |w_j (r*_j - r_ij)|; U = prod_j x_ij^(±w_j); + for benefits, - for costs.

    The score is a rank. One alternative dominates another (general dominance) that it beats in more of the three
    lists than it loses; the more it dominates beyond those that dominate it, the better its rank. So a transitive
    dominance is kept as it is, and a circular one gives equal ranks. Defined for values above 0 (U).
    """
    all_positive(decision.matrix)
    steps = dict(moora(decision))
    steps["z"] = (decision.weights * from_best(decision)).max(axis=1)
    steps["U"] = np.exp((decision.signs * decision.weights * np.log(decision.matrix)).sum(axis=1))
    for symbol in "yzU":
        steps[f"rank {symbol}"] = competition_ranks(steps[symbol], "lower" if symbol == "z" else "higher").astype(float)
    ranks = [steps[f"rank {symbol}"] for symbol in "yzU"]
    lead = (np.sign(sum(np.sign(rank - rank[i]) for rank in ranks)).sum() for i in range(len(ranks[0])))
    steps["D"] = np.array(list(lead))
    return {**steps, "rank": competition_ranks(steps["D"]).astype(float)}


@batched("multimoora")
def multimoora_batched(decision: Decision, steps: Mapping[str, Array]) -> Array:
    """Three lists, and the dominance among them."""
    w = decision.weights
    z = heaviest(from_best(decision), w)
    lists = [
        sets_before(moora_batched(decision, steps)),
        sets_before(z, "lower"),
        sets_before(np.exp(decision.signs * np.log(decision.matrix) @ w)),
    ]
    before = [before for before, _, _ in lists]
    if not any(tied for _, _, tied in lists):
        (a, b, c), m = before, len(decision.matrix)
        return competition_ranks(m - 1 - 2 * sizes((a & b) | (c & (a | b)))).astype(float)
    level = [level for _, level, _ in lists]
    everybody = np.bitwise_or.reduce(level[0], axis=0)  # of every list's last one nobody is behind
    behind = [everybody & ~each for each in level]
    reach = [everybody & ~each for each in before]
    lead = sizes(_in_more(behind, reach)) - sizes(_in_more(before, level))
    return competition_ranks(lead).astype(float)


@lists("multimoora")
def multimoora_lists(decision: Decision, steps: Mapping[str, Array]) -> Lists:
    """y, the logarithm of U, and z; whoever is before another in more of the lists than behind counts 1."""
    sums = decision.signs * steps["R"], decision.signs * np.log(decision.matrix)
    return Lists(sums, (from_best(decision),), _dominating)


def _dominating(signs: Signs) -> Counts:
    return np.asarray(np.sign(signs.sum(axis=0, dtype=np.int64)))


def _in_more(before: list[Sets], level: list[Sets]) -> Sets:
    """Return who is before in more of three lists than behind: in two, or in one and behind in none."""
    (a, b, c), (p, q, r) = before, level
    return np.asarray((a & b) | (a & c) | (b & c) | ((a | b | c) & p & q & r))


def from_best(decision: Decision) -> Array:
    """Return |r*_j - r_ij|: what the best value is ahead, over ||x_j||."""
    rise = vector_rise(decision.matrix, decision.signs)
    return np.asarray(rise.max(axis=0) - rise)
