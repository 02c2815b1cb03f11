"""Rank-sum weights: they fall by equal steps down the order of importance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import option_checks
from ..ranks import by_rank
from ..registry import Array, Guide, Option, scheme


@scheme(
    "rank_sum",
    title="Rank sum",
    title_zh="排序和赋权",
    source="Stillwell, Seaver & Edwards (1981), A comparison of weight approximation techniques in multiattribute "
    "utility decision making, Organizational Behavior and Human Performance 28(1), 62-77",
    guide=Guide(
        rule_zh="w_(k) = 2(n+1-k)/(n(n+1))，k 为重要性次序。",
        use="A ranking of criteria is all that is known, and weights shall fall evenly.",
        use_zh="只知道次序，且希望权重等差递减时。",
        trap="How much more is not known: check with `roc` and statements in `region`.",
        trap_zh="并不知道“重要多少”，应与 roc 及区域分析对照。",
    ),
    needs="ranks",
    options={"ranks": Option(option_checks.ranks, scope="criterion")},
)
def rank_sum(matrix: Array, signs: Array, *, ranks: Array) -> Mapping[str, Array]:
    """w_(k) = 2 (n + 1 - k) / (n (n + 1)) for the k-th in importance; tied criteria share the mean of their places."""
    n = len(ranks)
    places = 2.0 * np.arange(n, 0, -1) / (n * (n + 1))
    return {"places": places, "w": by_rank(ranks, places)}
