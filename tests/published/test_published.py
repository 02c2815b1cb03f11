"""The published cases against saidao, and against two small references: numpy here, and pymcdm."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations, product
from typing import Any

import numpy as np
import pymcdm
import pytest
from numpy.typing import NDArray
from pymcdm import normalizations
from pymcdm.weights import subjective

from saidao import mcda
from tests.published import cases as published
from tests.published import test_field_cases
from tests.published.cases import PairwiseCase, RankingCase, WeightCase
from tests.published.methods import METHODS, MULTIMOORA

Array = NDArray[np.float64]
INDICES = {table.name: table for table in published.RANDOM_INDEX}
RANKINGS = (*published.TOPSIS, *published.WSM, *published.VIKOR, *published.EDAS)


def named(case: Any) -> str:
    return f"{getattr(case, 'method', '')}: {case.name}"


def close(got: Any, want: Any, digits: int, excused: tuple[int, ...] = ()) -> None:
    """Every figure agrees to its last published digit; an excused one must miss, or it is stale."""
    miss = np.abs(np.asarray(got) - np.asarray(want)) > published.tolerance(digits)
    message = f"{np.round(got, digits + 2)} against {want}"
    assert np.flatnonzero(miss).tolist() == list(excused), message


# --- AHP ------------------------------------------------------------------------------------------


def priorities(case: PairwiseCase) -> tuple[float, Array]:
    matrix = np.array(case.matrix)
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    weights = np.abs(vectors[:, place].real)
    if case.method == "geometric_mean":
        weights = np.exp(np.log(matrix).mean(axis=1))
    return float(values[place].real), weights / weights.sum()


@pytest.mark.parametrize("case", published.AHP, ids=named)
def test_pairwise(case: PairwiseCase) -> None:
    matrix = np.array(case.matrix)
    assert np.allclose(matrix * matrix.T, 1)
    lambda_max, weights = priorities(case)
    index = (lambda_max - len(matrix)) / (len(matrix) - 1)
    close(weights, case.weights, case.weights_digits, excused=case.excused)
    if case.lambda_max is not None:
        close([lambda_max], [case.lambda_max], case.lambda_digits)
    if case.index is not None:
        close([index], [case.index], case.index_digits)
    if case.ratio is not None:
        assert case.random_index is not None
        ratio = index / INDICES[case.random_index].values[len(matrix) - 1]
        close([ratio], [case.ratio], case.ratio_digits)


@pytest.mark.parametrize("case", published.AHP, ids=named)
def test_pairwise_pymcdm(case: PairwiseCase) -> None:
    if case.method == "geometric_mean" and len(case.matrix) > 3:
        pytest.skip("pymcdm has the eigenvector only")
    weights = subjective.AHP(matrix=np.array(case.matrix))()
    close(weights, case.weights, case.weights_digits, excused=case.excused)


@pytest.mark.parametrize("table", published.RANDOM_INDEX, ids=lambda table: table.name)
def test_random_index(table: published.RandomIndex) -> None:
    assert len(table.values) == 15
    assert table.values[:2] == (0, 0)
    assert all(value == round(value, table.digits) for value in table.values)
    dips = [n for n in range(2, 16) if table.values[n - 1] < table.values[n - 2]]
    assert dips == ([12] if table.name == "saaty-1980" else [])


def test_random_index_of_order_three_is_known_exactly() -> None:
    """The mean over all 17 ** 3 matrices; the eigenvalue is 1 + k + 1 / k, k ** 3 = b / (a c)."""
    scale = [1 / n for n in range(2, 10)] + [float(n) for n in range(1, 10)]
    a, b, c = np.array(list(product(scale, repeat=3))).T
    k = np.cbrt(b / (a * c))
    mean = float(np.mean((k + 1 / k - 2) / 2))
    assert mean == pytest.approx(0.524457, abs=1e-6)
    assert published.ALONSO_LAMATA_2006.values[2] == pytest.approx(mean, abs=5e-4)
    assert published.SAATY_2005.values[2] == pytest.approx(mean, abs=5e-3)
    assert abs(published.SAATY_1980.values[2] - mean) > 0.05


# --- Rankings -------------------------------------------------------------------------------------


def normalised(matrix: Array, sign: Array, how: str) -> Array:
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    gain = np.where(sign > 0, matrix, 1 / np.where(sign > 0, 1, matrix))
    ways: dict[str, Callable[[], Any]] = {
        "none": lambda: matrix,
        "vector": lambda: sign * matrix / np.linalg.norm(matrix, axis=0),
        "minmax": lambda: np.where(sign > 0, matrix - low, high - matrix) / (high - low),
        "ratio": lambda: gain / gain.max(axis=0),
        "sum": lambda: gain / gain.sum(axis=0),
    }
    return np.asarray(ways[how](), dtype=np.float64)


def reference(case: RankingCase) -> tuple[Array, dict[str, Array]]:
    matrix, weights = np.array(case.matrix), np.array(case.weights)
    weights = weights / weights.sum()
    sign = np.where(np.array(case.directions) == "max", 1.0, -1.0)
    if case.method == "wsm":
        return normalised(matrix, sign, str(case.options["normalisation"])) @ weights, {}
    if case.method == "topsis":
        value = weights * normalised(matrix, sign, str(case.options["normalisation"]))
        closest = np.linalg.norm(value - value.max(axis=0), axis=1)
        farthest = np.linalg.norm(value - value.min(axis=0), axis=1)
        return farthest / (closest + farthest), {"closest": closest, "farthest": farthest}
    if case.method == "vikor":
        regret = weights * (1 - normalised(matrix, sign, "minmax"))
        s, r = regret.sum(axis=1), regret.max(axis=1)
        v = float(case.options["v"])
        return v * (s - s.min()) / np.ptp(s) + (1 - v) * (r - r.min()) / np.ptp(r), {"s": s, "r": r}
    gain = sign * (matrix / matrix.mean(axis=0) - 1)
    up, down = np.maximum(gain, 0) @ weights, np.maximum(-gain, 0) @ weights
    return (up / up.max() + 1 - down / down.max()) / 2, {}


def from_pymcdm(case: RankingCase) -> Array:
    scalers = {
        "vector": normalizations.vector_normalization,
        "minmax": normalizations.minmax_normalization,
        "ratio": normalizations.linear_normalization,
        "sum": normalizations.sum_normalization,
        "none": lambda x, cost=False: x,
    }
    methods = {
        "topsis": lambda: pymcdm.methods.TOPSIS(scalers[str(case.options["normalisation"])]),
        "wsm": lambda: pymcdm.methods.WSM(scalers[str(case.options["normalisation"])]),
        "vikor": lambda: pymcdm.methods.VIKOR(v=case.options["v"]),
        "edas": pymcdm.methods.EDAS,
    }
    weights = np.array(case.weights) / sum(case.weights)
    types = np.where(np.array(case.directions) == "max", 1, -1)
    scores: Array = methods[case.method]()(np.array(case.matrix), weights, types)
    return scores


def competition(scores: Array, smallest_first: bool) -> list[int]:
    """Ranks with equal scores sharing the better place."""
    rounded = np.round(scores if smallest_first else -scores, 9)
    return [1 + int(np.sum(rounded < one)) for one in rounded]


def agree(case: RankingCase, scores: Array) -> None:
    if case.scores:
        close(scores, case.scores, case.digits, case.excused)
    if case.ranks:
        assert competition(scores, case.method == "vikor") == list(case.ranks)


@pytest.mark.parametrize("case", RANKINGS, ids=named)
def test_ranking(case: RankingCase) -> None:
    scores, parts = reference(case)
    agree(case, scores)
    if case.name == "fighter aircraft":  # has its own test
        return
    for name, want in case.parts.items():
        close(parts[name], want, case.digits)


@pytest.mark.parametrize("case", RANKINGS, ids=named)
def test_ranking_pymcdm(case: RankingCase) -> None:
    agree(case, from_pymcdm(case))


def test_aircraft_is_computed_from_rounded_tables() -> None:
    case = next(case for case in published.TOPSIS if case.name == "fighter aircraft")
    matrix = np.array(case.matrix)
    value = np.round(np.round(matrix / np.linalg.norm(matrix, axis=0), 4) * case.weights, 4)
    best = np.where(np.array(case.directions) == "max", value.max(axis=0), value.min(axis=0))
    worst = np.where(np.array(case.directions) == "max", value.min(axis=0), value.max(axis=0))
    closest, farthest = np.array(case.parts["closest"]), np.array(case.parts["farthest"])
    close(np.linalg.norm(value - best, axis=1), closest, 4, excused=(0,))
    close([np.floor(np.linalg.norm(value - best, axis=1)[0] * 1e4) / 1e4], closest[:1], 4)
    close(np.linalg.norm(value - worst, axis=1), farthest, 4)
    close(farthest / (closest + farthest), case.scores, case.digits)


def test_countries_misprint_explains_the_printed_sum() -> None:
    case = next(case for case in published.WSM if case.excused)
    scores, _ = reference(case)
    close([scores[2] - case.weights[2] * (306 / 501 - 0.599)], [case.scores[2]], case.digits)


def test_financing_is_the_third_power_step() -> None:
    case = next(case for case in published.AHP if case.name == "house, financing")
    vector = np.linalg.matrix_power(np.array(case.matrix), 3).sum(axis=1)
    close(vector / vector.sum(), case.weights, case.weights_digits)


def test_transportation_is_rounded_twice() -> None:
    case = next(case for case in published.AHP if case.name == "house, transportation")
    once = np.round(priorities(case)[1], 4)
    twice = np.floor(once * 1000 + 0.5 + 1e-9) / 1000
    assert twice == pytest.approx(case.weights)


# --- Entropy --------------------------------------------------------------------------------------


def proportions(case: WeightCase) -> Array:
    matrix = np.array(case.matrix)
    if case.options["normalisation"] == "minmax":
        sign = np.where(np.array(case.directions) == "max", 1.0, -1.0)
        matrix = normalised(matrix, sign, "minmax")
    return np.asarray(matrix / matrix.sum(axis=0), dtype=np.float64)


@pytest.mark.parametrize("case", published.ENTROPY, ids=named)
def test_entropy(case: WeightCase) -> None:
    share = proportions(case)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    diversity = 1 + (share * logs).sum(axis=0) / np.log(len(share))
    close(diversity / diversity.sum(), case.weights, case.digits)


def test_entropy_pymcdm() -> None:
    """On positive data: pymcdm gives a column with a zero an entropy of nought."""
    case = next(case for case in published.ENTROPY if case.options["normalisation"] == "sum")
    close(pymcdm.weights.entropy_weights(np.array(case.matrix)), case.weights, case.digits)


def test_entropy_labels_of_table_8_are_the_only_wrong_thing() -> None:
    """One order of the printed weights, and only one, agrees with the columns."""
    case = published.ENTROPY[0]
    share = proportions(case)
    diversity = 1 + (share * np.log(share)).sum(axis=0) / np.log(len(share))
    weights = diversity / diversity.sum()
    printed = (0.1879, 0.2970, 0.0308, 0.2196, 0.2648)
    limit = published.tolerance(case.digits)
    fits = [order for order in permutations(printed) if np.all(np.abs(weights - order) <= limit)]
    assert fits == [case.weights]


# --- saidao ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", published.AHP, ids=named)
def test_saidao_weighs_as_published(case: PairwiseCase) -> None:
    found = mcda.ahp(case.matrix, case.method)
    close(found.array, case.weights, case.weights_digits, excused=case.excused)
    if case.lambda_max is not None:
        close([found.lambda_max], [case.lambda_max], case.lambda_digits)
    if case.index is not None:
        close([found.consistency_index], [case.index], case.index_digits)
    if case.ratio is not None and case.random_index in NAMES:
        ratio = mcda.ahp(case.matrix, random_index=NAMES[case.random_index]).consistency_ratio
        close([ratio], [case.ratio], case.ratio_digits)


NAMES: dict[str, mcda.RandomIndexName] = {
    "saaty-1980": "saaty",
    "saaty-2005": "saaty_2005",
    "alonso-lamata-2006": "alonso_lamata",
    "donegan-dodd-1991": "donegan_dodd",
    "golden-wang-1990": "tummala_ling",
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_saidao_s_random_indices_are_the_published_ones(name: str) -> None:
    published = INDICES[name].values
    assert mcda.RANDOM_INDEX[NAMES[name]][: len(published)] == published
    assert set(mcda.RANDOM_INDEX) == {*NAMES.values(), "spssau"}


def test_every_method_has_a_published_case() -> None:
    assert {case.method for case in (*RANKINGS, *METHODS)} | set(test_field_cases.METHODS) == set(mcda.methods())


PUBLISHED = [case for case in (*RANKINGS, *METHODS) if case.options.get("normalisation") != "none"]


@pytest.mark.parametrize("case", PUBLISHED, ids=named)
def test_saidao_ranks_as_published(case: RankingCase) -> None:
    found = mcda.rank(case.matrix, case.weights, case.directions, case.method, **case.options)
    if case.scores:
        close(found.score_array * case.times, case.scores, case.digits, case.excused)
    if case.ranks:
        assert found.rank_array.tolist() == list(case.ranks)
    names = {"s": "S", "r": "R", "closest": "D+", "farthest": "D-"}
    if case.name != "fighter aircraft":  # its distances are printed from rounded tables
        for part, want in case.parts.items():
            close(found.step_arrays[names.get(part, part)], want, case.digits)


def test_multimoora_s_parts_are_the_published_ones_without_weights() -> None:
    case = MULTIMOORA[0]
    parts = mcda.rank(case.matrix, case.weights, case.directions, case.method).step_arrays
    close(parts["y"] * 9, (2.935, 2.723, 2.698), 3)
    close(parts["z"] * 9, (0.38411, 0.31524, 0.45716), 5)
    close(np.floor(parts["U"] ** 9 + 1e-6), (1633333, 1421897, 1033600), 0)


def test_the_weighted_product_s_ratios_are_triantaphyllou_s() -> None:
    """Triantaphyllou (2000), Multi-Criteria Decision Making Methods, section 2.2.2: 1.007, 1.067 and 1.059."""
    p = mcda.rank(
        [[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]], [0.20, 0.15, 0.40, 0.25], "max", "wpm"
    ).score_array
    close([p[0] / p[1], p[0] / p[2], p[1] / p[2]], (1.007, 1.067, 1.059), 3)


@pytest.mark.parametrize("case", published.ENTROPY, ids=named)
def test_saidao_s_entropy_weights_are_the_published_ones(case: WeightCase) -> None:
    close(mcda.weigh(proportions(case), case.directions, "entropy").array, case.weights, case.digits)


@pytest.mark.parametrize("case", [*published.OBJECTIVE, *published.JUDGED], ids=named)
def test_saidao_weighs_by_every_scheme_as_published(case: WeightCase) -> None:
    matrix = case.matrix or np.ones((2, len(case.weights)))
    found = mcda.weigh(matrix, case.directions or "max", case.method, **case.options)
    close(found.array, case.weights, case.digits, case.excused)
    for symbol, (want, digits) in case.parts.items():
        part = np.atleast_1d(found.step_arrays[symbol])
        assert np.abs(part - np.array(want)).max() <= published.tolerance(digits), symbol


def test_every_scheme_has_a_published_case() -> None:
    covered = {case.method for case in (*published.OBJECTIVE, *published.JUDGED)} | {"ahp"}
    covered |= set(test_field_cases.SCHEMES)
    assert set(mcda.schemes()) - covered == {"equal", "direct"}  # nothing to publish


def test_the_consistency_index_of_bwm_is_the_published_table() -> None:
    found = [
        mcda.weigh(
            [[1, 1]], "max", "bwm", best=0, worst=1, best_to_others=(1, a), others_to_worst=(a, 1), model="nonlinear"
        ).step_arrays["CI"]
        for a in range(1, 10)
    ]
    close(found, published.BWM_CONSISTENCY_INDEX, 2)
