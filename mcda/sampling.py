"""Weight vectors drawn uniformly from the simplex, or from the part of it where statements hold."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .checks import Labels
from .errors import InputError
from .region import Region, region
from .registry import Array

PILOT = 2000
"""Vectors drawn to see which share of the simplex the region takes."""
SCARCE = 0.02
"""Where a smaller share of the simplex lies in the region, it is walked instead of being drawn from."""


def sample(criteria: Labels, samples: int, seed: int, statements: Iterable[str] = ()) -> Array:
    """Draw weight vectors uniformly: (samples, n), the same for the same seed.

    Parameters
    ----------
    criteria : their labels.
    statements : about the weights, see `region`. Where they leave little of the simplex, the draw is by hit-and-run
        (Smith 1984, Operations Research 32(6), 1296-1308), a walk of its own for every vector.

    Raises
    ------
    InputError
        No weights meet all statements, or only such that have no room around them.

    Examples
    --------
    >>> sample(("a", "b"), 2, seed=0).sum(axis=1).tolist()
    [1.0, 1.0]
    """
    if samples < 1:
        raise InputError("samples", "samples", str(samples), "at least 1")
    rng = np.random.default_rng(seed)
    part = region(criteria, statements)
    if not len(part.rows):
        return simplex(len(criteria), samples, rng)
    hits = part.holds(simplex(len(criteria), PILOT, rng)).mean()
    return _by_rejection(part, samples, rng) if hits >= SCARCE else _by_walking(part, samples, rng)


def simplex(size: int, samples: int, rng: np.random.Generator) -> Array:
    """Draw uniformly from all weights: shares of exponentials (Rubinstein & Melamed 1998, Modern Simulation)."""
    drawn = rng.standard_exponential((samples, size))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def _by_rejection(part: Region, samples: int, rng: np.random.Generator) -> Array:
    kept: list[Array] = []
    while sum(map(len, kept)) < samples:
        drawn = simplex(len(part.criteria), samples, rng)
        kept.append(drawn[part.holds(drawn)])
    return np.concatenate(kept)[:samples]


def _by_walking(part: Region, samples: int, rng: np.random.Generator) -> Array:
    """Hit-and-run: from a point inside along a random direction to a uniform point of the chord, and so on."""
    corners = part.vertices
    n = len(part.criteria)
    if np.linalg.matrix_rank(corners - corners[0], tol=1e-9) < n - 1:
        raise InputError(
            "region_flat", "weights", "statements that leave no room: " + "; ".join(part.statements),
            "statements that leave every weight free to move", "Widen an interval.",
        )  # fmt: skip
    # from anywhere inside: a mix of the vertices
    at = simplex(len(corners), samples, rng) @ corners
    rows = np.vstack([np.eye(n), part.rows])
    least = np.concatenate([np.zeros(n), part.least])
    for _ in range(10 * n * n):
        way = rng.standard_normal((samples, n))
        way -= way.mean(axis=1, keepdims=True)
        speed, room = way @ rows.T, np.maximum(at @ rows.T - least, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = -room / speed
        high = np.where(speed < 0, reach, np.inf).min(axis=1)
        low = np.where(speed > 0, reach, -np.inf).max(axis=1)
        at += (low + (high - low) * rng.random(samples))[:, None] * way
    at = np.maximum(at, 0.0)
    return np.asarray(at / at.sum(axis=1, keepdims=True))
