"""Normalisations: comparable columns in which more is better.

Each takes the (m, n) matrix and the (n,) signs (1: more is better, -1: less is better). A column that tells the
alternatives apart in nothing stays constant: no normalisation here returns NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .checks import each_column
from .registry import Array, normalisation, rises

HWANG_YOON = "Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer, section 2.2"


OTHER = "Use the normalisation 'minmax_shifted', or the method topsis or wsm."
NO_OTHER = "Shift the scale of the criterion above 0, or use the method topsis or wsm."
"""What mends a column outside a normalisation's domain, for methods that take another one and those that do not."""


def _need(holds: NDArray[np.bool_], name: str, expected: str, remedy: str = OTHER) -> None:
    found = f"values that the normalisation '{name}' is not defined for"
    each_column(holds, "normalisation_domain", found, expected, remedy)


@normalisation("vector", title="Vector (Euclidean)", title_zh="向量规范化", source=HWANG_YOON)
def vector(matrix: Array, signs: Array) -> Array:
    """x / ||x||; for a cost 1 - x / ||x||. A column of zeros stays zero."""
    norm = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    share = np.divide(matrix, np.where(norm > 0, norm, 1.0), order="F")  # by criterion, as many alternatives are read
    cost = signs < 0
    share[:, cost] = 1.0 - share[:, cost]
    return np.asarray(share)


def _above_worst(matrix: Array, signs: Array, scale: Array | float = 1.0) -> Array:
    """Return |x - worst| / scale; the subtraction comes first, so that a large offset costs no digits."""
    worst = np.where(signs > 0, matrix.min(axis=0), matrix.max(axis=0))
    above = matrix - worst
    above *= signs / scale
    return np.asarray(above)


@rises("vector")
def vector_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / ||x||."""
    norm = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    return _above_worst(matrix, signs, np.where(norm > 0, norm, 1.0))


@normalisation("minmax", title="Min-max (range)", title_zh="极差规范化", source=HWANG_YOON)
def minmax(matrix: Array, signs: Array) -> Array:
    """(x - min) / (max - min); for a cost (max - x) / (max - min). A constant column becomes 1."""
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    span = high - low
    worst = np.where(signs > 0, low, high)
    return np.where(span > 0, np.abs(matrix - worst) / np.where(span > 0, span, 1.0), 1.0)


@rises("minmax")
def minmax_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / (max - min); 0 on a constant column."""
    span = np.ptp(matrix, axis=0)
    return _above_worst(matrix, signs, np.where(span > 0, span, 1.0))


@normalisation(
    "minmax_shifted",
    title="Min-max, shifted above zero",
    title_zh="极差规范化（平移）",
    source="The 1 + (x - min)/(max - min) of Pamučar & Ćirović (2015), Expert Systems with Applications 42(6), "
    "3016-3028, halved",
)
def minmax_shifted(matrix: Array, signs: Array) -> Array:
    """(1 + min-max) / 2: the worst is 1/2, the best 1, so that products and quotients are defined everywhere."""
    return (1.0 + minmax(matrix, signs)) / 2.0


@rises("minmax_shifted")
def minmax_shifted_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / 2 (max - min)."""
    return minmax_rise(matrix, signs) / 2.0


def _gains(matrix: Array, signs: Array, name: str, remedy: str = OTHER) -> Array:
    """Return benefits as they are and costs inverted; benefits are >= 0 and not all 0, costs > 0."""
    gain = signs > 0
    _need(
        np.where(gain, (matrix >= 0).all(axis=0) & (matrix.max(axis=0) > 0), (matrix > 0).all(axis=0)),
        name,
        "benefits >= 0, not all 0, and costs > 0",
        remedy,
    )
    return np.where(gain, matrix, 1.0 / np.where(gain, 1.0, matrix))


@normalisation("sum", title="Sum (shares)", title_zh="求和规范化", source=HWANG_YOON)
def total(matrix: Array, signs: Array) -> Array:
    """x / sum(x); for a cost (1/x) / sum(1/x)."""
    gains = _gains(matrix, signs, "sum")
    return np.asarray(gains / gains.sum(axis=0))


def own_total(matrix: Array, signs: Array) -> Array:
    """Return the shares of `total` to a method that takes no other normalisation."""
    gains = _gains(matrix, signs, "sum", NO_OTHER)
    return np.asarray(gains / gains.sum(axis=0))


def _gains_rise(matrix: Array, signs: Array) -> Array:
    """g - min g of the gains g: x - min x, for a cost 1/x - 1/max x."""
    cost = np.where(signs > 0, 1.0, matrix)
    return np.asarray(_above_worst(matrix, signs) / cost / cost.max(axis=0))


@rises("sum")
def total_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / sum(g), g = x, for a cost 1/x."""
    return np.asarray(_gains_rise(matrix, signs) / _gains(matrix, signs, "sum").sum(axis=0))


@normalisation("ratio", title="Ratio to the best (linear)", title_zh="线性比例规范化", source=HWANG_YOON)
def ratio(matrix: Array, signs: Array) -> Array:
    """x / max(x); for a cost min(x) / x."""
    gains = _gains(matrix, signs, "ratio")
    return np.asarray(gains / gains.max(axis=0))


@rises("ratio")
def ratio_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / max(g), g = x, for a cost 1/x."""
    return np.asarray(_gains_rise(matrix, signs) / _gains(matrix, signs, "ratio").max(axis=0))


@normalisation("max", title="Maximum (linear)", title_zh="最大值规范化", source=HWANG_YOON)
def maximum(matrix: Array, signs: Array) -> Array:
    """x / max(x); for a cost 1 - x / max(x). Values are >= 0 with a positive largest one."""
    high = matrix.max(axis=0)
    _need((matrix >= 0).all(axis=0) & (high > 0), "max", "values >= 0, not all 0")
    share = matrix / high
    return np.asarray(np.where(signs > 0, share, 1.0 - share))


@rises("max")
def maximum_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / max(x)."""
    return _above_worst(matrix, signs, matrix.max(axis=0))
