"""The outranking methods against what their definitions say, pair by pair."""

from __future__ import annotations

from itertools import product
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from saidao import mcda
from saidao.mcda.distillation.distil import distil, peel
from saidao.mcda.ranking.promethee_ii import PAIRS, SHAPES, gaussian, preferred
from saidao.mcda.ranks import crossed
from tests.laws.test_laws import GRADES, REALS, Problem, decisions, spread
from tests.published.methods import PLANT_PREFERENCES, PROMETHEE

Array = NDArray[np.float64]
QUARTERS = st.integers(0, 20).map(lambda n: n / 4)


# --- PROMETHEE --------------------------------------------------------------------------------------------------------


def preference(shape: str, d: float, q: float, p: float, s: float) -> float:
    """Brans & Vincke (1985), figures 1 to 6."""
    if d <= 0:
        return 0.0
    if shape == "gaussian":
        return float(1 - np.exp(-(d**2) / (2 * s**2)))
    low = q if "q" in SHAPES[shape] else 0.0
    high = p if "p" in SHAPES[shape] else low
    if d > high:
        return 1.0
    if d <= low:
        return 0.0
    return 0.5 if shape == "level" else (d - low) / (high - low)


@pytest.mark.parametrize("values", [QUARTERS, st.floats(-1e3, 1e3, width=16)], ids=["quarters", "reals"])
@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_flows_by_sorting_are_the_sums_over_pairs(
    shape: str, values: st.SearchStrategy[float], data: st.DataObject
) -> None:
    x = data.draw(hnp.arrays(float, st.integers(1, 12), elements=values))
    q, p = sorted(data.draw(st.tuples(QUARTERS, QUARTERS)))
    thresholds = {"q": q, "p": p, "s": p + 0.25}
    pairs = [sum(preference(shape, a - b, **thresholds) for b in x) for a in x]
    known: dict[str, Any] = {name: thresholds[name] for name in SHAPES[shape]}
    found = preferred(x, shape, **known)
    assert found == pytest.approx(pairs, rel=1e-9, abs=1e-9)


def test_a_difference_equal_to_a_threshold_but_for_rounding_does_not_exceed_it() -> None:
    x = np.array([[0.3], [0.1], [0.0]])  # 0.3 - 0.1 is a little less than 0.2, 0.1 + 0.2 a little more than 0.3
    for sign, direction in ((1, "max"), (-1, "min"), (-1, "max")):
        found = mcda.rank(sign * x, [1], direction, "promethee_ii", preference="u_shape", q=0.2)
        assert sorted(found.step_arrays["phi+"]) == [0, 0, 0.5]
        level = mcda.rank(sign * x, [1], direction, "promethee_ii", preference="level", q=0.1, p=0.2)
        assert level.step_arrays["phi+"].sum() == 0.75


@pytest.mark.parametrize(("values", "width"), [(1e9, 1e-3), (1e9, 1.0), (1e16, 1e-3), (1e50, 1e-50)])
def test_prefix_sums_lose_nothing_on_values_far_apart(values: float, width: float) -> None:
    x = np.concatenate([np.arange(8) * width / 8, [values, -values, values / 3]])
    near = [sum(min(max(a - b, 0.0) / width, 1.0) for b in x) for a in x]
    assert preferred(x, "v_shape", p=width) == pytest.approx(near, rel=1e-6)


def test_the_gaussian_is_the_same_in_blocks() -> None:
    x = np.random.default_rng(0).normal(size=1000)
    assert len(x) ** 2 > PAIRS
    d = np.maximum(x[:, None] - x, 0)
    assert gaussian(x, 0.7) == pytest.approx((1 - np.exp(-(d**2) / 0.98)).sum(axis=1))


def test_the_preference_indices_are_those_of_brans_vincke_and_mareschal() -> None:
    case = PROMETHEE[0]
    for a, b in product(range(6), repeat=2):
        pair = [case.matrix[a], case.matrix[b]]
        found = mcda.rank(pair, case.weights, case.directions, case.method, **case.options)
        assert found.step_arrays["phi+"][0] == pytest.approx(PLANT_PREFERENCES[a][b], abs=1.1e-3)


@given(problem=decisions())
@settings(max_examples=60, deadline=None)
def test_promethee_ii_agrees_with_pymcdm(problem: Problem) -> None:
    from pymcdm.methods import PROMETHEE_II

    matrix, weights, directions = problem
    matrix, signs = spread(matrix), np.where(np.array(directions) == "max", 1, -1)
    names: dict[mcda.PreferenceName, str]
    names = {"usual": "usual", "u_shape": "ushape", "v_shape": "vshape", "level": "level", "linear": "vshape_2"}
    for ours, theirs in names.items():
        found = mcda.rank(matrix, weights, directions, "promethee_ii", preference=ours, q=1.3, p=4.1)
        kernel = PROMETHEE_II(theirs, q=np.full(len(weights), 1.3), p=np.full(len(weights), 4.1))
        expected = kernel(matrix, weights / weights.sum(), signs, validation=False)
        assert found.score_array == pytest.approx(expected, abs=1e-9), ours


@given(problem=decisions(values=GRADES))
@settings(max_examples=60, deadline=None)
def test_promethee_i_is_what_both_flows_say(problem: Problem) -> None:
    steps = mcda.rank(*problem, "promethee_i").step_arrays
    up, down = np.round(steps["phi+"], 9), np.round(steps["phi-"], 9)
    for a, b in product(range(len(up)), repeat=2):
        better, worse = up[a] > up[b] or down[a] < down[b], up[a] < up[b] or down[a] > down[b]
        assert steps["P"][a, b] == (better and not worse)
        assert steps["R"][a, b] == (better and worse)
    assert steps["above"].tolist() == steps["P"].sum(axis=0).tolist()


@pytest.mark.parametrize("method", ["promethee_i", "promethee_ii"])
def test_one_threshold_for_all_or_one_by_criterion(method: mcda.MethodName) -> None:
    frame = pd.DataFrame({"price": [3.0, 1.0, 2.0], "range": [5.0, 2.0, 9.0]}, index=["car", "bike", "van"])
    ask: dict[str, Any] = {"matrix": frame, "weights": [1, 3], "directions": ["min", "max"], "method": method}
    plain = mcda.rank(**ask, preference="linear", q=0.5, p=[2, 4])
    series = pd.Series({"range": 4, "price": 2})
    shapes: dict[str, mcda.PreferenceName] = {"range": "linear", "price": "linear"}
    named = mcda.rank(**ask, preference=shapes, q={"range": 0.5, "price": 0.5}, p=series)
    assert named.score_array.tolist() == plain.score_array.tolist()
    assert plain.to_dict()["options"] == {"preference": ("linear",) * 2, "q": [0.5, 0.5], "p": [2, 4], "s": None}
    partly = mcda.rank(**ask, preference=["usual", "gaussian"], s=[None, 2])
    assert partly.to_dict()["options"]["s"] == [None, 2]
    many = mcda.rank_many(frame, [[1, 3], [1, 1]], ["min", "max"], method, preference="linear", q=0.5, p=[2, 4])
    assert many[0][0] == pytest.approx(plain.score_array)


# --- ELECTRE ----------------------------------------------------------------------------------------------------------


def credible(a: Array, b: Array, w: Array, q: Array, p: Array, v: Array) -> float:
    """Figueira, Mousseau & Roy (2005), section 3.2, a criterion at a time."""
    c, opposed = 0.0, []
    for j, t in enumerate(b - a):
        c += w[j] * (1.0 if t <= q[j] else 0.0 if t > p[j] else (p[j] - t) / (p[j] - q[j]))
        opposed.append(0.0 if t <= p[j] else 1.0 if t > v[j] else (t - p[j]) / (v[j] - p[j]))
    return c * float(np.prod([(1 - d) / (1 - c) for d in opposed if d > c + 1e-9]))


@pytest.mark.parametrize("values", [GRADES, REALS], ids=["grades", "reals"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_credibility_is_the_published_one(values: st.SearchStrategy[float], data: st.DataObject) -> None:
    matrix, weights, directions = data.draw(decisions(values=values))
    n = len(weights)
    q, p, v = np.sort(data.draw(hnp.arrays(float, (3, n), elements=QUARTERS)), axis=0)
    x = matrix * np.where(np.array(directions) == "max", 1, -1)
    pairs = [[credible(a, b, weights / weights.sum(), q, p, v) for b in x] for a in x]
    found = mcda.rank(matrix, weights, directions, "electre_iii", q=q, p=p, v=v)
    assert found.step_arrays["S"] == pytest.approx(np.array(pairs), abs=1e-9)


def distilled(s: Array, best: bool) -> list[int]:
    """Roy's distillation, cut by cut, over sets; s(l) = 0.3 - 0.15 l."""
    left, places, place = set(range(len(s))), {}, 0

    def beats(a: int, b: int, low: float) -> bool:
        return bool(s[a, b] > low + 1e-9 and s[a, b] > s[b, a] + 0.3 - 0.15 * s[a, b] + 1e-9)

    def cut(group: set[int], level: float) -> set[int]:
        if len(group) == 1 or level == 0:
            return group
        pairs = [(a, b) for a, b in product(group, repeat=2) if a != b]
        low = max((s[a, b] for a, b in pairs if s[a, b] < level - (0.3 - 0.15 * level) - 1e-9), default=0.0)
        quality = {a: sum(beats(a, b, low) - beats(b, a, low) for b in group - {a}) for a in group}
        chosen = (max if best else min)(quality.values())
        return cut({a for a in group if quality[a] == chosen}, low)

    while left:
        group = cut(left, max((s[a, b] for a, b in product(left, repeat=2) if a != b), default=0.0))
        place += 1
        places.update(dict.fromkeys(group, place))
        left -= group
    return [places[a] if best else place + 1 - places[a] for a in range(len(s))]


@given(problem=decisions(values=GRADES), data=st.data())
@settings(max_examples=100, deadline=None)
def test_both_distillations_are_the_second_implementation(problem: Problem, data: st.DataObject) -> None:
    q, p, v = np.sort(data.draw(hnp.arrays(float, (3, len(problem[1])), elements=QUARTERS)), axis=0)
    steps = mcda.rank(*problem, "electre_iii", q=q, p=p, v=v).step_arrays
    assert steps["descending"].tolist() == distilled(steps["S"], best=True)
    assert steps["ascending"].tolist() == distilled(steps["S"], best=False)


def test_distillations_are_those_of_del_vasto_terrientes() -> None:
    """Del Vasto-Terrientes, Valls, Slowinski & Zielniewicz (2015), Expert Systems with Applications 42(11)."""
    sigma = np.array([[float(entry) for entry in row.split()] for row in DEL_VASTO.strip().splitlines()])
    down, up = distil(sigma, -0.15, 0.3)
    assert down.tolist() == [4, 6, 7, 2, 5, 4, 2, 7, 3, 7, 1, 1]
    assert up.tolist() == [3, 4, 6, 1, 4, 4, 2, 7, 2, 5, 1, 1]


DEL_VASTO = """
1 1 .9977 .606 1 .9977 .8175 1 .803 .8775 .548 .5318
1 1 .9977 .4047 .9973 .9816 .7762 1 .6612 .8775 .4951 .443
.7734 .8946 1 .2775 .8041 .8014 .6083 .916 .499 .8775 .382 .3598
.85 .85 .9317 1 .85 .9317 .7739 .916 .8742 .8775 .7464 .7912
.9786 .9854 .9977 .5903 1 .9816 .7184 1 .7288 .8775 .4546 .3839
.8946 .9014 1 .5999 .916 1 .7488 .916 .7128 .8775 .464 .464
1 1 1 .691 1 1 1 1 .803 .8775 .6875 .6875
.5299 .7279 .7849 .2795 .7057 .5066 .3148 1 .3638 .8118 .2394 .1979
.8692 .934 1 .773 .9352 .9352 .7297 1 1 .8775 .7647 .8393
.5803 .8033 .9186 .3486 .7385 .5779 .4384 .916 .5775 1 .4959 .3625
.8692 .934 .9317 .773 .8692 .8669 .8669 1 .9688 1 1 .9977
.8692 .934 .9537 .7835 .8822 .8822 .8692 1 .993 1 1 1
"""


def test_the_final_preorder_is_what_both_distillations_agree_on() -> None:
    # Germany, Italy, Belgium, Austria, France
    down, up = np.array([1, 2, 3, 3, 3]), np.array([2, 3, 4, 5, 1])
    before, apart = crossed(down, up)
    assert peel(before).tolist() == [1, 2, 3, 4, 1]
    assert before[4].tolist() == [0, 0, 1, 1, 0]
    assert apart[4].tolist() == [1, 1, 0, 0, 0]


def test_the_median_preorder_parts_a_class_by_the_places_in_both_distillations() -> None:
    found = mcda.rank(np.random.default_rng(3).normal(size=(12, 5)), [1] * 5, "max", "electre_iii")
    steps = found.step_arrays
    places = steps["descending"] + steps["ascending"]
    for a, b in product(range(12), repeat=2):
        expected = (steps["class"][a], places[a]) < (steps["class"][b], places[b])
        assert (steps["rank"][a] < steps["rank"][b]) == expected
    assert len(set(steps["class"])) < len(set(steps["rank"]))


@given(problem=decisions(values=GRADES), data=st.data())
@settings(max_examples=60, deadline=None)
def test_with_thresholds_a_dominated_alternative_is_not_above_either(problem: Problem, data: st.DataObject) -> None:
    matrix, weights, directions = problem
    q, p, v = np.sort(data.draw(hnp.arrays(float, (3, len(weights)), elements=QUARTERS)), axis=0)
    x = matrix * np.where(np.array(directions) == "max", 1, -1)
    asked: tuple[tuple[mcda.MethodName, dict[str, Any]], ...]
    asked = (("electre_iii", {}), ("electre_tri", {"assignment": "optimistic"}), ("electre_tri", {}))
    for method, options in asked:
        ranks = mcda.rank(matrix, weights, directions, method, q=q, p=p, v=v, **options).rank_array
        for a, b in product(range(len(x)), repeat=2):
            assert ranks[a] <= ranks[b] or not (x[a] >= x[b]).all(), method


@given(problem=decisions(values=GRADES), data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_alternative_is_pessimistically_above_its_optimistic_category(problem: Problem, data: st.DataObject) -> None:
    q, p, v = np.sort(data.draw(hnp.arrays(float, (3, len(problem[1])), elements=QUARTERS)), axis=0)
    steps = mcda.rank(*problem, "electre_tri", q=q, p=p, v=v, cut=data.draw(st.floats(0.5, 1))).step_arrays
    assert (steps["pessimistic"] <= steps["optimistic"]).all()
    assert steps["category"].tolist() == steps["pessimistic"].tolist()


@given(problem=decisions(values=GRADES), data=st.data())
@settings(max_examples=60, deadline=None)
def test_categories_are_the_assignments_profile_by_profile(problem: Problem, data: st.DataObject) -> None:
    matrix, weights, directions = problem
    signs, n = np.where(np.array(directions) == "max", 1, -1), len(weights)
    q, p, v = np.sort(data.draw(hnp.arrays(float, (3, n), elements=QUARTERS)), axis=0)
    bounds = np.sort(data.draw(hnp.arrays(float, (data.draw(st.integers(1, 3)), n), elements=QUARTERS)), axis=0)
    cut, w = data.draw(st.floats(0.5, 1)), weights / weights.sum()
    found = mcda.rank(
        matrix, weights, directions, "electre_tri", profiles=(bounds * signs).T, q=q, p=p, v=v, cut=cut
    ).step_arrays
    for i, x in enumerate(matrix * signs):
        over = [credible(x, b, w, q, p, v) >= cut - 1e-9 for b in bounds]
        under = [credible(b, x, w, q, p, v) >= cut - 1e-9 for b in bounds]
        assert found["pessimistic"][i] == 1 + max((h for h, yes in enumerate(over, 1) if yes), default=0)
        preferred = (h for h in range(1, len(bounds) + 1) if under[h - 1] and not over[h - 1])
        assert found["optimistic"][i] == min(preferred, default=len(bounds) + 1)


def test_default_profiles_part_each_range_into_thirds() -> None:
    steps = mcda.rank([[0, 9], [1, 6], [2, 3], [3, 0]], [1, 1], ["max", "min"], "electre_tri").step_arrays
    assert steps["pessimistic"].tolist() == [1, 2, 3, 3]
    one = mcda.rank([[1.0, 2.0]], [1, 1], "max", "electre_tri")
    assert one.score_array.tolist() == [3]
    assert one.steps["S"].columns.tolist() == [1, 2]  # type: ignore[union-attr]


def test_profiles_and_thresholds_by_criterion() -> None:
    frame = pd.DataFrame({"price": [3.0, 1.0, 2.0], "range": [5.0, 2.0, 9.0]})
    ask: dict[str, Any] = {"matrix": frame, "weights": [1, 3], "directions": ["min", "max"], "method": "electre_tri"}
    plain = mcda.rank(**ask, profiles=[[2.5, 1.5], [3, 6]], q=0.25, p=[0.5, 1])
    q: dict[str, Any] = {"range": 0.25, "price": (0, 0.25)}
    stated: tuple[Any, ...] = (
        {"range": [3, 6], "price": [2.5, 1.5]},
        pd.DataFrame([[3, 6], [2.5, 1.5]], index=["range", "price"]),
        np.array([[2.5, 1.5], [3, 6]]),
    )
    for profiles in stated:
        found = mcda.rank(**ask, profiles=profiles, q=q, p=pd.Series({"range": 1, "price": 0.5}))
        assert found.score_array.tolist() == plain.score_array.tolist()
        assert found.to_json()


def test_thresholds_may_grow_with_the_value() -> None:
    found = mcda.rank([[100], [109], [200], [215]], [1], "max", "electre_iii", q=[(0.1, 0)], p=[(0.2, 0)])
    assert found.step_arrays["c"][0, 1] == 1
    assert found.step_arrays["c"][2, 3] == 1
    assert found.step_arrays["c"][0, 2] == 0
    assert (
        mcda.rank([[100], [115]], [1], "max", "electre_iii", q=[(0.1, 0)], p=[(0.2, 0)]).step_arrays["c"][0, 1] == 0.5
    )


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "options", "code"),
    [
        ("promethee_ii", {"preference": "linear"}, "threshold_missing"),
        ("promethee_ii", {"preference": ["usual", "linear"], "q": 1, "p": [2, None]}, "threshold_missing"),
        ("promethee_ii", {"preference": "linear", "q": 2, "p": 1}, "threshold_order"),
        ("promethee_i", {"preference": "gaussian", "s": 0}, "threshold_order"),
        ("promethee_i", {"preference": "v-shape"}, "unknown_name"),
        ("promethee_i", {"preference": ["usual"]}, "option_shape"),
        ("promethee_i", {"q": -1}, "option_value"),
        ("promethee_i", {"q": [1, 2, 3]}, "option_shape"),
        ("promethee_i", {"q": "x"}, "option_type"),
        ("promethee_i", {"q": {0: 1}}, "labels"),
        ("electre_iii", {"q": 1, "p": 0.5}, "threshold_order"),
        ("electre_iii", {"p": 2, "v": 1}, "threshold_order"),
        ("electre_iii", {"q": -1}, "threshold_order"),
        ("electre_iii", {"q": [1, "x"]}, "option_lines"),
        ("electre_iii", {"q": [1, (1, 2, 3)]}, "option_lines"),
        ("electre_iii", {"q": [(None, 1), 1]}, "option_lines"),
        ("electre_iii", {"alpha": -0.5}, "distillation"),
        ("electre_iii", {"beta": "x"}, "option_value"),
        ("electre_tri", {"cut": 2}, "option_range"),
        ("electre_tri", {"assignment": "both"}, "unknown_name"),
        ("electre_tri", {"profiles": [[1, 2, 3]]}, "option_profiles"),
        ("electre_tri", {"profiles": [1, 2]}, "option_profiles"),
        ("electre_tri", {"profiles": "x"}, "option_profiles"),
        ("electre_tri", {"profiles": [[2, 1], [2, 3]]}, "profile_order"),
    ],
)
def test_outranking_refuses(method: mcda.MethodName, options: dict[str, Any], code: str) -> None:
    with pytest.raises(mcda.InputError) as caught:
        mcda.rank([[1, 2], [3, 1]], [1, 1], ["max", "max"], method, **options)
    assert caught.value.code == code
    assert caught.value.expected
