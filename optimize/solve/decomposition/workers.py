"""Who solves the blocks of one program: threads of this process, processes of this machine, or a Dask cluster.

Each worker keeps its slices of the blocks, with their bases; a pass over all sends prices, and brings back bounds, uses
and where the blocks stand. Without a wish it is threads, one a processor, which share what they work on.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from itertools import count, cycle
from typing import Any, Protocol


class Answer(Protocol):
    """What is on its way."""

    def result(self) -> Any:
        """Wait for it."""
        ...


Keeper = Callable[..., Answer]
"""Asks what a worker keeps."""
Place = Callable[[Callable[[], Callable[..., Any]]], Keeper]
"""Lets a worker call a function, and keep what that returns for as long as it is asked through the keeper."""
Workers = ThreadPoolExecutor | Place | None
"""Threads share what they work on; others keep what they are given; None: this thread."""

BACKENDS = ("threads", "processes", "dask")

_CHOSEN: ContextVar[tuple[Workers] | None] = ContextVar("chosen", default=None)


@contextmanager
def blocks_by(backend: str, workers: int = -1, address: str | None = None) -> Iterator[None]:
    """Let programs that are solved inside by price decomposition share out their blocks.

    Parameters
    ----------
    backend : ``threads``, ``processes``, or ``dask`` with the `address` of a running scheduler.
    workers : how many of this machine; -1 for one a processor.

    Raises
    ------
    ValueError
        There is no such backend, no worker, or an address too many or too few.

    Examples
    --------
    >>> with blocks_by("threads", 2):
    ...     pass  # allocate(programme)
    """
    if backend not in BACKENDS:
        raise ValueError(f"backend: found {backend!r}; expected one of {', '.join(BACKENDS)}")
    if workers < 1 and workers != -1:
        raise ValueError(f"workers: found {workers}; expected 1 or more, or -1 for one a processor")
    if (backend == "dask") != (address is not None):
        raise ValueError(
            f"address: found {address!r}; expected that of a running scheduler with backend dask, and none without"
        )
    number = (os.cpu_count() or 1) if workers == -1 else workers
    ways: dict[str, AbstractContextManager[Workers]] = {
        "threads": threads(number),
        "processes": processes(number),
        "dask": dask(address or ""),
    }
    with ways[backend] as found:
        held = _CHOSEN.set((found,))
        try:
            yield
        finally:
            _CHOSEN.reset(held)


def chosen() -> AbstractContextManager[Workers]:
    """Return the workers that were asked for, to be entered; else threads, one a processor."""
    wish = _CHOSEN.get()
    return threads(os.cpu_count() or 1) if wish is None else nullcontext(*wish)


# --- the ways ---------------------------------------------------------------------------------------------------------


@contextmanager
def threads(number: int) -> Iterator[ThreadPoolExecutor | None]:
    """By threads of this process: passes let go of the interpreter."""
    if number == 1:
        yield None
    else:
        with ThreadPoolExecutor(number) as pool:
            yield pool


@contextmanager
def processes(number: int) -> Iterator[Place]:
    """By processes of this machine: each by itself, so that what it keeps is found again."""
    from joblib.externals.loky import ProcessPoolExecutor  # loads with the first question that needs it

    pools = [ProcessPoolExecutor(1) for _ in range(number)]
    turn, numbers = cycle(pools), count()

    def place(start: Callable[[], Callable[..., Any]]) -> Keeper:
        pool, key = next(turn), next(numbers)
        pool.submit(_keep, key, start).result()

        def keeper(*given: Any) -> Answer:
            answer: Answer = pool.submit(_ask, key, *given)
            return answer

        weakref.finalize(keeper, _let_go, pool, key).atexit = False
        return keeper

    try:
        yield place
    finally:
        for pool in pools:
            pool.shutdown()


_kept: dict[int, Callable[..., Any]] = {}
"""What a process of `processes` keeps, by number."""


def _keep(key: int, start: Callable[[], Callable[..., Any]]) -> None:
    _kept[key] = start()


def _ask(key: int, *given: Any) -> Any:
    return _kept[key](*given)


def _let_go(pool: Any, key: int) -> None:
    with suppress(RuntimeError):  # it has ended
        pool.submit(_kept_no_more, key)


def _kept_no_more(key: int) -> None:
    del _kept[key]


class Kept:
    """What a worker of Dask keeps, as its actor."""

    def __init__(self, start: Callable[[], Callable[..., Any]]) -> None:
        self.kept = start()

    def ask(self, *given: Any) -> Any:
        """Ask what is kept."""
        return self.kept(*given)


@contextmanager
def dask(address: str) -> Iterator[Place]:
    """By the workers of a running Dask scheduler, in turn."""
    from distributed import Client  # an extra

    with Client(address) as client:
        numbers = count()

        def place(start: Callable[[], Callable[..., Any]]) -> Keeper:
            alive = list(client.scheduler_info(n_workers=-1)["workers"])
            there = [alive[next(numbers) % len(alive)]]
            actor = client.submit(Kept, client.scatter(start, workers=there), actor=True, workers=there).result()

            def keeper(*given: Any) -> Answer:
                answer: Answer = actor.ask(*given)
                return answer

            return keeper

        yield place
