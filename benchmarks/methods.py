"""Every ranking method under many weights: 10,000 vectors on 12 x 6 beside pymcdm, and `stability` on 200 x 15.

Processor time of one thread. pymcdm ranks every hundredth vector. A method that takes longer than the limit is left.
Numba is loaded first if asked; else where a method finds it worth loading, in the time that is told.

Run: OPENBLAS_NUM_THREADS=1 python -m benchmarks.methods [--limit SECONDS] [--numba] [NAME ...]
"""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np
from pymcdm.helpers import rankdata

from saidao import mcda
from saidao.mcda.interchange import PYMCDM
from tests.laws import required

Array = np.ndarray[Any, Any]

RNG = np.random.default_rng(1)
SMALL, WEIGHTS = RNG.uniform(1, 9, (12, 6)), RNG.dirichlet(np.ones(6), 10_000)
LARGE, AT_HAND = RNG.uniform(1, 9, (200, 15)), RNG.dirichlet(np.ones(15))
EVERY = 100
GAIN = np.array([True, False] * 3)
REFERENCES: dict[str, dict[str, Any]] = {
    "ervd": {"reference": SMALL.mean(axis=0)},
    "rafsi": {"ideal": np.where(GAIN, 10.0, 0.5), "anti_ideal": np.where(GAIN, 0.5, 10.0)},
}
"""What pymcdm has to be given, and we take from the data."""


def directions(matrix: Array) -> list[str]:
    """Benefits and costs in turn."""
    return ["max", "min"] * (matrix.shape[1] // 2) + ["max"] * (matrix.shape[1] % 2)


def seconds(run: Callable[[], object], rounds: int = 1) -> float:
    """Return the mean processor time of some rounds."""
    before = time.process_time()
    for _ in range(rounds):
        run()
    return (time.process_time() - before) / rounds


def pymcdm_seconds(name: mcda.MethodName, options: dict[str, Any]) -> float:
    """Return what pymcdm takes for all vectors: scores, ranks and acceptability, its checks on."""
    used = mcda.rank(SMALL, WEIGHTS[0], directions(SMALL), name, **options).options
    made = mcda.to_pymcdm(name, SMALL, **used)
    signs = np.array([1 if each == "max" else -1 for each in directions(SMALL)])
    reverse = mcda.methods()[name].better == "higher"
    counts = np.zeros((12, 13))

    def loop() -> None:
        for w in WEIGHTS[::EVERY]:
            counts[np.arange(12), rankdata(made(SMALL, w, signs), reverse=reverse).astype(int)] += 1

    return seconds(loop) * EVERY


def stopped(*_: object) -> None:
    """Leave a method that takes too long."""
    raise TimeoutError


def row(name: mcda.MethodName, limit: float) -> str:
    """Measure a method: a line of the table."""
    options = {**required.required(name, SMALL, directions(SMALL)), **REFERENCES.get(name, {})}

    def many() -> None:
        mcda.smaa(SMALL, directions(SMALL), name, weights=WEIGHTS, **options)

    many()  # what is compiled is loaded
    ours = seconds(many, 1 if name == "electre_iii" else 10)
    theirs = pymcdm_seconds(name, options) if name in PYMCDM else None
    large = required.required(name, LARGE, directions(LARGE))
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        stable = f"{seconds(lambda: mcda.stability(LARGE, AT_HAND, directions(LARGE), name, **large)):.2f}"
    except TimeoutError:
        stable = f"> {limit:.0f}"
    except mcda.InputError:
        stable = "refused"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    ratio = "-" if theirs is None else f"{theirs / ours:.0f}"
    per_vector = "-" if theirs is None else f"{theirs / len(WEIGHTS) * 1e6:.0f}"
    return f"| {name} | {ours * 1e3:.1f} | {per_vector} | {ratio} | {stable} |"


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("names", nargs="*", default=sorted(mcda.methods()))
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--numba", action="store_true")
    asked = parser.parse_args()
    if asked.numba:
        import_module("numba")
    signal.signal(signal.SIGPROF, stopped)
    print("| method | 10,000 vectors, ms | pymcdm, µs a vector | pymcdm / saidao | stability, 200 x 15, s |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for asked_name in asked.names:
        print(row(asked_name, asked.limit), flush=True)
    loaded = "loaded" if "numba" in sys.modules else "not loaded"
    print(f"\npymcdm {version('pymcdm')}, numpy {version('numpy')}, numba {loaded}")
