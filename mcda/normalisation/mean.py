"""Normalisation by the mean."""

from __future__ import annotations

import numpy as np

from ..registry import Array, normalisation, rises
from .domain import gains, gains_rise


@normalisation(
    "mean",
    title="Mean (ratio to the average)",
    title_zh="均值化",
    source="Deng (1989), Introduction to grey system theory, Journal of Grey System 1(1), 1-24, section on mean "
    "processing",
)
def mean(matrix: Array, signs: Array) -> Array:
    """g / mean g, g = x, for a cost 1/x."""
    own = gains(matrix, signs, "mean")
    return np.asarray(own / own.mean(axis=0))


@rises("mean")
def mean_rise(matrix: Array, signs: Array) -> Array:
    """(g - min g) / mean g."""
    return np.asarray(gains_rise(matrix, signs) / gains(matrix, signs, "mean").mean(axis=0))
