"""PROMETHEE I: the partial order of two flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..outranking import Threshold
from ..registry import Array, Decision, Step, batched, method
from .promethee_ii import OPTIONS, STEPS, promethee_ii

EQUAL = 1e-12
"""Flows closer than this are equal."""


def preferred(plus: Array, minus: Array) -> Array:
    """1 where alternative i is preferred to k: no worse by either flow, and better by one; shape (m, m, ...)."""
    more, less = plus[:, None] - plus[None], minus[None] - minus[:, None]
    return np.asarray(((more >= -EQUAL) & (less >= -EQUAL) & ((more > EQUAL) | (less > EQUAL))).astype(float))


@method(
    "promethee_i",
    title="PROMETHEE I (partial order)",
    title_zh="PROMETHEE I(偏序)",
    source="Brans & Vincke (1985), A preference ranking organisation method, Management Science 31(6), 647-656",
    steps=(
        *STEPS,
        Step(
            "P", "1 where the row is preferred to the column; 0 both ways: equal, or incomparable", ("alternative",) * 2
        ),
        Step("R", "1 where row and column are incomparable", ("alternative",) * 2),
        Step("above", "number of alternatives that are preferred to it", ("alternative",)),
    ),
    better="lower",
    options=OPTIONS,
)
def promethee_i(
    decision: Decision, *, preference: str | Sequence[str], q: Threshold, p: Threshold, s: Threshold
) -> Mapping[str, Array]:
    """i P k if phi+_i >= phi+_k and phi-_i <= phi-_k, one of them strictly; if each has one better flow: incomparable.

    The method publishes a partial order; as a score it has the number of alternatives that are preferred to each, so
    that who is preferred to another ranks before it, and incomparable ones may share a rank.
    """
    steps = dict(promethee_ii(decision, preference=preference, q=q, p=p, s=s))
    plus, minus = steps["phi+"], steps["phi-"]
    order = preferred(plus, minus)
    equal = (np.abs(plus[:, None] - plus) <= EQUAL) & (np.abs(minus[:, None] - minus) <= EQUAL)
    steps.pop("phi")
    return {**steps, "P": order, "R": 1.0 - order - order.T - equal, "above": order.sum(axis=0)}


@batched("promethee_i")
def promethee_i_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """Count who is preferred, an alternative at a time."""
    plus, minus = steps["F+"] @ decision.weights, steps["F-"] @ decision.weights
    above = np.zeros_like(plus)
    for i in range(len(plus)):
        more, less = plus - plus[i], minus[i] - minus
        above[i] = ((more >= -EQUAL) & (less >= -EQUAL) & ((more > EQUAL) | (less > EQUAL))).sum(axis=0)
    return above
