"""The compiled simplex against an independent solver, on programs of every shape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from saidao.optimize.after.simplex import optima


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
    none = np.zeros(rows)
    points, duals, done = optima(
        np.concatenate([matrix, -np.eye(rows)], axis=1).astype(float),
        np.concatenate([np.zeros(columns), low]),
        np.concatenate([upper, high]),
        np.arange(columns, columns + rows),
        np.zeros(columns + rows),
        np.array([np.concatenate([c, none]) for c in first]),
        np.concatenate([second, none])[None],
    )
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


def test_the_tableau_is_built_anew_without_a_trace() -> None:
    """More steps than a tableau is kept for: the last problem is solved as well as the first."""
    rng = np.random.default_rng(1)
    matrix, count = rng.uniform(0, 1, (10, 40)), 400
    costs = np.concatenate([rng.uniform(0, 1, (count, 40)), np.zeros((count, 10))], axis=1)
    points, _, done = optima(
        np.concatenate([matrix, -np.eye(10)], axis=1),
        np.zeros(50),
        np.full(50, 3.0),
        np.arange(40, 50),
        np.zeros(50),
        costs,
        np.zeros((0, 50)),
    )
    assert done.all()
    for k in (0, count // 2, count - 1):
        best = linprog(-costs[k, :40], matrix, np.full(10, 3.0), bounds=(0, 3))
        assert costs[k] @ points[k] == pytest.approx(-best.fun, abs=1e-9)
    assert points[:, :40] @ matrix.T == pytest.approx(points[:, 40:], abs=1e-9)
