"""Ranging: how fast the optimum changes as bounds of rows move, and how far that holds.

The slope is read off the optimum itself, solved again: as bounds of rows move, it is concave and piecewise linear. The
tangent at some amount, which the duals there give, lies above it everywhere; where it meets the optimum at another
amount, the optimum is linear in between, and both the slope and its range are proven.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...model.model import INF, Model, inner, with_columns
from ...model.programme import Array
from ...solve.solution import Solution, Solver, SolverFailure
from .entering import Basis
from .reoptimisation import Again

CLOSE = 1e-10
"""Two values are the same if they differ by no more than this share of the value."""
INWARDS = (0.0, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
"""Shares of a range by which its end is drawn in until there is a plan."""
NEARER = (2.0**-12, 2.0**-8, 2.0**-4)
"""Shares of the way within which a break is looked for first."""
BEYOND, WIDER = 1e-3, 4.0
"""How far beyond the range of a basis the next is looked for, as a share of it, and each time again."""
FARTHEST = 1e9
"""Up to where, in the size of the amount, it is looked for so; later ends are told from the end of what is possible."""
ROUNDS = 60
"""Tangents drawn at most: a side that needs more has breaks closer together than rounding tells apart."""


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


def one_side(curve: Curve, start: Point, most: float, close: float, sure: float = 0.0) -> Side:
    """Slope of a curve at 0, upwards, and up to where, at *most*, it holds; *start* is the curve at 0.

    Values that differ by no more than *close* are the same. A break is looked for near the start first: what lies close
    is solved in few steps. No break is looked for within what is *sure*.
    """
    for part in NEARER:
        if part * most <= sure:
            continue
        found = _up_to(curve, start, part * most, close)
        if found.reach < part * most * (1 - 1e-3):
            return found
    return _up_to(curve, start, most, close)


def _up_to(curve: Curve, start: Point, most: float, close: float) -> Side:
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
            return Side(rounded((right.value - start.value) / at, rate, at, close), at)
        if right.value - right.slope * at - start.value <= close:  # its tangent goes through the start
            rate, near = right.slope, at
            break
        meet = (right.value - right.slope * at - start.value) / (rate - right.slope)
        found = curve(meet) if 0 < meet < at else None
        if found is None:
            near = at
            break
        if start.value + rate * meet - found.value <= close:  # both tangents meet on the curve: its one break up to at
            return Side(rounded(rate, rate, meet, close), meet)
        at, right = meet, found
    rate = rounded(rate, rate, near, close)
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


def rounded(rate: float, dual: float, width: float, close: float) -> float:
    """Prefer what the duals say where the values agree with it; what changes nothing over the width is 0."""
    better = dual if abs(rate - dual) * width <= 2 * close else rate
    return 0.0 if abs(better) * width <= close else better


# --- the optimum as bounds of rows move ------------------------------------------------------------------------------


def size_of(model: Model, value: float) -> float:
    """What values of the objective are measured against: the value, or where that is nothing, what could be."""
    return max(abs(value), 1e-6 * float(largest_thinkable(model)), float(np.finfo(float).tiny))


def largest_thinkable(model: Model) -> float:
    """Return the most that the objective could be in size over the finite bounds of its columns."""
    ends = np.maximum(np.abs(model.column_lower), np.abs(model.column_upper))
    return inner(np.abs(model.objective), np.where(np.isfinite(ends), ends, 0.0))


def shifted(model: Model, by: Array) -> Model:
    """Return the model with the bounds of its rows moved by (M,); what is beyond them moves nothing."""
    own = by[: len(model.row_lower)]
    return model.alike(row_lower=model.row_lower + own, row_upper=model.row_upper + own)


def moved(again: Again, step: Array) -> Curve:
    """Return the optimum as the bounds of rows move along *step* (M,)."""

    def at(change: float) -> Point | None:
        found = again(change * step)
        if found.status != "optimal":
            return None
        return Point(inner(again.model.objective, found.x), inner(found.row_dual, step))

    return at


def tightened(model: Model, step: Array) -> NDArray[np.bool_]:
    """Rows that a move of their bounds along *step* tightens: (M,)."""
    return np.asarray(((step < 0) & (model.row_upper < INF)) | ((step > 0) & (model.row_lower > -INF)))


def spare(model: Model, x: Array, step: Array) -> float:
    """Return how far bounds can move along *step* while the point x itself is within them."""
    at = np.flatnonzero(tightened(model, step))
    activity = model.activity(x)[at]
    room = np.where(step[at] < 0, model.row_upper[at] - activity, activity - model.row_lower[at])
    return float(np.maximum(room / np.abs(step[at]), 0.0).min(initial=INF))


def farthest(model: Model, step: Array, limit: float, solver: Solver) -> float:
    """Return how far, at most *limit*, bounds can move along *step* (M,) while there is a plan; infinite if always."""
    if not tightened(model, step).any():
        return limit
    rows = np.flatnonzero(step)
    unit = amount_unit(model, step)
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
    if np.isinf(limit) or (limit > 0 and not _empty(model, limit * step) and again(limit * step).status != "optimal"):
        most = farthest(model, step, limit, again.solver)
    return None if most <= 1e-10 * amount_unit(model, step) else most


def _empty(model: Model, by: Array) -> bool:
    """Whether nothing at all is a point of the model with the bounds of its rows moved by (M,)."""
    columns = (model.column_lower <= 0) & (model.column_upper >= 0)
    return bool(columns.all() and ((model.row_lower + by <= 0) & (model.row_upper + by >= 0)).all())


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
    near = first_break(again, start, step, limit)
    if near is not None:
        return near
    most = room(again, step, limit)
    return None if most is None else side_up_to(again, start, step, most)


def side_within(again: Again, start: Solution, step: Array, most: float) -> Side:
    """Return what `side_of` does where there are plans up to *most*."""
    return first_break(again, start, step, most) or side_up_to(again, start, step, most)


def first_break(again: Again, start: Solution, step: Array, limit: float) -> Side | None:
    """Return the side if it ends near the start, as seen from its basis; None where nothing ends before *limit*.

    A basis is optimal until one of its columns meets a bound: the optimum is linear so far. Beyond it is looked each
    time `WIDER` than before, so that few pivots lie in between, however many lie up to *limit*.
    """
    model, curve, basis = again.model, moved(again, step), again.basis()
    if basis is None:
        return None
    start_at = Point(inner(model.objective, start.x), inner(start.row_dual, step))
    close, at = CLOSE * size_of(model, start_at.value), basis.reach(step) * (1 + BEYOND)
    unit = amount_unit(model, step)
    at = max(at, NEARER[0] ** 2 * unit)
    while at < min(limit, FARTHEST * unit) and curve(at) is not None:
        found = _up_to(curve, start_at, at, close)
        if found.reach < at * (1 - BEYOND / 2):
            return found
        at *= WIDER
    return None


def side_up_to(again: Again, start: Solution, step: Array, most: float) -> Side:
    """Return what `side_of` does where there are plans up to *most*, from the end of what is possible."""
    model, curve = again.model, moved(again, step)
    value, slope = inner(model.objective, start.x), inner(start.row_dual, step)
    close = CLOSE * size_of(model, value)
    if slope == 0 and not tightened(model, step).any():
        return Side(0.0, most)  # no more than the dual says, and no less than what is there
    if np.isfinite(most):
        return one_side(curve, Point(value, slope), most, close, spare(model, start.x, step) if slope == 0 else 0.0)
    # at the latest the optimum stops to change where no row limits anything any more, or nothing is left to gain
    idle, left = beyond_all(model, step), _ceiling(model) - value
    end = min(idle, left / slope if slope > 0 else INF)
    if end <= 0 or (np.isinf(end) and slope <= 0):
        return Side(0.0, INF)
    while True:
        found = one_side(curve, Point(value, slope), end if np.isfinite(end) else 1e6 * amount_unit(model, step), close)
        if found.rate <= 0 and found.reach >= end:
            return Side(0.0, INF)
        longer = min(idle, left / found.rate) if found.rate > 0 else INF
        if found.reach < end or not end < longer < INF:
            return found
        end = longer


def rate_at(basis: Basis, start: Solution, step: Array) -> float | None:
    """Slope of the optimum as bounds move along *step* (M,), as its basis tells; None where another one takes over.

    *start* is the optimum where it stands.
    """
    model, slope = basis.model, inner(start.row_dual, step)
    if slope == 0 and not tightened(model, step).any():
        return 0.0  # no more than the dual says, and no less than what is there
    told = inner(basis.row_dual, step)
    if abs(told - slope) > 1e-9 * max(abs(slope), abs(told)) or not basis.stays(step):
        return None
    close = CLOSE * size_of(model, inner(model.objective, start.x))
    return rounded(slope, slope, NEARER[-1] ** 2 * amount_unit(model, step), close)


def rate_near(again: Again, start: Solution, step: Array) -> float | None:
    """Slope of the optimum as bounds move along *step* (M,), without how far it holds; None where this does not tell.

    *start* is the optimum where it stands. A little further on its tangent, or the tangent there, goes through both.
    """
    model = again.model
    value, slope = inner(model.objective, start.x), inner(start.row_dual, step)
    if slope == 0 and not tightened(model, step).any():
        return 0.0  # no more than the dual says, and no less than what is there
    close, curve = CLOSE * size_of(model, value), moved(again, step)
    for part in reversed(NEARER):
        change = part**2 * amount_unit(model, step)
        there = curve(change)
        if there is None:
            return None
        for rate in (slope, there.slope):
            if abs(value + rate * change - there.value) <= close:
                return rounded(rate, rate, change, close)
    return None


def _ceiling(model: Model) -> float:
    """Return the most that the objective could be over the bounds of its columns."""
    counts = model.objective != 0
    best = np.where(model.objective > 0, model.column_upper, model.column_lower)[counts]
    return inner(model.objective[counts], best)


def amount_unit(model: Model, step: Array) -> float:
    """Size of an amount along *step* (M,): the largest bound that it moves, or the entries of those rows."""
    at = np.flatnonzero(step)
    ends = np.concatenate([model.row_lower[at], model.row_upper[at]])
    return float(max(np.abs(ends[np.isfinite(ends)]).max(initial=0.0), (1.0 / model.row_scale[at]).max(initial=0.0)))
