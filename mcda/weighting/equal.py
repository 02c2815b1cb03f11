"""Equal weights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..registry import Array, Guide, scheme


@scheme(
    "equal",
    title="Equal weights",
    title_zh="等权",
    source="Dawes & Corrigan (1974), Linear models in decision making, Psychological Bulletin 81(2), 95-106",
    guide=Guide(
        rule_zh="w_j = 1/n。",
        use="Nothing is known of importance, and as a baseline for all else.",
        use_zh="对重要性一无所知时，或作为比较基准。",
        trap="Splitting a criterion in two doubles its weight.",
        trap_zh="把一个准则拆成两个，其权重就翻倍。",
    ),
    needs="criteria",
)
def equal(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = 1 / n."""
    return {"w": np.full(len(signs), 1.0 / len(signs))}
