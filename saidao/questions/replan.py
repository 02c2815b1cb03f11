"""Re-planning: the year after the plan, with the least change, and every choice between least change and most value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from .. import optimize
from ..case import Case, load_case
from ..case.tables import Measure, Resource, RuleRow, Track, Type
from ..errors import CaseError, Conflict, Disproved, Infeasible, Overspent, Problem, nearest
from ..mcda import plotting
from ..optimize.after.commitments import Overcommitted
from ..optimize.after.exact import ExactCertificate, prove_exactly
from ..optimize.after.replan import Curve, Progress, Replanned, Replanning
from ..optimize.deadline import OutOfTime, done_within
from ..optimize.model.model import INF
from ..optimize.solve.solvers import time_to_prove
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.options import CaseLike, CertifyOption, PlanOptions
from ..study.plan.columns import resource_columns
from ..study.planning.problem import PlanningProblem
from ..study.planning.programme import budgets
from ..study.planning.solving import as_stopped, infeasible, problem_and_solver
from ..study.planning.underway import (
    OUTLOOKS,
    Outlook,
    approved_money,
    approved_plan,
    facts,
    progress_rows,
    with_actuals,
)
from ..study.proof.prove import CaseProof
from ..study.proof.recount import Recount
from ..study.proof.underway import prove_underway, recount_underway
from ..study.rules import rule_sentence
from ..study.verbs import plan as make_plan
from ..texts.numbers import Form, quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NINE_TENTHS = 0.9
"""Share of what moving brings at which most of it is had."""
MOVED = 1e-9
"""Share of a budget below which a place is left as it was."""
ROUNDED = 1e-11
"""Share of the budgets by which the least that moves is rounded."""
CHANGE = 1e-9
"""Share of a budget by which it differs from the approved one."""


@dataclass(frozen=True)
class Replan(Result):
    """The result of `saidao.replan`.

    Attributes
    ----------
    problem : what is asked now.
    planning : the programme, how far the plan is, and what was approved.
    source : where the approved plan comes from.
    gone : what it holds that is no more.
    curve : the most value for each amount moved.
    plan : the plan chosen; `afresh` what one made anew would move.
    asked : of the plan's first stage: ``most`` value, the most ``within`` an amount moved, or the least that moves
        ``keeping`` a value.
    outlook, at : as asked.
    prove : the plan is to be proved in exact fractions too.
    """

    problem: PlanningProblem
    planning: Replanning
    source: str
    gone: list[Row]
    curve: Curve
    plan: Replanned
    asked: Mapping[str, float | None]
    afresh: float
    outlook: Outlook
    at: str
    prove: bool = False

    @property
    def case(self) -> Case:
        """The case."""
        return self.problem.case

    # --- figures -----------------------------------------------------------------------------------------------------

    @property
    def of(self) -> str:
        """The resource in which movement is counted, or ``all``."""
        return "all" if self.planning.of is None else self.planning.programme.resources[self.planning.of]

    @property
    def weighted_gap(self) -> float:
        """Weighted gap before any plan, sum of v g."""
        p = self.planning.programme
        return float((p.priority * p.gap).sum())

    def _share(self, x: Any) -> float:
        whole = self.weighted_gap
        closed = float((self.planning.programme.priority * self.planning.closed(x)[-1]).sum())
        return closed / whole if whole else 1.0

    @property
    def best(self) -> float:
        """The most value of any plan now."""
        return self.curve.points[-1].value

    def _lost(self, value: float) -> float:
        return (self.best - value) / (abs(self.best) or 1.0)

    @property
    def points(self) -> list[Row]:
        """Every corner of the curve: what moves, the value, the closed share, and the share of the best value lost."""
        return [
            {
                "moved": point.moved,
                "value": point.value,
                "closed_share": self._share(point.x),
                "lost_share": self._lost(point.value),
            }
            for point in self.curve.points
        ]

    @property
    def choices(self) -> list[Row]:
        """What the least movement, nine tenths of what moving brings, all of it, and this plan move and lose."""
        first, last = self.curve.points[0], self.curve.points[-1]
        most = first.value + NINE_TENTHS * (last.value - first.value)
        moved = self.curve.moved_for(most)
        rows: list[Row] = [
            {"choice": "least", "moved": first.moved, "value": first.value},
            {"choice": "nine_tenths", "moved": moved, "value": self.curve.at(moved) if self.curve.is_stair else most},
            {"choice": "best", "moved": last.moved, "value": last.value},
            {"choice": "chosen", "moved": self.moved, "value": self.plan.value},
        ]
        return [{**row, "lost_share": max(self._lost(row["value"]), 0.0)} for row in rows]

    @property
    def moved(self) -> float:
        """What this plan moves, as it is counted."""
        return float(self.planning.counted @ self.plan.moved)

    @property
    def moves(self) -> list[Row]:
        """Every place whose money changes, of any resource, the most first."""
        p, now, before = self.planning.programme, self.plan.money, self.planning.approved.money
        size = MOVED * np.maximum(p.budget.sum(axis=1), self.planning.approved.budget)
        r = self.planning.of or 0
        rows = [
            {
                "measure": a.measure,
                "scope": a.scope,
                "target": a.target,
                "period": p.periods[q],
                "level": float(self.plan.level[i, q]),
                "approved": float(before[i, r, q]),
                "now": float(now[i, r, q]),
                "change": float(now[i, r, q] - before[i, r, q]),
                "changes": {
                    name: float(now[i, n, q] - before[i, n, q])
                    for n, name in enumerate(p.resources)
                    if abs(now[i, n, q] - before[i, n, q]) > size[n]
                },
            }
            for i, a in enumerate(p.applications)
            for q in range(len(p.periods))
            if (np.abs(now[i, :, q] - before[i, :, q]) > size).any()
        ]
        rows += [
            {
                **{key: row[key] for key in ("measure", "target", "period")},
                "scope": "",
                "level": 0.0,
                "approved": row["costs"].get(p.resources[r], 0.0),
                "now": 0.0,
                "change": -row["costs"].get(p.resources[r], 0.0),
                "changes": {name: -amount for name, amount in row["costs"].items() if amount},
            }
            for row in self.gone
        ]
        return sorted(rows, key=lambda row: -abs(float(row["change"])))

    @property
    def kind(self) -> str:
        """``adjustment`` where the total of a budget of money changes, ``virement`` where money moves, or ``none``."""
        p, r = self.planning.programme, self.planning.of or 0
        before, now = float(self.planning.approved.budget[r]), float(p.budget[r].sum())
        if abs(now - before) > CHANGE * max(before, now):
            return "adjustment"
        return "virement" if self.virement > MOVED * max(before, now) else "none"

    @property
    def virement(self) -> float:
        """Money that goes from some measures to others: the lesser of all that rises and all that falls, by measure."""
        net: dict[str, float] = {}
        for row in self.moves:
            net[row["measure"]] = net.get(row["measure"], 0.0) + row["change"]
        return min(sum(max(v, 0.0) for v in net.values()), sum(max(-v, 0.0) for v in net.values()))

    @property
    def allocation(self) -> list[Row]:
        """What the plan holds now, keys as `saidao.plan`, with what of it is committed and what was approved."""
        p, k = self.planning.programme, self.planning.facts.committed
        return [
            {
                "measure": a.measure,
                "scope": a.scope,
                "target": a.target,
                "period": period,
                "level": float(self.plan.level[i, q]),
                "committed": float(k[i, q]),
                "costs": {
                    r: float(self.plan.money[i, n, q])
                    for n, r in enumerate(p.resources)
                    if p.level_cost[i, n, q] != 0 or self.plan.money[i, n, q] != 0
                },
            }
            for i, a in enumerate(p.applications)
            for q, period in enumerate(p.periods)
            if self.plan.level[i, q] > 0 or self.plan.money[i, :, q].any()
        ]

    @property
    def resources(self) -> list[Row]:
        """Budget, what was approved in all, what is spent already and what is used, of every resource and period."""
        p = self.planning.programme
        used, spent = self.plan.spend.sum(axis=0), self.planning.facts.spent.sum(axis=0)
        return [
            {
                "resource": r,
                "period": period,
                "budget": float(p.budget[n, q]),
                "spent": float(spent[n, q]),
                "used": float(used[n, q]),
                "approved_budget": float(self.planning.approved.budget[n]),
                "moved": float(self.plan.moved[n]),
            }
            for n, r in enumerate(p.resources)
            for q, period in enumerate(p.periods)
        ]

    @property
    def gaps(self) -> list[Row]:
        """Gap, what is closed already by what is bound, and what closes at the end, of every track and factor."""
        p = self.planning.programme
        last, given = self.planning.closed(self.plan.x)[-1].ravel(), self.planning.facts.given[-1]
        return [
            {
                "track": p.pair_name(k)[0],
                "factor": p.pair_name(k)[1],
                "gap": float(p.gap.flat[k]),
                "priority": float(p.priority.flat[k]),
                "given": float(given[k]),
                "closed": float(last[k]),
            }
            for k in range(p.gap.size)
        ]

    @property
    def progress(self) -> list[Row]:
        """Every place that was approved or reported: money and level against what was approved, and what is off."""
        return progress_rows(self.case, self.planning)

    @cached_property
    def certificate(self) -> Row:
        """Of the plan's first stage, and of the curve; keys as a plan's."""
        proof, exact = self.plan.certificate, self.exact_certificate if self.prove else None
        proven = self.proven if self.prove else CaseProof()
        return {
            "primal_violation": proof.primal_violation,
            "dual_violation": proof.dual_violation,
            "gap": proof.gap,
            "curve_gap": self.curve.gap,
            "exact": None if exact is None else exact.exact,
            "exact_reason": None if exact is None else exact.reason,
            "nodes": self.plan.nodes if exact is None else exact.nodes,
            "exact_gap": None if exact is None or exact.gap is None else float(exact.gap),
            "case": {**self.recounted.to_dict(), "exact": proven.exact, "exact_reason": proven.reason},
        }

    @cached_property
    def exact_certificate(self) -> ExactCertificate:
        """Proof of the first stage in exact fractions, of the floats as they are."""
        return prove_exactly(self.plan.model, self.plan.optimum, self.planning.solver, self.plan.proof)

    @cached_property
    def recounted(self) -> Recount:
        """What a second reader finds who recomputes all that is shown from the case's tables."""
        return recount_underway(self.case, self.shown())

    @cached_property
    def proven(self) -> CaseProof:
        """What fractions say of the first stage, its program stated once more from the tables.

        It keeps to the time limit of whole units: a plan that was stopped is not known to be the best.
        """
        if self.plan.stopped:
            return CaseProof(reason="stopped")
        try:
            with done_within(time_to_prove(self.planning.solver) if self.plan.model.is_mixed else INF):
                return prove_underway(self.case, self.shown())
        except OutOfTime:
            return CaseProof(reason="stopped")

    def shown(self) -> Row:
        """Return what a second reader recounts and proves."""
        before, p = self.problem.before, self.planning.programme
        approved = self.planning.approved
        return {
            "settings": self.problem.settings.to_dict(),
            "weights": self.problem.weights.rows(),
            "ranking": [
                {"track": t, "score": None if before is None else float(before.score_array[i])}
                for i, t in enumerate(self.problem.decision.tracks)
            ],
            "outlook": self.outlook,
            "start": self.planning.facts.start,
            "allocation": self.allocation,
            "resources": self.resources,
            "gaps": self.gaps,
            "closed_by_period": self.planning.closed(self.plan.x).reshape(len(p.periods), -1).tolist(),
            "value": self.plan.value,
            "approved": [
                {
                    "measure": a.measure,
                    "target": a.target,
                    "period": period,
                    "costs": dict(zip(p.resources, map(float, approved.money[i, :, q]), strict=True)),
                }
                for i, a in enumerate(p.applications)
                for q, period in enumerate(p.periods)
                if approved.money[i, :, q].any()
            ],
            "gone": dict(zip(p.resources, map(float, approved.gone), strict=True)),
            "counted": dict(zip(p.resources, map(float, self.planning.counted), strict=True)),
            "asked": self.asked,
            "left": self.plan.left,
        }

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao replan --json``."""
        p = self.planning.programme
        return {
            "schema": "saidao/replan/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.problem.settings.to_dict(),
            "status": "stopped" if self.plan.stopped else "optimal",
            "approved": {
                "source": self.source,
                "budgets": dict(zip(p.resources, map(float, self.planning.approved.budget), strict=True)),
                "gone": self.gone,
            },
            "of": self.of,
            "outlook": self.outlook,
            "at": self.at,
            "kind": self.kind,
            "virement": self.virement,
            "choices": self.choices,
            "afresh": self.afresh,
            "curve": self.points,
            "curve_exact": self.curve.exact,
            "curve_coarse": self.curve.coarse,
            "moved": dict(zip(p.resources, map(float, self.plan.moved), strict=True)),
            "moved_of_all": self.plan.moved_of_all,
            "moves": self.moves,
            "allocation": self.allocation,
            "resources": self.resources,
            "gaps": self.gaps,
            "progress": self.progress,
            "objective": {
                "value": self.plan.value,
                "best_value": self.best,
                "closed_share": self._share(self.plan.x),
                "weighted_gap": self.weighted_gap,
            },
            "certificate": self.certificate,
        }

    # --- words -------------------------------------------------------------------------------------------------------

    def _amount(self, amount: float, lang: str) -> str:
        if self.planning.of is None:
            return f"{amount:.2%}"
        unit = next(row for row in self.case.rows(Resource) if row.resource == self.of).unit_name(lang)
        return quantity(amount, unit)

    def text(self, lang: str = "en") -> list[str]:
        """Say what must move, what is enough, what the best plan moves, and by which procedure it is done."""
        least, most, best, chosen = self.choices
        if best["moved"] <= MOVED * float(self.planning.counted @ self.planning.approved.budget):
            return [say("replan.nothing", lang)]
        told = {
            "least": self._amount(least["moved"], lang),
            "least_lost": least["lost_share"],
            "nine": self._amount(most["moved"], lang),
            "nine_lost": most["lost_share"],
            "best": self._amount(best["moved"], lang),
            "afresh": self._amount(self.afresh, lang),
        }
        lines = [say("replan.choices", lang, **told)]
        lines.append(
            say(
                "replan.chosen",
                lang,
                moved=self._amount(chosen["moved"], lang),
                places=len(self.moves),
                closed=self._share(self.plan.x),
                lost=chosen["lost_share"],
            )
        )
        r = self.planning.of or 0
        unit = self.case.rows(Resource)[r].unit_name(lang)
        before, now = float(self.planning.approved.budget[r]), float(self.planning.programme.budget[r].sum())
        lines.append(
            say(
                f"replan.{self.kind}",
                lang,
                before=quantity(before, unit),
                now=quantity(now, unit),
                virement=quantity(self.virement, unit),
            )
        )
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is counted, what is gone, where the curve is not whole, and what proves it."""
        lines = [say("replan.counted", lang, what=say("replan.all", lang) if self.of == "all" else self._counted(lang))]
        if self.gone:
            names = say("list", lang).join(dict.fromkeys(f"{row['measure']}@{row['target']}" for row in self.gone))
            lines.append(say("replan.gone", lang, names=names))
        if self.curve.coarse:
            lines.append(say("replan.coarse", lang, coarse=self.curve.coarse))
        elif not self.curve.exact:
            lines.append(say("replan.ends_only", lang))
        elif self.curve.is_stair:
            lines.append(say("replan.stairs", lang))
        c, is_mixed = self.certificate, self.planning.model.is_mixed
        told = {"gap": c["gap"], "curve": c["curve_gap"], "nodes": c["nodes"]}
        how = "duals" if not is_mixed else "solver" if c["nodes"] is None else "tree"
        lines += [say(f"replan.proof.{how}", lang, **told), say("certificate.case", lang, **c["case"])]
        if c["exact"] is not None:
            kind = c["exact_reason"] or ("whole" if is_mixed else "optimal")
            of_case = c["case"]["exact_reason"] or ("branches" if is_mixed else "underway")
            lines += [say(f"exact.{kind}", lang, gap=c["exact_gap"]), say(f"exact.case.{of_case}", lang)]
        return lines

    def _counted(self, lang: str) -> str:
        return self.case.names(Resource, lang)[self.of]

    def declared(self) -> Iterator[Table]:
        """Yield the choices, what moves, the curve, the plan as it stands now, resources and progress."""
        amount: Form = "fine share" if self.planning.of is None else "amount"
        money = self.planning.programme.resources[self.planning.of or 0]
        of = () if self.planning.of is None else money
        lost, several = Column("lost_share", "price"), len(self.planning.programme.periods) > 1
        period = Column("period", seen="everywhere" if several else "data")
        yield Table(
            "choices",
            (
                Column("choice", "word"),
                Column("moved", amount, of, heading="head.money_moved"),
                Column("value", "number", seen="data"),
                lost,
            ),
            self.choices,
            title="title.replan_choices",
            sheet="sheet.replan_choices",
        )
        place = Column("measure", "id", Measure), Column("target", "name", (Type, Track)), period
        yield Table(
            "moves",
            (
                *place,
                Column("level", "level"),
                Column("approved", "amount", money),
                Column("now", "amount", money),
                Column("change", "amount", money, heading="head.money_change"),
            ),
            self.moves,
            title="title.replan_moves",
            sheet="sheet.replan_moves",
        )
        yield Table(
            "curve",
            (
                Column("moved", amount, of, heading="head.money_moved"),
                Column("value", "number", heading="head.counted", seen="files"),
                Column("closed_share", "fine share", heading="head.closed"),
                lost,
            ),
            self.points,
            title="title.replan_curve",
            sheet="sheet.replan_curve",
        )
        yield Table(
            "allocation",
            (
                place[0],
                Column("scope", "word"),
                *place[1:],
                Column("level", "level"),
                Column("committed", "level"),
                *resource_columns(self.case),
            ),
            [{**row, **row["costs"]} for row in self.allocation],
            most=0,
        )
        yield Table(
            "resources",
            (
                Column("resource", "name", Resource),
                period,
                Column("approved_budget", "amount", Resource),
                Column("budget", "amount", Resource),
                Column("spent", "amount", Resource),
                Column("used", "amount", Resource),
                Column("moved", "amount", Resource, heading="head.money_moved"),
            ),
            self.resources,
            title="title.replan_resources",
        )
        yield Table(
            "progress",
            (
                *place,
                Column("approved", "amount", money),
                Column("spent", "amount", money),
                Column("spent_share", "share"),
                Column("time_share", "share"),
                Column("forecast", "amount", money),
                Column("committed", "level"),
                Column("achieved", "level"),
                Column("off_share", "price"),
            ),
            self.progress,
            title="title.replan_progress",
            sheet="sheet.replan_progress",
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the closed share against what moves, and the plan chosen on it."""
        ax = plotting.axes(ax, 12)
        ax.plot(
            [point["moved"] for point in self.points],
            [point["closed_share"] for point in self.points],
            "o-",
            color=plotting.BLUE,
            markersize=3,
            drawstyle="steps-post" if self.curve.is_stair else "default",
        )
        ax.plot([self.moved], [self._share(self.plan.x)], "o", color=plotting.ORANGE)
        ax.yaxis.set_major_formatter("{x:.2%}")
        ax.set_ylabel(say("plot.closed_share", lang))
        return plotting.finished(ax, self.text(lang)[0], say("head.money_moved", lang))


@question(
    "replan",
    example="saidao replan shanghai --from plan.json --budget funds=2475",
    suffixes=(".docx",),
)
def replan(
    case: CaseLike,
    approved: Annotated[
        Result | Mapping[str, Any] | str | Path | None,
        Option(
            "The approved plan: .json or .csv, or a run that is kept; if left out, the case's own.",
            flag="--from",
            metavar="PLAN|RUN",
            reads="plan",
        ),
    ] = None,
    *,
    actuals: Annotated[
        Path | str | None,
        Option("A file in place of the table actuals: bound, spent, achieved so far.", metavar="FILE"),
    ] = None,
    at: Annotated[str | None, Option("The first period that is still open.", metavar="PERIOD")] = None,
    of: Annotated[
        str | None, Option("Count what moves in this resource (the first if left out), or in all.", metavar="R|all")
    ] = None,
    move: Annotated[float | None, Option("The most value that moves no more than this.", metavar="AMOUNT")] = None,
    keep: Annotated[
        float | None, Option("The least that moves and keeps this share of the best value.", metavar="SHARE")
    ] = None,
    outlook: Annotated[
        Outlook,
        Option("What further units bring: expected, achieved (as so far) or updated.", choices=OUTLOOKS),
    ] = "achieved",
    certify: CertifyOption = None,
    progress: Progress = lambda done: None,
    **options: Unpack[PlanOptions],
) -> Replan:
    """Plan again after a change, moving as little as can be of an approved plan; and every choice in between.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook; budgets and effects as they are now.
    approved : the approved plan: a `Plan`, its data, or a .json or .csv file. If left out, the plan of the case without
        the budgets that are given here.
    actuals : a file with the table `actuals`, in place of the case's own.
    at : the first period that is still open; what lies before it stays as the table says.
    of : the resource in which movement is counted, or ``"all"``: each as a share of its approved budget, summed.
    move : choose the plan of the most value that moves no more than this.
    keep : choose the plan that moves least and keeps this share of the best value.
    outlook : ``"expected"``: further units bring what the case says; ``"achieved"``: as much as those so far;
        ``"updated"``: the case's effects, updated by the results of each measure.
    certify : ``"exact"`` proves the plan in exact fractions as well, without the solver.
    progress : called with the number of programs solved so far.
    **options : as for `saidao.plan`; the objective is ``weighted``.

    Returns
    -------
    Replan
        `points`: every corner of the most value against what moves; `moves`, `allocation`, `choices`, `progress`.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible
        More is bound than a budget or rule allows, or no plan meets them.
    Stopped
        As `saidao.plan`.

    Examples
    --------
    >>> found = replan("shanghai", budgets={"funds": 2475.0}, stance="even")
    >>> found.kind, round(found.choices[0]["moved"], 6)
    ('adjustment', 25.0)
    """
    case = with_actuals(load_case(case), actuals)
    problem, how = problem_and_solver(case, {**options, "certify": certify})
    chosen = problem.settings
    _check(problem, move, keep, of, at, outlook)
    p = problem.programme
    if approved is None:
        own: Mapping[str, Any] = {k: v for k, v in options.items() if k != "budgets"}
        approved = make_plan(case, **own)
    was = approved_plan(approved, p.periods)
    money, gone = approved_money(was, p, budgets(case, {}).sum(axis=1))
    start = 0 if at is None else p.periods.index(at)
    counted = None if of == "all" else 0 if of is None else p.resources.index(of)
    planning = Replanning(p, facts(case, p, outlook, start), money, counted, how.solver)
    try:
        with as_stopped(infeasible=False):
            curve = planning.curve(progress, NINE_TENTHS)
            made, asked = _chosen(planning, curve, move, keep)
            afresh = planning.afresh()
    except Overcommitted as error:
        raise _overspent(problem, error) from None
    except optimize.InfeasibleProgramme as error:
        raise infeasible(problem, error.model, how.solver) from None
    source = was.source or chosen.objective
    found = Replan(problem, planning, source, gone, curve, made, asked, afresh, outlook, at or "", how.prove)
    denied = found.recounted.disagreements or (found.proven.disagreements if how.prove else [])
    if denied:
        raise Disproved(denied)
    return found


def _chosen(
    planning: Replanning, curve: Curve, move: float | None, keep: float | None
) -> tuple[Replanned, dict[str, float | None]]:
    """Return the plan that was asked for, and what its first stage asked."""
    least = curve.points[0].moved
    room = ROUNDED * float(planning.counted @ planning.approved.budget)
    if move is not None:
        if move < least - MOVED * max(least, 1.0):
            raise CaseError([Problem("move_least", "move", found=f"{move:g}", details={"least": f"{least:,.6g}"})])
        move = max(move, least + room)
        return planning.moving(move), {"within": move}
    if keep is None:
        return planning.best(), {"most": None}
    value = keep * curve.points[-1].value
    if value > curve.points[0].value:
        return planning.keeping(value), {"keeping": value}
    return planning.moving(least + room), {"within": least + room}


def _check(
    problem: PlanningProblem, move: float | None, keep: float | None, of: str | None, at: str | None, outlook: str
) -> None:
    """Refuse what cannot be asked."""
    p, found = problem.programme, []
    if problem.settings.objective != "weighted":
        found.append(Problem("choice", "objective", found=problem.settings.objective, details={"choices": "weighted"}))
    if move is not None and keep is not None:
        found.append(Problem("not_with", "move", found=f"{move:g}", details={"option": "--keep"}))
    if move is not None and not (np.isfinite(move) and move >= 0):
        found.append(Problem("at_least", "move", found=str(move), details={"bound": 0}))
    if keep is not None and not 0 <= keep <= 1:
        found.append(Problem("share", "keep", found=str(keep), details={"nearest": None}))
    for name, given, known in (
        ("of", of, (*p.resources, "all")),
        ("at", at, p.periods),
        ("outlook", outlook, OUTLOOKS),
    ):
        if given is not None and given not in known:
            details = {"choices": ", ".join(known), "nearest": nearest(given, known)}
            found.append(Problem("choice", name, found=given, details=details))
    if found:
        raise CaseError(found)


def _overspent(problem: PlanningProblem, error: Overcommitted) -> Infeasible:
    """Return in the case's names and units what is bound beyond which limit."""
    p = problem.programme
    row = None if error.resource is None else problem.case.rows(Resource)[error.resource]
    names, units = {}, {}
    for lang in ("en", "zh"):
        units[lang] = "" if row is None else row.unit_name(lang)
        if error.rule is not None:
            rule = next(one for one in problem.case.rows(RuleRow) if one.rule == error.rule.name)
            names[lang] = rule_sentence(problem.case, rule, lang)
        else:
            when = "" if error.period is None or len(p.periods) == 1 else f" ({p.periods[error.period]})"
            names[lang] = ("" if row is None else row.name(lang)) + when
    kind = "budget" if error.rule is None else "cap"
    return Overspent([Conflict(kind, names, error.limit, error.amount, units)])
