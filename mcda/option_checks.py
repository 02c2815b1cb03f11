"""Checks of the options of methods and schemes: what a caller may give, and the error where it is something else.

The type of a check's `value` is what may be given: `mcda.names` is written from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .checks import A_WEIGHT, LARGEST, shares, unfit, vector, within
from .errors import InputError, closest
from .labels import ByCriterion, Labels, Table, as_floats, as_list, by_label
from .registry import REQUIRED, Array, Check, Option, find


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
