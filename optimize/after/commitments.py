"""What is bound: the program that is left where a plan is under way.

Of each level x a part k can no longer be undone. The program chooses y = x - k >= 0: from budgets and rules what is
bound is taken off, segments go on where k ends, and gaps count what is delivered already (`Programme.given`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..brief import Brief
from ..model.columns import Columns
from ..model.programme import Array, Programme, Rule, sums

ROUNDED = 1e-9
"""Share of a budget or an amount by which it may be overdrawn by rounding."""
NOTHING = 1e-12
"""Share of an amount up to which nothing is left of it."""


@dataclass(frozen=True)
class Facts(Brief):
    """How far a plan is.

    Attributes
    ----------
    committed : (A, P) level that cannot be undone.
    spent : (A, R, P) money gone or bound for it, in each resource's unit.
    given : (P, T * F) gap units that it closes by the end of each period.
    effect : (E,) what a unit beyond it closes, in place of `Programme.effect`.
    start : the first period that is still open; those before it are facts.
    """

    committed: Array
    spent: Array
    given: Array
    effect: Array
    start: int = 0


class Overcommitted(Exception):
    """More is bound than a limit allows: `amount`, where the budget of `resource` in `period` or `rule` is `limit`."""

    def __init__(
        self, resource: int | None, period: int | None, rule: Rule | None, amount: float, limit: float
    ) -> None:
        self.resource, self.period, self.rule, self.amount, self.limit = resource, period, rule, amount, limit
        super().__init__(f"{amount:g} is bound, the limit is {limit:g}")


def delivered(programme: Programme, level: Array, only: int | None = None) -> Array:
    """Gap units that levels (A, P) close by the end of each period, were gaps without end, by effect: (P, E).

    Of the levels of all periods, or of one *only*. What lies beyond the largest level works as its last part does.
    """
    p = programme
    beyond = np.maximum(level.sum(axis=1) - p.level_max, 0.0)
    width = p.segment_width.copy()
    for a in np.flatnonzero(beyond).tolist():
        if len(p.segments_of[a]):
            width[p.segments_of[a][-1]] += beyond[a]
    columns = Columns(replace(p, segment_width=width))
    levels = columns.in_order(level).ravel()
    periods = range(len(p.periods))
    return np.array([columns.flows(levels, q, only) for q in periods], dtype=float)


def remaining(programme: Programme, facts: Facts) -> Programme:
    """Return the program of what is left to choose.

    Raises
    ------
    Overcommitted
        More is bound than a budget or a cap allows, whatever is chosen.
    """
    p = programme
    used = Columns(p).in_order(facts.committed).sum(axis=0)
    felt = facts.effect > 0
    return replace(
        p,
        segment_width=np.maximum(_left(p.segment_width, used), 0.0),
        level_max=np.maximum(_left(p.level_max, facts.committed.sum(axis=1)), 0.0),
        effect_segment=p.effect_segment[felt],
        effect_pair=p.effect_pair[felt],
        effect=facts.effect[felt],
        budget=_budget_left(p, facts.spent),
        rules=tuple(_rule_left(p, rule, facts.spent) for rule in p.rules),
        bound=facts.committed,
        given=facts.given,
        start=facts.start,
    )


def _left(whole: Array, bound: Array) -> Array:
    """Return what is left of amounts; what is rounding is nothing, as it would set the size of what it pays for."""
    left = whole - bound
    return np.where(np.abs(left) <= NOTHING * np.abs(whole), 0.0, left)


def _budget_left(p: Programme, spent: Array) -> Array:
    """Return what is left of every budget: (R, P); less than nothing where what may still come in pays for it."""
    bound = spent.sum(axis=0)
    earns = (p.cost < 0).any(axis=(0, 2))
    left = _left(p.budget, bound)
    carried = np.zeros(len(p.resources))
    for q in range(len(p.periods)):
        at_hand = p.budget[:, q] + carried
        for r in np.flatnonzero((bound[:, q] > at_hand) & ~earns):
            if bound[r, q] > at_hand[r] * (1 + ROUNDED):
                raise Overcommitted(int(r), q, None, float(bound[r, q]), float(at_hand[r]))
            left[r, q] += bound[r, q] - at_hand[r]
        carried = p.carry * np.maximum(at_hand - bound[:, q], 0.0)
    return left


def _rule_left(p: Programme, rule: Rule, spent: Array) -> Rule:
    if rule.of is None:
        return rule
    periods = slice(None) if rule.period is None else slice(rule.period, rule.period + 1)
    bound = float(spent[rule.members, rule.of, periods].sum())
    left = float(_left(np.array(rule.amount), np.array(bound)))
    if rule.kind == "cap" and not (p.cost[rule.members, rule.of] < 0).any():
        if bound > rule.amount * (1 + ROUNDED):
            raise Overcommitted(rule.of, rule.period, rule, bound, rule.amount)
        left = max(left, 0.0)
    return replace(rule, amount=left)


def by_pair(programme: Programme, effects: Array) -> Array:
    """Sum what each effect delivers by pair: (P, E) to (P, T * F)."""
    return np.array([sums(programme.effect_pair, row, programme.gap.size) for row in effects])
