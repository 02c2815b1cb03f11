"""Prices: what one more unit of a budget, or of a rule's amount, is worth, on either side, and how far that holds.

A price is read off the optimum itself, planned again: as bounds of rows move, it is concave and piecewise linear. The
tangent at some amount, which the duals there give, lies above it everywhere; where it meets the optimum at another
amount, the optimum is linear in between, and both the price and the range are proven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..model.model import INF, Model, with_columns, with_row
from ..model.programme import Array
from .again import Again
from .solvers import Solution, Solver, SolverFailure

CLOSE = 1e-10
"""Two values are the same if they differ by no more than this share of the value."""
INWARDS = (0.0, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
"""Shares of a range by which its end is drawn in until there is a plan."""
ROUNDS = 60
"""Tangents drawn at most: a side that needs more has breaks closer together than rounding tells apart."""


@dataclass(frozen=True)
class Price:
    """Price of a quantity that bounds rows of the model: a budget, or the amount of a rule.

    Attributes
    ----------
    shadow_price : change of the optimum per unit more: `up`, or `down` where no plan exists above.
    up, down : one-sided prices, for one unit more and one unit less; None where no plan exists on that side, as below
        an amount of 0. They differ where the optimum has a kink.
    valid_from, valid_to : the quantity between which `shadow_price` holds; infinite where nothing ends it.

    A plan of whole units has no shadow price (None): `up` and `down` are then the change by one whole unit, found by
    solving again, and no range is told (nan).
    """

    shadow_price: float | None
    up: float | None
    down: float | None
    valid_from: float
    valid_to: float


@dataclass(frozen=True)
class Point:
    """An optimum, and one of its slopes there."""

    value: float
    slope: float


@dataclass(frozen=True)
class Side:
    """One side of a point: the slope there, and how far it holds."""

    rate: float
    reach: float


Curve = Callable[[float], Point | None]
"""A concave piecewise linear function of h >= 0; None where there is no point."""


def one_side(curve: Curve, start: Point, most: float, close: float) -> Side:
    """Slope of a curve at 0, upwards, and up to where, at *most*, it holds; *start* is the curve at 0.

    Values that differ by no more than *close* are the same.
    """
    end = None
    for inwards in INWARDS:  # an end is only right to the solver's tolerance: a little before it there is a plan
        most *= 1 - inwards
        end = curve(most)
        if end is not None:
            break
    else:
        raise SolverFailure("the end of a range has no plan")
    rate, near, at, right = start.slope, 0.0, most, end
    for _ in range(ROUNDS):
        if start.value + rate * at - right.value <= close:
            return Side(_rounded((right.value - start.value) / at, rate, at, close), at)
        if right.value - right.slope * at - start.value <= close:  # its tangent goes through the start
            rate, near = right.slope, at
            break
        meet = (right.value - right.slope * at - start.value) / (rate - right.slope)
        found = curve(meet) if 0 < meet < at else None
        if found is None:
            near = at
            break
        if start.value + rate * meet - found.value <= close:  # both tangents meet on the curve: its one break up to at
            return Side(_rounded(rate, rate, meet, close), meet)
        at, right = meet, found
    rate = _rounded(rate, rate, near, close)
    # from the far end back to where the line is left: the tangent there meets the line at a break, or beyond it
    at, last = most, end
    for _ in range(ROUNDS):
        if start.value + rate * at - last.value <= close or rate <= last.slope:
            break
        meet = (last.value - last.slope * at - start.value) / (rate - last.slope)
        found = curve(meet) if near < meet < at else None
        if found is None:
            return Side(rate, min(max(meet, near), at))
        at, last = meet, found
    return Side(rate, at)


def _rounded(rate: float, dual: float, width: float, close: float) -> float:
    """Prefer what the duals say where the values agree with it; what changes nothing over the width is 0."""
    better = dual if abs(rate - dual) * width <= 2 * close else rate
    return 0.0 if abs(better) * width <= close else better


# --- the optimum as bounds of rows move ------------------------------------------------------------------------------


def size_of(model: Model, value: float) -> float:
    """What values of the objective are measured against: the value, or where that is nothing, what could be."""
    return max(abs(value), 1e-6 * float(_largest(model)), float(np.finfo(float).tiny))


def _largest(model: Model) -> float:
    ends = np.maximum(np.abs(model.column_lower), np.abs(model.column_upper))
    return float(np.abs(model.objective) @ np.where(np.isfinite(ends), ends, 0.0))


def shifted(model: Model, by: Array) -> Model:
    """Return the model with the bounds of its rows moved by (M,)."""
    return replace(model, row_lower=model.row_lower + by, row_upper=model.row_upper + by)


def moved(again: Again, step: Array) -> Curve:
    """Return the optimum as the bounds of rows move along *step* (M,)."""

    def at(change: float) -> Point | None:
        found = again(change * step)
        if found.status != "optimal":
            return None
        return Point(float(again.model.objective @ found.x), float(found.row_dual @ step))

    return at


def farthest(model: Model, step: Array, limit: float, solver: Solver) -> float:
    """Return how far, at most *limit*, bounds can move along *step* (M,) while there is a plan; infinite if always."""
    tightens = ((step < 0) & (model.row_upper < INF)) | ((step > 0) & (model.row_lower > -INF))
    if not tightens.any():
        return limit
    rows = np.flatnonzero(step)
    unit = _unit(model, step)
    program = with_columns(model, ["change"], [(rows, -unit * step[rows])], np.array([0.0]), np.array([limit / unit]))
    objective = np.zeros(len(program.objective))
    objective[-1] = 1.0
    found = solver(replace(program, objective=objective))
    if found.status == "unbounded":
        return INF
    if found.status != "optimal":
        raise SolverFailure(f"the range of an amount is {found.status}")
    return unit * float(found.x[-1])


def room(again: Again, step: Array, limit: float) -> float | None:
    """Return how far, at most *limit*, bounds can move along *step* (M,) while there is a plan; None if not at all."""
    model, most = again.model, limit
    if np.isinf(limit) or (limit > 0 and again(limit * step).status != "optimal"):
        most = farthest(model, step, limit, again.solver)
    return None if most <= 1e-10 * _unit(model, step) else most


def beyond_all(model: Model, step: Array) -> float:
    """Return the change along *step* (M,) from which on no row that it moves limits anything; infinite if none does."""
    a, low, high = model.value, model.column_lower[model.column], model.column_upper[model.column]
    with np.errstate(invalid="ignore"):
        most = np.bincount(model.row, np.where(a > 0, a * high, a * low), len(step))
        least = np.bincount(model.row, np.where(a > 0, a * low, a * high), len(step))
    ends = [0.0]
    for i in np.flatnonzero(step):
        if step[i] > 0 and model.row_upper[i] < INF:
            ends.append(float((most[i] - model.row_upper[i]) / step[i]))
        if step[i] < 0 and model.row_lower[i] > -INF:
            ends.append(float((least[i] - model.row_lower[i]) / step[i]))
    return max(ends)


def side_of(again: Again, start: Solution, step: Array, limit: float) -> Side | None:
    """Slope of the optimum as bounds move along *step* (M,), and how far it holds; None where there is no plan.

    *start* is the optimum where it stands; *limit* the end of the amounts that have a meaning.
    """
    most = room(again, step, limit)
    return None if most is None else side_within(again, start, step, most)


def side_within(again: Again, start: Solution, step: Array, most: float) -> Side:
    """Return what `side_of` does where there are plans up to *most*."""
    model, curve = again.model, moved(again, step)
    value, slope = float(model.objective @ start.x), float(start.row_dual @ step)
    close = CLOSE * size_of(model, value)
    if np.isfinite(most):
        return one_side(curve, Point(value, slope), most, close)
    # at the latest the optimum stops to change where no row limits anything any more, or nothing is left to gain
    idle, left = beyond_all(model, step), _ceiling(model) - value
    end = min(idle, left / slope if slope > 0 else INF)
    if end <= 0 or (np.isinf(end) and slope <= 0):
        return Side(0.0, INF)
    while True:
        found = one_side(curve, Point(value, slope), end if np.isfinite(end) else 1e6 * _unit(model, step), close)
        if found.rate <= 0 and found.reach >= end:
            return Side(0.0, INF)
        longer = min(idle, left / found.rate) if found.rate > 0 else INF
        if found.reach < end or not end < longer < INF:
            return found
        end = longer


def _ceiling(model: Model) -> float:
    """Return the most that the objective could be over the bounds of its columns."""
    counts = model.objective != 0
    best = np.where(model.objective > 0, model.column_upper, model.column_lower)[counts]
    return float(model.objective[counts] @ best)


def _unit(model: Model, step: Array) -> float:
    """Size of an amount along *step* (M,): the largest bound that it moves, or the entries of those rows."""
    at = np.flatnonzero(step)
    ends = np.concatenate([model.row_lower[at], model.row_upper[at]])
    return float(max(np.abs(ends[np.isfinite(ends)]).max(initial=0.0), (1.0 / model.row_scale[at]).max(initial=0.0)))


def price(again: Again, optimum: Solution, step: Array, quantity: float, least: float = 0.0) -> Price:
    """Price a quantity at an optimum, exactly and on both sides.

    *step* (M,) is how the bounds of the rows move with one unit more of it: 1 at its own row; where rules are shares of
    a budget, their share at theirs. *least*: the least amount that has a meaning.
    """
    ends = {1: INF, -1: quantity - least}
    return both_sides(lambda sign: side_of(again, optimum, sign * step, ends[sign]), quantity)


def both_sides(side: Callable[[int], Side | None], quantity: float) -> Price:
    """Put the two sides of a quantity together: the price is the one upwards, where there are plans above."""
    up, down = side(1), side(-1)
    if up is None:
        if down is None:
            return Price(0.0, None, None, quantity, quantity)
        return Price(-down.rate, None, -down.rate, quantity - down.reach, quantity)
    if down is None:
        return Price(up.rate, up.rate, None, quantity, quantity + up.reach)
    gap = abs(up.rate + down.rate)
    if gap <= 1e-8 * abs(up.rate):
        return Price(up.rate, up.rate, up.rate, quantity - down.reach, quantity + up.reach)
    return Price(up.rate, up.rate, -down.rate, quantity, quantity + up.reach)


# --- whole units ------------------------------------------------------------------------------------------------------

GAIN = 1e-7
"""Share of the value that a step of a plan of whole units changes at the least; less is the solver's rounding."""
BEYOND = 1e-6
"""Share of its size by which an amount is taken beyond a step."""


@dataclass(frozen=True)
class Steps:
    """The next steps of a plan of whole units as one amount moves: there is no price, but a jump.

    Attributes
    ----------
    next_amount, next_change : the least that more of it has to be for a better plan, and what that plan is better by.
    spare_amount, spare_change : how much of it can go without loss, and what the best plan is worth less beyond that.

    The changes are None, and `next_amount` with them, where nothing changes, however much is added (or taken away), and
    where the value changes without a jump, as parts that are no whole units do: then `up` and `down` of the price tell
    more. `known`: both were found within the time that there was.
    """

    next_amount: float | None = None
    next_change: float | None = None
    spare_amount: float | None = None
    spare_change: float | None = None
    known: bool = True


def steps_by_solving(model: Model, value: float, step: Array, quantity: float, solver: Solver) -> Steps:
    """Find the next steps of an amount along *step* (M,), upwards and downwards, by programs with whole numbers.

    Upwards: the least t with a plan of more than *value* where the bounds have moved by t. Downwards, as far as to an
    amount of 0: the largest t with a plan of *value*.
    """
    # where nothing is closed yet, a step is measured against what could be
    unit, size = _unit(model, step), max(abs(value), _largest(model))
    more = beyond_all(model, step)
    up = (
        _least_for(model, step, value + GAIN * size, min(more, 1e6 * unit) / unit, unit, -1.0, solver)
        if more > 0
        else 0.0
    )
    down = _least_for(model, -step, value - GAIN * size, quantity / unit, unit, 1.0, solver) if quantity > 0 else 0.0
    if up is None or down is None:
        return Steps(known=False)
    made = Steps()
    if 0 < up < INF:
        there = value_of(shifted(model, (up + BEYOND * unit) * step), solver)
        if there is None:
            return Steps(known=False)
        if there - value > 10 * GAIN * size:
            made = replace(made, next_amount=up, next_change=there - value)
    if down > BEYOND * unit:
        made = replace(made, spare_amount=down)
    if 0 <= down < quantity * (1 - BEYOND):
        there = value_of(shifted(model, -(down + BEYOND * unit) * step), solver)
        if there is None:
            return replace(made, known=False)
        if value - there > 10 * GAIN * size:
            made = replace(made, spare_amount=down, spare_change=there - value)
    return made


def _least_for(
    model: Model, step: Array, value: float, most: float, unit: float, sign: float, solver: Solver
) -> float | None:
    """Return the least (*sign* -1) or the largest change along *step* with a plan of a value; None if it is not known.

    Infinite, or 0 of the largest, where there is none up to *most* units.
    """
    held = with_row(model, "held", model.objective, value, INF)
    rows = np.flatnonzero(step)
    program = with_columns(held, ["change"], [(rows, -unit * step[rows])], np.array([0.0]), np.array([most]))
    objective = np.zeros(len(program.objective))
    objective[-1] = sign
    try:
        found = solver(replace(program, objective=objective))
    except SolverFailure:
        return None
    if found.status == "infeasible":
        return INF if sign < 0 else 0.0
    return unit * float(found.x[-1]) if found.status == "optimal" else None


def value_of(model: Model, solver: Solver) -> float | None:
    """Return the optimum, minus infinity where there is no plan; None if it is not known."""
    try:
        found = solver(model)
    except SolverFailure:
        return None
    if found.status == "infeasible":
        return -INF
    return float(model.objective @ found.x) if found.status == "optimal" else None


def price_by_solving_again(
    value: float, at: Callable[[int], float | None], room: float, size: float, parts: Callable[[int], Side | None]
) -> Price:
    """Price one whole unit of a quantity, more and less, of a program with whole numbers: no duals are pretended.

    *at* gives the optimum with one unit more (1) or less (-1), minus infinity where there is no plan, None where it is
    not known; *room*: how much less there can be. What is less than the rounding of whole numbers is left to *parts*, a
    side of the linear program that remains with the whole numbers as they are.
    """
    changes: dict[int, float | None] = {}
    for sign in (1, -1):
        there = at(sign) if sign > 0 or room >= 1 else None
        if there is None or np.isinf(there):
            changes[sign] = None
        else:
            side = parts(sign) if abs(there - value) <= GAIN * size else None
            change = there - value if side is None else side.rate * min(side.reach, 1.0)
            changes[sign] = 0.0 if abs(there - value) <= GAIN * size < abs(change) else sign * change + 0.0  # no -0.0
    return Price(None, changes[1], changes[-1], float("nan"), float("nan"))


# --- where the best of several views moves too -----------------------------------------------------------------------

BENT = 1e-7
"""Share of the value by which planning again may differ from a price that bends, within its range."""
AHEAD, FAR = 0.1, 1e6
"""How far ahead views are looked at first, and where an end is no more looked for, in the size of the amount."""


@dataclass(frozen=True)
class Best:
    """The best value of a view, which moves with budgets and rules, and the row of a worst case t that rests on it.

    Attributes
    ----------
    row : of the model of the worst case, ``a x - t >= best``, or with `share` ``a x - t best / best now >= 0``.
    objective : (N,) of the model without the worst case, in the unit of the row: its optimum is the best.
    """

    row: int
    objective: Array
    share: bool


def side_with_views(
    model: Model,
    optimum: Solution,
    views: Sequence[Best],
    now: Sequence[tuple[Again, Solution]],
    step: Array,
    limit: float,
) -> Side | None:
    """Slope of a worst case as bounds move along *step* (M,), the views' best values with them, and how far it holds.

    *now* are the views' own programs and optima. To first order each best moves by its own slope, and the row of a
    share by the share times that: so the rows of the views move as bounds do, and the rest is a linear program. Lines
    lie above bests, which are concave; so it is exact while those views count for nothing whose best has left its line,
    and is stated anew where they begin to. A share of a best that moves is a quotient: its range is where its tangent
    is right to `BENT`.
    """
    own = step[: len(now[0][0].model.row_lower)]
    most = room(now[0][0], own, limit)
    if most is None:
        return None
    solver, unit, size = now[0][0].solver, _unit(model, step), size_of(model, float(optimum.x[-1]))
    first = np.array([float(view.objective @ found.x) for view, (_, found) in zip(views, now, strict=True)])
    rows = np.array([view.row for view in views])
    shares = np.array([1.0 / best if view.share else 0.0 for view, best in zip(views, first, strict=True)])
    at, rate, ahead = 0.0, 0.0, AHEAD * unit
    for _ in range(ROUNDS):
        left = min(most - at, ahead)
        best, slope, straight = first.copy(), np.zeros(len(views)), np.zeros(len(views))
        for k, (view, (again, found)) in enumerate(zip(views, now, strict=True)):
            there = again.like(shifted(again.model, at * own))
            start = there() if at else found
            side = side_within(there, start, own, left)
            best[k], slope[k], straight[k] = float(view.objective @ start.x), side.rate, side.reach
        worst = Again(resting_on(shifted(model, at * step), views, best, first), solver)
        here = worst() if at else optimum
        share = np.where(shares > 0, float(here.x[-1]) * shares, 1.0)
        along = step.copy()
        np.add.at(along, rows, slope * share)
        side = side_within(worst, here, along, left)
        if at and abs(side.rate - rate) > 1e-8 * max(abs(side.rate), abs(rate)):
            break
        rate = side.rate
        counts = worst(along * min(side.reach, left) / 2).row_dual[rows]
        bends = abs(
            rate
            * float(counts @ np.where([view.share for view in views], slope / np.where(first > 0, first, 1.0), 0.0))
        )
        tangent = float(np.sqrt(BENT * size / bends)) if bends > 0 else INF
        priced = np.abs(counts) > 1e-9 * np.abs(counts).max(initial=0.0)
        reach = min(side.reach, left, straight[priced].min(initial=INF))
        if tangent < reach:
            return Side(rate, at + tangent)
        at += reach
        if at >= most * (1 - 1e-12) or (reach < left and reach < straight.min(initial=INF)):
            break
        if at > FAR * unit:
            return Side(rate, INF)
        ahead = 8 * ahead if reach >= left else ahead
    return Side(rate, at)


def resting_on(model: Model, views: Sequence[Best], best: Array, first: Array) -> Model:
    """Return the model of a worst case with other best values of the views than the first ones."""
    lower, value = model.row_lower.copy(), model.value.copy()
    last = len(model.objective) - 1
    for k, view in enumerate(views):
        if view.share:
            value[(model.row == view.row) & (model.column == last)] = -best[k] / first[k]
        else:
            lower[view.row] += best[k] - first[k]
    return replace(model, row_lower=lower, value=value)
