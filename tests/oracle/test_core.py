"""Whole units over the few columns that are open: the optimum is that of all, whatever is guessed."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from saidao.optimize import allocate
from saidao.optimize.model.model import INF, Model
from saidao.optimize.model.tighten import switched, tightened
from saidao.optimize.solve.proof.grow import prove_bound
from saidao.optimize.solve.solvers import highs
from saidao.optimize.solve.whole_units import core
from saidao.optimize.solve.whole_units.core import Priced, by_core, worth
from tests.conftest import first
from tests.oracle.test_tree import enumerated, many_projects, random_whole
from tests.published.knapsacks import read, whole_model


@pytest.fixture
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs of a few columns too; half of them open, and a first guess that is too narrow."""
    monkeypatch.setattr(core, "LEAST", 1)
    monkeypatch.setattr(core, "MOST", 1.0)
    monkeypatch.setattr(core, "OPEN", 1)


def gaps(seed: int) -> Model:
    """Four gaps and six measures of whole levels that deliver to them, some more than there is; two budgets."""
    rng = np.random.default_rng(seed)
    gap, effect = (
        np.round(rng.uniform(0.2, 1, 4), 2),
        np.round(rng.uniform(0, 0.9, (4, 6)), 2) * (rng.random((4, 6)) < 0.5),
    )
    cost = np.round(rng.uniform(0.5, 3, (2, 6)), 1)
    matrix = np.block([[-effect, np.eye(4)], [cost, np.zeros((2, 4))]])
    worth_of = np.concatenate([np.zeros(6), np.round(rng.uniform(0.1, 1, 4), 2)])
    upper = np.concatenate([np.zeros(4), np.round(0.4 * cost.sum(axis=1), 1)])
    ends = np.concatenate([rng.integers(1, 3, 6).astype(float), gap])
    return whole_model(worth_of, matrix, -INF, upper, ends, np.array([True] * 6 + [False] * 4))


@pytest.mark.parametrize("seed", first(10, 60))
def test_what_is_open_holds_the_optimum(seed: int, every_size: None) -> None:
    for model in (gaps(seed), random_whole(seed)):
        best = enumerated(model)
        known = Priced.of(tightened(model))
        found = None if known is None else by_core(known, highs)
        if found is not None:
            assert float(model.objective @ found.x) == pytest.approx(best, rel=1e-9, abs=1e-9)
        near = worth(model, best)
        assert float(model.objective @ highs(near).x) == pytest.approx(best, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_points_stay_where_no_unit_counts_more_than_it_can(seed: int) -> None:
    """Every whole point of a grid keeps the rows as they were just where it keeps them after."""
    model = gaps(seed)
    made = switched(model)
    assert (made.value != model.value).any() or seed
    assert (np.abs(made.value) <= np.abs(model.value)).all()
    levels = itertools.product(*(range(int(end) + 1) for end in model.column_upper[:6]))
    rng = np.random.default_rng(seed)
    for x in itertools.islice(levels, 200):
        point = np.concatenate([x, model.column_upper[6:] * rng.choice([0.0, 0.3, 0.7, 1.0], 4)])
        kept = [(one.activity(point) <= one.row_upper + 1e-12).all() for one in (model, made)]
        assert kept[0] == kept[1]


@pytest.mark.parametrize("seed", range(4))
def test_a_tree_of_what_counts_no_more_is_checked_on_the_model_as_it_is(seed: int) -> None:
    model = gaps(seed)
    found = highs(model)
    proof = prove_bound(model, found.x)
    assert proof.found is not None
    assert float(proof.found.bound) == pytest.approx(enumerated(model), rel=1e-9)


@pytest.mark.slow
def test_hundreds_of_projects_are_solved_over_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same optimum with and without, and Chu & Beasley's, whose hundred projects are too few to try."""
    programme = many_projects(300, 6)
    asked: list[int] = []

    def counted(model: Model) -> object:
        asked.append(int((model.column_upper > model.column_lower)[model.integer].sum()))
        return highs(model)

    quick = allocate(programme)
    known = Priced.of(quick.model)
    assert known is not None
    assert by_core(known, counted) is not None  # type: ignore[arg-type]
    assert max(asked) < 150
    monkeypatch.setattr(core, "LEAST", 10**9)
    assert quick.value == pytest.approx(allocate(programme).value, rel=1e-9)
    assert Priced.of(read("mknapcb1")[0].model()) is None


def test_where_no_guess_holds_nothing_is_said(every_size: None) -> None:
    model = gaps(1)
    none = replace(model, row_upper=np.where(model.row_upper > 0, -1.0, model.row_upper))
    assert Priced.of(none) is None
    assert worth(none, 1.0) is none
