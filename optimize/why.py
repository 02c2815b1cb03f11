"""Why a measure is funded or not: what it brings and takes at the prices, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .allocate import Allocation, run
from .faces import Mask, direction
from .frontier import Point, trace
from .model import INF, Model, with_row
from .programme import Array, Index
from .solvers import Solution, SolverFailure

SPENDING = ("budget", "floor", "cap")
"""Constraints whose entries at a level are its costs."""

MOST = {"cost": 1.0, "effect": 1e3}
"""Largest changes, as shares, in which a flip is sought: free of charge, a thousandfold effect."""


@dataclass(frozen=True)
class Margin:
    """What one more unit of an application's level brings and takes, at the optimal prices, where it pays best.

    In the objective's unit: `brings` by the gaps it closes, `takes` (R,) by the resources it uses, `limits` by the
    rules it meets.
    """

    application: int
    period: int
    brings: float
    takes: Array
    limits: float

    @property
    def net(self) -> float:
        """What is left, the reduced cost: 0 for a level between its bounds, below 0 for one that does not pay."""
        return self.brings - float(self.takes.sum()) - self.limits


def margin(plan: Allocation, applications: Iterable[int]) -> Margin:
    """Return the best margin of some applications; a plan of whole units has no prices and no margin."""
    p, c, model = plan.programme, plan.columns, plan.model
    kinds = _row_kinds(model)
    first = model.block("budget").start
    made = []
    for a in applications:
        for q in range(len(p.periods)):
            for j in c.level(q, p.segments_of[a]).tolist():
                at = np.flatnonzero(model.column == j)
                rows, part = model.row[at], model.value[at] * plan.prices[model.row[at]]
                takes = np.zeros(len(p.resources))
                spent = kinds[rows] == "budget"
                np.add.at(takes, (rows[spent] - first) % len(p.resources), part[spent])
                closes = kinds[rows] == "closing"
                made.append(Margin(a, q, -float(part[closes].sum()), takes, float(part[~spent & ~closes].sum())))
    return max(made, key=lambda margin: margin.net)


def without(plan: Allocation, applications: Iterable[int]) -> Allocation:
    """Solve again with some applications forbidden, and nothing else changed without need."""
    return run(replace(plan.task, model=_forbidden(plan.task.model, _levels(plan, applications))), near=plan)


def forced(plan: Allocation, applications: Iterable[int], level: float) -> Allocation:
    """Solve again with at least *level* in all over some applications, and nothing else changed without need."""
    model = plan.task.model
    total = np.zeros(len(model.objective))
    total[_levels(plan, applications)] = 1.0
    return run(replace(plan.task, model=with_row(model, "forced", total, level, INF)), near=plan)


# --- flips: the least change that makes an unfunded measure pay -------------------------------------------------------

Of = Literal["cost", "effect"]


def flip(plan: Allocation, applications: Iterable[int], of: Of) -> float | None:
    """Return the share by which all costs must fall, or effects rise, beyond which no plan without them is as good.

    None where no cut is enough, or no rise up to a thousandfold. Exact, by the optimal duals that are worst for it;
    with whole units by solving again, to a millionth.
    """
    columns = _levels(plan, applications)
    columns = columns[plan.model.column_upper[columns] > 0]
    if plan.model.is_mixed:
        return _flip_by_solving_again(plan, columns, of)
    least = min((_flip_column(plan, int(j), columns, of) for j in columns), default=INF)
    return least if least < INF else None


def _flip_column(plan: Allocation, column: int, columns: Index, of: Of) -> float:
    """Return the change beyond which one level pays under all optimal duals; infinite if there is none.

    g(change) = min over optimal duals y of (what one unit brings - what it takes) is concave in the change. The root of
    any one y is a lower bound on the root of g; the next y is the worst one there, until it is the same.
    """
    model = _forbidden(plan.model, columns)
    kinds = _row_kinds(model)
    at = np.flatnonzero(model.column == column)
    rows, values = model.row[at], model.value[at]
    closes, spends = kinds[rows] == "closing", np.isin(kinds[rows], SPENDING)

    def worst(change: float) -> Solution | None:
        """Price the direction "one unit of it": its duals are the worst for it; None where a limit leaves no room."""
        step = np.zeros(len(model.row_lower))
        np.add.at(step, rows, -values * np.where(closes | spends, _factor(of, closes, change), 1.0))
        found = plan.task.solver(direction(model, plan.optimum, step))
        if found.status not in ("optimal", "infeasible"):
            raise SolverFailure(f"a flip is {found.status}")
        return found if found.status == "optimal" else None

    last = worst(MOST[of])
    if last is None or model.objective @ last.x <= 1e-9 * np.abs(model.objective).max(initial=0.0):
        return INF
    y, change = plan.optimum.row_dual, 0.0
    while True:
        part = values * y[rows]
        brings, takes, limits = -part[closes].sum(), part[spends].sum(), part[~closes & ~spends].sum()
        short = takes + limits - brings
        root = float(short / (takes if of == "cost" else brings)) if short > 0 else 0.0
        if root <= change + 1e-12:
            return change
        change = root
        found = worst(change)
        if found is None:
            return INF
        y = found.row_dual


def _factor(of: Of, closes: Mask, change: float) -> Array:
    """Factor of entries that close gaps (mask) and of those that spend, at a change of one of the two."""
    return np.where(closes, 1.0 + change if of == "effect" else 1.0, 1.0 if of == "effect" else 1.0 - change)


def _flip_by_solving_again(plan: Allocation, columns: Index, of: Of) -> float | None:
    """Bisect: the optimum does not fall as the costs of what is not funded fall, or its effects rise."""
    model, solver = plan.model, plan.task.solver
    kinds = _row_kinds(model)[model.row]
    ours = np.isin(model.column, columns)
    closes, spends = ours & (kinds == "closing"), ours & np.isin(kinds, SPENDING)
    least = plan.certificate.value + 1e-7 * max(1.0, abs(plan.certificate.value))

    def pays(change: float) -> bool:
        value = np.where(closes | spends, model.value * _factor(of, closes, change), model.value)
        found = solver(replace(model, value=value))
        return found.status == "optimal" and float(model.objective @ found.x) > least

    low, high = 0.0, 1.0
    while not pays(high):
        if high >= MOST[of]:
            return None
        low, high = high, min(4.0 * high, MOST[of])
    while high - low > 1e-6 * max(high, 1e-3):
        middle = (low + high) / 2
        low, high = (low, middle) if pays(middle) else (middle, high)
    return high


def budget_flip(plan: Allocation, applications: Iterable[int], step: Array, known: list[Point]) -> float | None:
    """Return the rise of a budget along *step* beyond which no plan without them is as good; None if there is none.

    The value of the budget is traced with them (*known*, from no change on) and without them: both are piecewise
    linear, and part where funding begins to pay. Not for plans of whole units.
    """
    model = _forbidden(plan.model, _levels(plan, applications))
    rest = trace(model, step, 0.0, known[-1].change, plan.task.solver)
    end = rest[-1].change  # beyond it there may be no plan at all without them
    changes = np.unique([point.change for point in (*known, *rest) if point.change <= end])
    ours, theirs = (np.interp(changes, [p.change for p in side], [p.value for p in side]) for side in (known, rest))
    apart = ours - theirs > 1e-9 * max(float(np.abs(ours).max()), 1e-12)
    if apart.any():
        return float(changes[max(int(np.argmax(apart)) - 1, 0)])
    return end if end < known[-1].change * (1 - 1e-9) else None


# --- what these share -------------------------------------------------------------------------------------------------


def _levels(plan: Allocation, applications: Iterable[int]) -> Index:
    """Columns of the levels of some applications, in all periods."""
    p, c = plan.programme, plan.columns
    found = [c.level(q, p.segments_of[a]) for a in applications for q in range(len(p.periods))]
    return np.concatenate([np.empty(0, np.int64), *found])


def _forbidden(model: Model, columns: Index) -> Model:
    upper = model.column_upper.copy()
    upper[columns] = 0.0
    return replace(model, column_upper=upper)


def _row_kinds(model: Model) -> NDArray[np.str_]:
    """Constraint of each row: (M,)."""
    return np.repeat([name for name, _ in model.blocks], [size for _, size in model.blocks])
