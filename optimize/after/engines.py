"""Where many programs are solved: here, by workers of this machine, or by an existing cluster.

An engine takes a function and its arguments, and yields the results in the order of the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from ..solve.decomposition.workers import BACKENDS as BACKENDS  # the same, for many programs

T = TypeVar("T")
Engine = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


def engine(backend: str, workers: int, address: str | None) -> Engine:
    """Return the engine of a name: one of `BACKENDS`. One thread needs none."""
    if backend == "dask":
        return dask(address or "")
    if backend == "processes":
        return processes(workers)
    return here if workers == 1 else threads(workers)


def here(work: Callable[[Any], T], given: Sequence[Any]) -> Iterator[T]:
    """One after the other, in this thread."""
    return map(work, given)


def threads(workers: int) -> Engine:
    """By threads of this process: HiGHS lets go of the interpreter while it runs."""
    return _by_joblib(workers, "threading")


def processes(workers: int) -> Engine:
    """By processes of this machine, which joblib starts and keeps."""
    return _by_joblib(workers, "loky")


def _by_joblib(workers: int, backend: str) -> Engine:
    def engine(work: Callable[[Any], T], given: Sequence[Any]) -> Iterable[T]:
        from joblib import Parallel, delayed  # loads with the first question that needs it

        parallel = Parallel(n_jobs=workers, backend=backend, return_as="generator")
        results: Iterable[T] = parallel(delayed(work)(one) for one in given)
        return results

    return engine


def dask(address: str) -> Engine:
    """By the workers of a running Dask scheduler; the chunks of one that dies are solved by the others."""

    def engine(work: Callable[[Any], T], given: Sequence[Any]) -> Iterator[T]:
        from distributed import Client  # an extra

        with Client(address) as client:
            futures = client.map(work, list(given), pure=False)
            for future in futures:
                yield future.result()

    return engine
