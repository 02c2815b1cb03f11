"""Pipelines are their steps, one by one; kept as plain data and run again; objects of other libraries in and out."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from saidao import mcda

FRAME = pd.DataFrame(
    [[3.0, 5, 2], [4, 1, 6], [2, 6, 3], [5, 5, 5]], index=list("ABCD"), columns=["yield", "price", "ph"]
)
WAYS = {"yield": "max", "price": "min", "ph": mcda.Range(4, 5)}
GAPS = FRAME.mask(FRAME == 6)


def test_a_pipeline_is_its_steps_one_by_one() -> None:
    pipe = mcda.pipeline(WAYS, impute="median", normalise="minmax", weigh="entropy", rank=("vikor", {"v": 0.25}))
    found = pipe(GAPS)
    filled = GAPS.fillna(GAPS.median())
    scaled = mcda.normalise(filled, WAYS, "minmax")
    w = mcda.weigh(scaled.to_frame(), "max", "entropy")
    by_hand = mcda.rank(scaled.to_frame(), w, "max", "vikor", v=0.25)
    assert found.tables["impute"].equals(filled)
    assert found.tables["normalise"].to_numpy() == pytest.approx(scaled.array)
    assert found.weights is not None
    assert found.weights.array == pytest.approx(w.array)
    assert found.to_frame().equals(by_hand.to_frame())
    assert list(found.to_frame().index) == list("ABCD")


def test_weights_are_those_of_the_matrix_where_the_step_stands() -> None:
    before = mcda.pipeline(WAYS, weigh="gini", normalise="vector", rank="topsis")(FRAME)
    after = mcda.pipeline(WAYS, normalise="vector", weigh="gini", rank="topsis")(FRAME)
    assert before.weights is not None
    assert after.weights is not None
    assert before.weights.array == pytest.approx(mcda.weigh(FRAME, WAYS, "gini").array)
    assert after.weights.array != pytest.approx(before.weights.array)
    assert before.ranking is not None
    plain = mcda.rank(FRAME, before.weights, WAYS, "topsis")
    assert before.ranking.score_array == pytest.approx(plain.score_array)


@pytest.mark.parametrize("turn", list(mcda.TURNS))
def test_turned_costs_order_the_other_way(turn: str) -> None:
    found = mcda.pipeline(["max", "min"], turn=turn)([[1.0, 5], [2, 1], [3, 2]])
    assert found.tables["turn"][0].tolist() == [1, 2, 3]
    assert np.argsort(found.tables["turn"][1]).tolist() == [0, 2, 1]


def test_it_is_kept_printed_and_run_again_on_other_data() -> None:
    options = {"weights": {"yield": 3, "price": 1, "ph": 1}}
    pipe = mcda.pipeline(WAYS, impute="mean", turn="invert", weigh=("direct", options), rank="topsis")
    again = mcda.Pipeline.from_dict(json.loads(json.dumps(pipe.to_dict())))
    assert again == pipe
    other = FRAME * 2
    assert again(other).to_frame().equals(pipe(other).to_frame())
    assert str(pipe).splitlines() == [
        "1. impute    mean",
        "2. turn      invert",
        "3. weigh     direct (weights={'yield': 3, 'price': 1, 'ph': 1}): " + mcda.schemes()["direct"].title,
        "4. rank      topsis: TOPSIS",
    ]
    assert "逼近理想解" in pipe.text("zh")[3]
    assert json.loads(pipe(FRAME).to_json())["pipeline"] == pipe.to_dict()


def test_without_rank_or_weigh_it_gives_what_it_has() -> None:
    assert mcda.pipeline("max", normalise="sum")(FRAME).to_frame().sum().to_list() == pytest.approx([1, 1, 1])
    assert mcda.pipeline(normalise="sum", weigh="entropy")(FRAME, "max").to_frame().columns.tolist() == ["weight"]
    given = mcda.pipeline("max", rank="wsm")(FRAME, weights=[1, 2, 3])
    assert given.ranking is not None
    assert given.ranking.weights.array.tolist() == pytest.approx([1 / 6, 2 / 6, 3 / 6])


@pytest.mark.parametrize(
    "steps",
    [
        {},
        {"rank": "topsis", "weigh": "entropy"},
        {"normalise": "sum", "impute": "mean"},
        {"normalize": "sum"},
        {"rank": "topsys"},
        {"rank": ("topsis", {"v": 1})},
        {"normalise": ("sum", {"v": 1})},
    ],
)
def test_other_steps_are_refused(steps: dict[str, Any]) -> None:
    with pytest.raises(mcda.InputError):
        mcda.pipeline("max", **steps)


def test_what_nobody_gives_is_asked_for() -> None:
    with pytest.raises(mcda.InputError, match="directions"):
        mcda.pipeline(rank="wsm")(FRAME, weights=[1, 1, 1])
    with pytest.raises(mcda.InputError, match="weights"):
        mcda.pipeline("max", rank="wsm")(FRAME)
    with pytest.raises(mcda.InputError, match="row"):
        mcda.pipeline("max", normalise="sum")(GAPS)


# --- other libraries --------------------------------------------------------------------------------------------------


def test_types_and_objectives_are_directions() -> None:
    plain = mcda.rank(FRAME, [1, 1, 1], ["max", "min", "max"])
    assert mcda.rank(FRAME, [1, 1, 1], np.array([1, -1, 1])).score_array.tolist() == plain.score_array.tolist()
    with pytest.raises(mcda.InputError, match="found 2"):
        mcda.rank(FRAME, [1, 1, 1], [1, -1, 2])  # type: ignore[list-item]


def test_a_decision_matrix_of_scikit_criteria_comes_and_goes() -> None:
    pytest.importorskip("skcriteria")
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import VectorScaler

    made = mcda.to_skcriteria(FRAME, [3, 2, 1], ["max", "min", "max"])
    assert made.weights.to_list() == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    problem = mcda.from_skcriteria(made)
    assert problem.matrix.to_dict() == FRAME.to_dict()
    assert problem.directions == ["max", "min", "max"]
    ours = mcda.rank(*problem, method="topsis")
    pipe = mkpipe(NegateMinimize(), VectorScaler("matrix"), TOPSIS())
    theirs = pipe.evaluate(made)
    assert np.asarray(theirs.rank_).tolist() == ours.ranks.tolist()
    back = mcda.to_skcriteria(ours)
    assert back.to_series().to_dict() == ours.ranks.to_dict()
    assert mcda.kendall_tau_b([ours, theirs, back]).to_numpy() == pytest.approx(np.ones((3, 3)))
    with pytest.raises(mcda.InputError, match="DecisionMatrix"):
        mcda.from_skcriteria(FRAME)


SAME = (
    "topsis",
    "wsm",
    "wpm",
    "aras",
    "cocoso",
    "codas",
    "edas",
    "mabac",
    "marcos",
    "mairca",
    "moora",
    "spotis",
    "vikor",
)


@pytest.mark.parametrize("method", SAME)
def test_a_method_of_pymcdm_scores_as_ours_and_is_read_back(method: mcda.MethodName) -> None:
    pytest.importorskip("pymcdm")
    matrix = np.random.default_rng(4).uniform(1, 9, (7, 3))
    w, types = np.array([0.5, 0.3, 0.2]), np.array([1, -1, 1])
    theirs = mcda.to_pymcdm(method, matrix)
    ours = mcda.rank(matrix, w, types, method)
    assert ours.score_array == pytest.approx(theirs(matrix, w, types), abs=1e-9)
    name, options = mcda.from_pymcdm(theirs)
    assert name == method
    assert mcda.rank(matrix, w, types, name, **options).score_array == pytest.approx(ours.score_array)


def test_options_of_pymcdm_come_and_go() -> None:
    pymcdm = pytest.importorskip("pymcdm")
    assert mcda.from_pymcdm(mcda.to_pymcdm("vikor", v=0.25)) == ("vikor", {"v": 0.25})
    assert mcda.from_pymcdm(mcda.to_pymcdm("waspas", lam=0.2)) == ("waspas", {"lam": 0.2})
    scaled = pymcdm.methods.TOPSIS(pymcdm.normalizations.max_normalization)
    assert mcda.from_pymcdm(scaled) == ("topsis", {"normalisation": "max"})
    ends: dict[str, Any] = {"ranges": [[0, 10]] * 3, "ideals": [[4, 5], [10, 10], [0, 2]]}
    theirs = mcda.to_pymcdm("rim", **ends)
    matrix = np.random.default_rng(4).uniform(1, 9, (7, 3))
    ours = mcda.rank(matrix, [1, 1, 1], "max", "rim", **ends).score_array
    assert theirs(matrix, np.full(3, 1 / 3), np.ones(3)) == pytest.approx(ours)
    assert mcda.from_pymcdm(theirs)[1]["ideals"].tolist() == ends["ideals"]
    with pytest.raises(mcda.InputError, match="ideals"):
        mcda.to_pymcdm("rim")
    with pytest.raises(mcda.InputError, match="tau"):
        mcda.to_pymcdm("codas", tau=0.1)
    with pytest.raises(mcda.InputError, match="todim"):
        mcda.to_pymcdm("todim")
    with pytest.raises(mcda.InputError, match="COMET"):
        mcda.from_pymcdm(type("COMET", (), {})())
