"""The data of an allocation program: index sets and parameters, as arrays. No equation, no solver.

Index sets: tracks t, factors f, resources r, periods p; applications a = (measure, target of its scope); segments s of
an application's level, in order, each with its own effect (diminishing returns); pairs k = (t, f) in row order,
k = t * F + f. Levels are in units of the measure, gaps in level units (1 is the way from worst to target), costs and
budgets in each resource's own unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Kind = Literal["continuous", "integer", "binary", "semi"]
NO_LIMIT = 1024.0
"""A level that is so many times what could be used stands for no limit."""


def sums(index: Index, value: Array, size: int) -> Array:
    """Sum of the values that fall on each index: (size,)."""
    return np.bincount(index, value, size).astype(float, copy=False)


def ranges(first: NDArray[np.integer[Any]], last: NDArray[np.integer[Any]]) -> tuple[Index, Index]:
    """Return first[i] to last[i] for all i, one after the other, and i of each.

    >>> [part.tolist() for part in ranges(np.array([0, 5]), np.array([3, 6]))]
    [[0, 1, 2, 5], [0, 0, 0, 1]]
    """
    sizes = last - first
    of = np.repeat(np.arange(len(first)), sizes)
    return np.arange(len(of)) + (first - np.cumsum(sizes, dtype=np.int64) + sizes)[of], of


def joined(row: Index, column: Index, rows: int, columns: int) -> Index:
    """Number the parts that rows join, from entries (E,) of both: of each column the part's, (columns,).

    >>> joined(np.array([0, 0, 1]), np.array([0, 2, 1]), 2, 4).tolist()
    [0, 1, 0, 2]
    """
    number = np.arange(columns)
    while True:
        least = np.full(rows, columns)
        np.minimum.at(least, row, number[column])
        made = number.copy()
        np.minimum.at(made, column, least[row])
        made = made[made]
        if (made == number).all():
            return np.unique(number, return_inverse=True)[1].astype(np.int64)
        number = made


@dataclass(frozen=True)
class Application:
    """One measure at one target of its scope: a track, a type, or the city (target ``"*"``)."""

    measure: str
    scope: Literal["track", "type", "city"]
    target: str
    kind: Kind = "continuous"

    @property
    def label(self) -> str:
        """``MEASURE@target``, or ``MEASURE`` where it serves the whole city."""
        return self.measure if self.scope == "city" else f"{self.measure}@{self.target}"


@dataclass(frozen=True)
class Rule(Brief):
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
    """Level of an application up to any period <= ratio * level of one of its prerequisites; nothing without any."""

    name: str
    application: int
    prerequisites: tuple[int, ...]
    ratio: float


@dataclass(frozen=True)
class Exclusion(Brief):
    """At most one of the applications is used; *exactly* one, each with at least its least level."""

    name: str
    applications: tuple[int, ...]
    exactly: bool = False


@dataclass(frozen=True)
class Programme(Brief):
    """Parameters of the allocation program.

    Attributes
    ----------
    gap, priority : (T, F) gap g >= 0 and priority v >= 0 of each pair.
    weight : (F,) weights w of the factors, for each track's own closed share.
    level_min, level_max : (A,) bounds on the level of each application; `level_min` counts for the
        kinds ``semi`` and ``integer``.
    lag : (A,) periods until an application takes effect.
    segment_application, segment_width : (S,) application and width of each segment, the segments of an application in
        order; without diminishing returns one segment each, of width `level_max`.
    effect_segment, effect_pair, effect : (E,) gap units closed per unit of level, as triplets.
    cost : (A, R, P) cost per unit of level that is paid for in each period, below 0 what it brings in.
    begins : (A,) the period in which an application begins, which has all of its level and pays in every period; -1 of
        one that may begin in any, and pays in that one alone. None: all of them.
    budget : (R, P); carry : (R,) share of what is unspent that the next period gets.
    decay : share of the delivered effect that is lost each period; discount : value of a period's increase relative to
        the period before.
    rules, requires, excludes : floors and caps, prerequisites, exclusions.
    locks : (application, level) pairs that are set beforehand.
    bound : (A, P) level that is bound beside what the program chooses, None for none: its costs and its part of the
        segments are left out of budgets and widths already, see `after.commitments`.
    given : (P, T * F) gap units that what is bound closes by the end of each period, None for none.
    start : the first period in which anything can be chosen; what stands before it is as it is.
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
    begins: Index | None = None
    bound: Array | None = None
    given: Array | None = None
    start: int = 0

    @property
    def open_periods(self) -> range:
        """The periods in which something can be chosen."""
        return range(self.start, len(self.periods))

    @cached_property
    def bound_level(self) -> Array:
        """Level that is bound of each application in each period: (A, P)."""
        return np.zeros((len(self.applications), len(self.periods))) if self.bound is None else self.bound

    @cached_property
    def begun(self) -> Index:
        """The period in which each application begins, -1 for any: (A,)."""
        return np.full(len(self.applications), -1) if self.begins is None else self.begins

    def paid_for(self, period: int) -> Index:
        """Return the period whose level is paid for in a period: (A,)."""
        return np.where(self.begun < 0, period, self.begun)

    @cached_property
    def level_cost(self) -> Array:
        """What a unit of level that is bought in a period costs in all: (A, R, P)."""
        return self.as_bought(self.cost)

    def as_bought(self, money: Array) -> Array:
        """Return money that falls due by period, (A, R, P), by the period of the level that it is paid for."""
        made = money.copy()
        at = np.flatnonzero(self.begun >= 0)
        made[at] = 0.0
        made[at, :, self.begun[at]] = money[at].sum(axis=2)
        return made

    def spend(self, level: Array) -> Array:
        """Return what levels (A, P) cost in each period: (A, R, P)."""
        periods = np.stack([self.paid_for(q) for q in range(len(self.periods))], axis=1)
        return np.asarray(self.cost * np.take_along_axis(level, periods, axis=1)[:, None, :])

    @cached_property
    def timing(self) -> Array:
        """What a unit of gap closed by each period counts: (P,).

        d^p - d^(p+1), and d^p in the last: summed over periods, each period's increase counts d^p.
        """
        discounted = self.discount ** np.arange(len(self.periods) + 1)
        discounted[-1] = 0.0
        return -np.diff(discounted)

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

    @cached_property
    def in_parts(self) -> NDArray[np.bool_]:
        """Which applications have several segments: (A,)."""
        return np.bincount(self.segment_application, minlength=len(self.applications)) > 1

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Which applications may be used at all: none that is forbidden or held at 0, or would act too late: (A,)."""
        room = np.bincount(self.segment_application, self.segment_width, len(self.applications)) > 0
        room[[a for a, level in self.locks if level <= 0]] = False
        return room & (self.lag < len(self.periods))

    @cached_property
    def affordable(self) -> Array:
        """Most of each application that all budgets together pay for: (A,); infinite where nothing limits it.

        sum_p min_r (sum_{q <= p} budget[r,q] carry[r]^(p-q)) / cost[a,r,p]; a budget of nothing sets no size, and where
        anything brings money in none does.
        """
        if (self.cost < 0).any():
            return np.full(len(self.applications), np.inf)
        periods = len(self.periods)
        at_hand = np.zeros_like(self.budget)
        for q in range(periods):
            at_hand[:, q] = self.budget[:, q] + (self.carry * at_hand[:, q - 1] if q else 0.0)
        counts = (self.cost > 0) & (at_hand > 0)
        paid = np.divide(at_hand, self.cost, out=np.full_like(self.cost, np.inf), where=counts)
        by_period = paid.min(axis=1, initial=np.inf)
        each, all_ = by_period.sum(axis=1), by_period.min(axis=1, initial=np.inf)
        return np.asarray(np.where(self.begun < 0, each, all_))

    @cached_property
    def needed(self) -> Array:
        """Most of each application that may be of use: (A,).

        It closes every gap that it reaches in each period anew, keeps locks and floors on spend, and is as large as
        what it is a prerequisite of needs.
        """
        count, periods = len(self.applications), len(self.periods)
        most = np.zeros(count)
        kept = (1.0 - self.decay) ** (periods - 1) if self.decay < 1 else 1.0
        useful = periods * self.gap.ravel()[self.effect_pair] / (self.effect * kept)
        np.maximum.at(most, self.segment_application[self.effect_segment], useful)
        for a, amount in self.locks:
            most[a] = max(most[a], amount)
        for rule in self.rules:
            if rule.kind == "floor" and rule.of is not None and rule.amount > 0:
                unit = self.cost[rule.members, rule.of]
                least = np.where(unit > 0, unit, np.inf).min(axis=1, initial=np.inf)
                most[rule.members] = np.maximum(most[rule.members], rule.amount / least)
        most = np.minimum(np.maximum(most, self.level_min), self.level_max)
        for _ in range(len(self.requires)):
            before = most.copy()
            for need in self.requires:
                for b in need.prerequisites if need.ratio > 0 else ():
                    most[b] = min(max(most[b], most[need.application] / need.ratio), self.level_max[b])
            if (most == before).all():
                break
        return most

    @cached_property
    def least_used(self) -> Array:
        """Least level of each application that counts as used, (A,): one unit of whole ones, else `level_min`."""
        whole = np.array([a.kind in ("integer", "binary") for a in self.applications], dtype=bool)
        return np.where(whole, np.maximum(1.0, np.ceil(self.level_min)), self.level_min)

    @cached_property
    def level_end(self) -> Array:
        """Largest level of each application, (A,): `level_max`, or where that means "no limit" one that never binds.

        A thousand times what is needed: beyond it nothing can matter, but the arithmetic.
        """
        size = np.where(self.needed > 0, self.needed, np.where(np.isfinite(self.affordable), self.affordable, 1.0))
        earns = (self.cost < 0).any(axis=(1, 2))
        return np.asarray(np.minimum(self.level_max, np.where(earns, np.inf, NO_LIMIT * np.maximum(1.0, size))))

    @cached_property
    def segment_end(self) -> Array:
        """Largest level of each segment, (S,): its width, cut where `level_end` is."""
        return np.asarray(np.minimum(self.segment_width, self.level_end[self.segment_application]))

    def pair_name(self, pair: int) -> tuple[str, str]:
        """Track and factor of a pair."""
        t, f = divmod(int(pair), len(self.factors))
        return self.tracks[t], self.factors[f]

    def place(self, application: int) -> tuple[str, ...]:
        """Measure and target of an application, as labels; a city-wide one has no target."""
        a = self.applications[application]
        return (a.measure,) if a.scope == "city" else (a.measure, a.target)
