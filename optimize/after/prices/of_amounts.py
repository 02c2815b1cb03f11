"""Prices: what one more unit of a budget, or of a rule's amount, is worth, on either side, and how far that holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...brief import Brief
from ...model.constraints import CONSTRAINTS
from ...model.model import INF, Model, reduced_costs, settled
from ...model.programme import Array, Index, ranges
from ...solve.allocate import Allocation
from ...solve.faces import tight
from ...solve.solution import Solution, Solver, SolverFailure
from ...solve.solvers import blocks_price, highs, highs_for, is_highs
from .dual_face import DualFace, ties
from .entering import Basis, Mix, columnwise
from .funding import Rise, least_rise
from .ranging import CLOSE, Side, rate_at, rate_near, shifted, side_of, size_of
from .reoptimisation import Again
from .sliver import Slivers
from .steps import GAIN, UNKNOWN, Steps, steps_by_solving, value_of
from .worst_case import View, bests, side_with_views, with_bests_moved

if TYPE_CHECKING:
    from .marginal import Marginal

PATIENCE = 5.0
"""Seconds for all prices of a plan of whole units, and for all next steps, where no limit was given."""


@dataclass(frozen=True)
class Price:
    """Price of a quantity that bounds rows of the model: a budget, or the amount of a rule.

    Attributes
    ----------
    shadow_price : change of the optimum per unit more: `up`, or `down` where no plan exists above.
    up, down : one-sided prices, for one unit more and one unit less; None where no plan exists on that side, as below
        an amount of 0. They differ where the optimum has a kink.
    valid_from, valid_to : the quantity between which `shadow_price` holds; infinite where nothing ends it.

    The price of a worst case over several views can change before a limit binds the plan itself: where it begins to
    bind the best plan of a view, against which the worst case is measured.

    A plan of whole units has no shadow price (None): `up` and `down` are then the change by one whole unit, found by
    solving again, and no range is told (nan). One that may not be the best has none of them.
    """

    shadow_price: float | None
    up: float | None
    down: float | None
    valid_from: float
    valid_to: float


@dataclass(frozen=True)
class OwnPrice:
    """A constraint that `amend` added: its name and amount, what is `reached`, and the price of the amount."""

    name: str
    amount: float
    reached: float
    price: Price


@dataclass(frozen=True)
class Prices(Brief):
    """The prices of a plan, each found when it is asked for."""

    plan: Allocation

    @cached_property
    def budgets(self) -> list[list[Price]]:
        """Price of each resource's budget in each period: R lists of P. Rules that are a share of it move with it."""
        plan, p = self.plan, self.plan.programme
        return [
            [self._price(plan.budget_step(r, q), float(p.budget[r, q])) for q in range(len(p.periods))]
            for r in range(len(p.resources))
        ]

    @cached_property
    def rules(self) -> list[Price]:
        """Price of each rule's amount, in the order of `programme.rules`."""
        return [self._price(self.plan.rule_step(i), rule.amount) for i, rule in enumerate(self.plan.programme.rules)]

    def of_rule(self, number: int) -> float | None:
        """Return the shadow price of a rule's amount, by its place in `programme.rules`, without how far it holds."""
        plan = self.plan
        if not ("rules" in vars(self) or plan.model.is_mixed or self._views):
            rate = self._of_basis[number]
            if rate is None:
                rate = rate_near(self.again, plan.optimum, plan.rule_step(number))
            if rate is not None:
                return rate
        return self.rules[number].shadow_price

    @cached_property
    def _of_basis(self) -> list[float | None]:
        """What the duals say of each rule's amount where their basis stays optimal with more of it; None elsewhere."""
        plan, basis = self.plan, self.again.basis()
        steps = [plan.rule_step(number) for number in range(len(plan.programme.rules))]
        if basis is None:
            return [None] * len(steps)
        return [rate_at(basis, plan.optimum, step) for step in steps]

    @cached_property
    def own(self) -> list[OwnPrice]:
        """Prices of the constraints that `amend` added."""
        model = self.plan.model
        activity = model.activity(self.plan.optimum.x)
        made = []
        for name, row in self.plan.own_rows.items():
            low, high = float(model.row_lower[row]), float(model.row_upper[row])
            amount = high if high < INF else low
            step = np.zeros(len(model.row_lower))
            step[row] = 1.0
            made.append(OwnPrice(name, amount, float(activity[row]), self._price(step, amount, -INF)))
        return made

    @cached_property
    def steps(self) -> list[list[Steps | None]]:
        """Next steps of each resource's budget in each period, of a plan of whole units; None of any other."""
        p, solver = self.plan.programme, self.plan.problem.solver
        if not self.plan.model.is_mixed:
            return [[None for _ in p.periods] for _ in p.resources]
        left, asked, prices = PATIENCE, p.budget.size, self.budgets
        made: list[list[Steps | None]] = [[] for _ in p.resources]
        for n, (r, q) in enumerate(np.ndindex(p.budget.shape)):
            begun = time.monotonic()
            # one that takes long leaves the others their part
            within = highs_for(left / (asked - n)) if solver is highs else solver
            made[r].append(self._steps(r, q, prices[r][q], within))
            left = max(left - (time.monotonic() - begun), 0.0)
        return made

    @cached_property
    def reduced_costs(self) -> Array:
        """How far each application is from paying: (A,); infinite where no plan has any of it, nan where funded.

        The value of a unit of its level, in whatever period, would have to rise by so much for some best plan to fund
        it. Nan for a plan of whole units.
        """
        plan = self.plan
        short = np.full(len(plan.programme.applications), np.nan)
        if not plan.model.is_mixed:
            by_dual = np.maximum(-reduced_costs(plan.model, self.duals), 0.0)
            unfunded = plan.level.sum(axis=1) == 0
            short[unfunded] = INF  # where no plan has any of it, there are no columns
            nearest, of = self._nearest(unfunded, by_dual)
            told = self._told_by_duals(nearest)
            if self._face.is_joined:
                told[~told] = self._told_by_basis(nearest[~told], by_dual)
            short[of[told]] = by_dual[nearest[told]]
            columns = [plan.levels_of([a]) for a in of[~told].tolist()]
            rises = self._face.rises(columns, nearest[~told])
            for a, level, of_level, rise in zip(of[~told], nearest[~told].tolist(), columns, rises, strict=True):
                if rise is not None and rise >= by_dual[level] * (1 - 1e-9):
                    short[a] = max(rise, 0.0)
                else:
                    found = least_rise(self.again, of_level, plan.certificate.value, float(by_dual[level]))
                    short[a] = INF if found is None else max(found.rise, 0.0)
        return short

    def _nearest(self, asked: NDArray[np.bool_], by_dual: Array) -> tuple[Index, Index]:
        """Return of each application that is asked for the level that is nearest to paying, and which one it is of."""
        p, size = self.plan.programme, self.plan.columns.sizes["level"]
        of = np.tile(p.segment_application, len(p.periods))
        able = np.flatnonzero(asked[of] & (self.plan.model.column_upper[:size] > 0))
        order = able[np.lexsort((by_dual[able], of[able]))]
        found, first = np.unique(of[order], return_index=True)
        return order[first], found

    @cached_property
    def _face(self) -> DualFace:
        return DualFace(self.plan.model, self.plan.optimum, self.duals, self._tied)

    @cached_property
    def _tied(self) -> NDArray[np.bool_]:
        """Rows that tie the parts together and whose price is the same in all optimal duals, as far as known: (M,)."""
        plan = self.plan
        tied = ties(plan.model)
        if not any(block.name not in CONSTRAINTS for block in plan.model.blocks):
            prices = [price for row in self.budgets for price in row] + self.rules
            if prices and all(
                price.up is not None and price.down is not None and abs(price.up - price.down) <= 1e-9 * abs(price.up)
                for price in prices
            ):
                return tied
        low, high = tight(plan.model, plan.optimum)
        for row in np.flatnonzero(tied & (low | high)).tolist():
            tied[row] = self._same_in_all(row)
        return tied

    def _same_in_all(self, row: int) -> bool:
        """Whether the price of a row is the same in all optimal duals, as the optimum's slopes on both sides tell."""
        step = np.zeros(len(self.plan.model.row_lower))
        step[row] = 1.0
        slopes = []
        for way in (step, -step):
            basis = self.again.basis()
            rate = None if basis is None else rate_at(basis, self.plan.optimum, way)
            slopes.append(rate_near(self.again, self.plan.optimum, way) if rate is None else rate)
        up, down = slopes
        return up is not None and down is not None and abs(up + down) <= 1e-9 * abs(up)

    def _told_by_duals(self, columns: Index) -> NDArray[np.bool_]:
        """Which columns no optimal duals tell to be further from paying: (K,).

        The dual of a row is as small, or as large, as it can be in all optimal duals where a column at a bound that
        would pay just then meets no other open row. A column whose every row is so, or settled, is as far from paying
        as the duals at hand say.
        """
        face, model, y = self._face, self.plan.model, self.duals
        (low, high), _ = face.ends
        row, column, value, reduced = model.row, model.column, model.value, face.reduced
        e = np.flatnonzero(face.open[row])
        met = np.bincount(column[e], minlength=len(low))
        size, worth = np.abs(reduced) * model.column_unit, np.abs(model.objective) * model.column_unit
        even = size <= 1e-12 * np.maximum(worth, size.max(initial=0.0) * 1e-3)
        e = e[(met == 1)[column[e]] & even[column[e]] & (low ^ high)[column[e]]]
        rising = (value[e] > 0) == low[column[e]]
        lowest, highest = np.zeros_like(face.open), np.zeros_like(face.open)
        lowest[row[e[rising]]] = True
        highest[row[e[~rising]]] = True
        lowest |= (y == 0) & (model.row_lower == -INF)
        highest |= (y == 0) & (model.row_upper == INF)
        first, entry = face.columnwise
        at, which = ranges(first[columns], first[columns + 1])
        e = entry[at]
        open_ = face.open[row[e]] & ~np.where(value[e] < 0, lowest[row[e]], highest[row[e]])
        return np.asarray(np.bincount(which[open_], minlength=len(columns)) == 0)

    def _noise(self, columns: Index, by_dual: Array) -> Array:
        """Up to what two reduced costs of columns are the same: (K,)."""
        size = size_of(self.plan.model, self.plan.certificate.value)
        return np.asarray(1e-9 * np.maximum(np.abs(by_dual[columns]), CLOSE * size))

    def _alone(self, columns: Index) -> tuple[tuple[Index, Index, Array], tuple[Index, Index, Array]]:
        """Columns, one unit each, and what each alone brings to pairs that nothing reaches: place, column, rate."""
        model = self.plan.model
        first, entry = self.columnwise
        at, place = ranges(first[columns], first[columns + 1])
        closed, alone = self.closed_alone(model.row[entry[at]])
        itself = (np.arange(len(columns)), columns, np.ones(len(columns)))
        return itself, (place[alone], closed, -model.value[entry[at]][alone])

    def closed_alone(self, row: Index) -> tuple[Index, NDArray[np.bool_]]:
        """Which rows (K,) close pairs that nothing reaches, the second, and the columns of what these close."""
        closing = self.plan.model.block("closing")
        number = row - closing.start
        alone = (row >= closing.start) & (row < closing.stop)
        alone[alone] = self._bare.ravel()[number[alone]]
        return self.plan.columns.first["closed"] + number[alone], alone

    def _told_by_basis(self, columns: Index, by_dual: Array) -> NDArray[np.bool_]:
        """Which columns can be had, some of each, at just what duals say: then that is what they are short of paying.

        What a column alone brings to a pair that nothing reaches is closed with it.
        """
        basis = self.again.basis() if len(columns) else None
        if basis is None:
            return np.zeros(len(columns), dtype=bool)
        entering = []
        for place, column, rate in self._alone(columns):
            able = ~basis.is_basic[column]
            entering.append((place[able], column[able], rate[able]))
        mix = Mix(*(np.concatenate(parts) for parts in zip(*entering, strict=True)))
        possible, moves = basis.enter(mix, columns)
        costs = -np.bincount(mix.place, basis.reduced_costs[mix.column] * mix.rate, len(columns))
        return possible & (moves > 0.5) & (np.abs(costs - moves * by_dual[columns]) <= self._noise(columns, by_dual))

    @cached_property
    def _bare(self) -> NDArray[np.bool_]:
        """Open pairs that nothing reaches by the end of each period: (P, K)."""
        p, c, x = self.plan.programme, self.plan.columns, self.plan.optimum.x
        return np.array([c.delivered(x, q).ravel()[p.open_pairs] == 0 for q in range(len(p.periods))])

    def rise(self, applications: Iterable[int]) -> Rise | None:
        """Return the least rise of the value of a unit of some applications at which some best plan funds them."""
        key = tuple(applications)
        if key not in self._rises:
            model, columns = self.plan.model, self.plan.levels_of(key)
            guess = None
            if len(columns) and not model.is_mixed:
                guess = max(float(-reduced_costs(model, self.duals)[columns].max()), 0.0)
            best = self.plan.certificate.value
            self._rises[key] = least_rise(self.again, columns, best, guess) if len(columns) else None
        return self._rises[key]

    @cached_property
    def _rises(self) -> dict[tuple[int, ...], Rise | None]:
        return {}

    @cached_property
    def duals(self) -> Array:
        """Optimal row duals (M,) under which a pair that nothing reaches promises no more than closing it is worth.

        While nothing reaches a pair its closing rows are tight at 0, and any higher dual is optimal too: a measure that
        alone closes it would seem to pay. What is closed stays closed, so a unit that arrives is worth the best of all
        sums from then on.
        """
        p, c, model = self.plan.programme, self.plan.columns, self.plan.model
        y = self.plan.optimum.row_dual.copy()
        pairs, periods = len(p.open_pairs), range(len(p.periods))
        bare = self._bare
        closing = np.arange(bare.size).reshape(bare.shape) + model.block("closing").start
        closed = np.array([c.closed(q, np.arange(pairs)) for q in periods])
        y[closing[bare]] = 0.0
        if p.decay == 0:
            y[model.block("lasting")][bare[1:].ravel()] = 0.0
        worth = np.where(bare, reduced_costs(model, y)[closed], 0.0)
        if p.decay == 0:
            best = np.maximum.accumulate(np.maximum(worth[::-1].cumsum(axis=0), 0.0), axis=0)
            worth = np.diff(best, axis=0, prepend=0.0)[::-1]
        y[closing[bare]] = np.maximum(worth, 0.0)[bare]
        return y

    @cached_property
    def again(self) -> Again:
        """The first stage's program, ready to be asked again."""
        return Again(self.plan.model, self.plan.problem.solver, start=self.plan.optimum.basis)

    @cached_property
    def changed(self) -> Again:
        """The same for programs with other bounds: what rises tell does not depend on what these were asked before."""
        return Again(self.plan.model, self.plan.problem.solver, start=self.plan.optimum.basis)

    @cached_property
    def basis(self) -> Basis | None:
        """An optimal basis of the first stage's program; None where HiGHS has none that holds."""
        return Again(self.plan.model, self.plan.problem.solver, start=self.plan.optimum.basis).basis()

    @cached_property
    def columnwise(self) -> tuple[Index, Index]:
        """The entries of the first stage's program, column by column."""
        return columnwise(self.plan.model)

    @cached_property
    def _slivers(self) -> Slivers:
        return Slivers(self.plan.model, self.plan.optimum.x)

    @cached_property
    def _patient(self) -> Solver:
        """The solver, with a limit of its own on all that prices of whole units ask, where the plan had none."""
        solver = self.plan.problem.solver
        return highs_for(PATIENCE) if solver is highs else solver

    @cached_property
    def _views(self) -> list[View]:
        """The best values on which a worst case rests, with their own programs and optima."""
        plan, made, start = self.plan, list[View](), None
        size = len(plan.problem.model.row_lower)
        p = plan.programme
        steps = [plan.budget_step(r, q) for r in range(len(p.resources)) for q in range(len(p.periods))]
        steps += [plan.rule_step(number) for number in range(len(p.rules))]
        for best in bests(plan):
            program = Again(best.program(plan), plan.problem.solver, start=start)
            made.append(View(best, program, program()))
            if not plan.model.is_mixed:
                made[-1].read(sign * step[:size] for step in steps for sign in (1.0, -1.0))
                start = program.states()
        return made

    def _price(self, step: Array, quantity: float, least: float = 0.0) -> Price:
        plan = self.plan
        if plan.model.is_mixed:
            return self._price_of_whole(step, quantity - least)
        ends = {1: INF, -1: quantity - least}
        if self._views:
            return both_sides(
                lambda sign: side_with_views(plan, self.again, self._views, sign * step, ends[sign]), quantity
            )
        return both_sides(lambda sign: self._side(sign * step, ends[sign]), quantity)

    def _side(self, step: Array, limit: float) -> Side | None:
        found = None if self._marginal is None else self._marginal.side(step, limit)
        return found or side_of(self.again, self.plan.optimum, step, limit)

    @cached_property
    def _marginal(self) -> Marginal | None:
        """The blocks of a large program, of which few take part in a price."""
        plan = self.plan
        if not is_highs(plan.problem.solver) or not blocks_price(plan.model):
            return None
        from .marginal import Marginal  # brings numba, an extra, which takes a third of a second to load

        return Marginal.of(plan.model, plan.optimum)

    def _price_of_whole(self, step: Array, room: float) -> Price:
        """Price one whole unit, more and less, by solving again; what is less than rounding, by what is left linear."""
        plan, value = self.plan, self.plan.certificate.value
        if not plan.is_best:  # what is better with a unit more may be better without it
            return Price(None, None, None, float("nan"), float("nan"))
        parts = Again(settled(plan.model, plan.optimum.x), plan.problem.solver)
        alone = not bests(plan)
        stays = not _moves(parts.model, step)
        size = size_of(plan.model, value)

        def at(sign: int) -> float | None:
            there = shifted(plan.model, sign * step)
            if alone and self._slivers.stays(there, value + 0.5 * GAIN * size):
                return value
            try:
                moved = with_bests_moved(plan, there, self._patient)
            except SolverFailure:
                return None
            return value_of(moved, self._patient)

        def part(sign: int) -> Side | None:
            if alone and stays:
                return Side(0.0, INF)
            return side_of(parts, parts(), sign * step, INF if sign > 0 else 1.0) if alone else None

        return price_by_solving_again(value, at, room, size, part)

    def _steps(self, resource: int, period: int, price: Price, solver: Solver) -> Steps:
        plan = self.plan
        if bests(plan) or not plan.is_best:
            return UNKNOWN
        step, budget = plan.budget_step(resource, period), float(plan.programme.budget[resource, period])
        changes = price.up, price.down
        return steps_by_solving(plan.model, plan.optimum.x, step, budget, solver, changes)


def _moves(model: Model, step: Array) -> bool:
    """Whether any column of the rows that a step (M,) moves could be elsewhere."""
    room = model.column_lower < model.column_upper
    return bool((room[model.column] & (step[model.row] != 0) & (model.value != 0)).any())


def price(again: Again, optimum: Solution, step: Array, quantity: float, least: float = 0.0) -> Price:
    """Price a quantity at an optimum, exactly and on both sides.

    *step* (M,) is how the bounds of the rows move with one unit more of it: 1 at its own row; where rules are shares of
    a budget, their share at theirs. *least*: the least amount that has a meaning.
    """
    ends = {1: INF, -1: quantity - least}
    return both_sides(lambda sign: side_of(again, optimum, sign * step, ends[sign]), quantity)


def both_sides(side: Callable[[int], Side | None], quantity: float) -> Price:
    """Put the two sides of a quantity together: the price is the one upwards, where there are plans above."""
    up, down = side(1), side(-1)
    if up is None:
        if down is None:
            return Price(0.0, None, None, quantity, quantity)
        return Price(-down.rate, None, -down.rate, _below(quantity, down.reach), quantity)
    if down is None:
        return Price(up.rate, up.rate, None, quantity, quantity + up.reach)
    gap = abs(up.rate + down.rate)
    if gap <= 1e-8 * abs(up.rate):
        return Price(up.rate, up.rate, up.rate, _below(quantity, down.reach), quantity + up.reach)
    return Price(up.rate, up.rate, -down.rate, quantity, quantity + up.reach)


def _below(quantity: float, reach: float) -> float:
    """Return the lower end of a range; 0 where it is so but for rounding."""
    return 0.0 if abs(quantity - reach) <= 1e-12 * abs(quantity) else quantity - reach


def price_by_solving_again(
    value: float, at: Callable[[int], float | None], room: float, size: float, parts: Callable[[int], Side | None]
) -> Price:
    """Price one whole unit of a quantity, more and less, of a program with whole numbers: no duals are pretended.

    *at* gives the optimum with one unit more (1) or less (-1), minus infinity where there is no plan, None where it is
    not known; *room*: how much less there can be. What is less than the rounding of whole numbers is left to *parts*, a
    side of the linear program that remains with the whole numbers as they are.
    """
    changes: dict[int, float | None] = {}
    for sign in (1, -1):
        there = at(sign) if sign > 0 or room >= 1 else None
        if there is None or np.isinf(there):
            changes[sign] = None
        else:
            side = parts(sign) if abs(there - value) <= GAIN * size else None
            change = there - value if side is None else side.rate * min(side.reach, 1.0)
            changes[sign] = 0.0 if abs(there - value) <= GAIN * size < abs(change) else sign * change + 0.0  # no -0.0
    return Price(None, changes[1], changes[-1], float("nan"), float("nan"))
