"""What is asked of a solver: the objectives, one after the other.

Each objective of `OBJECTIVES` returns its first stage, whose value is reported and certified, and its last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, Model, with_row
from ..model.objectives import closed_at_end, least_spend, track_shares, weighted, worth
from ..model.programme import Array
from .lexicographic import GIVEN_AWAY, Infeasible, Stage, leximin, padded, solve, then, with_worst
from .solvers import Solver, SolverFailure

AT_ONCE = 32
"""Views whose rows are stated from the start; of more only those that matter are added."""
HELD = 1e-9
"""A view is held if it falls short of the worst case by no more than this share of the largest value."""

Turns = Callable[["Task"], tuple[Stage, Stage]]


@dataclass(frozen=True)
class Views(Brief):
    """Several views of what matters, among which the worst case is sought.

    Attributes
    ----------
    priority : (K, T * F), each as `Programme.priority`.
    best : (K,) value of each view's best plan, under its own priorities.
    """

    priority: Array
    best: Array


def weighted_then_least_spend(task: Task) -> tuple[Stage, Stage]:
    """Most weighted gap closed, then the least spend."""
    c, model, solver = task.columns, task.model, task.solver
    first = solve(replace(model, objective=weighted(c)), solver)
    return first, then(first, least_spend(c), solver)


def leximin_then_weighted(task: Task) -> tuple[Stage, Stage]:
    """Worst track first (leximin over their closed shares), then the weighted gap, then the least spend."""
    c, model, solver = task.columns, task.model, task.solver
    tracks, shares = track_shares(c)
    if not tracks:
        return weighted_then_least_spend(task)
    # rounding can leave no point where shares are held as tightly; where there is none at all, the last one fails too
    *most, last = GIVEN_AWAY if model.is_mixed else (0.0, 1e-11)
    for slack in most:
        try:
            return _weighted_among(task, *leximin(model, shares, solver, slack))
        except (Infeasible, SolverFailure):
            continue
    return _weighted_among(task, *leximin(model, shares, solver, last))


def _weighted_among(task: Task, first: Stage, level: Model) -> tuple[Stage, Stage]:
    if first.stopped:
        return first, first
    c, solver = task.columns, task.solver
    value = solve(replace(level, objective=padded(weighted(c), level)), solver)
    return first, then(value, padded(least_spend(c), value.model), solver)


def least_spend_that_reaches(task: Task) -> tuple[Stage, Stage]:
    """Least spend of one resource that closes a share of the weighted gap, then of the others, then the most value."""
    c, model, solver = task.columns, task.model, task.solver
    p = c.programme
    goal = task.share * float((p.priority * p.gap).sum())
    saved = np.array([task.save])
    reached = with_row(model, "reach", closed_at_end(c), goal, INF)
    # in its own unit: a share of its budget would change with the budget
    spend = least_spend(c, saved) * float(p.budget[task.save].sum())
    first = solve(replace(reached, objective=spend), solver)
    others = then(first, least_spend(c, np.setdiff1d(np.arange(len(p.resources)), saved)), solver)
    return first, then(others, weighted(c), solver)


def lift_the_worst_view(task: Task) -> tuple[Stage, Stage]:
    """Most that the worst view gets, then the programme's own weighted gap, then the least spend.

    Only rows that matter are stated: one that falls short is added, and the program solved again.
    """
    c, model, solver = task.columns, task.model, task.solver
    rows, least = task.worst_of()
    if not len(rows):
        return weighted_then_least_spend(task)
    size = float(np.abs(least).max(initial=0.0))
    ends = (-1.0, 2.0) if task.objective == "robust" else (-2.0 * size - 1.0, 1.0)  # finite, for the certificate
    held = list(range(min(len(rows), AT_ONCE)))
    while True:
        first = solve(with_worst(model, [(f"view[{i}]", rows[i], float(least[i])) for i in held], ends), solver)
        x, worst = first.solution.x[: c.number], float(first.solution.x[-1])
        short = worst - (rows @ x - least)
        short[held] = 0.0
        if first.stopped or short.max() <= HELD * max(1.0, size):
            break
        held += np.argsort(-short)[: np.count_nonzero(short > HELD * max(1.0, size))][:AT_ONCE].tolist()
    value = then(first, padded(weighted(c), first.model), solver)
    return first, then(value, padded(least_spend(c), value.model), solver)


OBJECTIVES: dict[str, Turns] = {
    "weighted": weighted_then_least_spend,
    "maxmin": leximin_then_weighted,
    "reach": least_spend_that_reaches,
    "robust": lift_the_worst_view,
    "regret": lift_the_worst_view,
}


@dataclass(frozen=True)
class Task(Brief):
    """A stated model, and the objectives to be taken in turn.

    `share` and `save`, the resource of which least is to be spent, are for ``reach``, `views` for ``robust`` and
    ``regret``. `amended`: the model holds constraints of one's own.
    """

    columns: Columns
    model: Model
    objective: str
    share: float
    solver: Solver
    views: Views | None = None
    save: int = 0
    amended: bool = False

    def turns(self) -> tuple[Stage, Stage]:
        """Solve objective after objective."""
        return OBJECTIVES[self.objective](self)

    def worst_of(self) -> tuple[Array, Array]:
        """Rows a (K, N) and least values b (K,) of an objective that lifts a worst case: the least a x - b.

        ``maxmin``: the tracks' closed shares; ``robust``: the views' closed value as a share of the best; ``regret``:
        the views' closed value less the best.
        """
        if self.views is None:
            rows = track_shares(self.columns)[1]
            return rows, np.zeros(len(rows))
        pair, factor = worth(self.columns)
        rows = factor * self.views.priority[:, pair]
        if self.objective == "regret":
            return rows, self.views.best
        counts = self.views.best > 0  # a view that no plan can serve is served in full
        return rows[counts] / self.views.best[counts, None], np.zeros(int(counts.sum()))
