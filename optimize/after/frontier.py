"""What a budget brings from nothing to any amount, what equity costs, and an order of funding that revokes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..model.model import INF, Block, Model, inner, padded, with_columns
from ..model.objectives import closed_at_end, least_spend, track_shares
from ..model.objectives import value as discounted_value
from ..model.programme import Array
from ..solve.allocate import Allocation, run
from ..solve.lexicographic import InfeasibleProgramme, solve, then, with_worst
from ..solve.problem import Problem
from ..solve.solution import Solution, Solver, SolverFailure
from .prices.ranging import shifted, tightened
from .prices.reoptimisation import Again

SAMPLES = 21
"""Amounts at which a program of whole units is solved: its value has jumps, and is sampled, not traced."""
SLIGHT = 1e-3
"""Share of the largest value below which losses are not measured against a value itself."""
ROUNDED = (0.0, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9)
"""Shares of a range by which its end is drawn in until there is a plan."""
INWARDS = 1e-6
"""Share of the range by which samples with whole units keep from an end beyond which there is no plan."""

LARGE = 2_000
"""Columns from which on breakpoints lie so close that not every one is traced."""
COARSE = 1e-3
"""Share of a large program's range of values by which the curve may lie above the line between two of its points."""
STRIDES = 0.9, 2.0
"""Share of the stride that would just do, if the curve bends on as before, and the most by which strides grow."""

Progress = Callable[[int], object]
"""Called with the number of programs solved so far."""


# --- one budget ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kink:
    """A point of the value of a budget: a breakpoint, or a sample where there are whole units.

    Attributes
    ----------
    change : of the budget, in its unit.
    value : optimum there, of the first objective.
    price : value of one unit more, from here to the next point; None at the last, and between samples.
    plan : an optimal plan there, of least spend, and near the one before.
    """

    change: float
    value: float
    price: float | None
    plan: Allocation


def budget_frontier(
    plan: Allocation,
    step: Array,
    low: float,
    high: float,
    progress: Progress = lambda done: None,
    through: Sequence[float] = (),
) -> list[Kink]:
    """Trace the optimum as the bounds of rows move along *step* (M,) by *low* to *high*, as far as there are plans.

    Where not every breakpoint is there, of whole units and of large programs, the changes *through* are among the
    points, as far as there are plans.
    """
    problem, model = plan.problem, plan.model
    if model.is_mixed:
        ends, pad = possible(model, step, low, high, problem.solver), 2 * INWARDS * (high - low)
        even = np.linspace(low, high, SAMPLES if high > low else 1)
        inside = [c for c in (*even, *through) if ends[0] - pad <= c <= ends[1] + pad]
        changes = np.unique([*inside, *ends])
        # amounts at which there is a plan need not lie side by side: a least size may be met by nothing, or by enough
        sampled = [(change, problem.solver(shifted(model, change * step))) for change in changes.tolist()]
        points = [_point(model, step, change, found) for change, found in sampled if found.status != "infeasible"]
        beside = [any(0 < abs(one.change - other.change) <= pad for other in points) for one in points]
        points = [one for one, near in zip(points, beside, strict=True) if not near or one.change not in ends]
    else:
        points = trace(model, step, low, high, problem.solver, progress, coarseness(model), through)
    kinks: list[Kink] = []
    for i, point in enumerate(points):
        after = points[i + 1] if i + 1 < len(points) and not model.is_mixed else None
        price = None if after is None else (after.value - point.value) / (after.change - point.change)
        near = kinks[-1].plan if kinks else None
        made = run(replace(problem, model=shifted(problem.model, point.change * step)), near, point.found)
        kinks.append(Kink(point.change, point.value, price, made))
        progress(len(points) + i + 1)
    return kinks


@dataclass(frozen=True)
class Point:
    """Optimum of a model whose bounds moved by `change`, and one of its slopes there (nan with whole units).

    `found` is the solution there.
    """

    change: float
    value: float
    slope: float
    found: Solution


def coarseness(model: Model) -> float:
    """Share of the range of values by which a traced curve may lie above the line between two points: 0 if exact."""
    return COARSE if len(model.objective) >= LARGE and not model.is_mixed else 0.0


def trace(
    model: Model,
    step: Array,
    low: float,
    high: float,
    solver: Solver,
    progress: Progress = lambda done: None,
    coarse: float = 0.0,
    through: Sequence[float] = (),
) -> list[Point]:
    """Trace the optimum of a model without whole units, as far as it has points: both ends and every breakpoint.

    It is concave and piecewise linear in the change. The tangents at two points meet above it, or on it: then they meet
    at its one breakpoint between them; otherwise the same holds on either side of where they meet. With *coarse* not
    every breakpoint is there: tangents at neighbouring points meet no more than that share of the range of values above
    the line between the two; the changes *through* (ascending) are among the points then.
    """
    if coarse:
        return _swept(model, step, (low, high), solver, progress, coarse, through)
    low, high = possible(model, step, low, high, solver)
    again = Again(model, solver)
    ends = [
        end_of(again, step, change, towards)
        for change, towards in (((low, high), (high, low)) if high > low else ((low, low),))
    ]
    if len(ends) == 1:
        return ends
    width = high - low
    size = max(abs(end.value) for end in ends) or 1.0
    found = [ends[0]]
    waiting = [(ends[0], ends[1])]
    while waiting:
        left, right = waiting.pop()
        met = _meeting(left, right, width, size)
        if met is None:
            continue
        middle = _solved(again, step, met[0])
        found.append(middle)
        progress(len(found))
        if middle.value < left.value + left.slope * (met[0] - left.change) - 1e-11 * size:
            waiting += [(left, middle), (middle, right)]
    return _corners([*sorted(found, key=lambda point: point.change), ends[1]], 1e-11 * size)


def _meeting(left: Point, right: Point, width: float, size: float) -> tuple[float, float] | None:
    """Return where the tangents at two points meet, and how far above the line between them; None where they do not.

    *width* of the whole range and *size* of its values say what is rounding.
    """
    bend = left.slope - right.slope
    if bend * width <= 1e-9 * size:
        return None
    change = (right.value - left.value + left.slope * left.change - right.slope * right.change) / bend
    if min(change - left.change, right.change - change) <= 1e-9 * width:
        return None
    line = left.value + (right.value - left.value) * (change - left.change) / (right.change - left.change)
    return change, left.value + left.slope * (change - left.change) - line


def _swept(
    model: Model,
    step: Array,
    ends: tuple[float, float],
    solver: Solver,
    progress: Progress,
    coarse: float,
    through: Sequence[float],
) -> list[Point]:
    """Trace a large program coarsely, from one end to the other, so that a solver goes the way once.

    The next point is as far on as the tangents there and here may meet above the line between them, if the curve bends
    on as it did; where that was too far, the next one is where they meet.
    """
    again = Again(model, solver)
    try:
        first, last = (_solved(side, step, end) for side, end in zip((again, Again(model, solver)), ends, strict=True))
    except SolverFailure:  # there is no plan as far
        low, high = possible(model, step, *ends, solver)
        first = end_of(again, step, low, high)
        last = end_of(Again(model, solver), step, high, low) if high > low else first
    width, size = last.change - first.change, max(abs(first.value), abs(last.value)) or 1.0
    slight = max(coarse * abs(last.value - first.value), 1e-9 * size)
    cautious, growth = STRIDES
    found, ahead = [first], [last] if width > 0 else []
    stride, number, tried = INF, 2, False
    while ahead:
        here, there = found[-1], ahead[-1]
        met = _meeting(here, there, width, size)
        stop = next((change for change in through if here.change < change < there.change), INF)
        far, above = there.change - here.change, 0.0 if met is None else met[1]
        if above <= slight and stop == INF:
            found.append(ahead.pop())
            stride, tried = far * min(cautious * np.sqrt(slight / max(above, 1e-9 * slight)), growth), False
            continue
        change = stop
        if met is not None and above > slight:
            wanted = here.change + (stride if stride < INF else far * cautious * np.sqrt(slight / above))
            change = min(met[0] if tried or wanted >= there.change else wanted, stop)
        ahead.append(_solved(again, step, float(change)))
        number, tried = number + 1, True
        progress(number)
    return _corners(found, 1e-11 * size)


def end_of(again: Again, step: Array, change: float, towards: float) -> Point:
    """Solve at an end of a range: it is only right to the solver's rounding, and a little inwards there is a plan."""
    for inwards in ROUNDED[:-1]:
        try:
            return _solved(again, step, change + inwards * (towards - change))
        except SolverFailure:
            continue
    return _solved(again, step, change + ROUNDED[-1] * (towards - change))


def _solved(again: Again, step: Array, change: float) -> Point:
    return _point(again.model, step, change, again(change * step))


def _point(model: Model, step: Array, change: float, found: Solution) -> Point:
    if found.status != "optimal":
        raise SolverFailure(f"the value of a budget is {found.status} at a change of {change:g}")
    slope = float("nan") if model.is_mixed else float(found.row_dual @ step)
    return Point(change, inner(model.objective, found.x), slope, found)


def possible(model: Model, step: Array, low: float, high: float, solver: Solver) -> tuple[float, float]:
    """Return the least and the largest change between *low* and *high* at which there is a plan."""
    rows = np.flatnonzero(step)
    program = with_columns(model, ["change"], [(rows, -step[rows])], np.array([float(low)]), np.array([float(high)]))
    ends: list[float] = []
    for sign, most in ((-1.0, low), (1.0, high)):
        if not model.is_mixed and not tightened(model, sign * step).any():
            ends.append(float(most))  # that way there is ever more room
            continue
        objective = np.zeros(len(program.objective))
        objective[-1] = sign
        found = solver(replace(program, objective=objective))
        if found.status != "optimal":
            raise SolverFailure(f"the range of a budget is {found.status}")
        ends.append(float(found.x[-1]))
    # with whole units an end is only right to the solver's tolerance: a step inwards there is a plan
    inwards = INWARDS * (high - low) if model.is_mixed else 0.0
    return (
        ends[0] if ends[0] <= low else min(ends[0] + inwards, ends[1]),
        ends[1] if ends[1] >= high else max(ends[1] - inwards, ends[0]),
    )


def _corners(points: list[Point], tolerance: float) -> list[Point]:
    """Drop the points that lie on the line between their neighbours."""
    kept = [points[0]]
    for point, after in zip(points[1:], [*points[2:], None], strict=True):
        if after is not None:
            share = (point.change - kept[-1].change) / (after.change - kept[-1].change)
            line = kept[-1].value + share * (after.value - kept[-1].value)
            if point.value <= line + tolerance:
                continue
        kept.append(point)
    return kept


# --- value against equity --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compromise:
    """A corner of the efficient set: no plan has more value, or a larger least share, without less of the other.

    `value` is that of the weighted objective, `closed` the closed share, `worst` the least one over the tracks; `plan`
    is the point (N,) of least spend.
    """

    value: float
    closed: float
    worst: float
    plan: Array


def equity_frontier(problem: Problem, progress: Progress = lambda done: None) -> list[Compromise]:
    """Trace the efficient set between the weighted objective and the worst track's share, the weighted end first.

    Weighted sums, each chosen by two neighbours: Aneja & Nair (1979), Bicriteria transportation problem, Management
    Science 25(1), 73-78. Exact where there are no whole units; with them, the corners of its convex hull.
    """
    c, p = problem.columns, problem.columns.programme
    whole = float((p.priority * p.gap).sum())
    tracks, shares = track_shares(c)
    if not len(tracks) or whole <= 0:
        return []
    labels = [f"share[{p.tracks[i]}]" for i in tracks.tolist()]
    model = with_worst(problem.model, labels, shares, np.zeros(len(shares)), (-1.0, 2.0))
    value = padded(discounted_value(c), model) / whole
    closed = closed_at_end(c) / whole
    worst = np.zeros(len(value))
    worst[-1] = 1.0
    spend = padded(least_spend(c), model)
    solved = 0

    def best(first: Array, second: Array) -> Compromise:
        nonlocal solved
        stage = solve(replace(model, objective=first), problem.solver)
        stage = then(then(stage, second, problem.solver), spend, problem.solver)
        solved += 3
        progress(solved)
        x = stage.solution.x
        return Compromise(whole * float(value @ x), float(closed @ x[: c.number]), float(worst @ x), x[: c.number])

    ends = best(value, worst), best(worst, value)
    found = [ends[0]]
    waiting = [ends]
    while waiting:
        one, other = waiting.pop()
        by_value, by_worst = other.worst - one.worst, (one.value - other.value) / whole
        if min(by_value, by_worst) <= 1e-9:
            continue
        middle = best(by_value * value + by_worst * worst, worst)
        gain = by_value * (middle.value - one.value) / whole + by_worst * (middle.worst - one.worst)
        if gain > 1e-10 * (by_value + by_worst):
            found.append(middle)
            waiting += [(one, middle), (middle, other)]
    if ends[1].worst - ends[0].worst > 1e-9:
        found.append(ends[1])
    return sorted(found, key=lambda point: -point.value)


# --- an order that revokes nothing -----------------------------------------------------------------------------------


def nested_order(
    plan: Allocation, step: Array, changes: Sequence[float], values: Sequence[float]
) -> list[Array] | None:
    """Plans for growing changes of a budget, each with at least the levels of the one before; None if there are none.

    All are chosen together, with the least total loss against *values*, the best of each, each loss as a share of that
    best; then with the least spend. Chosen one after the other, early plans would spoil later ones. Levels are those of
    applications in each period: of a level's parts a larger budget may use other ones at another time.
    """
    model, count = plan.model, len(changes)
    columns, rows = len(model.objective), len(model.row_lower)
    every = np.arange(count)
    # sum_s x[a,s,p]@k - sum_s x[a,s,p]@(k+1) <= 0 for each application, period and pair of neighbours
    p, c = plan.programme, plan.columns
    members = [c.level(q, segments) for q in range(len(p.periods)) for segments in p.segments_of]
    one = np.concatenate([np.empty(0, np.int64), *(np.concatenate([at, at + columns]) for at in members)])
    signs = np.concatenate([np.empty(0), *(np.repeat([1.0, -1.0], len(at)) for at in members)])
    ends = np.cumsum([2 * len(at) for at in members])
    pairs = np.add.outer(every[:-1] * columns, one).ravel()
    stops = np.add.outer(every[:-1] * len(one), ends).ravel()
    # a best that is next to nothing counts as a small share of the largest: nothing can be lost there
    size = np.abs(values)
    worth = 1.0 / np.maximum(size, max(SLIGHT * float(size.max(initial=0.0)), np.finfo(float).tiny))
    together = Model(
        objective=np.outer(worth / worth.max(), model.objective).ravel(),
        column_lower=np.tile(model.column_lower, count),
        column_upper=np.tile(model.column_upper, count),
        row_lower=np.append((model.row_lower + np.outer(changes, step)).ravel(), np.full(len(stops), -INF)),
        row_upper=np.append((model.row_upper + np.outer(changes, step)).ravel(), np.zeros(len(stops))),
        start=np.append(
            np.add.outer(every * len(model.value), model.start[:-1]).ravel(),
            count * len(model.value) + np.append(0, stops),
        ),
        column=np.append(np.add.outer(every * columns, model.column).ravel(), pairs),
        value=np.append(np.tile(model.value, count), np.tile(signs, count - 1)),
        integer=np.tile(model.integer, count),
        blocks=(Block("together", count * rows), Block("nested", len(stops))),
        label_columns=lambda: [f"{name}@{k}" for k in every for name in model.column_names()],
        label_rows=lambda: [],
        units=np.tile(model.column_unit, count),
    )
    spend = np.tile(padded(least_spend(plan.columns), model), count)
    try:
        last = then(solve(together, plan.problem.solver), spend, plan.problem.solver)
    except InfeasibleProgramme:
        return None
    return list(last.solution.x.reshape(count, columns))
