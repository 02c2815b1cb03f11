"""A million columns within 8 GiB; the process refuses an optimum that its certificate does not prove.

Run: make benchmark-large
"""

from __future__ import annotations

import time

import pytest

from benchmarks.conftest import Measured
from benchmarks.memory import peak
from benchmarks.programmes import LARGE, random_programme
from saidao.optimize import Columns, build

GIB = 2**30


@pytest.mark.large
@pytest.mark.parametrize("instance", LARGE)
def test_a_million_columns(measured: Measured, instance: str) -> None:
    start = time.perf_counter()
    _, measured[instance, "memory of saidao"] = peak("benchmarks.engines", instance, limit=8 * GIB)
    measured[instance, "saidao"] = time.perf_counter() - start
    model = build(Columns(random_programme(instance)))
    measured[instance, "columns"] = len(model.objective)
    measured[instance, "non-zeros"] = len(model.value)
