"""Nonlinear normalisation: squares and cubes of ratios."""

from __future__ import annotations

import numpy as np

from ..registry import Array, Guide, normalisation
from .domain import gains


@normalisation(
    "nonlinear",
    title="Nonlinear (Peldschus)",
    title_zh="非线性规范化",
    source="Peldschus, Vaigauskas & Zavadskas (1983), Technologische Entscheidungen bei der Berücksichtigung "
    "mehrerer Ziele, Bauplanung-Bautechnik 37(4), 173-175",
    guide=Guide(
        rule_zh="(x/max x)²；成本型 (min x/x)³。",
        use="The best shall stand out.",
        use_zh="希望突出最优者时。",
        trap="Benefits and costs are bent differently.",
        trap_zh="效益型与成本型弯曲程度不同。",
    ),
)
def nonlinear(matrix: Array, signs: Array) -> Array:
    """(x / max x)^2; for a cost (min x / x)^3."""
    own = gains(matrix, signs, "nonlinear")
    return np.asarray((own / own.max(axis=0)) ** np.where(signs > 0, 2, 3))
