"""Stages of an objective that go on from the basis before: the same optima as from nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from saidao.optimize import Allocation, allocate
from saidao.optimize.model.objectives import least_spend
from saidao.optimize.solve import lexicographic, solvers
from saidao.optimize.solve.allocate import sooner
from saidao.optimize.solve.lexicographic import InfeasibleProgramme
from tests.conftest import first
from tests.oracle.test_decomposition import random_programme


def planned(seed: int, monkeypatch: pytest.MonkeyPatch, small: int) -> tuple[Allocation | None, int]:
    """Plan, with programs of more than *small* columns solved from a basis; and count those that were."""
    asked: list[Any] = []
    once = solvers._once

    def counted(*args: Any, **options: Any) -> Any:
        asked.append(options.get("start"))
        return once(*args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(solvers, "SMALL", small)
        patched.setattr(solvers, "_once", counted)
        patched.setattr(lexicographic, "FEW_OPEN", -1.0)  # what is open is not solved by itself
        try:
            plan = allocate(random_programme(seed))
        except InfeasibleProgramme:
            plan = None
    return plan, sum(start is not None for start in asked)


@pytest.mark.parametrize("seed", first(15, of=200))
def test_stages_from_a_basis_are_as_good_as_from_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one, warm = planned(seed, monkeypatch, 0)
    other, cold = planned(seed, monkeypatch, 10**9)
    assert not cold
    if one is None or other is None:
        assert one is other
        return
    columns = one.columns
    assert warm >= 1 + bool(sooner(columns).any())
    assert not one.certificate.denies
    assert one.value == pytest.approx(other.value, rel=1e-9, abs=1e-9)
    for weight in (least_spend(columns), sooner(columns)):
        size = float(np.abs(weight).sum())
        assert weight @ one.optimum.x == pytest.approx(weight @ other.optimum.x, rel=1e-8, abs=1e-9 * size)
