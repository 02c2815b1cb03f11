"""Standard-deviation weights: a criterion weighs by its contrast."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import checks, option_checks
from ..normalisation.minmax import minmax
from ..ranks import about_mean
from ..registry import Array, Guide, Option, scheme


@scheme(
    "standard_deviation",
    title="Standard deviation",
    title_zh="标准差赋权",
    source="Diakoulaki, Mavrotas & Papayannakis (1995), Determining objective weights in multiple criteria problems: "
    "The CRITIC method, Computers & Operations Research 22(7), 763-770",
    guide=Guide(
        rule_zh="w_j = σ_j/Σσ，σ 为极差规范化后各列的标准差。",
        use="Contrast shall weigh, in the simplest form.",
        use_zh="以最简单的形式按差异赋权时。",
        trap="An outlier squeezes the rest of its column and lowers its weight.",
        trap_zh="离群值会压缩该列其余取值，降低其权重。",
    ),
    needs="matrix",
    options={"normalisation": Option(option_checks.choice("minmax", "none"), "minmax")},
)
def standard_deviation(matrix: Array, signs: Array, *, normalisation: str) -> Mapping[str, Array]:
    """w_j = sigma_j / sum sigma, sigma_j the standard deviation of the min-max normalised column.

    Directions do not enter; a constant criterion weighs nothing. ``normalisation="none"`` takes the values as they
    stand, for columns in one unit.
    """
    x = minmax(matrix, signs) if normalisation == "minmax" else matrix
    sigma = np.sqrt((about_mean(x)[0] ** 2).mean(axis=0))
    return {"x": x, "sigma": sigma, "w": checks.share_out(sigma)}
