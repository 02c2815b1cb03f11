"""Whatever of another kind is given to a public function, it says so of the argument by name, before it does anything.

Functions, arguments and what they take are read off the package: a new verb is tried without an entry here.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao.arguments import hints_of
from saidao.mcda.labels import Frame
from saidao.results.question import every

FUNCTIONS = {name: one for name in saidao.__all__ if inspect.isfunction(one := getattr(saidao, name))}
WILD: list[tuple[Any, str]] = [
    (None, "none"),
    (True, "bool hashable"),
    (np.True_, "bool hashable"),
    (5, "int float hashable"),
    (np.int64(5), "int float hashable"),
    (2.5, "float hashable"),
    (np.float64(2.5), "float hashable"),
    (float("nan"), "hashable"),
    (np.float64("inf"), "hashable"),
    (10**400, "int hashable"),
    (1j, "hashable"),
    ("x", "str texts hashable"),
    (b"x", "hashable"),
    (Path("x"), "path hashable"),
    ([1j], "objects"),
    ({"a": 1j}, "objects by_name"),
    (pd.Series([1j]), "objects by_name"),
    (pd.DataFrame({"a": ["b"]}), "frame"),
    (np.array(2.5), "float"),
    (len, "function hashable"),
    (object(), "hashable"),
]
"""What is given, and the kinds of argument that take it."""
PLAIN = {bool: "bool", int: "int", float: "float", str: "str", Path: "path", type(None): "none", Hashable: "hashable"}


def kinds(hint: Any) -> Iterator[str]:
    """Yield the kinds that an annotation takes."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        yield from kinds(parts[0])
    elif origin is Literal:
        yield "str"
    elif isinstance(origin, type) and issubclass(origin, tuple):
        return
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield "by_name" if parts[1] in (Any, object, Hashable) else ""
    elif origin is Callable or "__call__" in vars(hint if isinstance(hint, type) else object):
        yield "function"
    elif isinstance(origin, type) and not issubclass(origin, type(int | str)):
        yield "texts" if {"str", "hashable"} & set(kinds(parts[0])) else "objects" if parts[0] is Any else ""
    elif parts:
        for part in parts:
            yield from kinds(part)
    else:
        yield "frame" if hint is Frame else PLAIN.get(hint, "")


def needed(function: Callable[..., Any]) -> dict[str, Any]:
    """Return what has to be given besides."""
    takes = inspect.signature(function).parameters.values()
    return {one.name: "shanghai" for one in takes if one.default is one.empty and one.kind is not one.VAR_KEYWORD}


def test_every_verb_and_every_public_function_is_walked() -> None:
    assert {question.ask for question in every().values()} <= set(FUNCTIONS.values())
    assert len(FUNCTIONS) > 40
    assert not [name for name, one in FUNCTIONS.items() if inspect.unwrap(one) is one]
    hints = [hint for one in FUNCTIONS.values() for hint in hints_of(inspect.unwrap(one)).values()]
    assert Any not in hints, "an argument may not be just anything"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_is_of_another_kind_is_refused_by_name(function: str) -> None:
    asked = FUNCTIONS[function]
    for name, hint in hints_of(inspect.unwrap(asked)).items():
        taken = set(filter(None, kinds(hint)))
        tried = [value for value, of in WILD if not taken & set(of.split())]
        assert len(tried) > 2, name
        for value in tried:
            with pytest.raises(saidao.CaseError) as refused:
                asked(**{**needed(asked), name: value})
            of_it = [problem for problem in refused.value.problems if problem.file == name]
            assert len(of_it) == 1, (name, value, refused.value)
            for lang in ("en", "zh"):
                assert re.search(r"(found|读到) ?\S+.*(expected|应为)", of_it[0].text(lang))
                assert of_it[0].remedy(lang)


def test_all_of_it_is_told_at_once() -> None:
    wrong: Any = {
        "share": pd.Series([1]),
        "stance": 3,
        "budgets": {"funds": "many", "land": True},
        "forbid": [5, "I01"],
    }
    with pytest.raises(saidao.CaseError) as refused:
        saidao.plan("shanghai", **wrong)
    found = [(p.file, p.column, p.found) for p in refused.value.problems]
    assert sorted(found) == [
        ("budgets", "funds", "'many'"),
        ("budgets", "land", "True"),
        ("forbid", "", "5"),
        ("share", "", "Series"),
        ("stance", "", "3"),
    ]


def test_numbers_of_numpy_and_lists_of_any_make_are_taken() -> None:
    budgets = pd.Series({"funds": np.float32(1024)})
    numbers: Any = {"budgets": budgets, "gap": np.float64(0), "time_limit": np.int64(60), "forbid": "I01"}
    same = saidao.plan("shanghai", budgets={"funds": 1024.0}, forbid=["I01"])
    assert saidao.plan("shanghai", **numbers).to_dict() == same.to_dict()
    drawn: Any = {"samples": np.int16(20), "seed": np.uint8(3), "region": np.array(["demand_conditions >= 0.1"])}
    told = saidao.robustness("shanghai", 20, 3, region=["demand_conditions >= 0.1"]).to_dict()
    assert saidao.robustness("shanghai", **drawn).to_dict() == told
    listed = saidao.weightings("shanghai", ["equal", "entropy"]).to_dict()
    for made in (pd.Index, pd.Series, np.array, tuple, iter):
        series: Any = made(["equal", "entropy"])
        assert saidao.weightings("shanghai", series).to_dict() == listed


def test_what_python_itself_refuses_it_still_does() -> None:
    forgotten: Any = saidao.admit
    with pytest.raises(TypeError, match="names"):
        forgotten("shanghai")
