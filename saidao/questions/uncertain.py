"""Uncertainty through to money: how far the closed share can be off, protection against it, and its price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from .. import optimize
from ..case import Case, load_case
from ..case.scenarios import named_changes
from ..case.tables import Resource, ScenarioRow
from ..errors import CaseError, Infeasible, Problem, Stopped
from ..mcda import plotting
from ..optimize.after.commitments import Facts
from ..optimize.after.replan import Approved, Replanning
from ..optimize.after.uncertainty import (
    against_costs,
    against_effects,
    best_share,
    caps_closed,
    closed_by,
    counted,
    measures_of,
    overrun,
    overspent,
    worst_effects,
    worst_share,
)
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.decision import Array
from ..study.options import CaseLike, PlanOptions
from ..study.plan.footing import assuming
from ..study.plan.result import Plan, known_best
from ..study.plan.share_range import delivered, felt, share_as_planned, share_range
from ..study.planning.problem import PlanningProblem
from ..study.planning.solving import as_stopped, problem_and_solver
from ..study.planning.spreads import Spread, spread
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COSTS = (0, 1, 3, 5)
"""Measures whose costs may rise at once, in the curve of protection; and all of them."""
EFFECTS = (0, 1, 3)
"""Measures whose effects may fall at once: each is some whole programs."""
RISE, FALL = 0.2, 0.3
"""Shares by which costs rise and effects fall, if nothing else is asked."""
LARGE = 3000
"""Columns beyond which whole programs are not sought: the worst share of the best plans, protection against effects."""


@dataclass(frozen=True)
class Uncertain(Result):
    """The result of `saidao.uncertain`.

    Attributes
    ----------
    plan : the plan in hand.
    spread : ends of the inputs.
    fixed, best : least and most closed share, of the plan in hand and of the best plans. Those of the plan in hand are
        None where a rule caps what counts as closed; the least of the best plans is
        where it is not known, or, `impossible`, where no plan meets every rule with all inputs at their worst.
    exact : whether both ends of each are.
    sampled : shares of the plan in hand under sampled inputs; overspend : by resource the risk of breaking its budget.
    costs, effects : protection against so many measures, with its price; no value where no plan meets every rule.
    rules : the case's assumptions turned round, each alone.
    """

    plan: Plan
    spread: Spread = field(repr=False)
    level: float
    fixed: tuple[float | None, float | None]
    best: tuple[float | None, float]
    exact: bool
    sampled: Row
    overspend: list[Row]
    costs: list[Row]
    effects: list[Row]
    rules: list[Row]
    impossible: bool = False

    @property
    def fixed_how(self) -> str:
        """How the range of the plan in hand is known."""
        return "capped" if self.fixed[0] is None else "exact"

    @property
    def how(self) -> str:
        """How the range of the best plans is known: exactly, in part, or not as there is no plan at its worse end."""
        return "impossible" if self.impossible else "exact" if self.exact else "bound"

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao uncertain --json``."""
        return {
            "schema": "saidao/uncertain/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "assumed": self.spread.assumed,
            "level": self.level,
            "closed_share": self.plan.closed_share,
            "fixed": {"low": self.fixed[0], "high": self.fixed[1], "how": self.fixed_how},
            "best": {"low": self.best[0], "high": self.best[1], "how": self.how},
            "sampled": self.sampled,
            "overspend": self.overspend,
            "costs": self.costs,
            "effects": self.effects,
            "rules": self.rules,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say the range of the headline, what protection costs, and which assumption decides most."""
        low, high = self.fixed
        key = "uncertain.capped" if low is None else "uncertain.fixed"
        lines = [say(key, lang, now=self.plan.closed_share, low=low, high=high)]
        if self.best[0] is not None:
            lines.append(say("uncertain.best", lang, low=self.best[0], high=self.best[1]))
        elif self.impossible:
            lines.append(say("uncertain.impossible", lang))
        risk = max(self.overspend, key=lambda row: float(row["risk"]), default=None)
        if risk is not None and risk["risk"] > 0:
            resource = self.case.resource_of[risk["resource"]]
            over = quantity(risk["most"], resource.unit_name(lang))
            lines.append(say("uncertain.overspend", lang, resource=resource.name(lang), risk=risk["risk"], most=over))
        if len(self.costs) > 1:
            one = self.costs[1]
            key = "uncertain.costs" if one["price"] is not None else "uncertain.costs_none"
            lines.append(say(key, lang, number=one["gamma"], price=one["price"]))
        known = [row for row in self.rules if row["replanned"] is not None]
        if known:
            most = max(known, key=lambda row: abs(row["fixed"] - self.plan.closed_share))
            name = most["instead_zh"] if lang == "zh" else most["instead_en"]
            lines.append(say("uncertain.rule", lang, name=name, fixed=most["fixed"], replanned=most["replanned"]))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is exact, what is sampled, and whose spreads they are."""
        lines = [say("uncertain.assumed" if self.spread.assumed else "uncertain.given", lang)]
        lines.append(say("uncertain.how", lang, samples=self.sampled["samples"]))
        if not self.exact and not self.impossible:
            lines.append(say("uncertain.bound", lang))
        if not self.effects and self.fixed[0] is not None:
            lines.append(say("uncertain.unprotected" if self.costs else "uncertain.unprotected_at_all", lang))
        return lines

    def declared(self) -> Iterator[Table]:
        """Yield the ranges, the curves of protection, and the assumptions turned round."""
        shares = [Column(name, "fine share") for name in ("low", "high")]
        yield Table(
            "ranges",
            (Column("what", "word", of="uncertain_of"), *shares, Column("how", "word", of="uncertain_how")),
            [
                {"what": "fixed", "low": self.fixed[0], "high": self.fixed[1], "how": self.fixed_how},
                {"what": "best", "low": self.best[0], "high": self.best[1], "how": self.how},
                {"what": "sampled", "low": self.sampled["low"], "high": self.sampled["high"], "how": "sampled"},
            ],
            title="title.uncertain_ranges",
            sheet="sheet.uncertain_ranges",
        )
        gamma, price = (
            Column("gamma", "count", heading="head.gamma"),
            Column("price", "fine share", heading="head.loss"),
        )
        closed = Column("closed_share", "fine share", heading="head.closed")
        yield Table(
            "costs",
            (gamma, closed, price, Column("risk", "chance", heading="head.risk")),
            self.costs,
            title="title.uncertain_costs",
            sheet="sheet.uncertain_costs",
        )
        yield Table(
            "effects",
            (
                gamma,
                Column("plan", "fine share", heading="head.as_planned"),
                closed,
                price,
                Column("worst", seen="files"),
            ),
            [{**row, "worst": "; ".join(row["worst"])} for row in self.effects],
            title="title.uncertain_effects",
            sheet="sheet.uncertain_effects",
        )
        yield Table(
            "overspend",
            (
                Column("resource", "name", Resource),
                Column("risk", "chance", heading="head.risk"),
                Column("most", "amount", Resource),
            ),
            self.overspend,
            title="title.uncertain_overspend",
            sheet="sheet.uncertain_overspend",
        )
        yield Table(
            "rules",
            (
                Column("scenario", seen="data"),
                Column("instead", told=lambda row, lang: row[f"instead_{lang}"], seen="people"),
                Column("replanned", "fine share"),
                Column("fixed", "fine share", heading="head.as_planned"),
                Column("moved", "amount", self.case.rows(Resource)[0].resource, "head.money_moved"),
            ),
            self.rules,
            title="title.uncertain_rules",
            sheet="sheet.uncertain_rules",
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the closed share with what the case assumes turned round: re-planned and as planned."""
        rows = [row for row in self.rules if row["replanned"] is not None]
        ax = plotting.axes(ax, len(rows))
        low, high = (np.array([float(row[key]) for row in rows]) for key in ("fixed", "replanned"))
        now = np.full(len(rows), self.plan.closed_share)
        plotting.intervals(ax, [row[f"instead_{lang}"] for row in rows], low, now, high)
        return plotting.finished(ax, self.text(lang)[0], say("plot.closed_share", lang))


@question("uncertain", example="saidao uncertain shanghai --samples 1000")
def uncertain(
    case: CaseLike,
    level: Annotated[float, Option("How likely: 0 the whole spread, 1 only the most likely values.")] = 0.0,
    samples: Annotated[int, Option("How many sets of inputs are drawn.")] = 1000,
    seed: Annotated[int, Option("The same seed draws the same.")] = 0,
    *,
    rise: Annotated[float, Option("Share by which costs may rise, for protection.")] = RISE,
    fall: Annotated[float, Option("Share by which effects may fall, for protection.")] = FALL,
    **options: Unpack[PlanOptions],
) -> Uncertain:
    """Follow the spread of effects, costs, budgets and scores through to the closed share; protection and its price.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook; its table `uncertain` says how far numbers may
        be off. Without one effects +-30 %, costs +-20 %, budgets +-10 %, ticks 0.7 to 1, blanks 0 to 0.3 are assumed.
    level : ends are drawn in by this share towards the most likely values.
    samples, seed : inputs that are drawn, triangular, or uniform where no most likely value is given.
    rise, fall : by how much costs rise and effects fall of measures that disappoint.
    **options : as for `saidao.plan`; the objective is ``weighted``.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`.

    Examples
    --------
    >>> found = uncertain("shanghai", samples=5)
    >>> found.fixed[0] < found.plan.closed_share < found.fixed[1]
    True
    """
    case = load_case(case)
    problem, how = problem_and_solver(case, options)
    _check(problem, level, samples, rise, fall)
    plan = known_best(Plan.from_problem(problem, how))
    ends = spread(problem, level)
    solver = how.solver
    with as_stopped():
        fixed = share_range(problem, plan.solved, within=ends)
        large = plan.model.is_mixed or len(plan.model.objective) > LARGE
        impossible = False
        worst, exact = None, False
        if not large:
            try:
                worst, exact = worst_share(ends.bad, ends.low, ends.high, solver)
            except optimize.InfeasibleProgramme:  # a floor that costs more, or closes less, than it may
                impossible = True
        best = 1.0 if plan.model.is_mixed else best_share(ends.good, ends.low, ends.high, solver)
        drawn, overspend = _sampled(plan, ends, samples, seed)
        costs = [] if plan.model.is_mixed else _costs(plan, rise)
        effects = [] if large or caps_closed(plan.solved.programme) else _effects(plan, fall)
    rules = list(_rules(plan))
    return Uncertain(
        plan,
        ends,
        level,
        (None, None) if fixed is None else (fixed.low, fixed.high),
        (worst, best),
        exact,
        drawn,
        overspend,
        costs,
        effects,
        rules,
        impossible,
    )


def _check(problem: PlanningProblem, level: float, samples: int, rise: float, fall: float) -> None:
    found = []
    if problem.settings.objective != "weighted":
        found.append(Problem("choice", "objective", found=problem.settings.objective, details={"choices": "weighted"}))
    for name, value in (("level", level), ("fall", fall)):
        if not 0 <= value <= 1:
            found.append(Problem("share", name, found=f"{value:g}", details={"nearest": None}))
    for name, amount, least in (("rise", rise, 0.0), ("samples", float(samples), 1.0)):
        if not (np.isfinite(amount) and amount >= least):
            found.append(Problem("at_least", name, found=f"{amount:g}", details={"bound": f"{least:g}"}))
    if found:
        raise CaseError(found)


def _sampled(plan: Plan, ends: Spread, samples: int, seed: int) -> tuple[Row, list[Row]]:
    """Draw inputs: a quantile for each group of measures, one for each gap and budget; the plan keeps its levels."""
    p, rng = plan.solved.programme, np.random.default_rng(seed)
    _, number = measures_of(p)
    groups = list(dict.fromkeys(ends.groups))
    of = np.array([groups.index(group) for group in ends.groups], dtype=np.int64)[number]
    v, had = p.priority.ravel(), felt(plan.solved)
    mid = np.clip(p.gap, ends.low, ends.high)
    shares, over = np.empty(samples), np.zeros(len(p.resources))
    worst = np.zeros(len(p.resources))
    application = p.segment_application[p.effect_segment]
    for i in range(samples):
        u, w = rng.random(len(groups))[of], rng.random(len(groups))[of]
        effect = _quantile(u[application], ends.bad.effect, p.effect, ends.good.effect, ends.uniform)
        gap = _quantile(rng.random(p.gap.shape), ends.low, mid, ends.high, ends.uniform).ravel()
        whole = float(v @ gap)
        closed = counted(p, delivered(p, had, effect), gap, plan.solved.problem.solver)
        shares[i] = float(v @ closed) / whole if whole > 0 else 1.0
        cost = _quantile(w[:, None, None], ends.good.cost, p.cost, ends.bad.cost, ends.uniform)
        budget = _quantile(rng.random((len(p.resources), 1)), ends.bad.budget, p.budget, ends.good.budget, ends.uniform)
        spend = replace(p, cost=cost).spend(plan.solved.level).sum(axis=0)
        beyond = overspent(p, spend, np.broadcast_to(budget, spend.shape)).max(axis=1)
        over += beyond > 1e-9 * np.maximum(p.budget.max(axis=1), 1e-300)
        worst = np.maximum(worst, beyond)
    low, middle, high = np.quantile(shares, [0.05, 0.5, 0.95]).tolist()
    told = {"samples": samples, "seed": seed, "low": low, "median": middle, "high": high, "mean": float(shares.mean())}
    rows = [
        {"resource": r, "risk": float(k / samples), "most": float(m)}
        for r, k, m in zip(p.resources, over, worst, strict=True)
    ]
    return {**told, "least": float(shares.min()), "most": float(shares.max())}, rows


def _quantile(u: Array, low: Array, mid: Array, high: Array, uniform: bool) -> Array:
    """Return the quantile u of a triangular distribution, or of a uniform one."""
    if uniform:
        return np.asarray(low + u * (high - low))
    width = np.where(high > low, high - low, 1.0)
    top = np.clip((mid - low) / width, 0.0, 1.0)
    rising = low + np.sqrt(u * width * np.maximum(mid - low, 0.0))
    falling = high - np.sqrt((1 - u) * width * np.maximum(high - mid, 0.0))
    return np.asarray(np.where(high > low, np.where(u < top, rising, falling), low))


def _costs(plan: Plan, rise: float) -> list[Row]:
    """Return the best plans that keep the budgets when so many measures cost more; the price, and the risk left.

    They end with the first number against which no plan that meets every rule is protected.
    """
    p, solver, whole = plan.solved.programme, plan.solved.problem.solver, plan.weighted_gap or 1.0
    rows: list[Row] = []
    funded = len({row["measure"] for row in plan.allocation})
    for gamma in dict.fromkeys((*COSTS, funded)):
        if gamma > funded:
            continue
        try:
            made = against_costs(p, gamma, rise, solver)
        except optimize.InfeasibleProgramme:
            rows.append({"gamma": gamma, "value": None, "closed_share": None, "price": None, "risk": None})
            break
        used = len({p.applications[a].measure for a in np.flatnonzero(made.level.sum(axis=1) > 1e-9)})
        first = rows[0]["value"] if rows else made.value
        rows.append(
            {
                "gamma": gamma,
                "value": made.value,
                "closed_share": closed_by(p, made.level, solver) / whole,
                "price": 1 - made.value / first if first else 0.0,
                "risk": overrun(gamma, used) if used else 0.0,
            }
        )
    return rows


def _effects(plan: Plan, fall: float) -> list[Row]:
    """Return what is left of the plan, and of the best one against it, when effects of so many measures fall."""
    p, solver, whole = plan.solved.programme, plan.solved.problem.solver, plan.weighted_gap or 1.0
    names, _ = measures_of(p)
    rows: list[Row] = []
    for gamma in EFFECTS:
        if gamma > len(names):
            continue
        worst = [names[m] for m in worst_effects(p, plan.solved.level, gamma, fall, solver)[1]]
        made = against_effects(p, gamma, fall, solver)
        first = rows[0]["value"] if rows else made.value
        rows.append(
            {
                "gamma": gamma,
                "plan": closed_by(p, plan.solved.level, solver, worst, fall) / whole,
                "worst": worst,
                "value": made.value,
                "closed_share": closed_by(p, made.level, solver, made.worst, fall) / whole,
                "price": 1 - made.value / first if first else 0.0,
            }
        )
    return rows


def _rules(plan: Plan) -> Iterator[Row]:
    """Yield each assumption turned round alone: share re-planned, share of the plan in hand, and the least moved."""
    case, solver = plan.case, plan.solved.problem.solver
    changes = named_changes(case)
    for row in {one.scenario: one for one in case.rows(ScenarioRow) if one.assumed("en")}.values():
        told: Row = {
            "scenario": row.scenario,
            **{f"instead_{lang}": row.name(lang) for lang in ("en", "zh")},
            **{f"assumed_{lang}": row.assumed(lang) for lang in ("en", "zh")},
        }
        try:
            made = assuming(plan.problem, changes[row.scenario])
            yield {**told, **_turned(plan, made.programme, solver), "left_out": None}
        except (
            CaseError,
            Infeasible,
            Stopped,
            optimize.SolverLimit,
            optimize.SolverFailure,
            optimize.InfeasibleProgramme,
        ) as error:
            yield {**told, "replanned": None, "fixed": None, "moved": None, "left_out": str(error)}


def _turned(plan: Plan, p: optimize.Programme, solver: Any) -> Row:
    """Plan again with the least movement of the first resource, and see what the plan in hand would close."""
    before, at = plan.solved.programme, {a.label: i for i, a in enumerate(p.applications)}
    money, gone = np.zeros(p.cost.shape), np.zeros(len(p.resources))
    spend = before.as_bought(plan.solved.spend)
    for i, a in enumerate(before.applications):
        j = at.get(a.label)
        if j is None:
            gone += spend[i].sum(axis=1)
        else:
            money[j] = spend[i]
    none = np.zeros((len(p.applications), len(p.periods)))
    empty = Facts(none, np.zeros_like(p.cost), np.zeros((len(p.periods), p.gap.size)), p.effect, 0)
    planning = Replanning(p, empty, Approved(money, gone, before.budget.sum(axis=1)), 0, solver)
    _, last = planning.ends()
    whole = float((p.priority * p.gap).sum()) or 1.0
    best = float((p.priority * planning.columns.closed_gaps(last.x)[-1]).sum())
    return {
        "replanned": best / whole,
        "fixed": share_as_planned(plan.solved, p),
        "moved": last.moved,
    }
