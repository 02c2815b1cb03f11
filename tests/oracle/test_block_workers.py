"""Who solves the blocks of a program does not matter: threads, processes, a cluster, workers that are lost."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks.programmes import random_programme
from saidao.optimize import Columns, Model, blocks_by, build, certify, highs
from saidao.optimize.model.objectives import least_spend
from saidao.optimize.model.programme import Array, Index
from saidao.optimize.solve import solvers
from saidao.optimize.solve.decomposition import decompose as decomposition
from saidao.optimize.solve.decomposition import slices, workers
from saidao.optimize.solve.lexicographic import solve, then


@pytest.fixture(autouse=True)
def every_block_is_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solvers, "LARGE", 0)
    monkeypatch.setattr(slices, "SERIAL", 20)


@pytest.fixture(scope="module")
def program() -> tuple[Model, Array]:
    columns = Columns(random_programme("M"))
    return build(columns), least_spend(columns)


def plan(program: tuple[Model, Array]) -> Array:
    """Both stages, proved: the point."""
    model, spend = program
    decomposition._last.kept = decomposition._Kept()  # from nothing
    first = solve(model, highs)
    last = then(first, spend, highs)
    proof = certify(model, last.solution.x, first.solution.row_dual)
    assert max(proof.primal_violation, abs(proof.gap)) <= 1e-9
    return last.solution.x


class Now:
    """An answer that is there."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def result(self) -> Any:
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


def placing(lost_after: float) -> tuple[Callable[..., Any], list[int]]:
    """Workers in this process, of which one in three is lost after some questions; and how often each was asked."""
    asked: list[int] = []

    def place(start: Callable[[], Callable[..., Any]]) -> Callable[..., Now]:
        kept, number = start(), len(asked)
        asked.append(0)

        def keeper(*given: Any) -> Now:
            asked[number] += 1
            lost = number % 3 == 0 and asked[number] > lost_after
            return Now(OSError("gone") if lost else kept(*given))

        return keeper

    return place, asked


def test_slices_are_solved_as_the_whole(program: tuple[Model, Array], monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that keep slices, and are told of those few that were solved here: bit for bit the same plan."""
    with blocks_by("threads", 1):
        alone = plan(program)
    place, asked = placing(np.inf)
    held = workers._CHOSEN.set((place,))
    try:
        shared = plan(program)
    finally:
        workers._CHOSEN.reset(held)
    assert len(asked) >= slices.SLICES
    assert max(asked) > 2
    assert np.array_equal(shared, alone)
    with blocks_by("threads", 3):
        assert np.array_equal(plan(program), alone)


def test_what_a_lost_worker_kept_is_solved_here(program: tuple[Model, Array]) -> None:
    with blocks_by("threads", 1):
        alone = plan(program)
    place, asked = placing(1)
    held = workers._CHOSEN.set((place,))
    try:
        with pytest.warns(RuntimeWarning, match="a worker is lost"):
            shared = plan(program)
    finally:
        workers._CHOSEN.reset(held)
    assert asked[0] == 2  # then no more
    assert np.array_equal(shared, alone)


@pytest.mark.slow
def test_processes_give_the_same(program: tuple[Model, Array]) -> None:
    with blocks_by("threads", 1):
        alone = plan(program)
    with blocks_by("processes", 2):
        assert np.array_equal(plan(program), alone)


@pytest.mark.slow
def test_a_cluster_gives_the_same_though_a_worker_dies(
    program: tuple[Model, Array],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, started = cluster
    with blocks_by("threads", 1):
        alone = plan(program)
    with blocks_by("dask", address=address):
        assert np.array_equal(plan(program), alone)
        asks, ask = [], slices.Away._ask

        def killing(team: slices.Away, number: int, part: Index, asked: slices.Asked) -> Any:
            asks.append(number)
            if len(asks) == slices.SLICES + 4:  # in the second pass
                started[2].kill()
                started[2].wait()
            return ask(team, number, part, asked)

        monkeypatch.setattr(slices.Away, "_ask", killing)
        with pytest.warns(RuntimeWarning, match="a worker is lost"):
            assert np.array_equal(plan(program), alone)


@pytest.mark.parametrize(
    ("backend", "number", "address", "found"),
    [
        ("cluster", -1, None, "backend"),
        ("threads", 0, None, "workers"),
        ("dask", -1, None, "address"),
        ("threads", 2, "tcp://a:1", "address"),
    ],
)
def test_a_wrong_wish_is_told(backend: str, number: int, address: str | None, found: str) -> None:
    with pytest.raises(ValueError, match=f"^{found}: found .*; expected"), blocks_by(backend, number, address):
        pass
