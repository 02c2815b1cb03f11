"""Leximin in few programs: tracks held together as they are one after the other; and by prices, as by HiGHS."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from saidao.optimize import Allocation, allocate
from saidao.optimize.model.objectives import least_spend, track_shares
from saidao.optimize.model.programme import Array, Programme
from saidao.optimize.solve import lexicographic, problem, solvers
from saidao.optimize.solve.decomposition import price_search, split
from saidao.optimize.solve.levelling import Tangent, levelled
from saidao.optimize.solve.lexicographic import InfeasibleProgramme, most_of
from tests.conftest import first
from tests.oracle.test_decomposition import random_programme


def shares(programme: Programme) -> tuple[Array, Array, float]:
    """Closed share of each track in the leximin plan, what it can be at most, and the plan's value."""
    plan = allocate(programme, objective="maxmin")
    rows = track_shares(plan.columns)[1]
    return rows.at(plan.optimum.x), most_of(plan.problem.model, rows), plan.value


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


def told(plan: Allocation) -> tuple[Array, float, float]:
    """Shares of the tracks, the least first, value and spend."""
    x = plan.optimum.x[: plan.columns.number]
    return np.sort(track_shares(plan.columns)[1].at(x)), plan.value, float(least_spend(plan.columns) @ x)


@pytest.mark.parametrize("seed", first(4, 150))
def test_by_prices_as_by_highs(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full of ties, with floors, caps, periods, parts, prerequisites and measures of the city; tiny samples."""
    programme = random_programme(seed)
    for of, name, value in (
        (solvers, "LARGE", 0),
        (price_search, "SAMPLE", (4, 4)),
        (price_search, "ACTIVE", (6, 6)),
        (split, "WIDE", 0.2),
    ):
        monkeypatch.setattr(of, name, value)
    found: list[object] = []

    def watched(*asked: Any) -> object:
        found.append(levelled(*asked))
        return found[-1]

    monkeypatch.setattr(problem, "levelled", watched)
    try:
        ours = told(allocate(programme, objective="maxmin"))
    except InfeasibleProgramme:
        ours = None
    monkeypatch.setattr(solvers, "LARGE", 10**9)
    if ours is None:
        with pytest.raises(InfeasibleProgramme):
            allocate(programme, objective="maxmin")
        return
    theirs = told(allocate(programme, objective="maxmin"))
    assert found[0] is not None
    assert ours[0] == pytest.approx(theirs[0], abs=1e-8)
    assert ours[1:] == pytest.approx(theirs[1:], rel=1e-7, abs=1e-7)


def test_a_level_is_where_the_tangent_leaves_nothing_short() -> None:
    """Against all levels tried one by one: it falls short above the root, and does not below."""
    rng = np.random.default_rng(0)
    for _ in range(50):
        count, top = 6, 1.2
        most = rng.choice([0.2, 0.5, 0.5, 0.9, np.inf], count)
        free, slope = rng.random(count) < 0.8, rng.choice([0.0, 0.25, 1.0], count)
        free[0], slope[0], most[0] = True, 1.0, 0.9
        levels = np.minimum(most, top)
        short = float(rng.uniform(0.0, 0.9))
        tangent = Tangent(levels, short, slope)
        root = tangent.root(most, free, top)
        for level in np.linspace(0.0, top, 97):
            left = short + float((slope * (np.minimum(most, level) - levels))[free].sum())
            assert left <= 1e-12 if level <= root else left > -1e-12
