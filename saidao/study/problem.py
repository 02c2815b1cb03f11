"""The joint: rankings and gaps become priorities, priorities a programme, and the programme a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import mcda, optimize
from ..case import Case
from ..case.tables import Resource
from ..errors import CaseError, Conflict, Disproved, Infeasible, Problem, Unfinished, stopped
from ..mcda.brief import Brief
from ..optimize.solve.solvers import Solver
from . import formulate
from .formulate import Array, Decision
from .plan import Plan
from .settings import (
    WORST_CASE_OBJECTIVES,
    Settings,
    as_case_error,
    check_ahp,
    choice_of,
    settings,
)
from .weighing import factor_weights, ranking_of, stances
from .weight_scenarios import WeightScenarios, weight_scenarios

if TYPE_CHECKING:
    from .settings import WeightsLike


@dataclass(frozen=True)
class Posed(Brief):
    """What a case asks of the allocation: weights, the ranking before, and the programme.

    `before` is None where the tracks cannot be ranked, though they can be funded; `undefined` says why.
    """

    case: Case
    chosen: Settings
    data: Decision
    weights: mcda.Weights
    before: mcda.Ranking | None
    programme: optimize.Programme
    undefined: tuple[str, ...]

    def priorities(self, weights: Array) -> Array:
        """Priorities v = pi w under each of many weights (K, F), with the ranking's method: (K, T * F).

        Raises `CaseError` where the stance needs scores that the method does not define.
        """
        pi = np.ones((len(weights), len(self.data.tracks)))
        if self.chosen.stance != "even":
            pi = stances(self._scores(weights), self.chosen.method, self.chosen.stance)
        return np.asarray((pi[:, :, None] * weights[:, None, :]).reshape(len(weights), -1))

    def _scores(self, weights: Array) -> Array:
        """Scores under each of many weights; equal ones where these count only factors on which all tracks are equal.

        Raises `CaseError` where the method does not define them.
        """
        try:
            return mcda.rank_many(
                self.data.scores, weights, self.data.directions, self.chosen.method, **self.chosen.ranking
            )[0]
        except mcda.InputError as error:
            if error.code != "all_equal":
                raise as_case_error(error, self.data) from None
        if len(weights) > 1:
            return np.concatenate([self._scores(row[None, :]) for row in weights])
        return np.ones((1, len(self.data.tracks)))

    def again(self, chosen: Settings) -> Posed:
        """Pose it under another objective, other budgets, locks and bans: weights and ranking are kept as they are."""
        programme = _programme(self.case, chosen, self.data, self.weights, self.before)
        return replace(self, chosen=chosen, programme=programme)

    def solve(
        self,
        solver: Solver = optimize.highs,
        amend: Callable[[Any], object] | None = None,
        near: Plan | None = None,
    ) -> Plan:
        """Turn the programme into a plan, of equally good ones the nearest to *near*, and rank again."""
        name, _, share = self.chosen.objective.partition("=")
        try:
            views = weight_scenarios(self, solver, amend) if name in WORST_CASE_OBJECTIVES else None
            allocation = optimize.allocate(
                self.programme,
                objective=name,
                share=float(share or 1.0),
                save=0 if self.chosen.save is None else self.programme.resources.index(self.chosen.save),
                solver=solver,
                amend=amend,
                near=None if near is None else near.solved,
                views=None if views is None else views.stated,
            )
        except optimize.InfeasibleProgramme as error:
            raise _infeasible(self.case, self.programme, error) from None
        except optimize.AmendmentError as error:
            raise CaseError([Problem("amendment", "amend", found=error.found)]) from None
        except (optimize.SolverLimit, optimize.SolverFailure) as error:
            raise stopped(error) from None
        return self.planned(allocation, views)

    def most(self, plan: Plan) -> float:
        """Return the largest value of any plan: that of *plan* itself where it was made for the objective weighted."""
        if self.chosen.objective == "weighted":
            return plan.value
        return optimize.allocate(self.programme, solver=plan.solved.task.solver).value

    def planned(self, allocation: optimize.Allocation, views: WeightScenarios | None = None) -> Plan:
        """Rank the tracks as an allocation leaves them, by the same method and weights.

        Raises `Disproved` where what the plan shows is not what the case's tables give.
        """
        undefined = list(self.undefined)
        after: mcda.Ranking | None
        try:
            after = ranking_of(self.data, self.data.after(allocation.closed), self.weights, self.chosen)
        except mcda.InputError as error:
            after = None  # told in the notes: a method can be undefined once a gap is closed everywhere
            undefined.append(as_case_error(error, self.data).problems[0].text())
        made = Plan(
            self.case,
            self.chosen,
            self.weights,
            self.before,
            after,
            self.data,
            allocation,
            (*undefined, *(views.missing if views else ())),
            views.rows(allocation) if views else (),
        )
        denied = made.recounted.disagreements
        if denied:
            raise Disproved(denied)
        return made


def pose(case: Case, chosen: Settings, weights: WeightsLike | None = None) -> Posed:
    """Rankings and gaps become priorities v = pi w, and these a programme."""
    data = formulate.decision(case, chosen.ticks)
    weighed = factor_weights(case, data, weights, chosen)
    undefined: tuple[str, ...] = ()
    before: mcda.Ranking | None
    try:
        before = ranking_of(data, data.scores, weighed, chosen)
    except mcda.InputError as error:
        if error.code != "all_equal":
            raise as_case_error(error, data) from None
        before = None  # a single track, or equal ones, can be funded though not ranked: all alike, told in the notes
        undefined = (as_case_error(error, data).problems[0].text(),)
    return Posed(case, chosen, data, weighed, before, _programme(case, chosen, data, weighed, before), undefined)


def _programme(
    case: Case, chosen: Settings, data: Decision, weights: mcda.Weights, before: mcda.Ranking | None
) -> optimize.Programme:
    scores = np.ones(len(data.tracks)) if before is None else before.score_array
    return formulate.programme(
        case,
        data.gap,
        np.outer(stances(scores, chosen.method, chosen.stance), weights.array),
        weights.array,
        formulate.budgets(case, chosen.budgets),
        lock=chosen.lock,
        forbid=chosen.forbid,
    )


def _infeasible(case: Case, programme: optimize.Programme, error: optimize.InfeasibleProgramme) -> Infeasible:
    """Tell a conflict in the case's names and units."""
    resources = {row.resource: row for row in case.rows(Resource)}
    rules = {rule.name: rule for rule in programme.rules}

    def told(limit: optimize.Limit) -> Conflict:
        label = limit.name.partition("[")[2].removesuffix("]")
        names, units = dict.fromkeys(("en", "zh"), label), dict.fromkeys(("en", "zh"), "")
        of: str | None = None
        if limit.kind == "budget":
            of, _, when = label.partition(",")
            names = {lang: resources[of].name(lang) + (f" ({when})" if when else "") for lang in names}
        elif limit.kind in ("floor", "cap"):
            at = rules[label].of
            of = None if at is None else programme.resources[at]
        elif limit.kind in ("own", "reach"):
            names = dict.fromkeys(names, limit.name)
        if of is not None:
            units = {lang: resources[of].unit_name(lang) for lang in units}
        elif limit.kind in ("lock", "own"):
            units = dict.fromkeys(units, " ")
        to = None if limit.change is None else limit.amount + limit.change
        return Conflict(limit.kind, names, limit.amount, to, units)

    return Infeasible([told(limit) for limit in error.conflict], [told(limit) for limit in error.relaxation])


def planned(case: Case, options: Mapping[str, Any]) -> tuple[Posed, Plan]:
    """Pose what the options of `plan` ask of a case, and plan it as they say."""
    posed, way = posed_for(case, options)
    return posed, way.plan(posed)


def posed_for(case: Case, options: Mapping[str, Any]) -> tuple[Posed, SolverOptions]:
    """Pose what the options of `plan` ask of a case; and how it is to be solved."""
    own = {name: options[name] for name in ("solver", "amend", "time_limit", "certify") if name in options}
    asked = {name: value for name, value in options.items() if name not in own}
    chosen, way = settings(case, **asked), SolverOptions.of(**own)
    check_ahp(chosen, asked)
    formulate.check_plannable(case)
    return pose(case, chosen, asked.get("weights")), way


@dataclass(frozen=True)
class SolverOptions:
    """How a program is solved: by which solver, with which constraints of one's own, and whether proven exactly."""

    solver: Solver = optimize.highs
    amend: Callable[[Any], object] | None = None
    prove: bool = False

    @classmethod
    def of(
        cls,
        solver: Solver = optimize.highs,
        amend: Callable[[Any], object] | None = None,
        time_limit: float | None = None,
        certify: str | None = None,
    ) -> SolverOptions:
        """Read the options; raises `CaseError`. A time limit begins to run here."""
        problems = []
        if certify not in (None, "exact"):
            problems.append(Problem("choice", "certify", found=str(certify), details=choice_of(certify, ("exact",))))
        if time_limit is not None:
            if not (np.isfinite(time_limit) and time_limit >= 0):
                problems.append(Problem("at_least", "time_limit", found=str(time_limit), details={"bound": 0}))
            elif not optimize.is_highs(solver):
                problems.append(Problem("limit_of_solver", "time_limit", found=f"{time_limit:g}"))
            else:
                solver = optimize.highs_within(time_limit)
        if problems:
            raise CaseError(problems)
        return cls(solver, amend, certify is not None)

    def plan(self, posed: Posed, near: Plan | None = None) -> Plan:
        """Plan so; of equally good plans the nearest to *near*."""
        made = posed.solve(self.solver, self.amend, near)
        if not self.prove:
            return made
        made = replace(made, prove=True)
        if made.proven.disagreements:
            raise Disproved(made.proven.disagreements)
        return made


def finished(plan: Plan) -> Plan:
    """Return a plan that is known to be the best: questions about how it changes have no answer for another one."""
    if plan.status == "stopped":
        raise Unfinished(plan.certificate["gap"])
    return plan
