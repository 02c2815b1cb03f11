"""Plans that are nearly as good as the best, and as different from it and from each other as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..brief import Brief
from ..model.model import INF, Model, with_columns, with_row, with_rows
from ..model.programme import Array, Index, sums
from ..solve.allocate import Allocation, closing_all
from ..solve.solution import Solution, Solver, SolverFailure
from ..solve.solvers import is_highs, whole_units_within

LARGE = 3000
"""Columns beyond which the farthest plan is not sought to the end: a search of a minute does not come to it."""


@dataclass(frozen=True)
class Variant(Brief):
    """A plan within the tolerance.

    Attributes
    ----------
    x : (N,) columns of the stated model.
    value : of the objective.
    moved : share of the budgets, in the mean over resources, that goes elsewhere than in the nearest plan before it.
    most : no plan within the tolerance has a larger share than this; `moved` itself, where the search came to its end.
    """

    x: Array
    value: float
    moved: float
    most: float


@dataclass(frozen=True)
class NearOptimal(Brief):
    """Plans within the tolerance, in the order in which they were found; `limited`: a limit came before the last."""

    variants: tuple[Variant, ...]
    limited: bool = False


def near_optimal(
    plan: Allocation,
    number: int,
    within: float,
    seconds: float = 60.0,
    progress: Callable[[int], object] = lambda done: None,
) -> NearOptimal:
    """Find plans whose value is at most the share *within* below the best, one after the other.

    Each differs the most from the best plan and from those before it: the least share of the budgets that it moves
    against any of them is the largest. None delivers more beyond the gaps than the best plan does (in weighted gap
    units), so that no money is spent only to differ. A mixed-integer program each, by the plan's solver; HiGHS has
    *seconds* for it. Beyond `LARGE` columns two linear ones: for a plan that is far, and a bound of how far any is.
    """
    p, c = plan.programme, plan.columns
    model = _good_enough(plan, within)
    whole = p.budget.sum(axis=1)
    share = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0) / max(int((whole > 0).sum()), 1)
    # half of what changes, as a share of each budget: what one place gains another one loses
    weight = (
        np.array([np.abs(p.level_cost[p.segment_application, :, q]) @ share for q in range(len(p.periods))]).ravel() / 2
    )
    application = np.tile(p.segment_application, len(p.periods))
    if not (weight * model.column_upper[: len(weight)] > 0).any():
        return NearOptimal(())  # nothing costs anything: no money can go elsewhere

    def spread(x: Array) -> Array:
        return sums(application, weight * x[: len(weight)], len(p.applications))

    known = [spread(plan.optimum.x)]
    found: list[Variant] = []
    limited = False
    for _ in range(number):
        solver: Solver = whole_units_within(seconds) if is_highs(plan.problem.solver) else plan.problem.solver
        if len(model.objective) > LARGE and not model.is_mixed:
            solution = _far(model, weight, application, known, solver)
        else:
            solution = solver(_farthest(model, weight, application, known))
        if limited := solution.status == "limit":
            break
        if solution.status not in ("optimal", "feasible"):
            raise SolverFailure(f"the search for another plan is {solution.status}")
        x = closing_all(c, plan.model, solution.x[: c.number])
        moved = min(float(np.abs(spread(x) - other).sum()) for other in known)
        if moved <= 1e-6:
            break  # there is no other plan within the tolerance
        most = moved if solution.status == "optimal" else solution.bound
        found.append(Variant(x, _value(plan, x), moved, max(most, moved)))
        known.append(spread(x))
        progress(len(found))
    return NearOptimal(tuple(found), limited)


def _value(plan: Allocation, x: Array) -> float:
    """Value of the plan's objective at a point (N,) of its columns; a worst case is the least that it counts."""
    objective = plan.model.objective
    value = float(objective[: len(x)] @ x)
    if len(objective) == len(x):
        return value
    case = plan.problem.worst_case
    assert case is not None  # nothing else adds columns
    return value + float(objective[len(x)]) * case.at(x)


def _good_enough(plan: Allocation, within: float) -> Model:
    """Return the rows that every plan within the tolerance meets."""
    p, c, model = plan.programme, plan.columns, plan.model
    least = plan.certificate.value - within * abs(plan.certificate.value)
    made = with_row(model, "good_enough", model.objective, least - 1e-9 * max(1.0, abs(least)), INF)
    # sum_k v[k] (z[k] - delivered[k]) at the end, at least what it is in the best plan
    pairs = len(p.open_pairs)
    last = model.block("closing").start + (len(p.periods) - 1) * pairs
    priority = np.zeros(len(model.row_lower))
    priority[last : last + pairs] = p.priority.ravel()[p.open_pairs]
    beyond = sums(model.column, model.value * priority[model.row], len(model.objective))
    wasted = float(beyond @ plan.optimum.x)
    made = with_row(made, "no_waste", beyond, wasted - 1e-9 * max(1.0, abs(wasted)), INF)
    # a level that delivers nothing of worth is no more than in the best plan
    levels = c.sizes["level"]
    idle = beyond[:levels] == 0
    upper = model.column_upper.copy()
    upper[:levels] = np.where(idle, np.maximum(plan.optimum.x[:levels], model.column_lower[:levels]), upper[:levels])
    return replace(made, column_upper=upper)


def _far(model: Model, weight: Array, application: Index, known: Sequence[Array], solver: Solver) -> Solution:
    """Return a plan that is far from the known ones, and a bound of how far any is, by two linear programs.

    The distance to a plan, place by place convex, lies below the line between its ends, and above any line that touches
    it: the one gives the bound, the other, with the places that a known plan uses in part going down, a plan.
    """
    most = sums(application, weight * model.column_upper[: len(weight)], len(known[0]))
    reach = np.divide(1.0, most, out=np.zeros_like(most), where=most > 0)
    above = _along(model, weight, application, [(one, np.clip(1 - 2 * one * reach, -1.0, 1.0)) for one in known])
    below = _along(model, weight, application, [(-side * one, side) for one in known for side in [_sides(one)]])
    bounding, found = solver(above), solver(below)
    if bounding.status != "optimal":
        return bounding
    bound = float(above.objective @ bounding.x)
    return replace(found if found.status == "optimal" else bounding, status="feasible", bound=bound)


def _sides(reference: Array) -> Array:
    """On which side of a known plan's spread (A,) another one is sought: up where it has nothing, else down."""
    return np.where(reference <= 0, 1.0, -1.0)


def _along(model: Model, weight: Array, application: Index, lines: Sequence[tuple[Array, Array]]) -> Model:
    """Maximise the least of sum_a (offset[a] + slope[a] s[a]) by pairs of offset and slope (A,), s weighted levels."""
    columns, paid = len(model.objective), np.flatnonzero(weight > 0)
    none = (np.empty(0, np.int64), np.empty(0))
    made = with_columns(model, ["least"], [none], np.zeros(1), np.full(1, INF))
    for k, (offset, slope) in enumerate(lines):
        total = np.zeros(columns + 1)
        total[columns] = 1.0
        total[paid] = -slope[application[paid]] * weight[paid]
        made = with_row(made, f"distance[{k}]", total, -INF, float(offset.sum()))
    objective = np.zeros(columns + 1)
    objective[columns] = 1.0
    return replace(made, objective=objective)


def _farthest(model: Model, weight: Array, application: Index, known: Sequence[Array]) -> Model:
    """Maximise the least distance to the known plans: D <= sum_a d[a], d[a] <= |s[a] - known[a]|, s = weighted levels.

    d <= s - known + 2 known (1 - above);  d <= known - s + 2 (most - known) above;  above 0 or 1: on which side of it s
    lies. It is settled where the known plan has nothing of a place, or all that there can be.
    """
    columns, size = len(model.objective), len(known[0])
    most = sums(application, weight * model.column_upper[: len(weight)], size)
    places = np.flatnonzero(most > 0)
    count = len(places)
    labels = ["least", *(f"{kind}[{i}]" for kind in ("apart", "above") for i in range(len(known) * count))]
    none = (np.empty(0, np.int64), np.empty(0))
    upper = np.concatenate([[INF], np.full(len(known) * count, INF), np.ones(len(known) * count)])
    made = with_columns(model, labels, [none] * len(labels), np.zeros(len(labels)), upper)
    least, greatest = made.column_lower.copy(), made.column_upper.copy()
    parts = [np.flatnonzero((application == a) & (weight > 0)) for a in places]
    for k, reference in enumerate(known):
        apart = columns + 1 + k * count + np.arange(count)
        above = apart + len(known) * count
        below = np.minimum(reference[places], most[places])
        least[above], greatest[above] = below <= 0, below < most[places]
        for sign, at_above, bound in ((-1.0, 2 * below, below), (1.0, 2 * (below - most[places]), below)):
            row = np.concatenate([np.full(len(part) + 2, i) for i, part in enumerate(parts)])
            column = np.concatenate([np.append(part, [apart[i], above[i]]) for i, part in enumerate(parts)])
            value = np.concatenate([np.append(sign * weight[part], [1.0, at_above[i]]) for i, part in enumerate(parts)])
            made = with_rows(made, f"side[{k},{sign:+g}]", row, column, value, np.full(count, -INF), bound)
        total = np.zeros(len(made.objective))
        total[columns], total[apart] = 1.0, -1.0
        made = with_row(made, f"distance[{k}]", total, -INF, 0.0)
    integer = made.integer.copy()
    sides = np.arange(columns + 1 + len(known) * count, len(integer))
    integer[sides] = least[sides] < greatest[sides]
    objective = np.zeros(len(made.objective))
    objective[columns] = 1.0
    return replace(made, integer=integer, objective=objective, column_lower=least, column_upper=greatest)
