"""Statistical-variance weights: a criterion weighs by the square of its contrast."""

from __future__ import annotations

from collections.abc import Mapping

from .. import checks
from ..normalisation.minmax import minmax
from ..ranks import about_mean
from ..registry import Array, Option, scheme


@scheme(
    "variance",
    title="Statistical variance",
    title_zh="方差赋权",
    source="Rao & Patel (2010), A subjective and objective integrated multiple attribute decision making method for "
    "material selection, Materials & Design 31(10), 4738-4747",
    needs="matrix",
    options={"normalisation": Option(checks.choice("minmax", "none"), "minmax")},
)
def variance(matrix: Array, signs: Array, *, normalisation: str) -> Mapping[str, Array]:
    """w_j = V_j / sum V, V_j = (1/m) sum_i (x_ij - mean_j)^2, x the min-max normalised matrix.

    Directions do not enter; a constant criterion weighs nothing. ``normalisation="none"`` takes the values as they
    stand, for columns in one unit.
    """
    x = minmax(matrix, signs) if normalisation == "minmax" else matrix
    v = (about_mean(x)[0] ** 2).mean(axis=0)
    return {"x": x, "V": v, "w": checks.share_out(v)}
