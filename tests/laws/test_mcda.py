"""Array level: against pymcdm, laws, and refusals."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from inspect import signature
from typing import Any, get_args

import hypothesis.extra.numpy as hnp
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import saidao
from saidao import mcda
from saidao.mcda.ranking.promethee_ii import SHAPES
from scripts import method_pages, write_methods
from tests.laws.required import required
from tests.laws.test_laws import decisions, spread

Array = NDArray[np.float64]
SCHEMES = sorted(mcda.schemes())


# --- against pymcdm ---------------------------------------------------------------------------------------------------


@given(problem=decisions())
@settings(max_examples=60, deadline=None)
def test_entropy_agrees_with_pymcdm(problem: tuple[Array, Array, list[str]]) -> None:
    from pymcdm import weights as pymcdm_weights

    matrix = spread(problem[0])
    # its 1 - E cancels where a column hardly varies: that far it is not to be had
    assert mcda.weigh(matrix, "max", "entropy").array == pytest.approx(pymcdm_weights.entropy_weights(matrix), abs=1e-5)


def test_vikor_steps_are_in_the_criterion_s_own_unit() -> None:
    found = mcda.rank([[1, 10], [3, 40]], [1, 2], ["max", "min"], "vikor", v=0.25)
    assert found.step_arrays["f*"].tolist() == [3, 10]
    assert found.step_arrays["f-"].tolist() == [1, 40]
    assert found.options == {"v": 0.25}


# --- weights and ranks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["equal", "entropy"])
@given(problem=decisions(values=st.floats(-5, 100, width=32).filter(lambda x: abs(x) > 1e-9)))
@settings(max_examples=60, deadline=None)
def test_weights_are_finite_shares_or_an_error(
    scheme: mcda.SchemeName, problem: tuple[Array, Array, list[str]]
) -> None:
    try:
        found = mcda.weigh(problem[0], problem[2], scheme)
    except mcda.InputError:
        return
    assert len(found.array) == problem[0].shape[1]
    assert (found.array >= 0).all()
    assert found.array.sum() == pytest.approx(1)


def test_a_constant_criterion_weighs_nothing_by_entropy() -> None:
    assert mcda.weigh([[7, 1, 0.1], [7, 2, 0.1], [7, 5, 0.1]], "max", "entropy").array.tolist() == [0, 1, 0]


def test_ties_do_not_chain_and_zeros_tie_up_to_rounding() -> None:
    steps = np.array([1, 1 + 0.7e-9, 1 + 1.4e-9, 1 + 2.1e-9])
    assert mcda.competition_ranks(steps).tolist() == [3, 3, 1, 1]
    assert mcda.competition_ranks(np.array([1.0, 1e-17, 0.0, -1e-17])).tolist() == [1, 2, 2, 2]
    assert mcda.competition_ranks(np.array([3e-12, 2e-12])).tolist() == [1, 2]
    assert mcda.competition_ranks(np.array([2.0, 1, 1, 0]), "lower").tolist() == [4, 2, 2, 1]


# --- labels, results, refusals ----------------------------------------------------------------------------------------


def test_frames_keep_their_labels() -> None:
    frame = pd.DataFrame({"price": [3.0, 1.0], "range": [5.0, 2.0]}, index=["car", "bike"])
    found = mcda.rank(frame, {"range": 1, "price": 3}, {"price": "min", "range": "max"})
    assert found.scores.index.tolist() == ["car", "bike"]
    assert found.weights.to_frame()["weight"].to_dict() == {"price": 0.75, "range": 0.25}
    assert found.weights.given is not None
    assert found.weights.given.tolist() == [3, 1]
    assert found.steps["V"].shape == (2, 2)
    assert list(found.steps) == ["R", "V", "A+", "A-", "D+", "D-", "C"]
    assert found.to_frame().loc["bike", "rank"] == 1
    assert found.to_dict()["ranking"][1] == {"alternative": "bike", "score": found.score_array[1], "rank": 1}
    series = pd.Series({"range": 0.25, "price": 0.75})
    assert mcda.rank(frame, series, ["min", "max"]).score_array.tolist() == found.score_array.tolist()


def test_options_by_criterion_are_put_in_order() -> None:
    frame = pd.DataFrame({"price": [3.0, 1.0], "range": [5.0, 2.0]}, index=["car", "bike"])
    directions = {"price": "min", "range": "max"}
    plain = mcda.rank(frame, [1, 1], directions, "spotis", bounds=[[0, 4], [0, 10]])
    table = pd.DataFrame({"low": [0, 0], "high": [10, 4]}, index=["range", "price"])
    for bounds in ({"range": (0, 10), "price": (0, 4)}, table, np.array([[0, 4], [0, 10]])):
        found = mcda.rank(frame, [1, 1], directions, "spotis", bounds=bounds)
        assert found.score_array.tolist() == plain.score_array.tolist() == pytest.approx([0.625, 0.525])
        assert found.to_json()
    assert plain.better == "lower"


def test_a_zero_is_taken_by_the_normalisation_that_the_refusal_names() -> None:
    for method in ("wpm", "waspas", "cocoso", "marcos"):
        with pytest.raises(mcda.InputError, match="minmax_shifted"):
            mcda.rank([[0, 0], [1, 1]], [1, 1], "max", method)
        assert mcda.rank([[0, 0], [1, 1]], [1, 1], "max", method, normalisation="minmax_shifted").ranks.tolist() == [
            2,
            1,
        ]


def test_results_are_frozen() -> None:
    found = mcda.rank([[1, 2], [3, 1]], [1, 1], "max")
    with pytest.raises(AttributeError):
        found.method = "wsm"  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.options["normalisation"] = "sum"  # type: ignore[index]


GOOD: dict[str, Any] = {"matrix": [[1, 2], [3, 1]], "weights": [1, 1], "directions": ["max", "max"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"matrix": [[1, float("nan")], [3, 1]]}, "matrix_value"),
        ({"matrix": [[1, float("inf")], [3, 1]]}, "matrix_value"),
        ({"matrix": [1, 2]}, "matrix_shape"),
        ({"matrix": []}, "matrix_shape"),
        ({"matrix": [["x", 2], [3, 1]]}, "matrix_type"),
        ({"matrix": [[2, 2], [2, 2]]}, "all_equal"),
        ({"weights": [1]}, "weights_shape"),
        ({"weights": [1, -1]}, "weight_value"),
        ({"weights": [1, float("nan")]}, "weight_value"),
        ({"weights": [0, 0]}, "weights_sum"),
        ({"weights": "ab"}, "weights_type"),
        ({"weights": {0: 1}}, "labels"),
        ({"weights": {0: 1, 1: 1, 2: 1}}, "labels"),
        ({"directions": ["max"]}, "directions_number"),
        ({"directions": ["max", "up"]}, "direction"),
        ({"directions": {0: "max"}}, "labels"),
        ({"method": "topsys"}, "unknown_name"),
        ({"normalisation": "vektor"}, "unknown_name"),
        ({"v": 0.5}, "unknown_option"),
        ({"method": "vikor", "v": 2}, "option_range"),
        ({"method": "vikor", "normalisation": "sum"}, "unknown_option"),
        ({"method": "vikor", "matrix": [[1, 2], [1, 3]]}, "constant_criterion"),
        ({"method": "vikor", "matrix": [[1, 2], [2, 1]]}, "undefined_score"),
        ({"method": "edas", "matrix": [[1, -2], [2, 1]]}, "average_not_positive"),
        ({"method": "edas", "matrix": [[1, 2], [1, 2]]}, "undefined_score"),
        ({"normalisation": "sum", "matrix": [[0, 1], [1, 0]], "directions": ["max", "min"]}, "normalisation_domain"),
        ({"normalisation": "max", "matrix": [[0, 1], [0, 2]]}, "normalisation_domain"),
        ({"matrix": [[1e60, 1], [1, 2]]}, "matrix_value"),
        ({"weights": [1e-60, 1]}, "weight_value"),
        ({"method": "wpm", "matrix": [[0, 1], [1, 2]]}, "zero_value"),
        ({"method": "waspas", "matrix": [[0, 1], [1, 2]]}, "zero_value"),
        ({"method": "waspas", "lam": 1.5}, "option_range"),
        ({"method": "cocoso", "lam": "half"}, "option_range"),
        ({"method": "cocoso", "matrix": [[1, 1], [2, 2]]}, "zero_value"),
        ({"method": "cocoso", "matrix": [[-1, 1], [2, 2]], "normalisation": "vector"}, "zero_value"),
        ({"method": "marcos", "matrix": [[0, 1], [1, 0]]}, "zero_value"),
        ({"method": "mabac", "matrix": [[-1, 1]], "normalisation": "vector"}, "zero_value"),
        ({"method": "multimoora", "matrix": [[0, 1], [1, 2]]}, "not_positive"),
        ({"method": "copras", "matrix": [[0, 1], [1, 2]], "directions": ["min", "max"]}, "zero_cost"),
        ({"method": "aras", "matrix": [[0, 1], [1, 2]], "directions": ["min", "max"]}, "normalisation_domain"),
        ({"method": "aras", "optimum": [1]}, "option_numbers"),
        ({"method": "codas", "matrix": [[-1, 1], [1, 2]]}, "normalisation_domain"),
        ({"method": "codas", "tau": -1}, "option_range"),
        ({"method": "spotis", "matrix": [[1, 2], [1, 3]]}, "constant_criterion"),
        ({"method": "spotis", "bounds": [[0, 5]]}, "option_numbers"),
        ({"method": "spotis", "bounds": [[0, "x"], [0, 5]]}, "option_numbers"),
        ({"method": "spotis", "bounds": [[0, 2], [0, 5]]}, "bounds"),
        ({"method": "spotis", "bounds": [[9, 0], [0, 5]]}, "bounds"),
        ({"method": "spotis", "bounds": {0: [0, 5]}}, "labels"),
    ],
)
def test_rank_refuses(change: dict[str, Any], code: str) -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.rank(**{**GOOD, **change})
    assert caught.value.code == code
    assert caught.value.found
    assert caught.value.expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scheme": "entropi"}, "unknown_name"),
        ({"scheme": "entropy", "matrix": [[1, -2], [3, 1]]}, "scheme_non_negative"),
        ({"scheme": "entropy", "matrix": [[1, 0], [3, 0]]}, "scheme_non_negative"),
        ({"scheme": "entropy", "matrix": [[2, 1], [2, 1]]}, "scheme_equal"),
        ({"scheme": "entropy", "matrix": [[2, 1]]}, "scheme_equal"),
        ({"scheme": "direct"}, "option_missing"),
        ({"scheme": "ahp"}, "option_missing"),
        ({"scheme": "ahp", "pairwise": [[1]]}, "pairwise_size"),
        ({"scheme": "ahp", "pairwise": [[1, 2], [0.5, 1]], "prioritisation": "x"}, "unknown_name"),
        ({"scheme": "equal", "weights": [1, 2]}, "unknown_option"),
    ],
)
def test_weigh_refuses(change: dict[str, Any], code: str) -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.weigh(**{"matrix": [[1, 2], [3, 1]], "directions": "max", **change})
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([[1, 2]], "pairwise_shape"),
        ([[2, 2], [0.5, 1]], "pairwise_diagonal"),
        ([[1, -2], [-0.5, 1]], "pairwise_value"),
        ([[1, 2], [2, 1]], "pairwise_reciprocal"),
        ([[1, float("nan")], [float("nan"), 1]], "pairwise_missing"),
        ([["x", 1], [1, 1]], "pairwise_type"),
    ],
)
def test_ahp_refuses(matrix: Any, code: str) -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.ahp(matrix)
    assert caught.value.code == code


@given(hnp.arrays(float, st.integers(1, 9), elements=st.floats(0.1, 10)))
def test_ahp_of_a_consistent_matrix_returns_its_ratios(weights: Array) -> None:
    found = mcda.ahp(np.divide.outer(weights, weights))
    assert found.array == pytest.approx(weights / weights.sum(), abs=1e-9)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.lambda_max == pytest.approx(len(weights))
    assert mcda.ahp(np.divide.outer(weights, weights), "geometric_mean").array == pytest.approx(found.array)


def test_a_blank_half_is_filled_and_the_input_stays_as_it_was() -> None:
    half = np.array([[1, 3, 5], [np.nan, 1, 3], [np.nan, np.nan, 1]])
    kept = half.copy()
    full: list[list[float]] = [[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]
    assert mcda.ahp(half).array == pytest.approx(mcda.ahp(full).array)
    np.testing.assert_array_equal(half, kept)


def test_a_pairwise_frame_is_aligned_by_its_labels() -> None:
    frame = pd.DataFrame([[3.0, 1.0], [1.0, 1 / 3]], index=["a", "b"], columns=["b", "a"])
    assert mcda.ahp(frame).to_frame()["weight"].to_dict() == pytest.approx({"a": 0.75, "b": 0.25})


def test_every_registered_thing_has_a_source_and_names() -> None:
    registries: tuple[Mapping[Any, Any], ...] = (mcda.methods(), mcda.schemes(), mcda.normalisations())
    for entry in (entry for registry in registries for entry in registry.values()):
        assert entry.title
        assert entry.title_zh
        assert "(" in entry.source or "section" in entry.source


def test_where_ranks_are_said_not_to_reverse_scores_depend_on_no_other_alternative() -> None:
    given: dict[str, dict[str, Any]] = {
        "balanced_spotis": {"bounds": [[0, 9]] * 3, "expected": [4, 4, 4]},
        "comet": {"values": [[0, 4, 9]] * 3},
        "electre_tri": {"profiles": [[3, 6]] * 3},
        "fuzzy_evaluation": {"knots": [[0, 4, 9]] * 3, "grades": [0, 50, 100]},
        "lopm": {"limits": [2, 3, 4]},
        "rafsi": {"ideal": [9, 9, 9], "anti_ideal": [0, 0, 0]},
        "rim": {"ranges": [[0, 9]] * 3, "ideals": [[4, 5]] * 3},
        "smart": {"lower": [0, 0, 0], "upper": [9, 9, 9]},
        "spotis": {"bounds": [[0, 9]] * 3},
    }
    matrix: list[list[float]] = [[1.0, 5, 3], [4, 2, 6], [2, 7, 1], [8, 1, 8], [5, 5, 2]]
    for name in method_pages.ALONE:
        method: Any = name
        all_of_them = mcda.rank(matrix, [3, 2, 1], "max", method, **given[name]).score_array
        some = mcda.rank(matrix[:3], [3, 2, 1], "max", method, **given[name]).score_array
        assert some == pytest.approx(all_of_them[:3], rel=1e-12), name


def test_what_is_made_from_the_registries_is_as_they_are() -> None:
    for path, text in write_methods.files().items():
        assert path.read_text("utf-8") == text, "run `python -m scripts.write_methods`"


def test_every_method_has_a_guide_in_both_languages_and_a_section_with_a_case() -> None:
    pages = method_pages.pages()
    registries: dict[str, Mapping[Any, Any]] = {
        "ranking": mcda.methods(),
        "weighting": mcda.schemes(),
        "normalisation": mcda.normalisations(),
    }
    for kind, entries in registries.items():
        for lang in ("en", "zh"):
            sections = re.split(r"\n\([a-z-]+\)=\n", pages[f"{kind}{'_zh' if lang == 'zh' else ''}"])[1:]
            assert len(sections) == len(entries)
            for (name, entry), section in zip(entries.items(), sections, strict=True):
                guide = entry.guide
                assert not re.search("[\u4e00-\u9fff]", guide.use + guide.trap.replace("信息量权重", "")), name
                assert all(re.search("[\u4e00-\u9fff]", text) for text in (guide.use_zh, guide.trap_zh)), name
                assert (guide.trap_zh if lang == "zh" else guide.trap) in section
                assert section.count("| ---") or name in ("equal", "direct"), name


PUBLIC = {name: getattr(mcda, name) for name in mcda.__all__}
CANNOT_FAIL = {"competition_ranks", "largest_block", "two_way"}


@pytest.mark.parametrize("name", [name for name, what in PUBLIC.items() if inspect.isfunction(what)])
def test_a_public_function_says_what_it_takes_gives_and_refuses_and_shows_it(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name]) or ""
    taken = signature(PUBLIC[name]).parameters
    assert "Returns\n-------" in text
    assert "Examples\n--------\n>>>" in text or "Examples\n--------\n    >>>" in text
    if taken:
        assert "Parameters\n----------" in text
        assert ("Raises\n------" in text) == (name not in CANNOT_FAIL)
        assert not [each for each in taken if not re.search(rf"\b{each}\b", text)]


@pytest.mark.parametrize("name", [name for name, what in PUBLIC.items() if is_dataclass(what)])
def test_a_public_result_says_what_it_holds(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name]) or ""
    assert "Attributes\n----------" in text
    assert not [f.name for f in fields(PUBLIC[name]) if not re.search(rf"\b{f.name}\b", text)]


@pytest.mark.parametrize(
    ("literal", "registry"),
    [
        (mcda.MethodName, mcda.methods()),
        (mcda.SchemeName, mcda.schemes()),
        (mcda.NormalisationName, mcda.normalisations()),
        (mcda.PrioritisationName, mcda.PRIORITISATIONS),
        (mcda.RandomIndexName, mcda.RANDOM_INDEX),
        (mcda.CompletionName, mcda.COMPLETIONS),
        (mcda.AggregationName, mcda.AGGREGATIONS),
        (mcda.ImputationName, mcda.IMPUTATIONS),
        (mcda.CombinationName, mcda.COMBINATIONS),
        (mcda.CorrelationName, mcda.CORRELATIONS),
        (mcda.PreferenceName, SHAPES),
    ],
)
def test_each_type_of_names_is_its_registry(literal: Any, registry: Iterable[str]) -> None:
    assert sorted(get_args(literal)) == sorted(registry)


MATRICES: dict[str, tuple[list[list[float]], list[str]]] = {
    "a zero among costs": ([[3, 0], [2, 5]], ["max", "min"]),
    "a zero among benefits": ([[3, 0], [2, 5], [1, 1]], ["max", "max"]),
    "a negative benefit": ([[3, -1], [2, 5], [1, 1]], ["max", "max"]),
    "a negative cost": ([[3, -1], [2, -5], [1, 1]], ["max", "min"]),
    "a column of zeros": ([[0, 1], [0, 2]], ["max", "min"]),
    "a constant column": ([[3, 1], [2, 1], [1, 1]], ["max", "max"]),
    "columns that sum to nothing": ([[1, -1], [-1, 1], [0, 0]], ["max", "max"]),
    "alternatives that are alike": ([[1, 1], [1, 1]], ["max", "max"]),
}


@pytest.mark.parametrize("name", sorted(MATRICES))
@pytest.mark.parametrize("method", sorted(mcda.methods()))
def test_a_remedy_names_only_what_works(method: mcda.MethodName, name: str) -> None:
    """The normalisation or method that a refusal names is taken, by this method and on this matrix."""
    matrix, directions = MATRICES[name]
    try:
        mcda.rank(matrix, [1, 1], directions, method=method, **required(method, matrix, directions))
    except mcda.InputError as error:
        for other in re.findall(r"normalisation '(\w+)'", error.remedy):
            mcda.rank(matrix, [1, 1], directions, method=method, normalisation=other)
        for other in set(re.findall(r"\w+", error.remedy)) & set(mcda.methods()):
            mcda.rank(matrix, [1, 1], directions, method=other)


def test_an_error_of_the_arrays_is_told_by_words_of_its_own() -> None:
    """Two errors may share a code, and what one has to say the other does not know."""
    with pytest.raises(saidao.CaseError, match="indifference, preference"):
        saidao.rank("shanghai", "equal", "promethee_ii", preference="linear", q=3, p=1).to_frame()


def test_grey_relation_on_initial_values_is_that_of_sequences() -> None:
    """The ranking's coefficients are those of alternatives over the first one's values, costs inverted."""
    matrix = np.array([[4.0, 8.0, 5.0], [6.0, 4.0, 5.5], [3.0, 16.0, 4.0]])
    scaled = np.column_stack([matrix[:, 0] / 4.0, 8.0 / matrix[:, 1], matrix[:, 2] / 5.0])
    delta = scaled.max(axis=0) - scaled
    eta = (delta.min() + 0.5 * delta.max()) / (delta + 0.5 * delta.max())
    directions, weights = ["max", "min", "max"], np.array([0.5, 0.3, 0.2])
    found = mcda.rank(matrix, weights, directions, "gra", normalisation="initial")
    assert found.score_array == pytest.approx(eta @ weights)
    assert mcda.normalise(matrix, directions, "initial").array == pytest.approx(scaled)
    columns = mcda.grey_relations([1, 1.5, 0.75], matrix.T, directions, scaling="initial")
    assert columns.coefficients.shape == (3, 3)
    with pytest.raises(mcda.InputError, match="first value"):
        mcda.normalise([[0, 1], [2, 3]], "max", "initial")


def test_gra_topsis_weighs_in_the_matrix_or_in_the_mean() -> None:
    matrix, w = (
        np.array([[4.0, 8.0, 5.0], [6.0, 4.0, 5.5], [3.0, 16.0, 4.0], [5.0, 5.0, 5.0]]),
        np.array([0.5, 0.3, 0.2]),
    )
    z = mcda.normalise(matrix, ["max", "min", "max"], "minmax").array
    for weighting, v, mean in (("matrix", z * w, np.full(3, 1 / 3)), ("mean", z, w)):
        degrees = [
            (apart.min() + 0.5 * apart.max()) / (apart + 0.5 * apart.max()) @ mean
            for apart in (v.max(axis=0) - v, v - v.min(axis=0))
        ]
        options: Any = {"weighting": weighting}
        found = mcda.rank(matrix, w, ["max", "min", "max"], "gra_topsis", **options)
        assert found.score_array == pytest.approx(degrees[0] / (degrees[0] + degrees[1]))
        many = mcda.rank_many(matrix, [w, w[::-1]], ["max", "min", "max"], "gra_topsis", **options)[0]
        assert many[0] == pytest.approx(found.score_array)
        other = mcda.rank(matrix, w[::-1], ["max", "min", "max"], "gra_topsis", **options)
        assert many[1] == pytest.approx(other.score_array)
