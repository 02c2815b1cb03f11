"""Why a measure is funded or not: what it brings and takes at the prices, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

import numpy as np

from ..model.model import INF, Model, inner, with_columns, with_row
from ..model.objectives import WorstCase
from ..model.programme import Array, Index, ranges, sums
from ..solve.allocate import Allocation, run
from ..solve.solution import BASIC, Solution, SolverFailure
from ..solve.solvers import SMALL
from .frontier import Point, Progress, end_of, possible, trace
from .prices.entering import AT_BOUND, Basis
from .prices.funding import Rise, least_rise
from .prices.of_amounts import Prices
from .prices.ranging import size_of
from .prices.reoptimisation import Again
from .prices.worst_case import with_bests_moved

MOST = {"cost": (1.0,), "effect": (1.0, 30.0, 1e3)}
"""Changes, as shares, up to which a flip is sought, one after the other: free of charge, a thousandfold effect."""


@dataclass(frozen=True)
class Margin:
    """What one more unit of an application's level brings and takes, at the optimal prices, where it pays best.

    In the objective's unit: `brings` by the gaps it closes, `takes` (R,) by the resources it uses, `limits` by the
    rules it meets.
    """

    application: int
    period: int
    brings: float
    takes: Array
    limits: float

    @property
    def net(self) -> float:
        """What is left, the reduced cost: 0 for a level between its bounds, below 0 for one that does not pay."""
        return self.brings - float(self.takes.sum()) - self.limits


def margin(prices: Prices, applications: Iterable[int]) -> Margin | None:
    """Return the best margin of some applications: their own prices, where the duals leave a choice.

    None for a plan of whole units, which has no prices, and where no plan has any of it.
    """
    plan = prices.plan
    p, c, model = plan.programme, plan.columns, plan.model
    applications = list(applications)
    if model.is_mixed:
        return None
    duals = plan.optimum.row_dual
    if plan.level[applications].sum() == 0:
        found = prices.rise(applications)
        if found is None:
            return None
        duals = found.found.row_dual
    budget, closing = model.block("budget"), model.rows_that(lambda role: role.closes)
    ours, (first, entry) = set(plan.levels_of(applications).tolist()), prices.columnwise
    made = []
    for a in applications:
        for q in range(len(p.periods)):
            for j in ours.intersection(c.level(q, p.segments_of[a]).tolist()):
                at = entry[first[j] : first[j + 1]]
                rows, part = model.row[at], model.value[at] * duals[model.row[at]]
                spent = (rows >= budget.start) & (rows < budget.stop)
                takes = sums((rows[spent] - budget.start) % len(p.resources), part[spent], len(p.resources))
                closes = closing[rows]
                limits = float(part[~spent & ~closes].sum()) - float(model.objective[j])
                made.append(Margin(a, q, -float(part[closes].sum()), takes, limits))
    return max(made, key=lambda margin: margin.net, default=None)


def without(prices: Prices, applications: Iterable[int]) -> Allocation:
    """Solve again with some applications forbidden, and nothing else changed without need."""
    plan = prices.plan
    return _solved_again(plan, _forbidden(plan.problem.model, plan.levels_of(applications)), prices.changed)


def forced(plan: Allocation, applications: Iterable[int], level: float) -> Allocation:
    """Solve again with at least *level* in all over some applications, and nothing else changed without need."""
    model, basis = with_row(*_total(plan, applications), level, INF), plan.optimum.basis
    start = None if basis is None else (basis[0], np.append(basis[1], np.int8(BASIC)))
    return _solved_again(plan, model, Again(model, plan.problem.solver, start=start))


def _solved_again(plan: Allocation, model: Model, again: Again) -> Allocation:
    """Solve the plan's problem with another model; a large one from the plan's basis, of which *again* goes on.

    A worst case, and what is to be reached, have rows of their own: they are solved from nothing.
    """
    problem = replace(plan.problem, model=model)
    first, reach = problem.stages.first, problem.stages.reach
    if isinstance(first, WorstCase) or reach is not None or model.is_mixed or len(model.objective) <= SMALL:
        return run(problem, near=plan)
    return run(problem, near=plan, known=again.like(model.alike(objective=first))())


def most_level(plan: Allocation, applications: Iterable[int]) -> float:
    """Return the most in all that any plan has of some applications."""
    model, name, total = _total(plan, applications)
    found = plan.problem.solver(replace(model, objective=total))
    if found.status not in ("optimal", "feasible"):
        raise SolverFailure(f"the most of {name} is {found.status}")
    return float(total @ found.x)


def _total(plan: Allocation, applications: Iterable[int]) -> tuple[Model, str, Array]:
    """Return the model of the problem, and coefficients that add up the levels of some applications."""
    total = np.zeros(len(plan.problem.model.objective))
    total[plan.levels_of(applications)] = 1.0
    return plan.problem.model, "forced", total


# --- flips: the least change that makes an unfunded measure pay -------------------------------------------------------

Of = Literal["cost", "effect"]


SAMPLED = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Cuts at which a flip is looked for as well where a floor on spending could forbid larger ones."""
FREE = 1e-6
"""Costs that must fall by more than all but this share must fall to nothing."""
SHARP = 1e-9
"""Width, relative, to which a flip is found where it is a jump."""
HALVES = 12
"""How often the range of a budget is halved to find where a large program's plan begins to fund something."""
ROUNDING = 1e-12
"""Share of the objective's value by which a plan may seem better or worse by rounding alone."""


def flip(plan: Allocation, applications: Iterable[int], of: Of, prices: Prices | None = None) -> float | None:
    """Return the least share by which all costs must fall, or all effects rise, until some best plan has some of it.

    All places and periods change together. None where no cut is enough, or no rise up to a thousandfold: beyond the
    change a plan with it is better than all without. Where duals and basis of the plan (*prices*, if they are at hand)
    tell it, nothing is solved. The least rise of its value (`funding.least_rise`) comes down to 0 there: else its root
    is found by Newton's steps between brackets; with whole units it is a jump, which a program finds.
    """
    applications = list(applications)
    columns = plan.levels_of(applications)
    if not len(columns):
        return None
    changed = _Changed(plan, columns, of)
    if plan.model.is_mixed:
        return changed.jump()
    if plan.problem.views is None:
        prices = prices or Prices(plan)
        if told := changed.told(prices):
            return told[0]
        changed.now = prices.rise(applications)
    return changed.root()


@dataclass
class _Changed:
    """A plan's program with the costs or effects of some levels changed by a share.

    `now`: the least rise where nothing is changed, if that is known.
    """

    plan: Allocation
    columns: Index
    of: Of
    now: Rise | None = None

    def __post_init__(self) -> None:
        model = self.plan.model
        changes = model.rows_that(lambda role: role.closes if self.of == "effect" else role.spends)
        ours = np.zeros(len(model.objective), dtype=bool)
        ours[self.columns] = True
        self.moving = ours[model.column] & changes[model.row]
        self.priced = ours & (self.of == "cost")  # of `reach`, which spends as little as it can
        self.sign = 1.0 if self.of == "effect" else -1.0
        self.size = size_of(model, self.plan.certificate.value)
        self.again = Again(model, self.plan.problem.solver, start=self.plan.optimum.basis)

    def told(self, prices: Prices) -> tuple[float | None] | None:
        """Return the flip where duals and basis of the plan tell it; None where they do not.

        Duals that prove the plan prove it at a change too, as long as no level pays under them. The first one that pays
        beyond some change is the flip if the basis lets it enter: then a plan with it is better there.
        """
        basis, model, columns, end = prices.basis, self.plan.model, self.columns, MOST[self.of][-1]
        if basis is None or basis.is_basic[columns].any() or model.column_lower[columns].any():
            return None
        first, entry = prices.columnwise
        at, place = ranges(first[columns], first[columns + 1])
        e = entry[at]
        taken = model.value[e] * prices.duals[model.row[e]]
        brought = model.objective[columns]
        size, moving = len(columns), self.moving[e]
        worth = brought - sums(place, taken, size)
        slope = self.sign * (brought * self.priced[columns] - sums(place[moving], taken[moving], size))
        if (worth >= -SHARP * (np.abs(brought) + sums(place, np.abs(taken), size))).any():
            return None  # one is as good already
        change = np.divide(-worth, slope, out=np.full(size, INF), where=slope > 0)
        nearest = int(change.argmin())
        least = float(change[nearest])
        if least > end * (1 + FREE):
            return (None,)
        pays = least < end * (1 - FREE) and self.enters(prices, basis, int(columns[nearest]), least)
        return (least,) if pays else None

    def enters(self, prices: Prices, basis: Basis, column: int, change: float) -> bool:
        """Whether from a change on, and not before, it pays to let a column enter a basis, and there is room for it.

        What it alone brings to pairs that nothing reaches is closed with it.
        """
        model, (first, entry) = self.plan.model, prices.columnwise
        e = entry[first[column] : first[column + 1]]
        row, moving = model.row[e], self.moving[e]
        closed, closing = prices.closed_alone(row)
        able = ~basis.is_basic[closed]
        closed, alone = closed[able], np.flatnonzero(closing)[able]
        if (basis.x[np.append(closed, column)] > AT_BOUND).any():
            return False

        def at(change: float) -> tuple[float, float, Array]:
            """Return what a unit brings, of what size the parts of that are, and what it does to the rows' bounds."""
            value = model.value[e] * np.where(moving, 1 + self.sign * change, 1.0)
            brought = float(model.objective[column]) * (1 + self.sign * change * self.priced[column])
            parts = np.concatenate(
                [[brought], -value * basis.row_dual[row], -value[alone] * basis.reduced_costs[closed]]
            )
            used = sums(row, value, len(model.row_lower))
            for j, rate in zip(closed.tolist(), (-value[alone]).tolist(), strict=True):
                own = entry[first[j] : first[j + 1]]
                np.add.at(used, model.row[own], rate * model.value[own])
            return float(parts.sum()), SHARP * float(np.abs(parts).sum()), -used

        now, noise, _ = at(0.0)
        there, there_noise, step = at(change)
        return now < -noise and abs(there) <= there_noise and basis.stays(step)

    def model(self, change: float) -> Model:
        """Return the program at a change; that of several views with their best values there."""
        model, factor = self.plan.model, 1.0 + self.sign * change
        made = replace(
            model,
            value=np.where(self.moving, model.value * factor, model.value),
            objective=np.where(self.priced, model.objective * factor, model.objective),
        )
        return with_bests_moved(self.plan, made)

    def without(self, model: Model) -> float:
        """Return the best value without any of it: it moves only where the best values of several views do."""
        if self.plan.problem.views is None:
            return self.plan.certificate.value
        found = self.plan.problem.solver(_forbidden(model, self.columns))
        if found.status != "optimal":
            raise SolverFailure(f"a flip is {found.status}")
        return inner(model.objective, found.x)

    def rise(self, change: float) -> tuple[float, float]:
        """Return the least rise of the value at a change, infinite if nothing can be had, and its slope there."""
        model = self.model(change)
        if change == 0 and self.now is not None:
            found = self.now
        else:  # it is asked for near to where it is 0
            sought = least_rise(self.again.like(model), self.columns, self.without(model), 0.0)
            if sought is None:
                return INF, 0.0
            found = sought
        x = found.found.x
        entries, noise = self.entries(found.found)
        worth = float(entries[self.moving].sum()) - float((self.plan.model.objective * x)[self.priced].sum())
        level = float(x[self.columns].sum())
        return (0.0 if abs(found.rise) * level <= noise else found.rise), self.sign * worth / level

    def entries(self, found: Solution) -> tuple[Array, float]:
        """Return what each entry is worth before the change, and up to what a gain by these levels is rounding."""
        model = self.plan.model
        entries = model.value * found.row_dual[model.row] * found.x[model.column]
        noise = SHARP * float(np.abs(entries[np.isin(model.column, self.columns)]).sum()) + ROUNDING * self.size
        return entries, noise

    def pays(self, change: float) -> bool:
        """Whether the rise is below 0 at a change: a plan with it is better than all without."""
        model = self.model(change)
        found = self.again.like(model)()
        if found.status != "optimal":
            raise SolverFailure(f"a flip is {found.status}")
        gain = inner(model.objective, found.x) - self.without(model)
        return bool(found.x[self.columns].any() and gain > self.entries(found)[1])

    def root(self) -> float | None:
        """Return the change from which on the rise is below 0; None if it is not below 0 anywhere.

        At 0 a plan with it is only as good, as one that buys what closes nothing of means that are left: then it is
        looked for whether it is better just beyond.
        """
        low, high = 0.0, next((change for change in self.ends() if self.pays(change)), None)
        if high is None:
            return None
        rise, slope = self.rise(low)
        if rise == INF and self.rise((1 - FREE) * high)[0] > 0:
            return high  # as what is free of charge, or nothing
        step = 1e3 * SHARP
        while high - low > SHARP * max(high, SHARP):
            if rise == 0:
                beyond = min(low + step * max(low, 1e-3), high)
                rise, slope = self.rise(beyond)
                if rise < 0:
                    return low
                low, step = beyond, 2 * step
            at = low - rise / slope if slope < 0 < rise < INF else INF
            if not low < at < high:
                at = float(np.sqrt((low + 1e-3) * (high + 1e-3)) - 1e-3) if high > 1 else (low + high) / 2
            there, along = self.rise(at)
            if there >= 0:
                low, rise, slope = at, there, along
                continue
            high = at
            at = high - there / along if along < 0 else low
            if low < at < high:
                there, along = self.rise(at)
                if there >= 0:
                    low, rise, slope = at, there, along
                else:
                    high = at
        return high

    def ends(self) -> tuple[float, ...]:
        """Return the changes up to which a flip is looked for, one after the other; small ones too for floors."""
        rules = self.plan.programme.rules
        floors = self.of == "cost" and any(rule.kind == "floor" and rule.of is not None for rule in rules)
        return (*(SAMPLED if floors else ()), *MOST[self.of])

    def jump(self) -> float | None:
        """Return the flip of a plan of whole units.

        A plan that is better at some change keeps its whole numbers down to where it is only as good; is there none
        that is better just before, that is the flip.
        """
        least = self.plan.certificate.value + 1e-7 * self.size
        found, low, high = None, 0.0, 0.0
        for high in self.ends():
            found = self.better(high, least)
            if found is not None:
                break
        while found is not None:
            high = min(self.lowest(found, high, least), high)
            before = high - 1e-6 * max(high, 1e-3)
            found = self.better(before, least) if before > low else None
            if found is None:
                return high
            # levels that are not whole can bring it down bit by bit: halved as well, so that it ends
            high, middle = before, (low + before) / 2
            there = self.better(middle, least)
            if there is None:
                low = middle
            else:
                found, high = there, middle
        return None

    def better(self, change: float, least: float) -> Array | None:
        """Return a plan that is better than all without it at a change; None if there is none."""
        model = self.model(change)
        found = self.plan.problem.solver(model)
        if found.status != "optimal":
            raise SolverFailure(f"a flip is {found.status}")
        return found.x if inner(model.objective, found.x) > least else None

    def lowest(self, x: Array, change: float, least: float) -> float:
        """Return the least change, up to one, at which a plan with these whole numbers and levels is better."""
        model = self.model(change)
        fixed = model.integer.copy()
        fixed[self.columns] = True
        held = np.where(model.integer, np.round(x), x)
        base = self.plan.model.value[self.moving]
        rows, columns = model.row[self.moving], model.column[self.moving]
        entries = np.bincount(rows, self.sign * base * held[columns], len(model.row_lower))
        worth = float((self.plan.model.objective * held)[self.priced].sum())
        value = np.where(self.moving, self.plan.model.value, model.value)
        program = replace(
            model,
            value=value,
            objective=self.plan.model.objective,
            column_lower=np.where(fixed, held, model.column_lower),
            column_upper=np.where(fixed, held, model.column_upper),
            integer=np.zeros_like(model.integer),
        )
        program = with_row(program, "better", program.objective, least, INF)
        at = np.append(np.flatnonzero(entries), len(program.row_lower) - 1)
        values = np.append(entries[entries != 0], self.sign * worth)
        program = with_columns(program, ["change"], [(at, values)], np.array([0.0]), np.array([change]))
        objective = np.zeros(len(program.objective))
        objective[-1] = -1.0
        found = self.plan.problem.solver(replace(program, objective=objective))
        return float(found.x[-1]) if found.status == "optimal" else change


def budget_flip(plan: Allocation, applications: Iterable[int], step: Array, known: list[Point]) -> float | None:
    """Return the rise of a budget along *step* beyond which no plan without them is as good; None if there is none.

    The value of the budget is traced with them (*known*, from no change on) and without them: both are piecewise
    linear, and part where funding begins to pay. Not for plans of whole units.
    """
    model = _forbidden(plan.model, plan.levels_of(applications))
    rest = trace(model, step, 0.0, known[-1].change, plan.problem.solver)
    end = rest[-1].change  # beyond it there may be no plan at all without them
    changes = np.unique([point.change for point in (*known, *rest) if point.change <= end])
    ours, theirs = (np.interp(changes, [p.change for p in side], [p.value for p in side]) for side in (known, rest))
    apart = ours - theirs > 1e-9 * max(float(np.abs(ours).max()), 1e-12)
    if apart.any():
        return float(changes[max(int(np.argmax(apart)) - 1, 0)])
    return end if end < known[-1].change * (1 - 1e-9) else None


def budget_flip_between(
    plan: Allocation, applications: Iterable[int], step: Array, most: float, progress: Progress
) -> float | None:
    """The same of a large program, whose breakpoints are too many to trace: the first one that is met, up to *most*.

    It is looked for at halves of the range, the smallest first, and from where funding pays by Newton's steps, as the
    difference of both values is piecewise linear too. At a smaller rise between two halves it could pay for a while.
    """
    model, solver = plan.model, plan.problem.solver
    columns = plan.levels_of(applications)
    forbidden = _forbidden(model, columns)
    end = possible(forbidden, step, 0.0, most, solver)[1]
    ours = Again(model, solver, start=plan.optimum.basis)
    theirs = Again(forbidden, solver, start=plan.optimum.basis)  # which has none of them
    size = max(abs(plan.certificate.value), 1e-12)
    asked = count(2, 2)

    def apart(change: float) -> tuple[float, float]:
        """Return what the plan is better with them than without at a change, and how fast that grows."""
        best = ours(change * step)
        progress(next(asked))
        if best.status == "optimal" and not best.x[columns].any():
            return 0.0, 0.0  # the best plan has none of them
        mine, rest = (end_of(side, step, change, 0.0) for side in (ours, theirs))
        gain = mine.value - rest.value
        return (gain if gain > 1e-9 * size else 0.0), mine.slope - rest.slope

    low, high, gain, slope = 0.0, 0.0, 0.0, 0.0
    for high in (end * 0.5 ** np.arange(HALVES, -1, -1)).tolist():
        gain, slope = apart(high)
        if gain:
            break
        low = high
    if not gain:
        return end if end < most * (1 - 1e-9) else None
    while high - low > SHARP * end:
        root = high - gain / slope if slope > 0 else low
        at = root if low + SHARP * end < root < high else (low + high) / 2
        there, along = apart(at)
        straight = gain * (at - root) / (high - root) if high > root else gain
        if abs(root - low) <= SHARP * end and abs(there - straight) <= 1e-9 * size:
            return low  # from there on it is one line
        if there:
            high, gain, slope = at, there, along
        else:
            low = at
    return low


# --- what these share -------------------------------------------------------------------------------------------------


def _forbidden(model: Model, columns: Index) -> Model:
    upper = model.column_upper.copy()
    upper[columns] = 0.0
    return model.alike(column_upper=upper)
