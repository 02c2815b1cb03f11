"""Why there is no plan: an irreducible set of limits that cannot hold together, and what would resolve it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ..model.model import INF, Block, Model, with_columns
from ..model.programme import Array, Index
from ..solve.solution import Solver, SolverFailure
from ..solve.solvers import highs
from .prices.reoptimisation import Again

SHORT = 1e-9
"""Share of limits that has to be exceeded for a point up to which there is one; and of a cost, a dual that is none."""


@dataclass(frozen=True)
class Limit:
    """One party to a conflict.

    Attributes
    ----------
    kind : constraint (``budget``, ``floor``, ...), or ``own`` for a constraint of one's own, or ``reach``.
    of : what it sets, see `Role.limit`.
    name : label of the row.
    amount : its bound, in its own unit.
    change : the least change of the bound that makes room for a plan, all else kept: above 0 is more, below 0 is less;
        None where no change of it alone is enough.
    """

    kind: str
    of: Literal["amount", "level", "relation"]
    name: str
    amount: float
    change: float | None

    @property
    def label(self) -> str:
        """What the name tells in brackets; all of it where there are none."""
        inside = self.name.removeprefix(f"{self.kind}[")
        return self.name if inside == self.name else inside.removesuffix("]")


def conflict(model: Model, solver: Solver = highs) -> tuple[Limit, ...]:
    """Find limits that cannot hold together, such that without any one of them the others can.

    Deletion filter: Chinneck & Dravnieks (1991), Locating minimal infeasible constraint sets in linear programs, ORSA
    Journal on Computing 3(2), 157-168. Without whole numbers an elastic program goes before it, whose duals name the
    few limits that are to be tried, and is asked without each of them, from its basis before.
    """
    rows = None
    if not model.is_mixed:
        with suppress(SolverFailure):  # of the elastic program alone: each limit is left out by itself then
            rows = _Elastic(model, solver).conflict()
    if rows is not None:
        blocks = dict(_limits(model))
        return tuple(_limit(model, row, blocks[row], _least_change(model, row, solver)) for row in rows)
    left = replace(model, objective=np.zeros(len(model.objective)))
    members = []
    for row, block in _limits(model):
        without = _without(left, row)
        if solver(without).status == "infeasible":
            left = without  # it takes no part: the rest conflicts without it
        else:
            members.append((row, block))
    return tuple(_limit(model, row, block, _least_change(model, row, solver)) for row, block in members)


class _Elastic:
    """A program in which each limit can be exceeded, at a cost.

    Parameters
    ----------
    model : a linear program without a point.
    """

    def __init__(self, model: Model, solver: Solver) -> None:
        ends = [
            (row, sign, bound)
            for row, _ in _limits(model)
            for sign, bound in ((1.0, model.row_upper[row]), (-1.0, model.row_lower[row]))
            if np.isfinite(bound)
        ]
        self.rows: Index = np.array([row for row, _, _ in ends], dtype=np.int64)
        bounds = np.abs([bound for _, _, bound in ends])
        self.cost = 1.0 / np.where(bounds != 0, bounds, 1.0 / model.row_scale[self.rows])
        entries = [(np.array([row]), np.array([-sign])) for row, sign, _ in ends]
        labels = [f"change[{i}]" for i in range(len(ends))]
        elastic = with_columns(model.alike(objective=np.zeros_like(model.objective)), labels, entries, self.cost * 0)
        first = solver(elastic.alike(objective=self._objective(elastic, self.rows))) if ends else None
        self.again = Again(elastic, solver, start=None if first is None else first.basis)

    def _objective(self, elastic: Model, rows: Index) -> Array:
        costs = np.where(np.isin(self.rows, rows), -self.cost, 0.0)
        return np.append(np.zeros(len(elastic.objective) - len(costs)), costs)

    def needed(self, rows: Index) -> Index | None:
        """Return those of the limits of some *rows* whose duals prove that there is no point; None where there is one.

        The other limits do not count.
        """
        objective = self._objective(self.again.model, rows)
        found = self.again(objective=objective)
        if found.status != "optimal" or -float(objective @ found.x) <= SHORT:
            return None
        dual = np.abs(found.row_dual[self.rows])
        return np.unique(self.rows[(dual > SHORT * self.cost) & np.isin(self.rows, rows)])

    def conflict(self) -> list[int] | None:
        """Return rows that cannot hold together, though without any one of them they can; None where that fails."""
        left = self.needed(self.rows) if len(self.rows) else None
        if left is None:
            return None
        members: list[int] = []
        while len(left) > len(members):
            row = next(one for one in left.tolist() if one not in members)
            without = self.needed(left[left != row])
            if without is None:
                members.append(row)
            elif set(members) <= set(without.tolist()):
                left = without
            else:
                return None  # what is needed is decided by rounding
        return members


def relaxation(model: Model, solver: Solver = highs) -> tuple[Limit, ...]:
    """Find changes of amounts that together make room for a plan, the least sum of shares of each amount.

    Relations (prerequisites, exclusions) have no amount and stay. Empty where no such changes are enough.
    """
    entries, costs, moves = [], [], []
    for row, block in _limits(model):
        if block.role.limit == "relation":
            continue
        for sign, bound in ((1.0, model.row_upper[row]), (-1.0, model.row_lower[row])):
            if np.isfinite(bound):
                entries.append((np.array([row]), np.array([-sign])))
                # an amount of 0 has no share: one unit counts as the whole
                costs.append(-1.0 / (abs(bound) or 1.0))
                moves.append((row, block, sign))
    if not moves:
        return ()
    elastic = with_columns(model, [f"change[{i}]" for i in range(len(moves))], entries, np.zeros(len(moves)))
    objective = np.append(np.zeros(len(model.objective)), costs)
    found = solver(replace(elastic, objective=objective))
    if found.status != "optimal":
        return ()
    changes = found.x[-len(moves) :]
    return tuple(
        _limit(model, row, block, sign * float(change))
        for (row, block, sign), change, cost in zip(moves, changes, costs, strict=True)
        if -cost * change > 1e-9
    )


def _limit(model: Model, row: int, block: Block, change: float | None) -> Limit:
    amount = float(model.row_upper[row] if model.row_upper[row] < INF else model.row_lower[row])
    assert block.role.limit is not None
    kind = "own" if block.role.own else block.name
    return Limit(kind, block.role.limit, model.row_names()[row], amount, change)


def _limits(model: Model) -> list[tuple[int, Block]]:
    """Rows that a planner sets, with the blocks that they stand in."""
    blocks = [block for block in model.blocks for _ in range(block.size)]
    return [(row, block) for row, block in enumerate(blocks) if block.role.limit]


def _without(model: Model, row: int) -> Model:
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[row], upper[row] = -INF, INF
    return replace(model, row_lower=lower, row_upper=upper)


def _least_change(model: Model, row: int, solver: Solver) -> float | None:
    """Least change of one row's bound that leaves room for a plan."""
    is_upper = model.row_upper[row] < INF
    entry = (np.array([row]), np.array([-1.0 if is_upper else 1.0]))
    elastic = with_columns(model, ["change"], [entry], np.zeros(1))
    objective: Array = np.zeros(len(elastic.objective))
    objective[-1] = -1.0
    found = solver(replace(elastic, objective=objective))
    if found.status != "optimal":
        return None
    return float(found.x[-1]) * (1.0 if is_upper else -1.0)
