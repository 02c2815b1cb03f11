"""Options that some methods cannot do without, made from the matrix, so that laws can be tried on them too."""

from __future__ import annotations

from typing import Any

import numpy as np

from saidao import mcda


def required(method: str, matrix: Any, directions: Any) -> dict[str, Any]:
    """Return what *method* has to be given; it follows the units of the criteria."""
    x = np.array(matrix, dtype=float)
    pad = np.abs(x).max(axis=0)
    pad = np.where(pad > 0, pad, 1.0)
    low, high = x.min(axis=0) - pad, x.max(axis=0) + pad
    gain = np.array([directions] * x.shape[1] if isinstance(directions, str) else directions) == "max"
    ends = np.array([low, high]).T
    ideals = np.where(gain[:, None], np.array([high, high]).T, np.array([low, low]).T)
    rising = low[:, None] + (high - low)[:, None] * np.array([0.1, 0.4, 0.6, 0.9])
    made: dict[str, dict[str, Any]] = {
        "rim": {"ranges": ends, "ideals": ideals},
        "fuzzy_evaluation": {"knots": np.where(gain[:, None], rising, rising[:, ::-1]), "grades": [1, 2, 3, 4]},
        "lopm": {"limits": pad},
        "smart": {"lower": low, "upper": high},
        "balanced_spotis": {"bounds": ends, "expected": (low + high) / 2},
    }
    return made.get(method, {})


def options(method: str, matrix: Any, directions: Any) -> dict[str, Any]:
    """Return what is required, and a normalisation with which zeros do no harm."""
    shifted = {"normalisation": "minmax_shifted"} if mcda.methods()[method].normalisation == "ratio" else {}  # type: ignore[index]
    return {**required(method, matrix, directions), **shifted}
