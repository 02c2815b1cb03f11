"""Solvers: a model in, a solution out. HiGHS directly; any other through pulp (`pulp_bridge`)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from .model import Model, reduced_costs
from .programme import Array

if TYPE_CHECKING:
    import highspy

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "limit"]
"""``feasible``: stopped at a limit with a point of whole units in hand; ``limit``: stopped without one."""

HIGHS_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    # the tightest that HiGHS takes: plans are checked to 1e-9, and slack budgets cost far less time than with its own
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
    "mip_feasibility_tolerance": 1e-9,
    # a plan of whole units is solved to the end
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}
SMALL = 1000
"""Columns up to which presolve takes longer than what it saves, see benchmarks/README.md."""
MOSTLY = 0.5
"""Presolve pays where more than this share of the columns is fixed, as by an objective before."""


class SolverFailure(RuntimeError):
    """The solver stopped without an answer; the message holds what it said."""


class AmendmentError(ValueError):
    """What was done to the problem cannot come back as a plan: `found` says what, in one phrase."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(found)


@dataclass(frozen=True)
class Solution:
    """What a solver answers.

    Attributes
    ----------
    status : only ``optimal`` and ``feasible`` carry values; others carry empty arrays.
    x : (N,) column values.
    row_dual : (M,) increase of the objective per unit of a row's bound: >= 0 at an upper, <= 0 at a lower bound. Empty
        for a mixed-integer program, which has no duals.
    reduced_cost : (N,) objective - A' row_dual; empty likewise.
    bound : of a mixed-integer program, the solver's bound on the objective.
    accuracy : what is below it is the solver's rounding: a dual relative to the largest objective coefficient, a slack
        relative to max(1, |bound|).
    """

    status: Status
    x: Array
    row_dual: Array
    reduced_cost: Array
    accuracy: float = 1e-9
    bound: float = float("inf")


def no_solution(status: Status) -> Solution:
    """Return an answer without values."""
    none = np.empty(0)
    return Solution(status, none, none, none)


class Solver(Protocol):
    """Anything that solves a model."""

    def __call__(self, model: Model) -> Solution:
        """Solve."""
        ...


def highs_within(seconds: float) -> Solver:
    """HiGHS with a time limit: on all programs with whole units together, and on each other one by itself."""
    deadline = time.monotonic() + seconds

    def solve(model: Model) -> Solution:
        return highs(model, max(deadline - time.monotonic(), 0.0) if model.is_mixed else seconds)

    return solve


def _presolve_pays(model: Model) -> bool:
    """Whether presolve is worth its time: seldom where nothing has been decided yet, see benchmarks/README.md.

    In large programs it stays on where a column is unbounded: it halves their time, and without it HiGHS has answered
    "Unknown" to an unbounded program, which `highs` then solves with it.
    """
    room = model.column_upper - model.column_lower
    return len(room) > SMALL and bool(np.isinf(room).any() or np.count_nonzero(room == 0) > MOSTLY * len(room))


@cache
def silent() -> type[highspy.Highs]:
    """HiGHS that prints nothing.

    Since 1.16 it prints its banner from within `__init__`, where callbacks are set, before an option could be: so
    output is switched off there.
    """
    import highspy

    class Silent(highspy.Highs):  # type: ignore[misc]  # its types are not followed
        def enableCallbacks(self) -> None:  # noqa: N802  # HiGHS's own name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Silent


def passed(model: Model) -> highspy.Highs:
    """HiGHS with a model in it. Powers of two scale the rows, so that units (yuan, posts) do not meet tolerances."""
    import highspy

    h = silent()()
    for name, option in HIGHS_OPTIONS.items():
        h.setOptionValue(name, option)
    scale = model.row_scale
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.objective), len(model.row_lower)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = model.objective
    lp.col_lower_, lp.col_upper_ = model.column_lower, model.column_upper
    lp.row_lower_, lp.row_upper_ = model.row_lower * scale, model.row_upper * scale
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = model.start
    lp.a_matrix_.index_ = model.column
    lp.a_matrix_.value_ = model.value * scale[model.row]
    if model.is_mixed:
        lp.integrality_ = [highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
                           for whole in model.integer.tolist()]  # fmt: skip
    if h.passModel(lp) == highspy.HighsStatus.kError:
        raise SolverFailure("HiGHS refuses the model")
    return h


def highs(model: Model, time_limit: float = float("inf")) -> Solution:
    """Solve with HiGHS."""
    import highspy

    h = passed(model)
    h.setOptionValue("time_limit", time_limit)
    presolve = model.is_mixed or _presolve_pays(model)
    h.setOptionValue("presolve", "choose" if presolve else "off")
    kind = highspy.HighsModelStatus
    h.run()
    if model.is_mixed and h.getModelStatus() == kind.kSolveError:
        # it has called an optimum an error that broke a row by the tolerance itself
        h.setOptionValue("mip_feasibility_tolerance", 1e-8)
        h.run()
    found = h.getModelStatus()
    undecided = (kind.kUnboundedOrInfeasible, kind.kUnknown, kind.kNotset, kind.kSolveError)
    if found in undecided or (model.is_mixed and found == kind.kInfeasible):
        # presolve cannot always tell the two apart, and has called feasible programs with whole numbers infeasible;
        # HiGHS has given up without it on programs that it solves with it, and the other way round
        h.setOptionValue("presolve", "off" if presolve else "choose")
        h.setOptionValue("time_limit", time_limit + h.getRunTime())  # it counts the runs before
        h.run()
        found = h.getModelStatus()
    status: Status
    if found in (kind.kOptimal, kind.kModelEmpty):
        status = "optimal"
    elif found == kind.kInfeasible:
        status = "infeasible"
    elif found == kind.kUnbounded:
        status = "unbounded"
    elif found in (kind.kTimeLimit, kind.kIterationLimit, kind.kInterrupt):
        status = "limit"
        if model.is_mixed and h.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            status = "feasible"
    else:
        raise SolverFailure(f"HiGHS: {h.modelStatusToString(found)}")
    if status not in ("optimal", "feasible"):
        return no_solution(status)
    solution = h.getSolution()
    if model.is_mixed:
        x, none = np.array(solution.col_value), np.empty(0)
        return Solution(status, x, none, none, bound=float(h.getInfo().mip_dual_bound))
    row_dual = np.array(solution.row_dual) * model.row_scale
    return Solution(status, np.array(solution.col_value), row_dual, reduced_costs(model, row_dual))
