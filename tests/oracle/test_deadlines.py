"""A deadline is heard while programs run: by HiGHS going on from a basis, and by compiled trees of whole units."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.programmes import random_programme
from saidao.optimize import Columns, allocate, build, highs
from saidao.optimize.after import many_priorities
from saidao.optimize.after.many_priorities import Family
from saidao.optimize.after.prices.reoptimisation import Again
from saidao.optimize.deadline import OutOfTime, done_within
from saidao.optimize.model.model import Model
from saidao.optimize.solve import highs_input
from saidao.optimize.solve.proof import compiled_tree
from saidao.optimize.solve.proof.boxes import Boxes
from saidao.optimize.solve.proof.compiled_tree import TRIED
from saidao.optimize.solve.proof.tree import Tree
from saidao.optimize.solve.whole_units import patterns
from saidao.optimize.solve.whole_units.patterns import blocks_of


@pytest.fixture(scope="module")
def model() -> Model:
    return build(Columns(random_programme("S")))


def test_a_program_that_goes_on_from_a_basis_hears_it(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    again = Again(model, highs)
    with done_within(60.0):
        best = again(objective=model.objective)
    with monkeypatch.context() as late:
        late.setattr(highs_input, "time_left", lambda: 0.0)  # over as soon as it runs
        with pytest.raises(OutOfTime):
            again(objective=model.objective[::-1].copy())
    assert again(objective=model.objective).x == pytest.approx(best.x)  # the deadline is gone


def test_many_weights_hear_it(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = allocate(random_programme("S"))
    family = Family.of(plan.problem, plan)
    monkeypatch.setattr(highs_input, "time_left", lambda: 0.0)
    with pytest.raises(OutOfTime):
        family.warm(family.objective(plan.programme.priority.reshape(1, -1)), np.ones((1, 1)))


def test_a_compiled_tree_takes_no_more_nodes_than_there_is_time_for(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def grown(boxes: Boxes, x: np.ndarray, target: float, most: int) -> Tree | None:
        asked.append(most)
        return None

    monkeypatch.setattr(compiled_tree, "_grown", grown)
    boxes, point = Boxes(model), np.zeros(len(model.objective))
    for name in ("ROWS", "COLUMNS"):
        monkeypatch.setattr(compiled_tree, name, 10**9)
    assert compiled_tree.compiled_tree(boxes, point, 0.0, 10**6) is None
    assert asked == [10**6]
    clock = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))  # a second for TRIED nodes
    monkeypatch.setattr(compiled_tree, "time_left", lambda: 10.0)
    assert compiled_tree.compiled_tree(boxes, point, 0.0, 10**6) is None
    assert asked[1:] == [TRIED, 8 * TRIED]


def test_a_tree_of_whole_units_hears_it_within_a_program(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS is given what is left of the time: it does not end a program for which there is none."""
    boxes = Boxes(model)
    with done_within(60.0):
        duals, _, _ = boxes.solve(boxes.low, boxes.high)
    assert duals is not None
    monkeypatch.setattr(highs_input, "time_left", lambda: 0.0)
    with pytest.raises(OutOfTime):
        boxes.solve(boxes.low, boxes.high / 2)


def test_prices_of_patterns_end_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = random_programme("S")
    made = build(Columns(replace(whole, applications=tuple(replace(a, kind="binary") for a in whole.applications))))
    blocks = blocks_of(made)
    assert blocks is not None
    price = np.zeros(len(blocks.parts.shared))
    best = blocks.converged(price)
    assert best is not None
    blocks.end = time.monotonic() - 1.0
    assert blocks.bounded(price, 0.0).bound == np.inf  # a look at the clock between blocks
    assert blocks.converged(price) is None
    blocks.end = float("inf")
    rounds: list[int] = []

    def solved(master: patterns._Master) -> tuple[float, np.ndarray] | None:
        rounds.append(1)
        master.blocks.end = float("inf") if len(rounds) < 3 else time.monotonic() - 1.0
        return ask(master)

    ask = patterns._Master.solved
    monkeypatch.setattr(patterns._Master, "solved", solved)
    stopped = blocks.converged(price)
    assert len(rounds) == 3
    assert stopped is not None
    assert stopped.bound >= best.bound * (1 - 1e-9)  # a bound all the same, of fewer prices


def test_many_weights_end_between_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the compiled simplex solves a whole cell at a time."""
    plan = allocate(random_programme("S"))
    p = plan.programme
    weights = np.random.default_rng(0).dirichlet(np.ones(len(p.factors)), 20)
    priorities = np.tile(p.priority.reshape(1, -1), (20, 1))
    monkeypatch.setattr(many_priorities, "CHUNK", 10)
    assert sum(len(part.place) for part in many_priorities.plans_under(plan, priorities, weights)) == 20
    parts = many_priorities.plans_under(plan, priorities, weights)
    first = next(parts)
    with done_within(-1.0), pytest.raises(OutOfTime):
        next(parts)
    assert 0 < len(first.place) < 20
