"""Ten million columns: the programme of `programmes` drawn as arrays, without names of places; solved and proved.

Run: python -m benchmarks.arrays [TRACKS [BUDGETS [BACKEND [WORKERS]]]]; tracks have some 24 columns each, budgets are a
share of all, and the blocks are solved by `threads`, `processes` or the Dask scheduler at an address.
"""

from __future__ import annotations

import resource
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from benchmarks.programmes import random_programme
from saidao.optimize import Columns, blocks_by, build, certify, highs
from saidao.optimize.model.model import Block, Model, Role
from saidao.optimize.solve.decomposition.blocks import Blocks
from saidao.optimize.solve.decomposition.decompose import decomposed
from saidao.optimize.solve.lexicographic import solve, then

Array = Any
FACTORS, MEASURES, ELIGIBLE = 6, 200, 0.1


def drawn(tracks: int, scarcity: float, seed: int = 0) -> tuple[Model, Array]:
    """Draw a model and its least spend: levels first, then gaps; budgets first, then what closes each gap."""
    rng = np.random.default_rng(seed)
    track, measure = (
        part.astype(np.int32) for part in np.nonzero(rng.random((tracks, MEASURES), np.float32) < ELIGIBLE)
    )
    count = len(measure)
    main = rng.integers(0, FACTORS, MEASURES, np.int32)
    second = (main + rng.integers(1, FACTORS, MEASURES, np.int32)) % FACTORS
    unit = rng.uniform(1, 9, (MEASURES, 4)) * (rng.random((MEASURES, 4)) < 0.5)
    unit[:, 0] += 1.0
    gap = (rng.uniform(0.1, 1, (tracks, FACTORS)) * (rng.random((tracks, FACTORS)) < 0.7)).ravel()
    priority = rng.dirichlet(np.ones(FACTORS), tracks).ravel()
    opened = np.flatnonzero(gap > 0)
    number = np.full(len(gap), -1, np.int32)
    number[opened] = np.arange(len(opened))
    strength = rng.uniform(0.1, 0.4, count)
    row = np.concatenate(
        [
            np.arange(len(opened), dtype=np.int32),
            number[track * FACTORS + main[measure]],
            number[track * FACTORS + second[measure]],
        ]
    )
    every = np.arange(count, dtype=np.int32)
    column = np.concatenate([count + np.arange(len(opened), dtype=np.int32), every, every])
    value = np.concatenate([np.ones(len(opened)), -strength, -strength / 2])
    kept = np.flatnonzero(row >= 0)
    kept = kept[np.argsort(row[kept], kind="stable")]
    spent = [np.flatnonzero(unit[measure, r]) for r in range(4)]
    sizes = np.append([len(part) for part in spent], np.bincount(row[kept], minlength=len(opened)))
    budget = scarcity * np.array([unit[measure, r].sum() for r in range(4)])
    whole = count + len(opened)
    model = Model(
        objective=np.append(np.zeros(count), priority[opened]),
        column_lower=np.zeros(whole),
        column_upper=np.append(np.ones(count), gap[opened]),
        row_lower=np.full(4 + len(opened), -np.inf),
        row_upper=np.append(budget, np.zeros(len(opened))),
        start=np.append(0, np.cumsum(sizes)),
        column=np.concatenate([*spent, column[kept]]).astype(np.int64),
        value=np.concatenate([*(unit[measure[part], r] for r, part in enumerate(spent)), value[kept]]),
        integer=np.zeros(whole, dtype=bool),
        blocks=(
            Block("budget", 4, Role(limit="amount", spends=True)),
            Block("closing", len(opened), Role(closes=True)),
        ),
        label_columns=list,
        label_rows=list,
    )
    return model, np.append(-(unit[measure] @ (1 / budget)), np.zeros(len(opened)))


def peak() -> float:
    """Peak memory of this process, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Counted:
    """How many passes go over blocks, over how many blocks together, and the processor seconds of all threads."""

    def __init__(self) -> None:
        self.passes, self.blocks, self.seconds = 0, 0, 0.0
        solve_at = Blocks.solve_at

        def counted(of: Blocks, blocks: Array, *given: Any) -> Any:
            begun = time.process_time()
            done = solve_at(of, blocks, *given)
            self.passes, self.blocks = self.passes + 1, self.blocks + len(blocks)
            self.seconds += time.process_time() - begun
            return done

        setattr(Blocks, "solve_at", counted)  # noqa: B010


def main() -> None:
    """Time the stages of one program."""
    given = dict(zip(("tracks", "budgets", "backend", "workers"), sys.argv[1:], strict=False))
    tracks, scarcity = int(given.get("tracks", 430_000)), float(given.get("budgets", 0.03))
    backend, workers = given.get("backend", ""), int(given.get("workers", -1))
    shared: AbstractContextManager[None] = nullcontext()
    if backend:
        shared = blocks_by("dask", address=backend) if ":" in backend else blocks_by(backend, workers)
    decomposed(build(Columns(random_programme("M"))))  # compiles
    counted = Counted()
    clock, work = time.perf_counter(), time.process_time()

    def told(what: str) -> None:
        nonlocal clock, work
        wall, worked = time.perf_counter() - clock, time.process_time() - work
        print(f"{what}: {wall:.1f} s, processor {worked:.1f} s, peak {peak():.0f} MiB", flush=True)
        clock, work = time.perf_counter(), time.process_time()

    model, spend = drawn(tracks, scarcity)
    told(f"{len(model.objective):,} columns, {len(model.value):,} entries drawn")
    with shared:
        first = solve(model, highs)
        told("first stage")
        last = then(first, spend, highs)
        told("least spend")
    print(f"{counted.passes} passes over {counted.blocks:,} blocks in {counted.seconds:.1f} s of processor of these")
    proofs = [certify(stage.model, last.solution.x, stage.solution.row_dual) for stage in (first, last)]
    told("proofs")
    print(*((proof.primal_violation, proof.gap) for proof in proofs))


if __name__ == "__main__":
    main()
