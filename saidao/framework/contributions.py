"""What groups of measures close in a plan, and what they could close beyond it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..optimize import Application, Programme
from ..study.plan import Plan

Array = NDArray[np.float64]


def closed_by(plan: Plan) -> Array:
    """Gap units that each application closes at the end: (A, T, F); they sum to what the plan closes."""
    p = plan.solved.programme
    made = np.zeros((len(p.applications), p.gap.size))
    for a, _, pair, amount in plan.solved.closing():
        made[a, pair] += amount
    return made.reshape(len(p.applications), *p.gap.shape)


def within_reach(p: Programme, levels: Array, chosen: NDArray[np.bool_]) -> Array:
    """Gap units that the unused levels of the chosen applications could deliver: (T, F), whatever they cost.

    Levels (A,) are filled part by part: sum over their parts of effect x (width - used). What acts too late and what is
    locked delivers no more; measures that exclude each other are counted each.
    """
    first = np.searchsorted(p.segment_application, p.segment_application)
    before = np.concatenate([[0.0], np.cumsum(p.segment_width)])[:-1]
    used = np.clip(levels[p.segment_application] - (before - before[first]), 0.0, p.segment_width)
    able = chosen & (p.lag < len(p.periods))
    able[[a for a, _ in p.locks]] = False
    free = np.where(able[p.segment_application], p.segment_width - used, 0.0)
    delivered = np.bincount(p.effect_pair, p.effect * free[p.effect_segment], minlength=p.gap.size)
    return np.asarray(delivered.reshape(p.gap.shape))


def applications(p: Programme, which: Callable[[Application], bool]) -> NDArray[np.bool_]:
    """Return which applications fulfil a condition: (A,)."""
    return np.array([which(a) for a in p.applications], dtype=bool)
