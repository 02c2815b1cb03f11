"""Checks of pairwise comparison matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import unfit
from ..errors import InputError
from ..labels import Labels, Table, as_floats, labelled, names_of, order
from ..registry import Array

RECIPROCAL_TOLERANCE = 1e-2
"""a_ij a_ji may differ from 1 by this: 0.33 beside 3 is meant as its reciprocal."""


def square(given: Any, name: str) -> tuple[Array, Labels]:
    """Return a square table of numbers with its labels, its columns in the order of its rows.

    Labels that only count (of an array, or a DataFrame without names) are those of a matrix in the criteria's order.
    """
    labels: Labels | None = None
    a = as_floats(given)
    if a is None:
        raise InputError(f"{name}_type", name, "something that is not a table of numbers", "a square matrix of numbers")
    if a.ndim != 2 or a.shape[0] != a.shape[1] or a.size == 0:
        raise InputError(f"{name}_shape", name, f"shape {a.shape}", "a square matrix")
    if labelled(given) and hasattr(given, "columns"):
        across, down = names_of(given.columns, given.index), names_of(given.index, given.columns)
        if across is not None and down is not None:
            a = a[:, order(f"{name}, columns against rows", across, down)]
        named = down or across
        labels = None if named is None else tuple(named)
    if labels is not None:
        order(name, labels, labels)  # each once
    return a, labels or tuple(range(len(a)))


def aligned(name: str, a: Array, labels: Labels, columns: Labels) -> Array:
    """Return a square matrix over all criteria in their order, by its labels, where it has any."""
    if len(labels) != len(columns):
        raise InputError(f"{name}_size", name, f"{len(labels)} criteria", f"the matrix's {len(columns)}")
    if labels == tuple(range(len(labels))) and set(labels) != set(columns):
        return a
    places = order(name, labels, columns)
    return a[np.ix_(places, places)]


def over_criteria(name: str, value: Table, columns: Labels) -> Array:
    """Check a reciprocal matrix over all criteria."""
    return aligned(name, *reciprocal_matrix(value), columns)


def comparisons(name: str, value: Table, columns: Labels) -> Array:
    """Check a square matrix of 1 (more important), 1/2 (equally) and 0 (less), with a_ij + a_ji = 1."""
    a = aligned(name, *square(value, name), columns)
    wrong = ~np.isin(a, (0.0, 0.5, 1.0)) | (a + a.T != 1.0)
    if wrong.any():
        i, j = np.argwhere(wrong)[0]
        raise InputError(
            f"{name}_value",
            f"{name}, {columns[i]!r} against {columns[j]!r}",
            f"{a[i, j]:g}, and {a[j, i]:g} the other way",
            "1 and 0 (more and less important), or 0.5 twice (equally)",
        )
    return a


def group_of_first(known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which criteria the judgements connect with the first: (..., n, n) -> (..., n)."""
    reached = known[..., 0, :]
    for _ in range(known.shape[-1]):
        reached = np.asarray((reached[..., None] & known).any(axis=-2))
    return reached


def contradicts(a: Array) -> NDArray[np.bool_]:
    """Tell which judgements are no reciprocals of each other: 0.33 beside 3 is, though 1e-2 and 9e-18 off."""
    return np.asarray(np.abs(a * a.T - 1.0) > RECIPROCAL_TOLERANCE * (1 + 1e-9))


def reciprocal_matrix(pairwise: Table, labels: Labels | None = None) -> tuple[Array, Labels]:
    """Check a pairwise matrix: square, positive, 1 on the diagonal, a_ji = 1 / a_ij; fill a blank (nan) half.

    Parameters
    ----------
    pairwise : (n, n) array or DataFrame
        As for `ahp`. A pair that is blank in both halves stays so; the others have to connect all criteria.
    labels : what errors call the criteria; the matrix's own labels if left out.

    Returns
    -------
    The (n, n) matrix, and its labels.

    Raises
    ------
    InputError
        The first judgement that is wrong, by the names of its criteria.

    Examples
    --------
    >>> reciprocal_matrix([[1, 4], [float("nan"), 1]])[0].tolist()
    [[1.0, 4.0], [0.25, 1.0]]
    """
    a, own = square(pairwise, "pairwise")
    labels = own if labels is None else labels
    diagonal = np.diagonal(a)
    if (np.abs(np.where(np.isnan(diagonal), 1.0, diagonal) - 1.0) > 1e-12).any():
        raise InputError("pairwise_diagonal", "pairwise", "a diagonal entry other than 1", "1 on the diagonal")
    np.fill_diagonal(a, 1.0)
    known = ~np.isnan(a)
    bad = known & ((a <= 0) | unfit(np.where(known, a, 1.0)))
    if bad.any():
        i, j = np.argwhere(bad)[0]
        raise InputError(
            "pairwise_value",
            f"pairwise, {labels[i]!r} against {labels[j]!r}",
            str(a[i, j]),
            "a positive number of a usual size: how many times more important",
        )
    a = np.where(known, a, 1.0 / a.T)
    contradiction = contradicts(a)
    if contradiction.any():
        i, j = np.argwhere(contradiction)[0]
        raise InputError(
            "pairwise_reciprocal",
            f"pairwise, {labels[i]!r} against {labels[j]!r}",
            f"{a[i, j]:g}, and {a[j, i]:g} the other way",
            "reciprocals: a_ji = 1 / a_ij",
            "Leave one of the two cells blank: it is filled by the reciprocal.",
        )
    reached = group_of_first(~np.isnan(a))
    if not reached.all():
        one, other = (", ".join(repr(labels[i]) for i in np.flatnonzero(side)) for side in (reached, ~reached))
        raise InputError(
            "pairwise_missing",
            f"pairwise, {one} against {other}",
            "no judgement",
            "judgements that connect all criteria",
            "Compare one of the first with one of the others.",
        )
    return a, labels
