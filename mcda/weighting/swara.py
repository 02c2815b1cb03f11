"""SWARA: each criterion is compared with the one before it in the order of importance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import option_checks
from ..errors import InputError
from ..registry import Array, Guide, Option, scheme


@scheme(
    "swara",
    title="Step-wise weight assessment ratio analysis",
    title_zh="逐步权重评估比率分析(SWARA)",
    source="Keršulienė, Zavadskas & Turskis (2010), Selection of rational dispute resolution method by applying new "
    "step-wise weight assessment ratio analysis (SWARA), Journal of Business Economics and Management 11(2), 243-258",
    guide=Guide(
        rule_zh="w_j = q_j/Σq，q_(1) = 1，q_(t) = q_(t-1)/(1 + s_(t))。",
        use="Judges order the criteria, then say step by step by how much the one before is more important.",
        use_zh="专家先排序，再逐步说出前一准则“重要多少”时。",
        trap="Errors multiply down the list.",
        trap_zh="误差会沿次序逐级累积。",
    ),
    needs="ranks, importance",
    options={
        "ranks": Option(option_checks.ranks, scope="criterion"),
        "importance": Option(option_checks.factors, scope="criterion"),
    },
)
def swara(matrix: Array, signs: Array, *, ranks: Array, importance: Array) -> Mapping[str, Array]:
    """w_j = q_j / sum q, q_(1) = 1, q_(t) = q_(t-1) / k_(t), k_(t) = 1 + s_(t).

    (t) counts in the order of *ranks*; s_(t), the *importance* of a criterion, is by how much the one before it is more
    important (0: equally); the first has no one before it, so its s is 0.
    """
    order = np.argsort(ranks, kind="stable")
    if len(np.unique(ranks)) < len(ranks):
        raise InputError(
            "swara_order",
            "ranks",
            "two criteria of the same rank",
            "each criterion at its own rank",
            "Equally important ones stand one after the other, the second with the importance 0.",
        )
    if importance[order[0]] != 0:
        raise InputError(
            "swara_first",
            f"importance, criterion number {order[0] + 1}",
            f"{importance[order[0]]:g}",
            "0 for the most important criterion: none stands before it",
        )
    k = 1.0 + importance
    q = np.empty(len(k))
    q[order] = 1.0 / np.cumprod(k[order])
    return {"k": k, "q": q, "w": q / q.sum()}
