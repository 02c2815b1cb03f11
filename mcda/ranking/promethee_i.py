"""PROMETHEE I: the partial preorder of the positive and the negative flow."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..ranks import competition_ranks, crossed, sets_before, sizes
from ..registry import Array, Counts, Decision, Guide, Lists, Signs, Step, batched, lists, method
from .promethee_ii import FLOWS, OPTIONS, flows


@method(
    "promethee_i",
    title="PROMETHEE I (partial order)",
    title_zh="PROMETHEE I(偏序)",
    source="Brans & Vincke (1985), A preference ranking organisation method, Management Science 31(6), 647-656; "
    "Brans, Vincke & Mareschal (1986), How to select and how to rank projects: The PROMETHEE method, European Journal "
    "of Operational Research 24(2), 228-238",
    guide=Guide(
        rule_zh="a P b：φ+_a ≥ φ+_b 且 φ-_a ≤ φ-_b，至少一个严格；两者相等为无差异；否则不可比。",
        use="What is incomparable shall be seen, not averaged away.",
        use_zh="希望看到“不可比”，而不是被平均掉时。",
        trap="The rank counts who is preferred: incomparable alternatives may tie without being equal. "
        "Read the relation.",
        trap_zh="名次按“被多少对象优于”计数，不可比的对象可能同名次但并不等同，应看关系表。",
    ),
    steps=(
        *FLOWS,
        Step("P", "1 where the row is preferred to the column", ("alternative", "alternative")),
        Step("R", "1 where row and column are incomparable", ("alternative", "alternative")),
        Step("above", "number of alternatives that are preferred to it", ("alternative",)),
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
    before, apart = crossed(competition_ranks(steps["phi+"]), competition_ranks(steps["phi-"], "lower"))
    return {**steps, "P": before, "R": apart, "above": before.sum(axis=0)}


@batched("promethee_i")
def promethee_i_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """Count those whom no flow puts below it and one puts above."""
    before, level, tied = sets_before(steps["F+"] @ decision.weights)
    before_too, level_too, tied_too = sets_before(steps["F-"] @ decision.weights, "lower")
    if not (tied or tied_too):
        return sizes(before & before_too)
    return sizes(level & level_too & (before | before_too))


@lists("promethee_i")
def promethee_i_lists(decision: Decision, steps: Mapping[str, Array]) -> Lists:
    """Both flows; whoever another one is preferred to counts -1."""
    return Lists((steps["F+"], -steps["F-"]), (), _preferred)


def _preferred(signs: Signs) -> Counts:
    return np.asarray(-((signs <= 0).all(axis=0) & (signs < 0).any(axis=0)).astype(np.int64))
