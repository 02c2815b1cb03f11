"""The figures of a plan: what is bought, what it closes, what limits it, what proves it, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, isnan
from typing import Self

import numpy as np

from ... import optimize
from ...case import Case
from ...case.provenance import Share, Sources, shares_by_source, weakest
from ...case.tables import Cost, Kind, Measure, UncertainRow
from ...errors import CaseError, Disproved
from ...mcda import InputError, Ranking, Weights
from ...mcda.brief import Brief
from ...optimize import Allocation, ExactCertificate, Model, OutOfTime, Price, Prices, Steps, done_within
from ...optimize.after.exact import prove_exactly
from ...optimize.model.model import INF
from ...optimize.solve.proof.grow import WORK
from ...optimize.solve.solvers import time_to_prove
from ...results.result import Row
from ..array_errors import as_case_error
from ..decision import Decision
from ..planning.problem import PlanningProblem
from ..planning.programme import effect_rows
from ..planning.solving import SolverOptions, as_stopped, solve
from ..proof.prove import CaseProof, prove_case
from ..proof.recount import Recount, recount
from ..ranking.weighing import ranking_of
from ..settings import Settings
from . import footing
from .amendment import amendment
from .disagreement import disagreements
from .share_range import ShareRange, share_range


def _finite(value: float | None) -> float | None:
    """JSON knows no infinity: an end that does not exist is null."""
    return None if value is None or not isfinite(value) else float(value)


def _price(price: Price) -> Row:
    return {
        "shadow_price": price.shadow_price,
        "price_up": _finite(price.up),
        "price_down": _finite(price.down),
        "valid_from": _finite(price.valid_from),
        "valid_to": _finite(price.valid_to),
    }


def _steps(steps: Steps | None) -> Row:
    made = Steps() if steps is None else steps
    return {
        "next_amount": made.next_amount,
        "next_change": made.next_change,
        "spare_amount": made.spare_amount,
        "spare_change": _finite(made.spare_change),
        "next_known": None if steps is None else made.next_known,
        "spare_known": None if steps is None else made.spare_known,
    }


@dataclass(frozen=True)
class PlanFigures(Brief):
    """What a plan is, its tables as lists of plain rows: figures, prices, certificate, and what they rest on.

    Attributes
    ----------
    problem : what was planned.
    solved : the allocation: levels, spend, closed gaps, duals.
    after : the ranking that the plan leaves; None where the method is not defined for it.
    undefined : why a ranking is not defined, or a weighting scheme, in English.
    views : what each weight scenario gets, of the objectives robust and regret.
    prove : whether exact fractions are asked for too.
    """

    problem: PlanningProblem
    solved: Allocation
    after: Ranking | None
    undefined: tuple[str, ...] = ()
    views: tuple[Row, ...] = ()
    prove: bool = False

    @classmethod
    def from_problem(cls, problem: PlanningProblem, how: SolverOptions | None = None, near: Self | None = None) -> Self:
        """Plan a problem, of equally good plans the nearest to *near*, and rank the tracks as it leaves them.

        Raises
        ------
        Infeasible, Stopped
            As `solve`.
        Disproved
            What the plan shows is not what the case's tables give.
        """
        how = SolverOptions() if how is None else how
        allocation, views = solve(problem, how, None if near is None else near.solved)
        undefined = list(problem.undefined)
        data = problem.decision
        after: Ranking | None
        try:
            after = ranking_of(data, data.after(allocation.closed), problem.weights, problem.settings)
        except InputError as error:
            after = None  # told in the notes: a method can be undefined once a gap is closed everywhere
            undefined.append(as_case_error(error, data).problems[0].text())
        missing, rows = ((), ()) if views is None else (views.missing, views.rows(allocation))
        made = cls(problem, allocation, after, (*undefined, *missing), rows, how.prove)
        denied = made.recounted.disagreements or (made.proven.disagreements if how.prove else [])
        if denied:
            raise Disproved(denied)
        return made

    @property
    def case(self) -> Case:
        """The case."""
        return self.problem.case

    @property
    def settings(self) -> Settings:
        """What was asked."""
        return self.problem.settings

    @property
    def weights(self) -> Weights:
        """Weights of the factors."""
        return self.problem.weights

    @property
    def before(self) -> Ranking | None:
        """The ranking before the plan; None where the tracks cannot be ranked."""
        return self.problem.before

    @property
    def decision(self) -> Decision:
        """Scores, levels and gaps before the plan."""
        return self.problem.decision

    @property
    def model(self) -> Model:
        """The canonical model; `.to_pulp()` hands it over."""
        return self.solved.model

    @property
    def status(self) -> str:
        """``optimal``; ``stopped``, where a time limit came first; ``within_gap``, where one was asked for and is left.

        The certificate tells how far the plan may be off.
        """
        return "optimal" if self.solved.is_best else "stopped" if self.solved.stopped else "within_gap"

    @property
    def value(self) -> float:
        """Weighted gap closed, sum of v z, early rather than late where the case discounts."""
        return self.solved.value

    @property
    def weighted_gap(self) -> float:
        """Weighted gap before the plan, sum of v g."""
        p = self.solved.programme
        return float((p.priority * p.gap).sum())

    @property
    def closed_share(self) -> float:
        """Share of the weighted gap that is closed at the end, undiscounted; 1 where there is none."""
        return self.solved.closed_share

    @cached_property
    def by_track(self) -> list[Row]:
        """Of each track: its share of the weighted gap, and what of its own the plan closes (null: it has none).

        Its own counts by the weights alone: a track that the stance gives no priority has a gap all the same.
        """
        p = self.solved.programme
        share = (p.priority * p.gap).sum(axis=1) / (self.weighted_gap or 1.0)
        gap, closed = (z @ p.weight for z in (p.gap, self.solved.closed))
        return [
            {"track": t, "gap_share": float(s), "closed": float(c / g) if g > 0 else None}
            for t, s, g, c in zip(p.tracks, share, gap, closed, strict=True)
        ]

    @property
    def worst_track_first(self) -> bool:
        """Whether tracks count by what closes of their own gap, whatever priority the ranking gives them."""
        lifted = self.solved.problem.worst_case
        return lifted is not None and lifted.in_turn

    @property
    def price_unit(self) -> float:
        """What prices are told against: the weighted gap, so that they are shares of it, or 1 for other objectives."""
        return (self.weighted_gap or 1.0) if self.settings.aim.counts == "weighted_gap" else 1.0

    @cached_property
    def prices(self) -> Prices:
        """Prices of budgets and rules, reduced costs, and next steps, each found when it is asked for."""
        return Prices(self.solved)

    # --- tables ------------------------------------------------------------------------------------------------------

    @cached_property
    def ranking(self) -> list[Row]:
        """Level, score and rank of every track, before and after the plan.

        The level is the factors' levels weighted: 1 is every target reached. It stands by itself, while scores and
        ranks compare the tracks with one another (null where the method is not defined).
        """
        before, after = self.before, self.after
        level = self.decision.level @ self.weights.array
        closed = self.solved.closed @ self.weights.array
        return [
            {
                "track": track,
                "level": float(level[i]),
                "level_after": float(level[i] + closed[i]),
                "score": None if before is None else float(before.score_array[i]),
                "rank": None if before is None else int(before.rank_array[i]),
                "score_after": None if after is None else float(after.score_array[i]),
                "rank_after": None if after is None else int(after.rank_array[i]),
            }
            for i, track in enumerate(self.decision.tracks)
        ]

    @cached_property
    def gaps(self) -> list[Row]:
        """Level, gap, priority and closed gap of every track and factor, in level units."""
        p, level = self.solved.programme, self.decision.level
        pairs = [(track, factor) for track in p.tracks for factor in p.factors]
        figures = (one.ravel().tolist() for one in (level, p.gap, p.priority, self.solved.closed))
        return [
            {"track": track, "factor": factor, "level": level, "gap": gap, "priority": priority, "closed": closed}
            for (track, factor), level, gap, priority, closed in zip(pairs, *figures, strict=True)
        ]

    @cached_property
    def allocation(self) -> list[Row]:
        """What is funded: each application with its level, its cost by resource, and the gaps it closes at the end."""
        p, solved = self.solved.programme, self.solved
        closes: dict[tuple[int, int], dict[int, float]] = {}
        for a, q, pair, amount in self.solved.closing():
            at = closes.setdefault((a, q), {})
            at[pair] = at.get(pair, 0.0) + amount
        return [
            {
                "measure": application.measure,
                "scope": application.scope,
                "target": application.target,
                "period": period,
                "level": level,
                "costs": {
                    r: unit * level for r, unit in zip(p.resources, p.level_cost[a, :, q].tolist(), strict=True) if unit
                },
                "closes": [
                    {"track": track, "factor": factor, "amount": amount}
                    for pair, amount in closes.get((a, q), {}).items()
                    for track, factor in [p.pair_name(pair)]
                ],
            }
            for a, (application, levels) in enumerate(zip(p.applications, solved.level.tolist(), strict=True))
            for q, (period, level) in enumerate(zip(p.periods, levels, strict=True))
            if level > 0
        ]

    def allocation_rows(self) -> list[Row]:
        """Return the allocation, flat: a column per resource, the value closed, and names in both languages."""
        p = self.solved.programme
        priority = {p.pair_name(k): float(v) for k, v in enumerate(p.priority.ravel())}
        names = {lang: self.case.names(Measure, lang) for lang in ("en", "zh")}
        return [
            {
                "measure": row["measure"],
                "name_en": names["en"][row["measure"]],
                "name_zh": names["zh"][row["measure"]],
                "scope": row["scope"],
                "target": row["target"],
                "period": row["period"],
                "level": row["level"],
                **{r: row["costs"].get(r, 0.0) for r in p.resources},
                "closed": sum(c["amount"] for c in row["closes"]),
                "value": sum(c["amount"] * priority[c["track"], c["factor"]] for c in row["closes"]),
            }
            for row in self.allocation
        ]

    @cached_property
    @as_stopped()
    def unfunded(self) -> list[Row]:
        """What is not funded, and by how much the value of one unit of its level would have to rise to be.

        Null where no rise is enough, as no plan has any of it (`fundable` is false then), and for a plan of whole
        units, which has no reduced costs (both are null).
        """
        solved = self.solved
        return [
            {
                "measure": a.measure,
                "scope": a.scope,
                "target": a.target,
                "reduced_cost": _finite(cost),
                "fundable": None if isnan(cost) else isfinite(cost),
            }
            for a, level, cost in zip(
                solved.programme.applications,
                solved.level.sum(axis=1).tolist(),
                self.prices.reduced_costs.tolist(),
                strict=True,
            )
            if level == 0
        ]

    @cached_property
    def used(self) -> list[Row]:
        """Budget and use of every resource in every period; `carried` is what the period before left to it."""
        p, solved = self.solved.programme, self.solved
        used = solved.spend.sum(axis=0)
        carried = np.zeros_like(p.budget)
        for q in range(1, len(p.periods)):
            carried[:, q] = p.carry * np.maximum(p.budget[:, q - 1] + carried[:, q - 1] - used[:, q - 1], 0.0)
        return [
            {
                "resource": resource,
                "period": period,
                "budget": float(p.budget[r, q]),
                "carried": float(carried[r, q]),
                "used": float(used[r, q]),
            }
            for r, resource in enumerate(p.resources)
            for q, period in enumerate(p.periods)
        ]

    @cached_property
    @as_stopped()
    def resources(self) -> list[Row]:
        """Budget, use and price of every resource in every period.

        Of a plan of whole units also the next steps: `next_amount`, the least that more of it has to be for a better
        plan, and `next_change`, what that is better by; `spare_amount`, how much can go without loss, and
        `spare_change`, what is lost beyond; `next_known`, `spare_known`, whether they were found in time (a
        `spare_amount` that is not all can go). Null for other plans.
        """
        prices = (price for prices in self.prices.budgets for price in prices)
        steps = (step for steps in self.prices.steps for step in steps)
        return [
            {**row, **_price(price), **_steps(step)} for row, price, step in zip(self.used, prices, steps, strict=True)
        ]

    @cached_property
    def limits(self) -> list[Row]:
        """Amount of every floor and cap, and what is reached."""
        p, solved = self.solved.programme, self.solved
        rows = []
        for rule in p.rules:
            at = slice(None) if rule.period is None else [rule.period]
            if rule.of is None:
                closed = solved.closed_by_period[-1 if rule.period is None else rule.period]
                reached = closed.ravel()[rule.members].sum()
            else:
                reached = solved.spend[rule.members, rule.of][:, at].sum()
            rows.append(
                {
                    "rule": rule.name,
                    "kind": rule.kind,
                    "of": "closed" if rule.of is None else p.resources[rule.of],
                    "amount": rule.amount,
                    "reached": float(reached),
                }
            )
        return rows

    @cached_property
    @as_stopped()
    def rules(self) -> list[Row]:
        """Amount, value and price of every floor and cap, and of constraints of one's own (`amend`)."""
        rows = [{**row, **_price(price)} for row, price in zip(self.limits, self.prices.rules, strict=True)]
        for own in self.prices.own:
            reached = {"amount": own.amount, "reached": own.reached}
            rows.append({"rule": own.name, "kind": "own", "of": "", **reached, **_price(own.price)})
        return rows

    @cached_property
    def disagreements(self) -> list[Row]:
        """Tracks that rank high and get little, and the reverse, with the reason; see `disagreement`."""
        return disagreements(self.before, self.solved)

    @cached_property
    def stances(self) -> list[Row]:
        """What the other stances would move; see `footing.stances`."""
        return footing.stances(self.problem, self.solved, self._beside)

    @cached_property
    def assumptions(self) -> list[Row]:
        """What the plan would be if the case assumed otherwise; see `footing.assumptions`."""
        return footing.assumptions(self.problem, self.solved, self._beside)

    def _beside(self, problem: PlanningProblem, seconds: float) -> Allocation:
        """Solve another problem near this plan, by the same solver; whole units by HiGHS, as a rule, within a time.

        What is told of it is no plan to be bought: its proof may take a tenth.
        """
        own = self.solved.problem.solver
        solver = optimize.whole_units_within(seconds) if optimize.is_highs(own) else own
        return solve(problem, SolverOptions(solver, work=WORK // 10), self.solved)[0]

    @cached_property
    def certificate(self) -> Row:
        """Violations and gap by our own arithmetic; `exact`, where it was asked: whether exact fractions prove it."""
        c, last = self.solved.certificate, self.solved.last_certificate
        exact = self.exact_certificate if self.prove else None
        tree = None if self.solved.proof is None else self.solved.proof.found
        nodes = exact.nodes if exact is not None else None if tree is None else tree.nodes
        return {
            "primal_violation": c.primal_violation,
            "dual_violation": c.dual_violation,
            "gap": c.gap,
            "gap_asked": self.solved.allowed or None,
            "exact": None if exact is None else exact.exact,
            "exact_reason": None if exact is None else exact.reason,
            "nodes": nodes,
            "exact_gap": None if exact is None or exact.gap is None else float(exact.gap),
            "least_spend_gap": None if last is None else last.gap,
            "case": {
                **self.recounted.to_dict(),
                "exact": self.proven.exact if self.prove else None,
                "exact_reason": self.proven.reason if self.prove else None,
                "prices": self.proven.prices if self.prove else None,
            },
        }

    @cached_property
    def exact_certificate(self) -> ExactCertificate:
        """Proof in exact fractions, of the floats as they are; see `saidao.optimize.certify_exact`."""
        return prove_exactly(self.model, self.solved.optimum, self.solved.problem.solver, self.solved.proof)

    @cached_property
    def _shares(self) -> list[Share]:
        case, p = self.case, self.solved.programme
        sources = Sources(case)
        effects = effect_rows(case)
        costs: dict[str, list[Kind]] = {}
        for row in case.rows(Cost):
            if row.cost > 0:
                costs.setdefault(row.measure, []).append(sources.kind("costs", (row.measure, row.resource), "cost"))
        budget = weakest(
            "assumption" if r in self.settings.budgets else sources.kind("resources", (r,), "budget")
            for r in p.resources
        )
        of_measure: dict[str, dict[str, Kind]] = {
            measure: {
                "costs": weakest(costs.get(measure, ["paper"])),
                "levels": sources.kind("measures", (measure,), "max_level"),
            }
            for measure in dict.fromkeys(a.measure for a in p.applications)
        }
        of_factor = {factor: self._weight_kind(sources, factor) for factor in p.factors}
        priority = p.priority.ravel().tolist()

        def parts() -> Iterator[tuple[float, dict[str, Kind]]]:
            for a, _, pair, amount in self.solved.closing():
                measure = p.applications[a].measure
                track, factor = p.pair_name(pair)
                effect = effects[measure, track, factor][0]
                graded = {"scales": sources.kind("scales", (effect.scale,), "closes")} if effect.scale else {}
                yield (
                    priority[pair] * amount,
                    {
                        **graded,
                        "scores": self._score_kind(sources, track, factor),
                        "weights": of_factor[factor],
                        "effects": sources.kind("effects", (measure, effect.track, factor), "effect"),
                        **of_measure[measure],
                        "budgets": budget,
                    },
                )

        return shares_by_source(parts())

    def _weight_kind(self, sources: Sources, factor: str) -> Kind:
        return weakest(self._scheme_kind(sources, factor, scheme) for scheme in self.weights.scheme.split("+"))

    def _scheme_kind(self, sources: Sources, factor: str, scheme: str) -> Kind:
        if scheme == "ahp":
            return sources.kind("judgements", (), "")
        if scheme == "direct":
            return sources.kind("factors", (factor,), "weight")
        if scheme in ("equal", "given"):
            return "judgement"  # of whoever chose them
        return weakest(self._score_kind(sources, t, f) for t in self.decision.tracks for f in self.decision.factors)

    def _score_kind(self, sources: Sources, track: str, factor: str) -> Kind:
        return "assumption" if (track, factor) in self._guessed else sources.kind("scores", (track,), factor)

    @cached_property
    def _guessed(self) -> set[tuple[str, str]]:
        return {(row["track"], row["factor"]) for row in self.case.imputed}

    @property
    def provenance(self) -> list[Row]:
        """Share of the objective by the weakest source it rests on; the shares sum to 1."""
        return [{"kind": s.kind, "share_of_objective": s.share} for s in self._shares if not s.table]

    @property
    def inputs(self) -> list[Row]:
        """Share of the objective by source, for each kind of input."""
        return [{"table": s.table, "kind": s.kind, "share_of_objective": s.share} for s in self._shares if s.table]

    @cached_property
    def closed_range(self) -> ShareRange | None:
        """The least and the most that the plan closes, inputs within their spread; None if none is assumed or given.

        None too where the case's table of spreads cannot be read: `saidao uncertain` says why.
        """
        told = bool(self.case.rows(UncertainRow))
        if not self.allocation or not (told or any(row["kind"] == "assumption" for row in self.inputs)):
            return None
        try:
            return share_range(self.problem, self.solved)
        except CaseError:
            return None

    # --- proof -------------------------------------------------------------------------------------------------------

    @cached_property
    def objective(self) -> Row:
        """What was asked to be as large as can be, its bound, and what the plan is worth whatever was asked."""
        return {
            "value": self.solved.certificate.value,
            "best_bound": self.solved.certificate.bound,
            "weighted": self.value,
            "closed_share": self.closed_share,
            "weighted_gap": self.weighted_gap,
        }

    @cached_property
    def shown(self) -> Row:
        """All figures that are shown but prices, which take time: as a second reader takes them, see `recount`."""
        solved = self.solved
        return {
            "settings": self.settings.to_dict(),
            "weights": self.weights.rows(),
            "ranking": self.ranking,
            "gaps": self.gaps,
            "allocation": self.allocation,
            "allocation_rows": self.allocation_rows(),
            "by_track": self.by_track,
            "resources": self.used,
            "rules": self.limits,
            "objective": self.objective,
            "views": list(self.views),
            "ranked": (self.decision.scores, self.decision.directions),
            "gap": solved.certificate.gap,
            "closed_by_period": solved.closed_by_period.reshape(len(solved.programme.periods), -1).tolist(),
            "own": amendment(solved),
            "accuracy": solved.optimum.accuracy,
        }

    @cached_property
    def recounted(self) -> Recount:
        """What a second reader finds who recomputes all that is shown from the case's tables."""
        return recount(self.case, self.shown)

    @cached_property
    def proven(self) -> CaseProof:
        """What fractions say of the plan and its prices, from the case's tables; see `prove_case`.

        It keeps to the time limit of whole units: a plan that was stopped is not known to be the best.
        """
        if self.solved.stopped:
            return CaseProof(reason="stopped")
        shown = {**self.shown, "resources": self.resources, "rules": self.rules}
        try:
            with done_within(time_to_prove(self.solved.problem.solver) if self.model.is_mixed else INF):
                return prove_case(self.case, shown)
        except OutOfTime:
            return CaseProof(reason="stopped")
