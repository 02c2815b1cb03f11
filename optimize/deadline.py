"""A time by which solving has to be done, whoever asks: questions that solve many programs of whole units share it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_END: ContextVar[float] = ContextVar("end", default=float("inf"))


class OutOfTime(Exception):
    """The time is over before the programs of a question are solved; none of them is given out half solved."""


@contextmanager
def done_within(seconds: float) -> Iterator[None]:
    """Let solving inside end after this time, or at an earlier end that holds already, with `OutOfTime`."""
    held = _END.set(min(_END.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _END.reset(held)


def time_left() -> float:
    """Return the seconds until solving has to be done.

    Raises
    ------
    OutOfTime
        There are none.
    """
    left = _END.get() - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return left
