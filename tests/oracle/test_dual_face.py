"""What measures are short of paying over all optimal duals, against solving the whole again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao.optimize import Prices
from saidao.optimize.after.prices.funding import least_rise
from saidao.optimize.model.model import reduced_costs
from tests.oracle.random_cases import write_random_case


def agrees(found: Prices) -> int:
    """Compare all unfunded places: how many there were."""
    plan, seen = found.plan, 0
    unfunded = np.flatnonzero(plan.level.sum(axis=1) == 0).tolist()
    asked = [columns for a in unfunded if len(columns := plan.levels_of([a]))]
    reduced = reduced_costs(plan.model, found.duals)
    nearest = np.array([int(columns[reduced[columns].argmax()]) for columns in asked])
    for columns, apart in zip(asked, found._face.rises(asked, nearest), strict=True):
        whole = least_rise(found.again, columns, plan.certificate.value)
        if apart is None:
            assert len(columns) > 1
            continue
        assert apart == pytest.approx(np.inf if whole is None else whole.rise, rel=1e-7, abs=1e-9), columns
        seen += 1
    return seen


def test_shanghai_s_places() -> None:
    assert agrees(saidao.plan("shanghai", stance="even").prices) > 150


@pytest.mark.parametrize("objective", ["maxmin", "robust", "regret", "reach=0.4"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_places_of_other_objectives(seed: int, objective: str, tmp_path: Path) -> None:
    """Rows of shares and of views join tracks, too; budgets may stand at a kink."""
    write_random_case(tmp_path, seed, tracks=5, measures=8, periods=(0, 2)[seed % 2])
    assert agrees(saidao.plan(tmp_path, objective=objective).prices) > 3


@pytest.mark.parametrize("seed", [2, 4, 7, 8, 11, 16, 17, 22, 23])
def test_random_places(seed: int, tmp_path: Path) -> None:
    """With relations, periods and segments by turns."""
    write_random_case(
        tmp_path,
        seed,
        tracks=5,
        measures=8,
        relations=seed % 3 == 0,
        periods=(0, 2, 3)[seed % 3],
        segments=seed % 2 > 0,
    )
    assert agrees(saidao.plan(tmp_path).prices) > 5
