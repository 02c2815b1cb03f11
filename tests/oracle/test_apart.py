"""What measures are short of paying, found within their own part of the program, against solving the whole again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao.optimize import Prices, allocate
from saidao.optimize.after.apart import Parts, ties
from saidao.optimize.after.funding import least_rise
from tests.oracle.random_cases import write_random_case


def agrees(found: Prices) -> int:
    """Compare all unfunded places: how many there were, none where prices of budgets are not the same on both sides."""
    plan, seen = found.plan, 0
    if not found._tied.any():
        return 0
    for a in np.flatnonzero(plan.level.sum(axis=1) == 0).tolist():
        columns = plan.levels_of([a])
        if not len(columns):
            continue
        apart, whole = found._apart(columns), least_rise(found.again, columns, plan.certificate.value)
        assert apart is not None
        assert apart == pytest.approx(np.inf if whole is None else whole.rise, rel=1e-7, abs=1e-9), a
        seen += 1
    return seen


def test_shanghai_s_places() -> None:
    assert agrees(saidao.plan("shanghai", stance="even").prices) > 150


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


def test_a_part_is_a_track_where_measures_serve_one() -> None:
    plan = allocate(saidao.plan("shanghai").problem.programme)
    model, c = plan.model, plan.columns
    parts = Parts(model, plan.optimum, ties(model), np.zeros(c.number, dtype=bool))
    for a, application in enumerate(plan.programme.applications):
        if application.scope != "track":
            continue
        rows, columns = parts.part_of(plan.levels_of([a]))
        assert not ties(model)[rows].any()
        inside = set(columns.tolist())
        assert set(plan.levels_of([a]).tolist()) <= inside
        # nothing outside shares a row with it
        touched = np.isin(model.row, rows)
        assert set(model.column[touched].tolist()) <= inside
    assert c.number == len(model.objective)
