"""Vector normalisation: columns of length 1."""

from __future__ import annotations

import numpy as np

from ..registry import Array, normalisation, rises
from .domain import HWANG_YOON, above_worst


@normalisation("vector", title="Vector (Euclidean)", title_zh="向量规范化", source=HWANG_YOON)
def vector(matrix: Array, signs: Array) -> Array:
    """x / ||x||; for a cost 1 - x / ||x||. A column of zeros stays zero."""
    norm = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    share = np.divide(matrix, np.where(norm > 0, norm, 1.0), order="F")  # by criterion, as many alternatives are read
    cost = signs < 0
    share[:, cost] = 1.0 - share[:, cost]
    return np.asarray(share)


@rises("vector")
def vector_rise(matrix: Array, signs: Array) -> Array:
    """|x - worst| / ||x||."""
    norm = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    return above_worst(matrix, signs, np.where(norm > 0, norm, 1.0))
