"""The next steps of a plan of whole units as an amount moves: there is no slope, but a jump."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..model.model import INF, Model, with_columns, with_row
from ..model.programme import Array
from ..solve.core import worth
from ..solve.solution import Solver, SolverFailure
from .ranging import amount_unit, beyond_all, largest_thinkable, shifted

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


def steps_by_solving(
    model: Model,
    value: float,
    step: Array,
    quantity: float,
    solver: Solver,
    changes: tuple[float | None, float | None] = (None, None),
) -> Steps:
    """Find the next steps of an amount along *step* (M,), upwards and downwards, by programs with whole numbers.

    Upwards: the least t with a plan of more than *value* where the bounds have moved by t. Downwards, as far as to an
    amount of 0: the largest t with a plan of *value*. *changes*: how the value changes with one unit more and one less,
    where that is known.
    """
    # where nothing is closed yet, a step is measured against what could be
    unit, size = amount_unit(model, step), max(abs(value), largest_thinkable(model))
    more = beyond_all(model, step)
    # where a unit changes the value, the step comes before
    gains, loses = (change is not None and abs(change) > 2 * GAIN * size for change in changes)
    above, below = min(more, 1.0 if gains else 1e6 * unit), min(quantity, 1.0 if loses else quantity)
    up = _least_for(model, step, value + GAIN * size, above / unit, unit, -1.0, solver) if more > 0 else 0.0
    down = _least_for(model, -step, value - GAIN * size, below / unit, unit, 1.0, solver) if quantity > 0 else 0.0
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
    held = with_row(reaching(model, step, value, most * unit), "held", model.objective, value, INF)
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


def reaching(model: Model, step: Array, value: float, most: float) -> Model:
    """Return a model with its points that are worth a value where the bounds have moved by no more than *most*."""
    moved = shifted(model, most * step)
    wider = np.minimum(model.row_lower, moved.row_lower), np.maximum(model.row_upper, moved.row_upper)
    there = worth(replace(model, row_lower=wider[0], row_upper=wider[1]), value)
    return replace(model, column_lower=there.column_lower, column_upper=there.column_upper)


def value_of(model: Model, solver: Solver) -> float | None:
    """Return the optimum, minus infinity where there is no plan; None if it is not known."""
    try:
        found = solver(model)
    except SolverFailure:
        return None
    if found.status == "infeasible":
        return -INF
    return float(model.objective @ found.x) if found.status == "optimal" else None
