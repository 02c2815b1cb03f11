"""How far priorities can move before a plan is no longer optimal.

The priorities for which a plan is optimal are those with v z >= v z' for every other plan z': a cone. Along a
straight line the first exit is found by cuts: where another plan is better at t, the line is cut back to where the two
are equal, until no other plan is better. Along a curve it is looked for at many points, and then gone back from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.programme import Array
from ..solve.allocate import Allocation
from .many import Family, Plans, changes_of_sign, plans_under

CLOSE = 1e-10
"""A plan counts as better if it is worth more than this share of its value more."""
LEAST = 1e-3
"""Share of the weighted gap below which a value is too small to measure such a share against."""
POINTS = 24
"""Points at which a curve is looked at."""
BETWEEN = 3
"""Steps between two of these points, at which plans that are known are held against each other."""
DIGITS = 12
"""Plans whose closed gaps agree to so many digits are one."""
HALVINGS = 40
LARGE = 5000
"""Columns from which on the basis tells where to look for the next plan."""
BEYOND = 1e-3
"""How far beyond a change of sign, as a share of the way there, the next plan is looked for."""

Path = Callable[[Array], tuple[Array, Array]]
"""Takes t (K,), one per path and 0 where the plan stands; gives priorities (K, T * F) and weights (K, F) there."""


@dataclass(frozen=True)
class Exits(Brief):
    """The first change along each path.

    Attributes
    ----------
    t : (K,) how far each path can be followed while the plan stays optimal; its end where it never stops to be.
    changes : (K,) whether the plan changes before the end.
    plans : optimal plans just beyond, or at the ends.
    """

    t: Array
    changes: NDArray[np.bool_]
    plans: Plans


def exits(plan: Allocation, path: Path, ends: Array, straight: bool) -> Exits:
    """Follow every path from 0 to its end (K,), until the plan stops to be optimal."""
    t = _cut(plan, path, ends) if straight else _follow(plan, path, ends)
    changes = t < ends
    # a touch beyond, where the other plan is the better one
    beyond = np.where(changes, np.minimum(t + 1e-6 * np.maximum(ends, t), ends), ends)
    return Exits(t, changes, _solved(plan, path, beyond))


def _solved(plan: Allocation, path: Path, t: Array) -> Plans:
    """Solve at one point of every path, in the order of the paths."""
    return solved_in_order(plan, *path(t))


def solved_in_order(plan: Allocation, priorities: Array, weights: Array) -> Plans:
    """Solve under each of the priorities (K, T * F), in their order."""
    parts = list(plans_under(plan, priorities, weights))
    order = np.argsort(np.concatenate([part.place for part in parts]))

    def whole(name: str) -> Array:
        return np.asarray(np.concatenate([getattr(part, name) for part in parts])[order])

    place = np.arange(len(priorities))
    level, closed, timed, value = map(whole, ("level", "closed", "timed", "value"))
    return Plans(place, level, closed, timed, value, sum(part.cold for part in parts))


def _better(plan: Allocation, priority: Array, weights: Array) -> tuple[Array, Plans]:
    """By how much the best plan under each of the priorities is better than the plan, as a share of its value: (K,)."""
    found = solved_in_order(plan, priority, weights)
    size = np.maximum(found.value, LEAST * (priority @ plan.programme.gap.ravel()))
    lead = found.value - plan.value_under(priority)
    return np.divide(lead, size, out=np.zeros_like(lead), where=size > 0), found


def _cut(plan: Allocation, path: Path, ends: Array) -> Array:
    t = ends.copy()
    at_start = path(np.zeros(len(ends)))[0]
    while True:
        lead, found = _better(plan, *path(t))
        gain = found.timed - plan.timed.ravel()
        here = np.minimum((at_start * gain).sum(axis=1), 0.0)
        there = np.where(lead > CLOSE, (path(t)[0] * gain).sum(axis=1), 1.0)
        cut = np.where(lead > CLOSE, t * here / (here - there), t)
        shorter = cut < t * (1 - 1e-12)
        if not shorter.any():
            return t
        t = np.where(shorter, cut, t)


def _follow(plan: Allocation, path: Path, ends: Array) -> Array:
    """Solve at `POINTS` points, hold every plan found against the one in hand at all points between.

    From the first point at which it is beaten, go back to where it just is not by halving, which solves nothing as the
    plans are known; solve there, and go back further if one that was not known is better.
    """
    points = np.arange(POINTS * BETWEEN + 1)[:, None] / (POINTS * BETWEEN) * ends
    others = _next_plans(plan, path, ends)
    seen = len(others)
    better = np.zeros((len(points) - 1, len(ends)), dtype=bool)

    def hold() -> None:
        """Hold the plans that are known against the one in hand, from the start until every path has changed."""
        for n, t in enumerate(points[1:]):
            better[n] |= _beaten(plan, path(t)[0], others)
            if better[: n + 1].any(axis=0).all():
                break

    if seen:
        hold()
    for step in (len(points) - 1, *range(BETWEEN, len(points) - 1, BETWEEN)):  # the ends first: they tell most
        if better[: step - 1].any(axis=0).all():  # every path has changed before
            continue
        priority, weights = path(points[step])
        better[step - 1] |= _beaten(plan, priority, others)
        open_ = np.flatnonzero(~better[:step].any(axis=0))  # what lies beyond a change needs no looking at
        if not len(open_):
            continue
        lead, found = _better(plan, priority[open_], weights[open_])
        better[step - 1, open_] |= lead > CLOSE
        others = np.unique(np.concatenate([others, found.timed.round(DIGITS)]), axis=0)
    if len(others) != seen:
        hold()
    first, every = better.argmax(axis=0), np.arange(len(ends))
    start, high = points[first, every], points[first + 1, every]
    open_ = np.flatnonzero(better.any(axis=0))
    t = ends.copy()
    while len(open_):
        low = start.copy()
        for _ in range(HALVINGS):
            middle = t.copy()  # a path that is done stays where it is
            middle[open_] = (low[open_] + high[open_]) / 2
            beaten = _beaten(plan, path(middle)[0], others)[open_]
            high[open_] = np.where(beaten, middle[open_], high[open_])
            low[open_] = np.where(beaten, low[open_], middle[open_])
        t[open_] = low[open_]
        priority, weights = (part[open_] for part in path(t))
        lead, found = _better(plan, priority, weights)
        another = (lead > CLOSE) & (low[open_] > 0)
        open_ = open_[another]
        high[open_] = low[open_]
        # at a point where it was held against plans that were known, one that was not may be better
        start[open_] = np.where(low[open_] > start[open_], start[open_], 0.0)
        others = np.concatenate([others, found.timed[another]])
    return t


def _next_plans(plan: Allocation, path: Path, ends: Array) -> Array:
    """Return what closes by the plans that are likely to be next along each path, (K, T * F): none in small programs.

    Where the reduced costs of the plan's basis, in the first direction of a path, first change their signs, another
    plan is as good. In a large program that is so near that points of the path would lead there in many steps.
    """
    family = Family.of(plan.problem, plan)
    if len(family.model.objective) <= LARGE or not len(ends):
        return np.empty((0, plan.timed.size))
    step = 1e-3 * ends
    now, soon = (family.objective(path(t)[0]) for t in (np.zeros_like(ends), step))
    reach = changes_of_sign(family, now[0], (soon - now) / np.where(step > 0, step, 1.0)[:, None])
    found = solved_in_order(plan, *path(np.minimum(reach * (1 + BEYOND), ends)))
    return np.unique(found.timed.round(DIGITS), axis=0)


def _beaten(plan: Allocation, priority: Array, others: Array) -> NDArray[np.bool_]:
    """Whether any other plan, by its closed gaps (M, T * F), is better than the plan under priorities (K, T * F)."""
    most = (priority @ others.T).max(axis=1, initial=-np.inf)
    size = np.maximum(most, LEAST * (priority @ plan.programme.gap.ravel()))
    return np.asarray(most - plan.value_under(priority) > CLOSE * size)
