"""Whole units: 1,000 projects with 12 floors on the command line, and programme M with all its 14,983 levels whole.

Run: python -m benchmarks.whole
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.cases import write_projects
from benchmarks.programmes import random_programme
from saidao.optimize import Columns, Programme, build, highs, highs_within
from saidao.optimize.solve.whole_units.patterns import by_patterns, prove_by_blocks


def in_whole_units(programme: Programme) -> Programme:
    """All of its measures once or not at all."""
    return replace(programme, applications=tuple(replace(a, kind="binary") for a in programme.applications))


def plan_of_projects() -> float:
    """Return the processor seconds of `saidao plan --json` of 1,000 projects: prices, next steps, other stances."""
    with tempfile.TemporaryDirectory() as folder:
        case = write_projects(Path(folder))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        command = [sys.executable, "-m", "saidao", "plan", str(case), "--json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main() -> None:
    """Print what 1,000 projects take, then the gap after several time limits, and what the proof of the bound takes."""
    print(f"1,000 projects with 12 floors, --json: {min(plan_of_projects() for _ in range(2)):.1f} s of the processor")
    by_patterns(build(Columns(in_whole_units(random_programme("S")))), highs, time.monotonic(), 1e-9)  # compiles
    model = build(Columns(in_whole_units(random_programme("M"))))
    print(f"{int(model.integer.sum()):,} whole columns")
    for limit in (2.0, 5.0, 15.0):
        begun, worked = time.monotonic(), time.process_time()
        found = highs_within(limit)(model)
        taken, processor = time.monotonic() - begun, time.process_time() - worked
        value = float(model.objective @ found.x) if len(found.x) else float("nan")
        told = f"gap {(found.bound - value) / value:.2e}, bound {found.bound:.6f}"
        print(f"limit {limit:g} s: {told}, {taken:.1f} s, {processor:.1f} s of the processor")
    assert found.prices is not None
    worked = time.process_time()
    proof = prove_by_blocks(model, found.prices)
    assert proof.found is not None
    print(f"proof: {proof.found.nodes:,} nodes, {time.process_time() - worked:.1f} s of the processor")


if __name__ == "__main__":
    main()
