"""What it takes until some best plan funds a measure: the least rise of the value of a unit of its level.

A plan with some of it at level l has the value c'x. Worth a rise of r a unit more, it is as good as the best plan
without once r = (V - c'x) / l: the least of these ratios is the reduced cost, over all levels, places and periods
together, prerequisites and least levels included. Dinkelbach (1967), On nonlinear fractional programming, Management
Science 13(7), 492-498: each r gives a plan, and each plan a smaller r, until r stays. Degenerate optima, whose duals
say too little, do not matter; nor do whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ...model.model import INF, Model, inner
from ...model.programme import Array, Index
from ...solve.solution import Solution, SolverFailure
from .ranging import CLOSE, size_of
from .reoptimisation import Again

MADE_UP = 1e-3
"""Share of what a row holds by which it is broken if levels are there by the solver's tolerance only."""
ROUNDS = 100
STEPS = (0.1, 1.0, 10.0)
"""Rises that are tried beyond what duals tell, as shares of that."""
SMALL = 3e-2
"""Share of the largest coefficient that what duals tell counts for at least."""


@dataclass(frozen=True)
class Rise:
    """The least rise of the value of a unit (`rise`; below 0 where it pays already), and a plan that is as good then.

    `found` carries that plan, and without whole numbers the duals under which the measure pays best with that rise.
    """

    rise: float
    found: Solution


def least_rise(again: Again, columns: Index, best: float, guess: float | None = None) -> Rise | None:
    """Return the least rise of the value of a unit of levels with which a plan that has some is as good as *best*.

    None where no plan has any. *columns* are those levels; *guess*: a lower bound, as duals give it, to begin at.
    """
    model = again.model
    size = size_of(model, best)
    ours = np.zeros(len(model.objective))
    ours[columns] = 1.0

    def ask(rise: float) -> tuple[float, float, Solution]:
        """Return level, ratio and solution of the best plan at a rise; of the most there can be for infinity."""
        found = again(objective=ours if np.isinf(rise) else model.objective + rise * ours)
        if found.status not in ("optimal", "feasible"):
            raise SolverFailure(f"the rise that funds a measure is {found.status}")
        level = float(found.x[columns].sum())
        return level, (best - inner(model.objective, found.x)) / level if level > 0 else INF, found

    if guess is not None and not model.is_mixed:
        large = max(abs(guess), float(np.abs(model.objective).max(initial=0.0)), 1e-9)
        # near the optimum a solver has little to do, and all to do where only these levels count
        for tried in (guess + 1e-7 * large, *(guess + share * max(abs(guess), SMALL * large) for share in STEPS)):
            level, rise, found = ask(tried)
            if level > 0 and rise <= tried:
                return _descend(ask, rise, found, size)
    level, rise, found = ask(INF)
    return None if np.isinf(rise) or _only_by_tolerance(model, found.x, columns) else _descend(ask, rise, found, size)


def _descend(ask: Callable[[float], tuple[float, float, Solution]], rise: float, found: Solution, size: float) -> Rise:
    for _ in range(ROUNDS):
        level, lower, next_ = ask(rise)
        if level <= 0 or lower >= rise - 1e-10 * max(abs(rise), CLOSE * size):
            # the plan is the last one that has some of it; the duals are those at this rise
            return Rise(rise, replace(next_, x=next_.x if level > 0 else found.x))
        rise, found = lower, next_
    return Rise(rise, found)


def _only_by_tolerance(model: Model, x: Array, columns: Index) -> bool:
    """Whether each of the levels breaks a row by as much as it takes in it: there is nothing of them then."""
    there = columns[x[columns] > 0]
    activity = model.activity(x)
    over = np.maximum(activity - model.row_upper, model.row_lower - activity)
    breaks = over[model.row] > MADE_UP * np.abs(model.value * x[model.column])
    return set(there.tolist()) <= set(model.column[breaks].tolist())
