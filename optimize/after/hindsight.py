"""After the year: what knowing the truth would have been worth, divided among weights, effects, costs and execution.

U(S) is what a planner gets who knows the parts S of the truth and believes the case otherwise. Its differences are
divided among the parts (`shapley`), so that they sum to hindsight less what was realised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.model import INF, Model, padded, with_columns, with_row, with_rows
from ..model.objectives import least_spend, value
from ..model.programme import Array, Index, Programme
from ..solve.allocate import build
from ..solve.lexicographic import solve, then
from ..solve.solution import Solver
from .commitments import Facts
from .replan import Approved, Replanning
from .shapley import shapley
from .uncertainty import worth_of

PARTS = ("weights", "effects", "costs", "execution")
"""What can be known beforehand."""
Subset = frozenset[str]


@dataclass(frozen=True)
class Hindsight(Brief):
    """The year as it was planned and as it was.

    Attributes
    ----------
    believed, true : programmes of the same applications and effects: priorities, effects and costs differ.
    approved : the approved plan, in money.
    delivered : (A, P) share of a level that is delivered.
    """

    believed: Programme
    true: Programme
    approved: Approved
    delivered: Array
    solver: Solver

    @property
    def otherwise(self) -> Subset:
        """The parts that turned out otherwise than believed: to know any other part changes nothing."""
        same = {
            "weights": np.array_equal(self.believed.priority, self.true.priority)
            and np.array_equal(self.believed.weight, self.true.weight),
            "effects": np.array_equal(self.believed.effect, self.true.effect),
            "costs": np.array_equal(self.believed.cost, self.true.cost),
            "execution": bool((self.delivered == 1).all()),
        }
        return frozenset(part for part in PARTS if not same[part])

    def outcomes(self) -> dict[Subset, float]:
        """Return the outcome of knowing each subset of the parts."""
        solved = {known: self.outcome(known) for known in every_subset() if known <= self.otherwise}
        return {known: solved[known & self.otherwise] for known in every_subset()}

    def programme(self, known: Subset) -> Programme:
        """Return what is believed, with the parts that are known as they are."""
        made = self.believed
        if "weights" in known:
            made = replace(made, priority=self.true.priority, weight=self.true.weight)
        if "effects" in known:
            made = replace(made, effect=self.true.effect)
        if "costs" in known:
            made = replace(made, cost=self.true.cost)
        return made

    def bought(self, known: Subset) -> Array:
        """What a planned level buys with its money, as a share of it: (A, P); up to the largest level, see `there`."""
        if "costs" in known:
            return np.ones_like(self.delivered)
        believed, true = self.believed.level_cost, self.true.level_cost
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(true > 0, believed / true, np.inf).min(axis=1)
        return np.where(np.isfinite(share), share, 1.0)

    def kept(self, known: Subset) -> Array:
        """What is delivered of what is bought: (A, P)."""
        return np.ones_like(self.delivered) if "execution" in known else self.delivered

    def there(self, level: Array, known: Subset) -> Array:
        """What of planned levels (A, P) is there in the end: bought with their money, and delivered."""
        reached = np.minimum(np.cumsum(level * self.bought(known), axis=1), self.true.level_max[:, None])
        return np.asarray(np.diff(reached, axis=1, prepend=0.0) * self.kept(known))

    def worth(self, level: Array) -> float:
        """Value of levels (A, P) in truth."""
        p, c = self.true, Columns(self.true)
        x = np.zeros(c.number)
        x[: c.sizes["level"]] = c.in_order(level).ravel()
        delivered = np.array([c.delivered(x, q).ravel() for q in range(len(p.periods))])
        return worth_of(p, delivered, self.solver)

    def outcome(self, known: Subset) -> float:
        """What a planner gets who knows these parts: the best plan by belief, least moved, then the best in truth."""
        p = self.programme(known)
        nothing = np.zeros((len(p.applications), len(p.periods)))
        facts = Facts(nothing, np.zeros_like(p.cost), np.zeros((len(p.periods), p.gap.size)), p.effect, 0)
        planning = Replanning(p, facts, self.approved, None, self.solver)
        model, worth = planning.measured, padded(planning.value, planning.measured)
        move = planning.movement(planning.share)[0]
        model, truly = self._with_truth(model, planning.columns, known)
        stage = solve(replace(model, objective=padded(worth, model)), self.solver)
        stage = then(stage, -padded(move, stage.model), self.solver)
        stage = then(stage, padded(truly, stage.model), self.solver)
        return self.worth(self.there(planning.columns.levels(planning.tidy(stage.solution.x)), known))

    def _with_truth(self, model: Model, c: Columns, known: Subset) -> tuple[Model, Array]:
        """Add what is there and what it closes in truth, in columns of its own: the program, and the value in truth.

        sum_s there[a,s,p] <= kept bought sum_s x[a,s,p],  sum_{s,p} there[a,s,p] <= kept level_max,
        sum_p there[a,s,p] <= width[s];  closed in truth by what is there.
        """
        true, p, number = Columns(self.true), self.true, len(model.objective)
        rows = build(true)
        block, levels, size = rows.block("closing"), true.sizes["level"], true.sizes["closed"]
        at = slice(true.first["closed"], true.first["closed"] + size)
        labels = [f"there[{i}]" for i in range(levels)] + [f"true[{i}]" for i in range(size)]
        none = (np.empty(0, np.int64), np.empty(0))
        periods, segments, places = len(p.periods), len(p.segment_width), len(p.applications)
        ends = np.concatenate([np.tile(p.segment_end, periods), rows.column_upper[at]])
        model = with_columns(model, labels, [none] * len(labels), np.zeros(len(labels)), ends)
        segment, period = np.tile(np.arange(segments), periods), np.repeat(np.arange(periods), segments)
        application, kept = p.segment_application[segment], self.kept(known)
        every = np.arange(levels)

        def limited(model: Model, name: str, row: Index, column: Index, value: Array, most: Array) -> Model:
            order = np.argsort(row, kind="stable")
            low = np.full(len(most), -INF)
            return with_rows(model, name, row[order], column[order], value[order], low, most)

        row = application * periods + period
        share = -(kept * self.bought(known))[application, period]
        model = limited(
            model,
            "bought",
            np.concatenate([row, row]),
            np.concatenate([number + every, c.first["level"] + every]),
            np.concatenate([np.ones(levels), share]),
            np.zeros(places * periods),
        )
        model = limited(model, "most", application, number + every, np.ones(levels), kept.max(axis=1) * p.level_max)
        model = limited(model, "width", segment, number + every, np.ones(levels), p.segment_end)
        entries = slice(rows.start[block.start], rows.start[block.stop])
        column = rows.column[entries]
        made = with_rows(
            model,
            "truth",
            rows.row[entries] - block.start,
            np.where(column < levels, number + column, number + levels + column - true.first["closed"]),
            rows.value[entries],
            rows.row_lower[block],
            rows.row_upper[block],
        )
        return made, np.concatenate([np.zeros(number + levels), value(true)[at]])

    def least_money(self, values: Iterable[float], resource: int = 0) -> dict[float, float]:
        """Return the least of a resource with which hindsight gets each value; what all of it gets at most."""
        c = Columns(self.true)
        model = build(c)
        spend = least_spend(c, np.array([resource])) * float(self.true.budget[resource].sum())
        best = solve(replace(model, objective=value(c)), self.solver).value

        def least(wanted: float) -> float:
            made = with_row(model, "least", value(c), min(wanted, best) - 1e-12 * max(abs(best), 1e-300), INF)
            return -solve(replace(made, objective=spend), self.solver).value

        return {wanted: least(wanted) for wanted in dict.fromkeys(values)}


def every_subset() -> list[Subset]:
    """Return all subsets of the parts, the empty one first."""
    return [frozenset(one) for size in range(len(PARTS) + 1) for one in combinations(PARTS, size)]


def by_part(of: Callable[[Subset], float]) -> dict[str, float]:
    """Divide of(all) - of(none) among the parts, as `shapley` does.

    >>> shared = by_part(lambda known: float(len(known) == 4))
    >>> {part: round(share, 2) for part, share in shared.items()}
    {'weights': 0.25, 'effects': 0.25, 'costs': 0.25, 'execution': 0.25}
    """
    shares = shapley(len(PARTS), lambda known: of(frozenset(PARTS[i] for i in known)))
    return dict(zip(PARTS, shares.tolist(), strict=True))
