"""Ten thousand weight vectors on the Shanghai case: one warm tour against a loop that starts anew each time.

Run: make benchmark
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pulp
import pytest

import saidao
from benchmarks.conftest import Measured
from benchmarks.engines import through_pulp
from saidao.optimize import Allocation, highs
from saidao.optimize.after.engines import Engine, here, processes, threads
from saidao.optimize.after.many import Family, plans_under

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


@pytest.mark.parametrize(
    "way", ["many", "many by threads", "many by one", "many by pulp", "many from nothing", "many in three stages"]
)
def test_time(benchmark: Any, measured: Measured, way: str) -> None:
    benchmark.group = "10,000 weight vectors"
    expected = each("nothing")
    engines = {"many": processes(2), "many by threads": threads(2), "many by one": here}
    if way in engines:
        run = partial(values, engines[way])
        found, again = benchmark.pedantic(run, rounds=3, warmup_rounds=1)
        # every plan was proved; and the values are those of solves from nothing
        assert found[:: MANY // FEW] == pytest.approx(expected, abs=1e-8)
        measured["Shanghai", "solved again"] = again / MANY * 1000
        count = MANY
    else:
        kind = {"many by pulp": "pulp", "many from nothing": "nothing", "many in three stages": "stages"}[way]
        found = benchmark.pedantic(each, (kind,), rounds=3, warmup_rounds=1)
        if kind != "pulp":  # the loop in pulp leaves the case's rules out
            assert found == pytest.approx(expected, abs=1e-8)
        count = FEW
    measured["Shanghai", way] = benchmark.stats.stats.min / count * 1e3
