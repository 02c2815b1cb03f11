"""Shares of combined weights at which ranking and money change: by ranking and planning again between them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import saidao
from saidao import mcda, pictures
from saidao.optimize.after.sweep import BETWEEN, _curves
from saidao.optimize.after.tipping import POINTS
from tests.conftest import Run, first, write_case

EVEN: dict[str, Any] = {"weights": "ahp+entropy", "stance": "even"}


@pytest.mark.parametrize("way", ["linear", "geometric"])
@pytest.mark.parametrize("method", ["wsm", "topsis", "vikor", "promethee_ii", "wpm"])
def test_rankings_between_the_ends_are_those_told(method: Any, way: mcda.Way) -> None:
    rng = np.random.default_rng(3)
    directions = ["max", "min", "max", "max"]
    matrix = rng.random((6, 4)) + 0.1
    one, other = rng.dirichlet(np.ones(4), 2)
    found = mcda.rank_sweep(matrix, one, other, directions, method, way)
    assert found.ends[0] == 0.0
    assert found.ends[-1] == 1.0
    for s in rng.random(40):
        w = s * one + (1 - s) * other if way == "linear" else one**s * other ** (1 - s)
        k = int(np.searchsorted(found.ends, s)) - 1
        assert found.ranks[k].tolist() == mcda.rank(matrix, w, directions, method).rank_array.tolist()
    assert all((a != b).any() for a, b in zip(found.ranks[1:], found.ranks[:-1], strict=True))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_sums_cross_where_their_difference_is_nothing(seed: int) -> None:
    """Two alternatives of a weighted sum are level at one share, which a line tells."""
    rng = np.random.default_rng(seed)
    z, one, other = rng.random((2, 3)), rng.dirichlet(np.ones(3)), rng.dirichlet(np.ones(3))
    low, high = (z[0] - z[1]) @ other, (z[0] - z[1]) @ one
    found = mcda.rank_sweep(z, one, other, "max", "wsm", normalisation="max")
    z = z / z.max(axis=0)
    low, high = (z[0] - z[1]) @ other, (z[0] - z[1]) @ one
    expected = [low / (low - high)] if low * high < 0 else []
    assert found.ends[1:-1].tolist() == pytest.approx(expected, abs=1e-7)
    assert found.exact


@pytest.mark.parametrize("method", ["wsm", "topsis"])
def test_weights_that_both_share_or_that_are_nothing(method: Any) -> None:
    """A weight that the share does not move, and one of 0, leave the others' stretches as they are."""
    matrix = np.array([[9.0, 2, 3, 7], [5, 5, 5, 5], [1, 9, 4, 6]])
    one, other = [0.5, 0.1, 0.4, 0.0], [0.1, 0.5, 0.4, 0.0]
    found = mcda.rank_sweep(matrix, one, other, "max", method)
    assert len(found.ranks) > 1
    for k, middle in enumerate((found.ends[1:] + found.ends[:-1]) / 2):
        w = middle * np.array(one) + (1 - middle) * np.array(other)
        assert found.ranks[k].tolist() == mcda.rank(matrix, w, "max", method).rank_array.tolist()


def held(found: saidao.Sweep, share: float, **options: Any) -> tuple[bool, float]:
    """Whether the plan of a share's stretch is a best one there, and how much the stretch before is behind."""
    best = saidao.plan(found.case, share=share, **options)
    v = best.solved.programme.priority.ravel()
    k = int(np.searchsorted(found.money.ends, share)) - 1
    slack = best.value - found.money.plans.timed @ v
    return bool(slack[k] < 1e-9 * best.value), float(slack.min())


def test_every_plan_is_the_best_on_its_stretch_and_no_longer() -> None:
    """Planned again at random shares, and just beyond every end."""
    found = saidao.sweep("shanghai", **EVEN)
    assert found.exact
    ends = found.money.ends
    rng = np.random.default_rng(0)
    beyond = [end + way * 1e-6 for end in rng.choice(ends[1:-1], 3, replace=False) for way in (-1, 1)]
    for share in (*rng.random(6), *beyond):
        good, behind = held(found, float(share), **EVEN)
        assert good, share
        assert behind > -1e-9
    v = [saidao.plan(found.case, share=float(s), **EVEN).solved.programme.priority.ravel() for s in ends[1:3]]
    values = found.money.plans.timed @ v[0]
    assert values[0] == pytest.approx(values[1], rel=1e-9)  # level where they meet
    assert (found.money.plans.timed @ v[1])[0] < values.max()


@pytest.mark.slow
def test_stretches_agree_with_tipping() -> None:
    """The interval of the present share is the one that tipping finds from the plan in hand."""
    (row,) = saidao.tipping("shanghai", **EVEN).shares
    found = saidao.sweep("shanghai", **EVEN)
    k = int(np.searchsorted(found.money.ends, found.share)) - 1
    assert (row["low"], row["high"]) == pytest.approx(tuple(found.money.ends[k : k + 2]), abs=1e-6)


@pytest.mark.parametrize("seed", first(20, 300))
def test_ends_of_known_plans_are_where_the_largest_curve_changes(seed: int) -> None:
    """Against the largest of all at many places between: also where a plan is the best in a small part of a grid step.

    Some plans are twins, or tie everywhere.
    """
    rng = np.random.default_rng(seed)
    known = rng.integers(0, 6, (int(rng.integers(2, 40)), 8)).astype(float)
    known = np.concatenate([known, known[:2]])
    one, other = rng.dirichlet(np.ones(8), 2)
    plan: Any = SimpleNamespace(programme=SimpleNamespace(gap=np.full((2, 4), 6.0)))

    def path(t: Any) -> tuple[Any, Any]:
        w = one ** t[:, None] * other ** (1.0 - t[:, None])
        w = w / w.sum(axis=1, keepdims=True)
        return w, w

    ends = _curves(known, path, plan)
    assert (np.diff(ends) > 0).all()
    assert (ends[0], ends[-1]) == (0.0, 1.0)
    middles = path((ends[1:] + ends[:-1]) / 2)[0] @ known.T
    best = middles.argmax(axis=1)
    assert all((known[a] != known[b]).any() for a, b in pairwise(best.tolist()))
    grid = np.linspace(0.0, 1.0, POINTS * BETWEEN + 1)  # what is best between two of these only may be missed
    values = path(grid)[0] @ known.T
    k = np.clip(np.searchsorted(ends, grid) - 1, 0, len(best) - 1)
    assert (values.max(axis=1) - values[np.arange(len(grid)), best[k]] < 1e-8).all()
    inner = ends[1:-1]
    level = path(inner)[0] @ known.T
    each = np.arange(len(inner))
    assert level[each, best[:-1]] == pytest.approx(level[each, best[1:]], abs=1e-8)


def test_a_curve_is_searched_and_says_so(tmp_path: Path, run: Run) -> None:
    case = write_case(tmp_path)
    options: dict[str, Any] = {"weights": "ahp+entropy", "stance": "leaders", "combine": "geometric"}
    found = saidao.sweep(case, **options)
    assert not found.exact
    for share in np.random.default_rng(1).random(5):
        assert held(found, float(share), **options)[0]
    told = run("sweep", case, "--weights", "ahp+entropy", "--combine", "geometric", "--stance", "leaders").out
    assert "Money moves" in told or "the same plan" in told
    assert "sought at 25 points" in " ".join(told.split())


@pytest.mark.parametrize(
    "typed",
    [("--weights", "ahp"), ("--weights", "ahp+entropy+equal"), ("--weights", "ahp+entropy", "--combine", "game")],
)
def test_other_weights_are_refused(run: Run, typed: tuple[str, ...]) -> None:
    done = run("sweep", "shanghai", *typed)
    assert done.status == 2
    assert "weights of two schemes" in done.err


def test_compare_tells_the_shares_of_combined_weights(run: Run) -> None:
    found = saidao.compare("shanghai", weights=[saidao.Joined("ahp", "entropy"), "ahp"], methods=["topsis", "wsm"])
    assert set(found.sweeps) == {("ahp+entropy", "topsis"), ("ahp+entropy", "wsm")}
    ranks = found.rankings["ahp+entropy", "topsis"].rank_array
    swept = found.sweeps["ahp+entropy", "topsis"]
    assert swept.ranks[int(np.searchsorted(swept.ends, 0.5)) - 1].tolist() == ranks.tolist()
    told = run("compare", "shanghai", "--weights", "ahp+entropy", "--method", "topsis", "--lang", "zh").out
    assert "排名变化" in told


@pytest.mark.slow
def test_compare_tells_from_which_share_money_moves(run: Run) -> None:
    """As `sweep` does, of every plan by weights that are combined from two schemes, and of no other."""
    weights: list[Any] = [saidao.Joined("ahp", "entropy"), "ahp"]
    found = saidao.compare_plans("shanghai", weights=weights, stances=["even"])
    alone = saidao.sweep("shanghai", **EVEN)
    assert list(found.sweeps) == ["ahp+entropy"]
    assert found.sweeps["ahp+entropy"].money.ends == pytest.approx(alone.money.ends)
    assert found.to_dict()["sweeps"][0]["money"] == alone.plans
    typed = ("--plans", "--weights", "ahp+entropy", "--weights", "ahp", "--stance", "even")
    assert f"{alone.money.ends[1]:.1%}" in run("compare", "shanghai", *typed).out
    assert "各份额区间" in run("compare", "shanghai", *typed, "--lang", "zh").out


def test_the_picture_has_a_line_a_track_and_a_bar_a_move(tmp_path: Path) -> None:
    found = saidao.sweep(write_case(tmp_path), weights=saidao.Joined("ahp", "entropy"), stance="even")
    for lang in ("en", "zh"):
        drawn = pictures.sweep(found, lang)
        assert drawn.svg.count("<polyline") == len(found.ranking.alternatives)
        assert len(drawn.rows) == len(found.plans) - 1 == drawn.svg.count("<rect")
        assert drawn.caption == found.text(lang)[0]
