"""The price of trust: the most money that one judge, judgement, score, cell or department can draw to a target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.tables import Factor, Project, Resource
from ..errors import CaseError, Problem, nearest
from ..mcda import plotting
from ..mcda.weight_space.region import Region
from ..optimize import Application, Programme
from ..optimize.after.critical_regions import best_areas
from ..optimize.after.settled import extremes
from ..optimize.after.trust import most_along, most_by_gap, most_by_step, most_of_best
from ..optimize.model.columns import Columns
from ..optimize.model.objectives import Views, least_spend, value, view_values
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.decision import Array
from ..study.names import input_name, measure_name, place_name
from ..study.options import CaseLike, PlanOptions
from ..study.plan.result import Plan, known_best
from ..study.planning.programme import effect_rows
from ..study.planning.solving import as_stopped, problem_and_solver
from ..study.planning.spreads import Spread, spread
from ..study.ranking.weighing import factor_weights
from ..texts.numbers import quantity
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SCALE = tuple([1 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)])
"""The 17 judgements of Saaty's scale."""
CELLS = ("effect", "cost", "budget")
"""Numbers of the case that can draw, each alone."""
KINDS = ("judge", "judgement", "score", *CELLS)
"""What can draw."""
CLOSE = 0.5
"""How near a bound of what is drawn is sought to be, in the unit of the money; at most so many halvings."""
LARGEST = 2000
"""Places beyond which nothing is sought: each judgement of the scale is planned anew."""
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
    targets : a row a target: money today, and the most that a judge, a judgement, a score and, of targets that were
        named, one effect, cost or budget draw, with the report.
    departments : a row a department of the table `projects`: its measures' money today, and the most that it draws by
        telling all their effects and costs better or worse than they are.
    tried, admitted : single judgements on the scale, and those that keep the consistency ratio.
    """

    plan: Plan
    share: float
    targets: list[Row]
    departments: list[Row]
    assumed: bool
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
            "departments": self.departments,
            "assumed": self.assumed,
        }

    def _name(self, row: Row, lang: str) -> str:
        told = measure_name(self.case, row["target"], None, lang)
        return told if row["kind"] == "measure" else place_name(self.case, row["target"], lang)

    def _names(self, row: Row, lang: str) -> str:
        return say("list", lang).join(measure_name(self.case, one, None, lang) for one in row["measures"])

    def text(self, lang: str = "en") -> list[str]:
        """Say what one judge can draw at most, and what one number can."""
        unit = self.case.rows(Resource)[0].unit_name(lang)
        lines = []
        for key in KINDS:
            words = f"trust.{key}"
            known = [row for row in self.targets if row[key] is not None]
            if known:
                most = max(known, key=lambda row: row[key]["most"] - row["today"])
                told = {"today": quantity(most["today"], unit), "most": quantity(most[key]["most"], unit)}
                if told["today"] != told["most"]:
                    lines.append(say(words, lang, name=self._name(most, lang), share=self.share, **told))
        if not lines:
            lines.append(say("trust.none", lang))
        if self.departments:
            most = max(self.departments, key=lambda row: row["most"] - row["today"])
            told = {"today": quantity(most["today"], unit), "most": quantity(most["most"], unit)}
            lines.append(say("trust.department", lang, name=most["department"], **told))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what is admitted."""
        lines = [say("trust.how", lang, tried=self.tried, admitted=self.admitted)]
        if self.departments or any(row[key] for row in self.targets for key in CELLS):
            lines.append(say("trust.cells_assumed" if self.assumed else "trust.cells", lang))
        return lines

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
            for key in CELLS:
                if row[key] is not None:
                    one = row[key]
                    name = input_name(self.case, one["table"], one["row"], one["column"], lang)
                    told.append(f"{name} = {one['value']:.4g}")
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
        yield Table(
            "departments",
            (
                Column("department"),
                Column("measures", told=self._names),
                Column("today", "amount", money, heading="head.money_today"),
                Column("most", "amount", money, heading="head.department_most"),
                Column("bound", "amount", money, heading="head.department_bound", seen="files"),
                Column("told", "share", heading="head.department_told"),
            ),
            self.departments,
            title="title.trust_departments",
            sheet="sheet.trust_departments",
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
    """Find the most money that one judge, judgement, score, cell or department can draw to a target, and how.

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
    scale, exact. One effect or cost of the target's own, or one budget, of targets that are named: over its spread
    (table `uncertain`, or effects +-30 %, costs +-20 %, budgets +-10 %): of a budget exact, of the others what is drawn
    for sure, and a bound that nothing draws beyond. A department (of the
    table `projects`): all effects and costs of its measures told better or worse together.
    """
    case = load_case(case)
    problem, how = problem_and_solver(case, options)
    if problem.settings.objective != "weighted":
        details = {"choices": "weighted"}
        raise CaseError([Problem("choice", "objective", found=problem.settings.objective, details=details)])
    p = problem.programme
    measures = list(dict.fromkeys(a.measure for a in p.applications))
    wanted = list(p.tracks) if not to else [to] if isinstance(to, str) else list(to)
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
    if len(p.applications) > LARGEST:
        details = {"most": f"{LARGEST:,}"}
        problems.append(Problem("trust_size", case.name, found=f"{len(p.applications):,}", details=details))
    if problems:
        raise CaseError(problems)
    plan = known_best(Plan.from_problem(problem, how))
    amounts = np.array([_money(plan, one) for one in wanted])
    ends = None if plan.model.is_mixed else spread(problem, 0.0)
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
                **(dict.fromkeys(CELLS) if ends is None or not to else _by_cells(plan, ends, one)),
            }
            for n, one in enumerate(wanted)
        ]
        departments = [] if ends is None else list(_departments(plan, ends))
    return Trust(plan, part, rows, departments, ends is not None and ends.assumed, tried, admitted)


def _money_of(c: Columns, wanted: Callable[[Application], bool]) -> Array:
    """Money of the first resource at some applications, as coefficients of the levels: (N,)."""
    p = c.programme
    mine = np.array([wanted(a) for a in p.applications], dtype=bool)
    row = np.zeros(c.number)
    for q in range(len(p.periods)):
        unit = p.level_cost[p.segment_application, 0, q]
        row[c.level(q, np.arange(len(unit)))] = np.where(mine[p.segment_application], unit, 0.0)
    return row


def _at(target: str) -> Callable[[Application], bool]:
    """Whether an application is of a measure, or at a track."""
    return lambda a: target in (a.measure, a.target if a.scope == "track" else "")


def _by_cells(plan: Plan, ends: Spread, target: str) -> dict[str, Row | None]:
    """Return what one effect, one cost and one budget draw to a target, the most of each kind, within its spread."""
    p, mine = plan.solved.programme, _at(target)
    floors = [rule for rule in p.rules if rule.kind == "floor" and rule.of is not None]
    found: dict[str, Row | None] = dict.fromkeys(CELLS)

    def consider(kind: str, cell: tuple[str, str, str], now: Array, low: Array, high: Array, at: Any) -> None:
        """Try a cell; *low* to *high* is its spread from bad to good, *at* puts a value in its place."""
        if (low == high).all() or (floors and kind == "cost"):  # what costs more meets a floor on spend more easily
            return
        n = int(np.argmax(np.abs(high - low)))
        share = float((now.flat[n] - low.flat[n]) / (high.flat[n] - low.flat[n]))
        best = found[kind]
        drawn = most_along(
            lambda s: at(low + s * (high - low)),
            lambda c: _money_of(c, mine),
            min(max(share, 0.0), 1.0),
            plan.solved.problem.solver,
            CLOSE,
            0.0 if best is None else best["most"],
        )
        if best is None or drawn.amount > best["most"] + 1e-6:
            told = low + drawn.at * (high - low)
            table, row, column = cell
            found[kind] = {
                "most": drawn.amount,
                "bound": max(drawn.bound, 0.0 if best is None else best["bound"]),
                "table": table,
                "row": row,
                "column": column,
                "value": float(told.flat[n]),
                "now": float(now.flat[n]),
            }
        else:
            best["bound"] = max(best["bound"], drawn.bound)

    for key, at_effects in _effect_cells(plan, mine).items():

        def with_effect(value: Array, at_effects: Array = at_effects) -> Programme:
            effect = p.effect.copy()
            effect[at_effects] = value
            return replace(p, effect=effect)

        now, low, high = (one.effect[at_effects] for one in (p, ends.bad, ends.good))
        consider("effect", ("effects", "/".join(key), "effect"), now, low, high, with_effect)
    for measure in dict.fromkeys(a.measure for a in p.applications if mine(a)):
        for r, resource in enumerate(p.resources):
            of = np.array([a.measure == measure for a in p.applications], dtype=bool)

            def with_cost(value: Array, of: Array = of, r: int = r) -> Programme:
                cost = p.cost.copy()
                cost[of, r] = value
                return replace(p, cost=cost)

            now, low, high = (one.cost[of, r] for one in (p, ends.bad, ends.good))
            consider("cost", ("costs", f"{measure}/{resource}", "cost"), now, low, high, with_cost)
    model = replace(plan.model, objective=value(plan.solved.columns))
    for r, resource in enumerate(p.resources):
        now = float(p.budget[r].sum())
        low, high = (float(one.budget[r].sum()) - now for one in (ends.bad, ends.good))
        if low == high:
            continue
        step = plan.solved.whole_step(r)
        one = most_by_step(model, _money_of(plan.solved.columns, mine), step, low, high, plan.solved.problem.solver)
        if found["budget"] is None or one.amount > found["budget"]["most"] + 1e-6:
            cell = {"table": "resources", "row": resource, "column": "budget"}
            found["budget"] = {"most": one.amount, "bound": one.amount, **cell, "value": now + one.at, "now": now}
    return found


def _effect_cells(plan: Plan, mine: Callable[[Application], bool]) -> dict[tuple[str, str, str], Array]:
    """Return the effects by the cell of the case in which they stand, of cells that some applications read.

    A cell for every track, or every one of a type, is that of the other tracks too.
    """
    p, rows = plan.solved.programme, effect_rows(plan.case)
    cells: dict[tuple[str, str, str], list[int]] = {}
    read = set()
    for e in range(len(p.effect)):
        a = p.applications[int(p.segment_application[p.effect_segment[e]])]
        track, factor = p.pair_name(int(p.effect_pair[e]))
        key = (a.measure, rows[a.measure, track, factor][0].track, factor)
        cells.setdefault(key, []).append(e)
        if mine(a):
            read.add(key)
    return {key: np.array(held) for key, held in cells.items() if key in read}


def _departments(plan: Plan, ends: Spread) -> Iterator[Row]:
    """Yield what each department draws to its measures, all their effects and costs told together, bad to good."""
    p = plan.solved.programme
    if any(rule.kind == "floor" and rule.of is not None for rule in p.rules):
        return
    held: dict[str, list[str]] = {}
    for row in plan.case.rows(Project):
        if row.department and row.measure not in held.setdefault(row.department, []):
            held[row.department].append(row.measure)
    for department, measures in held.items():
        of = np.array([a.measure in measures for a in p.applications], dtype=bool)
        if not of.any():
            continue
        effects = of[p.segment_application[p.effect_segment]]

        def told(s: float, of: Array = of, effects: Array = effects) -> Programme:
            effect, cost = p.effect.copy(), p.cost.copy()
            effect[effects] = (ends.bad.effect + s * (ends.good.effect - ends.bad.effect))[effects]
            cost[of] = (ends.bad.cost + s * (ends.good.cost - ends.bad.cost))[of]
            return replace(p, effect=effect, cost=cost)

        def own(a: Application, measures: list[str] = measures) -> bool:
            return a.measure in measures

        def amounts(c: Columns, own: Callable[[Application], bool] = own) -> Array:
            return _money_of(c, own)

        drawn = most_along(told, amounts, 0.5, plan.solved.problem.solver, CLOSE)
        today = float(_money_of(plan.solved.columns, own) @ plan.solved.optimum.x[: plan.solved.columns.number])
        yield {
            "department": department,
            "measures": measures,
            "today": today,
            "most": max(drawn.amount, today),
            "bound": max(drawn.bound, today),
            "told": drawn.at,
        }


def _money(plan: Plan, target: str) -> Array:
    """Money of the first resource at a target, as coefficients of the levels."""
    return _money_of(plan.solved.columns, _at(target))


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
            for judged_as in SCALE:
                tried += 1
                matrix = judgement.matrix.copy()
                matrix[i, j], matrix[j, i] = judged_as, 1.0 / judged_as
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
                            "value": judged_as,
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
