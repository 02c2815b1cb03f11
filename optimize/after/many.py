"""One program under many priorities: each is solved from the basis before, along a tour that keeps neighbours close.

Only the objective changes, so the last optimal vertex stays feasible and the primal simplex needs few steps: our own
where there are many, the program is small, and numba is installed (`simplex.py`); else that of HiGHS. Both find the
same plans. Each plan is the best for its priorities, of these one of least spend, and of these one that moves least
from a plan in hand: so two plans differ only where they have to. Every answer is checked by our own arithmetic; where
it does not hold, the program is solved again from nothing. The tour is cut into chunks whose size does not depend on
the number of workers, so neither do the plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import Model, with_columns
from ..model.objectives import OBJECTIVES, least_spend, worth
from ..model.programme import Array, Index
from ..solve.allocate import Allocation, moving, run
from ..solve.lexicographic import SolverLimit, solve, then
from ..solve.passing import passed
from ..solve.problem import Problem
from ..solve.solvers import highs, is_highs
from .engines import Engine, here

if TYPE_CHECKING:
    import highspy

CHUNK = 250
"""Priorities solved one after the other: more make better starts, fewer share the work out better."""
ALONE = 5
"""The same where each plan is solved by itself: little is lost if a limit comes."""
MANY = 1000
"""Priorities from which on loading numba, a second, is worth its time."""
CELLS = 2_000_000
"""Values of one stage that a chunk holds at most."""
SIZES = 1e5, 1.0, 1e-3
"""Weights of the objectives that HiGHS solves together: of the first, brought to a largest coefficient of 1, of the
least spend, and of the nearness. Apart enough not to disturb each other, and all above its absolute tolerances."""
CLOSE = 1e-10
"""Share of the largest value thinkable that an answer may be off its bound."""
FEASIBLE = 1e-9
"""How far a point may be beyond a bound, relative to max(1, |bound|)."""
NOISE = 1e-9
"""A price up to this share of the largest coefficient is rounding."""


@dataclass(frozen=True)
class Plans(Brief):
    """Optimal plans under k of the priorities.

    Attributes
    ----------
    place : (k,) which of the priorities.
    level : (k, A, P) level of each application in each period.
    closed : (k, T * F) gap units closed at the end.
    timed : (k, T * F) gap units closed, the increase of every period discounted.
    value : (k,) of each plan under its own priorities, sum of v times `timed`.
    cold : how many of them were solved from nothing, as the warm answer did not hold.
    """

    place: Index
    level: Array
    closed: Array
    timed: Array
    value: Array
    cold: int = 0


@dataclass(frozen=True)
class Family(Brief):
    """A continuous problem to be solved under many priorities, and the plan in hand that theirs are to be near to.

    The level of a column that is partly used in that plan is split there, so that moving away from it is linear: the
    column goes up to the level in hand, and an added one from there to the end.
    """

    columns: Columns
    model: Model
    spend: Array
    nearness: Array
    split: Index

    @classmethod
    def of(cls, problem: Problem, plan: Allocation) -> Family:
        """Split the columns of a problem at the levels of a plan."""
        c, model = problem.columns, problem.model
        levels = np.arange(c.sizes["level"])
        at, top = plan.optimum.x[levels], model.column_upper[levels]
        split = np.flatnonzero((at > 0) & (at < top))
        spend = least_spend(c)
        weight = moving(c)
        nearness = np.zeros(c.number)
        nearness[levels] = np.where(at > 0, weight, -weight)
        by_column = np.argsort(model.column, kind="stable")
        ends = np.searchsorted(model.column[by_column], np.arange(c.number + 1))
        entries = [by_column[ends[j] : ends[j + 1]] for j in split]
        upper = model.column_upper.copy()
        upper[split] = at[split]
        whole = (
            with_columns(
                replace(model, column_upper=upper),
                [f"more[{j}]" for j in split],
                [(model.row[e], model.value[e]) for e in entries],
                np.zeros(len(split)),
                (top - at)[split],
            )
            if len(split)
            else model
        )
        return cls(c, whole, np.append(spend, spend[split]), np.append(nearness, -weight[split]), split)

    @cached_property
    def worth(self) -> tuple[Index, Array]:
        """Pair and factor of each column, see `objectives.worth`."""
        pair, factor = worth(self.columns)
        none = np.zeros(len(self.split))
        return np.append(pair, none.astype(np.int64)), np.append(factor, none)

    def objective(self, priority: Array) -> Array:
        """Coefficients of all columns under a priority (T * F): (N',), or (k, N') for (k, T * F)."""
        pair, factor = self.worth
        return np.asarray(factor * priority[..., pair])

    def joined(self, x: Array) -> Array:
        """Columns of the problem, the split ones put together: (N,), or (k, N) for (k, N')."""
        whole = x[..., : self.columns.number].copy()
        whole[..., self.split] += x[..., self.columns.number :]
        return whole

    def cold(self, objective: Array) -> Array:
        """Solve from nothing, one objective after the other: the point (N',)."""
        stage = solve(replace(self.model, objective=objective), highs)
        for following in (self.spend, self.nearness):
            stage = then(stage, following, highs)
        return stage.solution.x

    def warm(self, objectives: Array, many: bool = False) -> tuple[Array, int]:
        """Solve for one objective (k, N') after the other: the points (k, N'), and how many had to be solved cold.

        `many`: they are part of many.
        """
        compiled = many and self.model.is_small and find_spec("numba") is not None
        points, duals = (self._by_simplex if compiled else self._by_highs)(objectives)
        wrong = np.flatnonzero(~proved(self.model, points, duals, (objectives, self.spend, self.nearness)))
        for i in wrong.tolist():
            points[i] = self.cold(objectives[i])
        return points, len(wrong)

    def _started(self, objective: Array) -> highspy.Highs:
        """Return HiGHS with the model and the joint objective of all stages, to be solved by the primal simplex."""
        h = passed(self.model)
        h.setOptionValue("presolve", "off")
        h.setOptionValue("simplex_strategy", 4)  # primal: the last vertex stays feasible
        h.setOptionValue("primal_simplex_bound_perturbation_multiplier", 0.0)
        h.setOptionValue("simplex_scale_strategy", 0)  # the rows are scaled already
        number = len(objective)
        joint = SIZES[0] * brought_to_one(objective) + SIZES[1] * self.spend + SIZES[2] * self.nearness
        h.changeColsCost(number, np.arange(number, dtype=np.int32), joint * self.model.column_unit)
        return h

    def _by_simplex(self, objectives: Array) -> tuple[Array, Array]:
        """Return points (k, N') and duals (3, k, M) by the compiled simplex, from where HiGHS ends for the first."""
        from .simplex import optima  # brings numba, an extra, which takes a second to load

        model = self.model
        rows, columns, unit = len(model.row_lower), len(model.objective), model.column_unit
        h = self._started(objectives[0])
        h.run()
        found, basic = h.getSolution(), np.array(h.getBasicVariables()[1], dtype=np.int64)

        def widened(costs: Array) -> Array:
            return np.concatenate([costs * unit, np.zeros((len(costs), rows))], axis=1)

        points, duals, _ = optima(
            np.concatenate([model.dense * model.row_scale[:, None] * unit, -np.eye(rows)], axis=1),
            np.concatenate([model.column_lower / unit, model.row_lower * model.row_scale]),
            np.concatenate([model.column_upper / unit, model.row_upper * model.row_scale]),
            np.where(basic < 0, columns - 1 - basic, basic),  # a row's own variable is counted from the end, -1 - row
            np.concatenate([found.col_value, found.row_value]),
            widened(objectives),
            widened(np.array([self.spend, self.nearness])),
        )
        return points[:, :columns] * unit, duals * model.row_scale

    def _by_highs(self, objectives: Array) -> tuple[Array, Array]:
        """Return points (k, N') and duals (3, k, M), all stages at once; the duals of each come from the last basis."""
        h = self._started(objectives[0])
        columns, rows = len(self.model.objective), len(self.model.row_lower)
        # a row's own variable costs nothing; it is counted from the end, -1 - row, so the zeros stand there
        costs = np.zeros((3, len(objectives), columns + rows))
        unit = self.model.column_unit
        for stage, cost in enumerate((objectives, self.spend, self.nearness)):
            costs[stage, :, :columns] = cost * unit
        points, duals = np.empty_like(objectives), np.empty((3, len(objectives), rows))
        valued = np.flatnonzero(self.worth[1]).astype(np.int32)  # columns of closed gaps: nothing else changes
        for i, objective in enumerate(objectives):
            h.changeColsCost(len(valued), valued, SIZES[0] * (brought_to_one(objective) * unit)[valued])
            h.run()
            points[i] = np.array(h.getSolution().col_value) * unit
            basic = h.getBasicVariables()[1]
            for stage in range(3):
                duals[stage, i] = h.getBasisTransposeSolve(costs[stage, i, basic])[1]
        return points, duals * self.model.row_scale


def brought_to_one(objective: Array) -> Array:
    """Scale an objective so that its largest coefficient is 1."""
    largest = float(np.abs(objective).max(initial=0.0))
    return np.asarray(objective / largest) if largest > 0 else objective


def proved(model: Model, x: Array, duals: Array, objectives: Sequence[Array]) -> NDArray[np.bool_]:
    """Whether each point x (k, N) is feasible and the best for each objective in turn: (k,).

    *duals* (stages, k, M) and *objectives*, each (k, N) or (N,), prove it stage by stage: what a bound's price times
    the room left to the bound sums to is the most that the objective could gain. Bounds that a stage prices are met by
    all of its best points, so the stages after it may price them as they like.
    """
    sides = [(x, model.column_lower, model.column_upper), (model.activity(x), model.row_lower, model.row_upper)]
    holds = np.ones(len(x), dtype=bool)
    for (at, low, high), size in zip(sides, (model.column_unit, 1 / model.row_scale), strict=True):
        slack = FEASIBLE * np.maximum(size, np.abs(at))
        holds &= ((at >= low - slack) & (at <= high + slack)).all(axis=1)
    free = [np.ones(at.shape, dtype=bool) for at, _, _ in sides]
    ends = np.maximum(np.abs(model.column_lower), np.abs(model.column_upper))
    ends[np.isinf(ends)] = 0.0
    for y, c in zip(duals, objectives, strict=True):
        largest = np.abs(c * model.column_unit).max(axis=-1, initial=0.0)
        size = np.atleast_1d(largest)[:, None] + np.finfo(float).tiny
        most = np.zeros(len(x))
        prices = (c - model.priced(y), y)
        units = (1 / model.column_unit, model.row_scale)
        for i, ((at, low, high), price, unit) in enumerate(zip(sides, prices, units, strict=True)):
            counts = np.abs(price) > NOISE * size * unit
            room = np.where(price > 0, high - at, at - low)
            room[~free[i] | (np.isinf(room) & ~counts)] = 0.0
            most += (np.abs(price) * np.maximum(room, 0.0)).sum(axis=1)
            free[i] &= ~counts
        holds &= most <= CLOSE * (np.abs(c) @ ends + size[:, 0])
    return holds


def tour(points: Array, leaf: int = 64) -> Index:
    """Order points (K, d) so that neighbours are close: halve the widest axis; within a leaf the nearest is next.

    >>> tour(np.array([[0.0], [0.9], [0.3], [0.6]])).tolist()
    [0, 2, 3, 1]
    """

    def leaves(members: Index) -> Iterator[Index]:
        if len(members) <= leaf:
            yield members
            return
        middle = len(members) // 2
        axis = int(np.ptp(points[members], axis=0).argmax())
        order = members[np.argsort(points[members, axis], kind="stable")]
        yield from leaves(order[:middle])
        yield from leaves(order[middle:])

    if not len(points):
        return np.empty(0, np.int64)
    found = list(leaves(np.arange(len(points))))
    size, every = max(map(len, found)), np.arange(len(found))
    member = np.array([np.pad(one, (0, size - len(one)), constant_values=-1) for one in found])
    left, at = member >= 0, member[:, 0]  # all leaves at once, each from its first along its axis
    order = np.full((size, len(found)), -1)
    for step in range(size):
        distance = np.where(left, ((points[member] - points[at][:, None]) ** 2).sum(axis=2), np.inf)
        nearest = distance.argmin(axis=1)
        some = left[every, nearest]
        left[every, nearest] = False
        at = np.where(some, member[every, nearest], at)
        order[step] = np.where(some, at, -1)
    return order.T[order.T >= 0]


def plans_under(
    plan: Allocation,
    priorities: Array,
    weights: Array,
    engine: Engine = here,
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[Plans]:
    """Solve the problem of a plan under each of many priorities, chunk by chunk along a tour.

    Parameters
    ----------
    plan : the plan in hand; among equally good plans of least spend those are taken that move least from it.
    priorities : (K, T * F), each as `Programme.priority`.
    weights : (K, F), each as `Programme.weight`; they also tell which priorities are alike.
    engine : where chunks are solved, see `engines`.
    progress : is told how many are done.

    Yields
    ------
    Plans
        In the order of the tour.
    """
    order = tour(weights)
    size = max(1, min(CHUNK if _together(plan.problem) else ALONE, CELLS // max(plan.columns.number, 1)))
    chunks = [order[start : start + size] for start in range(0, len(order), size)]
    # labels are functions of the whole case: what a worker needs is arrays
    model = replace(plan.problem.model, label_columns=list, label_rows=list)
    bare = replace(plan, problem=replace(plan.problem, model=model), model=model)
    done = 0
    work = partial(_chunk, bare, len(order) >= MANY)
    for plans in engine(work, [(place, priorities[place], weights[place]) for place in chunks]):
        done += len(plans.place)
        progress(done)
        yield plans


def _chunk(plan: Allocation, many: bool, given: tuple[Index, Array, Array]) -> Plans:
    place, priorities, weights = given
    problem, c, p = plan.problem, plan.columns, plan.programme
    level = np.empty((len(place), len(p.applications), len(p.periods)))
    closed, timed = np.empty((len(place), p.gap.size)), np.empty((len(place), p.gap.size))
    again = 0
    if _together(problem):
        family = Family.of(problem, plan)
        points, again = family.warm(family.objective(priorities), many)
        x = family.joined(points)
        by_period = c.closed_gaps(x).reshape(len(place), len(p.periods), -1)
        level, closed, timed = c.levels(x), by_period[:, -1], np.einsum("p,kpf->kf", p.timing, by_period)
    else:
        for i, (priority, weight) in enumerate(zip(priorities, weights, strict=True)):
            found = under(problem, priority, weight, plan)
            if found.stopped:  # the best by then is not the best
                raise SolverLimit("time limit")
            level[i], closed[i], timed[i] = found.level, found.closed.ravel(), found.timed.ravel()
    return Plans(place, level, closed, timed, (priorities * timed).sum(axis=1), again)


def _together(problem: Problem) -> bool:
    """Whether one warm model serves all priorities: HiGHS and our simplex go on from a vertex to the next."""
    of_value = problem.objective == OBJECTIVES["weighted"]
    return of_value and not problem.model.is_mixed and is_highs(problem.solver)


def under(problem: Problem, priority: Array, weight: Array, near: Allocation | None = None) -> Allocation:
    """Solve a problem under another priority (T * F) and weights (F,), with everything that `allocate` gives."""
    p = problem.columns.programme
    columns = Columns(replace(p, priority=np.reshape(priority, p.gap.shape), weight=weight))
    return run(replace(problem, columns=columns), near)
