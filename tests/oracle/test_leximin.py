"""Leximin in few programs: tracks that their measures limit are held together, as they are one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from saidao.optimize import allocate
from saidao.optimize.model.objectives import track_shares
from saidao.optimize.model.programme import Array, Programme
from saidao.optimize.solve import lexicographic
from saidao.optimize.solve.lexicographic import InfeasibleProgramme, most_of
from tests.conftest import first
from tests.oracle.test_decomposition import random_programme


def shares(programme: Programme) -> tuple[Array, Array, float]:
    """Closed share of each track in the leximin plan, what it can be at most, and the plan's value."""
    plan = allocate(programme, objective="maxmin")
    rows = track_shares(plan.columns)[1]
    return rows @ plan.optimum.x[: plan.columns.number], most_of(plan.problem.model, rows), plan.value


@pytest.mark.parametrize("seed", first(8, 80))
def test_together_as_one_after_the_other(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = random_programme(seed)
    if not programme.gap.any():
        pytest.skip("no gap is open")
    try:
        ours, most, value = shares(programme)
    except InfeasibleProgramme:
        return
    assert (ours <= most + 1e-9).all()
    monkeypatch.setattr(lexicographic, "most_of", lambda model, rows: np.full(len(rows), np.inf))
    theirs, _, worth = shares(programme)
    assert np.sort(ours) == pytest.approx(np.sort(theirs), abs=1e-8)
    assert value == pytest.approx(worth, rel=1e-8)


def test_few_programs_are_solved_where_budgets_are_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = next(p for p in map(random_programme, range(100)) if len(p.tracks) > 25 and (p.budget > 50).all())
    solved, solve = [], lexicographic.solve

    def counted(*asked: object) -> object:
        solved.append(1)
        return solve(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(lexicographic, "solve", counted)
    found, _, _ = shares(programme)
    assert len(np.unique(np.round(found, 9))) > 1
    assert len(solved) < len(found) / 2
