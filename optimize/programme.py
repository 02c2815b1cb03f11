"""The data of an allocation program: index sets and parameters, as arrays. No equation, no solver.

Index sets: tracks t, factors f, resources r; applications a = (measure, target of its scope); pairs k = (t, f) in row
order, k = t * F + f. Levels are in units of the measure, gaps in level units (1 is the way from worst to target),
costs and budgets in each resource's own unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]


def sums(index: Index, value: Array, size: int) -> Array:
    """Sum of the values that fall on each index: (size,)."""
    return np.bincount(index, value, size).astype(float, copy=False)


@dataclass(frozen=True)
class Application:
    """One measure at one target of its scope: a track, a type, or the city (target ``"*"``)."""

    measure: str
    scope: Literal["track", "type", "city"]
    target: str


@dataclass(frozen=True)
class Rule:
    """A floor or a cap on the spend of one resource, or on the closed gap, over a group.

    Attributes
    ----------
    of : index of the resource, or None for the closed gap.
    members : applications (spend) or pairs (closed gap) in the group.
    amount : in the resource's unit, or in gap units.
    share : change of the amount per unit of the resource's budget, where the rule is a share of it.
    """

    name: str
    kind: Literal["floor", "cap"]
    of: int | None
    members: Index
    amount: float
    share: float = 0.0


@dataclass(frozen=True)
class Programme:
    """Parameters of the allocation program.

    Attributes
    ----------
    gap, priority : (T, F) gap g >= 0 and priority v >= 0 of each pair.
    level_max : (A,) largest level of each application.
    cost : (A, R) cost per unit of level.
    effect_application, effect_pair, effect : (E,) gap units closed per unit of level, as triplets.
    budget : (R,)
    rules : floors and caps.
    """

    tracks: tuple[str, ...]
    factors: tuple[str, ...]
    resources: tuple[str, ...]
    applications: tuple[Application, ...]
    gap: Array
    priority: Array
    level_max: Array
    cost: Array
    effect_application: Index
    effect_pair: Index
    effect: Array
    budget: Array
    rules: tuple[Rule, ...] = ()

    @cached_property
    def open_pairs(self) -> Index:
        """Pairs that have a gap: (K,) positions in row order."""
        return np.flatnonzero(self.gap.ravel() > 0)

    @cached_property
    def closed_column(self) -> Index:
        """Column of z for each pair, -1 where the pair has no gap: (T * F,)."""
        column = np.full(self.gap.size, -1, dtype=np.int64)
        column[self.open_pairs] = len(self.applications) + np.arange(len(self.open_pairs))
        return column

    @property
    def columns(self) -> int:
        """Number of columns: a level per application, then a closed gap per open pair."""
        return len(self.applications) + len(self.open_pairs)

    def pair_name(self, pair: int) -> tuple[str, str]:
        """Track and factor of a pair."""
        t, f = divmod(int(pair), len(self.factors))
        return self.tracks[t], self.factors[f]

    def delivered(self, level: Array) -> Array:
        """Gap units that levels (A,) would close if gaps had no end: (T, F)."""
        flow = self.effect * level[self.effect_application]
        return sums(self.effect_pair, flow, self.gap.size).reshape(self.gap.shape)
