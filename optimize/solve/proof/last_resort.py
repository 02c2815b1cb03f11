"""What is tried where no way of HiGHS gives an answer that its own values prove.

A small linear program is solved in exact fractions around the answer that came nearest; a program of whole units by
branch and bound over linear programs, each of which is proven by its duals, so that the bound is ours.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ...model.model import Model, reduced_costs
from ...model.programme import Array
from ..solution import Solution, no_solution
from .rational import Rational
from .vertex import exact_point

ROWS = 600
"""Rows up to which exact fractions take seconds."""
NODES = 5000
"""Programs that branch and bound solves at most."""
SAME = 1e-9
"""A node that promises less than this share more than the best point is not opened."""


def exactly(model: Model, hint: Solution) -> Solution | None:
    """Return the exact optimum that the hint rounds, in floats; None where the program is too large for fractions."""
    if len(model.row_lower) > ROWS:
        return None
    values, prices = exact_point(Rational(model), model, hint)
    columns = len(model.objective)
    x = np.array([float(v) for v in values[:columns]])
    row_dual = np.array([float(v) for v in prices[columns:]])
    return replace(hint, x=x, row_dual=row_dual, reduced_cost=reduced_costs(model, row_dual))


def branch_and_bound(model: Model, seconds: float, linear: Callable[[Model, float], Solution]) -> Solution | None:
    """Solve a program of whole units, best bound first; None where time or nodes end before it has a point.

    *linear* solves a linear program within some seconds, proven.

    Land & Doig (1960), An automatic method of solving discrete programming problems, Econometrica 28, 497-520.
    """
    end = time.monotonic() + seconds
    relaxed = replace(model, integer=np.zeros_like(model.integer))
    size = max(float(np.abs(model.objective * model.column_unit).sum()) * 1e-6, float(np.finfo(float).tiny))
    best: Solution | None = None
    value = -np.inf
    count = 0

    def solved(low: Array, high: Array) -> tuple[float, Solution]:
        found = linear(replace(relaxed, column_lower=low, column_upper=high), max(end - time.monotonic(), 0.0))
        return (float(model.objective @ found.x) if found.status == "optimal" else -np.inf), found

    first, found = solved(model.column_lower, model.column_upper)
    if found.status != "optimal":
        return no_solution(found.status)
    open_: list[tuple[float, int, Array, Array, Array]] = [(-first, 0, found.x, model.column_lower, model.column_upper)]
    while open_:
        bound = -open_[0][0]
        if bound <= value + SAME * max(abs(value), size):
            break
        if count >= NODES or time.monotonic() > end:
            return None if best is None else replace(best, status="feasible", bound=bound)
        _, _, x, low, high = heapq.heappop(open_)
        whole = np.round(x)
        at_whole, point = solved(np.where(model.integer, whole, low), np.where(model.integer, whole, high))
        if at_whole > value:
            value, none = at_whole, np.empty(0)
            best = Solution("optimal", point.x, none, none)
        if at_whole >= bound - SAME * max(abs(bound), size):
            continue
        away = np.where(model.integer & (high > low), np.abs(x - whole), -1.0)
        j = int(away.argmax())
        if away[j] <= 0:
            continue
        floor = np.floor(x[j])
        for lower, upper in ((low[j], floor), (floor + 1.0, high[j])):
            if lower > upper:
                continue
            count += 1
            below, above = low.copy(), high.copy()
            below[j], above[j] = lower, upper
            promise, found = solved(below, above)
            if found.status == "optimal":
                heapq.heappush(open_, (-promise, count, found.x, below, above))
    if best is None:
        return no_solution("infeasible")
    return replace(best, bound=value)
