"""Uniform points of a polytope that is known by its vertices: exactly by its simplices, or by a rounded walk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..registry import Array

FLAT = 1e-11
"""Directions in which the vertices differ by no more than this are none."""
FACES = 10_000
"""Faces beyond which a polytope is not cut into simplices."""
SIMPLICES = 50_000
"""Simplices beyond which it is not."""
ROUNDS = (2, 8)
"""Steps of the walk, in squares of the dimension: until the directions are shaped anew, and after."""


@dataclass(frozen=True)
class Frame:
    """Coordinates y in which the vertices have the unit matrix as covariance: point = centre + y axes.

    Attributes
    ----------
    centre : (n,); axes : (d, n), d the dimension of the polytope.
    """

    centre: Array
    axes: Array

    @property
    def dimension(self) -> int:
        """How many directions the points differ in."""
        return len(self.axes)


def framed(points: Array) -> Frame:
    """Return the frame of points (V, n): the principal axes of their spread."""
    centre = points.mean(axis=0)
    _, size, axes = np.linalg.svd((points - centre) / np.sqrt(len(points)), full_matrices=False)
    kept = size > FLAT
    return Frame(centre, size[kept, None] * axes[kept])


def coordinates(points: Array, frame: Frame) -> Array:
    """Return the coordinates (V, d) of points in a frame."""
    length = (frame.axes**2).sum(axis=1)
    return np.asarray((points - frame.centre) @ frame.axes.T / length)


def simplices(tight: NDArray[np.bool_]) -> NDArray[np.int64] | None:
    """Cut a polytope into simplices by its vertices: (S, d + 1) vertices of each; None where there are too many.

    *tight* (V, C) tells which vertex is on which bound. A polytope is the union of the pyramids from its first vertex
    over the facets that do not hold it, these cut in the same way (Cohen & Hickey 1979, Two algorithms for determining
    volumes of convex polyhedra, Journal of the ACM 26(3), 401-414). The facets of a face are the largest of its proper
    parts on a bound, so that no length is measured, and thinness does no harm.
    """
    bounds = {frozenset(np.flatnonzero(column).tolist()) for column in tight.T}
    facets: dict[frozenset[int], list[frozenset[int]]] = {}
    cut: dict[frozenset[int], int] = {}

    def count(face: frozenset[int]) -> int:
        """Count the simplices of a face, and note its facets away from its first vertex."""
        if face in cut:
            return cut[face]
        if len(cut) > FACES:
            return SIMPLICES + 1
        if len(face) == 1:
            cut[face] = 1
            return 1
        parts = {face & bound for bound in bounds} - {face, frozenset()}
        largest = [part for part in parts if not any(part < other for other in parts)]
        first = min(face)
        facets[face] = [part for part in largest if first not in part]
        cut[face] = min(sum(count(part) for part in facets[face]), SIMPLICES + 1)
        return cut[face]

    whole = frozenset(range(len(tight)))
    if count(whole) > SIMPLICES or len(cut) > FACES:
        return None

    made: dict[frozenset[int], list[tuple[int, ...]]] = {}

    def listed(face: frozenset[int]) -> list[tuple[int, ...]]:
        if face not in made:
            first = min(face)
            made[face] = (
                [(first,)] if len(face) == 1 else [(first, *rest) for part in facets[face] for rest in listed(part)]
            )
        return made[face]

    return np.array(listed(whole), dtype=np.int64)


def from_simplices(
    corners: Array, frame: Frame, parts: NDArray[np.int64], samples: int, rng: np.random.Generator
) -> Array:
    """Draw uniformly: a simplex in proportion to its volume, and a uniform mix of its vertices."""
    y = coordinates(corners, frame)
    volume = np.abs(np.linalg.det(y[parts[:, 1:]] - y[parts[:, :1]]))
    chosen = parts[rng.choice(len(parts), samples, p=volume / volume.sum())]
    mix = rng.standard_exponential(chosen.shape)
    mix /= mix.sum(axis=1, keepdims=True)
    drawn = np.zeros((samples, corners.shape[1]))
    for share, corner in zip(mix.T, chosen.T, strict=True):  # a corner at a time: memory stays samples x n
        drawn += share[:, None] * corners[corner]
    return drawn


def by_walking(
    corners: Array, rows: Array, least: Array, samples: int, rng: np.random.Generator, frame: Frame | None = None
) -> Array:
    """Draw by hit-and-run, a walk of its own for every point: so the points are independent of each other.

    From a point inside along a random direction to a uniform point of the chord, and so on (Smith 1984, Operations
    Research 32(6), 1296-1308). Directions are uniform in a frame in which the polytope is round: that of its vertices
    first, then that of the points reached (Lovász & Vempala 2006, Hit-and-run from a corner, SIAM Journal on Computing
    35(4), 985-1005). Points w meet ``rows w >= least``.
    """
    shape = frame or framed(corners)
    d = shape.dimension
    picked = rng.integers(len(corners), size=(samples, d + 1))
    mix = rng.standard_exponential(picked.shape)
    at: Array = np.einsum("sk,skn->sn", mix / mix.sum(axis=1, keepdims=True), corners[picked])
    for squares in ROUNDS:
        at = _walked(at, shape, rows, least, squares * d * d, rng)
        if len(at) > 10 * d and squares != ROUNDS[-1]:
            reached = framed(at)
            shape = reached if reached.dimension == d else shape
    return at


def _walked(at: Array, frame: Frame, rows: Array, least: Array, steps: int, rng: np.random.Generator) -> Array:
    speeds = frame.axes @ rows.T  # of the room towards each bound, along each axis
    moving = np.abs(speeds).max(axis=0) > 1e-14
    speeds, room = speeds[:, moving], np.maximum(at @ rows[moving].T - least[moving], 0.0)
    moved = np.zeros((len(at), frame.dimension))
    for _ in range(steps):
        way = rng.standard_normal(moved.shape)
        speed = way @ speeds
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = -room / speed
        high = np.where(speed < 0, reach, np.inf).min(axis=1)
        low = np.where(speed > 0, reach, -np.inf).max(axis=1)
        step: Array = (low + (high - low) * rng.random(len(at)))[:, None]
        moved += step * way
        room = np.maximum(room + step * speed, 0.0)
    return np.asarray(at + moved @ frame.axes)
