"""One program under many priorities: each is solved from the optimal basis of one that is near.

Only the objective changes, so an optimal vertex stays feasible and the primal simplex needs few steps: our own where
there are many, the program is small, and numba is installed (`simplex.py`), from the nearest that is solved already;
else that of HiGHS, along a tour that keeps neighbours close. Large programs are solved by prices, from those before
(`solve/decomposition`). Each plan is the best for its priorities, of these one of least spend, and of these one that
moves least from a plan in hand: so two plans differ only where they have to, and all ways find the same. Every answer
is checked by our own arithmetic; where it does not hold, the program is solved again from nothing. Priorities are cut
into cells whose size does not depend on the number of workers: so neither do plans.
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
from ..deadline import time_left
from ..model.columns import Columns
from ..model.model import Model, with_columns
from ..model.objectives import OBJECTIVES, least_spend, worth
from ..model.programme import Array, Index
from ..solve.allocate import Allocation, moving, run
from ..solve.highs_input import passed, run_in_time, start_from
from ..solve.lexicographic import SolverLimit, Stage, solve, then
from ..solve.problem import Problem
from ..solve.solution import AT_LOWER, AT_UPPER, Solution, States
from ..solve.solvers import highs, is_highs, pays_by_prices
from .engines import Engine, here

if TYPE_CHECKING:
    import highspy

    from ..solve.decomposition.blocks import State

Way = Callable[[Array, Array], tuple[Array, Array]]
"""How programs are solved: from objectives (k, N') and what tells which are near (k, d), points (k, N') and duals
(3, k, M)."""
Start = tuple[Index, Array]
"""A feasible basis, rows counted after columns, and its point, both scaled: (M,), (N' + M,)."""

CHUNK = 400
"""Priorities solved one after the other, at most: more make better starts, fewer share the work out better."""
ALONE = 5
"""The same where each plan is solved by itself: little is lost if a limit comes."""
MANY = 1500
"""Priorities from which on loading numba and what is compiled, half a second, is worth its time. Where they are loaded
already fewer would be; but then the last bits of a result would depend on what was asked before."""
CELLS = 2_000_000
"""Values that a chunk holds at most."""
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

    `model` has the plan's own priorities as its objective. `basis`: an optimal one of it, where that is known.
    """

    columns: Columns
    model: Model
    spend: Array
    nearness: Array
    split: Index
    basis: States | None = None

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
        basis = plan.optimum.basis
        if basis is not None and tuple(map(len, basis)) == (c.number, len(whole.row_lower)):
            basis = np.append(basis[0], np.full(len(split), AT_LOWER, np.int8)), basis[1]
        else:
            basis = None
        made = cls(c, whole, np.append(spend, spend[split]), np.append(nearness, -weight[split]), split, basis)
        return replace(made, model=whole.alike(objective=made.objective(c.programme.priority.ravel())))

    @property
    def width(self) -> int:
        """Numbers that are kept of one priority, at least 1: its point, in a small program the inverse of its basis."""
        rows = len(self.model.row_lower)
        return max(len(self.model.objective), rows * rows if self.model.is_small else 0, 1)

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

    @cached_property
    def stood(self) -> State | None:
        """Where the blocks of a large program stand under the plan's own priorities; None where it has none."""
        from ..solve.decomposition.decompose import stand, standing  # brings numba, an extra: a third of a second

        stand(self.model, None)  # so that plans do not depend on what was solved before
        solve(self.model, highs)
        return standing(self.model)

    def cold(self, objective: Array) -> Array:
        """Solve from nothing, one objective after the other: the point (N',)."""
        return self._stages(solve(self.model.alike(objective=objective), highs))[-1].x

    def _stages(self, stage: Stage) -> list[Solution]:
        """Solutions of all objectives, from the first one's."""
        found = [stage.solution]
        for following in (self.spend, self.nearness):
            stage = then(stage, following, highs)
            found.append(stage.solution)
        return found

    def warm(self, objectives: Array, near: Array, start: Start | None = None) -> tuple[Array, int]:
        """Solve for many objectives (k, N'): the points (k, N'), and how many had to be solved cold.

        *near* (k, d) tells which of them are alike. From a *start*, by the compiled simplex; without, by HiGHS.
        """
        ways: tuple[Way, ...] = (self._by_highs,)
        if start is not None:
            ways = (partial(self._by_simplex, start=start),)
        elif pays_by_prices(self.model):
            ways = (self._along, self._by_prices)
        points, left = np.empty_like(objectives), np.arange(len(objectives))
        for way in ways:
            if len(left):
                points[left], duals = way(objectives[left], near[left])
                holds = proved(self.model, points[left], duals, (objectives[left], self.spend, self.nearness))
                left = left[~holds]
        for i in left.tolist():
            points[i] = self.cold(objectives[i])
        return points, len(left)

    def start(self, objective: Array) -> Start:
        """Basis and point at which HiGHS ends for an objective (N',)."""
        h = self.started(objective)
        run_in_time(h)
        found, basic = h.getSolution(), np.array(h.getBasicVariables()[1], dtype=np.int64)
        # HiGHS counts a row's own variable from the end, -1 - row; here they follow the columns
        return np.where(basic < 0, len(objective) - 1 - basic, basic), np.append(found.col_value, found.row_value)

    def started(self, objective: Array) -> highspy.Highs:
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

    def _by_simplex(self, objectives: Array, near: Array, start: Start) -> tuple[Array, Array]:
        """Return points (k, N') and duals (3, k, M) by the compiled simplex."""
        from .simplex import optima  # brings numba, an extra, which takes half a second to load

        model, unit, scale = self.model, self.model.column_unit, self.model.row_scale
        columns, entries = len(model.objective), model.value * scale[model.row] * unit[model.column]
        order = np.argsort(model.column, kind="stable")
        by_column = np.searchsorted(model.column[order], np.arange(columns + 1)), model.row[order], entries[order]
        points, duals, _ = optima(
            by_column,
            (np.ascontiguousarray(model.start), np.ascontiguousarray(model.column), entries),
            np.append(model.column_lower / unit, model.row_lower * scale),
            np.append(model.column_upper / unit, model.row_upper * scale),
            *(part.copy() for part in start),
            np.ascontiguousarray(near),
            np.ascontiguousarray(objectives * unit),
            np.array([self.spend, self.nearness]) * unit,
        )
        return points[:, :columns] * unit, duals * scale

    def _along(self, objectives: Array, near: Array) -> tuple[Array, Array]:
        """Return points (k, N') and duals (3, k, M) of a large program: all stages at once, or each."""
        from ..solve.decomposition.along import Along  # brings numba, an extra, which takes a third of a second

        state = self.stood
        if state is None:
            return self._by_prices(objectives, near)
        points, duals = np.empty_like(objectives), np.empty((3, len(objectives), len(self.model.row_lower)))
        along = Along(self.model, np.array([self.spend, self.nearness]), state)
        for i in tour(near).tolist():
            found = along.solve(objectives[i], near[i])
            if found is None:
                x, y, stood = self._in_stages(objectives[i], along.state)
                found, along.state = (x, y), stood or along.state
            points[i], duals[:, i] = found
        return points, duals

    def _by_prices(self, objectives: Array, near: Array) -> tuple[Array, Array]:
        """Return points (k, N') and duals (3, k, M) of a large program, each from the prices and blocks before."""
        points, duals = np.empty_like(objectives), np.empty((3, len(objectives), len(self.model.row_lower)))
        state = self.stood
        for i in tour(near).tolist():
            points[i], duals[:, i], state = self._in_stages(objectives[i], state)
        return points, duals

    def _in_stages(self, objective: Array, state: State | None) -> tuple[Array, Array, State | None]:
        """Solve a large program stage after stage: point, duals, and where the blocks stood after the first stage.

        The next objective is like this first one, not like the last.
        """
        from ..solve.decomposition.decompose import stand, standing  # brings numba, as in `_along`

        stand(self.model, state)
        first = solve(self.model.alike(objective=objective), highs)
        stood = standing(self.model)
        stages = self._stages(first)
        return stages[-1].x, np.array([stage.row_dual for stage in stages]), stood

    def _by_highs(self, objectives: Array, near: Array) -> tuple[Array, Array]:
        """Return points (k, N') and duals (3, k, M), all stages at once; the duals of each come from the last basis."""
        h = self.started(objectives[0])
        columns, rows = len(self.model.objective), len(self.model.row_lower)
        # a row's own variable costs nothing; it is counted from the end, -1 - row, so the zeros stand there
        costs = np.zeros((3, len(objectives), columns + rows))
        unit = self.model.column_unit
        for stage, cost in enumerate((objectives, self.spend, self.nearness)):
            costs[stage, :, :columns] = cost * unit
        points, duals = np.empty_like(objectives), np.empty((3, len(objectives), rows))
        valued = np.flatnonzero(self.worth[1]).astype(np.int32)  # columns of closed gaps: nothing else changes
        for i in tour(near).tolist():
            h.changeColsCost(len(valued), valued, SIZES[0] * (brought_to_one(objectives[i]) * unit)[valued])
            run_in_time(h)
            points[i] = np.array(h.getSolution().col_value) * unit
            basic = h.getBasicVariables()[1]
            for stage in range(3):
                duals[stage, i] = h.getBasisTransposeSolve(costs[stage, i, basic])[1]
        return points, duals * self.model.row_scale


class Signs:
    """Reduced costs at a basis that is optimal under a plan's own priorities, the one at which HiGHS ends."""

    def __init__(self, family: Family) -> None:
        self.model = model = family.model
        self._highs = h = family.started(model.objective)
        if family.basis is not None:
            start_from(h, family.basis)
        run_in_time(h)
        basis, self._basic = h.getBasis(), h.getBasicVariables()[1]
        status = np.array([int(one) for one in (*basis.col_status, *basis.row_status)])
        movable = np.append(model.column_lower < model.column_upper, model.row_lower < model.row_upper)
        self._up, self._down = movable & (status == AT_LOWER), movable & (status == AT_UPPER)
        self._start = self._reduced(model.objective)

    def change(self, directions: Array) -> Array:
        """Return how far the objective can go in each direction (K, N') until a reduced cost changes its sign: (K,).

        What is of no size is taken for 0. Infinite where none does.
        """
        size = NOISE * float(np.abs(self.model.objective * self.model.column_unit).max(initial=0.0))
        reach = np.full(len(directions), np.inf)
        for k, direction in enumerate(directions):
            change = self._reduced(direction)
            gain = np.where(self._up, change, -change)
            room = np.maximum(np.where(self._up, -self._start, self._start), 0.0)
            rising = (self._up | self._down) & (gain > size)
            if rising.any():
                reach[k] = float((room[rising] / gain[rising]).min())
        return reach

    def _reduced(self, c: Array) -> Array:
        model, unit = self.model, self.model.column_unit
        costs = np.zeros(len(c) + len(model.row_lower))
        costs[: len(c)] = c * unit  # a row's own variable costs nothing; it is counted from the end
        y = self._highs.getBasisTransposeSolve(costs[self._basic])[1] * model.row_scale
        return np.append((c - model.priced(y)) * unit, y / model.row_scale)


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
    at, units = (x, model.activity(x)), (1 / model.column_unit, model.row_scale)
    ends = (model.column_lower, model.column_upper), (model.row_lower, model.row_upper)
    holds, rooms, endless = np.ones(len(x), dtype=bool), [], []
    for value, unit, (low, high) in zip(at, units, ends, strict=True):
        slack = [FEASIBLE * np.maximum(1 / unit, np.abs(finite(bound))) for bound in (low, high)]
        holds &= (value >= low - slack[0]).all(axis=1) & (value <= high + slack[1]).all(axis=1)
        rooms.append((np.maximum(value - low, 0.0), np.maximum(high - value, 0.0)))
        endless.append([np.flatnonzero(np.isinf(bound)) for bound in (low, high)])
        for room, none in zip(rooms[-1], endless[-1], strict=True):
            room[:, none] = 0.0
    binds = [np.ones(value.shape, dtype=bool) for value in at]
    thinkable = np.maximum(*(np.abs(finite(bound)) for bound in ends[0]))
    for y, c in zip(duals, objectives, strict=True):
        size = np.atleast_1d(np.abs(c * model.column_unit).max(axis=-1, initial=0.0)) + np.finfo(float).tiny
        most = np.zeros(len(x))
        for side, price in enumerate((c - model.priced(y), y)):
            falls = np.maximum(-price, 0.0)
            priced = np.abs(price) > NOISE * size[:, None] * units[side]
            for gain, room, none in zip((falls, falls + price), rooms[side], endless[side], strict=True):
                most += np.einsum("kn,kn->k", gain, room)
                holds &= ~(priced[:, none] & binds[side][:, none] & (gain[:, none] > 0)).any(axis=1)
                np.putmask(room, priced, 0.0)
            binds[side] &= ~priced
        holds &= most <= CLOSE * (np.abs(c) @ thinkable + size)
    return holds


def finite(bounds: Array) -> Array:
    """Return bounds with 0 for those that are infinite."""
    return np.where(np.isinf(bounds), 0.0, bounds)


def cells(points: Array, most: int) -> list[Index]:
    """Cut points (K, d) into cells of at most so many, near to each other: halve along the widest axis.

    >>> [cell.tolist() for cell in cells(np.array([[0.0], [0.9], [0.3], [0.6]]), 2)]
    [[0, 2], [3, 1]]
    """

    def cut(members: Index) -> Iterator[Index]:
        if len(members) <= most:
            yield members
            return
        middle = len(members) // 2
        axis = int(np.ptp(points[members], axis=0).argmax())
        order = members[np.argsort(points[members, axis], kind="stable")]
        yield from cut(order[:middle])
        yield from cut(order[middle:])

    return list(cut(np.arange(len(points)))) if len(points) else []


def tour(points: Array, leaf: int = 64) -> Index:
    """Order points (K, d) so that neighbours are close: cell by cell; within one the nearest is next.

    >>> tour(np.array([[0.0], [0.9], [0.3], [0.6]])).tolist()
    [0, 2, 3, 1]
    """
    found = cells(points, leaf)
    if not found:
        return np.empty(0, np.int64)
    size, every = max(map(len, found)), np.arange(len(found))
    member = np.array([np.pad(one, (0, size - len(one)), constant_values=-1) for one in found])
    left, at = member >= 0, member[:, 0]  # all cells at once, each from its first along its axis
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
    """Solve the problem of a plan under each of many priorities, cell by cell.

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
        A cell each, of priorities that are near to each other.

    Raises
    ------
    OutOfTime
        A deadline is over that holds for all solving inside.
    """
    yield from Around(plan).cells(priorities, weights, engine, progress)


@dataclass(frozen=True)
class Around(Brief):
    """A plan in hand, whose problem is solved under other priorities, time after time.

    Attributes
    ----------
    plan : the plan; among equally good plans of least spend those are taken that move least from it.
    """

    plan: Allocation

    @cached_property
    def bare(self) -> Allocation:
        """The plan without labels, which are functions of the whole case: what a worker needs is arrays."""
        model = replace(self.plan.problem.model, label_columns=list, label_rows=list)
        return replace(self.plan, problem=replace(self.plan.problem, model=model), model=model)

    @cached_property
    def family(self) -> Family:
        """Its problem, to be solved under many priorities."""
        return Family.of(self.bare.problem, self.bare)

    @cached_property
    def signs(self) -> Signs:
        """Reduced costs at its basis."""
        return Signs(self.family)

    def cells(
        self,
        priorities: Array,
        weights: Array,
        engine: Engine = here,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Iterator[Plans]:
        """Yield plans under priorities, cell by cell, as `plans_under` does."""
        near = np.sqrt(weights)  # a change of a small weight moves more than the same change of a large one
        work, most = partial(_one_by_one, self.bare), ALONE
        if _together(self.plan.problem) and len(weights):
            family, start = self.family, None
            if _compiles(self.bare.model, len(weights)):
                start = family.start(family.objective(priorities[0]))
            elif pays_by_prices(family.model):
                _ = family.stood  # found once, not by each worker
            work, most = partial(_from_the_nearest, family, start), max(min(CHUNK, CELLS // family.width), 1)
        done = 0
        for plans in engine(work, [(place, priorities[place], weights[place]) for place in cells(near, most)]):
            done += len(plans.place)
            progress(done)
            yield plans
            if done < len(priorities):
                time_left()

    def plans(self, priorities: Array, weights: Array) -> Plans:
        """Return plans under priorities (K, T * F), in their order."""
        parts = list(self.cells(priorities, weights))
        order = np.argsort(np.concatenate([part.place for part in parts]))

        def whole(name: str) -> Array:
            return np.asarray(np.concatenate([getattr(part, name) for part in parts])[order])

        place = np.arange(len(priorities))
        level, closed, timed, value = map(whole, ("level", "closed", "timed", "value"))
        return Plans(place, level, closed, timed, value, sum(part.cold for part in parts))


def _from_the_nearest(family: Family, start: Start | None, given: tuple[Index, Array, Array]) -> Plans:
    place, priorities, weights = given
    points, again = family.warm(family.objective(priorities), np.sqrt(weights), start)
    c, x = family.columns, family.joined(points)
    by_period = c.closed_gaps(x).reshape(len(x), len(c.programme.periods), -1)
    timed = np.einsum("p,kpf->kf", c.programme.timing, by_period)
    return Plans(place, c.levels(x), by_period[:, -1], timed, (priorities * timed).sum(axis=1), again)


def _one_by_one(plan: Allocation, given: tuple[Index, Array, Array]) -> Plans:
    place, priorities, weights = given
    found = []
    for priority, weight in zip(priorities, weights, strict=True):
        found.append(under(plan.problem, priority, weight, plan))
        if found[-1].stopped:  # the best by then is not the best
            raise SolverLimit("time limit")
    level, closed, timed = (np.array([getattr(one, name) for one in found]) for name in ("level", "closed", "timed"))
    closed, timed = closed.reshape(len(place), -1), timed.reshape(len(place), -1)
    return Plans(place, level, closed, timed, (priorities * timed).sum(axis=1))


def _compiles(model: Model, count: int) -> bool:
    """Whether so many priorities are solved quicker by the compiled simplex, which suits few rows and has to load."""
    return model.is_small and count >= MANY and find_spec("numba") is not None


def _together(problem: Problem) -> bool:
    """Whether one warm model serves all priorities: HiGHS and our simplex go on from a vertex to the next."""
    of_value = problem.objective == OBJECTIVES["weighted"]
    return of_value and not problem.model.is_mixed and is_highs(problem.solver)


def under(problem: Problem, priority: Array, weight: Array, near: Allocation | None = None) -> Allocation:
    """Solve a problem under another priority (T * F) and weights (F,), with everything that `allocate` gives."""
    p = problem.columns.programme
    columns = Columns(replace(p, priority=np.reshape(priority, p.gap.shape), weight=weight))
    return run(replace(problem, columns=columns), near)
