"""Constraints of one's own from a `pulp.LpProblem`, and any solver that pulp knows as one of ours."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

import numpy as np
import pulp

from ..model.model import INF, Model, Role, pulp_names, reduced_costs, with_row
from .proof.certificate import dual_bound
from .solution import AmendmentError, Solution, Solver, SolverFailure, no_solution

RESERVED = ("share[", "below[", "view[", "held[")
"""How rows that objectives add are named."""


def amended(model: Model, amend: Callable[[pulp.LpProblem], object]) -> Model:
    """Return the model with the constraints and bounds that *amend* added to its pulp problem.

    *amend* changes the problem that it is given, or returns another one made from it. It may add constraints over the
    problem's variables, change their bounds and ask for whole numbers; each constraint becomes a block of its own,
    under its name. One without a name, or with one that is taken, gets a number.

    Raises
    ------
    AmendmentError
        A variable was added, a constraint removed or replaced, the objective changed, a number is none, or pulp
        refuses what was done.
    """
    before = model.to_pulp()
    problem = model.to_pulp()
    try:
        answer = amend(problem)
    except pulp.PulpError as error:
        raise AmendmentError(str(error)) from None
    if isinstance(answer, pulp.LpProblem):
        problem = answer
    names = pulp_names(model.column_names())
    column = {name: j for j, name in enumerate(names)}
    kept = {row.name: str(row) for row in before.constraints()}
    added = []
    for row in problem.constraints():
        # a name that is taken again comes after the row that had it first
        if row.name in kept and str(row) == kept[row.name]:
            del kept[row.name]
        else:
            added.append(row)
    if kept:
        raise AmendmentError(f"the constraint {next(iter(kept))} removed or replaced")
    if problem.sense != before.sense or str(problem.objective) != str(before.objective):
        raise AmendmentError("another objective")
    lower, upper, integer = model.column_lower.copy(), model.column_upper.copy(), model.integer.copy()
    for variable in {v.name: v for v in (*problem.variables(), *(v for row in added for v in row))}.values():
        if variable.name not in column:
            raise AmendmentError(f"the new variable {variable.name}")
        j = column[variable.name]
        lower[j] = -INF if variable.lowBound is None else variable.lowBound
        upper[j] = INF if variable.upBound is None else variable.upBound
        if np.isnan(lower[j]) or np.isnan(upper[j]):
            raise AmendmentError(f"a bound of {variable.name} that is not a number")
        integer[j] |= variable.cat == pulp.LpInteger
    model = replace(model, column_lower=lower, column_upper=upper, integer=integer)
    taken = {block.name for block in model.blocks} | {"reach"}
    for row in added:
        coefficients = np.zeros(len(names))
        for variable, value in row.items():
            coefficients[column[variable.name]] = value
        low, high = row.getLb(), row.getUb()
        low, high = -INF if low is None else float(low), INF if high is None else float(high)
        name = _free_name(row.name, taken)
        if not np.isfinite(coefficients).all() or np.isnan(low) or np.isnan(high):
            raise AmendmentError(f"a number of the constraint {name} that is none")
        taken.add(name)
        model = with_row(model, name, coefficients, low, high, Role(limit="level", own=True))
    return model


def _free_name(name: str | None, taken: Container[str]) -> str:
    """Return a name for a constraint of one's own that no other has."""
    numbered = (f"{name or 'own'}_{number}" for number in count(2 if name else 1))
    first = [] if not name or name.startswith(RESERVED) else [name]
    return next(free for free in chain(first, numbered) if free not in taken)


def through_pulp(solver: Any, accuracy: float = 1e-6) -> Solver:
    """Turn a pulp solver (``pulp.PULP_CBC_CMD(msg=False)``, ``pulp.HiGHS(msg=False)``) into one of ours.

    pulp gives row duals with one sign or the other, as the solver does; the sign that yields the smaller bound on the
    objective is the right one (weak duality). `accuracy` says which duals are rounding: CBC hands over 8 digits.
    """
    return _ThroughPulp(solver, accuracy)


@dataclass(frozen=True)
class _ThroughPulp:
    """A pulp solver as one of ours; not a function within one, so that a plan that holds it can be pickled."""

    solver: Any
    accuracy: float

    def __call__(self, model: Model) -> Solution:
        problem = model.to_pulp()
        by_name = {name: j for j, name in enumerate(pulp_names(model.column_names()))}
        rows = {name: i for i, name in enumerate(pulp_names(model.row_names()))}
        problem.solve(self.solver)
        # pulp says Optimal of a merely feasible answer too; only sol_status tells
        if problem.sol_status == pulp.LpSolutionInfeasible:
            return no_solution("infeasible")
        if problem.sol_status == pulp.LpSolutionUnbounded:
            return no_solution("unbounded")
        if problem.sol_status == pulp.LpSolutionIntegerFeasible:
            return no_solution("limit")
        if problem.sol_status != pulp.LpSolutionOptimal:
            raise SolverFailure(f"{self.solver.name}: {pulp.LpSolution[problem.sol_status]}")
        # a column that no row and no objective holds is unknown to pulp and stays at its bound nearest 0
        x = np.clip(np.zeros(len(by_name)), model.column_lower, model.column_upper)
        for variable in problem.variables():
            x[by_name[variable.name]] = variable.varValue
        if model.is_mixed:
            # pulp tells no bound: its solvers are asked to go to the end, and the value is its own bound
            none = np.empty(0)
            return Solution("optimal", x, none, none, self.accuracy, float(model.objective @ x))
        dual = np.zeros(len(rows))
        for constraint in problem.constraints():
            name = constraint.name
            dual[rows[name.removesuffix("_lower") if name not in rows else name]] += constraint.pi or 0.0
        signed = min((dual, -dual), key=lambda y: dual_bound(model, y))
        return Solution("optimal", x, signed, reduced_costs(model, signed), self.accuracy)
