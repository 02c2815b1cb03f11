"""Programmes of several periods: both stages as saidao solves them, beside HiGHS alone with the same options.

Run: OPENBLAS_NUM_THREADS=1 python -m benchmarks.periods [TRACKS ...]; processor seconds. A track has some 73 columns
over three periods, 123 over five. Budgets are a share of what all measures take; unspent money is lost or carried over.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from benchmarks.programmes import INSTANCES, random_programme
from saidao.optimize import Application, Columns, Programme, build
from saidao.optimize.model.model import Model
from saidao.optimize.model.objectives import least_spend
from saidao.optimize.model.programme import Array, Requirement, Rule
from saidao.optimize.solve import solvers
from saidao.optimize.solve.decomposition.decompose import decomposed
from saidao.optimize.solve.lexicographic import Stage, solve, then

TRACKS = (150, 500)
KINDS = 8
"""Types of tracks."""


def over_periods(tracks: int, scarcity: float, periods: int, carry: float) -> Programme:
    """Draw the programme of `random_programme` for some tracks, with the same costs in every period."""
    name = f"{tracks} tracks"
    INSTANCES[name] = (tracks, 6, 200, 0.1, scarcity)
    drawn = random_programme(name)
    cost = np.repeat(drawn.cost, periods, axis=2)
    budget = np.repeat(drawn.budget / periods, periods, axis=1)
    return replace(drawn, cost=cost, budget=budget, carry=np.full(4, carry), periods=tuple(map(str, range(periods))))


def with_wide(programme: Programme, cities: int, types: int, seed: int = 1) -> Programme:
    """Add measures of the city and of each type of track, which two factors of all their tracks feel."""
    p, rng = programme, np.random.default_rng(seed)
    tracks, count, (_, resources, periods) = len(p.tracks), len(p.applications), p.cost.shape
    unit = p.cost[:, :, 0].mean(axis=0)
    places, segments, pairs, effects, costs = list(p.applications), [], [], [], []
    for c in range(cities + types * KINDS):
        kind = (c - cities) % KINDS
        of = np.arange(tracks) if c < cities else np.arange(kind, tracks, KINDS)
        places.append(Application(f"w{c}", "city", "*") if c < cities else Application(f"w{c}", "type", f"k{kind}"))
        for factor in rng.choice(6, 2, replace=False):
            segments.append(np.full(len(of), count + c))
            pairs.append(of * 6 + factor)
            effects.append(rng.uniform(0.02, 0.2, len(of)))
        costs.append(unit * len(of) * rng.uniform(0.1, 0.6, resources))
    more = np.repeat(np.reshape(costs, (-1, resources, 1)), periods, axis=2)
    every = np.arange(len(places))
    return replace(
        p,
        applications=tuple(places),
        level_min=np.zeros(len(places)),
        level_max=np.ones(len(places)),
        lag=np.zeros(len(places), dtype=np.int64),
        segment_application=every,
        segment_width=np.ones(len(places)),
        effect_segment=np.concatenate([p.effect_segment, *segments]),
        effect_pair=np.concatenate([p.effect_pair, *pairs]),
        effect=np.concatenate([p.effect, *effects]),
        cost=np.concatenate([p.cost, more]),
    )


def with_rules(programme: Programme, rules: int = 4, seed: int = 1) -> Programme:
    """Add floors and caps of the first resource for groups of a tenth of the places, and prerequisites."""
    p, rng = programme, np.random.default_rng(seed)
    whole, count = float(p.budget[0].sum()), len(p.applications)
    groups = [np.flatnonzero(rng.random(count) < 0.1) for _ in range(2 * rules)]
    floors = [Rule(f"floor {i}", "floor", 0, group, 0.12 * whole) for i, group in enumerate(groups[:rules])]
    caps = [Rule(f"cap {i}", "cap", 0, group, 0.08 * whole) for i, group in enumerate(groups[rules:])]
    by_track: dict[str, list[int]] = {}
    for a, place in enumerate(p.applications):
        by_track.setdefault(place.target, []).append(a)
    pairs = [own[:2] for own in by_track.values() if len(own) > 1]
    needs = tuple(Requirement("needs", a, (b,), 1.0) for a, b in pairs[::3])
    return replace(p, rules=(*floors, *caps), requires=needs)


def programmes(tracks: int) -> Iterator[tuple[str, Programme]]:
    """Yield programmes of some tracks, with what tells them apart."""
    for periods, some in ((3, tracks), (5, tracks * 3 // 5)):
        for scarcity in (0.03, 0.2, 0.6):
            for carry in (0.0, 1.0):
                plain = over_periods(some, scarcity, periods, carry)
                name = f"{periods} periods, budgets {scarcity}, {'carried' if carry else 'lost'}"
                yield name, plain
                if periods == 3 and carry:
                    yield f"{name}, discounted", replace(plain, discount=0.95)
                    yield f"{name}, one of the city", with_wide(plain, 1, 0)
                    yield f"{name}, three of types", with_wide(plain, 0, 3)
                    yield f"{name}, floors, caps, prerequisites", with_rules(plain)


def seconds(of: Callable[[], Stage]) -> tuple[float, Stage]:
    """Processor seconds of a call, and what it gives."""
    begun = time.process_time()
    found = of()
    return time.process_time() - begun, found


def stages(model: Model, spend: Array, columns: float) -> tuple[float, float, Stage, Stage]:
    """Seconds of the first stage and of the second, and both; by prices from so many columns on."""
    large, solvers.LARGE = solvers.LARGE, columns  # type: ignore[assignment]
    try:
        one, first = seconds(lambda: solve(model, solvers.highs))
        two, last = seconds(lambda: then(first, spend, solvers.highs))
    finally:
        solvers.LARGE = large
    return one, two, first, last


def main() -> None:
    """Print a line a programme."""
    decomposed(build(Columns(over_periods(100, 0.1, 3, 1.0))))  # compiles
    for tracks in map(int, sys.argv[1:] or TRACKS):
        for name, programme in programmes(tracks):
            c = Columns(programme)
            model, spend = build(c), least_spend(c)
            ours = stages(replace(model, value=model.value.copy()), spend, solvers.LARGE)
            theirs = stages(replace(model, value=model.value.copy()), spend, float("inf"))
            for mine, other in zip(ours[2:], theirs[2:], strict=True):
                assert abs(mine.value - other.value) <= 1e-8 * other.size, name
            print(
                f"{len(model.objective):8,} {name:58}"
                f" first {ours[0]:6.2f} {theirs[0]:6.2f}  second {ours[1]:6.2f} {theirs[1]:6.2f}"
                f"  HiGHS / saidao {sum(theirs[:2]) / sum(ours[:2]):5.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
