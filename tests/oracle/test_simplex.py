"""The compiled simplex against an independent solver, on programs of every shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from saidao.optimize.after.simplex import optima, shortest_ways

Array = Any


def entries(matrix: Array) -> tuple[Array, Array, Array]:
    """Starts of rows, columns, values."""
    row, column = (np.ascontiguousarray(at) for at in np.nonzero(matrix))
    return np.searchsorted(row, np.arange(len(matrix) + 1)), column, matrix[row, column]


def solved(
    matrix: Array, upper: Array, rows: tuple[Array, Array], first: Array, others: Array
) -> tuple[Array, Array, Array]:
    """Solve for objectives (K, N) from the corner where nothing is used: points, duals, whether there is an end."""
    count, columns = matrix.shape
    by_row, by_column = entries(matrix.astype(float)), entries(matrix.T.astype(float))
    answer: tuple[Array, Array, Array] = optima(
        by_column,
        by_row,
        np.append(np.zeros(columns), rows[0]),
        np.append(upper, rows[1]),
        np.arange(columns, columns + count),
        np.zeros(columns + count),
        first.astype(float),
        first.astype(float),
        others.astype(float),
    )
    return answer


@given(seed=st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_optima_are_scipy_s(seed: int) -> None:
    """Boxes, equations, one-sided rows, ties and degenerate points, from the basis of a feasible corner."""
    rng = np.random.default_rng(seed)
    rows, columns, count = int(rng.integers(1, 8)), int(rng.integers(1, 12)), 6
    matrix = rng.integers(-3, 4, (rows, columns)) * (rng.random((rows, columns)) < 0.7)
    upper = rng.integers(0, 4, columns).astype(float)
    slack = rng.integers(0, 6, rows).astype(float)  # 0: degenerate at the start
    equal = rng.random(rows) < 0.2
    high = np.where(equal, 0.0, slack)
    low = np.where(equal, 0.0, np.where(rng.random(rows) < 0.5, -np.inf, -slack))
    first = rng.integers(-4, 5, (count, columns)).astype(float)
    second = rng.integers(-4, 5, columns).astype(float)
    points, duals, done = solved(matrix, upper, (low, high), first, second[None])
    assert done.all()
    finite = np.isfinite(low)
    limits = {
        "A_ub": np.vstack([matrix, -matrix[finite]]),
        "b_ub": np.concatenate([high, -low[finite]]),
        "bounds": np.column_stack([np.zeros(columns), upper]),
    }
    for c, point, y in zip(first, points, duals[0], strict=True):
        best = linprog(-c, **limits)
        assert c @ point[:columns] == pytest.approx(-best.fun, abs=1e-8)
        again = linprog(-second, **limits, A_eq=c[None], b_eq=[-best.fun])
        if again.status == 0:
            assert second @ point[:columns] == pytest.approx(-again.fun, abs=1e-6)
        assert points[:, :columns] @ matrix.T == pytest.approx(points[:, columns:], abs=1e-9)
        # duals prove the first objective: what each price leaves to its bound is nothing
        price = np.concatenate([c - y @ matrix, y])
        ends = np.concatenate([upper, high]), np.concatenate([np.zeros(columns), low])
        bound = np.where(price > 1e-9, ends[0], np.where(price < -1e-9, ends[1], 0.0))
        assert price @ np.where(np.abs(price) > 1e-9, bound, 0.0) == pytest.approx(-best.fun, abs=1e-7)


def test_the_inverse_is_made_anew_without_a_trace() -> None:
    """More steps than an inverse is kept for: the last problem is solved as well as the first."""
    rng = np.random.default_rng(1)
    matrix, count = rng.uniform(0, 1, (10, 40)), 400
    costs = rng.uniform(0, 1, (count, 40))
    points, _, done = solved(matrix, np.full(40, 3.0), (np.zeros(10), np.full(10, 3.0)), costs, np.zeros((0, 40)))
    assert done.all()
    for k in (0, count // 2, count - 1):
        best = linprog(-costs[k], matrix, np.full(10, 3.0), bounds=(0, 3))
        assert costs[k] @ points[k, :40] == pytest.approx(-best.fun, abs=1e-9)
    assert points[:, :40] @ matrix.T == pytest.approx(points[:, 40:], abs=1e-9)


def test_each_problem_starts_from_the_nearest_before() -> None:
    """The ways are those of a shortest tree, by Kruskal."""
    points = np.random.default_rng(2).uniform(0, 1, (60, 3))
    order, parent = shortest_ways(points)
    assert sorted(order.tolist()) == list(range(60))
    place = np.argsort(order)
    assert parent[order[0]] == -1
    assert all(place[parent[k]] < place[k] for k in order[1:])
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    tree, length = list(range(60)), 0.0
    for a, b in sorted(zip(*np.triu_indices(60, 1), strict=True), key=lambda pair: apart[pair]):
        if tree[a] != tree[b]:
            length += apart[a, b]
            tree = [tree[a] if t == tree[b] else t for t in tree]
    assert sum(apart[k, parent[k]] for k in order[1:]) == pytest.approx(length)


def test_what_has_no_end_is_told() -> None:
    """Two columns, nothing holds the second: the first problem has an optimum, the second has none."""
    points, _, done = solved(
        np.array([[1.0, 0.0]]),
        np.array([5.0, np.inf]),
        (np.zeros(1), np.full(1, 3.0)),
        np.array([[1.0, 0.0], [1.0, 1.0]]),
        np.zeros((0, 2)),
    )
    assert done.tolist() == [True, False]
    assert points[0, :2].tolist() == [3.0, 0.0]
