"""The allocation: build the model, solve it, spend least, certify."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .certificate import Certificate, certify
from .constraints import CONSTRAINTS, bounds
from .faces import optimal_face
from .model import Model, assemble
from .objectives import least_spend, weighted
from .prices import Price, price
from .programme import Array, Programme
from .solvers import Solution, Solver, SolverFailure, highs

Objective = Callable[[Programme], Array]
OBJECTIVES: dict[str, Objective] = {"weighted": weighted}
RULE_KINDS = ("floor", "cap")
TIDY = 1e-12
"""A column nearer than this to its bound is on it."""


class InfeasibleProgramme(Exception):
    """No plan meets every budget and rule.

    `shortfalls` holds, for the plan that comes nearest, each rule's name and the amount by which it is missed.
    """

    def __init__(self, shortfalls: dict[str, float]) -> None:
        self.shortfalls = shortfalls
        super().__init__(", ".join(f"{name} by {amount:g}" for name, amount in shortfalls.items()))


class SolverLimit(Exception):
    """The solver stopped at a limit before it had an answer."""


@dataclass(frozen=True)
class Allocation:
    """An optimal plan.

    Attributes
    ----------
    level : (A,) level of each application.
    closed : (T, F) gap units closed.
    optimum : the model's columns, and the duals that prove them.
    certificate : of the objective; `spend_certificate` : of the least spend among the optimal plans.
    """

    programme: Programme
    model: Model
    level: Array
    closed: Array
    optimum: Solution
    certificate: Certificate
    spend_certificate: Certificate
    solver: Solver

    @property
    def spend(self) -> Array:
        """Spend of each application: (A, R), in each resource's unit."""
        return self.programme.cost * self.level[:, None]

    @cached_property
    def budget_prices(self) -> list[Price]:
        """Price of each resource's budget. Rules that are a share of it move with it."""
        p = self.programme
        first = self.model.block("budget").start
        made = []
        for r, budget in enumerate(p.budget):
            step = np.zeros(len(self.model.row_lower))
            step[first + r] = 1.0
            for rule, row in zip(p.rules, self._rule_rows(), strict=True):
                if rule.of == r:
                    step[row] = rule.share
            made.append(price(self.model, self.optimum, step, float(budget), self.solver))
        return made

    @cached_property
    def rule_prices(self) -> list[Price]:
        """Price of each rule's amount, in the order of `programme.rules`."""
        made = []
        for rule, row in zip(self.programme.rules, self._rule_rows(), strict=True):
            step = np.zeros(len(self.model.row_lower))
            step[row] = 1.0
            made.append(price(self.model, self.optimum, step, rule.amount, self.solver))
        return made

    def _rule_rows(self) -> list[int]:
        """Row of each rule in the model, in the order of `programme.rules`."""
        rows = {kind: iter(range(at.start, at.stop)) for kind in RULE_KINDS if (at := self.model.block(kind))}
        return [next(rows[rule.kind]) for rule in self.programme.rules]


def build(programme: Programme, objective: Objective = weighted) -> Model:
    """Build the canonical model of a programme."""
    lower, upper = bounds(programme)

    def label_columns() -> list[str]:
        levels = [
            f"level[{a.measure}]" if a.scope == "city" else f"level[{a.measure},{a.target}]"
            for a in programme.applications
        ]
        gaps = [",".join(programme.pair_name(k)) for k in programme.open_pairs]
        return levels + [f"closed[{pair}]" for pair in gaps]

    blocks = [constraint(programme) for constraint in CONSTRAINTS]
    return assemble(objective(programme), lower, upper, blocks, label_columns)


def allocate(programme: Programme, *, objective: str = "weighted", solver: Solver = highs) -> Allocation:
    """Solve a programme: the objective first, then the least spend among its optimal plans.

    Raises
    ------
    InfeasibleProgramme
        No plan meets every budget and rule.
    SolverLimit
        The solver stopped at a limit.
    """
    model = build(programme, OBJECTIVES[objective])
    first = _solved(solver, model)
    if first.status == "infeasible":
        raise InfeasibleProgramme(nearest_miss(programme, solver))
    face = optimal_face(model, first, least_spend(programme))
    second = _solved(solver, face)
    if second.status == "infeasible":
        raise SolverFailure("the duals of the first stage do not fit its optimal plans")

    x = _tidy(model, programme, second.x)
    level = x[: len(programme.applications)]
    closed = np.zeros(programme.gap.size)
    closed[programme.open_pairs] = x[len(programme.applications) :]
    return Allocation(
        programme=programme,
        model=model,
        level=level,
        closed=closed.reshape(programme.gap.shape),
        optimum=replace(first, x=x),
        certificate=certify(model, x, first.row_dual),
        spend_certificate=certify(face, x, second.row_dual),
        solver=solver,
    )


def _solved(solver: Solver, model: Model) -> Solution:
    solution = solver(model)
    if solution.status not in ("optimal", "infeasible"):
        raise SolverLimit(solution.status)
    return solution


def _tidy(model: Model, programme: Programme, x: Array) -> Array:
    """Put rounding on the bounds, and let gaps that the objective does not value be closed by what is delivered.

    A pair of priority 0 is left anywhere between 0 and what the funded measures deliver; what they do deliver is the
    truth, unless a rule limits it.
    """
    x = np.clip(x, model.column_lower, model.column_upper)
    lower, upper = model.column_lower, model.column_upper
    x = np.where(x - lower < TIDY, lower, np.where(upper - x < TIDY, upper, x))
    first = len(programme.applications)
    free = programme.priority.ravel()[programme.open_pairs] == 0
    for rule in programme.rules:
        if rule.of is None:
            column = programme.closed_column[rule.members]
            free[column[column >= 0] - first] = False
    delivered = programme.delivered(x[:first]).ravel()[programme.open_pairs]
    z = np.minimum(np.where(free, upper[first:], x[first:]), delivered)
    # what is closed but for rounding is closed: rankings after the plan must not see 1 - 1e-15
    z = np.where((delivered >= upper[first:]) & (z >= upper[first:] * (1 - 1e-9)), upper[first:], z)
    return np.concatenate([x[:first], z])


def nearest_miss(programme: Programme, solver: Solver) -> dict[str, float]:
    """By how much each floor is missed by the plan that comes nearest to all of them.

    Minimises the sum over floors of the part missed. Caps and budgets hold: they are met by doing nothing.
    """
    model = build(programme)
    at = model.block("floor")
    floors = np.arange(at.start, at.stop)
    amounts = model.row_lower[at]
    columns = len(model.objective)
    order = np.argsort(np.concatenate([model.row, floors]), kind="stable")
    elastic = replace(
        model,
        objective=np.concatenate([np.zeros(columns), -1.0 / np.maximum(amounts, 1e-9)]),
        column_lower=np.concatenate([model.column_lower, np.zeros(len(floors))]),
        column_upper=np.concatenate([model.column_upper, np.maximum(amounts, 0.0)]),
        start=model.start + np.searchsorted(floors, np.arange(len(model.start))),
        column=np.concatenate([model.column, columns + np.arange(len(floors))])[order],
        value=np.concatenate([model.value, np.ones(len(floors))])[order],
        label_columns=lambda: model.column_names() + [f"missed[{i}]" for i in range(len(floors))],
    )
    found = _solved(solver, elastic)
    names = [rule.name for rule in programme.rules if rule.kind == "floor"]
    missed = dict(zip(names, found.x[columns:].tolist(), strict=True))
    return {name: amount for name, amount in missed.items() if amount > 1e-9}
