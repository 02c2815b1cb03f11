"""Checks that come before any kernel: once, vectorised, and in the caller's labels."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import InputError
from .registry import Array

if TYPE_CHECKING:
    import pandas as pd

Labels = tuple[Hashable, ...]


def _labelled(data: Any) -> bool:
    """Tell whether *data* is a DataFrame or Series, without importing pandas for it."""
    return hasattr(data, "to_numpy") and hasattr(data, "index")


def matrix(data: pd.DataFrame | Iterable[Iterable[float]]) -> tuple[Array, Labels, Labels]:
    """Return a finite (m, n) matrix with the labels of its rows and columns; m and n are at least 1."""
    try:
        values = np.array(data.to_numpy() if _labelled(data) else data, dtype=float)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        raise InputError(
            "matrix_type", "matrix", "something that is not a table of numbers",
            "a two-dimensional array of numbers",
        ) from None  # fmt: skip
    if values.ndim != 2 or 0 in values.shape:
        raise InputError(
            "matrix_shape",
            "matrix",
            f"shape {values.shape}",
            "alternatives x criteria, at least 1 x 1",
        )
    rows: Labels = tuple(data.index) if _labelled(data) else tuple(range(values.shape[0]))  # type: ignore[union-attr]
    columns: Labels = tuple(data.columns) if hasattr(data, "columns") else tuple(range(values.shape[1]))
    if not np.isfinite(values).all():
        i, j = np.argwhere(~np.isfinite(values))[0]
        raise InputError(
            "matrix_value", f"matrix, row {rows[i]!r}, column {columns[j]!r}", str(values[i, j]),
            "a finite number", "Fill the cell in, or leave the alternative or the criterion out.",
        )  # fmt: skip
    return values, rows, columns


def signs(directions: Iterable[str] | Mapping[Any, str], columns: Labels) -> Array:
    """Turn directions ``"max"``/``"min"`` into 1/-1, one per criterion."""
    if isinstance(directions, str):
        directions = [directions] * len(columns)
    if isinstance(directions, Mapping) or _labelled(directions):
        missing = [c for c in columns if c not in directions]
        if missing:
            raise InputError("directions_missing", "directions", f"none for {missing[0]!r}", "one per criterion")
        directions = [directions[c] for c in columns]  # type: ignore[index]
    given = list(directions)
    if len(given) != len(columns):
        raise InputError(
            "directions_number", "directions", f"{len(given)} directions",
            f"{len(columns)}, one per criterion",
        )  # fmt: skip
    for column, direction in zip(columns, given, strict=True):
        if direction not in ("max", "min"):
            raise InputError("direction", f"directions, criterion {column!r}", repr(direction), "'max' or 'min'")
    return np.array([1.0 if d == "max" else -1.0 for d in given])


def shares(weights: Any, columns: Labels) -> tuple[Array, Array]:
    """Return weights as shares that sum to 1, and the weights as given."""
    if isinstance(weights, Mapping) or _labelled(weights):
        known = set(weights.keys())
        missing = [c for c in columns if c not in known]
        unknown = [k for k in weights.keys() if k not in set(columns)]  # noqa: SIM118 (a Series iterates over values)
        if missing or unknown:
            raise InputError(
                "weights_labels", "weights",
                f"no weight for {missing[0]!r}" if missing else f"a weight for the unknown {unknown[0]!r}",
                f"one weight for each of {', '.join(map(str, columns))}",
            )  # fmt: skip
        weights = [weights[c] for c in columns]
    try:
        given = np.array(weights, dtype=float)
    except (TypeError, ValueError):
        raise InputError("weights_type", "weights", repr(weights), "one number per criterion") from None
    if given.shape != (len(columns),):
        raise InputError(
            "weights_shape",
            "weights",
            f"shape {given.shape}",
            f"{len(columns)} weights, one per criterion",
        )
    if not np.isfinite(given).all() or (given < 0).any():
        j = int(np.flatnonzero(~np.isfinite(given) | (given < 0))[0])
        raise InputError(
            "weight_value",
            f"weights, criterion {columns[j]!r}",
            str(given[j]),
            "a finite number >= 0",
        )
    with np.errstate(over="ignore"):
        sum_ = given.sum()
    if not 0 < sum_ < np.inf:
        raise InputError("weights_sum", "weights", f"the sum {sum_}", "a positive sum")
    return given / sum_, given


def options(where: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse options that the method does not have."""
    from .errors import nearest

    valid = sorted(known)
    for name in given:
        if name not in valid:
            raise InputError(
                "unknown_option", where, f"the option {name!r}",
                f"one of {', '.join(valid)}" if valid else "no option", nearest(name, valid),
            )  # fmt: skip
