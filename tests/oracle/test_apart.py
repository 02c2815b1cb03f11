"""Whole units whose shared budgets do not bind, part by part: against HiGHS over the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao.optimize.after.prices import of_amounts as prices
from saidao.optimize.model.model import INF, Block, Model, Role
from saidao.optimize.solve.lexicographic import at_best_ends
from saidao.optimize.solve.solvers import highs
from saidao.optimize.solve.whole_units import apart, core
from saidao.optimize.solve.whole_units.apart import by_parts
from saidao.optimize.solve.whole_units.core import Priced
from saidao.study.plan.worth import steps
from tests.conftest import first
from tests.published.knapsacks import whole_model


@pytest.fixture
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs of a few columns too, a part at a time."""
    monkeypatch.setattr(core, "LEAST", 1)
    monkeypatch.setattr(apart, "TOGETHER", 1)


def tracks(seed: int, slack: float) -> Model:
    """Three tracks of two gaps and five measures, and one where nothing is open; two budgets with so much *slack*."""
    rng = np.random.default_rng(seed)
    number, rows = 3, []
    columns = (number + 1) * 7
    for t in range(number):
        for gap in range(2):
            row = np.zeros(columns)
            row[7 * t : 7 * t + 5] = -np.round(rng.uniform(0.1, 0.6, 5), 2)
            row[7 * t + 5 + gap] = 1.0
            rows.append(row)
    cost = np.zeros((2, columns))
    cost[:, [7 * t + m for t in range(number + 1) for m in range(5)]] = rng.integers(1, 9, (2, (number + 1) * 5))
    worth = np.tile([0.0] * 5 + [1.0, 2.0], number + 1) - 0.01 * cost[0]
    whole = np.tile([True] * 5 + [False] * 2, number + 1)
    most = np.where(whole, 1.0, np.round(rng.uniform(0.3, 0.9, columns), 2))
    upper = np.concatenate([np.zeros(len(rows)), slack * cost.sum(axis=1)])
    model = whole_model(worth, np.vstack([*rows, cost]), -INF, upper, most, whole)
    return replace(model, blocks=(Block("closing", len(rows)), Block("budget", 2, Role(limit="amount"))))


@pytest.mark.parametrize("seed", first(6, 80))
def test_parts_together_are_the_whole_or_are_refused(seed: int, every_size: None) -> None:
    for slack in (1.0, 0.6, 0.3):
        model = tracks(seed, slack)
        known, best = Priced.of(model), highs(model)
        assert known is not None
        found = by_parts(model, known, highs)
        if found is not None:
            assert float(model.objective @ found.x) == pytest.approx(float(model.objective @ best.x), abs=1e-9)
            assert found.bound == pytest.approx(best.bound, abs=1e-7)
        else:
            assert slack < 1.0


def test_where_all_is_closed_no_row_keeps_it() -> None:
    model = tracks(0, 1.0)
    plain = replace(model, objective=np.tile([0.0] * 5 + [1.0, 2.0], 4))
    most = float(plain.objective @ plain.column_upper)
    held = at_best_ends(plain, most * (1 - 1e-9))
    assert held is not None
    assert (held.column_lower[plain.objective > 0] == plain.column_upper[plain.objective > 0]).all()
    assert len(held.row_lower) == len(plain.row_lower)
    assert at_best_ends(plain, most * 0.9) is None
    assert at_best_ends(plain, most * 1.1) is None


def test_what_can_go_is_told_as_far_as_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to close: more of no budget brings anything, and at least what is left over can go."""
    case = saidao.Case.from_frames(
        scores=pd.DataFrame({"a": [9.0]}, index=pd.Index(["t"], name="track")),
        factors=pd.DataFrame({"factor": ["a"], "worst": [0], "target": [10]}),
        resources=pd.DataFrame({"resource": ["funds"], "budget": [50.0]}),
        measures=pd.DataFrame({"measure": ["m", "n"], "scope": "track", "kind": "binary", "max_level": 1}),
        costs=pd.DataFrame({"measure": ["m", "n"], "resource": "funds", "cost": [20.0, 30.0]}),
        effects=pd.DataFrame({"measure": ["m", "n"], "track": "t", "factor": "a", "effect": [0.1, 0.2]}),
    )
    known = saidao.plan(case, weights="equal").resources[0]
    assert (known["next_known"], known["next_amount"]) == (True, None)
    assert (known["spare_known"], known["spare_amount"]) == (True, pytest.approx(30.0))
    assert known["spare_change"] == pytest.approx(-0.1)
    monkeypatch.setattr(prices, "PATIENCE", 0.0)
    plan = saidao.plan(case, weights="equal")
    late = plan.resources[0]
    assert (late["spare_known"], late["spare_amount"], late["spare_change"]) == (False, pytest.approx(30.0), None)
    assert "or more can go" in steps(plan, late, "en")
    assert "或更多" in steps(plan, late, "zh")
