"""Re-planning: the best plan that moves least money from an approved one, and all that lie between.

Moved is sum over applications a and periods p of |spent + c y - approved|, in one resource. The most value for each
amount moved is a concave, piecewise linear curve, found by weighted sums: Aneja & Nair (1979), Bicriteria
transportation problem, Management Science 25(1), 73-78. With whole units it is a staircase.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce
from math import gcd

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, Model, padded, settled, with_columns, with_row, with_rows
from ..model.objectives import least_spend, value
from ..model.programme import Array, Index, Programme
from ..solve.allocate import build, closing_all
from ..solve.lexicographic import Stage, solve, then
from ..solve.proof.certificate import Certificate, certify, certify_whole, dual_bound
from ..solve.proof.grow import Proof, prove_bound
from ..solve.solution import Solution, Solver
from ..solve.solvers import with_prices_from
from .commitments import Facts, remaining
from .frontier import COARSE, LARGE
from .prices.reoptimisation import Again

Progress = Callable[[int], object]
"""Called with the number of programs solved so far."""

CLOSE = 1e-11
"""Share of the value below which a point is no higher than the line beside it."""
FLAT = 1e-9
"""Share of the value, and of what moves, below which a corner is none."""
PRICED_FROM = 50_000
"""Columns from which on prices are tried: what moves least leaves most tracks a choice, so that 1,000 took longer."""
ROUNDED = 1e-12
"""Share of a budget below which a place has not changed."""
FINEST = 1e-6
"""The least step of whole units, as a share of what moves at most, that solvers tell apart."""


@dataclass(frozen=True)
class Approved(Brief):
    """The approved plan, in money.

    Attributes
    ----------
    money : (A, R, P) of the applications that there are, by the period of the level that it is paid for.
    gone : (R,) what moves with those that are no more: what they cost or brought in.
    budget : (R,) approved budgets, over which resources are summed.
    """

    money: Array
    gone: Array
    budget: Array


@dataclass(frozen=True)
class CurvePoint(Brief):
    """A corner of the curve: `value` is the most that any plan has which moves no more; `x` is one of these (N,)."""

    moved: float
    value: float
    x: Array


@dataclass(frozen=True)
class Curve(Brief):
    """The most value for each amount moved, from the least that must move to what the best plan moves.

    Attributes
    ----------
    points : its corners; with whole units the ends of its steps.
    exact : every corner is there; otherwise only both ends are, or those that `coarse` leaves.
    gap : what duals leave open, as a share of the value: no plan lies further above the curve; with whole units what
        the solver's bounds leave open.
    coarse : share of the range of values by which the curve may lie above the line between two points; 0 if exact.
    """

    points: tuple[CurvePoint, ...]
    exact: bool
    gap: float
    is_stair: bool
    coarse: float = 0.0

    def at(self, moved: float) -> float:
        """Return the most value that moves no more than *moved*, which is at least what must move."""
        amounts = [point.moved for point in self.points]
        values = [point.value for point in self.points]
        if self.is_stair:
            return max(v for m, v in zip(amounts, values, strict=True) if m <= moved * (1 + FLAT) + FLAT)
        return float(np.interp(moved, amounts, values))

    def moved_for(self, value: float) -> float:
        """Return the least that moves for a value within its range."""
        if self.is_stair:
            return min(point.moved for point in self.points if point.value >= value - FLAT * abs(value))
        return float(np.interp(value, [p.value for p in self.points], [p.moved for p in self.points]))


@dataclass(frozen=True)
class Replanned(Brief):
    """A plan after the change.

    Attributes
    ----------
    x : (N,) columns of what is left to choose.
    level : (A, P) with what is committed; spend : (A, R, P) with what is spent; money : the same by the period of the
        level that it is paid for.
    moved : (R,) of each resource, in its unit; `moved_of_all` the sum of shares of the approved budgets.
    model, optimum : the program of the first stage, and its plan with the bound or the duals that prove it.
    certificate : of the first stage's objective.
    stopped : a limit came first.
    proof : of whole units, what proves the bound: where that has no tree it is the solver's.
    """

    x: Array
    level: Array
    spend: Array
    money: Array
    moved: Array
    moved_of_all: float
    value: float
    model: Model
    optimum: Solution
    certificate: Certificate
    stopped: bool
    proof: Proof | None = None

    @property
    def nodes(self) -> int | None:
        """Branches of the tree that proves the bound of whole units; None where there is none."""
        return None if self.proof is None or self.proof.found is None else self.proof.found.nodes

    @property
    def left(self) -> float:
        """What the bound of whole units leaves to be gained at the first stage."""
        return max(self.optimum.bound - float(self.model.objective @ self.optimum.x), 0.0)


@dataclass(frozen=True)
class Replanning(Brief):
    """A programme, how far the plan is, what was approved, and in which resource money is counted (None: all)."""

    programme: Programme
    facts: Facts
    approved: Approved
    of: int | None
    solver: Solver

    @property
    def _solver(self) -> Solver:
        return with_prices_from(self.solver, PRICED_FROM)

    @cached_property
    def columns(self) -> Columns:
        """The variables of what is left to choose. Raises `Overcommitted`."""
        return Columns(remaining(self.programme, self.facts))

    @cached_property
    def model(self) -> Model:
        """The program of what is left to choose."""
        return build(self.columns)

    @property
    def value(self) -> Array:
        """What is worth what: (N,)."""
        return value(self.columns)

    # --- movement ----------------------------------------------------------------------------------------------------

    @cached_property
    def share(self) -> Array:
        """What a unit of each resource counts where all are summed: (R,)."""
        whole = self.approved.budget
        return np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0)

    @cached_property
    def counted(self) -> Array:
        """What a unit moved of each resource counts: (R,)."""
        return self.share if self.of is None else np.eye(len(self.programme.resources))[self.of]

    def closed(self, x: Array) -> Array:
        """Gap units closed by the end of each period: (P, T, F)."""
        return self.columns.closed_gaps(x)

    def level(self, x: Array) -> Array:
        """Level of each application with what is committed: (A, P)."""
        return self.columns.levels(x) + self.facts.committed

    def spend(self, x: Array) -> Array:
        """Spend of each application with what is spent already: (A, R, P)."""
        return self.facts.spent + self.programme.spend(self.columns.levels(x))

    def money(self, x: Array) -> Array:
        """Money of each application by the period of the level that it is paid for: (A, R, P)."""
        return self.programme.as_bought(self.spend(x))

    @cached_property
    def still(self) -> Array:
        """What is spent beyond what was approved, by the period of the level that it is paid for: (A, R, P)."""
        return np.asarray(self.programme.as_bought(self.facts.spent) - self.approved.money)

    def moved(self, x: Array) -> Array:
        """What moves of each resource: (R,)."""
        change = np.abs(self.money(x) - self.approved.money)
        noise = ROUNDED * self.programme.budget.sum(axis=1)
        return np.asarray(np.where(change > noise[:, None], change, 0.0).sum(axis=(0, 2)) + self.approved.gone)

    def counted_move(self, x: Array) -> float:
        """What moves, as it is counted."""
        return float(self.counted @ self.moved(x))

    @cached_property
    def measured(self) -> Model:
        """The program with a column for every place that can lose money: what it falls short of what was approved.

        |v| = v + 2 max(0, -v):  short[a,r,p] >= approved - spent - c y,  for every a, r, p where that can be above 0.
        """
        p, c = self.columns.programme, self.columns
        at = self.places
        columns, rows = len(self.model.objective), len(self.model.row_lower)
        row, column, entry = [], [], []
        for i, (a, r, q) in enumerate(at.tolist()):
            levels = c.level(q, p.segments_of[a])
            row += [i] * len(levels)
            column += levels.tolist()
            entry += [p.level_cost[a, r, q]] * len(levels)
        amounts = -self.still[tuple(at.T)]
        # what brings money in falls the shorter, the more there is of it
        most = np.maximum(amounts - np.minimum(p.level_cost[tuple(at.T)], 0.0) * p.level_end[at[:, 0]], 0.0)
        made = with_rows(
            self.model,
            "approved",
            np.array(row, dtype=np.int64),
            np.array(column, dtype=np.int64),
            np.array(entry, dtype=float),
            amounts,
            np.full(len(amounts), INF),
        )
        labels = [f"short[{','.join((*p.place(a), p.resources[r], p.periods[q]))}]" for a, r, q in at.tolist()]
        entries = [(np.array([rows + i]), np.ones(1)) for i in range(len(at))]
        made = with_columns(made, labels, entries, np.zeros(len(at)), most) if len(at) else made
        assert len(made.objective) == columns + len(at)
        return made

    @cached_property
    def places(self) -> Index:
        """Application, resource and period of each column of `measured` beyond the model's: (K, 3)."""
        cost = self.columns.programme.level_cost
        return np.argwhere(((self.still < 0) & (cost > 0)) | (cost < 0))

    def movement(self, counted: Array) -> tuple[Array, float]:
        """What moves, as coefficients over the columns of `measured` and a constant, of resources weighed by *counted*.

        sum counted[r] (c y + 2 short + (spent - approved)), and the whole difference where a unit costs nothing.
        """
        p, c = self.columns.programme, self.columns
        made = np.zeros(len(self.measured.objective))
        for q in range(len(p.periods)):
            made[c.level(q, np.arange(len(p.segment_width)))] = p.level_cost[p.segment_application, :, q] @ counted
        made[c.number :] = 2.0 * counted[self.places[:, 1]]
        still = np.where(p.level_cost == 0, np.abs(self.still), self.still)
        return made, float(counted @ (still.sum(axis=(0, 2)) + self.approved.gone))

    @cached_property
    def least_spend(self) -> Array:
        """Less spend is better, of every resource as a share of its budget: coefficients over `measured`."""
        made = np.zeros(len(self.measured.objective))
        levels = self.columns.sizes["level"]
        made[:levels] = least_spend(Columns(self.programme))[:levels]
        return made

    # --- the curve ---------------------------------------------------------------------------------------------------

    def ends(self) -> tuple[CurvePoint, CurvePoint]:
        """Return the most value at the least that must move, and the least that moves at the most value.

        Raises `InfeasibleProgramme` where no plan keeps what is bound within every budget and rule.
        """
        move, _ = self.movement(self.counted)
        worth = padded(self.value, self.measured)
        first = then(solve(replace(self.measured, objective=-move), self._solver), worth, self._solver)
        return self.point(first.solution.x), self.point(self._most_valued[1].solution.x)

    @cached_property
    def _most_valued(self) -> tuple[Stage, Stage]:
        """The most value, and the least that moves for it."""
        first = solve(replace(self.measured, objective=padded(self.value, self.measured)), self._solver)
        return first, self._least_moved(first)

    def _least_moved(self, stage: Stage) -> Stage:
        return then(stage, padded(self._less_moved, stage.model), self._solver)

    @property
    def _less_moved(self) -> Array:
        """Less that moves is better: coefficients over `measured`."""
        return -self.movement(self.counted)[0]

    def point(self, x: Array) -> CurvePoint:
        """Return a point of the program as one of the curve."""
        y = self.tidy(x)
        return CurvePoint(self.counted_move(y), float(self.value @ y), y)

    def tidy(self, x: Array) -> Array:
        """Return columns within their bounds, whole where they are to be, gaps closed by all that is delivered."""
        model = self.model
        y = np.clip(x[: self.columns.number], model.column_lower, model.column_upper)
        near = 1e-12 * model.column_unit
        y = np.where(y - model.column_lower < near, model.column_lower, y)
        return closing_all(self.columns, model, np.where(model.integer, np.round(y), y))

    def curve(self, progress: Progress = lambda done: None, exact_at: float = 1.0) -> Curve:
        """Trace the curve; of a large program coarsely, with the point at the share *exact_at* of its range of values.

        Raises as `ends`.
        """
        first, last = self.ends()
        if last.moved - first.moved <= FLAT * max(last.moved, 1e-3 * float(self.counted @ self.approved.budget)):
            return Curve((last,), True, 0.0, self.model.is_mixed)
        if self.model.is_mixed:
            return self._staircase(first, last, progress)
        if len(self.model.objective) < LARGE:
            return self._line(first, last, progress)
        traced = self._line(first, last, progress, COARSE)
        wanted = self.point(self._keeping(first.value + exact_at * (last.value - first.value)).solution.x)
        points = sorted((*traced.points, wanted), key=lambda point: (point.moved, point.value))
        return replace(traced, points=tuple(points))

    def _line(self, first: CurvePoint, last: CurvePoint, progress: Progress, coarse: float = 0.0) -> Curve:
        """Halve the range at the point farthest above each chord.

        Where the tangents at both ends of a chord meet less than *coarse* of the range of values above it, no further.
        """
        move, constant = self.movement(self.counted)
        worth = padded(self.value, self.measured)
        ask = Again(self.measured, self._solver)
        size = max(abs(last.value), abs(first.value)) or 1.0
        slight = coarse * (last.value - first.value)
        found, gap, solved = [first, last], 0.0, 4
        waiting = [(first, INF, last, 0.0)]
        while waiting:
            left, steep, right, flat = waiting.pop()
            slope = (right.value - left.value) / (right.moved - left.moved)
            above = _tangents_meet(steep - slope, slope - flat, right.moved - left.moved)
            if coarse and above <= slight:
                gap = max(gap, above / size)
                continue
            objective = worth - slope * move
            answer = ask(objective=objective)
            solved += 1
            progress(solved)
            middle = self.point(answer.x)
            line = left.value - slope * left.moved
            above = middle.value - slope * middle.moved - line
            if above <= CLOSE * size or not left.moved < middle.moved < right.moved:
                bound = dual_bound(replace(self.measured, objective=objective), answer.row_dual) - slope * constant
                gap = max(gap, (bound - line) / size)
                continue
            found.append(middle)
            waiting += [(left, steep, middle, slope), (middle, slope, right, flat)]
        points = _corners(sorted(found, key=lambda point: point.moved), FLAT * size)
        return Curve(tuple(points), not coarse, gap, False, coarse)

    def _staircase(self, first: CurvePoint, last: CurvePoint, progress: Progress) -> Curve:
        """Go down step by step: the best plan that moves less than the one before.

        Where it is worth as much it takes the place of that one; where it is worth less, no plan moves less for the
        value before: so each step is proven by the program that finds the next, down to the first.
        """
        step = self.step()
        if step is None or step < FINEST * last.moved:
            return Curve((first, last), False, 0.0, True)
        points, solved, gap = [last], 4, 0.0
        size = max(abs(last.value), abs(first.value)) or 1.0
        while points[-1].moved > first.moved + 1.5 * step:
            stage = self._within(points[-1].moved - step / 2)
            points.append(self.point(stage.solution.x))
            gap = max(gap, (stage.solution.bound - points[-1].value) / size)
            solved += 1
            progress(solved)
        if points[-1].moved > first.moved + step / 2:
            points.append(first)  # nothing lies between
        kept = [one for one, after in zip(points, [*points[1:], None], strict=True) if not _as_good(one, after)]
        return Curve(tuple(reversed(kept)), True, gap, True)

    def step(self) -> float | None:
        """Return a divisor of every difference of what moves: None where some level is not whole, or none is found."""
        p = self.columns.programme
        if any(a.kind not in ("integer", "binary") for a in p.applications):
            return None
        amounts = {Fraction(0)}
        for r in np.flatnonzero(self.counted):
            weight = Fraction(float(self.counted[r])).limit_denominator(10**9)
            fixed = np.abs(self.still[:, r]).ravel().round(9)
            for amount in {*np.abs(p.level_cost[:, r]).ravel().tolist(), *fixed.tolist()}:
                amounts.add(weight * Fraction(repr(float(amount))))
        found = reduce(_divide, amounts)
        return float(found) if found else None

    # --- plans -------------------------------------------------------------------------------------------------------

    def _within(self, moved: float) -> Stage:
        """Return the most value that moves no more."""
        move, constant = self.movement(self.counted)
        model = with_row(self.measured, "moved", move, -INF, moved - constant)
        return solve(replace(model, objective=padded(self.value, model)), self._solver)

    def best(self) -> Replanned:
        """The most value, then the least that moves, of this resource, then of all, then the least spend."""
        return self._finished(*self._most_valued, self._less_moved)

    def afresh(self) -> float:
        """Return what a plan moves that is made anew: the most value, then the least spend, whatever it moves."""
        if self.model.is_mixed:
            stage, spend = self._most_valued[0], self.least_spend
        else:
            # the program of a plan itself: of equally good plans it is to be the one that a plan would be
            stage = solve(replace(self.model, objective=self.value), self._solver)
            spend = self.least_spend[: self.columns.number]
        return self.counted_move(self.tidy(then(stage, spend, self._solver).solution.x))

    def moving(self, moved: float) -> Replanned:
        """The most value that moves no more than *moved*, then as `best`."""
        stage = self._within(moved)
        return self._finished(stage, self._least_moved(stage), self._less_moved)

    def keeping(self, least: float) -> Replanned:
        """The least that moves of all plans with at least this value, then the most value, then as `best`."""
        stage = self._keeping(least)
        return self._finished(stage, then(stage, padded(self.value, stage.model), self._solver), self.value)

    def _keeping(self, least: float) -> Stage:
        """Return the least that moves with at least this value."""
        move, _ = self.movement(self.counted)
        model = with_row(self.measured, "kept", padded(self.value, self.measured), least, INF)
        return solve(replace(model, objective=-move), self._solver)

    def _followed(self, stage: Stage) -> Stage:
        """Solve what follows the second stage of every plan: the least that moves of all, then the least spend."""
        for objective in (-self.movement(self.share)[0], self.least_spend):
            stage = then(stage, padded(objective, stage.model), self._solver)
        return stage

    def _finished(self, first: Stage, second: Stage, objective: Array) -> Replanned:
        """Solve what follows the second stage, of that *objective*, and certify the first."""
        last = self._followed(second)
        if first.model.is_mixed:
            # with the whole numbers settled the rest is linear: solved again, so that it is exact
            rest = solve(settled(first.model, last.solution.x[: len(first.model.objective)]), self._solver)
            y = self.tidy(self._followed(then(rest, padded(objective, rest.model), self._solver)).solution.x)
        else:
            y = self.tidy(last.solution.x)
        # with what falls short as it is at y, not as rounding left it
        a, r, q = self.places.T
        short = np.maximum((self.approved.money - self.money(y))[a, r, q], 0.0)
        x = np.append(y, short)
        stopped, proof = first.stopped or last.stopped, None
        optimum = replace(first.solution, x=x)
        if first.model.is_mixed:
            proof = Proof(stopped=True) if stopped else prove_bound(first.model, x)
            if proof.found is not None:
                optimum = replace(optimum, bound=float(proof.found.bound))
            certificate = certify_whole(first.model, x, optimum.bound)
        else:
            certificate = certify(first.model, x, optimum.row_dual)
        moved = self.moved(y)
        return Replanned(
            x=y,
            level=self.level(y),
            spend=self.spend(y),
            money=self.money(y),
            moved=moved,
            moved_of_all=float(self.share @ moved),
            value=float(self.value @ y),
            model=first.model,
            optimum=optimum,
            certificate=certificate,
            stopped=stopped,
            proof=proof,
        )


def _tangents_meet(steeper: float, flatter: float, width: float) -> float:
    """Return how far above a chord of some width the tangents at its ends meet, by what their slopes differ from its.

    >>> _tangents_meet(1.0, 1.0, 4.0), _tangents_meet(INF, 0.5, 4.0)
    (2.0, 2.0)
    """
    if steeper == INF:
        return width * flatter
    return width * steeper * flatter / (steeper + flatter) if steeper > 0 and flatter > 0 else 0.0


def _corners(points: list[CurvePoint], tolerance: float) -> list[CurvePoint]:
    """Drop the points that lie on the line between their neighbours."""
    kept = [points[0]]
    for point, after in zip(points[1:], [*points[2:], None], strict=True):
        if after is not None:
            share = (point.moved - kept[-1].moved) / (after.moved - kept[-1].moved)
            if point.value <= kept[-1].value + share * (after.value - kept[-1].value) + tolerance:
                continue
        kept.append(point)
    return kept


def _as_good(one: CurvePoint, after: CurvePoint | None) -> bool:
    return after is not None and after.value >= one.value - FLAT * abs(one.value)


def _divide(one: Fraction, other: Fraction) -> Fraction:
    """Return the greatest common divisor of two fractions."""
    down = one.denominator * other.denominator
    return Fraction(gcd(one.numerator * other.denominator, other.numerator * one.denominator), down)
