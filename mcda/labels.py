"""Input by label (mappings, Series, DataFrames) put into the order of the criteria and alternatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from .errors import InputError, closest

Labels = tuple[Hashable, ...]
T = TypeVar("T")


@runtime_checkable
class Frame(Protocol):
    """What is read of a pandas DataFrame: a type that does not need pandas."""

    @property
    def index(self) -> Any:
        """Labels of the rows."""

    @property
    def columns(self) -> Any:
        """Labels of the columns."""

    def to_numpy(self) -> Any:
        """Return the values."""


ByCriterion = Mapping[Any, T] | Iterable[T]
"""A value for each criterion: by its label, or (a Series goes by its labels too) in the order of the criteria."""
Table = Frame | Iterable[Iterable[float]]
"""Numbers by row and column."""


def labelled(data: Any) -> bool:
    """Tell whether *data* is a DataFrame or Series, without importing pandas for it."""
    return hasattr(data, "to_numpy") and hasattr(data, "index")


def as_floats(given: Any, copy: bool = True) -> NDArray[np.float64] | None:
    """Return an array of floats, None where *given* is no table of real numbers: ragged, of words, dates or complex.

    >>> as_floats([[1, "2"], [3, None]]).tolist(), as_floats([[1], [2, 3]]), as_floats(10**400)
    ([[1.0, 2.0], [3.0, nan]], None, None)
    """
    try:
        table = np.asanyarray(
            given.to_numpy() if labelled(given) else list(given) if isinstance(given, Iterator) else given
        )
        if table.dtype.kind in "cmM":
            return None
        if isinstance(table, np.ma.MaskedArray):
            table = np.ma.filled(table.astype(float), np.nan)
        return np.array(table, dtype=float, copy=True if copy else None)
    except (TypeError, ValueError, OverflowError):
        return None


def as_list(name: str, given: Iterable[T], expected: str) -> list[T]:
    """Return *given* as a list, or say what is expected in place of a single thing.

    >>> as_list("directions", ("max", "min"), "a direction for each criterion")
    ['max', 'min']
    """
    try:
        return list(given)
    except TypeError:
        raise InputError("option_value", name, repr(given), expected) from None


def as_switch(name: str, given: bool) -> bool:
    """Return a truth value, numpy's too.

    >>> as_switch("scaled", np.True_)
    True
    """
    if not isinstance(given, bool | np.bool_):
        raise InputError("option_value", name, repr(given), "True or False")
    return bool(given)


def as_array(name: str, given: Any, *axes: int) -> NDArray[np.float64]:
    """Return an array of floats with one of these numbers of axes."""
    values = given if isinstance(given, np.ndarray) and given.dtype == float else as_floats(given)
    if values is None or values.ndim not in axes:
        raise InputError("option_value", name, repr(given), f"numbers in {' or '.join(map(str, axes))} axes")
    return values


def order(name: str, given: Iterable[Hashable], labels: Iterable[Hashable]) -> list[int]:
    """Return where each of *labels* stands among *given*, which hold the same labels, each once.

    Raises
    ------
    InputError
        A label twice on either side, missing or unknown; all of them are named, with the nearest that there are.

    Examples
    --------
    >>> order("weights", ["b", "a"], ["a", "b"])
    [1, 0]
    """
    have, want = list(given), list(labels)
    for side in (have, want):
        twice = [label for label, count in Counter(side).items() if count > 1]
        if twice:
            raise InputError(
                "labels_twice",
                name,
                f"{_listed(twice)} more than once",
                "each label once",
                "Name them apart.",
            )
    place = {label: i for i, label in enumerate(have)}
    missing, known = [label for label in want if label not in place], set(want)
    unknown = [label for label in have if label not in known]
    if missing or unknown:
        found = [f"nothing for {_listed(missing)}"] * bool(missing) + [f"the unknown {_listed(unknown)}"] * bool(
            unknown
        )
        near = [closest(str(label), [str(each) for each in missing or want]) for label in unknown]
        raise InputError(
            "labels",
            name,
            " and ".join(found),
            f"one for each of {', '.join(map(str, want))}",
            close=next(filter(None, near), None),
        )
    return [place[label] for label in want]


def names_of(index: Any, labels: Iterable[Hashable]) -> list[Hashable] | None:
    """Return the labels of a pandas index; None for a default one (0, 1, 2, ...) where other labels are wanted."""
    listed = list(index)
    counted = type(index).__name__ == "RangeIndex" and listed == list(range(len(listed)))
    return None if counted and set(listed) != set(labels) else listed


def by_label(name: str, given: Any, labels: Labels) -> Any:
    """Put what is given by label into the order of *labels*: a mapping, a Series, a DataFrame's rows, `Weights`.

    Anything else comes back as it is, an array as a list: it is in their order already.
    """
    if hasattr(given, "criteria") and hasattr(given, "array"):
        counted = tuple(given.criteria) == tuple(range(len(given.array)))
        keys = None if counted and set(given.criteria) != set(labels) else list(given.criteria)
        values = given.array.tolist()
    elif labelled(given):
        keys, values = names_of(given.index, labels), given.to_numpy().tolist()
    elif isinstance(given, Mapping):
        keys, values = list(given), list(given.values())
    elif isinstance(given, set | frozenset):
        raise InputError("option_value", name, repr(given), "a list or a mapping: a set has no order")
    else:
        return given.tolist() if isinstance(given, np.ndarray) else given
    return values if keys is None else [values[i] for i in order(name, keys, labels)]


def table_by_label(name: str, given: Any, rows: Labels | range, columns: Labels) -> Any:
    """Put a DataFrame over rows and columns, or a Series or mapping by column, into their order.

    Rows may be named more than once where they come in the very same order. Anything else comes back as it is.
    """
    if isinstance(given, Mapping) or (labelled(given) and not hasattr(given, "columns")):
        return by_label(name, given, columns)
    if not labelled(given):
        return given
    values = given.to_numpy()
    across, down = names_of(given.columns, columns), names_of(given.index, rows)
    if across is not None:
        values = values[:, order(f"{name}, columns", across, columns)]
    if down is not None and down != list(rows):
        values = values[order(f"{name}, rows", down, rows)]
    return values


def _listed(labels: Iterable[Hashable]) -> str:
    return ", ".join(repr(label) for label in labels)
