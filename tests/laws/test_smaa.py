"""SMAA: against exact shares of the weights, rankings one by one, and its laws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao import mcda
from saidao.errors import CaseError
from tests.laws import required

METHODS = sorted(mcda.methods())
RNG = np.random.default_rng(0)
MATRIX = RNG.uniform(1, 9, (7, 4)).round(1)
DIRECTIONS = ["max", "min", "max", "max"]


def test_two_criteria_have_an_interval_of_weights_each() -> None:
    """wsm without normalising: a 9w + 2v, b 5 + 0, c w + 9v; a first where 9w + 2(1-w) > w + 9(1-w): w > 7/15."""
    found = mcda.smaa([[9, 2], [5, 5], [1, 9]], "max", "wsm", samples=40_000, normalisation="max")
    # by share of the largest: a (1, 2/9), b (5/9, 5/9), c (1/9, 1): a = c at w = 7/15
    share = np.array([8 / 15, 0, 7 / 15])
    assert np.abs(found.first - share).max() < 4 * np.sqrt(0.25 / 40_000)
    assert found.central.to_numpy()[0] == pytest.approx([(1 + 7 / 15) / 2, (1 - 7 / 15) / 2], abs=0.01)
    assert found.confidence.tolist() == [1, 1]
    assert list(found.central.index) == [0, 2]


def test_three_criteria_have_a_polygon_each() -> None:
    """Each is best on one criterion and equal on the others: a third of the weights is each one's."""
    found = mcda.smaa(np.eye(3) + 1, "max", "wsm", samples=30_000)
    assert np.abs(found.acceptability_array - 1 / 3).max() < 4 * np.sqrt(2 / 9 / 30_000)
    # the centre of the part where w1 is largest: mean of the largest of three uniform shares, 11/18
    assert found.central.to_numpy()[0, 0] == pytest.approx(11 / 18, abs=0.01)
    assert np.abs(found.winning_array[~np.eye(3, dtype=bool)] - 0.5).max() < 4 * np.sqrt(0.25 / 30_000)


@pytest.mark.parametrize("method", METHODS)
def test_counts_are_those_of_rankings_one_by_one(method: mcda.MethodName) -> None:
    weights = RNG.dirichlet(np.ones(4), 60)
    options: dict[str, Any] = required.options(method, MATRIX, DIRECTIONS)
    found = mcda.smaa(MATRIX, DIRECTIONS, method, weights=weights, **options)
    ranks = np.array([mcda.rank(MATRIX, w, DIRECTIONS, method, **options).rank_array for w in weights])
    for r in range(7):
        assert found.acceptability_array[:, r] == pytest.approx((ranks == r + 1).mean(axis=0))
    wins = (ranks[:, :, None] < ranks[:, None, :]).mean(axis=0)
    assert found.winning_array == pytest.approx(wins)
    for i in np.flatnonzero(found.first):
        central = weights[ranks[:, i] == 1].mean(axis=0)
        assert found.central_array[i] == pytest.approx(central)
        first = mcda.rank(MATRIX, central, DIRECTIONS, method, **options).rank_array[i] == 1
        assert found.confidence_array[i] == first
    assert np.isfinite(found.to_frame().fillna(0).to_numpy(dtype=float)).all()


@pytest.mark.parametrize("method", ["topsis", "vikor", "wsm"])
def test_laws(method: mcda.MethodName) -> None:
    found = mcda.smaa(MATRIX, DIRECTIONS, method, samples=3000, seed=4)
    assert found.acceptability_array.sum(axis=1) == pytest.approx(np.ones(7))
    assert found.expected_rank == pytest.approx(found.acceptability_array @ np.arange(1, 8))
    both = found.winning_array + found.winning_array.T
    assert (both <= 1 + 1e-12).all()
    again = mcda.smaa(MATRIX, DIRECTIONS, method, samples=3000, seed=4)
    assert (again.acceptability_array == found.acceptability_array).all()


def test_a_dominated_alternative_is_never_first() -> None:
    worse = np.vstack([MATRIX, MATRIX[0] - [0.5, -0.5, 0.5, 0.5]])
    found = mcda.smaa(worse, DIRECTIONS, "wsm", samples=2000)
    assert found.first[-1] == 0
    assert found.winning_array[0, -1] == 1
    assert 7 not in found.central.index


def test_more_weights_than_fit_at_once_count_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = RNG.dirichlet(np.ones(4), 500)
    one = mcda.smaa(MATRIX, DIRECTIONS, weights=weights)
    monkeypatch.setattr(mcda.ranking_problem, "CELLS", 70)
    other = mcda.smaa(MATRIX, DIRECTIONS, weights=weights)
    assert (other.acceptability_array == one.acceptability_array).all()
    assert (other.winning_array == one.winning_array).all()
    assert other.central_array == pytest.approx(one.central_array, rel=1e-12)


def test_errors_are_as_large_as_they_say() -> None:
    """Over many seeds the spread of an acceptability is its standard error."""
    shares = [mcda.smaa(MATRIX, DIRECTIONS, samples=400, seed=s).first for s in range(200)]
    told = mcda.smaa(MATRIX, DIRECTIONS, samples=400, seed=0).error_array[:, 0]
    likely = np.mean(shares, axis=0) > 0.05
    assert np.std(shares, axis=0)[likely] == pytest.approx(told[likely], rel=0.35)


# --- uncertain scores -------------------------------------------------------------------------------------------------


def test_certain_scores_as_intervals_are_certain_scores() -> None:
    weights = RNG.dirichlet(np.ones(4), 50)
    one = mcda.smaa(MATRIX, DIRECTIONS, weights=weights)
    other = mcda.smaa(MATRIX, DIRECTIONS, weights=weights, low=MATRIX, high=MATRIX)
    assert (other.acceptability_array == one.acceptability_array).all()
    assert (other.confidence_array == one.confidence_array).all()


def test_intervals_of_scores_by_hand() -> None:
    """One criterion: a uniform on [0, 1], b on [0.5, 1.5]: b beats a with probability 7/8."""
    found = mcda.smaa([[0.5], [1.0]], "max", "wsm", 4000, low=[[0.0], [0.5]], high=[[1.0], [1.5]], normalisation="max")
    assert found.first[1] == pytest.approx(7 / 8, abs=4 * np.sqrt(7 / 64 / 4000))
    assert found.confidence_array[1] == pytest.approx(found.first[1], abs=1e-12)
    assert found.uncertain


def test_a_spread_of_scores_by_hand() -> None:
    """Means 1 apart, each with deviation 1: b beats a with probability Phi(1 / sqrt 2) = 0.7602."""
    found = mcda.smaa([[5.0], [6.0]], "max", "moora", 3000, spread=1.0)
    assert found.first[1] == pytest.approx(0.7602, abs=4 * np.sqrt(0.18 / 3000))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"samples": 0}, "from 1 to"),
        ({"weights": [[1, -1, 0, 0]]}, "vector number 1"),
        ({"region": ["0 > "]}, "comparison"),
        ({"spread": -1}, "standard deviations"),
        ({"spread": 1, "low": 0}, "either a spread"),
        ({"low": 99}, "low <= high"),
        ({"spread": "x"}, "a number, or 7 x 4"),
        ({"high": np.inf}, "finite"),
        ({"method": "topsi"}, "topsis"),
    ],
)
def test_what_cannot_be_asked_is_told(options: dict[str, Any], told: str) -> None:
    with pytest.raises(mcda.InputError, match=told):
        mcda.smaa(MATRIX, DIRECTIONS, **options)


# --- a case -----------------------------------------------------------------------------------------------------------


def test_shanghai_is_the_array_level_in_its_own_names() -> None:
    found = saidao.robustness("shanghai", 500, 3)
    case = saidao.load_case("shanghai")
    alone = mcda.smaa(case.to_frame(), "max", "topsis", 500, 3)
    assert (found.smaa.acceptability_array == alone.acceptability_array).all()
    assert found.tracks == case.track_ids
    assert found.to_dict()["acceptability"][0]["track"] == case.track_ids[0]


def test_weights_near_a_scheme() -> None:
    found = saidao.robustness("shanghai", 400, around="ahp", within=1e-6)
    ahp = saidao.rank("shanghai").rank_array
    assert found.smaa.expected_rank == pytest.approx(ahp, abs=1e-9)
    some = saidao.robustness("shanghai", 400, region="demand_conditions >= 0.5")
    assert (some.smaa.central["demand_conditions"] >= 0.5).all()
    given = saidao.robustness("shanghai", sampled=pd.DataFrame([dict.fromkeys(found.smaa.criteria, 1.0)]))
    assert given.smaa.expected_rank == pytest.approx(saidao.rank("shanghai", "equal").rank_array)


def test_uncertain_scores_of_a_case() -> None:
    found = saidao.robustness("shanghai", 100, spread=0.2)
    assert found.smaa.uncertain
    assert 0 < found.smaa.confidence_array.max() < 1
    with pytest.raises(CaseError, match="spread"):
        saidao.robustness("shanghai", 100, spread=-1)


def test_a_track_that_is_best_on_every_factor_is_first_whatever_the_weights() -> None:
    found = saidao.robustness("shanghai", samples=50)
    assert found.best_everywhere == "green_icv"
    assert "whatever the weights" in found.text()[0]
    case = saidao.load_case("shanghai")
    worse = case.with_cell("scores", "green_icv", case.factor_ids[0], 0.0)
    assert saidao.robustness(worse, samples=50).best_everywhere is None
    assert saidao.robustness("shanghai", samples=50, spread=0.1).best_everywhere is None
