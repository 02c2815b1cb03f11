"""What normalisations share: their domains, gains, and differences that a large offset does not round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..checks import each_column
from ..registry import Array

HWANG_YOON = "Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer, section 2.2"
OTHER = "Use the normalisation 'minmax_shifted', or the method topsis or wsm."
NO_OTHER = "Shift the scale of the criterion above 0, or use the method topsis or wsm."
"""What mends a column outside a normalisation's domain, for methods that take another one and those that do not."""


def need(holds: NDArray[np.bool_], name: str, expected: str, remedy: str = OTHER) -> None:
    """Refuse the matrix if any column is outside the domain of the normalisation *name*."""
    each_column(
        holds, "normalisation_domain", f"values that the normalisation '{name}' is not defined for", expected, remedy
    )


def above_worst(matrix: Array, signs: Array, scale: Array | float = 1.0) -> Array:
    """Return |x - worst| / scale; the subtraction comes first, so that a large offset costs no digits."""
    worst = np.where(signs > 0, matrix.min(axis=0), matrix.max(axis=0))
    above = matrix - worst
    above *= signs / scale
    return np.asarray(above)


def gains(matrix: Array, signs: Array, name: str, remedy: str = OTHER) -> Array:
    """Return benefits as they are and costs inverted; benefits are >= 0 and not all 0, costs > 0."""
    gain = signs > 0
    need(
        np.where(gain, (matrix >= 0).all(axis=0) & (matrix.max(axis=0) > 0), (matrix > 0).all(axis=0)),
        name,
        "benefits >= 0, not all 0, and costs > 0",
        remedy,
    )
    return np.where(gain, matrix, 1.0 / np.where(gain, 1.0, matrix))


def gains_rise(matrix: Array, signs: Array) -> Array:
    """g - min g of the gains g: x - min x, for a cost 1/x - 1/max x."""
    cost = np.where(signs > 0, 1.0, matrix)
    return np.asarray(above_worst(matrix, signs) / cost / cost.max(axis=0))


def own_total(matrix: Array, signs: Array) -> Array:
    """Return the gains as shares of their sum to a method that takes no other normalisation."""
    own = gains(matrix, signs, "sum", NO_OTHER)
    return np.asarray(own / own.sum(axis=0))


def turned(shares: Array, signs: Array) -> Array:
    """Return 1 - share for costs."""
    return np.where(signs > 0, shares, 1.0 - shares)
