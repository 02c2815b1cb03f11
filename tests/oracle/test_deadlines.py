"""A deadline is heard while programs run: by HiGHS going on from a basis, and by compiled trees of whole units."""

from __future__ import annotations

import time

import numpy as np
import pytest

from benchmarks.programmes import random_programme
from saidao.optimize import Columns, allocate, build, highs
from saidao.optimize.after.many import Family
from saidao.optimize.after.prices.again import Again
from saidao.optimize.deadline import OutOfTime, done_within
from saidao.optimize.model.model import Model
from saidao.optimize.solve import passing
from saidao.optimize.solve.proof import compiled_tree
from saidao.optimize.solve.proof.boxes import Boxes
from saidao.optimize.solve.proof.compiled_tree import TRIED
from saidao.optimize.solve.proof.tree import Tree


@pytest.fixture(scope="module")
def model() -> Model:
    return build(Columns(random_programme("S")))


def test_a_program_that_goes_on_from_a_basis_hears_it(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    again = Again(model, highs)
    with done_within(60.0):
        best = again(objective=model.objective)
    with monkeypatch.context() as late:
        late.setattr(passing, "time_left", lambda: 0.0)  # over as soon as it runs
        with pytest.raises(OutOfTime):
            again(objective=model.objective[::-1].copy())
    assert again(objective=model.objective).x == pytest.approx(best.x)  # the deadline is gone


def test_many_weights_hear_it(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = allocate(random_programme("S"))
    family = Family.of(plan.problem, plan)
    monkeypatch.setattr(passing, "time_left", lambda: 0.0)
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
