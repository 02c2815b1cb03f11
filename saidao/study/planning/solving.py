"""How a planning problem is solved, and what a solver's failure is to whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ... import optimize
from ...case import Case
from ...case.tables import Resource
from ...errors import CaseError, Conflict, Infeasible, Problem, stopped
from ...optimize.solve.proof.grow import WORK
from ...optimize.solve.solution import Solver
from ..names import measure_name
from ..rules import rule_of, rule_sentence
from ..settings import check_ahp, choice_of, settings
from .problem import PlanningProblem, formulate
from .programme import check_plannable
from .weight_scenarios import WeightScenarios, weight_scenarios

HOW = ("solver", "amend", "time_limit", "certify", "gap")
"""Options of `saidao.plan` that say how a programme is solved, see `SolverOptions.of`."""


@dataclass(frozen=True)
class SolverOptions:
    """How a programme is solved: by which solver, with which constraints of one's own, and whether proven exactly.

    `work` is what the proof may take that no plan of whole units is better, see `optimize.allocate`.
    """

    solver: Solver = optimize.highs
    amend: Callable[[Any], object] | None = None
    prove: bool = False
    work: int = WORK

    @classmethod
    def of(
        cls,
        solver: Solver = optimize.highs,
        amend: Callable[[Any], object] | None = None,
        time_limit: float | None = None,
        certify: str | None = None,
        gap: float | None = None,
    ) -> SolverOptions:
        """Read the options; raises `CaseError`. A time limit begins to run here."""
        problems = []
        if certify not in (None, "exact"):
            problems.append(Problem("choice", "certify", found=certify, details=choice_of(certify, ("exact",))))
        if time_limit is not None:
            if time_limit < 0:
                problems.append(Problem("at_least", "time_limit", found=str(time_limit), details={"bound": 0}))
            elif not optimize.is_highs(solver):
                problems.append(Problem("limit_of_solver", "time_limit", found=f"{time_limit:g}"))
            else:
                solver = optimize.highs_within(time_limit)
        if gap is not None:
            if not 0 <= gap <= 1:
                problems.append(Problem("share", "gap", found=str(gap)))
            elif not optimize.is_highs(solver):
                problems.append(Problem("limit_of_solver", "gap", found=f"{gap:g}"))
            elif gap and not problems:
                solver = optimize.up_to_gap(solver, gap)
        if problems:
            raise CaseError(problems)
        return cls(solver, amend, certify is not None)


def whole_units_stopped(options: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """Return options of `saidao.plan` that stop a plan of whole units after some seconds, if they say nothing of it."""
    if any(options.get(name) is not None for name in ("solver", "time_limit")):
        return dict(options)
    return {**options, "solver": optimize.whole_units_within(seconds)}


def problem_and_solver(case: Case, options: Mapping[str, Any]) -> tuple[PlanningProblem, SolverOptions]:
    """Formulate what the options of `saidao.plan` ask of a case, and read how it is to be solved."""
    own = {name: options[name] for name in HOW if name in options}
    asked = {name: value for name, value in options.items() if name not in own}
    chosen, solving = settings(case, **asked), SolverOptions.of(**own)
    check_ahp(chosen, asked)
    check_plannable(case)
    return formulate(case, chosen, asked.get("weights")), solving


def solve(
    problem: PlanningProblem, how: SolverOptions, near: optimize.Allocation | None = None
) -> tuple[optimize.Allocation, WeightScenarios | None]:
    """Return the best allocation, of equally good ones the nearest to *near*, and the weights that it looked at.

    Raises
    ------
    Infeasible
        No plan meets every budget and rule.
    Stopped
        The solver stopped at a limit, or gave no plan that its certificate proves.
    CaseError
        `amend` is no function of a pulp problem.
    """
    asked = problem.settings
    try:
        # a worst case is measured against the best of each view, to the end
        views = (
            weight_scenarios(problem, optimize.to_the_end(how.solver), how.amend) if asked.aim.is_worst_case else None
        )
        allocation = optimize.allocate(
            problem.programme,
            objective=asked.aim.name,
            share=asked.share_to_close,
            save=0 if asked.save is None else problem.programme.resources.index(asked.save),
            solver=how.solver,
            amend=how.amend,
            near=near,
            views=None if views is None else views.stated,
            work=how.work,
        )
    except optimize.InfeasibleProgramme as error:
        raise infeasible(problem, error.model, how.solver) from None
    except optimize.AmendmentError as error:
        raise CaseError([Problem("amendment", "amend", found=error.found)]) from None
    except (optimize.SolverLimit, optimize.SolverFailure) as error:
        raise stopped(error) from None
    return allocation, views


def check_feasible(problem: PlanningProblem) -> bool:
    """Return whether it is known that there is a plan: not of whole units, see `optimize.check_feasible`.

    Raises
    ------
    Infeasible, Stopped
        As `solve`.
    """
    asked = problem.settings
    try:
        return optimize.check_feasible(problem.programme, objective=asked.aim.name, share=asked.share_to_close)
    except optimize.InfeasibleProgramme as error:
        raise infeasible(problem, error.model, optimize.highs) from None
    except (optimize.SolverLimit, optimize.SolverFailure) as error:
        raise stopped(error) from None


@contextmanager
def as_stopped(*, infeasible: bool = True) -> Iterator[None]:
    """Raise a solver's limit or failure, wherever it comes while a question is answered, as `Stopped`.

    *infeasible*: that there is no plan too; else it is left to the caller, who can say why.
    """
    try:
        yield
    except (optimize.SolverLimit, optimize.SolverFailure) as error:
        raise stopped(error) from None
    except optimize.InfeasibleProgramme as error:
        if not infeasible:
            raise
        raise stopped(error) from None


def infeasible(problem: PlanningProblem, model: optimize.Model, solver: Solver) -> Infeasible:
    """Return a conflict in the case's names and units."""
    resources = {row.resource: row for row in problem.case.rows(Resource)}
    rules = {rule.name: rule for rule in problem.programme.rules}

    def named(limit: optimize.Limit) -> Conflict:
        label = limit.label
        names, units = dict.fromkeys(("en", "zh"), label), dict.fromkeys(("en", "zh"), "")
        of: str | None = None
        said, whole = {}, None
        if limit.kind == "budget":
            of, _, when = label.partition(",")
            names = {lang: resources[of].name(lang) + (f" ({when})" if when else "") for lang in names}
        elif limit.of == "relation" and (rule := rule_of(problem.case, label)) is not None:
            said = {lang: rule_sentence(problem.case, rule, lang) for lang in names}
        elif limit.of == "amount" and label in rules:
            at = rules[label].of
            of = None if at is None else problem.programme.resources[at]
            rule = rule_of(problem.case, label)
            assert rule is not None
            said = {lang: rule_sentence(problem.case, rule, lang) for lang in names}
        elif limit.kind == "lock":
            measure, _, target = label.partition(",")
            said = {lang: measure_name(problem.case, measure, target, lang) for lang in names}
        elif limit.kind == "reach":
            whole = float((problem.programme.priority * problem.programme.gap).sum())
        if of is not None:
            units = {lang: resources[of].unit_name(lang) for lang in units}
        elif limit.of == "level":
            units = dict.fromkeys(units, " ")
        to = None if limit.change is None else limit.amount + limit.change
        return Conflict(limit.kind, names, limit.amount, to, units, said, whole, limit.of == "relation")

    found = []
    for asked in (optimize.conflict, optimize.relaxation):
        try:
            found.append([named(limit) for limit in asked(model, solver)])
        except (optimize.SolverLimit, optimize.SolverFailure):  # that there is no plan is known all the same
            found.append([])
    return Infeasible(*found)
