"""Weights given directly."""

from __future__ import annotations

from collections.abc import Mapping

from .. import checks
from ..registry import Array, Option, scheme


@scheme(
    "direct",
    title="Direct rating",
    title_zh="直接赋权",
    source="von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, Cambridge, section 8.2",
    needs="weights",
    options={"weights": Option(checks.ratings, scope="criterion")},
)
def direct(matrix: Array, signs: Array, *, weights: Array) -> Mapping[str, Array]:
    """w_j = r_j / sum r, r_j the rating given."""
    return {"given": weights, "w": weights / weights.sum()}
