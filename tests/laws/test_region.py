"""Regions of weights and their vertices, against listing every set of tight bounds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import mcda
from saidao.mcda.weight_space.region import Region, region


def listed(r: Region) -> np.ndarray:
    """Every point where n - 1 bounds and the sum are met, if it lies in the region."""
    n = len(r.criteria)
    normal, bound = np.vstack([np.eye(n), r.rows]), np.concatenate([np.zeros(n), r.least])
    found = []
    for at in combinations(range(len(normal)), n - 1):
        a = np.vstack([np.ones(n), normal[list(at)]])
        if abs(np.linalg.det(a)) > 1e-9:
            w = np.linalg.solve(a, np.append(1.0, bound[list(at)]))
            if (normal @ w >= bound - 1e-9).all():
                found.append(w)
    return np.unique(np.round(found, 9), axis=0)


@given(
    n=st.integers(2, 5),
    data=st.data(),
)
@settings(max_examples=80, deadline=None)
def test_vertices_are_those_of_all_tight_sets(n: int, data: st.DataObject) -> None:
    rows = np.array(data.draw(st.lists(st.lists(st.integers(-3, 3), min_size=n, max_size=n), max_size=4)), dtype=float)
    rows = rows.reshape(-1, n)
    least = np.array(
        data.draw(st.lists(st.sampled_from([-1, -0.3, 0, 0.1, 0.4]), min_size=len(rows), max_size=len(rows)))
    )
    r = Region(tuple(range(n)), rows, least)
    expected = listed(r)
    if not len(expected):
        with pytest.raises(mcda.InputError, match="no weights meet"):
            _ = r.vertices
        return
    got = np.unique(np.round(r.vertices, 9), axis=0)
    assert got == pytest.approx(expected, abs=1e-8) if got.shape == expected.shape else pytest.fail(f"{got} {expected}")


def test_an_order_of_importance_has_the_means_of_the_first_as_vertices() -> None:
    found = region(("a", "b", "c"), ["a >= b >= c"]).vertices
    expected = {(1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.333333, 0.333333, 0.333333)}
    assert {tuple(w) for w in found.round(6).tolist()} == expected


def test_intervals_and_multiples() -> None:
    r = region(("a", "b", "c"), ["0.2 <= a <= 0.4", "b >= 2*c"])
    assert r.holds(r.vertices).all()
    assert r.holds(np.array([0.3, 0.5, 0.2])).all()
    assert not r.holds(np.array([0.5, 0.4, 0.1]))
    assert not r.holds(np.array([0.3, 0.3, 0.4]))


READ: dict[str, list[tuple[list[float], float]]] = {
    "a >= b": [([1, -1, 0], 0)],
    "a > b": [([1, -1, 0], 0)],
    "a < b": [([-1, 1, 0], 0)],
    "a = b": [([1, -1, 0], 0), ([-1, 1, 0], 0)],
    "a + b >= 0.5": [([1, 1, 0], 0.5)],
    "a - b >= 10%": [([1, -1, 0], 0.1)],
    "-a >= -0.5": [([-1, 0, 0], -0.5)],
    "a >= 2 b": [([1, -2, 0], 0)],
    "2a <= b*3": [([-2, 3, 0], 0)],
    "1/2 a >= b/4": [([0.5, -0.25, 0], 0)],
    "0.1 <= a <= 30%": [([1, 0, 0], 0.1), ([-1, 0, 0], -0.3)],
    "a ≥ b ＞ 2×c": [([1, -1, 0], 0), ([0, 1, -2], 0)],
    "'a' >= \"b\"": [([1, -1, 0], 0)],
    "0.4 = a + b": [([-1, -1, 0], -0.4), ([1, 1, 0], 0.4)],
}


@pytest.mark.parametrize("statement", READ)
def test_statements_are_read(statement: str) -> None:
    found = region(tuple("abc"), [statement])
    assert found.rows.tolist() == [row for row, _ in READ[statement]]
    assert found.least == pytest.approx([least for _, least in READ[statement]])


NAMED: list[tuple[tuple[object, ...], str, list[float], float]] = [
    (("1", "2", "3"), "1 >= 2", [1, -1, 0], 0),
    (("1", "2", "3"), "2*3 <= 1", [1, 0, -2], 0),
    (("1", "2", "3"), "1.0 >= 3", [0, 0, -1], -1),
    (("1", "2", "3"), "1 + 2 >= 0.5", [1, 1, 0], 0.5),
    ((0, 1, 2), "1 >= 0", [-1, 1, 0], 0),
    ((2020, 2021), "2021 >= 2020", [-1, 1], 0),
    (("1", "10"), "10 >= 1.5*1", [-1.5, 1], 0),
    (("inf", "b"), "b >= inf", [-1, 1], 0),
    (("nan", "e5"), "nan >= 0.2", [1, 0], 0.2),
    (("market size", "R&D + x"), "market size >= R&D + x", [1, -1], 0),
    (("a-b", "a"), "a-b - a >= 0.1", [1, -1], 0.1),
    (("a", "ab"), "ab >= a", [-1, 1], 0),
    (("需求", "需求侧"), "需求>=需求侧", [1, -1], 0),
    (("x >= y", "x"), "'x >= y' >= x", [1, -1], 0),
    (("o'clock", "b"), "o'clock >= b", [1, -1], 0),
]


@pytest.mark.parametrize(("names", "statement", "row", "least"), NAMED)
def test_names_come_before_numbers_and_signs(
    names: tuple[str, ...], statement: str, row: list[float], least: float
) -> None:
    found = region(names, [statement])
    assert (found.rows.tolist(), found.least.tolist()) == ([row], [least])


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("a", "a comparison such as"),
        ("0.5 >= 0.2", "a comparison such as"),
        ("a b >= 0.2", "a comparison such as"),
        ("a*b >= 0.2", "a comparison such as"),
        ("1/a >= 2", "a comparison such as"),
        ("a >= ", "a comparison such as"),
        ("a + >= b", "a comparison such as"),
        ("a >= 1e999", "a comparison such as"),
        ("a >= 0..5", "a comparison such as"),
        ("a != b", "one of a, b"),
        ("'c' >= 0.1", "one of a, b"),
        ("b >= inf", "one of a, b"),
        ("A >= 0.1", "mean 'a'"),
        ("a >= d", "one of a, b"),
        ("a >= x*b", "one of a, b"),
        ("", "a comparison"),
    ],
)
def test_what_cannot_be_read_is_told(statement: str, told: str) -> None:
    with pytest.raises(mcda.InputError, match=told):
        region(("a", "b"), [statement])


def test_statements_that_contradict_are_told() -> None:
    with pytest.raises(mcda.InputError, match="no weights meet"):
        _ = region(("a", "b"), ["a >= 0.7", "b >= 0.7"]).vertices
