"""PROMETHEE I: the partial preorder of the positive and the negative flow."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..ranks import competition_ranks, crossed
from ..registry import Array, Decision, Step, batched, method
from .promethee_ii import FLOWS, OPTIONS, flows


@method(
    "promethee_i",
    title="PROMETHEE I",
    title_zh="PROMETHEE I(偏好顺序结构评估法，部分排序)",
    source="Brans & Vincke (1985), A preference ranking organisation method, Management Science 31(6), 647-656; "
    "Brans, Vincke & Mareschal (1986), How to select and how to rank projects: The PROMETHEE method, European Journal "
    "of Operational Research 24(2), 228-238",
    steps=(
        *FLOWS,
        Step(
            "O",
            "row against column: 1 preferred, -1 the column preferred, 0 indifferent, 2 incomparable",
            ("alternative", "alternative"),
        ),
        Step("n", "alternatives preferred to it", ("alternative",)),
        Step("rank", "rank by the number of alternatives preferred to it", ("alternative",)),
    ),
    better="lower",
    options=OPTIONS,
)
def promethee_i(
    decision: Decision, *, preference: tuple[str, ...], q: Array | None, p: Array | None, s: Array | None
) -> Mapping[str, Array]:
    """a P b if phi+_a >= phi+_b and phi-_a <= phi-_b, one of them strictly; a I b if both are equal; else a R b.

    The flows are those of PROMETHEE II. The order is partial, and a score is complete: we rank by the number of
    alternatives that are preferred to one. So what is preferred ranks above, what is indifferent shares a rank, and
    incomparable alternatives may do either. The relation is a table of all pairs.
    """
    steps = flows(decision, preference, q=q, p=p, s=s)
    order = crossed(competition_ranks(steps["phi+"]), competition_ranks(steps["phi-"], "lower"))
    worse = (order == -1).sum(axis=1).astype(float)
    return {**steps, "O": order, "n": worse, "rank": competition_ranks(worse, "lower").astype(float)}


@batched("promethee_i")
def promethee_i_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """Count, an alternative at a time, those that no flow puts below it and one puts above."""
    up = competition_ranks(steps["U+"] @ decision.weights)
    down = competition_ranks(steps["U-"] @ decision.weights, "lower")
    above = (((up <= up[i]) & (down <= down[i]) & (up + down < up[i] + down[i])).sum(axis=0) for i in range(len(up)))
    return competition_ranks(np.array(list(above), dtype=float), "lower").astype(float)
