"""A worst case over several views, whose best values move with budgets and rules too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...brief import Brief
from ...model.model import INF, Model, first_part, inner
from ...model.programme import Array
from ...solve.allocate import Allocation
from ...solve.solution import Solution, Solver, SolverFailure
from .ranging import ROUNDS, Side, amount_unit, rate_at, room, shifted, side_within, size_of, tightened
from .reoptimisation import Again

BENT = 1e-7
"""Share of the value by which planning again may differ from a price that bends, within its range."""
MET = 1e-7
"""Share of a best by which the row of a view may be off its bound, and count as tight."""
AHEAD, FAR, SHORTEST = 0.1, 1e6, 1e-6
"""How far ahead views are looked at first, where an end is no more looked for, and the least of a line that is told by
its basis, in the size of the amount: where lines end together, rounding puts one before its end and another beyond."""


@dataclass(frozen=True)
class Best(Brief):
    """The best value of a view, which moves with budgets and rules, and the row of a worst case t that rests on it.

    Attributes
    ----------
    row : of the model of the worst case, ``a x - t >= best``, or with `share` ``a x - t best / best now >= 0``.
    objective : (N,) of the model without the worst case, in the unit of the row: its optimum is the best.
    """

    row: int
    objective: Array
    share: bool

    def program(self, plan: Allocation) -> Model:
        """Return the program whose optimum is the best."""
        return replace(plan.problem.model, objective=self.objective)


def bests(plan: Allocation) -> list[Best]:
    """Return the best values on which the worst case of a plan rests; none where no view is asked."""
    case = plan.problem.worst_case
    if case is None or case.in_turn:
        return []
    return [
        Best(
            plan.model.block(block.name).start,
            case.rows.dense(int(block.name[len("view[") : -1]), len(plan.problem.model.objective)),
            case.relative,
        )
        for block in plan.model.blocks
        if block.name.startswith("view[")
    ]


def with_bests_moved(plan: Allocation, model: Model, solver: Solver | None = None) -> Model:
    """Return a model that differs from the plan's in some entries, with the best values that its views have then.

    Raises
    ------
    SolverFailure
        A best value is not found.
    """
    views = bests(plan)
    if not views:
        return model
    problem = plan.problem
    base = Again(
        first_part(model, len(problem.model.row_lower), len(problem.model.objective)), solver or problem.solver
    )
    best = []
    for view in views:
        found = base(objective=view.objective)
        if found.status != "optimal":
            raise SolverFailure(f"the best of a view is {found.status}")
        best.append(float(view.objective @ found.x))
    now = np.array([1.0 if view.share else float(plan.model.row_lower[view.row]) for view in views])
    return resting_on(model, views, np.array(best), now)


@dataclass(frozen=True)
class View(Brief):
    """A view, the program of its best, and its optimum."""

    best: Best
    again: Again
    found: Solution

    @cached_property
    def told(self) -> dict[bytes, tuple[float | None, float]]:
        """What `read` has told of steps."""
        return {}

    def read(self, steps: Iterable[Array]) -> None:
        """Read off the basis how the best moves along each step, and how far at the least; all while it stands."""
        basis = self.again.basis()
        for step in steps:
            rate = None if basis is None else rate_at(basis, self.found, step)
            self.told[step.tobytes()] = rate, 0.0 if basis is None or rate is None else basis.reach(step)


@dataclass(frozen=True)
class _Line(Brief):
    """The line along which the best of a view moves from an amount *at*, and up to which amount it is known to."""

    again: Again
    start: Solution
    step: Array
    value: float
    rate: float
    at: float
    sure: float
    ended: bool = False

    @classmethod
    def of(cls, view: View, step: Array, at: float, most: float) -> _Line:
        """Read it off the basis, up to an amount *most*; where another one takes over at once, it is solved for."""
        again, start = view.again, view.found
        if at:
            again = again.like(shifted(again.model, at * step))
            start = again()
            view = View(view.best, again, start)
        if step.tobytes() not in view.told:
            view.read([step])
        rate, reach = view.told[step.tobytes()]
        value = float(view.best.objective @ start.x)
        reach = min(reach, most - at)
        if rate is None or reach < min(SHORTEST * amount_unit(again.model, step), most - at):
            side = side_within(again, start, step, most - at)
            rate, reach = side.rate, side.reach
        return cls(again, start, step, value, rate, at, at + reach)

    def value_at(self, amount: float) -> float:
        """Best at an amount up to which the line holds."""
        return self.value + self.rate * (amount - self.at)

    def up_to(self, most: float) -> _Line:
        """Look for its end, up to an amount *most*."""
        if self.sure >= most:
            return self
        found = side_within(self.again, self.start, self.step, most - self.at)
        ended = found.reach < (most - self.at) * (1 - 1e-9)
        return replace(self, sure=max(self.sure, self.at + found.reach), ended=ended)


def _straight(lines: list[_Line], priced: NDArray[np.bool_], most: float) -> Array:
    """Up to which amounts lines hold, those that are priced first: the least if it is below *most*; of others a part.

    An other line counts where it ends before all that are priced. What is found out about *lines* is kept there.
    """
    sure = np.array([line.sure for line in lines])
    for k in np.lexsort((sure, ~priced)).tolist():
        if sure[k] < most:
            lines[k] = lines[k].up_to(most)
            sure[k] = lines[k].sure
            most = min(most, sure[k])
    return sure


def side_with_views(plan: Allocation, program: Again, known: Sequence[View], step: Array, limit: float) -> Side | None:
    """Slope of a worst case as bounds move along *step* (M,), the views' best values with them, and how far it holds.

    *program*: the plan's, of the worst case; *known*: the views. To first order each
    best moves by its own slope, and the row of a share by the share times that: so the rows of the views move as bounds
    do, and the rest is a linear program. Slopes are read off the bases, and how far each holds is only looked for where
    it is the first to end.

    Lines lie above bests, which are concave; so it is exact while those views count for nothing whose best has left its
    line, and is stated anew where they begin to. A share of a best that moves is a quotient: its range is where its
    tangent is right to `BENT`.
    """
    model, optimum = plan.model, plan.optimum
    views = [view.best for view in known]
    own = step[: len(plan.problem.model.row_lower)]
    most = room(known[0].again, own, limit)
    if most is None:
        return None
    slopes = [inner(view.found.row_dual, own) for view in known]
    if not (tightened(model, step).any() or any(slopes) or inner(optimum.row_dual, step)):
        return Side(0.0, most)  # no more than the duals say, and no less than what is there
    unit, size = amount_unit(model, step), size_of(model, float(optimum.x[-1]))
    first = np.array([float(view.best.objective @ view.found.x) for view in known])
    rows = np.array([view.row for view in views])
    shares = np.array([1.0 / best if view.share else 0.0 for view, best in zip(views, first, strict=True)])
    at, rate, ahead = 0.0, 0.0, AHEAD * unit
    lines: list[_Line] = []
    for _ in range(ROUNDS):
        left = min(most - at, ahead)
        lines = [
            lines[k] if at and lines[k].sure >= at else _Line.of(view, own, at, at + left)
            for k, view in enumerate(known)
        ]
        best = np.array([line.value_at(at) for line in lines])
        worst = program.like(resting_on(shifted(model, at * step), views, best, first)) if at else program
        here = worst() if at else optimum
        if at:  # the slope of a best counts where its row is tight; elsewhere it is enough to know when its line ends
            low = worst.model.row_lower[rows]
            spared = worst.model.activity(here.x)[rows] - low
            close = spared <= MET * (np.abs(best) * np.where(shares > 0, shares, 1.0) + np.abs(low))
            ends = at + min(SHORTEST * unit, left)
            lines = [
                _Line.of(view, own, at, at + left) if line.sure <= ends and (line.ended or tight) else line
                for view, line, tight in zip(known, lines, close.tolist(), strict=True)
            ]
        slope = np.array([line.rate for line in lines])
        share = np.where(shares > 0, float(here.x[-1]) * shares, 1.0)
        along = step.copy()
        np.add.at(along, rows, slope * share)
        side = side_within(worst, here, along, left)
        if at and abs(side.rate - rate) > 1e-8 * max(abs(side.rate), abs(rate)):
            break
        rate = side.rate
        counts = worst(along * min(side.reach, left) / 2).row_dual[rows]
        bends = abs(
            rate
            * float(counts @ np.where([view.share for view in views], slope / np.where(first > 0, first, 1.0), 0.0))
        )
        tangent = float(np.sqrt(BENT * size / bends)) if bends > 0 else INF
        priced = np.abs(counts) > 1e-9 * np.abs(counts).max(initial=0.0)
        straight = _straight(lines, priced, at + min(side.reach, left)) - at
        reach = min(side.reach, left, straight[priced].min(initial=INF))
        if tangent < reach:
            return Side(rate, at + tangent)
        at += reach
        # an end of its own; where a best leaves its line at the same amount, the next round tells
        if at >= most * (1 - 1e-12) or reach < (1 - 1e-9) * min(left, float(straight.min(initial=INF))):
            break
        if at > FAR * unit:
            return Side(rate, INF)
        ahead = 8 * ahead if reach >= left else ahead
    return Side(rate, at)


def resting_on(model: Model, views: Sequence[Best], best: Array, first: Array) -> Model:
    """Return the model of a worst case with other best values of the views than the first ones."""
    lower, value = model.row_lower.copy(), model.value.copy()
    last = len(model.objective) - 1
    for k, view in enumerate(views):
        if view.share:
            value[(model.row == view.row) & (model.column == last)] = -best[k] / first[k]
        else:
            lower[view.row] += best[k] - first[k]
    return replace(model, row_lower=lower, value=value)
