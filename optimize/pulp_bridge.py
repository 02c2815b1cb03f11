"""The same model as a `pulp.LpProblem`, and any solver that pulp knows as one of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pulp

from .certificate import dual_bound
from .model import INF, Model, reduced_costs, with_row
from .solvers import AmendmentError, Solution, Solver, SolverFailure, no_solution


def pulp_names(names: Iterable[str]) -> list[str]:
    """Names that pulp leaves alone, all different: ``level[I 1,a-b]`` to ``level_I_1__a_b``.

    pulp replaces a blank, -, +, [, ], > and / by _ itself, so that different names can meet in one; a number is added
    to those that do.
    """
    taken: set[str] = set()
    result = []
    for name in names:
        plain = re.sub(r"\W", "_", name.replace(",", "__").replace("[", "_").rstrip("]"))
        unique, number = plain, 2
        while unique in taken:
            unique, number = f"{plain}_{number}", number + 1
        taken.add(unique)
        result.append(unique)
    return result


def to_pulp(model: Model) -> pulp.LpProblem:
    """Return the model as a pulp problem to be maximised, in the units of the case."""
    problem = pulp.LpProblem("saidao", pulp.LpMaximize)
    columns = [
        problem.add_variable(
            name,
            None if low == -INF else low,
            None if high == INF else high,
            pulp.LpInteger if whole else pulp.LpContinuous,
        )
        for name, low, high, whole in zip(
            pulp_names(model.column_names()),
            model.column_lower.tolist(),
            model.column_upper.tolist(),
            model.integer.tolist(),
            strict=True,
        )
    ]
    problem += pulp.LpAffineExpression(list(zip(columns, model.objective.tolist(), strict=True)))
    index, value, start = model.column.tolist(), model.value.tolist(), model.start.tolist()
    for i, name in enumerate(pulp_names(model.row_names())):
        at = range(start[i], start[i + 1])
        left = pulp.LpAffineExpression([(columns[index[e]], value[e]) for e in at])
        low, high = float(model.row_lower[i]), float(model.row_upper[i])
        if low == high:
            problem += left == high, name
        else:
            if high < INF:
                problem += left <= high, name
            if low > -INF:
                problem += left >= low, name if high == INF else f"{name}_lower"
    return problem


def amended(model: Model, amend: Callable[[pulp.LpProblem], object]) -> Model:
    """Return the model with the constraints and bounds that *amend* added to its pulp problem.

    *amend* changes the problem that it is given, or returns another one made from it. It may add constraints over the
    problem's variables and change their bounds; each constraint becomes a block of its own, under its name.

    Raises
    ------
    AmendmentError
        A variable was added, a constraint removed or replaced, or the objective changed.
    """
    before = to_pulp(model)
    problem = to_pulp(model)
    answer = amend(problem)
    if isinstance(answer, pulp.LpProblem):
        problem = answer
    names = pulp_names(model.column_names())
    column = {name: j for j, name in enumerate(names)}
    rows, kept = ({row.name: row for row in p.constraints()} for p in (problem, before))
    for name, row in kept.items():
        if name not in rows or str(rows[name]) != str(row):
            raise AmendmentError(f"the constraint {name} removed or replaced")
    if str(problem.objective) != str(before.objective):
        raise AmendmentError("another objective")
    lower, upper = model.column_lower.copy(), model.column_upper.copy()
    for variable in problem.variables():
        if variable.name not in column:
            raise AmendmentError(f"the new variable {variable.name}")
        j = column[variable.name]
        lower[j] = -INF if variable.lowBound is None else variable.lowBound
        upper[j] = INF if variable.upBound is None else variable.upBound
    model = replace(model, column_lower=lower, column_upper=upper)
    for name, row in rows.items():
        if name not in kept:
            coefficients = np.zeros(len(names))
            for variable, value in row.items():
                coefficients[column[variable.name]] = value
            low, high = row.getLb(), row.getUb()
            model = with_row(model, name, coefficients, -INF if low is None else low, INF if high is None else high)
    return model


def through_pulp(solver: Any, accuracy: float = 1e-6) -> Solver:
    """Turn a pulp solver (``pulp.PULP_CBC_CMD(msg=False)``, ``pulp.HiGHS(msg=False)``) into one of ours.

    pulp gives row duals with one sign or the other, as the solver does; the sign that yields the smaller bound on the
    objective is the right one (weak duality). `accuracy` says which duals are rounding: CBC hands over 8 digits.
    """

    def solve(model: Model) -> Solution:
        problem = to_pulp(model)
        by_name = {name: j for j, name in enumerate(pulp_names(model.column_names()))}
        rows = {name: i for i, name in enumerate(pulp_names(model.row_names()))}
        problem.solve(solver)
        # pulp says Optimal of a merely feasible answer too; only sol_status tells
        if problem.sol_status == pulp.LpSolutionInfeasible:
            return no_solution("infeasible")
        if problem.sol_status == pulp.LpSolutionUnbounded:
            return no_solution("unbounded")
        if problem.sol_status == pulp.LpSolutionIntegerFeasible:
            return no_solution("limit")
        if problem.sol_status != pulp.LpSolutionOptimal:
            raise SolverFailure(f"{solver.name}: {pulp.LpSolution[problem.sol_status]}")
        # a column that no row and no objective holds is unknown to pulp and stays at its bound nearest 0
        x = np.clip(np.zeros(len(by_name)), model.column_lower, model.column_upper)
        for variable in problem.variables():
            x[by_name[variable.name]] = variable.varValue
        if model.is_mixed:
            # pulp tells no bound: its solvers are asked to go to the end, and the value is its own bound
            none = np.empty(0)
            return Solution("optimal", x, none, none, accuracy, float(model.objective @ x))
        dual = np.zeros(len(rows))
        for constraint in problem.constraints():
            name = constraint.name
            dual[rows[name.removesuffix("_lower") if name not in rows else name]] += constraint.pi or 0.0
        signed = min((dual, -dual), key=lambda y: dual_bound(model, y))
        return Solution("optimal", x, signed, reduced_costs(model, signed), accuracy)

    return solve
