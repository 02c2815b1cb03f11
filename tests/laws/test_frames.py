"""Results of arrays as tables and plain data: each says the same in both."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
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


class Foreign:
    """A decision matrix as scikit-criteria makes one."""

    matrix = pd.DataFrame(MATRIX)
    weights = pd.Series([1.0, 1, 1])
    objectives = pd.Series(["max", "min", "max"])


PAIRS = np.array([[1.0, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
UNSURE = np.array([[1.0, 2, 5], [1 / 2, 1, 1 / 3], [1 / 5, 3, 1]])
PRINTED = mcda.Verdict("printed", "wsm", "minmax", {}, 1.0, (2,))
FOUND: dict[str, Callable[[], Any]] = {
    "Change": lambda: mcda.ahp_repair(UNSURE).single[0],
    "Combination": lambda: mcda.combine([[0.5, 0.5], [0.3, 0.7]], "linear", shares=[0.5, 0.5]).combination,
    "Compromise": lambda: mcda.compromise(mcda.rank(MATRIX, [1, 1, 1], "max", "vikor")),
    "Consistency": lambda: mcda.ahp(PAIRS).consistency,
    "Coupling": lambda: mcda.coupling([[0.5, 0.4], [0.6, 0.4]]),
    "Court": lambda: mcda.court(MATRIX, "max", ranks=[2, 1, 3], weights=[1, 1, 1]),
    "Dependence": lambda: mcda.dependence(MATRIX, [1, 1, 1], "max"),
    "Efficiency": lambda: mcda.dea([[4.0, 3], [6, 3], [8, 1]], [[2.0], [2], [6]]),
    "FuzzyEvaluation": lambda: mcda.fuzzy_evaluate([[0.7, 0.3], [0.2, 0.8]], [0.6, 0.4]),
    "Gaia": lambda: mcda.gaia(MATRIX, [1, 1, 1], "max"),
    "Grades": lambda: mcda.rsr_grades([0.2, 0.4, 0.6, 0.7, 0.9, 1.0], 3),
    "GreyRelations": lambda: mcda.grey_relations([1, 2, 3], [[2, 4, 6], [3, 2, 1]]),
    "Grid": lambda: mcda.compare(MATRIX, "max", ["equal", "entropy"], ["wsm", "topsis"]),
    "Group": lambda: mcda.ahp_group([PAIRS, UNSURE]),
    "Kemeny": lambda: mcda.kemeny([[1, 2, 3], [2, 1, 3]]),
    "Misprint": lambda: mcda.Misprint("rank", 2, None, 1.0, 3.0, PRINTED),
    "Normalised": lambda: mcda.normalise(MATRIX, "max", "vector"),
    "Obstacles": lambda: mcda.obstacles([[0.5, 0.4], [0.6, 0.4]], [0.5, 0.5]),
    "OrdinalRegression": lambda: mcda.ordinal_regression(MATRIX, "max", [(0, 1)]),
    "Pipeline": lambda: mcda.pipeline("max", weigh="equal", rank="wsm"),
    "PipelineRun": lambda: mcda.pipeline("max", weigh="equal", rank="wsm")(MATRIX),
    "Priorities": lambda: mcda.ahp(PAIRS),
    "Problem": lambda: mcda.from_skcriteria(Foreign()),
    "Ranges": lambda: mcda.ahp_intervals(PAIRS, PAIRS),
    "RankSweep": lambda: mcda.rank_sweep(MATRIX, [1, 0, 0], [0, 0, 1], "max", "wsm"),
    "Ranking": lambda: mcda.rank(MATRIX, [1, 1, 1], "max"),
    "Rankings": lambda: mcda.read_rankings({"mine": {"a": 1, "b": 2}, "yours": {"b": 1, "a": 2}}),
    "Region": lambda: mcda.region(("a", "b"), ["a >= b", "b >= 0.2"]),
    "Repair": lambda: mcda.ahp_repair(UNSURE),
    "Reversal": lambda: mcda.rank_reversals(MATRIX, [1, 1, 1], "max", "wsm")[0],
    "Smaa": lambda: mcda.smaa(MATRIX, "max", samples=20),
    "Stability": lambda: mcda.stability(MATRIX, [1, 1, 1], "max", "wsm"),
    "Tree": lambda: mcda.ahp_tree({"goal": PAIRS}),
    "ValueFunction": lambda: mcda.uta(MATRIX, [1, 2, 3], [[1, 9], [2, 9], [3, 5]]),
    "VarianceShares": lambda: mcda.variance_shares([[1, 2], [3, 4]]),
    "Verdict": lambda: PRINTED,
    "Weights": lambda: mcda.weigh(MATRIX, "max", "entropy"),
}
GIVEN = {"PipelineStep", "Range", "Way"}
"""Classes that are handed over, not found."""


def test_everything_found_has_a_frame_and_plain_data() -> None:
    classes = {name for name in mcda.__all__ if inspect.isclass(getattr(mcda, name))}
    errors = {name for name in classes if issubclass(getattr(mcda, name), Exception)}
    options = {name for name in classes if hasattr(getattr(mcda, name), "__required_keys__")}
    assert set(FOUND) == classes - errors - options - GIVEN
    functions = (getattr(mcda, name) for name in mcda.__all__)
    returned = {str(f.__annotations__.get("return")) for f in functions if inspect.isfunction(f)}
    assert not returned & GIVEN


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_as_a_table(name: str) -> None:
    found = FOUND[name]()
    assert type(found).__name__ == name
    table = found.to_frame()
    assert len(table) > 0 or name in ("Reversal",)
    assert table.equals(found.to_frame())
    if name != "Problem":
        json.loads(found.to_json())
        assert "<table" in found._repr_html_()


def test_a_record_is_a_row_of_what_it_says() -> None:
    told = mcda.ahp(PAIRS).consistency
    assert told.to_frame().to_dict("records") == [told.to_dict()]


def test_a_region_as_a_table_of_its_bounds() -> None:
    table = mcda.region(("a", "b"), ["a >= b", "b >= 0.2"]).to_frame()
    assert table.to_numpy().tolist() == [[1, -1, 0], [0, 1, 0.2]]
    assert table.columns.tolist() == ["a", "b", "at_least"]


def test_rankings_as_a_table_are_read_again() -> None:
    found = FOUND["Rankings"]()
    assert mcda.read_rankings(found.to_frame()) == found
