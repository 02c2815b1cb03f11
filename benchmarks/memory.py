"""Processor time, and peak memory of a whole process.

The process is run and measured by a small one in between (this file): the peak that a process reports of itself starts
with that of the one which started it, and a pytest with every library loaded is large.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of ru_maxrss
NO_LIMIT = 0


def processor_time() -> float:
    """Seconds of this thread, and of processes it waited for (CBC is one).

    The machine's other users hardly count, nor do threads of HiGHS that only wait for work.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.thread_time() + children.ru_utime + children.ru_stime


def peak(*command: str, limit: int = NO_LIMIT) -> tuple[float, float]:
    """Run ``python -m COMMAND...`` within *limit* bytes of memory: the number that it prints, and its peak in MiB."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", str(limit), *command],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    value, size = done.stdout.split()
    return float(value), float(size)


if __name__ == "__main__":
    if limit := int(sys.argv[1]):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    subprocess.run([sys.executable, "-m", *sys.argv[2:]], check=True)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * UNIT / 2**20)
