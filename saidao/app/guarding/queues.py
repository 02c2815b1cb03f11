"""A queue a session: so many of its requests are worked on at a time, others wait, and more than that are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException

AT_ONCE = 2
"""Requests of a session that are worked on at a time: a change, and what is drawn meanwhile."""
MOST_WAITING = 60
"""Requests of a session that wait."""


@dataclass(eq=False)
class _Line:
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    count: int = 0


class Queues:
    """The queues of all sessions; a session that asks nothing has none."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, session: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it.

        Raises
        ------
        HTTPException
            429: too many of this session wait already.
        """
        line = self._lines.setdefault(session, _Line())
        if line.count >= AT_ONCE + MOST_WAITING:
            raise HTTPException(429)
        line.count += 1
        try:
            async with line.turns:
                yield
        finally:
            line.count -= 1
            if not line.count:
                self._lines.pop(session, None)
