"""A million columns within 8 GiB, both stages and their proofs, against HiGHS alone for the first stage.

Run: make benchmark-large
"""

from __future__ import annotations

import time

import pytest

from benchmarks.bare import PARTS, bare
from benchmarks.conftest import Measured
from benchmarks.memory import peak
from benchmarks.programmes import LARGE, random_programme
from saidao.optimize import Columns, build, certify, highs
from saidao.optimize.model.objectives import least_spend
from saidao.optimize.solve.decomposition.decompose import decomposed
from saidao.optimize.solve.highs_input import HIGHS_OPTIONS
from saidao.optimize.solve.lexicographic import solve, then

GIB = 2**30


@pytest.mark.large
@pytest.mark.parametrize("instance", LARGE)
def test_a_million_columns(measured: Measured, instance: str) -> None:
    start = time.perf_counter()
    _, measured[instance, "memory of saidao"] = peak("benchmarks.engines", instance, limit=8 * GIB)
    measured[instance, "saidao"] = time.perf_counter() - start
    decomposed(build(Columns(random_programme("M"))))  # compiles
    columns = Columns(random_programme(instance))
    model, spend = build(columns), least_spend(columns)
    measured[instance, "columns"] = len(model.objective)
    measured[instance, "non-zeros"] = len(model.value)
    start, worked = time.perf_counter(), time.process_time()
    first = solve(model, highs)
    last = then(first, spend, highs)
    proofs = [certify(stage.model, last.solution.x, stage.solution.row_dual) for stage in (first, last)]
    measured[instance, "two stages"] = time.perf_counter() - start
    measured[instance, "two stages, processor"] = time.process_time() - worked
    assert max(max(proof.primal_violation, abs(proof.gap)) for proof in proofs) <= 1e-9
    start, worked = time.perf_counter(), time.process_time()
    theirs = bare({part: getattr(model, part) for part in PARTS}, presolve="off", **HIGHS_OPTIONS)
    measured[instance, "HiGHS, one stage"] = time.perf_counter() - start
    measured[instance, "HiGHS, processor"] = time.process_time() - worked
    assert proofs[0].value == pytest.approx(theirs, rel=1e-9)
