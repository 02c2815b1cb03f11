"""The data of an allocation program: index sets and parameters, as arrays. No equation, no solver.

Index sets: tracks t, factors f, resources r, periods p; applications a = (measure, target of its scope); segments s of
an application's level, in order, each with its own effect (diminishing returns); pairs k = (t, f) in row order,
k = t * F + f. Levels are in units of the measure, gaps in level units (1 is the way from worst to target), costs and
budgets in each resource's own unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Kind = Literal["continuous", "integer", "binary", "semi"]


def sums(index: Index, value: Array, size: int) -> Array:
    """Sum of the values that fall on each index: (size,)."""
    return np.bincount(index, value, size).astype(float, copy=False)


@dataclass(frozen=True)
class Application:
    """One measure at one target of its scope: a track, a type, or the city (target ``"*"``)."""

    measure: str
    scope: Literal["track", "type", "city"]
    target: str
    kind: Kind = "continuous"


@dataclass(frozen=True)
class Rule:
    """A floor or a cap on the spend of one resource, or on the closed gap, over a group.

    Attributes
    ----------
    of : index of the resource, or None for the closed gap.
    members : applications (spend) or pairs (closed gap) in the group.
    amount : in the resource's unit, or in gap units.
    share : change of the amount per unit of the resource's budget, where the rule is a share of it.
    period : the period that counts; None for the spend of all periods, or the gap closed at the end.
    """

    name: str
    kind: Literal["floor", "cap"]
    of: int | None
    members: Index
    amount: float
    share: float = 0.0
    period: int | None = None


@dataclass(frozen=True)
class Requirement:
    """Level of an application up to any period <= ratio * level of its prerequisite (None: there is none)."""

    name: str
    application: int
    prerequisite: int | None
    ratio: float


@dataclass(frozen=True)
class Exclusion:
    """At most one of the applications is used."""

    name: str
    applications: tuple[int, ...]


@dataclass(frozen=True)
class Programme:
    """Parameters of the allocation program.

    Attributes
    ----------
    gap, priority : (T, F) gap g >= 0 and priority v >= 0 of each pair.
    weight : (F,) weights w of the factors, for each track's own closed share.
    level_min, level_max : (A,) bounds on the level of each application; `level_min` counts for the kind ``semi``.
    lag : (A,) periods until an application takes effect.
    segment_application, segment_width : (S,) application and width of each segment, the segments of an application in
        order; without diminishing returns one segment each, of width `level_max`.
    effect_segment, effect_pair, effect : (E,) gap units closed per unit of level, as triplets.
    cost : (A, R, P) cost per unit of level.
    budget : (R, P); carry : (R,) share of what is unspent that the next period gets.
    decay : share of the delivered effect that is lost each period; discount : value of a period's increase relative to
        the period before.
    rules, requires, excludes : floors and caps, prerequisites, exclusions.
    locks : (application, level) pairs that are set beforehand.
    """

    tracks: tuple[str, ...]
    factors: tuple[str, ...]
    resources: tuple[str, ...]
    applications: tuple[Application, ...]
    gap: Array
    priority: Array
    weight: Array
    level_min: Array
    level_max: Array
    lag: Index
    segment_application: Index
    segment_width: Array
    effect_segment: Index
    effect_pair: Index
    effect: Array
    cost: Array
    budget: Array
    carry: Array
    periods: tuple[str, ...] = ("1",)
    decay: float = 0.0
    discount: float = 1.0
    rules: tuple[Rule, ...] = ()
    requires: tuple[Requirement, ...] = ()
    excludes: tuple[Exclusion, ...] = ()
    locks: tuple[tuple[int, float], ...] = ()

    @cached_property
    def open_pairs(self) -> Index:
        """Pairs that have a gap: (K,) positions in row order."""
        return np.flatnonzero(self.gap.ravel() > 0)

    @cached_property
    def open_number(self) -> Index:
        """Number of each pair among the open ones, -1 where it has no gap: (T * F,)."""
        number = np.full(self.gap.size, -1, dtype=np.int64)
        number[self.open_pairs] = np.arange(len(self.open_pairs))
        return number

    @cached_property
    def segments_of(self) -> list[Index]:
        """Segments of each application."""
        order = np.argsort(self.segment_application, kind="stable")
        ends = np.searchsorted(self.segment_application[order], np.arange(len(self.applications) + 1))
        return [order[ends[a] : ends[a + 1]] for a in range(len(self.applications))]

    def pair_name(self, pair: int) -> tuple[str, str]:
        """Track and factor of a pair."""
        t, f = divmod(int(pair), len(self.factors))
        return self.tracks[t], self.factors[f]

    def place(self, application: int) -> tuple[str, ...]:
        """Measure and target of an application, as labels; a city-wide one has no target."""
        a = self.applications[application]
        return (a.measure,) if a.scope == "city" else (a.measure, a.target)
