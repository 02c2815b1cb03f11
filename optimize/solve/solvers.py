"""Solvers: a model in, a solution out. HiGHS directly; any other through pulp (`pulp_bridge`)."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from ..deadline import time_left
from ..model.model import Model, reduced_costs, settled
from ..model.programme import Array
from ..model.tighten import tightened
from ..watch import watch
from .highs_input import objective_scale, passed, start_from, states_of
from .proof.certificate import PROVEN, left_to_gain, primal_violation
from .proof.last_resort import branch_and_bound, exactly
from .solution import Solution, Solver, SolverFailure, States, Status, UnprovenPlan, no_solution
from .whole_units.apart import by_parts
from .whole_units.core import Priced, by_core

if TYPE_CHECKING:
    import highspy

SMALL = 1000
"""Columns up to which presolve takes longer than what it saves, see benchmarks/README.md."""
LARGE = 20_000
"""Columns from which on price decomposition pays, as prices bring numba anyhow: what is loaded must choose no plan."""
LARGE_TO_PRICE = 10_000
"""Columns from which on blocks tell a plan's prices sooner than pivots do, loading numba included."""
MANY_WHOLE = 1500
"""Columns of whole units from which on patterns of blocks pay."""
MOSTLY = 0.5
"""Presolve pays where more than this share of the columns is fixed, as by an objective before."""
HOLDS = 1e-9
"""A violation, or what is left to gain, up to which an answer is taken as it is; beyond it other ways are tried."""
HOLDS_WHOLE = 1e-8
"""The same for a program of whole units, whose bound is HiGHS's own."""

CORE = 5.0
"""Seconds for each program over the few columns that are open, see `core`."""
PARTS = 10.0
"""Seconds for all parts of a program whose shared rows do not bind, see `apart`."""
LEAST = 1.0
"""Seconds that a proof may take, however little a time limit leaves."""
BRANCHING = 30.0
"""Seconds for each program of whole units whose answer by HiGHS was refuted."""


def is_highs(solver: Solver) -> bool:
    """Whether a solver is `highs`, with a time limit or without: its closures stand in its module."""
    return getattr(solver, "__module__", "") == highs.__module__


@dataclass(frozen=True)
class _Within:
    """HiGHS until a time, by this computer's clock, or for some seconds, and with whole units up to a gap."""

    seconds: float
    deadline: float
    gap: float = 0.0
    prices_from: int | None = None

    def __call__(self, model: Model) -> Solution:
        """Solve."""
        if not model.is_mixed:
            return self.linear(model)
        return highs(model, max(self.deadline - time.monotonic(), 0.0), self.gap)

    def linear(self, model: Model, start: States | None = None) -> Solution:
        """Solve a program without whole units; from a basis *start* as `highs` does."""
        return highs(model, self.seconds, start=start, prices_from=self.prices_from)


def highs_within(seconds: float, gap: float = 0.0) -> Solver:
    """HiGHS with a time limit: on all programs with whole units together, and on each other one by itself.

    *gap*: what is within this share of the best possible is good enough where there are whole units.
    """
    return _Within(seconds, time.monotonic() + seconds, gap)


def up_to_gap(solver: Solver, gap: float) -> Solver:
    """Return HiGHS, with the limits that it has, for which a plan of whole units is good enough within a gap."""
    return replace(solver, gap=gap) if isinstance(solver, _Within) else highs_within(float("inf"), gap)


def gap_allowed(solver: Solver) -> float:
    """Return the share by which a plan of whole units may be off the best possible, as a solver was told."""
    return solver.gap if isinstance(solver, _Within) else 0.0


def with_prices_from(solver: Solver, columns: int) -> Solver:
    """Return HiGHS, with the limits that it has, before which prices are tried from so many columns on only."""
    if not is_highs(solver):
        return solver
    return replace(_within(solver), prices_from=columns)


def to_the_end(solver: Solver) -> Solver:
    """Return a solver without the gap that it was told is good enough."""
    if not gap_allowed(solver):
        return solver
    assert isinstance(solver, _Within)
    return replace(solver, gap=0.0) if solver.deadline < float("inf") else highs


def from_basis(solver: Solver, model: Model, start: States | None) -> Solution:
    """Solve a model with a solver; if it is large, HiGHS goes on from a basis of a program of its rows and columns.

    Small programs are solved as soon from nothing.
    """
    fits = start is not None and (len(start[0]), len(start[1])) == (len(model.objective), len(model.row_lower))
    if not fits or model.is_mixed or not is_highs(solver) or len(model.objective) <= SMALL:
        return solver(model)
    return _within(solver).linear(model, start)


def _within(solver: Solver) -> _Within:
    """Return HiGHS with the limits that it has."""
    return solver if isinstance(solver, _Within) else _Within(float("inf"), float("inf"))


def whole_units_within(seconds: float) -> Solver:
    """HiGHS with a time limit on all programs with whole units together, and none on others."""
    return _Within(float("inf"), time.monotonic() + seconds)


def time_to_prove(solver: Solver) -> float:
    """Return the seconds that a proof may take where proof is asked for: what the solver's limit leaves, or `LEAST`."""
    return max(solver.deadline - time.monotonic(), LEAST) if isinstance(solver, _Within) else float("inf")


def highs_for(seconds: float) -> Solver:
    """HiGHS with so much time for all programs with whole units together, whenever they are asked."""
    left = [seconds]

    def solve(model: Model) -> Solution:
        if not model.is_mixed:
            return highs(model)
        begun = time.monotonic()
        found = highs(model, max(left[0], 0.0))
        left[0] -= time.monotonic() - begun
        return found

    return solve


def _presolve_pays(model: Model) -> bool:
    """Whether presolve is worth its time: seldom where nothing has been decided yet, see benchmarks/README.md.

    In large programs it stays on where a column is unbounded: it halves their time, and without it HiGHS has answered
    "Unknown" to an unbounded program, which `highs` then solves with it.
    """
    room = model.column_upper - model.column_lower
    return len(room) > SMALL and bool(np.isinf(room).any() or np.count_nonzero(room == 0) > MOSTLY * len(room))


# --- ways to an answer that holds -------------------------------------------------------------------------------------

Way = dict[str, Any]
"""Options of HiGHS beyond `HIGHS_OPTIONS`."""


OVER_FEW: Way = {"mip_allow_restart": False, "mip_heuristic_run_feasibility_jump": False}
"""Of whole units where few are open: both took half of the time, and found nothing that nodes did not."""


def pays_by_prices(model: Model, columns: int | None = None) -> bool:
    """Whether a program is so large that price decomposition is quicker, and numba is there: see docs/scale.md.

    *columns*: from how many on (`LARGE` if left out).
    """
    return _has_blocks(model, LARGE if columns is None else columns)


def blocks_price(model: Model) -> bool:
    """Whether a program is so large that its blocks tell its prices quicker than HiGHS, and numba is there."""
    return _has_blocks(model, LARGE_TO_PRICE)


def _has_blocks(model: Model, columns: int) -> bool:
    return len(model.objective) >= columns and not model.is_mixed and find_spec("numba") is not None


def pays_by_patterns(model: Model) -> bool:
    """Whether a program of whole units is so large that patterns of its blocks pay, and numba is there."""
    totals = model.rows_that(lambda role: role.joins and role.limit != "amount")
    whole = np.count_nonzero(model.integer & (model.column_lower < model.column_upper))
    return bool(whole >= MANY_WHOLE and not totals.any()) and find_spec("numba") is not None


def _better(known: Solution | None, found: Solution, model: Model) -> Solution:
    """Return the better one of two answers to a program of whole units, one of them stopped, with the lower bound."""
    if known is None or not model.is_mixed:
        return found
    points = [one for one in (known, found) if len(one.x)]
    best = max(points, key=lambda one: float(model.objective @ one.x))
    lower = min(known, found, key=lambda one: one.bound)
    return replace(best, status="feasible", bound=lower.bound, prices=lower.prices)


def _ways(model: Model) -> list[Way]:
    """Return ways to solve a model, the quickest first; each is tried only where the ones before gave no proof."""
    presolve = model.is_mixed or _presolve_pays(model)
    on, off = ("choose", "off") if presolve else ("off", "choose")
    if model.is_mixed:
        # a restart costs a small program as much as all its nodes, see benchmarks/README.md
        first = {"presolve": on, "mip_allow_restart": len(model.objective) > SMALL}
        # it has called an optimum an error that broke a row by the tolerance itself
        return [first, {"presolve": off}, {"presolve": on, "mip_feasibility_tolerance": 1e-8}]
    return [
        {"presolve": on},
        {"presolve": off},
        {"presolve": "off", "simplex_strategy": 4, "simplex_scale_strategy": 4},
        {"presolve": "off", "solver": "ipm"},
    ]


def highs(
    model: Model,
    time_limit: float = float("inf"),
    gap: float = 0.0,
    start: States | None = None,
    prices_from: int | None = None,
) -> Solution:
    """Solve with HiGHS; what it says is checked, and tried in other ways until it holds.

    *gap*: of whole units, the share of its value by which an answer may be off the best possible. *start*: a basis of a
    program without any, to go on from where prices do not solve it.

    An optimum holds if its own values prove it (`certificate`); that there is none, if its ray proves it, or if two
    ways say so, and of whole units all. A program of whole units that no way proves is solved by our own branch and
    bound, a small linear one in exact fractions.

    Raises
    ------
    UnprovenPlan
        Every way gave an answer that its own values disprove.
    SolverFailure
        No way gave an answer at all.
    OutOfTime
        A deadline is over that holds for all solving inside, before it or during it.
    """
    end = time.monotonic() + min(time_limit, time_left())
    tried = tightened(model) if model.is_mixed else model
    if model.is_mixed and _is_enough():
        end = time.monotonic()
    known = _of_whole_units(model, tried, end, gap) if model.is_mixed else _by_prices(model, end, prices_from)
    if known is not None:
        stopped = known.status == "limit" or (model.is_mixed and (time.monotonic() >= end or _is_enough()))
        if stopped:
            time_left()
        if stopped or _holds(model, known, gap):
            return known
    return _by_ways(model, tried, known, end, gap, start)


def _is_enough() -> bool:
    """Whether one who waits has said that what is known is to do."""
    waiting = watch()
    return waiting is not None and waiting.enough.is_set()


def _by_prices(model: Model, end: float, columns: int | None = None) -> Solution | None:
    """The answer by price decomposition where that pays; if it does not hold, HiGHS goes on from its basis."""
    if not pays_by_prices(model, columns):
        return None
    from .decomposition.decompose import decomposed  # brings numba, an extra, which takes a third of a second to load

    return decomposed(model, end)


def _of_whole_units(model: Model, tried: Model, end: float, gap: float) -> Solution | None:
    """The answer by patterns of blocks, by parts or over few columns; if it does not hold, HiGHS goes on from it."""
    known: Solution | None = None
    if pays_by_patterns(model):
        from .whole_units.patterns import by_patterns  # numba, as above

        known = by_patterns(model, highs, end, max(HOLDS_WHOLE, gap))
        if known is not None and (_holds(model, known, gap) or time.monotonic() >= end or _is_enough()):
            return known

    priced = Priced.of(tried)
    if priced is None:
        return known

    parts_end = min(end, time.monotonic() + PARTS)

    def whole(part: Model) -> Solution:
        return highs(part, max(parts_end - time.monotonic(), 0.0), gap)

    apart = by_parts(tried, priced, whole)
    if apart is not None and _holds(model, apart, gap):
        return apart

    def solved(held: Model) -> Solution:
        return _once(held, OVER_FEW | _up_to(gap), max(min(end - time.monotonic(), CORE), 0.0), told=False)[0]

    few = by_core(priced, solved)
    if few is not None:
        few = _around(model, few)
        if _holds(model, few, gap):
            return few
        known = few if known is None else _better(known, few, model)
    return known


def _up_to(gap: float) -> Way:
    """Options with which HiGHS ends programs of whole units as soon as they are within a gap."""
    return {"mip_rel_gap": gap} if gap else {}


def _by_ways(
    model: Model, tried: Model, known: Solution | None, end: float, gap: float, start: States | None
) -> Solution:
    """The answer of HiGHS, asked one way after the other until it holds; at last by solvers of our own.

    The first way goes on from what is known, or else from the basis *start*; the others from what is known.
    """
    answers: list[tuple[float, Solution]] = []
    said: Status | None = None
    failure = "HiGHS gave no answer"
    ways = _ways(model)
    # programs of whole units that have points have been called infeasible by two ways, at the tightest tolerance
    agreed = len(ways) if model.is_mixed else 2
    denials = 0
    for way in ways:
        try:
            found, proven = _once(tried, way | _up_to(gap), max(end - time.monotonic(), 0.0), known, start=start)
        except SolverFailure as error:
            failure = str(error)
            continue
        finally:
            start = None
        if found.status in ("limit", "feasible"):
            time_left()
            return min(answers, key=itemgetter(0))[1] if answers else _better(known, found, model)
        if found.status != "optimal":
            denials += found.status == (said or found.status)
            if proven or denials == agreed:
                return found
            said = said or found.status
            continue
        if model.is_mixed:
            found = _around(model, found)
        if _holds(model, found, gap):
            return found
        answers.append((unproven(model, found, gap), found))
    best = min(answers, key=itemgetter(0), default=(np.inf, None))[1]
    last = branch_and_bound(model, end - time.monotonic(), highs) if model.is_mixed else best and exactly(model, best)
    if last is not None:
        answers.append((unproven(model, last) if last.status == "optimal" else 0.0, last))
    if not answers:
        if said is not None:
            return no_solution(said)
        raise SolverFailure(failure)
    open_, best = min(answers, key=itemgetter(0))
    if open_ > PROVEN:
        raise UnprovenPlan(primal_violation(model, best.x), open_)
    return best


def _around(model: Model, found: Solution) -> Solution:
    """Return an answer with the rest exactly around its whole numbers; the bound stays the solver's."""
    with suppress(UnprovenPlan):
        rest = highs(settled(model, found.x))
        return replace(found, x=rest.x) if rest.status == "optimal" else found
    return found


def by_branching(model: Model) -> Solution:
    """Solve with HiGHS, but whole units by our own branch and bound over its linear programs, each of them proven."""
    found = branch_and_bound(model, BRANCHING, highs) if model.is_mixed else highs(model)
    return no_solution("limit") if found is None else found


def _holds(model: Model, found: Solution, gap: float) -> bool:
    """Whether an answer is an optimum, or of whole units within a gap of it, that its own values prove."""
    return found.status == "optimal" and unproven(model, found, gap) <= (HOLDS_WHOLE if model.is_mixed else HOLDS)


def unproven(model: Model, found: Solution, gap: float = 0.0) -> float:
    """How far an answer is from proven by its own values: the larger of its violation and of what is left to gain.

    *gap*: what may be left to gain of whole units, as a share of their value.
    """
    violation = primal_violation(model, found.x)
    if not model.is_mixed:
        return max(violation, left_to_gain(model, found.x, found.row_dual))
    value = float(model.objective @ found.x)
    size = max(abs(value), 1e-6 * float(np.abs(model.objective * model.column_unit).sum()), np.finfo(float).tiny)
    return max(violation, abs(found.bound - value) / size - gap)


def _once(
    model: Model,
    way: Way,
    time_limit: float,
    known: Solution | None = None,
    told: bool = True,
    start: States | None = None,
) -> tuple[Solution, bool]:
    """Ask HiGHS one way: its answer, and whether that there is none is proven by a ray.

    It starts from what is known: a basis, or a point of whole units; or else from the basis *start*. One who waits for
    whole units is *told* how far they are.
    """
    import highspy  # as in `silent`

    h = passed(model)
    for name, option in way.items():
        h.setOptionValue(name, option)
    h.setOptionValue("time_limit", time_limit)
    start = start if known is None or known.basis is None else known.basis
    if start is not None:
        start_from(h, start)
    if known is not None and model.is_mixed:
        point = highspy.HighsSolution()
        point.col_value = (known.x / model.column_unit).tolist()
        h.setSolution(point)
    waiting = watch() if model.is_mixed else None
    if waiting is not None:
        h.cbMipInterrupt += waiting.hear if told else waiting.end
    kind = highspy.HighsModelStatus
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
        return no_solution(status), status == "infeasible" and not model.is_mixed and _ray_excludes(model, h)
    solution = h.getSolution()
    x = np.array(solution.col_value) * model.column_unit
    if model.is_mixed:
        none = np.empty(0)
        bound = float(h.getInfo().mip_dual_bound) / objective_scale(model)
        return Solution(status, x, none, none, bound=bound), False
    # within the tolerance of HiGHS a column may be a little beyond its bounds
    x = np.clip(x, model.column_lower, model.column_upper)
    row_dual = np.array(solution.row_dual) * model.row_scale / objective_scale(model)
    return Solution(status, x, row_dual, reduced_costs(model, row_dual), basis=states_of(h)), False


def _ray_excludes(model: Model, h: highspy.Highs) -> bool:
    """Whether a sum of rows, weighed by HiGHS's ray, cannot be met by any point within the columns' bounds (Farkas)."""
    _, exists, ray = h.getDualRay()
    if not exists:
        return False

    def most(value: Array, lower: Array, upper: Array) -> float:
        ends = np.where(value > 0, upper, lower)
        return float(np.multiply(value, ends, out=np.zeros_like(value), where=value != 0).sum())

    for y in (np.array(ray) * model.row_scale, -np.array(ray) * model.row_scale):
        size = float(np.abs(y / model.row_scale).max(initial=0.0))
        sums = model.priced(y)
        sums[np.abs(sums * model.column_unit) <= 1e-12 * size] = 0.0
        if (
            most(sums, model.column_lower, model.column_upper)
            < -most(-y, model.row_lower, model.row_upper) - 1e-9 * size
        ):
            return True
    return False
