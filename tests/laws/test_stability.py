"""Stability of rankings: by points inside and outside, by brute force over the simplex, and on known reversals."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import mcda
from saidao.mcda.ranking_problem import formulate
from saidao.mcda.robustness.stability import _Present
from tests import conftest
from tests.laws import required

METHODS = sorted(mcda.methods())
LINEAR = {
    *("wsm", "moora", "mabac", "mairca", "spotis", "promethee_ii", "wpm", "aras", "marcos", "gra", "rsr", "rafsi"),
    *("lopm", "balanced_spotis", "maut", "smart", "ocra", "ervd", "simus"),
}
EXACT = LINEAR | {"topsis", "rim", "promethee_i", "multimoora"}
RNG = np.random.default_rng(3)
MATRIX = RNG.uniform(1, 9, (5, 3)).round(1)
WEIGHTS = np.array([0.5, 0.3, 0.2])
DIRECTIONS = ["max", "min", "max"]


def options(method: mcda.MethodName) -> dict[str, Any]:
    return required.options(method, MATRIX, DIRECTIONS)


@cache
def stable(method: mcda.MethodName) -> mcda.Stability:
    return mcda.stability(MATRIX, WEIGHTS, DIRECTIONS, method, **options(method))


def ranks(w: Any, method: mcda.MethodName, matrix: Any = MATRIX) -> Any:
    return mcda.rank(matrix, w, DIRECTIONS[: matrix.shape[1]], method, **options(method)).rank_array


def along(j: int, t: float) -> Any:
    w = WEIGHTS * (1 - t) / (1 - WEIGHTS[j])
    w[j] = t
    return w


def same(found: Any, start: Any, first: bool) -> bool:
    return bool(((found == 1) == (start == 1)).all() if first else (found == start).all())


@pytest.mark.parametrize("method", METHODS)
def test_intervals_end_where_the_ranking_changes(method: mcda.MethodName) -> None:
    found = stable(method)
    assert found.nearest_exact == (method in LINEAR)
    assert found.exact == (method in EXACT)
    start = ranks(WEIGHTS, method)
    for j, interval in enumerate(found.intervals):
        assert interval.first_low <= interval.low <= WEIGHTS[j] <= interval.high <= interval.first_high
        for low, high, first in (
            (interval.low, interval.high, False),
            (interval.first_low, interval.first_high, True),
        ):
            for end, inward in ((low, 1), (high, -1)):
                inside, outside = end + inward * 1e-6, end - inward * 1e-6
                if (inside - WEIGHTS[j]) * inward < 0:
                    assert same(ranks(along(j, inside), method), start, first)
                # where two weights are equal COMET's objects tie: there alone the ranking may change
                if 0 < outside < 1 and method != "comet":
                    assert not same(ranks(along(j, outside), method), start, first)


@pytest.mark.parametrize("method", ["topsis", "wpm", "aras", "marcos", "wsm"])
@given(seed=st.integers(0, 5000))
@settings(max_examples=20, deadline=None)
def test_no_change_is_overlooked_within_an_interval(method: mcda.MethodName, seed: int) -> None:
    """Twenty weights within each interval, drawn at random, rank as today."""
    rng = np.random.default_rng(seed)
    matrix = rng.uniform(1, 9, (6, 3))
    found = mcda.stability(matrix, WEIGHTS, DIRECTIONS, method, **options(method))
    start = ranks(WEIGHTS, method, matrix)
    for j, i in enumerate(found.intervals):
        for low, high, first in ((i.low, i.high, False), (i.first_low, i.first_high, True)):
            if high - low > 1e-6:
                for t in rng.uniform(low + 1e-7, high - 1e-7, 20):
                    assert same(ranks(along(j, t), method, matrix), start, first)


LISTS = ("promethee_i", "multimoora")


@pytest.mark.parametrize("method", LISTS)
@pytest.mark.parametrize("seed", conftest.first(8, 150))
def test_lists_change_where_rankings_by_many_weights_do(method: mcda.MethodName, seed: int) -> None:
    """Whole scores full of ties, and others: within an interval nothing changes, just outside something does."""
    rng = np.random.default_rng(seed)
    m, n = rng.integers([3, 2], [9, 5]).tolist()
    matrix = rng.integers(1, 5, (m, n)).astype(float) if seed % 2 else rng.uniform(1, 9, (m, n))
    w = rng.dirichlet(np.ones(n)) if seed % 3 else np.ones(n) / n
    told = ["max", "min", "max", "max"][:n]
    found = mcda.stability(matrix, w, told, method)
    assert found.exact
    start = mcda.rank(matrix, w, told, method).rank_array

    def changed(j: int, t: Any, only_first: bool) -> Any:
        rest = np.where(np.arange(n) == j, 0.0, w) / (1 - w[j])
        weights = np.asarray(t)[:, None] * (np.arange(n) == j) + (1 - np.asarray(t))[:, None] * rest
        ranked = mcda.rank_many(matrix, weights, told, method)[1]
        return np.array([not same(each, start, only_first) for each in ranked])

    for j, i in enumerate(found.intervals):
        for low, high, only_first in ((i.low, i.high, False), (i.first_low, i.first_high, True)):
            if high - low > 1e-5:
                assert not changed(j, rng.uniform(low + 1e-6, high - 1e-6, 200), only_first).any()
            beyond = 10.0 ** np.arange(-8, -4)
            assert low == 0 or changed(j, low - beyond[beyond < low], only_first).any() or low < 1e-8
            assert high == 1 or changed(j, high + beyond[beyond < 1 - high], only_first).any() or high > 1 - 1e-8
    reach = np.inf if found.nearest is None else found.nearest.distance
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b]
    for a, b in pairs:
        t = np.linspace(0, min(reach, w[a]) - 1e-8, 202)[1:-1].clip(0)
        weights = w + t[:, None] * (np.eye(n)[b] - np.eye(n)[a])
        ranked = mcda.rank_many(matrix, np.maximum(weights, 0), told, method)[1]
        assert all(same(each, start, True) for each in ranked)
    if found.nearest is not None:
        assert not same(mcda.rank(matrix, found.nearest.weights, told, method).rank_array, start, True)


@given(seed=st.integers(0, 5000))
@settings(max_examples=25, deadline=None)
def test_the_nearest_change_is_the_nearest_of_a_grid(seed: int) -> None:
    """Three criteria: on a fine grid nobody else is at least as good under nearer weights."""
    rng = np.random.default_rng(seed)
    matrix, w = rng.uniform(1, 9, (4, 3)), rng.dirichlet(np.ones(3))
    found = mcda.stability(matrix, w, "max", "wsm")
    start = mcda.rank(matrix, w, "max", "wsm").rank_array
    step = 40
    grid = np.array([(i, j, step - i - j) for i in range(step + 1) for j in range(step + 1 - i)]) / step
    other = (mcda.rank_many(matrix, grid, "max", "wsm")[1][:, start == 1] > 1).all(axis=1)
    distance = np.abs(grid - w).sum(axis=1) / 2
    if found.nearest is None:
        assert not other.any()
        return
    assert (distance[other] >= found.nearest.distance - 1e-9).all()
    there = mcda.rank(matrix, found.nearest.weights, "max", "wsm")
    leader, rival = there.score_array[start == 1][0], there.score_array[found.nearest.rival]
    assert rival == pytest.approx(leader, abs=1e-9) or rival > leader
    assert np.abs(found.nearest.weights - w).sum() / 2 == pytest.approx(found.nearest.distance, abs=1e-9)
    assert found.nearest.weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("method", METHODS)
def test_the_nearest_change_that_is_found_changes_the_first_and_is_no_farther_than_any_interval(
    method: mcda.MethodName,
) -> None:
    start = ranks(WEIGHTS, method)
    found = stable(method)
    ends = [
        abs(end - i.weight) for i in found.intervals for end in (i.first_low, i.first_high) if 1e-9 < end < 1 - 1e-9
    ]
    if found.nearest is None:
        assert not ends
        return
    assert found.nearest.distance <= min(ends, default=1) + 1e-6
    assert np.abs(found.nearest.weights - WEIGHTS).sum() / 2 == pytest.approx(found.nearest.distance, abs=1e-9)
    if not found.nearest_exact:
        assert not same(ranks(found.nearest.weights, method), start, True)


@pytest.mark.parametrize("method", ["topsis", "vikor", "waspas", "codas", "edas"])
def test_whoever_is_said_to_stay_first_does(method: mcda.MethodName) -> None:
    """Small random matrices: no weights of a grid, a vertex or an interval put anybody before who is proven first."""
    rng = np.random.default_rng(8)
    grid = np.vstack([rng.dirichlet(np.full(3, 0.4), 300), np.eye(3) * 0.999 + 0.001 / 3])
    proven = 0
    for seed in range(12):
        matrix = np.random.default_rng(seed).uniform(1, 10, (4, 3)).round(1)
        matrix[0] += seed % 5
        found = mcda.stability(matrix, np.ones(3) / 3, "max", method)
        start = mcda.rank(matrix, np.ones(3), "max", method).rank_array
        ends = [(i.first_low, i.first_high) for i in found.intervals]
        if found.nearest is None:
            assert all(low < 1e-9 and high > 1 - 1e-9 for low, high in ends)
        if found.proven:
            proven += 1
            assert (mcda.rank_many(matrix, grid, "max", method)[1][:, start == 1] == 1).all()
    assert proven or method == "codas"  # which does not keep dominance


def test_who_stays_first_is_proved_by_every_vertex_or_not_said() -> None:
    """The first one is ahead at every vertex of the simplex, and behind within: found by the intervals."""
    matrix = [
        [4.3, 2.8, 1.8, 6.9],
        [5.1, 9.9, 8.7, 8.5],
        [1.5, 6.0, 6.5, 1.5],
        [5.3, 4.0, 2.9, 8.2],
        [4.8, 1.9, 4.3, 9.2],
        [4.5, 2.7, 1.6, 5.6],
    ]
    found = mcda.stability(matrix, np.ones(4) / 4, "max")
    assert found.nearest is not None
    assert not found.proven
    assert found.nearest.distance == pytest.approx(min(i.first_high - 0.25 for i in found.intervals), abs=1e-9)
    behind = mcda.rank(matrix, found.nearest.weights, "max")
    assert behind.rank_array[1] > 1 or (behind.rank_array == 1).sum() > 1


def test_exact_intervals_end_where_the_scale_does() -> None:
    """Two that are level on a criterion are level where it weighs all: a root at the end, and no other."""
    found = mcda.stability([[5, 1, 4], [5, 3, 1], [1, 2, 2]], [0.5, 0.3, 0.2], "max", "topsis", normalisation="minmax")
    assert (found.intervals[0].first_low, found.intervals[0].first_high, found.intervals[0].high) == (0, 1, 1)
    rng = np.random.default_rng(0)
    short = 0
    for _ in range(80):
        matrix, w = rng.integers(1, 6, (3, 3)).astype(float), rng.dirichlet(np.ones(3))
        try:
            found = mcda.stability(matrix, w, "max", "topsis", normalisation="minmax")
        except mcda.InputError:
            continue
        base = mcda.rank(matrix, w, "max", "topsis", normalisation="minmax").rank_array
        for j, i in enumerate(found.intervals):
            rest = np.delete(w, j) / np.delete(w, j).sum()
            for end, limit in ((i.high, 1.0), (i.low, 0.0)):
                if end != limit:
                    t = np.linspace(end, limit, 12)[1:-1]
                    weights = np.insert((1 - t)[:, None] * rest, j, t, axis=1)
                    ranked = mcda.rank_many(matrix, weights, "max", "topsis", normalisation="minmax")[1]
                    short += int((ranked == base).all())
    assert short == 0


def test_a_method_that_is_undefined_at_the_end_holds_up_to_it() -> None:
    found = mcda.stability([[9, 1], [2, 1.1], [1, 1.2]], [0.5, 0.5], "max", "cocoso")
    assert {i.first_low for i in found.intervals} | {i.first_high for i in found.intervals} >= {1.0} or found.nearest


def test_triantaphyllou_and_sanchez() -> None:
    """Two alternatives level at a weight by hand: 3w + 1 - w = 2 on both sides of w = 1/2."""
    found = mcda.stability([[3.0, 1], [2, 2.0]], [0.6, 0.4], "max", "moora")
    norm = np.sqrt([13, 5])
    # (3 - 2) / sqrt 13 w = (2 - 1) / sqrt 5 (1 - w)
    level = (1 / norm[1]) / (1 / norm[0] + 1 / norm[1])
    interval = found.intervals[0]
    ends = (interval.first_low, interval.first_high)
    assert min(abs(end - level) for end in ends) < 1e-12
    assert found.nearest is not None
    assert found.nearest.distance == pytest.approx(abs(0.6 - level))


def test_nobody_else_can_be_first() -> None:
    found = mcda.stability([[9, 9], [1, 2], [2, 1]], [1, 1], "max", "wsm")
    assert found.nearest is None
    assert found.proven
    assert all((i.first_low, i.first_high) == (0, 1) for i in found.intervals)
    one = mcda.stability([[3.0], [2.0]], [1], "max", "wsm")
    assert one.intervals[0].low == 1


@pytest.mark.parametrize("better", ["higher", "lower"])
@given(rows=hnp.arrays(float, (5, 12), elements=st.integers(-3, 3).map(lambda x: x + 1e-10 * (x % 2))))
@settings(max_examples=60, deadline=None)
def test_a_ranking_holds_where_its_ranks_are_the_same(better: Any, rows: Any) -> None:
    """Without sorting, ties included, and where the method is not defined."""
    rows[:, 7] = np.nan
    ranks = mcda.competition_ranks(np.nan_to_num(rows), better)
    start = ranks[:, 0]
    order = np.argsort(start, kind="stable")
    problem: Any = SimpleNamespace(
        method=SimpleNamespace(better=better, rough=None),
        parts=lambda count: [slice(0, count)],
        scores=lambda w, steps, undefined: rows[:, w[:, 0].astype(int)].copy(),
    )
    present = _Present(problem, np.ones(1), {}, start, order, np.flatnonzero(np.diff(start[order], prepend=0)))
    asked = np.arange(12.0)[:, None]
    for first in (True, False):
        for undefined in (True, False):
            want = np.array([same(each, start, first) for each in ranks.T])
            want[7] = undefined
            assert present.holds(asked, first, undefined).tolist() == want.tolist()


@pytest.mark.parametrize("method", ["probid", "sprobid"])
@pytest.mark.parametrize("seed", conftest.first(6, 60))
def test_single_precision_decides_nothing_that_it_cannot(method: mcda.MethodName, seed: int) -> None:
    """Weights at, and within rounding of, where rankings change; nearly equal rows; a weight of 1."""
    rng, told = np.random.default_rng(seed), ["max", "min", "max", "max"]
    matrix = rng.uniform(1, 9, (9, 4)).round(1)
    matrix = np.vstack([matrix, matrix[:1] * (1 + 1e-8)]) if seed % 3 == 0 else matrix
    problem = formulate(matrix, told, method, {})
    slow = replace(problem, method=replace(problem.method, rough=None))
    w = rng.dirichlet(np.ones(4))
    weights = [np.eye(4)[1], *rng.dirichlet(np.ones(4), 50)]
    for j, i in enumerate(mcda.stability(matrix, w, told, method).intervals):
        rest = np.delete(w, j) / np.delete(w, j).sum()
        off = np.outer([-1, 1], [0, *(10.0 ** np.arange(-13, -2))]).ravel()
        for end in (i.first_low, i.first_high, i.low, i.high):
            weights += [np.insert((1 - t) * rest, j, t) for t in np.clip(end + off, 0, 1)]
    quick, exact = (_Present.of(each, w, each.steps(w)) for each in (problem, slow))
    for only_first in (True, False):
        for undefined in (True, False):
            asked = np.array(weights), only_first, undefined
            assert (quick.holds(*asked) == exact.holds(*asked)).all()


def test_comet_refuses_what_would_take_minutes() -> None:
    matrix = np.random.default_rng(1).uniform(1, 9, (5, 14))
    with pytest.raises(mcda.InputError, match="at most 8192"):
        mcda.stability(matrix, np.ones(14), "max", "comet")


# --- rank reversal ----------------------------------------------------------------------------------------------------


def test_spotis_with_bounds_reverses_nothing() -> None:
    bounds = [[0, 10]] * 3
    tests = mcda.rank_reversals(MATRIX, WEIGHTS, DIRECTIONS, "spotis", bounds=bounds)
    assert len(tests) == 5 + 5 + 4
    assert not any(t.pairs or t.first_changes for t in tests)


def test_belton_and_gear() -> None:
    """Belton & Gear (1983), Omega 11, 228-230: a copy of the second alternative makes it first (shares of the sum)."""
    matrix = [[1, 9, 8], [9, 1, 9], [1, 1, 1]]
    found = mcda.rank(matrix, [1, 1, 1], "max", "wsm", normalisation="sum")
    assert found.rank_array.tolist() == [2, 1, 3]
    tests = mcda.rank_reversals(matrix, [1, 1, 1], "max", "wsm", normalisation="sum")
    copied = next(t for t in tests if t.test == "copy" and t.alternative == 1)
    assert copied.first_changes
    assert copied.pairs == ((1, 0),)


@pytest.mark.parametrize("method", METHODS)
def test_reversals_are_those_seen_by_ranking_again(method: mcda.MethodName) -> None:
    before = ranks(WEIGHTS, method)
    for test in mcda.rank_reversals(MATRIX, WEIGHTS, DIRECTIONS, method, **options(method)):
        if test.test != "drop" or test.undefined:
            continue
        kept = [i for i in range(5) if i != test.alternative]
        after = dict(zip(kept, ranks(WEIGHTS, method, MATRIX[kept]), strict=True))
        turned = {(a, b) for a in kept for b in kept if before[a] < before[b] and after[a] > after[b]}
        assert set(test.pairs) == turned


# --- dependence -------------------------------------------------------------------------------------------------------


def test_correlations_and_effective_weights_are_numpy_s() -> None:
    found = mcda.dependence(MATRIX, WEIGHTS, DIRECTIONS)
    r = mcda.normalisations()["minmax"].kernel(MATRIX, np.array([1.0, -1, 1]))
    assert found.pearson == pytest.approx(np.corrcoef(r.T))
    y = r @ WEIGHTS
    expected = [w * np.cov(x, y)[0, 1] / np.var(y, ddof=1) for w, x in zip(WEIGHTS, r.T, strict=True)]
    assert found.effective == pytest.approx(expected)
    assert found.effective.sum() == pytest.approx(1)


def test_spearman_is_scipy_s() -> None:
    from scipy.stats import spearmanr

    matrix = np.array([[1.0, 2, 5], [2, 2, 4], [3, 1, 4], [4, 5, 1], [4, 3, 2]])
    found = mcda.dependence(matrix, [1, 1, 1], "max")
    assert found.spearman == pytest.approx(np.asarray(spearmanr(matrix).statistic))


def test_a_copied_criterion_counts_twice_and_a_constant_one_has_no_correlation() -> None:
    matrix = np.column_stack([MATRIX[:, 0], MATRIX[:, 0] * 2 + 1, MATRIX[:, 2], np.ones(5)])
    found = mcda.dependence(matrix, [1, 1, 1, 1], "max")
    assert (0, 1) in found.twice
    assert found.pearson[0, 1] == pytest.approx(1)
    assert np.isnan(found.pearson[3]).all()
    assert found.effective[3] == 0
    cost = np.column_stack([MATRIX[:, 0], -MATRIX[:, 0]])
    assert mcda.dependence(cost, [1, 1], ["max", "min"]).twice == ((0, 1),)
    level = mcda.dependence(np.ones((3, 2)), [3, 1], "max")
    assert level.effective.tolist() == [0.75, 0.25]
