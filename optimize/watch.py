"""Whoever waits for programs of whole units: hears how far they are, and says when it is enough."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Watch:
    """One who waits.

    Attributes
    ----------
    enough : set when what is known is to do: programs of whole units then end with the best plan so far.
    gap : by which share of its value the best plan so far may be off the best possible; None while that is not known.
    """

    def __init__(self) -> None:
        self.enough = threading.Event()
        self.gap: float | None = None

    def hear(self, event: Any) -> None:
        """Take what HiGHS tells between two nodes, and end it where it is enough."""
        gap = float(event.data_out.mip_gap)
        self.gap = gap if gap < float("inf") else None
        self.end(event)

    def end(self, event: Any) -> None:
        """End HiGHS where it is enough."""
        if self.enough.is_set():
            event.interrupt()


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Let one hear of all programs of whole units that are solved inside."""
    held = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(held)


def watch() -> Watch | None:
    """Return who waits here, if anyone does."""
    return _WATCH.get()
