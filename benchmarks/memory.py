"""Peak memory of a whole process.

It is run and measured by a small process in between (this file): the peak that a process reports of itself starts with
that of the one which started it, and a pytest with every library loaded is large.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of ru_maxrss
NO_LIMIT = 0


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
