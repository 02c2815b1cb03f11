"""Leximin by prices: the highest level that all tracks can be given, then that of those that can have more.

A level that all tracks share joins them, and a program with it does not fall into blocks. So the level is held, each
track is given its own or falls short of it, and the least sum of what is short is sought: a program of blocks and what
they share. Its duals tell how that sum changes with the levels. It is convex in them, so that a level at which the
tangent leaves nothing short is no less than the highest, and from above these come down to it in a few steps.

Sources: Ogryczak & Sliwinski (2006), On direct methods for lexicographic min-max optimization, LNCS 3982, 802-811;
Kelley (1960), The cutting-plane method for solving convex programs, Journal of the SIAM 8, 703-712.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

import numpy as np

from ..model.model import INF, Coefficients, Model, Role, reduced_costs, with_columns, with_each
from ..model.programme import Array
from .faces import Mask, optimal_face
from .lexicographic import ROUNDED, Stage, most_of, solve, worst_share
from .solution import Solver
from .solvers import HOLDS, unproven

SHORT = 3.0
"""What a share may be short of a level: more than any can be, and finite for the certificate."""
MET = 1e-10
"""What all tracks together are short of their levels up to which it is rounding."""
FIRST = 1e-3
"""How far above the least that a track's own measures limit the first level is tried."""
STEPS = 60
"""Steps after which a level is given up."""


class NoLevel(Exception):
    """The search of a level does not end."""


@dataclass(frozen=True)
class Tangent:
    """What tracks were short of their levels (T,), all together, and how much more it is with a unit more of each."""

    levels: Array
    short: float
    slope: Array

    def root(self, most: Array, free: Mask, top: float) -> float:
        """Highest level t, up to *top*, at which nothing is short by the tangent.

        The *free* tracks (T,) are given min(t, most), of which the sum is piecewise linear in t.
        """
        slope = np.where(free, self.slope, 0.0)

        def short(level: float) -> float:
            return self.short + float(slope @ (np.minimum(most, level) - self.levels))

        ends = np.unique(most[(slope > 0) & (most < top)])
        piece = bisect_left(ends, True, key=lambda end: short(end) > 0)
        end = float(ends[piece]) if piece < len(ends) else top
        steep = float(slope[most >= end].sum())
        return end - short(end) / steep if steep > 0 else end


class Levels:
    """The program of what tracks are short of their levels: one matrix, whatever these are.

    Attributes
    ----------
    model : has rows share + short >= level after those of the given model, and the columns of what is short after its
        own; narrowed to what gives all tracks the levels that they are held at.
    """

    def __init__(self, model: Model, shares: Coefficients, solver: Solver) -> None:
        self.shares, self.solver = shares, solver
        self.rows, self.columns, count = len(model.row_lower), len(model.objective), len(shares)
        labels = [f"level[{i}]" for i in range(count)]
        model = with_each(model, labels, shares, np.zeros(count), np.full(count, INF), Role())
        entries = [(row, np.ones(1)) for row in self.rows + np.arange(count)[:, None]]
        labels = [f"short[{i}]" for i in range(count)]
        model = with_columns(model, labels, entries, np.zeros(count), np.full(count, SHORT))
        objective = np.zeros(len(model.objective))
        objective[self.columns :] = -1.0
        self.model = model.alike(objective=objective)

    def highest(self, most: Array, free: Mask, held: Array, top: float) -> tuple[float, Stage]:
        """Find the highest level t, up to *top*, at which *free* tracks (T,) have min(t, most), and others are *held*.

        Returns it, and a point at which nothing is short, with the duals that prove that no level is higher.

        Raises
        ------
        NoLevel
            The search does not end.
        """
        level, duals = top, None
        for _ in range(STEPS):
            levels = np.where(free, np.minimum(most, level), held)
            stage = solve(self._with_levels(levels), self.solver)
            if -stage.value <= MET:
                return level, stage if duals is None else replace(stage, solution=replace(duals, x=stage.solution.x))
            duals = stage.solution
            slope = np.maximum(-duals.row_dual[self.rows :], 0.0)
            level = min(Tangent(levels, -stage.value, slope).root(most, free, level), level)
        raise NoLevel

    def hold(self, stage: Stage, held: Array) -> Mask:
        """Keep to the points at which nothing is short; return which tracks (T,) have a price, and cannot have more."""
        face = optimal_face(stage.model, stage.solution, self.model.objective)
        upper = face.column_upper.copy()
        upper[self.columns :] = SHORT
        lower = np.append(face.column_lower[: self.columns], np.zeros(len(held)))
        self.model = face.alike(column_lower=lower, column_upper=upper)
        return np.isfinite(face.row_upper[self.rows :])

    def kept(self, held: Array, slack: float) -> Model:
        """Return the program of the points at which every track has what it is held at, or *slack* less."""
        upper = self.model.column_upper.copy()
        upper[self.columns :] = 0.0
        made = self._with_levels(held - slack)
        row_upper = np.append(made.row_upper[: self.rows], np.full(len(held), INF)) if slack else made.row_upper
        return made.alike(column_upper=upper, row_upper=row_upper)

    def _with_levels(self, levels: Array) -> Model:
        return self.model.alike(row_lower=np.append(self.model.row_lower[: self.rows], levels))


def levelled(model: Model, shares: Coefficients, solver: Solver, slack: float) -> tuple[Stage, Model] | None:
    """Lift the worst share, then the next worst, and so on, as `leximin` does; None where the way does not end.

    The model of all best points has more columns after those of *model*, which are 0.
    """
    most, free, held = most_of(model, shares), np.ones(len(shares), dtype=bool), np.zeros(len(shares))
    of_levels = Levels(model, shares, solver)
    try:
        top = float(most.min()) + FIRST
        level, stage = of_levels.highest(np.full(len(shares), INF), free, held, top)
        first = _as_worst(model, shares, stage)
        if first is None:
            return None
        while True:
            full = free & (most <= level + ROUNDED)
            stays = full | (free & of_levels.hold(stage, held))
            given = shares.at(stage.solution.x)
            if not stays.any():
                return None
            held[stays] = np.minimum(np.minimum(most, level), given)[stays]
            free &= ~stays
            if not free.any():
                return first, of_levels.kept(np.minimum(held, given), slack)
            level, stage = of_levels.highest(most, free, held, float(most[free].max()))
    except NoLevel:
        return None


def _as_worst(model: Model, shares: Coefficients, stage: Stage) -> Stage | None:
    """Return the first level as the answer to the program of the worst share; None where it does not prove it."""
    worst, found = worst_share(model, shares), stage.solution
    x = found.x[: len(model.objective)]
    price = float(-found.row_dual[len(model.row_lower) :].sum())
    if not price > 0:
        return None
    dual = found.row_dual / price
    solution = replace(
        found,
        x=np.append(x, shares.at(x).min()),
        row_dual=dual,
        reduced_cost=reduced_costs(worst, dual),
        basis=None,
    )
    return Stage(worst, solution) if unproven(worst, solution) <= HOLDS else None
