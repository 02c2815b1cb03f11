"""Equal weights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..registry import Array, scheme


@scheme(
    "equal",
    title="Equal weights",
    title_zh="等权",
    source="Dawes & Corrigan (1974), Linear models in decision making, Psychological Bulletin 81(2), 95-106",
    needs="criteria",
)
def equal(matrix: Array, signs: Array) -> Mapping[str, Array]:
    """w_j = 1 / n."""
    return {"w": np.full(len(signs), 1.0 / len(signs))}
