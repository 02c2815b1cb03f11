"""Whether the optimum of whole units stays as a limit moves: against solving again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from saidao.optimize.after.prices.sliver import Slivers
from saidao.optimize.solve.solvers import highs
from tests.published.knapsacks import read


@pytest.mark.parametrize("number", range(5))
def test_what_stays_stays(number: int) -> None:
    """Petersen's: each budget moved by its fiftieths, up and down; what is said to stay does, when solved again."""
    model = read("mknap1")[number].model()
    x = highs(model).x
    value = float(model.objective @ x)
    told = 0
    for row in range(len(model.row_upper)):
        for share in (-0.3, -0.02, 0.02, 0.3):
            upper = model.row_upper.copy()
            upper[row] *= 1 + share
            moved = replace(model, row_upper=upper)
            if Slivers(model, x).stays(moved, value + 1e-7):
                told += 1
                assert float(moved.objective @ highs(moved).x) == pytest.approx(value, abs=1e-6)
    assert told >= 10


def test_a_better_plan_beyond_a_limit_is_not_denied() -> None:
    """Two of Petersen's first have more value where a budget allows it."""
    model = read("mknap1")[0].model()
    x = highs(model).x
    value = float(model.objective @ x)
    wider = replace(model, row_upper=model.row_upper * 2)
    assert float(wider.objective @ highs(wider).x) > value
    assert not Slivers(model, x).stays(wider, value + 1e-7)
    none = replace(model, row_upper=np.zeros_like(model.row_upper))
    assert not Slivers(model, x).stays(none, value + 1e-7)
