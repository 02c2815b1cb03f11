"""Places that duals alone tell how far they are from paying, against solving the whole again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao.optimize.after.prices.funding import least_rise
from saidao.optimize.model.model import reduced_costs
from tests.oracle.random_cases import write_random_case


def agrees(plan: saidao.Plan) -> int:
    """Compare every place that is told; how many there were."""
    if plan.model.is_mixed:
        return 0
    found = plan.prices
    by_dual = np.maximum(-reduced_costs(plan.model, found.duals), 0.0)
    nearest, of = found._nearest(plan.solved.level.sum(axis=1) == 0, by_dual)
    told = found._told_by_duals(nearest)
    for a, column in zip(of[told].tolist(), nearest[told].tolist(), strict=True):
        whole = least_rise(found.again, plan.solved.levels_of([a]), plan.solved.certificate.value)
        assert whole is not None
        assert by_dual[column] == pytest.approx(whole.rise, rel=1e-7, abs=1e-9), a
    return int(told.sum())


@pytest.mark.slow
def test_shanghai_s_places() -> None:
    assert agrees(saidao.plan("shanghai", stance="even")) > 100


def test_all_places_where_money_is_no_limit() -> None:
    plan = saidao.plan("shanghai", budgets={"funds": 1e5, "land": 1e5, "talent": 1e5, "scenarios": 1e5})
    assert agrees(plan) == (plan.solved.level.sum(axis=1) == 0).sum()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_random_places(seed: int, tmp_path: Path) -> None:
    write_random_case(
        tmp_path,
        seed,
        tracks=3 + seed % 4,
        measures=8,
        relations=seed % 3 == 0,
        periods=(0, 2, 3)[seed % 3],
        segments=seed % 2 > 0,
    )
    for objective in ("weighted", "maxmin"):
        try:
            agrees(saidao.plan(tmp_path, objective=objective))
        except saidao.Infeasible:
            continue
