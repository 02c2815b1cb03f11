"""Regions of weights and their vertices, against listing every set of tight bounds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import mcda
from saidao.mcda.region import Region, region


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


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("a", "a comparison such as"),
        ("a >= d", "one of a, b"),
        ("a >= x*b", "a comparison such as"),
        ("", "a comparison"),
    ],
)
def test_what_cannot_be_read_is_told(statement: str, told: str) -> None:
    with pytest.raises(mcda.InputError, match=told):
        region(("a", "b"), [statement])


def test_statements_that_contradict_are_told() -> None:
    with pytest.raises(mcda.InputError, match="no weights meet"):
        _ = region(("a", "b"), ["a >= 0.7", "b >= 0.7"]).vertices
