"""Checks of input, made once before any kernel runs; errors name the caller's labels."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError, closest
from .labels import ByCriterion, Table, as_floats, as_list, by_label, labelled, names_of, order
from .labels import Labels as Labels
from .ranges import Range, read_range
from .registry import REQUIRED, Array, Check, Option, find

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


def matrix(data: Table, gaps: bool = False) -> tuple[Array, RowLabels, Labels]:
    """Return a finite (m, n) matrix with the labels of its rows and columns; m and n are at least 1.

    With *gaps* it may hold nan, a missing score. It may be the caller's own array, not a copy of it: read it, and keep
    nothing of it.
    """
    values = as_floats(data, copy=False)
    if values is None:
        raise InputError(
            "matrix_type",
            "matrix",
            "something that is not a table of numbers",
            "a two-dimensional array of numbers",
        )
    if values.ndim != 2 or 0 in values.shape:
        raise InputError(
            "matrix_shape",
            "matrix",
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
            f"matrix, row {rows[i]!r}, column {columns[j]!r}",
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


def shares(weights: Any, columns: Labels) -> tuple[Array, Array]:
    """Return weights as shares that sum to 1, and the weights as given."""
    given = vector("weights", weights, columns, "weights")
    bad = np.flatnonzero(unfit(given) | (given < 0))
    if bad.size:
        raise InputError(
            "weight_value",
            f"weights, criterion {columns[bad[0]]!r}",
            str(given[bad[0]]),
            A_WEIGHT,
        )
    if not given.any():
        raise InputError("weights_sum", "weights", "the sum 0", "a positive sum")
    return given / given.sum(), given


def weight_vectors(weights: Any, columns: Labels) -> Array:
    """Return (k, n) weights as shares; a DataFrame has a column per criterion.

    Raises
    ------
    InputError
        A weight that is negative or not finite, or a vector of zeros, with its number.
    """
    if hasattr(weights, "columns"):
        names = names_of(weights.columns, columns)
        weights = weights.to_numpy()
        weights = weights if names is None else weights[:, order("weights", names, columns)]
    given = as_floats(weights, copy=False)
    if given is None:
        raise InputError("weights_type", "weights", "something that is not numbers", "weight vectors x criteria")
    if given.ndim != 2 or not len(given) or given.shape[1] != len(columns):
        raise InputError(
            "weights_shape",
            "weights",
            f"shape {given.shape}",
            f"weight vectors x {len(columns)} criteria, at least one",
        )
    bad = unfit(given) | (given < 0)
    if bad.any():
        i, j = np.argwhere(bad)[0]
        raise InputError(
            "weight_value",
            f"weights, vector number {i + 1}, criterion {columns[j]!r}",
            str(given[i, j]),
            A_WEIGHT,
        )
    total = (given @ np.ones(given.shape[1]))[:, None]  # quicker than sums along short rows
    if not total.all():
        i = np.flatnonzero(total == 0)[0]
        raise InputError("weights_sum", f"weights, vector number {i + 1}", "the sum 0", "a positive sum")
    return np.asarray(given / total)


# --- options of methods and schemes ----------------------------------------------------------------------------------
# The type of `value` is what a caller may give: `mcda.names` is written from it.


def takes(given: str, check: Check) -> Check:
    """Return a check made here, with the type of what it takes."""
    check.__annotations__["value"] = given
    return check


def one_of(names: Iterable[str]) -> str:
    """Return the type of one of *names*.

    >>> one_of(["a", "b"])
    'Literal["a", "b"]'
    """
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"Literal[{quoted}]"


def ratings(name: str, value: ByCriterion[float], columns: Labels) -> Array:
    """Check weights >= 0 with a positive sum."""
    return shares(value, columns)[1]


def points(name: str, value: ByCriterion[float], columns: Labels) -> Array:
    """Check points from 0 to 100, not all 0."""
    given = within(name, vector(name, value, columns), columns, 0.0, 100.0)
    if not given.any():
        raise InputError("option_value", name, "only zeros", "100 for the swing that matters most")
    return given


def ranks(name: str, value: ByCriterion[float], columns: Labels) -> Array:
    """Check ranks >= 1; 1 is the most important, equal ranks tie."""
    return within(name, vector(name, value, columns), columns, 1.0)


def factors(name: str, value: ByCriterion[float], columns: Labels) -> Array:
    """Check numbers >= 0."""
    return within(name, vector(name, value, columns), columns)


def nine_points(name: str, value: ByCriterion[float], columns: Labels) -> Array:
    """Check comparisons on the scale from 1 (equal) to 9 (absolutely more important)."""
    return within(name, vector(name, value, columns), columns, 1.0, 9.0)


def criterion(name: str, value: Hashable, columns: Labels) -> int:
    """Return the place of the criterion with the label *value*."""
    if not isinstance(value, Hashable) or value not in columns:
        raise InputError("option_labels", name, repr(value), f"one of {', '.join(map(str, columns))}")
    return columns.index(value)


def alike(name: str, value: Any, columns: Labels) -> Any:
    """Return a value per criterion, in their order; a single value is taken for all of them."""
    single = isinstance(value, str) or not isinstance(value, Iterable)
    single = single or (isinstance(value, np.ndarray) and value.ndim == 0)
    return [value] * len(columns) if single else list(by_label(name, value, columns))


def thresholds(name: str, value: float | ByCriterion[float | None], columns: Labels) -> Array:
    """Check numbers >= 0, one for all criteria or one by criterion; nan where None is given."""
    given = vector(name, alike(name, value, columns), columns)
    bad = np.flatnonzero(~np.isnan(given) & (unfit(given) | (given < 0)))
    if bad.size:
        raise InputError(
            "option_value",
            f"{name}, criterion {columns[bad[0]]!r}",
            str(given[bad[0]]),
            A_WEIGHT,
        )
    return given


def lines(name: str, value: float | ByCriterion[float | tuple[float, float] | None], columns: Labels) -> Array:
    """Check thresholds: a number for all criteria, or by criterion a number, None or a pair (alpha, beta).

    Returns (n, 2) pairs: a threshold is alpha g + beta, g the value that it is taken at; beta is nan for None.
    """
    each = alike(name, value, columns)
    pairs = as_floats([pair if isinstance(pair, Sequence | np.ndarray) else (0.0, pair) for pair in each])
    if (
        pairs is None
        or pairs.shape != (len(columns), 2)
        or (unfit(pairs) & ~np.isnan(pairs)).any()
        or np.isnan(pairs[:, 0]).any()
    ):
        raise InputError(
            "option_lines",
            name,
            repr(value),
            f"a number, or {len(columns)} by criterion, each a number or a pair (alpha, beta)",
        )
    return pairs


def profiles(name: str, value: Table | ByCriterion[Iterable[float]], columns: Labels) -> Array:
    """Check (n, k) profiles: for each criterion its value in every one of them, at least one."""
    placed = by_label(name, value, columns)
    given = as_floats(placed)
    if given is None or given.ndim != 2 or len(given) != len(columns) or not given.size or unfit(given).any():
        raise InputError(
            "option_profiles", name, repr(value), f"equally many values for each of {len(columns)} criteria"
        )
    return given


def number(name: str, value: float, columns: Labels) -> float:
    """Check a number that is 0, or from 1 / `LARGEST` to `LARGEST` in size."""
    given = as_floats(value) if isinstance(value, int | float | np.number) else None
    if given is not None and not unfit(given):
        return float(value)
    raise InputError("option_value", name, repr(value), f"0, or a number of a size from {1 / LARGEST:g} to {LARGEST:g}")


def whole(name: str, value: Any, low: int, high: int | None = None, code: str = "option_value") -> int:
    """Return a whole number from *low* to *high*.

    >>> whole("samples", np.int64(5), 1)
    5
    """
    if isinstance(value, int | np.integer) and value >= low and (high is None or value <= high):
        return int(value)
    least = f"a whole number of at least {low:,}" if high is None else f"a whole number from {low:,} to {high:,}"
    raise InputError(code, name, str(value), least)


def choices(*names: str) -> Check:
    """Return a check of one of *names* for all criteria, or one by criterion."""
    one = choice(*names)

    def check(name: str, value: Any, columns: Labels) -> tuple[str, ...]:
        given = alike(name, value, columns)
        if len(given) != len(columns):
            raise InputError("option_shape", name, f"{len(given)} of them", f"one, or {len(columns)}: one by criterion")
        return tuple(one(name, each, columns) for each in given)

    return takes(f"{one_of(names)} | ByCriterion[{one_of(names)}]", check)


def choice(*names: str) -> Check:
    """Return a check that the value is one of *names*."""

    def check(name: str, value: Any, columns: Labels) -> str:
        return find(name, dict(zip(names, names, strict=True)), value)

    return takes(one_of(names), check)


def share(name: str, value: float, columns: Labels) -> float:
    """Check a number from 0 to 1."""
    if isinstance(value, int | float | np.number) and 0 <= value <= 1:
        return float(value)
    raise InputError("option_range", f"option {name}", repr(value), "a number from 0 to 1")


def positive_share(name: str, value: float, columns: Labels) -> float:
    """Check a number above 0 and at most 1."""
    if isinstance(value, int | float | np.number) and 0 < value <= 1:
        return float(value)
    raise InputError("option_range", f"option {name}", repr(value), "a number above 0 and at most 1")


def above_number(name: str, value: float, columns: Labels) -> float:
    """Check a number above 0."""
    if number(name, value, columns) > 0:
        return float(value)
    raise InputError("option_value", name, repr(value), "a number above 0")


def value_lists(name: str, value: Table | ByCriterion[Iterable[float]], columns: Labels) -> tuple[Array, ...]:
    """Check two or more rising numbers for each criterion, not as many for every one."""
    placed = by_label(name, value, columns)
    read = [as_floats(each) for each in as_list(name, placed, "values for each criterion")]
    given = tuple(each for each in read if each is not None and each.ndim == 1)
    if not len(given) == len(read) == len(columns) or any(each.size < 2 or unfit(each).any() for each in given):
        raise InputError(
            "option_profiles", name, repr(value), f"two or more values for each of {len(columns)} criteria"
        )
    for column, each in zip(columns, given, strict=True):
        if (np.diff(each) <= 0).any():
            raise InputError("option_value", f"{name}, criterion {column!r}", str(each.tolist()), "rising values")
    return given


def numbers(*width: int) -> Check:
    """Return a check of one number, or *width* numbers, for each criterion."""

    def check(name: str, value: Any, columns: Labels) -> Array:
        given = by_label(name, value, columns)
        values = as_floats(given)
        if values is None or values.shape != (len(columns), *width) or unfit(values).any():
            wanted = f"{width[0]} numbers" if width else "one number"
            raise InputError(
                "option_numbers", f"option {name}", repr(given), f"{wanted} for each of {len(columns)} criteria"
            )
        return values

    return takes("Table | ByCriterion[Iterable[float]]" if width else "ByCriterion[float]", check)


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


def options(where: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse options that the method does not have."""
    valid = sorted(known)
    for name in given:
        if name not in valid:
            raise InputError(
                "unknown_option",
                where,
                f"the option {name!r}",
                f"one of {', '.join(valid)}" if valid else "no option",
                close=closest(name, valid),
            )


def checked(own: Mapping[str, Option], given: Mapping[str, Any], columns: Labels, where: str) -> dict[str, Any]:
    """Return all options of a kernel, checked: the value given, or the default where it is None or left out."""
    used: dict[str, Any] = {}
    for name, option in own.items():
        value = option.default if given.get(name) is None else given[name]
        if value is REQUIRED:
            needed = (f"{n}=..." for n, o in own.items() if o.default is REQUIRED)
            raise InputError("option_missing", where, f"no {name}", ", ".join(needed))
        used[name] = None if value is None else option.check(name, value, columns)
    return used


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
