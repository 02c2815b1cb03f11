"""Results of arrays as tables and plain data: each says the same in both."""

from __future__ import annotations

import json

import numpy as np
import pytest

from saidao import mcda

MATRIX = np.array([[9.0, 2, 3], [5, 5, 5], [1, 9, 4]])


def test_stability() -> None:
    found = mcda.stability(MATRIX, [0.5, 0.3, 0.2], "max", "wsm")
    table = found.to_frame()
    assert table.index.tolist() == [0, 1, 2]
    assert table["low"].tolist() == [each.low for each in found.intervals]
    assert json.loads(found.to_json())["intervals"][1]["first_high"] == table["first_high"][1]


def test_reversals() -> None:
    found = next(one for one in mcda.rank_reversals([[9, 2], [6, 6], [1, 9]], [0.5, 0.5], "max") if one.pairs)
    assert found.to_frame().to_numpy().tolist() == [list(pair) for pair in found.pairs]
    assert json.loads(found.to_json())["test"] == found.test
    empty = mcda.rank_reversals(MATRIX, [1, 1, 1], "max", "wsm")[0]
    assert empty.to_frame().columns.tolist() == ["before", "behind"]


def test_dependence() -> None:
    found = mcda.dependence([[1, 2, 9], [2, 4, 9], [4, 8, 9]], [0.4, 0.4, 0.2], "max")
    table = found.to_frame()
    assert table["effective"].sum() == pytest.approx(1)
    assert table.loc[0, 1] == pytest.approx(1)
    assert json.loads(found.to_json())["pearson"][0][2] is None


def test_kemeny() -> None:
    found = mcda.kemeny([[1, 2, 3], [2, 1, 3]])
    assert found.to_frame()["best"].tolist() == found.best.tolist()
    assert json.loads(found.to_json())["orders"] == found.orders
