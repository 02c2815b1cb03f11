"""The price of trust: the most money that one judge, one judgement or one score can draw to a target, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Resource
from ..errors import CaseError, Problem, nearest
from ..mcda import plotting
from ..mcda.region import Region
from ..optimize.after.areas import best_areas
from ..optimize.after.settled import extremes
from ..optimize.after.trust import most_by_gap, most_of_best
from ..optimize.model.objectives import Views, least_spend, view_values
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.decision import Array
from ..study.names import measure_name, place_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan import Plan, known_best
from ..study.solving import as_stopped, problem_and_solver
from ..study.weighing import factor_weights
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SCALE = tuple([1 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)])
"""The 17 judgements of Saaty's scale."""
KINDS = ("judge", "judgement", "score")
"""What can draw."""
RATIO = 0.1
"""Consistency ratio up to which a judgement is admitted."""
MOST = 5000
"""Vertices beyond which what one judge can draw is not sought to the end."""


@dataclass(frozen=True)
class Trust(Result):
    """The result of `saidao.trust`.

    Attributes
    ----------
    plan : today's.
    share : weight of the one judge among all.
    targets : a row a target: money today, and the most that a judge, a judgement and a score draw, with the report.
    tried, admitted : single judgements on the scale, and those that keep the consistency ratio.
    """

    plan: Plan
    share: float
    targets: list[Row]
    tried: int
    admitted: int

    @property
    def case(self) -> Case:
        """The case."""
        return self.plan.case

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao trust --json``."""
        return {
            "schema": "saidao/trust/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "settings": self.plan.settings.to_dict(),
            "share": self.share,
            "judgements": {"tried": self.tried, "admitted": self.admitted},
            "targets": self.targets,
        }

    def _name(self, row: Row, lang: str) -> str:
        told = measure_name(self.case, row["target"], None, lang)
        return told if row["kind"] == "measure" else place_name(self.case, row["target"], lang)

    def text(self, lang: str = "en") -> list[str]:
        """Say what one judge can draw at most, and what one number can."""
        unit = self.case.rows(Resource)[0].unit_name(lang)
        lines = []
        for key, words in (("judge", "trust.judge"), ("judgement", "trust.judgement"), ("score", "trust.score")):
            known = [row for row in self.targets if row[key] is not None]
            if known:
                most = max(known, key=lambda row: row[key]["most"] - row["today"])
                told = {"today": quantity(most["today"], unit), "most": quantity(most[key]["most"], unit)}
                lines.append(say(words, lang, name=self._name(most, lang), share=self.share, **told))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is admitted."""
        return [say("trust.how", lang, tried=self.tried, admitted=self.admitted)]

    def declared(self) -> Iterator[Table]:
        """Yield the targets, those that can draw most first."""
        names = self.case.names

        def report(row: Row, lang: str) -> str:
            """Say what the one number would be that draws most."""
            told = []
            if row["judgement"] is not None:
                one = row["judgement"]
                pair = f"{names(Factor, lang)[one['one']]} / {names(Factor, lang)[one['other']]}"
                told.append(f"{pair} = {one['value']:.3g}")
            if row["score"] is not None:
                told.append(f"{names(Factor, lang)[row['score']['factor']]}: {1 - row['score']['gap']:.2f}")
            return say("semicolon", lang).join(told)

        money = self.case.rows(Resource)[0].resource
        rows = [{**row, **{f"{key}_most": row[key] and row[key]["most"] for key in KINDS}} for row in self.targets]
        yield Table(
            "targets",
            (
                Column("kind", seen="data"),
                Column("target", told=self._name, heading="head.where"),
                Column("today", "amount", money, heading="head.money_today"),
                *(Column(f"{key}_most", "amount", money) for key in KINDS),
                Column("report", told=report, seen="people"),
            ),
            sorted(rows, key=lambda row: float(row["today"]) - max(float(row[f"{key}_most"] or 0) for key in KINDS)),
            title="title.trust",
            sheet="sheet.trust",
        )

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw each target's money today, and the most that one judge draws to it."""
        rows = [row for row in self.targets if row["judge"] is not None] or self.targets
        ax = plotting.axes(ax, len(rows))
        now = np.array([float(row["today"]) for row in rows])
        most = np.array([float((row["judge"] or {"most": row["today"]})["most"]) for row in rows])
        plotting.intervals(ax, [self._name(row, lang) for row in rows], now, now, np.maximum(now, most))
        return plotting.finished(ax, (self.text(lang) or [""])[0], self.case.rows(Resource)[0].unit_name(lang))


@question("trust", example="saidao trust shanghai --to quantum --share 0.1")
def trust(
    case: CaseLike,
    to: Annotated[
        Iterable[str] | None, Option("A track or a measure; repeatable. All tracks, if left out.", reads="list")
    ] = None,
    judge_share: Annotated[
        float | None, Option("Weight of the one judge among all; one of the judges' if left out.", flag="--share")
    ] = None,
    **options: Unpack[PlanOptions],
) -> Trust:
    """Find the most money that one judge, one judgement or one score can draw to a target, and the report that does it.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    to : tracks and measures.
    judge_share : weight of the one judge; if left out one of as many as have judged, a tenth where only one has.
    **options : as for `saidao.plan`; the objective is ``weighted``.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible, Stopped
        As `saidao.plan`.

    Notes
    -----
    Money is of the first resource, at the target itself; ties are broken in its favour. One judge of share s,
    consistent on 1/9 to 9, others' weights b, geometric means of judgements: all w with
    w[f] <= (b[f]/b[g])^(1-s) 9^s w[g], exact.
    One judgement: its 17 values, as far as the consistency ratio is at most 0.1. One score, of tracks: over the whole
    scale, exact.
    """
    case = load_case(case)
    problem, how = problem_and_solver(case, options)
    if problem.settings.objective != "weighted":
        details = {"choices": "weighted"}
        raise CaseError([Problem("choice", "objective", found=problem.settings.objective, details=details)])
    p = problem.programme
    measures = list(dict.fromkeys(a.measure for a in p.applications))
    wanted = list(p.tracks) if to is None else [to] if isinstance(to, str) else list(to)
    known = [*p.tracks, *measures]
    problems = [
        Problem("choice", "to", found=one, details={"choices": ", ".join(known), "nearest": nearest(one, known)})
        for one in wanted
        if one not in known
    ]
    judges = len({judgement.judge for judgement in case.judgements.values()})
    part = judge_share if judge_share is not None else 1 / judges if judges > 1 else 0.1
    if not 0 < part <= 1:
        problems.append(Problem("share", "judge_share", found=f"{part:g}", details={"nearest": None}))
    if problems:
        raise CaseError(problems)
    plan = known_best(Plan.from_problem(problem, how))
    amounts = np.array([_money(plan, one) for one in wanted])
    today = amounts @ plan.solved.optimum.x[: amounts.shape[1]]
    with as_stopped():
        drawn = _by_judge(plan, amounts, part)
        judged, tried, admitted = _by_judgement(plan, amounts)
        rows = [
            {
                "target": one,
                "kind": "track" if one in p.tracks else "measure",
                "today": float(today[n]),
                "judge": drawn[n],
                "judgement": judged[n],
                "score": _by_score(plan, one, amounts[n]) if one in p.tracks else None,
            }
            for n, one in enumerate(wanted)
        ]
    return Trust(plan, part, rows, tried, admitted)


def _money(plan: Plan, target: str) -> Array:
    """Money of the first resource at a target, as coefficients of the levels."""
    p, c = plan.solved.programme, plan.solved.columns
    mine = np.array([target in (a.measure, a.target if a.scope == "track" else "") for a in p.applications])
    row = np.zeros(c.number)
    for q in range(len(p.periods)):
        unit = p.cost[p.segment_application, 0, q]
        row[c.level(q, np.arange(len(unit)))] = np.where(mine[p.segment_application], unit, 0.0)
    return row


def _by_judge(plan: Plan, amounts: Array, share: float) -> list[Row | None]:
    """Return what one judge of a share can draw, over all weights that it can bring about."""
    p, c, b = plan.solved.programme, plan.solved.columns, _others(plan)
    n = len(b)
    none: list[Row | None] = [None] * len(amounts)
    if n < 2 or not (b > 0).all() or plan.model.is_mixed:
        return none
    rows = np.zeros((n * (n - 1), n))
    for i, (f, g) in enumerate((f, g) for f in range(n) for g in range(n) if f != g):
        rows[i, f], rows[i, g] = -1.0, (b[f] / b[g]) ** (1 - share) * 9.0**share
    region = Region(p.factors, rows, np.zeros(len(rows)), ("one judge",))
    pi = p.priority.sum(axis=1) / plan.weights.array.sum()
    by_factor = np.array([np.outer(pi, np.eye(n)[f]).ravel() for f in range(n)])
    parts = view_values(c, Views(by_factor, np.zeros(n)))
    every = np.vstack([np.eye(n), rows])
    areas = best_areas(
        plan.model, parts, region.vertices, every, np.zeros(len(every)), plan.solved.problem.solver, MOST
    )
    if not areas.exact:
        return none
    found = extremes(areas, plan.model, parts, least_spend(c), amounts, plan.solved.problem.solver)
    made: list[Row | None] = []
    for k in range(len(amounts)):
        at_ties = found.most_at_ties[k]
        most = float(found.most[k] if np.isnan(at_ties) else max(at_ties, found.most[k]))
        inside = int(np.nanargmax(found.most_in_area[:, k]))
        w = areas.weights[found.most_at[k]] if found.most_at[k] >= 0 else areas.middle[inside]
        judge = (w / b ** (1 - share)) ** (1 / share)
        made.append(
            {
                "most": most,
                "weights": dict(zip(p.factors, map(float, w), strict=True)),
                "report": dict(zip(p.factors, map(float, judge / judge.sum()), strict=True)),
            }
        )
    return made


def _others(plan: Plan) -> Array:
    """Return the others' weights: of judgements their geometric means, which alone multiply with those of one more."""
    if plan.weights.scheme != "ahp":
        return plan.weights.array
    settings = replace(plan.settings, prioritisation="geometric_mean")
    return factor_weights(plan.case, plan.problem.decision, None, settings).array


def _by_judgement(plan: Plan, amounts: Array) -> tuple[list[Row | None], int, int]:
    """Return what one judgement of the case can draw, on Saaty's scale and within the consistency ratio."""
    problem, case = plan.problem, plan.case
    best: list[Row | None] = [None] * len(amounts)
    if plan.weights.scheme != "ahp":
        return best, 0, 0
    tried = admitted = 0
    for name, judgement in case.judgements.items():
        for i, j in combinations(range(len(judgement.labels)), 2):
            for value in SCALE:
                tried += 1
                matrix = judgement.matrix.copy()
                matrix[i, j], matrix[j, i] = value, 1.0 / value
                ratio = mcda.ahp(matrix, random_index=problem.settings.random_index).consistency_ratio
                if ratio is not None and ratio > RATIO:
                    continue
                admitted += 1
                judged = {**case.judgements, name: replace(judgement, matrix=matrix)}
                asked = replace(case, judgements=MappingProxyType(judged))
                w = factor_weights(asked, problem.decision, None, problem.settings).array
                priority = problem.priorities(w[None, :])[0]
                most = most_of_best(plan.solved.programme, priority, amounts, plan.solved.problem.solver)
                for n, amount in enumerate(most.tolist()):
                    known = best[n]
                    if known is None or amount > known["most"] + 1e-6:
                        best[n] = {
                            "most": amount,
                            "judge": name,
                            "one": judgement.labels[i],
                            "other": judgement.labels[j],
                            "value": value,
                        }
    return best, tried, admitted


def _by_score(plan: Plan, track: str, amount: Array) -> Row | None:
    """Return what one score of a track can draw to it, over its whole scale."""
    p = plan.solved.programme
    if plan.model.is_mixed or any(rule.of is None for rule in p.rules) or plan.settings.stance != "even":
        return None
    t = p.tracks.index(track)
    best: Row | None = None
    for f, factor in enumerate(p.factors):
        found = most_by_gap(p, t * len(p.factors) + f, amount, plan.solved.problem.solver)
        if best is None or found.amount > best["most"] + 1e-6:
            best = {"most": found.amount, "factor": factor, "gap": found.at}
    return best
