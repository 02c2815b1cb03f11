"""What groups of measures close in a plan, and what they could close beyond it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..optimize import Application, Programme
from ..study.plan.result import Plan

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Closed:
    """Gap units that applications close at the end, which sum to what the plan closes: an entry where one closes some.

    Attributes
    ----------
    application, pair, amount : (E,) whose level, which track and factor, T x F of them, and how much.
    shape : T and F.
    """

    application: NDArray[np.int64]
    pair: NDArray[np.int64]
    amount: Array
    shape: tuple[int, int]

    @classmethod
    def of(cls, plan: Plan) -> Closed:
        """Read a plan."""
        found = list(plan.solved.closing())
        application, pair = (np.array([row[i] for row in found], np.int64) for i in (0, 2))
        tracks, factors = plan.solved.programme.gap.shape
        return cls(application, pair, np.array([row[3] for row in found]), (tracks, factors))

    def by(self, chosen: NDArray[np.bool_]) -> Array:
        """Return what the chosen applications (A,) close: (T, F)."""
        at = chosen[self.application]
        closed = np.bincount(self.pair[at], self.amount[at], self.shape[0] * self.shape[1])
        return np.asarray(closed.reshape(self.shape), dtype=np.float64)


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
