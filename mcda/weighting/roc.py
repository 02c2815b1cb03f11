"""Rank-order centroid weights: the centre of all weights that keep an order of importance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import option_checks
from ..ranks import by_rank
from ..registry import Array, Guide, Option, scheme


@scheme(
    "roc",
    title="Rank-order centroid",
    title_zh="排序质心赋权(ROC)",
    source="Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11), "
    "1515-1523",
    guide=Guide(
        rule_zh="w_(k) = (1/n) Σ_{i=k..n} 1/i，k 为重要性次序。",
        use="A ranking of criteria is all that is known: the centre of all weights that agree with it.",
        use_zh="只知道次序时，取满足该次序的权重区域的重心。",
        trap="It is steep: of five criteria the first has 0.457.",
        trap_zh="首位权重很陡：5 个准则时第一位为 0.457。",
    ),
    needs="ranks",
    options={"ranks": Option(option_checks.ranks, scope="criterion")},
)
def roc(matrix: Array, signs: Array, *, ranks: Array) -> Mapping[str, Array]:
    """w_(k) = (1/n) sum_{i=k..n} 1/i for the k-th in importance; tied criteria share the mean of their places."""
    n = len(ranks)
    places = np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n
    return {"places": places, "w": by_rank(ranks, places)}
