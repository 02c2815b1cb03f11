"""Who solves many programs: this thread, this machine's processors, or a Dask cluster."""

from __future__ import annotations

from ..errors import CaseError, Problem, nearest
from ..optimize.after.engines import BACKENDS, Engine, engine

MOST = 256
"""Workers of one machine."""


def workforce(backend: str, workers: int, address: str | None) -> Engine:
    """Return the engine that was asked for, or tell what is wrong with the wish."""
    problems = []
    if backend not in BACKENDS:
        details = {"choices": ", ".join(BACKENDS), "nearest": nearest(backend, BACKENDS)}
        problems.append(Problem("choice", "backend", found=backend, details=details))
    if workers == 0 or not -1 <= workers <= MOST:
        problems.append(Problem("workers", "workers", found=str(workers)))
    if backend == "dask" and workers != 1:
        problems.append(Problem("not_with", "workers", found=str(workers), details={"option": "backend=dask"}))
    if backend == "dask" and address is None:
        problems.append(Problem("needs_option", "backend", found=backend, details={"option": "address"}))
    if backend != "dask" and address is not None:
        problems.append(Problem("needs_option", "address", found=address, details={"option": "backend=dask"}))
    if not problems and backend == "dask":
        try:
            import distributed  # an extra
        except ImportError:
            problems.append(Problem("dask_missing", "backend", found=backend))
        else:
            try:
                distributed.Client(address, timeout=10).close()
            except (OSError, ValueError) as error:
                problems.append(Problem("dask_unreachable", "address", found=f"{address}: {error}"))
    if problems:
        raise CaseError(problems)
    return engine(backend, workers, address)
