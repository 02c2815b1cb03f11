"""The laws that every ranking is held to, read from the registry; and a second implementation of each method.

A method that breaks a law by its published definition says so where it is registered (`breaks`); then an example here
proves the breach.
"""

from __future__ import annotations

from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from saidao import mcda
from tests.laws.required import options as options_of
from tests.laws.required import required

Array = NDArray[np.float64]
Problem = tuple[Array, Array, list[str]]
METHODS = sorted(mcda.methods())
UNDEFINED = {
    "all_equal",
    "average_not_positive",
    "constant_criterion",
    "negative",
    "normalisation_domain",
    "not_positive",
    "undefined_score",
    "zero_cost",
    "zero_value",
    "zero_weight",
}


REALS = st.floats(1, 100, width=32)
GRADES = st.sampled_from([0.0, 1, 2, 3, 4])
LEVELS = st.sampled_from([1.0, 2, 3, 0.1, 0.3, 7.7])
WILD = st.one_of(
    st.sampled_from([0.0, 1, -1, 0.1, 1 / 3, 1e-50, -1e-50, 1e50, -1e50, 1 + 1e-15, 1e16]),
    st.floats(-1e50, 1e50).filter(lambda x: x == 0 or abs(x) >= 1e-50),
)
SHARES = st.floats(0.125, 1, width=32)
WILD_SHARES = st.sampled_from([0.0, 1, 2, 0.1, 1e-50, 1e50])


@st.composite
def decisions(
    draw: st.DrawFn,
    values: st.SearchStrategy[float] = REALS,
    weight: st.SearchStrategy[float] = SHARES,
    fewest: int = 2,
) -> Problem:
    m, n = draw(st.integers(fewest, 7)), draw(st.integers(1, 5))
    matrix = draw(hnp.arrays(float, (m, n), elements=values))
    weights = draw(hnp.arrays(float, n, elements=weight))
    directions = draw(st.lists(st.sampled_from(["max", "min"]), min_size=n, max_size=n))
    return matrix, weights, directions


def ranked(
    matrix: Array, weights: Array, directions: list[str], method: mcda.MethodName, **options: Any
) -> mcda.Ranking:
    """Rank; zeros that the method refuses are shifted, as its remedy says, and what is 0/0 is passed over."""
    try:
        return mcda.rank(matrix, weights, directions, method, **required(method, matrix, directions), **options)
    except mcda.InputError as error:
        if error.code not in UNDEFINED:
            raise
        if error.code == "zero_value":
            return mcda.rank(matrix, weights, directions, method, **{**options, "normalisation": "minmax_shifted"})
        assume((matrix == 0).any())
        return ranked(matrix + 1, weights, directions, method, **options)


def held(law: str) -> list[str]:
    return [name for name in METHODS if law not in mcda.methods()[name].breaks]


def spread(matrix: Array) -> Array:
    """Move a matrix away from ties that only rounding decides."""
    return np.asarray(matrix + np.arange(matrix.size).reshape(matrix.shape) * 1e-3)


# --- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [GRADES, LEVELS, REALS], ids=["grades", "levels", "reals"])
@pytest.mark.parametrize("method", held("dominance"))
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_a_dominated_alternative_is_never_above_its_dominator(
    method: mcda.MethodName, values: st.SearchStrategy[float], data: st.DataObject
) -> None:
    matrix, weights, directions = data.draw(decisions(values=values, weight=st.sampled_from([0.0, 1, 2, 3])))
    assume(weights.any())
    step = data.draw(hnp.arrays(float, len(weights), elements=st.sampled_from([0.0, 0, 1, 0.25])))
    assume((step * weights).any())
    i = data.draw(st.integers(0, len(matrix) - 1))
    better = matrix[i] + step
    # a better row above, or for costs the row itself worsened: values stay as the strategy has them or larger
    gain = np.array(directions) == "max"
    pair = np.vstack([np.where(gain, better, matrix[i]), np.where(gain, matrix[i], better)])
    found = ranked(np.vstack([matrix, pair]), weights, directions, method)
    assert found.rank_array[-2] <= found.rank_array[-1]


# the first alternative is the better one and ranks below the second, or is equal and ranks apart
BREACHES: dict[tuple[str, str], tuple[Any, Any, Any]] = {
    ("codas", "dominance"): ([[8, 5], [8, 4], [6, 9], [1, 4]], [1, 1], ["max", "max"]),
    ("aroman", "dominance"): ([[5, 7], [7, 7], [2, 8], [9, 3]], [1, 1], ["min", "max"]),
    ("probid", "dominance"): ([[2, 4], [1, 3], [5, 6]], [1, 1], ["max", "max"]),
    ("sprobid", "dominance"): (
        [[3, 5], [3, 4], [8, 4], [1, 4], [1, 4], [1, 4], [1, 4], [3, 4]],
        [2, 1],
        ["max", "max"],
    ),
    ("simus", "dominance"): ([[3, 9], [1, 7], [9, 8], [7, 2], [8, 7]], [1, 1], ["max", "max"]),
    ("simus", "permutation"): ([[1, 5], [1, 5], [5, 7]], [1, 1], ["max", "max"]),
    ("simus", "equal_rows"): ([[1, 5], [1, 5], [5, 7]], [1, 1], ["max", "max"]),
    ("electre_i", "dominance"): (
        [[7, 7, 3], [6, 7, 1], [6, 5, 5], [5, 6, 9], [9, 4, 3]],
        [1, 1, 1],
        ["max", "max", "max"],
    ),
}


def test_every_breach_of_a_law_is_proved_and_no_other_is_listed() -> None:
    listed = {(name, law) for name, entry in mcda.methods().items() for law in entry.breaks}
    assert listed == set(BREACHES)
    for method, law in listed:
        matrix, weights, directions = BREACHES[method, law]
        turned = np.array(matrix) * np.where(np.array(directions) == "max", 1, -1)
        ranks = mcda.rank(matrix, weights, directions, method).rank_array
        if law == "permutation":
            back = mcda.rank(matrix[::-1], weights, directions, method).rank_array[::-1]
            assert list(back) != list(ranks)
            continue
        if law == "equal_rows":
            assert (turned[0] == turned[1]).all()
            assert ranks[0] != ranks[1]
            continue
        assert (turned[0] >= turned[1]).all()
        assert (turned[0] > turned[1]).any()
        assert ranks[0] > ranks[1]
        assert "ominance" in str(mcda.methods()[method].kernel.__doc__)


@pytest.mark.parametrize("method", held("permutation"))
@given(problem=decisions(), data=st.data())
@settings(max_examples=8, deadline=None)
def test_permuting_alternatives_and_criteria_permutes_the_answer(
    method: mcda.MethodName, problem: Problem, data: st.DataObject
) -> None:
    matrix, weights, directions = problem
    matrix = spread(matrix)
    rows = data.draw(st.permutations(range(matrix.shape[0])))
    columns = data.draw(st.permutations(range(matrix.shape[1])))
    found = ranked(matrix, weights, directions, method)
    moved = ranked(matrix[rows][:, columns], weights[columns], [directions[j] for j in columns], method)
    assert moved.score_array == pytest.approx(found.score_array[rows], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("method", held("unit"))
@given(problem=decisions(), factor=st.floats(0.01, 1000))
@settings(max_examples=8, deadline=None)
def test_the_unit_of_a_criterion_does_not_matter(method: mcda.MethodName, problem: Problem, factor: float) -> None:
    matrix, weights, directions = problem
    matrix = spread(matrix)
    scaled = matrix.copy()
    scaled[:, 0] *= factor
    found = ranked(matrix, weights, directions, method)
    assert ranked(scaled, weights, directions, method).score_array == pytest.approx(
        found.score_array, rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("method", METHODS)
@given(problem=decisions(), scale=st.floats(0.01, 1000))
@settings(max_examples=6, deadline=None)
def test_weights_are_shares(method: mcda.MethodName, problem: Problem, scale: float) -> None:
    matrix, weights, directions = problem
    found = ranked(spread(matrix), weights, directions, method)
    again = ranked(spread(matrix), weights * scale, directions, method)
    assert again.score_array == pytest.approx(found.score_array, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("values", [GRADES, REALS], ids=["grades", "reals"])
@pytest.mark.parametrize("method", held("equal_rows"))
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_equal_rows_score_the_same(
    method: mcda.MethodName, values: st.SearchStrategy[float], data: st.DataObject
) -> None:
    matrix, weights, directions = data.draw(decisions(values=values))
    found = ranked(np.vstack([matrix, matrix[:1]]), weights, directions, method)
    assert found.score_array[0] == found.score_array[-1]
    assert found.rank_array[0] == found.rank_array[-1]


@pytest.mark.parametrize("method", METHODS)
@given(problem=decisions(values=st.one_of(WILD, GRADES), weight=WILD_SHARES, fewest=1), data=st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_comes_back_undefined(method: mcda.MethodName, problem: Problem, data: st.DataObject) -> None:
    matrix, _, directions = problem
    options = required(method, matrix, directions)
    if mcda.methods()[method].normalisation:
        options["normalisation"] = data.draw(st.sampled_from(sorted(mcda.normalisations())))
    try:
        found = mcda.rank(*problem, method, **options)
    except mcda.InputError as error:
        given = {"option_numbers", "option_profiles", "bounds", "knots_order", "ideal_range", "expected_point"}
        if error.code not in UNDEFINED | {"weights_sum"} | (given if options else set()):
            raise
        return
    assert np.isfinite(found.score_array).all()
    assert all(np.isfinite(np.asarray(table)).all() for table in found.steps.values())
    assert found.rank_array.min() == 1


@given(problem=decisions(values=st.floats(-9, 9, width=16).filter(lambda x: x == 0 or abs(x) > 1e-3)), data=st.data())
@settings(max_examples=60, deadline=None)
def test_spotis_with_fixed_bounds_is_free_of_rank_reversal(problem: Problem, data: st.DataObject) -> None:
    matrix, weights, directions = problem
    bounds = [(-10, 10)] * len(weights)
    whole = mcda.rank(matrix, weights, directions, "spotis", bounds=bounds)
    kept = data.draw(st.lists(st.sampled_from(range(len(matrix))), min_size=1, unique=True))
    part = mcda.rank(matrix[kept], weights, directions, "spotis", bounds=bounds)
    assert part.score_array.tolist() == whole.score_array[kept].tolist()


def test_spotis_with_the_bounds_of_the_matrix_is_not() -> None:
    matrix, weights = np.array([[4.0, 0], [0, 5], [5, 4.9], [0, 40]]), [1, 1]
    first = mcda.rank(matrix[:3], weights, "max", "spotis").rank_array
    then = mcda.rank(matrix, weights, "max", "spotis").rank_array
    assert first[0] > first[1]
    assert then[0] < then[1]


# --- second implementations -------------------------------------------------------------------------------------------


def pymcdm_scores(method: str, matrix: Array, weights: Array, signs: Array) -> Array:
    from pymcdm import methods, normalizations

    kernels: dict[str, Any] = {
        "wpm": lambda: methods.WPM(normalizations.linear_normalization),
        "spotis": lambda: methods.SPOTIS(methods.SPOTIS.make_bounds(matrix)),
        "topsis": lambda: methods.TOPSIS(normalizations.vector_normalization),
        "wsm": lambda: methods.WSM(normalizations.minmax_normalization),
    }
    kernel = kernels.get(method, getattr(methods, method.upper()))()
    return np.asarray(kernel(matrix, weights, signs, validation=False))


SECOND = [
    "aras",
    "cocoso",
    "codas",
    "edas",
    "mabac",
    "mairca",
    "marcos",
    "moora",
    "spotis",
    "topsis",
    "vikor",
    "waspas",
    "wpm",
    "wsm",
]


@pytest.mark.parametrize("method", SECOND)
@given(problem=decisions())
@settings(max_examples=40, deadline=None)
def test_kernels_agree_with_pymcdm(method: mcda.MethodName, problem: Problem) -> None:
    matrix, weights, directions = problem
    matrix = spread(matrix)
    if method == "moora":
        assume("min" in directions)  # pymcdm's wants a cost
    try:
        ours = mcda.rank(matrix, weights, directions, method)
    except mcda.InputError:
        assume(False)
    if method == "vikor":  # 0/0 in pymcdm where all S or all R are equal
        assume(all(np.ptp(ours.step_arrays[symbol]) > 1e-9 for symbol in "SR"))
    signs = np.where(np.array(directions) == "max", 1, -1)
    theirs = pymcdm_scores(method, matrix, weights / weights.sum(), signs)
    assert ours.score_array == pytest.approx(theirs, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("normalisation", ["max", "minmax", "ratio", "sum", "vector"])
@given(problem=decisions())
@settings(max_examples=60, deadline=None)
def test_normalisations_agree_with_pymcdm(normalisation: mcda.NormalisationName, problem: Problem) -> None:
    from pymcdm import normalizations

    matrix, weights, directions = problem
    scale = getattr(normalizations, f"{'linear' if normalisation == 'ratio' else normalisation}_normalization")
    columns = zip(matrix.T, directions, strict=True)
    theirs = np.array([scale(column, direction == "min") for column, direction in columns]).T
    ours = mcda.rank(matrix, weights, directions, "wsm", normalisation=normalisation)
    assert ours.step_arrays["R"] == pytest.approx(theirs, abs=1e-12)


@given(problem=decisions())
@settings(max_examples=60, deadline=None)
def test_copras_is_the_sum_written_out(problem: Problem) -> None:
    matrix, weights, directions = problem
    shares = weights / weights.sum()
    plus, minus = [0.0] * len(matrix), [0.0] * len(matrix)
    for i, row in enumerate(matrix):
        for j, x in enumerate(row):
            part = shares[j] * x / sum(matrix[:, j])
            if directions[j] == "max":
                plus[i] += part
            else:
                minus[i] += part
    least = min(minus)
    q = list(plus)
    if least > 0:
        q = [p + least * sum(minus) / (s * sum(least / t for t in minus)) for p, s in zip(plus, minus, strict=True)]
    found = mcda.rank(matrix, weights, directions, "copras")
    assert found.score_array == pytest.approx([x / max(q) for x in q])
    assert found.step_arrays["Q"].sum() == pytest.approx(1)  # Podvezko (2011), equation 20


@given(problem=decisions())
@settings(max_examples=60, deadline=None)
def test_multimoora_keeps_what_all_three_lists_agree_on(problem: Problem) -> None:
    matrix, weights, directions = problem
    found = mcda.rank(spread(matrix), weights, directions, "multimoora")
    lists = [found.step_arrays[f"rank {part}"] for part in "yzU"]
    for i in range(len(matrix)):
        for k in range(len(matrix)):
            if all(ranks[i] <= ranks[k] for ranks in lists):
                assert found.rank_array[i] <= found.rank_array[k]


# --- many weight vectors at once ------------------------------------------------------------------------------------


def one_by_one(matrix: Array, weights: Array, directions: list[str], method: mcda.MethodName, **options: Any) -> Any:
    """Scores and ranks by a loop over `rank`, or the code of the error that it ends with."""
    try:
        each = [mcda.rank(matrix, w, directions, method, **options) for w in weights]
    except mcda.InputError as error:
        return error.code
    return np.array([r.score_array for r in each]), np.array([r.rank_array for r in each])


@pytest.mark.parametrize("values", [GRADES, LEVELS, REALS], ids=["grades", "levels", "reals"])
@pytest.mark.parametrize("method", METHODS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_many_weight_vectors_rank_as_one_by_one(
    method: mcda.MethodName, values: st.SearchStrategy[float], data: st.DataObject
) -> None:
    matrix, _, directions = data.draw(decisions(values=values))
    options = options_of(method, matrix, directions)
    weights = data.draw(hnp.arrays(float, (3, len(directions)), elements=st.sampled_from([0.0, 1, 2, 0.3])))
    assume(weights.any(axis=1).all())
    expected = one_by_one(matrix, weights, directions, method, **options)
    if isinstance(expected, str):
        with pytest.raises(mcda.InputError) as caught:
            mcda.rank_many(matrix, weights, directions, method, **options)
        assert caught.value.code == expected
    else:
        scores, ranks = mcda.rank_many(matrix, weights, directions, method, **options)
        assert scores == pytest.approx(expected[0], rel=1e-12, abs=1e-14)
        assert ranks.tolist() == expected[1].tolist()


@pytest.mark.parametrize("method", METHODS)
def test_a_tall_matrix_is_ranked_as_a_small_one(method: mcda.MethodName, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a tall matrix tables are computed when they are asked for; scores, ranks and tables are the same."""
    rng = np.random.default_rng(5)
    matrix, weights = rng.uniform(1, 9, (40, 3)), rng.dirichlet(np.ones(3))
    directions = ["max", "min", "max"]
    given = required(method, matrix, directions)
    one = mcda.rank(matrix, weights, directions, method, **given)
    monkeypatch.setattr(mcda.ranking_problem, "TALL", 10)
    other = mcda.rank(matrix, weights, directions, method, **given)
    assert other.score_array == pytest.approx(one.score_array, rel=1e-12, abs=1e-14)
    assert (other.rank_array == one.rank_array).all()
    assert set(other.steps) == set(one.steps)
    for symbol, table in one.step_arrays.items():
        assert other.step_arrays[symbol] == pytest.approx(table)


def test_ranking_in_blocks_is_ranking_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    scores = rng.integers(0, 30, 500) / 7.0 + rng.choice([0.0, 1e-12], 500)
    whole = mcda.competition_ranks(scores)
    monkeypatch.setattr(mcda.ranks, "BLOCK", 7)
    assert (mcda.competition_ranks(scores) == whole).all()
