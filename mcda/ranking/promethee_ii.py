"""PROMETHEE II: net flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..outranking import Threshold, flows, preferences
from ..ranks import settled
from ..registry import Array, Decision, Step, batched, method

STEPS = (
    Step("F+", "positive flow by criterion", ("alternative", "criterion")),
    Step("F-", "negative flow by criterion", ("alternative", "criterion")),
    Step("phi+", "positive flow: how far it is preferred to the others", ("alternative",)),
    Step("phi-", "negative flow: how far the others are preferred to it", ("alternative",)),
)
OPTIONS = {"preference": "usual", "q": None, "p": None, "s": None}


@method(
    "promethee_ii",
    title="PROMETHEE II (net outranking flow)",
    title_zh="PROMETHEE II(净流量)",
    source="Brans & Vincke (1985), A preference ranking organisation method, Management Science 31(6), 647-656; "
    "Brans, Vincke & Mareschal (1986), European Journal of Operational Research 24, 228-238",
    steps=(*STEPS, Step("phi", "net flow", ("alternative",))),
    options=OPTIONS,
    linear=True,
)
def promethee_ii(
    decision: Decision, *, preference: str | Sequence[str], q: Threshold, p: Threshold, s: Threshold
) -> Mapping[str, Array]:
    """phi_i = phi+_i - phi-_i, phi+_i = sum_j w_j sum_k P_j(x_ij - x_kj) / (m - 1), phi- with the difference turned.

    P_j is one of `outranking.PREFERENCES`, for all criteria or one each, with thresholds in the criterion's unit. Flows
    come from sorted values, not from pairs (but for the gaussian function, which takes pairs in blocks).
    """
    n = len(decision.signs)
    plus, minus = flows(decision.matrix, decision.signs, preferences(preference, q, p, s, n))
    w = decision.weights
    phi = settled(((plus - minus) * w).sum(axis=1), 1.0)
    return {"F+": plus, "F-": minus, "phi+": (plus * w).sum(axis=1), "phi-": (minus * w).sum(axis=1), "phi": phi}


@batched("promethee_ii")
def promethee_ii_batched(decision: Decision, steps: Mapping[str, Array], **options: object) -> Array:
    """phi_i = sum_j w_j (F+_ij - F-_ij)."""
    return np.asarray(settled((steps["F+"] - steps["F-"]) @ decision.weights, 1.0))
