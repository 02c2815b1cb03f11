"""A deadline for all programs that are solved within a block of code."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_END: ContextVar[float] = ContextVar("end", default=float("inf"))


class OutOfTime(Exception):
    """The deadline came before all programs were solved."""


@contextmanager
def done_within(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` from solving inside after this time; a nearer deadline that holds already stays.

    >>> with done_within(60.0):
    ...     0 < time_left() <= 60.0
    True
    """
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
