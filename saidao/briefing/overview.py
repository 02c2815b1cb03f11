"""The figures of a plan that a decision needs: money by track, what a little more would bring, how firm, by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import floor, log10
from typing import TypeVar, cast

import numpy as np

from .. import mcda
from ..case.tables import Budget, Dimension, Measure, Phase, Resource
from ..errors import CaseError, SaidaoError, Stopped
from ..framework.phasing import phase
from ..optimize import InfeasibleProgramme, OutOfTime, allocate, done_within, is_highs, whole_units_within
from ..optimize.after.many_priorities import plans_under
from ..optimize.after.prices.reoptimisation import Again
from ..optimize.model.model import INF
from ..results.result import Row
from ..study.plan.disagreement import works_on_a_gap
from ..study.plan.result import Plan
from ..study.planning.problem import formulate
from ..study.planning.solving import SolverOptions, as_stopped
from ..study.ranking.weighing import factor_weights
from ..study.settings import WeightsLike, settings

LONGEST = 10.0
"""Seconds for another plan of whole units."""
LONGEST_BESIDE = 20.0
"""Seconds for one thing that stands beside a plan of whole units: nothing else tells how long it takes."""
NONE = 1e-9
"""A share of the whole up to this is rounding."""

Found = TypeVar("Found")


@dataclass(frozen=True)
class Firmness:
    """How a plan stands under other weights: how many were tried, what stays, and what wrong ones cost.

    Attributes
    ----------
    schemes : weighting schemes tried, those that the case allows.
    always : measures of the plan that the best plan under each of them funds.
    regret : largest share of the weighted gap that the plan closes less than the best one under a scheme, and which.
    """

    schemes: tuple[str, ...]
    always: tuple[str, ...]
    regret: float
    worst: str


@dataclass(frozen=True)
class Years:
    """A plan spread over the case's years: the spend of the first resource in each, and the share closed at the end.

    `by_dimension` is that spend by the dimension of its measures; blank for those of none.
    """

    periods: tuple[str, ...]
    spend: tuple[float, ...]
    closed_share: float
    by_dimension: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Overview:
    """What a decision needs to know of a plan. Amounts are in each resource's unit, levels and shares 0 to 1."""

    plan: Plan

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """Resources by id; the first is the money."""
        return {row.resource: row for row in self.plan.case.rows(Resource)}

    @cached_property
    def late(self) -> dict[str, None]:
        """What was asked for beside the plan so far, and not found in time; in the order in which it was asked for."""
        return {}

    def in_time(self, what: str, find: Callable[[], Found]) -> Found | None:
        """Return what stands beside the plan; None where there is nothing such, or it is `late`."""
        longest = LONGEST_BESIDE if self.plan.model.is_mixed else INF
        try:
            with done_within(longest), as_stopped(infeasible=False):
                return find()
        except (Stopped, OutOfTime):
            self.late[what] = None
        except (SaidaoError, InfeasibleProgramme):
            pass
        return None

    def beside(self, what: str, find: Callable[[], Found]) -> Future[Found | None]:
        """Begin what `in_time` finds beside what is asked next: a solver keeps no other thread waiting."""
        pool = ThreadPoolExecutor(1)
        sought = pool.submit(copy_context().run, self.in_time, what, find)
        pool.shutdown(wait=False)
        return sought

    @property
    def money(self) -> Resource:
        """The resource that is told first."""
        return next(iter(self.resources.values()))

    @cached_property
    def spent(self) -> dict[str, float]:
        """What is used of each resource over all periods."""
        p = self.plan.solved.programme
        return dict(zip(p.resources, map(float, self.plan.solved.spend.sum(axis=(0, 2))), strict=True))

    @cached_property
    def budget(self) -> dict[str, float]:
        """Budget of each resource over all periods."""
        p = self.plan.solved.programme
        return dict(zip(p.resources, map(float, p.budget.sum(axis=1)), strict=True))

    # --- tracks ------------------------------------------------------------------------------------------------------

    @cached_property
    def tracks(self) -> list[Row]:
        """Each track, most money first: `amount`, `before` and `after` (how far its conditions are met), `reason`.

        The reason is why it gets no money: ``met`` (every condition), ``free`` (its measures take none), ``shared``
        (what serves several tracks closes some of its gap), ``unserved`` (no measure that may be used works on its
        gap), ``uncounted`` (the stance gives its gap no weight), ``elsewhere`` (the same means close more there) or
        ``beyond`` (the means buy nothing at all).
        """
        plan, p = self.plan, self.plan.solved.programme
        amounts = self._by_target
        served = {c["track"] for row in plan.allocation if row["scope"] == "track" for c in row["closes"]}
        closed = {row["track"]: row["closed"] for row in plan.by_track}
        works = p.effect_pair[works_on_a_gap(p) & (p.weight[p.effect_pair % len(p.factors)] > 0)]
        reached = {p.tracks[t] for t in np.unique(works // len(p.factors))}
        counted = dict(zip(p.tracks, (p.priority * p.gap).sum(axis=1) > 0, strict=True))
        rows = []
        for row in plan.ranking:
            track = row["track"]
            share = closed[track]
            reason = (
                "met"
                if share is None
                else "free"
                if track in served
                else "shared"
                if share
                else "unserved"
                if track not in reached
                else "uncounted"
                if not counted[track] and not plan.worst_track_first
                else "elsewhere"
                if plan.allocation
                else "beyond"
            )
            amount = amounts.get(track, 0.0)
            rows.append(
                {
                    "track": track,
                    "amount": amount,
                    "before": row["level"],
                    "after": row["level_after"],
                    "reason": None if amount > 0 else reason,
                }
            )
        return sorted(rows, key=lambda row: -row["amount"])

    @cached_property
    def _by_target(self) -> dict[str, float]:
        """Spend of the first resource by the place that it is for."""
        found: dict[str, float] = {}
        for row in self.plan.allocation:
            amount = row["costs"].get(self.money.resource, 0.0)
            if amount:
                found[row["target"]] = found.get(row["target"], 0.0) + amount
        return found

    @cached_property
    def shared(self) -> float:
        """Money for what serves several tracks."""
        tracks = set(self.plan.solved.programme.tracks)
        return sum(amount for target, amount in self._by_target.items() if target not in tracks)

    @cached_property
    def shared_by(self) -> list[str]:
        """Measures that serve several tracks and take money, most first."""
        tracks = set(self.plan.solved.programme.tracks)
        found: Counter[str] = Counter()
        for row in self.plan.allocation:
            if row["target"] not in tracks:
                found[row["measure"]] += row["costs"].get(self.money.resource, 0.0)
        return [measure for measure, amount in found.most_common() if amount > 0]

    def measures_at(self, track: str) -> list[str]:
        """Return the measures for a track, those that close most of its gap first."""
        return [measure for measure, _ in self._values_at.get(track, Counter[str]()).most_common()]

    @cached_property
    def _values_at(self) -> dict[str, Counter[str]]:
        """The value that each measure closes, by the place that it is for."""
        found: dict[str, Counter[str]] = {}
        for row in self._allocated:
            found.setdefault(row["target"], Counter())[row["measure"]] += row["value"]
        return found

    @cached_property
    def _allocated(self) -> list[Row]:
        return self.plan.allocation_rows()

    @cached_property
    def served(self) -> list[str]:
        """Tracks that get money; where no track does, those of which some gap closes."""
        paid = [row["track"] for row in self.tracks if row["amount"] > 0]
        return paid or [row["track"] for row in self.plan.by_track if row["closed"]]

    # --- measures ----------------------------------------------------------------------------------------------------

    @cached_property
    def measures(self) -> list[Row]:
        """Each measure that is funded, most closed first: `targets` with their levels, `costs`, `share` closed."""
        plan = self.plan
        whole = plan.weighted_gap or 1.0
        places = Counter(a.measure for a in plan.solved.programme.applications)
        made: dict[str, Row] = {}
        for row in self._allocated:
            none = {"targets": {}, "costs": dict.fromkeys(self.resources, 0.0), "share": 0.0, "scope": row["scope"]}
            entry = made.setdefault(row["measure"], {"measure": row["measure"], **none})
            entry["share"] += row["value"] / whole
            entry["targets"][row["target"]] = entry["targets"].get(row["target"], 0.0) + row["level"]
            for r in self.resources:
                entry["costs"][r] += row[r]
        for entry in made.values():
            entry["everywhere"] = 1 < len(entry["targets"]) == places[entry["measure"]]
        return sorted(made.values(), key=lambda entry: -entry["share"])

    @cached_property
    def not_funded(self) -> list[str]:
        """Measures that are funded nowhere."""
        funded = {row["measure"] for row in self.measures}
        return [row.measure for row in self.plan.case.rows(Measure) if row.measure not in funded]

    # --- a little more -----------------------------------------------------------------------------------------------

    @cached_property
    def means(self) -> list[Row]:
        """Each resource: `budget`, `used`, `step` (a little more of it) and `gain`, what that much more brings.

        The gain is a rise of what the objective counts, computed for the step, as a price need not hold so
        far. None where it is not known.
        """
        rows = []
        for name in self.resources:
            budget, used = self.budget[name], self.spent[name]
            step = round_step(budget)
            rows.append(
                {
                    "resource": name,
                    "budget": budget,
                    "used": used,
                    "left": budget - used if budget - used > NONE * max(budget, 1.0) else 0.0,
                    "step": step,
                    "gain": self.in_time("means", partial(self._gain, name, step)),
                }
            )
        return rows

    def _gain(self, resource: str, step: float) -> float | None:
        plan = self.plan
        if plan.settings.aim.counts == "weighted_gap" and not plan.model.is_mixed:
            shift = step * plan.solved.whole_step(list(self.resources).index(resource))
            found = self._again(shift)
            rise = float(plan.model.objective @ found.x) - plan.value if found.status == "optimal" else None
            return None if rise is None else max(rise, 0.0) if rise > NONE * plan.price_unit else 0.0
        other = self.with_budget(resource, self.budget[resource] + step)
        if other.status == "stopped":
            return None
        rise = other.solved.certificate.value - plan.solved.certificate.value
        better = -rise if plan.settings.aim.counts == "saved_resource" else rise
        return max(better, 0.0)

    @cached_property
    def _again(self) -> Again:
        return Again(self.plan.model, self.plan.solved.problem.solver, start=self.plan.solved.optimum.basis)

    @cached_property
    def less(self) -> Plan | None:
        """The plan with a fifth less money; None where there is none, or it is `late`."""
        money = self.money.resource
        return self.in_time("choices", lambda: self.with_budget(money, 0.8 * self.budget[money]))

    def with_budget(self, resource: str, amount: float) -> Plan:
        """Plan again with another budget of a resource; raises as `saidao.plan`."""
        now = self.plan.settings
        return self.planned(budgets={**now.budgets, resource: amount})

    def planned(self, **changes: object) -> Plan:
        """Plan again with other settings, weights and ranking kept; raises as `saidao.plan`."""
        problem = self.plan.problem.with_settings(replace(self.plan.settings, **changes))  # type: ignore[arg-type]
        own = self.plan.solved.problem.solver
        return Plan.from_problem(problem, SolverOptions(whole_units_within(LONGEST) if is_highs(own) else own))

    # --- how firm ----------------------------------------------------------------------------------------------------

    @cached_property
    def firmness(self) -> Firmness | None:
        """How the plan stands under the weights of every scheme that the case allows; None where there is one only.

        None too for a plan that closes a given share: the best ones close more than was asked; and if it is `late`.
        """
        return self.in_time("firm", self._firmness)

    def _firmness(self) -> Firmness | None:
        plan, problem = self.plan, self.plan.problem
        if "share" in plan.settings.aim.takes:
            return None
        names, weights = [], []
        for scheme in mcda.schemes():
            try:
                found = factor_weights(problem.case, problem.decision, scheme, replace(plan.settings, weights=scheme))
            except CaseError:
                continue
            names.append(scheme)
            weights.append(found.array)
        if len(names) < 2 or plan.solved.amended:
            return None
        stacked = np.array(weights)
        priority = problem.priorities(stacked)
        p = plan.solved.programme
        best, funded = np.zeros(len(names)), np.zeros((len(names), len(p.applications)), dtype=bool)
        own_aim = plan.settings.aim.counts == "weighted_gap"
        start = plan.solved if own_aim else allocate(problem.programme, solver=plan.solved.problem.solver)
        for part in plans_under(start, priority, stacked):
            best[part.place] = part.value
            funded[part.place] = part.level.sum(axis=2) > NONE
        whole = priority @ p.gap.ravel()
        lost = best - plan.solved.value_under(priority)
        regret = np.divide(lost, whole, out=np.zeros_like(lost), where=whole > 0)
        own = {row["measure"] for row in self.measures}
        measure = np.array([a.measure for a in p.applications])
        always = tuple(m for m in sorted(own) if funded[:, measure == m].any(axis=1).all())
        worst = int(regret.argmax())
        return Firmness(tuple(names), always, max(float(regret[worst]), 0.0), names[worst])

    @cached_property
    def years(self) -> Years | None:
        """The plan by year: its own periods, or those of the table `phases`; None where the case has neither.

        None too if it is `late`.
        """
        return self.years_sought.result()

    @cached_property
    def years_sought(self) -> Future[Years | None]:
        """The plan by year, begun."""
        return self.beside("years", self._years)

    def _years(self) -> Years | None:
        plan = self.plan
        if len(plan.solved.programme.periods) == 1:
            if not plan.case.rows(Phase) or plan.case.rows(Budget):
                return None
            plan = self._phased()
        p = plan.solved.programme
        spend = plan.solved.spend[:, 0, :].sum(axis=0)
        return Years(p.periods, tuple(map(float, spend)), plan.closed_share, self._by_dimension(plan))

    @cached_property
    def by_dimension(self) -> dict[str, tuple[float, ...]]:
        """Spend of the first resource by the dimension of its measures; blank for those of none."""
        return {name: (sum(spend),) for name, spend in self._by_dimension(self.plan).items()}

    def _by_dimension(self, plan: Plan) -> dict[str, tuple[float, ...]]:
        """Return the spend by dimension and period."""
        periods = plan.solved.programme.periods
        found = {name: [0.0] * len(periods) for name in (*self.plan.case.names(Dimension, "en"), "")}
        of = {row.measure: row.dimension for row in self.plan.case.rows(Measure)}
        for row in plan.allocation:
            found[of[row["measure"]]][periods.index(row["period"])] += row["costs"].get(self.money.resource, 0.0)
        return {name: tuple(spend) for name, spend in found.items() if sum(spend) > NONE}

    def _phased(self) -> Plan:
        """Plan the years that the case's table `phases` gives; raises as `saidao.plan`."""
        now = self.plan.settings
        case = phase(self.plan.case)
        chosen = settings(
            case,
            weights=cast("WeightsLike", now.weights) if now.weights != "given" else None,
            method=now.method,
            stance=now.stance,
            objective=now.objective,
            budgets=dict(now.budgets),
            lock=dict(now.lock),
            forbid=now.forbid,
            save=now.save,
        )
        chosen = replace(now, budgets=chosen.budgets)
        given = self.plan.weights if now.weights == "given" else None
        return Plan.from_problem(formulate(case, chosen, given), SolverOptions(whole_units_within(LONGEST)))

    @cached_property
    def turned(self) -> list[Row]:
        """The case's assumptions turned round, each alone: first those with which this plan closes most otherwise."""
        found = self.in_time("turned", lambda: self.plan.assumptions) or []
        known = [row for row in found if row["left_out"] is None]
        return sorted(known, key=lambda row: -abs(row["as_planned"] - self.plan.closed_share))

    @property
    def decisive(self) -> list[Row]:
        """The assumptions that change what this plan closes by more than any other weights cost."""
        most = 0.0 if self.firmness is None else self.firmness.regret
        return [row for row in self.turned if abs(row["as_planned"] - self.plan.closed_share) > most]

    # --- what it rests on --------------------------------------------------------------------------------------------

    @cached_property
    def assumed(self) -> float:
        """Share of the closed gap that rests on assumptions."""
        return float(sum(row["share_of_objective"] for row in self.plan.provenance if row["kind"] == "assumption"))

    @cached_property
    def assumed_inputs(self) -> list[str]:
        """Kinds of input that are assumptions wherever they count."""
        rows = (row for row in self.plan.inputs if row["kind"] == "assumption" and row["share_of_objective"] > 1 - 1e-9)
        return [row["table"] for row in rows]


def round_step(budget: float) -> float:
    """Return a little of a budget: 1 or 5 of a power of ten, about a twelfth to a fiftieth of it.

    >>> [round_step(budget) for budget in (2500, 140, 520, 65, 0)]
    [100.0, 10.0, 10.0, 5.0, 1.0]
    """
    if budget <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(budget / 12))
    return 5 * power if 5 * power <= budget / 12 else power
