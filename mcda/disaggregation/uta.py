"""UTA and UTASTAR: additive value functions from a ranking of some alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .. import checks, option_checks
from ..errors import InputError
from ..labels import ByCriterion, Labels, Table, as_floats, as_list, by_label
from ..linear_programs import maximise
from ..registry import Array, find
from ..tabular import Tabular, frame

if TYPE_CHECKING:
    import pandas as pd

Errors = Literal["utastar", "uta"]
KINDS: tuple[Errors, ...] = ("utastar", "uta")
SLACK = 1e-9
"""How far the sum of errors may be above its least among the functions that are compared."""


@dataclass(frozen=True)
class ValueFunction(Tabular):
    """An additive value function, and how far the statements leave it open.

    Attributes
    ----------
    criteria : labels of the n criteria.
    breaks : for each criterion the values between which its part is a straight line, the worst first.
    increments : for each criterion the rise of its part from one break to the next; all sum to 1.
    error : least sum of errors; 0 where a value function says all that was said.
    lowest, highest : (n,) least and largest weight u_j(best) of each criterion among the functions of that error.
    """

    criteria: Labels
    breaks: tuple[Array, ...]
    increments: tuple[Array, ...]
    error: float
    lowest: Array
    highest: Array

    @property
    def weights(self) -> Array:
        """(n,) u_j at the best value."""
        return np.array([each.sum() for each in self.increments])

    def values(self, matrix: Table) -> Array:
        """Return (m,) values of alternatives.

        Raises
        ------
        InputError
            A value outside the breaks.
        """
        x, rows, columns = checks.matrix(matrix)
        if len(columns) != len(self.criteria):
            raise InputError("option_shape", "matrix", f"{len(columns)} criteria", f"{len(self.criteria)}")
        return np.asarray(_shares(x, self.breaks, rows, columns) @ np.concatenate(self.increments))

    def to_frame(self) -> pd.DataFrame:
        """One row per break: criterion, value, and the part of the whole value there."""
        rows = [
            (c, float(x), float(u))
            for c, breaks, rise in zip(self.criteria, self.breaks, self.increments, strict=True)
            for x, u in zip(breaks, np.concatenate([[0.0], np.cumsum(rise)]), strict=True)
        ]
        return frame(rows, columns=("criterion", "value", "part"))

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "error": self.error,
            "criteria": [
                {
                    "criterion": c,
                    "breaks": breaks.tolist(),
                    "increments": rise.tolist(),
                    "weight": float(rise.sum()),
                    "lowest": float(low),
                    "highest": float(high),
                }
                for c, breaks, rise, low, high in zip(
                    self.criteria, self.breaks, self.increments, self.lowest, self.highest, strict=True
                )
            ],
        }


def value_function(
    breaks: Sequence[Iterable[float]], increments: Sequence[Iterable[float]], criteria: Iterable[Any] | None = None
) -> ValueFunction:
    """Return a value function that is known, such as a printed one.

    Parameters
    ----------
    breaks : for each criterion its breaks, the worst first.
    increments : for each criterion the rises between them.
    criteria : their labels; counted if left out.

    Returns
    -------
    ValueFunction

    Raises
    ------
    InputError
        Breaks and increments that do not fit each other.

    Examples
    --------
    >>> value_function([[0, 1, 2], [9, 4]], [[0.3, 0.3], [0.4]]).values([[1.5, 4], [0, 9]]).tolist()
    [0.85, 0.0]
    """
    knots = _knots(breaks)
    read = [as_floats(each) for each in as_list("increments", increments, "the rises of each criterion")]
    rises = tuple(each for each in read if each is not None)
    if [(len(k) - 1,) for k in knots] != [rise.shape for rise in rises] or len(rises) < len(read):
        raise InputError("option_shape", "increments", "another number", "one less than breaks, for each criterion")
    if any(checks.unfit(rise).any() or (rise < 0).any() for rise in rises):
        raise InputError("option_value", "increments", "a part that falls", "finite rises of 0 or more")
    weights = np.array([each.sum() for each in rises])
    names = checks.labels(criteria, tuple(range(len(knots))))
    return ValueFunction(names, knots, rises, 0.0, weights, weights)


def _knots(breaks: Any) -> tuple[Array, ...]:
    """Return the breaks of each criterion, two or more, all rising or all falling."""
    read = [as_floats(each) for each in as_list("breaks", breaks, "breaks for each criterion")]
    knots = tuple(k for k in read if k is not None and k.ndim == 1 and len(k) > 1 and not checks.unfit(k).any())
    if (
        not knots
        or len(knots) < len(read)
        or any(not (steps > 0).all() and not (steps < 0).all() for steps in map(np.diff, knots))
    ):
        raise InputError(
            "option_profiles", "breaks", "no such values", "two or more, all rising or all falling, a criterion"
        )
    return knots


def uta(
    matrix: Table,
    ranks: ByCriterion[float],
    breaks: Sequence[Iterable[float]] | ByCriterion[Iterable[float]],
    *,
    errors: Errors = "utastar",
    delta: float = 0.05,
) -> ValueFunction:
    """Find additive value functions that rank alternatives as somebody did.

    Parameters
    ----------
    matrix : (m, n) array or DataFrame of the alternatives that were ranked.
    ranks : (m,) their ranks, 1 the best; equal ranks tie.
    breaks : for each criterion values from its worst to its best, which hold all of the matrix: between them its part
        of the value is a straight line.
    errors : ``utastar`` gives each alternative an error for too much and one for too little, ``uta`` one for both.
    delta : by how much the better one of two neighbours in the ranking is worth more; too large a delta makes errors.

    Returns
    -------
    ValueFunction
        Optimal functions are not unique. The least sum of errors and the extreme weights are; the function shown is the
        centre of the largest ball among those of the least error (Chebyshev centre).

    Raises
    ------
    InputError
        Shapes, or values outside the breaks.

    Notes
    -----
    Sources: Jacquet-Lagrèze & Siskos (1982), Assessing a set of additive utility functions for multicriteria
    decision-making, the UTA method, European Journal of Operational Research 10(2), 151-164; Siskos & Yannacopoulos
    (1985), UTASTAR: An ordinal regression method for building additive value functions, Investigação Operacional 5(1),
    39-53.

    Examples
    --------
    >>> found = uta([[3, 1], [2, 2], [1, 3]], [1, 2, 3], [[1, 3], [1, 3]])
    >>> found.error, found.lowest.round(2).tolist()
    (0.0, [0.55, 0.0])
    """
    x, rows, columns = checks.matrix(matrix)
    labels = tuple(rows)
    place = option_checks.ranks("ranks", ranks, labels)
    knots = _knots(by_label("breaks", breaks, columns))
    find("errors", dict.fromkeys(KINDS, True), errors)
    step = option_checks.above_number("delta", delta, labels)
    if len(knots) != len(columns):
        raise InputError("option_shape", "breaks", f"those of {len(knots)} criteria", f"those of {len(columns)}")
    share = _shares(x, knots, rows, columns)
    m, size = share.shape
    per = np.hstack([-np.eye(m), np.eye(m)]) if errors == "utastar" else np.eye(m)
    order = np.argsort(place, kind="stable")
    value = np.hstack([share, per])
    above = value[order[:-1]] - value[order[1:]]
    tied = place[order[:-1]] == place[order[1:]]
    whole = np.concatenate([np.ones(size), np.zeros(per.shape[1])])
    cost = np.concatenate([np.zeros(size), np.ones(per.shape[1])])
    matrix_rows = np.vstack([above, whole])
    lower = np.concatenate([np.where(tied, 0.0, step), [1.0]])
    upper = np.concatenate([np.where(tied, 0.0, np.inf), [1.0]])
    best = maximise(-cost, matrix_rows, lower, upper)
    error = max(-best.value, 0.0)
    error = 0.0 if error < SLACK else error
    kept = np.vstack([matrix_rows, cost])
    lower, upper = np.concatenate([lower, [0.0]]), np.concatenate([upper, [error + (SLACK if error else 0.0)]])
    ends = np.cumsum([0, *(len(k) - 1 for k in knots)])
    extremes = np.zeros((2, len(knots)))
    for j in range(len(knots)):
        part = np.zeros(kept.shape[1])
        part[ends[j] : ends[j + 1]] = 1.0
        extremes[0, j] = part @ maximise(-part, kept, lower, upper).x
        extremes[1, j] = part @ maximise(part, kept, lower, upper).x
    centre = _centre(kept, lower, upper, size)
    rises = tuple(centre[ends[j] : ends[j + 1]] for j in range(len(knots)))
    return ValueFunction(columns, knots, rises, error, extremes[0], extremes[1])


def _centre(rows: Array, lower: Array, upper: Array, size: int) -> Array:
    """Return the centre of the largest ball in {lower <= rows x <= upper, x >= 0}: its first *size* entries.

    Bounds of the errors count as equations where they are 0, so that the ball is one of value functions.
    """
    n = rows.shape[1]
    fixed = upper - lower <= 0
    span = rows[fixed]
    _, s, vt = np.linalg.svd(span) if len(span) else (None, np.zeros(0), np.eye(n))
    free = vt[(s > 1e-12).sum() :]  # directions within the equations
    walls, limits = [], []
    for row, low, high in zip(rows[~fixed], lower[~fixed], upper[~fixed], strict=True):
        for side, limit in ((row, high), (-row, -low)):
            if np.isfinite(limit):
                walls.append(side)
                limits.append(limit)
    inequalities = np.array(walls).reshape(-1, n)
    reach = np.sqrt(((inequalities @ free.T) ** 2).sum(axis=1))
    ball = np.hstack([inequalities, reach[:, None]])
    least = np.hstack([-np.eye(n), np.sqrt((free**2).sum(axis=0))[:, None]])[:size]
    whole = np.vstack([np.hstack([span, np.zeros((len(span), 1))]), ball, least])
    low = np.concatenate([lower[fixed], np.full(len(ball) + len(least), -np.inf)])
    high = np.concatenate([upper[fixed], limits, np.zeros(len(least))])
    found = maximise(np.eye(n + 1)[n], whole, low, high)
    x = np.maximum(found.x[:size], 0.0)
    return np.asarray(x / x.sum())


def _shares(x: Array, breaks: tuple[Array, ...], rows: checks.RowLabels, columns: Labels) -> Array:
    """Return (m, increments): which part of each rise an alternative has passed."""
    parts = []
    for j, knots in enumerate(breaks):
        sign = 1.0 if knots[-1] > knots[0] else -1.0
        v, k = sign * x[:, j], sign * knots
        outside = np.flatnonzero((v < k[0]) | (v > k[-1]))
        if outside.size:
            raise InputError(
                "bounds",
                f"matrix, row {rows[outside[0]]!r}, column {columns[j]!r}",
                f"{x[outside[0], j]:g}",
                f"a value from {knots.min():g} to {knots.max():g}",
                "Widen the bounds to the whole scale of the criterion.",
            )
        parts.append(np.clip((v[:, None] - k[:-1]) / np.diff(k), 0.0, 1.0))
    return np.hstack(parts)
