"""The allocation: state the model, solve objective after objective, certify, price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.constraints import CONSTRAINTS
from ..model.model import INF, Model, assemble, first_part, reduced_costs
from ..model.objectives import least_spend, weighted
from ..model.programme import Array, Index, Programme
from .again import Again
from .certificate import PROVEN, Certificate, certify, certify_whole, primal_violation
from .conflict import Limit, conflict, relaxation
from .faces import Mask
from .funding import Rise, least_rise
from .last_resort import exactly
from .lexicographic import Infeasible, Stage, nearest, padded
from .prices import (
    Best,
    Price,
    Steps,
    both_sides,
    price,
    price_by_solving_again,
    resting_on,
    shifted,
    side_of,
    side_with_views,
    size_of,
    steps_by_solving,
    value_of,
)
from .solvers import HOLDS, Solution, Solver, SolverFailure, UnprovenPlan, highs, highs_for
from .tasks import Task, Views

PATIENCE = 10.0
"""Seconds for all prices and next steps of a plan of whole units, where no limit was given; the rest is not known."""
TIDY = 1e-12
"""A column nearer than this to its bound, in its own unit, is on it."""


class InfeasibleProgramme(Exception):
    """No plan meets every limit.

    `conflict` is an irreducible set of limits that cannot hold together, `relaxation` the least changes that together
    make room for a plan.
    """

    def __init__(self, conflict: tuple[Limit, ...], relaxation: tuple[Limit, ...]) -> None:
        self.conflict, self.relaxation = conflict, relaxation
        super().__init__(", ".join(limit.name for limit in conflict))


# --- the result ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Allocation(Brief):
    """An optimal plan.

    Attributes
    ----------
    task : what was solved; `run` solves it again where something was changed.
    model : the first stage's; a column beyond those of `columns` is the worst case (`Task.worst_of`).
    optimum : its columns, and for a plan without whole units the duals that prove them.
    certificate : of the first stage's objective; `last_certificate` : of the last stage's, None with whole units.
    stopped : a limit came before the end: the plan holds, its certificate's gap says how far it may be from the best.
    """

    task: Task
    model: Model
    optimum: Solution
    certificate: Certificate
    last_certificate: Certificate | None
    stopped: bool = False

    @property
    def columns(self) -> Columns:
        """The variables."""
        return self.task.columns

    @property
    def amended(self) -> bool:
        """Whether there are constraints or bounds that `amend` added."""
        return self.task.amended

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
        return self.programme.cost * self.level[:, None, :]

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
            for e in np.flatnonzero((flows > 0) & (closed[p.effect_pair] > 0)):
                pair = int(p.effect_pair[e])
                a = int(p.segment_application[p.effect_segment[e]])
                yield a, q, pair, float(flows[e] * closed[pair] / delivered[pair])

    @cached_property
    def reduced_cost(self) -> Array:
        """How far each application is from paying: (A,); infinite where no plan has any of it, nan where funded.

        The value of a unit of its level, in whatever period, would have to rise by so much for some best plan to fund
        it. Nan for a plan of whole units.
        """
        p = self.programme
        short = np.full(len(p.applications), np.nan)
        if not self.model.is_mixed:
            short_by_dual = np.maximum(-reduced_costs(self.model, self.prices), 0.0)
            for a in np.flatnonzero(self.level.sum(axis=1) == 0).tolist():
                columns = self.levels_of([a])
                guess = float(short_by_dual[columns].min(initial=INF))
                found = least_rise(self.again, columns, self.certificate.value, guess) if len(columns) else None
                short[a] = INF if found is None else max(found.rise, 0.0)
        return short

    def rise(self, applications: Iterable[int]) -> Rise | None:
        """Return the least rise of the value of a unit of some applications at which some best plan funds them."""
        key = tuple(applications)
        if key not in self._rises:
            columns = self.levels_of(key)
            self._rises[key] = least_rise(self.again, columns, self.certificate.value) if len(columns) else None
        return self._rises[key]

    @cached_property
    def _rises(self) -> dict[tuple[int, ...], Rise | None]:
        return {}

    def levels_of(self, applications: Iterable[int]) -> Index:
        """Columns of the levels of some applications, in all periods, as far as they may have any."""
        p, c = self.programme, self.columns
        found = [c.level(q, p.segments_of[a]) for a in applications for q in range(len(p.periods))]
        columns = np.concatenate([np.empty(0, np.int64), *found])
        return np.asarray(columns[self.model.column_upper[columns] > 0])

    @cached_property
    def again(self) -> Again:
        """The first stage's program, ready to be asked again."""
        return Again(self.model, self.task.solver)

    @cached_property
    def budget_prices(self) -> list[list[Price]]:
        """Price of each resource's budget in each period: R lists of P. Rules that are a share of it move with it."""
        p = self.programme
        return [
            [self._price(self.budget_step(r, q), float(p.budget[r, q])) for q in range(len(p.periods))]
            for r in range(len(p.resources))
        ]

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

    @cached_property
    def rule_prices(self) -> list[Price]:
        """Price of each rule's amount, in the order of `programme.rules`."""
        return [self._price(self.rule_step(i), rule.amount) for i, rule in enumerate(self.programme.rules)]

    @cached_property
    def own(self) -> list[tuple[str, float, float, Price]]:
        """Constraints that `amend` added: name, amount, what is reached, and the price of the amount."""
        known = {constraint.__name__ for constraint in CONSTRAINTS} | {"reach"}
        activity = self.model.activity(self.optimum.x)
        made = []
        for name, _ in self.model.blocks:
            row = self.model.block(name).start
            if name in known or name.startswith(("share[", "below[", "view[")):
                continue
            low, high = float(self.model.row_lower[row]), float(self.model.row_upper[row])
            amount = high if high < INF else low
            step = np.zeros(len(self.model.row_lower))
            step[row] = 1.0
            made.append((name, amount, float(activity[row]), self._price(step, amount, -INF)))
        return made

    @cached_property
    def prices(self) -> Array:
        """Optimal row duals (M,) under which a pair that nothing reaches promises no more than closing it is worth.

        While nothing reaches a pair its closing rows are tight at 0, and any higher dual is optimal too: a measure that
        alone closes it would seem to pay. What is closed stays closed, so a unit that arrives is worth the best of all
        sums from then on.
        """
        p, c, y = self.programme, self.columns, self.optimum.row_dual.copy()
        pairs, periods = len(p.open_pairs), range(len(p.periods))
        bare = np.array([c.delivered(self.optimum.x, q).ravel()[p.open_pairs] == 0 for q in periods])
        closing = np.arange(bare.size).reshape(bare.shape) + self.model.block("closing").start
        closed = np.array([c.closed(q, np.arange(pairs)) for q in periods])
        y[closing[bare]] = 0.0
        if p.decay == 0:
            y[self.model.block("lasting")][bare[1:].ravel()] = 0.0
        worth = np.where(bare, reduced_costs(self.model, y)[closed], 0.0)
        if p.decay == 0:
            best = np.maximum.accumulate(np.maximum(worth[::-1].cumsum(axis=0), 0.0), axis=0)
            worth = np.diff(best, axis=0, prepend=0.0)[::-1]
        y[closing[bare]] = np.maximum(worth, 0.0)[bare]
        return y

    @cached_property
    def budget_steps(self) -> list[list[Steps | None]]:
        """Next steps of each resource's budget in each period, of a plan of whole units; None of any other."""
        p = self.programme
        return [
            [
                steps_by_solving(
                    self.model, self.certificate.value, self.budget_step(r, q), float(p.budget[r, q]), self._patient
                )
                if self.model.is_mixed and not self._views
                else Steps(known=False)
                if self.model.is_mixed
                else None
                for q in range(len(p.periods))
            ]
            for r in range(len(p.resources))
        ]

    @cached_property
    def _patient(self) -> Solver:
        """The solver, with a limit of its own on all that prices of whole units ask, where the plan had none."""
        return highs_for(PATIENCE) if self.task.solver is highs else self.task.solver

    def _price(self, step: Array, quantity: float, least: float = 0.0) -> Price:
        if self.model.is_mixed:
            value = self.certificate.value
            parts = Again(self._settled, self.task.solver)
            return price_by_solving_again(
                value,
                lambda sign: self._whole_at(sign * step),
                quantity - least,
                size_of(self.model, value),
                lambda sign: None if self._views else side_of(parts, parts(), sign * step, INF if sign > 0 else 1.0),
            )
        views = self._views
        if views:
            ends = {1: INF, -1: quantity - least}
            return both_sides(
                lambda sign: side_with_views(self.model, self.optimum, views, self._views_now, sign * step, ends[sign]),
                quantity,
            )
        return price(self.again, self.optimum, step, quantity, least)

    @cached_property
    def _settled(self) -> Model:
        """The program with its whole numbers as they are in the plan."""
        m, x = self.model, self.optimum.x
        whole = np.round(x)
        return replace(
            m,
            column_lower=np.where(m.integer, whole, m.column_lower),
            column_upper=np.where(m.integer, whole, m.column_upper),
            integer=np.zeros_like(m.integer),
        )

    def _whole_at(self, by: Array) -> float | None:
        """Optimum of a plan of whole units where bounds have moved, minus infinity: none, None: unknown."""
        model = shifted(self.model, by)
        try:
            model = self.with_views_best(model, self._patient)
        except SolverFailure:
            return None
        return value_of(model, self._patient)

    @cached_property
    def _views(self) -> list[Best]:
        """The best values on which a worst case rests, and their rows."""
        if self.task.views is None:
            return []
        rows, _ = self.task.worst_of()
        return [
            Best(
                self.model.block(name).start,
                padded(rows[int(name[5:-1])], self.task.model),
                self.task.objective == "robust",
            )
            for name, _ in self.model.blocks
            if name.startswith("view[")
        ]

    def with_views_best(self, model: Model, solver: Solver | None = None) -> Model:
        """Return a model that differs from the plan's in some entries, with the best values that its views have then.

        Raises
        ------
        SolverFailure
            A best value is not found.
        """
        views = self._views
        if not views:
            return model
        rows, columns = len(self.task.model.row_lower), len(self.task.model.objective)
        base = Again(first_part(model, rows, columns), solver or self.task.solver)
        best = []
        for view in views:
            found = base(objective=view.objective)
            if found.status != "optimal":
                raise SolverFailure(f"the best of a view is {found.status}")
            best.append(float(view.objective @ found.x))
        now = np.array([1.0 if view.share else float(self.model.row_lower[view.row]) for view in views])
        return resting_on(model, views, np.array(best), now)

    @cached_property
    def _views_now(self) -> list[tuple[Again, Solution]]:
        """The programs of the views' best values, and their optima."""
        programs = [Again(replace(self.task.model, objective=view.objective), self.task.solver) for view in self._views]
        return [(program, program()) for program in programs]

    def _rule_rows(self) -> list[int]:
        """Row of each rule in the model, in the order of `programme.rules`."""
        rows = {kind: iter(range(at.start, at.stop)) for kind in ("floor", "cap") if (at := self.model.block(kind))}
        return [next(rows[rule.kind]) for rule in self.programme.rules]


def build(columns: Columns) -> Model:
    """State the program of the columns, with the objective ``weighted``."""
    return assemble(
        weighted(columns),
        columns.bounds(),
        columns.integer,
        [constraint(columns) for constraint in CONSTRAINTS],
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
) -> Allocation:
    """Solve a programme.

    Parameters
    ----------
    objective : a name of `OBJECTIVES`.
    share : for ``reach``, the share of the weighted gap to be closed.
    save : for ``reach``, the resource of which the least is to be spent; then of the others, as shares of their
        budgets.
    amend : adds constraints of its own to the `pulp.LpProblem` that it is given, see `pulp_bridge.amended`.
    views : for ``robust`` and ``regret``, the priorities among which the worst case is sought.
    near : a plan of the same applications; of equally good plans one that moves the least of the budgets against it.

    Raises
    ------
    InfeasibleProgramme
        No plan meets every budget and rule.
    SolverLimit
        The solver stopped at a limit.
    UnprovenPlan
        The certificate disproves what the solver gave, and no other way gave a plan.
    """
    columns = Columns(programme)
    model = build(columns)
    if amend is not None:
        from .pulp_bridge import amended

        model = amended(model, amend)
    return run(Task(columns, model, objective, share, solver, views, save, amend is not None), near)


def run(task: Task, near: Allocation | None = None) -> Allocation:
    """Solve a task and certify the answer; raises as `allocate` does.

    Among equally good plans take one that is nearest to *near*, if that is given: it moves the least of the budgets.
    """
    columns, model = task.columns, task.model
    try:
        first, last = _turns(task, near)
    except Infeasible as error:
        raise InfeasibleProgramme(conflict(error.model, task.solver), relaxation(error.model, task.solver)) from None
    mixed, bound, stopped = first.model, first.solution.bound, last.stopped or first.stopped
    if model.is_mixed:
        # with the whole numbers settled the rest is linear: solved again, so that it is exact
        whole = np.round(last.solution.x[: columns.number])
        settled = replace(
            model,
            column_lower=np.where(model.integer, whole, model.column_lower),
            column_upper=np.where(model.integer, whole, model.column_upper),
            integer=np.zeros_like(model.integer),
        )
        first, last = _turns(replace(task, model=settled), near)
    raw = last.solution.x[: columns.number]
    # where a prerequisite of a millionth of a millionth is all that is asked for, it is no rounding
    x = min(
        (_tidy(columns, model, raw, task.amended, tidy) for tidy in (TIDY, 0.0)),
        key=lambda x: max(primal_violation(model, x), HOLDS),
    )
    beyond = len(mixed.objective) - columns.number
    if beyond:
        rows, least = task.worst_of()
        x = np.concatenate([x, [float((rows @ x - least).min())], np.zeros(beyond - 1)])
    if model.is_mixed:
        none = np.empty(0)
        optimum = Solution("optimal", x, none, none, first.solution.accuracy, bound)
        certificate = certify_whole(mixed, x, bound)
        _deny(certificate, stopped)
        return Allocation(task, mixed, optimum, certificate, None, stopped)
    optimum = replace(first.solution, x=x)
    certificate = certify(first.model, x, optimum.row_dual)
    if certificate.denies:
        optimum = exactly(first.model, optimum) or optimum
        x = optimum.x
        certificate = certify(first.model, x, optimum.row_dual)
    _deny(certificate, stopped=False)
    last_certificate = certify(last.model, x[: len(last.model.objective)], last.solution.row_dual)
    return Allocation(task, first.model, optimum, certificate, last_certificate)


def _deny(certificate: Certificate, stopped: bool) -> None:
    """Refuse what its certificate disproves; whole units that a limit stopped may be off their bound, and say so."""
    if certificate.primal_violation > PROVEN or (certificate.denies and not stopped):
        raise UnprovenPlan(certificate.primal_violation, certificate.gap)


def _turns(task: Task, near: Allocation | None) -> tuple[Stage, Stage]:
    first, last = task.turns()
    if near is None:
        return first, last
    levels = np.arange(task.columns.sizes["level"])
    return first, nearest(last, levels, near.optimum.x[levels], moving(task.columns), task.solver)


def moving(c: Columns) -> Array:
    """What it counts to move each level by one unit, where plans are to be near to each other: (levels,).

    The cost, as a share of the budgets. What costs nothing counts a little, so that it does not change without need;
    what stands later counts up to a hundredth more, so that of equal moves the first is made.
    """
    levels = np.arange(c.sizes["level"])
    return np.asarray((1e-6 - least_spend(c)[levels]) * (1 + 1e-2 * levels / max(len(levels), 1)))


def _ordered(columns: Columns, model: Model, x: Array) -> Array:
    """Use segments in order, the levels of applications as they are."""
    if all(len(segments) < 2 for segments in columns.programme.segments_of):
        return x
    levels = columns.sizes["level"]
    segments = columns.in_order(columns.levels(x)).ravel()
    made = x.copy()
    made[:levels] = np.where(np.abs(segments - x[:levels]) < TIDY * model.column_unit[:levels], x[:levels], segments)
    own = model.blocks[len(CONSTRAINTS) :]
    if own and primal_violation(model, made) > max(primal_violation(model, x), 1e-9):
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
    return closing_all(columns, model, _ordered(columns, model, x), weighted(columns) == 0 if amended else None)


def closing_all(columns: Columns, model: Model, x: Array, free: Mask | None = None) -> Array:
    """Let gaps be closed by what is delivered there, all or where *free* (N,), except where a cap limits them."""
    p = columns.programme
    upper = model.column_upper
    free = np.ones(columns.number, dtype=bool) if free is None else free.copy()
    x = x.copy()
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
