"""Of equally good plans of whole units the one nearest to another plan: against all plans, in fractions.

Figures are few, so that most plans tie with others, and what is nearest is not what would be best without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from saidao.optimize import Allocation, Application, Programme, allocate
from saidao.optimize.model.objectives import Views
from saidao.optimize.model.programme import Array
from saidao.optimize.solve.lexicographic import InfeasibleProgramme
from tests.conftest import first

TRACKS, FACTORS, RESOURCES, MEASURES = 3, 2, 2, 7
SHARE = 0.375


def drawn(seed: int) -> Programme:
    """Draw binary measures of tracks, and one of the city, whose costs and effects are few."""
    rng = np.random.default_rng([138, seed])
    track = rng.integers(0, TRACKS, MEASURES)
    places = [Application(f"m{a}", "track", f"t{t}", "binary") for a, t in enumerate(track)]
    felt = [[int(t)] for t in track]
    if rng.random() < 0.5:
        places[0], felt[0] = Application("city", "city", "*", "binary"), list(range(TRACKS))
    entries = [
        (a, FACTORS * t + f, float(rng.choice([0.25, 0.5])))
        for a, tracks in enumerate(felt)
        for t in tracks
        for f in range(FACTORS)
        if f == a % FACTORS or rng.random() < 0.5
    ]
    segment, pair, effect = (np.array(part) for part in zip(*entries, strict=True))
    cost = rng.integers(0, 3, (MEASURES, RESOURCES, 1)).astype(float)
    cost[:, 0] = np.maximum(cost[:, 0], 1.0)
    return Programme(
        tracks=tuple(f"t{t}" for t in range(TRACKS)),
        factors=tuple(f"f{f}" for f in range(FACTORS)),
        resources=tuple(f"r{r}" for r in range(RESOURCES)),
        applications=tuple(places),
        gap=rng.choice([0.5, 1.0], (TRACKS, FACTORS)),
        priority=rng.integers(1, 3, (TRACKS, FACTORS)).astype(float),
        weight=np.full(FACTORS, 1 / FACTORS),
        level_min=np.zeros(MEASURES),
        level_max=np.ones(MEASURES),
        lag=np.zeros(MEASURES, dtype=np.int64),
        segment_application=np.arange(MEASURES),
        segment_width=np.ones(MEASURES),
        effect_segment=segment,
        effect_pair=pair,
        effect=effect,
        cost=cost,
        budget=np.ceil(rng.choice([0.3, 0.5]) * cost.sum(axis=0)),
        carry=np.zeros(RESOURCES),
    )


def rational(values: Array) -> list[Fraction]:
    return [Fraction(v) for v in np.asarray(values).ravel().tolist()]


class Counted:
    """What a plan of a programme is worth to each objective, the first that counts first; and what it moves."""

    def __init__(self, programme: Programme, views: Array) -> None:
        self.p, self.gap = programme, rational(programme.gap)
        self.priority, self.views = rational(programme.priority), [rational(view) for view in views]
        self.cost = [rational(programme.cost[:, r, 0]) for r in range(RESOURCES)]
        self.budget = rational(programme.budget)

    def spend(self, plan: tuple[int, ...]) -> list[Fraction]:
        return [sum((c * x for c, x in zip(cost, plan, strict=True)), Fraction(0)) for cost in self.cost]

    def plans(self) -> Iterator[tuple[int, ...]]:
        for plan in product((0, 1), repeat=MEASURES):
            if all(used <= whole for used, whole in zip(self.spend(plan), self.budget, strict=True)):
                yield plan

    def closed(self, plan: tuple[int, ...]) -> list[Fraction]:
        closed = [Fraction(0)] * len(self.gap)
        p = self.p
        for a, k, e in zip(p.effect_segment.tolist(), p.effect_pair.tolist(), p.effect.tolist(), strict=True):
            closed[k] += Fraction(e) * plan[a]
        return [min(one, gap) for one, gap in zip(closed, self.gap, strict=True)]

    def value(self, plan: tuple[int, ...], priority: list[Fraction] | None = None) -> Fraction:
        return sum((v * z for v, z in zip(priority or self.priority, self.closed(plan), strict=True)), Fraction(0))

    def shares(self, plan: tuple[int, ...]) -> list[Fraction]:
        z = self.closed(plan)
        tracks = [range(FACTORS * t, FACTORS * (t + 1)) for t in range(TRACKS)]
        return sorted(sum((z[k] for k in own), Fraction(0)) / sum(self.gap[k] for k in own) for own in tracks)

    def used(self, plan: tuple[int, ...]) -> list[Fraction]:
        spend = self.spend(plan)
        return [s / b if b else Fraction(0) for s, b in zip(spend, self.budget, strict=True)]

    def worth(self, objective: str, plan: tuple[int, ...], best: list[Fraction]) -> tuple[object, ...] | None:
        """Return what is compared, the larger the better; None where the objective allows no such plan."""
        value, used = self.value(plan), self.used(plan)
        seen = [self.value(plan, view) for view in self.views]
        if objective == "weighted":
            return value, -sum(used)
        if objective == "maxmin":
            return *self.shares(plan), value, -sum(used)
        if objective == "reach":
            whole = sum(v * g for v, g in zip(self.priority, self.gap, strict=True))
            return None if value < Fraction(SHARE) * whole else (-used[0], -used[1], value)
        if objective == "robust":
            return min(v / b for v, b in zip(seen, best, strict=True)), value, -sum(used)
        return min(v - b for v, b in zip(seen, best, strict=True)), value, -sum(used)

    def moved(self, plan: tuple[int, ...], near: tuple[int, ...]) -> Fraction:
        """Return the share of the budgets by which two plans differ."""
        differ = tuple(int(one != other) for one, other in zip(plan, near, strict=True))
        return sum(self.used(differ), Fraction(0))


def levels(plan: Allocation) -> tuple[int, ...]:
    level = plan.level.ravel()
    assert (level == np.round(level)).all()
    return tuple(int(v) for v in level)


@pytest.mark.parametrize("seed", first(6, 60))
@pytest.mark.parametrize("objective", ["weighted", "maxmin", "reach", "robust", "regret"])
def test_the_nearest_of_the_best_plans(objective: str, seed: int) -> None:
    programme = drawn(seed)
    rng = np.random.default_rng(seed)
    views = rng.integers(1, 4, (2, TRACKS * FACTORS)).astype(float)
    counted = Counted(programme, views)
    plans = list(counted.plans())
    best = [max(counted.value(plan, view) for plan in plans) for view in counted.views]
    given = Views(views, np.array([float(value) for value in best])) if objective in ("robust", "regret") else None
    other = allocate(replace(programme, priority=rng.integers(1, 9, (TRACKS, FACTORS)).astype(float)))

    worth = {plan: w for plan in plans if (w := counted.worth(objective, plan, best)) is not None}
    if not worth:
        with pytest.raises(InfeasibleProgramme):
            allocate(programme, objective=objective, share=SHARE, views=given, near=other)
        return
    top = max(worth.values())
    ties = [plan for plan, w in worth.items() if w == top]
    alone = levels(allocate(programme, objective=objective, share=SHARE, views=given))
    assert alone in ties
    found = levels(allocate(programme, objective=objective, share=SHARE, views=given, near=other))
    assert found in ties
    nearest = min(counted.moved(plan, levels(other)) for plan in ties)
    assert counted.moved(found, levels(other)) == nearest
