"""Which plan is best where, along a way of priorities from its start to its end.

Along a straight line the optimum is convex and piecewise linear. Where two known plans are level it is solved: either
another plan is better there, or both are best, and so is each on its whole stretch. Along a curve the same is done
from plans that are best at many points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..brief import Brief
from ..model.programme import Array
from ..solve.allocate import Allocation
from .many import Plans
from .tipping import CLOSE, DIGITS, HALVINGS, LEAST, POINTS, Path, solved_in_order

BETWEEN = 16
"""Steps between two points at which a curve is solved, at which known plans are held against each other."""
NARROW = 1e-9
"""Stretches that are narrower than this are rounding."""


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
    path : takes places (K,) from 0 to 1; gives priorities (K, T * F) and weights (K, F) there.
    straight : whether priorities are linear along the way: then ends are exact, and proven.
    """
    at = np.array([0.0, 1.0]) if straight else np.linspace(0.0, 1.0, POINTS + 1)
    known = _distinct(solved_in_order(plan, *path(at)).timed)
    while True:
        ends = _lines(known, path) if straight else _curves(known, path, plan)
        for at in filter(len, (ends[1:-1], (ends[:-1] + ends[1:]) / 2)):
            priority, weights = path(at)
            found = solved_in_order(plan, priority, weights)
            size = np.maximum(found.value, LEAST * (priority @ plan.programme.gap.ravel()))
            better = found.value - (priority @ known.T).max(axis=1) > CLOSE * size
            if better.any():
                known = _distinct(np.concatenate([known, found.timed[better]]))
                break
        else:
            return Stretches(ends, found)


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
    """Return where the largest of curves, the values of known plans (K, T * F), pass from one to the next."""
    grid = np.linspace(0.0, 1.0, POINTS * BETWEEN + 1)

    def values(t: Array) -> tuple[Array, Array]:
        priority = path(t)[0]
        found = priority @ known.T
        return found, CLOSE * np.maximum(found.max(axis=1), LEAST * (priority @ plan.programme.gap.ravel()))

    table, slight = values(grid)
    here, ends, after = int(table[0].argmax()), [0.0], 1
    while True:
        beaten = table[after:].max(axis=1) - table[after:, here] > slight[after:]
        if not beaten.any():
            return np.array([*ends, 1.0])
        after += int(beaten.argmax())
        low, high = max(ends[-1], float(grid[after - 1])), float(grid[after])
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            row, near = values(np.array([middle]))
            low, high = (low, middle) if row[0].max() - row[0, here] > near[0] else (middle, high)
        here = int(values(np.array([high]))[0][0].argmax())
        if low - ends[-1] > NARROW:
            ends.append(low)
