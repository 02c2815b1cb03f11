"""Rank-order centroid weights: the centre of all weights that keep an order of importance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks
from ..ranks import by_rank
from ..registry import Array, Option, scheme


@scheme(
    "roc",
    title="Rank-order centroid",
    title_zh="排序质心赋权(ROC)",
    source="Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11), "
    "1515-1523",
    needs="ranks",
    options={"ranks": Option(checks.ranks, scope="criterion")},
)
def roc(matrix: Array, signs: Array, *, ranks: Array) -> Mapping[str, Array]:
    """w_(k) = (1/n) sum_{i=k..n} 1/i for the k-th in importance; tied criteria share the mean of their places."""
    n = len(ranks)
    places = np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n
    return {"places": places, "w": by_rank(ranks, places)}
