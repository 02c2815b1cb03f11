"""Frontiers: what a budget brings at every amount of it, and what it costs to lift the worst track."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from ..case import Case
from ..case.tables import Resource
from ..errors import CaseError, Problem, nearest
from ..mcda.plotting import BLUE, GREY, axes, finished
from ..optimize.after.frontier import Progress, budget_frontier, coarseness, equity_frontier, nested_order
from ..optimize.after.frontier import trace as traced
from ..optimize.brief import Brief
from ..optimize.model.programme import Array
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.names import application_names, level_changes
from ..study.options import CaseLike, PlanOptions
from ..study.plan.columns import price_columns, worth_column
from ..study.plan.result import Plan
from ..study.plan.sentences import timed
from ..study.planning.solving import as_stopped
from ..study.verbs import plan as make_plan
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


EQUITY = "equity"
DRAWN = 3e-3
"""Share of a large program's range by which a curve that is drawn may lie above its line: half a pixel of a panel."""
ROUNDING = 1e-9
"""Share of a budget by which an amount may be beyond the ends of its curve, or beside a sample."""
ORDER_STEPS = 10
"""Steps from nothing to today's budget, and as many beyond, in the order that revokes nothing."""


@dataclass(frozen=True)
class Trace(Brief):
    """One frontier: its points in order, and for a budget the order of funding that revokes nothing.

    `exact`: every breakpoint is there; otherwise (whole units) points are samples of a budget's value, or the corners
    of the convex hull of what is efficient; or (large programs) breakpoints of which some are left out, where the curve
    lies above the line between its points by at most `coarse` of its range.
    """

    against: str
    budget: float | None
    exact: bool
    points: list[Row]
    nested: list[Row] | None = None
    coarse: float = 0.0

    def closed_at(self, amount: float) -> float | None:
        """Return the share that an amount of the budget closes; None where no plan meets every rule with it.

        Of samples the amount has to be one of them.
        """
        amounts, closed = ([point[key] for point in self.points] for key in ("amount", "closed_share"))
        slack = ROUNDING * max(self.budget or 0.0, amounts[-1])
        if not amounts[0] - slack <= amount <= amounts[-1] + slack:
            return None
        if not self.exact and not self.coarse:
            return next((float(c) for a, c in zip(amounts, closed, strict=True) if abs(a - amount) <= slack), None)
        return float(np.interp(amount, amounts, closed))


@dataclass(frozen=True)
class Frontier(Result):
    """The result of `saidao.frontier`; `plan` is today's."""

    plan: Plan
    traces: tuple[Trace, ...]

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

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
                    "coarse": trace.coarse,
                    "points": trace.points,
                    "nested": trace.nested,
                }
                for trace in self.traces
            ],
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say of each budget how much it brings now, what it brings at twice its size, and from where nothing more."""
        return [
            _equity_told(trace, lang)
            if trace.against == EQUITY
            else _budget_told(trace, self.case.resource_of[trace.against], lang)
            for trace in self.traces
        ]

    def notes(self, lang: str = "en") -> list[str]:
        """Say which curves are samples, and what prices are of with a discount."""
        sampled = [
            say("sampled.coarse", lang, coarse=trace.coarse)
            if trace.coarse
            else say("sampled.equity" if trace.against == EQUITY else "sampled", lang)
            for trace in self.traces
            if not trace.exact
        ]
        return [*dict.fromkeys(sampled), *timed(self.plan, lang)]

    def declared(self) -> Iterator[Table]:
        """Yield the points of every curve, and for a budget the order of funding that revokes nothing."""
        budgets = [trace for trace in self.traces if trace.against != EQUITY]
        share = Column("closed_share", "fine share", heading="head.closed")
        moves = tuple(
            Column(key, told=lambda row, lang, key=key: application_names(self.case, row[key], lang))  # type: ignore[misc]
            for key in ("enters", "leaves")
        )
        against = Column("against", "name", Resource, heading="head.resource")
        amount = Column("amount", "amount", Resource, heading="head.budget")
        if budgets:
            value = Column("value", "number", heading="head.counted", seen="files")
            yield Table(
                "points",
                (against, amount, value, share, *price_columns(self.plan, "price"), *moves),
                [{**_of(trace), **point} for trace in budgets for point in trace.points],
                title="title.frontier",
                most=None if len(budgets) == 1 else 0,
            )
            amounts = [Column(name, "amount", Resource) for name in ("budget", "enough_at")]
            shares = [Column(name, "share") for name in ("closed_half", "closed", "closed_twice")]
            yield Table("budgets", (against, amounts[0], *shares, amounts[1]), [_brief(trace) for trace in budgets])
        else:
            yield Table(
                "points",
                (
                    Column("against", seen="data"),
                    worth_column(self.plan, "value", "head.counted"),
                    share,
                    Column("worst_share", "fine share", heading="head.worst"),
                    *moves,
                ),
                [{"against": EQUITY, **point} for trace in self.traces for point in trace.points],
                title="title.equity",
            )
        adds = Column("adds", told=lambda row, lang: level_changes(self.case, row["added"], lang))
        yield Table(
            "nested",
            (against, amount, Column("loss_share", "fine share", heading="head.loss"), adds),
            [{**_of(trace), **row, **_added(row)} for trace in budgets for row in trace.nested or ()],
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the share closed against each budget as a share of today's; or against the worst track's share."""
        ax = axes(ax, 12)
        names = self.case.names(Resource, lang)
        ax.yaxis.set_major_formatter("{x:.0%}")
        ax.xaxis.set_major_formatter("{x:.0%}")
        for trace in self.traces:
            closed = [point["closed_share"] for point in trace.points]
            if trace.against == EQUITY:
                ax.plot([point["worst_share"] for point in trace.points], closed, "o-", color=BLUE)
                ax.set_xlabel(say("plot.worst", lang))
            elif trace.budget:
                amounts = [point["amount"] / trace.budget for point in trace.points]
                ax.plot(amounts, closed, label=names[trace.against])
                ax.set_xlabel(say("plot.budget", lang))
        if any(trace.budget for trace in self.traces):
            ax.axvline(1.0, color=GREY, linestyle="--", linewidth=1)
            ax.legend(frameon=False, fontsize=8)
        ax.set_ylabel(say("plot.closed_share", lang))
        return finished(ax, self.text(lang)[0])


def _budget_told(trace: Trace, resource: Resource, lang: str) -> str:
    brief = _brief(trace)
    key = "frontier.budget" if brief["enough_at"] is None else "frontier.budget_enough"
    unit = resource.unit_name(lang)
    told: dict[str, Any] = {"resource": resource.name(lang), "closed": brief["closed"]}
    for name in ("budget", "enough_at"):
        told[name] = None if brief[name] is None else quantity(brief[name], unit)
    for name in ("half", "twice"):
        share = brief[f"closed_{name}"]
        told[name] = say("frontier.no_plan" if share is None else "frontier.closes", lang, closed=share)
    return say(key, lang, **told)


def _equity_told(trace: Trace, lang: str) -> str:
    fair, rich = (f(trace.points, key=lambda point: float(point["worst_share"])) for f in (max, min))
    return say(
        "frontier.equity",
        lang,
        low=rich["worst_share"],
        high=fair["worst_share"],
        closed=rich["closed_share"],
        left=fair["closed_share"],
    )


def _brief(trace: Trace) -> Row:
    """Return what half a budget, the budget and twice of it close, and the amount from which more closes nothing.

    None of what no plan meets every rule with.
    """
    budget = trace.budget or 0.0
    half, now, twice = (trace.closed_at(times * budget) for times in (0.5, 1.0, 2.0))
    return {
        **_of(trace),
        "budget": budget,
        "closed_half": half,
        "closed": now,
        "closed_twice": twice,
        "enough_at": next((p["amount"] for p in trace.points[:-1] if p["price"] is not None and p["price"] <= 0), None),
    }


def _of(trace: Trace) -> Row:
    return {"against": trace.against, "resource": trace.against}


def _added(row: Row) -> Row:
    """Return what a step of the order adds, also as one text, and what it loses as a share of the best."""
    names = (a["measure"] if a["target"] == "*" else f"{a['measure']}@{a['target']}" for a in row["adds"])
    added = list(zip(names, (a["level"] for a in row["adds"]), strict=True))
    return {
        "added": added,
        "adds": " ".join(f"{name} {level:+.3g}" for name, level in added),
        "loss_share": row["loss"] / (abs(row["best"]) or 1.0),
    }


@question("frontier", example="saidao frontier shanghai --resource funds --nested", pictures=("frontier",))
def frontier(
    case: CaseLike,
    resource: Annotated[
        str | Iterable[str] | None, Option("A resource whose budget is traced; repeatable.", reads="list")
    ] = None,
    *,
    every: Annotated[bool, Option("Every resource (as when none is named).", flag="--all")] = False,
    against: Annotated[
        str | None, Option("equity: trace the worst track's share against the weighted objective instead.")
    ] = None,
    nested: Annotated[bool, Option("Also an order of funding that revokes nothing as the budget grows.")] = False,
    progress: Progress = lambda done: None,
    **options: Unpack[PlanOptions],
) -> Frontier:
    """Trace what a budget brings from 0 to twice its size, or what lifting the worst track costs.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    resource : one resource or several; every one if left out.
    every : every resource, as when none is named.
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
    _check_rivals(resource, every, against, nested)
    plan = make_plan(case, **options)
    p = plan.solved.programme
    with as_stopped():
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


def budget_curve(plan: Plan, *resources: str) -> Frontier:
    """Trace what budgets of a plan at hand bring, to be drawn: from 0 to twice their sizes, each if none is named.

    Points have their amounts, values, shares closed and prices alone where these need no plan. Raises as `saidao.plan`.
    """
    p = plan.solved.programme
    with as_stopped():
        return Frontier(plan, tuple(_curve(plan, p.resources.index(name)) for name in resources or p.resources))


def _curve(plan: Plan, resource: int) -> Trace:
    solved, p = plan.solved, plan.solved.programme
    discounts = len(p.periods) > 1 and p.discount != 1.0
    if plan.model.is_mixed or discounts or plan.settings.aim.counts != "weighted_gap":
        return _budget(plan, resource, False, lambda done: None)
    whole, coarse = float(p.budget[resource].sum()), DRAWN if coarseness(plan.model) else 0.0
    step, through = solved.whole_step(resource), _told(whole)
    points = traced(plan.model, step, -whole, whole, solved.problem.solver, coarse=coarse, through=through)
    rows: list[Row] = [
        {
            "amount": max(whole + point.change, 0.0),
            "value": point.value,
            "closed_share": point.value / (plan.weighted_gap or 1.0),
            "price": None if after is None else (after.value - point.value) / (after.change - point.change),
        }
        for point, after in zip(points, [*points[1:], None], strict=True)
    ]
    return Trace(p.resources[resource], whole, not coarse, rows, None, coarse)


def _told(budget: float) -> tuple[float, ...]:
    """Return the changes of a budget at which sentences say what it closes: they are points of every curve."""
    return -budget / 2, 0.0


def _check_rivals(resource: str | Iterable[str] | None, every: bool, against: str | None, nested: bool) -> None:
    """Refuse what cannot be traced, and options of which one would change nothing."""
    if against not in (None, EQUITY):
        raise CaseError([Problem("choice", "against", found=str(against), details={"choices": EQUITY})])
    traced = f"against={against}" if against else ""
    given = "" if resource is None else resource if isinstance(resource, str) else ", ".join(resource)
    rivals = (
        ("resource", given, "every" if every else traced),
        ("every", "--all" if every else "", traced),
        ("nested", "--nested" if nested else "", traced),
    )
    if idle := [
        Problem("not_with", name, found=found, details={"option": o}) for name, found, o in rivals if found and o
    ]:
        raise CaseError(idle)


def _budget(plan: Plan, resource: int, nested: bool, progress: Progress) -> Trace:
    solved, p = plan.solved, plan.solved.programme
    amounts = p.budget[resource]
    whole = float(amounts.sum())
    step = solved.whole_step(resource)  # as a budget that is overridden
    kinks = budget_frontier(solved, step, -whole, whole, progress, _told(whole))
    coarse = coarseness(plan.model)
    exact = not plan.model.is_mixed and not coarse
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
        # of whole units the best is known at the samples alone
        even = np.linspace(at[0], at[-1], 2 * ORDER_STEPS + 1 if len(at) > 1 else 1)
        changes = np.array(at) if plan.model.is_mixed else even
        order = _order(plan, step, changes, np.interp(changes, at, values), whole)
    return Trace(p.resources[resource], whole, exact, points, order, coarse)


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
    corners = equity_frontier(plan.solved.problem, progress)
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
