"""Checks of matrices, directions, weights and labels, made once before any kernel runs, in the caller's labels."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .labels import Labels as Labels
from .labels import Table, as_floats, as_list, by_label, labelled, names_of, order
from .ranges import Range, read_range
from .registry import Array

RowLabels = Labels | range
"""Alternatives without names are counted: a million of them take no room."""

LARGEST = 1e50
"""Numbers other than 0 have a size from 1/LARGEST to LARGEST: squares, ratios and products of shares stay finite."""
A_WEIGHT = f"0, or a number from {1 / LARGEST:g} to {LARGEST:g}"
"""What is expected of a weight or a threshold."""


def unfit(values: Array) -> NDArray[np.bool_]:
    """Tell which values are not finite, or not 0 and smaller than 1 / `LARGEST` or larger than `LARGEST`."""
    if values.size and values.min() >= 1 / LARGEST and values.max() <= LARGEST:
        return np.zeros(values.shape, dtype=bool)
    size = np.abs(values)
    return np.asarray(~((size == 0) | ((size >= 1 / LARGEST) & (size <= LARGEST))))


MOST_COMPARED = 5_000
"""Alternatives of which every pair is compared: a table of 200 MB."""


def compared(count: int, where: str) -> None:
    """Refuse more alternatives than can be compared in pairs."""
    if count > MOST_COMPARED:
        raise InputError(
            "alternatives_many",
            where,
            f"{count:,} alternatives",
            f"at most {MOST_COMPARED:,}: it compares every pair",
            "Take a method that does not (topsis, wsm), or a part of the alternatives.",
        )


def matrix(data: Table, gaps: bool = False, name: str = "matrix") -> tuple[Array, RowLabels, Labels]:
    """Return a finite (m, n) matrix with the labels of its rows and columns; m and n are at least 1.

    With *gaps* it may hold nan, a missing score. It may be the caller's own array, not a copy of it: read it, and keep
    nothing of it.
    """
    values = as_floats(data, copy=False)
    if values is None:
        raise InputError(
            "matrix_type",
            name,
            "something that is not a table of numbers",
            "a two-dimensional array of numbers",
        )
    if values.ndim != 2 or 0 in values.shape:
        raise InputError(
            "matrix_shape",
            name,
            f"shape {values.shape}",
            "alternatives x criteria, at least 1 x 1",
        )
    rows: RowLabels = tuple(data.index) if labelled(data) else range(values.shape[0])  # type: ignore[union-attr]
    columns: Labels = tuple(data.columns) if hasattr(data, "columns") else tuple(range(values.shape[1]))
    bad = unfit(values)
    if gaps:
        bad &= ~np.isnan(values)
    if bad.any():
        i, j = np.argwhere(bad)[0]
        finite = np.isfinite(values[i, j])
        raise InputError(
            "matrix_value",
            f"{name}, row {rows[i]!r}, column {columns[j]!r}",
            str(values[i, j]),
            f"0, or a size from {1 / LARGEST:g} to {LARGEST:g}" if finite else "a finite number",
            "Choose another unit for the criterion."
            if finite
            else "Fill the cell in, or leave the alternative or the criterion out.",
        )
    return values, rows, columns


def direction_list(directions: Iterable[Any] | Mapping[Any, Any], columns: Labels) -> list[str | Range]:
    """Return ``"max"``, ``"min"`` or a `Range` for each criterion, in their order; ``"36..37"`` is read as a range.

    1 and -1 (pymcdm's types, scikit-criteria's objectives) are ``"max"`` and ``"min"``.
    """
    if isinstance(directions, str | Range):
        directions = [directions] * len(columns)
    given = as_list("directions", by_label("directions", directions, columns), "'max' or 'min' for each criterion")
    if len(given) != len(columns):
        raise InputError(
            "directions_number",
            "directions",
            f"{len(given)} directions",
            f"{len(columns)}, one per criterion",
        )
    told = [_way(direction) or read_range(direction) for direction in given]
    for column, direction, read in zip(columns, given, told, strict=True):
        if read is None:
            raise InputError(
                "direction", f"directions, criterion {column!r}", repr(direction), "'max', 'min' or a range as '36..37'"
            )
    return [each for each in told if each is not None]


def _way(direction: Any) -> str | None:
    value = getattr(direction, "value", direction)
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        return "max" if value == 1 else "min" if value == -1 else None
    return str(value) if value in ("max", "min") else None


def directed(values: Array, directions: Iterable[Any] | Mapping[Any, Any], columns: Labels) -> tuple[Array, Array]:
    """Return the matrix and the signs, 1 for ``"max"`` and -1 for ``"min"``.

    A criterion whose direction is a `Range` enters as its level, of which more is better.
    """
    told = direction_list(directions, columns)
    ranges = {j: direction for j, direction in enumerate(told) if isinstance(direction, Range)}
    if ranges:
        values = values.copy()
        for j, best in ranges.items():
            values[:, j] = best.level(values[:, j])
    return values, np.array([-1.0 if direction == "min" else 1.0 for direction in told])


def vector(name: str, value: Any, columns: Labels, code: str = "option") -> Array:
    """Return one number per criterion, given by label or in the order of the criteria."""
    value = by_label(name, value, columns)
    given = as_floats(value)
    if given is None:
        raise InputError(f"{code}_type", name, repr(value), "one number per criterion")
    if given.shape != (len(columns),):
        raise InputError(
            f"{code}_shape",
            name,
            f"shape {given.shape}",
            f"{len(columns)} {name.replace('_', ' ')}, one per criterion",
        )
    return given


def within(
    name: str, values: Array, columns: Labels, low: float = 0.0, high: float = np.inf, code: str = "option_value"
) -> Array:
    """Return *values*, one per criterion, if all are finite and from *low* to *high*."""
    bad = np.flatnonzero(~np.isfinite(values) | (values < low) | (values > high))
    if bad.size:
        raise InputError(
            code,
            f"{name}, criterion {columns[bad[0]]!r}",
            str(values[bad[0]]),
            f"a finite number >= {low:g}" if high == np.inf else f"a number from {low:g} to {high:g}",
        )
    return values


def shares(weights: Any, columns: Labels, name: str = "weights") -> tuple[Array, Array]:
    """Return weights as shares that sum to 1, and the weights as given."""
    given = vector(name, weights, columns, "weights")
    bad = np.flatnonzero(unfit(given) | (given < 0))
    if bad.size:
        raise InputError(
            "weight_value",
            f"{name}, criterion {columns[bad[0]]!r}",
            str(given[bad[0]]),
            A_WEIGHT,
        )
    if not given.any():
        raise InputError("weights_sum", name, "the sum 0", "a positive sum")
    return given / given.sum(), given


def weight_vectors(weights: Any, columns: Labels, name: str = "weights") -> Array:
    """Return (k, n) weights as shares; a DataFrame has a column per criterion.

    Raises
    ------
    InputError
        A weight that is negative or not finite, or a vector of zeros, with its number.
    """
    if hasattr(weights, "columns"):
        names = names_of(weights.columns, columns)
        weights = weights.to_numpy()
        weights = weights if names is None else weights[:, order(name, names, columns)]
    given = as_floats(weights, copy=False)
    if given is None:
        raise InputError("weights_type", name, "something that is not numbers", "weight vectors x criteria")
    if given.ndim != 2 or not len(given) or given.shape[1] != len(columns):
        raise InputError(
            "weights_shape",
            name,
            f"shape {given.shape}",
            f"weight vectors x {len(columns)} criteria, at least one",
        )
    bad = unfit(given) | (given < 0)
    if bad.any():
        i, j = np.argwhere(bad)[0]
        raise InputError(
            "weight_value",
            f"{name}, vector number {i + 1}, criterion {columns[j]!r}",
            str(given[i, j]),
            A_WEIGHT,
        )
    total = (given @ np.ones(given.shape[1]))[:, None]  # quicker than sums along short rows
    if not total.all():
        i = np.flatnonzero(total == 0)[0]
        raise InputError("weights_sum", f"{name}, vector number {i + 1}", "the sum 0", "a positive sum")
    return np.asarray(given / total)


# --- bounds of a criterion --------------------------------------------------------------------------------------------


def span_of(matrix: Array) -> tuple[Array, Array]:
    """Return the least and the largest value of every criterion, which differ."""
    differ(matrix)
    return matrix.min(axis=0), matrix.max(axis=0)


def within_bounds(name: str, matrix: Array, bounds: Array) -> tuple[Array, Array]:
    """Return the (n, 2) bounds as two vectors, if the lower is below the higher and they hold every value."""
    low, high = bounds.T
    bad = np.flatnonzero((low >= high) | (matrix < low).any(axis=0) | (matrix > high).any(axis=0))
    if bad.size:
        j = bad[0]
        raise InputError(
            "bounds",
            f"option {name}, criterion number {j + 1}",
            f"{low[j]:g} to {high[j]:g}",
            f"a lower and a higher value that hold all of {matrix[:, j].min():g} to {matrix[:, j].max():g}",
            "Widen the bounds to the whole scale of the criterion.",
        )
    return low, high


def all_positive(matrix: Array) -> None:
    """Refuse values of 0 or less."""
    if not (matrix > 0).all():
        raise InputError(
            "not_positive",
            f"matrix, criterion number {np.argwhere(matrix <= 0)[0][-1] + 1}",
            "a value that is 0 or less",
            "values above 0: the method multiplies or divides by them",
            "Shift the scale of the criterion, or use moora, topsis or wsm.",
        )


# --- what the matrix has to be for a scheme -------------------------------------------------------------------------


def each_column(holds: NDArray[np.bool_], code: str, found: str, expected: str, remedy: str) -> None:
    """Refuse the matrix if any column fails a condition, and name the first that does."""
    if not holds.all():
        column = int(np.flatnonzero(~holds)[0])
        raise InputError(code, f"matrix, criterion number {column + 1}", found, expected, remedy)


def positive(matrix: Array, signs: Array | float = 0.0) -> None:
    """Refuse values <= 0 in columns whose sign is not 1."""
    holds = np.asarray((matrix > 0).all(axis=0) | (np.asarray(signs) > 0))
    each_column(holds, "scheme_positive", "a value <= 0", "values > 0", "Shift the scale, or use another scheme.")


def non_negative(matrix: Array) -> None:
    """Refuse columns with values < 0, or with zeros only."""
    holds = np.asarray((matrix >= 0).all(axis=0) & (matrix > 0).any(axis=0))
    each_column(
        holds,
        "scheme_non_negative",
        "a negative value, or only zeros",
        "values >= 0, not all 0",
        "Shift the scale of the criterion, or use another scheme.",
    )


def varied(matrix: Array) -> None:
    """Refuse columns in which all alternatives are equal."""
    each_column(
        np.asarray(np.ptp(matrix, axis=0) > 0),
        "scheme_constant",
        "the same value for every alternative",
        "at least two different values",
        "Drop the criterion, or use another scheme.",
    )


def share_out(amounts: Array) -> Array:
    """Return amounts >= 0 as shares, w_j = a_j / sum a, if any is positive."""
    if not (amounts > 0).any():
        raise InputError(
            "scheme_equal",
            "matrix",
            "no criterion on which the alternatives differ in the way that the scheme weighs",
            "at least one",
            "Use another scheme.",
        )
    return np.asarray(amounts / amounts.sum())


def labels(criteria: Iterable[Hashable] | None, columns: Labels) -> Labels:
    """Return the criteria's names: those given, or else the matrix's own."""
    if criteria is None:
        return columns
    given = tuple(as_list("criteria", criteria, "a name for each criterion"))
    if not all(isinstance(name, Hashable) for name in given):
        raise InputError("criteria", "criteria", repr(criteria), f"{len(columns)} names, one per criterion")
    if len(given) != len(columns) or len(set(given)) != len(given):
        raise InputError("criteria", "criteria", f"{len(set(given))} names", f"{len(columns)}, one per criterion")
    if columns not in (given, tuple(range(len(columns)))):
        order("criteria", given, columns)  # tells what is unknown
        raise InputError(
            "criteria",
            "criteria",
            "the matrix's own names in another order",
            "the matrix's order",
            "Leave criteria out.",
        )
    return given


def above_zero(values: Array, where: str, found: str) -> None:
    """Refuse values <= 0 that a method multiplies or divides by; name the first column that fails."""
    if not (values > 0).all():
        column = f", criterion number {np.argwhere(~(values > 0))[0][-1] + 1}" if values.ndim > 1 else ""
        raise InputError(
            "zero_value",
            f"{where}{column}",
            found,
            "values above 0 once normalised, as the method multiplies or divides by them",
            "Use the normalisation 'minmax_shifted', or the method topsis or wsm.",
        )


def all_alike() -> InputError:
    """Return the error that all alternatives are equal on every criterion that counts."""
    return InputError(
        "all_equal",
        "matrix",
        "alternatives that are equal on every criterion",
        "at least two that differ",
        "Use wsm, which gives them all the same rank.",
    )


def differ(matrix: Array) -> None:
    """Refuse a criterion on which all alternatives are the same."""
    constant = np.flatnonzero(np.ptp(matrix, axis=0) == 0)
    if constant.size == matrix.shape[1]:
        raise all_alike()
    if constant.size:
        raise InputError(
            "constant_criterion",
            f"matrix, criterion number {constant[0] + 1}",
            "the same value for every alternative",
            "at least two different values",
            "Drop the criterion, or use topsis or wsm.",
        )


def tell_apart(holds: bool) -> None:
    """Refuse alternatives between which a method's score is 0/0."""
    if not holds:
        raise InputError(
            "undefined_score",
            "matrix",
            "alternatives that the method cannot tell apart (its score is 0/0)",
            "alternatives that differ",
            "Use wsm, or drop the criteria that do not discriminate.",
        )
