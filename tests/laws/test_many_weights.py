"""Many weight vectors at once: as one by one, at the extremes too, and `stability` as by the slow way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from saidao import mcda
from saidao.mcda import registry
from saidao.mcda.ranking import electre_iii
from saidao.mcda.ranking_problem import formulate
from saidao.mcda.ranks import sets_before, sizes
from saidao.mcda.relations import Pairs, Relations, weighed
from saidao.mcda.robustness.on_way import POINTS
from tests import conftest
from tests.laws import required

Array = NDArray[np.float64]

METHODS = sorted(mcda.methods())
smaa = import_module("saidao.mcda.robustness.smaa")
SCORES = np.random.default_rng(0).integers(1, 6, (4, 3)).astype(float)
CONSTANT = np.column_stack([SCORES[:, 0], np.full(4, 3.0), SCORES[:, 2]])
EXTREMES: dict[str, tuple[Array, list[float]]] = {
    "two equal, a weight of 0": (np.array([[2.0, 3, 4], [2, 3, 4], [4, 2, 1]]), [0.6, 0.4, 0]),
    "one alternative": (SCORES[:1], [0.5, 0.3, 0.2]),
    "one criterion": (SCORES[:, :1], [1]),
    "all weight on one": (SCORES, [0, 1, 0]),
    "nearly all weight on one": (SCORES, [1, 1e-12, 0]),
    "all equal": (np.array([[2.0, 3, 4]] * 3), [0.5, 0.3, 0.2]),
    "a constant criterion": (CONSTANT, [0.5, 0.3, 0.2]),
    "all weight on a constant criterion": (CONSTANT, [0, 1, 0]),
    "one criterion, all equal": (np.full((3, 1), 2.0), [1]),
    "zeros": (np.zeros((3, 2)), [0.5, 0.5]),
}
QUICK = list(EXTREMES)[:3]


def answered(ask: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """The answer, or the code of the error."""
    try:
        return ask(*arguments, **options)
    except mcda.InputError as error:
        return error.code


def one_by_one(matrix: Array, weights: Array, *arguments: Any, **options: Any) -> list[mcda.Ranking]:
    return [mcda.rank(matrix, w, *arguments, **options) for w in weights]


@pytest.mark.parametrize("method", METHODS)
def test_many_rank_as_one_by_one_at_the_extremes(method: mcda.MethodName) -> None:
    for matrix, w in EXTREMES.values():
        directions = ["max", "min", "max"][: len(w)]
        options = required.required(method, matrix, directions)
        weights = np.vstack([w, np.eye(len(w)), np.ones(len(w))])
        many = answered(mcda.rank_many, matrix, weights, directions, method, **options)
        each = answered(one_by_one, matrix, weights, directions, method, **options)
        if isinstance(each, str):
            assert many == each
        else:
            assert np.isfinite(many[0]).all()
            assert many[1].tolist() == [one.rank_array.tolist() for one in each]


@pytest.mark.parametrize(
    "extreme", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in EXTREMES]
)
@pytest.mark.parametrize("method", METHODS)
def test_stability_at_the_extremes(method: mcda.MethodName, extreme: str) -> None:
    """It refuses what `rank` refuses; else its intervals hold the weights, and its nearest weights are weights."""
    matrix, w = EXTREMES[extreme]
    directions = ["max", "min", "max"][: len(w)]
    options = required.required(method, matrix, directions)
    once = answered(mcda.rank, matrix, w, directions, method, **options)
    found = answered(mcda.stability, matrix, w, directions, method, **options)
    if isinstance(once, str):
        assert found == once
        return
    for i in found.intervals:
        assert 0 <= i.first_low <= i.low <= i.weight <= i.high <= i.first_high <= 1
    if found.nearest is not None:
        assert found.nearest.weights.min() >= 0
        assert found.nearest.weights.sum() == pytest.approx(1)
        assert 0 <= found.nearest.distance <= 1


@pytest.mark.slow
@pytest.mark.parametrize("ties", [False, True], ids=["reals", "ties"])
@pytest.mark.parametrize("method", [name for name in METHODS if mcda.methods()[name].batched])
def test_stability_is_that_of_weight_vectors_one_by_one(
    method: mcda.MethodName, ties: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(7)
    matrix = rng.integers(1, 5, (6, 3)).astype(float) if ties else rng.uniform(1, 9, (6, 3))
    directions, w = ["max", "min", "max"], [0.5, 0.3, 0.2]
    options = required.options(method, matrix, directions)
    found = answered(mcda.stability, matrix, w, directions, method, **options)
    slow = replace(mcda.methods()[method], batched=None, prepared=None, rough=None, along=None)
    monkeypatch.setitem(registry._METHODS, method, slow)
    slowly = answered(mcda.stability, matrix, w, directions, method, **options)
    if isinstance(found, str):
        assert found == slowly
        return
    for one, other in zip(found.intervals, slowly.intervals, strict=True):
        assert list(vars(one).values()) == pytest.approx(list(vars(other).values()), abs=1e-9)
    assert (found.nearest is None) == (slowly.nearest is None)
    assert (found.exact, found.proven) == (slowly.exact, slowly.proven)
    if found.nearest is not None:
        assert found.nearest.distance == pytest.approx(slowly.nearest.distance, abs=1e-9)


COUNTED = [name for name, each in mcda.methods().items() if each.linear or name in ("topsis", "rim")]


@pytest.mark.parametrize("method", COUNTED)
def test_compiled_counts_are_those_without(method: mcda.MethodName, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random scores, whole ones full of ties, and two that differ by less than a tie and by more; weights of 0 too."""
    pytest.importorskip("numba")
    rng = np.random.default_rng(4)
    ties, apart = rng.integers(1, 4, (7, 3)).astype(float), rng.uniform(1, 9, (33, 3))
    near = np.vstack([apart[:4], apart[:1] * (1 + 1e-11), apart[1:2] * (1 + 1e-7)])
    weights = np.vstack([rng.dirichlet(np.ones(3), 600), np.ones((1, 3)), np.eye(3) + 0.5 * np.eye(3)[[1, 2, 0]]])
    for matrix in (ties, apart, near):
        options = required.required(method, matrix, ["max", "min", "max"])
        found = []
        for least in (1, len(weights) + 1):
            monkeypatch.setattr(smaa, "MANY", least)
            monkeypatch.setattr(smaa, "WORTH_LOADING", least)
            found.append(mcda.smaa(matrix, ["max", "min", "max"], method, weights=weights, **options))
        compiled, without = found
        assert (compiled.acceptability_array == without.acceptability_array).all()
        assert (compiled.winning_array == without.winning_array).all()
        assert np.abs(compiled.central_array - without.central_array).max() < 1e-12


@pytest.mark.parametrize("method", smaa.DISTANCES)
def test_distances_in_single_precision_decide_nothing_that_they_cannot(
    method: mcda.MethodName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ties, rows that differ by less than a tie and by more, sizes far apart, weights next to nothing."""
    rng = np.random.default_rng(8)
    ties, apart = rng.integers(1, 4, (7, 3)).astype(float), rng.uniform(1, 9, (12, 3))
    near = np.vstack([apart[:4], apart[:1] * (1 + 1e-11), apart[1:2] * (1 + 1e-7), apart[2:3] * (1 + 1e-5)])
    wide = apart * np.array([1e-12, 1.0, 1e12])
    uneven = np.maximum(rng.dirichlet(np.full(3, 0.02), 200), 1e-45)
    weights = np.vstack([rng.dirichlet(np.ones(3), 200), uneven, np.eye(3) + 1e-30])
    monkeypatch.setattr(smaa, "MANY", len(weights) + 1)
    for matrix in (ties, apart, near, wide):
        options = required.required(method, matrix, ["max", "min", "max"])
        found = []
        for least in (1, len(weights) + 1):
            monkeypatch.setattr(smaa, "SEVERAL", least)
            found.append(mcda.smaa(matrix, ["max", "min", "max"], method, weights=weights, **options))
        single, double = found
        assert (single.acceptability_array == double.acceptability_array).all()
        assert (single.winning_array == double.winning_array).all()
        assert np.abs(single.central_array - double.central_array).max() < 1e-12


ELECTRE: list[dict[str, Any]] = [
    {},
    {"q": 0.5, "p": 2.5},
    {"q": 0.5, "p": 1.5, "v": 4.0},
    {"q": 1.0, "alpha": 0.0, "beta": 0.0},
    {"alpha": 0.0, "beta": 0.1},
]
TOLD = ["max", "min", "max", "max"]


def outranked(seed: int, most: int) -> Array:
    """Whole scores full of ties, and others; one that is good, and two equal rows in some."""
    rng = np.random.default_rng(seed)
    m = int(rng.integers(3, most))
    matrix = rng.integers(1, 6, (m, 4)).astype(float) if seed % 2 else rng.uniform(1, 9, (m, 4))
    if seed % 3:
        matrix[0] = [5.0, 1.0, 5.0, 2.0] if seed % 2 else [8.7, 1.8, 8.4, 4.0]
    return np.vstack([matrix, matrix[:1]]) if seed % 4 == 0 else matrix


@pytest.mark.parametrize("given", ELECTRE)
def test_compiled_distillations_are_those_without(given: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    rng = np.random.default_rng(6)
    for matrix in (rng.integers(1, 6, (9, 4)).astype(float), rng.uniform(1, 9, (24, 4)), np.ones((3, 4))):
        weights = np.vstack([rng.dirichlet(np.ones(4), 12), np.ones(4), [0, 0, 1, 0]])
        problem = formulate(np.vstack([matrix, matrix[:1]]), TOLD, "electre_iii", given)
        shares = weights / weights.sum(axis=1, keepdims=True)
        found = []
        for compiled in (True, False):
            monkeypatch.setattr(electre_iii, "pays", lambda scores, answer=compiled: answer)
            found.append(problem.scores(shares))
        assert (found[0] == found[1]).all()
        assert (found[0] == np.column_stack([problem.score(w) for w in shares])).all()


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("given", ELECTRE)
def test_rankings_on_a_way_are_those_by_its_weights(given: dict[str, Any], compiled: bool) -> None:
    """ELECTRE III: what holds, who is shown to stay first, and where two rankings turn into each other."""
    if compiled:
        pytest.importorskip("numba")
    shown = turned = 0
    for seed in range(16):
        problem, rng = (
            formulate(outranked(seed, 40 if compiled else 12), TOLD, "electre_iii", given),
            np.random.default_rng(seed),
        )
        w, ends = rng.dirichlet(np.full(4, 4.0)), np.vstack([rng.dirichlet(np.ones(4), 2), np.eye(4)[:2]])
        ranks = problem.score(w).astype(np.int64)
        along = electre_iii.electre_iii_along(
            problem.decision(w), problem.prepared or {}, ranks, **problem.kernel_options
        )
        t = np.sort([0.0, 1e-3, *rng.random(8), 1.0])
        for end in ends:
            way = replace(along(end - w), compiled=compiled)
            by_weights = np.column_stack([problem.score(w + each * (end - w)) for each in t])
            assert (way.held(t, False) == (by_weights == ranks[:, None]).all(axis=0)).all()
            assert (way.held(t, True) == ((by_weights == 1) == (ranks == 1)[:, None]).all(axis=0)).all()
            for low, high in pairwise(t.tolist()):
                if way.shown(low, high):
                    shown += 1
                    assert way.held(rng.uniform(low, high, 20), True).all()
            for k in np.flatnonzero(~way.held(t, False))[:1]:
                guess = way.turn(*t[k - 1 : k + 1].tolist())
                assert np.isnan(guess) or t[k - 1] <= guess <= t[k]
                turned += not np.isnan(guess)
    assert shown > 5
    assert turned > 20


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("seed", conftest.first(6, 120))
def test_intervals_by_guesses_end_where_those_by_halving_do(
    seed: int, compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ELECTRE III: ends that are as far, on both sides of which the ranking is seen to hold, and to be another one."""
    if compiled:
        pytest.importorskip("numba")
    matrix, given = outranked(seed, 41 if compiled else 9), ELECTRE[seed % len(ELECTRE)]
    w = np.random.default_rng(seed).dirichlet(np.ones(4))
    monkeypatch.setattr(electre_iii, "pays", lambda scores, answer=compiled: answer)
    found = mcda.stability(matrix, w, TOLD, "electre_iii", **given)
    slow = replace(mcda.methods()["electre_iii"], along=None)
    monkeypatch.setitem(registry._METHODS, "electre_iii", slow)
    slowly = mcda.stability(matrix, w, TOLD, "electre_iii", **given)
    start = mcda.rank(matrix, w, TOLD, "electre_iii", **given).rank_array
    for j, (one, other) in enumerate(zip(found.intervals, slowly.intervals, strict=True)):
        # where a ranking changes several times between two points any of these may be found
        assert list(vars(one).values()) == pytest.approx(list(vars(other).values()), abs=1 / POINTS)
        for end, inward, first in (
            (one.low, 1, False),
            (one.high, -1, False),
            (one.first_low, 1, True),
            (one.first_high, -1, True),
        ):
            for t, held in ((end + inward * 1e-11, True), (end - inward * 1e-11, False)):
                if (t - w[j]) * inward < 0 and 1e-8 < t < 1 - 1e-8:  # at the very ends weights are next to nothing
                    there = np.insert((1 - t) * np.delete(w, j) / (1 - w[j]), j, t)
                    ranks = mcda.rank(matrix, there, TOLD, "electre_iii", **given).rank_array
                    same = ((ranks == 1) == (start == 1)).all() if first else (ranks == start).all()
                    assert same == held
    assert (found.nearest is None) <= (slowly.nearest is None)
    if found.nearest is not None:
        assert slowly.nearest is None or found.nearest.distance <= slowly.nearest.distance + 1e-9
        ranks = mcda.rank(matrix, found.nearest.weights, TOLD, "electre_iii", **given).rank_array
        assert ((ranks == 1) != (start == 1)).any()


def test_what_is_not_defined_is_told_by_compiled_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(smaa, "MANY", 1)
    monkeypatch.setattr(smaa, "WORTH_LOADING", 1)
    with pytest.raises(mcda.InputError, match="equal on every weighted criterion"):
        mcda.smaa(CONSTANT, "max", "topsis", weights=[[1, 1, 1], [0, 1, 0]])


@pytest.mark.parametrize("better", ["higher", "lower"])
@given(scores=hnp.arrays(float, (70, 3), elements=st.integers(0, 40).map(lambda x: x + 1e-11 * (x % 2))))
@settings(max_examples=8, deadline=None)
def test_sets_before_are_those_of_the_ranks(better: Any, scores: Array) -> None:
    ranks = mcda.competition_ranks(scores, better)
    before, level, tied = sets_before(scores, better)
    assert tied == any(len(set(column)) < 70 for column in ranks.T.tolist())
    for i in range(70):
        held = [int(before[k, 0, i // 64]) >> (i % 64) & 1 for k in range(70)]
        assert held == (ranks[i, 0] < ranks[:, 0]).astype(int).tolist()
        held = [int(level[k, 0, i // 64]) >> (i % 64) & 1 for k in range(70)]
        assert held == (ranks[i, 0] <= ranks[:, 0]).astype(int).tolist()
    assert sizes(before).tolist() == (ranks - 1.0).tolist()


def circles(outranks: NDArray[np.bool_]) -> list[set[int]]:
    reach = np.linalg.matrix_power(np.eye(len(outranks)) + outranks, len(outranks)) > 0
    return [{int(k) for k in np.flatnonzero(reach[i] & reach[:, i])} for i in range(len(outranks))]


def dealt(outranks: NDArray[np.bool_]) -> list[int]:
    """Places by sets of alternatives, a circle at a time."""
    of, left, places, number = circles(outranks), set(range(len(outranks))), [0] * len(outranks), 0
    while left:
        number += 1
        free = {i for i in left if not any(outranks[k, j] for j in of[i] for k in left - of[i])}
        for i in free:
            places[i] = number
        left -= free
    return places


def kernel(outranks: NDArray[np.bool_]) -> list[bool]:
    """The one set of circles that is stable within and without: tried for all of them."""
    of = circles(outranks)
    groups = sorted({min(each) for each in of})
    for chosen in range(1 << len(groups)):
        inside = {i for b, g in enumerate(groups) if chosen >> b & 1 for i in of[g]}
        beaten = {i for i in range(len(of)) if any(outranks[k, j] for j in of[i] for k in inside - of[i])}
        if beaten == set(range(len(of))) - inside:
            return [i in inside for i in range(len(of))]
    raise AssertionError("no kernel")


@given(cuts=hnp.arrays(float, (6, 6), elements=st.floats(0, 1)), share=st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_many_relations_are_those_one_by_one(cuts: Array, share: float) -> None:
    """Seventy relations: a pair is in those whose weight reaches its cut."""
    pairs = Pairs.of(cuts <= share)
    weights = np.vstack([np.linspace(0, 1, 70), np.ones(70)])
    parts = np.column_stack([np.ones(len(pairs.above)), -cuts[pairs.above, pairs.below]])
    many = Relations(pairs, 70, weighed(parts, weights, 0.0))
    down, up, chosen = many.dealt(), many.dealt(best=False), many.kernel()
    for k in range(0, 70, 23):
        one = np.zeros((6, 6), dtype=bool)
        one[pairs.above, pairs.below] = parts @ weights[:, k] >= 0.0
        assert down[:, k].tolist() == dealt(one)
        assert up[:, k].tolist() == dealt(one.T)
        assert chosen[:, k].tolist() == kernel(one)
