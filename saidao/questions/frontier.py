"""Frontiers: what a budget brings at every amount of it, and what it costs to lift the worst track."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case import Case
from ..errors import CaseError, Problem, nearest
from ..optimize.after.frontier import Progress, budget_frontier, equity_frontier, nested_order
from ..optimize.brief import Brief
from ..optimize.model.programme import Array
from ..results.result import Result, Row
from ..study.plan import Plan
from ..study.solving import answering

if TYPE_CHECKING:
    from pathlib import Path


EQUITY = "equity"
ORDER_STEPS = 10
"""Steps from nothing to today's budget, and as many beyond, in the order that revokes nothing."""


@dataclass(frozen=True)
class Trace(Brief):
    """One frontier: its points in order, and for a budget the order of funding that revokes nothing.

    `exact`: every breakpoint is there; otherwise (whole units) points are samples of a budget's value, or the corners
    of the convex hull of what is efficient.
    """

    against: str
    budget: float | None
    exact: bool
    points: list[Row]
    nested: list[Row] | None = None


@dataclass(frozen=True)
class Frontier(Result):
    """The result of `saidao.frontier`; `plan` is today's."""

    plan: Plan
    traces: tuple[Trace, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys as ``saidao frontier --json``."""
        return {
            "schema": "saidao/frontier/1",
            "case": self.plan.case.name,
            "imputed": self.plan.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "frontiers": [
                {
                    "against": trace.against,
                    "budget": trace.budget,
                    "exact": trace.exact,
                    "points": trace.points,
                    "nested": trace.nested,
                }
                for trace in self.traces
            ],
        }

    def rows(self) -> list[Row]:
        """Return the points of every trace, flat: what enters and leaves as labels joined by ``;``."""
        return [
            {
                "against": trace.against,
                **{k: ";".join(v) if isinstance(v, list) else v for k, v in point.items() if k != "used"},
            }
            for trace in self.traces
            for point in trace.points
        ]


def frontier(
    case: Case | str | Path,
    resource: str | Iterable[str] | None = None,
    *,
    against: str | None = None,
    nested: bool = False,
    progress: Progress = lambda done: None,
    **options: Any,
) -> Frontier:
    """Trace what a budget brings from 0 to twice its size, or what lifting the worst track costs.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    resource : one resource or several; every one if left out.
    against : ``"equity"`` traces the efficient set between the weighted objective and the worst track's share instead.
    nested : also find an order of funding that revokes nothing as the budget grows, and what it loses at each amount.
    progress : called with the number of programs solved so far.
    **options : as for `saidao.plan`.

    Returns
    -------
    Frontier
        A point of a budget has its `amount`, the `value` of the objective, the `closed_share` of the weighted gap, the
        `price` of one unit more from there on, what is `used` of each resource, and what `enters` and `leaves` the
        plan from there on, as MEASURE@target. A point of equity has `value`, `closed_share` and `worst_share`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`.
    """
    from ..study.verbs import plan as make_plan

    if against not in (None, EQUITY):
        raise CaseError([Problem("choice", "against", found=str(against), details={"choices": EQUITY})])
    plan = make_plan(case, **options)
    p = plan.solved.programme
    with answering():
        if against == EQUITY:
            return Frontier(plan, (_equity(plan, progress),))
        names = p.resources if resource is None else (resource,) if isinstance(resource, str) else tuple(resource)
        unknown = [name for name in names if name not in p.resources]
        if unknown:
            raise CaseError(
                [
                    Problem(
                        "choice",
                        "resource",
                        found=name,
                        details={"choices": ", ".join(p.resources), "nearest": nearest(name, p.resources)},
                    )
                    for name in unknown
                ]
            )
        return Frontier(plan, tuple(_budget(plan, p.resources.index(name), nested, progress) for name in names))


def _budget(plan: Plan, resource: int, nested: bool, progress: Progress) -> Trace:
    solved, p = plan.solved, plan.solved.programme
    amounts = p.budget[resource]
    whole = float(amounts.sum())
    step = solved.whole_step(resource)  # as a budget that is overridden
    kinks = budget_frontier(solved, step, -whole, whole, progress)
    exact = not plan.model.is_mixed
    levels = [kink.plan.level.sum(axis=1) for kink in kinks]
    entered = _changes(plan, levels, between=exact)
    points: list[Row] = [
        {
            "amount": max(whole + kink.change, 0.0),
            "value": kink.value,
            "closed_share": kink.plan.closed_share,
            "price": kink.price,
            "used": {r: float(used) for r, used in zip(p.resources, kink.plan.spend.sum(axis=(0, 2)), strict=True)},
            "enters": enters,
            "leaves": leaves,
        }
        for kink, (enters, leaves) in zip(kinks, entered, strict=True)
    ]
    order = None
    if nested:
        at = [kink.change for kink in kinks]
        values = [kink.value for kink in kinks]
        changes = np.linspace(at[0], at[-1], 2 * ORDER_STEPS + 1 if len(at) > 1 else 1)
        order = _order(plan, step, changes, np.interp(changes, at, values), whole)
    return Trace(p.resources[resource], whole, exact, points, order)


def _order(plan: Plan, step: Array, changes: Array, best: Array, whole: float) -> list[Row] | None:
    found = nested_order(plan.solved, step, changes.tolist(), best.tolist())
    if found is None:
        return None
    columns = plan.solved.columns
    levels = [columns.levels(x[: columns.number]).sum(axis=1) for x in found]
    rows = []
    for i, x in enumerate(found):
        value = float(plan.model.objective @ x)
        added = levels[i] - (levels[i - 1] if i else 0.0)
        rows.append(
            {
                "amount": max(whole + float(changes[i]), 0.0),
                "value": value,
                "best": float(best[i]),
                "loss": max(float(best[i]) - value, 0.0),
                "adds": [
                    {"measure": a.measure, "target": a.target, "level": float(added[n])}
                    for n, a in enumerate(plan.solved.programme.applications)
                    if added[n] > 1e-9
                ],
            }
        )
    return rows


def _equity(plan: Plan, progress: Progress) -> Trace:
    columns = plan.solved.columns
    corners = equity_frontier(plan.solved.task, progress)
    exact = not plan.model.is_mixed
    levels = [columns.levels(corner.plan).sum(axis=1) for corner in corners]
    points: list[Row] = [
        {
            "value": corner.value,
            "closed_share": corner.closed,
            "worst_share": corner.worst,
            "enters": enters,
            "leaves": leaves,
        }
        for corner, (enters, leaves) in zip(corners, _changes(plan, levels, between=exact), strict=True)
    ]
    return Trace(EQUITY, None, exact, points)


def _changes(plan: Plan, levels: list[Array], between: bool) -> list[tuple[list[str], list[str]]]:
    """Return what enters and what leaves at each point.

    Between two points (*between*) a mix of both plans is best: it funds what either does. What enters at a point is
    funded from there on and was not before it.
    """
    funded = [level > 1e-9 for level in levels]
    if between and funded:
        funded = [one | other for one, other in zip(funded, [*funded[1:], funded[-1]], strict=True)]
    labels = np.array([a.label for a in plan.solved.programme.applications])
    before = [np.zeros(len(labels), dtype=bool), *funded]
    return [
        (labels[now & ~old].tolist(), labels[old & ~now].tolist()) for old, now in zip(before, funded, strict=False)
    ]
