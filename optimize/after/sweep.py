"""Which plan is best where, along a way of priorities from its start to its end.

Along a straight line the optimum is convex and piecewise linear. Where two known plans are level it is solved: either
another plan is better there, or both are best, and so is each on its whole stretch. Along a curve the same is done
from plans that are best at many points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..brief import Brief
from ..model.programme import Array, Index
from ..solve.allocate import Allocation
from .many_priorities import Around, Plans
from .tipping import CLOSE, DIGITS, LEAST, POINTS, last_before

BETWEEN = 16
"""Steps between two points at which a curve is solved, at which known plans are held against each other."""
NARROW = 1e-9
"""Stretches that are narrower than this are rounding."""


Path = Callable[[Array], tuple[Array, Array]]
"""Takes places (K,) from 0 to 1; gives priorities (K, T * F) and weights (K, F) there."""


@dataclass(frozen=True)
class Stretches(Brief):
    """Stretches of a way on each of which one plan is best.

    Attributes
    ----------
    ends : (S + 1,) where they begin and end, from 0 to 1.
    plans : the best plan in the middle of each.
    """

    ends: Array
    plans: Plans


def stretches(plan: Allocation, path: Path, straight: bool) -> Stretches:
    """Follow a way from 0 to 1.

    Parameters
    ----------
    plan : any plan of the problem, to which those found are near where several are as good.
    path : the way.
    straight : whether priorities are linear along it: then ends are exact, and proven.
    """
    around, solved = Around(plan), _Solved()
    at = np.array([0.0, 1.0]) if straight else np.linspace(0.0, 1.0, POINTS + 1)
    known = _distinct(around.plans(*path(at)).timed)
    while True:
        ends = _lines(known, path) if straight else _curves(known, path, plan)
        middles = (ends[:-1] + ends[1:]) / 2
        for places in (ends[1:-1], middles):
            at = places[solved.near(places) < 0]
            if not len(at):
                continue
            priority, weights = path(at)
            found = around.plans(priority, weights)
            solved.add(at, found, kept=places is middles)
            size = np.maximum(found.value, LEAST * (priority @ plan.programme.gap.ravel()))
            better = found.value - (priority @ known.T).max(axis=1) > CLOSE * size
            if better.any():
                known = _distinct(np.concatenate([known, found.timed[better]]))
                break
        else:
            return Stretches(ends, solved.plans(middles))


class _Solved:
    """Places at which it was solved: a best plan there is known, whatever ends are looked at later."""

    def __init__(self) -> None:
        self._at: Array = np.empty(0)
        self._plans: list[tuple[Plans, int] | None] = []
        self._cold = 0

    def near(self, places: Array) -> Index:
        """Return which of those solved is at each place, -1 where none is."""
        if not len(self._at):
            return np.full(len(places), -1)
        order = np.argsort(self._at)
        after = np.clip(np.searchsorted(self._at[order], places), 1, len(order)) - 1
        beside = order[np.array([after, np.minimum(after + 1, len(order) - 1)])]
        off = np.abs(self._at[beside] - places)
        nearest = beside[off.argmin(axis=0), np.arange(len(places))]
        return np.where(off.min(axis=0) <= NARROW, nearest, -1)

    def add(self, at: Array, found: Plans, kept: bool) -> None:
        """Note where it was solved; plans are *kept* of the middles of stretches, which may be the last ones."""
        self._at = np.append(self._at, at)
        self._plans += [(found, k) if kept else None for k in range(len(at))]
        self._cold += found.cold

    def plans(self, places: Array) -> Plans:
        """Return the plans at places that were solved and kept."""
        own = [one for k in self.near(places).tolist() if (one := self._plans[k]) is not None]

        def whole(name: str) -> Array:
            return np.array([getattr(part, name)[k] for part, k in own])

        level, closed, timed, value = map(whole, ("level", "closed", "timed", "value"))
        return Plans(np.arange(len(own)), level, closed, timed, value, self._cold)


def _distinct(plans: Array) -> Array:
    return np.unique(plans.round(DIGITS), axis=0)


def _lines(known: Array, path: Path) -> Array:
    """Return where the largest of lines, the values of known plans (K, T * F), pass from one to the next."""
    (start, stop), _ = path(np.array([0.0, 1.0]))
    value, slope = known @ start, known @ (stop - start)
    here = max(range(len(known)), key=lambda k: (value[k], slope[k]))
    ends = [0.0]
    while True:
        steeper = np.flatnonzero(slope > slope[here])
        if not steeper.size:
            break
        level = (value[here] - value[steeper]) / (slope[steeper] - slope[here])
        first = level.min()
        if first >= 1.0 - NARROW:
            break
        here = int(max(steeper[level <= first + 1e-13], key=lambda k: slope[k]))
        if first - ends[-1] > NARROW:
            ends.append(float(first))
    return np.array([*ends, 1.0])


def _curves(known: Array, path: Path, plan: Allocation) -> Array:
    """Return where the largest of curves, the values of known plans (K, T * F), pass from one to the next.

    Between two points of a grid at which different ones are the largest, it is looked for where the one ceases to be
    behind the other; where a third is better still, between it and both.
    """
    gap = plan.programme.gap.ravel()

    def values(t: Array) -> tuple[Array, Array]:
        priority = path(t)[0]
        found = priority @ known.T
        return found, CLOSE * np.maximum(found.max(axis=1), LEAST * (priority @ gap))

    grid = np.linspace(0.0, 1.0, POINTS * BETWEEN + 1)
    table, slight = values(grid)
    best = np.empty(len(grid), dtype=np.int64)
    best[0] = table[0].argmax()
    for n, row in enumerate(table[1:], 1):  # the one before, unless another is better
        best[n] = row.argmax() if row.max() - row[best[n - 1]] > slight[n] else best[n - 1]
    changes = np.flatnonzero(best[1:] != best[:-1])
    low, high, one, other = grid[changes], grid[changes + 1], best[changes], best[changes + 1]
    ends = [np.array([0.0, 1.0])]
    while len(low):

        def ahead(t: Array, which: Index, one: Index = one, other: Index = other) -> Array:
            priority = path(t)[0]
            mine, theirs = ((priority * known[k[which]]).sum(axis=1) for k in (one, other))
            return np.asarray(theirs - mine - CLOSE * np.maximum(theirs, LEAST * (priority @ gap)))

        t = last_before(ahead, low, high, np.arange(len(low)))
        table, slight = values(t)
        every, third = np.arange(len(t)), table.argmax(axis=1)
        split = table[every, third] - table[every, one] > 2 * slight
        split &= (third != one) & (third != other) & (t - low > NARROW)
        ends.append(t[~split])
        low, high = np.append(low[split], t[split]), np.append(t[split], high[split])
        one, other = np.append(one[split], third[split]), np.append(third[split], other[split])
        if len(low):
            open_ = ahead(high, np.arange(len(high)), one, other) > 0
            low, high, one, other = low[open_], high[open_], one[open_], other[open_]
    found = np.sort(np.concatenate(ends))
    inside = found[(found > NARROW) & (found < 1.0 - NARROW)]
    apart = np.diff(inside, prepend=0.0) > NARROW
    return np.array([0.0, *inside[apart], 1.0])
