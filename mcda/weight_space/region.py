"""Regions of weights: the part of the simplex where statements hold, and its vertices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels import Labels, as_list
from ..linear_programs import maximise
from ..registry import Array
from ..tabular import Tabular, frame
from .statements import comparisons

if TYPE_CHECKING:
    import pandas as pd

MOST = 5000
"""Vertices beyond which a region is refused."""
ON = 1e-12
"""A weight within this of a bound is on it."""


@dataclass(frozen=True)
class Region(Tabular):
    """Weights w >= 0 that sum to 1 and meet ``rows w >= least``.

    Attributes
    ----------
    criteria : labels of the n criteria.
    rows : (C, n); least : (C,).
    statements : what was stated, in words.
    """

    criteria: Labels
    rows: Array
    least: Array
    statements: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """One row per bound: what each weight counts in it, and the least that they come to (``at_least``)."""
        return frame(np.column_stack([self.rows, self.least]), columns=[*self.criteria, "at_least"])

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "criteria": list(self.criteria),
            "statements": list(self.statements),
            "rows": self.rows.tolist(),
            "least": self.least.tolist(),
        }

    def holds(self, weights: Array) -> Array:
        """Tell which of the weights (..., n) lie in the region."""
        return np.asarray((weights @ self.rows.T >= self.least - 1e-9).all(axis=-1))

    def inside(self, weights: Array) -> Array:
        """Tell which of the weights (..., n) meet every bound, without any slack."""
        return np.asarray((weights >= 0).all(axis=-1) & (weights @ self.rows.T >= self.least).all(axis=-1))

    @property
    def intervals(self) -> tuple[Array, Array] | None:
        """Least and largest weights, where the region is nothing but intervals and not empty; else None."""
        if (np.count_nonzero(self.rows, axis=1) > 1).any():
            return None
        low, high = np.zeros(len(self.criteria)), np.ones(len(self.criteria))
        for row, least in zip(self.rows, self.least, strict=True):
            for j in np.flatnonzero(row):
                low[j] = max(low[j], least / row[j]) if row[j] > 0 else low[j]
                high[j] = min(high[j], least / row[j]) if row[j] < 0 else high[j]
        low, high = np.maximum(low, 1.0 - (high.sum() - high)), np.minimum(high, 1.0 - (low.sum() - low))
        return (low, high) if (low <= high).all() else None

    @property
    def tight(self) -> NDArray[np.bool_]:
        """Which vertex is on which bound: (V, n + C), the bounds of 0 first."""
        normal = np.vstack([np.eye(len(self.criteria)), self.rows])
        bound = np.concatenate([np.zeros(len(self.criteria)), self.least])
        return _on(self.vertices, normal, bound)

    def within(self, low: Array, high: Array, statements: Iterable[str] = ()) -> Region:
        """Return the part of the region where every weight is from *low* to *high*."""
        each = np.eye(len(self.criteria))
        return Region(
            self.criteria,
            np.vstack([self.rows, each, -each]),
            np.concatenate([self.least, low, -high]),
            (*self.statements, *statements),
        )

    def some_vertices(self, number: int) -> Array:
        """Return vertices that are best in random directions: (number, n), some of them several times.

        Raises
        ------
        InputError
            No weights meet all statements.
        """
        n, rng = len(self.criteria), np.random.default_rng(0)
        rows, least = np.vstack([self.rows, np.ones(n)]), np.append(self.least, 1.0)
        upper = np.append(np.full(len(self.least), np.inf), 1.0)
        found = [maximise(way, rows, least, upper) for way in rng.standard_normal((number, n))]
        if any(one.status != "optimal" for one in found):
            raise self._empty()
        return np.array([one.x for one in found])

    def _empty(self) -> InputError:
        return InputError(
            "region_empty",
            "weights",
            "statements that no weights meet: " + "; ".join(self.statements),
            "statements that can hold together",
            "Leave one of them out, or widen an interval.",
        )

    @cached_property
    def vertices(self) -> Array:
        """All vertices: (V, n).

        The simplex is cut by one half-space after the other; every cut edge gives a vertex (Motzkin et al. 1953, The
        double description method, Annals of Mathematics Studies 28, 51-73). Two vertices share an edge if no third one
        meets all the bounds that both meet.

        Raises
        ------
        InputError
            No weights meet all statements, or there are too many vertices.
        """
        n = len(self.criteria)
        points = np.eye(n)
        normal, bound = np.eye(n), np.zeros(n)
        for row, least in zip(self.rows, self.least, strict=True):
            over = points @ row - least
            size = ON * max(1.0, float(np.abs(row).max(initial=0.0)))
            tight = _on(points, normal, bound)
            made, outside = [], np.flatnonzero(over < -size)
            for i in np.flatnonzero(over > size):
                # an edge is on n - 2 bounds at least
                for j in outside[(tight[i] & tight[outside]).sum(axis=1) >= n - 2]:
                    both = tight[i] & tight[j]
                    if np.count_nonzero(tight[:, both].all(axis=1)) == 2:
                        made.append((over[i] * points[j] - over[j] * points[i]) / (over[i] - over[j]))
            points = np.concatenate([points[over >= -size], np.array(made).reshape(-1, n)])
            normal, bound = np.vstack([normal, row]), np.append(bound, least)
            if not len(points):
                raise self._empty()
            if len(points) > MOST:
                raise InputError("region_size", "weights", f"more than {MOST} vertices", "fewer statements")
        return np.asarray(points / points.sum(axis=1, keepdims=True))


def _on(points: Array, normal: Array, bound: Array) -> NDArray[np.bool_]:
    """Tell which point is on which bound."""
    return np.asarray(np.abs(points @ normal.T - bound) <= ON * np.maximum(1.0, np.abs(normal).max(axis=1)))


def region(criteria: Labels, statements: Iterable[str]) -> Region:
    """Read statements about weights.

    Parameters
    ----------
    criteria : their labels.
    statements : each a chain of sums with ``>=``, ``<=`` or ``=`` between them (``>`` and ``<`` are as the first two),
        such as ``"a >= b >= 2*c"``, ``"0.1 <= a <= 0.3"``, ``"a + b >= 0.5"`` or ``"a = b"``; a term is a
        criterion, a multiple of one (``2 a``, ``2*a``, ``a/2``), or a number (``20%``). A name comes before a number,
        and may stand in quotes.

    Returns
    -------
    Region
        The bounds of the weights; its `vertices` tell whether any weights meet them.

    Raises
    ------
    InputError
        A statement that cannot be read, or about an unknown criterion.

    Examples
    --------
    >>> region(("a", "b"), ["a >= b"]).vertices.tolist()
    [[1.0, 0.0], [0.5, 0.5]]
    """
    criteria = tuple(as_list("criteria", criteria, "a name for each criterion"))
    rows, least = [], []
    expected = "statements about the criteria, each a text"
    listed = (statements,) if isinstance(statements, str) else tuple(as_list("weights", statements, expected))
    strange = [each for each in listed if not isinstance(each, str)]
    if strange:
        raise InputError("option_value", "weights", repr(strange[0]), expected)
    for statement in listed:
        for row, bound, equal in comparisons(statement, criteria):
            rows += [row, -row] if equal else [row]
            least += [bound, -bound] if equal else [bound]
    return Region(criteria, np.array(rows).reshape(-1, len(criteria)), np.array(least, dtype=float), listed)
