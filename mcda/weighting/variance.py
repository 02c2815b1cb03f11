"""Statistical-variance weights: a criterion weighs by the square of its contrast."""

from __future__ import annotations

from collections.abc import Mapping

from .. import checks, option_checks
from ..normalisation.minmax import minmax
from ..ranks import about_mean
from ..registry import Array, Guide, Option, scheme


@scheme(
    "variance",
    title="Statistical variance",
    title_zh="方差赋权",
    source="Rao & Patel (2010), A subjective and objective integrated multiple attribute decision making method for "
    "material selection, Materials & Design 31(10), 4738-4747",
    guide=Guide(
        rule_zh="w_j = V_j/ΣV，V 为极差规范化后各列的方差。",
        use="As standard_deviation, with contrasts squared.",
        use_zh="同标准差法，但差异被平方放大。",
        trap="It exaggerates: twice the deviation is four times the weight.",
        trap_zh="放大差异：标准差加倍，权重变为四倍。",
    ),
    needs="matrix",
    options={"normalisation": Option(option_checks.choice("minmax", "none"), "minmax")},
)
def variance(matrix: Array, signs: Array, *, normalisation: str) -> Mapping[str, Array]:
    """w_j = V_j / sum V, V_j = (1/m) sum_i (x_ij - mean_j)^2, x the min-max normalised matrix.

    Directions do not enter; a constant criterion weighs nothing. ``normalisation="none"`` takes the values as they
    stand, for columns in one unit.
    """
    x = minmax(matrix, signs) if normalisation == "minmax" else matrix
    v = (about_mean(x)[0] ** 2).mean(axis=0)
    return {"x": x, "V": v, "w": checks.share_out(v)}
