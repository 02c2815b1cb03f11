"""Plans under several schemes: what depends on the choice of weights, against plans made one by one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao import mcda
from saidao.questions.compare_plans import PlanComparison
from tests.oracle.random_cases import write_random_case


@pytest.fixture(scope="module")
def shanghai() -> PlanComparison:
    return saidao.compare_plans("shanghai", ["ahp", "entropy", "equal"])


def test_each_plan_is_the_best_of_its_scheme(shanghai: PlanComparison) -> None:
    name: Any
    for i, name in enumerate(shanghai.names):
        alone = saidao.plan("shanghai", weights=name)
        assert shanghai.shares[i, i] == pytest.approx(alone.closed_share, abs=1e-12)
        spend = [(p.solved.spend.sum(axis=(0, 2)) / shanghai.budgets).sum() for p in (alone, shanghai.plans[name])]
        assert spend[0] == pytest.approx(spend[1], abs=1e-9)


def test_regret_is_the_loss_as_another_scheme_values_the_plan(shanghai: PlanComparison) -> None:
    for i, one in enumerate(shanghai.plans.values()):
        for j, other in enumerate(shanghai.plans.values()):
            v, g = other.solved.programme.priority, other.solved.programme.gap
            expected = other.closed_share - float((v * one.solved.closed).sum() / (v * g).sum())
            assert shanghai.regret[i, j] == pytest.approx(expected, abs=1e-12)
    assert (shanghai.regret >= -1e-12).all()
    assert (shanghai.regret.diagonal() == 0).all()


def test_what_moves_is_what_one_plan_puts_where_the_other_does_not(shanghai: PlanComparison) -> None:
    used = shanghai.spend.sum(axis=1)
    for i in range(3):
        for j in range(3):
            # what comes less what goes is the change of the spend
            assert shanghai.moves[i, j] - shanghai.moves[j, i] == pytest.approx(used[j] - used[i], abs=1e-9)
    names, funded = shanghai.names, shanghai.to_frame("allocation").set_index(["measure", "target"]) > 1e-9
    both, either = (funded.all(axis=1), funded.any(axis=1))
    assert both.sum() <= either.sum()
    pair = funded[[names[0], names[1]]]
    assert shanghai.overlap[0, 1] == pytest.approx(pair.all(axis=1).sum() / pair.any(axis=1).sum())


def test_core_some_and_none_part_the_measures(shanghai: PlanComparison) -> None:
    parts = [shanghai.core, shanghai.some, shanghai.none]
    assert sum(map(len, parts)) == len(set().union(*parts)) == 42
    for name in shanghai.core:
        assert all(any(r["measure"] == name for r in plan.allocation) for plan in shanghai.plans.values())
    for name in shanghai.none:
        assert not any(any(r["measure"] == name for r in plan.allocation) for plan in shanghai.plans.values())


@pytest.mark.slow
def test_plans_differ_only_where_they_have_to() -> None:
    """The same weights under two names: nothing moves, though Shanghai's best plans are many."""
    weights = saidao.weigh("shanghai", "ahp")
    found = saidao.compare_plans("shanghai", ["ahp", weights])
    assert found.moves.max() == pytest.approx(0, abs=1e-9)
    assert found.widest is None
    assert "The plans are the same." in found.text()


def test_the_method_counts_only_through_the_stance() -> None:
    found = saidao.compare_plans("shanghai", "ahp", ["topsis", "vikor"], ["even", "leaders"])
    assert found.names == ["ahp/even", "ahp/leaders/topsis", "ahp/leaders/vikor"]
    methods: tuple[mcda.MethodName, ...] = ("topsis", "vikor")
    for i, method in enumerate(methods, 1):
        alone = saidao.plan("shanghai", method=method, stance="leaders")
        assert found.shares[i, i] == pytest.approx(alone.closed_share, abs=1e-12)


@pytest.mark.parametrize("kinds", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["levels", "whole units"])
@pytest.mark.parametrize("seed", range(4))
def test_random_cases(tmp_path: Path, seed: int, kinds: bool) -> None:
    write_random_case(tmp_path, seed, kinds=kinds, measures=5)
    try:
        found = saidao.compare_plans(str(tmp_path), ["equal", {f: i + 1 for i, f in enumerate(_factors(tmp_path))}])
    except saidao.Infeasible:
        return
    assert np.isfinite(found.regret).all()
    assert found.regret.min() > -1e-7
    json.loads(found.to_json())


def _factors(folder: Path) -> list[str]:
    return list(saidao.load_case(str(folder)).factor_ids)
