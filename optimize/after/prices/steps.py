"""The next steps of a plan of whole units as an amount moves: there is no slope, but a jump."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...model.model import INF, Model, settled, with_columns, with_row
from ...model.programme import Array
from ...solve.solution import Solution, Solver, SolverFailure
from ...solve.whole_units.core import worth
from .ranging import amount_unit, beyond_all, largest_thinkable, shifted, spare

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
    next_known, spare_known : whether each was found within the time that there was; a `spare_amount` that is not known
        to be all is one that can go.

    The changes are None, and `next_amount` with them, where nothing changes, however much is added (or taken away), and
    where the value changes without a jump, as parts that are no whole units do: then `up` and `down` of the price tell
    more.
    """

    next_amount: float | None = None
    next_change: float | None = None
    spare_amount: float | None = None
    spare_change: float | None = None
    next_known: bool = True
    spare_known: bool = True


UNKNOWN = Steps(next_known=False, spare_known=False)


def steps_by_solving(
    model: Model,
    x: Array,
    step: Array,
    quantity: float,
    solver: Solver,
    changes: tuple[float | None, float | None] = (None, None),
) -> Steps:
    """Find the next steps of an amount along *step* (M,), upwards and downwards, by programs with whole numbers.

    Upwards: the least t with a plan of more than the value of the optimum x (N,) where the bounds have moved by t.
    Downwards, as far as to an amount of 0: the largest t with a plan of that value. *changes*: how the value changes
    with one unit more and one less, where that is known.
    """
    # where nothing is closed yet, a step is measured against what could be
    value = float(model.objective @ x)
    moving = _Moving(model, step, value, max(abs(value), largest_thinkable(model)), amount_unit(model, step), solver)
    made = Steps()
    more = beyond_all(model, step)
    if more > 0:
        made = moving.upwards(made, more, changes[0])
    if quantity > 0:
        made = moving.downwards(made, min(spare(model, x, -step), quantity), quantity, changes[1])
    return made


@dataclass(frozen=True)
class _Moving:
    """An amount of a model along *step* (M,), in units; values are told apart by shares of a size."""

    model: Model
    step: Array
    value: float
    size: float
    unit: float
    solver: Solver

    def upwards(self, made: Steps, more: float, change: float | None) -> Steps:
        """Add the next step; *more* is beyond what limits anything."""
        # where a unit changes the value, the step comes before
        most = min(more, 1.0 if self._counts(change) else 1e6 * self.unit)
        found = self._least_for(self.step, self.value + GAIN * self.size, most, -1.0)
        if found is None or found[1]:
            return replace(made, next_known=False)
        if not 0 < found[0] < INF:
            return made
        there = self._value_at(found[0], 1)
        if there is None:
            return replace(made, next_known=False)
        if there - self.value > 10 * GAIN * self.size:
            return replace(made, next_amount=found[0], next_change=there - self.value)
        return made

    def downwards(self, made: Steps, sure: float, quantity: float, change: float | None) -> Steps:
        """Add what can go without loss, *sure* at least, and what is lost beyond it."""
        most = min(quantity, 1.0 if self._counts(change) else quantity)
        found = self._least_for(-self.step, self.value - GAIN * self.size, most, 1.0)
        known = found is not None and not found[1]
        amount = max(sure, found[0]) if found is not None else sure
        if amount > BEYOND * self.unit:
            made = replace(made, spare_amount=amount)
        if not known:
            return replace(made, spare_known=False)
        if amount < quantity * (1 - BEYOND):
            there = self._value_at(amount, -1)
            if there is None:
                return replace(made, spare_known=False)
            if self.value - there > 10 * GAIN * self.size:
                return replace(made, spare_amount=amount, spare_change=there - self.value)
        return made

    def _value_at(self, amount: float, way: int) -> float | None:
        """Return what the whole numbers of the best plan just beyond a change are worth at the change itself.

        What is no whole number gains with every bit that an amount moves: that is no jump, and no part of one. Minus
        infinity where there is no plan beyond; None if it is not known.
        """
        beyond = shifted(self.model, way * (amount + BEYOND * self.unit) * self.step)
        found = solved(beyond, self.solver)
        if found is None or found.status == "infeasible":
            return None if found is None else -INF
        value = float(self.model.objective @ found.x)
        # towards more there is room for the same whole numbers; a floor that is a share of it may leave none
        more = value_of(shifted(settled(beyond, found.x), BEYOND * self.unit * self.step), self.solver)
        if more is None or more == -INF:
            return value
        return 2 * value - more if way > 0 else more

    def _counts(self, change: float | None) -> bool:
        return change is not None and abs(change) > 2 * GAIN * self.size

    def _least_for(self, step: Array, value: float, most: float, sign: float) -> tuple[float, bool] | None:
        """Return the least (*sign* -1) or the largest change up to *most* along *step* with a plan of a value.

        With it whether a limit came first, so that it is only one such change; None where not even that is known.
        Infinite, or 0 of the largest, where there is none.
        """
        unit, most = self.unit, most / self.unit
        held = with_row(reaching(self.model, step, value, most * unit), "held", self.model.objective, value, INF)
        rows = np.flatnonzero(step)
        program = with_columns(held, ["change"], [(rows, -unit * step[rows])], np.array([0.0]), np.array([most]))
        objective = np.zeros(len(program.objective))
        objective[-1] = sign
        try:
            found = self.solver(replace(program, objective=objective))
        except SolverFailure:
            return None
        if found.status == "infeasible":
            return (INF if sign < 0 else 0.0), False
        return (unit * float(found.x[-1]), found.status == "feasible") if len(found.x) else None


def reaching(model: Model, step: Array, value: float, most: float) -> Model:
    """Return a model with its points that are worth a value where the bounds have moved by no more than *most*."""
    moved = shifted(model, most * step)
    wider = np.minimum(model.row_lower, moved.row_lower), np.maximum(model.row_upper, moved.row_upper)
    there = worth(replace(model, row_lower=wider[0], row_upper=wider[1]), value)
    return replace(model, column_lower=there.column_lower, column_upper=there.column_upper)


def value_of(model: Model, solver: Solver) -> float | None:
    """Return the optimum, minus infinity where there is no plan; None if it is not known."""
    found = solved(model, solver)
    if found is None:
        return None
    return -INF if found.status == "infeasible" else float(model.objective @ found.x)


def solved(model: Model, solver: Solver) -> Solution | None:
    """Return an optimum, or that there is no plan; None if neither is known."""
    try:
        found = solver(model)
    except SolverFailure:
        return None
    return found if found.status in ("optimal", "infeasible") else None
