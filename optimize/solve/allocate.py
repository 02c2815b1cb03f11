"""The allocation: state the model, solve objective after objective, certify."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.amendment import amended_alike, told_apart
from ..model.columns import Columns
from ..model.constraints import CONSTRAINTS
from ..model.model import INF, Model, assemble, settled
from ..model.objectives import OBJECTIVES, Views, least_spend, value
from ..model.programme import Array, Index, Programme
from .lexicographic import SolverLimit, Stage, least, nearest, solve
from .problem import Problem
from .proof.certificate import PROVEN, Certificate, certify, certify_whole, primal_violation
from .proof.grow import WORK, Proof, prove_bound
from .proof.last_resort import exactly
from .solution import Solution, Solver, SolverFailure, UnprovenPlan
from .solvers import (
    HOLDS,
    HOLDS_WHOLE,
    by_branching,
    gap_allowed,
    highs,
    highs_within,
    is_highs,
    to_the_end,
    with_prices_from,
)

COURTESY = 1.0
"""Seconds in which, of equally good plans of whole units, an earlier one of fewer is sought."""
TIDY = 1e-12
"""A column nearer than this to its bound, in its own unit, is on it."""


# --- the result ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Allocation(Brief):
    """An optimal plan.

    Attributes
    ----------
    problem : what was solved; `run` solves it again where something was changed.
    model : the first stage's; a column beyond those of `columns` is the worst case (`Problem.worst_case`).
    optimum : its columns, and for a plan without whole units the duals that prove them.
    certificate : of the first stage's objective; `last_certificate` : of the last stage's, None with whole units.
    stopped : a limit came before the end: the plan holds, its certificate's gap says how far it may be from the best.
    proof : of whole units, what proves the bound: a tree where one was small enough, trees of blocks where a limit came
        first; None of other plans.
    allowed : of whole units, the share of its value by which the best possible may be better, as was asked.
    """

    problem: Problem
    model: Model
    optimum: Solution
    certificate: Certificate
    last_certificate: Certificate | None
    stopped: bool = False
    proof: Proof | None = None
    allowed: float = 0.0

    @property
    def is_best(self) -> bool:
        """Whether no plan is better, but for rounding: no limit and no gap that was asked for ended it before."""
        return not self.stopped and self.certificate.gap <= PROVEN

    @property
    def columns(self) -> Columns:
        """The variables."""
        return self.problem.columns

    @property
    def amended(self) -> bool:
        """Whether there are constraints or bounds that `amend` added."""
        return self.problem.amended

    @property
    def own_rows(self) -> dict[str, int]:
        """Rows of the constraints that `amend` added, by name."""
        return {block.name: self.model.block(block.name).start for block in self.model.blocks if block.role.own}

    @property
    def programme(self) -> Programme:
        """The data of the plan."""
        return self.columns.programme

    @cached_property
    def level(self) -> Array:
        """Level of each application in each period: (A, P)."""
        return self.columns.levels(self.optimum.x)

    @cached_property
    def spend(self) -> Array:
        """Spend of each application: (A, R, P), in each resource's unit."""
        return self.programme.spend(self.level)

    @cached_property
    def closed_by_period(self) -> Array:
        """Gap units closed by the end of each period: (P, T, F)."""
        return self.columns.closed_gaps(self.optimum.x)

    @property
    def closed(self) -> Array:
        """Gap units closed at the end: (T, F)."""
        return np.asarray(self.closed_by_period[-1])

    @cached_property
    def timed(self) -> Array:
        """Gap units closed, the increase of every period discounted: (T, F). Weighted by priorities it is a value."""
        return np.tensordot(self.programme.timing, self.closed_by_period, axes=1)

    def value_under(self, priority: Array) -> Array:
        """Value of the plan under priorities (..., T * F): sum of v times the closed gap, early rather than late."""
        return np.asarray(priority @ self.timed.ravel())

    def share_under(self, priority: Array) -> Array:
        """Closed share of the plan under priorities (..., T * F): sum v z[last] / sum v g; 1 where there is no gap."""
        whole = np.asarray(priority @ self.programme.gap.ravel())
        closed = np.asarray(priority @ self.closed.ravel())
        return np.divide(closed, whole, out=np.ones_like(whole), where=whole > 0)

    @property
    def value(self) -> float:
        """Value of the plan under its own priorities, whatever the objective was."""
        return float(self.value_under(self.programme.priority.ravel()))

    @property
    def closed_share(self) -> float:
        """Closed share of the plan under its own priorities."""
        return float(self.share_under(self.programme.priority.ravel()))

    @property
    def closed_value(self) -> float:
        """Weighted gap closed at the end, sum of v z: no discount in it."""
        return float((self.programme.priority * self.closed).sum())

    def closing(self) -> Iterator[tuple[int, int, int, float]]:
        """Yield (application, period of its level, pair, gap units closed at the end).

        Where measures deliver more than the gap, each closes in proportion.
        """
        p, x = self.programme, self.optimum.x
        last = len(p.periods) - 1
        delivered = self.columns.delivered(x, last).ravel()
        closed = self.closed.ravel()
        for q in range(len(p.periods)):
            flows = self.columns.flows(x, last, only=q)
            e = np.flatnonzero((flows > 0) & (closed[p.effect_pair] > 0))
            pair = p.effect_pair[e]
            applications = p.segment_application[p.effect_segment[e]]
            amounts = flows[e] * closed[pair] / delivered[pair]
            yield from zip(applications.tolist(), repeat(q), pair.tolist(), amounts.tolist(), strict=False)

    def levels_of(self, applications: Iterable[int]) -> Index:
        """Columns of the levels of some applications, in all periods, as far as they may have any."""
        p, c = self.programme, self.columns
        found = [c.level(q, p.segments_of[a]) for a in applications for q in range(len(p.periods))]
        columns = np.concatenate([np.empty(0, np.int64), *found])
        return np.asarray(columns[self.model.column_upper[columns] > 0])

    def budget_step(self, resource: int, period: int) -> Array:
        """How the bounds of the rows move with one unit more of a budget: (M,)."""
        p = self.programme
        step = np.zeros(len(self.model.row_lower))
        step[self.model.block("budget").start + period * len(p.resources) + resource] = 1.0
        for rule, row in zip(p.rules, self._rule_rows(), strict=True):
            if rule.of == resource and rule.period in (None, period):
                step[row] = rule.share
        return step

    def whole_step(self, resource: int) -> Array:
        """How the bounds of the rows move with one unit more of all of a resource: (M,); periods move in proportion."""
        amounts = self.programme.budget[resource]
        whole = float(amounts.sum())
        shares = amounts / whole if whole > 0 else np.eye(len(amounts))[0]
        return np.asarray(np.sum([share * self.budget_step(resource, q) for q, share in enumerate(shares)], axis=0))

    def rule_step(self, rule: int) -> Array:
        """How the bounds of the rows move with one unit more of a rule's amount: (M,)."""
        step = np.zeros(len(self.model.row_lower))
        step[self._rule_rows()[rule]] = 1.0
        return step

    def _rule_rows(self) -> list[int]:
        """Row of each rule in the model, in the order of `programme.rules`."""
        rules = self.programme.rules
        rows = {kind: count(self.model.block(kind).start) for kind in {rule.kind for rule in rules}}
        return [next(rows[rule.kind]) for rule in rules]


def build(columns: Columns) -> Model:
    """State the program of the columns, with the value of a plan as its objective."""
    return assemble(
        value(columns),
        columns.bounds(),
        columns.integer,
        [constraint(columns) for constraint in CONSTRAINTS.values()],
        columns.names,
        columns.units,
    )


def allocate(
    programme: Programme,
    *,
    objective: str = "weighted",
    share: float = 1.0,
    save: int = 0,
    solver: Solver = highs,
    amend: Callable[[Any], object] | None = None,
    near: Allocation | None = None,
    views: Views | None = None,
    work: int = WORK,
) -> Allocation:
    """Solve a programme.

    Parameters
    ----------
    objective : a name of `OBJECTIVES`; what it takes beside the programme is one of the next.
    share : of the weighted gap, to be closed.
    save : the resource of which the least is to be spent; then of the others, as shares of their budgets.
    amend : adds constraints of its own to the `pulp.LpProblem` that it is given, see `pulp_bridge.amended`.
    views : the priorities among which the worst case is sought.
    work : what the proof of a plan of whole units may take, in entries of the matrix a node.
    near : a plan of the same applications; of equally good plans one that moves the least of the budgets against it.

    Raises
    ------
    InfeasibleProgramme
        No plan meets every budget and rule; `conflict` and `relaxation` say which, and what would make room.
    SolverLimit
        The solver stopped at a limit.
    UnprovenPlan
        The certificate disproves what the solver gave, and no other way gave a plan.

    Examples
    --------
    One gap of 0.8, and a measure that closes 0.5 of it per unit, for 10 of a budget of 12:

    >>> from saidao.optimize import Application
    >>> programme = Programme(
    ...     tracks=("quantum",), factors=("demand",), resources=("funds",),
    ...     applications=(Application("I01", "track", "quantum"),),
    ...     gap=np.array([[0.8]]), priority=np.array([[1.0]]), weight=np.array([1.0]),
    ...     level_min=np.zeros(1), level_max=np.array([2.0]), lag=np.zeros(1, dtype=int),
    ...     segment_application=np.array([0]), segment_width=np.array([2.0]),
    ...     effect_segment=np.array([0]), effect_pair=np.array([0]), effect=np.array([0.5]),
    ...     cost=np.array([[[10.0]]]), budget=np.array([[12.0]]), carry=np.zeros(1),
    ... )
    >>> plan = allocate(programme)
    >>> plan.level.round(6).tolist(), round(plan.closed_share, 6), plan.certificate.denies
    ([[1.2]], 0.75, False)
    """
    columns = Columns(programme)
    model = build(columns)
    if amend is not None:
        from .pulp_bridge import amended  # it brings pulp, which takes longer to load than all of this package

        model = amended(model, amend)
        if apart := told_apart(columns, model):
            columns = Columns(programme, apart)
            model = amended_alike(build(columns), model)
    problem = Problem(columns, model, OBJECTIVES[objective], solver, share, save, views, amend is not None, work)
    return run(problem, near)


def check_feasible(programme: Programme, *, objective: str = "weighted", share: float = 1.0) -> bool:
    """See whether any plan meets every budget and rule of a programme, and closes the share that is to be closed.

    A point is sought, and no best one: it takes a tenth of the time of `allocate`.

    Returns
    -------
    bool
        Whether that is known; of a programme with whole units it is not, as to find a point is to find a plan.

    Raises
    ------
    InfeasibleProgramme, SolverLimit, SolverFailure
        There is none, as of `allocate`; or the solver does not tell.
    """
    columns = Columns(programme)
    problem = Problem(columns, build(columns), OBJECTIVES[objective], highs, share)
    model = problem.reaching if "share" in problem.objective.takes else problem.model
    if model.is_mixed:
        return False
    solve(replace(model, objective=np.zeros_like(model.objective)), with_prices_from(highs, sys.maxsize))
    return True


def run(problem: Problem, near: Allocation | None = None, known: Solution | None = None) -> Allocation:
    """Solve a problem and certify the answer; raises as `allocate` does.

    Among equally good plans take one that is nearest to *near*, if that is given: it moves the least of the budgets.
    *known*: what the solver found of the first stage, as `Problem.solve` takes it.
    """
    try:
        found = _run(problem, near, known)
        # what is asked of the plan later is asked to the end
        return replace(found, problem=replace(problem, solver=to_the_end(problem.solver)))
    except _Refuted as error:
        refuted = error.certificate
    # the solver's best of whole units is not the best: by our own branch and bound, whose answers are proven one by one
    try:
        return replace(_run(replace(problem, solver=by_branching), near), problem=problem)
    except (_Refuted, SolverFailure, SolverLimit):
        raise UnprovenPlan(refuted.primal_violation, refuted.gap) from None


class _Refuted(Exception):
    """A tree found a better point than the solver's best of whole units."""

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate
        super().__init__()


def _run(problem: Problem, near: Allocation | None, known: Solution | None = None) -> Allocation:
    columns, model = problem.columns, problem.model
    first, last = _solved(problem, near, known)
    mixed, bound, stopped = first.model, first.solution.bound, last.stopped or first.stopped
    first_prices = first.solution.prices
    if model.is_mixed:
        # with the whole numbers settled the rest is linear: solved again, so that it is exact
        first, last = _solved(replace(problem, model=settled(model, last.solution.x[: columns.number])), near)
    raw = last.solution.x[: columns.number]
    x = _tidy(columns, model, raw, problem.amended)
    broken = primal_violation(model, x)
    if broken > HOLDS:  # where a prerequisite of a millionth of a millionth is all that is asked for, it is no rounding
        exact = _tidy(columns, model, raw, problem.amended, 0.0)
        x = exact if max(primal_violation(model, exact), HOLDS) < broken else x
    if problem.worst_case is not None:
        beyond = len(mixed.objective) - columns.number
        x = np.concatenate([x, [problem.worst_case.at(x)], np.zeros(beyond - 1)])
    if model.is_mixed:
        none = np.empty(0)
        left = max(bound - float(mixed.objective @ x), 0.0)
        proof = _bounded(mixed, first_prices, bound) if stopped else prove_bound(mixed, x, problem.work, left)
        if proof.better is not None:
            raise _Refuted(certify_whole(mixed, x, float(mixed.objective @ proof.better)))
        if proof.found is not None:
            bound = float(proof.found.bound)
        optimum = Solution("optimal", x, none, none, first.solution.accuracy, bound)
        certificate = certify_whole(mixed, x, bound)
        allowed = gap_allowed(problem.solver)
        _deny(certificate, INF if stopped else allowed)
        return Allocation(problem, mixed, optimum, certificate, None, stopped, proof, allowed)
    optimum = replace(first.solution, x=x)
    certificate = certify(first.model, x, optimum.row_dual)
    if certificate.denies:
        optimum = exactly(first.model, optimum) or optimum
        x = optimum.x
        certificate = certify(first.model, x, optimum.row_dual)
    _deny(certificate)
    last_certificate = certify(last.model, x[: len(last.model.objective)], last.solution.row_dual)
    return Allocation(problem, first.model, optimum, certificate, last_certificate)


def _bounded(model: Model, prices: Array | None, bound: float) -> Proof:
    """Prove the bound of a plan that was stopped, where prices give it."""
    if prices is None:
        return Proof(stopped=True)
    from .whole_units.patterns import prove_by_blocks  # brings numba, which it takes to find prices

    proof = prove_by_blocks(model, prices)
    weaker = proof.found is not None and float(proof.found.bound) > bound + HOLDS_WHOLE * abs(bound)
    return Proof(stopped=True) if weaker else replace(proof, stopped=True)


def _deny(certificate: Certificate, allowed: float = 0.0) -> None:
    """Raise `UnprovenPlan` for what its certificate disproves; the bound may be *allowed* above what ended before."""
    if certificate.primal_violation > PROVEN or not -PROVEN <= certificate.gap <= allowed + PROVEN:
        raise UnprovenPlan(certificate.primal_violation, certificate.gap)


def _solved(problem: Problem, near: Allocation | None, known: Solution | None = None) -> tuple[Stage, Stage]:
    first, last = problem.solve(known)
    if near is None:
        c, solver = problem.columns, problem.solver
        in_time = highs_within(COURTESY) if last.model.is_mixed and is_highs(solver) else solver
        return first, least(last, sooner(c), in_time)
    levels = np.arange(problem.columns.sizes["level"])
    return first, nearest(last, levels, near.optimum.x[levels], moving(problem.columns), problem.solver)


def sooner(c: Columns) -> Array:
    """What makes a plan later, and of more units: (N,), the share of a level that is used, times the period's number.

    Nothing in a program of one period without whole units, where equal plans are mixes of each other.
    """
    p = c.programme
    weight = np.zeros(c.number)
    if len(p.periods) > 1 or c.integer.any():
        whole = np.array([a.kind in ("integer", "binary") for a in p.applications], dtype=bool)
        size = np.where(whole, 1.0, p.level_end)[p.segment_application]
        number = np.arange(1, len(p.periods) + 1)[:, None]
        weight[: c.sizes["level"]] = np.divide(
            number, size, out=np.zeros((len(number), len(size))), where=size > 0
        ).ravel()
    return weight


def moving(c: Columns) -> Array:
    """What moving each level by one unit costs, where plans are to be near to each other: (levels,).

    A share of the budgets. What costs nothing counts a little, so that it does not change without need;
    what stands later counts up to a hundredth more, so that of equal moves the first is made.
    """
    levels = np.arange(c.sizes["level"])
    return np.asarray((1e-6 + np.abs(least_spend(c)[levels])) * (1 + 1e-2 * levels / max(len(levels), 1)))


def _ordered(columns: Columns, model: Model, x: Array) -> Array:
    """Use segments in order, the levels of applications as they are."""
    if not columns.programme.in_parts.any():
        return x
    levels = columns.sizes["level"]
    segments = columns.in_order(columns.levels(x)).ravel()
    made = x.copy()
    made[:levels] = np.where(np.abs(segments - x[:levels]) < TIDY * model.column_unit[:levels], x[:levels], segments)
    own = any(block.role.own for block in model.blocks)
    if own and (len(x) < len(model.objective) or primal_violation(model, made) > max(primal_violation(model, x), 1e-9)):
        return x
    return made


def _tidy(columns: Columns, model: Model, x: Array, amended: bool, tidy: float = TIDY) -> Array:
    """Put rounding on the bounds, segments in order, and let gaps be closed by what is delivered.

    Where nothing decays the order of segments makes no difference to an optimal plan, and the solver's is any; what is
    shown is used in order, unless constraints of one's own speak of parts.

    A pair of priority 0, or a period that the objective does not look at, is left anywhere between 0 and what the
    funded measures deliver; what they do deliver is the truth, unless a cap limits what counts of it, or a constraint
    of one's own may limit what the objective values.
    """
    lower, upper = model.column_lower, model.column_upper
    x = np.clip(x, lower, upper)
    near = tidy * model.column_unit[: len(x)]
    x = np.where(x - lower < near, lower, np.where(upper - x < near, upper, x))
    x = np.where(model.integer, np.round(x), x)
    return closing_all(columns, model, x, value(columns) == 0 if amended else None)


def closing_all(columns: Columns, model: Model, x: Array, free: NDArray[np.bool_] | None = None) -> Array:
    """Use segments in order, and let gaps be closed by what is delivered there, except where a cap limits them.

    All gaps, or those where *free* (N,).
    """
    p = columns.programme
    upper = model.column_upper
    free = np.ones(columns.number, dtype=bool) if free is None else free.copy()
    x = _ordered(columns, model, x).copy()
    capped = (rule.members for rule in p.rules if rule.of is None and rule.kind == "cap")
    limited = np.concatenate([np.empty(0, np.int64), *capped])
    every = np.arange(len(p.open_pairs))
    for q in range(len(p.periods)):
        z = columns.closed(q, every)
        free[z] &= ~np.isin(p.open_pairs, limited)
        delivered = columns.delivered(x, q).ravel()[p.open_pairs]
        closed = np.minimum(np.where(free[z], upper[z], x[z]), delivered)
        # what is closed but for rounding is closed: rankings after the plan must not see 1 - 1e-15
        x[z] = np.where((delivered >= upper[z]) & (closed >= upper[z] * (1 - 1e-9)), upper[z], closed)
    return x
