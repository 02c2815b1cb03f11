"""Build and solve against the bare solver, pulp and linopy: read the ratios of the last table, not the times.

Run: make benchmark
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pulp
import pytest

from benchmarks.bare import PARTS, bare
from benchmarks.conftest import Measured
from benchmarks.engines import saidao, through_linopy, through_pulp
from benchmarks.memory import peak
from benchmarks.programmes import INSTANCES, random_programme
from saidao.optimize import Columns, Programme, allocate, build
from saidao.optimize.solve.highs_input import HIGHS_OPTIONS

Matrix = dict[str, np.ndarray[Any, Any]]

ENGINES: dict[str, Callable[[Programme, Matrix], float]] = {
    "saidao": lambda p, _: saidao(p),
    "HiGHS": lambda _, matrix: bare(matrix),
    "HiGHS, same options": lambda _, matrix: bare(matrix, presolve="off", **HIGHS_OPTIONS),
    "pulp + HiGHS": lambda p, _: through_pulp(p, pulp.HiGHS(msg=False)),
    "pulp + CBC": lambda p, _: through_pulp(p, pulp.PULP_CBC_CMD(msg=False)),
    "linopy + HiGHS": lambda p, _: through_linopy(p),
    "whole plan": lambda p, _: allocate(p).certificate.value,
}


@lru_cache(maxsize=1)
def prepared(instance: str) -> tuple[Programme, Matrix, float]:
    """Return a programme, its matrix, and its optimum by HiGHS alone."""
    programme = random_programme(instance)
    model = build(Columns(programme))
    matrix = {part: getattr(model, part) for part in PARTS}
    return programme, matrix, bare(matrix, presolve="off")


@pytest.mark.filterwarnings("ignore:PULP_CBC_CMD is deprecated")
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("instance", INSTANCES)
def test_time(benchmark: Any, measured: Measured, instance: str, engine: str) -> None:
    benchmark.group = instance
    programme, matrix, optimum = prepared(instance)
    rounds = {"S": 20, "M": 10, "L scarce": 5}.get(instance, 1)
    found = benchmark.pedantic(ENGINES[engine], (programme, matrix), rounds=rounds, warmup_rounds=int(rounds > 3))
    assert found == pytest.approx(optimum, rel=1e-6)
    measured[instance, "columns"] = len(matrix["objective"])
    measured[instance, "non-zeros"] = len(matrix["value"])
    measured[instance, engine] = benchmark.stats.stats.min


@pytest.mark.parametrize("instance", INSTANCES)
def test_memory(measured: Measured, tmp_path: Path, instance: str) -> None:
    _, matrix, optimum = prepared(instance)
    file = tmp_path / "matrix.npz"
    np.savez(file, allow_pickle=False, **matrix)
    for engine, command in (
        ("saidao", ("benchmarks.engines", instance)),
        ("HiGHS", ("benchmarks.bare", str(file))),
    ):
        found, measured[instance, f"memory of {engine}"] = peak(*command)
        assert found == pytest.approx(optimum, rel=1e-6)
