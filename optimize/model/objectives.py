"""The objectives, one function each, under `@objective`: what is made as large as can be, and what is then.

An objective gives the stages in which it is solved, each among the best points of the one before: rows of coefficients
to maximise over the columns of the program. What it takes beside the columns are the parameters of its function. All
that tells objectives apart is declared here; command line, page, reports and sentences read it (`OBJECTIVES`), and have
their words from texts/objectives.py by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Literal

import numpy as np

from ..brief import Brief
from .columns import Columns
from .model import Coefficients
from .programme import Array, Index

Counts = Literal["weighted_gap", "share", "gap_units", "saved_resource"]
"""What a value is told in: as a share of the whole weighted gap; it is a share; in units of weighted gap; in the unit
of the resource that is saved."""


@dataclass(frozen=True)
class Views(Brief):
    """Several views of what matters, among which the worst case is sought.

    Attributes
    ----------
    priority : (K, T * F), each as `Programme.priority`.
    best : (K,) value of each view's best plan, under its own priorities.
    """

    priority: Array
    best: Array


@dataclass(frozen=True)
class WorstCase(Brief):
    """A stage that lifts the least of ``rows x - least``, an added column within `ends` (finite, for the certificate).

    Attributes
    ----------
    rows, least : K rows over N columns, and (K,).
    in_turn : the next worst is lifted too, and so on (leximin).
    relative : the rows are shares of each view's best value; else that is their `least`.
    """

    rows: Coefficients
    least: Array
    ends: tuple[float, float] = (-1.0, 2.0)
    in_turn: bool = False
    relative: bool = False

    def at(self, x: Array) -> float:
        """Return the least at a point (N,)."""
        return float((self.rows.at(x) - self.least).min())


@dataclass(frozen=True)
class Stages(Brief):
    """What is solved in turn.

    Attributes
    ----------
    first : (N,) coefficients, or a worst case; its value is reported, certified and priced.
    then : (N,) coefficients each.
    reach : a row that every plan meets, (N,) coefficients and the least amount; None of most.
    """

    first: Array | WorstCase
    then: tuple[Array, ...]
    reach: tuple[Array, float] | None = None


@dataclass(frozen=True)
class Objective:
    """What an objective is called, takes and counts.

    Attributes
    ----------
    name : as it is asked for; with a share, ``reach=0.5``.
    counts : what its value is told in.
    discounts : whether early gaps count more than late ones, where the programme says so.
    takes : the parameters of its function: ``share`` of the weighted gap that is to be closed, the resource to ``save``
        first, ``views`` of what matters.
    stages : its function.
    """

    name: str
    counts: Counts
    discounts: bool
    takes: tuple[str, ...]
    stages: Callable[..., Stages]

    @property
    def spelling(self) -> str:
        """How it is written: its name, and what has to follow."""
        return f"{self.name}=SHARE" if "share" in self.takes else self.name

    @property
    def is_worst_case(self) -> bool:
        """Whether it looks at several weights, and lifts the worst case among them."""
        return "views" in self.takes

    @property
    def in_shares(self) -> bool:
        """Whether its values are told as shares."""
        return self.counts in ("weighted_gap", "share")


OBJECTIVES: dict[str, Objective] = {}
"""All objectives by name."""


def objective(*, counts: Counts, discounts: bool = False) -> Callable[[Callable[..., Stages]], Callable[..., Stages]]:
    """Register a function as the objective of its name; its parameters after the columns are what it takes."""

    def register(stages: Callable[..., Stages]) -> Callable[..., Stages]:
        _, *takes = signature(stages).parameters
        name = stages.__name__
        OBJECTIVES[name] = Objective(name, counts, discounts, tuple(takes), stages)
        return stages

    return register


def read_objective(text: str) -> tuple[Objective, float] | None:
    """Return an objective and its share as they are written, the share 1 where none is; None for what is none.

    >>> [(found.name, share) for found, share in (read_objective("maxmin"), read_objective("reach=0.5"))]
    [('maxmin', 1.0), ('reach', 0.5)]
    >>> read_objective("reach"), read_objective("reach=2"), read_objective("maxmin=1")
    (None, None, None)
    """
    name, given, share = text.partition("=")
    found = OBJECTIVES.get(name)
    if found is None or bool(given) != ("share" in found.takes):
        return None
    try:
        amount = float(share) if given else 1.0
    except ValueError:
        return None
    return (found, amount) if 0 <= amount <= 1 else None


# --- the objectives ---------------------------------------------------------------------------------------------------


@objective(counts="weighted_gap", discounts=True)
def weighted(c: Columns) -> Stages:
    """Most weighted gap closed, early rather than late, then the least spend."""
    return Stages(value(c), (least_spend(c),))


@objective(counts="share")
def maxmin(c: Columns) -> Stages:
    """Worst track first (leximin over their closed shares), then the weighted gap, then the least spend."""
    rows = track_shares(c)[1]
    if not len(rows):
        return weighted(c)
    return Stages(WorstCase(rows, np.zeros(len(rows)), in_turn=True), (value(c), least_spend(c)))


@objective(counts="saved_resource")
def reach(c: Columns, share: float, save: int) -> Stages:
    """Least spend of one resource that closes a share of the weighted gap, then of the others, then the most value."""
    p = c.programme
    saved = np.array([save])
    # in its own unit: a share of its budget would change with the budget
    spend = least_spend(c, saved) * float(p.budget[save].sum())
    others = least_spend(c, np.setdiff1d(np.arange(len(p.resources)), saved))
    return Stages(spend, (others, value(c)), (closed_at_end(c), share * float((p.priority * p.gap).sum())))


@objective(counts="share", discounts=True)
def robust(c: Columns, views: Views) -> Stages:
    """Largest least share of its best value that a view gets, then the weighted gap, then the least spend."""
    counts = views.best > 0  # a view that no plan can serve is served in full
    if not counts.any():
        return weighted(c)
    rows = Coefficients.of(view_values(c, views)[counts] / views.best[counts, None])
    return Stages(WorstCase(rows, np.zeros(len(rows)), relative=True), (value(c), least_spend(c)))


@objective(counts="gap_units", discounts=True)
def regret(c: Columns, views: Views) -> Stages:
    """Least loss of any view against its best value, then the weighted gap, then the least spend."""
    if not len(views.best):
        return weighted(c)
    ends = (-2.0 * float(np.abs(views.best).max()) - 1.0, 1.0)
    return Stages(WorstCase(Coefficients.of(view_values(c, views)), views.best, ends), (value(c), least_spend(c)))


# --- rows of coefficients ---------------------------------------------------------------------------------------------


def worth(c: Columns) -> tuple[Index, Array]:
    """What a unit of each column is worth, per unit of whose priority: the pair (N,) and a factor (N,).

    Columns other than closed gaps have the factor 0; those of a period have its `Programme.timing`.
    """
    p = c.programme
    pair, factor = np.zeros(c.number, dtype=np.int64), np.zeros(c.number)
    for q, timing in enumerate(p.timing):
        at = c.closed(q, np.arange(len(p.open_pairs)))
        pair[at], factor[at] = p.open_pairs, timing
    return pair, factor


def value(c: Columns) -> Array:
    """Value of a plan: sum_p discount^p sum_k v[k] (z[k,p] - z[k,p-1]), early gaps rather than late ones: (N,)."""
    pair, factor = worth(c)
    return factor * c.programme.priority.ravel()[pair]


def view_values(c: Columns, views: Views) -> Array:
    """Value of a plan under the priorities of each view: (K, N)."""
    pair, factor = worth(c)
    return factor * views.priority[:, pair]


def closed_at_end(c: Columns) -> Array:
    """Weighted gap closed at the end: sum_k v[k] z[k,last], (N,). No discount: what `reach` and shares speak of."""
    p = c.programme
    made = np.zeros(c.number)
    made[c.closed(len(p.periods) - 1, np.arange(len(p.open_pairs)))] = p.priority.ravel()[p.open_pairs]
    return made


def least_spend(c: Columns, only: Index | None = None) -> Array:
    """Spend, below 0: -sum_r (sum_{a,p} cost[a,r,p] x[a,p]) / (sum_p budget[r,p]), shares of each whole budget: (N,).

    Over all resources, or *only* some. One with a zero budget cannot be spent and does not enter.
    """
    p = c.programme
    whole = p.budget.sum(axis=1)
    counts = whole > 0 if only is None else (whole > 0) & np.isin(np.arange(len(whole)), only)
    share = np.divide(1.0, whole, out=np.zeros_like(whole), where=counts)
    coefficients = np.zeros(c.number)
    for q in range(len(p.periods)):
        columns = c.level(q, np.arange(len(p.segment_width)))
        coefficients[columns] = -(p.level_cost[p.segment_application, :, q] @ share)
    return coefficients


def track_shares(c: Columns) -> tuple[Index, Coefficients]:
    """Share of each track's weighted gap that is closed at the end: the tracks that have one, and a row of each.

    share[t] = sum_f w[f] z[t,f,last] / sum_f w[f] g[t,f].
    """
    p = c.programme
    whole = p.gap @ p.weight
    tracks = np.flatnonzero(whole > 0)
    track, factor = np.nonzero((p.open_number.reshape(p.gap.shape) >= 0) & (p.weight > 0) & (whole > 0)[:, None])
    closed = c.closed(len(p.periods) - 1, p.open_number.reshape(p.gap.shape)[track, factor])
    start = np.append(np.searchsorted(track, tracks), len(track))
    return tracks, Coefficients(start, closed, p.weight[factor] / whole[track])
