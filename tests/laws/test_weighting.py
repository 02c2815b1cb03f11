"""Weighting schemes: laws, other programs, refusals, and judgements on a case."""

from __future__ import annotations

from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

import saidao
from saidao import mcda

Array = NDArray[np.float64]
MATRIX = sorted(name for name, scheme in mcda.schemes().items() if scheme.needs in ("matrix", "criteria"))
DISTINCT = [[3.0, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]]


def weighed(matrix: Any, directions: Any, scheme: mcda.SchemeName, **options: Any) -> mcda.Weights:
    """Weigh, or pass over what the scheme refuses."""
    try:
        return mcda.weigh(matrix, directions, scheme, **options)
    except mcda.InputError:
        assume(False)
        raise


def matrices(low: float, high: float, m_min: int = 2) -> st.SearchStrategy[Array]:
    shapes = st.tuples(st.integers(m_min, 7), st.integers(1, 5))
    return shapes.flatmap(lambda shape: hnp.arrays(float, shape, elements=st.floats(low, high)))


@st.composite
def problems(draw: st.DrawFn) -> tuple[Array, list[str]]:
    """Draw positive columns far from ties, and directions."""
    m, n = draw(st.integers(3, 6)), draw(st.integers(1, 5))
    columns = [draw(st.permutations(range(m))) for _ in range(n)]
    noise = draw(hnp.arrays(float, (m, n), elements=st.floats(0, 0.5, width=16)))
    directions = draw(st.lists(st.sampled_from(["max", "min"]), min_size=n, max_size=n))
    return 1.0 + np.array(columns).T + noise, directions


# --- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", MATRIX)
@given(
    matrix=st.one_of(
        matrices(-1e3, 1e3, 1),
        matrices(0, 1, 1),
        matrices(-1e308, 1e308, 1),
        matrices(0, 1e-300, 1),
        st.integers(1, 5).flatmap(
            lambda m: hnp.arrays(float, (m, 3), elements=st.sampled_from([0.0, 1.0, 2.0, 0.1 + 0.2, 0.3]))
        ),
    ),
    data=st.data(),
)
@settings(max_examples=50, deadline=None)
def test_weights_are_as_many_shares_as_criteria_or_an_error(
    scheme: mcda.SchemeName, matrix: Array, data: st.DataObject
) -> None:
    n = matrix.shape[1]
    directions = data.draw(st.lists(st.sampled_from(["max", "min"]), min_size=n, max_size=n))
    try:
        found = mcda.weigh(matrix, directions, scheme)
    except mcda.InputError:
        return
    assert found.array.shape == (n,)
    assert (found.array >= 0).all()
    assert found.array.sum() == pytest.approx(1)


@pytest.mark.parametrize("scheme", MATRIX)
@given(problem=problems(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_criteria_and_alternatives_does_not_matter(
    scheme: mcda.SchemeName, problem: tuple[Array, list[str]], data: st.DataObject
) -> None:
    matrix, directions = problem
    rows = data.draw(st.permutations(range(matrix.shape[0])))
    columns = data.draw(st.permutations(range(matrix.shape[1])))
    found = weighed(matrix, directions, scheme)
    moved = weighed(matrix[rows][:, columns], [directions[j] for j in columns], scheme)
    assert moved.array == pytest.approx(found.array[columns], abs=1e-9)


@pytest.mark.parametrize("scheme", MATRIX)
@given(problem=problems(), factor=st.floats(0.01, 1000))
@settings(max_examples=40, deadline=None)
def test_the_unit_of_a_criterion_does_not_matter(
    scheme: mcda.SchemeName, problem: tuple[Array, list[str]], factor: float
) -> None:
    matrix, directions = problem
    scaled = matrix * np.where(np.arange(matrix.shape[1]) == 0, factor, 1.0)
    found = weighed(matrix, directions, scheme)
    assert weighed(scaled, directions, scheme).array == pytest.approx(found.array, abs=1e-9)


@pytest.mark.parametrize("scheme", ["entropy", "merec", "standard_deviation", "variance", "gini", "angle"])
def test_a_constant_criterion_weighs_nothing(scheme: mcda.SchemeName) -> None:
    found = mcda.weigh([[7, 1, 0.1], [7, 2, 0.1], [7, 5, 0.1]], ["max", "max", "min"], scheme).array
    assert found == pytest.approx([0, 1, 0], abs=1e-15)


@given(problem=problems())
@settings(max_examples=40, deadline=None)
def test_critic_turns_with_the_directions(problem: tuple[Array, list[str]]) -> None:
    """A criterion reversed and called a cost is the same criterion."""
    matrix, directions = problem
    turned = matrix.copy()
    turned[:, 0] = 100.0 - matrix[:, 0]
    other = ["min" if directions[0] == "max" else "max", *directions[1:]]
    found = weighed(matrix, directions, "critic")
    assert weighed(turned, other, "critic").array == pytest.approx(found.array, abs=1e-9)


# --- against pymcdm ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "options"),
    [
        ("critic", {}),
        ("merec", {}),
        ("standard_deviation", {"normalisation": "none"}),
        ("variance", {}),
        ("gini", {}),
        ("angle", {}),
        ("cilos", {}),
        ("idocriw", {}),
        ("lopcow", {}),
    ],
)
@given(problem=problems())
@settings(max_examples=50, deadline=None)
def test_kernels_agree_with_pymcdm(
    scheme: mcda.SchemeName, options: dict[str, Any], problem: tuple[Array, list[str]]
) -> None:
    from pymcdm import weights

    matrix, directions = problem
    if scheme == "critic":  # there it ignores the directions
        directions = ["max"] * len(directions)
    assume(matrix.shape[1] > 1)
    found = weighed(matrix, directions, scheme, **options)
    signs = np.array([1 if d == "max" else -1 for d in directions])
    theirs = getattr(weights, f"{scheme}_weights")(matrix, signs)
    assert found.array == pytest.approx(theirs, abs=1e-7)


# --- the best-worst method --------------------------------------------------------------------------------------------


@st.composite
def comparisons(draw: st.DrawFn) -> dict[str, Any]:
    n = draw(st.integers(2, 6))
    best, worst = draw(st.permutations(range(n)))[:2]
    top = draw(st.integers(1, 9))
    to, of = (np.array(draw(st.lists(st.integers(1, top), min_size=n, max_size=n)), dtype=float) for _ in range(2))
    to[[best, worst]], of[[best, worst]] = [1, top], [top, 1]
    return {"best": best, "worst": worst, "best_to_others": to, "others_to_worst": of}


def bwm(judged: dict[str, Any], model: Any) -> mcda.Weights:
    return mcda.weigh(np.ones((1, len(judged["best_to_others"]))), "max", "bwm", model=model, **judged)


def nonlinear_rows(judged: dict[str, Any], xi: float) -> Array:
    """Rows a of a w <= 0 that hold for w if no ratio is further than xi from its judgement."""
    to, of, best, worst = (judged[k] for k in ("best_to_others", "others_to_worst", "best", "worst"))
    eye = np.eye(len(to))
    rows = []
    for j in range(len(to)):
        if j != best:
            rows += [eye[best] - (to[j] + xi) * eye[j], (to[j] - xi) * eye[j] - eye[best]]
        if j != worst:
            rows += [eye[j] - (of[j] + xi) * eye[worst], (of[j] - xi) * eye[worst] - eye[j]]
    return np.array(rows)


@given(judged=comparisons())
@settings(max_examples=50, deadline=None)
def test_linear_bwm_is_the_optimum_of_its_program(judged: dict[str, Any]) -> None:
    found = bwm(judged, "linear")
    to, of, best, worst = (judged[k] for k in ("best_to_others", "others_to_worst", "best", "worst"))
    n, eye = len(to), np.eye(len(to))
    rows = np.vstack([eye[best] - to[:, None] * eye, eye - of[:, None] * eye[worst]])
    rows = np.hstack([np.vstack([rows, -rows]), -np.ones((4 * n, 1))])
    program = linprog(np.eye(n + 1)[-1], rows, np.zeros(4 * n), [[*np.ones(n), 0]], [1])
    assert found.step_arrays["xi"] == pytest.approx(program.fun, abs=1e-9)
    assert (rows @ [*found.array, float(found.step_arrays["xi"])]).max() <= 1e-12


@given(judged=comparisons())
@settings(max_examples=60, deadline=None)
def test_nonlinear_bwm_has_the_least_xi_and_the_whole_intervals(judged: dict[str, Any]) -> None:
    found = bwm(judged, "nonlinear")
    xi = float(found.step_arrays["xi"])
    lower, upper = found.step_arrays["lower"], found.step_arrays["upper"]
    n = len(lower)
    assert found.array == pytest.approx((lower + upper) / (lower + upper).sum())
    if xi > 1e-6:
        tight = nonlinear_rows(judged, xi - 1e-6)
        slackest = linprog(
            np.eye(n + 1)[-1],
            np.hstack([tight, -np.ones((len(tight), 1))]),
            np.zeros(len(tight)),
            [[*np.ones(n), 0]],
            [1],
            bounds=[*[(0, 1)] * n, (None, None)],
        )
        assert slackest.fun > 0
    rows = nonlinear_rows(judged, xi + 1e-6)  # as near as the solver's tolerance allows
    for j in range(n):
        for sign, end in ((1.0, lower[j]), (-1.0, upper[j])):
            program = linprog(sign * np.eye(n)[j], rows, np.zeros(len(rows)), [np.ones(n)], [1])
            assert sign * program.fun == pytest.approx(end, abs=1e-5)


@pytest.mark.parametrize("model", ["linear", "nonlinear"])
@given(weights=st.lists(st.sampled_from([1, 2, 3, 4, 6, 8]), min_size=2, max_size=6))
def test_bwm_without_contradiction_returns_the_ratios(model: str, weights: list[int]) -> None:
    w = np.array(weights, dtype=float)
    best, worst = int(w.argmax()), int(len(w) - 1 - w[::-1].argmin())
    assume(best != worst)
    judged = {"best": best, "worst": worst, "best_to_others": w[best] / w, "others_to_worst": w / w[worst]}
    found = bwm(judged, model)
    assert found.array == pytest.approx(w / w.sum())
    assert found.step_arrays["xi"] == pytest.approx(0, abs=1e-12)


# --- judgements -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["roc", "rank_sum"])
def test_tied_criteria_share_the_mean_of_their_places(scheme: mcda.SchemeName) -> None:
    free = mcda.weigh([[1] * 4], "max", scheme, ranks=[1, 2, 3, 4]).array
    for ranks in ([2, 1, 2, 4], [2, 1, 2, 3], [2.5, 1, 2.5, 4]):
        tied = mcda.weigh([[1] * 4], "max", scheme, ranks=ranks).array
        assert tied == pytest.approx([free[1:3].mean(), free[0], free[1:3].mean(), free[3]])


def test_swara_follows_the_ranks_not_the_columns() -> None:
    found = mcda.weigh([[1] * 3], "max", "swara", ranks=[3, 1, 2], importance=[0.2, 0, 0.5])
    assert found.step_arrays["q"] == pytest.approx([1 / 1.8, 1, 1 / 1.5])


def test_judgements_are_taken_by_name() -> None:
    names = ["price", "range", "comfort"]
    by_name = {"comfort": 40, "price": 100, "range": 60}
    found = mcda.weigh([[1, 1, 1]], "max", "swing", criteria=names, points=by_name)
    assert found.to_frame()["weight"].to_dict() == {"price": 0.5, "range": 0.3, "comfort": 0.2}
    assert found.given is not None
    assert found.given.tolist() == [100, 60, 40]
    judged = mcda.weigh(
        [[1, 1]],
        "max",
        "bwm",
        criteria=["a", "b"],
        best="b",
        worst="a",
        best_to_others={"a": 3, "b": 1},
        others_to_worst={"b": 3, "a": 1},
    )
    assert judged.array == pytest.approx([0.25, 0.75])


def test_matrices_of_judgements_are_aligned_by_their_labels() -> None:
    import pandas as pd

    frame = pd.DataFrame([[1, 0.5], [2, 1]], index=["b", "a"], columns=["b", "a"])
    found = mcda.weigh([[1, 1]], "max", "ahp", criteria=["a", "b"], pairwise=frame)
    assert found.to_frame()["weight"].to_dict() == pytest.approx({"a": 2 / 3, "b": 1 / 3})
    assert found.consistency is not None
    assert found.consistency.ratio == 0
    more = pd.DataFrame([[0.5, 0], [1, 0.5]], index=["b", "a"], columns=["b", "a"])
    ranked = mcda.weigh([[1, 1]], "max", "rancom", criteria=["a", "b"], comparisons=more)
    assert ranked.array.tolist() == [0.75, 0.25]


def test_every_result_keeps_its_options_and_steps() -> None:
    found = mcda.weigh(DISTINCT, "max", "standard_deviation")
    assert found.options == {"normalisation": "minmax"}
    for scheme in MATRIX:
        three = np.array(DISTINCT)[:, :3]  # independence needs more alternatives than criteria
        steps = mcda.weigh(three, ["min", "max", "min"], scheme).step_arrays
        assert bool(steps) == (scheme != "equal")
        assert all(np.isfinite(table).all() for table in steps.values())


JUDGED: dict[str, dict[str, Any]] = {
    "swing": {"points": [100, 50]},
    "roc": {"ranks": [1, 2]},
    "swara": {"ranks": [1, 2], "importance": [0, 0.5]},
    "bwm": {"best": 0, "worst": 1, "best_to_others": [1, 3], "others_to_worst": [3, 1]},
    "rancom": {"ranks": [1, 2]},
}


@pytest.mark.parametrize(
    ("scheme", "change", "code"),
    [
        ("swing", {"points": [100]}, "option_shape"),
        ("swing", {"points": [100, 101]}, "option_value"),
        ("swing", {"points": [0, 0]}, "option_value"),
        ("swing", {"points": "ab"}, "option_type"),
        ("swing", {"points": {0: 1}}, "labels"),
        ("swing", {"points": None}, "option_missing"),
        ("swing", {"ranks": [1, 2]}, "unknown_option"),
        ("swing", {"criteria": ["a"]}, "criteria"),
        ("swing", {"criteria": ["a", "a"]}, "criteria"),
        ("roc", {"ranks": [0, 1]}, "option_value"),
        ("roc", {"ranks": [1, float("nan")]}, "option_value"),
        ("swara", {"importance": [0, -0.5]}, "option_value"),
        ("swara", {"importance": [0.5, 0]}, "swara_first"),
        ("swara", {"ranks": [1, 1]}, "swara_order"),
        ("swara", {"importance": None}, "option_missing"),
        ("bwm", {"best": 7}, "option_labels"),
        ("bwm", {"worst": 0}, "bwm_best_worst"),
        ("bwm", {"best_to_others": [1, 10]}, "option_value"),
        ("bwm", {"best_to_others": [2, 3]}, "bwm_itself"),
        ("bwm", {"best_to_others": [1, 4]}, "bwm_best_to_worst"),
        ("bwm", {"model": "fuzzy"}, "unknown_name"),
        ("rancom", {"ranks": None}, "option_missing"),
        ("rancom", {"comparisons": [[0.5, 1], [0, 0.5]]}, "option_missing"),
        ("rancom", {"ranks": None, "comparisons": [[0.5, 1]]}, "comparisons_shape"),
        ("rancom", {"ranks": None, "comparisons": [[0.5]]}, "comparisons_size"),
        ("rancom", {"ranks": None, "comparisons": [[0.5, 1], [1, 0.5]]}, "comparisons_value"),
        ("rancom", {"ranks": None, "comparisons": [[0.5, 0.7], [0.3, 0.5]]}, "comparisons_value"),
    ],
)
def test_judgements_are_refused(scheme: mcda.SchemeName, change: dict[str, Any], code: str) -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.weigh([[1, 2], [3, 1]], "max", scheme, **{**JUDGED[scheme], **change})
    assert caught.value.code == code


def test_a_worst_criterion_that_is_not_the_worst_is_refused() -> None:
    judged = {"best": 0, "worst": 2, "best_to_others": np.array([1, 5, 3.0]), "others_to_worst": np.array([3, 1, 1.0])}
    with pytest.raises(mcda.InputError) as caught:
        bwm(judged, "linear")
    assert caught.value.code == "bwm_order"


@pytest.mark.parametrize(
    ("scheme", "matrix", "code"),
    [
        *[(scheme, [[1, 5], [3, 5], [2, 5]], "scheme_constant") for scheme in ("critic", "cilos", "idocriw", "lopcow")],
        *[
            (scheme, [[2, 5]], "scheme_equal")
            for scheme in ("merec", "standard_deviation", "variance", "gini", "angle")
        ],
        ("critic", [[1, 1], [2, 2], [5, 5]], "scheme_equal"),
        ("lopcow", [[1, 2], [2, 1]], "scheme_equal"),
        ("merec", [[0, 1], [2, 3]], "scheme_positive"),
        ("merec", [[-1, 1], [2, 3]], "scheme_positive"),
        ("gini", [[-1, 1], [2, 3]], "scheme_non_negative"),
        ("angle", [[0, 1], [0, 3]], "scheme_non_negative"),
        ("cilos", [[-1, 1], [2, 3]], "scheme_non_negative"),
        ("cilos", [[1, 1], [2, 3]], "cilos_no_loss"),
        ("cilos", [[1, 3], [2, 1], [2, 2]], "cilos_tie"),
        ("idocriw", [[1, 3], [2, 1], [2, 2]], "cilos_tie"),
    ],
)
def test_a_matrix_outside_a_scheme_s_domain_is_refused(
    scheme: mcda.SchemeName, matrix: list[list[float]], code: str
) -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.weigh(matrix, "max", scheme)
    assert caught.value.code == code


def test_a_cost_of_zero_cannot_be_inverted() -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.weigh([[0, 1], [2, 3]], "min", "cilos")
    assert caught.value.code == "scheme_positive"


# --- on a case --------------------------------------------------------------------------------------------------------

FACTORS = saidao.weigh("shanghai", "equal").criteria


def test_a_case_is_weighed_by_judgements_on_its_factors() -> None:
    ranks = {str(factor): place for place, factor in enumerate(reversed(FACTORS), start=1)}
    found = saidao.weigh("shanghai", "rank_sum", ranks=ranks)
    assert found.to_frame()["weight"].to_dict() == pytest.approx({f: 2 * (7 - r) / 42 for f, r in ranks.items()})
    assert saidao.rank("shanghai", weights=found).weights.array == pytest.approx(found.array)
    raw = saidao.weigh("shanghai", "standard_deviation", normalisation="none", ticks="strength")
    assert raw.array.sum() == pytest.approx(1)
    given = saidao.weigh("shanghai", "direct", weights=dict.fromkeys(map(str, FACTORS), 2))
    assert given.array == pytest.approx(np.full(6, 1 / 6))


@pytest.mark.parametrize(
    ("scheme", "options", "told"),
    [
        ("roc", {}, "ranks=..."),
        ("roc", {"ranks": {"weather": 1}}, FACTORS[0]),
        ("merec", {}, "factor Factor conditions"),
        ("cilos", {}, "one best track"),
    ],
)
def test_what_a_case_cannot_be_weighed_by_is_told_in_its_names(
    scheme: mcda.SchemeName, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(saidao.CaseError) as caught:
        saidao.weigh("shanghai", scheme, **options)
    assert str(told) in str(caught.value)
    assert caught.value.lines("zh")


# --- variants of principal components ---------------------------------------------------------------------------------


def test_squares_of_unit_vectors_over_all_components_weigh_all_alike() -> None:
    """sum_k lambda_k a_jk^2 = c_jj = 1 of a correlation matrix."""
    found = mcda.weigh(DISTINCT, ["max", "min", "max", "max"], "pca", components=4, entries="squares")
    assert found.array == pytest.approx([0.25] * 4)


def test_the_variants_of_principal_components_by_definition() -> None:
    rng = np.random.default_rng(5)
    x = rng.random((12, 4)) @ rng.random((4, 4))
    unit = (x - x.mean(axis=0)) / x.std(axis=0)
    _, s, vt = np.linalg.svd(unit, full_matrices=False)
    share = s**2 / (s**2).sum()
    for scaled in ("unit", "loadings"):
        a = vt[:2].T * (np.sqrt(4 * share[:2]) if scaled == "loadings" else 1.0)
        for entries, each in (("absolute", np.abs(a)), ("squares", a**2)):
            expected = each @ share[:2]
            options: Any = {"scaled": scaled, "entries": entries}
            found = mcda.weigh(x, "max", "pca", components=2, **options)
            assert found.array == pytest.approx(expected / expected.sum())


def test_rotated_shares_are_those_of_factor_analysis() -> None:
    """Loadings turned by the angle whose squares, rows scaled to 1, vary most: sought over all angles."""
    rng = np.random.default_rng(6)
    x = rng.random((12, 5)) @ rng.random((5, 5))
    values, vectors = np.linalg.eigh(np.corrcoef(x.T))
    a = vectors[:, [-1, -2]] * np.sqrt(values[[-1, -2]])
    length = np.sqrt((a**2).sum(axis=1, keepdims=True))
    angles = np.linspace(0, np.pi / 2, 100_001)
    turn = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    squares = np.einsum("jk,kln->jln", a / length, turn) ** 2
    best = int(squares.var(axis=0).sum(axis=0).argmax())
    b = a @ turn[:, :, best]
    expected = np.abs(b) @ (b**2).sum(axis=0)
    options: Any = {"components": 2, "rotation": "varimax", "scaled": "loadings", "shares": "rotated"}
    found = mcda.weigh(x, "max", "pca", tolerance=1e-12, **options)
    assert found.array == pytest.approx(expected / expected.sum(), abs=1e-4)
    with pytest.raises(mcda.InputError, match="loadings"):
        mcda.weigh(x, "max", "pca", components=2, rotation="varimax", shares="rotated")


def test_components_of_one_variance_are_refused() -> None:
    """Correlations of 1/2, 1/2 and -1/2 have the variances 1.5, 1.5 and 0: any turn of two components is as good."""
    matrix = [[1, 1, 2], [2, 3, 1], [3, 2, 3]]
    with pytest.raises(mcda.InputError, match="same variance"):
        mcda.weigh(matrix, "max", "pca")
    both = mcda.weigh(matrix, "max", "pca", components=2, entries="squares")
    assert both.array == pytest.approx([1 / 3] * 3)  # c_jj = sum_k lambda_k a_jk^2, and the third is nothing
    with pytest.raises(mcda.InputError, match="same variance"):
        mcda.weigh(matrix, "max", "pca", components=1, entries="squares")
