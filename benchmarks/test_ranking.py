"""Ranking by many weights, and many alternatives, against pymcdm and against the arithmetic none can do without.

Run: make benchmark
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from pymcdm.helpers import rankdata
from pymcdm.methods import PROMETHEE_II, TOPSIS
from pymcdm.normalizations import vector_normalization

from benchmarks.conftest import Measured
from benchmarks.memory import peak
from saidao import mcda

Array = np.ndarray[Any, Any]
SMAA = import_module("saidao.mcda.robustness.smaa")

RNG = np.random.default_rng(0)
SMALL = RNG.random((12, 6))
WEIGHTS = RNG.dirichlet(np.ones(6), 10_000)
TALL = RNG.uniform(1, 9, (1_000_000, 6))
PAIRS = RNG.uniform(1, 9, (10_000, 6))
EQUAL = np.full(6, 1 / 6)
VECTORS, MILLION, OUTRANKING = "10,000 vectors on 12 x 6", "1,000,000 x 6", "PROMETHEE II, 10,000 x 6"


def loop() -> Array:
    """Rank acceptability by pymcdm, a vector at a time, its checks on."""
    method, counts = TOPSIS(vector_normalization), np.zeros((12, 12))
    for w in WEIGHTS:
        ranks = rankdata(method(SMALL, w, np.ones(6)), reverse=True).astype(int)
        counts[np.arange(12), ranks - 1] += 1
    return np.asarray(counts / len(WEIGHTS))


def without_numba() -> mcda.Smaa:
    """Rank acceptability as in a process that has not loaded numba."""
    with patch.object(SMAA, "MANY", len(WEIGHTS) + 1):
        return mcda.smaa(SMALL, "max", weights=WEIGHTS)


def compiled() -> mcda.Smaa:
    """Rank acceptability as where numba is loaded."""
    import_module("numba")
    return mcda.smaa(SMALL, "max", weights=WEIGHTS)


def floor() -> Array:
    """Two matrix products, the closeness and one partial sort."""
    values, squared = SMALL / np.linalg.norm(SMALL, axis=0), (WEIGHTS**2).T
    far = np.sqrt((values - values.max(axis=0)) ** 2 @ squared)
    near = np.sqrt((values - values.min(axis=0)) ** 2 @ squared)
    return np.asarray(np.argpartition(near / (far + near), -1, axis=0)[-1])


def pairs() -> Array:
    """Net flows by all pairs, a criterion and a thousand alternatives at a time."""
    flow = np.zeros(len(PAIRS))
    for x in PAIRS.T:
        for start in range(0, len(x), 1000):
            d = x[start : start + 1000, None] - x
            flow[start : start + 1000] += (np.clip(d / 2, 0, 1) - np.clip(-d / 2, 0, 1)).sum(axis=1) / 6
    return flow / (len(PAIRS) - 1)


RUNS: dict[tuple[str, str], tuple[Callable[[], object], int]] = {
    (VECTORS, "ranking"): (without_numba, 30),
    (VECTORS, "ranking, numba loaded"): (compiled, 30),
    (VECTORS, "pymcdm"): (loop, 1),
    (VECTORS, "floor"): (floor, 30),
    (MILLION, "ranking"): (lambda: mcda.rank(TALL, EQUAL, "max"), 3),
    (MILLION, "pymcdm"): (
        lambda: rankdata(TOPSIS(vector_normalization)(TALL, EQUAL, np.ones(6), validation=False), reverse=True),
        1,
    ),
    (MILLION, "pymcdm, scores only"): (
        lambda: TOPSIS(vector_normalization)(TALL, EQUAL, np.ones(6), validation=False),
        3,
    ),
    (OUTRANKING, "ranking"): (lambda: mcda.rank(PAIRS, EQUAL, "max", "promethee_ii", preference="v_shape", p=2.0), 3),
    (OUTRANKING, "pairs"): (pairs, 1),
}


@pytest.mark.parametrize("run", RUNS, ids=": ".join)
def test_time(benchmark: Any, measured: Measured, run: tuple[str, str]) -> None:
    function, rounds = RUNS[run]
    benchmark.group = run[0]
    benchmark.pedantic(function, rounds=rounds, warmup_rounds=int(rounds > 1))
    measured[run] = benchmark.stats.stats.min


def test_all_find_the_same() -> None:
    found = without_numba()
    assert np.abs(found.acceptability_array - loop()).max() <= 1e-9
    assert (found.acceptability_array == compiled().acceptability_array).all()
    assert np.abs(found.first - np.bincount(floor(), minlength=12) / len(WEIGHTS)).max() <= 1e-9
    theirs = TOPSIS(vector_normalization)(TALL, EQUAL, np.ones(6), validation=False)
    assert np.abs(mcda.rank(TALL, EQUAL, "max").score_array - theirs).max() < 1e-12
    ours = mcda.rank(PAIRS, EQUAL, "max", "promethee_ii", preference="v_shape", p=2.0).score_array
    assert np.abs(ours - pairs()).max() < 1e-12
    few = PAIRS[:300]
    flows = PROMETHEE_II("usual")(few, EQUAL, np.ones(6))
    assert np.abs(mcda.rank(few, EQUAL, "max", "promethee_ii").score_array - flows).max() < 1e-12


def test_memory(measured: Measured) -> None:
    """A million weight vectors; and a million alternatives, less the process that only holds their matrix."""
    for instance, without, within in (
        (VECTORS.replace("10,000", "1,000,000"), ("vectors", "0"), ("vectors", "1000000")),
        (MILLION, ("matrix", "1000000"), ("alternatives", "1000000")),
    ):
        nothing, own = peak("benchmarks.ranking", *without), peak("benchmarks.ranking", *within)
        measured[instance, "memory of ranking"] = own[1] - nothing[1]
