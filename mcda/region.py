"""Regions of weights: the part of the simplex in which stated comparisons hold, and its vertices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .checks import Labels
from .errors import InputError, nearest
from .registry import Array

MOST = 5000
"""Vertices beyond which a region is refused."""
ON = 1e-12
"""A weight within this of a bound is on it."""

_TERM = re.compile(r"^(?:(?P<factor>[0-9.eE+-]+)\s*\*\s*)?(?P<name>[^\s*][^*]*?)$")


@dataclass(frozen=True)
class Region:
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

    def holds(self, weights: Array) -> Array:
        """Tell which of the weights (..., n) lie in the region."""
        return np.asarray((weights @ self.rows.T >= self.least - 1e-9).all(axis=-1))

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
            tight = np.abs(points @ normal.T - bound) <= ON * np.maximum(1.0, np.abs(normal).max(axis=1))
            made = []
            for i in np.flatnonzero(over > size):
                for j in np.flatnonzero(over < -size):
                    both = tight[i] & tight[j]
                    if np.count_nonzero(tight[:, both].all(axis=1)) == 2:
                        made.append((over[i] * points[j] - over[j] * points[i]) / (over[i] - over[j]))
            points = np.concatenate([points[over >= -size], np.array(made).reshape(-1, n)])
            normal, bound = np.vstack([normal, row]), np.append(bound, least)
            if not len(points):
                raise InputError(
                    "region_empty", "weights", "statements that no weights meet: " + "; ".join(self.statements),
                    "statements that can hold together", "Leave one of them out, or widen an interval.",
                )  # fmt: skip
            if len(points) > MOST:
                raise InputError("region_size", "weights", f"more than {MOST} vertices", "fewer statements")
        return np.asarray(points / points.sum(axis=1, keepdims=True))


def region(criteria: Labels, statements: Iterable[str]) -> Region:
    """Read statements about weights.

    Parameters
    ----------
    criteria : their labels.
    statements : each a chain of terms with ``>=`` or ``<=`` between them, such as ``"a >= b >= 2*c"`` or
        ``"0.1 <= a <= 0.3"``; a term is a criterion, a number times a criterion, or a number.

    Raises
    ------
    InputError
        A statement that cannot be read, or about an unknown criterion.

    Examples
    --------
    >>> region(("a", "b"), ["a >= b"]).vertices.tolist()
    [[1.0, 0.0], [0.5, 0.5]]
    """
    rows, least = [], []
    listed = tuple(statements)
    for statement in listed:
        parts = re.split(r"(>=|<=|≥|≤)", statement)
        if len(parts) < 3:
            raise _unreadable(statement, criteria)
        terms = [_term(part, statement, criteria) for part in parts[::2]]
        for (left, low), sign, (right, high) in zip(terms, parts[1::2], terms[1:], strict=False):
            way = 1.0 if sign in (">=", "≥") else -1.0
            rows.append(way * (left - right))
            least.append(way * (high - low))
    return Region(criteria, np.array(rows).reshape(-1, len(criteria)), np.array(least), listed)


def _term(text: str, statement: str, criteria: Labels) -> tuple[Array, float]:
    """Read a term: its coefficients by criterion, and its constant."""
    text = text.strip()
    row = np.zeros(len(criteria))
    try:
        return row, float(text)
    except ValueError:
        found = _TERM.match(text)
    if found is None:
        raise _unreadable(statement, criteria)
    names = [str(c) for c in criteria]
    if found["name"] not in names:
        raise InputError(
            "unknown_name", f"weights, {statement}", repr(found["name"]), f"one of {', '.join(names)}",
            nearest(found["name"], names),
        )  # fmt: skip
    try:
        row[names.index(found["name"])] = float(found["factor"] or 1.0)
    except ValueError:
        raise _unreadable(statement, criteria) from None
    return row, 0.0


def _unreadable(statement: str, criteria: Labels) -> InputError:
    first = criteria[0]
    return InputError(
        "region_statement",
        "weights",
        repr(statement),
        f"a comparison such as '{first} >= 0.2' or '{first} >= 2*{criteria[-1]}'",
    )
