"""How far the closed share of a plan in hand can be off, when its inputs are anywhere within their spread: exact."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...mcda.brief import Brief
from ...optimize import Allocation, Programme
from ...optimize.after.uncertainty import caps_closed, counted, fixed_share
from ...optimize.model.programme import sums
from ...results.column import Row
from ..decision import Array
from ..planning.problem import PlanningProblem
from ..planning.spreads import Spread, closing_ends


@dataclass(frozen=True)
class ShareRange(Brief):
    """The least and the most share that a plan closes, its levels kept.

    Attributes
    ----------
    low, high : ends of the share, exact.
    assumed : whether the spreads are ours, and not the case's.
    ticks : whether the scores are ticks, whose spreads are told otherwise.
    """

    low: float
    high: float
    assumed: bool
    ticks: bool

    def to_dict(self) -> Row:
        """Plain data, as under ``objective`` of ``saidao plan --json``."""
        return {"low": self.low, "high": self.high, "how": "exact", "assumed": self.assumed}


def share_range(problem: PlanningProblem, solved: Allocation, within: Spread | None = None) -> ShareRange | None:
    """Return the range of a plan's closed share over effects and gaps; what costs and budgets do is overspend.

    None where a rule caps what counts as closed: the worst case is not one of each pair by itself then.

    Raises
    ------
    CaseError
        The case's table `uncertain` cannot be read.
    """
    if caps_closed(solved.programme):
        return None
    if within is None:
        bad, good, least, most, assumed = closing_ends(problem)
    else:
        bad, good, least, most = within.bad.effect, within.good.effect, within.low, within.high
        assumed = within.assumed
    p, had = solved.programme, felt(solved)
    priority = p.priority.ravel()
    low, high = (
        fixed_share(delivered(p, had, effect), priority, least.ravel(), most.ravel(), worst=worst)[0]
        for effect, worst in ((bad, True), (good, False))
    )
    ticks = bool(np.isin(problem.decision.scores, (0.0, 1.0)).all())
    return ShareRange(low, high, assumed, ticks)


def felt(solved: Allocation) -> Array:
    """Return how much of each effect a plan has had by the end, in units of its level: (E,)."""
    columns = type(solved.columns)(replace(solved.programme, effect=np.ones_like(solved.programme.effect)))
    x = np.zeros(columns.number)
    x[: columns.sizes["level"]] = columns.in_order(solved.level).ravel()
    return columns.flows(x, len(columns.programme.periods) - 1)


def delivered(p: Programme, had: Array, effect: Array) -> Array:
    """Return what is delivered by the end where a unit of level has these effects (E,): (T * F,)."""
    made = sums(p.effect_pair, had * effect, p.gap.size)
    return made if p.given is None else made + p.given[-1]


def share_as_planned(solved: Allocation, p: Programme) -> float:
    """Return the share that a plan closes in another programme, its money kept: of what costs more there is less."""
    before, at = solved.programme, {a.label: i for i, a in enumerate(p.applications)}
    level = np.zeros((len(p.applications), len(p.periods)))
    for i, a in enumerate(before.applications):
        j = at.get(a.label)
        if j is None:
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(p.level_cost[j] > 0, before.level_cost[i] / p.level_cost[j], 1.0).min(axis=0)
        bought = solved.level[i] * share
        whole = float(bought.sum())
        level[j] = bought * min(1.0, float(p.level_max[j]) / whole) if whole > 0 else bought
    columns = type(solved.columns)(p)
    x = np.zeros(columns.number)
    x[: columns.sizes["level"]] = columns.in_order(level).ravel()
    delivered = columns.delivered(x, len(p.periods) - 1).ravel()
    closed = counted(p, delivered, p.gap.ravel(), solved.problem.solver)
    whole = float((p.priority * p.gap).sum())
    return float(p.priority.ravel() @ closed) / whole if whole > 0 else 1.0
