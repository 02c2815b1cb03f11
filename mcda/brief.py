"""Short representation and equality for dataclasses that hold arrays."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

SHORT = reprlib.Repr()
SHORT.maxlevel, SHORT.maxlist, SHORT.maxtuple, SHORT.maxdict, SHORT.maxstring, SHORT.maxother = 2, 4, 4, 3, 60, 60


class Brief:
    """A frozen dataclass with a short representation, equal to another one of the same values."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name in ("__repr__", "__eq__", "__hash__"):  # dataclass keeps what a class has of its own
            if name not in vars(cls):
                setattr(cls, name, getattr(cls, name))

    def __repr__(self) -> str:
        shown = (f"{f.name}={SHORT.repr(getattr(self, f.name))}" for f in fields(self) if f.repr)  # type: ignore[arg-type]
        return " ".join(f"{type(self).__name__}({', '.join(shown)})".split())

    def __getstate__(self) -> dict[str, Any]:
        """Return what is copied and pickled: the fields, without cached properties."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = [f.name for f in fields(self) if f.compare]  # type: ignore[arg-type]
        return all(same(getattr(self, name), getattr(other, name)) for name in names)

    def __hash__(self) -> int:
        return hash(type(self))


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, arrays by their numbers.

    >>> same({"a": np.array([1.0, np.nan])}, {"a": np.array([1.0, np.nan])}), same((1, np.ones(2)), (1, np.ones(3)))
    (True, False)
    """
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        numbers = np.asarray(one).dtype.kind in "fc" and np.asarray(other).dtype.kind in "fc"
        return np.array_equal(one, other, equal_nan=numbers)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
