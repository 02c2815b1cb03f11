"""What is given to a public function is held to its annotations before it runs: all that is of another kind is told.

A number may be numpy's, a list anything that can be gone through, one text stands for a list of it; a truth value is no
number, nor are nan and infinity. Names that there are not, and numbers out of range, are told by whoever reads them.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, Literal, TypeVar

from .errors import CaseError, Problem
from .texts.say import LANGUAGES, WORDS, say

F = TypeVar("F", bound=Callable[..., Any])
MOST_TOLD = 5
"""Elements of one argument that are told."""


def checked(function: F) -> F:
    """Hold what is given to a function to its annotations, those of a TypedDict of options included.

    The function is called with plain numbers for numpy's, and with lists for what can be gone through only once.

    Raises
    ------
    CaseError
        By the function that comes back: all that is of another kind than annotated, each with the argument's name.
    """
    takes = signature(function)

    @wraps(function)
    def call(*args: Any, **given: Any) -> Any:
        try:
            bound = takes.bind(*args, **given)
        except TypeError:
            return function(*args, **given)  # Python says what is missing
        hints, problems = hints_of(function), list[Problem]()

        def taken(name: str, value: Any) -> Any:
            made, misfits = fit(hints.get(name, Any), value)
            problems.extend(one.problem(name) for one in misfits[:MOST_TOLD])
            return made

        for name, value in bound.arguments.items():
            if takes.parameters[name].kind is Parameter.VAR_KEYWORD:
                bound.arguments[name] = {key: taken(key, one) for key, one in value.items()}
            else:
                bound.arguments[name] = taken(name, value)
        if problems:
            raise CaseError(problems)
        return function(*bound.args, **bound.kwargs)

    return typing.cast("F", call)


@cache
def hints_of(function: Callable[..., Any]) -> Mapping[str, Any]:
    """Return the annotations of a function's arguments by name, its TypedDict's in place of ``**options``."""
    takes = signature(function).parameters.values()
    own = types.SimpleNamespace(__annotations__={one.name: one.annotation for one in takes})
    hints = typing.get_type_hints(own, function.__globals__, include_extras=True)
    for one in takes:
        if one.kind is Parameter.VAR_KEYWORD:
            (options,) = typing.get_args(hints.pop(one.name))
            hints |= typing.get_type_hints(options, include_extras=True)
    return hints


@dataclass(frozen=True)
class Misfit:
    """What is of another kind than annotated: `key` is its place in a mapping, `inner` says that it is in something."""

    found: object
    hint: Any
    inner: bool
    key: str = ""

    def problem(self, name: str) -> Problem:
        """Return it as a user reads it."""
        kinds = list(dict.fromkeys(_kinds(self.hint)))
        known = [kind for kind in kinds if f"takes.{kind}" in WORDS]
        expected = tuple(
            _or([say(f"takes.{kind}", lang) if kind in known else kind for kind in kinds], lang) for lang in LANGUAGES
        )
        remedy = tuple(say(f"takes.{known[0]}.so" if known else "choice.remedy", lang) for lang in LANGUAGES)
        return Problem("takes", name, None, self.key, _told(self.found), {"kinds": expected, "so": remedy})


def fit(hint: Any, value: Any, inner: bool = False) -> tuple[Any, list[Misfit]]:
    """Return a value as the function takes it, and what of it is of another kind than annotated.

    >>> fit(float | None, 0.5), fit(list[str], "a")
    ((0.5, []), (['a'], []))
    >>> [(one.key, one.found) for one in fit(dict[str, float], {"funds": "many", "land": 1.0})[1]]
    [('funds', 'many')]
    """
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return fit(parts[0], value, inner)
    value = list(value) if isinstance(value, Iterator) else value
    misfit = value, [Misfit(value, hint, inner)]
    if origin in (typing.Union, types.UnionType):
        tried = [fit(part, value, inner) for part in parts]
        best = next((one for one in tried if not one[1]), None)
        nearly = (one for one in tried if one[1][0].inner > inner or one[1][0].key)
        return best or next(nearly, misfit)
    if hint is types.NoneType:  # pandas has nan for it in columns of numbers
        return (None, []) if value is None or (inner and isinstance(value, float) and math.isnan(value)) else misfit
    if hint in _SCALARS:
        made = _SCALARS[hint](value)
        return misfit if made is None else (made, [])
    if origin is Literal:
        return (value, []) if isinstance(value, str) else misfit
    if origin is Callable:
        return (value, []) if callable(value) else misfit
    if isinstance(hint, type) and origin is None and hint is not Any:
        if "items" in vars(hint):  # a protocol of what is given by name
            (pairs,) = typing.get_args(typing.get_type_hints(vars(hint)["items"])["return"])
            made = _mapping(typing.get_args(pairs)[1], value)
            return misfit if made is None else (value, made[1])
        return (value, []) if isinstance(value, hint) else misfit
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(parts[1], value) or misfit
    if origin is tuple and Ellipsis not in parts:
        return _tuple(parts, value) or misfit
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return _list(parts[0], value) or misfit
    return value, []  # Any


def _mapping(hint: Any, value: Any) -> tuple[Any, list[Misfit]] | None:
    counted = type(getattr(value, "index", None)).__name__ == "RangeIndex"  # a Series without names
    if hasattr(value, "columns") or not hasattr(value, "items") or counted:
        return None
    each = {key: fit(hint, one, True) for key, one in value.items()}
    misfits = [
        Misfit(one.found, one.hint, True, one.key or str(key)) for key, (_, some) in each.items() for one in some
    ]
    return {key: made for key, (made, _) in each.items()}, misfits


def _tuple(hints: tuple[Any, ...], value: Any) -> tuple[Any, list[Misfit]] | None:
    if not isinstance(value, list | tuple) or len(value) != len(hints):
        return None
    each = [fit(hint, one, True) for hint, one in zip(hints, value, strict=True)]
    return tuple(made for made, _ in each), [one for _, some in each for one in some]


def _list(hint: Any, value: Any) -> tuple[Any, list[Misfit]] | None:
    if isinstance(value, str):
        return None if fit(hint, value)[1] else ([value], [])
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    none = isinstance(value, Mapping | bytes | bytearray) or hasattr(value, "columns") or getattr(value, "ndim", 1) == 0
    if none or not isinstance(value, Iterable):
        return None
    if kind and kind in "iuf" and not fit(_innermost(hint), 0.5)[1]:
        return value, []  # arrays of numbers are looked at by who computes with them
    each = [fit(hint, one, True) for one in value]
    return [made for made, _ in each], [one for _, some in each for one in some]


def _innermost(hint: Any) -> Any:
    """Return what stands in lists of lists."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    return _innermost(parts[0]) if isinstance(origin, type) and issubclass(origin, Iterable) else hint


def _plain(value: Any) -> Any:
    """Return Python's own number or truth value for one of numpy's, which takes long to import."""
    return value.item() if hasattr(value, "dtype") and getattr(value, "shape", None) == () else value


def _switch(value: Any) -> bool | None:
    plain = _plain(value)
    return plain if isinstance(plain, bool) else None


def _whole(value: Any) -> int | None:
    plain = _plain(value)
    return plain if isinstance(plain, int) and not isinstance(plain, bool) else None


def _number(value: Any) -> float | int | None:
    plain = _plain(value)
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        return None
    try:
        return plain if math.isfinite(plain) else None
    except OverflowError:  # a whole number beyond what is computed with
        return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _path(value: Any) -> Any:
    return value if isinstance(value, Path) else None


_SCALARS: dict[Any, Callable[[Any], Any]] = {
    bool: _switch,
    int: _whole,
    float: _number,
    str: _text,
    Path: _path,
}
"""What a plain type takes, as the function is to have it; None for what it does not."""


def _kinds(hint: Any) -> Iterator[str]:
    """Yield what is taken: stems of texts, or what stands for itself."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        yield from _kinds(parts[0])
    elif origin in (typing.Union, types.UnionType):
        for part in parts:
            yield from _kinds(part)
    elif origin is Literal:
        yield from (repr(part) for part in parts) if len(parts) <= FEW else ("text",)
    elif origin is Callable:
        yield "function"
    elif isinstance(origin, type):
        yield "mapping" if issubclass(origin, Mapping) else "list"
    elif hint is not types.NoneType:
        like = next((stem for plain, stem in _STEMS.items() if issubclass(hint, plain)), hint.__name__)
        yield "function" if "__call__" in vars(hint) else like


FEW = 8
"""Names that stand in a message; where there are more, a text is what it asks for."""
_STEMS = {bool: "switch", int: "whole", float: "number", str: "text", Path: "path"}


def _or(kinds: list[str], lang: str) -> str:
    *others, last = kinds
    return say("takes.or", lang).join(filter(None, (say("list", lang).join(others), last)))


def _told(value: Any) -> str:
    """Return a number or a text as typed, and of anything else what it is."""
    if isinstance(value, str):
        return repr(value)
    plain = _plain(value)
    return str(plain) if plain is None or isinstance(plain, bool | int | float) else type(value).__name__
