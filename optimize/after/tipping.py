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
from ..model.programme import Array, Index
from .many_priorities import Around, Plans

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
ROUNDING = 1e-13
"""Share of a value that is rounding."""
HALVINGS = 40
"""An end is told to a step of a curve divided by 2 so many times."""
LARGE = 5000
"""Columns from which on the basis tells where to look for the next plan."""
BEYOND = 1e-3
"""How far beyond a change of sign, as a share of the way there, the next plan is looked for."""

Path = Callable[[Array, Index], tuple[Array, Array]]
"""Takes t (k,), 0 where the plan stands, along some of the paths (k,); gives priorities (k, T * F), weights (k, F)."""


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


def exits(around: Around, path: Path, ends: Array, straight: bool) -> Exits:
    """Follow every path from 0 to its end (K,), until the plan stops to be optimal."""
    every = np.arange(len(ends))
    t = _cut(around, path, ends) if straight else _follow(around, path, ends)
    changes = t < ends
    # a touch beyond, where the other plan is the better one
    beyond = np.where(changes, np.minimum(t + 1e-6 * np.maximum(ends, t), ends), ends)
    return Exits(t, changes, around.plans(*path(beyond, every)))


def _better(around: Around, priority: Array, weights: Array) -> tuple[Array, Plans]:
    """By how much the best plan under each of the priorities is better than the plan, as a share of its value: (K,)."""
    plan, found = around.plan, around.plans(priority, weights)
    size = np.maximum(found.value, LEAST * (priority @ plan.programme.gap.ravel()))
    lead = found.value - plan.value_under(priority)
    return np.divide(lead, size, out=np.zeros_like(lead), where=size > 0), found


def _cut(around: Around, path: Path, ends: Array) -> Array:
    """Cut every path back to where the first plan that is better on it is level; what is found on one cuts all."""
    plan, every, t = around.plan, np.arange(len(ends)), ends.copy()
    at_start = path(np.zeros(len(ends)), every)[0]
    gap = plan.programme.gap.ravel()

    def cut(plans: Array) -> bool:
        """Cut by plans (M, T * F): whether any is better where a path ends now."""
        priority = path(t, every)[0]
        gain = (plans - plan.timed.ravel()).T
        here, there = np.minimum(at_start @ gain, 0.0), priority @ gain
        size = np.maximum(there + plan.value_under(priority)[:, None], LEAST * (priority @ gap)[:, None])
        better = there > CLOSE * size
        level = t[:, None] * np.divide(here, here - there, out=np.ones_like(here), where=better)
        nearest = level.min(axis=1, initial=np.inf)
        shorter = nearest < t * (1 - 1e-12)
        t[shorter] = nearest[shorter]
        return bool(shorter.any())

    cut(_next_plans(around, path, ends))
    while cut(around.plans(*path(t, every)).timed):
        pass
    return t


def _follow(around: Around, path: Path, ends: Array) -> Array:
    """Solve at `POINTS` points, hold every plan found against the one in hand at all points between.

    From the first point at which it is beaten, go back to where it just is not by the plan that beats it, and by all
    others that are known, which solves nothing; solve there, and go back further if one that was not known is better.
    """
    plan = around.plan
    points = np.arange(POINTS * BETWEEN + 1)[:, None] / (POINTS * BETWEEN) * ends
    last = len(points) - 1
    first = np.full(len(ends), last + 1)  # the first point of each path at which it is known to be beaten

    def hold(plans: Array) -> None:
        """Hold plans against the one in hand, from the start until every path has changed."""
        for n in range(1, last + 1):
            open_ = np.flatnonzero(first > n)
            if not len(open_) or not len(plans):
                break
            first[open_[_lead(around, path(points[n, open_], open_)[0], plans).max(axis=1) > 0]] = n

    others = _next_plans(around, path, ends)
    hold(others)
    fresh = others[:0]
    for step in (last, *range(BETWEEN, last, BETWEEN)):  # the ends first: they tell most
        open_ = np.flatnonzero(first > step)  # what lies beyond a change needs no looking at
        if len(open_) and len(fresh):
            beaten = _lead(around, path(points[step, open_], open_)[0], fresh).max(axis=1) > 0
            first[open_[beaten]] = step
            open_ = open_[~beaten]
        if len(open_):
            lead, found = _better(around, *path(points[step, open_], open_))
            first[open_[lead > CLOSE]] = step
            fresh = np.unique(np.concatenate([fresh, found.timed.round(DIGITS)]), axis=0)
    hold(fresh)
    others = np.unique(np.concatenate([others, fresh]), axis=0)
    open_ = np.flatnonzero(first <= last)
    t, start, high = ends.copy(), np.zeros(len(ends)), np.zeros(len(ends))
    if not len(open_):
        return t
    start[open_], high[open_] = points[first[open_] - 1, open_], points[first[open_], open_]
    rival = np.zeros(len(ends), dtype=np.int64)
    rival[open_] = _lead(around, path(high[open_], open_)[0], others).argmax(axis=1)
    while len(open_):
        left = open_
        while len(left):  # by the plan that beats it; then by any other that does so where it is level with that one

            def ahead(t: Array, which: Index, others: Array = others) -> Array:
                return _lead_of_each(around, path(t, which)[0], others[rival[which]])

            t[left] = last_before(ahead, start[left], high[left], left)
            priority = path(t[left], left)[0]
            lead = _lead(around, priority, others)
            rounding = ROUNDING * np.abs(plan.value_under(priority))
            again = (lead.max(axis=1) > rounding) & (t[left] > start[left])
            left = left[again]
            high[left], rival[left] = t[left], lead[again].argmax(axis=1)
        priority, weights = path(t[open_], open_)
        lead, found = _better(around, priority, weights)
        another = (lead > CLOSE) & (t[open_] > 0)
        open_ = open_[another]
        # at a point where it was held against plans that were known, one that was not may be better
        start[open_] = np.where(t[open_] > start[open_], start[open_], 0.0)
        high[open_] = t[open_]
        rival[open_] = len(others) + np.arange(len(open_))
        others = np.concatenate([others, found.timed[another]])
    return t


def last_before(value: Callable[[Array, Index], Array], low: Array, high: Array, which: Index) -> Array:
    """Return where functions are last not above 0, before *high* (k,), where they are; at *low* (k,) they are not.

    To 2^-`HALVINGS` of the distance, by the method of Oliveira & Takahashi (2020), An enhancement of the bisection
    method average performance preserving minmax optimality, ACM Transactions on Mathematical Software 47(1), article 5.

    Parameters
    ----------
    value : takes places (j,) and *which* functions (j,); gives their values (j,).

    >>> last_before(lambda t, which: t**2 - which, np.zeros(2), np.full(2, 9.0), np.array([2, 9])).round(9).tolist()
    [1.414213562, 3.0]
    """
    low, high = low.copy(), high.copy()
    width = high - low
    enough, steps, by = width * 2.0**-HALVINGS, HALVINGS + 1, 0.2 / np.where(width > 0, width, 1.0)
    below, above = value(low, which), value(high, which)
    for step in range(steps + 1):
        left = np.flatnonzero(high - low > enough)
        if not len(left):
            break
        a, b, fa, fb = low[left], high[left], np.minimum(below[left], 0.0), np.maximum(above[left], 0.0)
        middle = (a + b) / 2
        span = fb - fa
        by_line = np.where(span > 0, (fb * a - fa * b) / np.where(span > 0, span, 1.0), middle)
        towards = np.sign(middle - by_line)
        shift = by[left] * (b - a) ** 2
        tried = np.where(shift <= np.abs(middle - by_line), by_line + towards * shift, middle)
        room = enough[left] / 2 * 2.0 ** (steps - step) - (b - a) / 2
        at = np.where(np.abs(tried - middle) <= room, tried, middle - towards * room)
        found = value(at, which[left])
        beyond = found > 0
        low[left], high[left] = np.where(beyond, a, at), np.where(beyond, at, b)
        below[left], above[left] = np.where(beyond, fa, found), np.where(beyond, found, fb)
    return low


def _next_plans(around: Around, path: Path, ends: Array) -> Array:
    """Return what closes by the plans that are likely to be next along each path, (K, T * F): none in small programs.

    Where the reduced costs of the plan's basis, in the first direction of a path, first change their signs, another
    plan is as good. In a large program that is so near that points of the path would lead there in many steps.
    """
    plan, every = around.plan, np.arange(len(ends))
    if len(around.family.model.objective) <= LARGE or not len(ends):
        return np.empty((0, plan.timed.size))
    step = 1e-3 * ends
    now, soon = (around.family.objective(path(t, every)[0]) for t in (np.zeros_like(ends), step))
    reach = around.signs.change((soon - now) / np.where(step > 0, step, 1.0)[:, None])
    found = around.plans(*path(np.minimum(reach * (1 + BEYOND), ends), every))
    return np.unique(found.timed.round(DIGITS), axis=0)


def _lead(around: Around, priority: Array, others: Array) -> Array:
    """How much more others, by their closed gaps (M, T * F), are worth under priorities (K, T * F): (K, M).

    What counts as better is above 0.
    """
    return _beyond(around, priority, priority @ others.T)


def _lead_of_each(around: Around, priority: Array, others: Array) -> Array:
    """Return the same of one other plan for each of the priorities, both (K, T * F): (K,)."""
    return _beyond(around, priority, (priority * others).sum(axis=1)[:, None])[:, 0]


def _beyond(around: Around, priority: Array, value: Array) -> Array:
    size = np.maximum(value, LEAST * (priority @ around.plan.programme.gap.ravel())[:, None])
    return np.asarray(value - around.plan.value_under(priority)[:, None] - CLOSE * size)
