"""Where many programs are solved: here, by workers of this machine, or by an existing cluster.

An engine takes a function and its arguments, and yields the results in the order of the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
Engine = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


BACKENDS = ("threads", "processes", "dask")


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

    def engine(work: Callable[[Any], T], given: Sequence[Any]) -> Iterable[T]:
        from joblib import Parallel, delayed

        parallel = Parallel(n_jobs=workers, backend="threading", return_as="generator")
        results: Iterable[T] = parallel(delayed(work)(one) for one in given)
        return results

    return engine


def processes(workers: int) -> Engine:
    """By processes of this machine, which joblib starts and keeps."""

    def engine(work: Callable[[Any], T], given: Sequence[Any]) -> Iterable[T]:
        from joblib import Parallel, delayed

        results: Iterable[T] = Parallel(n_jobs=workers, backend="loky", return_as="generator")(
            delayed(work)(one) for one in given
        )
        return results

    return engine


def dask(address: str) -> Engine:
    """By the workers of a running Dask scheduler; the chunks of one that dies are solved by the others."""

    def engine(work: Callable[[Any], T], given: Sequence[Any]) -> Iterator[T]:
        from distributed import Client

        with Client(address) as client:
            futures = client.map(work, list(given), pure=False)
            for future in futures:
                yield future.result()

    return engine
