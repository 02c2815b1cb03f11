"""Nonlinear normalisation: squares and cubes of ratios."""

from __future__ import annotations

import numpy as np

from ..registry import Array, normalisation
from .domain import gains


@normalisation(
    "nonlinear",
    title="Nonlinear (Peldschus)",
    title_zh="非线性规范化",
    source="Peldschus, Vaigauskas & Zavadskas (1983), Technologische Entscheidungen bei der Berücksichtigung "
    "mehrerer Ziele, Bauplanung-Bautechnik 37(4), 173-175",
)
def nonlinear(matrix: Array, signs: Array) -> Array:
    """(x / max x)^2; for a cost (min x / x)^3."""
    own = gains(matrix, signs, "nonlinear")
    return np.asarray((own / own.max(axis=0)) ** np.where(signs > 0, 2, 3))
