"""Statements about tracks: what follows from them, by enumeration, by hand, and by the weights that settled takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

import saidao
from saidao import mcda
from tests.conftest import Run, first, write_case

RANKS = {
    "tracks": "track,name_en,name_zh\na,A,甲\nb,B,乙\nc,C,丙\nd,D,丁\n",
    "factors": "factor,name_en,direction,worst,target,weight\nf,F,max,0,10,1\ng,G,max,0,10,1\n",
    "scores": "track,f,g\na,2,9\nb,9,2\nc,4,4\nd,1,1\n",
}


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    case = write_case(tmp_path, **RANKS)
    for name in ("resources", "measures", "costs", "effects", "rules", "sources"):
        (case / f"{name}.csv").unlink()
    (case / "judgements" / "factors.csv").unlink()
    return case


def test_what_follows_holds_under_every_value_function_drawn(ranked: Path) -> None:
    """Additive value functions are drawn; of those that keep the statement all keep what is sure."""
    found = saidao.infer(ranked, ["a before b"])
    necessary = found.regression.necessary
    rng = np.random.default_rng(0)
    kept = np.zeros((4, 4), dtype=int)
    drawn = 0
    for _ in range(4000):
        share = rng.random()
        steps = rng.dirichlet(np.ones(3) * 0.4, 2) * np.array([[share], [1 - share]])
        parts = np.concatenate([np.zeros((2, 1)), steps.cumsum(axis=1)], axis=1)
        x = found.decision.scores
        place = [np.searchsorted(np.unique(x[:, j]), x[:, j]) for j in range(2)]
        u = parts[0][place[0]] + parts[1][place[1]]
        if u[0] > u[1] + 1e-9:
            drawn += 1
            kept += u[:, None] >= u - 1e-12
    assert drawn > 500
    assert ((kept == drawn) == necessary).all()
    assert ((kept > 0) <= found.regression.possible).all()


@pytest.mark.parametrize("seed", first(2, 40))
def test_the_ends_of_ranks_are_those_of_all_sets_of_rivals(seed: int) -> None:
    """Of every set of rivals scipy tells whether some value function puts just these, or more, ahead or none else."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 4, (5, 3))
    said = [(0, 1), (2, 3)][: 1 + seed % 2]
    try:
        found = mcda.ordinal_regression(x, "max", said)
    except mcda.InputError:
        return
    steps = np.hstack([(x[:, [j]] > np.unique(x[:, j])[:-1]).astype(float) for j in range(3)])

    def holds(strict: list[tuple[int, int]], weak: list[tuple[int, int]]) -> bool:
        """Whether value functions put the first of all strict pairs above, and of the weak ones not below."""
        lead = [steps[b] - steps[a] for a, b in (*strict, *weak)]
        rows = np.column_stack([lead, [1.0] * len(strict) + [0.0] * len(weak)])
        bounds = [(0, None)] * steps.shape[1] + [(None, 1)]
        ones = np.append(np.ones(steps.shape[1]), 0.0)[None]
        done = linprog(np.eye(rows.shape[1])[-1] * -1, rows, np.zeros(len(rows)), ones, [1], bounds)
        return bool(done.status == 0 and -done.fun > 1e-7)

    for a in range(5):
        others = [b for b in range(5) if b != a]
        sets = [[b for n, b in enumerate(others) if chosen >> n & 1] for chosen in range(16)]
        best = min(1 + len(s) for s in sets if holds(said, [(a, b) for b in others if b not in s]))
        worst = max(1 + len(s) for s in sets if holds([*said, *((b, a) for b in s)], []))
        assert (found.best[a], found.worst[a]) == (best, worst)


def test_a_best_rank_is_more_than_what_is_possible_pair_by_pair() -> None:
    """c is worth what a is if f counts nothing, what b is if g counts nothing; not both: one of them is ahead."""
    found = mcda.ordinal_regression([[2, 0], [0, 2], [0, 0]], "max")
    assert found.possible[2].all()
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 1, 2], [2, 2, 3])


def test_dominance_and_the_statement_by_hand(ranked: Path) -> None:
    """d is below all, and worth as much as b and c where only a's g counts; a before b leaves b no first place."""
    rows = {row["track"]: (row["best"], row["worst"]) for row in saidao.infer(ranked, ["甲优先于乙"]).tracks}
    assert rows["d"] == (2, 4)
    assert rows["a"] == (1, 2)
    assert rows["b"] == (2, 3)


def test_utastar_ranks_as_was_said(ranked: Path) -> None:
    found = saidao.infer(ranked, ["a before c", "c before b"])
    assert found.value is not None
    assert found.value.error == 0
    value = {row["track"]: row["value"] for row in found.tracks}
    assert value["a"] >= value["c"] + 0.05 - 1e-9
    assert value["c"] >= value["b"] + 0.05 - 1e-9
    direct = mcda.uta([[2, 9], [9, 2], [4, 4]], [1, 3, 2], [[0, 5, 10], [0, 5, 10]])
    assert found.value.lowest == pytest.approx(direct.lowest)
    assert found.value.highest == pytest.approx(direct.highest)


def test_statements_that_leave_tracks_unordered_have_no_utastar(ranked: Path) -> None:
    assert saidao.infer(ranked, ["a before b", "c before d"]).value is None
    assert saidao.infer(ranked, ["a before b", "b like c"]).value is not None


def test_weights_that_keep_them_are_those_that_settled_takes() -> None:
    """At every vertex of the region the weighted levels keep the statement; settled takes the same region."""
    said = ["smart_eldercare before quantum"]
    found = saidao.infer("shanghai", said)
    assert found.region is not None
    data = found.decision
    one, other = (data.tracks.index(t) for t in ("smart_eldercare", "quantum"))
    for w in found.region.vertices:
        assert w @ data.level[one] >= w @ data.level[other] - 1e-9
    lows = [row["least"] for row in found.factors]
    assert lows == pytest.approx(found.region.vertices.min(axis=0).tolist())
    assert "--region" in found.notes()[-1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["a before b", "b before a"], "A before B"),
        (["d before c"], "D before C"),
        (["a over b"], "a before b"),
        (["a before z"], "one of a, b, c, d"),
        ([], "--say"),
    ],
)
def test_bad_statements_are_told(ranked: Path, run: Run, said: list[str], told: str) -> None:
    done = run("infer", ranked, *(part for one in said for part in ("--say", one)))
    assert done.status == 2
    assert told in done.err
    assert run("infer", ranked, *(p for one in said for p in ("--say", one)), "--lang", "zh").status == 2
