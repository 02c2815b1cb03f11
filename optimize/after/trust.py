"""The price of trust: the most money that one number, within its admitted range, can draw to a target.

Of an effect or a cost the best value V rises from its bad end to its good one: whatever is best at any value
between a and b is feasible at b and worth V(a) there, so that the most of such plans is a bound, which is halved on.

Of a gap: the best value V(g) is concave and piecewise linear; on each piece the best plans and the gap form a polytope,
so that the most of anything linear is one linear program, the gap a variable. Of a budget likewise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, Model, padded, with_columns, with_row
from ..model.objectives import value
from ..model.programme import Array, Programme
from ..solve.allocate import build
from ..solve.lexicographic import solve, then
from ..solve.solution import Solver
from .frontier import trace

HALVED = 60
"""Times that a range is halved at most."""
ROUNDED = 1e-10
"""Share of the value that a best plan may fall short of the best by rounding."""


@dataclass(frozen=True)
class Drawn(Brief):
    """The most that a number draws: `amount`, and the number at which it does."""

    amount: float
    at: float


def most_by_gap(programme: Programme, pair: int, amount: Array, solver: Solver) -> Drawn:
    """Return the most of an amount (N,) over gaps from 0 to 1 of a pair and all best plans of each.

    *amount* counts levels: its first columns are those of `Columns` whatever the gaps.
    """
    gap = programme.gap.copy()
    gap.flat[pair] = 1.0
    c = Columns(replace(programme, gap=gap))
    model = build(c)
    worth = value(c)
    model = replace(model, objective=worth)
    counted = np.zeros(c.number)
    counted[: c.sizes["level"]] = amount[: c.sizes["level"]]
    number = int(c.programme.open_number[pair])
    rows = []
    for q in range(len(c.programme.periods)):
        one = np.zeros(c.number)
        one[c.closed(q, np.array([number]))] = 1.0
        rows.append(len(model.row_lower))
        model = with_row(model, f"gap[{q}]", one, -INF, 1.0)
    step = np.zeros(len(model.row_lower))
    step[rows] = 1.0
    points = trace(model, step, -1.0, 0.0, solver)
    best: Drawn | None = None
    for left, right in pairwise(points):
        slope = (right.value - left.value) / (right.change - left.change)
        low, high = 1.0 + left.change, 1.0 + right.change
        made = replace(model, row_upper=np.where(step > 0, 0.0, model.row_upper))
        made = with_columns(
            made, ["gap"], [(np.array(rows), np.full(len(rows), -1.0))], np.array([low]), np.array([high])
        )
        keeps = padded(worth, made)
        keeps[-1] = -slope
        size = max(abs(left.value), abs(right.value), 1e-12)
        made = with_row(made, "best", keeps, left.value - slope * low - ROUNDED * size, INF)
        found = solve(replace(made, objective=padded(counted, made)), solver)
        if best is None or found.value > best.amount + 1e-9 * max(abs(best.amount), 1.0):
            best = Drawn(found.value, float(found.solution.x[-1]))
    return best or Drawn(0.0, float(programme.gap.flat[pair]))


def most_by_step(model: Model, amount: Array, step: Array, low: float, high: float, solver: Solver) -> Drawn:
    """Return the most of an amount (N,) over bounds of rows moved by *low* to *high* times *step* (M,), all best plans.

    The best value is concave in the change, so that on each linear piece best plans and change form a polytope.
    """
    points = trace(model, step, low, high, solver)
    rows = np.flatnonzero(step)
    best: Drawn | None = None
    for left, right in pairwise(points):
        slope = (right.value - left.value) / (right.change - left.change)
        columns = [(rows, -step[rows])]
        made = with_columns(model, ["change"], columns, np.array([left.change]), np.array([right.change]))
        keeps = padded(model.objective, made)
        keeps[-1] = -slope
        size = max(abs(left.value), abs(right.value), 1e-12)
        made = with_row(made, "best", keeps, left.value - slope * left.change - ROUNDED * size, INF)
        found = solve(replace(made, objective=padded(amount, made)), solver)
        if best is None or found.value > best.amount + 1e-9 * max(abs(best.amount), 1.0):
            best = Drawn(found.value, float(found.solution.x[-1]))
    return best or Drawn(0.0, 0.0)


@dataclass(frozen=True)
class Bracket(Brief):
    """The most that a number draws: `amount`, at a share `at` of the way to its good end; none beyond `bound`."""

    amount: float
    at: float
    bound: float


def most_along(
    at: Callable[[float], Programme],
    amounts: Callable[[Columns], Array],
    now: float,
    solver: Solver,
    close: float,
    least: float = 0.0,
) -> Bracket:
    """Return the most of an amount over programmes *at* a share 0 to 1 of the way, along which the best value rises.

    *amounts* are the coefficients of the levels (N,); *now* is the share at which the number stands. Halved until the
    bound is within *close* of what is drawn, or of *least*, of which more is not asked; or `HALVED` times.
    """
    known: dict[float, tuple[Columns, float]] = {}
    best = Bracket(-1.0, now, INF)

    def tried(s: float) -> None:
        nonlocal best
        c = Columns(at(s))
        stage = solve(replace(build(c), objective=value(c)), solver)
        drawn = float(amounts(c) @ then(stage, amounts(c), solver).solution.x[: c.number])
        known[s] = c, stage.value
        if drawn > best.amount + 1e-9 * max(abs(best.amount), 1.0):
            best = Bracket(drawn, s, INF)

    def bounded(low: float, high: float) -> float:
        (before, reached), (c, _) = known[low], known[high]
        worth = value(c)
        room = ROUNDED * max(abs(reached), 1e-12)
        model = with_row(build(c), "worth", worth, reached - room, INF)
        counted = np.maximum(amounts(before), amounts(c))
        return solve(replace(model, objective=counted), solver).value

    ends = sorted({0.0, now, 1.0})
    for s in ends:
        tried(s)
    open_ = [(-bounded(low, high), low, high) for low, high in pairwise(ends)]
    open_.sort()
    for _ in range(HALVED):
        if not open_ or -open_[0][0] <= max(best.amount, least) + close:
            break
        _, low, high = heappop(open_)
        middle = (low + high) / 2
        tried(middle)
        for a, b in ((low, middle), (middle, high)):
            heappush(open_, (-bounded(a, b), a, b))
    return replace(best, bound=max([best.amount, *(-bound for bound, _, _ in open_)]))


def most_of_best(programme: Programme, priority: Array, amounts: Array, solver: Solver) -> Array:
    """Return the most of each amount (L, N) over the best plans under a priority (T * F): (L,)."""
    c = Columns(replace(programme, priority=priority.reshape(programme.gap.shape)))
    stage = solve(replace(build(c), objective=value(c)), solver)
    return np.array([float(one @ then(stage, one, solver).solution.x[: len(one)]) for one in amounts])
