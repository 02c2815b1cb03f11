"""Weight vectors drawn uniformly from the simplex, or from the part of it where statements hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from ..errors import InputError
from ..labels import Labels, as_list
from ..option_checks import whole
from ..registry import Array
from . import polytope
from .region import Region, region

PILOT = 2000
"""Vectors drawn to see which share of a shape around the region lies in it."""
SCARCE = 0.02
"""Where a smaller share of the simplex lies in the region, the region is drawn from by itself."""
RARE = 0.001
"""Where a smaller share of a box around it lies in the region, it is not drawn from the box."""

Draw = Callable[[int], Array]


MOST = 1_000_000
"""Vectors of a draw: a share is then known to 0.05 %, and they take 8 MB a criterion."""


def sample(criteria: Labels, samples: int, seed: int, statements: Iterable[str] | Region = ()) -> Array:
    """Draw weight vectors uniformly, and independently of each other: (samples, n), the same for the same seed.

    Parameters
    ----------
    criteria : their labels.
    samples : how many, at most `MOST`.
    seed : a whole number >= 0.
    statements : about the weights, see `region`, or a `Region`; everywhere if left out.

    Returns
    -------
    (samples, n) weights; each row sums to 1.

    Raises
    ------
    InputError
        No weights meet all statements, or numbers out of range.

    Notes
    -----
    Where the region is a good part of the simplex, vectors of the simplex are kept that lie in it. Where it is little,
    the draw is from the simplices that the region is made of; where these are too many, from a box around it; and where
    that hits rarely, by a random walk of its own for every vector. All but the walk are exact. A region of lower
    dimension (an equality, a point) is drawn from uniformly within itself.

    Examples
    --------
    >>> sample(("a", "b"), 2, seed=0).sum(axis=1).tolist()
    [1.0, 1.0]
    """
    samples = whole("samples", samples, 1, MOST, "samples")
    rng = np.random.default_rng(whole("seed", seed, 0, code="seed"))
    criteria = tuple(as_list("criteria", criteria, "a name for each criterion"))
    if not criteria:
        raise InputError("option_value", "criteria", "no name", "one at least")
    part = statements if isinstance(statements, Region) else region(criteria, statements)
    if not len(part.rows):
        return simplex(len(criteria), samples, rng)
    hits = part.inside(simplex(len(criteria), PILOT, rng)).mean()
    return _by_rejection(part, samples, rng) if hits >= SCARCE else _from_vertices(part, samples, rng)


def simplex(size: int, samples: int, rng: np.random.Generator) -> Array:
    """Draw uniformly from all weights: shares of exponentials (Rubinstein & Melamed 1998, Modern Simulation)."""
    drawn = rng.standard_exponential((samples, size))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def _by_rejection(part: Region, samples: int, rng: np.random.Generator, draw: Draw | None = None) -> Array:
    """Draw by rejection: keep the vectors of *draw* (by default, of the whole simplex) that lie in the region."""
    of = draw or (lambda number: simplex(len(part.criteria), number, rng))
    kept: list[Array] = []
    while sum(map(len, kept)) < samples:
        drawn = of(max(samples, PILOT))
        kept.append(drawn[part.inside(drawn)])
    return np.concatenate(kept)[:samples]


def _from_vertices(part: Region, samples: int, rng: np.random.Generator) -> Array:
    bounds = part.intervals
    if bounds is not None:  # without vertices, of which there may be too many
        draw = _likeliest(part, *bounds, rng)
        if draw is not None:
            return _by_rejection(part, samples, rng, draw)
    corners = part.vertices
    frame = polytope.framed(corners)
    if not frame.dimension:
        return np.repeat(corners[:1], samples, axis=0)
    parts = polytope.simplices(part.tight)
    if parts is not None:
        return polytope.from_simplices(corners, frame, parts, samples, rng)
    draw = _likeliest(part, corners.min(axis=0), corners.max(axis=0), rng)
    if draw is not None:
        return _by_rejection(part, samples, rng, draw)
    rows = np.vstack([np.eye(len(part.criteria)), part.rows])
    least = np.concatenate([np.zeros(len(part.criteria)), part.least])
    drawn = np.maximum(polytope.by_walking(corners, rows, least, samples, rng, frame), 0.0)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def _likeliest(part: Region, low: Array, high: Array, rng: np.random.Generator) -> Draw | None:
    """Return the sampler, of three shapes around the region, that hits it most often; None where all hit rarely.

    The box: all weights but the widest, which is what is left of 1; the simplex of what the least weights leave, and
    that of what the largest are too much.
    """
    widest = int((high - low).argmax())

    def box(number: int) -> Array:
        drawn = low + (high - low) * rng.random((number, len(low)))
        drawn[:, widest] = 0.0
        drawn[:, widest] = 1.0 - drawn.sum(axis=1)
        return np.asarray(drawn)

    def above(number: int) -> Array:
        return np.asarray(low + (1.0 - low.sum()) * simplex(len(low), number, rng))

    def below(number: int) -> Array:
        return np.asarray(high - (high.sum() - 1.0) * simplex(len(low), number, rng))

    share, draw = max(((part.inside(draw(PILOT)).mean(), draw) for draw in (box, above, below)), key=lambda s: s[0])
    return draw if share >= RARE else None
