"""Ten thousand weight vectors on the Shanghai case: one warm tour against a loop that starts anew each time.

Run: make benchmark
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pulp
import pytest

import saidao
from benchmarks.conftest import Measured
from benchmarks.engines import through_pulp
from benchmarks.programmes import random_programme
from saidao.optimize import Allocation, allocate, highs
from saidao.optimize.after.engines import Engine, here, processes, threads
from saidao.optimize.after.many_priorities import Family, plans_under, proved

MANY = 10_000
FEW = 100
"""What the loops are timed on: every hundredth of the vectors."""

Array = Any


@lru_cache(maxsize=1)
def asked() -> tuple[Allocation, Array, Array]:
    """Return the plan in hand, and priorities and weights drawn uniformly."""
    plan = saidao.plan("shanghai").solved
    weights = np.random.default_rng(0).dirichlet(np.ones(len(plan.programme.factors)), MANY)
    return plan, np.repeat(weights[:, None], len(plan.programme.tracks), axis=1).reshape(MANY, -1), weights


def values(engine: Engine) -> tuple[Array, int]:
    plan, priorities, weights = asked()
    found, again = np.empty(MANY), 0
    for part in plans_under(plan, priorities, weights, engine):
        found[part.place] = part.value
        again += part.cold
    return found, again


def each(kind: str) -> Array:
    """Solve a few of the vectors one by one, each from its arrays."""
    plan, priorities, _ = asked()
    family = Family.of(plan.problem, plan)
    found = []
    for priority in priorities[:: MANY // FEW]:
        if kind == "pulp":
            p = replace(plan.programme, priority=priority.reshape(plan.programme.gap.shape))
            found.append(through_pulp(p, pulp.HiGHS(msg=False)))
        else:
            objective = family.objective(priority)
            stated = replace(family.model, objective=objective)
            x = highs(stated).x if kind == "nothing" else family.cold(objective)
            found.append(float(objective @ x))
    return np.array(found)


def by_processor(run: Callable[[], Any], seconds: list[float]) -> Callable[[], Any]:
    """Note the processor time of each call: what others do on the machine does not count."""

    def timed() -> Any:
        begun = time.process_time()
        found = run()
        seconds.append(time.process_time() - begun)
        return found

    return timed


@pytest.mark.parametrize(
    "way", ["many", "many by threads", "many by one", "many by pulp", "many from nothing", "many in three stages"]
)
def test_time(benchmark: Any, measured: Measured, way: str) -> None:
    benchmark.group = "10,000 weight vectors"
    expected = each("nothing")
    engines = {"many": processes(2), "many by threads": threads(2), "many by one": here}
    seconds: list[float] = []
    if way in engines:
        run = by_processor(partial(values, engines[way]), seconds)
        found, again = benchmark.pedantic(run, rounds=3, warmup_rounds=1)
        # every plan was proved; and the values are those of solves from nothing
        assert found[:: MANY // FEW] == pytest.approx(expected, abs=1e-8)
        measured["Shanghai", "solved again"] = again / MANY * 1000
        count = MANY
    else:
        kind = {"many by pulp": "pulp", "many from nothing": "nothing", "many in three stages": "stages"}[way]
        found = benchmark.pedantic(by_processor(partial(each, kind), seconds), rounds=3, warmup_rounds=1)
        if kind != "pulp":  # the loop in pulp leaves the case's rules out
            assert found == pytest.approx(expected, abs=1e-8)
        count = FEW
    measured["Shanghai", way] = benchmark.stats.stats.min / count * 1e3
    measured["Shanghai", f"{way}, processor"] = min(seconds) / count * 1e3


LARGE = "L scarce"
VECTORS = 4


@pytest.mark.large
def test_large(measured: Measured) -> None:
    """A few priorities of a program of 72,815 columns, one near to the other: by prices, and by HiGHS, both warm."""
    programme = random_programme(LARGE)
    plan = allocate(programme)
    weights = np.random.default_rng(0).dirichlet(np.full(len(programme.factors), 30.0), VECTORS)
    family = Family.of(plan.problem, plan)
    objectives = family.objective(np.repeat(weights[:, None], len(programme.tracks), axis=1).reshape(VECTORS, -1))
    found = {}
    for way, solve in (("many by prices", family._by_prices), ("many by HiGHS", family._by_highs)):
        seconds: list[float] = []
        by_processor(partial(solve, objectives[:1], weights[:1]), seconds)()
        points, duals = by_processor(partial(solve, objectives, weights), seconds)()
        assert proved(family.model, points, duals, (objectives, family.spend, family.nearness)).all()
        found[way] = (objectives * points).sum(axis=1)
        measured[LARGE, way] = (seconds[1] - seconds[0]) / (VECTORS - 1)  # the first starts from nothing
    assert found["many by prices"] == pytest.approx(found["many by HiGHS"], rel=1e-9)
