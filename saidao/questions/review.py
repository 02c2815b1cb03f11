"""After the year: what the plan got against hindsight, whose share of the loss is whose, and what was learnt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from .. import optimize
from ..case import Case, load_case
from ..case.provenance import with_sources
from ..case.tables import Actual, Effect, Kind, Measure, Resource
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..optimize.after.hindsight import PARTS, Hindsight, by_part
from ..optimize.after.learning import by_measure
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.decision import Array
from ..study.options import CaseLike, PlanOptions
from ..study.planning.programme import budgets
from ..study.planning.solving import as_stopped, problem_and_solver
from ..study.planning.underway import ApprovedPlan, approved_money, approved_plan, facts, took_effect, with_actuals
from ..study.verbs import plan as make_plan
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NONE, ALL = frozenset[str](), frozenset(PARTS)


@dataclass(frozen=True)
class Review(Result):
    """The result of `saidao.review`.

    Attributes
    ----------
    case : as it was believed.
    year : the year as planned and as it was.
    outcomes : value in truth of a planner who knows a subset of the parts; with a discount early gaps count more in it.
    money : by subset the least money with which hindsight gets as much.
    learnt : effects re-estimated, a row a measure.
    """

    case: Case
    year: Hindsight = field(repr=False)
    outcomes: dict[frozenset[str], float]
    money: dict[frozenset[str], float]
    learnt: list[Row]

    @property
    def weighted_gap(self) -> float:
        """Weighted gap in truth, sum of v g."""
        p = self.year.true
        return float((p.priority * p.gap).sum())

    @property
    def parts(self) -> list[Row]:
        """What knowing each part would have been worth: share of the gap, and money; they sum to the whole loss."""
        value, money = by_part(self.outcomes.__getitem__), by_part(self.money.__getitem__)
        whole = self.weighted_gap or 1.0
        return [
            {"part": part, "value": value[part], "share": value[part] / whole, "money": money[part]} for part in PARTS
        ]

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao review --json``."""
        whole = self.weighted_gap or 1.0
        return {
            "schema": "saidao/review/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "realised": self.outcomes[NONE] / whole,
            "hindsight": self.outcomes[ALL] / whole,
            "loss": (self.outcomes[ALL] - self.outcomes[NONE]) / whole,
            "money": self.money[ALL] - self.money[NONE],
            "parts": self.parts,
            "outcomes": [
                {"known": sorted(known, key=PARTS.index), "share": value / whole, "money": self.money[known]}
                for known, value in self.outcomes.items()
            ],
            "effects": self.learnt,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say what was realised, what hindsight would have got, which part cost most, and what was learnt."""
        data = self.to_dict()
        unit = self.case.rows(Resource)[0].unit_name(lang)
        p = self.year.true
        timed = len(p.periods) > 1 and p.discount != 1.0
        lines = [
            say(
                "review.loss_timed" if timed else "review.loss",
                lang,
                discount=p.discount,
                realised=data["realised"],
                hindsight=data["hindsight"],
                money=quantity(data["money"], unit),
            )
        ]
        most = max(data["parts"], key=lambda row: abs(float(row["share"])))
        if most["value"]:
            told = {"part": say(f"part.{most['part']}", lang), "money": quantity(most["money"], unit)}
            lines.append(say("review.most", lang, share=100 * most["share"], **told))
        if self.learnt:
            row = max(self.learnt, key=lambda row: abs(float(row["factor"]) - 1))
            name = self.case.names(Measure, lang)[row["measure"]]
            lines.append(say("review.learnt", lang, name=name, **{k: row[k] for k in ("factor", "low", "high")}))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say how the loss is divided."""
        return [say("review.how", lang)]

    def declared(self) -> Iterator[Table]:
        """Yield the parts of the loss, what each knowledge would have got, and the effects as learnt."""
        yield Table(
            "parts",
            (
                Column("part", "word"),
                Column("value", "number", heading="head.counted", seen="data"),
                Column("share", "fine share", heading="head.review_share"),
                Column("money", "amount", self.case.rows(Resource)[0].resource, heading="head.review_money"),
            ),
            self.parts,
            title="title.review_parts",
            sheet="sheet.review_parts",
        )
        yield Table(
            "outcomes",
            (
                Column("known", told=_known),
                Column("share", "fine share", heading="head.closed"),
                Column("money", "amount", self.case.rows(Resource)[0].resource, heading="head.review_enough"),
            ),
            self.to_dict()["outcomes"],
            title="title.review_outcomes",
            sheet="sheet.review_outcomes",
            most=0,
        )
        yield Table(
            "effects",
            (
                Column("measure", "id", Measure),
                Column("committed", "level"),
                Column("achieved", "level"),
                Column("factor", "ratio", heading="head.review_factor"),
                Column("deviation", "ratio", heading="head.error"),
                Column("low", "ratio"),
                Column("high", "ratio"),
                Column("capped", "flag", heading="head.review_capped"),
            ),
            self.learnt,
            title="title.review_effects",
            sheet="sheet.review_effects",
        )

    def made_case(self) -> Case:
        """Return the case with effects as they were learnt, sourced as measured."""
        factor = {row["measure"]: float(row["factor"]) for row in self.learnt}
        rows = [
            row.model_copy(update={"effect": row.effect * factor.get(row.measure, 1.0)})
            for row in self.case.rows(Effect)
        ]
        made = self.case.with_rows(effects=rows)
        cells: list[tuple[str, str, str, Kind]] = [("effects", name, "effect", "measured") for name in factor]
        return with_sources(made, cells, lambda lang: say("review.source", lang))

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw each part of the loss."""
        ax = plotting.axes(ax, len(PARTS))
        shares = [float(row["share"]) for row in self.parts]
        ax.barh([say(f"part.{part}", lang) for part in PARTS], shares, color=plotting.BLUE)
        ax.invert_yaxis()
        ax.xaxis.set_major_formatter("{x:.2%}")
        return plotting.finished(ax, self.text(lang)[0], say("head.review_share", lang))


def _known(row: Row, lang: str) -> str:
    """Name the parts that were known."""
    return say("list", lang).join(say(f"part.{part}", lang) for part in row["known"]) or say("part.none", lang)


@question(
    "review",
    example="saidao review shanghai --actuals actuals.csv",
    writes="Write the case with effects as learnt, sourced as measured: a folder, .xlsx or .zip.",
)
def review(
    case: CaseLike,
    approved: Annotated[
        Result | Mapping[str, Any] | str | Path | None,
        Option(
            "The approved plan: .json or .csv, or a run that is kept; if left out, the case's own.",
            flag="--from",
            metavar="PLAN",
            reads="plan",
        ),
    ] = None,
    *,
    truth: Annotated[
        CaseLike | None,
        Option("The case as it turned out: weights, effects, costs; the case itself if left out.", metavar="CASE"),
    ] = None,
    actuals: Annotated[
        Path | str | None, Option("A file in place of the table actuals: what was committed, achieved.", metavar="FILE")
    ] = None,
    **options: Unpack[PlanOptions],
) -> Review:
    """Divide the loss against hindsight into weights, effects, costs and execution, and learn effects from results.

    Parameters
    ----------
    case : as it was believed when the plan was made.
    approved : the approved plan; if left out, that of the case.
    truth : the case as it turned out: its default weights, effects and costs; the same places and effects. `actuals` of
        this case, or of the file, say what was delivered.
    actuals : a file with the table `actuals`.
    **options : as for `saidao.plan`, for what was believed; the objective is ``weighted``.

    Returns
    -------
    Review
        `parts` sum to the loss, each may be negative; `made_case` is next year's, with effects as they were learnt.

    Raises
    ------
    CaseError
        Bad input, with every problem found; a truth of other places or effects.
    Infeasible, Stopped
        As `saidao.plan`.

    Examples
    --------
    >>> found = review("shanghai")
    >>> abs(round(found.to_dict()["loss"], 9))
    0.0
    """
    believed = load_case(case)
    problem, how = problem_and_solver(believed, options)
    if problem.settings.objective != "weighted":
        details = {"choices": "weighted"}
        raise CaseError([Problem("choice", "objective", found=problem.settings.objective, details=details)])
    real = with_actuals(believed if truth is None else load_case(truth), actuals)
    own: dict[str, Any] = {} if truth is not None else dict(options)
    true = problem_and_solver(real, own | {"budgets": dict(problem.settings.budgets)})[0].programme
    p = problem.programme
    same = true.applications == p.applications and np.array_equal(true.effect_pair, p.effect_pair)
    if not (same and np.array_equal(true.effect_segment, p.effect_segment)):
        raise CaseError([Problem("review_truth", real.name)])
    was = approved_plan(make_plan(believed, **options) if approved is None else approved, p.periods)
    money, _ = approved_money(was, p, budgets(believed, {}).sum(axis=1))
    true = replace(true, gap=p.gap, budget=p.budget, rules=p.rules)
    year = Hindsight(p, true, money, _delivered(real, true, was), how.solver)
    with as_stopped():
        outcomes = year.outcomes()
        needed = year.least_money(outcomes.values())
    funds = {known: needed[value] for known, value in outcomes.items()}
    return Review(believed, year, outcomes, funds, list(_learnt(real, true)))


def _delivered(case: Case, p: optimize.Programme, was: ApprovedPlan) -> Array:
    """Return what share of each level is delivered: of what was approved, else as of its measure, else all. (A, P)."""
    told = facts(case, p, "expected", 0)
    took = took_effect(case, p, told.committed).sum(axis=1)
    at = {(a.measure, a.target): i for i, a in enumerate(p.applications)}
    approved, reported = np.zeros(len(p.applications)), {row.place for row in case.rows(Actual)}
    for (measure, target, _), level in was.level.items():
        if (measure, target) in at:
            approved[at[measure, target]] += level
    known = np.array([(a.measure, a.target) in reported for a in p.applications], dtype=bool) & (approved > 0)
    share = np.ones(len(p.applications))
    share[known] = took[known] / approved[known]
    measures = np.array([a.measure for a in p.applications])
    for i in np.flatnonzero(approved <= 0).tolist():
        like = known & (measures == measures[i])
        if like.any():
            share[i] = took[like].sum() / approved[like].sum()
    return np.repeat(share[:, None], len(p.periods), axis=1)


def _learnt(case: Case, p: optimize.Programme) -> Iterator[Row]:
    """Yield each measure's factor after its results; a result whose gaps all closed says only "at least"."""
    told = facts(case, p, "expected", 0)
    committed, took = told.committed.sum(axis=1), took_effect(case, p, told.committed).sum(axis=1)
    measures = np.array([a.measure for a in p.applications])
    for name, found in by_measure(p, committed, took, told.given[-1]).items():
        mine = (measures == name) & (committed > 0)
        yield {
            "measure": name,
            "committed": float(committed[mine].sum()),
            "achieved": float(took[mine].sum()),
            "factor": found.mean,
            "deviation": found.deviation,
            "low": found.low,
            "high": found.high,
            "capped": found.capped,
        }
